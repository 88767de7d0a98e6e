//! What botocore signs, verified: odd paths, queries and headers. `sign_with_botocore.py` makes the file.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::*;

/// A request of the file, with other headers than it has.
fn judged(vector: &Value, headers: &HeaderMap, secret: &str, now: Timestamp) -> Result<(), Error> {
    let (path, query) = target(vector);
    let query = Query::parse(query).unwrap();
    let method = vector["method"].as_str().unwrap().parse().unwrap();
    let form = vector["form"].as_str().map(str::as_bytes);
    let signed = SignedRequest {
        method: &method,
        path,
        query: &query,
        headers,
        host_bucket: None,
        form,
        posted: None,
    };
    let keys = SigningKeys::default();
    Claim::find(&signed)?.verify(&signed, Verifier { secret, now, keys: &keys }).map(drop)
}

fn target(vector: &Value) -> (&str, &str) {
    let target = vector["target"].as_str().unwrap();
    target.split_once('?').unwrap_or((target, ""))
}

#[test]
fn what_botocore_signs_holds_and_is_what_we_would_have_signed() {
    let file: Value = serde_json::from_str(include_str!("botocore.json")).unwrap();
    let (secret, now) = (file["secret"].as_str().unwrap(), at(file["now"].as_str().unwrap()));
    let vectors = file["vectors"].as_array().unwrap();
    assert!(vectors.len() > 80);
    for vector in vectors {
        let mut headers = HeaderMap::new();
        for pair in vector["headers"].as_array().unwrap() {
            let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
            headers.append(name, HeaderValue::from_str(pair[1].as_str().unwrap()).unwrap());
        }
        let told = format!("{}: {} {}", vector["kind"], vector["method"], vector["target"]);
        let verdict = judged(vector, &headers, secret, now);
        assert!(verdict.is_ok(), "{told}: {verdict:?}");
        let error = judged(vector, &headers, "another secret", now).unwrap_err();
        let element = |name| Value::from(error.element(name));
        assert_eq!(element("StringToSign"), vector["string_to_sign"], "{told}");
        assert_eq!(element("CanonicalRequest"), vector["canonical_request"], "{told}");
        // Whoever is given a URL of Version 2 sends none of the headers that were signed.
        if vector["kind"] == "v2" {
            let host: HeaderMap =
                [(http::header::HOST, headers["host"].clone())].into_iter().collect();
            let verdict = judged(vector, &host, secret, now);
            assert!(verdict.is_ok(), "{told}, without headers: {verdict:?}");
        }
    }
}
