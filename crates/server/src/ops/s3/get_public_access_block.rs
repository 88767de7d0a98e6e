//! GetPublicAccessBlock.

use wire::inputs::GetPublicAccessBlockInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetPublicAccessBlock;

impl Handler for GetPublicAccessBlock {
    type Input = GetPublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetPublicAccessBlockInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let block = exchange.settings()?.public_access_block.ok_or_else(|| {
            Error::new(Code::NoSuchPublicAccessBlockConfiguration)
                .with("BucketName", exchange.bucket_name())
        })?;
        Ok(Answer::empty(200).with_xml(block.to_xml()))
    }
}
