//! Step 6: may this caller do this? The answer is a [`Permit`], the only way to the store and to the
//! accounts.

use std::marker::PhantomData;
use std::sync::Arc;

use iam::{AccessKey, Iam, IamError};
use policy::{
    Attached, Because, Context, Decision, Effect, Keys, Policies, Policy, Quoting, Reason,
};
use store::{Bucket, Record, Store, StoreError};
use types::{AccountId, Arn, ObjectKey, Timestamp};
use wire::{Code, Error, Resource, Service};

use crate::caller::Caller;
use crate::context::RequestKeys;
use crate::decision;
use crate::pipeline::Exchange;
use crate::settings::Settings;

/// What may only be reached with a permit.
pub(crate) struct Vault {
    store: Store,
    iam: Iam,
}

impl Vault {
    pub(crate) fn new(store: Store, iam: Iam) -> Self {
        Self { store, iam }
    }

    /// An account as it is: whose keys sign, and who somebody is, before anybody may anything.
    pub(crate) async fn account(&self, id: AccountId) -> Result<Arc<iam::Account>, IamError> {
        self.iam.account(id).await
    }

    /// A key has signed a request.
    pub(crate) fn note_key_use(
        &self,
        whose: (AccountId, &AccessKey),
        at: Timestamp,
        by: (&str, &str),
    ) {
        self.iam.note_key_use(whose, at, by);
    }

    /// What an account is configured to for all of its buckets.
    pub(crate) async fn account_settings(
        &self,
        account: AccountId,
    ) -> Result<Arc<Record>, StoreError> {
        self.store.account(account).await
    }

    /// The tags of an object, for policies that speak of them; none without the object.
    pub(crate) async fn object_tags(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let object = self.store.get(bucket, key).await?;
        Ok(object.map_or(vec![], |it| it.details.tags))
    }

    /// Whether there is such an object.
    pub(crate) async fn has_object(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
    ) -> Result<bool, StoreError> {
        Ok(self.store.get(bucket, key).await?.is_some())
    }

    /// A bucket's record, which says who may do what: it is looked up before anybody may anything.
    pub(crate) async fn bucket(&self, name: &str) -> Result<Arc<Bucket>, StoreError> {
        self.store.bucket(name).await
    }
}

/// A question to the policies: may the caller do this to that?
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// `s3:GetObject`.
    pub(crate) action: &'static str,
    /// What it is done to.
    pub(crate) resource: Arn,
    /// Condition keys whose values only the operation knows, as `iam:PolicyARN`; any case.
    pub(crate) keys: Vec<(String, String)>,
    /// Where it is, if that isn't the request's own bucket.
    pub(crate) elsewhere: Option<Elsewhere>,
}

/// Another bucket than the one that a request names, and an object in it: a copy's source.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    pub(crate) bucket: Arc<Bucket>,
    /// Whether Block Public Access keeps a public policy of it from serving others.
    pub(crate) restricts_public: bool,
    /// The object's tags, as far as the bucket's policy speaks of tags.
    pub(crate) object_tags: Vec<(String, String)>,
}

impl Ask {
    pub(crate) fn new(action: &'static str, resource: Arn) -> Self {
        Self { action, resource, keys: vec![], elsewhere: None }
    }

    /// The operation's first action on the bucket or key that its target names, or on all of them
    /// if it names neither.
    pub(crate) fn of_target(exchange: &Exchange<'_>) -> Self {
        let target = exchange.head.target;
        let resource = match (target.bucket(), target.key()) {
            (Some(bucket), Some(key)) => Arn::object(bucket, key),
            (Some(bucket), None) => Arn::bucket(bucket),
            // AWS's own example of a policy for a user's folder allows s3:ListAllMyBuckets on this.
            (None, _) if exchange.operation.service == Service::S3 => Arn::every_bucket(),
            (None, _) => Arn::any(),
        };
        Self::new(exchange.operation.actions.first().copied().unwrap_or_default(), resource)
    }

    /// The operation's action on the object that its target names; of one of its versions, this one.
    pub(crate) fn of_object(
        exchange: &Exchange<'_>,
        version_id: &Option<String>,
        of_version: &'static str,
    ) -> Self {
        let ask = Self::of_target(exchange);
        match version_id {
            Some(_) => ask.for_action(of_version),
            None => ask,
        }
    }

    /// The same question about another action.
    pub(crate) fn for_action(self, action: &'static str) -> Self {
        Self { action, ..self }
    }

    /// To see in a listing the key that the request names.
    pub(crate) fn to_list_key(exchange: &Exchange<'_>) -> Self {
        let key = exchange.head.target.key().unwrap_or_default();
        Self::new("s3:ListBucket", Arn::bucket(exchange.bucket_name())).with("s3:prefix", key)
    }

    /// Of another bucket than the request's own.
    pub(crate) fn in_bucket(self, elsewhere: &Elsewhere) -> Self {
        Self { elsewhere: Some(elsewhere.clone()), ..self }
    }

    /// With the tags that the request gives what it is about.
    pub(crate) fn with_request_tags(
        self,
        tags: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        tags.into_iter().fold(self, |ask, (key, value)| {
            ask.with(format!("aws:RequestTag/{key}"), value).with("aws:TagKeys", key)
        })
    }

    /// With the keys of tags that the request takes away.
    pub(crate) fn with_tag_keys<'k>(self, keys: impl IntoIterator<Item = &'k String>) -> Self {
        keys.into_iter().fold(self, |ask, key| ask.with("aws:TagKeys", key))
    }

    /// With the value of a condition key.
    pub(crate) fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.keys.push((key.into(), value.into()));
        self
    }
}

const ASKED: &str = "an operation whose `ask` is none has to ask for more";

/// A proof that the caller may perform one operation on one resource.
///
/// `Op` is the operation's handler, so that a permit for reading can't be used for writing.
pub(crate) struct Permit<'a, Op> {
    /// None: nothing was asked for, so nothing is opened.
    vault: Option<&'a Vault>,
    op: PhantomData<fn() -> Op>,
}

impl<'a, Op> Permit<'a, Op> {
    /// For an operation that asks for nothing by itself.
    pub(crate) fn for_nothing() -> Self {
        Self { vault: None, op: PhantomData }
    }

    /// The store, for what was permitted.
    pub(crate) fn store(&self) -> &'a Store {
        &self.vault.expect(ASKED).store
    }

    /// The accounts, for what was permitted.
    pub(crate) fn iam(&self) -> &'a Iam {
        &self.vault.expect(ASKED).iam
    }
}

/// Decides.
pub(crate) fn authorize<'a, Op>(
    exchange: &Exchange<'a>,
    ask: &Ask,
) -> Result<Permit<'a, Op>, Error> {
    decide(exchange, ask, |context, policies, decision| {
        let audit = &exchange.gateway.audit;
        if decision.effect == Effect::Allow {
            if audit.wants(exchange.operation) {
                exchange.note(decision::allowed(context, decision));
            }
            return Ok(Permit { vault: Some(&exchange.gateway.vault), op: PhantomData });
        }
        if audit.is_on() {
            exchange.note(decision::denied(context, policies));
        }
        Err(denied(exchange, context, &decision.because))
    })?
}

/// What the policies say to a question, with all that it was asked of.
fn decide<T>(
    exchange: &Exchange<'_>,
    ask: &Ask,
    then: impl FnOnce(&Context<'_>, &Policies<'_>, &Decision<'_>) -> T,
) -> Result<T, Error> {
    let keys = RequestKeys { exchange, ask };
    let context = context(exchange, ask, &keys);
    let (bucket, restrict_public_buckets) = match &ask.elsewhere {
        Some(it) => (Some(&*it.bucket), it.restricts_public),
        None => (exchange.bucket_if_named(), exchange.restricts_public_bucket),
    };
    let resource = match bucket {
        Some(bucket) => Settings::of(bucket)?.attached(bucket),
        None => None,
    };
    let policies = Policies { resource, restrict_public_buckets, ..of_caller(exchange.caller) };
    Ok(then(&context, &policies, &policy::evaluate(&context, &policies)))
}

/// Whether who may not read an object is told all the same that it isn't there: who may list such
/// keys, if nothing denies the reading ("HeadObject" and "GetObject", S3 API Reference: without the
/// object 404 with `s3:ListBucket`, 403 without).
pub(crate) fn may_know_what_is_missing(
    exchange: &Exchange<'_>,
    refused: &Ask,
) -> Result<bool, Error> {
    if refused.action != "s3:GetObject" || exchange.operation.resource != Resource::Object {
        return Ok(false);
    }
    let reason = decide(exchange, refused, |_, _, decision| decision.because.reason)?;
    if !matches!(reason, Reason::NotAllowed(_)) {
        return Ok(false);
    }
    decide(exchange, &Ask::to_list_key(exchange), |_, _, it| it.effect == Effect::Allow)
}

/// The policies that bear on a caller wherever it asks.
fn of_caller(caller: &Caller) -> Policies<'_> {
    let (identity, boundary) = (caller.policies(), caller.boundary());
    Policies { identity, boundary, ..Policies::default() }
}

/// Whether the caller could do what its request asks for if the bucket had this policy.
pub(crate) fn could(exchange: &Exchange<'_>, policy: &Policy) -> bool {
    let ask = Ask::of_target(exchange);
    let keys = RequestKeys { exchange, ask: &ask };
    let resource = Some(Attached { name: exchange.bucket_name(), policy });
    let policies = Policies { resource, ..of_caller(exchange.caller) };
    policy::evaluate(&context(exchange, &ask, &keys), &policies).effect == Effect::Allow
}

/// What the operation asks for is allowed, and Block Public Access refuses it.
pub(crate) fn blocked(exchange: &Exchange<'_>, reason: Reason) -> Error {
    let ask = Ask::of_target(exchange);
    let keys = RequestKeys { exchange, ask: &ask };
    let (context, because) = (context(exchange, &ask, &keys), Because::new(reason));
    exchange.note(decision::blocked(&context, &because));
    denied(exchange, &context, &because)
}

fn context<'a>(exchange: &'a Exchange<'_>, ask: &'a Ask, keys: &'a dyn Keys) -> Context<'a> {
    // One account has one canonical user.
    let known = exchange.caller.account() == Some(exchange.gateway.account);
    Context {
        requester: exchange.caller.requester(),
        canonical_user: known.then_some(&*exchange.gateway.canonical_user),
        action: ask.action,
        resource: ask.resource.as_str(),
        owner: ask.elsewhere.as_ref().map_or_else(|| exchange.owner(), |it| it.bucket.owner),
        keys,
    }
}

fn denied(exchange: &Exchange<'_>, context: &Context<'_>, because: &Because<'_>) -> Error {
    let quoting = match exchange.operation.service {
        Service::S3 | Service::S3Control => Quoting::Quoted,
        Service::Iam | Service::Sts => Quoting::Plain,
    };
    let error = Error::new(Code::AccessDenied);
    match policy::denial(context, because, quoting) {
        Some(sentence) => error.message(sentence),
        None => error,
    }
}

/// Whose what a request names is: the bucket's owner's, else the caller's own, else of the account
/// that the server is for.
pub(crate) fn owner(exchange: &Exchange<'_>) -> AccountId {
    let bucket = exchange.bucket_if_named().map(|it| it.owner);
    bucket.or_else(|| exchange.caller.account()).unwrap_or(exchange.gateway.account)
}
