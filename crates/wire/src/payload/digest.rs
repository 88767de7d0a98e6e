//! The digests of a body: MD5 and CRC64NVME always, others when they were asked for.

use std::hash::Hasher;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest as Crc};
use md5::Digest as _;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512};
use twox_hash::{XxHash3_64, XxHash3_128, XxHash64};
use types::{Checksum, ChecksumAlgorithm};

use super::{Plan, Verified, together};
use crate::auth::PayloadHash;
use crate::error::Error;
use crate::generated::errors::Code;

/// An MD5 on its way, for whoever needs one without a body (the ETag of a multipart object).
#[derive(Clone, Default)]
pub struct Md5(md5::Md5);

impl Md5 {
    /// Takes bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash.
    pub fn finish(self) -> [u8; 16] {
        self.0.finalize().into()
    }
}

impl std::fmt::Debug for Md5 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Md5")
    }
}

/// The checksum of some bytes at hand.
pub fn digest_of(algorithm: ChecksumAlgorithm, bytes: &[u8]) -> Checksum {
    let mut one = One::new(algorithm);
    one.update(bytes);
    one.finish(algorithm)
}

/// The CRC of two bodies one behind the other, from theirs and the second one's length; none for
/// checksums that can't be combined so.
pub fn combine_crc(first: Checksum, second: Checksum, second_bytes: u64) -> Option<Checksum> {
    let algorithm = first.algorithm();
    let crc = crc(algorithm).filter(|_| second.algorithm() == algorithm)?;
    let number =
        |it: Checksum| it.as_bytes().iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    let both = crc_fast::checksum_combine(crc, number(first), number(second), second_bytes);
    Checksum::new(algorithm, &both.to_be_bytes()[8 - algorithm.bytes()..])
}

fn crc(algorithm: ChecksumAlgorithm) -> Option<CrcAlgorithm> {
    match algorithm {
        ChecksumAlgorithm::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
        ChecksumAlgorithm::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
        ChecksumAlgorithm::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
        ChecksumAlgorithm::Sha1
        | ChecksumAlgorithm::Sha256
        | ChecksumAlgorithm::Sha512
        | ChecksumAlgorithm::Md5
        | ChecksumAlgorithm::XxHash64
        | ChecksumAlgorithm::XxHash3
        | ChecksumAlgorithm::XxHash128 => None,
    }
}

/// A checksum on its way. S3's xxHashes have seed 0, and travel in network order.
enum One {
    Crc(Crc),
    Sha(Context),
    Md5(Md5),
    XxHash64(XxHash64),
    XxHash3(Box<XxHash3_64>),
    XxHash128(Box<XxHash3_128>),
}

impl One {
    fn new(algorithm: ChecksumAlgorithm) -> Self {
        match algorithm {
            ChecksumAlgorithm::Crc32 => Self::Crc(Crc::new(CrcAlgorithm::Crc32IsoHdlc)),
            ChecksumAlgorithm::Crc32c => Self::Crc(Crc::new(CrcAlgorithm::Crc32Iscsi)),
            ChecksumAlgorithm::Crc64Nvme => Self::Crc(Crc::new(CrcAlgorithm::Crc64Nvme)),
            ChecksumAlgorithm::Sha1 => Self::Sha(Context::new(&SHA1_FOR_LEGACY_USE_ONLY)),
            ChecksumAlgorithm::Sha256 => Self::Sha(Context::new(&SHA256)),
            ChecksumAlgorithm::Sha512 => Self::Sha(Context::new(&SHA512)),
            ChecksumAlgorithm::Md5 => Self::Md5(Md5::default()),
            ChecksumAlgorithm::XxHash64 => Self::XxHash64(XxHash64::with_seed(0)),
            ChecksumAlgorithm::XxHash3 => Self::XxHash3(Box::new(XxHash3_64::new())),
            ChecksumAlgorithm::XxHash128 => Self::XxHash128(Box::new(XxHash3_128::new())),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(it) => it.update(bytes),
            Self::Sha(it) => it.update(bytes),
            Self::Md5(it) => it.update(bytes),
            Self::XxHash64(it) => it.write(bytes),
            Self::XxHash3(it) => it.write(bytes),
            Self::XxHash128(it) => it.write(bytes),
        }
    }

    fn finish(self, algorithm: ChecksumAlgorithm) -> Checksum {
        let sum = match self {
            Self::Crc(it) => {
                let bytes = it.finalize().to_be_bytes();
                Checksum::new(algorithm, &bytes[8 - algorithm.bytes()..])
            }
            Self::Sha(it) => Checksum::new(algorithm, it.finish().as_ref()),
            Self::Md5(it) => Checksum::new(algorithm, &it.finish()),
            Self::XxHash64(it) => Checksum::new(algorithm, &it.finish().to_be_bytes()),
            Self::XxHash3(it) => Checksum::new(algorithm, &it.finish().to_be_bytes()),
            Self::XxHash128(it) => Checksum::new(algorithm, &it.finish_128().to_be_bytes()),
        };
        sum.expect("the algorithm's own length")
    }
}

/// An MD5 on its way.
enum Hashing {
    /// A small body that came in one piece, or nothing yet: it may be hashed together with others.
    AtTheEnd(Bytes),
    AsItComes(Md5),
}

pub(super) struct Digests {
    md5: Hashing,
    crc64nvme: One,
    sha256: Option<Context>,
    other: Option<(ChecksumAlgorithm, One)>,
}

impl Digests {
    pub(super) fn new(plan: &Plan) -> Self {
        let sha256 = matches!(plan.hash, PayloadHash::Sha256(_)).then(|| Context::new(&SHA256));
        let at_hand = [ChecksumAlgorithm::Crc64Nvme, ChecksumAlgorithm::Md5];
        let other = plan.algorithm.filter(|it| !at_hand.contains(it));
        let is_small = plan.length.is_some_and(|it| it <= together::BODY_BYTES_MAX as u64);
        let md5 = match is_small {
            true => Hashing::AtTheEnd(Bytes::new()),
            false => Hashing::AsItComes(Md5::default()),
        };
        Self {
            md5,
            crc64nvme: One::new(ChecksumAlgorithm::Crc64Nvme),
            sha256,
            other: other.map(|it| (it, One::new(it))),
        }
    }

    pub(super) fn update(&mut self, bytes: &Bytes) {
        match &mut self.md5 {
            Hashing::AtTheEnd(none) if none.is_empty() => *none = bytes.clone(),
            Hashing::AtTheEnd(first) => {
                let mut md5 = Md5::default();
                md5.update(first);
                md5.update(bytes);
                self.md5 = Hashing::AsItComes(md5);
            }
            Hashing::AsItComes(md5) => md5.update(bytes),
        }
        self.crc64nvme.update(bytes);
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
        if let Some((_, one)) = &mut self.other {
            one.update(bytes);
        }
    }

    /// A body that waits to be hashed; none if it was hashed as it came.
    pub(super) fn small_body(&mut self) -> Option<Bytes> {
        match &mut self.md5 {
            Hashing::AtTheEnd(body) => Some(std::mem::take(body)),
            Hashing::AsItComes(_) => None,
        }
    }

    /// The MD5 of all that came.
    pub(super) fn md5(&mut self) -> [u8; 16] {
        let mut md5 = match &mut self.md5 {
            Hashing::AtTheEnd(_) => Md5::default(),
            Hashing::AsItComes(md5) => std::mem::take(md5),
        };
        if let Some(body) = self.small_body() {
            md5.update(&body);
        }
        md5.finish()
    }

    /// Judges everything that was said of the body, which has this MD5.
    pub(super) fn finish(self, plan: &Plan, length: u64, md5: [u8; 16]) -> Result<Verified, Error> {
        let crc64nvme = self.crc64nvme.finish(ChecksumAlgorithm::Crc64Nvme);
        if let (PayloadHash::Sha256(wanted), Some(context)) = (plan.hash, self.sha256) {
            let computed = context.finish();
            if computed.as_ref() != wanted {
                return Err(Error::new(Code::XAmzContentSHA256Mismatch)
                    .with("ClientComputedContentSHA256", hex(&wanted))
                    .with("S3ComputedContentSHA256", hex(computed.as_ref())));
            }
        }
        if let Some(wanted) = plan.content_md5.filter(|it| *it != md5) {
            return Err(Error::new(Code::BadDigest)
                .message("The Content-MD5 you specified did not match what we received.")
                .with("ExpectedDigest", STANDARD.encode(wanted))
                .with("CalculatedDigest", STANDARD.encode(md5)));
        }
        let declared = match (self.other, plan.algorithm) {
            (Some((algorithm, one)), _) => Some(one.finish(algorithm)),
            (None, Some(ChecksumAlgorithm::Crc64Nvme)) => Some(crc64nvme),
            (None, Some(ChecksumAlgorithm::Md5)) => Checksum::new(ChecksumAlgorithm::Md5, &md5),
            (None, _) => None,
        };
        if let Some(wanted) = plan.checksum.filter(|it| Some(*it) != declared) {
            let name = wanted.algorithm().name();
            return Err(Error::new(Code::BadDigest).message(format!(
                "The {name} you specified did not match the calculated checksum."
            )));
        }
        Ok(Verified { length, md5, crc64nvme, declared })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
