//! `onggi fsck DIR`: the engine's findings, in words.

pub mod cluster;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use engine_disk::{Finding, Report};
use store::Audit;

use crate::run::cannot_open;

/// Checks a folder and says what was found. Exit codes: 0 all is well, 1 damage, 2 can't be checked.
pub fn run(folder: &Path, out: &mut impl Write) -> ExitCode {
    let mut audit = Audit::default();
    let mut accounts = Vec::new();
    let looked = engine_disk::fsck(folder, |group, key, row| {
        accounts.extend(iam::audit_row(group, key, &row.value));
        audit.row(group, key, row);
    });
    let report = match looked {
        Ok(report) => report,
        Err(error) => {
            let _ = writeln!(out, "onggi fsck: {}", cannot_open(folder, &error));
            return ExitCode::from(2);
        }
    };
    let mut findings = findings(&report, &audit);
    findings.extend(accounts.iter().map(|it| {
        format!("damaged: account {}: its row {} can't be read: {}", it.account, it.row, it.what)
    }));
    for finding in &findings {
        let _ = writeln!(out, "{finding}");
    }
    let Report { rows, bodies, bytes, .. } = report;
    let found = findings.len();
    let _ = writeln!(out, "{rows} rows, {bodies} bodies, {bytes} bytes read; {found} findings");
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// What the engine and the store find wrong, by bucket and key.
fn findings(report: &Report, audit: &Audit) -> Vec<String> {
    let of_engine = report.findings.iter().map(|finding| match finding {
        Finding::BadBody { space, group, what } => {
            format!("damaged: bucket {}, key {group:?}: {what}", audit.bucket(*space))
        }
        Finding::LeftOver(_) | Finding::Miscounted { .. } => finding.to_string(),
    });
    let unreadable = audit.unreadable().map(|(bucket, key)| {
        format!("damaged: bucket {bucket}, key {key:?}: its row can't be read")
    });
    let miscounts = audit.miscounts(&report.counters);
    let miscounts = miscounts.iter().map(ToString::to_string);
    of_engine.chain(unreadable).chain(miscounts).collect()
}
