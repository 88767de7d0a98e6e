//! DeleteBucketOwnershipControls.

use wire::inputs::DeleteBucketOwnershipControlsInput;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeleteBucketOwnershipControls;

impl Handler for DeleteBucketOwnershipControls {
    type Input = DeleteBucketOwnershipControlsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteBucketOwnershipControlsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let set = permit.store().set_config(&bucket, store::Config::Ownership, None).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
