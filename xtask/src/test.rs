//! `cargo xtask test [--long]`: everything that must hold before a change lands, in one go, from an
//! empty clone. Steps go on after one that failed; the end has a table of them, how long each took,
//! and the line `N passed, N failed`, which CI reads.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, edges, fuzz, generate, rados, root, target_folder, tools};

/// Tests and the server in one build: alone, the server's dependencies would have other features, and
/// be built a second time.
const BUILD: &str = "build --workspace --all-targets --locked";

/// Black-box tests that run at a time: on two cores the third uses the time in which others wait.
const BLACK_BOX_WORKERS: &str = "3";

/// Those of which a server's folder is no part.
const BLACK_BOX_ON_RADOS: [&str; 7] = [
    "boto3_sdk",
    "aws_cli",
    "rclone",
    "s3cmd",
    "javascript",
    "server/test_refusals.py",
    "server/test_health_and_metrics.py",
];

/// The modules whose tests want a cluster have this name.
const ON_RADOS: &str = "on_rados";

/// Seeds of each simulation in the long tests: minutes each on two cores.
const LONG_SEEDS: &str = "2000";

/// What a fuzz target gets in the long tests, in seconds.
const LONG_FUZZ_SECONDS: u32 = 240;

/// How much is tested.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What CI runs.
    Usual,
    /// What takes longer too.
    Long,
}

/// Lint, unit and simulation tests, black box, fuzzing.
pub fn everything(extent: Extent) -> Outcome {
    let mut run = Run::default();
    lint(&mut run);
    if run.step("build", |_| cargo(BUILD)) {
        run.step("unit and simulation tests", |tally| unit_tests(extent, tally));
        run.step("black-box tests", |tally| pytest(extent, &[], &[], tally));
        run.step("fuzzing", |_| match extent {
            Extent::Usual => fuzz::all(fuzz::SECONDS),
            Extent::Long => fuzz::all(LONG_FUZZ_SECONDS),
        });
    }
    run.end()
}

/// Formatting, clippy, generated files, the walls between crates, licences.
pub fn lint_only() -> Outcome {
    let mut run = Run::default();
    lint(&mut run);
    run.end()
}

/// The engine on Ceph RADOS, on a cluster of its own: the contract, the models, the black-box tests
/// that aren't about a folder, two gateways under faults.
pub fn on_rados(extent: Extent) -> Outcome {
    let mut run = Run::default();
    let mut cluster = None;
    if !run.step("build", |_| cargo(BUILD)) {
        return run.end();
    }
    let started = run.step("a Ceph cluster", |_| {
        cluster = Some(rados::Cluster::start()?);
        Ok(())
    });
    if let (true, Some(cluster)) = (started, &cluster) {
        run.step("contract and models on RADOS", |tally| {
            // Of all crates, because single ones would be built again: with other features.
            let mut command = Command::new("cargo");
            command.args(["test", "--workspace", "--locked", "--lib", "--no-fail-fast"]);
            command.args(["--", "--include-ignored", ON_RADOS]);
            counted(command.current_dir(root()).envs(cluster.environment(extent)), tally)
        });
        run.step("black-box tests on RADOS", |tally| {
            pytest(extent, &BLACK_BOX_ON_RADOS, &cluster.environment(extent), tally)
        });
        // One at a time: each hurts the cluster.
        run.step("two gateways", |tally| {
            let words = ["rados", "-n", "0", "-s"];
            pytest(extent, &words, &cluster.environment(extent), tally)
        });
    }
    run.step("the cluster's end", |_| cluster.map_or(Ok(()), rados::Cluster::stop));
    run.end()
}

/// The black-box tests, or those that pytest's `arguments` choose.
pub fn black_box(arguments: &[&str]) -> Outcome {
    let mut run = Run::default();
    if run.step("build", |_| cargo(BUILD)) {
        run.step("black-box tests", |tally| pytest(Extent::Usual, arguments, &[], tally));
    }
    run.end()
}

fn lint(run: &mut Run) {
    run.step("formatting", |_| cargo("fmt --check"));
    run.step("clippy", |_| {
        cargo("clippy --quiet --workspace --all-targets --locked -- -D warnings")
    });
    run.step("generated files", |_| generate::check());
    run.step("edges between crates", |_| edges::check());
    // Its advisories come from a git repository that CI can't reach: licences, bans and sources.
    run.step("dependencies", |_| {
        let mut deny = Command::new(tools::cargo_deny()?);
        crate::succeed(deny.args(["--locked", "check", "licenses", "bans", "sources"]))
    });
}

fn cargo(line: &str) -> Outcome {
    crate::succeed(Command::new("cargo").args(line.split(' ')).current_dir(root()))
}

/// Long tests are `#[ignore]`d, and those with seeds take as many as ONGGI_SEEDS says.
fn unit_tests(extent: Extent, tally: &mut Tally) -> Outcome {
    let mut command = Command::new("cargo");
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    if extent == Extent::Long {
        // Those of RADOS want a cluster, which `cargo xtask test-rados` starts.
        command.args(["--", "--include-ignored", "--skip", ON_RADOS]);
        command.env("ONGGI_SEEDS", LONG_SEEDS);
    }
    counted(command.current_dir(root()), tally)
}

fn pytest(
    extent: Extent,
    arguments: &[&str],
    environment: &[(&'static str, OsString)],
    tally: &mut Tally,
) -> Outcome {
    let python = tools::clients()?;
    let mut command = Command::new(python);
    command.args(["-m", "pytest", "-q", "-n", BLACK_BOX_WORKERS, "--dist", "loadfile"]);
    command.args(["--durations", "10", "--durations-min", "5"]);
    if extent == Extent::Long {
        command.arg("--long");
    }
    if std::env::var_os("ONGGI_BINARY").is_none() {
        command.env("ONGGI_BINARY", target_folder()?.join("debug/onggi"));
    }
    // The data of tests must be on a disk: /tmp may be memory, to which syncing costs nothing.
    let data = target_folder()?.join("black-box");
    let _ = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data).map_err(|e| e.to_string())?;
    command.envs(environment.iter().cloned());
    command.arg("--basetemp").arg(data.join("tests"));
    counted(command.args(arguments).current_dir(root().join("tests")), tally)
}

/// To standard output, whatever becomes of it: the exit code tells the same.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Tests that were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tally {
    /// Adds the figures of a closing line of `cargo test` or pytest; other lines add nothing.
    fn read(&mut self, line: &str) {
        let line = line.trim_matches(['=', ' ']);
        let figures = match line.strip_prefix("test result: ") {
            Some(rest) => rest.split_once(". ").map(|(_, figures)| figures),
            None => line.rsplit_once(" in ").map(|(figures, _)| figures),
        };
        let Some(figures) = figures else { return };
        let mut found = Tally::default();
        for figure in figures.split([',', ';']) {
            let mut words = figure.split_whitespace();
            let (Some(Ok(number)), Some(word)) =
                (words.next().map(str::parse::<u64>), words.next())
            else {
                continue;
            };
            match word {
                "passed" => found.passed += number,
                "failed" | "error" | "errors" => found.failed += number,
                "skipped" | "ignored" | "xfailed" => found.skipped += number,
                _ => {}
            }
        }
        self.passed += found.passed;
        self.failed += found.failed;
        self.skipped += found.skipped;
    }
}

/// Runs a test runner, passes its output on and counts what it says.
fn counted(command: &mut Command, tally: &mut Tally) -> Outcome {
    let name = command.get_program().to_owned();
    let wrong = |e: std::io::Error| format!("{}: {e}", OsStr::to_string_lossy(&name));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(wrong)?;
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    for line in output.split(b'\n') {
        let line = line.map_err(wrong)?;
        let line = String::from_utf8_lossy(&line);
        say(&line);
        tally.read(&line);
    }
    let status = child.wait().map_err(wrong)?;
    status.success().then_some(()).ok_or_else(|| format!("{}: {status}", name.to_string_lossy()))
}

/// Steps that have run.
#[derive(Default)]
struct Run {
    steps: Vec<(&'static str, Duration, Outcome)>,
    tally: Tally,
}

impl Run {
    /// Runs a step, whatever became of those before it. True if it succeeded.
    fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Tally) -> Outcome) -> bool {
        say(&format!("== {name}"));
        let began = Instant::now();
        let failed_before = self.tally.failed;
        let outcome = work(&mut self.tally);
        if outcome.is_err() && self.tally.failed == failed_before {
            // A step that ran no tests, or broke before it counted them.
            self.tally.failed += 1;
        }
        let fine = outcome.is_ok();
        self.steps.push((name, began.elapsed(), outcome));
        fine
    }

    fn end(self) -> Outcome {
        say("");
        for (name, took, outcome) in &self.steps {
            let what = outcome.as_ref().err().map_or("ok", String::as_str);
            say(&format!("{name:26} {:7.1} s  {what}", took.as_secs_f64()));
        }
        let Tally { passed, failed, skipped } = self.tally;
        say(&format!("{passed} passed, {failed} failed, {skipped} skipped"));
        match self.steps.iter().filter(|(_, _, outcome)| outcome.is_err()).count() {
            0 => Ok(()),
            some => Err(format!("{some} of {} steps failed", self.steps.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted_and_others_are_not() {
        for (line, passed, failed, skipped) in [
            (
                "test result: ok. 18 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.04s",
                18,
                0,
                2,
            ),
            ("test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured", 1, 3, 0),
            ("5 passed, 1 xfailed in 106.81s (0:01:46)", 5, 0, 1),
            ("==== 2 failed, 3 passed, 1 skipped, 1 error in 2.50s ====", 3, 3, 1),
            ("13 errors in 0.22s", 0, 13, 0),
            ("1 passed, 3 deselected in 1s", 1, 0, 0),
            ("test store::tests::writes_in_order ... ok", 0, 0, 0),
            ("   Compiling onggi-wire v0.1.0", 0, 0, 0),
        ] {
            let mut tally = Tally::default();
            tally.read(line);
            assert_eq!(tally, Tally { passed, failed, skipped }, "{line}");
        }
    }
}
