//! PutBucketPolicy.
//!
//! `x-amz-confirm-remove-self-bucket-access` confirms what is done without it too: AWS lets whoever
//! may set a policy lock itself out, and the owner's root can always take the policy away
//! ("PutBucketPolicy", S3 API Reference).

use policy::{PolicyError, Reason};
use store::Store;
use wire::inputs::PutBucketPolicyInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::principals;
use crate::settings::PublicAccessBlock;

pub(crate) struct PutBucketPolicy;

impl Handler for PutBucketPolicy {
    type Input = PutBucketPolicyInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutBucketPolicyInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let malformed = |e: PolicyError| Error::new(Code::MalformedPolicy).message(e.s3_message());
        let bucket = exchange.bucket();
        let policy = principals::parse(&document, &bucket.name).map_err(malformed)?;
        let kept = principals::stored(&policy, &document, exchange).map_err(malformed)?;
        if policy.is_public() && blocks_public_policy(exchange, permit.store()).await? {
            return Err(exchange.blocked(Reason::BlockPublicPolicy));
        }
        let set =
            permit.store().set_config(&bucket, store::Config::Policy, Some(kept.into())).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}

/// Whether Block Public Access refuses public policies, by the bucket's setting or its owner's.
async fn blocks_public_policy(exchange: &Exchange<'_>, store: &Store) -> Result<bool, Error> {
    let account = store.account(exchange.owner()).await.map_err(|e| error_of(e, exchange))?;
    let of_account = PublicAccessBlock::of_account(&account)?.unwrap_or_default();
    let of_bucket = exchange.settings()?.public_access_block.unwrap_or_default();
    Ok(of_bucket.or(of_account).block_public_policy)
}
