//! XML: a writer for answers, a bounded reader for bodies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use types::Timestamp;

use crate::error::Error;
use crate::generated::errors::Code;
use crate::operation::Service;

/// What RFC 3986 has to have encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// Deepest nesting of a body.
const DEPTH_MAX: usize = 16;
/// Most elements of a body: a CompleteMultipartUpload has 10,000 parts of up to nine members.
const ELEMENTS_MAX: usize = 120_000;

/// What every document begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a document. Names are constants; texts are escaped.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// Begins with the declaration.
    pub fn new() -> Self {
        Self(DECLARATION.into())
    }

    /// The root element, in S3's namespace.
    pub fn root(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.root_in(Service::S3, name, write);
    }

    /// The root element, in a service's namespace.
    pub(crate) fn root_in(&mut self, service: Service, name: &str, write: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, " xmlns=\"", service.namespace(), "\">"]);
        let begun = self.0.len();
        write(self);
        // As S3 writes the location of a bucket in us-east-1, and what isn't configured.
        if self.0.len() == begun {
            self.0.pop();
            self.0.push_str("/>");
            return;
        }
        self.0.extend(["</", name, ">"]);
    }

    /// The root element of an AWS Query answer, which ends with the request's id.
    pub(crate) fn query_root(
        &mut self,
        service: Service,
        name: &str,
        request_id: &str,
        write: impl FnOnce(&mut Self),
    ) {
        self.root_in(service, name, |xml| {
            write(xml);
            xml.element("ResponseMetadata", |xml| xml.text("RequestId", request_id));
        });
    }

    /// The root element, in no namespace: errors have none.
    pub fn plain_root(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.element(name, write);
    }

    /// An element with elements in it.
    pub fn element(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, ">"]);
        write(self);
        self.0.extend(["</", name, ">"]);
    }

    /// An element of a type (`xsi:type`), with elements in it.
    pub fn typed_element(&mut self, name: &str, kind: &str, write: impl FnOnce(&mut Self)) {
        const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
        self.0.extend(["<", name, " xmlns:xsi=\"", INSTANCE, "\" xsi:type=\"", kind, "\">"]);
        write(self);
        self.0.extend(["</", name, ">"]);
    }

    /// An element with a text in it.
    pub fn text(&mut self, name: &str, text: &str) {
        self.0.extend(["<", name, ">"]);
        self.escaped(text);
        self.0.extend(["</", name, ">"]);
    }

    /// The text of the element that is being written.
    pub fn escaped(&mut self, text: &str) {
        let special = |b: u8| b < 0x20 || matches!(b, b'<' | b'>' | b'&' | b'"' | 0x7f);
        let mut rest = text;
        while let Some(at) = rest.bytes().position(special) {
            self.0.push_str(&rest[..at]);
            match rest.as_bytes()[at] {
                b'<' => self.0.push_str("&lt;"),
                b'>' => self.0.push_str("&gt;"),
                b'&' => self.0.push_str("&amp;"),
                b'"' => self.0.push_str("&quot;"),
                b'\t' | b'\n' => self.0.push(rest.as_bytes()[at].into()),
                b'\r' => self.0.push_str("&#13;"),
                // XML 1.0 has no such characters; AWS writes references all the same.
                control => self.0.push_str(&format!("&#x{control:x};")),
            }
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
    }

    /// An element with a number in it.
    pub fn number(&mut self, name: &str, number: i64) {
        self.text(name, &number.to_string());
    }

    /// An element with `true` or `false` in it.
    pub fn boolean(&mut self, name: &str, value: bool) {
        self.text(name, if value { "true" } else { "false" });
    }

    /// An element with a time in it, to the second: S3's listings know no more than `Last-Modified`.
    pub fn time(&mut self, name: &str, time: Timestamp) {
        let second = Timestamp::from_millis(time.seconds() * 1000);
        self.text(name, &second.iso8601());
    }

    /// An element with a time in it, as IAM and STS write it: `2026-11-24T10:12:00Z`.
    pub(crate) fn time_in_seconds(&mut self, name: &str, time: Timestamp) {
        self.text(name, &time.iso8601_seconds());
    }

    /// The document.
    pub fn finish(self) -> String {
        self.0
    }
}

/// A text as RFC 3986 has it, a slash encoded too: policy documents in IAM's answers, keys in addresses.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// An element of a body: its local name, its text, its type if it says one (`xsi:type`) and the elements
/// in it. Other attributes and namespaces are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    name: String,
    text: String,
    kind: Option<String>,
    children: Vec<Element>,
}

fn malformed() -> Error {
    Error::new(Code::MalformedXML)
}

impl Element {
    /// Reads a document whose root is `root`. Entities beyond XML's own five, document types,
    /// and more nesting or elements than any request needs are `MalformedXML`.
    pub fn parse(document: &[u8], root: &str) -> Result<Self, Error> {
        let text = std::str::from_utf8(document).map_err(|e| malformed().because(e))?;
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = vec![Self::default()];
        let mut elements = 0;
        loop {
            let event = reader.read_event().map_err(|e| malformed().because(e))?;
            let top = open.last_mut().ok_or_else(malformed)?;
            match event {
                Event::Start(tag) => {
                    elements += 1;
                    if open.len() > DEPTH_MAX || elements > ELEMENTS_MAX {
                        return Err(malformed());
                    }
                    open.push(Self::of(&tag)?);
                }
                Event::Empty(tag) => {
                    elements += 1;
                    if elements > ELEMENTS_MAX {
                        return Err(malformed());
                    }
                    top.children.push(Self::of(&tag)?);
                }
                Event::End(_) => {
                    let ended = open.pop().ok_or_else(malformed)?;
                    open.last_mut().ok_or_else(malformed)?.children.push(ended);
                }
                Event::Text(text) => top.text += &text.xml10_content(),
                Event::CData(text) => top.text += &text.xml10_content(),
                Event::GeneralRef(reference) => top.text.push(resolved(&reference)?),
                Event::DocType(_) => return Err(malformed()),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        let mut whole = open.pop().filter(|_| open.is_empty()).ok_or_else(malformed)?;
        let only = whole.children.pop().filter(|it| it.name == root).ok_or_else(malformed)?;
        if !whole.children.is_empty() || !whole.text.trim().is_empty() {
            return Err(malformed());
        }
        Ok(only)
    }

    /// Its attributes must be some, even if they say nothing to S3.
    fn of(tag: &BytesStart<'_>) -> Result<Self, Error> {
        let mut kind = None;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| malformed().because(e))?;
            if attribute.key.local_name().as_ref() == "type" {
                kind = Some(attribute.value.to_string());
            }
        }
        Ok(Self { name: tag.local_name().as_ref().to_owned(), kind, ..Self::default() })
    }

    /// Refuses an element that has members of other names than these, or lacks a required one: what
    /// isn't understood must not be believed done ("did not validate against our published schema").
    pub fn check_members(&self, names: &[&str], required: &[&str]) -> Result<(), Error> {
        if let Some(other) = self.children.iter().find(|it| !names.contains(&&*it.name)) {
            return Err(malformed().because(format_args!("{} in {}", other.name, self.name)));
        }
        let is_there = |name: &&&str| self.children.iter().any(|it| it.name == **name);
        match required.iter().find(|name| !is_there(name)) {
            None => Ok(()),
            Some(missing) => {
                Err(malformed().because(format_args!("no {missing} in {}", self.name)))
            }
        }
    }

    /// The element in it of this name, read. Several are no document of S3's.
    pub fn one<T>(
        &self,
        name: &str,
        read: impl Fn(&Self) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = self.children.iter().filter(|it| it.name == name);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(malformed()),
            (one, None) => one.map(read).transpose(),
        }
    }

    /// All elements in it of this name, read.
    pub fn all<T>(
        &self,
        name: &str,
        read: impl Fn(&Self) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        self.children.iter().filter(|it| it.name == name).map(read).collect()
    }

    /// All elements named `item` in the one named `name`.
    pub fn list<T>(
        &self,
        name: &str,
        item: &str,
        read: impl Fn(&Self) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let items = self.one(name, |it| {
            it.check_members(&[item], &[])?;
            it.all(item, &read)
        });
        Ok(items?.unwrap_or_default())
    }

    /// Its type.
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// Its text.
    pub fn to_text(&self) -> Result<String, Error> {
        Ok(self.text.clone())
    }

    /// Its text as a number.
    pub fn to_number(&self) -> Result<i64, Error> {
        self.text.trim().parse().map_err(|_| malformed())
    }

    /// Its text as `true` or `false`.
    pub fn to_boolean(&self) -> Result<bool, Error> {
        match self.text.trim() {
            "true" | "True" | "TRUE" | "1" => Ok(true),
            "false" | "False" | "FALSE" | "0" => Ok(false),
            _ => Err(malformed()),
        }
    }

    /// Its text as a time.
    pub fn to_time(&self) -> Result<Timestamp, Error> {
        let text = self.text.trim();
        Timestamp::parse_iso8601(text)
            .or_else(|| Timestamp::parse_http_date(text))
            .ok_or_else(malformed)
    }
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, Error> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|e| malformed().because(e))? {
        return Ok(letter);
    }
    match reference.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests;
