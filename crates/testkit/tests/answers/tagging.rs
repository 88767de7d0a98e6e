//! Tags of objects ("Categorizing your objects using tags", S3 User Guide).

use testkit::{Answer, Ask, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    server
}

fn document(tags: &[(&str, &str)]) -> String {
    let tag =
        |(key, value): &(&str, &str)| format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>");
    let tags: String = tags.iter().map(tag).collect();
    format!("<Tagging><TagSet>{tags}</TagSet></Tagging>")
}

async fn put_tags(server: &TestServer, tags: &[(&str, &str)]) -> Answer {
    server.ask(Ask::new("PUT", "/bkt/k").query("tagging").body(document(tags))).await
}

async fn tags(server: &TestServer) -> Vec<(String, String)> {
    let answer = server.ask(Ask::new("GET", "/bkt/k").query("tagging")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.elements("Key").into_iter().zip(answer.elements("Value")).collect()
}

fn pair(key: &str, value: &str) -> (String, String) {
    (key.into(), value.into())
}

#[tokio::test]
async fn tags_come_with_an_object_are_replaced_and_go() {
    let server = server().await;
    let put = Ask::new("PUT", "/bkt/k").body("x").header("x-amz-tagging", "a=1&b=");
    let put = server.ask(put.header("x-amz-meta-m", "v")).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(tags(&server).await, [pair("a", "1"), pair("b", "")]);
    let before = server.ask(Ask::new("HEAD", "/bkt/k")).await;
    assert_eq!(before.header("x-amz-tagging-count"), Some("2"));
    assert_eq!(put_tags(&server, &[("옹기", "큰 독")]).await.status, 200);
    assert_eq!(tags(&server).await, [pair("옹기", "큰 독")]);
    let after = server.ask(Ask::new("GET", "/bkt/k")).await;
    assert_eq!(after.header("x-amz-tagging-count"), Some("1"));
    for name in ["etag", "last-modified", "x-amz-meta-m"] {
        assert_eq!(after.header(name), before.header(name), "{name}");
    }
    let gone = server.ask(Ask::new("DELETE", "/bkt/k").query("tagging")).await;
    assert_eq!((gone.status, tags(&server).await), (204, vec![]));
    assert_eq!(server.ask(Ask::new("HEAD", "/bkt/k")).await.header("x-amz-tagging-count"), None);
    assert_eq!(put_tags(&server, &[("a", "1")]).await.status, 200);
    server.ask(Ask::new("PUT", "/bkt/k").body("y")).await;
    assert_eq!(tags(&server).await, [], "another object");
}

#[tokio::test]
async fn an_uploads_tags_become_the_objects() {
    let server = server().await;
    let begin = Ask::new("POST", "/bkt/k").query("uploads").header("x-amz-tagging", "a=1");
    let id = server.ask(begin).await.element("UploadId");
    let part = Ask::new("PUT", "/bkt/k").query(&format!("partNumber=1&uploadId={id}")).body("x");
    let part = server.ask(part).await;
    let etag = part.header("etag").unwrap_or_default();
    let complete = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>\
         </CompleteMultipartUpload>"
    );
    server.ask(Ask::new("POST", "/bkt/k").query(&format!("uploadId={id}")).body(complete)).await;
    assert_eq!(tags(&server).await, [pair("a", "1")]);
}

#[tokio::test]
async fn what_are_no_tags_is_refused() {
    let server = server().await;
    server.ask(Ask::new("PUT", "/bkt/k").body("x")).await;
    let many: Vec<String> = (0..11).map(|it| it.to_string()).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|it| (&**it, "")).collect();
    assert_eq!(put_tags(&server, &many[..10]).await.status, 200);
    let (long_key, long_value) = ("k".repeat(129), "v".repeat(257));
    for (tags, code, message) in [
        (&many[..], "BadRequest", "Object tags cannot be greater than 10"),
        (&[(&*long_key, "")], "InvalidTag", "The TagKey you have provided is invalid"),
        (&[("a", &*long_value)], "InvalidTag", "The TagValue you have provided is invalid"),
        (&[("a", "1"), ("a", "2")], "InvalidTag", "Cannot provide multiple Tags with the same key"),
        (&[("aws:a", "")], "InvalidTag", "Your TagKey cannot be prefixed with aws:"),
    ] {
        let answer = put_tags(&server, tags).await;
        assert_eq!(
            (answer.status, answer.code(), answer.message()),
            (400, code.into(), message.into())
        );
    }
    let valueless = "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>";
    let valueless = Ask::new("PUT", "/bkt/k").query("tagging").body(valueless);
    assert_eq!(server.ask(valueless).await.code(), "MalformedXML");
    assert_eq!(tags(&server).await.len(), 10, "as they were");
    let twice = Ask::new("PUT", "/bkt/k").body("y").header("x-amz-tagging", "a=1&a=2").build();
    let refused = server.refuses("bkt", &twice, 400, "InvalidArgument").await;
    assert_eq!(refused.element("ArgumentName"), "x-amz-tagging");
}

#[tokio::test]
async fn nothing_that_is_missing_has_tags() {
    let server = server().await;
    for method in ["GET", "PUT", "DELETE"] {
        let ask = Ask::new(method, "/bkt/none").query("tagging");
        let ask = if method == "PUT" { ask.body(document(&[])) } else { ask };
        let answer = server.ask(ask).await;
        assert_eq!((answer.status, answer.code()), (404, "NoSuchKey".into()), "{method}");
        // Recorded of AWS: reading names the bucket too.
        let named = if method == "GET" { "bkt/none" } else { "none" };
        assert_eq!(answer.element("Key"), named);
        let ask = Ask::new(method, "/bkt/none").query("tagging").anonymous();
        let ask = if method == "PUT" { ask.body("<not xml") } else { ask };
        assert_eq!(server.ask(ask).await.code(), "AccessDenied", "{method}");
    }
}

/// Sets a policy of one statement that denies everybody `action` on objects under a condition.
async fn deny(server: &TestServer, action: &str, condition: &str) {
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", "Principal": "*",
            "Action": "{action}", "Resource": "arn:aws:s3:::bkt/*", "Condition": {condition}}}]}}"#
    );
    let put = server.ask(Ask::new("PUT", "/bkt").query("policy").body(policy)).await;
    assert_eq!(put.status, 204, "{}", put.text());
}

#[tokio::test]
async fn policies_see_the_tags_that_an_object_has() {
    let server = server().await;
    let put = |key: &str, tags: &str| {
        Ask::new("PUT", &format!("/bkt/{key}")).body("x").header("x-amz-tagging", tags)
    };
    server.ask(put("secret", "Class=secret")).await;
    server.ask(put("open", "Class=open")).await;
    let condition = r#"{"StringEquals": {"s3:ExistingObjectTag/Class": "secret"}}"#;
    deny(&server, "s3:GetObject", condition).await;
    let status = async |ask: Ask| server.ask(ask).await.status;
    assert_eq!(status(Ask::new("GET", "/bkt/secret")).await, 403);
    assert_eq!(status(Ask::new("HEAD", "/bkt/secret")).await, 403);
    assert_eq!(status(Ask::new("GET", "/bkt/open")).await, 200);
    let copy =
        |key: &str| Ask::new("PUT", "/bkt/copy").header("x-amz-copy-source", &format!("bkt/{key}"));
    assert_eq!((status(copy("secret")).await, status(copy("open")).await), (403, 200));
    // Tags changed take effect with the next request.
    let tags = document(&[("Class", "open")]);
    assert_eq!(status(Ask::new("PUT", "/bkt/secret").query("tagging").body(tags)).await, 200);
    assert_eq!(status(Ask::new("GET", "/bkt/secret")).await, 200);
}

#[tokio::test]
async fn policies_see_the_tags_that_an_object_is_to_have() {
    let server = server().await;
    let status = async |ask: Ask| server.ask(ask).await.status;
    let put = |tags: &str| Ask::new("PUT", "/bkt/k").body("x").header("x-amz-tagging", tags);
    let set = |key: &str| Ask::new("PUT", "/bkt/k").query("tagging").body(document(&[(key, "1")]));
    deny(&server, "s3:PutObject", r#"{"StringEquals": {"s3:RequestObjectTag/a": "1"}}"#).await;
    assert_eq!((status(put("a=1")).await, status(put("a=2")).await), (403, 200));
    let begin = Ask::new("POST", "/bkt/k").query("uploads").header("x-amz-tagging", "a=1");
    assert_eq!(status(begin).await, 403);
    let keys = r#"{"ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": ["b"]}}"#;
    deny(&server, "s3:PutObjectTagging", keys).await;
    assert_eq!((status(put("a=1&b=1")).await, status(put("a=1")).await), (403, 200));
    assert_eq!((status(set("b")).await, status(set("c")).await), (403, 200));
    assert_eq!(tags(&server).await, [pair("c", "1")]);
    server.ask(Ask::new("PUT", "/bkt/tagged").body("x").header("x-amz-tagging", "c=1")).await;
    deny(&server, "s3:PutObjectTagging", r#"{"StringLike": {"s3:RequestObjectTag/c": "*"}}"#).await;
    let copy = Ask::new("PUT", "/bkt/copy").header("x-amz-copy-source", "bkt/tagged");
    assert_eq!(status(copy.clone()).await, 403, "its tags come along");
    assert_eq!(status(copy.header("x-amz-tagging-directive", "REPLACE")).await, 200);
}
