//! How servers are started for a run: ours, and those of others whose programs are there, each on a
//! fresh folder with a key that is known.

use std::fs::{self, File};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::signing::Credentials;
use crate::workload::accounts::ACCOUNT;

/// Whose program it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// Ours.
    Onggi,
    /// `minio`.
    Minio,
    /// `weed`.
    SeaweedFs,
}

/// The names that programs have in a folder of peers.
const PEERS: [(&str, Maker); 2] = [("minio", Maker::Minio), ("weed", Maker::SeaweedFs)];

/// A program to start.
#[derive(Clone, Debug)]
pub struct Program {
    /// What the table calls it.
    pub name: String,
    /// Whose it is.
    pub maker: Maker,
    /// Where it is.
    pub path: PathBuf,
    /// Quotas of IAM, where they have to be above AWS's.
    pub quotas: Option<(u64, u64)>,
}

/// The programs of others in a folder.
pub fn peers(folder: &Path) -> Vec<Program> {
    let there = PEERS.iter().filter(|(name, _)| folder.join(name).is_file());
    there
        .map(|(name, maker)| Program {
            name: (*name).into(),
            maker: *maker,
            path: folder.join(name),
            quotas: None,
        })
        .collect()
}

/// Root's key on every server that is started here.
pub fn credentials() -> Credentials {
    Credentials { access_key: "benchmark".into(), secret: "benchmark-secret".into() }
}

impl Program {
    /// The command that serves a folder.
    pub fn command(&self, folder: &Path, address: SocketAddr) -> io::Result<Command> {
        let mut command = Command::new(&self.path);
        match self.maker {
            Maker::Onggi => self.onggi(&mut command, folder, address)?,
            Maker::Minio => minio(&mut command, folder, address)?,
            Maker::SeaweedFs => seaweedfs(&mut command, folder, address)?,
        }
        // The access log is part of what a request costs: it goes where a service's would.
        let log = File::create(folder.join("log"))?;
        command.stdout(Stdio::null()).stderr(log);
        Ok(command)
    }

    fn onggi(&self, it: &mut Command, folder: &Path, address: SocketAddr) -> io::Result<()> {
        let key = credentials();
        it.arg("server")
            .arg(folder.join("store"))
            .args(["--address", &address.to_string()])
            .args(["--console-address", &free_address()?.to_string()])
            .env("ONGGI_ROOT_ACCESS_KEY", key.access_key)
            .env("ONGGI_ROOT_SECRET_KEY", key.secret)
            .env("ONGGI_ACCOUNT_ID", ACCOUNT);
        // Earlier versions don't know these.
        if let Some((users, policies)) = self.quotas {
            it.env("ONGGI_IAM_USERS_MAX", users.to_string());
            it.env("ONGGI_IAM_POLICIES_MAX", policies.to_string());
        }
        Ok(())
    }
}

fn minio(it: &mut Command, folder: &Path, address: SocketAddr) -> io::Result<()> {
    let key = credentials();
    it.args(["server", "--quiet"])
        .arg(folder.join("store"))
        .args(["--address", &address.to_string()])
        .args(["--console-address", &free_address()?.to_string()])
        .env("MINIO_ROOT_USER", key.access_key)
        .env("MINIO_ROOT_PASSWORD", key.secret)
        .env("MINIO_BROWSER", "off")
        .env("MINIO_UPDATE", "off");
    Ok(())
}

fn seaweedfs(it: &mut Command, folder: &Path, address: SocketAddr) -> io::Result<()> {
    let key = credentials();
    let store = folder.join("store");
    fs::create_dir_all(&store)?;
    let config = folder.join("s3.json");
    let (access, secret) = (key.access_key, key.secret);
    fs::write(
        &config,
        format!(
            r#"{{"identities": [{{"name": "bench", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
                "credentials": [{{"accessKey": "{access}", "secretKey": "{secret}"}}]}}]}}"#
        ),
    )?;
    it.args(["server", "-ip=127.0.0.1", "-filer", "-s3", "-volume.max=0"]);
    // A port of its own for each, those of gRPC too, which else are 10,000 further on.
    for name in ["master", "volume", "filer"] {
        it.arg(format!("-{name}.port={}", free_address()?.port()));
        it.arg(format!("-{name}.port.grpc={}", free_address()?.port()));
    }
    it.arg(format!("-s3.port={}", address.port()));
    it.arg(format!("-s3.port.grpc={}", free_address()?.port()));
    it.arg(format!("-s3.config={}", config.display()));
    it.arg(format!("-dir={}", store.display()));
    Ok(())
}

/// An address that nobody listens on, as far as one can tell beforehand.
pub fn free_address() -> io::Result<SocketAddr> {
    std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}
