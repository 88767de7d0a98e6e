//! `cargo xtask build` and `cargo xtask run`: the server as it is released.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::{Outcome, profile, root, succeed, target_folder};

/// Where `make run` keeps its data.
const DATA: &str = "./data";

/// Builds everything that a release consists of: `target/release/onggi`.
pub fn build() -> Outcome {
    let words = ["build", "--release", "--locked", "--package", "onggi-server"];
    succeed(Command::new("cargo").args(words).args(profile::arguments()?).current_dir(root()))
}

/// Builds and becomes the server, so that Ctrl-C reaches it alone and is waited for.
pub fn run(arguments: &[&str]) -> Outcome {
    build()?;
    let program = target_folder()?.join("release/onggi");
    let program = program.strip_prefix(root()).unwrap_or(&program);
    let mut server = Command::new(root().join(program));
    // What the greeting calls it.
    server.arg0(program).args(["server", DATA]).args(arguments).current_dir(root());
    Err(format!("{}: {}", program.display(), server.exec()))
}
