//! The storage-engine contract: below S3, above disks.
//!
//! An engine keeps **rows** and **blobs**. It promises, and `store` and `iam` rely on nothing more:
//!
//! - **Atomic per group.** [`Engine::apply`] changes rows of one [`Group`], all or none, if every
//!   expectation holds. Nothing is atomic across groups.
//! - **Durable when acknowledged.** `apply` answers `Ok` only when its rows, with every blob that
//!   they name, survive a power cut. Nothing is visible to anyone before that.
//! - **Linearizable.** A `get`, `scan` or `apply` that begins after another `apply` answered sees
//!   its rows. A `scan` sees each row as it stood at one moment of the call.
//! - **Checked.** Bytes come back as they were written, or as [`EngineError::Corrupt`].
//! - **Exact counters.** A change's deltas take effect exactly when its rows do, exactly once.
//!
//! What is absent: names of buckets, versions, permissions, HTTP. A row's value is opaque here;
//! only the list of blobs that it owns is read, to count, move and free them.
//!
//! Who owns a blob: the writer until `seal`; then nobody, in memory, until a row of the writer's
//! group names it (bytes without a row are freed when the process that wrote them is gone or
//! [`Engine::discard`]s them, never by age); then that row. A row that is replaced or deleted
//! frees the blobs that no other row of the same change takes over.
//!
//! A caller that breaks a limit, or does what is said here to be impossible, has a mistake that
//! must be found: the call panics before it does anything ([`Change::assert_valid`] for changes).
//!
//! [`conformance`] is the contract as a program; every engine runs it.

pub mod book;
pub mod clock;
pub mod conformance;
mod error;
mod feed;
mod frost;
mod hold;
pub mod io;
mod key;
mod row;
mod scan;
pub mod sim;

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use types::ByteSpan;

pub use error::{ApplyError, EngineError, FreezeError, Mismatch};
pub use feed::{Feeds, GroupFeed};
pub use frost::Frost;
pub use hold::Hold;
pub use key::{DecodeKeyError, Group, RowKey, Space, Table};
pub use row::{
    BlobRef, Blobs, Change, CounterDelta, CounterId, Expectation, Expected, NewBlob, PutRow, Row,
    Stamp,
};
pub use scan::{Cursor, Entry, Page, RowRange, ScanLimit};

/// What every method of an engine returns: boxed, so that the engine is a run-time choice.
/// A box costs some 50 ns; the cheapest operation here costs a microsecond.
pub type Async<'a, T, E = EngineError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// A storage engine. See the crate's documentation for what all methods promise together.
///
/// Dropping a future at any await leaves the engine correct: an `apply` that was dropped has
/// happened or has not, a writer that was dropped leaves nothing.
pub trait Engine: Send + Sync + 'static {
    /// Begins a blob that will belong to `group`. Its bytes are readable by nobody until
    /// [`BlobWriter::seal`], and not kept unless a change of that group then names it.
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>>;

    /// Opens `span` of a blob. If it was moved or freed since the row was read: its bytes as they
    /// were, or [`EngineError::Gone`]: then read the row again. An open reader keeps its bytes
    /// whatever happens to the row.
    /// `span` lies within the blob, or the engine answers `Corrupt`.
    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>>;

    /// Applies a change to a group: all of it or nothing. See [`ApplyError`] for the ways to fail;
    /// after [`ApplyError::Unknown`] it may have happened.
    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError>;

    /// Gives up a sealed blob that no row names. A blob that a row names is left alone.
    fn discard(&self, blob: BlobRef);

    /// One row.
    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>>;

    /// Rows of one table and space in order, from a cursor. Seeking costs about as much as a
    /// `get`, however many rows are skipped, and rows that were deleted cost nothing lasting.
    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page>;

    /// The counters of a space; those never touched are absent. Exact as of some moment of the call.
    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>>;

    /// When this returns every earlier change of the space is visible and every later one fails
    /// with [`ApplyError::Frozen`]. Durable; freezing twice is freezing once.
    ///
    /// `epoch` numbers the attempt, from 1. A space remembers the greatest that froze or thawed it,
    /// and an attempt that comes behind a greater one is [`FreezeError::Superseded`]; so is a freeze
    /// behind the thaw of its own epoch. So whoever takes a deletion over with a greater epoch need
    /// not know whether the one before still runs, in whichever process: it can't undo anything.
    fn freeze(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError>;

    /// Ends a freeze of this epoch or a lower one. Durable; thawing what isn't frozen only raises
    /// the epoch.
    fn thaw(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError>;

    /// Removes all rows, blobs and counters of a **frozen** space, which stays frozen for good:
    /// its number is never used again. May take long and be cut off; then call it again.
    /// Space [`Space::SYSTEM`] can't be frozen, and a space that isn't frozen can't be dropped.
    fn drop_space(&self, space: Space) -> Async<'_, ()>;

    /// The groups of a space whose rows in [`Table::Catalog`] change from now on, for caches; of
    /// changes in other tables an engine may tell or not. What another process changes is told
    /// within a second of its acknowledgement, or [`ChangeEvent::Lost`] is. A group may be repeated.
    /// What [`Engine::drop_space`] removes isn't told.
    fn watch(&self, space: Space) -> Box<dyn Changes>;

    /// Keeps readable what can be read now: as long as the hold lives, a blob that another process
    /// frees stays. Of what this process frees the caller takes care itself.
    fn hold(&self) -> Hold;

    /// Whether this process is the one to do what is better done once, of several on the same data.
    /// It may change at any moment, and two may believe it for a moment: nothing may rely on it.
    fn leads(&self) -> bool;

    /// How many rows a scan reads for hardly more than it costs to read one. Who wants a few, and perhaps
    /// the next, asks for no fewer.
    fn rows_per_call(&self) -> usize;

    /// The largest body, in bytes, that [`NewBlob::Inline`] takes.
    fn inline_bytes_max(&self) -> usize;

    /// What operators want to see. Cheap.
    fn status(&self) -> Status;

    /// Finishes what is under way and refuses what comes later with `Unavailable`.
    fn close(&self) -> Async<'_, ()>;
}

/// What is known of a blob when it is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeHint {
    /// Length in bytes, where the client announced one. A writer may be given less, never more.
    pub length: Option<u64>,
    /// What the blob is for.
    pub purpose: Purpose,
}

/// What a blob is for, which decides where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Lies where the engine likes and may be moved (its row then changes).
    Movable,
    /// Never moved: its `BlobRef` stands inside another blob (a multipart upload's part table).
    Fixed,
}

/// Takes the bytes of one blob. Dropping it frees them.
pub trait BlobWriter: Send {
    /// Appends. Waits while the engine is behind: this is the back-pressure.
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()>;

    /// Makes the bytes durable and readable. No row owns them yet.
    fn seal(self: Box<Self>) -> Async<'static, BlobRef>;
}

/// Gives the bytes of a stretch of a blob, in order.
pub trait BlobReader: Send {
    /// The next bytes, at most 1 MiB, never empty; none at the end of the span.
    fn next(&mut self) -> Async<'_, Option<Bytes>>;
}

/// A feed of changed groups.
pub trait Changes: Send {
    /// The next event; [`ChangeEvent::Closed`] for ever once the engine is closed.
    fn next(&mut self) -> Pin<Box<dyn Future<Output = ChangeEvent> + Send + '_>>;
}

/// What a feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeEvent {
    /// This group changed.
    Changed(Group),
    /// Changes were missed: drop what is cached.
    Lost,
    /// There will be no more.
    Closed,
}

/// An engine's condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// Why nothing more is written, if so (a failed sync).
    pub poisoned: Option<String>,
    /// True while writes answer `Full`.
    pub full: bool,
    /// Named figures for metrics: (name in Prometheus form, help, value).
    pub gauges: Vec<Gauge>,
    /// Named distributions for metrics.
    pub histograms: Vec<Histogram>,
}

/// One figure for metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// Prometheus name without the `onggi_` prefix, unit last: `disk_free_bytes`.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// True if it only grows.
    pub counter: bool,
    /// The value.
    pub value: f64,
}

/// One distribution for metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Prometheus name without the `onggi_` prefix, unit last: `log_sync_seconds`.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// (upper bound, how many are at or below it), ascending; the rest are above the last.
    pub buckets: Vec<(f64, u64)>,
    /// How many in all.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
}
