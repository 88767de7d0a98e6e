//! What a request's headers say of its body.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use types::{Checksum, ChecksumAlgorithm};

use crate::auth::PayloadHash;
use crate::error::Error;
use crate::generated::errors::Code;

/// Longest body of a PutObject or UploadPart, in bytes ("Uploading objects", S3 User Guide).
pub const BODY_BYTES_MAX: u64 = 5 << 30;

/// What the headers begin with that carry one, and some others.
const CHECKSUM_PREFIX: &str = "x-amz-checksum-";
/// Ends of the names of those others.
const ABOUT_CHECKSUMS: [&str; 3] = ["algorithm", "mode", "type"];
const SDK_ALGORITHM: &str = "x-amz-sdk-checksum-algorithm";

/// Bits behind the last byte are passed over, as AWS does: what they are in is another digest then.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// What a body is said to be.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) hash: PayloadHash,
    /// Of the object's bytes, without framing.
    pub(super) length: Option<u64>,
    pub(super) bytes_min: u64,
    pub(super) bytes_max: u64,
    /// What it is called if it is longer.
    pub(super) too_long: Code,
    pub(super) content_md5: Option<[u8; 16]>,
    pub(super) algorithm: Option<ChecksumAlgorithm>,
    pub(super) checksum: Option<Checksum>,
    /// The one trailer that was announced.
    pub(super) trailer: Option<ChecksumAlgorithm>,
}

impl Plan {
    /// Reads the headers of a request whose body is the object's.
    pub fn of(headers: &HeaderMap, hash: PayloadHash, bytes_max: u64) -> Result<Self, Error> {
        let mut plan = Self {
            hash,
            length: None,
            bytes_min: 0,
            bytes_max,
            too_long: Code::EntityTooLarge,
            content_md5: content_md5(headers)?,
            algorithm: None,
            checksum: checksum(headers)?,
            trailer: trailer(headers)?,
        };
        plan.length = match plan.is_chunked() {
            true => decoded_length(headers)?,
            false => content_length(headers)?,
        };
        if let Some(size) = plan.length.filter(|it| *it > bytes_max) {
            return Err(plan.too_long(size));
        }
        match (plan.checksum, plan.trailer) {
            (Some(_), Some(_)) => {
                return Err(Error::new(Code::InvalidRequest)
                    .message("Expecting a single x-amz-checksum- header"));
            }
            // Announced where none can come.
            (None, Some(_)) if !hash.has_trailer() => {
                return Err(Error::new(Code::MalformedTrailerError));
            }
            _ => {}
        }
        let summed = plan.checksum.map(|it| it.algorithm()).or(plan.trailer);
        check_named(headers, SDK_ALGORITHM, summed)?;
        plan.algorithm = summed;
        Ok(plan)
    }

    /// A body of so many bytes that the server itself reads and writes again: nothing is said of it,
    /// and the checksum of this algorithm computed.
    pub(super) fn of_copy(length: u64, algorithm: Option<ChecksumAlgorithm>) -> Self {
        Self {
            hash: PayloadHash::Unsigned,
            length: Some(length),
            bytes_min: 0,
            bytes_max: length,
            too_long: Code::EntityTooLarge,
            content_md5: None,
            algorithm,
            checksum: None,
            trailer: None,
        }
    }

    /// Reads the headers of a form's PutObject: its body is the form's file, of any length that the
    /// form's policy and the limit of all bodies allow.
    pub fn of_file(headers: &HeaderMap, bytes: RangeInclusive<u64>) -> Result<Self, Error> {
        let checksum = checksum(headers)?;
        let summed = checksum.map(|it| it.algorithm());
        check_named(headers, "x-amz-checksum-algorithm", summed)?;
        Ok(Self {
            hash: PayloadHash::Unsigned,
            length: None,
            bytes_min: *bytes.start(),
            bytes_max: BODY_BYTES_MAX.min(*bytes.end()),
            too_long: Code::EntityTooLarge,
            content_md5: content_md5(headers)?,
            algorithm: summed,
            checksum,
            trailer: None,
        })
    }

    /// Which checksum comes with the body.
    pub fn declared_algorithm(&self) -> Option<ChecksumAlgorithm> {
        self.algorithm
    }

    /// Computes a checksum although none came with the body.
    pub fn compute(&mut self, algorithm: ChecksumAlgorithm) {
        self.algorithm.get_or_insert(algorithm);
    }

    /// Reads the headers of a request whose body is a document: it may be empty or of any length up
    /// to the limit. Unsigned chunks are for objects alone.
    pub fn of_document(
        headers: &HeaderMap,
        hash: PayloadHash,
        bytes_max: u64,
    ) -> Result<Self, Error> {
        if hash == PayloadHash::UnsignedChunksWithTrailer {
            return Err(Error::new(Code::InvalidRequest)
                .message("The value of x-amz-content-sha256 header is invalid."));
        }
        match Self::of(headers, hash, bytes_max) {
            Err(error) if error.code() == Code::EntityTooLarge => Err(document_too_long(bytes_max)),
            Err(error)
                if matches!(error.code(), Code::MissingContentLength | Code::NotImplemented) =>
            {
                let checksum = checksum(headers)?;
                Ok(Self {
                    hash,
                    length: None,
                    bytes_min: 0,
                    bytes_max,
                    too_long: Code::MaxMessageLengthExceeded,
                    content_md5: content_md5(headers)?,
                    algorithm: checksum.map(|it| it.algorithm()),
                    checksum,
                    trailer: None,
                })
            }
            other => other.map(|plan| Self { too_long: Code::MaxMessageLengthExceeded, ..plan }),
        }
    }

    /// The error for a body that is, or claims to be, so long.
    pub(super) fn too_long(&self, size: u64) -> Error {
        if self.too_long == Code::MaxMessageLengthExceeded {
            return document_too_long(self.bytes_max);
        }
        Error::new(self.too_long)
            .with("ProposedSize", size.to_string())
            .with("MaxSizeAllowed", self.bytes_max.to_string())
    }

    /// The same for a document whose checksum headers speak of an object, not of the document.
    pub fn of_document_about_an_object(
        headers: &HeaderMap,
        hash: PayloadHash,
        bytes_max: u64,
    ) -> Result<Self, Error> {
        let mut others = headers.clone();
        ChecksumAlgorithm::ALL.iter().for_each(|it| drop(others.remove(it.header())));
        Self::of_document(&others, hash, bytes_max)
    }

    /// Whether a digest of the body came with it: DeleteObjects requires one.
    pub fn has_digest(&self) -> bool {
        self.content_md5.is_some() || self.checksum.is_some() || self.trailer.is_some()
    }

    pub(super) fn is_chunked(&self) -> bool {
        self.hash.is_chunked()
    }

    pub(super) fn take_trailer(&mut self, found: Option<(String, String)>) -> Result<(), Error> {
        match (self.trailer, found) {
            (None, None) => Ok(()),
            (Some(algorithm), Some((name, value))) if name == algorithm.header() => {
                let sum = Checksum::from_base64(algorithm, &value);
                self.checksum = Some(sum.ok_or_else(|| invalid(&name, "trailing header"))?);
                Ok(())
            }
            // What was announced and signed never came.
            (Some(_), None) if self.hash == PayloadHash::SignedChunksWithTrailer => {
                Err(super::cut_short())
            }
            _ => Err(Error::new(Code::MalformedTrailerError)),
        }
    }
}

fn document_too_long(bytes_max: u64) -> Error {
    Error::new(Code::MaxMessageLengthExceeded).with("MaxMessageLengthBytes", bytes_max.to_string())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|it| it.to_str().ok()).map(str::trim)
}

/// The length of a body that is the object's bytes and nothing else.
fn content_length(headers: &HeaderMap) -> Result<Option<u64>, Error> {
    match text(headers, "content-length") {
        Some(text) => text.parse().map(Some).map_err(|_| Error::argument("content-length", text)),
        None if headers.contains_key(TRANSFER_ENCODING) => {
            Err(Error::new(Code::NotImplemented).with("Header", "Transfer-Encoding"))
        }
        None => Err(Error::new(Code::MissingContentLength)),
    }
}

/// The same in chunks: both lengths are said, or the transfer is chunked too.
fn decoded_length(headers: &HeaderMap) -> Result<Option<u64>, Error> {
    let framed = headers.contains_key(CONTENT_LENGTH) || headers.contains_key(TRANSFER_ENCODING);
    let decoded = text(headers, "x-amz-decoded-content-length").and_then(|it| it.parse().ok());
    match decoded.filter(|_| framed) {
        Some(length) => Ok(Some(length)),
        None => Err(Error::new(Code::MissingContentLength)),
    }
}

fn content_md5(headers: &HeaderMap) -> Result<Option<[u8; 16]>, Error> {
    let Some(value) = headers.get("content-md5") else { return Ok(None) };
    let invalid = || {
        Error::new(Code::InvalidDigest)
            .with("Content-MD5", String::from_utf8_lossy(value.as_bytes()))
    };
    let bytes = LENIENT.decode(value.as_bytes()).map_err(|_| invalid())?;
    bytes.try_into().map(Some).map_err(|_| invalid())
}

/// `x-amz-sdk-checksum-algorithm` says again what a checksum's header or trailer says; so does a
/// field of a form.
fn check_named(
    headers: &HeaderMap,
    header: &str,
    summed: Option<ChecksumAlgorithm>,
) -> Result<(), Error> {
    let Some(name) = text(headers, header) else { return Ok(()) };
    let refused = |why: String| Err(Error::new(Code::InvalidRequest).message(why));
    match (ChecksumAlgorithm::from_name(name), summed) {
        (Some(named), Some(summed)) if named == summed => Ok(()),
        (Some(_), None) => refused(format!(
            "{header} specified, but no corresponding x-amz-checksum-* or x-amz-trailer \
             headers were found."
        )),
        _ => refused(format!("Value for {header} header is invalid.")),
    }
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Error> {
    let mut found = None;
    let mut refused = None;
    // A look at all names costs less than looking for each of ten.
    for name in headers.keys().map(|it| it.as_str()) {
        if !name.starts_with(CHECKSUM_PREFIX) {
            continue;
        }
        let Some(algorithm) = ChecksumAlgorithm::from_header(name) else {
            if ABOUT_CHECKSUMS.contains(&&name[CHECKSUM_PREFIX.len()..]) {
                continue;
            }
            return Err(Error::new(Code::InvalidRequest).message(
                "The algorithm type you specified in x-amz-checksum- header is invalid.",
            ));
        };
        let Some(value) = text(headers, name) else { continue };
        if found.is_some() || refused.is_some() {
            return Err(several_checksums());
        }
        found = Checksum::from_base64(algorithm, value);
        refused = found.is_none().then_some(algorithm);
    }
    match refused {
        // That there is another one is told first.
        Some(algorithm) => Err(invalid(algorithm.header(), "header")),
        None => Ok(found),
    }
}

fn trailer(headers: &HeaderMap) -> Result<Option<ChecksumAlgorithm>, Error> {
    let Some(name) = text(headers, "x-amz-trailer") else { return Ok(None) };
    ChecksumAlgorithm::from_header(name).map(Some).ok_or_else(|| {
        Error::new(Code::InvalidRequest)
            .message("The value specified in the x-amz-trailer header is not supported")
    })
}

/// S3's error where more than one checksum is said.
pub fn several_checksums() -> Error {
    Error::new(Code::InvalidRequest).message(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    )
}

fn invalid(name: &str, place: &str) -> Error {
    Error::new(Code::InvalidRequest).message(format!("Value for {name} {place} is invalid."))
}
