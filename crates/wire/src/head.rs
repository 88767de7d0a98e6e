//! A request's head, and how values are read from it. A value that AWS would refuse is an
//! `InvalidArgument` that names it.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, Method};
use types::Timestamp;

use crate::encoded_word;
use crate::error::Error;
use crate::post_form::PostForm;
use crate::query::Query;
use crate::target::Target;

/// Everything of a request but its body.
#[derive(Clone, Copy, Debug)]
pub struct RequestHead<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// What it is about.
    pub target: &'a Target,
    /// Its parameters.
    pub query: &'a Query,
    /// The form of an AWS Query request: action, version and parameters.
    pub form: Option<&'a Query>,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The form that it is, if it is one posted to a bucket: target and headers are then what its
    /// fields say.
    pub posted: Option<&'a PostForm>,
    /// Which names they may have: see [`NameFilter`].
    pub names: NameFilter,
}

/// A bit for each name of a request's headers. An operation looks for dozens of headers that are
/// hardly ever there, and most have a name whose bit is none of those.
#[derive(Clone, Copy, Debug)]
pub struct NameFilter(u64);

impl NameFilter {
    /// Of these headers.
    pub fn of(headers: &HeaderMap) -> Self {
        Self(headers.keys().fold(0, |all, it| all | Self::bit(it.as_str())))
    }

    /// False if there is certainly no header of this name.
    #[inline]
    fn may_have(self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// By length, last letter and one in the middle. Of a name that is known when the program is
    /// compiled it is known then.
    #[inline]
    fn bit(name: &str) -> u64 {
        let name = name.as_bytes();
        let letter = |at: usize| name.get(at).map_or(0, |it| usize::from(*it));
        let (middle, last) = (letter(name.len() / 2), letter(name.len().wrapping_sub(1)));
        1 << ((name.len() + 7 * middle + 29 * last) % 64)
    }
}

impl RequestHead<'_> {
    #[inline]
    fn header(&self, name: &'static str) -> Option<&HeaderValue> {
        self.names.may_have(name).then(|| self.headers.get(name))?
    }

    /// A header as text.
    #[inline]
    pub fn header_text(&self, name: &'static str) -> Result<Option<String>, Error> {
        Ok(self.header(name).map(|it| text_of(it).into_owned()))
    }

    /// A header as a whole number.
    #[inline]
    pub fn header_number(&self, name: &'static str) -> Result<Option<i64>, Error> {
        self.header(name).map(|it| number(name, &text_of(it))).transpose()
    }

    /// A header as `true` or `false`.
    pub fn header_boolean(&self, name: &'static str) -> Result<Option<bool>, Error> {
        self.header(name).map(|it| boolean(name, &text_of(it))).transpose()
    }

    /// A header as a date. One that can't be read is passed over (RFC 9110, 13.1.3).
    pub fn header_time(&self, name: &'static str) -> Result<Option<Timestamp>, Error> {
        Ok(self.header(name).and_then(|it| Timestamp::parse_http_date(&text_of(it))))
    }

    /// A parameter.
    pub fn query_text(&self, name: &'static str) -> Result<Option<String>, Error> {
        Ok(self.query.get(name).map(String::from))
    }

    /// A parameter that may be repeated.
    pub(crate) fn query_list(&self, name: &'static str) -> Result<Vec<String>, Error> {
        Ok(self.query.all(name).map(String::from).collect())
    }

    /// What of S3 Control's path stands between these, decoded.
    pub(crate) fn path_text(&self, before: &str, after: &str) -> Result<String, Error> {
        let Target::Control(path) = self.target else { return Ok(String::new()) };
        let inside = path.strip_prefix(before).and_then(|it| it.strip_suffix(after));
        Ok(inside.unwrap_or_default().to_owned())
    }

    /// A parameter as a whole number. An empty one counts as none, as on AWS.
    pub fn query_number(&self, name: &'static str) -> Result<Option<i64>, Error> {
        let given = self.query.get(name).filter(|it| !it.is_empty());
        given.map(|it| number(name, it)).transpose()
    }

    /// A parameter as `true` or `false`.
    pub fn query_boolean(&self, name: &'static str) -> Result<Option<bool>, Error> {
        self.query.get(name).map(|it| boolean(name, it)).transpose()
    }

    /// A parameter as a date in HTTP's form.
    pub fn query_time(&self, name: &'static str) -> Result<Option<Timestamp>, Error> {
        let read = |it: &str| {
            // The name of the day is passed over: the date says which it is.
            let named = |day| Some(format!("{day}, {}", it.split_once(", ")?.1));
            let mut days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].into_iter();
            Timestamp::parse_http_date(it)
                .or_else(|| days.find_map(|day| Timestamp::parse_http_date(&named(day)?)))
                .ok_or_else(|| invalid(name, it, "must be a date in the HTTP format"))
        };
        self.query.get(name).map(read).transpose()
    }

    /// The headers that begin with a prefix, without it, in lower case; repeated ones joined by
    /// commas and RFC 2047's encoded words read, as AWS does.
    pub fn user_metadata(&self, prefix: &'static str) -> Result<Vec<(String, String)>, Error> {
        let mut pairs = Vec::new();
        for name in self.headers.keys() {
            let Some(short) = name.as_str().strip_prefix(prefix) else { continue };
            let values = self.headers.get_all(name).iter().map(text_of).collect::<Vec<_>>();
            pairs.push((short.to_owned(), encoded_word::decode(values.join(","))));
        }
        Ok(pairs)
    }
}

/// A header's value as text. Bytes that aren't UTF-8 are taken for Latin-1, which HTTP once meant.
/// Signatures cover exactly this text.
pub(crate) fn text_of(value: &HeaderValue) -> Cow<'_, str> {
    let bytes = value.as_bytes();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().copied().map(char::from).collect::<String>().into(),
    }
}

fn number(name: &'static str, value: &str) -> Result<i64, Error> {
    // AWS's models say integer: 32 bits.
    let fits = value.parse::<i64>().ok().filter(|it| i32::try_from(*it).is_ok());
    let large = name.ends_with("-size") || name.ends_with("-length");
    fits.or_else(|| value.parse().ok().filter(|_| large))
        .ok_or_else(|| invalid(name, value, "not an integer or within integer range"))
}

fn boolean(name: &'static str, value: &str) -> Result<bool, Error> {
    match value {
        "true" | "TRUE" | "True" => Ok(true),
        "false" | "FALSE" | "False" => Ok(false),
        _ => Err(invalid(name, value, "must be true or false")),
    }
}

fn invalid(name: &str, value: &str, why: &str) -> Error {
    Error::argument(name, value).message(format!("Provided {name} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
    use crate::inputs::{GetObjectInput, ListObjectsV2Input, PutObjectInput};

    fn with_head<T>(
        query: &str,
        headers: &[(&'static str, &[u8])],
        read: impl Fn(&RequestHead<'_>) -> T,
    ) -> T {
        let query = Query::parse(query).unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        let target = Target::Object { bucket: "b".into(), key: "k".into() };
        let head = RequestHead {
            method: &Method::GET,
            target: &target,
            query: &query,
            form: None,
            headers: &map,
            posted: None,
            names: NameFilter::of(&map),
        };
        read(&head)
    }

    #[test]
    fn inputs_come_from_query_and_headers() {
        let headers: &[(&str, &[u8])] =
            &[("range", b"bytes=0-1"), ("if-modified-since", b"Tue, 24 Nov 2026 10:12:00 GMT")];
        let query = "partNumber=2&response-content-type=text/plain";
        let input = with_head(query, headers, GetObjectInput::decode).unwrap();
        assert_eq!(input.range.as_deref(), Some("bytes=0-1"));
        assert_eq!(input.part_number, Some(2));
        assert_eq!(input.response_content_type.as_deref(), Some("text/plain"));
        assert_eq!(input.if_modified_since.unwrap().basic(), "20261124T101200Z");
    }

    #[test]
    fn user_metadata_is_joined_and_kept_as_text() {
        let headers: &[(&str, &[u8])] = &[
            ("x-amz-meta-a", b"1"),
            ("x-amz-meta-a", b"2"),
            ("x-amz-meta-name", "옹기".as_bytes()),
            ("x-amz-meta-latin", b"caf\xe9"),
            ("x-amz-meta-word", b"=?UTF-8?Q?caf=C3=A9?="),
        ];
        let mut metadata = with_head("", headers, PutObjectInput::decode).unwrap().metadata;
        metadata.sort();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let word = pair("word", "café");
        assert_eq!(metadata, [pair("a", "1,2"), pair("latin", "café"), pair("name", "옹기"), word]);
    }

    #[test]
    fn an_empty_number_is_none() {
        let input = with_head("max-keys=", &[], ListObjectsV2Input::decode).unwrap();
        assert_eq!(input.max_keys, None);
    }

    #[test]
    fn malformed_values_are_named() {
        for query in ["max-keys=abc", "max-keys=9999999999", "max-keys=1.5"] {
            let error = with_head(query, &[], ListObjectsV2Input::decode).unwrap_err();
            assert_eq!(error.code(), Code::InvalidArgument, "{query}");
        }
        let error = with_head("max-keys=abc", &[], ListObjectsV2Input::decode).unwrap_err();
        assert_eq!(
            error.to_string(),
            "InvalidArgument: Provided max-keys not an integer or within integer range"
        );
    }
}
