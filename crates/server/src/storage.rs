//! Where the store is: a folder of this machine, or a Ceph cluster that several gateways share.
//!
//! A gateway on a cluster keeps nothing itself. So root's key and the master key are the
//! environment's, the same for all gateways: docs/operating/rados.md.

use std::path::Path;
use std::sync::Arc;

use engine::Engine;
use engine_rados::{ConnectOptions, Connection, Options, RadosEngine};

use crate::config::{Config, Environment, RadosStorage, Storage, secret};
use crate::master_key::MasterKey;
use crate::private;
use crate::run::RunError;

/// What a store is open on.
pub(crate) enum Opened {
    Disk(Arc<engine_disk::DiskEngine>),
    Rados(Cluster),
}

/// A store on a cluster, open for this gateway, one of several.
pub(crate) struct Cluster {
    engine: Arc<RadosEngine>,
    connection: Connection,
}

impl Opened {
    pub(crate) async fn open(config: &Config, environment: &Environment) -> Result<Self, RunError> {
        match &config.storage {
            Storage::Disk => open_folder(&config.folder).map(Self::Disk),
            Storage::Rados(rados) => {
                check_secrets(environment)?;
                Cluster::open(rados).await.map(Self::Rados)
            }
        }
    }

    pub(crate) fn engine(&self) -> Arc<dyn Engine> {
        match self {
            Self::Disk(engine) => Arc::clone(engine) as _,
            Self::Rados(cluster) => Arc::clone(&cluster.engine) as _,
        }
    }

    /// Ends when the store is lost to this process for good, which then has to be started again.
    pub(crate) async fn lost(&self) {
        match self {
            Self::Disk(_) => std::future::pending().await,
            Self::Rados(cluster) => cluster.engine.fenced().await,
        }
    }

    /// Lets go of what is behind a closed engine. False if it can't: then the process must leave by
    /// [`engine_rados::leave`], since a cluster's client that still works must not be torn down.
    pub(crate) async fn close(self) -> bool {
        match self {
            Self::Disk(_) => true,
            Self::Rados(Cluster { engine, connection }) => {
                drop(engine);
                connection.close().await
            }
        }
    }
}

fn open_folder(folder: &Path) -> Result<Arc<engine_disk::DiskEngine>, RunError> {
    let failed = |error| RunError::Open { folder: folder.into(), error };
    private::make_folder(folder).map_err(|error| failed(error.into()))?;
    engine_disk::DiskEngine::open(folder, engine_disk::Options::default()).map_err(failed)
}

/// What would be in the store's folder if there were one.
fn check_secrets(environment: &Environment) -> Result<(), RunError> {
    let is_set = |name: &str| Ok::<_, RunError>(secret(environment, name)?.is_some());
    let has_root = is_set("ONGGI_ROOT_ACCESS_KEY")? || is_set("MINIO_ROOT_USER")?;
    if !has_root {
        return Err(RunError::NoSecret("ONGGI_ROOT_ACCESS_KEY and ONGGI_ROOT_SECRET_KEY"));
    }
    if !is_set("ONGGI_MASTER_KEY")? {
        return Err(RunError::NoSecret("ONGGI_MASTER_KEY"));
    }
    MasterKey::load(Path::new(""), environment).map_err(crate::root_key::RootKeyError::from)?;
    Ok(())
}

impl Cluster {
    pub(crate) async fn open(storage: &RadosStorage) -> Result<Self, RunError> {
        let connect = ConnectOptions {
            ceph_conf: storage.ceph_conf.clone(),
            client: storage.client.clone(),
            keyring: storage.keyring.clone(),
            timeout: storage.timeout,
        };
        let failed = |error: &dyn std::fmt::Display| RunError::Rados(error.to_string());
        let connection = Connection::connect(connect).await.map_err(|e| failed(&e))?;
        let options = Options {
            index_pool: storage.index_pool.clone(),
            data_pool: storage.data_pool.clone(),
            namespace: storage.namespace.clone(),
            partitions: storage.partitions,
            lease: storage.lease,
        };
        let engine = RadosEngine::open(&connection, options).await.map_err(|e| failed(&e))?;
        Ok(Self { engine, connection })
    }

    pub(crate) fn engine(&self) -> &RadosEngine {
        &self.engine
    }

    /// Closes it, the connection too.
    pub(crate) async fn close(self) -> bool {
        if let Err(error) = self.engine.close().await {
            tracing::warn!(%error, "closing the store");
        }
        Opened::Rados(self).close().await
    }
}
