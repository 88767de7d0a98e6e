//! GetObjectTagging.

use wire::inputs::GetObjectTaggingInput;
use wire::outputs::GetObjectTaggingOutput;
use wire::{Code, Error, RequestHead};

use super::{check_version, tags};
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetObjectTagging;

impl Handler for GetObjectTagging {
    type Input = GetObjectTaggingInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetObjectTaggingInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:GetObjectVersionTagging")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        check_version(input.version_id.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let object = permit.store().get(&bucket, &key).await.map_err(|e| error_of(e, exchange))?;
        // S3 names the bucket too, here and nowhere else.
        let missing = || {
            let named = format!("{}/{}", exchange.bucket_name(), key.as_str());
            exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", named))
        };
        let tag_set = tags::listed(object.ok_or_else(missing)?.details.tags);
        Ok(Answer::of(GetObjectTaggingOutput { tag_set, ..Default::default() }))
    }
}
