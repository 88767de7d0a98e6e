//! Who signed a form: its policy, as it stands in its field, is what is signed ("Authenticating
//! requests: browser-based uploads using POST", S3 API Reference; "Creating HTML forms", S3 User Guide
//! for Version 2, with which boto3 signs forms in us-east-1).

use std::time::Duration;

use ring::hmac;
use subtle::ConstantTimeEq;
use types::Timestamp;

use super::canonical::{hex, spaced_hex};
use super::keys::Credential;
use super::v4::{
    ALGORITHM, CREDENTIAL_FORM, EXPIRES_MAX_S, NO_REGION, REGION_BYTES_MAX, SKEW_MAX, not_yet_valid,
};
use super::{PayloadHash, SignedPayload, Verifier, several_mechanisms, v2};
use crate::error::Error;
use crate::generated::errors::Code;
use crate::post_form::{PostForm, missing};

/// A claim as a form made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimForm<'a> {
    /// The key that is said to have signed.
    pub access_key: &'a str,
    /// None: Version 2.
    credential: Option<&'a str>,
    policy: &'a str,
    signature: &'a str,
    /// When it was signed, as it says; Version 2 says nothing.
    time: Option<Timestamp>,
}

impl<'a> ClaimForm<'a> {
    /// None if nobody is said to have signed the form.
    pub(super) fn find(form: &'a PostForm) -> Result<Option<Self>, Error> {
        // As S3 calls them, in the order in which it misses them.
        let field =
            |name: &'static str| form.get(&name.to_ascii_lowercase()).ok_or_else(|| missing(name));
        let has = |names: &[&str]| names.iter().any(|it| form.get(it).is_some());
        let v4 = has(&["x-amz-algorithm", "x-amz-credential", "x-amz-signature"]);
        let v2 = has(&["awsaccesskeyid", "signature"]);
        match (v4, v2) {
            (false, false) => Ok(None),
            (true, true) => Err(several_mechanisms()),
            (false, true) => Ok(Some(Self {
                access_key: field("AWSAccessKeyId")?,
                signature: field("Signature")?,
                policy: field("Policy")?,
                credential: None,
                time: None,
            })),
            (true, false) => {
                let algorithm = field("X-Amz-Algorithm")?;
                let credential = field("X-Amz-Credential")?;
                let signature = field("X-Amz-Signature")?;
                let date = field("X-Amz-Date")?;
                if algorithm != ALGORITHM {
                    let why = "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
                    return Err(invalid("X-Amz-Algorithm", algorithm, why.into()));
                }
                let Some(time) = Timestamp::parse_basic(date) else {
                    let why = "X-Amz-Date must be formated via ISO8601 Long format";
                    return Err(invalid("X-Amz-Date", date, why.into()));
                };
                let access_key = parts(credential)?.0;
                let (credential, time) = (Some(credential), Some(time));
                let policy = field("Policy")?;
                Ok(Some(Self { access_key, credential, policy, signature, time }))
            }
        }
    }

    pub(super) fn is_version_2(&self) -> bool {
        self.credential.is_none()
    }

    pub(super) fn region(&self) -> Option<&'a str> {
        Some(parts(self.credential?).ok()?.1.region)
    }

    pub(super) fn verify(&self, with: Verifier<'_>) -> Result<SignedPayload, Error> {
        let judge = |wanted: &str| match wanted.as_bytes().ct_eq(self.signature.as_bytes()).into() {
            true => Ok(()),
            false => Err(Error::new(Code::SignatureDoesNotMatch)
                .because("the signature is another than the key's")
                .with("AWSAccessKeyId", self.access_key)
                .with("StringToSign", self.policy)
                .with("SignatureProvided", self.signature)
                .with("StringToSignBytes", spaced_hex(self.policy.as_bytes()))),
        };
        match self.credential {
            None => judge(&v2::sign(self.policy, with.secret))?,
            Some(text) => with.keys.verify(&parts(text)?.1, with.secret, |key| {
                judge(&hex(hmac::sign(key, self.policy.as_bytes()).as_ref()))
            })?,
        }
        self.check_time(with.now)?;
        // The policy says what the file may be; nothing is said of its bytes.
        Ok(SignedPayload { hash: PayloadHash::Unsigned, chunks: None })
    }
}

impl ClaimForm<'_> {
    /// A signing key is valid for seven days, and a form no longer than its key, whatever its policy
    /// says ("Amazon S3 Signature Version 4 authentication specific policy keys", S3 API Reference).
    fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        let Some((text, time)) = self.credential.zip(self.time) else { return Ok(()) };
        // Else the date could be a new one and the key as old as one likes.
        let (date, day) = (time.basic(), parts(text)?.1.day);
        if date.get(..8) != Some(day) {
            let why = format!(
                "Invalid credential date \"{day}\". This date is not the same as X-Amz-Date: \
                 \"{}\".",
                date.get(..8).unwrap_or_default()
            );
            return Err(invalid("X-Amz-Credential", text, why));
        }
        if time.since(now) > SKEW_MAX {
            return Err(not_yet_valid().because(format!("it was signed at {}", time.iso8601())));
        }
        let end = time.plus(Duration::from_secs(EXPIRES_MAX_S));
        if now > end {
            return Err(Error::new(Code::AccessDenied)
                .message("Request has expired")
                .because(format!("the key that signed the form held until {}", end.iso8601()))
                .with("Expires", end.iso8601_seconds())
                .with("ServerTime", now.iso8601_seconds()));
        }
        Ok(())
    }
}

/// The access key in a credential, and its parts.
fn parts(text: &str) -> Result<(&str, Credential<'_>), Error> {
    let malformed = |why: &str| invalid("X-Amz-Credential", text, why.to_owned());
    let mut parts = text.rsplitn(5, '/');
    let (Some("aws4_request"), Some(service), Some(region), Some(day), Some(access_key)) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed(CREDENTIAL_FORM));
    };
    if region.is_empty() {
        return Err(malformed(NO_REGION));
    }
    if region.len() > REGION_BYTES_MAX || day.len() != 8 {
        return Err(malformed(CREDENTIAL_FORM));
    }
    if access_key.is_empty() {
        return Err(malformed("a non-empty Access Key (AKID) must be provided in the credential."));
    }
    if service != "s3" {
        return Err(malformed(&format!(
            "incorrect service \"{service}\". This endpoint belongs to \"s3\"."
        )));
    }
    Ok((access_key, Credential { whole: text, day, region, service }))
}

fn invalid(name: &'static str, value: &str, why: String) -> Error {
    Error::new(Code::InvalidArgument)
        .message(why)
        .with("ArgumentName", name)
        .with("ArgumentValue", value)
}
