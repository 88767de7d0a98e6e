//! `cargo xtask bench [ARGUMENTS]`: builds the server and the load generator as they are released and
//! measures the one with the other, on a fresh folder below the target folder: on a disk, where a
//! temporary folder may be memory, to which syncing costs nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, succeed, target_folder};

/// Passes `arguments` on to `onggi-bench`, whose `--help` names them. With `--rados` first: on a Ceph
/// cluster, beside radosgw.
pub fn run(arguments: &[&str]) -> Outcome {
    let programs = programs()?;
    if let ["--rados", rest @ ..] = arguments {
        return crate::rados::bench(&programs, rest);
    }
    let mut bench = Command::new(programs.join("onggi-bench"));
    bench.arg("--folder").arg(target_folder()?.join("bench"));
    // Whoever names servers wants those and no others.
    if !arguments.iter().any(|it| it.starts_with("--server")) {
        bench.arg(format!("--server=onggi={}", path(&programs.join("onggi"))?));
    }
    succeed(bench.args(arguments))
}

/// The folder with `onggi` and `onggi-bench`: what ONGGI_PROGRAMS names, or where they are built to now.
fn programs() -> Result<PathBuf, String> {
    if let Some(folder) = std::env::var_os("ONGGI_PROGRAMS") {
        return Ok(folder.into());
    }
    // Each by itself: together they would share features of their dependencies, and not be as released.
    crate::release::build()?;
    generator()
}

/// Builds the load generator, to the folder that is given.
pub fn generator() -> Result<PathBuf, String> {
    let build = ["build", "--release", "--locked", "--package=onggi-bench"];
    succeed(Command::new("cargo").args(build).current_dir(crate::root()))?;
    Ok(target_folder()?.join("release"))
}

fn path(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} isn't a text", path.display()))
}
