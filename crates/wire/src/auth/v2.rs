//! Signature Version 2, in the query string only: boto3 and the AWS CLI 1 presign with it by default
//! in us-east-1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use std::borrow::Cow;
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;
use types::Timestamp;

use super::canonical::spaced_hex;
use super::{
    PayloadHash, SignedPayload, SignedRequest, Verifier, several_mechanisms, version_2_refused,
};
use crate::error::Error;
use crate::generated::errors::Code;
use crate::head::text_of;
use crate::route::tells_operations_apart;

/// Parameters that are part of what is signed.
const SIGNED_PARAMETERS: [&str; 37] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "delete",
    "encryption",
    "inventory",
    "legal-hold",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "retention",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// Either kind of listing is the same permission and the same keys.
const LIST_TYPE: &str = "list-type";

/// A claim as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimV2 {
    /// The key that is said to have signed.
    pub access_key: String,
    signature: String,
    expires_text: String,
    expires: Timestamp,
}

impl ClaimV2 {
    pub(super) fn from_query(request: &SignedRequest<'_>) -> Result<Self, Error> {
        for name in ["AWSAccessKeyId", "Expires", "Signature"] {
            if request.query.all(name).count() > 1 {
                return Err(several_mechanisms());
            }
        }
        // What isn't signed must not make another operation of what is.
        let unsigned = |name: &str| name != LIST_TYPE && !SIGNED_PARAMETERS.contains(&name);
        let mut names = request.query.pairs().iter().map(|(name, _)| name.as_str());
        if names.any(|it| unsigned(it) && tells_operations_apart(it)) {
            return Err(version_2_refused());
        }
        let get = |name: &str| {
            request.query.get(name).filter(|it| !it.is_empty()).ok_or_else(|| {
                Error::new(Code::AccessDenied).message(
                    "Query-string authentication requires the Signature, Expires and \
                     AWSAccessKeyId parameters",
                )
            })
        };
        let expires_text = get("Expires")?;
        let expires = expires_text.parse::<u64>().ok().and_then(|it| it.checked_mul(1000));
        let expires = expires.ok_or_else(|| {
            Error::new(Code::AccessDenied)
                .message("Invalid date (should be seconds since epoch): ".to_owned() + expires_text)
        })?;
        Ok(Self {
            access_key: get("AWSAccessKeyId")?.into(),
            signature: get("Signature")?.into(),
            expires_text: expires_text.into(),
            expires: Timestamp::from_millis(expires),
        })
    }

    pub(super) fn verify(
        &self,
        request: &SignedRequest<'_>,
        with: Verifier<'_>,
    ) -> Result<SignedPayload, Error> {
        let text = string_to_sign(request, &self.expires_text);
        let wanted = sign(&text, with.secret);
        if !bool::from(wanted.as_bytes().ct_eq(self.signature.as_bytes())) {
            return Err(Error::new(Code::SignatureDoesNotMatch)
                .because("the signature is another than the key's")
                .with("AWSAccessKeyId", &*self.access_key)
                .with("StringToSign", &*text)
                .with("SignatureProvided", &*self.signature)
                .with("StringToSignBytes", spaced_hex(text.as_bytes())));
        }
        if with.now > self.expires {
            return Err(Error::new(Code::AccessDenied)
                .message("Request has expired")
                .because(format!("it held until {}", self.expires.iso8601()))
                .with("Expires", self.expires.iso8601_seconds())
                .with("ServerTime", with.now.iso8601_seconds()));
        }
        Ok(SignedPayload { hash: PayloadHash::Unsigned, chunks: None })
    }
}

pub(super) fn sign(text: &str, secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

/// Method, Content-MD5, Content-Type, Expires, `x-amz-` headers, resource. What SDKs move from
/// headers to the query (a session token, a content type) counts as if it were a header.
pub(super) fn string_to_sign(request: &SignedRequest<'_>, expires: &str) -> String {
    let header = |name: &str| match request.headers.get(name) {
        Some(value) => text_of(value),
        None => request.query.get(name).unwrap_or_default().into(),
    };
    let (md5, kind) = (header("content-md5"), header("content-type"));
    let mut amz: BTreeMap<String, Vec<Cow<'_, str>>> = BTreeMap::new();
    for (name, value) in request.headers {
        if name.as_str().starts_with("x-amz-") {
            amz.entry(name.as_str().to_owned()).or_default().push(trimmed(text_of(value)));
        }
    }
    for (name, value) in request.query.pairs() {
        let name = name.to_ascii_lowercase();
        // A client that was given the URL may send the header as well: then the header counts.
        if name.starts_with("x-amz-") && !request.headers.contains_key(&name) {
            amz.entry(name).or_default().push(value.trim().into());
        }
    }
    let amz: String =
        amz.iter().map(|(name, values)| format!("{name}:{}\n", values.join(","))).collect();
    let resource = resource(request);
    format!("{}\n{md5}\n{kind}\n{expires}\n{amz}{resource}", request.method)
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

fn resource(request: &SignedRequest<'_>) -> String {
    let mut text = match request.host_bucket {
        Some(bucket) => format!("/{bucket}{}", request.path),
        None => request.path.to_owned(),
    };
    let mut parameters: Vec<_> = request
        .query
        .pairs()
        .iter()
        .filter(|(name, _)| SIGNED_PARAMETERS.contains(&name.as_str()))
        .collect();
    parameters.sort();
    for (index, (name, value)) in parameters.into_iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(name);
        if !value.is_empty() {
            text.extend(["=", value]);
        }
    }
    text
}
