//! The engine on Ceph RADOS: several stateless gateways share one store.
//!
//! Rows lie in the omap of an index pool's objects (`layout.rs`), a space in a fixed number of them;
//! a change is one operation on one of them (`apply.rs`), and a scan merges them (`scan.rs`). Small
//! bodies lie beside the rows, large ones in objects of a data pool (`blobs.rs`). Gateways know of each
//! other by leases, fence off who is dead and see to what it left (`gateways.rs`), settle what had no
//! answer (`settle.rs`), look whether there is room (`room.rs`), and tell each other what changes in the
//! catalog (`feed.rs`). librados is found at run time (`librados.rs`).
//!
//! What is absent: splitting partitions as they grow, moving data, repairing what Ceph lost.

mod apply;
mod blobs;
mod feed;
mod gateways;
mod layout;
mod librados;
mod room;
mod scan;
mod settle;
mod shared;
mod spaces;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use engine::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, Changes, CounterId, Engine,
    EngineError, Feeds, FreezeError, Frost, Gauge, Group, Hold, Page, Row, RowKey, RowRange,
    ScanLimit, SizeHint, Space, Stamp, Status, Table,
};
use parking_lot::{Mutex, RwLock};
use tokio::sync::Notify;
use types::ByteSpan;

use blobs::Sealed;
use feed::Feed;
use gateways::{GatewayId, Holds, Upkeep};
use layout::{FORMAT, FORMAT_OBJECT};
use librados::{Cluster, Errno, Pool, Step};
pub use librados::{ConnectError, leave};
use room::Room;
use shared::{Counts, Shared};

/// Bodies up to this are rows of their group's partition: docs/decisions/09 has the measurement.
pub(crate) const INLINE_BYTES_MAX: usize = 16 << 10;
/// Partitions of each space, in a store that is made now without saying how many.
pub const PARTITIONS: u8 = 8;
/// Most of them: a page of a listing asks each.
pub const PARTITIONS_MAX: u8 = 64;
/// Longest text of the `format` object.
const FORMAT_BYTES_MAX: usize = 256;

/// How to reach a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectOptions {
    /// `ceph.conf`: where the monitors are.
    pub ceph_conf: PathBuf,
    /// The client's name, as `client.onggi`.
    pub client: String,
    /// Its keyring; none: where `ceph.conf` or Ceph's usual places say.
    pub keyring: Option<PathBuf>,
    /// An operation that has no answer after so long is given up.
    pub timeout: Duration,
}

/// A connection to a cluster. Close it when the engines on it are closed.
#[derive(Clone)]
pub struct Connection {
    cluster: Arc<Cluster>,
}

impl Connection {
    /// Connects; [`ConnectError::NoLibrary`] on a machine without Ceph's client library.
    pub async fn connect(options: ConnectOptions) -> Result<Self, ConnectError> {
        let connect = move || {
            let seconds = options.timeout.as_secs().max(1).to_string();
            let mut settings = vec![
                ("rados_osd_op_timeout", seconds.clone()),
                ("rados_mon_op_timeout", seconds.clone()),
                ("client_mount_timeout", seconds),
                // Ours is the limit: theirs would block our threads.
                ("objecter_inflight_ops", "0".into()),
                ("objecter_inflight_op_bytes", "0".into()),
                ("log_file", String::new()),
                ("log_to_stderr", "false".into()),
                ("admin_socket", String::new()),
            ];
            if let Some(keyring) = &options.keyring {
                settings.push(("keyring", keyring.display().to_string()));
            }
            Cluster::connect(&options.client, &options.ceph_conf, &settings)
        };
        let connected = tokio::task::spawn_blocking(connect).await;
        let cluster = connected.expect("connecting doesn't panic")?;
        Ok(Self { cluster })
    }

    /// Ends the connection. False if operations under way never ended: then it is left to the
    /// process's end.
    pub async fn close(self) -> bool {
        let cluster = self.cluster;
        tokio::task::spawn_blocking(move || cluster.close()).await.unwrap_or(false)
    }
}

/// Where a store lies, and how patient its gateways are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// A replicated pool, for rows.
    pub index_pool: String,
    /// A pool of either kind, for large bodies.
    pub data_pool: String,
    /// Of both pools: tells stores in the same pools apart. May be empty.
    pub namespace: String,
    /// Partitions of each space. None: those that the store has, [`PARTITIONS`] in one that is made now.
    pub partitions: Option<u8>,
    /// A gateway that hasn't renewed for so long is dead to the others.
    pub lease: Duration,
}

/// Why a store can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A pool can't be used.
    #[error("pool {pool}: {error}")]
    Pool {
        /// Which.
        pool: String,
        /// Why.
        error: std::io::Error,
    },
    /// The index pool takes no rows.
    #[error("pool {0} takes no omap: the index pool must be replicated, not erasure-coded")]
    NotReplicated(String),
    /// The store was made by a version whose layout this one can't read.
    #[error("pool {pool} holds a store of another format: {found:?}")]
    Format {
        /// Which.
        pool: String,
        /// What its `format` object says.
        found: String,
    },
    /// The number of partitions is settled when a store is made.
    #[error("the store has {has} partitions a bucket, for ever; it can't have {wanted}")]
    Partitions {
        /// What the store has.
        has: u8,
        /// What is wanted.
        wanted: u8,
    },
    /// The cluster doesn't answer as it should.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// An engine on RADOS: one gateway.
pub struct RadosEngine {
    shared: Arc<Shared>,
    upkeep: tokio::sync::Mutex<Option<Upkeep>>,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl RadosEngine {
    /// Opens a store, which is made if it isn't there, as one more gateway.
    pub async fn open(connection: &Connection, options: Options) -> Result<Arc<Self>, OpenError> {
        let cluster = Arc::clone(&connection.cluster);
        let (names, of) = (options.clone(), Arc::clone(&cluster));
        let pools = move || {
            let pool = |name: &str| {
                let pool = of.pool(name, &names.namespace);
                pool.map_err(|error| pool_error(name, error))
            };
            let address = of.address().map_err(|error| pool_error(&names.index_pool, error))?;
            Ok::<_, OpenError>((pool(&names.index_pool)?, pool(&names.data_pool)?, address))
        };
        let pools = tokio::task::spawn_blocking(pools).await;
        let (index, data, address) = pools.expect("opening pools doesn't panic")?;
        let partitions = read_format(&index, &options).await?;
        let shared = Arc::new(Shared {
            cluster,
            address: address.clone(),
            index,
            data,
            partitions,
            options,
            gateway: GatewayId::random(),
            numbers: AtomicU64::new(1),
            guards: Mutex::new(HashMap::new()),
            sealed: Sealed::default(),
            marked: tokio::sync::Mutex::new(HashSet::new()),
            dirty: Mutex::new(HashSet::new()),
            waiting: Mutex::new(None),
            unfolded: Mutex::new(HashMap::new()),
            done_intents: Mutex::new(Vec::new()),
            unsettled: Mutex::new(Vec::new()),
            #[cfg(test)]
            fates: Mutex::new(Vec::new()),
            room: Room::default(),
            holds: Arc::new(Holds::default()),
            leads: AtomicBool::new(false),
            feeds: Arc::new(Feeds::default()),
            ended: RwLock::new(None),
            fenced: Arc::new(Notify::new()),
            gate: Arc::default(),
            counts: Counts::default(),
        });
        let pool = shared.options.index_pool.clone();
        let feed = Feed::begin(&shared.index, shared.gateway, Arc::clone(&shared.feeds)).await;
        let feed = feed.map_err(|error| pool_error(&pool, error))?;
        let upkeep = Upkeep::begin(&shared, address, feed).await?;
        let engine = Arc::new(Self {
            shared,
            upkeep: tokio::sync::Mutex::new(Some(upkeep)),
            task: Mutex::new(None),
        });
        engine.keep_up();
        Ok(engine)
    }

    /// Renews the lease and does the rest of the upkeep, for as long as the engine lives.
    fn keep_up(self: &Arc<Self>) {
        let (engine, every) = (Arc::downgrade(self), self.shared.renewal());
        let task = tokio::spawn(async move {
            loop {
                tokio::time::sleep(every).await;
                let Some(engine) = engine.upgrade() else { return };
                let mut upkeep = engine.upkeep.lock().await;
                match &mut *upkeep {
                    Some(upkeep) if engine.shared.is_open().is_ok() => {
                        upkeep.step(&engine.shared).await;
                    }
                    _ => return,
                }
            }
        });
        *self.task.lock() = Some(task);
    }

    /// Ends when others have fenced this gateway off: it has to be started again.
    pub async fn fenced(&self) {
        loop {
            let fenced = self.shared.fenced.notified();
            let ended = self.shared.ended.read().clone();
            if ended.is_some_and(|it| it != CLOSED) {
                return;
            }
            fenced.await;
        }
    }

    /// Makes all deltas of a space's counters part of their sums. For tests: otherwise it is done as
    /// changes come.
    #[doc(hidden)]
    pub async fn fold(&self, space: Space) -> Result<(), EngineError> {
        for partition in layout::Partition::all(space, self.shared.partitions) {
            self.shared.fold(partition).await?;
        }
        Ok(())
    }

    async fn shut(&self) -> Result<(), EngineError> {
        {
            let mut ended = self.shared.ended.write();
            if ended.is_some() {
                return Ok(());
            }
            *ended = Some(CLOSED.into());
        }
        // 1 what was under way has ended. 2 nobody renews any more. 3 the row goes.
        drop(self.shared.gate.write().await);
        let upkeep = self.upkeep.lock().await.take();
        let ended = match upkeep {
            Some(upkeep) => upkeep.end(&self.shared).await,
            None => Ok(()),
        };
        self.shared.feeds.close();
        ended
    }
}

/// What a closed engine says.
const CLOSED: &str = "closed";

impl Drop for RadosEngine {
    /// One that was never closed leaves its row, and others take it for dead in time.
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().take() {
            task.abort();
        }
    }
}

fn pool_error(pool: &str, error: Errno) -> OpenError {
    match error {
        Errno::NOT_SUPPORTED => OpenError::NotReplicated(pool.into()),
        Errno(number) => {
            OpenError::Pool { pool: pool.into(), error: std::io::Error::from_raw_os_error(number) }
        }
    }
}

/// How many partitions each space has; says so in a store that is made now.
async fn read_format(index: &Pool, options: &Options) -> Result<u8, OpenError> {
    let pool = options.index_pool.as_str();
    let wanted = options.partitions.unwrap_or(PARTITIONS);
    assert!((1..=PARTITIONS_MAX).contains(&wanted), "{wanted} partitions");
    let new = format!("onggi-rados {FORMAT}\npartitions {wanted}\n");
    // The row is only to find out whether the pool takes any.
    let rows = Step::SetRows(vec![("format".into(), "1".into())]);
    let steps = vec![Step::CreateNew, rows, Step::WriteFull(new.into())];
    match index.write(FORMAT_OBJECT, steps).await {
        Ok(_) | Err(Errno::EXISTS) => {}
        Err(error) => return Err(pool_error(pool, error)),
    }
    let found = index.read(FORMAT_OBJECT, 0, FORMAT_BYTES_MAX).await;
    let found = found.map_err(|error| pool_error(pool, error))?;
    let found = String::from_utf8_lossy(&found).into_owned();
    let count = found
        .strip_prefix(&format!("onggi-rados {FORMAT}\npartitions "))
        .and_then(|it| it.trim_end().parse().ok())
        .filter(|it| (1..=PARTITIONS_MAX).contains(it));
    let Some(has) = count else {
        return Err(OpenError::Format { pool: pool.into(), found });
    };
    match options.partitions {
        Some(wanted) if wanted != has => Err(OpenError::Partitions { has, wanted }),
        _ => Ok(has),
    }
}

impl Engine for RadosEngine {
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            let writer = self.shared.begin(group, hint).await?;
            Ok(Box::new(writer) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(self.shared.read(*blob, span))
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        Box::pin(apply::apply(&self.shared, group, change))
    }

    fn discard(&self, blob: BlobRef) {
        self.shared.discard(blob);
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(scan::get(&self.shared, group, row))
    }

    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(async move { scan::scan(&self.shared, table, &range, limit).await })
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(self.shared.counters(space))
    }

    fn freeze(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.shared.freeze(space, Frost::freeze(epoch)))
    }

    fn thaw(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.shared.freeze(space, Frost::thaw(epoch)))
    }

    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.shared.drop_space(space))
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        self.shared.feeds.watch(space)
    }

    fn hold(&self) -> Hold {
        self.shared.hold()
    }

    fn leads(&self) -> bool {
        self.shared.leads.load(Ordering::Relaxed) && self.shared.is_open().is_ok()
    }

    fn rows_per_call(&self) -> usize {
        scan::ROWS_PER_CALL
    }

    fn inline_bytes_max(&self) -> usize {
        INLINE_BYTES_MAX
    }

    fn status(&self) -> Status {
        let poisoned = self.shared.ended.read().clone().filter(|it| it != CLOSED);
        let counts = &self.shared.counts;
        let gauge = |name, help, counter, value: &AtomicU64| Gauge {
            name,
            help,
            counter,
            value: value.load(Ordering::Relaxed) as f64,
        };
        let gauges = vec![
            gauge("rados_gateways", "Gateways that live", false, &counts.gateways),
            gauge(
                "rados_mismatches_total",
                "Changes that found other rows than they expected",
                true,
                &counts.mismatches,
            ),
            gauge(
                "rados_unknown_total",
                "Changes without an answer in time",
                true,
                &counts.unknown,
            ),
            gauge("rados_slow_total", "Operations without an answer in time", true, &counts.slow),
            gauge(
                "rados_collected_total",
                "Bodies that no row named any more and that were removed",
                true,
                &counts.collected,
            ),
            gauge(
                "rados_fenced_total",
                "Gateways that this one fenced off",
                true,
                &counts.fenced_others,
            ),
        ];
        Status { poisoned, full: self.shared.room.is_full(), gauges, histograms: vec![] }
    }

    fn close(&self) -> Async<'_, ()> {
        Box::pin(self.shut())
    }
}

#[cfg(test)]
mod on_rados;
