use super::*;
use crate::auth::{
    Claim, ClaimV4, Credentials, PayloadHash, SignedRequest, SigningKeys, Verifier, sign,
    sign_chunk, sign_trailer,
};
use crate::query::Query;
use http::{HeaderMap, Request};
use proptest::prelude::*;
use types::{ChecksumAlgorithm, Timestamp};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect()
}

fn unsigned(hash: PayloadHash) -> SignedPayload {
    SignedPayload { hash, chunks: None }
}

/// Feeds a body in pieces of `step` bytes; the bytes that came out, and the proof.
fn run(
    pairs: &[(&'static str, &str)],
    signed: SignedPayload,
    body: &[u8],
    step: usize,
) -> Result<(Vec<u8>, Verified), Code> {
    let mut headers = headers(pairs);
    if signed.hash.is_chunked() {
        headers.insert("content-length", body.len().into());
    }
    let plan = Plan::of(&headers, signed.hash, BODY_BYTES_MAX).map_err(|e| e.code())?;
    let mut payload = Payload::new(plan, signed);
    let mut out = Vec::new();
    for piece in body.chunks(step) {
        payload.feed(Bytes::copy_from_slice(piece), &mut out).map_err(|e| e.code())?;
    }
    let verified = payload.finish_here().map_err(|e| e.code())?;
    Ok((out.concat(), verified))
}

fn plain(pairs: &[(&'static str, &str)], body: &str) -> Result<Verified, Code> {
    run(pairs, unsigned(PayloadHash::Unsigned), body.as_bytes(), 3).map(|(_, it)| it)
}

#[test]
fn a_plain_body_sums_to_what_was_said() {
    let verified = plain(&[("content-length", "9")], "123456789").unwrap();
    assert_eq!(verified.length(), 9);
    assert_eq!(verified.md5()[..4], [0x25, 0xf9, 0xe7, 0x94]);
    assert_eq!(verified.crc64nvme().to_base64(), "rosUhgp5mIg=");
    for (header, value) in [
        ("content-md5", "JfnnlDI7RTiF9RgfG2JNCw=="),
        ("x-amz-checksum-crc32", "y/Q5Jg=="),
        ("x-amz-checksum-crc32c", "4waSgw=="),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        (
            "x-amz-checksum-sha512",
            "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
        ),
        ("x-amz-checksum-md5", "JfnnlDI7RTiF9RgfG2JNCw=="),
        ("x-amz-checksum-xxhash64", "jLhB20DmroM="),
        ("x-amz-checksum-xxhash3", "ctyxi2ehff8="),
        ("x-amz-checksum-xxhash128", "MxGUd+3l3NXpcWQnaB1YYA=="),
    ] {
        let it = plain(&[("content-length", "9"), (header, value)], "123456789").unwrap();
        let named = ChecksumAlgorithm::from_header(header);
        assert_eq!(
            it.declared().map(|it| it.to_base64()),
            named.map(|_| value.to_owned()),
            "{header}"
        );
        let wrong = plain(&[("content-length", "9"), (header, value)], "123456780");
        assert_eq!(wrong.unwrap_err(), Code::BadDigest, "{header}");
    }
}

#[test]
fn bodies_of_any_length_and_in_any_pieces_sum_to_what_was_said() {
    use base64::Engine as _;
    // Those that are hashed together, in few pieces and in many, and those that are hashed aside.
    for (length, step) in [(65_536, 65_536), (65_536, 9_000), (65_536, 11), (65_537, 65_537)]
        .into_iter()
        .chain([(65_537, 3), (200_000, 1_001), (3_000_000, 65_536), (3_000_000, 123_457)])
    {
        let body: Vec<u8> = (0..length).map(|it| (it * 31 + it / 253) as u8).collect();
        let md5 = <::md5::Md5 as ::md5::Digest>::digest(&body);
        let base64 = base64::engine::general_purpose::STANDARD.encode(md5);
        let length = length.to_string();
        let pairs = [("content-length", &length[..]), ("content-md5", &base64)];
        let (out, verified) = run(&pairs, unsigned(PayloadHash::Unsigned), &body, step).unwrap();
        assert!(out == body && verified.md5() == md5[..], "{length} in pieces of {step}");
        let mut torn = body.clone();
        *torn.last_mut().unwrap() ^= 1;
        let refused = run(&pairs, unsigned(PayloadHash::Unsigned), &torn, step);
        assert_eq!(refused.unwrap_err(), Code::BadDigest, "{length} in pieces of {step}");
    }
}

#[test]
fn an_algorithm_that_the_server_wants_is_computed() {
    let hash = PayloadHash::Unsigned;
    let mut plan = Plan::of(&headers(&[("content-length", "9")]), hash, BODY_BYTES_MAX).unwrap();
    assert_eq!(plan.declared_algorithm(), None);
    plan.compute(ChecksumAlgorithm::Crc32);
    let mut payload = Payload::new(plan, unsigned(hash));
    payload.feed(Bytes::from_static(b"123456789"), &mut Vec::new()).unwrap();
    assert_eq!(payload.finish_here().unwrap().declared().unwrap().to_base64(), "y/Q5Jg==");
}

#[test]
fn checksums_of_an_object_say_nothing_of_a_document_about_it() {
    let pairs = [("content-length", "1"), ("x-amz-checksum-sha256", "abc=-3")];
    let hash = PayloadHash::Unsigned;
    assert!(Plan::of_document(&headers(&pairs), hash, 9).is_err());
    assert!(!Plan::of_document_about_an_object(&headers(&pairs), hash, 9).unwrap().has_digest());
}

#[test]
fn an_algorithm_that_is_named_needs_its_checksum() {
    let named = |name, sum: &'static str| {
        let pairs = [("content-length", "9"), ("x-amz-sdk-checksum-algorithm", name)];
        plain(&[pairs[0], pairs[1], (sum, "y/Q5Jg==")], "123456789").map(drop)
    };
    assert_eq!(named("crc32", "x-amz-checksum-crc32"), Ok(()));
    assert_eq!(named("CRC32C", "x-amz-checksum-crc32"), Err(Code::InvalidRequest));
    assert_eq!(named("CRC32", "x-other"), Err(Code::InvalidRequest));
}

#[test]
fn crcs_of_two_bodies_combine_and_hashes_do_not() {
    for algorithm in ChecksumAlgorithm::ALL {
        let sum = |bytes: &[u8]| digest_of(algorithm, bytes);
        let whole = combine_crc(sum(b"1234"), sum(b"56789"), 5);
        let hash = !algorithm.is_crc();
        assert_eq!(whole, (!hash).then(|| sum(b"123456789")), "{}", algorithm.name());
        assert_eq!(combine_crc(sum(b""), sum(b"1234"), 4), (!hash).then(|| sum(b"1234")));
    }
}

#[test]
fn a_signed_hash_must_hold() {
    let hash = |text: &str| PayloadHash::parse(text).unwrap();
    let right = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
    let signed = |text| run(&[("content-length", "9")], unsigned(hash(text)), b"123456789", 4);
    assert!(signed(right).is_ok());
    assert_eq!(signed(&right.replace('1', "2")).unwrap_err(), Code::XAmzContentSHA256Mismatch);
}

#[test]
fn what_is_said_of_a_body_must_make_sense() {
    for (pairs, code) in [
        (&[][..], Code::MissingContentLength),
        (&[("content-length", "x")], Code::InvalidArgument),
        (&[("content-length", "5368709121")], Code::EntityTooLarge),
        (&[("content-length", "1"), ("content-md5", "short")], Code::InvalidDigest),
        (&[("content-length", "1"), ("x-amz-checksum-crc32", "long enough")], Code::InvalidRequest),
        (
            &[
                ("content-length", "1"),
                ("x-amz-checksum-crc32", "y/Q5Jg=="),
                ("x-amz-checksum-crc32c", "4waSgw=="),
            ],
            Code::InvalidRequest,
        ),
        (&[("content-length", "1"), ("x-amz-sdk-checksum-algorithm", "MD4")], Code::InvalidRequest),
        (
            &[("content-length", "1"), ("x-amz-sdk-checksum-algorithm", "SHA1")],
            Code::InvalidRequest,
        ),
        (&[("transfer-encoding", "chunked")], Code::NotImplemented),
        (&[("content-length", "1"), ("x-amz-trailer", "x-other")], Code::InvalidRequest),
        (&[("content-length", "2")], Code::IncompleteBody),
    ] {
        assert_eq!(plain(pairs, "1").unwrap_err(), code, "{pairs:?}");
    }
    assert!(plain(&[("content-length", "1")], "12").is_err());
}

const TRAILER: [(&str, &str); 2] =
    [("x-amz-decoded-content-length", "9"), ("x-amz-trailer", "x-amz-checksum-crc32")];

#[test]
fn unsigned_chunks_with_a_trailer() {
    let body = b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
    let chunks = || unsigned(PayloadHash::UnsignedChunksWithTrailer);
    for step in 1..=body.len() {
        let (bytes, verified) = run(&TRAILER, chunks(), body, step).unwrap();
        assert_eq!(bytes, b"123456789", "{step}");
        assert_eq!(verified.declared().unwrap().to_base64(), "y/Q5Jg==");
    }
    let as_minio_go = b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\n\r\n\r\n";
    for step in 1..=as_minio_go.len() {
        assert_eq!(run(&TRAILER, chunks(), as_minio_go, step).unwrap().0, b"123456789", "{step}");
    }
    for (body, code) in [
        (&b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:4waSgw==\r\n\r\n"[..], Code::BadDigest),
        (
            b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n",
            Code::MalformedTrailerError,
        ),
        (b"9\r\n123456789\r\n0\r\n\r\n", Code::MalformedTrailerError),
        (b"9\r\n123456789\r\n0\r\nnonsense\r\n\r\n", Code::MalformedTrailerError),
        (b"8\r\n12345678\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", Code::IncompleteBody),
        (b"9\r\n123456789\r\n", Code::IncompleteBody),
        (b"9\r\n12345", Code::IncompleteBody),
        (b"a\r\n123456789a\r\n0\r\n\r\n", Code::IncompleteBody),
        (b"9\n123456789\r\n0\r\n\r\n", Code::IncompleteBody),
        (b"-9\r\n123456789\r\n0\r\n\r\n", Code::IncompleteBody),
        (b"+9\r\n123456789\r\n0\r\n\r\n", Code::IncompleteBody),
        (b"fffffffffffffffff\r\n", Code::IncompleteBody),
        (b"9\r\n123456789xx0\r\n\r\n", Code::IncompleteBody),
    ] {
        let text = String::from_utf8_lossy(body);
        assert_eq!(run(&TRAILER, chunks(), body, 1000).unwrap_err(), code, "{text}");
    }
    let short =
        [b"1fff\r\n".to_vec(), vec![b'x'; 8191], b"\r\n1\r\nx\r\n0\r\n\r\n".to_vec()].concat();
    let pairs = [("x-amz-decoded-content-length", "8192")];
    assert_eq!(run(&pairs, chunks(), &short, 100).unwrap_err(), Code::InvalidChunkSizeError);
    let long = [b"1".repeat(LINE + 1), b"\r\n".to_vec()].concat();
    assert_eq!(run(&TRAILER, chunks(), &long, 100).unwrap_err(), Code::IncompleteBody);
}

const LINE: usize = 1024;

/// A signed body in chunks, and what its signature says.
fn signed_body(pieces: &[&[u8]], trailer: bool) -> (SignedPayload, Vec<u8>) {
    let word = match trailer {
        true => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        false => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    };
    let credentials = Credentials {
        access_key: "AKIA".into(),
        secret: "secret".into(),
        region: "us-east-1".into(),
        service: "s3",
    };
    let now = Timestamp::from_millis(1_795_515_120_000);
    let mut request = Request::put("/b/k").header("host", "h").body(()).unwrap();
    let mut key = sign(&mut request, &credentials, word, now);
    let mut body = Vec::new();
    for piece in pieces.iter().copied().filter(|it| !it.is_empty()) {
        body.extend(sign_chunk(&mut key, piece));
    }
    let mut last = sign_chunk(&mut key, b"");
    if trailer {
        last.truncate(last.len() - 2);
        let sum = digest_of(ChecksumAlgorithm::Crc32, &pieces.concat()).to_base64();
        last.extend(sign_trailer(&mut key, "x-amz-checksum-crc32", &sum));
    }
    body.extend(last);
    let query = Query::default();
    let signed = SignedRequest {
        method: request.method(),
        path: "/b/k",
        query: &query,
        headers: request.headers(),
        host_bucket: None,
        form: None,
        posted: None,
    };
    let keys = SigningKeys::default();
    let with = Verifier { secret: "secret", now, keys: &keys };
    let Claim::V4(claim) = Claim::find(&signed).unwrap() else { panic!("signed with V4") };
    let _: &ClaimV4<'_> = &claim;
    (Claim::V4(claim).verify(&signed, with).unwrap(), body)
}

/// With `\n` behind the trailer, and an empty line before its signature.
#[test]
fn a_signed_trailer_as_minio_go_writes_it() {
    let pairs = [("x-amz-decoded-content-length", "5"), TRAILER[1]];
    let changed = |from: &str, to: &str| {
        let (signed, body) = signed_body(&[b"56789"], true);
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains(from), "{body}");
        (signed, body.replace(from, to))
    };
    let signature = "\r\nx-amz-trailer-signature:";
    for step in 1..20 {
        let (signed, body) = changed(signature, &format!("\n{signature}"));
        assert_eq!(run(&pairs, signed, body.as_bytes(), step).unwrap().0, b"56789", "{step}");
    }
    // No more empty lines than that, nothing behind, and not without the signature.
    for (to, code) in [
        ("\n\r\n\r\nx-amz-trailer-signature:", Code::IncompleteBody),
        ("\n\r\nx-amz-trailer-signature:0", Code::SignatureDoesNotMatch),
        ("\n\r\nx-amz-other:", Code::SignatureDoesNotMatch),
    ] {
        let (signed, body) = changed(signature, to);
        assert_eq!(run(&pairs, signed, body.as_bytes(), 7).unwrap_err(), code, "{to:?}");
    }
    let (signed, body) = changed(signature, "\n\r\nx-amz-trailer-signature:");
    let (body, _) = body.split_once("x-amz-trailer-signature").unwrap();
    let refused = run(&pairs, signed, body.as_bytes(), 7).unwrap_err();
    assert_eq!(refused, Code::SignatureDoesNotMatch);
}

proptest! {
    #[test]
    fn signed_chunks_in_any_pieces(
        pieces in proptest::collection::vec((any::<u8>(), 8192usize..8300), 0..3),
        last in proptest::collection::vec(any::<u8>(), 0..50),
        trailer: bool,
        step in 1usize..200,
    ) {
        let pieces = pieces.iter().map(|(byte, length)| vec![*byte; *length]);
        let pieces: Vec<Vec<u8>> = pieces.chain([last]).collect();
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let (signed, body) = signed_body(&pieces, trailer);
        let length = pieces.concat().len().to_string();
        let mut pairs = vec![("x-amz-decoded-content-length", length.as_str())];
        if trailer { pairs.push(TRAILER[1]); }
        let (bytes, _) = run(&pairs, signed, &body, step).unwrap();
        prop_assert_eq!(bytes, pieces.concat());
    }

    #[test]
    fn a_changed_byte_never_passes(at in 0usize..800, bit in 0u8..8, trailer: bool) {
        let first = [b'1'; 8192];
        let (signed, mut body) = signed_body(&[&first, b"56789"], trailer);
        // Most of the first chunk is left alone: there is nothing to learn from it.
        let at = if at < 300 { at } else { body.len() - 1 - (at - 300) % 500 };
        body[at] ^= 1 << bit;
        let mut pairs = vec![("x-amz-decoded-content-length", "8197")];
        if trailer { pairs.push(TRAILER[1]); }
        if let Ok((bytes, _)) = run(&pairs, signed, &body, 7) {
            // Case and zeros of a size, or a break too many at the end, change no byte.
            prop_assert_eq!(bytes, [&first[..], b"56789"].concat());
        }
    }
}
