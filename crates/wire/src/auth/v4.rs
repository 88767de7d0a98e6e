//! Signature Version 4, by header and by query.

use http::{HeaderMap, HeaderName};
use memchr::{memchr, memrchr};
use ring::hmac;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use types::Timestamp;

use super::canonical::{self, hex, spaced_hex, unhex};
use super::keys::{ChunkKey, Credential};
use super::{CONTENT_SHA256, DATE, SignedPayload, SignedRequest, Verifier, several_mechanisms};
use crate::error::Error;
use crate::generated::errors::Code;
use crate::query::Query;

/// How far a signed request's clock may be off.
pub(crate) const SKEW_MAX: Duration = Duration::from_secs(15 * 60);
/// How long a presigned URL may hold, in seconds: as long as a signing key does.
pub(super) const EXPIRES_MAX_S: u64 = 7 * 24 * 3600;
/// Most names in `SignedHeaders`; a request has at most 100 headers.
const SIGNED_HEADERS_MAX: usize = 128;
/// Services that answer on the API's port; S3 Control signs as `s3`.
const SERVICES: [&str; 3] = ["s3", "iam", "sts"];
/// Longest region of a scope, in bytes. Any is accepted, but a key is kept for each.
pub(super) const REGION_BYTES_MAX: usize = 64;
/// The algorithm, as it stands in header and query.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// Parameters of a presigned URL: each once.
const PARAMETERS: [&str; 6] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
];

/// A claim as it was made; its texts are the request's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimV4<'a> {
    /// The key that is said to have signed.
    pub access_key: &'a str,
    credential: &'a str,
    day: &'a str,
    /// The region that it was signed for.
    pub region: &'a str,
    service: &'a str,
    /// In lower case.
    signed_headers: Vec<Cow<'a, str>>,
    /// As it was given: it is compared as a text.
    signature: &'a str,
    time_text: Cow<'a, str>,
    time: Timestamp,
    /// Seconds, if the URL was presigned.
    expires_s: Option<u64>,
    payload: PayloadHash,
}

/// What a signature says of the body (`x-amz-content-sha256`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadHash {
    /// Nothing: `UNSIGNED-PAYLOAD`, or a presigned URL.
    Unsigned,
    /// Its SHA-256.
    Sha256([u8; 32]),
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`: signed chunks.
    SignedChunks,
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`: signed chunks and trailers.
    SignedChunksWithTrailer,
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`: chunks and trailers, none of them signed.
    UnsignedChunksWithTrailer,
}

const PAYLOAD_WORDS: [(&str, PayloadHash); 4] = [
    ("UNSIGNED-PAYLOAD", PayloadHash::Unsigned),
    ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", PayloadHash::SignedChunks),
    ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", PayloadHash::SignedChunksWithTrailer),
    ("STREAMING-UNSIGNED-PAYLOAD-TRAILER", PayloadHash::UnsignedChunksWithTrailer),
];

impl PayloadHash {
    /// Reads `x-amz-content-sha256`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Some(hash) = unhex(text) {
            return Ok(Self::Sha256(hash));
        }
        let word = PAYLOAD_WORDS.iter().find(|(word, _)| *word == text);
        word.map(|(_, it)| *it).ok_or_else(|| {
            Error::new(Code::InvalidArgument)
                .message(
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, \
                     STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, \
                     STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
                )
                .with("ArgumentName", "x-amz-content-sha256")
                .with("ArgumentValue", text)
        })
    }

    fn of(body: &[u8]) -> Self {
        let hash = ring::digest::digest(&ring::digest::SHA256, body);
        Self::Sha256(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
    }

    /// Whether the body comes in chunks.
    pub(crate) fn is_chunked(self) -> bool {
        !matches!(self, Self::Unsigned | Self::Sha256(_))
    }

    /// Whether trailers may follow.
    pub(crate) fn has_trailer(self) -> bool {
        matches!(self, Self::SignedChunksWithTrailer | Self::UnsignedChunksWithTrailer)
    }
}

impl<'a> ClaimV4<'a> {
    /// `text` is what stands behind the algorithm.
    pub(super) fn from_header(text: &'a str, request: &SignedRequest<'a>) -> Result<Self, Error> {
        let malformed = |why: &str| {
            Error::new(Code::AuthorizationHeaderMalformed)
                .message(format!("The authorization header is malformed; {why}"))
        };
        let components = || {
            malformed(
                "the authorization header requires three components: Credential, SignedHeaders, \
                 and Signature.",
            )
        };
        let (mut credential, mut headers, mut signature) = (None, None, None);
        let mut count = 0;
        for component in split(text, b',').map(str::trim_ascii).filter(|it| !it.is_empty()) {
            let Some(at) = memchr(b'=', component.as_bytes()) else {
                return Err(malformed(&format!(
                    "the authorization component \"{component}\" is malformed."
                )));
            };
            let (name, value) = (&component[..at], &component[at + 1..]);
            count += 1;
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut headers,
                "Signature" => &mut signature,
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(components());
            }
        }
        let (Some(credential), Some(headers), Some(signature)) = (credential, headers, signature)
        else {
            let missing = match (credential, headers) {
                (None, _) => "Credential",
                (_, None) => "SignedHeaders",
                _ => "Signature",
            };
            return Err(match count {
                3.. => malformed(&format!("missing {missing}.")),
                _ => components(),
            });
        };
        let (time_text, time) = request_time(request)?;
        let payload = match (request.form, request.content_sha256()) {
            // IAM and STS: the hash is signed, whatever else was said of the body.
            (Some(form), _) => PayloadHash::of(form),
            (None, Some(word)) => PayloadHash::parse(word)?,
            (None, None) => {
                return Err(Error::new(Code::InvalidRequest)
                    .message("Missing required header for this request: x-amz-content-sha256"));
            }
        };
        let raw = Raw { credential, headers, signature, time_text, time, payload };
        Self::build(raw, None, malformed)
    }

    pub(super) fn from_query(request: &SignedRequest<'a>) -> Result<Self, Error> {
        let wrong =
            |why: &str| Error::new(Code::AuthorizationQueryParametersError).message(why.to_owned());
        // Of what is there twice one would be checked and the other perhaps believed.
        for name in PARAMETERS {
            match request.query.all(name).count() {
                1 => {}
                0 => {
                    return Err(wrong(
                        "Query-string authentication version 4 requires the X-Amz-Algorithm, \
                         X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and \
                         X-Amz-Expires parameters.",
                    ));
                }
                _ => return Err(several_mechanisms()),
            }
        }
        let query: &'a Query = request.query;
        let get = |name: &str| query.get(name).unwrap_or_default();
        if get("X-Amz-Algorithm") != ALGORITHM {
            return Err(wrong(
                "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"",
            ));
        }
        let (credential, headers) = (get("X-Amz-Credential"), get("X-Amz-SignedHeaders"));
        let (signature, date) = (get("X-Amz-Signature"), get("X-Amz-Date"));
        let expires = get("X-Amz-Expires");
        let expires_s = match expires.parse::<i64>() {
            Err(_) => return Err(wrong("X-Amz-Expires should be a number")),
            Ok(it) if it < 0 => return Err(wrong("X-Amz-Expires must be non-negative")),
            Ok(it) if it.unsigned_abs() > EXPIRES_MAX_S => {
                return Err(wrong(
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given \
                     X-Amz-Expires must be less than 604800 seconds",
                ));
            }
            Ok(it) => it.unsigned_abs(),
        };
        let time = Timestamp::parse_basic(date).ok_or_else(|| {
            wrong("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        })?;
        // A presigned URL says nothing of the body unless it was signed with the header.
        let payload = match (request.form, request.content_sha256()) {
            (Some(form), _) => PayloadHash::of(form),
            (None, Some(word)) => PayloadHash::parse(word)?,
            (None, None) => PayloadHash::Unsigned,
        };
        let raw = Raw { credential, headers, signature, time_text: date.into(), time, payload };
        Self::build(raw, Some(expires_s), |why| {
            wrong(&format!("Error parsing the X-Amz-Credential parameter; {why}"))
        })
    }

    fn build(
        raw: Raw<'a>,
        expires_s: Option<u64>,
        malformed: impl Fn(&str) -> Error,
    ) -> Result<Self, Error> {
        // Access keys may hold slashes nowhere; read from the end all the same.
        let mut access_key = raw.credential;
        let mut last = || {
            let at = memrchr(b'/', access_key.as_bytes())?;
            let part = &access_key[at + 1..];
            access_key = &access_key[..at];
            Some(part)
        };
        let (Some(terminal), Some(service), Some(region), Some(day)) =
            (last(), last(), last(), last())
        else {
            return Err(malformed(CREDENTIAL_FORM));
        };
        if terminal != "aws4_request" {
            return Err(malformed(&format!(
                "incorrect terminal \"{terminal}\". This endpoint uses \"aws4_request\"."
            )));
        }
        if region.is_empty() {
            return Err(malformed(NO_REGION));
        }
        if region.len() > REGION_BYTES_MAX {
            return Err(malformed(CREDENTIAL_FORM));
        }
        if !SERVICES.contains(&service) {
            return Err(malformed(&format!(
                "incorrect service \"{service}\". This endpoint belongs to \"s3\"."
            )));
        }
        if day.len() != 8 || !day.bytes().all(|it| it.is_ascii_digit()) {
            return Err(malformed(&format!(
                "incorrect date format \"{day}\". This date in the credential must be in the \
                 format \"yyyyMMdd\"."
            )));
        }
        let today = raw.time_text.get(..8).unwrap_or_default();
        if day != today {
            let why = format!(
                "Invalid credential date \"{day}\". This date is not the same as X-Amz-Date: \
                 \"{today}\"."
            );
            return Err(match expires_s {
                None => malformed(&why),
                // Here alone nothing is said of the parameter.
                Some(_) => Error::new(Code::AuthorizationQueryParametersError).message(why),
            });
        }
        let signed_headers = signed_headers(raw.headers)
            .ok_or_else(|| malformed("the SignedHeaders are mal-formed."))?;
        Ok(Self {
            access_key,
            credential: raw.credential,
            day,
            region,
            service,
            signed_headers,
            signature: raw.signature,
            time_text: raw.time_text,
            time: raw.time,
            expires_s,
            payload: raw.payload,
        })
    }

    pub(super) fn check_service(&self, wanted: &str) -> Result<(), Error> {
        if self.service == wanted {
            return Ok(());
        }
        if wanted != "s3" {
            let why = format!("Credential should be scoped to correct service: '{wanted}'.");
            return Err(Error::new(Code::SignatureDoesNotMatch).message(why));
        }
        let why = format!(
            "incorrect service \"{}\". This endpoint belongs to \"{wanted}\".",
            self.service
        );
        Err(match self.expires_s {
            None => Error::new(Code::AuthorizationHeaderMalformed)
                .message(format!("The authorization header is malformed; {why}")),
            Some(_) => Error::new(Code::AuthorizationQueryParametersError)
                .message(format!("Error parsing the X-Amz-Credential parameter; {why}")),
        })
    }

    pub(super) fn verify(
        &self,
        request: &SignedRequest<'_>,
        with: Verifier<'_>,
    ) -> Result<SignedPayload, Error> {
        self.check_headers(request)?;
        let scope = &self.credential[self.access_key.len() + 1..];
        let Self { credential: whole, day, region, service, .. } = *self;
        let credential = Credential { whole, day, region, service };
        with.keys
            .verify(&credential, with.secret, |key| self.verify_by(key, (request, scope), with.now))
    }

    fn verify_by(
        &self,
        key: &Arc<hmac::Key>,
        (request, scope): (&SignedRequest<'_>, &str),
        now: Timestamp,
    ) -> Result<SignedPayload, Error> {
        let word = self.payload_text(request);
        let canonical =
            canonical::request(request, (&self.signed_headers, self.expires_s.is_some()), &word);
        let text = canonical::string_to_sign(&self.time_text, scope, &canonical);
        if !self.is_signature_of(text.as_bytes(), key) {
            return Err(Error::new(Code::SignatureDoesNotMatch)
                .because("the signature is another than the key's")
                .with("AWSAccessKeyId", self.access_key)
                .with("StringToSign", &*text)
                .with("SignatureProvided", self.signature)
                .with("StringToSignBytes", spaced_hex(text.as_bytes()))
                .with("CanonicalRequest", String::from_utf8_lossy(&canonical))
                .with("CanonicalRequestBytes", spaced_hex(&canonical)));
        }
        // Only now: whoever can't sign learns nothing of our clock, and fills no cache.
        self.check_time(now)?;
        let chunks = self
            .payload
            .is_chunked()
            .then(|| ChunkKey::new(Arc::clone(key), &self.time_text, scope, self.signature));
        Ok(SignedPayload { hash: self.payload, chunks })
    }

    /// In constant time. It is compared as a text: digits in upper case are none.
    fn is_signature_of(&self, text: &[u8], key: &hmac::Key) -> bool {
        let upper = self.signature.bytes().fold(false, |any, it| any | it.is_ascii_uppercase());
        let signature = unhex::<32>(self.signature).filter(|_| !upper);
        signature.is_some_and(|it| hmac::verify(key, text, &it).is_ok())
    }

    fn payload_text<'r>(&self, request: &SignedRequest<'r>) -> Cow<'r, str> {
        match (self.payload, request.form) {
            (PayloadHash::Sha256(hash), Some(_)) => hex(&hash).into(),
            _ => request.content_sha256().unwrap_or("UNSIGNED-PAYLOAD").into(),
        }
    }

    fn check_headers(&self, request: &SignedRequest<'_>) -> Result<(), Error> {
        let signed = |name: &str| self.signed_headers.iter().any(|it| it == name);
        let unsigned: Vec<&str> = request
            .headers
            .keys()
            .map(|it| it.as_str())
            .filter(|it| it.starts_with("x-amz-") && *it != CONTENT_SHA256.as_str())
            .chain(["host"])
            .filter(|it| !signed(it))
            .collect();
        if unsigned.is_empty() {
            return Ok(());
        }
        Err(Error::new(Code::AccessDenied)
            .message("There were headers present in the request which were not signed")
            .with("HeadersNotSigned", unsigned.join(", ")))
    }

    fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        let Some(expires_s) = self.expires_s else {
            let skew = now.since(self.time).max(self.time.since(now));
            if skew <= SKEW_MAX {
                return Ok(());
            }
            return Err(Error::new(Code::RequestTimeTooSkewed)
                .because(format!(
                    "the request's clock says {}, this server's {}",
                    self.time.iso8601(),
                    now.iso8601()
                ))
                .with("RequestTime", &*self.time_text)
                .with("ServerTime", now.iso8601_seconds())
                .with("MaxAllowedSkewMilliseconds", SKEW_MAX.as_millis().to_string()));
        };
        if self.time.since(now) > SKEW_MAX {
            let why = format!("it holds from {} on", self.time.iso8601());
            return Err(not_yet_valid().because(why));
        }
        let end = self.time.plus(Duration::from_secs(expires_s));
        if now > end {
            return Err(Error::new(Code::AccessDenied)
                .message("Request has expired")
                .because(format!("it held until {}", end.iso8601()))
                .with("X-Amz-Expires", expires_s.to_string())
                .with("Expires", end.iso8601_seconds())
                .with("ServerTime", now.iso8601_seconds()));
        }
        Ok(())
    }
}

/// The names in `SignedHeaders`, in lower case and in their order. None if one is empty or there twice,
/// or if there are too many.
fn signed_headers(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut names: Vec<Cow<'_, str>> = Vec::with_capacity(8);
    for name in split(text, b';') {
        if name.is_empty() || names.len() == SIGNED_HEADERS_MAX {
            return None;
        }
        names.push(match name.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        });
    }
    // Each name brings its value into what is hashed: a repeated one could make that thousands of
    // times as long as the request. Clients sort them, so that one look suffices.
    if !names.is_sorted_by(|a, b| a < b) {
        let mut sorted: Vec<&str> = names.iter().map(|it| &**it).collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|it| it[0] == it[1]) {
            return None;
        }
    }
    Some(names)
}

/// A signature whose time is still to come.
pub(super) fn not_yet_valid() -> Error {
    Error::new(Code::AccessDenied).message("Request is not yet valid")
}

/// As `str::split` by an ASCII character, at a fraction of its cost.
fn split(text: &str, by: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = memchr(by, text.as_bytes());
        rest = at.map(|it| &text[it + 1..]);
        Some(&text[..at.unwrap_or(text.len())])
    })
}

pub(super) const NO_REGION: &str = "a non-empty region must be provided in the credential.";
pub(super) const CREDENTIAL_FORM: &str = "the Credential is mal-formed; expecting \
                               \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";

struct Raw<'a> {
    credential: &'a str,
    headers: &'a str,
    signature: &'a str,
    time_text: Cow<'a, str>,
    time: Timestamp,
    payload: PayloadHash,
}

/// When a request was signed, and that as it stands in what was signed.
fn request_time<'a>(request: &SignedRequest<'a>) -> Result<(Cow<'a, str>, Timestamp), Error> {
    let headers: &'a HeaderMap = request.headers;
    let get = |name: &HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    let basic = |text: &'a str| Some((text.into(), Timestamp::parse_basic(text)?));
    let http_date = |text: &str| {
        let time = Timestamp::parse_http_date(text)?;
        Some((time.basic().into(), time))
    };
    let found = match (get(&DATE), get(&http::header::DATE)) {
        (Some(text), _) => basic(text).or_else(|| http_date(text)),
        (None, Some(text)) => http_date(text).or_else(|| basic(text)),
        (None, None) => None,
    };
    found.ok_or_else(|| {
        Error::new(Code::AccessDenied)
            .message("AWS authentication requires a valid Date or x-amz-date header")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_headers_are_bounded_and_each_is_there_once() {
        let names = |text: &str| signed_headers(text).map(|it| it.join(";"));
        assert_eq!(names("host;X-Amz-Date").as_deref(), Some("host;x-amz-date"));
        assert_eq!(names("b;a").as_deref(), Some("b;a"));
        for wrong in ["", "a;", ";a", "a;a", "b;a;b", "host;HOST"] {
            assert_eq!(names(wrong), None, "{wrong}");
        }
        let many =
            |count: usize| (0..count).map(|it| format!("n{it}")).collect::<Vec<_>>().join(";");
        assert!(names(&many(SIGNED_HEADERS_MAX)).is_some());
        assert!(names(&many(SIGNED_HEADERS_MAX + 1)).is_none());
    }
}
