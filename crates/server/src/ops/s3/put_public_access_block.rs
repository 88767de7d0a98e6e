//! PutPublicAccessBlock.

use wire::inputs::PutPublicAccessBlockInput;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::PublicAccessBlock;

pub(crate) struct PutPublicAccessBlock;

impl Handler for PutPublicAccessBlock {
    type Input = PutPublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutPublicAccessBlockInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let block = PublicAccessBlock::parse(&document)?.encode();
        let bucket = exchange.bucket();
        let config = store::Config::PublicAccessBlock;
        let set = permit.store().set_config(&bucket, config, Some(block.into())).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
