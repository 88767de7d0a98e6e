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
        let (bucket, _) = super::authorize_bucket::<Self>(exchange, of, |ask| ask).await?;
        let of = |it: &wire::documents::Tag| Tag { key: it.key.clone(), value: it.value.clone() };
        let tags = Settings::of(&bucket)?.tags.iter().map(of).collect();
        Ok(Answer::of(ListTagsForResourceOutput { tags }))
    }
}
