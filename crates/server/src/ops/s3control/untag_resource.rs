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

    /// The bucket that the ARN names has a policy of its own: it is asked when it has been found.
    fn ask(_: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(None)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let of = (&input.account_id, &*input.resource_arn);
        let told = |ask: Ask| ask.with_tag_keys(&input.tag_keys);
        let (_, permit) = super::authorize_bucket::<Self>(exchange, of, told).await?;
        super::change_tags(exchange, &permit, &input.resource_arn, |tags| {
            tags.retain(|tag| input.tag_keys.iter().all(|it| Some(it) != tag.key.as_ref()));
        })
        .await?;
        Ok(Answer::empty(204))
    }
}
