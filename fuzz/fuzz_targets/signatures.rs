//! Heads of requests: nothing that wasn't signed with the secret verifies. The input is a request's
//! head: its first line, then a header a line.

#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;
use types::Timestamp;
use wire::Query;
use wire::auth::{Claim, SignedRequest, SigningKeys, Verifier, hoisted};

/// The time that the seeds were signed at.
const NOW: &str = "20261125T120000Z";
/// Nobody has signed anything with it.
const SECRET: &str = "a secret that no input was signed with";

fuzz_target!(|input: &[u8]| {
    let mut lines = input.split(|it| *it == b'\n');
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let (method, target) = first.split_once(' ').unwrap_or(("GET", &first));
    let Ok(method) = Method::from_bytes(method.as_bytes()) else { return };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Ok(query) = Query::parse(query) else { return };
    let mut headers = HeaderMap::new();
    for line in lines.take(128) {
        let Some(at) = line.iter().position(|it| *it == b':') else { continue };
        let name = HeaderName::from_bytes(&line[..at]);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(&line[at + 1..])) {
            headers.append(name, value);
        }
    }
    let keys = SigningKeys::default();
    let now = Timestamp::parse_basic(NOW).expect("a time");
    for (host_bucket, form) in
        [(None, None), (Some("bucket"), None), (None, Some(&b"Action=A"[..]))]
    {
        let request = SignedRequest {
            method: &method,
            path,
            query: &query,
            headers: &headers,
            host_bucket,
            form,
            posted: None,
        };
        let _ = hoisted(&request);
        let Ok(claim) = Claim::find(&request) else { continue };
        let _ = claim.check_service("s3");
        let verdict = claim.verify(&request, Verifier { secret: SECRET, now, keys: &keys });
        match claim {
            Claim::Anonymous => assert!(verdict.is_ok()),
            Claim::V4(_) | Claim::V2(_) | Claim::Form(_) => {
                let error = verdict.expect_err("nobody gets in who doesn't belong");
                // What is shown of it stays near what was sent: a byte that isn't UTF-8 is three
                // there, nine in a canonical query, and names of headers stand there twice.
                let shown = error.element("CanonicalRequest").map_or(0, str::len);
                assert!(shown <= 12 * input.len() + 1000, "{shown} bytes of {}", input.len());
            }
        }
    }
});
