//! DeleteObject. Deleting what isn't there succeeds.

use wire::inputs::DeleteObjectInput;
use wire::{Error, RequestHead};

use super::{authorize_to_compare, check_version, delete_precondition};
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeleteObject;

impl Handler for DeleteObject {
    type Input = DeleteObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteObjectInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:DeleteObjectVersion")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        check_version(input.version_id.as_deref())?;
        // differs from AWS: it refuses x-amz-bypass-governance-retention for buckets without Object
        // Lock, and clients that empty buckets send it always. Nothing is retained, so it has no effect.
        let condition = delete_precondition(input.if_match.as_deref());
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        authorize_to_compare(exchange, condition, &key).await?;
        let deleted = permit.store().delete(&bucket, &key, condition).await;
        deleted.map_err(|e| error_of(e, exchange))?;
        let answer = Answer::empty(204);
        Ok(match input.version_id {
            Some(_) => answer.with_header("x-amz-version-id", "null"),
            None => answer,
        })
    }
}
