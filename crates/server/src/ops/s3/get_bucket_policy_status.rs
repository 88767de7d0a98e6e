//! GetBucketPolicyStatus.

use wire::inputs::GetBucketPolicyStatusInput;
use wire::xml::Writer;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketPolicyStatus;

impl Handler for GetBucketPolicyStatus {
    type Input = GetBucketPolicyStatusInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketPolicyStatusInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        if exchange.settings()?.policy.is_none() {
            return Err(
                Error::new(Code::NoSuchBucketPolicy).with("BucketName", exchange.bucket_name())
            );
        }
        let is_public = exchange.settings()?.is_public();
        let mut xml = Writer::new();
        xml.root("PolicyStatus", |xml| xml.boolean("IsPublic", is_public));
        Ok(Answer::empty(200).with_xml(xml.finish()))
    }
}
