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
    assert_eq!(server.ask(bypass).await.status, 204);
}

#[tokio::test]
async fn a_deletion_of_many_with_tags() {
    let server = server().await;
    let object =
        |key: &str, etag: &str| format!("<Object><Key>{key}</Key><ETag>{etag}</ETag></Object>");
    let etag = "&quot;841a2d689ad86bd1611447453c22c6fc&quot;";
    let document = format!(
        "<Delete>{}{}{}</Delete>",
        object("k", "x"),
        object("none", etag),
        object("k", etag)
    );
    let answer = server.ask(Ask::new("POST", "/bkt").query("delete").body(document)).await;
    assert_eq!(answer.elements("Code"), ["PreconditionFailed", "NoSuchKey"], "{}", answer.text());
    assert!(answer.text().contains("<Deleted><Key>k</Key></Deleted>"));
    assert_eq!(server.listed("bkt").await, [""; 0]);
}

/// An upload of one part of key `k`.
async fn begin(server: &TestServer) -> (String, String) {
    let id = server.ask(Ask::new("POST", "/bkt/k").query("uploads")).await.element("UploadId");
    let part = Ask::new("PUT", "/bkt/k").query(&format!("partNumber=1&uploadId={id}")).body("x");
    let etag = server.ask(part).await.header("etag").unwrap_or_default().to_owned();
    let document = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>\
         </CompleteMultipartUpload>"
    );
    (id, document)
}

/// As AWS answers, as others have recorded it: the condition is about the object that was there, or
/// wasn't, when the upload began.
#[tokio::test]
async fn a_completion_with_a_condition_conflicts_with_what_happened_since_its_upload_began() {
    let server = server().await;
    let complete = async |(id, document): &(String, String), header: &str, value: &str| {
        let ask = Ask::new("POST", "/bkt/k").query(&format!("uploadId={id}"));
        let answer = server.ask(ask.body(document.clone()).header(header, value)).await;
        (answer.status, answer.code(), answer.element("Condition"))
    };
    let wanted = |status, code: &str, condition: &str| (status, code.into(), condition.into());
    let put = async |body: &'static str| {
        let put = server.ask(Ask::new("PUT", "/bkt/k").body(body)).await;
        put.header("etag").unwrap_or_default().to_owned()
    };
    let delete = async || assert_eq!(server.ask(Ask::new("DELETE", "/bkt/k")).await.status, 204);
    let failed = |condition| wanted(412, "PreconditionFailed", condition);
    let conflict = |condition| wanted(409, "ConditionalRequestConflict", condition);

    let first = put("1").await;
    let upload = begin(&server).await;
    assert_eq!(complete(&upload, "if-none-match", "*").await, failed("If-None-Match"));
    let second = put("2").await;
    assert_eq!(complete(&upload, "if-match", &first).await, failed("If-Match"));
    assert_eq!(complete(&upload, "if-match", &second).await, conflict("If-Match"));
    delete().await;
    assert_eq!(complete(&upload, "if-match", &first).await, wanted(404, "NoSuchKey", ""));
    assert_eq!(complete(&upload, "if-none-match", "*").await, conflict("If-None-Match"));
    put("1").await;
    assert_eq!(complete(&upload, "if-match", &first).await, conflict("If-Match"), "another write");

    let upload = begin(&server).await;
    let tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
    server.ask(Ask::new("PUT", "/bkt/k").query("tagging").body(tags)).await;
    assert_eq!(complete(&upload, "if-match", &first).await, wanted(200, "", ""), "the same write");
    delete().await;
    let upload = begin(&server).await;
    assert_eq!(complete(&upload, "if-none-match", "*").await, wanted(200, "", ""));
}
