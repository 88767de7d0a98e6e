//! DeletePublicAccessBlock.

use wire::inputs::DeletePublicAccessBlockInput;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeletePublicAccessBlock;

impl Handler for DeletePublicAccessBlock {
    type Input = DeletePublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeletePublicAccessBlockInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let set = permit.store().set_config(&bucket, store::Config::PublicAccessBlock, None).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
