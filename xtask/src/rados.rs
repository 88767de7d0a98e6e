//! A Ceph cluster for tests, below the target folder: `tests/rados/cluster.sh` does the work.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::test::Extent;
use crate::{Outcome, root, succeed, target_folder, tools};

/// Where `cargo xtask bench --rados` has the two gateways listen.
const BENCH_ONGGI_PORT: &str = "17060";
const BENCH_RADOSGW_PORT: &str = "17061";

/// Seeds of the store's model in the usual tests, about 107 operations each: some 6,400, at a third of a
/// second a seed.
const SEEDS: &str = "60";
/// And in the long ones: some 107,000.
const LONG_SEEDS: &str = "1000";

/// A cluster that runs. Stopped when it is dropped, too.
pub struct Cluster {
    folder: PathBuf,
    running: bool,
}

impl Cluster {
    /// Installs Ceph where it is missing, and starts a fresh cluster: some 20 s.
    pub fn start() -> Result<Self, String> {
        tools::ceph()?;
        let folder = target_folder()?.join("rados");
        // Of a run that was cut off.
        if folder.exists() {
            act(&folder, "stop")?;
            std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
        }
        let cluster = Self { folder, running: true };
        act(&cluster.folder, "start")?;
        Ok(cluster)
    }

    /// What tells tests where it is.
    pub fn environment(&self, extent: Extent) -> Vec<(&'static str, OsString)> {
        let seeds = if extent == Extent::Long { LONG_SEEDS } else { SEEDS };
        vec![
            ("ONGGI_TEST_CEPH_CONF", self.folder.join("ceph.conf").into()),
            ("ONGGI_RADOS_SEEDS", seeds.into()),
            ("ONGGI_RADOS_REPORT", self.folder.join("report.txt").into()),
        ]
    }

    /// Ends it and removes what it kept.
    pub fn stop(mut self) -> Outcome {
        self.running = false;
        act(&self.folder, "stop")?;
        std::fs::remove_dir_all(&self.folder).map_err(|e| e.to_string())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.running {
            let _ = act(&self.folder, "stop");
        }
    }
}

fn act(folder: &Path, action: &str) -> Outcome {
    act_with(folder, action, "")
}

fn act_with(folder: &Path, action: &str, argument: &str) -> Outcome {
    let script = root().join("tests/rados/cluster.sh");
    succeed(Command::new(script).arg(folder).args([action, argument]))
}

/// `cargo xtask bench --rados [ARGUMENTS]`: our gateway and Ceph's own on the same cluster, measured side
/// by side. Their CPU is the gateways' alone; the OSDs share the machine with them.
pub fn bench(programs: &Path, arguments: &[&str]) -> Outcome {
    tools::radosgw()?;
    let cluster = Cluster::start()?;
    act_with(&cluster.folder, "radosgw", BENCH_RADOSGW_PORT)?;
    let user = ["user", "create", "--uid=bench", "--display-name=bench", "--access-key=bench"];
    let mut admin = Command::new("radosgw-admin");
    admin.arg("-c").arg(cluster.folder.join("ceph.conf")).args(user).arg("--secret=bench-secret");
    succeed(admin.stdout(std::process::Stdio::null()))?;
    let pid = std::fs::read_to_string(cluster.folder.join("run/client.rgw.x.pid"));
    let pid = pid.map_err(|e| e.to_string())?;
    let radosgw = format!(
        "--also=radosgw=http://127.0.0.1:{BENCH_RADOSGW_PORT},bench,bench-secret,{}",
        pid.trim()
    );
    let mut gateway = Command::new(programs.join("onggi"))
        .args(["server", "--address", &format!("127.0.0.1:{BENCH_ONGGI_PORT}")])
        .args(["--console-address", "127.0.0.1:0"])
        .env("ONGGI_STORAGE_ENGINE", "rados")
        .env("ONGGI_STORAGE_CEPH_CONF", cluster.folder.join("ceph.conf"))
        .env("ONGGI_MASTER_KEY", "dGhlIG1hc3RlciBrZXkgb2YgYSBiZW5jaG1hcmsuLi4=")
        .env("ONGGI_AUDIT_FOLDER", &cluster.folder)
        .env("ONGGI_ROOT_ACCESS_KEY", "bench")
        .env("ONGGI_ROOT_SECRET_KEY", "bench-secret")
        .stdout(std::process::Stdio::null())
        // The access log is part of what a request costs, as in the other measurements.
        .stderr(std::fs::File::create(cluster.folder.join("onggi.log")).map_err(|e| e.to_string())?)
        .spawn()
        .map_err(|e| e.to_string())?;
    let onggi = format!(
        "--also=onggi=http://127.0.0.1:{BENCH_ONGGI_PORT},bench,bench-secret,{}",
        gateway.id()
    );
    let measured =
        wait_for(BENCH_ONGGI_PORT).and_then(|()| wait_for(BENCH_RADOSGW_PORT)).and_then(|()| {
            let mut bench = Command::new(programs.join("onggi-bench"));
            bench.arg("--folder").arg(target_folder()?.join("bench")).args([&onggi, &radosgw]);
            succeed(bench.args(arguments))
        });
    let ended = succeed(Command::new("kill").args(["-TERM", &gateway.id().to_string()]));
    let _ = gateway.wait();
    measured.and(ended).and(cluster.stop())
}

fn wait_for(port: &str) -> Outcome {
    for _ in 0..300 {
        if std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_ok() {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err(format!("nobody listens on {port}"))
}
