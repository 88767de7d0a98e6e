//! The digests of a body: MD5 and CRC64NVME always, others when they were asked for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc_fast::{CrcAlgorithm, Digest as Crc};
use md5::Digest as _;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use types::{Checksum, ChecksumAlgorithm};

use super::{Plan, Verified};
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
        ChecksumAlgorithm::Sha1 | ChecksumAlgorithm::Sha256 => None,
    }
}

enum One {
    Crc(Crc),
    Sha(Context),
}

impl One {
    fn new(algorithm: ChecksumAlgorithm) -> Self {
        match (crc(algorithm), algorithm) {
            (Some(crc), _) => Self::Crc(Crc::new(crc)),
            (None, ChecksumAlgorithm::Sha1) => Self::Sha(Context::new(&SHA1_FOR_LEGACY_USE_ONLY)),
            (None, _) => Self::Sha(Context::new(&SHA256)),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(it) => it.update(bytes),
            Self::Sha(it) => it.update(bytes),
        }
    }

    fn finish(self, algorithm: ChecksumAlgorithm) -> Checksum {
        let sum = match self {
            Self::Crc(it) => {
                let bytes = it.finalize().to_be_bytes();
                Checksum::new(algorithm, &bytes[8 - algorithm.bytes()..])
            }
            Self::Sha(it) => Checksum::new(algorithm, it.finish().as_ref()),
        };
        sum.expect("the algorithm's own length")
    }
}

pub(super) struct Digests {
    md5: Md5,
    crc64nvme: One,
    sha256: Option<Context>,
    other: Option<(ChecksumAlgorithm, One)>,
}

impl Digests {
    pub(super) fn new(plan: &Plan) -> Self {
        let sha256 = matches!(plan.hash, PayloadHash::Sha256(_)).then(|| Context::new(&SHA256));
        let other = plan.algorithm.filter(|it| *it != ChecksumAlgorithm::Crc64Nvme);
        Self {
            md5: Md5::default(),
            crc64nvme: One::new(ChecksumAlgorithm::Crc64Nvme),
            sha256,
            other: other.map(|it| (it, One::new(it))),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.md5.update(bytes);
        self.crc64nvme.update(bytes);
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
        if let Some((_, one)) = &mut self.other {
            one.update(bytes);
        }
    }

    pub(super) fn finish(self, plan: &Plan, length: u64) -> Result<Verified, Error> {
        let md5 = self.md5.finish();
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
