//! Who signed: each way that S3 knows, and each way to get it wrong.

use testkit::{Ask, Message, Payload, SECRET, Signature, TestServer};

/// Minutes and days, in seconds.
const MINUTE: u64 = 60;
const DAY: u64 = 24 * 3600;

fn put() -> Ask {
    Ask::new("PUT", "/bucket/key").body("body")
}

fn presigned() -> Ask {
    put().signed(Signature::Presigned { expires_s: "600".into() })
}

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

#[tokio::test]
async fn every_way_of_signing_is_accepted() {
    let server = server().await;
    let expires = put().signer.at_s + 600;
    let crc = testkit::checksum("crc32", b"body");
    let with_trailer = |payload| put().payload(payload).trailer("x-amz-checksum-crc32", &crc);
    for (what, ask) in [
        ("header, signed payload", put()),
        ("header, unsigned payload", put().payload(Payload::Unsigned)),
        ("signed chunks", put().payload(Payload::SignedChunks)),
        ("signed chunks and trailer", with_trailer(Payload::SignedChunksWithTrailer)),
        ("unsigned chunks and trailer", with_trailer(Payload::UnsignedChunksWithTrailer)),
        ("unsigned chunks without a trailer", put().payload(Payload::UnsignedChunksWithTrailer)),
        ("presigned, version 4", presigned()),
        ("presigned, signed chunks", presigned().payload(Payload::SignedChunks)),
        ("presigned, version 2", put().signed(Signature::PresignedV2 { expires })),
        ("another region", put().signer(|it| it.region = "ap-northeast-2".into())),
        ("a region that nobody has", put().signer(|it| it.region = "my_own.region".into())),
        ("many spaces in a header", put().header("x-amz-meta-a", "  a   b  ")),
        ("parameters that nobody knows", put().query("z=1&a=%20%2B&a=&A=~")),
    ] {
        let answer = server.ask(ask).await;
        assert_eq!(answer.status, 200, "{what}: {}", answer.text());
        assert_eq!(answer.header("etag"), Some("\"841a2d689ad86bd1611447453c22c6fc\""), "{what}");
        let read = server.ask(Ask::new("GET", "/bucket/key")).await;
        assert_eq!(read.body, b"body", "{what}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_told_what_was_to_be_signed() {
    let server = server().await;
    let ask = put().signer(|it| it.secret = format!("{SECRET}x"));
    let time = testkit_time(&ask);
    let message = ask.build();
    let given = message.header("authorization").rsplit_once('=').unwrap().1.to_owned();
    let answer = server.refuses("bucket", &message, 403, "SignatureDoesNotMatch").await;
    assert_eq!(
        answer.message(),
        "The request signature we calculated does not match the signature you provided. Check \
         your key and signing method."
    );
    assert_eq!(answer.element("AWSAccessKeyId"), testkit::ACCESS_KEY);
    assert_eq!(answer.element("SignatureProvided"), given);
    assert!(
        answer
            .element("CanonicalRequest")
            .starts_with("PUT\n/bucket/key\n\nhost:127.0.0.1:9000\nx-amz-content-sha256:"),
        "{}",
        answer.text()
    );
    assert!(
        answer.element("StringToSign").starts_with(&format!("AWS4-HMAC-SHA256\n{time}\n")),
        "{}",
        answer.text()
    );
    assert!(answer.element("StringToSignBytes").starts_with("41 57 53 34 "));
    assert!(answer.element("CanonicalRequestBytes").starts_with("50 55 54 0a "));
}

fn testkit_time(ask: &Ask) -> String {
    types::Timestamp::from_millis(ask.signer.at_s * 1000).basic()
}

#[tokio::test]
async fn everything_that_is_signed_is_covered() {
    let server = server().await;
    let header = || put().header("x-amz-meta-a", "1").query("v=1").build();
    let query = || presigned().header("x-amz-meta-a", "1").query("v=1").build();
    let expires = put().signer.at_s + 600;
    let v2 =
        || put().header("x-amz-meta-a", "1").signed(Signature::PresignedV2 { expires }).build();
    let changes: [(&str, Message); 16] = [
        (
            "method",
            Message { method: "POST".into(), ..header().replace_in_target("?v=1", "?v=1&uploads") },
        ),
        ("path", header().replace_in_target("/bucket/key", "/bucket/kex")),
        ("query", header().replace_in_target("v=1", "v=2")),
        ("a parameter more", header().replace_in_target("v=1", "v=1&partNumber=1&uploadId=x")),
        ("header", header().set("x-amz-meta-a", "2")),
        ("a signed header twice", header().add("x-amz-meta-a", "2")),
        ("a signed header gone", header().without("x-amz-meta-a")),
        ("host", header().set("host", "localhost:9000")),
        ("payload's word", header().set("x-amz-content-sha256", "UNSIGNED-PAYLOAD")),
        ("region", header().replace_in("authorization", "us-east-1", "us-west-1")),
        ("presigned path", query().replace_in_target("/bucket/key", "/bucket/kex")),
        ("presigned query", query().replace_in_target("v=1", "v=2")),
        ("presigned expiry", query().replace_in_target("X-Amz-Expires=600", "X-Amz-Expires=601")),
        ("presigned header", query().set("x-amz-meta-a", "2")),
        ("version 2 path", v2().replace_in_target("/bucket/key", "/bucket/kex")),
        ("version 2 header", v2().set("x-amz-meta-a", "2")),
    ];
    for (what, message) in changes {
        let answer = server.refuses("bucket", &message, 403, "SignatureDoesNotMatch").await;
        assert!(!answer.element("StringToSign").is_empty(), "{what}");
    }
    let moved =
        v2().replace_in_target(&format!("Expires={expires}"), &format!("Expires={}", expires + 1));
    server.refuses("bucket", &moved, 403, "SignatureDoesNotMatch").await;
}

#[tokio::test]
async fn headers_of_amazon_must_be_signed() {
    let server = server().await;
    for ask in [
        put().unsigned("x-amz-meta-a", "1"),
        presigned().unsigned("x-amz-meta-a", "1"),
        put().unsigned("x-amz-security-token", "t"),
    ] {
        // The token is refused as such: root's key belongs to no session.
        let message = ask.build();
        let token = message.headers.iter().any(|(name, _)| name == "x-amz-security-token");
        let (status, code) = if token { (400, "InvalidToken") } else { (403, "AccessDenied") };
        let answer = server.refuses("bucket", &message, status, code).await;
        if !token {
            assert_eq!(
                answer.message(),
                "There were headers present in the request which were not signed"
            );
            assert_eq!(answer.element("HeadersNotSigned"), "x-amz-meta-a");
        }
    }
    // The host must be, and x-amz-content-sha256 needs not: the signature covers it anyway.
    let mut no_host = put();
    no_host.headers.clear();
    let message = no_host.unsigned("host", "127.0.0.1:9000").build();
    let answer = server.refuses("bucket", &message, 403, "AccessDenied").await;
    assert_eq!(answer.element("HeadersNotSigned"), "host");
    let hash = testkit::sha256_hex(b"body");
    let mut ask = put().payload(Payload::Silent);
    ask.unsigned.push(("x-amz-content-sha256".into(), hash));
    assert_eq!(server.ask(ask).await.status, 200);
}

#[tokio::test]
async fn the_clock_may_be_off_by_a_quarter_of_an_hour() {
    let server = server().await;
    let now = put().signer.at_s;
    let at = |at_s: u64| put().signer(|it| it.at_s = at_s);
    for near in [now - 14 * MINUTE, now + 14 * MINUTE] {
        assert_eq!(server.ask(at(near)).await.status, 200);
    }
    for far in [now - 16 * MINUTE, now + 16 * MINUTE, now - 400 * DAY] {
        let message = at(far).build();
        let answer = server.refuses("bucket", &message, 403, "RequestTimeTooSkewed").await;
        assert_eq!(
            answer.message(),
            "The difference between the request time and the current time is too large."
        );
        assert_eq!(answer.element("MaxAllowedSkewMilliseconds"), "900000");
        assert!(
            !answer.element("RequestTime").is_empty() && !answer.element("ServerTime").is_empty()
        );
    }
    // An HTTP date does as well, in either header.
    let text = types::Timestamp::from_millis(now * 1000).http_date();
    assert_eq!(server.ask(put().header("x-amz-date", &text)).await.status, 200);
}

#[tokio::test]
async fn presigned_urls_hold_for_their_time_and_a_week_at_most() {
    let server = server().await;
    let now = put().signer.at_s;
    let ask = |at_s, expires_s: &str| {
        put()
            .signer(|it| it.at_s = at_s)
            .signed(Signature::Presigned { expires_s: expires_s.into() })
    };
    let week = (7 * DAY).to_string();
    assert_eq!(server.ask(ask(now - 7 * DAY + MINUTE, &week)).await.status, 200);
    assert_eq!(server.ask(ask(now + 10 * MINUTE, "1")).await.status, 200);
    let expired = ask(now - 11 * MINUTE, "600").build();
    let answer = server.refuses("bucket", &expired, 403, "AccessDenied").await;
    assert_eq!(answer.message(), "Request has expired");
    assert_eq!(answer.element("X-Amz-Expires"), "600");
    let end = types::Timestamp::from_millis((now - 11 * MINUTE + 600) * 1000);
    assert_eq!(answer.element("Expires"), end.iso8601_seconds());
    assert_eq!(answer.element("ServerTime").len(), "2026-11-24T10:12:00Z".len());
    let early = ask(now + 20 * MINUTE, "600").build();
    let answer = server.refuses("bucket", &early, 403, "AccessDenied").await;
    assert_eq!(answer.message(), "Request is not yet valid");
    for (expires, sentence) in [
        (
            "604801",
            "X-Amz-Expires must be less than a week (in seconds); that is, the given \
             X-Amz-Expires must be less than 604800 seconds",
        ),
        ("-1", "X-Amz-Expires must be non-negative"),
        ("soon", "X-Amz-Expires should be a number"),
        ("", "X-Amz-Expires should be a number"),
        ("99999999999999999999", "X-Amz-Expires should be a number"),
    ] {
        let message = ask(now, expires).build();
        let code = "AuthorizationQueryParametersError";
        let answer = server.refuses("bucket", &message, 400, code).await;
        assert_eq!(answer.message(), sentence, "{expires}");
    }
    let expires = now - 1;
    let v2 = put().signed(Signature::PresignedV2 { expires }).build();
    let answer = server.refuses("bucket", &v2, 403, "AccessDenied").await;
    assert_eq!(answer.message(), "Request has expired");
}

#[tokio::test]
async fn a_header_that_a_presigned_url_signs_and_carries_need_not_be_sent() {
    // The JavaScript SDK 2: PutObject with metadata.
    let server = server().await;
    let ask = || presigned().header("x-amz-meta-a", "v  w").query("X-Amz-Meta-A=v%20%20w");
    let message = ask().build().without("x-amz-meta-a");
    let answer = server.send(&message).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let read = server.ask(Ask::new("HEAD", "/bucket/key")).await;
    assert_eq!(read.header("x-amz-meta-a").map(str::trim), Some("v  w"));
    // Another value than the URL's counts, and wasn't signed.
    let other = ask().build().set("x-amz-meta-a", "other");
    server.refuses("bucket", &other, 403, "SignatureDoesNotMatch").await;
    // What pins the body must come: as a parameter it would check nothing.
    let crc = testkit::checksum("crc32", b"body");
    let pinned = || {
        let query = format!("x-amz-checksum-crc32={}", testkit::percent(&crc, false));
        presigned().header("x-amz-checksum-crc32", &crc).query(&query).build()
    };
    assert_eq!(server.send(&pinned()).await.status, 200);
    let left_out = pinned().without("x-amz-checksum-crc32");
    server.refuses("bucket", &left_out, 403, "SignatureDoesNotMatch").await;
    // Nor does a header's own signature read the query.
    let by_header = put().header("x-amz-meta-a", "v").query("x-amz-meta-a=v").build();
    let left_out = by_header.without("x-amz-meta-a");
    server.refuses("bucket", &left_out, 403, "SignatureDoesNotMatch").await;
}

#[tokio::test]
async fn version_2_is_for_presigned_urls_and_can_be_turned_off() {
    let sentence = "The authorization mechanism you have provided is not supported. Please use \
                    AWS4-HMAC-SHA256.";
    let on = server().await;
    let by_header = put().signed(Signature::HeaderV2).build();
    let answer = on.refuses("bucket", &by_header, 400, "InvalidRequest").await;
    assert_eq!(answer.message(), sentence);
    let off = TestServer::with(&[("ONGGI_SIGV2", "false")], Default::default()).await;
    off.make_bucket("bucket").await;
    let expires = put().signer.at_s + 600;
    let presigned = put().signed(Signature::PresignedV2 { expires }).build();
    let answer = off.refuses("bucket", &presigned, 400, "InvalidRequest").await;
    assert_eq!(answer.message(), sentence);
}

#[tokio::test]
async fn a_key_that_nobody_has_is_named() {
    let server = server().await;
    let expires = put().signer.at_s + 600;
    for signature in [
        Signature::Header,
        Signature::Presigned { expires_s: "600".into() },
        Signature::PresignedV2 { expires },
    ] {
        let ask = put().signed(signature).signer(|it| it.access_key = "AKIANOBODY".into());
        let answer = server.refuses("bucket", &ask.build(), 403, "InvalidAccessKeyId").await;
        assert_eq!(answer.element("AWSAccessKeyId"), "AKIANOBODY");
        assert_eq!(
            answer.message(),
            "The AWS Access Key Id you provided does not exist in our records."
        );
    }
}

#[tokio::test]
async fn root_has_no_session_tokens() {
    let server = server().await;
    let token = |ask: Ask| ask.signer(|it| it.token = Some("FwoGZXIvYXdzEXAMPLE".into()));
    for ask in [token(put()), token(presigned()), put().header("x-amz-security-token", "\u{e9}")] {
        server.refuses("bucket", &ask.build(), 400, "InvalidToken").await;
    }
}

#[tokio::test]
async fn malformed_authorization_headers_are_refused_by_what_is_wrong() {
    let server = server().await;
    let good = || put().build();
    let edit = |from: &str, to: &str| good().replace_in("authorization", from, to);
    let value = good().header("authorization").to_owned();
    let malformed = "AuthorizationHeaderMalformed";
    let missing = |what: &str| format!("The authorization header is malformed; missing {what}.");
    let components = "The authorization header is malformed; the authorization header requires \
                      three components: Credential, SignedHeaders, and Signature.";
    let no_region = "The authorization header is malformed; a non-empty region must be provided in \
                     the credential.";
    let credential = "The authorization header is malformed; the Credential is mal-formed; \
                      expecting \"&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request\".";
    for (what, message, code, sentence) in [
        ("no credential", edit("Credential=", "Credentials="), malformed, &*missing("Credential")),
        (
            "no signed headers",
            edit("SignedHeaders=", "Headers="),
            malformed,
            &missing("SignedHeaders"),
        ),
        ("no signature", edit("Signature=", "Sig="), malformed, &missing("Signature")),
        ("nothing", good().set("authorization", "AWS4-HMAC-SHA256"), malformed, components),
        (
            "credential twice",
            edit("Credential=", "Credential=x/20261125/us-east-1/s3/aws4_request, Credential="),
            malformed,
            components,
        ),
        ("no scope", edit("/us-east-1/s3/aws4_request", ""), malformed, credential),
        ("no region", edit("/us-east-1/", "//"), malformed, no_region),
        (
            "other ending",
            edit("aws4_request", "aws4_reqest"),
            malformed,
            "The authorization header is malformed; incorrect terminal \"aws4_reqest\". \
             This endpoint uses \"aws4_request\".",
        ),
        ("no day", edit("/us-east-1/", "x/us-east-1/"), malformed, ""),
        (
            "a header signed twice",
            edit("SignedHeaders=host;", "SignedHeaders=host;host;"),
            malformed,
            "",
        ),
        (
            "other algorithm",
            edit("AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 "),
            "InvalidArgument",
            "Unsupported Authorization Type",
        ),
        (
            "longer algorithm",
            edit("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA2567 "),
            "InvalidArgument",
            "Unsupported Authorization Type",
        ),
        (
            "basic",
            good().set("authorization", "Basic cm9vdDpyb290"),
            "InvalidArgument",
            "Unsupported Authorization Type",
        ),
        (
            "empty",
            good().set("authorization", ""),
            "InvalidArgument",
            "Authorization header is invalid -- one and only one ' ' (space) required.",
        ),
        ("two of them", good().add("authorization", &value), "InvalidArgument", ""),
    ] {
        let answer = server.refuses("bucket", &message, 400, code).await;
        if !sentence.is_empty() {
            assert_eq!(answer.message(), sentence, "{what}");
        }
    }
    let service = put().signer(|it| it.service = "ec2".into()).build();
    server.refuses("bucket", &service, 400, malformed).await;
    // IAM's and STS's scopes are for them alone.
    let service = put().signer(|it| it.service = "iam".into()).build();
    let answer = server.refuses("bucket", &service, 400, malformed).await;
    assert_eq!(
        answer.message(),
        "The authorization header is malformed; incorrect service \"iam\". This \
         endpoint belongs to \"s3\"."
    );
}

#[tokio::test]
async fn a_signature_is_the_whole_of_it() {
    let server = server().await;
    let good = put().build();
    let signature = good.header("authorization").rsplit_once('=').unwrap().1.to_owned();
    for other in ["", "abc", &signature[1..], &signature.to_uppercase(), &"g".repeat(64)] {
        let message = put().build();
        let given = message.header("authorization").rsplit_once('=').unwrap().1.to_owned();
        let message = message.replace_in("authorization", &given, other);
        let answer = server.refuses("bucket", &message, 403, "SignatureDoesNotMatch").await;
        assert_eq!(answer.element("SignatureProvided"), other);
    }
}

#[tokio::test]
async fn dates_must_be_there_and_agree() {
    let server = server().await;
    let good = || put().build();
    let day = good().header("x-amz-date")[..8].to_owned();
    let scope =
        |to: &str| good().replace_in("authorization", &format!("/{day}/"), &format!("/{to}/"));
    for (message, status, code) in [
        (good().without("x-amz-date"), 403, "AccessDenied"),
        (good().set("x-amz-date", "yesterday"), 403, "AccessDenied"),
        (scope("20200101"), 400, "AuthorizationHeaderMalformed"),
        // A day that is only the beginning of one would make a key for years.
        (scope(&day[..4]), 400, "AuthorizationHeaderMalformed"),
        (scope(""), 400, "AuthorizationHeaderMalformed"),
        (good().without("x-amz-content-sha256"), 400, "InvalidRequest"),
        (good().set("x-amz-content-sha256", "abc"), 400, "InvalidArgument"),
        (good().set("x-amz-content-sha256", ""), 400, "InvalidArgument"),
    ] {
        server.refuses("bucket", &message, status, code).await;
    }
}

#[tokio::test]
async fn presigned_queries_are_refused_by_what_is_wrong() {
    let server = server().await;
    let good = || presigned().build();
    let code = "AuthorizationQueryParametersError";
    let all = "Query-string authentication version 4 requires the X-Amz-Algorithm, \
               X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and \
               X-Amz-Expires parameters.";
    for name in ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"] {
        let message = good().replace_in_target(&format!("X-Amz-{name}="), "gone=");
        let answer = server.refuses("bucket", &message, 400, code).await;
        assert_eq!(answer.message(), all, "{name}");
    }
    let day = testkit_time(&presigned())[..8].to_owned();
    for (from, to) in [
        ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"),
        ("aws4_request", "aws4"),
        ("X-Amz-Date=2", "X-Amz-Date=x2"),
        ("%2Fs3%2F", "%2Fec2%2F"),
        (&format!("%2F{day}%2F"), "%2F20200101%2F"),
        ("SignedHeaders=host", "SignedHeaders=host%3Bhost"),
    ] {
        server.refuses("bucket", &good().replace_in_target(from, to), 400, code).await;
    }
    // Of what is there twice one would be checked and the other perhaps believed.
    let zeros = format!("X-Amz-Signature={}&X-Amz-Signature=", "0".repeat(64));
    for (from, to) in [
        ("X-Amz-Expires=600", "X-Amz-Expires=600&X-Amz-Expires=6000"),
        ("X-Amz-Signature=", &zeros),
    ] {
        let twice = good().replace_in_target(from, to);
        server.refuses("bucket", &twice, 400, "InvalidArgument").await;
    }
}

/// Version 2 signs the parameters that it knows. What came to S3 later isn't among them, and would make
/// another operation of a URL.
#[tokio::test]
async fn version_2_is_for_operations_that_it_can_tell_apart() {
    let server = server().await;
    let expires = Ask::new("GET", "/").signer.at_s + 60;
    let url = |method: &str| {
        Ask::new(method, "/bucket").signed(Signature::PresignedV2 { expires }).build()
    };
    let with = |method: &str, more: &str| {
        let mut message = url(method);
        message.target.push_str(more);
        message
    };
    assert_eq!(server.send(&with("GET", "&list-type=2&prefix=a")).await.status, 200);
    for (method, more) in [
        ("GET", "&abac"),
        ("PUT", "&abac"),
        ("GET", "&intelligent-tiering"),
        ("GET", "&intelligent-tiering&id=1"),
        ("PUT", "&metadataTable"),
    ] {
        server.refuses("bucket", &with(method, more), 400, "InvalidRequest").await;
    }
    for more in ["&acl", "&policy", "&tagging", "&versions", "&uploads"] {
        server.refuses("bucket", &with("GET", more), 403, "SignatureDoesNotMatch").await;
    }
}

#[tokio::test]
async fn only_one_way_of_signing_at_a_time() {
    let server = server().await;
    let expires = put().signer.at_s + 600;
    let header = put().build();
    let v4 = presigned().build();
    let v2 = put().signed(Signature::PresignedV2 { expires }).build();
    let query = |it: &Message| it.target.split_once('?').unwrap().1.to_owned();
    let sentence = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
                    Signature query string parameter or the Authorization header should be \
                    specified";
    for (message, added) in [(header.clone(), query(&v4)), (header, query(&v2)), (v4, query(&v2))] {
        let mark = if message.target.contains('?') { "&" } else { "?" };
        let target = format!("{}{mark}{added}", message.target);
        let message = Message { target, ..message };
        let answer = server.refuses("bucket", &message, 400, "InvalidArgument").await;
        assert_eq!(answer.message(), sentence);
    }
}

#[tokio::test]
async fn anonymous_callers_get_nothing() {
    let server = server().await;
    assert_eq!(server.ask(put()).await.status, 200);
    for ask in [
        Ask::new("GET", "/bucket/key"),
        Ask::new("GET", "/bucket/none"),
        Ask::new("HEAD", "/bucket/key"),
        Ask::new("DELETE", "/bucket/key"),
        Ask::new("GET", "/bucket"),
        Ask::new("GET", "/"),
        Ask::new("PUT", "/other"),
        Ask::new("PUT", "/bucket/new").body("x"),
        Ask::new("POST", "/bucket/new").query("uploads"),
        Ask::new("POST", "/bucket").query("delete").body("<Delete/>"),
    ] {
        let head = ask.method == "HEAD";
        let message = ask.anonymous().build();
        if head {
            assert_eq!(server.send(&message).await.status, 403);
        } else {
            server.refuses("bucket", &message, 403, "AccessDenied").await;
        }
    }
}

#[tokio::test]
async fn headers_that_are_no_text_are_covered_as_their_bytes() {
    let server = server().await;
    let mut message = put().header("x-amz-meta-name", "옹기").build();
    assert_eq!(server.send(&message).await.status, 200);
    let read = server.ask(Ask::new("GET", "/bucket/key")).await;
    assert!(read.header("x-amz-meta-name").is_some());
    for (name, value) in &mut message.headers {
        if name == "x-amz-meta-name" {
            *value = vec![0xff, 0xfe];
        }
    }
    server.refuses("bucket", &message, 403, "SignatureDoesNotMatch").await;
}

#[tokio::test]
async fn a_signature_of_many_names_is_no_way_to_exhaust_the_server() {
    // Canonical requests grow with names times values: each name counts once.
    let server = server().await;
    let long = "v".repeat(1500);
    let names = ";x-amz-meta-a".repeat(400);
    let message = put().header("x-amz-meta-a", &long).build().replace_in(
        "authorization",
        ";x-amz-meta-a",
        &names,
    );
    server.refuses("bucket", &message, 400, "AuthorizationHeaderMalformed").await;
}
