//! Who signed a request: first the claim that it makes ([`Claim::find`]), then, when the caller has
//! found the secret, whether it holds ([`Claim::verify`]).
//!
//! Signature Version 4 by header and by query, Version 2 by query only, both in forms; any region is
//! accepted.
//! Sources: "Authenticating Requests (AWS Signature Version 4)" and "Signing and authenticating REST
//! requests" (Version 2) in the S3 API Reference and User Guide.

mod canonical;
mod form;
mod hoisted;
mod keys;
mod sign;
mod v2;
mod v4;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use types::Timestamp;

use crate::error::Error;
use crate::generated::errors::Code;
use crate::post_form::PostForm;
use crate::query::Query;

pub use form::ClaimForm;
pub use hoisted::hoisted;
pub use keys::{ChunkKey, SigningKeys};
pub use sign::{Credentials, presign, sign, sign_chunk, sign_trailer};
pub use v2::ClaimV2;
pub(crate) use v4::SKEW_MAX;
pub use v4::{ClaimV4, PayloadHash};

// Looked for in every request: as texts they would be parsed each time.
static CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
static SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
static DATE: HeaderName = HeaderName::from_static("x-amz-date");

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
    /// The body of an AWS Query request, which is read before: IAM's and STS's clients sign its hash
    /// without saying it.
    pub form: Option<&'a [u8]>,
    /// The fields of a form that is posted to a bucket: its signature stands there and nowhere else.
    pub posted: Option<&'a PostForm>,
}

impl<'a> SignedRequest<'a> {
    /// `x-amz-content-sha256`, by header or by query. One that is no text is no word either.
    fn content_sha256(&self) -> Option<&'a str> {
        match self.headers.get(&CONTENT_SHA256) {
            Some(header) => Some(header.to_str().unwrap_or_default()),
            None => self.query.get("X-Amz-Content-Sha256"),
        }
    }
}

/// What a request claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim<'a> {
    /// It is signed by nobody.
    Anonymous,
    /// Signature Version 4.
    V4(ClaimV4<'a>),
    /// Signature Version 2, in the query string.
    V2(ClaimV2),
    /// Either version, in the fields of a form.
    Form(ClaimForm<'a>),
}

impl<'a> Claim<'a> {
    /// Reads the claim. More than one is an error, a malformed one too.
    pub fn find(request: &SignedRequest<'a>) -> Result<Self, Error> {
        let mut headers = request.headers.get_all(http::header::AUTHORIZATION).iter();
        let (header, second) = (headers.next(), headers.next());
        let query = request.query;
        let v4_query = query.has("X-Amz-Algorithm") || query.has("X-Amz-Credential");
        let v2_query = query.has("AWSAccessKeyId") || query.has("Signature");
        if let Some(posted) = request.posted {
            if header.is_some() || v4_query || v2_query {
                return Err(several_mechanisms());
            }
            return Ok(ClaimForm::find(posted)?.map_or(Self::Anonymous, Self::Form));
        }
        match (header, v4_query, v2_query) {
            _ if second.is_some() => Err(several_mechanisms()),
            (None, false, false) => Ok(Self::Anonymous),
            (Some(header), false, false) => match scheme(header) {
                (v4::ALGORITHM, rest) => ClaimV4::from_header(rest, request).map(Self::V4),
                ("AWS", _) => Err(version_2_refused()),
                (_, rest) => Err(Error::new(Code::InvalidArgument)
                    .message(match rest {
                        "" => "Authorization header is invalid -- one and only one ' ' (space) required.",
                        _ => "Unsupported Authorization Type",
                    })
                    .with("ArgumentName", "Authorization")
                    .with("ArgumentValue", String::from_utf8_lossy(header.as_bytes()))),
            },
            (None, true, false) => ClaimV4::from_query(request).map(Self::V4),
            (None, false, true) => ClaimV2::from_query(request).map(Self::V2),
            _ => Err(several_mechanisms()),
        }
    }

    /// The access key that is said to have signed; none if nobody did.
    pub fn access_key(&self) -> Option<&str> {
        match self {
            Self::Anonymous => None,
            Self::V4(claim) => Some(claim.access_key),
            Self::V2(claim) => Some(&claim.access_key),
            Self::Form(claim) => Some(claim.access_key),
        }
    }

    /// Whether it is of Signature Version 2.
    pub fn is_version_2(&self) -> bool {
        match self {
            Self::V2(_) => true,
            Self::Form(claim) => claim.is_version_2(),
            Self::Anonymous | Self::V4(_) => false,
        }
    }

    /// The region that it was signed for. Version 2 knows none.
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::V4(claim) => Some(claim.region),
            Self::Form(claim) => claim.region(),
            Self::Anonymous | Self::V2(_) => None,
        }
    }

    /// Whether it was signed for a service: `s3`, `iam` or `sts`. Version 2 knows none.
    pub fn check_service(&self, wanted: &str) -> Result<(), Error> {
        match self {
            Self::V4(claim) => claim.check_service(wanted),
            // A form's was looked at when the form was: it can be for nothing else.
            Self::Anonymous | Self::V2(_) | Self::Form(_) => Ok(()),
        }
    }

    /// Whether the signer brought a session's token.
    pub fn has_session_token(&self, request: &SignedRequest<'_>) -> bool {
        request.posted.is_some_and(|it| it.get("x-amz-security-token").is_some())
            || request.headers.contains_key(&SECURITY_TOKEN)
            || request
                .query
                .pairs()
                .iter()
                .any(|(it, _)| it.eq_ignore_ascii_case("x-amz-security-token"))
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

impl Claim<'_> {
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
            Self::Form(claim) => claim.verify(with),
        }
    }
}

/// What a request that nobody signed says of its body. Its chunks can't be signed either.
pub fn unsigned_payload(request: &SignedRequest<'_>) -> Result<SignedPayload, Error> {
    // Whoever posts a form says it in the form's fields.
    let word = request
        .content_sha256()
        .filter(|_| request.form.or(request.posted.map(|_| &[][..])).is_none());
    let hash = match word {
        Some(word) => PayloadHash::parse(word)?,
        // boto3 without credentials frames a body and says no more of it than its length.
        None if request.headers.contains_key("x-amz-decoded-content-length") => {
            PayloadHash::UnsignedChunksWithTrailer
        }
        None => PayloadHash::Unsigned,
    };
    match hash {
        PayloadHash::SignedChunks | PayloadHash::SignedChunksWithTrailer => {
            Err(Error::new(Code::InvalidRequest).message(
                "Anonymous requests don't support this x-amz-content-sha256 value. Please use \
                 UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER.",
            ))
        }
        hash => Ok(SignedPayload { hash, chunks: None }),
    }
}

/// A header's scheme and what stands behind it. One that is no text has none.
fn scheme(header: &HeaderValue) -> (&str, &str) {
    let text = std::str::from_utf8(header.as_bytes()).unwrap_or_default();
    text.split_once(' ').unwrap_or((text, ""))
}

/// Version 2 where it isn't accepted: by header, and by query if it is turned off.
pub fn version_2_refused() -> Error {
    Error::new(Code::InvalidRequest).message(
        "The authorization mechanism you have provided is not supported. Please use \
         AWS4-HMAC-SHA256.",
    )
}

fn several_mechanisms() -> Error {
    Error::new(Code::InvalidArgument).message(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature \
         query string parameter or the Authorization header should be specified",
    )
}

#[cfg(test)]
mod tests;
