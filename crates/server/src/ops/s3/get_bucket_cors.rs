//! GetBucketCors.

use wire::inputs::GetBucketCorsInput;
use wire::{Code, Error, RequestHead};

use super::options_object::rules;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetBucketCors;

impl Handler for GetBucketCors {
    type Input = GetBucketCorsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketCorsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let rules = rules(permit.store(), &bucket).await.map_err(|e| error_of(e, exchange))?;
        let rules = rules.ok_or_else(|| {
            Error::new(Code::NoSuchCORSConfiguration).with("BucketName", &*bucket.name)
        })?;
        Ok(Answer::of(&rules.to_output()))
    }
}
