//! What listings share: parameters checked, entries written, names encoded, pages that go on.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::{ListPage, ListQuery, Listed};
use types::Timestamp;
use wire::Error;
use wire::documents::{CommonPrefix, Object};

use super::{checksums, owner, page_size};
use crate::pipeline::Exchange;

/// What `encoding-type=url` encodes: all but letters, digits, these signs, and spaces, which are `+`.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b'/').remove(b' ');

/// How names are written in an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Url,
}

impl Encoding {
    pub(super) fn of(parameter: Option<&str>) -> Result<Self, Error> {
        match parameter {
            None => Ok(Self::Plain),
            Some(it) if it.eq_ignore_ascii_case("url") => Ok(Self::Url),
            Some(other) => Err(Error::argument("encoding-type", other)
                .message("Invalid Encoding Method specified in Request")),
        }
    }

    /// As in the answer's `EncodingType`.
    pub(super) fn parameter(self) -> Option<String> {
        (self == Self::Url).then(|| "url".into())
    }

    /// A name as it is written; `/` stays, a space is `+`, as S3 does it.
    pub(super) fn write(self, name: &str) -> String {
        if self == Self::Plain {
            return name.to_owned();
        }
        utf8_percent_encode(name, ENCODED).to_string().replace(' ', "+")
    }

    pub(super) fn write_if(self, name: Option<&str>) -> Option<String> {
        name.map(|it| self.write(it))
    }
}

/// A query of the store, and how to write its answer.
pub(super) struct Listing {
    pub(super) query: ListQuery,
    pub(super) encoding: Encoding,
}

impl Listing {
    pub(super) fn new(
        (prefix, delimiter): (Option<&String>, Option<&String>),
        after: Option<String>,
        max_keys: Option<i64>,
        encoding: Option<&String>,
    ) -> Result<Self, Error> {
        let query = ListQuery {
            prefix: prefix.cloned().unwrap_or_default(),
            delimiter: delimiter.cloned().unwrap_or_default(),
            after: after.filter(|it| !it.is_empty()),
            max: page_size("max-keys", max_keys)?,
        };
        Ok(Self { query, encoding: Encoding::of(encoding.map(String::as_str))? })
    }

    pub(super) fn common_prefixes(&self, page: &ListPage) -> Vec<CommonPrefix> {
        let prefixes = page.entries.iter().filter_map(|it| match it {
            Listed::CommonPrefix(prefix) => Some(prefix),
            Listed::Object { .. } => None,
        });
        prefixes.map(|it| CommonPrefix { prefix: Some(self.encoding.write(it)) }).collect()
    }

    pub(super) fn objects(
        &self,
        page: &ListPage,
        exchange: &Exchange<'_>,
        with_owner: bool,
    ) -> Vec<Object> {
        let owner = with_owner.then(|| owner(exchange));
        let objects = page.entries.iter().filter_map(|it| match it {
            Listed::Object { key, summary } => Some((key, summary)),
            Listed::CommonPrefix(_) => None,
        });
        objects
            .map(|(key, summary)| {
                let (sum, kind) = checksums::of_object(
                    (summary.declared, summary.declared_kind),
                    summary.crc64nvme,
                );
                Object {
                    key: Some(self.encoding.write(key)),
                    last_modified: Some(whole_seconds(summary.modified)),
                    etag: Some(summary.etag.quoted()),
                    size: Some(summary.length as i64),
                    storage_class: Some("STANDARD".into()),
                    checksum_algorithm: sum
                        .map(|it| it.algorithm().name().into())
                        .into_iter()
                        .collect(),
                    checksum_type: kind.map(|it| it.name().into()),
                    owner: owner.clone(),
                    restore_status: None,
                }
            })
            .collect()
    }
}

/// The token of the next page is the last name of this one: any gateway can go on from it, at any time.
pub(super) fn write_token(name: &str) -> String {
    URL_SAFE_NO_PAD.encode(name)
}

/// Behind which name a page begins.
pub(super) fn read_token(token: &str) -> Result<String, Error> {
    let name = URL_SAFE_NO_PAD.decode(token).ok().and_then(|it| String::from_utf8(it).ok());
    name.filter(|it| !it.is_empty()).ok_or_else(|| {
        Error::argument("continuation-token", token)
            .message("The continuation token provided is incorrect")
    })
}

/// S3 writes `.000Z`: the header `Last-Modified` has whole seconds, and both must agree.
pub(super) fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millis(time.seconds() * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_as_s3_does() {
        assert_eq!(Encoding::Url.write("a b/+é~*"), "a+b/%2B%C3%A9%7E*");
        assert_eq!(Encoding::Plain.write("a b"), "a b");
        assert!(Encoding::of(Some("base64")).is_err());
    }
}
