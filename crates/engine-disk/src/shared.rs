//! What the committer, the background threads and everybody who reads share.

use std::collections::BTreeMap;
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use engine::io::Disk;
use engine::{
    ApplyError, Async, BlobReader, BlobRef, Change, CounterId, EngineError, Entry, Feeds,
    FreezeError, Frost, Gauge, Group, Histogram, Page, Row, RowKey, RowRange, ScanLimit, Space,
    Stamp, Status, Table as Rows,
};
use parking_lot::{Condvar, Mutex, MutexGuard, RwLock};
use tokio::sync::{Notify, mpsc, oneshot};
use types::ByteSpan;

use crate::cache::BodyCache;
use crate::commit::Request;
use crate::extent::{self, BlockBuffers, Extents, Lately, Pieces};
use crate::gaps::Gaps;
use crate::index::{Index, Snapshot};
use crate::pages::PageBuffers;
use crate::place::Place;
use crate::record::Effect;
use crate::scrub::Scrubbed;
use crate::segments::Segments;
use crate::superblock::{Position, Side};
use crate::table::Table;
use crate::view::{Current, Scan, Step, View};
use crate::{Options, crc, is_full, unavailable};

/// How old a look at the disk's free bytes may be.
const FREE_LOOK_EVERY: Duration = Duration::from_millis(200);
/// How long a wait for checkpoints goes on without a look whether they were given up.
const CHECKPOINT_LOOK_EVERY: Duration = Duration::from_millis(100);
/// Upper bounds of the sync times' histogram, in seconds.
const SYNC_BOUNDS: [f64; 8] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0];

/// The engine's shared state.
pub(crate) struct Shared {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) index: Arc<dyn Index>,
    pub(crate) options: Options,
    /// Replaced as a whole: by the committer when it sets a table aside, by a checkpoint's end.
    pub(crate) view: Current,
    pub(crate) counted: RwLock<Counted>,
    pub(crate) segments: Segments,
    pub(crate) extents: Extents,
    pub(crate) gaps: Gaps,
    pub(crate) bodies: BodyCache,
    pub(crate) block_buffers: Arc<BlockBuffers>,
    /// For large bodies that are read from the disk, and where that was of late.
    pub(crate) pieces: Arc<Pieces>,
    pub(crate) lately: Lately,
    pub(crate) page_buffers: Arc<PageBuffers>,
    pub(crate) feeds: Feeds,
    /// The last record known to be synced.
    pub(crate) synced: AtomicU64,
    /// Bytes of the log that the index doesn't hold yet.
    pub(crate) log_bytes: AtomicU64,
    /// The first segment that a start would replay.
    pub(crate) replay_from: AtomicU64,
    /// Where the newest superblock stands.
    pub(crate) superblock_side: Mutex<Side>,
    /// When the last checkpoint ended.
    pub(crate) checkpoint_ended: Mutex<Instant>,
    pub(crate) checkpoints_made: Condvar,
    /// Wakes the background work.
    pub(crate) upkeep: Notify,
    pub(crate) scrubbed: Scrubbed,
    pub(crate) moved_bytes: AtomicU64,
    pub(crate) requests: mpsc::Sender<Request>,
    pub(crate) poisoned: RwLock<Option<String>>,
    pub(crate) closed: AtomicBool,
    pub(crate) free: Mutex<(Instant, u64)>,
    pub(crate) syncs: Mutex<Histogram>,
    pub(crate) threads: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

/// The sync times' histogram, empty.
pub(crate) fn no_syncs() -> Histogram {
    Histogram {
        name: "log_sync_seconds",
        help: "Time in which a batch of the log is written and synced",
        buckets: SYNC_BOUNDS.iter().map(|it| (*it, 0)).collect(),
        count: 0,
        sum: 0.0,
    }
}

/// Counters, and what was last said of freezing spaces.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) counters: BTreeMap<(Space, CounterId), i64>,
    pub(crate) frosts: BTreeMap<Space, Frost>,
}

impl Counted {
    pub(crate) fn enter(&mut self, effect: &Effect) {
        for (space, counter, by) in &effect.count {
            *self.counters.entry((*space, *counter)).or_default() += by;
        }
        self.frosts.extend(effect.freeze.iter().copied());
        for space in &effect.forget {
            // Not all counters are looked at: whoever reads waits meanwhile.
            self.counters.extract_if(counters_of(*space), |_, _| true).for_each(drop);
        }
    }

    pub(crate) fn frost(&self, space: Space) -> Frost {
        self.frosts.get(&space).copied().unwrap_or_default()
    }

    pub(crate) fn has_counters(&self, space: Space) -> bool {
        self.of(space).next().is_some()
    }

    pub(crate) fn of(&self, space: Space) -> impl Iterator<Item = (CounterId, i64)> {
        self.counters.range(counters_of(space)).map(|((_, counter), sum)| (*counter, *sum))
    }

    pub(crate) fn all(&self) -> (BTreeMap<(Space, CounterId), i64>, BTreeMap<Space, Frost>) {
        (self.counters.clone(), self.frosts.clone())
    }
}

fn counters_of(space: Space) -> RangeInclusive<(Space, CounterId)> {
    (space, CounterId(0))..=(space, CounterId(u8::MAX))
}

/// What is read, and how it changes.
impl Shared {
    pub(crate) fn view(&self) -> Arc<View> {
        self.view.get()
    }

    /// Opens a new table and gives the one that was written.
    pub(crate) fn set_table_aside(&self) -> Arc<Table> {
        let before = self.view.replace(|view| {
            let aside = std::iter::once(&view.active).chain(&view.aside).cloned().collect();
            let number = view.number + 1;
            self.gaps.table_opens(number);
            View { active: Arc::default(), number, aside, ..view.clone() }
        });
        Arc::clone(&before.active)
    }

    /// A table's rows are in the index.
    pub(crate) fn table_is_in(&self, table: &Arc<Table>, index: Arc<dyn Snapshot>) {
        self.view.look().cache.advance(index.number(), table);
        self.view.replace(|view| {
            let others = view.aside.iter().filter(|it| !Arc::ptr_eq(it, table));
            View { aside: others.cloned().collect(), index, ..view.clone() }
        });
    }

    /// A superblock with this position is durable.
    pub(crate) fn checkpointed(&self, position: &Position, log_bytes: u64) {
        self.replay_from.store(position.segment, Ordering::Release);
        self.log_bytes.fetch_sub(log_bytes, Ordering::Relaxed);
        *self.checkpoint_ended.lock() = Instant::now();
        self.checkpoints_made.notify_all();
        self.upkeep.notify_one();
    }

    /// Waits until checkpoints have got so far, or are given up.
    pub(crate) fn wait_for_checkpoints(&self, enough: impl Fn() -> bool) {
        let mut ended = self.checkpoint_ended.lock();
        while !enough() && self.healthy().is_ok() {
            self.checkpoints_made.wait_for(&mut ended, CHECKPOINT_LOOK_EVERY);
        }
    }

    pub(crate) fn get(&self, group: &Group, row: &RowKey) -> Result<Option<Row>, EngineError> {
        self.is_open()?;
        Ok(self.view.look().get(&row.encode(group))?.map(|it| it.row))
    }

    pub(crate) async fn scan(
        &self,
        table: Rows,
        range: RowRange,
        limit: ScanLimit,
    ) -> Result<Page, EngineError> {
        self.is_open()?;
        let (start, end) = range.bounds(table);
        let view = self.view();
        let mut scan = Scan::new(&view, &self.gaps, start, end);
        let mut page = Page::default();
        let mut bytes = 0;
        loop {
            match scan.step()? {
                Step::End => return Ok(page),
                // Walking over deleted rows must not keep others waiting.
                Step::Rest => tokio::task::yield_now().await,
                Step::Row(key, stored) => {
                    let full = page.entries.len() >= limit.rows || bytes >= limit.bytes;
                    if full && !page.entries.is_empty() {
                        page.next = page.entries.last().map(Entry::after);
                        return Ok(page);
                    }
                    bytes += key.len() + stored.row.value.len();
                    let (group, key) = RowKey::decode(&key)
                        .map_err(|e| EngineError::Corrupt(format!("the index: {e}")))?;
                    page.entries.push(Entry { group, key, row: stored.row });
                }
            }
        }
    }

    pub(crate) async fn read(
        self: &Arc<Self>,
        blob: &BlobRef,
        span: ByteSpan,
    ) -> Result<Box<dyn BlobReader>, EngineError> {
        self.is_open()?;
        if span.start > span.end || span.end > blob.length {
            return Err(EngineError::Corrupt("a span outside its blob".into()));
        }
        match Place::of(blob) {
            Some(Place::Extent { id }) => {
                let reader = extent::Reader::open(self, id, blob.length, span)?;
                Ok(Box::new(reader) as Box<dyn BlobReader>)
            }
            Some(Place::Log { segment, at, crc }) => {
                let bytes = match self.bodies.get(segment, at) {
                    Some(kept) => kept,
                    None => {
                        let bytes = self.read_log(segment, at, blob.length as usize, crc).await?;
                        self.bodies.keep(blob, &bytes);
                        bytes
                    }
                };
                let bytes = bytes.slice(span.start as usize..span.end as usize);
                Ok(Box::new(Small(Some(bytes))) as Box<dyn BlobReader>)
            }
            None => Err(EngineError::Corrupt("a blob's place can't be read".into())),
        }
    }

    /// A small body from the disk, checked.
    pub(crate) async fn read_log(
        &self,
        segment: u64,
        at: u64,
        length: usize,
        wanted: u64,
    ) -> Result<Bytes, EngineError> {
        if length == 0 {
            // It takes up nothing, so its segment may have been given up.
            return Ok(Bytes::new());
        }
        let file = self.segments.file(segment).ok_or(EngineError::Gone)?;
        let mut buffer = BytesMut::zeroed(length);
        if !file.read_cached_at(&mut buffer, at).map_err(unavailable)? {
            let read = move || file.read_at(&mut buffer, at).map(|()| buffer);
            buffer = extent::blocking(read).await.map_err(unavailable)?;
        }
        match crc(&buffer) == wanted {
            true => Ok(buffer.freeze()),
            false => Err(EngineError::Corrupt(format!("segment {segment} at {at}"))),
        }
    }
}

/// What may be done, and when no more.
impl Shared {
    pub(crate) fn poison(&self, why: &str) {
        let mut poisoned = self.poisoned.write();
        if poisoned.is_none() {
            tracing::error!(why, "no more writes until the next start");
            *poisoned = Some(why.to_owned());
        }
    }

    /// Refuses everything from now on, reads too.
    pub(crate) fn shut(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.feeds.close();
        self.upkeep.notify_one();
    }

    pub(crate) fn is_shut(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    pub(crate) fn is_open(&self) -> Result<(), EngineError> {
        match self.is_shut() {
            false => Ok(()),
            true => Err(unavailable("closed")),
        }
    }

    /// Nothing has gone wrong that forbids writing.
    pub(crate) fn healthy(&self) -> Result<(), EngineError> {
        match &*self.poisoned.read() {
            None => Ok(()),
            Some(why) => Err(unavailable(why)),
        }
    }

    pub(crate) fn writable(&self) -> Result<(), EngineError> {
        self.is_open()?;
        self.healthy()
    }

    /// A write of a body failed: nothing names it, so only the writer is told.
    pub(crate) fn write_failed(&self, error: &io::Error) -> EngineError {
        match is_full(error) {
            true => EngineError::Full,
            false => unavailable(error),
        }
    }

    /// A sync failed: the kernel may have dropped what it could not write.
    pub(crate) fn sync_failed(&self, error: &io::Error) -> EngineError {
        if is_full(error) {
            return EngineError::Full;
        }
        self.poison(&format!("a sync failed: {error}"));
        unavailable(error)
    }

    /// Bytes that the disk has free, as of a moment ago, less what was promised since.
    fn free(&self) -> io::Result<MutexGuard<'_, (Instant, u64)>> {
        let mut free = self.free.lock();
        if free.0.elapsed() > FREE_LOOK_EVERY {
            *free = (Instant::now(), self.disk.free_bytes()?);
        }
        Ok(free)
    }

    /// The same, as a number.
    pub(crate) fn free_bytes(&self) -> io::Result<u64> {
        Ok(self.free()?.1)
    }

    /// Whether so many new bytes leave the reserve untouched.
    pub(crate) fn has_room(&self, bytes: u64) -> Result<(), EngineError> {
        let free = self.free_bytes().map_err(unavailable)?;
        match free >= self.options.reserve_bytes.saturating_add(bytes) {
            true => Ok(()),
            false => Err(EngineError::Full),
        }
    }

    /// The same for bytes that are written now: between two looks at the disk they count.
    pub(crate) fn take_room(&self, bytes: u64) -> Result<(), EngineError> {
        let mut free = self.free().map_err(unavailable)?;
        if free.1 < self.options.reserve_bytes.saturating_add(bytes) {
            return Err(EngineError::Full);
        }
        free.1 -= bytes;
        Ok(())
    }
}

/// What the committer is asked.
impl Shared {
    pub(crate) async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> Request,
    ) -> Result<T, EngineError> {
        let (answer, answered) = oneshot::channel();
        let sent = self.requests.send(request(answer)).await;
        sent.map_err(|_| unavailable("closed"))?;
        answered.await.map_err(|_| unavailable("closed"))
    }

    pub(crate) async fn apply(&self, group: &Group, change: Change) -> Result<Stamp, ApplyError> {
        change.assert_valid(group, crate::INLINE_BYTES_MAX);
        self.writable()?;
        let request = |answer| Request::Apply(group.clone(), change, answer);
        self.ask(request).await?
    }

    pub(crate) async fn set_frost(&self, space: Space, frost: Frost) -> Result<(), FreezeError> {
        assert_ne!(space, Space::SYSTEM, "the system's space is never frozen");
        self.writable()?;
        self.ask(|answer| Request::Freeze(space, frost, answer)).await?
    }

    pub(crate) async fn drop_space(&self, space: Space) -> Result<(), EngineError> {
        self.is_open()?;
        assert!(
            self.counted.read().frost(space).is_frozen(),
            "a space is frozen before it is dropped"
        );
        let mut from = Some(Bytes::new());
        while let Some(key) = from {
            from = self.ask(|answer| Request::DropSome(space, key, answer)).await??;
        }
        Ok(())
    }

    /// Asks even a poisoned committer: its thread ends, and lets go of the folder's lock.
    pub(crate) async fn close(&self) -> Result<(), EngineError> {
        let _ = self.ask(Request::Close).await;
        let threads = std::mem::take(&mut *self.threads.lock());
        threads.into_iter().for_each(|it| drop(it.join()));
        Ok(())
    }
}

/// Watches a thread that nothing is written without: should it end by a panic, which is our mistake,
/// writes are refused and the status says why, instead of waiting for it or failing without a word.
pub(crate) struct Watch(Arc<Shared>, &'static str);

impl Watch {
    pub(crate) fn over(shared: &Arc<Shared>, thread: &'static str) -> Self {
        Self(Arc::clone(shared), thread)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.poison(&format!("thread {} has panicked", self.1));
        }
    }
}

/// What is counted.
impl Shared {
    pub(crate) fn sync_took(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let mut syncs = self.syncs.lock();
        syncs.count += 1;
        syncs.sum += seconds;
        for (bound, count) in &mut syncs.buckets {
            *count += u64::from(seconds <= *bound);
        }
    }

    pub(crate) fn status(&self) -> Status {
        let free = self.disk.free_bytes().unwrap_or(0);
        let (log, segments) = self.segments.on_disk();
        let uses = self.segments.uses();
        let live: u64 = uses.values().map(|it| it.live).sum();
        let used: u64 = uses.values().map(|it| it.used).sum();
        let view = self.view();
        let in_memory = view.active.rows() + view.aside.iter().map(|it| it.rows()).sum::<u64>();
        let gauge =
            |name, help, value: u64| Gauge { name, help, counter: false, value: value as f64 };
        let mut gauges = vec![
            gauge("disk_free_bytes", "Bytes that the disk has free", free),
            gauge("log_bytes", "Bytes of the log's files, spare ones included", log),
            gauge("log_segments", "Segments of the log", segments as u64),
            gauge("log_live_bytes", "Bytes of the log that rows refer to", live),
            gauge(
                "log_dead_bytes",
                "Bytes of the log that can be given back",
                used - live.min(used),
            ),
            gauge(
                "log_behind_bytes",
                "Bytes of the log that the index doesn't hold yet",
                self.log_bytes.load(Ordering::Relaxed),
            ),
            gauge("index_bytes", "Bytes of the index on disk", self.index.disk_bytes()),
            gauge(
                "index_unmerged_tables",
                "Tables of the index that wait to be merged; more and more if nothing merges them",
                self.index.unmerged_tables() as u64,
            ),
            gauge("memory_rows", "Rows in memory that the index doesn't hold yet", in_memory),
            Gauge {
                name: "log_moved_bytes_total",
                help: "Bytes that were moved to give their segments back",
                counter: true,
                value: self.moved_bytes.load(Ordering::Relaxed) as f64,
            },
            Gauge {
                name: "scan_deleted_rows_total",
                help: "Deleted rows that listings walked over",
                counter: true,
                value: self.gaps.walked.load(Ordering::Relaxed) as f64,
            },
        ];
        gauges.extend(self.scrubbed.gauges());
        Status {
            poisoned: self.poisoned.read().clone(),
            full: free < self.options.reserve_bytes + crate::INLINE_BYTES_MAX as u64,
            gauges,
            histograms: vec![self.syncs.lock().clone()],
        }
    }
}

/// A small body, read already.
struct Small(Option<Bytes>);

impl BlobReader for Small {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move { Ok(self.0.take().filter(|it| !it.is_empty())) })
    }
}
