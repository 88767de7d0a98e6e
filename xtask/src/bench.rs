//! `cargo xtask bench [ARGUMENTS]`: builds the server and the load generator as they are released and
//! measures the one with the other, on a fresh folder below the target folder: on a disk, where a
//! temporary folder may be memory, to which syncing costs nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// Passes `arguments` on to `onggi-bench`, whose `--help` names them.
pub fn run(arguments: &[&str]) -> Outcome {
    let build = ["build", "--release", "--package=onggi-server", "--package=onggi-bench"];
    succeed(Command::new("cargo").args(build).current_dir(crate::root()))?;
    let target = target_folder()?;
    let program = |name: &str| target.join("release").join(name);
    let mut bench = Command::new(program("onggi-bench"));
    bench.arg("--folder").arg(target.join("bench"));
    // Whoever names servers wants those and no others.
    if !arguments.iter().any(|it| it.starts_with("--server")) {
        bench.arg(format!("--server=onggi={}", path(&program("onggi"))?));
    }
    succeed(bench.args(arguments))
}

fn target_folder() -> Result<PathBuf, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(crate::root())
        .output()
        .map_err(|e| e.to_string())?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())?;
    let folder = metadata["target_directory"].as_str();
    folder.map(PathBuf::from).ok_or_else(|| "cargo metadata names no target folder".into())
}

fn path(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} isn't a text", path.display()))
}

fn succeed(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|e| format!("{command:?}: {e}"))?;
    status.success().then_some(()).ok_or_else(|| format!("{command:?}: {status}"))
}
