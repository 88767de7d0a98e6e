//! The additional checksums of S3: names, lengths, the text that travels. Computing them is `wire`'s.
//!
//! Source: "Checking object integrity in Amazon S3", the S3 User Guide.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An algorithm of `x-amz-checksum-*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum ChecksumAlgorithm {
    /// CRC-32 (ISO-HDLC).
    Crc32 = 1,
    /// CRC-32C (Castagnoli).
    Crc32c = 2,
    /// CRC-64/NVME: kept for every object, whether the client sent it or not.
    Crc64Nvme = 3,
    /// SHA-1.
    Sha1 = 4,
    /// SHA-256.
    Sha256 = 5,
    /// SHA-512.
    Sha512 = 6,
    /// MD5, as an additional checksum beside `Content-MD5`.
    Md5 = 7,
    /// XXH64 with seed 0.
    XxHash64 = 8,
    /// XXH3, 64 bits.
    XxHash3 = 9,
    /// XXH3, 128 bits.
    XxHash128 = 10,
}

/// Bytes of the longest value.
const VALUE_BYTES_MAX: usize = 64;

impl ChecksumAlgorithm {
    /// Every algorithm that acts.
    pub const ALL: [Self; 10] = [
        Self::Crc32,
        Self::Crc32c,
        Self::Crc64Nvme,
        Self::Sha1,
        Self::Sha256,
        Self::Sha512,
        Self::Md5,
        Self::XxHash64,
        Self::XxHash3,
        Self::XxHash128,
    ];

    /// AWS's name in parameters and XML, such as `CRC64NVME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
            Self::XxHash64 => "XXHASH64",
            Self::XxHash3 => "XXHASH3",
            Self::XxHash128 => "XXHASH128",
        }
    }

    /// The header or trailer that carries the value.
    pub const fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Sha512 => "x-amz-checksum-sha512",
            Self::Md5 => "x-amz-checksum-md5",
            Self::XxHash64 => "x-amz-checksum-xxhash64",
            Self::XxHash3 => "x-amz-checksum-xxhash3",
            Self::XxHash128 => "x-amz-checksum-xxhash128",
        }
    }

    /// Bytes of a value.
    pub fn bytes(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme | Self::XxHash64 | Self::XxHash3 => 8,
            Self::Md5 | Self::XxHash128 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => VALUE_BYTES_MAX,
        }
    }

    /// Whether the checksum of a whole follows from those of its parts and their lengths. Only such
    /// a checksum can be a multipart object's full-object checksum.
    pub fn is_crc(self) -> bool {
        matches!(self, Self::Crc32 | Self::Crc32c | Self::Crc64Nvme)
    }

    /// The algorithm with this name, in any case (SDKs send `crc32` in some headers).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    /// The algorithm whose header this is, in any case.
    pub fn from_header(header: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.header().eq_ignore_ascii_case(header))
    }

    /// The algorithm with this number in a stored row.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|it| *it as u8 == number)
    }
}

/// Whether a checksum covers the whole object or the checksums of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChecksumKind {
    /// `FULL_OBJECT`.
    FullObject,
    /// `COMPOSITE`: of the parts' checksums, written with `-N`.
    Composite,
}

impl ChecksumKind {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullObject => "FULL_OBJECT",
            Self::Composite => "COMPOSITE",
        }
    }
}

/// A value of one algorithm.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Checksum {
    algorithm: ChecksumAlgorithm,
    value: [u8; VALUE_BYTES_MAX],
}

impl Checksum {
    /// The value of `algorithm`; none if the length is another algorithm's.
    pub fn new(algorithm: ChecksumAlgorithm, bytes: &[u8]) -> Option<Self> {
        if bytes.len() != algorithm.bytes() {
            return None;
        }
        let mut value = [0; VALUE_BYTES_MAX];
        value[..bytes.len()].copy_from_slice(bytes);
        Some(Self { algorithm, value })
    }

    /// The value of `algorithm` from the base64 text that travels; none if it is malformed.
    pub fn from_base64(algorithm: ChecksumAlgorithm, text: &str) -> Option<Self> {
        Self::new(algorithm, &STANDARD.decode(text).ok()?)
    }

    /// Which algorithm.
    pub fn algorithm(&self) -> ChecksumAlgorithm {
        self.algorithm
    }

    /// The bytes, in network order.
    pub fn as_bytes(&self) -> &[u8] {
        &self.value[..self.algorithm.bytes()]
    }

    /// The text that travels.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.as_bytes())
    }
}

impl std::fmt::Debug for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.to_base64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_agree() {
        let sum = Checksum::from_base64(ChecksumAlgorithm::Crc32, "DUoRhQ==").unwrap();
        assert_eq!(sum.as_bytes(), [0x0d, 0x4a, 0x11, 0x85]);
        assert_eq!(sum.to_base64(), "DUoRhQ==");
        assert_eq!(Checksum::from_base64(ChecksumAlgorithm::Sha1, "DUoRhQ=="), None);
        assert_eq!(Checksum::from_base64(ChecksumAlgorithm::Crc32, "not base64"), None);
    }

    #[test]
    fn names_headers_and_numbers_find_their_algorithm() {
        for algorithm in ChecksumAlgorithm::ALL {
            let lower = algorithm.name().to_lowercase();
            assert_eq!(algorithm.header(), format!("x-amz-checksum-{lower}"));
            assert_eq!(ChecksumAlgorithm::from_name(&lower), Some(algorithm));
            assert_eq!(ChecksumAlgorithm::from_header(algorithm.header()), Some(algorithm));
            assert_eq!(ChecksumAlgorithm::from_number(algorithm as u8), Some(algorithm));
            let sum = Checksum::new(algorithm, &vec![1; algorithm.bytes()]).unwrap();
            assert_eq!(sum.as_bytes().len(), algorithm.bytes());
        }
    }
}
