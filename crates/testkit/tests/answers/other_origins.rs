//! Pages of other origins: a bucket's rules, preflights, and what answers say ("Using cross-origin
//! resource sharing (CORS)", S3 User Guide; elements and headers as recorded from S3).

use testkit::{Answer, Ask, TestServer, md5_base64};

const RULES: &str = "<CORSConfiguration><CORSRule><ID>app</ID>\
    <AllowedOrigin>https://app.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
    <AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>\
    <ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule>\
    <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod></CORSRule>\
    </CORSConfiguration>";

fn put(rules: &str) -> Ask {
    let md5 = md5_base64(rules.as_bytes());
    Ask::new("PUT", "/bucket").query("cors").header("content-md5", &md5).body(rules)
}

fn preflight(path: &str, headers: &[(&str, &str)]) -> Ask {
    let ask = Ask::new("OPTIONS", path).anonymous();
    headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value))
}

fn origin(of: &str) -> (&str, &str) {
    ("origin", of)
}

fn method(asked: &str) -> (&str, &str) {
    ("access-control-request-method", asked)
}

/// The headers that a browser looks at.
fn told(answer: &Answer) -> Vec<String> {
    let about = |name: &str| name.starts_with("access-control-") || name == "vary";
    let mut lines: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| about(name))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.sort();
    lines
}

const VARY: &str = "vary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
const APP: [&str; 6] = [
    "access-control-allow-credentials: true",
    "access-control-allow-methods: GET, PUT",
    "access-control-allow-origin: https://app.example",
    "access-control-expose-headers: ETag",
    "access-control-max-age: 3000",
    VARY,
];

#[tokio::test]
async fn rules_are_kept_and_given_back() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let get = || Ask::new("GET", "/bucket").query("cors");
    let none = server.ask(get()).await;
    assert_eq!((none.status, &*none.code()), (404, "NoSuchCORSConfiguration"));
    assert_eq!(none.element("BucketName"), "bucket");
    let answer = server.ask(put(RULES)).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0), "{}", answer.text());
    let read = server.ask(get()).await;
    assert_eq!(read.elements("AllowedOrigin"), ["https://app.example", "*"]);
    assert_eq!(read.elements("AllowedMethod"), ["GET", "PUT", "HEAD"]);
    assert_eq!(read.elements("MaxAgeSeconds"), ["3000"]);
    assert!(read.text().contains("<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/"));
    let removed = server.ask(Ask::new("DELETE", "/bucket").query("cors")).await;
    assert_eq!(removed.status, 204);
    assert_eq!(server.ask(get()).await.code(), "NoSuchCORSConfiguration");
    let again = server.ask(Ask::new("DELETE", "/bucket").query("cors")).await;
    assert_eq!(again.status, 204);
}

#[tokio::test]
async fn what_is_no_rule_changes_nothing() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server.ask(put(RULES)).await;
    let bad = RULES.replace("<AllowedMethod>PUT", "<AllowedMethod>PATCH");
    let answer = server.ask(put(&bad)).await;
    assert_eq!((answer.status, &*answer.code()), (400, "InvalidRequest"));
    assert!(answer.text().contains("Unsupported method is PATCH"), "{}", answer.text());
    // 64 KB is the limit, whatever is in it.
    let padded = |bytes: usize| {
        let comment = "-".repeat(bytes - RULES.len() - "<!--  -->".len()).replace('-', "x");
        format!("{RULES}<!-- {comment} -->")
    };
    assert_eq!(server.ask(put(&padded(64 << 10))).await.status, 200);
    let answer = server.ask(put(&padded((64 << 10) + 1))).await;
    assert_eq!((answer.status, &*answer.code()), (400, "MaxMessageLengthExceeded"));
    assert_eq!(answer.element("MaxMessageLengthBytes"), "65536");
    let unchecked = put(RULES);
    let unchecked = Ask {
        headers: unchecked.headers.into_iter().filter(|it| it.0 != "content-md5").collect(),
        payload: testkit::Payload::Unsigned,
        ..unchecked
    };
    let answer = server.ask(unchecked).await;
    assert_eq!((answer.status, &*answer.code()), (400, "InvalidRequest"));
    let read = server.ask(Ask::new("GET", "/bucket").query("cors")).await;
    assert_eq!(read.elements("AllowedMethod"), ["GET", "PUT", "HEAD"]);
}

#[tokio::test]
async fn a_preflight_is_answered_without_a_signature() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server.ask(put(RULES)).await;
    let asked = ("access-control-request-headers", "Content-Type,x-amz-date");
    let app = [origin("https://app.example"), method("PUT"), asked];
    for path in ["/bucket/some/key", "/bucket", "/bucket/k?X-Amz-Signature=0&X-Amz-Algorithm=x"] {
        let answer = server.ask(preflight(path, &app)).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{path}: {}", answer.text());
        let mut expected = APP.map(String::from).to_vec();
        expected.insert(1, "access-control-allow-headers: content-type, x-amz-date".into());
        assert_eq!(told(&answer), expected);
    }
    let anybody = server.ask(preflight("/bucket/k", &[origin("null"), method("HEAD")])).await;
    assert_eq!(
        told(&anybody),
        ["access-control-allow-methods: HEAD", "access-control-allow-origin: *", VARY]
    );
}

#[tokio::test]
async fn a_refused_preflight_says_why() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server.make_bucket("other").await;
    server.ask(put(RULES)).await;
    let a = origin("https://a");
    for (path, headers, status, code, message, kind) in [
        ("/bucket/k", &[method("GET")][..], 400, "BadRequest", "Insufficient information.", None),
        ("/nowhere/k", &[method("GET")], 400, "BadRequest", "Insufficient information.", None),
        ("/bucket/k", &[a], 400, "BadRequest", "Invalid Access-Control-Request-Method: null", None),
        (
            "/bucket/k",
            &[a, method("FLY")],
            400,
            "BadRequest",
            "Invalid Access-Control-Request-Method: FLY",
            None,
        ),
        (
            "/bucket/k",
            &[a, method("PUT")],
            403,
            "AccessForbidden",
            "CORSResponse: This CORS request is not allowed.",
            Some("PUT OBJECT"),
        ),
        (
            "/bucket",
            &[a, method("DELETE")],
            403,
            "AccessForbidden",
            "CORSResponse: This CORS request is not allowed.",
            Some("DELETE BUCKET"),
        ),
        (
            "/other/k",
            &[a, method("GET")],
            403,
            "AccessForbidden",
            "CORSResponse: CORS is not enabled for this bucket.",
            Some("GET BUCKET"),
        ),
        (
            "/nowhere/k",
            &[a],
            403,
            "AccessForbidden",
            "CORSResponse: Bucket not found",
            Some("OPTIONS BUCKET"),
        ),
    ] {
        let answer = server.ask(preflight(path, headers)).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{path} {headers:?}");
        assert!(answer.element("Message").starts_with(message), "{}", answer.text());
        let said = kind
            .map(|_| format!("{} {}", answer.element("Method"), answer.element("ResourceType")));
        assert_eq!(said.as_deref(), kind);
        assert!(told(&answer).is_empty(), "{:?}", answer.headers);
    }
}

#[tokio::test]
async fn answers_tell_pages_that_a_rule_allows_errors_included() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server.ask(Ask::new("PUT", "/bucket/k").body("body")).await;
    let app = |ask: Ask| ask.header("origin", "https://app.example");
    assert!(told(&server.ask(app(Ask::new("GET", "/bucket/k"))).await).is_empty());
    server.ask(put(RULES)).await;
    for (ask, status) in [
        (Ask::new("GET", "/bucket/k"), 200),
        (Ask::new("GET", "/bucket/k").header("range", "bytes=0-1"), 206),
        (Ask::new("GET", "/bucket/nothing"), 404),
        (Ask::new("GET", "/bucket/k").anonymous(), 403),
        (Ask::new("GET", "/bucket/k").signer(|it| it.secret = "wrong".into()), 403),
        (Ask::new("GET", "/bucket/k").header("if-none-match", "*"), 304),
        (Ask::new("PUT", "/bucket/new").body("body"), 200),
        (Ask::new("GET", "/bucket").query("list-type=2"), 200),
    ] {
        let answer = server.ask(app(ask.clone())).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(told(&answer), APP, "{ask:?}");
        assert!(told(&server.ask(ask.header("origin", "https://b")).await).is_empty());
    }
    // Not this method, and nothing that isn't in a bucket.
    for ask in [Ask::new("DELETE", "/bucket/new"), Ask::new("GET", "/"), Ask::new("GET", "/b2/k")] {
        assert!(told(&server.ask(app(ask)).await).is_empty());
    }
}
