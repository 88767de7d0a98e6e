//! PutBucketTagging.

use wire::documents::Tagging;
use wire::inputs::PutBucketTaggingInput;
use wire::xml::Element;
use wire::{Error, RequestHead};

use super::tags;
use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::encode_tags;

pub(crate) struct PutBucketTagging;

impl Handler for PutBucketTagging {
    type Input = PutBucketTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketTaggingInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let tags = Tagging::read(&Element::parse(&document, "Tagging")?)?.tag_set;
        tags::check(&tags::pairs(tags.clone())?, &tags::BUCKET)?;
        // An empty set is no set: reading it answers NoSuchTagSet.
        tags::set_of_bucket(exchange, permit.store(), encode_tags(&tags)).await?;
        Ok(Answer::empty(204))
    }
}
