//! The examples of AWS's documents, and what must not pass.

use super::*;
use http::Request;

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn at(text: &str) -> Timestamp {
    Timestamp::parse_basic(text).unwrap()
}

fn may_24() -> Timestamp {
    at("20130524T000000Z")
}

/// Verifies a request at a time; the code of the error, if any.
fn verified(request: &Request<()>, now: Timestamp) -> Result<SignedPayload, Error> {
    let query = Query::parse(request.uri().query().unwrap_or_default())?;
    let signed = SignedRequest {
        method: request.method(),
        path: request.uri().path(),
        query: &query,
        headers: request.headers(),
        host_bucket: None,
        form: None,
        posted: None,
    };
    let keys = SigningKeys::default();
    let claim = Claim::find(&signed)?;
    assert_eq!(claim.access_key().unwrap_or(KEY), KEY);
    claim.verify(&signed, Verifier { secret: SECRET, now, keys: &keys })
}

fn code(request: &Request<()>, now: Timestamp) -> Result<(), Code> {
    verified(request, now).map(drop).map_err(|e| e.code())
}

fn example(method: &str, uri: &str, headers: &[(&str, &str)], signature: &str) -> Request<()> {
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header("host", "examplebucket.s3.amazonaws.com")
        .header("x-amz-date", "20130524T000000Z");
    let mut names = vec!["host", "x-amz-content-sha256", "x-amz-date"];
    for (name, value) in headers {
        request = request.header(*name, *value);
        names.push(name);
    }
    if !headers.iter().any(|(name, _)| *name == "x-amz-content-sha256") {
        request = request.header("x-amz-content-sha256", EMPTY);
    }
    names.sort();
    names.dedup();
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={KEY}/20130524/us-east-1/s3/aws4_request,SignedHeaders={},Signature={signature}",
        names.join(";")
    );
    request.header("authorization", authorization).body(()).unwrap()
}

#[test]
fn the_documents_examples_verify() {
    // "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
    let get = example(
        "GET",
        "/test.txt",
        &[("range", "bytes=0-9")],
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
    let put = example(
        "PUT",
        "/test$file.text",
        &[
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            (
                "x-amz-content-sha256",
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            ),
        ],
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    );
    let lifecycle = example(
        "GET",
        "/?lifecycle",
        &[],
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    );
    let list = example(
        "GET",
        "/?max-keys=2&prefix=J",
        &[],
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    );
    for request in [&get, &put, &lifecycle, &list] {
        assert_eq!(code(request, may_24()), Ok(()), "{}", request.uri());
    }
    let mut other = get.clone();
    *other.uri_mut() = "/test.txT".parse().unwrap();
    let error = verified(&other, may_24()).unwrap_err();
    assert_eq!(error.code(), Code::SignatureDoesNotMatch);
    assert!(error.element("StringToSign").unwrap().starts_with("AWS4-HMAC-SHA256\n20130524T"));
    assert!(error.element("CanonicalRequest").unwrap().starts_with("GET\n/test.txT\n"));
}

#[test]
fn the_documents_presigned_url_verifies_and_expires() {
    let uri = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
        &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
        &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
        &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    let request =
        Request::get(uri).header("host", "examplebucket.s3.amazonaws.com").body(()).unwrap();
    assert_eq!(code(&request, may_24()), Ok(()));
    assert_eq!(code(&request, at("20130525T000000Z")), Ok(()));
    let expired = verified(&request, at("20130525T000001Z")).unwrap_err();
    assert_eq!(expired.to_string(), "AccessDenied: Request has expired");
    assert_eq!(expired.status(), 403);
    let early = verified(&request, at("20130523T234459Z")).unwrap_err();
    assert_eq!(early.to_string(), "AccessDenied: Request is not yet valid");
}

#[test]
fn the_documents_chunks_are_signed_so() {
    // "Transferring Payload in Multiple Chunks": 64 KiB, 1 KiB, nothing.
    let request = example(
        "PUT",
        "/examplebucket/chunkObject.txt",
        &[
            ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ("content-encoding", "aws-chunked"),
            ("x-amz-decoded-content-length", "66560"),
            ("content-length", "66824"),
        ],
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    );
    let mut request = request;
    request.headers_mut().insert("host", "s3.amazonaws.com".parse().unwrap());
    let payload = verified(&request, may_24()).unwrap();
    assert_eq!(payload.hash, PayloadHash::SignedChunks);
    let mut key = payload.chunks.unwrap();
    for (size, signature) in [
        (65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
        (1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
        (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
    ] {
        let hash = ring::digest::digest(&ring::digest::SHA256, &vec![b'a'; size]);
        assert_eq!(key.next_chunk(hash.as_ref()), signature);
    }
}

#[test]
fn version_2_in_the_query_as_documented() {
    // "Signing and authenticating REST requests": query string request authentication.
    let uri = "/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\
        &Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620";
    let request = Request::get(uri).header("host", "johnsmith.s3.amazonaws.com");
    let request = request.body(()).unwrap();
    let query = Query::parse(request.uri().query().unwrap()).unwrap();
    let signed = SignedRequest {
        method: request.method(),
        path: request.uri().path(),
        query: &query,
        headers: request.headers(),
        host_bucket: Some("johnsmith"),
        form: None,
        posted: None,
    };
    let keys = SigningKeys::default();
    let claim = Claim::find(&signed).unwrap();
    let at =
        |s: u64| Verifier { secret: SECRET, now: Timestamp::from_millis(s * 1000), keys: &keys };
    assert!(claim.verify(&signed, at(1_175_139_620)).is_ok());
    let expired = claim.verify(&signed, at(1_175_139_621)).unwrap_err();
    assert_eq!(expired.to_string(), "AccessDenied: Request has expired");
    let wrong = SignedRequest { host_bucket: None, ..signed };
    let error = claim.verify(&wrong, at(1_175_139_000)).unwrap_err();
    assert_eq!(error.code(), Code::SignatureDoesNotMatch);
    assert_eq!(error.element("CanonicalRequest"), None);
}

fn credentials() -> Credentials {
    Credentials {
        access_key: KEY.into(),
        secret: SECRET.into(),
        region: "ap-northeast-2".into(),
        service: "s3",
    }
}

fn signed(uri: &str, payload: &str) -> Request<()> {
    let mut request = Request::put(uri)
        .header("host", "h:9000")
        .header("x-amz-meta-a", "  two   words ")
        .body(())
        .unwrap();
    sign(&mut request, &credentials(), payload, may_24());
    request
}

#[test]
fn what_is_signed_verifies_and_what_is_changed_does_not() {
    for uri in ["/b/k", "/b/%EC%98%B9%20+%25?prefix=a%2Fb&a-=1&a=2&uploads", "/b/a//../%2F~x"] {
        let request = signed(uri, "UNSIGNED-PAYLOAD");
        assert_eq!(code(&request, may_24()), Ok(()), "{uri}");
        let mut changed = request.clone();
        changed.headers_mut().insert("x-amz-meta-a", "two word".parse().unwrap());
        assert_eq!(code(&changed, may_24()), Err(Code::SignatureDoesNotMatch), "{uri}");
    }
}

#[test]
fn presigned_urls_verify() {
    let method = http::Method::GET;
    let query = presign((&method, "h", "/b/k", "versionId=null"), &credentials(), 60, may_24());
    let uri = format!("/b/k?{query}");
    let request = Request::get(uri).header("host", "h").body(()).unwrap();
    assert_eq!(code(&request, may_24()), Ok(()));
}

#[test]
fn a_clock_may_be_off_by_fifteen_minutes() {
    let request = signed("/b/k", "UNSIGNED-PAYLOAD");
    for (now, outcome) in [
        ("20130524T001500Z", Ok(())),
        ("20130523T234500Z", Ok(())),
        ("20130524T001501Z", Err(Code::RequestTimeTooSkewed)),
        ("20130523T234459Z", Err(Code::RequestTimeTooSkewed)),
    ] {
        assert_eq!(code(&request, at(now)), outcome, "{now}");
    }
}

#[test]
fn amz_headers_must_be_signed() {
    let mut request = signed("/b/k", "UNSIGNED-PAYLOAD");
    request.headers_mut().insert("x-amz-acl", "private".parse().unwrap());
    request.headers_mut().insert("x-other", "is free".parse().unwrap());
    let error = verified(&request, may_24()).unwrap_err();
    assert_eq!(error.code(), Code::AccessDenied);
    assert_eq!(error.element("HeadersNotSigned"), Some("x-amz-acl"));
}

#[test]
fn malformed_claims_are_told_apart() {
    let header = |text: &str| {
        let request = Request::get("/b/k")
            .header("host", "h")
            .header("x-amz-date", "20130524T000000Z")
            .header("x-amz-content-sha256", EMPTY)
            .header("authorization", text);
        code(&request.body(()).unwrap(), may_24())
    };
    let scope = "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1";
    let rest = "SignedHeaders=host, Signature=00";
    for (text, expected) in [
        ("AWS AKIA:abc=", Code::InvalidRequest),
        ("Basic abc", Code::InvalidArgument),
        ("AWS4-HMAC-SHA256", Code::AuthorizationHeaderMalformed),
        (
            "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00",
            Code::AuthorizationHeaderMalformed,
        ),
        (
            &*format!("AWS4-HMAC-SHA256 {scope}/ec2/aws4_request, {rest}"),
            Code::AuthorizationHeaderMalformed,
        ),
        (
            &*format!("AWS4-HMAC-SHA256 {scope}/s3/aws4_request, {rest}"),
            Code::AccessDenied, // x-amz-date isn't signed
        ),
    ] {
        assert_eq!(header(text), Err(expected), "{text}");
    }
    let query = |text: &str| {
        let uri = format!("/b/k?{text}");
        code(&Request::get(uri).header("host", "h").body(()).unwrap(), may_24())
    };
    let good = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20130524/r/s3/aws4_request\
                &X-Amz-Date=20130524T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=";
    let zeros = "0".repeat(64);
    let malformed = Err(Code::AuthorizationQueryParametersError);
    assert_eq!(query("X-Amz-Algorithm=AWS4-HMAC-SHA256"), malformed);
    for expires in ["604801", "-1", "soon", ""] {
        assert_eq!(
            query(&format!("{good}{zeros}&X-Amz-Expires={expires}")),
            malformed,
            "{expires}"
        );
    }
    let week = query(&format!("{good}{zeros}&X-Amz-Expires=604800"));
    assert_eq!(week, Err(Code::SignatureDoesNotMatch));
    assert_eq!(query("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x"), Err(Code::AccessDenied));
    assert_eq!(query("AWSAccessKeyId=a&Signature=x&X-Amz-Algorithm=y"), Err(Code::InvalidArgument));
}

#[test]
fn a_changed_secret_ends_the_kept_key() {
    let request = signed("/b/k", "UNSIGNED-PAYLOAD");
    let query = Query::default();
    let it = SignedRequest {
        method: request.method(),
        path: "/b/k",
        query: &query,
        headers: request.headers(),
        host_bucket: None,
        form: None,
        posted: None,
    };
    let (claim, keys) = (Claim::find(&it).unwrap(), SigningKeys::default());
    let with = |secret| Verifier { secret, now: may_24(), keys: &keys };
    assert!(claim.verify(&it, with(SECRET)).is_ok());
    assert!(claim.verify(&it, with("another")).is_err());
    assert!(claim.verify(&it, with(SECRET)).is_ok());
}

mod botocore;

mod random {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_header_is_read_or_refused(text in "(AWS4-HMAC-SHA256 )?[ -~]{0,60}") {
            let request = Request::get("/").header("authorization", text).body(()).unwrap();
            let _ = verified(&request, may_24());
        }

        #[test]
        fn any_key_signs_and_verifies(key in "[a-z/ 가-힣%+&=~.-]{1,12}", value in "[ -~]{0,12}") {
            let mut path = String::from("/b/");
            key.bytes().for_each(|it| canonical::encode(it, &mut path));
            let mut query = String::from("prefix=");
            value.bytes().for_each(|it| canonical::encode(it, &mut query));
            let request = signed(&format!("{path}?{query}"), "UNSIGNED-PAYLOAD");
            prop_assert_eq!(code(&request, may_24()), Ok(()));
        }
    }
}
