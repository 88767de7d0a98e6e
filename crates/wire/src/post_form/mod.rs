//! Uploads by an HTML form ("POST Object", S3 API Reference; "Browser-based uploads using POST", S3
//! User Guide): a form's fields are the headers of the PutObject that it asks for.
//!
//! [`FormReader`] reads a body up to its file, [`PostForm`] is what the fields say, [`FilePart`] gives the
//! file's bytes as they arrive, [`PostForm::check_policy`] holds the form to the document that its signer
//! allowed it. Who signed it is [`crate::auth`]'s to find.

mod multipart;
mod policy;

use std::ops::RangeInclusive;

use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_TYPE, EXPIRES, HeaderMap, HeaderName, HeaderValue,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use types::{KEY_BYTES_MAX, Timestamp};

use crate::error::Error;
use crate::generated::documents::Tagging;
use crate::generated::errors::Code;
use crate::xml::Element;

pub use multipart::{FilePart, FormReader, ReadForm};

/// Most bytes before the file's own, boundaries included ("Creating an HTML form", S3 API Reference).
pub const PRE_DATA_BYTES_MAX: usize = 20 * 1024;
/// Most bytes of the fields when `${filename}` has been replaced: each may name the file many times.
const EXPANDED_BYTES_MAX: usize = 4 * PRE_DATA_BYTES_MAX;
const FILE_NAME: &str = "${filename}";
const METADATA: &str = "x-amz-meta-";

/// What describes an object: fields of a form, and never headers of its request.
const DESCRIBING: [HeaderName; 6] =
    [CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, EXPIRES];
/// Fields that belong to the signature, and are nothing of the object.
const SIGNING: [&str; 5] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
];
const TAGGING: &str = "tagging";
const CONTENT_MD5: &str = "content-md5";
/// The one header of Amazon's that means the request and not the object.
const EXPECTED_OWNER: &str = "x-amz-expected-bucket-owner";

/// The fields before a form's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostForm {
    fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    /// As it was sent.
    name: String,
    /// In lower case: names are the same in any.
    lower: String,
    value: String,
}

/// How a form wants to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    /// By a status and nothing else: 200 or 204.
    Empty(u16),
    /// 201 with a document.
    Created,
    /// By another page.
    Redirect(String),
}

impl PostForm {
    /// A field by its name in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|it| it.lower == name).map(|it| &*it.value)
    }

    /// The object's key.
    pub fn key(&self) -> Result<&str, Error> {
        let key = self.get("key").ok_or_else(|| missing("key"))?;
        if key.is_empty() {
            return Err(
                Error::argument("key", "").message("User key must have a length greater than 0.")
            );
        }
        if key.len() > KEY_BYTES_MAX {
            return Err(Error::new(Code::KeyTooLongError)
                .with("Size", key.len().to_string())
                .with("MaxSizeAllowed", KEY_BYTES_MAX.to_string()));
        }
        Ok(key)
    }

    /// The headers of the PutObject that the form asks for, but for user metadata: the request's own,
    /// without those that say something of an object, and the fields. What nobody allowed the form
    /// can't come in by a header.
    pub fn headers(&self, request: &HeaderMap) -> Result<HeaderMap, Error> {
        let own = |name: &HeaderName| {
            let amazons = name.as_str().starts_with("x-amz-") && name != EXPECTED_OWNER;
            !amazons && !DESCRIBING.contains(name) && name != CONTENT_LENGTH && name != CONTENT_MD5
        };
        let kept = request.iter().filter(|(name, _)| own(name));
        let mut headers: HeaderMap =
            kept.map(|(name, value)| (name.clone(), value.clone())).collect();
        for field in &self.fields {
            let Some(name) = header_of(&field.lower) else { continue };
            let value = match &*field.lower {
                TAGGING => tagging(&field.value)?,
                _ => field.value.clone(),
            };
            let pair = HeaderName::from_bytes(name.as_bytes())
                .ok()
                .zip(HeaderValue::from_bytes(value.as_bytes()).ok());
            let (name, value) = pair.ok_or_else(|| invalid(field))?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// User metadata: any text, which headers couldn't carry; so encoded words in it are text like other.
    pub fn metadata(&self) -> Result<Vec<(String, String)>, Error> {
        let mut pairs = vec![];
        for field in &self.fields {
            let Some(name) = field.lower.strip_prefix(METADATA) else { continue };
            if name.is_empty() || HeaderName::from_bytes(name.as_bytes()).is_err() {
                return Err(invalid(field));
            }
            pairs.push((name.to_owned(), field.value.clone()));
        }
        Ok(pairs)
    }

    /// How it wants to be answered. A page that can't be one, and a status that isn't one of the
    /// three, count as not given.
    pub fn success(&self) -> Success {
        let page = self.get("success_action_redirect").or_else(|| self.get("redirect"));
        let is_page = |it: &&str| {
            let rest = it.split_once("://").filter(|(scheme, _)| {
                scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
            });
            let has_host =
                rest.is_some_and(|(_, it)| !it.is_empty() && !it.starts_with(['/', '?']));
            has_host && HeaderValue::from_bytes(it.as_bytes()).is_ok()
        };
        if let Some(page) = page.filter(is_page) {
            return Success::Redirect(page.to_owned());
        }
        match self.get("success_action_status") {
            Some("200") => Success::Empty(200),
            Some("201") => Success::Created,
            _ => Success::Empty(204),
        }
    }

    /// Holds the form to its policy, if it has one, and says how many bytes the file may have.
    pub fn check_policy(&self, bucket: &str, now: Timestamp) -> Result<RangeInclusive<u64>, Error> {
        match self.get("policy") {
            Some(document) => policy::check(document, self, bucket, now),
            None => Ok(0..=u64::MAX),
        }
    }

    /// Fields of one name are one, with commas ("Creating HTML forms", S3 User Guide).
    fn add(&mut self, name: String, value: &str) {
        let lower = name.to_ascii_lowercase();
        match self.fields.iter_mut().find(|it| it.lower == lower) {
            Some(field) => field.value.extend([",", value]),
            None => self.fields.push(Field { name, lower, value: value.to_owned() }),
        }
    }

    /// Puts the file's name where the fields ask for it: what stands behind the last slash or
    /// backslash. A file without a name leaves them as they are, as S3 does.
    fn file_begins(&mut self, name: Option<String>) -> Result<(), Error> {
        let Some(name) = name else { return Ok(()) };
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut bytes = 0;
        for field in self.fields.iter_mut().filter(|it| it.lower != "policy") {
            let times = field.value.matches(FILE_NAME).count();
            bytes += field.value.len() + times * name.len();
            if bytes > EXPANDED_BYTES_MAX {
                return Err(multipart::too_long());
            }
            if times > 0 {
                field.value = field.value.replace(FILE_NAME, name);
            }
        }
        Ok(())
    }
}

/// The header that a field stands for.
fn header_of(field: &str) -> Option<&str> {
    match field {
        "acl" => Some("x-amz-acl"),
        TAGGING => Some("x-amz-tagging"),
        CONTENT_MD5 => Some(CONTENT_MD5),
        it if DESCRIBING.iter().any(|header| header == it) => Some(it),
        it if SIGNING.contains(&it) || it.starts_with(METADATA) => None,
        it if it.starts_with("x-amz-") => Some(it),
        _ => None,
    }
}

/// Tags as the header has them; in a form they are a document.
fn tagging(document: &str) -> Result<String, Error> {
    let tags = Tagging::read(&Element::parse(document.as_bytes(), "Tagging")?)?.tag_set;
    let encoded = |it: &Option<String>| {
        utf8_percent_encode(it.as_deref().unwrap_or_default(), NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> =
        tags.iter().map(|it| format!("{}={}", encoded(&it.key), encoded(&it.value))).collect();
    Ok(pairs.join("&"))
}

fn invalid(field: &Field) -> Error {
    Error::argument(&*field.name, &*field.value)
        .message(format!("The value of the field {} can't be one", field.name))
}

/// The error for a form without a field that it needs, by the name that S3 calls it.
pub(crate) fn missing(name: &'static str) -> Error {
    Error::argument(name, "").message(format!(
        "Bucket POST must contain a field named '{name}'.  If it is specified, please check \
             the order of the fields."
    ))
}

#[cfg(test)]
mod tests;
