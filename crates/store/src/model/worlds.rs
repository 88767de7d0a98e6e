//! The engines that lives are lived on.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use engine::Engine;
use engine::sim::{Mischief, SeededRandom, SimDisk, SimEngine};
use engine_disk::{Background, DiskEngine, Options};
use engine_rados::{ConnectOptions, Connection, Options as RadosOptions, RadosEngine};

/// An engine and how it is found again.
pub(super) enum World {
    Simulated { engine: SimEngine, mischief: Mischief },
    Disk { disk: SimDisk, engine: Option<Arc<DiskEngine>> },
    Rados { connection: Connection, options: RadosOptions, engine: Option<Arc<RadosEngine>> },
}

impl World {
    pub(super) fn simulated_with(mischief: Mischief) -> Self {
        Self::Simulated { engine: SimEngine::new(), mischief }
    }

    pub(super) fn on_disk(seed: u64) -> Self {
        let disk = SimDisk::new(seed);
        let engine = Some(open(&disk).expect("a fresh disk"));
        Self::Disk { disk, engine }
    }

    /// A store of its own on the cluster that `make test-rados` has started.
    pub(super) fn on_rados() -> Self {
        let conf = std::env::var_os("ONGGI_TEST_CEPH_CONF").expect("make test-rados starts one");
        let connect = ConnectOptions {
            ceph_conf: conf.into(),
            client: "client.onggi".into(),
            keyring: None,
            timeout: Duration::from_secs(30),
        };
        let connection = on_a_thread(async move { Connection::connect(connect).await.unwrap() });
        let options = RadosOptions {
            index_pool: "onggi-index".into(),
            data_pool: "onggi-data".into(),
            namespace: format!("model-{:016x}", crate::random()),
            partitions: None,
            lease: Duration::from_secs(3),
        };
        let mut world = Self::Rados { connection, options, engine: None };
        world.reopen();
        world
    }

    /// The engine for a life; with a disk, its power may go at any operation. None if it goes while
    /// the engine is opened.
    pub(super) fn open_to_be_cut(&mut self, random: &mut SeededRandom) -> Option<Arc<dyn Engine>> {
        match self {
            Self::Simulated { engine, mischief } => {
                let mischief = Mischief { seed: random.number(), ..*mischief };
                Some(Arc::new(engine.clone().misbehaving(Some(mischief))))
            }
            Self::Disk { disk, engine } => {
                if random.percent(70) {
                    disk.cut_after(disk.operations() + random.below(150));
                }
                engine.clone().map(|it| it as _)
            }
            Self::Rados { engine, .. } => engine.clone().map(|it| it as _),
        }
    }

    /// What is found behind a crash. A simulated engine now moves bodies, but answers.
    pub(super) fn reopen(&mut self) {
        match self {
            Self::Simulated { engine, mischief } => {
                *engine = engine.reopen().misbehaving(Some(Mischief::known(mischief.seed)));
            }
            Self::Disk { disk, engine } => {
                if let Some(engine) = engine.take() {
                    close(&*engine);
                }
                *disk = disk.crash();
                *engine = Some(open(disk).expect("what a power cut leaves can be opened"));
            }
            Self::Rados { connection, options, engine } => {
                if let Some(engine) = engine.take() {
                    on_a_thread(async move { engine.close().await.unwrap() });
                }
                let (connection, options) = (connection.clone(), options.clone());
                let open = async move { RadosEngine::open(&connection, options).await.unwrap() };
                *engine = Some(on_a_thread(open));
            }
        }
    }

    pub(super) fn engine(&self) -> Arc<dyn Engine> {
        match self {
            Self::Simulated { engine, .. } => Arc::new(engine.clone()),
            Self::Disk { engine, .. } => Arc::clone(engine.as_ref().expect("it is open")) as _,
            Self::Rados { engine, .. } => Arc::clone(engine.as_ref().expect("it is open")) as _,
        }
    }

    pub(super) fn disk_engine(&self) -> Option<Arc<DiskEngine>> {
        match self {
            Self::Simulated { .. } | Self::Rados { .. } => None,
            Self::Disk { engine, .. } => engine.clone(),
        }
    }

    /// Nothing is kept but what rows own, if every change's fate is known.
    pub(super) fn check_blobs(&self, owned: usize, at: &str) {
        if let Self::Simulated { engine, mischief } = self
            && mischief.unknown == 0
        {
            assert_eq!(engine.blob_count(), owned, "{at}: blobs");
        }
    }
}

/// Lives come and go with their runtimes; what keeps a gateway going outlasts them.
static GATEWAYS: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
});

fn on_a_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    GATEWAYS.block_on(work)
}

/// Short segments and frequent checkpoints, so that there are many.
pub(crate) fn open(disk: &SimDisk) -> Result<Arc<DiskEngine>, engine_disk::OpenError> {
    let options = Options {
        segment_bytes: 200_000,
        reserve_bytes: 0,
        checkpoint_rows: 20,
        checkpoint_log_bytes: 300_000,
        background: Background::None,
        ..Options::default()
    };
    DiskEngine::on(Arc::new(disk.clone()), options)
}

fn close(engine: &dyn Engine) {
    super::runtime().block_on(engine.close()).expect("an engine closes");
}
