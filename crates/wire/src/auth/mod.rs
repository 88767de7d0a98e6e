//! Who signed a request: first the claim that it makes ([`Claim::find`]), then, when the caller has
//! found the secret, whether it holds ([`Claim::verify`]).
//!
//! Signature Version 4 by header and by query, Version 2 by query only; any region is accepted.
//! Sources: "Authenticating Requests (AWS Signature Version 4)" and "Signing and authenticating REST
//! requests" (Version 2) in the S3 API Reference and User Guide.

mod canonical;
mod hoisted;
mod keys;
mod sign;
mod v2;
mod v4;

use http::{HeaderMap, Method};
use types::Timestamp;

use crate::error::Error;
use crate::generated::errors::Code;
use crate::query::Query;

pub use hoisted::hoisted;
pub use keys::{ChunkKey, SigningKeys};
pub use sign::{Credentials, presign, sign, sign_chunk, sign_trailer};
pub use v2::ClaimV2;
pub use v4::{ClaimV4, PayloadHash};

/// What of a request is signed.
#[derive(Clone, Copy, Debug)]
pub struct SignedRequest<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// The path as it was sent, percent-encoded.
    pub path: &'a str,
    /// The parameters.
    pub query: &'a Query,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The bucket, if the host names it (Signature Version 2 signs it).
    pub host_bucket: Option<&'a str>,
}

/// What a request claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is signed by nobody.
    Anonymous,
    /// Signature Version 4.
    V4(ClaimV4),
    /// Signature Version 2, in the query string.
    V2(ClaimV2),
}

impl Claim {
    /// Reads the claim. More than one is an error, a malformed one too.
    pub fn find(request: &SignedRequest<'_>) -> Result<Self, Error> {
        let header = request.headers.get(http::header::AUTHORIZATION);
        let query = request.query;
        let v4_query = query.has("X-Amz-Algorithm") || query.has("X-Amz-Credential");
        let v2_query = query.has("AWSAccessKeyId") || query.has("Signature");
        match (header, v4_query, v2_query) {
            (None, false, false) => Ok(Self::Anonymous),
            (Some(header), false, false) => {
                let text = header.to_str().map_err(|_| malformed_mechanism())?;
                if text.starts_with("AWS4-HMAC-SHA256") {
                    return ClaimV4::from_header(text, request).map(Self::V4);
                }
                Err(malformed_mechanism())
            }
            (None, true, false) => ClaimV4::from_query(request).map(Self::V4),
            (None, false, true) => ClaimV2::from_query(request).map(Self::V2),
            _ => Err(Error::new(Code::InvalidArgument).message(
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
                 Signature query string parameter or the Authorization header should be specified",
            )),
        }
    }

    /// The access key that is said to have signed; none if nobody did.
    pub fn access_key(&self) -> Option<&str> {
        match self {
            Self::Anonymous => None,
            Self::V4(claim) => Some(&claim.access_key),
            Self::V2(claim) => Some(&claim.access_key),
        }
    }

    /// The session token that came with the key.
    pub fn session_token<'a>(&self, request: &SignedRequest<'a>) -> Option<&'a str> {
        let header = request.headers.get("x-amz-security-token");
        header
            .and_then(|it| it.to_str().ok())
            .or_else(|| request.query.get("X-Amz-Security-Token"))
            .or_else(|| request.query.get("x-amz-security-token"))
    }
}

/// What a verified signature says of the body.
#[derive(Clone, Debug)]
pub struct SignedPayload {
    /// What the signature covers.
    pub hash: PayloadHash,
    /// What chunk signatures are made with.
    pub chunks: Option<ChunkKey>,
}

/// What is needed to verify a claim.
#[derive(Clone, Copy)]
pub struct Verifier<'a> {
    /// The key's secret.
    pub secret: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Signing keys made before.
    pub keys: &'a SigningKeys,
}

impl std::fmt::Debug for Verifier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verifier({:?})", self.now)
    }
}

impl Claim {
    /// Whether the claim holds. An anonymous one does.
    pub fn verify(
        &self,
        request: &SignedRequest<'_>,
        with: Verifier<'_>,
    ) -> Result<SignedPayload, Error> {
        match self {
            Self::Anonymous => Ok(SignedPayload { hash: PayloadHash::Unsigned, chunks: None }),
            Self::V4(claim) => claim.verify(request, with),
            Self::V2(claim) => claim.verify(request, with),
        }
    }
}

fn malformed_mechanism() -> Error {
    Error::new(Code::InvalidRequest).message(
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    )
}

#[cfg(test)]
mod tests;
