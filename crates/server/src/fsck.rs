//! `onggi fsck`: reads everything in a store, and says in words what is wrong. Of a folder the engine
//! itself looks, of a cluster any gateway can (`cluster.rs`); what they find is told alike.

pub mod cluster;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use engine::{CounterId, Group, Row, RowKey, Space};
use engine_disk::{Finding, Report};
use store::Audit;

use crate::run::cannot_open;

/// Exit codes: all is well; damage; it couldn't be looked.
const SOUND: u8 = 0;
const DAMAGED: u8 = 1;
const FAILED: u8 = 2;

/// Checks a folder and says what was found. Exit codes: 0 all is well, 1 damage, 2 can't be checked.
pub fn run(folder: &Path, out: &mut impl Write) -> ExitCode {
    let mut rows = Rows::default();
    let looked = engine_disk::fsck(folder, |group, key, row| rows.see(group, key, row));
    let code = match looked {
        Ok(report) => {
            let damage = report.findings.iter().map(|it| in_words(it, &rows.buckets)).collect();
            let Report { rows: count, bodies, bytes, .. } = report;
            let read = Read { rows: count, bodies, bytes };
            rows.tell((damage, &report.counters), read, out)
        }
        Err(error) => cannot(&cannot_open(folder, &error), out),
    };
    ExitCode::from(code)
}

/// What the engine on disk finds wrong, by bucket and key.
fn in_words(finding: &Finding, buckets: &Audit) -> String {
    match finding {
        Finding::BadBody { space, group, what } => {
            damaged_body(&buckets.bucket(*space), group, what)
        }
        Finding::LeftOver(_) | Finding::Miscounted { .. } => finding.to_string(),
    }
}

fn damaged_body(bucket: &str, key: &str, what: &dyn std::fmt::Display) -> String {
    format!("damaged: bucket {bucket}, key {key:?}: {what}")
}

fn cannot(why: &dyn std::fmt::Display, out: &mut impl Write) -> u8 {
    let _ = writeln!(out, "onggi fsck: {why}");
    FAILED
}

/// How much was read.
#[derive(Default)]
struct Read {
    rows: u64,
    bodies: u64,
    bytes: u64,
}

/// What rows say, as they pass one by one.
#[derive(Default)]
struct Rows {
    buckets: Audit,
    accounts: Vec<iam::Unreadable>,
}

impl Rows {
    fn see(&mut self, group: &Group, key: &RowKey, row: &Row) {
        self.accounts.extend(iam::audit_row(group, key, &row.value));
        self.buckets.row(group, key, row);
    }

    /// Writes what the engine found and what the rows show, compared with the counters; gives the exit
    /// code.
    fn tell(
        &self,
        (damage, counters): (Vec<String>, &BTreeMap<(Space, CounterId), i64>),
        read: Read,
        out: &mut impl Write,
    ) -> u8 {
        let mut findings = damage;
        findings.extend(self.buckets.unreadable().map(|(bucket, key)| {
            format!("damaged: bucket {bucket}, key {key:?}: its row can't be read")
        }));
        findings.extend(self.buckets.miscounts(counters).iter().map(ToString::to_string));
        findings.extend(self.accounts.iter().map(|it| {
            format!(
                "damaged: account {}: its row {} can't be read: {}",
                it.account, it.row, it.what
            )
        }));
        for finding in &findings {
            let _ = writeln!(out, "{finding}");
        }
        let Read { rows, bodies, bytes } = read;
        let found = findings.len();
        let _ = writeln!(out, "{rows} rows, {bodies} bodies, {bytes} bytes read; {found} findings");
        if findings.is_empty() { SOUND } else { DAMAGED }
    }
}
