//! What an operation is given: the request, who asks, and what it is about; and what it has to do to be
//! one.

use std::net::IpAddr;
use std::sync::Arc;

use iam::Account;
use parking_lot::Mutex;
use policy::Reason;
use serde_json::Value;
use store::Bucket;
use types::{AccountId, ObjectKey, Timestamp};
use wire::auth::PayloadHash;
use wire::output::QueryOutput;
use wire::payload::Plan;
use wire::{Code, Error, Operation, RequestHead};

use super::Answer;
use crate::authorize::{self, Ask, Permit};
use crate::caller::Caller;
use crate::gateway::Gateway;
use crate::incoming::Unread;
use crate::proxies;
use crate::remote::Remote;
use crate::request_id::RequestId;
use crate::settings::Settings;

/// Longest document in a body, in bytes: 1,000 keys or 10,000 parts fit.
const DOCUMENT_BYTES_MAX: u64 = 2 << 20;
/// Most decisions of a request that its audit record has: a deletion of many keys makes one for each.
const DECISIONS_MAX: usize = 20;

/// An operation that acts: a row of the table and a file under `ops/`.
pub(crate) trait Handler: Sized {
    /// What it is asked, in query and headers.
    type Input: Send;

    /// Reads the input.
    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error>;

    /// What the policies are asked before it is done, which isn't always what the table's first row
    /// says: a version has an action of its own, a user's ARN stands in its record. None if the
    /// operation is for everybody, or asks for each of the things that its body names by itself
    /// ([`Exchange::authorize`]); its permit opens nothing.
    fn ask(exchange: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_target(exchange)))
    }

    /// Does it. Only a permit leads to the store.
    fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> impl Future<Output = Result<Answer, Error>> + Send;
}

/// A request that was identified, routed and authenticated.
pub(crate) struct Exchange<'a> {
    pub(crate) gateway: &'a Gateway,
    /// Where it came from.
    pub(crate) remote: Remote,
    pub(crate) head: RequestHead<'a>,
    pub(crate) operation: &'static Operation,
    pub(crate) request_id: RequestId,
    /// When its head arrived.
    pub(crate) began_at: Timestamp,
    pub(crate) caller: &'a Caller,
    pub(crate) bytes_received: u64,
    pub(super) bucket: Option<Arc<Bucket>>,
    /// Whether Block Public Access keeps a public policy of the bucket from serving others.
    pub(crate) restricts_public_bucket: bool,
    pub(super) account: Option<Arc<Account>>,
    /// The tags that the object has which the request names, if a policy speaks of tags.
    pub(crate) object_tags: Vec<(String, String)>,
    pub(super) unread: Option<Unread<'a>>,
    /// What was decided, for the audit record.
    pub(super) decisions: Mutex<Vec<Value>>,
}

impl<'a> Exchange<'a> {
    /// The bucket that the request names, which exists.
    pub(crate) fn bucket(&self) -> Arc<Bucket> {
        self.bucket.clone().expect("operations on buckets and objects have one")
    }

    /// The bucket, where the operation has one that exists.
    pub(crate) fn bucket_if_named(&self) -> Option<&Bucket> {
        self.bucket.as_deref()
    }

    /// Who asks, by address: proxies that are trusted aside.
    pub(crate) fn client(&self) -> IpAddr {
        proxies::client(&self.gateway.trusted_proxies, self.remote.address.ip(), self.head.headers)
    }

    /// What the bucket's configuration means.
    pub(crate) fn settings(&self) -> Result<&Settings, Error> {
        Settings::of(self.bucket_if_named().expect("operations on buckets and objects have one"))
    }

    /// The account that an operation of IAM is about, as it was when the request came.
    pub(crate) fn account(&self) -> Arc<Account> {
        self.account.clone().expect("operations of IAM have one")
    }

    /// The account that what the request names belongs to.
    pub(crate) fn owner(&self) -> AccountId {
        authorize::owner(self)
    }

    /// Asks the policies once more: for each of what an operation names besides its target.
    pub(crate) fn authorize<Op>(&self, ask: &Ask) -> Result<Permit<'a, Op>, Error> {
        authorize::authorize(self, ask)
    }

    /// Keeps a decision for the audit record.
    pub(crate) fn note(&self, decision: Value) {
        let mut decisions = self.decisions.lock();
        if decisions.len() < DECISIONS_MAX {
            decisions.push(decision);
        }
    }

    /// What the operation asks for is allowed, and Block Public Access refuses it.
    pub(crate) fn blocked(&self, reason: Reason) -> Error {
        authorize::blocked(self, reason)
    }

    /// The error for a key that isn't there: whoever may not list the bucket isn't told
    /// ("GetObject", S3 API Reference: 404 with `s3:ListBucket`, 403 without). Who may list some
    /// prefixes only is told of keys that have them.
    pub(crate) fn no_such_key(&self, error: Error) -> Error {
        self.authorize::<()>(&Ask::to_list_key(self)).err().unwrap_or(error)
    }

    /// The bucket's name as the request has it.
    pub(crate) fn bucket_name(&self) -> &str {
        self.head.target.bucket().unwrap_or_default()
    }

    /// The key that the request names.
    pub(crate) fn key(&self) -> Result<ObjectKey, Error> {
        ObjectKey::new(self.head.target.key().unwrap_or_default())
            .map_err(|e| Error::new(Code::InvalidRequest).because(e))
    }

    /// 200 with what an operation of IAM or STS answers.
    pub(crate) fn answer(&self, output: &impl QueryOutput) -> Answer {
        Answer::empty(200).with_query_xml(output.body(self.request_id.as_str()), self.request_id)
    }

    /// The body, once.
    pub(crate) fn take_body(&mut self) -> Unread<'a> {
        self.unread.take().expect("a handler takes the body once")
    }

    /// Whether the request carries a signature.
    pub(crate) fn is_signed(&self) -> bool {
        !matches!(self.caller, Caller::Anonymous)
    }

    /// A document in the body, checked; and whether a digest came with it.
    pub(crate) async fn document(&mut self) -> Result<(Vec<u8>, bool), Error> {
        self.document_up_to(DOCUMENT_BYTES_MAX).await
    }

    /// The same of a document that may not be as long as most.
    pub(crate) async fn document_up_to(
        &mut self,
        bytes_max: u64,
    ) -> Result<(Vec<u8>, bool), Error> {
        let unread = self.take_body();
        let hash = unread.signed.hash;
        let plan = Plan::of_document(self.head.headers, hash, bytes_max)?;
        let has_digest = plan.has_digest() || matches!(hash, PayloadHash::Sha256(_));
        Ok((self.read_document(unread, plan).await?, has_digest))
    }

    /// A document in the body of a request whose checksum headers speak of an object.
    pub(crate) async fn document_about_an_object(
        &mut self,
        bytes_max: u64,
    ) -> Result<Vec<u8>, Error> {
        let unread = self.take_body();
        let (headers, hash) = (self.head.headers, unread.signed.hash);
        let plan = Plan::of_document_about_an_object(headers, hash, bytes_max)?;
        self.read_document(unread, plan).await
    }

    async fn read_document(&mut self, unread: Unread<'_>, plan: Plan) -> Result<Vec<u8>, Error> {
        let document = unread.read(plan).collect().await?;
        self.bytes_received += document.len() as u64;
        Ok(document)
    }
}
