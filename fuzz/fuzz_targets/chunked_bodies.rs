//! aws-chunked: however a body is cut, it says the same, and what it gives is as long as it says. The
//! input is a byte that says how the body is covered, then the body.

#![no_main]

use std::sync::OnceLock;

use bytes::Bytes;
use http::HeaderMap;
use libfuzzer_sys::fuzz_target;
use types::Timestamp;
use wire::auth::{ChunkKey, Credentials, PayloadHash, SignedPayload, sign};
use wire::payload::{BODY_BYTES_MAX, Payload, Plan};

const WORDS: [&str; 3] = [
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
];

fuzz_target!(|input: &[u8]| {
    let Some((mode, body)) = input.split_first() else { return };
    let word = WORDS[usize::from(*mode) % WORDS.len()];
    let announced = mode & 0x10 != 0;
    let decoded = usize::from(mode >> 5) * 5;
    let whole = read(word, (announced, decoded), body, body.len().max(1));
    for step in [1, 2, 3, 7, 64] {
        let pieces = read(word, (announced, decoded), body, step);
        assert_eq!(whole.is_some(), pieces.is_some(), "in pieces of {step}");
        assert_eq!(whole, pieces, "in pieces of {step}");
    }
    if let Some(bytes) = whole {
        assert_eq!(bytes.len(), decoded);
    }
});

/// The body's bytes if it is one.
fn read(
    word: &str,
    (announced, decoded): (bool, usize),
    body: &[u8],
    step: usize,
) -> Option<Vec<u8>> {
    let mut headers = HeaderMap::new();
    headers.insert("content-length", body.len().into());
    headers.insert("x-amz-decoded-content-length", decoded.into());
    if announced {
        headers.insert("x-amz-trailer", "x-amz-checksum-crc32".parse().expect("a name"));
    }
    let hash = PayloadHash::parse(word).expect("a word of AWS's");
    let plan = Plan::of(&headers, hash, BODY_BYTES_MAX).ok()?;
    let mut payload = Payload::new(plan, SignedPayload { hash, chunks: Some(key()) });
    let mut out = Vec::new();
    for piece in body.chunks(step) {
        payload.feed(Bytes::copy_from_slice(piece), &mut out).ok()?;
    }
    let verified = payload.finish_here().ok()?;
    let bytes = out.concat();
    assert_eq!(verified.length(), bytes.len() as u64);
    Some(bytes)
}

fn key() -> ChunkKey {
    static KEY: OnceLock<ChunkKey> = OnceLock::new();
    let made = || {
        let credentials = Credentials {
            access_key: "AKIA".into(),
            secret: "secret".into(),
            region: "us-east-1".into(),
            service: "s3",
        };
        let mut request =
            http::Request::put("/b/k").header("host", "h").body(()).expect("a request");
        let now = Timestamp::parse_basic("20261125T120000Z").expect("a time");
        sign(&mut request, &credentials, "UNSIGNED-PAYLOAD", now)
    };
    KEY.get_or_init(made).clone()
}
