//! PutBucketTagging. Tags are kept as JSON: a list of pairs.

use bytes::Bytes;
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
pub(crate) fn check_tags(tags: &[Tag]) -> Result<(), Error> {
    tags::check(&tags::pairs(tags.to_vec())?, &tags::BUCKET)
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
