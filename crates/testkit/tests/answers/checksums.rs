//! Additional checksums: each algorithm in header and trailer, kept and given back, and of parts
//! ("Checking object integrity in Amazon S3", S3 User Guide).

use testkit::{Ask, Payload, TestServer, checksum};

/// AWS's names, and whether an object of parts can have one of the full object.
const ALGORITHMS: [(&str, bool); 10] = [
    ("CRC32", true),
    ("CRC32C", true),
    ("CRC64NVME", true),
    ("SHA1", false),
    ("SHA256", false),
    ("SHA512", false),
    ("MD5", false),
    ("XXHASH64", false),
    ("XXHASH3", false),
    ("XXHASH128", false),
];

fn lower(name: &str) -> (String, String) {
    let name = name.to_lowercase();
    (format!("x-amz-checksum-{name}"), name)
}

/// More than one block of any algorithm.
fn body() -> Vec<u8> {
    (0..5000u32).map(|it| (it % 251) as u8).collect()
}

#[tokio::test]
async fn every_algorithm_is_verified_kept_and_given_back() {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    for (name, _) in ALGORITHMS {
        let (header, short) = lower(name);
        let (right, wrong) = (checksum(&short, &body()), checksum(&short, b"other"));
        let put = Ask::new("PUT", "/bkt/k").body(body());
        let in_trailer = |sum: &str| {
            let put = put.clone().payload(Payload::UnsignedChunksWithTrailer);
            put.trailer(&header, sum).header("x-amz-sdk-checksum-algorithm", name)
        };
        for (asked, status) in [
            (put.clone().header(&header, &right), 200),
            (put.clone().header(&header, &wrong), 400),
            (in_trailer(&right), 200),
            (in_trailer(&wrong), 400),
        ] {
            let answer = server.ask(asked).await;
            assert_eq!(answer.status, status, "{name}: {}", answer.text());
            if status == 400 {
                assert_eq!(answer.code(), "BadDigest");
                continue;
            }
            assert_eq!(answer.header(&header), Some(&*right));
            assert_eq!(answer.header("x-amz-checksum-type"), Some("FULL_OBJECT"));
        }
        for method in ["GET", "HEAD"] {
            let read = Ask::new(method, "/bkt/k").header("x-amz-checksum-mode", "ENABLED");
            assert_eq!(server.ask(read).await.header(&header), Some(&*right), "{name}");
            assert_eq!(server.ask(Ask::new(method, "/bkt/k")).await.header(&header), None);
        }
    }
}

#[tokio::test]
async fn every_algorithm_sums_up_parts_as_far_as_it_can() {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    for (name, full) in ALGORITHMS {
        let (header, short) = lower(name);
        for kind in ["FULL_OBJECT", "COMPOSITE"] {
            let possible = if kind == "FULL_OBJECT" { full } else { name != "CRC64NVME" };
            let begin = Ask::new("POST", "/bkt/k").query("uploads");
            let begin = begin.header("x-amz-checksum-algorithm", name);
            let begun = server.ask(begin.header("x-amz-checksum-type", kind)).await;
            if !possible {
                assert_eq!(begun.code(), "InvalidRequest", "{name} {kind}");
                continue;
            }
            let id = begun.element("UploadId");
            let sum = checksum(&short, &body());
            let part = Ask::new("PUT", "/bkt/k").query(&format!("partNumber=1&uploadId={id}"));
            let part = server.ask(part.header(&header, &sum).body(body())).await;
            assert_eq!(part.header(&header), Some(&*sum), "{}", part.text());
            let etag = part.header("etag").unwrap_or_default();
            let named = format!("<Checksum{name}>{sum}</Checksum{name}>");
            let listed = Ask::new("GET", "/bkt/k").query(&format!("uploadId={id}"));
            let listed = server.ask(listed).await;
            assert!(listed.text().contains(&named), "{}", listed.text());
            let complete = format!(
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag>\
                 {named}</Part></CompleteMultipartUpload>"
            );
            let whole = match kind {
                "FULL_OBJECT" => sum,
                _ => {
                    use base64::Engine as _;
                    let base64 = base64::engine::general_purpose::STANDARD;
                    format!("{}-1", checksum(&short, &base64.decode(&sum).unwrap()))
                }
            };
            let complete = |whole: &str| {
                let ask = Ask::new("POST", "/bkt/k").query(&format!("uploadId={id}"));
                ask.header(&header, whole).header("x-amz-checksum-type", kind).body(&*complete)
            };
            // The number of parts may be left out, and not be wrong.
            let bare = whole.split('-').next().unwrap();
            let wrong = server.ask(complete(&format!("{bare}-2"))).await;
            assert_eq!(wrong.code(), "BadDigest", "{name} {kind}: {}", wrong.text());
            let done = server.ask(complete(bare)).await;
            assert_eq!(done.element(&format!("Checksum{name}")), whole, "{}", done.text());
            assert_eq!(done.element("ChecksumType"), kind);
            let read = Ask::new("HEAD", "/bkt/k").header("x-amz-checksum-mode", "ENABLED");
            let read = server.ask(read).await;
            assert_eq!(read.header(&header), Some(&*whole));
            assert_eq!(read.header("x-amz-checksum-type"), Some(kind));
        }
    }
}

#[tokio::test]
async fn another_md5_is_told_in_digits_where_an_object_is_put() {
    // As recorded on AWS in LocalStack's tests.
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    let put = Ask::new("PUT", "/bkt/k").body("123456789");
    let answer = server.ask(put.header("content-md5", "CYketZBSTjX8czcs3cXVlg==")).await;
    assert_eq!(answer.code(), "BadDigest");
    assert_eq!(answer.element("ExpectedDigest"), "09891eb590524e35fc73372cddc5d596");
    assert_eq!(answer.element("CalculatedDigest"), "JfnnlDI7RTiF9RgfG2JNCw==");
    // Bits behind the last byte make another digest of it, not none.
    let put = Ask::new("PUT", "/bkt/k").body("123456789");
    let answer = server.ask(put.header("content-md5", "CYketZBSTjX8czcs3cXVlh==")).await;
    assert_eq!(answer.code(), "BadDigest");
    let put = Ask::new("PUT", "/bkt/k").header("x-amz-checksum-crc7", "AA==");
    assert_eq!(server.ask(put).await.code(), "InvalidRequest");
}

/// What nobody signed is checked all the same, and its framing undone.
#[tokio::test]
async fn an_unsigned_body_is_what_its_headers_say() {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    server.ask(Ask::new("DELETE", "/bkt").query("publicAccessBlock")).await;
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:PutObject", "Resource": "arn:aws:s3:::bkt/*"}]}"#;
    let set = server.ask(Ask::new("PUT", "/bkt").query("policy").body(policy)).await;
    assert_eq!(set.status, 204, "{}", set.text());
    let put = || Ask::new("PUT", "/bkt/k").body("hello").anonymous();
    let hash = "x-amz-content-sha256";
    let zeros = "0".repeat(64);
    for (word, code) in [
        (&*zeros, "XAmzContentSHA256Mismatch"),
        ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "InvalidRequest"),
        ("nonsense", "InvalidArgument"),
    ] {
        let answer = server.ask(put().header(hash, word)).await;
        assert_eq!((answer.status, answer.code()), (400, code.into()), "{word}");
    }
    for ask in [put(), put().payload(Payload::UnsignedChunksWithTrailer)] {
        let answer = server.ask(ask).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let got = server.ask(Ask::new("GET", "/bkt/k")).await;
        assert_eq!(got.body, b"hello");
    }
}
