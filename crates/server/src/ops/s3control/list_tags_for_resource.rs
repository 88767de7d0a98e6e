//! ListTagsForResource: of a bucket.

use wire::control::{ListTagsForResourceInput, ListTagsForResourceOutput, Tag};
use wire::{Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::Settings;

pub(crate) struct ListTagsForResource;

impl Handler for ListTagsForResource {
    type Input = ListTagsForResourceInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListTagsForResourceInput::decode(head)
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
        let of = |it: &wire::documents::Tag| Tag { key: it.key.clone(), value: it.value.clone() };
        let tags = Settings::of(&bucket)?.tags.iter().map(of).collect();
        Ok(Answer::of(&ListTagsForResourceOutput { tags }))
    }
}
