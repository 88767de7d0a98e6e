//! TagResource: a bucket gets tags besides those that it has.

use wire::control::{TagResourceInput, TagResourceRequest};
use wire::documents::Tag;
use wire::xml::Element;
use wire::{Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct TagResource;

impl Handler for TagResource {
    type Input = TagResourceInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        TagResourceInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        super::ask_of_resource(exchange, (&input.account_id, &input.resource_arn))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = super::bucket_of(exchange, &permit, &input.resource_arn).await?;
        let (document, _) = exchange.document().await?;
        let given = TagResourceRequest::read(&Element::parse(&document, "TagResourceRequest")?)?;
        super::change_tags(exchange, &permit, &bucket, |tags| {
            tags.retain(|tag| given.tags.iter().all(|it| it.key != tag.key));
            tags.extend(
                given.tags.iter().map(|it| Tag { key: it.key.clone(), value: it.value.clone() }),
            );
        })
        .await?;
        Ok(Answer::empty(204))
    }
}
