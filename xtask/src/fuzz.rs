//! `cargo xtask fuzz [--seconds N] [TARGET [INPUT]]`: libFuzzer on every target of `fuzz/`, or on one;
//! with an input, that one once.
//!
//! The flags that make the compiler count coverage are ordinary ones, so the pinned compiler does and
//! neither a nightly one nor cargo-fuzz is needed. (cargo-fuzz works on the folder too, and adds the
//! address sanitizer, which needs a nightly compiler; our crates have no unsafe code for it to watch.)

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, root, succeed, target_folder};

/// What CI gives each target, in seconds.
pub const SECONDS: u32 = 20;

/// Longest input that is tried, in bytes: twice a header section.
const INPUT_BYTES_MAX: &str = "-max_len=16384";
/// One input may take so many seconds, and so many MiB in all.
const TIME_MAX: &str = "-timeout=5";
const MEMORY_MAX: &str = "-rss_limit_mb=1024";

/// What cargo-fuzz passes, but for the sanitizer: libFuzzer's counters, tables and compares.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                     -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Runs what the arguments say.
pub fn run(arguments: &[&str]) -> Outcome {
    let (seconds, rest) = match *arguments {
        ["--seconds", number, ref rest @ ..] => {
            (number.parse().map_err(|_| format!("{number} isn't a number of seconds"))?, rest)
        }
        ref rest => (SECONDS, rest),
    };
    match *rest {
        [] => all(seconds),
        [target] => one(&build()?, target, seconds),
        [target, input] => {
            let program = build()?.join(known(target)?);
            succeed(Command::new(program).arg(input))
        }
        _ => Err("fuzz [--seconds N] [TARGET [INPUT]]".into()),
    }
}

/// Every target, one behind the other; the first that fails ends it.
pub fn all(seconds: u32) -> Outcome {
    let programs = build()?;
    targets()?.iter().try_for_each(|it| one(&programs, it, seconds))
}

/// The targets: a file each.
fn targets() -> Result<Vec<String>, String> {
    let folder = root().join("fuzz/fuzz_targets");
    let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let names = entries.map(|it| it.map(|it| it.path()).map_err(|e| e.to_string()));
    let mut names = names
        .map(|it| Ok(it?.file_stem().unwrap_or_default().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>, String>>()?;
    names.sort();
    Ok(names)
}

fn known(target: &str) -> Result<&str, String> {
    let targets = targets()?;
    match targets.iter().any(|it| it == target) {
        true => Ok(target),
        false => Err(format!("no target {target}; there are {}", targets.join(", "))),
    }
}

/// Builds them all; where they are.
fn build() -> Result<PathBuf, String> {
    let folder = target_folder()?.join("fuzz");
    // Named, because flags are for what runs here and not for build scripts.
    let machine = host()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--release", "--locked", "--bins", "--target", &machine]);
    cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", &folder);
    succeed(cargo.current_dir(root().join("fuzz")))?;
    Ok(folder.join(machine).join("release"))
}

/// This machine, as the compiler calls it.
fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|it| it.strip_prefix("host: "));
    host.map(String::from).ok_or_else(|| "rustc -vV names no host".into())
}

/// What is found goes to the target folder; the seeds in the repository are only read.
fn one(programs: &Path, target: &str, seconds: u32) -> Outcome {
    let found = target_folder()?.join("fuzz/found").join(known(target)?);
    let crashes = target_folder()?.join("fuzz/crashes").join(target);
    for folder in [&found, &crashes] {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    eprintln!("fuzz: {target}, {seconds} s");
    let mut fuzzer = Command::new(programs.join(target));
    fuzzer.args([INPUT_BYTES_MAX, TIME_MAX, MEMORY_MAX, "-verbosity=0", "-print_final_stats=1"]);
    fuzzer.arg(format!("-max_total_time={seconds}"));
    fuzzer.arg(format!("-artifact_prefix={}/", crashes.display()));
    fuzzer.arg(found).arg(root().join("fuzz/seeds").join(target));
    succeed(&mut fuzzer).map_err(|why| {
        format!(
            "{target} failed ({why}). Again: cargo xtask fuzz {target} INPUT, with an INPUT of {}",
            crashes.display()
        )
    })
}
