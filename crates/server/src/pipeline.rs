//! From a request to its answer, in nine steps and one direction: identify, route, authenticate,
//! decode, find the bucket, authorize, handle, encode, finish.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use hyper::body::Incoming;
use hyper::{Method, Request, Response};
use iam::Account;
use parking_lot::Mutex;
use policy::Reason;
use serde_json::Value;
use store::Bucket;
use types::{AccountId, ObjectKey, Timestamp};
use wire::auth::{PayloadHash, SignedRequest};
use wire::output::{Output, QueryOutput};
use wire::payload::Plan;
use wire::{
    Code, Error, Identifiers, NameFilter, Operation, OperationId, Protocol, Query, RequestHead,
    Resource, Service, Status, Target,
};

use crate::access::{AccessRecord, Asked, RequestId};
use crate::audit::Event;
use crate::authenticate::authenticate;
use crate::authorize::{self, Ask, Permit};
use crate::body::{Body, Content};
use crate::caller::Caller;
use crate::framing;
use crate::gateway::Gateway;
use crate::incoming::{Arriving, Unread};
use crate::late;
use crate::listener::TlsVersion;
use crate::ops;
use crate::ops::s3::options_object::{preflight, tell_other_origin};
use crate::posted::Posted;
use crate::proxies;
use crate::settings::{PublicAccessBlock, Settings};

/// Longest document in a body, in bytes: 1,000 keys or 10,000 parts fit.
const DOCUMENT_BYTES_MAX: u64 = 2 << 20;
/// Longest form of an AWS Query request, in bytes.
const FORM_BYTES_MAX: u64 = 1 << 20;

/// Most decisions of a request that its audit record has: a deletion of many keys makes one for each.
const DECISIONS_MAX: usize = 20;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-request-id");
const ID_2: HeaderName = HeaderName::from_static("x-amz-id-2");
/// Room for the headers of most answers: a map that grows is built anew, and one for sixteen takes twice as
/// much memory as one for twelve.
const HEADERS_USUAL: usize = 12;

/// What an operation answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
}

impl Answer {
    /// A status and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        let headers = HeaderMap::with_capacity(HEADERS_USUAL);
        Self { status, headers, content: Content::Empty }
    }

    /// 200 with a generated output: its headers, and its XML if it has any.
    pub(crate) fn of(output: &impl Output) -> Self {
        let mut answer = Self::empty(200);
        output.put_headers(&mut answer.headers);
        match output.body() {
            Some(xml) => answer.with_xml(xml),
            None => answer,
        }
    }

    /// 200 with a policy's document as its body.
    pub(crate) fn json(document: Vec<u8>) -> Self {
        let mut answer = Self::empty(200);
        let kind = HeaderValue::from_static("application/json");
        answer.headers.insert(header::CONTENT_TYPE, kind);
        answer.content = Content::Whole(document.into());
        answer
    }

    /// With a document as its body.
    pub(crate) fn with_xml(mut self, xml: String) -> Self {
        let kind = HeaderValue::from_static("application/xml");
        self.headers.insert(header::CONTENT_TYPE, kind);
        self.content = Content::Whole(xml.into());
        self
    }

    /// With a document of the AWS Query protocol as its body.
    fn with_query_xml(mut self, xml: String, id: RequestId) -> Self {
        self = self.with_xml(xml).with_header("x-amzn-requestid", id.as_str());
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
        self
    }

    /// With a header of its own.
    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }
}

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
    pub(crate) head: RequestHead<'a>,
    pub(crate) operation: &'static Operation,
    pub(crate) request_id: RequestId,
    /// When its head arrived.
    pub(crate) began_at: Timestamp,
    pub(crate) caller: Caller,
    /// Where the connection comes from.
    pub(crate) peer: SocketAddr,
    /// What it is encrypted with, if it is.
    pub(crate) tls: Option<TlsVersion>,
    pub(crate) bytes_received: u64,
    bucket: Option<Arc<Bucket>>,
    /// Whether Block Public Access keeps a public policy of the bucket from serving others.
    pub(crate) restricts_public_bucket: bool,
    account: Option<Arc<Account>>,
    /// The tags that the object has which the request names, if a policy speaks of tags.
    pub(crate) object_tags: Vec<(String, String)>,
    unread: Option<Unread<'a>>,
    /// What was decided, for the audit record.
    decisions: Mutex<Vec<Value>>,
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
        proxies::client(&self.gateway.trusted_proxies, self.peer.ip(), self.head.headers)
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

/// Answers a request; an error is an answer too, and the record is always kept.
pub(crate) async fn answer(
    gateway: &Arc<Gateway>,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let mut body = Arriving::new(body, &head.headers, gateway.timeouts.body);
    let id = gateway.ids.next();
    let mut record = AccessRecord::begin(Arc::clone(&gateway.metrics), id, peer, &head);
    let mut answer = match identify(gateway, &head) {
        Err(error) => failed(gateway, Protocol::S3, error, &mut record),
        Ok(Identified { target: Target::Own(path), .. }) => {
            record.asked = Asked::Own;
            let answered = ops::admin::answer(gateway, &head, peer, &path);
            answered.unwrap_or_else(|e| failed(gateway, Protocol::S3, e, &mut record))
        }
        Ok(identified) => {
            let answered = run(gateway, (&head, &identified), &mut body, &mut record).await;
            let mut answer =
                answered.unwrap_or_else(|e| failed(gateway, identified.protocol, e, &mut record));
            if head.headers.contains_key(header::ORIGIN) {
                let told = tell_other_origin(gateway, &head, &identified.target, &mut answer);
                Box::pin(told).await;
            }
            answer
        }
    };
    body.discard(&mut answer.headers);
    finish(gateway, &head, answer, record)
}

/// What a request is about, and in which language it asks.
struct Identified {
    target: Target,
    query: Query,
    protocol: Protocol,
}

/// Step 1.
fn identify(gateway: &Gateway, head: &Parts) -> Result<Identified, Error> {
    framing::check(head)?;
    let account = head.headers.get("x-amz-account-id").and_then(|it| it.to_str().ok());
    let target = Target::of(&gateway.hosts, host_of(head), head.uri.path(), account)?;
    let query = Query::parse(head.uri.query().unwrap_or_default())?;
    let protocol = Protocol::of(&head.method, &target, &query, &head.headers);
    Ok(Identified { target, query, protocol })
}

fn host_of(head: &Parts) -> &str {
    let header = head.headers.get(header::HOST).and_then(|it| it.to_str().ok());
    header.or_else(|| head.uri.authority().map(|it| it.as_str())).unwrap_or_default()
}

/// Steps 2 to 7.
async fn run(
    gateway: &Gateway,
    (head, identified): (&Parts, &Identified),
    body: &mut Arriving,
    record: &mut AccessRecord,
) -> Result<Answer, Error> {
    let Identified { target, query, protocol } = identified;
    // 2 route: before authentication, so that a refused request is named in the record too
    let (mut form, mut asked) = (None, None);
    let operation = match protocol {
        Protocol::Query => {
            let posted = body.form(&head.headers, FORM_BYTES_MAX).await?;
            record.bytes_received = posted.len() as u64;
            let read = if posted.is_empty() { query.clone() } else { Query::parse_form(&posted)? };
            form = Some(posted);
            let asked = asked.insert(read);
            wire::route_action(asked.get("Action").unwrap_or_default(), asked.get("Version"))?
        }
        Protocol::S3 | Protocol::S3Control => {
            wire::route(&head.method, target, query, &head.headers)?
        }
    };
    record.asked = Asked::For(operation);
    if operation.id == OperationId::OptionsObject {
        return Box::pin(preflight(gateway, head, target)).await;
    }
    // of a form the fields before its file: they say who signed it, and what it asks for
    let posted = match operation.id {
        OperationId::PostObject => {
            Some(Box::new(Box::pin(Posted::read(body, &head.headers)).await?))
        }
        _ => None,
    };
    record.bytes_received += posted.as_ref().map_or(0, |it| it.bytes_received);
    // 3 authenticate
    let host_bucket = gateway.hosts.names_bucket(host_of(head)).then(|| target.bucket()).flatten();
    let signed = SignedRequest {
        method: &head.method,
        path: head.uri.path(),
        query,
        headers: &head.headers,
        host_bucket,
        form: form.as_deref(),
        posted: posted.as_ref().map(|it| &it.form),
    };
    let asked_of = |identity, is_known| Refused {
        operation,
        protocol: *protocol,
        request_id: record.request_id,
        peer: record.peer.ip(),
        target,
        parameters: asked.as_ref().unwrap_or(query),
        identity,
        is_known,
    };
    let now = record.began_at;
    let (caller, payload) = match authenticate(gateway, &signed, (operation, now)).await {
        Ok(found) => found,
        Err(refused) => {
            leave_record_of(gateway, head, asked_of(refused.to_json(), false), &refused.error);
            return Err(refused.error);
        }
    };
    let hoisted = wire::auth::hoisted(&signed)?;
    record.caller = caller.arn().cloned();
    let bucket = target.bucket().unwrap_or_default();
    let by_form = posted.as_ref().map(|it| it.ask(bucket, &head.headers)).transpose();
    let by_form = by_form.inspect_err(|error| {
        let identity = caller.to_json(gateway.root_keys.current().id.as_str());
        let is_known = !matches!(caller, Caller::Anonymous);
        leave_record_of(gateway, head, asked_of(identity, is_known), error);
    })?;
    let (target, headers) = match &by_form {
        Some(asked) => (&asked.target, &asked.headers),
        None => (target, hoisted.as_ref().unwrap_or(&head.headers)),
    };
    let file = posted.as_ref().zip(by_form.as_ref()).map(|(form, asked)| form.file(asked));
    let mut exchange = Exchange {
        gateway,
        head: RequestHead {
            method: &head.method,
            target,
            query,
            form: asked.as_ref(),
            headers,
            posted: posted.as_ref().map(|it| &it.form),
            names: NameFilter::of(headers),
        },
        operation,
        request_id: record.request_id,
        began_at: record.began_at,
        caller,
        peer: record.peer,
        tls: head.extensions.get().copied(),
        bytes_received: record.bytes_received,
        bucket: None,
        restricts_public_bucket: false,
        account: None,
        object_tags: vec![],
        unread: Some(Unread { body, signed: payload, file }),
        decisions: Mutex::default(),
    };
    let outcome = ops::dispatch(&mut exchange, operation).await;
    record.bytes_received = exchange.bytes_received;
    leave_audit_record(&exchange, *protocol, outcome.as_ref().err());
    outcome
}

/// Steps 4 to 7 of an operation that acts.
pub(crate) async fn perform<H: Handler>(
    exchange: &mut Exchange<'_>,
    operation: &'static Operation,
) -> Result<Answer, Error> {
    // 4 decode
    refuse_unsigned(exchange)?;
    wire::refuse_what_is_not_there_yet(exchange.head.headers)?;
    let input = H::decode(&exchange.head)?;
    // 5 bucket
    if operation.resource != Resource::Service && operation.id != OperationId::CreateBucket {
        let bucket = find_bucket(exchange).await?;
        exchange.restricts_public_bucket = restricts(exchange.gateway, &bucket).await?;
        if operation.resource == Resource::Object
            && wants_object_tags(exchange, &bucket)?
            && let Ok(key) = exchange.key()
        {
            exchange.object_tags = Box::pin(object_tags(exchange, &bucket, &key)).await?;
        }
        exchange.bucket = Some(bucket);
    }
    if operation.service == Service::Iam {
        exchange.account = Some(find_account(exchange).await?);
    }
    // 6 authorize
    let permit = match H::ask(exchange, &input)? {
        Some(ask) => match exchange.authorize(&ask) {
            Ok(permit) => permit,
            Err(denied) => return Err(refusal(exchange, &ask, denied).await?),
        },
        None => Permit::for_nothing(),
    };
    // 7 handle
    H::handle(exchange, permit, input).await
}

/// What who is refused is told: that, or that what it asks for isn't there.
async fn refusal(exchange: &Exchange<'_>, ask: &Ask, denied: Error) -> Result<Error, Error> {
    if !authorize::may_know_what_is_missing(exchange, ask)? {
        return Ok(denied);
    }
    let (bucket, key) = (exchange.bucket(), exchange.key()?);
    let found = exchange.gateway.vault.has_object(&bucket, &key).await;
    Ok(match found.map_err(|e| ops::error_of(e, exchange))? {
        true => denied,
        false => Error::new(Code::NoSuchKey).with("Key", key.as_str()),
    })
}

async fn find_account(exchange: &Exchange<'_>) -> Result<Arc<Account>, Error> {
    let account = exchange.gateway.vault.account(exchange.owner()).await;
    account.map_err(ops::iam::error_of)
}

async fn find_bucket(exchange: &Exchange<'_>) -> Result<Arc<Bucket>, Error> {
    let name = exchange.bucket_name();
    let bucket = exchange.gateway.vault.bucket(name).await;
    let bucket = bucket.map_err(|e| ops::error_of(e, exchange))?;
    let expected = exchange.head.header_text("x-amz-expected-bucket-owner")?;
    check_expected_owner(expected.as_deref(), &bucket)?;
    Ok(bucket)
}

/// `x-amz-expected-bucket-owner` and its like.
pub(crate) fn check_expected_owner(owner: Option<&str>, bucket: &Bucket) -> Result<(), Error> {
    match owner {
        Some(owner) if owner.parse::<AccountId>().is_err() => {
            let why =
                "The value of the expected bucket owner parameter must be an AWS Account ID...";
            Err(Error::new(Code::InvalidBucketOwnerAWSAccountID)
                .message(format!("{why} [{owner}]")))
        }
        Some(owner) if owner != bucket.owner.as_str() => {
            let why = format!("the bucket belongs to {}, another than is expected", bucket.owner);
            Err(Error::new(Code::AccessDenied).because(why))
        }
        _ => Ok(()),
    }
}

fn wants_object_tags(exchange: &Exchange<'_>, bucket: &Bucket) -> Result<bool, Error> {
    let settings = Settings::of(bucket)?;
    Ok(settings.speaks_of_object_tags || exchange.caller.asks_for_object_tags())
}

/// The tags of an object, if a policy of the bucket or the caller speaks of tags.
pub(crate) async fn object_tags(
    exchange: &Exchange<'_>,
    bucket: &Bucket,
    key: &ObjectKey,
) -> Result<Vec<(String, String)>, Error> {
    if !wants_object_tags(exchange, bucket)? {
        return Ok(vec![]);
    }
    let tags = exchange.gateway.vault.object_tags(bucket, key).await;
    tags.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))
}

/// What was refused for who asks leaves a record, and what the configuration wants.
fn leave_audit_record(exchange: &Exchange<'_>, protocol: Protocol, error: Option<&Error>) {
    let gateway = exchange.gateway;
    let decisions = std::mem::take(&mut *exchange.decisions.lock());
    // Not every 403 is a decision: a bucket of another owner than the expected one, a chunk with
    // another signature than its own.
    let refused = error.is_some_and(|it| it.status() == 403)
        || decisions.iter().any(|it| it["effect"] == "Deny");
    if !refused && !gateway.audit.wants(exchange.operation) {
        return;
    }
    let head = &exchange.head;
    let root_key = gateway.root_keys.current();
    let error = error.map(|it| it.clone().in_protocol(protocol));
    gateway.audit.record(Event {
        operation: exchange.operation,
        request_id: exchange.request_id.as_str(),
        region: &gateway.region,
        source_ip: exchange.client().to_string(),
        user_agent: user_agent(head.headers),
        tls: exchange.tls.map(TlsVersion::number),
        identity: exchange.caller.to_json(root_key.id.as_str()),
        account: exchange.owner().to_string(),
        bucket: head.target.bucket(),
        key: head.target.key(),
        parameters: head.form.unwrap_or(head.query),
        error: error.as_ref(),
        is_known: exchange.is_signed(),
        decisions,
    });
}

/// A request that was refused before anything was decided about it.
struct Refused<'a> {
    operation: &'static Operation,
    protocol: Protocol,
    request_id: RequestId,
    peer: IpAddr,
    target: &'a Target,
    parameters: &'a Query,
    /// `userIdentity`.
    identity: Value,
    is_known: bool,
}

/// What leaves a record before there are decisions: a signature that doesn't hold, and a form that its
/// policy doesn't allow.
fn leave_record_of(gateway: &Gateway, head: &Parts, refused: Refused<'_>, error: &Error) {
    if error.status() >= 500 {
        return;
    }
    let tls: Option<TlsVersion> = head.extensions.get().copied();
    let client = proxies::client(&gateway.trusted_proxies, refused.peer, &head.headers);
    gateway.audit.record(Event {
        operation: refused.operation,
        request_id: refused.request_id.as_str(),
        region: &gateway.region,
        source_ip: client.to_string(),
        user_agent: user_agent(&head.headers),
        tls: tls.map(TlsVersion::number),
        identity: refused.identity,
        account: gateway.account.to_string(),
        bucket: refused.target.bucket(),
        key: refused.target.key(),
        parameters: refused.parameters,
        error: Some(&error.clone().in_protocol(refused.protocol)),
        is_known: refused.is_known,
        decisions: vec![],
    });
}

fn user_agent(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok())
}

/// Whether Block Public Access of bucket or owner restricts the bucket to its owner. What that takes
/// away only a public policy can have given.
pub(crate) async fn restricts(gateway: &Gateway, bucket: &Bucket) -> Result<bool, Error> {
    let settings = Settings::of(bucket)?;
    if !settings.is_public() {
        return Ok(false);
    }
    let of_bucket = settings.public_access_block.unwrap_or_default();
    let account = Box::pin(gateway.vault.account_settings(bucket.owner)).await;
    let account = account.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))?;
    let of_account = PublicAccessBlock::of_account(&account)?.unwrap_or_default();
    Ok(of_bucket.or(of_account).restrict_public_buckets)
}

/// What whoever has no credentials yet asks: the proof is in the request itself.
fn is_unsigned(id: OperationId) -> bool {
    use OperationId::{StsAssumeRoleWithSAML, StsAssumeRoleWithWebIdentity};
    matches!(id, StsAssumeRoleWithSAML | StsAssumeRoleWithWebIdentity)
}

/// IAM and STS tell who hasn't signed so, before they look at what is asked.
fn refuse_unsigned(exchange: &Exchange<'_>) -> Result<(), Error> {
    let operation = exchange.operation;
    let signs = matches!(operation.service, Service::Iam | Service::Sts);
    match exchange.caller {
        Caller::Anonymous if signs && !is_unsigned(operation.id) => {
            Err(Error::new(Code::MissingAuthenticationToken))
        }
        _ => Ok(()),
    }
}

/// An operation that isn't there yet: refused to those who may not do it, else named.
pub(crate) fn not_implemented(
    exchange: &Exchange<'_>,
    operation: &'static Operation,
) -> Result<Answer, Error> {
    debug_assert_eq!(operation.status, Status::NotImplemented);
    refuse_unsigned(exchange)?;
    if !is_unsigned(operation.id) {
        exchange.authorize::<()>(&Ask::of_target(exchange))?;
    }
    Err(Error::new(Code::NotImplemented)
        .message(format!("{} is not implemented in this version", operation.name)))
}

fn failed(
    gateway: &Gateway,
    protocol: Protocol,
    error: Error,
    record: &mut AccessRecord,
) -> Answer {
    let error = error.in_protocol(protocol);
    record.code = error.code().as_str();
    record.cause = error.cause().map(String::from);
    let about = Identifiers {
        service: record.asked.service(),
        request_id: record.request_id.as_str(),
        host_id: &gateway.host_id,
    };
    let mut answer = Answer::empty(error.status());
    answer = match protocol {
        _ if error.code() == Code::NotModified => answer,
        Protocol::S3 | Protocol::S3Control => answer.with_xml(error.to_xml(protocol, about)),
        Protocol::Query => answer.with_query_xml(error.to_xml(protocol, about), record.request_id),
    };
    for (name, value) in error.headers() {
        answer = answer.with_header(name, value);
    }
    answer
}

/// 8 encode and 9 finish: the common headers, and the record that ends with the body.
fn finish(
    gateway: &Gateway,
    head: &Parts,
    mut answer: Answer,
    mut record: AccessRecord,
) -> Response<Body> {
    record.status = answer.status;
    let value = |text: &str| HeaderValue::from_str(text).expect("letters and digits");
    let headers = &mut answer.headers;
    headers.insert(REQUEST_ID, value(record.request_id.as_str()));
    headers.insert(ID_2, value(&gateway.host_id));
    headers.insert(header::SERVER, HeaderValue::from_static("Onggi"));
    if head.method == Method::HEAD {
        // The length that GET would send; hyper sends no body.
        let length = match &answer.content {
            Content::Whole(bytes) if answer.status < 400 => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
            _ => None,
        };
        if let Some(length) = length {
            headers.entry(header::CONTENT_LENGTH).or_insert(length.into());
        }
        if answer.status >= 400 {
            headers.remove(header::CONTENT_TYPE);
        }
        answer.content = Content::Whole(Bytes::new());
    }
    if let Content::Late(work) = answer.content {
        let host_id = gateway.host_id.clone();
        let about = late::About { request_id: record.request_id, host_id };
        answer.content = late::content(gateway.timeouts, work, about);
    }
    let mut response = Response::new(Body::new(answer.content, record));
    *response.status_mut() = http::StatusCode::from_u16(answer.status).expect("a status");
    *response.headers_mut() = answer.headers;
    response
}
