//! GetBucketCors.

use wire::inputs::GetBucketCorsInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketCors;

impl Handler for GetBucketCors {
    type Input = GetBucketCorsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketCorsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let rules = exchange.settings()?.cors.as_ref().ok_or_else(|| {
            Error::new(Code::NoSuchCORSConfiguration).with("BucketName", exchange.bucket_name())
        })?;
        Ok(Answer::of(rules.to_output()))
    }
}
