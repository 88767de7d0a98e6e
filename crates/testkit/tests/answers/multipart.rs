//! Multipart uploads: checksums, completion, reading by part.

use testkit::{Answer, Ask, TestServer, checksum};

/// An upload of key `k` with one part, whose body is `123456789`.
struct Upload {
    server: TestServer,
    id: String,
    part: Answer,
}

const BODY: &str = "123456789";
const ETAG: &str = "25f9e794323b453885f5181f1b624d0b";

impl Upload {
    async fn begin(headers: &[(&str, &str)]) -> Self {
        Self::begin_with(headers, &[]).await
    }

    async fn begin_with(headers: &[(&str, &str)], of_part: &[(&str, &str)]) -> Self {
        let server = TestServer::start().await;
        server.make_bucket("bkt").await;
        let ask = Ask::new("POST", "/bkt/k").query("uploads");
        let ask = headers.iter().fold(ask, |it, (name, value)| it.header(name, value));
        let begun = server.ask(ask).await;
        assert_eq!(begun.status, 200, "{}", begun.text());
        let id = begun.element("UploadId");
        let query = format!("partNumber=3&uploadId={id}");
        let part = Ask::new("PUT", "/bkt/k").query(&query).body(BODY);
        let part = of_part.iter().fold(part, |it, (name, value)| it.header(name, value));
        let part = server.ask(part).await;
        Self { server, id, part }
    }

    async fn complete(&self, part: &str, headers: &[(&str, &str)]) -> Answer {
        let document = format!(
            "<CompleteMultipartUpload><Part><PartNumber>3</PartNumber><ETag>{ETAG}</ETag>{part}\
             </Part></CompleteMultipartUpload>"
        );
        let query = format!("uploadId={}", self.id);
        let ask = Ask::new("POST", "/bkt/k").query(&query).body(document);
        self.server.ask(headers.iter().fold(ask, |it, (name, value)| it.header(name, value))).await
    }
}

#[tokio::test]
async fn a_part_brings_the_checksum_that_its_upload_is_made_of() {
    let headers = [("x-amz-checksum-algorithm", "crc32c"), ("x-amz-checksum-type", "full_object")];
    let whole = Upload::begin(&headers).await;
    let sum = checksum("crc32c", BODY.as_bytes());
    assert_eq!(whole.part.header("x-amz-checksum-crc32c"), Some(&*sum));
    let upload = Upload::begin(&[("x-amz-checksum-algorithm", "SHA256")]).await;
    assert_eq!(
        upload.part.message(),
        "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null"
    );
    let query = format!("partNumber=1&uploadId={}", upload.id);
    let crc = checksum("crc32", BODY.as_bytes());
    let other = Ask::new("PUT", "/bkt/k").query(&query).body(BODY);
    let other = upload.server.ask(other.header("x-amz-checksum-crc32", &crc)).await;
    assert_eq!(
        other.message(),
        "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32"
    );
}

#[tokio::test]
async fn completing_without_a_document_is_another_error_than_with_an_empty_one() {
    // As recorded on AWS in LocalStack's test_multipart_complete_multipart_too_small.
    let upload = Upload::begin(&[]).await;
    let query = format!("uploadId={}", upload.id);
    let complete = |body: &str| Ask::new("POST", "/bkt/k").query(&query).body(body);
    let nothing = upload.server.ask(complete("")).await;
    assert_eq!((nothing.status, &*nothing.code()), (400, "InvalidRequest"));
    assert_eq!(nothing.message(), "You must specify at least one part");
    let empty = upload.server.ask(complete("<CompleteMultipartUpload/>")).await;
    assert_eq!((empty.status, &*empty.code()), (400, "MalformedXML"));
}

#[tokio::test]
async fn a_composite_checksum_needs_one_of_each_part() {
    let crc = checksum("crc32", BODY.as_bytes());
    let algorithm = ("x-amz-checksum-algorithm", "CRC32");
    let upload = Upload::begin_with(&[algorithm], &[("x-amz-checksum-crc32", &crc)]).await;
    let named = format!("<ChecksumCRC32>{crc}</ChecksumCRC32>");
    for (part, headers, code) in [
        ("", &[][..], "InvalidRequest"),
        ("<ChecksumSHA1>x</ChecksumSHA1>", &[], "InvalidArgument"),
        ("<ChecksumSHA1>Kq5sNclPz7QV2+lfQIuc6R7oRu0=</ChecksumSHA1>", &[], "BadDigest"),
        (&format!("{named}<ChecksumCRC32C>AAAAAA==</ChecksumCRC32C>"), &[], "InvalidArgument"),
        (&named, &[("x-amz-checksum-type", "SOME")], "InvalidRequest"),
        (&named, &[("x-amz-checksum-crc32", "AAAAAA==-x")], "BadDigest"),
        (&named, &[("x-amz-checksum-crc32", "AAAA")], "BadDigest"),
        (
            &named,
            &[("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-checksum-crc32c", "AAAAAA==")],
            "InvalidRequest",
        ),
        (&named, &[("x-amz-mp-object-size", "-1")], "InvalidRequest"),
        ("<ChecksumCRC32>AAAAAA==</ChecksumCRC32>", &[], "InvalidPart"),
        (&named, &[("x-amz-checksum-type", "FULL_OBJECT")], "InvalidRequest"),
        (&named, &[("x-amz-checksum-crc32", "AAAAAA==-1")], "BadDigest"),
        (&named, &[("x-amz-mp-object-size", "8")], "InvalidRequest"),
    ] {
        let answer = upload.complete(part, headers).await;
        assert_eq!((answer.status, answer.code()), (400, code.into()), "{part} {headers:?}");
    }
    let answer = upload.complete(&named, &[("x-amz-mp-object-size", "9")]).await;
    assert!(answer.element("ChecksumCRC32").ends_with("-1"), "{}", answer.text());
    assert_eq!(answer.element("Location"), "http://127.0.0.1:9000/bkt/k");
    let read = Ask::new("GET", "/bkt/k").query("partNumber=1");
    let read = upload.server.ask(read.header("x-amz-checksum-mode", "ENABLED")).await;
    assert_eq!(read.header("x-amz-checksum-crc32"), Some(&*crc), "the part's own");
    assert_eq!(read.header("x-amz-checksum-type"), Some("COMPOSITE"));
    assert_eq!(read.header("x-amz-mp-parts-count"), Some("1"));
    let none = upload.server.ask(Ask::new("GET", "/bkt/k").query("partNumber=2")).await;
    assert_eq!((none.status, none.code()), (416, "InvalidPartNumber".into()));
    assert_eq!(none.element("ActualPartCount"), "1");
}

#[tokio::test]
async fn crc32_of_the_full_object_is_combined() {
    let kind = ("x-amz-checksum-type", "FULL_OBJECT");
    let upload = Upload::begin(&[("x-amz-checksum-algorithm", "CRC32"), kind]).await;
    let crc = checksum("crc32", BODY.as_bytes());
    let answer = upload.complete("", &[kind, ("x-amz-checksum-crc32", &crc)]).await;
    assert_eq!(answer.element("ChecksumCRC32"), crc, "{}", answer.text());
    assert_eq!(answer.element("ChecksumType"), "FULL_OBJECT");
}

#[tokio::test]
async fn an_upload_without_an_algorithm_keeps_no_checksums_of_parts() {
    let upload = Upload::begin(&[]).await;
    let crc = checksum("crc32", BODY.as_bytes());
    let answer = upload.complete(&format!("<ChecksumCRC32>{crc}</ChecksumCRC32>"), &[]).await;
    assert_eq!(answer.code(), "InvalidPart");
    for (name, value) in [("PartNumber", "3"), ("ETag", ETAG), ("UploadId", &*upload.id)] {
        assert_eq!(answer.element(name), value);
    }
    let listed = Ask::new("GET", "/bkt/k").query(&format!("uploadId={}&max-parts=", upload.id));
    let listed = upload.server.ask(listed).await;
    assert_eq!(listed.element("NextPartNumberMarker"), "3");
    let behind = format!("uploadId={}&part-number-marker=10", upload.id);
    let behind = upload.server.ask(Ask::new("GET", "/bkt/k").query(&behind)).await;
    assert_eq!(behind.element("NextPartNumberMarker"), "0");
    let uploads = upload.server.ask(Ask::new("GET", "/bkt").query("uploads")).await;
    assert_eq!(uploads.element("NextUploadIdMarker"), upload.id);
    let done = upload.complete("", &[]).await;
    assert_eq!(done.element("ChecksumCRC64NVME"), checksum("crc64nvme", BODY.as_bytes()));
}

#[tokio::test]
async fn a_page_of_uploads_begins_behind_one_of_its_key() {
    let upload = Upload::begin(&[]).await;
    let server = &upload.server;
    let begun = server.ask(Ask::new("POST", "/bkt/other").query("uploads")).await;
    let other = begun.element("UploadId");
    let list = async |key: &str, id: &str| {
        let query = format!("uploads&key-marker={key}&upload-id-marker={id}");
        server.ask(Ask::new("GET", "/bkt").query(&query)).await
    };
    assert_eq!(list("k", &upload.id).await.elements("UploadId"), [&*other]);
    for (key, id) in [("k", &*other), ("other", &*upload.id), ("k", "x")] {
        let answer = list(key, id).await;
        assert_eq!((answer.status, answer.message()), (400, "Invalid uploadId marker".into()));
    }
    let abort = Ask::new("DELETE", "/bkt/k").query(&format!("uploadId={}", upload.id));
    assert_eq!(server.ask(abort).await.status, 204);
    assert_eq!(
        list("k", &upload.id).await.elements("UploadId"),
        [&*other],
        "behind one that ended"
    );
    let behind = format!("uploadId={other}&part-number-marker=-1");
    let behind = server.ask(Ask::new("GET", "/bkt/other").query(&behind)).await;
    assert_eq!(behind.code(), "InvalidArgument");
}

/// 10,000 parts are read, each with the longest checksum that there is; not one more, and not a document
/// that is longer than any needs to be.
#[tokio::test]
async fn a_completion_names_ten_thousand_parts() {
    let upload = Upload::begin(&[]).await;
    let send = async |document: String| {
        let query = format!("uploadId={}", upload.id);
        upload.server.ask(Ask::new("POST", "/bkt/k").query(&query).body(document)).await
    };
    let part = |number: u32| {
        format!(
            "<Part><PartNumber>{number}</PartNumber><ETag>&quot;{ETAG}&quot;</ETag>\
             <ChecksumSHA512>{:A<86}==</ChecksumSHA512></Part>",
            ""
        )
    };
    let of = |parts: &str| format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
    let all: String = (1..=10_000).map(part).collect();
    assert!(all.len() > 2 << 20, "more than other documents may have");
    let answer = send(of(&all)).await;
    assert_eq!((&*answer.code(), &*answer.element("PartNumber")), ("InvalidPart", "1"));
    let answer = send(of(&part(10_001))).await;
    assert_eq!((&*answer.code(), &*answer.element("PartNumber")), ("InvalidPart", "10001"));
    let long = of(&all);
    let spaces = |length: usize| format!("{long}{}", " ".repeat(length - long.len()));
    assert_eq!(send(spaces(4 << 20)).await.code(), "InvalidPart");
    let answer = send(spaces((4 << 20) + 1)).await;
    assert_eq!((answer.status, &*answer.code()), (400, "MaxMessageLengthExceeded"));
    let query = format!("partNumber=10001&uploadId={}", upload.id);
    let answer = upload.server.ask(Ask::new("PUT", "/bkt/k").query(&query).body("x")).await;
    assert_eq!((answer.status, &*answer.code()), (400, "InvalidArgument"));
}

/// In the order of their keys, and of one key in the order in which they began.
#[tokio::test]
async fn uploads_are_listed_with_prefix_delimiter_and_markers() {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    let mut ids = vec![];
    for key in ["a", "a", "d%20e/1", "d%20e/2", "z"] {
        let begin = Ask::new("POST", &format!("/bkt/{key}")).query("uploads");
        ids.push(server.ask(begin).await.element("UploadId"));
        // An upload's id begins with the millisecond of its start.
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let list = async |query: &str| {
        server.ask(Ask::new("GET", "/bkt").query(&format!("uploads&{query}"))).await
    };
    let behind = |id: &str| format!("key-marker=a&upload-id-marker={id}");
    for (query, keys, prefixes, truncated) in [
        ("", &["a", "a", "d e/1", "d e/2", "z"][..], &[""; 0][..], "false"),
        ("prefix=d%20e%2F", &["d e/1", "d e/2"], &[], "false"),
        ("delimiter=%2F", &["a", "a", "z"], &["d e/"], "false"),
        ("delimiter=%2F&max-uploads=3", &["a", "a"], &["d e/"], "true"),
        ("delimiter=%2F&key-marker=d%20e%2F", &["z"], &[], "false"),
        ("delimiter=%2F&key-marker=d%20e%2F1", &["z"], &[], "false"),
        ("key-marker=a", &["d e/1", "d e/2", "z"], &[], "false"),
        (&behind(&ids[0]), &["a", "d e/1", "d e/2", "z"], &[], "false"),
        (&behind(&ids[1]), &["d e/1", "d e/2", "z"], &[], "false"),
        ("max-uploads=1&key-marker=d%20e%2F1", &["d e/2"], &[], "true"),
        ("max-uploads=0", &[], &[], "false"),
    ] {
        let answer = list(query).await;
        assert_eq!(answer.elements("Key"), keys, "{query}: {}", answer.text());
        let named = answer.text();
        let common: Vec<_> = named.split("<CommonPrefixes><Prefix>").skip(1).collect();
        let common: Vec<_> = common.iter().filter_map(|it| it.split('<').next()).collect();
        assert_eq!(common, prefixes, "{query}: {named}");
        assert_eq!(answer.element("IsTruncated"), truncated, "{query}");
    }
    assert_eq!(list("prefix=a").await.elements("UploadId"), ids[..2]);
    let encoded = list("encoding-type=url&prefix=d%20").await;
    assert_eq!(encoded.elements("Key"), ["d+e/1", "d+e/2"]);
    // Page by page is the same as all at once.
    let (mut seen, mut query) = (vec![], "max-uploads=2".to_owned());
    loop {
        let page = list(&query).await;
        assert_eq!(page.status, 200, "{}", page.text());
        seen.extend(page.elements("UploadId"));
        if page.element("IsTruncated") == "false" {
            break;
        }
        let (key, id) = (page.element("NextKeyMarker"), page.element("NextUploadIdMarker"));
        let key = testkit::percent(&key, false);
        query = format!("max-uploads=2&key-marker={key}&upload-id-marker={id}");
    }
    assert_eq!(seen, ids);
}

/// An upload needs a part, which may be empty if it is the only one or the last.
#[tokio::test]
async fn parts_of_nothing() {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    for bodies in [&[0][..], &[5 << 20, 0], &[0, 1]] {
        let begun = server.ask(Ask::new("POST", "/bkt/k").query("uploads")).await;
        let query = format!("uploadId={}", begun.element("UploadId"));
        let mut document = String::new();
        for (number, length) in (1..).zip(bodies) {
            let put = Ask::new("PUT", "/bkt/k").query(&format!("partNumber={number}&{query}"));
            let part = server.ask(put.body(vec![b'x'; *length])).await;
            let etag = part.header("etag").unwrap_or_default();
            document +=
                &format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>");
        }
        let document = format!("<CompleteMultipartUpload>{document}</CompleteMultipartUpload>");
        let done = server.ask(Ask::new("POST", "/bkt/k").query(&query).body(document)).await;
        if bodies == [0, 1] {
            assert_eq!((done.status, &*done.code()), (400, "EntityTooSmall"));
            continue;
        }
        assert_eq!(done.status, 200, "{}", done.text());
        let got = server.ask(Ask::new("GET", "/bkt/k")).await;
        assert_eq!((got.status, got.body.len()), (200, bodies.iter().sum()));
        let last = Ask::new("GET", "/bkt/k").query(&format!("partNumber={}", bodies.len()));
        let last = server.ask(last).await;
        assert_eq!(last.body.len(), 0, "{}", last.text());
        assert_eq!(last.header("x-amz-mp-parts-count"), Some(&*bodies.len().to_string()));
    }
}
