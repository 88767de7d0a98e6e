//! Metadata and system headers: what is kept, and how it comes back.

use testkit::{Ask, Signature, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    server
}

#[tokio::test]
async fn metadata_that_is_not_ascii_comes_back_as_an_encoded_word() {
    let server = server().await;
    for (sent, back) in [
        ("plain", "plain"),
        ("옹기", "=?UTF-8?B?7Ji56riw?="),
        ("=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?="),
        ("=?UTF-8?B?YWJj?=", "abc"),
    ] {
        server.ask(Ask::new("PUT", "/bkt/k").header("x-amz-meta-a", sent)).await;
        let head = server.ask(Ask::new("HEAD", "/bkt/k")).await;
        assert_eq!(head.header("x-amz-meta-a"), Some(back), "{sent}");
    }
}

#[tokio::test]
async fn two_kilobytes_of_metadata_and_no_more() {
    let server = server().await;
    let put = |bytes: usize| Ask::new("PUT", "/bkt/k").header("x-amz-meta-a", &"v".repeat(bytes));
    assert_eq!(server.ask(put(2047)).await.status, 200);
    let refused = server.ask(put(2048)).await;
    assert_eq!(
        (refused.code(), refused.element("Size")),
        ("MetadataTooLarge".into(), "2049".into())
    );
}

#[tokio::test]
async fn aws_chunked_is_no_encoding_of_the_object() {
    let server = server().await;
    for (sent, back) in [
        ("deflate, gzip", Some("deflate, gzip")),
        ("gzip, aws-chunked", Some("gzip")),
        ("aws-chunked", None),
    ] {
        server.ask(Ask::new("PUT", "/bkt/k").header("content-encoding", sent)).await;
        let head = server.ask(Ask::new("HEAD", "/bkt/k")).await;
        assert_eq!(head.header("content-encoding"), back, "{sent}");
    }
}

#[tokio::test]
async fn a_presigned_url_carries_headers() {
    let server = server().await;
    let presigned = |query: &str| {
        let expires_s = "600".into();
        Ask::new("PUT", "/bkt/k").query(query).body("x").signed(Signature::Presigned { expires_s })
    };
    // As the JavaScript SDK presigns: the checksum is of an empty body, and passed over.
    let query =
        "x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-meta-foo=bar&x-amz-sdk-checksum-algorithm=CRC32";
    let answer = server.ask(presigned(query)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let head = server.ask(Ask::new("HEAD", "/bkt/k")).await;
    assert_eq!(head.header("x-amz-meta-foo"), Some("bar"));
    let refused = server.ask(presigned("x-amz-acl=public-read")).await;
    assert_eq!(refused.code(), "AccessControlListNotSupported");
}

#[tokio::test]
async fn what_does_not_exist_is_called_so() {
    let server = server().await;
    for (header, value, code) in [
        ("x-amz-storage-class", "GLACIER", "InvalidStorageClass"),
        ("x-amz-storage-class", "COLD", "InvalidStorageClass"),
        ("x-amz-acl", "public-read", "AccessControlListNotSupported"),
        ("x-amz-acl", "public", "InvalidArgument"),
        ("x-amz-expected-bucket-owner", "12", "InvalidBucketOwnerAWSAccountID"),
        ("x-amz-expected-bucket-owner", "999999999999", "AccessDenied"),
        ("x-amz-checksum-sha1", "bad", "InvalidRequest"),
        ("x-amz-sdk-checksum-algorithm", "CRC32", "InvalidRequest"),
    ] {
        let answer = server.ask(Ask::new("PUT", "/bkt/k").header(header, value)).await;
        assert_eq!(answer.code(), code, "{header}: {value}");
    }
    let empty = server.ask(Ask::new("GET", "/bkt/k").query("versionId=")).await;
    assert_eq!(empty.message(), "Version id cannot be the empty string");
    let posted = server.ask(Ask::new("POST", "/bkt/k")).await;
    assert_eq!((posted.status, posted.element("ResourceType")), (405, "OBJECT".into()));
}
