//! Signing, for tests, benchmarks and whoever calls another S3.

use std::borrow::Cow;

use http::{HeaderValue, Request};
use ring::digest::{SHA256, digest};
use ring::hmac;
use std::sync::Arc;
use types::Timestamp;

use super::SignedRequest;
use super::canonical::{self, encode, hex};
use super::keys::{ChunkKey, Credential, derive};
use crate::query::Query;

/// Who signs, and for what.
#[derive(Clone)]
pub struct Credentials {
    /// The access key's id.
    pub access_key: String,
    /// Its secret.
    pub secret: String,
    /// The region in the scope.
    pub region: String,
    /// The service in the scope.
    pub service: &'static str,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.access_key)
    }
}

impl Credentials {
    fn scope(&self, now: Timestamp) -> String {
        format!("{}/{}/{}/aws4_request", &now.basic()[..8], self.region, self.service)
    }

    fn key(&self, now: Timestamp) -> Arc<hmac::Key> {
        let day = &now.basic()[..8];
        let credential = Credential { whole: "", day, region: &self.region, service: self.service };
        Arc::new(derive(&credential, &self.secret))
    }
}

/// Signs a request by header: adds `x-amz-date`, `x-amz-content-sha256` and `authorization`. `host`
/// must be there. `payload` is a word such as `UNSIGNED-PAYLOAD`, or the body's SHA-256 in
/// hexadecimal. The key is for the chunks that may follow.
pub fn sign<B>(
    request: &mut Request<B>,
    credentials: &Credentials,
    payload: &str,
    now: Timestamp,
) -> ChunkKey {
    let time = now.basic();
    let value = |text: &str| HeaderValue::from_str(text).expect("plain text");
    request.headers_mut().insert("x-amz-date", value(&time));
    request.headers_mut().insert("x-amz-content-sha256", value(payload));
    let mut names: Vec<Cow<'_, str>> =
        request.headers().keys().map(|it| it.to_string().into()).collect();
    names.sort();
    let query = Query::parse(request.uri().query().unwrap_or_default()).expect("a plain query");
    let signed = SignedRequest {
        method: request.method(),
        path: request.uri().path(),
        query: &query,
        headers: request.headers(),
        host_bucket: None,
        form: None,
        posted: None,
    };
    let canonical = canonical::request(&signed, (&names, false), payload);
    let scope = credentials.scope(now);
    let key = credentials.key(now);
    let text = canonical::string_to_sign(&time, &scope, &canonical);
    let signature = hex(hmac::sign(&key, text.as_bytes()).as_ref());
    let header = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}",
        credentials.access_key,
        names.join(";"),
        signature
    );
    request.headers_mut().insert("authorization", value(&header));
    ChunkKey::new(key, &time, &scope, &signature)
}

/// The query of a presigned URL for a method, host and path, with `query` in it too.
pub fn presign(
    (method, host, path, query): (&http::Method, &str, &str, &str),
    credentials: &Credentials,
    expires_s: u64,
    now: Timestamp,
) -> String {
    let (time, scope) = (now.basic(), credentials.scope(now));
    let mut encoded = String::new();
    format!("{}/{scope}", credentials.access_key).bytes().for_each(|it| encode(it, &mut encoded));
    let mut all = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={encoded}&X-Amz-Date={time}\
         &X-Amz-Expires={expires_s}&X-Amz-SignedHeaders=host"
    );
    if !query.is_empty() {
        all = format!("{query}&{all}");
    }
    let parsed = Query::parse(&all).expect("a plain query");
    let mut headers = http::HeaderMap::new();
    headers.insert("host", HeaderValue::from_str(host).expect("a plain host"));
    let signed = SignedRequest {
        method,
        path,
        query: &parsed,
        headers: &headers,
        host_bucket: None,
        form: None,
        posted: None,
    };
    let canonical = canonical::request(&signed, (&["host".into()], true), "UNSIGNED-PAYLOAD");
    let text = canonical::string_to_sign(&time, &scope, &canonical);
    let signature = hmac::sign(&credentials.key(now), text.as_bytes());
    format!("{all}&X-Amz-Signature={}", hex(signature.as_ref()))
}

/// One chunk of `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, framed; an empty one ends the body.
pub fn sign_chunk(key: &mut ChunkKey, bytes: &[u8]) -> Vec<u8> {
    let signature = key.next_chunk(digest(&SHA256, bytes).as_ref());
    let head = format!("{:x};chunk-signature={signature}\r\n", bytes.len());
    // Behind the last chunk come the trailers, or an empty line.
    let end: &[u8] = b"\r\n";
    [head.as_bytes(), bytes, end].concat()
}

/// The trailers behind the last chunk of `...-PAYLOAD-TRAILER`, framed.
pub fn sign_trailer(key: &mut ChunkKey, name: &str, value: &str) -> Vec<u8> {
    let signature =
        key.next_trailer(digest(&SHA256, format!("{name}:{value}\n").as_bytes()).as_ref());
    format!("{name}:{value}\r\nx-amz-trailer-signature:{signature}\r\n\r\n").into_bytes()
}
