//! The server: its own code on a port of the loopback, on the simulated engine.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use engine::sim::SimEngine;
use server::cli::ServerFlags;
use server::config::{Config, Environment};
use server::run::Server;
use server::timeouts::Timeouts;

use crate::{Answer, Ask, Connection, Message};

/// Root's access key.
pub const ACCESS_KEY: &str = "AKIATESTKITEXAMPLE01";
/// Its secret.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The account that root is of.
pub const ACCOUNT: &str = "123456789012";

/// What seals secrets: 32 bytes in base64.
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A server that ends with the test's runtime.
pub struct TestServer {
    server: Server,
    /// None: the server is on a disk.
    engine: Option<SimEngine>,
}

impl TestServer {
    /// With the default configuration.
    pub async fn start() -> Self {
        Self::with(&[], Timeouts::default()).await
    }

    /// With settings by their environment names, as `ONGGI_SIGV2`, and other time-outs.
    pub async fn with(settings: &[(&str, &str)], timeouts: Timeouts) -> Self {
        // The folder is never opened: the engine is in memory, root's key in the environment.
        Self::beside(Path::new("nowhere"), settings, timeouts).await
    }

    /// The same; what it keeps in files, as audit records, is in this folder.
    pub async fn beside(folder: &Path, settings: &[(&str, &str)], timeouts: Timeouts) -> Self {
        let (config, environment) = configuration(folder, settings);
        let engine = SimEngine::new();
        let on = std::sync::Arc::new(engine.clone());
        let server = Server::on(on, config, &environment, timeouts).await.expect("a server");
        Self { server, engine: Some(engine) }
    }

    /// On the embedded engine, in a folder.
    pub async fn on_disk(folder: &Path) -> Self {
        let (config, environment) = configuration(folder, &[]);
        let server = Server::start(config, &environment).await.expect("a server");
        Self { server, engine: None }
    }

    /// Time-outs that a test can wait for.
    pub fn short_timeouts() -> Timeouts {
        let short = Duration::from_millis(300);
        let space = Duration::from_millis(50);
        Timeouts {
            head: short,
            body: short,
            answer: short,
            prompt: short,
            space,
            ..Timeouts::default()
        }
    }

    /// Stops it as SIGTERM does: what it recorded is in its files then.
    pub async fn stop(self) {
        assert!(self.server.stop().await, "a store that couldn't be closed");
    }

    /// Where the API listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Where the console listens.
    pub fn console_address(&self) -> SocketAddr {
        self.server.console_address
    }

    /// The accounts, to be changed without asking.
    pub fn iam(&self) -> &iam::Iam {
        &self.server.iam
    }

    /// How many bodies the engine keeps, those that belong to nothing included.
    pub fn blob_count(&self) -> usize {
        self.engine().blob_count()
    }

    /// The simulated engine, for tests that look below.
    pub fn engine(&self) -> &SimEngine {
        self.engine.as_ref().expect("not on a disk")
    }

    /// A connection to the API.
    pub async fn connect(&self) -> Connection {
        Connection::open(self.address()).await
    }

    /// One request on a connection of its own.
    pub async fn send(&self, message: &Message) -> Answer {
        let mut connection = self.connect().await;
        connection.exchange(message).await
    }

    /// Signs a request as it says and sends it.
    pub async fn ask(&self, ask: Ask) -> Answer {
        self.send(&ask.build()).await
    }

    /// Makes a bucket.
    pub async fn make_bucket(&self, name: &str) {
        let answer = self.ask(Ask::new("PUT", &format!("/{name}"))).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// The keys of a bucket.
    pub async fn listed(&self, bucket: &str) -> Vec<String> {
        let listed = self.ask(Ask::new("GET", &format!("/{bucket}")).query("list-type=2")).await;
        assert_eq!(listed.status, 200, "{}", listed.text());
        listed.elements("Key")
    }

    /// What a bucket holds: its keys, its open uploads, and its counters.
    pub async fn contents(&self, bucket: &str) -> Contents {
        let keys = self.listed(bucket).await;
        let uploads = self.ask(Ask::new("GET", &format!("/{bucket}")).query("uploads")).await;
        assert_eq!(uploads.status, 200, "{}", uploads.text());
        let head = self.ask(Ask::new("HEAD", &format!("/{bucket}"))).await;
        let number = |name: &str| head.header(name).and_then(|it| it.parse().ok()).unwrap_or(0);
        Contents {
            keys,
            uploads: uploads.elements("UploadId").len(),
            objects: number("x-onggi-object-count"),
            bytes: number("x-onggi-bytes-used"),
            blobs: self.blob_count(),
        }
    }

    /// Sends what must be refused with `status` and `code`, and checks that the bucket holds what it
    /// held before.
    pub async fn refuses(
        &self,
        bucket: &str,
        message: &Message,
        status: u16,
        code: &str,
    ) -> Answer {
        let before = self.contents(bucket).await;
        let answer = self.send(message).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{}", answer.text());
        assert_eq!(answer.header("x-amz-request-id").map(str::len), Some(16));
        assert_eq!(self.contents(bucket).await, before, "after {code}");
        answer
    }
}

fn configuration(folder: &Path, settings: &[(&str, &str)]) -> (Config, Environment) {
    let fixed = [
        ("ONGGI_ADDRESS", "127.0.0.1:0"),
        ("ONGGI_CONSOLE_ADDRESS", "127.0.0.1:0"),
        ("ONGGI_ROOT_ACCESS_KEY", ACCESS_KEY),
        ("ONGGI_ROOT_SECRET_KEY", SECRET),
        ("ONGGI_ACCOUNT_ID", ACCOUNT),
        ("ONGGI_MASTER_KEY", MASTER_KEY),
        ("ONGGI_AUDIT", "off"),
    ];
    let all = fixed.iter().chain(settings);
    let environment: Environment =
        all.map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let flags = ServerFlags { folder: Some(folder.into()), ..ServerFlags::default() };
    (Config::load(flags, &environment).expect("a configuration"), environment)
}

/// What a bucket holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Contents {
    /// Keys, in order.
    pub keys: Vec<String>,
    /// Open uploads.
    pub uploads: usize,
    /// Objects, as the bucket's counter says.
    pub objects: u64,
    /// Bytes, as the bucket's counter says.
    pub bytes: u64,
    /// Bodies in the whole engine.
    pub blobs: usize,
}
