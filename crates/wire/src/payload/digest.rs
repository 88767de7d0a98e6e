//! The digests of a body: MD5 and CRC64NVME always, others when they were asked for.

use std::hash::Hasher;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest as Crc};
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512};
use twox_hash::{XxHash3_64, XxHash3_128, XxHash64};
use types::{Checksum, ChecksumAlgorithm};

use super::md5::{Md5, PIECES_MAX, Pieces, Stream, TOGETHER_BYTES_MAX, together};
use super::{Plan, Verified};
use crate::auth::PayloadHash;
use crate::error::Error;
use crate::generated::errors::Code;

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

/// Who hashes the body.
enum Hashing {
    /// Whoever has bodies like it that end at the same time.
    Together(Pieces),
    /// Threads of their own, as it arrives.
    Aside(Stream),
}

impl Hashing {
    fn update(&mut self, bytes: &Bytes) {
        if let Self::Together(pieces) = self {
            if pieces.count() < PIECES_MAX {
                return pieces.push(bytes.clone());
            }
            let stream = Stream::default();
            pieces.take_each(|it| stream.push(it));
            *self = Self::Aside(stream);
        }
        if let Self::Aside(stream) = self {
            stream.push(bytes.clone());
        }
    }
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
        let is_small = plan.length.is_some_and(|it| it <= TOGETHER_BYTES_MAX as u64);
        let md5 = match is_small {
            true => Hashing::Together(Pieces::default()),
            false => Hashing::Aside(Stream::default()),
        };
        Self {
            md5,
            crc64nvme: One::new(ChecksumAlgorithm::Crc64Nvme),
            sha256,
            other: other.map(|it| (it, One::new(it))),
        }
    }

    pub(super) fn update(&mut self, bytes: &Bytes) {
        self.md5.update(bytes);
        self.crc64nvme.update(bytes);
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
        if let Some((_, one)) = &mut self.other {
            one.update(bytes);
        }
    }

    /// Waits while too much of the body isn't hashed yet.
    pub(super) async fn keep_pace(&self) {
        if let Hashing::Aside(stream) = &self.md5 {
            stream.keep_pace().await;
        }
    }

    /// Judges everything that was said of the body.
    pub(super) async fn finish(
        self: Box<Self>,
        plan: &Plan,
        length: u64,
    ) -> Result<Verified, Error> {
        let md5 = match self.md5 {
            Hashing::Together(body) => together(body).await,
            Hashing::Aside(stream) => stream.finish().await,
        };
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
