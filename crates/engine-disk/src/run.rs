//! What the committer and everybody else share, and how an engine starts and ends.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use engine::book::Book;
use engine::io::{Disk, File};
use engine::{
    ApplyError, Async, BlobReader, BlobRef, Change, EngineError, Feeds, Gauge, Group, Histogram,
    Space, Stamp, Status,
};
use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use tokio::sync::{mpsc, oneshot};
use types::ByteSpan;

use crate::commit::{Committer, Request};
use crate::log::Segment;
use crate::{OpenError, Options, crc, extent, recover, unavailable};

/// Requests that may wait for the committer; whoever comes later waits to be let in.
const QUEUE: usize = 1024;
/// How old a look at the disk's free bytes may be.
const FREE_LOOK_EVERY: Duration = Duration::from_millis(200);
/// Upper bounds of the sync times' histogram, in seconds.
const SYNC_BOUNDS: [f64; 8] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0];

/// Where a blob lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a record of a segment; the checksum is of the whole body.
    Log { segment: u64, at: u64, crc: u64 },
    /// In a file of its own.
    Extent { id: u64 },
}

impl Place {
    pub(crate) fn blob(self, length: u64) -> BlobRef {
        let numbers = match self {
            Self::Log { segment, at, crc } => [1, segment, at, crc],
            Self::Extent { id } => [2, id, 0, 0],
        };
        let mut place = [0; 32];
        for (bytes, number) in place.chunks_exact_mut(8).zip(numbers) {
            bytes.copy_from_slice(&number.to_le_bytes());
        }
        BlobRef { length, place }
    }

    pub(crate) fn of(blob: &BlobRef) -> Option<Self> {
        let number = |at: usize| {
            u64::from_le_bytes(blob.place[8 * at..8 * at + 8].try_into().expect("8 bytes"))
        };
        match number(0) {
            1 => Some(Self::Log { segment: number(1), at: number(2), crc: number(3) }),
            2 => Some(Self::Extent { id: number(1) }),
            _ => None,
        }
    }
}

/// The engine's shared state.
pub(crate) struct Shared {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) options: Options,
    pub(crate) book: RwLock<Book>,
    pub(crate) segments: RwLock<BTreeMap<u64, Arc<dyn File>>>,
    pub(crate) feeds: Feeds,
    /// Blobs that were sealed and that no row names yet, and whose they are.
    pub(crate) unnamed: Mutex<HashMap<BlobRef, Group>>,
    pub(crate) next_extent: AtomicU64,
    /// The last record known to be synced.
    pub(crate) synced: AtomicU64,
    requests: mpsc::Sender<Request>,
    poisoned: RwLock<Option<String>>,
    closed: AtomicBool,
    free: Mutex<(Instant, u64)>,
    syncs: Mutex<Histogram>,
    committer: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Shared {
    /// Replays the log, syncs what was replayed, begins a segment of its own, removes extents that no
    /// row names, and starts the committer.
    pub(crate) fn start(disk: Arc<dyn Disk>, options: Options) -> Result<Arc<Self>, OpenError> {
        let recovered = recover::replay(&*disk)?;
        // What was read may stand in the page cache only: it counts from now on.
        for file in recovered.segments.values().rev().take(2) {
            file.sync()?;
        }
        let last = recovered.segments.keys().next_back().copied().unwrap_or(0);
        remove_torn(&*disk, last)?;
        let bytes = options.segment_bytes;
        let segment = Segment::begin(&*disk, last + 1, recovered.sequence, bytes)?;
        let next_extent = remove_unnamed(&*disk, &recovered.book)?;
        let mut segments = recovered.segments;
        segments.insert(segment.number, Arc::clone(&segment.file));
        let free = (Instant::now(), disk.free_bytes()?);
        let (requests, queue) = mpsc::channel(QUEUE);
        let shared = Arc::new(Self {
            disk,
            options,
            book: RwLock::new(recovered.book),
            segments: RwLock::new(segments),
            feeds: Feeds::default(),
            unnamed: Mutex::default(),
            next_extent: AtomicU64::new(next_extent),
            synced: AtomicU64::new(recovered.sequence),
            requests,
            poisoned: RwLock::new(None),
            closed: AtomicBool::new(false),
            free: Mutex::new(free),
            syncs: Mutex::new(Histogram {
                name: "log_sync_seconds",
                help: "Time of a sync of the log",
                buckets: SYNC_BOUNDS.iter().map(|it| (*it, 0)).collect(),
                count: 0,
                sum: 0.0,
            }),
            committer: Mutex::new(None),
        });
        let committer =
            Committer { shared: Arc::clone(&shared), segment, sequence: recovered.sequence };
        let thread = std::thread::Builder::new().name("committer".into());
        let thread = thread.spawn(move || committer.run(queue))?;
        *shared.committer.lock() = Some(thread);
        Ok(shared)
    }

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
    }

    pub(crate) fn is_open(&self) -> Result<(), EngineError> {
        match self.closed.load(Ordering::Relaxed) {
            false => Ok(()),
            true => Err(unavailable("closed")),
        }
    }

    /// What may be read.
    pub(crate) fn book(&self) -> Result<RwLockReadGuard<'_, Book>, EngineError> {
        self.is_open()?;
        Ok(self.book.read())
    }

    pub(crate) fn writable(&self) -> Result<(), EngineError> {
        self.is_open()?;
        match &*self.poisoned.read() {
            None => Ok(()),
            Some(why) => Err(unavailable(why)),
        }
    }

    /// A write of a body failed: nothing names it, so only the writer is told.
    pub(crate) fn write_failed(&self, error: &io::Error) -> EngineError {
        match error.kind() {
            io::ErrorKind::StorageFull => EngineError::Full,
            _ => unavailable(error),
        }
    }

    /// A sync failed: the kernel may have dropped what it could not write.
    pub(crate) fn sync_failed(&self, error: &io::Error) -> EngineError {
        if error.kind() == io::ErrorKind::StorageFull {
            return EngineError::Full;
        }
        self.poison(&format!("a sync failed: {error}"));
        unavailable(error)
    }

    /// Whether so many new bytes leave the reserve untouched.
    pub(crate) fn room_for(&self, bytes: u64) -> Result<(), EngineError> {
        let mut free = self.free.lock();
        if free.0.elapsed() > FREE_LOOK_EVERY {
            *free = (Instant::now(), self.disk.free_bytes().map_err(unavailable)?);
        }
        match free.1 >= self.options.reserve_bytes.saturating_add(bytes) {
            true => Ok(()),
            false => Err(EngineError::Full),
        }
    }

    pub(crate) fn sync_took(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let mut syncs = self.syncs.lock();
        syncs.count += 1;
        syncs.sum += seconds;
        for (bound, count) in &mut syncs.buckets {
            *count += u64::from(seconds <= *bound);
        }
    }

    /// A buffer of so many bytes to read into.
    pub(crate) fn buffer(&self, bytes: usize) -> BytesMut {
        BytesMut::zeroed(bytes)
    }

    async fn ask<T>(
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

    pub(crate) async fn set_frozen(&self, space: Space, frozen: bool) -> Result<(), EngineError> {
        assert_ne!(space, Space::SYSTEM, "the system's space is never frozen");
        self.writable()?;
        self.ask(|answer| Request::Freeze(space, frozen, answer)).await?
    }

    pub(crate) async fn drop_space(&self, space: Space) -> Result<(), EngineError> {
        self.is_open()?;
        assert!(self.book.read().is_frozen(space), "a space is frozen before it is dropped");
        while self.ask(|answer| Request::DropSome(space, answer)).await?? {}
        Ok(())
    }

    /// A blob that a row names isn't in `unnamed`, and stays.
    pub(crate) fn discard(&self, blob: BlobRef) {
        if let Some(Place::Extent { id }) = Place::of(&blob)
            && self.unnamed.lock().remove(&blob).is_some()
        {
            let _ = self.disk.remove(&extent::name(id));
        }
    }

    pub(crate) fn read(
        self: &Arc<Self>,
        blob: BlobRef,
        span: ByteSpan,
    ) -> impl Future<Output = Result<Box<dyn BlobReader>, EngineError>> + Send + use<> {
        let shared = Arc::clone(self);
        async move {
            shared.is_open()?;
            if span.start > span.end || span.end > blob.length {
                return Err(EngineError::Corrupt("a span outside its blob".into()));
            }
            match Place::of(&blob) {
                Some(Place::Extent { id }) => {
                    let reader = extent::Reader::open(&shared, id, blob.length, span)?;
                    Ok(Box::new(reader) as Box<dyn BlobReader>)
                }
                Some(Place::Log { segment, at, crc: wanted }) => {
                    let bytes = shared.read_log(segment, at, blob.length as usize).await?;
                    if crc(&bytes) != wanted {
                        return Err(EngineError::Corrupt(format!("segment {segment} at {at}")));
                    }
                    let bytes = bytes.slice(span.start as usize..span.end as usize);
                    Ok(Box::new(Small(Some(bytes))) as Box<dyn BlobReader>)
                }
                None => Err(EngineError::Corrupt("a blob's place can't be read".into())),
            }
        }
    }

    async fn read_log(&self, segment: u64, at: u64, length: usize) -> Result<Bytes, EngineError> {
        let file = self.segments.read().get(&segment).cloned().ok_or(EngineError::Gone)?;
        let mut buffer = self.buffer(length);
        if length > 0 && !file.read_cached_at(&mut buffer, at).map_err(unavailable)? {
            let read = move || file.read_at(&mut buffer, at).map(|()| buffer);
            buffer = extent::blocking(read).await.map_err(unavailable)?;
        }
        Ok(buffer.freeze())
    }

    /// Asks even a poisoned committer: its thread ends, and lets go of the folder's lock.
    pub(crate) async fn close(&self) -> Result<(), EngineError> {
        let _ = self.ask(Request::Close).await;
        if let Some(thread) = self.committer.lock().take() {
            let _ = thread.join();
        }
        Ok(())
    }

    pub(crate) fn status(&self) -> Status {
        let free = self.disk.free_bytes().unwrap_or(0);
        let segments = self.segments.read();
        let log: u64 = segments.values().map(|it| it.length().unwrap_or(0)).sum();
        let gauge = |name, help, value: f64| Gauge { name, help, counter: false, value };
        Status {
            poisoned: self.poisoned.read().clone(),
            full: free < self.options.reserve_bytes,
            gauges: vec![
                gauge("disk_free_bytes", "Bytes that the disk has free", free as f64),
                gauge("log_bytes", "Bytes of the log's segments", log as f64),
                gauge("log_segments", "Segments of the log", segments.len() as f64),
            ],
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

/// Removes a segment whose beginning was cut off: nothing was ever written to it.
fn remove_torn(disk: &dyn Disk, last: u64) -> io::Result<()> {
    for number in disk.list(crate::log::FOLDER)?.iter().filter_map(|it| crate::log::number_of(it)) {
        if number > last {
            disk.remove(&crate::log::name(number))?;
        }
    }
    Ok(())
}

/// Removes extents without a row, whose writers are gone with the process; the next free id.
fn remove_unnamed(disk: &dyn Disk, book: &Book) -> io::Result<u64> {
    let named: HashSet<u64> = book
        .blobs()
        .filter_map(|(_, blob)| match Place::of(blob) {
            Some(Place::Extent { id }) => Some(id),
            _ => None,
        })
        .collect();
    let mut next = named.iter().max().map_or(1, |it| it + 1);
    for id in disk.list(extent::FOLDER)?.iter().filter_map(|it| extent::id_of(it)) {
        next = next.max(id + 1);
        if !named.contains(&id) {
            disk.remove(&extent::name(id))?;
        }
    }
    Ok(next)
}
