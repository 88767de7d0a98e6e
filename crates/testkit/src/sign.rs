//! Signatures, written from AWS's documents and apart from `wire`'s: "Authenticating Requests (AWS
//! Signature Version 4)" and, for Version 2, "Signing and authenticating REST requests".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Digest as _;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512, digest};
use ring::hmac;
use twox_hash::{XxHash3_64, XxHash3_128, XxHash64};
use types::Timestamp;

/// Who signs, when, and for what.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The access key's id.
    pub access_key: String,
    /// Its secret.
    pub secret: String,
    /// When, in seconds since 1970.
    pub at_s: u64,
    /// The scope's region.
    pub region: String,
    /// The scope's service.
    pub service: String,
    /// A session's token.
    pub token: Option<String>,
}

/// How a request is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Not at all.
    None,
    /// Version 4, `Authorization`.
    Header,
    /// Version 4 in the query.
    Presigned {
        /// For so long; a text, because it may be nonsense.
        expires_s: String,
    },
    /// Version 2 in the query.
    PresignedV2 {
        /// Until then, seconds since 1970.
        expires: u64,
    },
    /// Version 2, `Authorization`.
    HeaderV2,
}

/// How a body is covered and framed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// `x-amz-content-sha256` is its SHA-256.
    Signed,
    /// `UNSIGNED-PAYLOAD`.
    Unsigned,
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`.
    SignedChunks,
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`.
    SignedChunksWithTrailer,
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`.
    UnsignedChunksWithTrailer,
    /// Whatever `x-amz-content-sha256` shall say; the body goes as it is.
    Said(String),
    /// No `x-amz-content-sha256`: IAM and STS sign the body's hash and don't say it.
    Silent,
}

impl Signer {
    /// When it signs, as `x-amz-date` has it.
    pub fn time(&self) -> String {
        Timestamp::from_millis(self.at_s * 1000).basic()
    }

    pub(crate) fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", &self.time()[..8], self.region, self.service)
    }

    fn key(&self) -> hmac::Key {
        let first = format!("AWS4{}", self.secret);
        let day = &self.time()[..8];
        let parts = [day, &self.region, &self.service, "aws4_request"];
        let bytes = parts.iter().fold(first.into_bytes(), |key, part| hmac256(&key, part));
        hmac::Key::new(hmac::HMAC_SHA256, &bytes)
    }

    /// Signs a canonical request.
    pub(crate) fn sign(&self, canonical: &str) -> String {
        let hash = sha256_hex(canonical.as_bytes());
        self.sign_text(&format!("AWS4-HMAC-SHA256\n{}\n{}\n{hash}", self.time(), self.scope()))
    }

    /// Signs a chunk; `previous` is the signature before it.
    pub(crate) fn sign_chunk(&self, previous: &str, bytes: &[u8]) -> String {
        let (time, scope) = (self.time(), self.scope());
        let (none, hash) = (sha256_hex(b""), sha256_hex(bytes));
        self.sign_text(&format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{time}\n{scope}\n{previous}\n{none}\n{hash}"
        ))
    }

    /// Signs a trailer in its canonical form, `name:value\n`.
    pub(crate) fn sign_trailer(&self, previous: &str, trailer: &str) -> String {
        let (time, scope) = (self.time(), self.scope());
        let hash = sha256_hex(trailer.as_bytes());
        self.sign_text(&format!("AWS4-HMAC-SHA256-TRAILER\n{time}\n{scope}\n{previous}\n{hash}"))
    }

    pub(crate) fn sign_text(&self, text: &str) -> String {
        hex(hmac::sign(&self.key(), text.as_bytes()).as_ref())
    }

    /// Signs Version 2's string.
    pub(crate) fn sign_v2(&self, text: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.secret.as_bytes());
        STANDARD.encode(hmac::sign(&key, text.as_bytes()))
    }
}

fn hmac256(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

/// Method, path, sorted query, headers by name, their names, the payload's word. Pairs and path are
/// encoded already.
pub(crate) fn canonical(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(String, String)],
    payload: &str,
) -> (String, String) {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|it| !it.is_empty())
        .map(|it| if it.contains('=') { it.to_owned() } else { format!("{it}=") })
        .collect();
    pairs.sort_by(|a, b| a.split('=').cmp(b.split('=')));
    let mut sorted = headers.to_vec();
    sorted.sort();
    let names: Vec<&str> = sorted.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(";");
    let lines: String = sorted
        .iter()
        .map(|(name, value)| {
            let words: Vec<&str> = value.split_whitespace().collect();
            format!("{name}:{}\n", words.join(" "))
        })
        .collect();
    let text = format!("{method}\n{path}\n{}\n{lines}\n{names}\n{payload}", pairs.join("&"));
    (text, names)
}

/// AWS's percent-encoding; a slash is kept if `slash`.
pub fn percent(text: &str, slash: bool) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b) || (slash && b == b'/');
    let one = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(one).collect()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

/// MD5 in base64.
pub fn md5_base64(bytes: &[u8]) -> String {
    STANDARD.encode(md5::Md5::digest(bytes))
}

/// A checksum in base64 by the last part of its header's name, such as `crc32` or `xxhash128`.
pub fn checksum(name: &str, bytes: &[u8]) -> String {
    use crc_fast::{CrcAlgorithm, checksum};
    let crc = |algorithm, from: usize| checksum(algorithm, bytes).to_be_bytes()[from..].to_vec();
    STANDARD.encode(match name {
        "crc32" => crc(CrcAlgorithm::Crc32IsoHdlc, 4),
        "crc32c" => crc(CrcAlgorithm::Crc32Iscsi, 4),
        "crc64nvme" => crc(CrcAlgorithm::Crc64Nvme, 0),
        "sha1" => digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec(),
        "sha256" => digest(&SHA256, bytes).as_ref().to_vec(),
        "sha512" => digest(&SHA512, bytes).as_ref().to_vec(),
        "md5" => md5::Md5::digest(bytes).to_vec(),
        "xxhash64" => XxHash64::oneshot(0, bytes).to_be_bytes().to_vec(),
        "xxhash3" => XxHash3_64::oneshot(bytes).to_be_bytes().to_vec(),
        "xxhash128" => XxHash3_128::oneshot(bytes).to_be_bytes().to_vec(),
        other => panic!("{other} is no checksum"),
    })
}
