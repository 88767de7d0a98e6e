//! GetBucketTagging.

use wire::inputs::GetBucketTaggingInput;
use wire::outputs::GetBucketTaggingOutput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketTagging;

impl Handler for GetBucketTagging {
    type Input = GetBucketTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketTaggingInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let tag_set = exchange.settings()?.tags.clone();
        match tag_set.is_empty() {
            true => Err(Error::new(Code::NoSuchTagSet).with("BucketName", exchange.bucket_name())),
            false => Ok(Answer::of(GetBucketTaggingOutput { tag_set })),
        }
    }
}
