//! Step 5: the bucket that a request names, and what policies may ask of it and its objects.

use std::sync::Arc;

use store::Bucket;
use types::{AccountId, ObjectKey};
use wire::{Code, Error};

use super::Exchange;
use crate::gateway::Gateway;
use crate::ops;
use crate::settings::{PublicAccessBlock, Settings};

/// The bucket that the request names, if it belongs to whom the client expects.
pub(super) async fn find_bucket(exchange: &Exchange<'_>) -> Result<Arc<Bucket>, Error> {
    let name = exchange.bucket_name();
    let bucket = exchange.gateway.vault.bucket(name).await;
    let bucket = bucket.map_err(|e| ops::error_of(e, exchange))?;
    let expected = exchange.head.header_text("x-amz-expected-bucket-owner")?;
    check_expected_owner(expected.as_deref(), &bucket)?;
    Ok(bucket)
}

/// `x-amz-expected-bucket-owner` and its like.
pub(crate) fn check_expected_owner(owner: Option<&str>, bucket: &Bucket) -> Result<(), Error> {
    match owner {
        Some(owner) if owner.parse::<AccountId>().is_err() => {
            let why =
                "The value of the expected bucket owner parameter must be an AWS Account ID...";
            Err(Error::new(Code::InvalidBucketOwnerAWSAccountID)
                .message(format!("{why} [{owner}]")))
        }
        Some(owner) if owner != bucket.owner.as_str() => {
            let why = format!("the bucket belongs to {}, another than is expected", bucket.owner);
            Err(Error::new(Code::AccessDenied).because(why))
        }
        _ => Ok(()),
    }
}

/// Whether a policy of the bucket or the caller speaks of tags.
pub(super) fn wants_object_tags(exchange: &Exchange<'_>, bucket: &Bucket) -> Result<bool, Error> {
    let settings = Settings::of(bucket)?;
    Ok(settings.speaks_of_object_tags || exchange.caller.asks_for_object_tags())
}

/// The tags of an object, if a policy of the bucket or the caller speaks of tags.
pub(crate) async fn object_tags(
    exchange: &Exchange<'_>,
    bucket: &Bucket,
    key: &ObjectKey,
) -> Result<Vec<(String, String)>, Error> {
    if !wants_object_tags(exchange, bucket)? {
        return Ok(vec![]);
    }
    let tags = exchange.gateway.vault.object_tags(bucket, key).await;
    tags.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))
}

/// Whether Block Public Access of bucket or owner restricts the bucket to its owner. What that takes
/// away only a public policy can have given.
pub(crate) async fn restricts(gateway: &Gateway, bucket: &Bucket) -> Result<bool, Error> {
    let settings = Settings::of(bucket)?;
    if !settings.is_public() {
        return Ok(false);
    }
    let of_bucket = settings.public_access_block.unwrap_or_default();
    let account = Box::pin(gateway.vault.account_settings(bucket.owner)).await;
    let account = account.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))?;
    let of_account = PublicAccessBlock::of_account(&account)?.unwrap_or_default();
    Ok(of_bucket.or(of_account).restrict_public_buckets)
}
