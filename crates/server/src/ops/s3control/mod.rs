//! S3 Control: Block Public Access for a whole account, and tags of buckets by their ARNs.

pub(crate) mod delete_public_access_block;
pub(crate) mod get_public_access_block;
pub(crate) mod list_tags_for_resource;
pub(crate) mod put_public_access_block;
pub(crate) mod tag_resource;
pub(crate) mod untag_resource;

use std::sync::Arc;
use std::time::Duration;

use store::{Bucket, Config, StoreError};
use types::{AccountId, Arn};
use wire::documents::Tag;
use wire::{Code, Error};

use crate::authorize::{Ask, Elsewhere, Permit};
use crate::ops::error_of;
use crate::ops::s3::tags;
use crate::pipeline::{Exchange, restricts};
use crate::settings::{Settings, encode_tags};

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
        false => {
            let why = "x-amz-account-id names another account than the caller's";
            Err(Error::new(Code::AccessDenied).because(why))
        }
    }
}

/// A question about the account's own configuration, which has no ARN.
fn ask_of_account(exchange: &Exchange<'_>, given: &Option<String>) -> Result<Option<Ask>, Error> {
    account(exchange, given)?;
    Ok(Some(Ask::of_target(exchange)))
}

/// Asks for something about the bucket that an ARN names: the caller's policies, and the bucket's own.
/// Other things that have tags there aren't there.
async fn authorize_bucket<'a, H>(
    exchange: &Exchange<'a>,
    (given, arn): (&Option<String>, &str),
    told: impl FnOnce(Ask) -> Ask,
) -> Result<(Arc<Bucket>, Permit<'a, H>), Error> {
    account(exchange, given)?;
    let bucket = bucket_of(exchange, arn).await;
    let ask = told(Ask { resource: Arn::given(arn), ..Ask::of_target(exchange) });
    let ask = match &bucket {
        Ok(bucket) => ask.in_bucket(&Elsewhere {
            bucket: Arc::clone(bucket),
            restricts_public: restricts(exchange.gateway, bucket).await?,
            object_tags: vec![],
        }),
        // Whoever may not ask isn't told that there is nothing to ask about.
        Err(_) => ask,
    };
    let permit = exchange.authorize(&ask)?;
    Ok((bucket?, permit))
}

async fn bucket_of(exchange: &Exchange<'_>, arn: &str) -> Result<Arc<Bucket>, Error> {
    let name = arn.strip_prefix("arn:aws:s3:::").filter(|it| !it.contains(['/', ':']));
    let name = name.ok_or_else(|| {
        Error::new(Code::InvalidRequest).message("The resource ARN is not one of a bucket")
    })?;
    let bucket = exchange.gateway.vault.bucket(name).await;
    let bucket = bucket.map_err(|e| match e {
        // A bucket is a resource like others here.
        StoreError::NoSuchBucket => Error::new(Code::NoSuchResource),
        e => error_of(e, exchange),
    })?;
    match bucket.owner == exchange.owner() {
        true => Ok(bucket),
        false => Err(Error::new(Code::AccessDenied)),
    }
}

/// How often a change of tags is judged again because somebody else changed them meanwhile.
const TRIES_MAX: u32 = 20;

/// Changes the tags of the bucket that an ARN names, from what they are: of several changes at once
/// none is lost.
async fn change_tags<H>(
    exchange: &Exchange<'_>,
    permit: &Permit<'_, H>,
    arn: &str,
    change: impl Fn(&mut Vec<Tag>),
) -> Result<(), Error> {
    for tried in 0..TRIES_MAX {
        // Whoever loses waits, longer and longer: among many one wins at each time.
        tokio::time::sleep(Duration::from_millis(tried.into())).await;
        let bucket = bucket_of(exchange, arn).await?;
        let mut tags = Settings::of(&bucket)?.tags.clone();
        change(&mut tags);
        tags::check(&tags::pairs(tags.clone())?, &tags::RESOURCE)?;
        let change = (Config::Tags, encode_tags(&tags));
        let set = permit.store().set_config_if(&bucket, change, &[Config::Tags]);
        match set.await {
            Err(StoreError::ConfigChanged) => {}
            done => return done.map_err(|e| error_of(e, exchange)),
        }
    }
    Err(error_of(StoreError::ConfigChanged, exchange))
}
