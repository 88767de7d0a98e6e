//! `cargo xtask s3-tests DIR [--write]`: ceph/s3-tests, checked out in DIR, against the server.
//!
//! `tests/s3-tests/expected.txt` names the tests that pass; `tests/s3-tests/differing.tsv` those that
//! concern what is there and fail all the same, with the reason. Both are run, the server starts on
//! free ports with a fresh folder, `tests/s3-tests/identities.py` makes the users, and every difference
//! from the two lists is a failure. `tests/s3-tests/later.tsv` names the tests that describe AWS and
//! aren't run, and what they wait for. `--write` writes docs/conformance.md from the run.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, root, succeed, target_folder, tools};

/// The tests of one configuration; on two idle cores all together take four minutes.
const RUN_MAX: Duration = Duration::from_secs(40 * 60);
/// One test, in seconds.
const TEST_SECONDS_MAX: &str = "120";
/// How long the server may take until it listens.
const START_MAX: Duration = Duration::from_secs(30);

const ACCESS_KEY: &str = "AKIAS3TESTSSUITE0000";
const SECRET_KEY: &str = "a-secret-that-only-s3-tests-knows-of-00";
/// The suite makes a bucket there; us-east-1 can't be named as a LocationConstraint.
const LOCATION: &str = "eu-west-1";

/// Who the suite's second user is: `identities.py` writes a configuration for each.
const CONFIGURATIONS: [&str; 2] = ["restricted", TRUSTED];
/// The one in which it may do everything in S3, for groups that say so in brackets.
const TRUSTED: &str = "trusted";

/// Runs the tests of both lists.
pub fn run(suite: &Path, write: bool) -> Outcome {
    let lists = Lists::read()?;
    if !suite.join("s3tests/functional/test_s3.py").is_file() {
        return Err(format!("{}: no checkout of ceph/s3-tests", suite.display()));
    }
    let python = tools::s3_tests()?;
    succeed(
        Command::new("cargo")
            .args(["build", "--locked", "--package", "onggi-server"])
            .current_dir(root()),
    )?;
    let folder = target_folder()?.join("s3-tests");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(text)?;
    let server = Server::start(&folder)?;
    succeed(
        Command::new(&python)
            .arg(root().join("tests/s3-tests/identities.py"))
            .args([&server.port.to_string(), ACCESS_KEY, SECRET_KEY, LOCATION])
            .arg(&folder),
    )?;
    let began = Instant::now();
    let mut outcomes = BTreeMap::new();
    for name in CONFIGURATIONS {
        let configuration = folder.join(name).with_extension("conf");
        outcomes.extend(pytest(&python, suite, &configuration, &lists.run_with(name))?);
    }
    drop(server);
    let seconds = began.elapsed().as_secs();
    let wrong = lists.judge(&outcomes);
    let passed = outcomes.values().filter(|it| **it).count();
    eprintln!("{passed} of {} passed in {seconds} s", outcomes.len());
    if write {
        fs::write(root().join("docs/conformance.md"), lists.page(suite)).map_err(text)?;
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "not as tests/s3-tests says (pytest's output: *.log in {}):\n{}",
            folder.display(),
            wrong.join("\n")
        )),
    }
}

fn text(error: std::io::Error) -> String {
    error.to_string()
}

/// What is said of the tests. Names are `file.py::test`.
struct Lists {
    /// Groups in their order, each with its tests.
    expected: Vec<(String, Vec<String>)>,
    /// Tests that fail, and why.
    differing: Vec<(String, String)>,
    /// Tests that aren't run, and what they wait for.
    later: Vec<(String, String)>,
}

impl Lists {
    fn read() -> Result<Self, String> {
        let folder = root().join("tests/s3-tests");
        let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(text);
        Self::parse(&read("expected.txt")?, &read("differing.tsv")?, &read("later.tsv")?)
    }

    fn parse(expected: &str, differing: &str, later: &str) -> Result<Self, String> {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for line in expected.lines().filter(|it| !it.is_empty()) {
            match (line.strip_prefix("# "), groups.last_mut()) {
                (Some(group), _) => groups.push((group.into(), vec![])),
                (None, Some((_, tests))) => tests.push(line.into()),
                (None, None) => return Err("expected.txt begins with a group".into()),
            }
        }
        let pair = |line: &str| {
            let (name, reason) = line.split_once('\t').ok_or(format!("no reason: {line}"))?;
            Ok((name.to_owned(), reason.to_owned()))
        };
        let pairs = |text: &str| text.lines().map(pair).collect::<Result<Vec<_>, String>>();
        let lists = Self { expected: groups, differing: pairs(differing)?, later: pairs(later)? };
        let mut names: Vec<_> =
            lists.all().chain(lists.later.iter().map(|(name, _)| name.as_str())).collect();
        names.sort_unstable();
        match names.windows(2).find(|it| it[0] == it[1]) {
            Some(twice) => Err(format!("{} stands in the lists twice", twice[0])),
            None => Ok(lists),
        }
    }

    fn passing(&self) -> impl Iterator<Item = &str> {
        self.expected.iter().flat_map(|(_, tests)| tests).map(String::as_str)
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.passing().chain(self.differing.iter().map(|(name, _)| name.as_str()))
    }

    /// The tests that are run with a configuration.
    fn run_with(&self, configuration: &str) -> Vec<&str> {
        let trusts = |group: &str| group.ends_with("[trusted]");
        let of_group = |(group, tests): &'_ (String, Vec<String>)| {
            trusts(group) == (configuration == TRUSTED) && !tests.is_empty()
        };
        let groups = self.expected.iter().filter(|it| of_group(it));
        let passing = groups.flat_map(|(_, tests)| tests).map(String::as_str);
        let differing = self.differing.iter().map(|(name, _)| name.as_str());
        passing.chain(differing.filter(|_| configuration != TRUSTED)).collect()
    }

    /// What isn't as the lists say.
    fn judge(&self, outcomes: &BTreeMap<String, bool>) -> Vec<String> {
        let should_pass = |name: &str| self.passing().any(|it| it == name);
        let judge = |name: &str| match (outcomes.get(name), should_pass(name)) {
            (None, _) => Some(format!("{name} didn't run")),
            (Some(false), true) => Some(format!("{name} failed")),
            (Some(true), false) => Some(format!("{name} passes: move it to expected.txt")),
            _ => None,
        };
        self.all().filter_map(judge).collect()
    }

    /// docs/conformance.md.
    fn page(&self, suite: &Path) -> String {
        let commit = Command::new("git")
            .arg("--git-dir")
            .arg(suite.join(".git"))
            .args(["log", "-1", "--format=%H of %cs"])
            .output();
        let commit = commit.ok().filter(|it| it.status.success());
        let commit = commit.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
        let mut page =
            fs::read_to_string(root().join("tests/s3-tests/page.md")).unwrap_or_default();
        page = page.replace("{commit}", commit.as_deref().unwrap_or("an unknown commit"));
        page = page.replace("{passing}", &self.passing().count().to_string());
        page = page.replace("{differing}", &self.differing.len().to_string());
        let mut groups = String::new();
        for (group, tests) in &self.expected {
            let _ = writeln!(groups, "| {group} | {} |", tests.len());
        }
        let mut reasons = String::new();
        for (name, reason) in &self.differing {
            let _ = writeln!(reasons, "| `{}` | {reason} |", name.replace("test_s3.py::", ""));
        }
        let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, reason) in &self.later {
            waiting.entry(reason).or_default().push(name);
        }
        let mut later = String::new();
        for (reason, names) in waiting {
            let _ = writeln!(later, "| {reason} | {} |", names.len());
        }
        page.replace("{groups}\n", &groups)
            .replace("{reasons}\n", &reasons)
            .replace("{later}\n", &later)
    }
}

/// The server under test; it ends with this.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(folder: &Path) -> Result<Self, String> {
        let binary = match std::env::var_os("ONGGI_BINARY") {
            Some(path) => PathBuf::from(path),
            None => target_folder()?.join("debug/onggi"),
        };
        let log = fs::File::create(folder.join("onggi.log")).map_err(text)?;
        let greeting = folder.join("onggi.out");
        let process = Command::new(&binary)
            .arg("server")
            .arg(folder.join("data"))
            .args(["--address", "127.0.0.1:0", "--console-address", "127.0.0.1:0"])
            .env("ONGGI_ROOT_ACCESS_KEY", ACCESS_KEY)
            .env("ONGGI_ROOT_SECRET_KEY", SECRET_KEY)
            .env("ONGGI_NEW_BUCKET_PUBLIC_ACCESS_BLOCK", "off")
            .stdin(Stdio::null())
            .stdout(fs::File::create(&greeting).map_err(text)?)
            .stderr(log)
            .spawn()
            .map_err(|e| format!("{}: {e}", binary.display()))?;
        let mut server = Self { process, port: 0 };
        let began = Instant::now();
        while began.elapsed() < START_MAX {
            if let Some(port) = port(&fs::read_to_string(&greeting).map_err(text)?) {
                server.port = port;
                return Ok(server);
            }
            if let Some(status) = server.process.try_wait().map_err(text)? {
                return Err(format!("the server ended with {status}: see onggi.log"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("the server doesn't listen".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where the greeting says that the server listens, once it is all there.
fn port(greeting: &str) -> Option<u16> {
    greeting.contains("aws s3 ls").then_some(())?;
    let line = greeting.lines().find(|it| it.starts_with("Endpoint"))?;
    line.rsplit_once(':')?.1.trim().parse().ok()
}

/// Runs the tests one after the other (some want to see no other's buckets); whether each passed.
fn pytest(
    python: &Path,
    suite: &Path,
    configuration: &Path,
    tests: &[&str],
) -> Result<BTreeMap<String, bool>, String> {
    let log = configuration.with_extension("log");
    let mut child = Command::new(python)
        .args(["-m", "pytest", "-v", "--tb=short", "--timeout", TEST_SECONDS_MAX])
        .args(["-p", "no:cacheprovider", "-p", "regional"])
        .args(tests.iter().map(|it| format!("s3tests/functional/{it}")))
        .env("S3TEST_CONF", configuration)
        .env("PYTHONPATH", root().join("tests/s3-tests"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(suite)
        .stdout(fs::File::create(&log).map_err(text)?)
        .spawn()
        .map_err(text)?;
    let began = Instant::now();
    while child.try_wait().map_err(text)?.is_none() {
        if began.elapsed() > RUN_MAX {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("not done after {} s", RUN_MAX.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let mut outcomes = BTreeMap::new();
    for line in BufReader::new(fs::File::open(&log).map_err(text)?).lines() {
        let line = line.map_err(text)?;
        let Some((name, passed)) = outcome(&line) else { continue };
        // A test whose clean-up fails has two lines.
        *outcomes.entry(name.to_owned()).or_insert(true) &= passed;
    }
    Ok(outcomes)
}

/// The test that a line of `pytest -v` is about, and whether it passed.
fn outcome(line: &str) -> Option<(&str, bool)> {
    let mut words = line.strip_prefix("s3tests/functional/")?.split_whitespace();
    let (name, word) = (words.next()?, words.next()?);
    matches!(word, "PASSED" | "FAILED" | "ERROR" | "SKIPPED").then_some((name, word == "PASSED"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: &str = "# Buckets\nt.py::a\nt.py::b\n\n# Denied [trusted]\nt.py::c\n";

    #[test]
    fn pytests_lines_are_read() {
        for (line, wanted) in [
            ("s3tests/functional/t.py::a PASSED       [  1%]", Some(("t.py::a", true))),
            ("s3tests/functional/t.py::a[x-1] FAILED  [  1%]", Some(("t.py::a[x-1]", false))),
            ("s3tests/functional/t.py::a ERROR        [  1%]", Some(("t.py::a", false))),
            ("s3tests/functional/t.py:12: in a", None),
            ("FAILED s3tests/functional/t.py::a - x", None),
        ] {
            assert_eq!(outcome(line), wanted, "{line}");
        }
    }

    #[test]
    fn every_difference_from_the_lists_is_named() {
        let lists =
            Lists::parse(EXPECTED, "t.py::d\tAWS says otherwise\n", "t.py::e\tRoles\n").unwrap();
        let outcomes = |pairs: &[(&str, bool)]| {
            pairs.iter().map(|(name, passed)| (format!("t.py::{name}"), *passed)).collect()
        };
        let fine = outcomes(&[("a", true), ("b", true), ("c", true), ("d", false)]);
        assert_eq!(lists.judge(&fine), Vec::<String>::new());
        let wrong = outcomes(&[("a", true), ("b", false), ("d", true)]);
        assert_eq!(
            lists.judge(&wrong),
            ["t.py::b failed", "t.py::c didn't run", "t.py::d passes: move it to expected.txt"]
        );
        assert_eq!(lists.run_with("restricted"), ["t.py::a", "t.py::b", "t.py::d"]);
        assert_eq!(lists.run_with("trusted"), ["t.py::c"]);
        assert!(Lists::parse("t.py::a", "", "").is_err());
        assert!(Lists::parse(EXPECTED, "t.py::d", "").is_err());
        assert!(Lists::parse(EXPECTED, "", "t.py::d").is_err());
        assert!(Lists::parse(EXPECTED, "t.py::d\tx", "t.py::d\tx").is_err());
    }

    #[test]
    fn the_port_stands_in_the_greeting() {
        assert_eq!(port("Endpoint     http://127.0.0.1:19100\nConsole  x\n"), None);
        let greeting = "Endpoint     http://127.0.0.1:19100\nTry it:\n  aws s3 ls\n";
        assert_eq!(port(greeting), Some(19100));
    }
}
