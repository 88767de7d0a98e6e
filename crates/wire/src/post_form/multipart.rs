//! multipart/form-data as bytes arrive (RFC 7578, RFC 2046 section 5.1): first the fields, all of them
//! bounded together, then the file, which is never kept.
//!
//! Both halves are state machines without I/O, and both read the same however their bytes are cut.
//! What stands behind the file is passed over, as S3 does.

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use memchr::memmem::{self, Finder};

use super::{PRE_DATA_BYTES_MAX, PostForm};
use crate::error::Error;
use crate::generated::errors::Code;

/// Longest boundary (RFC 2046, 5.1.1).
const BOUNDARY_BYTES_MAX: usize = 70;
/// The field that is the file.
const FILE: &str = "file";

/// Reads a form up to its file.
#[derive(Debug)]
pub struct FormReader {
    /// A line's end, two hyphens, the boundary.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    /// Bytes at the buffer's beginning that have been looked through in vain.
    searched: usize,
    /// Bytes that were taken out of the buffer.
    taken: usize,
    state: State,
    form: PostForm,
}

#[derive(Debug)]
enum State {
    /// Before the first boundary.
    Preamble,
    /// Behind a boundary.
    Boundary,
    /// In a part's head.
    Head,
    /// In a field's value.
    Field(String),
}

/// A form whose file comes next.
#[derive(Debug)]
pub struct ReadForm {
    /// Its fields.
    pub form: PostForm,
    /// Takes the file.
    pub file: FilePart,
    /// What arrived of the file already.
    pub ahead: Bytes,
}

impl FormReader {
    /// Of a request with these headers, or S3's error for one that is no form.
    pub fn new(headers: &HeaderMap) -> Result<Self, Error> {
        let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let (name, parameters) = kind.split_once(';').unwrap_or((kind, ""));
        if !name.trim().eq_ignore_ascii_case("multipart/form-data") {
            let condition = "Bucket POST must be of the enclosure-type multipart/form-data";
            return Err(Error::new(Code::PreconditionFailed).with("Condition", condition));
        }
        let boundary = parameter(parameters, "boundary").unwrap_or_default();
        if boundary.is_empty() || boundary.len() > BOUNDARY_BYTES_MAX {
            return Err(malformed());
        }
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // The first boundary may stand at the very beginning: as if a line had ended before it.
        let mut buffer = BytesMut::with_capacity(PRE_DATA_BYTES_MAX);
        buffer.extend_from_slice(b"\r\n");
        let (state, form) = (State::Preamble, PostForm::default());
        Ok(Self { delimiter, buffer, searched: 0, taken: 0, state, form })
    }

    /// Takes what arrived; the form, when its file begins.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Option<ReadForm>, Error> {
        self.buffer.extend_from_slice(bytes);
        loop {
            match self.step()? {
                Step::On => {}
                Step::More => {
                    self.check_length(self.taken + self.buffer.len())?;
                    return Ok(None);
                }
                Step::File(name) => {
                    self.check_length(self.taken)?;
                    let mut form = std::mem::take(&mut self.form);
                    form.file_begins(name)?;
                    let file = FilePart::new(&self.delimiter);
                    let ahead = self.buffer.split().freeze();
                    return Ok(Some(ReadForm { form, file, ahead }));
                }
            }
        }
    }

    /// The error for a body that ended before its file began.
    pub fn ended(&self) -> Error {
        malformed()
    }

    fn check_length(&self, length: usize) -> Result<(), Error> {
        // Without the line's end that nobody sent.
        if length - 2 <= PRE_DATA_BYTES_MAX {
            return Ok(());
        }
        Err(too_long())
    }

    fn step(&mut self) -> Result<Step, Error> {
        match &mut self.state {
            State::Preamble => {
                if self.find_delimiter().is_none() {
                    return Ok(Step::More);
                }
                self.state = State::Boundary;
                Ok(Step::On)
            }
            State::Boundary => {
                let padding =
                    self.buffer.iter().take_while(|it| matches!(it, b' ' | b'\t')).count();
                match self.buffer.get(padding..padding + 2) {
                    None => return Ok(Step::More),
                    Some(b"--") => return Err(no_file()),
                    Some(b"\r\n") => {}
                    Some(_) => return Err(malformed()),
                }
                // The line's end stays: a part without a head has it twice.
                self.take(padding);
                self.state = State::Head;
                Ok(Step::On)
            }
            State::Head => {
                let Some(head) = self.find(b"\r\n\r\n") else { return Ok(Step::More) };
                let part = Part::read(&head)?;
                if part.is_file {
                    return Ok(Step::File(part.file_name));
                }
                self.state = State::Field(part.name);
                Ok(Step::On)
            }
            State::Field(name) => {
                let name = std::mem::take(name);
                match self.find_delimiter() {
                    None => {
                        self.state = State::Field(name);
                        Ok(Step::More)
                    }
                    Some(value) => {
                        let value = std::str::from_utf8(&value).map_err(|_| malformed())?;
                        self.form.add(name, value);
                        self.state = State::Boundary;
                        Ok(Step::On)
                    }
                }
            }
        }
    }

    fn find_delimiter(&mut self) -> Option<Bytes> {
        let delimiter = std::mem::take(&mut self.delimiter);
        let found = self.find(&delimiter);
        self.delimiter = delimiter;
        found
    }

    /// Takes what stands before these bytes, and them.
    fn find(&mut self, wanted: &[u8]) -> Option<Bytes> {
        match memmem::find(&self.buffer[self.searched..], wanted) {
            Some(at) => {
                let before = self.buffer.split_to(self.searched + at).freeze();
                self.taken += before.len();
                self.take(wanted.len());
                Some(before)
            }
            None => {
                // They may have begun.
                self.searched = (self.buffer.len() + 1).saturating_sub(wanted.len());
                None
            }
        }
    }

    fn take(&mut self, bytes: usize) {
        self.buffer.advance(bytes);
        self.taken += bytes;
        self.searched = 0;
    }
}

enum Step {
    /// The state is another one.
    On,
    /// Nothing more can be told yet.
    More,
    /// The file's bytes come next; its name, if it has one.
    File(Option<String>),
}

/// The head of a part.
struct Part {
    name: String,
    is_file: bool,
    file_name: Option<String>,
}

impl Part {
    fn read(head: &[u8]) -> Result<Self, Error> {
        let head = std::str::from_utf8(head).map_err(|_| malformed())?;
        let disposition = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        });
        let (kind, parameters) =
            disposition.and_then(|it| it.split_once(';')).ok_or_else(malformed)?;
        let name = parameter(parameters, "name").filter(|it| !it.is_empty());
        let name = name.ok_or_else(malformed)?;
        // Only that makes it the file; some clients give every field a file's name.
        let is_form_data = kind.trim().eq_ignore_ascii_case("form-data");
        let is_file = is_form_data && name.eq_ignore_ascii_case(FILE);
        Ok(Self { name, is_file, file_name: parameter(parameters, "filename") })
    }
}

/// A parameter of a header, by its name in lower case: plain, or between quotation marks.
fn parameter(parameters: &str, wanted: &str) -> Option<String> {
    let mut rest = parameters;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        let (name, after) = rest.split_once('=')?;
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => quoted_text(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim_end().to_owned(), &after[end..])
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = behind;
    }
}

/// A text up to its closing quotation mark, and what stands behind that. Browsers escape nothing but
/// quotation marks: a backslash before anything else belongs to a path.
fn quoted_text(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if text[at + 1..].starts_with('"') => {
                chars.next();
                value.push('"');
            }
            c => value.push(c),
        }
    }
    None
}

/// A file on its way: gives its bytes, without the boundary behind it.
#[derive(Clone, Debug)]
pub struct FilePart {
    delimiter: Finder<'static>,
    /// The end of what arrived, if the delimiter may have begun there.
    held: Vec<u8>,
    ended: bool,
}

impl FilePart {
    fn new(delimiter: &[u8]) -> Self {
        Self { delimiter: Finder::new(delimiter).into_owned(), held: vec![], ended: false }
    }

    /// Takes what arrived and gives the file's bytes in it.
    pub fn feed(&mut self, bytes: Bytes) -> Bytes {
        if self.ended {
            return Bytes::new();
        }
        let mut bytes = match self.held.is_empty() {
            true => bytes,
            // Rare: one in 256 pieces of random bytes ends like this.
            false => [&std::mem::take(&mut self.held), &*bytes].concat().into(),
        };
        if let Some(at) = self.delimiter.find(&bytes) {
            self.ended = true;
            bytes.truncate(at);
            return bytes;
        }
        let delimiter = self.delimiter.needle();
        let longest = bytes.len().min(delimiter.len() - 1);
        let begun = (1..=longest).rev().find(|it| bytes.ends_with(&delimiter[..*it]));
        self.held = bytes.split_off(bytes.len() - begun.unwrap_or(0)).to_vec();
        bytes
    }

    /// Whether all of it has been given.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The error for a body that ended before its file did.
    pub fn check_ended(&self) -> Result<(), Error> {
        if self.ended { Ok(()) } else { Err(malformed()) }
    }
}

fn malformed() -> Error {
    Error::new(Code::MalformedPOSTRequest)
}

fn no_file() -> Error {
    Error::argument(FILE, "0").message("POST requires exactly one file upload per request.")
}

pub(super) fn too_long() -> Error {
    Error::new(Code::MaxPostPreDataLengthExceededError)
        .with("MaxPostPreDataLengthBytes", PRE_DATA_BYTES_MAX.to_string())
}
