//! DeleteObjectTagging. An object without tags has none taken away, and that succeeds.

use wire::inputs::DeleteObjectTaggingInput;
use wire::{Error, RequestHead};

use super::check_version;
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeleteObjectTagging;

impl Handler for DeleteObjectTagging {
    type Input = DeleteObjectTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteObjectTaggingInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:DeleteObjectVersionTagging")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        check_version(input.version_id.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let set = permit.store().set_tags(&bucket, &key, vec![]).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
