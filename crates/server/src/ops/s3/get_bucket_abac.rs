//! GetBucketAbac: whether a bucket's tags count for access.

use wire::inputs::GetBucketAbacInput;
use wire::xml::Writer;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketAbac;

impl Handler for GetBucketAbac {
    type Input = GetBucketAbacInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketAbacInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let status = if exchange.settings()?.abac { "Enabled" } else { "Disabled" };
        let mut xml = Writer::new();
        xml.root("AbacStatus", |xml| xml.text("Status", status));
        Ok(Answer::empty(200).with_xml(xml.finish()))
    }
}
