//! GetBucketOwnershipControls.

use wire::inputs::GetBucketOwnershipControlsInput;
use wire::xml::Writer;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::OWNER_ENFORCED;

pub(crate) struct GetBucketOwnershipControls;

impl Handler for GetBucketOwnershipControls {
    type Input = GetBucketOwnershipControlsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketOwnershipControlsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        if !exchange.settings()?.owner_enforced {
            return Err(Error::new(Code::OwnershipControlsNotFoundError)
                .with("BucketName", exchange.bucket_name()));
        }
        let mut xml = Writer::new();
        xml.root("OwnershipControls", |xml| {
            xml.element("Rule", |xml| xml.text("ObjectOwnership", OWNER_ENFORCED));
        });
        Ok(Answer::empty(200).with_xml(xml.finish()))
    }
}
