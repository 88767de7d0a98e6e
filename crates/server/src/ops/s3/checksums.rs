//! Checksums of objects and parts in requests and answers ("Checking object integrity in Amazon S3", S3
//! User Guide): how they are named, which one an object has, and how that is written.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use store::Digests;
use types::{Checksum, ChecksumAlgorithm, ChecksumKind};
use wire::payload::Verified;
use wire::{Code, Error};

/// `x-amz-checksum-algorithm` of an object that is to be.
pub(super) fn algorithm(name: &str) -> Result<ChecksumAlgorithm, Error> {
    ChecksumAlgorithm::from_name(name).ok_or_else(|| {
        let mut all = ChecksumAlgorithm::ALL.map(ChecksumAlgorithm::name);
        all.sort_unstable();
        let all = all.join(", ");
        Error::new(Code::InvalidRequest).message(format!(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid \
             types: [{all}]"
        ))
    })
}

/// `x-amz-checksum-type`, in letters of either case.
pub(super) fn kind(name: Option<&str>) -> Result<Option<ChecksumKind>, Error> {
    let Some(name) = name else { return Ok(None) };
    let kinds = [ChecksumKind::FullObject, ChecksumKind::Composite];
    let found = kinds.into_iter().find(|it| it.name().eq_ignore_ascii_case(name));
    let invalid = "Value for x-amz-checksum-type header is invalid.";
    found.map(Some).ok_or_else(|| Error::new(Code::InvalidRequest).message(invalid))
}

/// What the store is told of a body: only a verified one has it.
pub(super) fn digests(verified: &Verified) -> Digests {
    Digests {
        length: verified.length(),
        md5: verified.md5(),
        crc64nvme: verified.crc64nvme(),
        declared: verified.declared(),
    }
}

/// The checksum that an object is shown with, and what that covers: the one that its client chose, else
/// CRC64NVME.
pub(super) fn of_object(
    (declared, kind): (Option<Checksum>, Option<ChecksumKind>),
    crc64nvme: Option<Checksum>,
) -> (Option<Checksum>, Option<ChecksumKind>) {
    match (declared, crc64nvme) {
        (Some(sum), _) => (Some(sum), kind),
        (None, Some(sum)) => (Some(sum), Some(ChecksumKind::FullObject)),
        (None, None) => (None, None),
    }
}

/// A checksum as it is written: one of parts' checksums with their number.
pub(super) fn written(sum: Checksum, kind: Option<ChecksumKind>, parts: Option<u16>) -> String {
    match (kind, parts) {
        (Some(ChecksumKind::Composite), Some(parts)) => format!("{}-{parts}", sum.to_base64()),
        _ => sum.to_base64(),
    }
}

/// Adds a checksum's header, and what it covers.
pub(super) fn put_header(
    headers: &mut HeaderMap,
    sum: Option<Checksum>,
    kind: Option<ChecksumKind>,
    parts: Option<u16>,
) {
    let Some(sum) = sum else { return };
    let name = CHECKSUM_HEADERS[sum.algorithm() as usize - 1].clone();
    headers.insert(name, HeaderValue::try_from(written(sum, kind, parts)).expect("base64"));
    if let Some(kind) = kind {
        headers.insert(CHECKSUM_TYPE, HeaderValue::from_static(kind.name()));
    }
}

const CHECKSUM_TYPE: HeaderName = HeaderName::from_static("x-amz-checksum-type");

/// In the order of their numbers, which begin at 1; checked when the program is compiled, and not with
/// every answer.
static CHECKSUM_HEADERS: [HeaderName; ChecksumAlgorithm::ALL.len()] = {
    const fn name(at: usize) -> HeaderName {
        HeaderName::from_static(ChecksumAlgorithm::ALL[at].header())
    }
    [name(0), name(1), name(2), name(3), name(4), name(5), name(6), name(7), name(8), name(9)]
};

#[cfg(test)]
mod tests {
    use super::*;
    use wire::payload::digest_of;

    #[test]
    fn every_checksum_has_its_header() {
        for algorithm in ChecksumAlgorithm::ALL {
            assert_eq!(CHECKSUM_HEADERS[algorithm as usize - 1], algorithm.header());
        }
    }

    #[test]
    fn a_composite_checksum_is_written_with_the_number_of_parts() {
        let sum = digest_of(ChecksumAlgorithm::Crc32, b"123456789");
        assert_eq!(written(sum, Some(ChecksumKind::Composite), Some(3)), "y/Q5Jg==-3");
        assert_eq!(written(sum, Some(ChecksumKind::FullObject), Some(3)), "y/Q5Jg==");
    }
}
