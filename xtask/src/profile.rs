//! `cargo xtask profile`: what the compiler lays out and inlines the release by. A release that counts
//! what it does answers the load generator; its counts are kept in `bench/profile/` for every release
//! build to use (profile-guided optimization). Code that has changed since, or that wasn't reached, is
//! compiled as if there were none.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, root, succeed, target_folder};

const FOLDER: &str = "bench/profile";
/// Counts by function, as `llvm-profdata` merges them.
const COUNTS: &str = "onggi.profdata";
/// The compiler that they belong to: another one names functions differently, and would find none.
const COMPILER: &str = "rustc.txt";
/// All kinds of requests and sizes; few keys, for what counts is which code runs.
const LOAD: [&str; 4] = ["--quick", "--seconds=2", "--sizes=4KiB,1MiB,64MiB", "--connections=1,32"];
/// Of LLVM, from the compiler's own on; a newer compiler reads what an older tool has merged.
const MERGERS: [&str; 5] = [
    "llvm-profdata",
    "llvm-profdata-22",
    "llvm-profdata-21",
    "llvm-profdata-20",
    "llvm-profdata-19",
];

/// Takes the profile anew: builds, a minute of load, and merges.
pub fn take() -> Outcome {
    let work = target_folder()?.join("profile");
    let counts = work.join("counts");
    let merger = merger()?;
    let counting = flags("-Cprofile-generate", &counts)?;
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "--package=onggi-server"]);
    build.arg("--target-dir").arg(&work).args(["--config", &counting]);
    succeed(build.current_dir(root()))?;
    // Build scripts and macros have counted too.
    if counts.exists() {
        std::fs::remove_dir_all(&counts).map_err(|e| e.to_string())?;
    }
    let mut load = Command::new(crate::bench::generator()?.join("onggi-bench"));
    load.arg("--folder").arg(work.join("data")).args(LOAD);
    load.arg("--server").arg(work.join("release/onggi"));
    succeed(&mut load)?;

    let folder = root().join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    // Without what was never reached: it would be taken for code that never runs.
    let mut merge = Command::new(merger);
    merge.args(["merge", "--sparse", "--output"]).arg(folder.join(COUNTS)).arg(&counts);
    succeed(&mut merge)?;
    std::fs::write(folder.join(COMPILER), compiler()?).map_err(|e| e.to_string())
}

/// What cargo is told besides, to build a release: the profile, if it is of this compiler. Cargo prefers
/// flags of the environment: whoever sets RUSTFLAGS builds without the profile, and is told.
pub fn arguments() -> Result<Vec<String>, String> {
    let folder = root().join(FOLDER);
    let of = std::fs::read_to_string(folder.join(COMPILER)).unwrap_or_default();
    if of != compiler()? {
        eprintln!("xtask: {FOLDER} is of another compiler: built without it, some 20 % slower");
        return Ok(Vec::new());
    }
    if ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"].iter().any(|it| std::env::var_os(it).is_some()) {
        eprintln!("xtask: RUSTFLAGS is set: built without {FOLDER}, some 20 % slower");
    }
    Ok(vec!["--config".into(), flags("-Cprofile-use", &folder.join(COUNTS))?])
}

/// Cargo's configuration with a flag of the compiler that names a path, and no warnings about code that
/// has changed since a profile was taken.
fn flags(name: &str, path: &std::path::Path) -> Result<String, String> {
    let path = path.to_str().ok_or_else(|| format!("{} isn't a text", path.display()))?;
    let flags = [format!("{name}={path}"), "-Cllvm-args=-no-pgo-warn-mismatch".into()];
    Ok(format!("build.rustflags = {}", serde_json::json!(flags)))
}

fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("--version").output().map_err(|e| e.to_string())?;
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// The compiler's component `llvm-tools`, or LLVM's as Debian packages it.
fn merger() -> Result<OsString, String> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = output.map_err(|e| e.to_string())?.stdout;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim_end());
    let host =
        format!("lib/rustlib/{}-unknown-linux-gnu/bin/llvm-profdata", std::env::consts::ARCH);
    let own = sysroot.join(host).into_os_string();
    let works = |it: &OsString| {
        Command::new(it).arg("--version").output().is_ok_and(|it| it.status.success())
    };
    std::iter::once(own).chain(MERGERS.map(Into::into)).find(works).ok_or_else(|| {
        "no llvm-profdata: rustup component add llvm-tools, or Debian's llvm-19 or newer".into()
    })
}
