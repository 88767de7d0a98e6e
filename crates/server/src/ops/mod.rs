//! The operations, a file each; which one a request gets is generated from the table.

pub(crate) mod admin;
#[path = "gen/dispatch.rs"]
mod dispatch;
pub(crate) mod iam;
mod not_implemented;
pub(crate) mod s3;
pub(crate) mod s3control;
pub(crate) mod sts;

use store::StoreError;
use wire::{Code, Error};

use crate::pipeline::Exchange;

pub(crate) use dispatch::dispatch;

/// What a client is told of a store's error.
pub(crate) fn error_of(error: StoreError, exchange: &Exchange<'_>) -> Error {
    ErrorContext::of(exchange).error(error)
}

/// What errors say of a request, for work that outlives it.
#[derive(Clone)]
pub(crate) struct ErrorContext {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) upload_id: String,
    /// The condition of a write.
    pub(crate) condition: &'static str,
}

impl ErrorContext {
    pub(crate) fn of(exchange: &Exchange<'_>) -> Self {
        let head = &exchange.head;
        Self {
            bucket: exchange.bucket_name().into(),
            key: head.target.key().unwrap_or_default().into(),
            upload_id: head.query.get("uploadId").unwrap_or_default().into(),
            condition: match head.headers.contains_key("if-none-match") {
                true => "If-None-Match",
                false => "If-Match",
            },
        }
    }

    /// What a client is told.
    pub(crate) fn error(&self, error: StoreError) -> Error {
        let Self { bucket, key, upload_id, condition } = self;
        match error {
            StoreError::NoSuchBucket => Error::new(Code::NoSuchBucket).with("BucketName", bucket),
            StoreError::BucketExists { .. } => {
                Error::new(Code::BucketAlreadyExists).with("BucketName", bucket)
            }
            StoreError::BucketNotEmpty => {
                Error::new(Code::BucketNotEmpty).with("BucketName", bucket)
            }
            StoreError::Busy | StoreError::ConfigChanged => Error::new(Code::OperationAborted),
            StoreError::NoSuchKey => Error::new(Code::NoSuchKey).with("Key", key),
            StoreError::PreconditionFailed => {
                Error::new(Code::PreconditionFailed).with("Condition", *condition)
            }
            StoreError::Conflict => Error::new(Code::ConditionalRequestConflict)
                .with("Condition", *condition)
                .with("Key", key),
            StoreError::NoSuchUpload => Error::new(Code::NoSuchUpload).with("UploadId", upload_id),
            StoreError::InvalidPart { number } => Error::new(Code::InvalidPart)
                .with("UploadId", upload_id)
                .with("PartNumber", number.to_string()),
            StoreError::InvalidPartOrder => {
                Error::new(Code::InvalidPartOrder).with("UploadId", upload_id)
            }
            StoreError::PartTooSmall { number, length } => Error::new(Code::EntityTooSmall)
                .with("ProposedSize", length.to_string())
                .with("MinSizeAllowed", store::PART_BYTES_MIN.to_string())
                .with("PartNumber", number.to_string()),
            StoreError::MetadataTooLarge => Error::new(Code::MetadataTooLarge),
            StoreError::ConfigTooLarge => Error::new(Code::MaxMessageLengthExceeded)
                .with("MaxMessageLengthBytes", store::CONFIG_BYTES_MAX.to_string()),
            StoreError::Full => Error::new(Code::InsufficientStorage),
            StoreError::Slow(why) => Error::new(Code::SlowDown).because(why),
            StoreError::Unavailable(why) => Error::new(Code::ServiceUnavailable).because(why),
            StoreError::Damaged(what) => Error::new(Code::InternalError).because(what),
        }
    }
}
