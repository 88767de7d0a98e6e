//! The embedded engine: one log, an index, large bodies in files of their own.
//!
//! **The index's last checkpoint plus the log behind it are the truth.** Every change is a record
//! (`record.rs`) of a segment of the log (`log.rs`), synced before anybody sees it; small bodies travel
//! in it. One thread (`commit.rs`, `judge.rs`) judges and writes, and enters the rows in a table in
//! memory (`table.rs`). Now and then the table is set aside and brought into the index (`checkpoint.rs`,
//! `index.rs`), and a superblock says from where the log is still needed (`superblock.rs`). Readers see
//! tables and index as one (`view.rs`). A start replays the rest of the log (`recover.rs`, `start.rs`).
//!
//! Space comes back: a segment in which nothing lives is used again, and what lives in one that is
//! mostly dead is written again elsewhere (`segments.rs`, `reclaim.rs`).

mod cache;
mod checkpoint;
mod commit;
mod extent;
mod fsck;
mod gaps;
mod index;
mod judge;
mod log;
mod pages;
mod place;
mod real;
mod reclaim;
mod record;
mod recover;
mod scrub;
mod segments;
mod shared;
mod start;
mod superblock;
mod table;
mod upkeep;
mod view;

use std::path::Path;
use std::sync::Arc;

use engine::io::Disk;
use engine::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, Changes, CounterId, Engine,
    EngineError, FreezeError, Frost, Group, Hold, Page, Row, RowKey, RowRange, ScanLimit, SizeHint,
    Space, Stamp, Status, Table,
};
use types::ByteSpan;

pub use fsck::{Finding, Report, fsck};

/// Bodies up to this travel in the log: measured, a log takes 4 KiB bodies twelve times as fast as
/// files do, and 64 KiB bodies about as fast.
pub(crate) const INLINE_BYTES_MAX: usize = 64 << 10;

/// The index's folder below the engine's.
const INDEX_FOLDER: &str = "index";

/// What can be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// Length of a segment of the log, in bytes.
    pub segment_bytes: u64,
    /// So many bytes are left free for deletions and checkpoints: new bodies are refused before.
    pub reserve_bytes: u64,
    /// A checkpoint is made when so many rows have changed ...
    pub checkpoint_rows: u64,
    /// ... or so many bytes of the log been written.
    pub checkpoint_log_bytes: u64,
    /// Memory for small bodies that were written or read of late, in bytes.
    pub body_cache_bytes: u64,
    /// What the scrubber reads in a second, at most, in bytes.
    pub scrub_bytes_per_second: u64,
    /// Who does what isn't done for a request.
    pub background: Background,
}

/// Who makes checkpoints, gives space back and scrubs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Threads of the engine.
    Threads,
    /// Nobody but [`DiskEngine::upkeep`]; checkpoints interrupt the committer. For simulations, which
    /// must go the same way each time.
    None,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            segment_bytes: 16 << 20,
            reserve_bytes: 256 << 20,
            checkpoint_rows: 250_000,
            // So that a start after a crash has at most twice this to replay, in a second or so.
            checkpoint_log_bytes: 192 << 20,
            body_cache_bytes: 64 << 20,
            scrub_bytes_per_second: 16 << 20,
            background: Background::Threads,
        }
    }
}

/// Why a folder can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another server has it open.
    #[error("{0} is in use by another server")]
    InUse(String),
    /// It was written by a version whose format this one can't read.
    #[error("{0} has a format that this version can't read")]
    Format(String),
    /// What was acknowledged can't be read back. `onggi fsck` says what.
    #[error("damaged: {0}; nothing was changed; onggi fsck DIR says more")]
    Damaged(String),
    /// The disk says no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl From<index::IndexError> for OpenError {
    fn from(error: index::IndexError) -> Self {
        match error {
            index::IndexError::Damaged(_) => Self::Damaged(error.to_string()),
            index::IndexError::Io(error) => Self::Io(error),
        }
    }
}

/// An engine on a folder of a local disk.
pub struct DiskEngine {
    shared: Arc<shared::Shared>,
}

impl DiskEngine {
    /// Opens a folder, which is made if it isn't there, and replays its log.
    pub fn open(folder: &Path, options: Options) -> Result<Arc<Self>, OpenError> {
        let disk = Arc::new(real::RealDisk::open(folder)?);
        let index = Arc::new(index::LsmIndex::open(&folder.join(INDEX_FOLDER))?);
        let shared = start::start(disk, index, options)?;
        Ok(Arc::new(Self { shared }))
    }

    /// The same on any disk, a simulated one, with an index for simulations on that disk.
    pub fn on(disk: Arc<dyn Disk>, options: Options) -> Result<Arc<Self>, OpenError> {
        let index = Arc::new(index::RunIndex::open(Arc::clone(&disk))?);
        let shared = start::start(disk, index, options)?;
        Ok(Arc::new(Self { shared }))
    }

    /// Brings all that is committed into the index.
    pub async fn checkpoint(&self) -> Result<(), EngineError> {
        self.shared.ask(commit::Request::Checkpoint).await?
    }

    /// A checkpoint, and then gives back all the space that can be given back.
    pub async fn upkeep(&self) -> Result<(), EngineError> {
        self.checkpoint().await?;
        upkeep::give_back(&self.shared).await
    }

    /// Reads and checks every row and body. How many are damaged.
    pub async fn scrub(&self) -> Result<u64, EngineError> {
        scrub::pass(&self.shared, u64::MAX).await
    }
}

impl Drop for DiskEngine {
    /// What was never closed ends here: the threads, and with them the folder's lock. Nothing of what
    /// was acknowledged needs more.
    fn drop(&mut self) {
        self.shared.shut();
        let (done, _) = tokio::sync::oneshot::channel();
        let _ = self.shared.requests.try_send(commit::Request::Close(done));
    }
}

impl Engine for DiskEngine {
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            self.shared.writable()?;
            self.shared.has_room(hint.length.unwrap_or(0))?;
            let writer = extent::Writer::begin(Arc::clone(&self.shared), group, hint.length)?;
            Ok(Box::new(writer) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(self.shared.read(blob, span))
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        Box::pin(self.shared.apply(group, change))
    }

    fn discard(&self, blob: BlobRef) {
        self.shared.extents.discard(&blob);
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(async move { self.shared.get(group, row) })
    }

    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(self.shared.scan(table, range, limit))
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(async move {
            self.shared.is_open()?;
            Ok(self.shared.counted.read().of(space).collect())
        })
    }

    fn freeze(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.shared.set_frost(space, Frost::freeze(epoch)))
    }

    fn thaw(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.shared.set_frost(space, Frost::thaw(epoch)))
    }

    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.shared.drop_space(space))
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        self.shared.feeds.watch(space)
    }

    /// No other process works on a folder that is open here.
    fn hold(&self) -> Hold {
        Hold::none()
    }

    fn leads(&self) -> bool {
        true
    }

    fn rows_per_call(&self) -> usize {
        2
    }

    fn inline_bytes_max(&self) -> usize {
        INLINE_BYTES_MAX
    }

    fn status(&self) -> Status {
        self.shared.status()
    }

    fn close(&self) -> Async<'_, ()> {
        Box::pin(self.shared.close())
    }
}

/// Whether an error says that there is no space, on the disk or in whoever's quota.
fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

fn unavailable(why: impl std::fmt::Display) -> EngineError {
    EngineError::Unavailable(why.to_string())
}

fn crc(bytes: &[u8]) -> u64 {
    crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes)
}

/// Reads bytes as recovery reads a record of the log, whether its checksum fits or not, and forgets
/// them. For `fuzz/`, which can't see records; nothing else has a use for it.
#[doc(hidden)]
pub fn read_any_record(bytes: &[u8]) {
    let Some((head, body)) = bytes.split_first_chunk::<{ record::HEADER_BYTES }>() else { return };
    if let Some(header) = record::Header::read(head) {
        assert!(header.stride() % 8 == 0 && header.stride() as usize > header.body_bytes);
        let _ = header.fits(1, &body[..header.body_bytes.min(body.len())]);
    }
    if let Some(effect) = record::effect(body) {
        let _ = effect.born(1, 0..u64::MAX);
    }
}

#[cfg(test)]
mod tests;
