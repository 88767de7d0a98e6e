//! An answer: headers, and a body in XML.

use http::{HeaderMap, HeaderName, HeaderValue};
use types::Timestamp;

use crate::encoded_word::encode;
use crate::xml::Writer;

/// What an operation answers; implemented in `gen`.
pub trait Output {
    /// Adds the members that travel in headers. Their texts are taken: an answer is given once.
    fn put_headers(&mut self, headers: &mut HeaderMap);

    /// Writes the members that travel in the body.
    fn write(&self, xml: &mut Writer);

    /// Whether there is a body in XML.
    fn has_body(&self) -> bool;

    /// The body, if there is one.
    fn body(&self) -> Option<String> {
        self.has_body().then(|| {
            let mut xml = Writer::new();
            self.write(&mut xml);
            xml.finish()
        })
    }
}

/// What an operation of IAM or STS answers: XML and nothing else; implemented in `gen`.
pub trait QueryOutput {
    /// Writes the document. The request's id stands in it.
    fn write(&self, xml: &mut Writer, request_id: &str);

    /// The document.
    fn body(&self, request_id: &str) -> String {
        let mut xml = Writer::new();
        self.write(&mut xml, request_id);
        xml.finish()
    }
}

/// A text that a header can't carry (it came in one, so that doesn't happen) is left out.
#[inline]
pub(crate) fn put_text(headers: &mut HeaderMap, name: HeaderName, value: &mut Option<String>) {
    if let Some(value) = value.take().and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(name, value);
    }
}

pub(crate) fn put_number(headers: &mut HeaderMap, name: HeaderName, value: Option<i64>) {
    if let Some(value) = value {
        headers.insert(name, HeaderValue::from(value));
    }
}

pub(crate) fn put_boolean(headers: &mut HeaderMap, name: HeaderName, value: Option<bool>) {
    if let Some(value) = value {
        let text = if value { "true" } else { "false" };
        headers.insert(name, HeaderValue::from_static(text));
    }
}

pub(crate) fn put_time(headers: &mut HeaderMap, name: HeaderName, value: Option<Timestamp>) {
    put_text(headers, name, &mut value.map(Timestamp::http_date));
}

pub(crate) fn put_metadata(
    headers: &mut HeaderMap,
    prefix: &'static str,
    pairs: &[(String, String)],
) {
    for (name, value) in pairs {
        let name = HeaderName::try_from(format!("{prefix}{name}"));
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&encode(value))) {
            headers.append(name, value);
        }
    }
}
