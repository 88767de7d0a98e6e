//! PutBucketTagging. Tags are kept as JSON: a list of pairs.

use std::collections::HashSet;

use bytes::Bytes;
use wire::documents::{Tag, Tagging};
use wire::inputs::PutBucketTaggingInput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

/// Limits of a bucket's tags ("Using cost allocation S3 bucket tags", S3 User Guide).
const TAGS_MAX: usize = 50;
const TAG_KEY_CHARACTERS_MAX: usize = 128;
const TAG_VALUE_CHARACTERS_MAX: usize = 256;

pub(crate) struct PutBucketTagging;

impl Handler for PutBucketTagging {
    type Input = PutBucketTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketTaggingInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let tags = Tagging::read(&Element::parse(&document, "Tagging")?)?.tag_set;
        check_tags(&tags)?;
        // An empty set is no set: reading it answers NoSuchTagSet.
        let document = (!tags.is_empty()).then(|| encode_tags(&tags));
        let bucket = exchange.bucket();
        let set = permit.store().set_config(&bucket, store::Config::Tags, document).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}

/// Refuses tags that S3 refuses.
pub(super) fn check_tags(tags: &[Tag]) -> Result<(), Error> {
    let refused = |why: &'static str| Error::new(Code::InvalidTag).message(why);
    if tags.len() > TAGS_MAX {
        return Err(
            Error::new(Code::BadRequest).message("Bucket tag count cannot be greater than 50")
        );
    }
    let mut keys = HashSet::new();
    for tag in tags {
        let (Some(key), Some(value)) = (&tag.key, &tag.value) else {
            return Err(Error::new(Code::MalformedXML));
        };
        if key.is_empty() || key.chars().count() > TAG_KEY_CHARACTERS_MAX || !tag_text(key) {
            return Err(refused("The TagKey you have provided is invalid").with("TagKey", key));
        }
        if value.chars().count() > TAG_VALUE_CHARACTERS_MAX || !tag_text(value) {
            return Err(refused("The TagValue you have provided is invalid")
                .with("TagKey", key)
                .with("TagValue", value));
        }
        if key.to_lowercase().starts_with("aws:") {
            return Err(
                refused("System tags cannot be added/updated by requester").with("TagKey", key)
            );
        }
        if !keys.insert(key) {
            return Err(
                refused("Cannot provide multiple Tags with the same key").with("TagKey", key)
            );
        }
    }
    Ok(())
}

/// Letters, digits and spaces of any script, and these signs ("Using cost allocation S3 bucket tags",
/// S3 User Guide).
fn tag_text(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "+-=._:/@".contains(c))
}

pub(super) fn encode_tags(tags: &[Tag]) -> Bytes {
    let pairs: Vec<_> = tags.iter().map(|it| (&it.key, &it.value)).collect();
    serde_json::to_vec(&pairs).expect("texts are JSON").into()
}

pub(super) fn decode_tags(document: &[u8]) -> Result<Vec<Tag>, Error> {
    let pairs: Vec<(Option<String>, Option<String>)> = serde_json::from_slice(document)
        .map_err(|e| Error::new(Code::InternalError).because(format!("bucket tags: {e}")))?;
    Ok(pairs.into_iter().map(|(key, value)| Tag { key, value }).collect())
}
