//! GetBucketPolicy.

use wire::inputs::GetBucketPolicyInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::principals::{self, Accounts};

pub(crate) struct GetBucketPolicy;

impl Handler for GetBucketPolicy {
    type Input = GetBucketPolicyInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetBucketPolicyInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let kept = bucket.record().documents().get(store::Config::Policy).ok_or_else(|| {
            Error::new(Code::NoSuchBucketPolicy).with("BucketName", exchange.bucket_name())
        })?;
        let who = Accounts::of(exchange.gateway, exchange.owner(), permit.iam()).await?;
        let shown = principals::shown(kept, &who)
            .map_err(|e| Error::new(Code::InternalError).because(e))?;
        Ok(Answer::json(shown))
    }
}
