//! From a request to its answer, in nine steps and one direction: identify, route, authenticate,
//! decode, find the bucket, authorize, handle, encode, finish.

mod answer;
mod audited;
mod bucket;
mod exchange;

use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::request::Parts;
use hyper::body::Incoming;
use hyper::{Request, Response};
use iam::Account;
use parking_lot::Mutex;
use wire::auth::SignedRequest;
use wire::{
    Code, Error, NameFilter, Operation, OperationId, Protocol, Query, RequestHead, Resource,
    Service, Target,
};

use self::answer::{failed, finish};
use self::audited::{Undecided, leave_audit_record};
use self::bucket::{find_bucket, wants_object_tags};
use crate::access::AccessRecord;
use crate::asked::Asked;
use crate::authenticate::{authenticate, refuse_strangers};
use crate::authorize::{self, Ask, Permit};
use crate::body::Body;
use crate::caller::Caller;
use crate::framing;
use crate::gateway::{Connection, Gateway};
use crate::incoming::{Arriving, Unread};
use crate::listener::Responder;
use crate::ops;
use crate::ops::s3::options_object::{preflight, tell_other_origin};
use crate::posted::Posted;
use crate::remote::Remote;

pub(crate) use self::answer::Answer;
pub(crate) use self::bucket::{check_expected_owner, object_tags, restricts};
pub(crate) use self::exchange::{Exchange, Handler};

// Looked for in every request: as a text it would be parsed each time.
static ACCOUNT_ID: HeaderName = HeaderName::from_static("x-amz-account-id");
/// Longest form of an AWS Query request, in bytes.
const FORM_BYTES_MAX: u64 = 1 << 20;
/// The same of a sender who names no access key that there is: it is read before its signature can be
/// checked, and anybody can send as many as there may be connections.
const STRANGERS_FORM_BYTES_MAX: u64 = 64 << 10;

impl Responder for Gateway {
    type Connection = Connection;

    fn accept(self: Arc<Self>, remote: Remote) -> Connection {
        Connection::new(self, remote)
    }

    /// An error is an answer too, and the record is always kept.
    async fn answer(connection: Arc<Connection>, request: Request<Incoming>) -> Response<Body> {
        answer(&connection, request).await
    }
}

async fn answer(connection: &Connection, request: Request<Incoming>) -> Response<Body> {
    let Connection { gateway, peer } = connection;
    let (head, body) = request.into_parts();
    let mut body = Arriving::new(body, &head.headers, gateway.timeouts.body);
    let mut record = AccessRecord::begin(Arc::clone(peer), peer.ids.next(&gateway.ids), &head);
    let mut answer = match identify(gateway, &head) {
        Err(error) => failed(gateway, Protocol::S3, error, &mut record),
        Ok(Identified { target: Target::Own(path), .. }) => {
            record.asked = Asked::Own;
            let answered = ops::admin::answer(gateway, &head, peer.remote.address, &path);
            answered.unwrap_or_else(|e| failed(gateway, Protocol::S3, e, &mut record))
        }
        Ok(identified) => {
            let answered = run(connection, (&head, &identified), &mut body, &mut record).await;
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
    let account = head.headers.get(&ACCOUNT_ID).and_then(|it| it.to_str().ok());
    let target = Target::of(&gateway.hosts, host_of(head), head.uri.path(), account)?;
    let query = Query::parse(head.uri.query().unwrap_or_default())?;
    let protocol = Protocol::of(&head.method, &target, &query, &head.headers);
    Ok(Identified { target, query, protocol })
}

fn host_of(head: &Parts) -> &str {
    let header = head.headers.get(header::HOST).and_then(|it| it.to_str().ok());
    header.or_else(|| head.uri.authority().map(|it| it.as_str())).unwrap_or_default()
}

/// Which operation a request asks for, and what of the body had to be read to know it.
struct Routed {
    operation: &'static Operation,
    /// The form of an AWS Query request, as it came and as parameters.
    form: Option<(Bytes, Query)>,
}

/// Step 2 of an AWS Query request: what is asked stands in its body.
async fn route_form(
    gateway: &Gateway,
    (head, query): (&Parts, &Query),
    body: &mut Arriving,
    record: &mut AccessRecord,
) -> Result<Routed, Error> {
    let form = read_form(gateway, (head, query), body).await?;
    record.bytes_received = form.len() as u64;
    let asked = if form.is_empty() { query.clone() } else { Query::parse_form(&form)? };
    let operation =
        wire::route_action(asked.get("Action").unwrap_or_default(), asked.get("Version"))?;
    Ok(Routed { operation, form: Some((form, asked)) })
}

/// The form of an AWS Query request. Of a long one it is asked first whether its sender can be somebody.
async fn read_form(
    gateway: &Gateway,
    (head, query): (&Parts, &Query),
    body: &mut Arriving,
) -> Result<Bytes, Error> {
    if body.is_within(&head.headers, STRANGERS_FORM_BYTES_MAX) {
        return body.form(&head.headers, STRANGERS_FORM_BYTES_MAX).await;
    }
    let unread = SignedRequest {
        method: &head.method,
        path: head.uri.path(),
        query,
        headers: &head.headers,
        host_bucket: None,
        form: Some(&[]),
        posted: None,
    };
    refuse_strangers(gateway, &unread).await?;
    body.form(&head.headers, FORM_BYTES_MAX).await
}

/// Steps 2 to 7.
async fn run(
    connection: &Connection,
    (head, identified): (&Parts, &Identified),
    body: &mut Arriving,
    record: &mut AccessRecord,
) -> Result<Answer, Error> {
    let Connection { gateway, peer } = connection;
    let Identified { target, query, protocol } = identified;
    // 2 route: before authentication, so that a refused request is named in the record too
    let Routed { operation, form } = match protocol {
        Protocol::Query => Box::pin(route_form(gateway, (head, query), body, record)).await?,
        Protocol::S3 | Protocol::S3Control => {
            let operation = wire::route(&head.method, target, query, &head.headers)?;
            Routed { operation, form: None }
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
    let parameters = form.as_ref().map(|(_, asked)| asked);
    let undecided = Undecided {
        gateway,
        remote: peer.remote,
        head,
        operation,
        protocol: *protocol,
        request_id: record.request_id,
        target,
        parameters: parameters.unwrap_or(query),
    };
    let signed = SignedRequest {
        method: &head.method,
        path: head.uri.path(),
        query,
        headers: &head.headers,
        host_bucket: target.bucket().filter(|_| gateway.hosts.names_bucket(host_of(head))),
        form: form.as_ref().map(|(form, _)| &form[..]),
        posted: posted.as_ref().map(|it| &it.form),
    };
    let (caller, payload) =
        authenticate(gateway, &signed, (operation, record.began_at)).await.map_err(|refused| {
            undecided.leave_record(refused.to_json(), false, &refused.error);
            refused.error
        })?;
    let hoisted = wire::auth::hoisted(&signed)?;
    record.caller = caller;
    let caller = &record.caller;
    let by_form = posted
        .as_ref()
        .map(|it| it.ask(target.bucket().unwrap_or_default(), &head.headers, caller))
        .transpose()
        .inspect_err(|error| {
            let identity = caller.to_json(gateway.root_keys.current().id.as_str());
            undecided.leave_record(identity, !matches!(caller, Caller::Anonymous), error);
        })?;
    let (target, headers) = match &by_form {
        Some(asked) => (&asked.target, &asked.headers),
        None => (target, hoisted.as_ref().unwrap_or(&head.headers)),
    };
    let file = posted.as_ref().zip(by_form.as_ref()).map(|(form, asked)| form.file(asked));
    let mut exchange = Exchange {
        gateway,
        remote: peer.remote,
        head: RequestHead {
            method: &head.method,
            target,
            query,
            form: parameters,
            headers,
            posted: posted.as_ref().map(|it| &it.form),
            names: NameFilter::of(headers),
        },
        operation,
        request_id: record.request_id,
        began_at: record.began_at,
        caller,
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

/// Steps 4 to 7 of an operation, whether or not it is there yet.
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
        // Also of a form, whose key stands in its fields.
        if exchange.head.target.key().is_some()
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

/// What whoever has no credentials yet asks: the proof is in the request itself.
pub(crate) fn is_unsigned(id: OperationId) -> bool {
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
