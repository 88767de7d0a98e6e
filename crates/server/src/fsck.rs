//! `onggi fsck DIR`: the engine's findings, in words.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::run::cannot_open;

/// Checks a folder and says what was found. Exit codes: 0 all is well, 1 damage, 2 can't be checked.
pub fn run(folder: &Path, out: &mut impl Write) -> ExitCode {
    let report = match engine_disk::fsck(folder) {
        Ok(report) => report,
        Err(error) => {
            let _ = writeln!(out, "onggi fsck: {}", cannot_open(folder, &error));
            return ExitCode::from(2);
        }
    };
    for finding in &report.findings {
        let _ = writeln!(out, "{finding}");
    }
    let _ = writeln!(out, "{report}");
    if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
