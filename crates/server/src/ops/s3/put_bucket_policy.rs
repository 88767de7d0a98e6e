//! PutBucketPolicy.
//!
//! Whoever would lock itself out, so that it couldn't put another policy, has to confirm that with
//! `x-amz-confirm-remove-self-bucket-access`; the owner's root can't be locked out ("PutBucketPolicy",
//! S3 API Reference).

use policy::{Policy, PolicyError, PolicyKind, Reason};
use store::{Config, Store};
use wire::inputs::PutBucketPolicyInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::{self, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::principals::{self, Accounts};
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
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let malformed = |e: PolicyError| Error::new(Code::MalformedPolicy).message(e.s3_message());
        let bucket = exchange.bucket();
        let policy = principals::parse(&document, &bucket.name).map_err(malformed)?;
        let who = Accounts::of(exchange.gateway, exchange.owner(), permit.iam()).await?;
        let kept = principals::stored(&policy, &document, &who).map_err(malformed)?;
        if policy.is_public() && blocks_public_policy(exchange, permit.store()).await? {
            return Err(exchange.blocked(Reason::BlockPublicPolicy));
        }
        if input.confirm_remove_self_bucket_access != Some(true) {
            refuse_a_lockout(exchange, &kept)?;
        }
        // If the block is put up meanwhile, the policy was judged by what no longer holds.
        let (policy, judged_by) = (Config::Policy, [Config::PublicAccessBlock]);
        let set = permit.store().set_config_if(&bucket, (policy, Some(kept.into())), &judged_by);
        set.await.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}

/// Refuses a policy with which the caller couldn't put another one. In it users are named as policies
/// are kept.
fn refuse_a_lockout(exchange: &Exchange<'_>, kept: &[u8]) -> Result<(), Error> {
    let policy = Policy::parse(kept, PolicyKind::Resource)
        .map_err(|e| Error::new(Code::InternalError).because(e))?;
    if authorize::could(exchange, &policy) {
        return Ok(());
    }
    Err(Error::new(Code::InvalidRequest).message(
        "The new bucket policy will not allow you to change the bucket policy in the future. To \
         confirm that, set x-amz-confirm-remove-self-bucket-access to true",
    ))
}

/// Whether Block Public Access refuses public policies, by the bucket's setting or its owner's.
async fn blocks_public_policy(exchange: &Exchange<'_>, store: &Store) -> Result<bool, Error> {
    let account = store.account(exchange.owner()).await.map_err(|e| error_of(e, exchange))?;
    let of_account = PublicAccessBlock::of_account(&account)?.unwrap_or_default();
    let of_bucket = exchange.settings()?.public_access_block.unwrap_or_default();
    Ok(of_bucket.or(of_account).block_public_policy)
}
