//! GetBucketTagging.

use wire::inputs::GetBucketTaggingInput;
use wire::outputs::GetBucketTaggingOutput;
use wire::{Code, Error, RequestHead};

use super::put_bucket_tagging::decode_tags;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketTagging;

impl Handler for GetBucketTagging {
    type Input = GetBucketTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketTaggingInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let document = permit.store().config(&bucket, store::Config::Tags).await;
        let document = document.map_err(|e| error_of(e, exchange))?;
        let document = document
            .ok_or_else(|| Error::new(Code::NoSuchTagSet).with("BucketName", &*bucket.name))?;
        Ok(Answer::of(&GetBucketTaggingOutput { tag_set: decode_tags(&document)? }))
    }
}
