//! Amazon S3, and what several of its operations share.

pub(crate) mod abort_multipart_upload;
mod acl;
mod annotations;
mod checksums;
pub(crate) mod complete_multipart_upload;
pub(crate) mod copy_object;
mod copying;
pub(crate) mod create_bucket;
pub(crate) mod create_multipart_upload;
pub(crate) mod delete_bucket;
pub(crate) mod delete_bucket_cors;
pub(crate) mod delete_bucket_ownership_controls;
pub(crate) mod delete_bucket_policy;
pub(crate) mod delete_bucket_tagging;
pub(crate) mod delete_object;
pub(crate) mod delete_object_tagging;
pub(crate) mod delete_objects;
pub(crate) mod delete_public_access_block;
pub(crate) mod get_bucket_abac;
pub(crate) mod get_bucket_acl;
pub(crate) mod get_bucket_cors;
pub(crate) mod get_bucket_location;
pub(crate) mod get_bucket_ownership_controls;
pub(crate) mod get_bucket_policy;
pub(crate) mod get_bucket_policy_status;
pub(crate) mod get_bucket_tagging;
pub(crate) mod get_object;
pub(crate) mod get_object_acl;
pub(crate) mod get_object_attributes;
pub(crate) mod get_object_tagging;
pub(crate) mod get_public_access_block;
mod grants;
pub(crate) mod head_bucket;
pub(crate) mod head_object;
pub(crate) mod list_buckets;
pub(crate) mod list_multipart_uploads;
pub(crate) mod list_object_versions;
pub(crate) mod list_objects;
pub(crate) mod list_objects_v2;
pub(crate) mod list_parts;
mod listing;
pub(crate) mod options_object;
pub(crate) mod post_object;
pub(crate) mod put_bucket_abac;
pub(crate) mod put_bucket_acl;
pub(crate) mod put_bucket_cors;
pub(crate) mod put_bucket_ownership_controls;
pub(crate) mod put_bucket_policy;
pub(crate) mod put_bucket_tagging;
pub(crate) mod put_object;
pub(crate) mod put_object_acl;
pub(crate) mod put_object_tagging;
pub(crate) mod put_public_access_block;
mod reading;
pub(crate) mod tags;
pub(crate) mod unset;
pub(crate) mod upload_part;
pub(crate) mod upload_part_copy;

use store::{METADATA_BYTES_MAX, Precondition, Store, StoreError, UploadId};
use types::{Arn, ETag, ObjectKey, VersionId};
use wire::documents::{Initiator, Owner};
use wire::xml::percent_encoded;
use wire::{Code, Error};

use crate::account::canonical_user;
use crate::authorize::{Ask, Elsewhere};
use crate::ops::{ErrorContext, error_of};
use crate::pipeline::{Exchange, object_tags};

/// Why something was not done, where the store asks the handler on its way.
pub(super) enum Stop {
    Wire(Error),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Stop {
    pub(super) fn into_error(self, exchange: &Exchange<'_>) -> Error {
        self.into_error_in(&ErrorContext::of(exchange))
    }

    pub(super) fn into_error_in(self, context: &ErrorContext) -> Error {
        match self {
            Self::Wire(error) => error,
            Self::Store(error) => context.error(error),
        }
    }
}

/// The bucket owner as listings name it.
pub(super) fn owner(exchange: &Exchange<'_>) -> Owner {
    Owner { id: Some(canonical_id(exchange)), display_name: None }
}

/// The canonical user id of whom the bucket belongs to, or of who asks.
pub(super) fn canonical_id(exchange: &Exchange<'_>) -> String {
    canonical_user(exchange.owner())
}

/// Who began an upload, a user with its name; the owner of one from before that was kept.
pub(super) fn initiator_of(exchange: &Exchange<'_>, named: String) -> Initiator {
    let user = named.split_once(":user/").and_then(|(_, path)| path.rsplit('/').next());
    let display_name = user.map(String::from);
    let id = if named.is_empty() { canonical_id(exchange) } else { named };
    Initiator { id: Some(id), display_name }
}

/// The region of the request's bucket.
pub(super) fn region_of(exchange: &Exchange<'_>) -> String {
    region_at(&exchange.bucket().location, exchange)
}

/// The region that a LocationConstraint stands for.
fn region_at(location: &str, exchange: &Exchange<'_>) -> String {
    match location {
        "" => exchange.gateway.region.clone(),
        // Its name from before there were two in Europe.
        "EU" => "eu-west-1".to_owned(),
        location => location.to_owned(),
    }
}

/// The object that the request names is there.
pub(super) async fn find(exchange: &Exchange<'_>, store: &Store) -> Result<(), Error> {
    let (bucket, key) = (exchange.bucket(), exchange.key()?);
    let found = store.get(&bucket, &key).await.map_err(|e| error_of(e, exchange))?;
    let missing = || exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()));
    found.map(drop).ok_or_else(missing)
}

/// The object's address, by the host that the request came by; a slash in the key is `%2F`, as S3
/// has it here.
pub(super) fn location(exchange: &Exchange<'_>) -> String {
    let host = exchange.head.headers.get("host").and_then(|it| it.to_str().ok());
    let host = host.unwrap_or_default();
    let mut text = format!("{}://{host}/", exchange.gateway.scheme);
    if !exchange.gateway.hosts.names_bucket(host) {
        text.extend([exchange.bucket_name(), "/"]);
    }
    text + &percent_encoded(exchange.head.target.key().unwrap_or_default())
}

/// `If-Match` and `If-None-Match` of a write: a tag, and `*`. What else AWS doesn't take, it calls
/// NotImplemented ("PutObject", S3 API Reference).
pub(super) fn precondition(
    if_match: Option<&str>,
    if_none_match: Option<&str>,
) -> Result<Precondition, Error> {
    let refused = |header: &'static str, why: String| {
        Err(Error::new(Code::NotImplemented).with("Header", header).with("additionalMessage", why))
    };
    let value = |header| {
        refused(
            header,
            format!("We don't accept the provided value of {header} header for this API"),
        )
    };
    match (if_match, if_none_match) {
        (None, None) => Ok(Precondition::None),
        (None, Some("*")) => Ok(Precondition::Absent),
        (None, Some(_)) => value("If-None-Match"),
        (Some("*"), None) => value("If-Match"),
        (Some(tag), None) => Ok(matching(tag)),
        (Some(_), Some(_)) => {
            let why = "Multiple conditional request headers present in the request";
            refused("If-Match,If-None-Match", why.into())
        }
    }
}

/// `If-Match` of a deletion, which may be `*` ("DeleteObject", S3 API Reference).
pub(super) fn delete_precondition(if_match: Option<&str>) -> Precondition {
    match if_match {
        None => Precondition::None,
        Some("*") => Precondition::Matches(None),
        Some(tag) => matching(tag),
    }
}

/// A write that compares an ETag tells whether the object is that one: it needs the permission to read it,
/// too ("How to perform conditional deletes", S3 User Guide: "both `s3:DeleteObject` and
/// `s3:GetObject`"). Of other writes the guide doesn't say it; their answers tell the same.
pub(super) async fn authorize_to_compare(
    exchange: &Exchange<'_>,
    condition: Precondition,
    key: &ObjectKey,
) -> Result<(), Error> {
    match condition {
        Precondition::None | Precondition::Absent | Precondition::Matches(None) => Ok(()),
        // Boxed: it is rare, and large in every write's future otherwise.
        Precondition::Matches(Some(_)) | Precondition::MatchesNothing => {
            Box::pin(authorize_to_read(exchange, key)).await
        }
    }
}

/// Whether the caller may read an object of the request's bucket, of which its target needn't be the one.
async fn authorize_to_read(exchange: &Exchange<'_>, key: &ObjectKey) -> Result<(), Error> {
    let bucket = exchange.bucket();
    let object_tags = object_tags(exchange, &bucket, key).await?;
    let restricts_public = exchange.restricts_public_bucket;
    let place = Elsewhere { bucket, restricts_public, object_tags };
    let object = Arn::object(exchange.bucket_name(), key.as_str());
    let ask = Ask::new("s3:GetObject", object).in_bucket(&place);
    exchange.authorize::<()>(&ask).map(drop)
}

fn matching(tag: &str) -> Precondition {
    ETag::parse(tag).map_or(Precondition::MatchesNothing, |it| Precondition::Matches(Some(it)))
}

/// Refuses more user metadata than S3 takes.
pub(super) fn check_metadata(pairs: &[(String, String)]) -> Result<(), Error> {
    let bytes: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    if bytes <= METADATA_BYTES_MAX {
        return Ok(());
    }
    Err(Error::new(Code::MetadataTooLarge)
        .with("Size", bytes.to_string())
        .with("MaxSizeAllowed", METADATA_BYTES_MAX.to_string()))
}

/// `aws-chunked` is how the body travelled, not what the object is. Anything else stays as it came.
pub(super) fn stored_encoding(header: Option<String>) -> Option<String> {
    let text = header?;
    let framing = |it: &&str| it.eq_ignore_ascii_case("aws-chunked");
    let names = text.split(',').map(str::trim);
    if !names.clone().any(|it| framing(&it)) {
        return Some(text);
    }
    let kept: Vec<&str> = names.filter(|it| !framing(it)).collect();
    (!kept.is_empty()).then(|| kept.join(","))
}

/// `versionId`: until versioning is there, every object is its null version.
pub(super) fn check_version(id: Option<&str>) -> Result<(), Error> {
    match id {
        None => Ok(()),
        Some(id) if VersionId::parse(id).is_some() => Ok(()),
        Some(id) => Err(Error::argument("versionId", id).message(match id {
            "" => "Version id cannot be the empty string",
            _ => "Invalid version id specified",
        })),
    }
}

/// `uploadId`; what can't be one names no upload.
pub(super) fn upload_id(text: Option<&str>) -> Result<UploadId, Error> {
    let text = text.unwrap_or_default();
    UploadId::parse(text).ok_or_else(|| Error::new(Code::NoSuchUpload).with("UploadId", text))
}

/// `partNumber` of an upload.
pub(super) fn part_number(number: Option<i64>) -> Result<u16, Error> {
    let number = number.unwrap_or_default();
    u16::try_from(number).ok().filter(|it| (1..=store::PART_NUMBER_MAX).contains(it)).ok_or_else(
        || {
            Error::argument("partNumber", number.to_string())
                .message("Part number must be an integer between 1 and 10000, inclusive")
        },
    )
}

/// `max-keys` and its like: at most 1,000 count, less than none is an error.
pub(super) fn page_size(name: &'static str, wanted: Option<i64>) -> Result<usize, Error> {
    not_negative(name, wanted.unwrap_or(1000)).map(|it| it.min(1000) as usize)
}

/// `part-number-marker`: the part behind which a page begins.
pub(super) fn part_marker(given: Option<i64>) -> Result<u16, Error> {
    let number = not_negative("part-number-marker", given.unwrap_or(0))?;
    Ok(u16::try_from(number).unwrap_or(u16::MAX))
}

fn not_negative(name: &'static str, number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| {
        Error::argument(name, number.to_string())
            .message(format!("Argument {name} must be an integer between 0 and 2147483647"))
    })
}
