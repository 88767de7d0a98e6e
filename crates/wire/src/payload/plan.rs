//! What a request's headers say of its body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::TRANSFER_ENCODING;
use types::{Checksum, ChecksumAlgorithm};

use crate::auth::PayloadHash;
use crate::error::Error;
use crate::generated::errors::Code;

/// Longest body of a PutObject or UploadPart, in bytes ("Uploading objects", S3 User Guide).
pub const BODY_BYTES_MAX: u64 = 5 << 30;

/// What a body is said to be.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) hash: PayloadHash,
    /// Of the object's bytes, without framing.
    pub(super) length: Option<u64>,
    pub(super) bytes_max: u64,
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
            bytes_max,
            content_md5: content_md5(headers)?,
            algorithm: None,
            checksum: checksum(headers)?,
            trailer: trailer(headers)?,
        };
        let length_header =
            if plan.is_chunked() { "x-amz-decoded-content-length" } else { "content-length" };
        plan.length = length(headers, length_header)?;
        if plan.length.is_none() {
            return Err(match headers.contains_key(TRANSFER_ENCODING) {
                true => Error::new(Code::NotImplemented).with("Header", "Transfer-Encoding"),
                false => Error::new(Code::MissingContentLength),
            });
        }
        if let Some(size) = plan.length.filter(|it| *it > bytes_max) {
            return Err(Error::new(Code::EntityTooLarge)
                .with("ProposedSize", size.to_string())
                .with("MaxSizeAllowed", bytes_max.to_string()));
        }
        if plan.checksum.is_some() && plan.trailer.is_some() {
            return Err(several());
        }
        if plan.checksum.is_none() && plan.trailer.is_none() {
            check_named_algorithm(headers)?;
        }
        plan.algorithm = plan.checksum.map(|it| it.algorithm()).or(plan.trailer);
        Ok(plan)
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
    /// to the limit.
    pub fn of_document(
        headers: &HeaderMap,
        hash: PayloadHash,
        bytes_max: u64,
    ) -> Result<Self, Error> {
        match Self::of(headers, hash, bytes_max) {
            Err(error) if error.code() == Code::EntityTooLarge => {
                Err(Error::new(Code::MaxMessageLengthExceeded)
                    .with("MaxMessageLengthBytes", bytes_max.to_string()))
            }
            Err(error)
                if matches!(error.code(), Code::MissingContentLength | Code::NotImplemented) =>
            {
                let checksum = checksum(headers)?;
                Ok(Self {
                    hash,
                    length: None,
                    bytes_max,
                    content_md5: content_md5(headers)?,
                    algorithm: checksum.map(|it| it.algorithm()),
                    checksum,
                    trailer: None,
                })
            }
            other => other,
        }
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
        !matches!(self.hash, PayloadHash::Unsigned | PayloadHash::Sha256(_))
    }

    pub(super) fn take_trailer(&mut self, found: Option<(String, String)>) -> Result<(), Error> {
        let malformed = || Error::new(Code::MalformedTrailerError);
        match (self.trailer, found) {
            (None, None) => Ok(()),
            (Some(algorithm), Some((name, value))) if name == algorithm.header() => {
                self.checksum = Some(
                    Checksum::from_base64(algorithm, &value).ok_or_else(|| invalid(algorithm))?,
                );
                Ok(())
            }
            _ => Err(malformed()),
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|it| it.to_str().ok()).map(str::trim)
}

fn length(headers: &HeaderMap, name: &str) -> Result<Option<u64>, Error> {
    let Some(text) = text(headers, name) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        Error::new(Code::InvalidArgument).with("ArgumentName", name).with("ArgumentValue", text)
    })
}

fn content_md5(headers: &HeaderMap) -> Result<Option<[u8; 16]>, Error> {
    let Some(value) = headers.get("content-md5") else { return Ok(None) };
    let invalid = || {
        Error::new(Code::InvalidDigest)
            .with("Content-MD5", String::from_utf8_lossy(value.as_bytes()))
    };
    let bytes = STANDARD.decode(value.as_bytes()).map_err(|_| invalid())?;
    bytes.try_into().map(Some).map_err(|_| invalid())
}

/// An algorithm that is named must come with a value.
fn check_named_algorithm(headers: &HeaderMap) -> Result<(), Error> {
    let Some(name) = text(headers, "x-amz-sdk-checksum-algorithm") else { return Ok(()) };
    Err(Error::new(Code::InvalidRequest).message(match ChecksumAlgorithm::from_name(name) {
        Some(_) => {
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or \
             x-amz-trailer headers were found."
        }
        None => {
            "Checksum algorithm provided is unsupported. Please try again with any of the valid \
             types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
        }
    }))
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Error> {
    let mut found = None;
    for algorithm in ChecksumAlgorithm::ALL {
        let Some(value) = text(headers, algorithm.header()) else { continue };
        if found.is_some() {
            return Err(several());
        }
        found = Some(Checksum::from_base64(algorithm, value).ok_or_else(|| invalid(algorithm))?);
    }
    Ok(found)
}

fn trailer(headers: &HeaderMap) -> Result<Option<ChecksumAlgorithm>, Error> {
    let Some(name) = text(headers, "x-amz-trailer") else { return Ok(None) };
    ChecksumAlgorithm::from_header(name).map(Some).ok_or_else(|| {
        Error::new(Code::InvalidRequest)
            .message("The value specified in the x-amz-trailer header is not supported")
    })
}

fn several() -> Error {
    Error::new(Code::InvalidRequest).message(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    )
}

fn invalid(algorithm: ChecksumAlgorithm) -> Error {
    Error::new(Code::InvalidRequest)
        .message(format!("Value for {} header is invalid.", algorithm.header()))
}
