//! The embedded engine: one log, the state in memory, large bodies in files of their own.
//!
//! The log is the truth: every change is a record (`record.rs`) of a segment (`log.rs`), synced
//! before anybody sees it; small bodies travel in it. A start replays the log (`recover.rs`) into a
//! [`engine::book::Book`], from which reads are served. One thread (`commit.rs`) judges and writes.
//!
//! What isn't there yet: checkpoints and an index on disk (so memory and the time of a start grow
//! with the rows), and giving back the space of dead bodies in the log. ARCHITECTURE says so too.

mod commit;
mod extent;
mod fsck;
mod log;
mod real;
mod record;
mod recover;
mod run;

use std::path::Path;
use std::sync::Arc;

use engine::io::Disk;
use engine::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, Changes, CounterId, Engine,
    EngineError, Group, Page, Row, RowKey, RowRange, ScanLimit, SizeHint, Space, Stamp, Status,
    Table,
};
use types::ByteSpan;

pub use fsck::{Finding, Report, fsck};

/// Bodies up to this travel in the log: measured, a log takes 4 KiB bodies twelve times as fast as
/// files do, and 64 KiB bodies about as fast.
pub(crate) const INLINE_BYTES_MAX: usize = 64 << 10;

/// What can be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// A segment of the log is closed when it has become this long, in bytes.
    pub segment_bytes: u64,
    /// So many bytes are left free for deletions, in bytes: new bodies are refused before.
    pub reserve_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { segment_bytes: 64 << 20, reserve_bytes: 64 << 20 }
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

/// An engine on a folder of a local disk.
pub struct DiskEngine {
    shared: Arc<run::Shared>,
}

impl DiskEngine {
    /// Opens a folder, which is made if it isn't there, and replays its log.
    pub fn open(folder: &Path, options: Options) -> Result<Arc<dyn Engine>, OpenError> {
        let disk = Arc::new(real::RealDisk::open(folder)?);
        Self::on(disk, options)
    }

    /// The same on any disk: a simulated one.
    pub fn on(disk: Arc<dyn Disk>, options: Options) -> Result<Arc<dyn Engine>, OpenError> {
        let shared = run::Shared::start(disk, options)?;
        Ok(Arc::new(Self { shared }))
    }
}

impl Engine for DiskEngine {
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            self.shared.writable()?;
            self.shared.room_for(hint.length.unwrap_or(0))?;
            let writer = extent::Writer::begin(Arc::clone(&self.shared), group, hint.length)?;
            Ok(Box::new(writer) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(self.shared.read(*blob, span))
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        Box::pin(self.shared.apply(group, change))
    }

    fn discard(&self, blob: BlobRef) {
        self.shared.discard(blob);
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(async move { Ok(self.shared.book()?.get(group, row)) })
    }

    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(async move { Ok(self.shared.book()?.scan(table, &range, limit)) })
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(async move { Ok(self.shared.book()?.counters(space)) })
    }

    fn freeze(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.shared.set_frozen(space, true))
    }

    fn thaw(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.shared.set_frozen(space, false))
    }

    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.shared.drop_space(space))
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        self.shared.feeds.watch(space)
    }

    fn inline_bytes_max(&self) -> usize {
        INLINE_BYTES_MAX
    }

    fn status(&self) -> Status {
        self.shared.status()
    }

    fn close(&self) -> Async<'_, ()> {
        Box::pin(async move { self.shared.close().await })
    }
}

fn unavailable(why: impl std::fmt::Display) -> EngineError {
    EngineError::Unavailable(why.to_string())
}

fn crc(bytes: &[u8]) -> u64 {
    crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes)
}

#[cfg(test)]
mod tests;
