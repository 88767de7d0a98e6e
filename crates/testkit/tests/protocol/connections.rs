//! What happens on a connection: 100 Continue, keep-alive, HEAD, ids, heads that mean two things.

use std::time::Duration;

use testkit::{Ask, Payload, Signature, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

fn put() -> Ask {
    Ask::new("PUT", "/bucket/key").body("body")
}

#[tokio::test]
async fn a_request_that_is_refused_is_not_told_to_continue() {
    let server = server().await;
    let expecting = |ask: Ask| ask.unsigned("expect", "100-continue").build();
    let md5 = "not base64";
    for (message, status) in [
        (expecting(put().anonymous()), 403),
        (expecting(put().signer(|it| it.secret += "x")), 403),
        (expecting(put().header("content-md5", md5)), 400),
        (expecting(put().header("x-amz-object-lock-mode", "GOVERNANCE")), 501),
        (expecting(put().header("x-amz-meta-a", &"v".repeat(3000))), 400),
        (expecting(Ask::new("PUT", "/nobucket/key").body("body")), 404),
        (expecting(put().query("partNumber=1&uploadId=none")), 404),
    ] {
        let mut connection = server.connect().await;
        connection.write(&message.head()).await;
        let answer = connection.any_answer("PUT").await.unwrap();
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    let message = expecting(put());
    let mut connection = server.connect().await;
    connection.write(&message.head()).await;
    assert_eq!(connection.any_answer("PUT").await.unwrap().status, 100);
    connection.write(&message.body).await;
    assert_eq!(connection.any_answer("PUT").await.unwrap().status, 200);
}

/// As `curl | nc` and old proxies do it: the request is whole, and nothing more will come.
#[tokio::test]
async fn who_sends_no_more_is_answered_all_the_same() {
    let server = server().await;
    let message = put().build();
    let stalled = server.engine().stall_changes().await;
    let mut connection = server.connect().await;
    connection.write(&message.head()).await;
    connection.write(&message.body).await;
    connection.end_writing().await;
    // The server has seen the end by now, and is still at work.
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(stalled);
    assert_eq!(connection.answer("PUT").await.status, 200);
    assert!(connection.is_closed_within(Duration::from_secs(10)).await);
    assert_eq!(server.ask(Ask::new("GET", "/bucket/key")).await.body, b"body");
}

#[tokio::test]
async fn errors_leave_the_connection_usable_or_say_that_it_ends() {
    let server = server().await;
    let mut connection = server.connect().await;
    let ok = Ask::new("GET", "/bucket").build();
    for refused in [
        Ask::new("GET", "/bucket/none").build(),
        Ask::new("HEAD", "/bucket/none").build(),
        put().anonymous().build(),
        put().build().with_body(*b"other"),
        put().payload(Payload::SignedChunks).build().replace_in_body(b"body", b"bady"),
        Ask::new("PATCH", "/bucket").build(),
        put().header("x-amz-object-lock-mode", "GOVERNANCE").body(vec![b'x'; 1 << 20]).build(),
    ] {
        let answer = connection.exchange(&refused).await;
        assert!(answer.status >= 400);
        if answer.header("connection") == Some("close") {
            assert!(connection.is_closed_within(Duration::from_secs(10)).await);
            connection = server.connect().await;
        }
        assert_eq!(connection.exchange(&ok).await.status, 200, "after {}", refused.target);
    }
}

#[tokio::test]
async fn requests_are_answered_in_their_order() {
    let server = server().await;
    let mut connection = server.connect().await;
    let first = put().build();
    let second = Ask::new("GET", "/bucket/key").build();
    let all = [first.head(), first.body.clone(), second.head(), second.head()].concat();
    connection.write(&all).await;
    assert_eq!(connection.answer("PUT").await.status, 200);
    assert_eq!(connection.answer("GET").await.body, b"body");
    assert_eq!(connection.answer("GET").await.body, b"body");
}

#[tokio::test]
async fn head_answers_what_get_would_without_a_body() {
    let server = server().await;
    assert_eq!(server.ask(put().header("content-type", "image/jpeg")).await.status, 200);
    let mut connection = server.connect().await;
    let (get, head) =
        (Ask::new("GET", "/bucket/key").build(), Ask::new("HEAD", "/bucket/key").build());
    let (got, headed) = (connection.exchange(&get).await, connection.exchange(&head).await);
    for name in ["content-length", "content-type", "etag", "last-modified", "accept-ranges"] {
        assert_eq!(got.header(name), headed.header(name), "{name}");
        assert!(headed.header(name).is_some(), "{name}");
    }
    for (path, status) in [("/bucket/none", 404), ("/nobucket", 404)] {
        let answer = connection.exchange(&Ask::new("HEAD", path).build()).await;
        assert_eq!(answer.status, status);
        assert!(answer.header("x-amz-request-id").is_some());
        assert!(answer.header("content-type").is_none());
    }
    assert_eq!(connection.exchange(&get).await.body, b"body");
}

#[tokio::test]
async fn every_answer_has_an_id_that_its_error_repeats() {
    let server = server().await;
    let mut seen = std::collections::HashSet::new();
    for ask in [
        Ask::new("GET", "/bucket"),
        Ask::new("GET", "/bucket/none"),
        Ask::new("GET", "/bucket").anonymous(),
        Ask::new("GET", "/_onggi/health/live").anonymous(),
        put().signer(|it| it.secret += "x"),
        put().query("uploads").header("x-amz-mfa", "x"),
    ] {
        let answer = server.ask(ask).await;
        let id = answer.header("x-amz-request-id").unwrap().to_owned();
        assert_eq!(id.len(), 16);
        assert!(id.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase()));
        let host = answer.header("x-amz-id-2").unwrap();
        if answer.status >= 400 {
            assert_eq!(answer.element("RequestId"), id);
            assert_eq!(answer.element("HostId"), host);
            assert!(!answer.text().contains("<Resource>"));
            assert_eq!(answer.header("content-type"), Some("application/xml"));
        }
        assert!(seen.insert(id));
    }
}

#[tokio::test]
async fn heads_that_mean_two_things_are_refused_and_end_the_connection() {
    let server = server().await;
    let good = || put().payload(Payload::Unsigned).build();
    let smuggled = b"0\r\n\r\nGET /bucket HTTP/1.1\r\nhost: h\r\n\r\n".to_vec();
    for message in [
        good().add("transfer-encoding", "chunked").with_body(smuggled),
        good().add("transfer-encoding", "chunked"),
        good().add("host", "elsewhere"),
        good().without("host"),
        Ask::new("GET", "/_onggi/health/live").anonymous().build().without("host"),
        good().add("content-length", "5"),
        good().set("content-length", "4, 5"),
        good().set("content-length", "+4"),
        good().set("content-length", "0x4"),
        good().without("content-length").add("transfer-encoding", "chunked, identity"),
        good().without("content-length").add("transfer-encoding", "xchunked"),
    ] {
        let before = server.contents("bucket").await;
        let mut connection = server.connect().await;
        let answer = connection.exchange(&message).await;
        let head = String::from_utf8(message.head()).unwrap();
        // Of two lengths the HTTP layer drops Content-Length (RFC 9112, 6.3); what is left is a
        // transfer in chunks, which objects can't come in.
        assert!([400, 501].contains(&answer.status), "{head}{}", answer.text());
        assert!(connection.is_closed_within(Duration::from_secs(10)).await, "{head}");
        assert_eq!(server.contents("bucket").await, before);
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let server = server().await;
    let mut long = b"GET /".to_vec();
    long.resize(200_000, b'a');
    for bytes in [
        b"nonsense\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost : h\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: h\r\n folded\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: a\0b\r\n\r\n".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(),
        long,
    ] {
        let mut connection = server.connect().await;
        connection.write(&bytes).await;
        if let Some(answer) = connection.any_answer("GET").await {
            assert!((400..506).contains(&answer.status), "{}", answer.text());
        }
    }
    // HTTP/1.0 is one, and needs no host.
    let mut connection = server.connect().await;
    connection.write(b"GET /_onggi/health/live HTTP/1.0\r\n\r\n").await;
    assert_eq!(connection.answer("GET").await.status, 200);
    assert_eq!(server.ask(put()).await.status, 200);
}

#[tokio::test]
async fn heads_that_never_end_and_idle_connections_are_given_up() {
    let server = TestServer::with(&[], TestServer::short_timeouts()).await;
    let head = Ask::new("GET", "/").build().head();
    for sent in [0, 10, head.len() - 1] {
        let mut connection = server.connect().await;
        connection.write(&head[..sent]).await;
        while connection.read_more().await {}
    }
    let mut connection = server.connect().await;
    assert_eq!(connection.exchange(&Ask::new("GET", "/").build()).await.status, 200);
    assert!(connection.is_closed_within(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answer_is_given_up() {
    let settings = [("ONGGI_CONNECTIONS_MAX", "2")];
    let server = TestServer::with(&settings, TestServer::short_timeouts()).await;
    server.make_bucket("bucket").await;
    // More than the sockets' buffers take.
    let big = Ask::new("PUT", "/bucket/big").body(vec![b'x'; 32 << 20]).payload(Payload::Unsigned);
    assert_eq!(server.ask(big).await.status, 200);
    let message = Ask::new("GET", "/bucket/big").build();
    let (mut one, mut two) = (server.connect().await, server.connect().await);
    one.write(&message.head()).await;
    two.write(&message.head()).await;
    // Both places are taken by clients that don't read: a third gets one when they are given up.
    let mut third = server.connect().await;
    assert_eq!(third.exchange(&Ask::new("HEAD", "/bucket/big").build()).await.status, 200);
}

#[tokio::test]
async fn presigned_queries_stay_credentials_in_every_spelling() {
    // What the log masks is tested beside it; here: another spelling is the same parameter.
    let server = server().await;
    let message = put().signed(Signature::Presigned { expires_s: "60".into() }).build();
    let spelt = message.clone().replace_in_target("X-Amz-Signature=", "X-Amz-Signatur%65=");
    assert_eq!(server.send(&spelt).await.status, 200);
    let cut = message.replace_in_target("X-Amz-Signature=", "X-Amz-Signature%3D=");
    server.refuses("bucket", &cut, 400, "AuthorizationQueryParametersError").await;
}
