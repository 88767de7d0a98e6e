//! What a caller would handle differently.

use engine::{ApplyError, EngineError};
use types::AccountId;

/// Why something was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no such bucket, or no longer.
    #[error("no such bucket")]
    NoSuchBucket,
    /// The name is taken by this account.
    #[error("the bucket exists and belongs to {owner}")]
    BucketExists {
        /// Whose it is.
        owner: AccountId,
    },
    /// It holds objects.
    #[error("the bucket isn't empty")]
    BucketNotEmpty,
    /// The bucket is being deleted or created by somebody else: later may be better.
    #[error("something else is being done to this bucket")]
    Busy,
    /// There is no such object.
    #[error("no such key")]
    NoSuchKey,
    /// A condition of the request doesn't hold.
    #[error("a precondition doesn't hold")]
    PreconditionFailed,
    /// There is no such upload, or it has ended.
    #[error("no such upload")]
    NoSuchUpload,
    /// A part that the completion names isn't there, or another one is.
    #[error("part {number} isn't there, or isn't this one")]
    InvalidPart {
        /// Its number.
        number: u16,
    },
    /// The completion's parts aren't in ascending order.
    #[error("parts aren't in ascending order")]
    InvalidPartOrder,
    /// A part that isn't the last is too small.
    #[error("part {number} has only {length} bytes")]
    PartTooSmall {
        /// Its number.
        number: u16,
        /// Its length in bytes.
        length: u64,
    },
    /// No space is left for new bytes.
    #[error("no space left")]
    Full,
    /// The engine can't be asked now; what was asked for may have happened.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// What is stored is not what was written.
    #[error("damaged: {0}")]
    Damaged(String),
}

impl From<EngineError> for StoreError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Gone => Self::Unavailable("the body kept moving".into()),
            EngineError::Corrupt(what) => Self::Damaged(what),
            EngineError::Full => Self::Full,
            EngineError::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<ApplyError> for StoreError {
    fn from(error: ApplyError) -> Self {
        match error {
            // Whoever can judge again does so before it becomes a StoreError.
            ApplyError::Mismatch(_) => Self::Busy,
            // A space is frozen only on the way to a bucket's end.
            ApplyError::Frozen => Self::NoSuchBucket,
            ApplyError::Unknown => Self::Unavailable("no answer in time".into()),
            ApplyError::Engine(error) => error.into(),
        }
    }
}
