//! The operations, a file each; which one a request gets is generated from the table.

pub(crate) mod admin;
#[path = "gen/dispatch.rs"]
mod dispatch;
pub(crate) mod s3;
pub(crate) mod sts;

use store::StoreError;
use wire::{Code, Error};

use crate::pipeline::Exchange;

pub(crate) use dispatch::dispatch;

/// What a client is told of a store's error.
pub(crate) fn error_of(error: StoreError, exchange: &Exchange<'_>) -> Error {
    let bucket = exchange.bucket_name();
    let key = exchange.head.target.key().unwrap_or_default();
    let upload_id = exchange.head.query.get("uploadId").unwrap_or_default();
    match error {
        StoreError::NoSuchBucket => Error::new(Code::NoSuchBucket).with("BucketName", bucket),
        StoreError::BucketExists { .. } => {
            Error::new(Code::BucketAlreadyExists).with("BucketName", bucket)
        }
        StoreError::BucketNotEmpty => Error::new(Code::BucketNotEmpty).with("BucketName", bucket),
        StoreError::Busy => Error::new(Code::OperationAborted),
        StoreError::NoSuchKey => Error::new(Code::NoSuchKey).with("Key", key),
        StoreError::PreconditionFailed => {
            Error::new(Code::PreconditionFailed).with("Condition", condition(exchange))
        }
        StoreError::Conflict => Error::new(Code::ConditionalRequestConflict)
            .with("Condition", condition(exchange))
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

/// The condition of a write.
fn condition(exchange: &Exchange<'_>) -> &'static str {
    match exchange.head.headers.contains_key("if-none-match") {
        true => "If-None-Match",
        false => "If-Match",
    }
}
