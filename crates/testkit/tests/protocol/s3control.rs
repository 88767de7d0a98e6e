//! S3 Control: told by its path, about the caller's own account, with errors of its own form.

use testkit::{ACCOUNT, Ask, Payload, Signature, TestServer};

const BLOCK: &str = "/v20180820/configuration/publicAccessBlock";
const TAGS: &str = "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket";
const NAMESPACE: &str = "http://awss3control.amazonaws.com/doc/2018-08-20/";

fn control(method: &str, path: &str) -> Ask {
    Ask::new(method, path).header("x-amz-account-id", ACCOUNT)
}

#[tokio::test]
async fn public_access_is_blocked_for_an_account() {
    let server = TestServer::start().await;
    let none = server.ask(control("GET", BLOCK)).await;
    assert_eq!((none.status, &*none.code()), (404, "NoSuchPublicAccessBlockConfiguration"));
    assert!(none.text().contains("<ErrorResponse><Error><Code>"), "{}", none.text());
    let body = format!(
        "<PublicAccessBlockConfiguration xmlns=\"{NAMESPACE}\"><BlockPublicPolicy>true\
         </BlockPublicPolicy></PublicAccessBlockConfiguration>"
    );
    assert_eq!(server.ask(control("PUT", BLOCK).body(body)).await.status, 200);
    let read = server.ask(control("GET", BLOCK)).await;
    assert_eq!(
        read.text(),
        format!(
            "200 <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PublicAccessBlockConfiguration \
             xmlns=\"{NAMESPACE}\"><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>false\
             </IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>\
             false</RestrictPublicBuckets></PublicAccessBlockConfiguration>"
        )
    );
    // What is set acts: on a bucket that blocks nothing itself.
    server.make_bucket("bucket").await;
    let off = Ask::new("DELETE", "/bucket").query("publicAccessBlock");
    assert_eq!(server.ask(off).await.status, 204);
    let public = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}]}"#;
    let publish = || Ask::new("PUT", "/bucket").query("policy").body(public);
    assert_eq!(server.ask(publish()).await.code(), "AccessDenied");
    assert_eq!(server.ask(control("DELETE", BLOCK)).await.status, 204);
    assert_eq!(server.ask(publish()).await.status, 204);
    assert_eq!(server.ask(control("GET", BLOCK)).await.status, 404);
}

#[tokio::test]
async fn buckets_are_tagged_by_their_arns() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let tag = |tags: &str| {
        let body = format!(
            "<TagResourceRequest xmlns=\"{NAMESPACE}\"><Tags>{tags}</Tags></TagResourceRequest>"
        );
        control("POST", TAGS).body(body)
    };
    let one = |key: &str, value: &str| format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>");
    let listed = async || server.ask(control("GET", TAGS)).await.element("Tags");
    assert_eq!(listed().await, "");
    for tags in [one("a", "1") + &one("b", "2"), one("b", "3") + &one("c", "")] {
        assert_eq!(server.ask(tag(&tags)).await.status, 204);
    }
    assert_eq!(listed().await, one("a", "1") + &one("b", "3") + &one("c", ""));
    let untag = control("DELETE", TAGS).query("tagKeys=a&tagKeys=c&tagKeys=nothing");
    assert_eq!(server.ask(untag).await.status, 204);
    assert_eq!(listed().await, one("b", "3"));
    let of_s3 = server.ask(Ask::new("GET", "/bucket").query("tagging")).await;
    assert_eq!(of_s3.element("TagSet"), one("b", "3"));
    // Fifty are the most.
    let many: String = (1..50).map(|it| one(&format!("k{it}"), "")).collect();
    assert_eq!(server.ask(tag(&many)).await.status, 204);
    assert_eq!(server.ask(tag(&one("more", ""))).await.code(), "BadRequest");
    assert_eq!(server.ask(tag("<Tag><Key>x</Key></Tag>")).await.code(), "MalformedXML");
}

#[tokio::test]
async fn of_tags_that_come_at_once_none_is_lost() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let tag = async |number: usize| {
        let tag = format!("<Tag><Key>k{number:02}</Key><Value/></Tag>");
        let body = format!("<TagResourceRequest><Tags>{tag}</Tags></TagResourceRequest>");
        server.ask(control("POST", TAGS).body(body)).await.status
    };
    for number in (0..12).step_by(4) {
        let all = tokio::join!(tag(number), tag(number + 1), tag(number + 2), tag(number + 3));
        assert_eq!(all, (204, 204, 204, 204));
    }
    let listed = server.ask(control("GET", TAGS)).await;
    assert_eq!(listed.elements("Key").len(), 12, "{}", listed.text());
    let untag = async |number: usize| {
        let untag = control("DELETE", TAGS).query(&format!("tagKeys=k{number:02}"));
        server.ask(untag).await.status
    };
    for number in (0..12).step_by(4) {
        let all = tokio::join!(untag(number), untag(number + 1), untag(number + 2));
        assert_eq!(all, (204, 204, 204));
    }
    let left = server.ask(control("GET", TAGS)).await.elements("Key");
    assert_eq!(left, ["k03", "k07", "k11"]);
}

/// "PutBucketAbac", S3 API Reference.
#[tokio::test]
async fn tags_that_count_for_access_are_changed_by_their_arns_only() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let tags = |key: &str| format!("<TagSet><Tag><Key>{key}</Key><Value>1</Value></Tag></TagSet>");
    let put = async |key: &str| {
        let body = format!("<Tagging>{}</Tagging>", tags(key));
        server.ask(Ask::new("PUT", "/bucket").query("tagging").body(body)).await
    };
    let abac = async |status: &str| {
        let body = format!("<AbacStatus><Status>{status}</Status></AbacStatus>");
        server.ask(Ask::new("PUT", "/bucket").query("abac").body(body)).await.status
    };
    let read =
        async || server.ask(Ask::new("GET", "/bucket").query("tagging")).await.element("Key");
    assert_eq!(put("a").await.status, 204);
    assert_eq!(abac("Enabled").await, 200);
    let refused = put("b").await;
    assert_eq!((refused.status, &*refused.code()), (400, "InvalidRequest"), "{}", refused.text());
    assert!(refused.text().contains("TagResource"), "{}", refused.text());
    let delete = || Ask::new("DELETE", "/bucket").query("tagging");
    assert_eq!(server.ask(delete()).await.code(), "InvalidRequest");
    assert_eq!(read().await, "a");
    let body = "<TagResourceRequest><Tags><Tag><Key>a</Key><Value>2</Value></Tag></Tags>\
                </TagResourceRequest>";
    assert_eq!(server.ask(control("POST", TAGS).body(body)).await.status, 204);
    assert_eq!(abac("Disabled").await, 200);
    assert_eq!(server.ask(delete()).await.status, 204);
}

#[tokio::test]
async fn an_account_is_named_by_header_or_before_the_host() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let host = |host: &str| control("GET", TAGS).host(host);
    let prefixed = format!("{ACCOUNT}.localhost");
    for ask in [host(&prefixed), host(&format!("{ACCOUNT}.127.0.0.1")), host("localhost")] {
        assert_eq!(server.ask(ask).await.status, 200);
    }
    for (ask, status, code) in [
        (Ask::new("GET", TAGS), 400, "InvalidRequest"),
        (Ask::new("GET", TAGS).header("x-amz-account-id", "1"), 400, "InvalidRequest"),
        (Ask::new("GET", TAGS).header("x-amz-account-id", "000000000001"), 403, "AccessDenied"),
        (control("GET", TAGS).anonymous(), 403, "AccessDenied"),
        (control("GET", TAGS).signer(|it| it.service = "iam".into()), 400, ""),
        (control("GET", "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Anowhere"), 404, "NoSuchResource"),
        (
            control("GET", "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket/key"),
            400,
            "InvalidRequest",
        ),
        (control("GET", "/v20180820/tags/bucket"), 400, "InvalidRequest"),
        (control("GET", BLOCK).payload(Payload::Silent).signed(Signature::None), 403, ""),
    ] {
        let what = format!("{} {:?}", ask.path, ask.headers);
        let answer = server.ask(ask).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        assert!(code.is_empty() || answer.code() == code, "{what}: {}", answer.text());
    }
}
