//! What can't be a request, whatever it asks: heads that another server on the way might have read
//! otherwise, and heads that are too long.

use http::Version;
use http::header::{CONNECTION, HOST};
use http::request::Parts;
use wire::{Code, Error};

/// Longest header section, in bytes of names and values ("Error responses", S3 API Reference:
/// RequestHeaderSectionTooLarge). The request's line isn't part of it: a presigned URL of a session
/// with a long key needs as much again. The listener's buffer bounds both.
pub(crate) const HEADERS_BYTES_MAX: usize = 8 << 10;

/// Refuses such a head.
pub(crate) fn check(head: &Parts) -> Result<(), Error> {
    let headers = &head.headers;
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > HEADERS_BYTES_MAX {
        return Err(Error::new(Code::RequestHeaderSectionTooLarge)
            .with("MaxSizeAllowed", HEADERS_BYTES_MAX.to_string()));
    }
    // Of two hosts a proxy may have believed the other one; HTTP/1.0 knows none (RFC 9112, 3.2). Two
    // lengths are hyper's to refuse: of Content-Length beside Transfer-Encoding it leaves nothing to see.
    let mut hosts = headers.get_all(HOST).iter();
    let has_host = hosts.next().is_some() || head.version < Version::HTTP_11;
    if !has_host || hosts.next().is_some() {
        return Err(Error::new(Code::BadRequest).header(CONNECTION.as_str(), "close"));
    }
    Ok(())
}
