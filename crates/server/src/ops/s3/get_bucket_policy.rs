//! GetBucketPolicy.

use wire::inputs::GetBucketPolicyInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::principals;

pub(crate) struct GetBucketPolicy;

impl Handler for GetBucketPolicy {
    type Input = GetBucketPolicyInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketPolicyInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let documents = exchange.bucket();
        let kept = documents.record().documents().get(store::Config::Policy).ok_or_else(|| {
            Error::new(Code::NoSuchBucketPolicy).with("BucketName", exchange.bucket_name())
        })?;
        let shown = principals::shown(kept, exchange)
            .map_err(|e| Error::new(Code::InternalError).because(e))?;
        Ok(Answer::json(shown))
    }
}
