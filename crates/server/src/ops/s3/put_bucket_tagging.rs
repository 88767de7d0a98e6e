//! PutBucketTagging. Tags are kept as JSON: a list of pairs.

use bytes::Bytes;
use store::{Config, Store};
use wire::documents::{Tag, Tagging};
use wire::inputs::PutBucketTaggingInput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use super::tags;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

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
        tags::check(&tags::pairs(tags.clone())?, &tags::BUCKET)?;
        // An empty set is no set: reading it answers NoSuchTagSet.
        let document = (!tags.is_empty()).then(|| encode_tags(&tags));
        replace_tags(exchange, permit.store(), document).await?;
        Ok(Answer::empty(204))
    }
}

/// Sets a bucket's tags, or removes them. Where they count for access that takes TagResource and
/// UntagResource ("PutBucketAbac", S3 API Reference: these operations no longer can).
pub(super) async fn replace_tags(
    exchange: &Exchange<'_>,
    store: &Store,
    document: Option<Bytes>,
) -> Result<(), Error> {
    if exchange.settings()?.abac {
        return Err(Error::new(Code::InvalidRequest).message(
            "The bucket's tags are used for access control (ABAC is enabled): use TagResource and \
             UntagResource to change them",
        ));
    }
    let bucket = exchange.bucket();
    let set = store.set_config_if(&bucket, (Config::Tags, document), &[Config::Abac]).await;
    set.map_err(|e| error_of(e, exchange))
}

pub(crate) fn encode_tags(tags: &[Tag]) -> Bytes {
    let pairs: Vec<_> = tags.iter().map(|it| (&it.key, &it.value)).collect();
    serde_json::to_vec(&pairs).expect("texts are JSON").into()
}

pub(crate) fn decode_tags(document: &[u8]) -> Result<Vec<Tag>, Error> {
    let pairs: Vec<(Option<String>, Option<String>)> = serde_json::from_slice(document)
        .map_err(|e| Error::new(Code::InternalError).because(format!("bucket tags: {e}")))?;
    Ok(pairs.into_iter().map(|(key, value)| Tag { key, value }).collect())
}
