//! Conditions of reads, writes and deletions.

use testkit::{Answer, Ask, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    server.ask(Ask::new("PUT", "/bkt/k").body("body")).await;
    server
}

fn told(answer: &Answer) -> (u16, String, String) {
    (answer.status, answer.code(), answer.element("Condition"))
}

#[tokio::test]
async fn a_condition_that_fails_is_named() {
    let server = server().await;
    let past = "Tue, 24 Nov 2020 10:12:00 GMT";
    for (method, path, header, value, status, code, condition) in [
        ("GET", "/bkt/k", "if-match", "\"x\"", 412, "PreconditionFailed", "If-Match"),
        (
            "GET",
            "/bkt/k",
            "if-unmodified-since",
            past,
            412,
            "PreconditionFailed",
            "If-Unmodified-Since",
        ),
        ("PUT", "/bkt/k", "if-none-match", "*", 412, "PreconditionFailed", "If-None-Match"),
        ("PUT", "/bkt/k", "if-match", "\"x\"", 412, "PreconditionFailed", "If-Match"),
        ("PUT", "/bkt/none", "if-match", "\"x\"", 404, "NoSuchKey", ""),
        ("DELETE", "/bkt/k", "if-match", "\"x\"", 412, "PreconditionFailed", "If-Match"),
        ("DELETE", "/bkt/none", "if-match", "*", 404, "NoSuchKey", ""),
        // What S3 doesn't take, it says so.
        ("PUT", "/bkt/k", "if-none-match", "\"x\"", 501, "NotImplemented", ""),
        ("PUT", "/bkt/k", "if-match", "*", 501, "NotImplemented", ""),
    ] {
        let answer = server.ask(Ask::new(method, path).header(header, value)).await;
        let wanted = (status, code.to_owned(), condition.to_owned());
        assert_eq!(told(&answer), wanted, "{method} {path} {header}: {value}");
    }
    let both = Ask::new("PUT", "/bkt/k").header("if-match", "\"x\"").header("if-none-match", "*");
    assert_eq!(server.ask(both).await.element("Header"), "If-Match,If-None-Match");
    assert_eq!(server.ask(Ask::new("GET", "/bkt/k")).await.body, b"body");
}

#[tokio::test]
async fn dates_of_the_future_say_nothing() {
    let server = server().await;
    let future = "Tue, 24 Nov 2099 10:12:00 GMT";
    let ask = Ask::new("GET", "/bkt/k").header("if-modified-since", future);
    assert_eq!(server.ask(ask).await.status, 200);
}

#[tokio::test]
async fn a_deletion_of_many_judges_each() {
    let server = server().await;
    let document = "<Delete><Object><Key>k</Key><VersionId>x</VersionId></Object>\
                    <Object><Key>none</Key></Object></Delete>";
    let ask = Ask::new("POST", "/bkt").query("delete").body(document);
    let answer = server.ask(ask.header("x-amz-bypass-governance-retention", "true")).await;
    assert_eq!((answer.status, answer.element("Code")), (200, "NoSuchVersion".into()));
    assert_eq!(answer.elements("Key"), ["none", "k"]);
    let nameless = "<Delete><Object><Key></Key></Object></Delete>";
    let answer = server.ask(Ask::new("POST", "/bkt").query("delete").body(nameless)).await;
    assert_eq!(answer.code(), "MalformedXML");
    let bypass = Ask::new("DELETE", "/bkt/k").header("x-amz-bypass-governance-retention", "true");
    assert_eq!(server.ask(bypass).await.code(), "InvalidArgument");
}
