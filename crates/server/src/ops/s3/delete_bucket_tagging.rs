//! DeleteBucketTagging.

use wire::inputs::DeleteBucketTaggingInput;
use wire::{Error, RequestHead};

use super::tags;
use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeleteBucketTagging;

impl Handler for DeleteBucketTagging {
    type Input = DeleteBucketTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteBucketTaggingInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        tags::set_of_bucket(exchange, permit.store(), None).await?;
        Ok(Answer::empty(204))
    }
}
