//! DeleteBucket.

use wire::inputs::DeleteBucketInput;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeleteBucket;

impl Handler for DeleteBucket {
    type Input = DeleteBucketInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteBucketInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let deleted = permit.store().delete_bucket(&exchange.bucket()).await;
        deleted.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
