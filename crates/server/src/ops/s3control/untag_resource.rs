//! UntagResource: a bucket loses tags.

use wire::control::UntagResourceInput;
use wire::{Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct UntagResource;

impl Handler for UntagResource {
    type Input = UntagResourceInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        UntagResourceInput::decode(head)
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
        super::change_tags(exchange, &permit, &bucket, |tags| {
            tags.retain(|tag| input.tag_keys.iter().all(|it| Some(it) != tag.key.as_ref()));
        })
        .await?;
        Ok(Answer::empty(204))
    }
}
