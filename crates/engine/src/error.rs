//! Errors by what the caller would do next.

use crate::{Row, RowKey};

/// Why an engine didn't answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// The blob was moved or freed since its row was read: read the row again. From an `apply`:
    /// a blob that the change names may not be named by it; nothing changed.
    #[error("the blob is no longer where the row said")]
    Gone,
    /// Bytes on disk aren't what was written. Never retried, never served.
    #[error("damaged: {0}")]
    Corrupt(String),
    /// No space is left for new bytes. A change that deletes, writes over what is there, or writes to
    /// [`Table::Local`](crate::Table::Local) still works.
    #[error("no space left")]
    Full,
    /// No answer within the time that the engine allows itself. Less at a time may be better.
    #[error("no answer in time: {0}")]
    Slow(String),
    /// Closed, poisoned by a failed sync, or out of reach. Later may be better.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// Why a change was not applied.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ApplyError {
    /// An expectation failed. Nothing changed; here are all the rows that the change expected
    /// something of, as they are: judge again.
    #[error("rows are not as expected")]
    Mismatch(Vec<Mismatch>),
    /// The space is frozen. Nothing changed.
    #[error("the space is frozen")]
    Frozen,
    /// It may have happened or not, or may yet; its blobs stay. Read the group again.
    #[error("no answer: the change may have happened")]
    Unknown,
    /// Nothing changed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Why a space was not frozen or thawed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FreezeError {
    /// A later attempt has been at this space: nothing changed, and this one's work is over.
    #[error("a later attempt has frozen or thawed the space")]
    Superseded,
    /// It may have happened in part: then do it again, with the same epoch.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// A row as it is, for a change that expected something of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which row.
    pub row: RowKey,
    /// What it holds; none if it is absent.
    pub found: Option<Row>,
}
