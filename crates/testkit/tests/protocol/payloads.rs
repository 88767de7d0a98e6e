//! Bodies that aren't what was said of them: refused, and nothing of them is kept.

use testkit::{Ask, Message, Payload, Signature, TestServer, checksum, md5_base64, sha256_hex};

const BODY: &[u8] = b"123456789";
const ALGORITHMS: [&str; 5] = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"];

fn put() -> Ask {
    Ask::new("PUT", "/bucket/key").body(BODY)
}

fn trailing(payload: Payload, name: &str, value: &str) -> Ask {
    put().payload(payload).trailer(&format!("x-amz-checksum-{name}"), value)
}

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

#[tokio::test]
async fn checksums_of_every_algorithm_are_verified_in_header_and_trailer() {
    let server = server().await;
    for name in ALGORITHMS {
        let header = format!("x-amz-checksum-{name}");
        let (right, wrong) = (checksum(name, BODY), checksum(name, b"987654321"));
        let sentence = format!(
            "The {} you specified did not match the calculated checksum.",
            name.to_uppercase()
        );
        let signed = Payload::SignedChunksWithTrailer;
        let unsigned = Payload::UnsignedChunksWithTrailer;
        let ask = |value: &str| {
            [
                put().header(&header, value),
                trailing(signed.clone(), name, value),
                trailing(unsigned.clone(), name, value),
            ]
        };
        for ask in ask(&wrong) {
            let answer = server.refuses("bucket", &ask.build(), 400, "BadDigest").await;
            assert_eq!(answer.message(), sentence);
        }
        for (ask, place) in
            ask("AAA").into_iter().zip(["header", "trailing header", "trailing header"])
        {
            let answer = server.refuses("bucket", &ask.build(), 400, "InvalidRequest").await;
            assert_eq!(answer.message(), format!("Value for {header} {place} is invalid."));
        }
        for ask in ask(&right) {
            let answer = server.ask(ask).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.header(&header), Some(&*right));
            let gone = server.ask(Ask::new("DELETE", "/bucket/key")).await;
            assert_eq!(gone.status, 204);
        }
    }
}

#[tokio::test]
async fn one_checksum_and_no_other_algorithm() {
    let server = server().await;
    let (crc32, sha1) = (checksum("crc32", BODY), checksum("sha1", BODY));
    let sdk = "x-amz-sdk-checksum-algorithm";
    let no_trailer = put().payload(Payload::UnsignedChunksWithTrailer);
    for (ask, sentence) in [
        (
            put().header("x-amz-checksum-crc32", &crc32).header("x-amz-checksum-sha1", &sha1),
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ),
        (
            trailing(Payload::UnsignedChunksWithTrailer, "crc32", &crc32)
                .header("x-amz-checksum-sha1", &sha1),
            "Expecting a single x-amz-checksum- header",
        ),
        (
            put().header("x-amz-checksum-crc32", &crc32).header(sdk, "SHA1"),
            "Value for x-amz-sdk-checksum-algorithm header is invalid.",
        ),
        (
            put().header(sdk, "CRC32"),
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or \
             x-amz-trailer headers were found.",
        ),
        (
            no_trailer.clone().header("x-amz-trailer", "x-amz-meta-a"),
            "The value specified in the x-amz-trailer header is not supported",
        ),
    ] {
        let answer = server.refuses("bucket", &ask.build(), 400, "InvalidRequest").await;
        assert_eq!(answer.message(), sentence);
    }
    let xx = put().header("x-amz-checksum-xxhash64", "AAAAAAAAAAA=").build();
    server.refuses("bucket", &xx, 400, "BadDigest").await;
}

#[tokio::test]
async fn content_md5_is_verified_and_must_be_one() {
    let server = server().await;
    let ask = |value: &str| put().header("content-md5", value).build();
    assert_eq!(server.send(&ask(&md5_base64(BODY))).await.status, 200);
    let wrong = ask(&md5_base64(b"x"));
    server.refuses("bucket", &wrong, 400, "BadDigest").await;
    for malformed in
        ["", "short", "not base64!", &checksum("sha256", BODY), "25f9e794323b453885f5181f1b624d0b"]
    {
        let answer = server.refuses("bucket", &ask(malformed), 400, "InvalidDigest").await;
        assert_eq!(answer.message(), "The Content-MD5 you specified was invalid.");
    }
}

#[tokio::test]
async fn the_signed_hash_is_verified() {
    let server = server().await;
    let other = put().payload(Payload::Said(sha256_hex(b"other"))).build();
    let answer = server.refuses("bucket", &other, 400, "XAmzContentSHA256Mismatch").await;
    assert_eq!(answer.element("ClientComputedContentSHA256"), sha256_hex(b"other"));
    assert_eq!(answer.element("S3ComputedContentSHA256"), sha256_hex(BODY));
    let changed = put().build().with_body(*b"123456780");
    server.refuses("bucket", &changed, 400, "XAmzContentSHA256Mismatch").await;
    // Documents as well.
    let tags = "<Tagging><TagSet/></Tagging>";
    let ask = Ask::new("PUT", "/bucket").query("tagging").payload(Payload::Said(sha256_hex(b"")));
    server.refuses("bucket", &ask.body(tags).build(), 400, "XAmzContentSHA256Mismatch").await;
}

#[tokio::test]
async fn bodies_that_break_off_are_incomplete() {
    let server = server().await;
    for ask in [
        put(),
        put().payload(Payload::Unsigned),
        put().payload(Payload::SignedChunks),
        trailing(Payload::UnsignedChunksWithTrailer, "crc32", &checksum("crc32", BODY)),
        put().signed(Signature::Presigned { expires_s: "60".into() }),
    ] {
        let message = ask.build();
        for kept in [0, 1, message.body.len() - 1] {
            let before = server.contents("bucket").await;
            let mut connection = server.connect().await;
            connection.write(&message.head()).await;
            connection.write(&message.body[..kept]).await;
            connection.end_writing().await;
            // The client that broke off may still read; not all of them get an answer.
            if let Some(answer) = connection.any_answer("PUT").await {
                assert_eq!((answer.status, &*answer.code()), (400, "IncompleteBody"));
            }
            assert_eq!(server.contents("bucket").await, before);
        }
    }
}

#[tokio::test]
async fn lengths_must_be_said_and_true() {
    let server = server().await;
    let chunks = || put().payload(Payload::SignedChunks).build();
    // Decoded lengths are part of what is signed: they lie only if the signer does.
    let lying = |said: &str| {
        put().payload(Payload::SignedChunks).header("x-amz-decoded-content-length", said).build()
    };
    for (message, status, code) in [
        (put().build().without("content-length").with_nothing(), 411, "MissingContentLength"),
        (chunks().without("content-length").with_nothing(), 411, "MissingContentLength"),
        (lying("abc"), 411, "MissingContentLength"),
        (lying("-9"), 411, "MissingContentLength"),
        (lying(""), 411, "MissingContentLength"),
        (lying("8"), 400, "IncompleteBody"),
        (lying("10"), 400, "IncompleteBody"),
        (lying("0"), 400, "IncompleteBody"),
        (lying("5368709121"), 400, "EntityTooLarge"),
        (lying("99999999999999999999"), 411, "MissingContentLength"),
    ] {
        server.refuses("bucket", &message, status, code).await;
    }
    let answer = server.send(&lying("8")).await;
    assert_eq!(
        answer.message(),
        "You did not provide the number of bytes specified by the Content-Length HTTP header"
    );
    assert_eq!(
        (answer.element("NumberBytesExpected"), answer.element("NumberBytesProvided")),
        ("8".into(), "9".into())
    );
}

trait WithNothing {
    fn with_nothing(self) -> Self;
}

impl WithNothing for Message {
    /// Without a body, and without saying so.
    fn with_nothing(mut self) -> Self {
        self.body.clear();
        self
    }
}

#[tokio::test]
async fn more_than_5_gib_is_refused_before_any_of_it_is_read() {
    let server = server().await;
    for size in [(5u64 << 30) + 1, u64::MAX / 2] {
        let ask = put().payload(Payload::Unsigned).header("content-length", &size.to_string());
        let mut message = ask.build();
        message.body.clear();
        let mut connection = server.connect().await;
        let answer = connection.exchange(&message).await;
        assert_eq!((answer.status, &*answer.code()), (400, "EntityTooLarge"));
        assert_eq!(answer.message(), "Your proposed upload exceeds the maximum allowed size");
        assert_eq!(answer.element("ProposedSize"), size.to_string());
        assert_eq!(answer.element("MaxSizeAllowed"), "5368709120");
    }
    assert_eq!(server.contents("bucket").await.keys, [""; 0]);
    // 5 GiB are read (and never come).
    let most = put().payload(Payload::Unsigned).header("content-length", &(5u64 << 30).to_string());
    let mut connection = server.connect().await;
    connection.write(&most.header("expect", "100-continue").build().head()).await;
    assert_eq!(connection.any_answer("PUT").await.unwrap().status, 100);
}

#[tokio::test]
async fn a_transfer_in_http_chunks_needs_a_length_of_its_own() {
    let server = server().await;
    let plain = put().header("transfer-encoding", "chunked").payload(Payload::Unsigned);
    let mut message = plain.build();
    message.body = b"9\r\n123456789\r\n0\r\n\r\n".to_vec();
    let answer = server.refuses("bucket", &message, 501, "NotImplemented").await;
    assert_eq!(
        answer.message(),
        "A header you provided implies functionality that is not implemented"
    );
    assert_eq!(answer.element("Header"), "Transfer-Encoding");
    // aws-chunked in HTTP's chunks is what SDKs send of streams.
    let mut message =
        put().payload(Payload::SignedChunks).header("transfer-encoding", "chunked").build();
    let length = format!("{:x}\r\n", message.body.len());
    message.body = [length.as_bytes(), &message.body, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(server.send(&message).await.status, 200);
}

#[tokio::test]
async fn chunk_signatures_cover_bytes_and_order() {
    let server = server().await;
    let body: Vec<u8> = [[b'a'; 8192], [b'b'; 8192], [b'a'; 8192]].concat();
    let chunks = || {
        let mut ask = Ask::new("PUT", "/bucket/key").body(body.clone());
        ask.chunk_bytes = 8192;
        ask.payload(Payload::SignedChunks)
    };
    let message = chunks().build();
    assert_eq!(server.send(&message).await.status, 200);
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket/key")).await.status, 204);
    let (size, line) = (8192, message.body.iter().position(|it| *it == b'\n').unwrap() + 1);
    let frame = line + size + 2;
    let frames: Vec<&[u8]> = message.body.chunks(frame).collect();
    let with = |body: Vec<u8>| message.clone().with_body(body);
    let zeros = [b"2000;chunk-signature=", &[b'0'; 64][..], b"\r\n"].concat();
    for (what, changed) in [
        ("a byte", message.clone().replace_in_body(b"bbbb", b"bbbc")),
        ("two in the other order", with([frames[1], frames[0], frames[2], frames[3]].concat())),
        (
            "the first again in place of the third",
            with([frames[0], frames[1], frames[0], frames[3]].concat()),
        ),
        ("one left out", with([frames[0], frames[2], frames[3]].concat())),
        (
            "no signature that holds",
            with([&zeros, &frames[0][line..], frames[1], frames[2], frames[3]].concat()),
        ),
    ] {
        let answer = server.refuses("bucket", &changed, 403, "SignatureDoesNotMatch").await;
        assert!(!answer.element("SignatureProvided").is_empty(), "{what}");
    }
    // The last chunk's signature says that nothing follows.
    let last = String::from_utf8(frames[3].to_vec()).unwrap();
    let digits = last.trim().rsplit_once('=').unwrap().1.to_owned();
    let other = message.clone().replace_in_body(digits.as_bytes(), &[b'0'; 64]);
    server.refuses("bucket", &other, 403, "SignatureDoesNotMatch").await;
    // A chunk of another request, signed by the same key.
    let other = Ask::new("PUT", "/bucket/other").body(body.clone());
    let mut other = other.payload(Payload::SignedChunks);
    other.chunk_bytes = 8192;
    let stolen = other.build().body;
    server.refuses("bucket", &with(stolen), 403, "SignatureDoesNotMatch").await;
}

#[tokio::test]
async fn framing_that_is_none_is_an_incomplete_body() {
    let server = server().await;
    let crc = checksum("crc32", BODY);
    let good = trailing(Payload::UnsignedChunksWithTrailer, "crc32", &crc).build();
    let start = "9\r\n123456789\r\n0\r\n";
    let end = format!("x-amz-checksum-crc32:{crc}\r\n\r\n");
    assert_eq!(String::from_utf8(good.body.clone()).unwrap(), format!("{start}{end}"));
    let long_head = format!("9;{}\r\n123456789\r\n0\r\n{end}", "x".repeat(2000));
    let zeros = format!("{}9\r\n123456789\r\n0\r\n{end}", "0".repeat(2000));
    for body in [
        format!("8\r\n123456789\r\n0\r\n{end}"),
        format!("a\r\n123456789\r\n0\r\n{end}"),
        format!("9\n123456789\r\n0\r\n{end}"),
        format!("9\r\n123456789\n0\r\n{end}"),
        format!("9\r\n1234567890\r\n{end}"),
        format!("\r\n{start}{end}"),
        format!("-9\r\n123456789\r\n0\r\n{end}"),
        format!("0x9\r\n123456789\r\n0\r\n{end}"),
        format!("ffffffffffffffff\r\n123456789\r\n0\r\n{end}"),
        format!("{start}x-amz-checksum-crc32:{crc}\r\n"),
        format!("{start}{end}9\r\n123456789\r\n"),
        "9\r\n123456789\r\n".into(),
        "123456789".into(),
        String::new(),
        long_head,
        zeros,
    ] {
        let answer = server.send(&good.clone().with_body(&*body)).await;
        assert_eq!((answer.status, &*answer.code()), (400, "IncompleteBody"), "{body:?}");
    }
    assert_eq!(server.contents("bucket").await.keys, [""; 0]);
    let signed = || put().payload(Payload::SignedChunks).build();
    for (from, to) in [
        (&b";chunk-signature="[..], &b""[..]),
        (b";chunk-signature=", b";signature="),
        (b";", b":"),
        (b"9;", b"8;"),
    ] {
        let message = signed().replace_in_body(from, to);
        server.refuses("bucket", &message, 400, "IncompleteBody").await;
    }
}

#[tokio::test]
async fn trailers_must_be_those_that_were_announced() {
    let server = server().await;
    let crc = checksum("crc32", BODY);
    let good = || trailing(Payload::UnsignedChunksWithTrailer, "crc32", &crc).build();
    let line = format!("x-amz-checksum-crc32:{crc}\r\n");
    let malformed = "MalformedTrailerError";
    let crc32c = format!("x-amz-checksum-crc32c:{}\r\n", checksum("crc32c", BODY));
    for to in [
        "".into(),
        crc32c.clone(),
        line.replace(':', "="),
        format!("{line}{crc32c}"),
        format!("{line}{line}"),
        format!("{line}x-amz-trailer-signature:{}\r\n", "0".repeat(64)),
        "a:1\r\n".repeat(10),
    ] {
        let message = good().replace_in_body(line.as_bytes(), to.as_bytes());
        server.refuses("bucket", &message, 400, malformed).await;
    }
    // A trailer that nobody announced, and an announced one where none can come.
    let unannounced = put().payload(Payload::UnsignedChunksWithTrailer).build();
    let unannounced = unannounced.replace_in_body(b"0\r\n", format!("0\r\n{line}").as_bytes());
    server.refuses("bucket", &unannounced, 400, malformed).await;
    for payload in [Payload::Signed, Payload::Unsigned, Payload::SignedChunks] {
        let ask = put().payload(payload).header("x-amz-trailer", "x-amz-checksum-crc32");
        server.refuses("bucket", &ask.build(), 400, malformed).await;
    }
}

#[tokio::test]
async fn signed_trailers_are_covered_and_must_come() {
    let server = server().await;
    let crc = checksum("crc32", BODY);
    let good = || trailing(Payload::SignedChunksWithTrailer, "crc32", &crc).build();
    let body = String::from_utf8(good().body).unwrap();
    let (_, rest) = body.split_once("x-amz-checksum-crc32:").unwrap();
    let signature_line = &rest[rest.find("x-amz-trailer-signature:").unwrap()..rest.len() - 2];
    let trailer = format!("x-amz-checksum-crc32:{crc}\r\n");
    let zeros = format!("x-amz-trailer-signature:{}\r\n", "0".repeat(64));
    for (from, to, status, code) in [
        (signature_line, "", 403, "SignatureDoesNotMatch"),
        (signature_line, &*zeros, 403, "SignatureDoesNotMatch"),
        (&crc, "AAAAAA==", 403, "SignatureDoesNotMatch"),
        (&trailer, "", 400, "MalformedTrailerError"),
        (&format!("{trailer}{signature_line}"), "", 400, "IncompleteBody"),
    ] {
        let body = body.replacen(from, to, 1);
        server.refuses("bucket", &good().with_body(body), status, code).await;
    }
}

#[tokio::test]
async fn only_the_last_chunk_may_be_short() {
    let server = server().await;
    let put = |bytes: usize, chunk_bytes, payload: &Payload| {
        let mut ask = Ask::new("PUT", "/bucket/key").body(vec![b'x'; bytes]);
        ask.chunk_bytes = chunk_bytes;
        ask.payload(payload.clone()).build()
    };
    for payload in [Payload::SignedChunks, Payload::UnsignedChunksWithTrailer] {
        for (bytes, chunk_bytes) in [(1, 8192), (8193, 8192), (3 * 8192, 8192)] {
            assert_eq!(server.send(&put(bytes, chunk_bytes, &payload)).await.status, 200);
        }
        let message = put(8192, 8191, &payload);
        let answer = server.refuses("bucket", &message, 403, "InvalidChunkSizeError").await;
        assert_eq!(
            answer.message(),
            "Only the last chunk is allowed to have a size less than 8192 bytes"
        );
        assert_eq!(
            (answer.element("Chunk"), answer.element("BadChunkSize")),
            ("2".into(), "8191".into())
        );
    }
}

#[tokio::test]
async fn parts_are_checked_as_objects_are() {
    let server = server().await;
    let begun = server.ask(Ask::new("POST", "/bucket/key").query("uploads")).await;
    let id = begun.element("UploadId");
    let query = format!("partNumber=1&uploadId={id}");
    let part = || put().query(&query);
    for (message, status, code) in [
        (part().header("content-md5", &md5_base64(b"x")).build(), 400, "BadDigest"),
        (
            part().header("x-amz-checksum-sha256", &checksum("sha256", b"")).build(),
            400,
            "BadDigest",
        ),
        (part().build().with_body(*b"other"), 400, "XAmzContentSHA256Mismatch"),
        (
            part().payload(Payload::SignedChunks).build().replace_in_body(b"123", b"124"),
            403,
            "SignatureDoesNotMatch",
        ),
        (part().header("x-amz-checksum-sha512", "AA==").build(), 400, "InvalidRequest"),
    ] {
        server.refuses("bucket", &message, status, code).await;
        let listed =
            server.ask(Ask::new("GET", "/bucket/key").query(&format!("uploadId={id}"))).await;
        assert_eq!(listed.elements("PartNumber"), [""; 0]);
    }
}

#[tokio::test]
async fn unsigned_chunks_are_for_objects_alone() {
    let server = server().await;
    let tags = "<Tagging><TagSet/></Tagging>";
    let ask = Ask::new("PUT", "/bucket").query("tagging").body(tags);
    let message = ask.payload(Payload::UnsignedChunksWithTrailer).build();
    let answer = server.refuses("bucket", &message, 400, "InvalidRequest").await;
    assert_eq!(answer.message(), "The value of x-amz-content-sha256 header is invalid.");
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up() {
    let server = TestServer::with(&[], TestServer::short_timeouts()).await;
    server.make_bucket("bucket").await;
    let before = server.contents("bucket").await;
    for sent in [0, 4] {
        let mut connection = server.connect().await;
        let message = put().build();
        connection.write(&message.head()).await;
        connection.write(&message.body[..sent]).await;
        let answer = connection.answer("PUT").await;
        assert_eq!((answer.status, &*answer.code()), (400, "RequestTimeout"));
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(server.contents("bucket").await, before);
    }
}
