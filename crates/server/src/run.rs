//! From a configuration to a server that listens, and from SIGTERM to a store that is closed.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use engine::Engine;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::account::{self, AccountError};
use crate::audit::{AuditLog, Audited};
use crate::config::{Config, ConfigError, Environment};
use crate::console::Console;
use crate::gateway::Gateway;
use crate::listener::Listener;
use crate::log;
use crate::private;
use crate::root_key::{Origin, RootKeyError, RootKeys};
use crate::storage::Opened;
use crate::timeouts::Timeouts;
use crate::tls::{Tls, TlsError};

/// How often the root key's file is looked at.
const ROOT_KEY_LOOK_EVERY: Duration = Duration::from_millis(500);

/// Why the server didn't start, or didn't end well.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The store's folder can't be opened.
    #[error("{}", cannot_open(.folder, .error))]
    Open {
        /// Which.
        folder: PathBuf,
        /// Why.
        error: engine_disk::OpenError,
    },
    /// The store can't be read.
    #[error("the store: {0}")]
    Store(String),
    /// The cluster can't be used.
    #[error("the store on RADOS: {0}")]
    Rados(String),
    /// A gateway has no folder to keep a secret in.
    #[error("{0}: a gateway on RADOS keeps no secrets: set it for all of them, or NAME_FILE")]
    NoSecret(&'static str),
    /// Audit records can't be kept where they are to be.
    #[error("audit_folder: {}: {error}", .folder.display())]
    AuditFolder {
        /// Which.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The environment says something impossible.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Other gateways took this one for dead.
    #[error("this gateway was fenced off: the others took it for dead; start it again")]
    Fenced,
    /// The first account isn't known.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Root has no key.
    #[error(transparent)]
    RootKey(#[from] RootKeyError),
    /// TLS can't be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// An address can't be listened on.
    #[error("{address}: {error}")]
    Listen {
        /// Which.
        address: std::net::SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The operating system refused something else.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why a folder can't be opened, with the folder's name, which the operating system's errors lack.
pub(crate) fn cannot_open(folder: &Path, error: &engine_disk::OpenError) -> String {
    match error {
        engine_disk::OpenError::Io(error) => format!("{}: {error}", folder.display()),
        named => named.to_string(),
    }
}

/// Serves until SIGTERM or SIGINT.
pub fn run(config: Config, environment: &Environment) -> Result<(), RunError> {
    let ansi = io::stderr().is_terminal();
    let flush = log::to_stderr(config.log_format, &config.log_level, ansi);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let server = Server::start(config, environment).await?;
        greet(&server)?;
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = server.lost() => return Err(RunError::Fenced),
        }
        tracing::info!("stopping: requests under way may finish");
        let clean = server.stop().await;
        tracing::info!("stopped");
        Ok(clean)
    });
    match ended {
        Ok(true) => Ok(()),
        // Nothing is lost by that: what was acknowledged is on the cluster.
        Ok(false) => leave(flush, 0),
        Err(RunError::Fenced) => {
            let _ = writeln!(io::stderr(), "onggi: {}", RunError::Fenced);
            leave(flush, 1)
        }
        Err(error) => Err(error),
    }
}

/// Ends the process without taking down what a cluster's client still works on.
fn leave<T>(flush: T, code: i32) -> ! {
    drop(flush);
    engine_rados::leave(code)
}

/// A server that listens. Dropping it leaves connections to the runtime; [`Server::stop`] ends
/// them in good order.
pub struct Server {
    folder: PathBuf,
    /// Where the API answers.
    pub address: std::net::SocketAddr,
    /// Where the console answers.
    pub console_address: std::net::SocketAddr,
    /// Root's key.
    pub root_keys: Arc<RootKeys>,
    /// The accounts.
    pub iam: iam::Iam,
    origin: Origin,
    region: String,
    scheme: &'static str,
    audit: Arc<AuditLog>,
    engine: Arc<dyn Engine>,
    /// What the engine is on; none if somebody else opened it.
    opened: Option<Opened>,
    stop: watch::Sender<bool>,
    listeners: Vec<tokio::task::JoinHandle<()>>,
    background: Vec<tokio::task::JoinHandle<()>>,
}

impl Server {
    /// Opens the store in the configured folder and listens.
    pub async fn start(config: Config, environment: &Environment) -> Result<Self, RunError> {
        check_audit_folder(&config)?;
        let opened = Opened::open(&config, environment).await?;
        let started = Self::on(opened.engine(), config, environment, Timeouts::default()).await;
        match started {
            Ok(server) => Ok(Self { opened: Some(opened), ..server }),
            Err(error) => {
                // A gateway that doesn't start isn't to be taken for one that died.
                let _ = opened.engine().close().await;
                Err(error)
            }
        }
    }

    /// Listens, on an engine that is open already: the door for tests, which bring a simulated one
    /// and less patience. Everything behind it is what [`Server::start`] runs.
    pub async fn on(
        engine: Arc<dyn Engine>,
        config: Config,
        environment: &Environment,
        timeouts: Timeouts,
    ) -> Result<Self, RunError> {
        let (iam, account) = account::open(Arc::clone(&engine), &config, environment).await?;
        let tls = config.tls.clone().map(Tls::load).transpose()?.map(Arc::new);
        let api = bind(config.address).await?;
        let console = bind(config.console_address).await?;
        let (address, console_address) = (api.local_addr()?, console.local_addr()?);
        let scheme = if tls.is_some() { "https" } else { "http" };
        let store = store::Store::open(Arc::clone(&engine), Arc::new(engine::clock::SystemClock))
            .await
            .map_err(|e| RunError::Store(e.to_string()))?;
        // Last of what can fail: a key made by a start that fails would never have been shown.
        let (root_keys, origin) = RootKeys::load(&config.folder, environment, account)?;
        let root_keys = Arc::new(root_keys);
        // The first request finds the account read, and the log what its secrets lack.
        iam.account(account).await.map_err(AccountError::from)?;
        let gateway = Gateway::new(
            (store.clone(), iam.clone()),
            Arc::clone(&engine),
            Arc::clone(&root_keys),
            account,
            (&config, timeouts),
        );
        let audit = Arc::clone(&gateway.audit);
        let (stop, stopped) = watch::channel(false);
        let rustls = tls.as_ref().map(|it| Arc::clone(&it.config));
        let api = Listener {
            socket: api,
            tls: rustls.clone(),
            connections_max: config.connections_max,
            timeouts,
            answer: Arc::new(gateway),
        };
        let console = Listener {
            socket: console,
            tls: rustls,
            connections_max: config.connections_max,
            timeouts,
            answer: Arc::new(Console::new(&format!("{scheme}://{address}"))),
        };
        let listeners = vec![
            tokio::spawn(api.run(stopped.clone())),
            tokio::spawn(console.run(stopped.clone())),
        ];
        let mut background = vec![
            tokio::spawn(follow_root_key(Arc::clone(&root_keys))),
            tokio::spawn(store.background(stopped)),
        ];
        if let Some(tls) = tls {
            background.push(tokio::spawn(async move { tls.follow().await }));
        }
        Ok(Self {
            folder: config.folder,
            address,
            console_address,
            root_keys,
            iam,
            origin,
            region: config.region,
            scheme,
            audit,
            engine,
            opened: None,
            stop,
            listeners,
            background,
        })
    }

    /// Tells the user where the server is and how to try it. `program` is what the user calls it by.
    pub fn greet(&self, program: &str, out: &mut impl Write) -> io::Result<()> {
        let key = self.root_keys.current();
        let (id, region) = (key.id.as_str(), &self.region);
        let endpoint = format!("{}://{}", self.scheme, self.address);
        let renew = format!("{program} root-key new {}", self.folder.display());
        let (secret, remark) = match self.origin {
            Origin::New => {
                (key.secret.as_str(), format!("It is shown this once. A new key: {renew}"))
            }
            Origin::Kept => {
                ("...", format!("The secret was shown at the first start. A new key: {renew}"))
            }
            Origin::Environment => ("...", "Root's key is the environment's.".into()),
        };
        writeln!(out, "Endpoint     {endpoint}")?;
        writeln!(out, "Console      {}://{}", self.scheme, self.console_address)?;
        writeln!(out, "Region       {region}")?;
        writeln!(out, "Access key   {id}")?;
        writeln!(out, "Secret key   {secret}\n             {remark}")?;
        writeln!(out, "\nTry it:")?;
        writeln!(
            out,
            "  export AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} \
             AWS_ENDPOINT_URL={endpoint} AWS_DEFAULT_REGION={region}"
        )?;
        writeln!(out, "  aws s3 mb s3://my-first-bucket")?;
        writeln!(
            out,
            "  aws s3 cp README.md s3://my-first-bucket/ && aws s3 ls s3://my-first-bucket"
        )?;
        out.flush()
    }

    /// Ends when the store is lost to this process for good.
    async fn lost(&self) {
        match &self.opened {
            Some(opened) => opened.lost().await,
            None => std::future::pending().await,
        }
    }

    /// Takes no more requests, lets those under way finish, closes the store. False if what is below
    /// the store still works, and the process must leave it alone.
    pub async fn stop(self) -> bool {
        // 1 no new requests; a crash from here on is any other crash.
        self.stop.send_replace(true);
        for listener in self.listeners {
            let _ = listener.await;
        }
        // 2 nobody asks the engine for anything any more.
        for task in self.background {
            task.abort();
            let _ = task.await;
        }
        self.iam.flush_uses().await;
        let audit = self.audit;
        let _ = tokio::task::spawn_blocking(move || audit.close()).await;
        // 3 what was acknowledged is durable already; this only saves the next start some work.
        if let Err(error) = self.engine.close().await {
            tracing::warn!(%error, "closing the store");
        }
        drop(self.engine);
        match self.opened {
            Some(opened) => opened.close().await,
            None => true,
        }
    }
}

/// A place for audit records apart from the store's own is tried before anything is served: whoever
/// wants records is told at once that there would be none.
fn check_audit_folder(config: &Config) -> Result<(), RunError> {
    if config.audit == Audited::Off || config.audit_folder == config.folder {
        return Ok(());
    }
    let folder = config.audit_folder.join(crate::audit::FOLDER);
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    let tried = private::make_folder(&folder)
        .and_then(|()| std::fs::File::create(&probe))
        .and_then(|_| std::fs::remove_file(&probe));
    tried.map_err(|error| RunError::AuditFolder { folder, error })
}

/// On standard output, which a service may have closed: that is no reason not to serve.
fn greet(server: &Server) -> io::Result<()> {
    let program = std::env::args().next().unwrap_or_else(|| "onggi".into());
    match server.greet(&program, &mut io::stdout().lock()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        greeted => greeted,
    }
}

async fn bind(address: std::net::SocketAddr) -> Result<TcpListener, RunError> {
    TcpListener::bind(address).await.map_err(|error| RunError::Listen { address, error })
}

async fn follow_root_key(keys: Arc<RootKeys>) {
    loop {
        tokio::time::sleep(ROOT_KEY_LOOK_EVERY).await;
        match keys.refresh() {
            Ok(false) => {}
            Ok(true) => tracing::info!(id = keys.current().id.as_str(), "root has a new key"),
            Err(error) => tracing::warn!(%error, "kept root's old key"),
        }
    }
}
