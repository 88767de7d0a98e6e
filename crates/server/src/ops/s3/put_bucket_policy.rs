//! PutBucketPolicy.
//!
//! `x-amz-confirm-remove-self-bucket-access` confirms what is done without it too: AWS lets whoever
//! may set a policy lock itself out, and the owner's root can always take the policy away
//! ("PutBucketPolicy", S3 API Reference).

use std::sync::Arc;

use iam::{Account, Iam};
use policy::{PolicyError, Reason};
use store::Store;
use wire::inputs::PutBucketPolicyInput;
use wire::{Code, Error, RequestHead};

use crate::authorize::Permit;
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
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let (document, _) = exchange.document().await?;
        let malformed = |e: PolicyError| Error::new(Code::MalformedPolicy).message(e.s3_message());
        let bucket = exchange.bucket();
        let policy = principals::parse(&document, &bucket.name).map_err(malformed)?;
        let account = account(exchange, permit.iam()).await?;
        let canonical_user = &exchange.gateway.canonical_user;
        let who = Accounts { account: &account, canonical_user };
        let kept = principals::stored(&policy, &document, &who).map_err(malformed)?;
        if policy.is_public() && blocks_public_policy(exchange, permit.store()).await? {
            return Err(exchange.blocked(Reason::BlockPublicPolicy));
        }
        let set =
            permit.store().set_config(&bucket, store::Config::Policy, Some(kept.into())).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}

/// The account whose users a bucket's policy may name.
pub(super) async fn account(exchange: &Exchange<'_>, iam: &Iam) -> Result<Arc<Account>, Error> {
    let account = iam.account(exchange.owner()).await;
    account.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))
}

/// Whether Block Public Access refuses public policies, by the bucket's setting or its owner's.
async fn blocks_public_policy(exchange: &Exchange<'_>, store: &Store) -> Result<bool, Error> {
    let account = store.account(exchange.owner()).await.map_err(|e| error_of(e, exchange))?;
    let of_account = PublicAccessBlock::of_account(&account)?.unwrap_or_default();
    let of_bucket = exchange.settings()?.public_access_block.unwrap_or_default();
    Ok(of_bucket.or(of_account).block_public_policy)
}
