//! Listings: markers, pages, names.

use testkit::{Answer, Ask, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    for key in ["a", "d%20e%2B/1", "d%20e%2B/2", "z"] {
        server.ask(Ask::new("PUT", &format!("/bkt/{key}"))).await;
    }
    server
}

async fn list(server: &TestServer, query: &str) -> Answer {
    server.ask(Ask::new("GET", "/bkt").query(query)).await
}

#[tokio::test]
async fn names_are_encoded_when_asked() {
    let server = server().await;
    let answer = list(&server, "delimiter=%2F&encoding-type=url&prefix=d%20").await;
    assert_eq!(answer.elements("Prefix"), ["d+", "d+e%2B/"]);
    for value in ["", "value"] {
        let refused = list(&server, &format!("encoding-type={value}")).await;
        assert_eq!((refused.status, refused.code()), (400, "InvalidArgument".into()));
        assert_eq!(refused.message(), "Invalid Encoding Method specified in Request");
        assert_eq!(refused.element("ArgumentValue"), value);
    }
}

#[tokio::test]
async fn markers_and_sizes_of_pages() {
    let server = server().await;
    for (query, keys, truncated) in [
        ("max-keys=0", &[][..], "false"),
        ("max-keys=", &["a", "d e+/1", "d e+/2", "z"], "false"),
        ("max-keys=5000", &["a", "d e+/1", "d e+/2", "z"], "false"),
        ("max-keys=1&marker=a", &["d e+/1"], "true"),
        ("delimiter=%2F&marker=d%20e%2B%2F1", &["z"], "false"),
        ("list-type=2&start-after=a&max-keys=1", &["d e+/1"], "true"),
        ("list-type=2&continuation-token=", &["a", "d e+/1", "d e+/2", "z"], "false"),
        ("delimiter=e%2B%2F", &["a", "z"], "false"),
    ] {
        let answer = list(&server, query).await;
        assert_eq!(answer.elements("Key"), keys, "{query}");
        assert_eq!(answer.element("IsTruncated"), truncated, "{query}");
    }
    let answer = list(&server, "max-keys=5000").await;
    assert_eq!(answer.element("MaxKeys"), "1000");
    assert_eq!(answer.header("x-amz-bucket-region"), Some("us-east-1"));
    let answer = list(&server, "list-type=2").await;
    assert_eq!(answer.header("x-amz-bucket-region"), Some("us-east-1"));
    for (query, name) in [
        ("max-keys=-1", "max-keys"),
        ("max-keys=many", "max-keys"),
        ("list-type=2&continuation-token=%21", "continuation-token"),
        ("versions&version-id-marker=null", "version-id-marker"),
        ("uploads&key-marker=a&upload-id-marker=nonsense", "upload-id-marker"),
    ] {
        let answer = list(&server, query).await;
        assert_eq!((answer.status, answer.element("ArgumentName")), (400, name.into()), "{query}");
    }
}

#[tokio::test]
async fn buckets_are_listed_with_region_and_arn() {
    let server = server().await;
    let location = "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>\
                    </CreateBucketConfiguration>";
    server.ask(Ask::new("PUT", "/other").body(location)).await;
    server.ask(Ask::new("PUT", "/bb1")).await;
    let listed = server.ask(Ask::new("GET", "/").query("bucket-region=eu-west-1")).await;
    assert_eq!(listed.element("BucketArn"), "arn:aws:s3:::other");
    assert_eq!(listed.element("BucketRegion"), "eu-west-1");
    let page = server.ask(Ask::new("GET", "/").query("max-buckets=1&prefix=o")).await;
    assert_eq!((page.elements("Name").len(), page.element("ContinuationToken")), (1, "".into()));
}

#[tokio::test]
async fn an_empty_set_of_tags_is_none() {
    let server = server().await;
    let put = |document: &str| Ask::new("PUT", "/bkt").query("tagging").body(document);
    let tag = |key: &str| {
        let tag = format!("<Tag><Key>{key}</Key><Value>v</Value></Tag>");
        format!("<Tagging><TagSet>{tag}</TagSet></Tagging>")
    };
    assert_eq!(server.ask(put(&tag("key 1"))).await.status, 204);
    for (key, message) in [
        ("a,b", "The TagKey you have provided is invalid"),
        ("aws:b", "System tags cannot be added/updated by requester"),
    ] {
        let answer = server.ask(put(&tag(key))).await;
        assert_eq!((answer.message(), answer.element("TagKey")), (message.into(), key.into()));
    }
    assert_eq!(server.ask(put("<Tagging><TagSet/></Tagging>")).await.status, 204);
    let read = server.ask(Ask::new("GET", "/bkt").query("tagging")).await;
    assert_eq!(read.code(), "NoSuchTagSet");
}
