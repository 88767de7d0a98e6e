//! What a caller would handle differently.

use engine::{ApplyError, EngineError, FreezeError};
use types::AccountId;

use crate::Store;
use crate::bucket::Bucket;

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
    /// The condition of a completion holds, but not for the object that was there, or wasn't, when the
    /// upload began.
    #[error("the object has changed since the upload began")]
    Conflict,
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
    /// More metadata than an object can have.
    #[error("more than {} bytes of headers and metadata", crate::object::DETAILS_BYTES_MAX)]
    MetadataTooLarge,
    /// A document of a configuration is longer than any may be.
    #[error("more than {} bytes of configuration", crate::config::CONFIG_BYTES_MAX)]
    ConfigTooLarge,
    /// A configuration isn't what it was when it was read.
    #[error("the configuration has changed meanwhile")]
    ConfigChanged,
    /// No space is left for new bytes.
    #[error("no space left")]
    Full,
    /// The engine didn't answer in time; what was asked for may have happened.
    #[error("no answer in time: {0}")]
    Slow(String),
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
            EngineError::Slow(what) => Self::Slow(what),
            EngineError::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<FreezeError> for StoreError {
    fn from(error: FreezeError) -> Self {
        match error {
            FreezeError::Superseded => Self::Busy,
            FreezeError::Engine(error) => error.into(),
        }
    }
}

impl StoreError {
    /// A change whose answer was lost: it may have happened, or may yet.
    pub(crate) fn no_answer() -> Self {
        Self::Slow("it may have happened".into())
    }
}

impl Store {
    /// What a change of a bucket's space that can't be judged again is refused with.
    pub(crate) async fn refusal(&self, bucket: &Bucket, error: ApplyError) -> StoreError {
        match error {
            // Whoever can judge again does so before it comes here.
            ApplyError::Mismatch(_) => StoreError::Busy,
            ApplyError::Frozen => self.why_frozen(bucket).await,
            ApplyError::Unknown => StoreError::no_answer(),
            ApplyError::Engine(error) => error.into(),
        }
    }

    /// A space is frozen on the way to its bucket's end, which it needn't reach.
    async fn why_frozen(&self, bucket: &Bucket) -> StoreError {
        self.forget_bucket(&bucket.name);
        match self.bucket_row(&bucket.name).await {
            Ok(Some((_, row))) if row.space == bucket.space.0 => StoreError::Busy,
            Ok(_) => StoreError::NoSuchBucket,
            Err(error) => error,
        }
    }
}
