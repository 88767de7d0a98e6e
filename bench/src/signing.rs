//! Signature Version 4 by header, written down apart from the server's, and quick: a signing key is
//! made once a day, a head is put together in one buffer.
//!
//! The headers are those that AWS's SDKs send and sign with every request.

use ring::digest::{SHA256, digest};
use ring::hmac;
use types::Timestamp;

/// Who signs.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key's id.
    pub access_key: String,
    /// Its secret.
    pub secret: String,
}

/// What of a request is signed besides who sends it where.
pub struct ToSign<'a> {
    /// The HTTP method.
    pub method: &'static str,
    /// Path, of unreserved characters and `/`.
    pub path: &'a str,
    /// Canonical: sorted, encoded; empty for none.
    pub query: &'a str,
    /// SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`.
    pub payload: &'a str,
    /// Bytes of the body; none for methods without one.
    pub content_length: Option<usize>,
    /// What the body is, where the server asks.
    pub content_type: Option<&'a str>,
}

/// Names of the signed headers.
const SIGNED: &str = "amz-sdk-invocation-id;amz-sdk-request;host;x-amz-content-sha256;x-amz-date";
const INVOCATION: &str = "3b0f5c1e-6b1c-4b3a-9f43-2f0b1f0a6d11";
const ATTEMPT: &str = "attempt=1; max=3";
const REGION: &str = "us-east-1";

/// Signs requests to one service of one server.
pub struct Signer {
    credentials: Credentials,
    host: String,
    time: String,
    scope: String,
    key: hmac::Key,
    canonical: String,
}

impl Signer {
    /// For requests sent from now on: a signature holds for 15 minutes.
    pub fn new((credentials, service): (&Credentials, &str), host: &str, now: Timestamp) -> Self {
        let time = now.basic();
        let day = &time[..8];
        let mut key =
            hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{}", credentials.secret).as_bytes());
        for part in [day, REGION, service, "aws4_request"] {
            key = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, part.as_bytes()).as_ref());
        }
        Self {
            credentials: credentials.clone(),
            host: host.to_owned(),
            scope: format!("{day}/{REGION}/{service}/aws4_request"),
            time,
            key,
            canonical: String::with_capacity(1024),
        }
    }

    /// Writes a request's head into `head`, over what was there.
    pub fn write_head(&mut self, it: &ToSign<'_>, head: &mut Vec<u8>) {
        let Self { host, time, scope, canonical, key, credentials } = self;
        canonical.clear();
        canonical.extend([it.method, "\n", it.path, "\n", it.query, "\n"]);
        canonical.extend(["amz-sdk-invocation-id:", INVOCATION, "\n"]);
        canonical.extend(["amz-sdk-request:", ATTEMPT, "\n", "host:", host, "\n"]);
        canonical.extend(["x-amz-content-sha256:", it.payload, "\nx-amz-date:", time, "\n\n"]);
        canonical.extend([SIGNED, "\n", it.payload]);
        let hash = hex(digest(&SHA256, canonical.as_bytes()).as_ref());
        canonical.clear();
        canonical.extend(["AWS4-HMAC-SHA256\n", time, "\n", scope, "\n", &hash]);
        let signature = hex(hmac::sign(key, canonical.as_bytes()).as_ref());

        head.clear();
        let mut write = |words: &[&str]| words.iter().for_each(|it| head.extend(it.as_bytes()));
        write(&[it.method, " ", it.path]);
        if !it.query.is_empty() {
            write(&["?", it.query]);
        }
        write(&[" HTTP/1.1\r\nhost: ", host.as_str(), "\r\nuser-agent: onggi-bench\r\n"]);
        write(&["accept-encoding: identity\r\namz-sdk-invocation-id: ", INVOCATION]);
        write(&["\r\namz-sdk-request: ", ATTEMPT, "\r\nx-amz-date: ", time]);
        write(&["\r\nx-amz-content-sha256: ", it.payload]);
        write(&["\r\nauthorization: AWS4-HMAC-SHA256 Credential=", &credentials.access_key]);
        write(&["/", scope, ", SignedHeaders=", SIGNED, ", Signature=", &signature, "\r\n"]);
        if let Some(length) = it.content_length {
            write(&["content-length: ", &length.to_string(), "\r\n"]);
        }
        if let Some(kind) = it.content_type {
            write(&["content-type: ", kind, "\r\n"]);
        }
        write(&["\r\n"]);
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits =
        bytes.iter().flat_map(|it| [DIGITS[usize::from(it >> 4)], DIGITS[usize::from(it & 15)]]);
    digits.map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The server's own signer must come to the same signature: two programs, one specification.
    #[test]
    fn the_signature_is_the_one_that_wire_makes() {
        let now = Timestamp::parse_basic("20261124T101200Z").unwrap();
        let credentials = Credentials { access_key: "AKID".into(), secret: "secret".into() };
        let query = "list-type=2&prefix=a%2Fb";
        let it = ToSign {
            method: "GET",
            path: "/bench/a/b",
            query,
            payload: "UNSIGNED-PAYLOAD",
            content_length: None,
            content_type: None,
        };
        let mut head = Vec::new();
        Signer::new((&credentials, "s3"), "127.0.0.1:9000", now).write_head(&it, &mut head);
        let head = String::from_utf8(head).unwrap();
        assert!(head.starts_with("GET /bench/a/b?list-type=2&prefix=a%2Fb HTTP/1.1\r\n"));

        let mut theirs = http::Request::get("http://127.0.0.1:9000/bench/a/b?".to_owned() + query)
            .header("host", "127.0.0.1:9000")
            .header("amz-sdk-invocation-id", INVOCATION)
            .header("amz-sdk-request", ATTEMPT)
            .body(())
            .unwrap();
        let credentials = wire::auth::Credentials {
            access_key: "AKID".into(),
            secret: "secret".into(),
            region: REGION.into(),
            service: "s3",
        };
        wire::auth::sign(&mut theirs, &credentials, it.payload, now);
        let theirs = theirs.headers()["authorization"].to_str().unwrap();
        assert!(head.contains(&format!("authorization: {theirs}\r\n")), "{head}\n{theirs}");
    }
}
