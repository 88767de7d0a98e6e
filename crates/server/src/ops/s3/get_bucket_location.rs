//! GetBucketLocation: the constraint that the bucket was made with. The model doesn't tell that the
//! answer's root is the value itself.

use wire::inputs::GetBucketLocationInput;
use wire::xml::Writer;
use wire::{Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketLocation;

impl Handler for GetBucketLocation {
    type Input = GetBucketLocationInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketLocationInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let region = exchange.gateway.region.as_str();
        let location = if bucket.location.is_empty() { region } else { &bucket.location };
        // us-east-1 is written as nothing.
        let location = if location == "us-east-1" { "" } else { location };
        let mut xml = Writer::new();
        xml.root("LocationConstraint", |xml| xml.escaped(location));
        Ok(Answer::empty(200).with_xml(xml.finish()))
    }
}
