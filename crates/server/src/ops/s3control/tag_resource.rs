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

    /// Policies may speak of the tags in the body, so it is read before they are asked; of nobody
    /// knows whom it isn't.
    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        super::account(exchange, &input.account_id)?;
        Ok(None)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let given = read(&document);
        let of = (&input.account_id, &*input.resource_arn);
        let tags = given.as_ref().map_or(&[][..], |it| &it.tags);
        let pair = |it: &wire::control::Tag| {
            (it.key.clone().unwrap_or_default(), it.value.clone().unwrap_or_default())
        };
        let told = |ask: Ask| ask.with_request_tags(tags.iter().map(pair));
        let (_, permit) = super::authorize_bucket::<Self>(exchange, of, told).await?;
        let given = given?;
        super::change_tags(exchange, &permit, &input.resource_arn, |tags| {
            tags.retain(|tag| given.tags.iter().all(|it| it.key != tag.key));
            tags.extend(
                given.tags.iter().map(|it| Tag { key: it.key.clone(), value: it.value.clone() }),
            );
        })
        .await?;
        Ok(Answer::empty(204))
    }
}

fn read(document: &[u8]) -> Result<TagResourceRequest, Error> {
    TagResourceRequest::read(&Element::parse(document, "TagResourceRequest")?)
}
