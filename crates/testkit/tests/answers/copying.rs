//! CopyObject, UploadPartCopy, GetObjectAttributes.

use testkit::{Answer, Ask, TestServer, checksum};

const PAST: &str = "Tue, 24 Nov 2020 10:12:00 GMT";
const FUTURE: &str = "Tue, 24 Nov 2099 10:12:00 GMT";
/// Of `body`.
const ETAG: &str = "\"841a2d689ad86bd1611447453c22c6fc\"";

/// Buckets `src` with object `a/b c+d` of bytes `body`, and `dst`.
async fn server() -> TestServer {
    let server = TestServer::start().await;
    for name in ["src", "dst"] {
        server.make_bucket(name).await;
    }
    let put = Ask::new("PUT", "/src/a/b%20c%2Bd").body("body").header("x-amz-meta-m", "1");
    let put = put.header("content-type", "text/plain").header("x-amz-tagging", "t=1");
    assert_eq!(server.ask(put).await.status, 200);
    server
}

const SOURCE: &str = "/src/a/b%20c%2Bd";

fn copy(to: &str) -> Ask {
    Ask::new("PUT", to).header("x-amz-copy-source", SOURCE)
}

async fn tags(server: &TestServer, path: &str) -> Vec<String> {
    server.ask(Ask::new("GET", path).query("tagging")).await.elements("Value")
}

async fn upload(server: &TestServer, headers: &[(&str, &str)]) -> String {
    let begin = Ask::new("POST", "/dst/k").query("uploads");
    let begin = headers.iter().fold(begin, |it, (name, value)| it.header(name, value));
    server.ask(begin).await.element("UploadId")
}

async fn complete(server: &TestServer, id: &str, parts: &[&Answer]) -> Answer {
    let part = |(number, part): (usize, &&Answer)| {
        let sum = part.element("ChecksumSHA256");
        let sum = match &*sum {
            "" => String::new(),
            sum => format!("<ChecksumSHA256>{sum}</ChecksumSHA256>"),
        };
        let etag = part.element("ETag");
        format!("<Part><PartNumber>{}</PartNumber><ETag>{etag}</ETag>{sum}</Part>", number + 1)
    };
    let parts: String = parts.iter().enumerate().map(part).collect();
    let document = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
    server.ask(Ask::new("POST", "/dst/k").query(&format!("uploadId={id}")).body(document)).await
}

#[tokio::test]
async fn a_copy_has_the_sources_bytes_metadata_and_tags() {
    let server = server().await;
    let copied = server.ask(copy("/dst/k").header("x-amz-meta-m", "2")).await;
    assert_eq!(copied.status, 200, "{}", copied.text());
    assert!(copied.text().contains("<CopyObjectResult xmlns="), "{}", copied.text());
    assert_eq!(copied.element("ETag").replace("&quot;", "\""), ETAG);
    assert_eq!(copied.element("ChecksumCRC64NVME"), checksum("crc64nvme", b"body"));
    assert_eq!(copied.element("ChecksumType"), "FULL_OBJECT");
    let got = server.ask(Ask::new("GET", "/dst/k")).await;
    assert_eq!((&*got.body, got.header("x-amz-meta-m")), (&b"body"[..], Some("1")));
    assert_eq!(got.header("content-type"), Some("text/plain"));
    assert_eq!(tags(&server, "/dst/k").await, ["1"]);
}

#[tokio::test]
async fn directives_say_what_is_replaced() {
    let server = server().await;
    let both = |ask: Ask| ask.header("x-amz-meta-n", "2").header("x-amz-tagging", "t=2&u=3");
    for (metadata, tagging, m, n, is) in [
        ("COPY", "COPY", Some("1"), None, &["1"][..]),
        ("REPLACE", "COPY", None, Some("2"), &["1"]),
        ("COPY", "REPLACE", Some("1"), None, &["2", "3"]),
        ("REPLACE", "REPLACE", None, Some("2"), &["2", "3"]),
    ] {
        let ask = both(copy("/dst/k")).header("x-amz-metadata-directive", metadata);
        let copied = server.ask(ask.header("x-amz-tagging-directive", tagging)).await;
        assert_eq!(copied.status, 200, "{}", copied.text());
        let head = server.ask(Ask::new("HEAD", "/dst/k")).await;
        assert_eq!((head.header("x-amz-meta-m"), head.header("x-amz-meta-n")), (m, n));
        let kind = if metadata == "COPY" { "text/plain" } else { "binary/octet-stream" };
        assert_eq!(head.header("content-type"), Some(kind));
        assert_eq!(tags(&server, "/dst/k").await, is);
    }
    for what in ["metadata", "tagging"] {
        let header = format!("x-amz-{what}-directive");
        let refused = server.ask(copy("/dst/k").header(&header, "MOVE")).await;
        assert_eq!(refused.message(), format!("Unknown {what} directive."));
    }
}

#[tokio::test]
async fn a_copy_onto_itself_changes_something() {
    let server = server().await;
    let onto = || copy(SOURCE);
    let refused = server.ask(onto()).await;
    assert_eq!((refused.status, refused.code()), (400, "InvalidRequest".into()));
    assert!(refused.message().starts_with("This copy request is illegal"), "{}", refused.text());
    let replace = onto().header("x-amz-metadata-directive", "REPLACE").header("x-amz-meta-m", "2");
    assert_eq!(server.ask(replace).await.status, 200);
    let head = server.ask(Ask::new("GET", SOURCE)).await;
    assert_eq!((&*head.body, head.header("x-amz-meta-m")), (&b"body"[..], Some("2")));
    assert_eq!(server.ask(onto().header("x-amz-storage-class", "STANDARD")).await.status, 200);
}

#[tokio::test]
async fn a_source_that_is_not_there_is_named() {
    let server = server().await;
    let from = |source: &str| Ask::new("PUT", "/dst/k").header("x-amz-copy-source", source);
    for (source, status, code, name, value) in [
        ("src/none", 404, "NoSuchKey", "Key", "none"),
        ("nowhere/k", 404, "NoSuchBucket", "BucketName", "nowhere"),
        ("src", 400, "InvalidArgument", "ArgumentName", "x-amz-copy-source"),
        ("src", 400, "InvalidArgument", "ArgumentValue", "x-amz-copy-source"),
        ("src", 400, "InvalidArgument", "Message", "Invalid copy source object key"),
        ("src/k?versionId=x", 400, "InvalidArgument", "ArgumentName", "versionId"),
    ] {
        let answer = server.ask(from(source)).await;
        assert_eq!((answer.status, answer.code()), (status, code.into()), "{}", answer.text());
        assert_eq!(answer.element(name), value, "{source}");
    }
    let null = server.ask(from(&format!("{SOURCE}?versionId=null"))).await;
    assert_eq!(null.status, 200, "{}", null.text());
    let owner = copy("/dst/k").header("x-amz-source-expected-bucket-owner", "999999999999");
    assert_eq!(server.ask(owner).await.status, 403);
    assert_eq!(server.ask(copy("/dst/k").anonymous()).await.status, 403);
}

#[tokio::test]
async fn conditions_of_source_and_destination_are_judged() {
    let server = server().await;
    let header = |name: &str| format!("x-amz-copy-source-{}", name.to_lowercase());
    for (conditions, failed) in [
        (&[("If-Match", ETAG)][..], None),
        (&[("If-Match", "\"x\"")], Some("If-Match")),
        (&[("If-None-Match", "\"x\"")], None),
        (&[("If-None-Match", ETAG)], Some("If-None-Match")),
        (&[("If-Modified-Since", PAST)], None),
        (&[("If-Modified-Since", FUTURE)], None),
        (&[("If-Unmodified-Since", PAST)], Some("If-Unmodified-Since")),
        (&[("If-Match", ETAG), ("If-Unmodified-Since", PAST)], None),
        (&[("If-None-Match", ETAG), ("If-Modified-Since", PAST)], Some("If-None-Match")),
        (&[("If-None-Match", "\"x\""), ("If-Unmodified-Since", PAST)], Some("If-Unmodified-Since")),
    ] {
        let ask = conditions
            .iter()
            .fold(copy("/dst/k"), |it, (name, value)| it.header(&header(name), value));
        let answer = server.ask(ask).await;
        let condition = failed.map_or(String::new(), |it| format!("x-amz-copy-source-{it}"));
        assert_eq!(answer.element("Condition"), condition, "{conditions:?}: {}", answer.text());
        assert_eq!(answer.status, if failed.is_some() { 412 } else { 200 });
    }
    for (name, value, path, status, code) in [
        ("if-none-match", "*", "/dst/k", 412, "PreconditionFailed"),
        ("if-none-match", "*", "/dst/new", 200, ""),
        ("if-match", ETAG, "/dst/k", 200, ""),
        ("if-match", "\"x\"", "/dst/k", 412, "PreconditionFailed"),
        ("if-match", ETAG, "/dst/none", 404, "NoSuchKey"),
        ("if-none-match", ETAG, "/dst/k", 501, "NotImplemented"),
    ] {
        let answer = server.ask(copy(path).header(name, value)).await;
        assert_eq!((answer.status, answer.code()), (status, code.into()), "{name}: {value}");
    }
}

#[tokio::test]
async fn a_copy_has_the_sources_checksum_or_the_one_that_is_asked_for() {
    let server = server().await;
    let sum = checksum("sha1", b"body");
    server.ask(Ask::new("PUT", SOURCE).body("body").header("x-amz-checksum-sha1", &sum)).await;
    let copied = server.ask(copy("/dst/k")).await;
    assert_eq!(copied.element("ChecksumSHA1"), sum);
    let copied = server.ask(copy("/dst/k").header("x-amz-checksum-algorithm", "XXHASH3")).await;
    assert_eq!(copied.element("ChecksumXXHASH3"), checksum("xxhash3", b"body"));
    let read = Ask::new("HEAD", "/dst/k").header("x-amz-checksum-mode", "ENABLED");
    let read = server.ask(read).await;
    assert_eq!(read.header("x-amz-checksum-xxhash3"), Some(&*checksum("xxhash3", b"body")));
    let unknown = server.ask(copy("/dst/k").header("x-amz-checksum-algorithm", "CRC7")).await;
    assert_eq!(unknown.code(), "InvalidRequest");
}

#[tokio::test]
async fn parts_are_copied_and_ranges_of_them() {
    let server = server().await;
    let id = upload(&server, &[("x-amz-checksum-algorithm", "SHA256")]).await;
    let part = async |number: u16, range: Option<&str>| {
        let ask = copy("/dst/k").query(&format!("partNumber={number}&uploadId={id}"));
        server.ask(range.iter().fold(ask, |it, r| it.header("x-amz-copy-source-range", r))).await
    };
    let short = part(1, Some("bytes=1-2")).await;
    assert_eq!(short.status, 200, "{}", short.text());
    assert!(short.text().contains("<CopyPartResult xmlns="), "{}", short.text());
    assert_eq!(short.element("ChecksumSHA256"), checksum("sha256", b"od"));
    assert_eq!(part(1, Some("bytes=0-4")).await.code(), "InvalidArgument");
    assert_eq!(part(1, Some("bytes=4-4")).await.code(), "InvalidRequest");
    assert_eq!(part(10_001, None).await.code(), "InvalidArgument");
    let whole = part(1, None).await;
    let done = complete(&server, &id, &[&whole]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(server.ask(Ask::new("GET", "/dst/k")).await.body, b"body");
    let gone = part(2, None).await;
    assert_eq!((gone.status, gone.code()), (404, "NoSuchUpload".into()));
    let copied = Ask::new("PUT", "/dst/one").header("x-amz-copy-source", "dst/k");
    let copied = server.ask(copied).await;
    assert_eq!(copied.element("ETag").replace("&quot;", "\""), ETAG, "in one piece");
    assert_eq!(copied.element("ChecksumSHA256"), checksum("sha256", b"body"));
}

#[tokio::test]
async fn attributes_are_told_as_far_as_they_are_asked_for() {
    let server = server().await;
    let ask = |path: &str, names: &str| {
        Ask::new("GET", path).query("attributes").header("x-amz-object-attributes", names)
    };
    let told = server.ask(ask(SOURCE, "ETag,Checksum,ObjectParts,StorageClass,ObjectSize")).await;
    assert_eq!(told.status, 200, "{}", told.text());
    assert!(told.text().contains("<GetObjectAttributesResponse xmlns="), "{}", told.text());
    assert!(told.header("last-modified").is_some());
    assert_eq!(told.element("ETag"), ETAG.trim_matches('"'));
    assert_eq!(told.element("ChecksumCRC64NVME"), checksum("crc64nvme", b"body"));
    assert_eq!(
        (told.element("ObjectSize"), told.element("StorageClass")),
        ("4".into(), "STANDARD".into())
    );
    assert!(!told.text().contains("ObjectParts"));
    let size = server.ask(ask(SOURCE, "ObjectSize")).await;
    assert!(!size.text().contains("ETag"), "{}", size.text());
    assert_eq!(server.ask(ask(SOURCE, "Size")).await.code(), "InvalidArgument");
    assert_eq!(server.ask(ask("/src/none", "ETag")).await.code(), "NoSuchKey");

    let id = upload(&server, &[("x-amz-checksum-algorithm", "SHA256")]).await;
    let mut parts = vec![];
    for (number, body) in [(1, vec![b'x'; 5 << 20]), (2, vec![b'y'; 9])] {
        let put = Ask::new("PUT", "/dst/k").query(&format!("partNumber={number}&uploadId={id}"));
        let sum = checksum("sha256", &body);
        let put = server.ask(put.header("x-amz-checksum-sha256", &sum).body(body)).await;
        assert_eq!(put.header("x-amz-checksum-sha256"), Some(&*sum));
        let etag = put.header("etag").unwrap_or_default();
        let text = format!("<ETag>{etag}</ETag><ChecksumSHA256>{sum}</ChecksumSHA256>");
        parts.push(Answer { body: text.into_bytes(), ..put });
    }
    let done = complete(&server, &id, &[&parts[0], &parts[1]]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let all = server.ask(ask("/dst/k", "ObjectParts,Checksum")).await;
    assert_eq!(all.elements("PartNumber"), ["1", "2"], "{}", all.text());
    assert_eq!(all.elements("Size"), ["5242880", "9"]);
    assert_eq!(all.element("PartsCount"), "2", "{}", all.text());
    assert_eq!(all.element("IsTruncated"), "false");
    assert_eq!(all.element("ChecksumType"), "COMPOSITE");
    assert!(!all.element("ChecksumSHA256").contains('-'), "{}", all.text());
    let page = ask("/dst/k", "ObjectParts").header("x-amz-max-parts", "1");
    let page = server.ask(page).await;
    assert_eq!(
        (page.elements("PartNumber"), page.element("IsTruncated")),
        (vec!["1".into()], "true".into())
    );
    assert_eq!(page.element("NextPartNumberMarker"), "1");
    let rest = ask("/dst/k", "ObjectParts").header("x-amz-part-number-marker", "1");
    assert_eq!(server.ask(rest).await.elements("PartNumber"), ["2"]);
}
