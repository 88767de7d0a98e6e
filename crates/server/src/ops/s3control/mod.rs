//! S3 Control: Block Public Access for a whole account, and tags of buckets by their ARNs.

pub(crate) mod delete_public_access_block;
pub(crate) mod get_public_access_block;
pub(crate) mod list_tags_for_resource;
pub(crate) mod put_public_access_block;
pub(crate) mod tag_resource;
pub(crate) mod untag_resource;

use std::sync::Arc;

use store::Bucket;
use types::{AccountId, Arn};
use wire::documents::Tag;
use wire::{Code, Error};

use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::ops::s3::put_bucket_tagging::{check_tags, encode_tags};
use crate::pipeline::Exchange;
use crate::settings::Settings;

/// The account that a request is about (`x-amz-account-id`): the caller's own.
fn account(exchange: &Exchange<'_>, given: &Option<String>) -> Result<AccountId, Error> {
    if !exchange.is_signed() {
        return Err(Error::new(Code::AccessDenied));
    }
    let Some(given) = given else {
        return Err(Error::new(Code::InvalidRequest)
            .message("Missing required header for this request: x-amz-account-id"));
    };
    let id = given.parse().map_err(|_| {
        Error::new(Code::InvalidRequest).message("The account ID must be 12 digits")
    })?;
    match id == exchange.owner() {
        true => Ok(id),
        false => Err(Error::new(Code::AccessDenied)),
    }
}

/// A question about the account's own configuration, which has no ARN.
fn ask_of_account(exchange: &Exchange<'_>, given: &Option<String>) -> Result<Option<Ask>, Error> {
    account(exchange, given)?;
    Ok(Some(Ask::of_target(exchange)))
}

/// A question about a resource that is named by its ARN.
fn ask_of_resource(
    exchange: &Exchange<'_>,
    (given, arn): (&Option<String>, &str),
) -> Result<Option<Ask>, Error> {
    account(exchange, given)?;
    Ok(Some(Ask { resource: Arn::given(arn), ..Ask::of_target(exchange) }))
}

/// The bucket that an ARN names. Other things that have tags there aren't there.
async fn bucket_of<H>(
    exchange: &Exchange<'_>,
    permit: &Permit<'_, H>,
    arn: &str,
) -> Result<Arc<Bucket>, Error> {
    let name = arn.strip_prefix("arn:aws:s3:::").filter(|it| !it.contains(['/', ':']));
    let name = name.ok_or_else(|| {
        Error::new(Code::InvalidRequest).message("The resource ARN is not one of a bucket")
    })?;
    let bucket = permit.store().bucket(name).await;
    let bucket = bucket.map_err(|e| error_of(e, exchange).with("BucketName", name))?;
    match bucket.owner == exchange.owner() {
        true => Ok(bucket),
        false => Err(Error::new(Code::AccessDenied)),
    }
}

/// Changes a bucket's tags.
async fn change_tags<H>(
    exchange: &Exchange<'_>,
    permit: &Permit<'_, H>,
    bucket: &Bucket,
    change: impl FnOnce(&mut Vec<Tag>),
) -> Result<(), Error> {
    let mut tags = Settings::of(bucket)?.tags.clone();
    change(&mut tags);
    check_tags(&tags)?;
    let document = (!tags.is_empty()).then(|| encode_tags(&tags));
    let set = permit.store().set_config(bucket, store::Config::Tags, document).await;
    set.map_err(|e| error_of(e, exchange))
}
