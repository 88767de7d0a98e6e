//! Reads one HTTP/1.1 response from the pieces that arrive, checking as they pass.

use crate::bodies;

/// Longest head that a server may send, in bytes.
const HEAD_BYTES_MAX: usize = 32 << 10;
const HEADERS_MAX: usize = 64;
/// Bytes of an unexpected body that are kept for the message.
const KEPT_BYTES_MAX: usize = 1000;

/// What an answer must be.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The status.
    pub status: u16,
    /// The ETag, if one must come.
    pub etag: Option<String>,
    /// The body.
    pub body: ExpectedBody,
}

/// What an answer's body must be.
#[derive(Clone, Debug)]
pub enum ExpectedBody {
    /// Not sent; `Content-Length` says so much, as for HEAD.
    Head(u64),
    /// Empty.
    Empty,
    /// This stretch of the run's text.
    Object {
        /// Where it begins.
        start: usize,
        /// Bytes.
        length: usize,
        /// Compare every byte; else the length and the ETag have to do.
        compare: bool,
    },
    /// A listing with so many keys and common prefixes.
    Listing { keys: usize, prefixes: usize },
    /// A document that says this.
    Saying(String),
}

/// A response on its way in.
pub struct Response {
    expected: Expected,
    head: Vec<u8>,
    body: Framing,
    received: u64,
    /// Kept only where the whole is looked at.
    kept: Vec<u8>,
    wrong: Option<String>,
}

enum Framing {
    /// The head isn't whole yet.
    Unknown,
    /// So many bytes are to come.
    Left(u64),
    Chunked(Chunks),
}

/// Where in a chunked body the reader is.
enum Chunks {
    /// In a chunk's head, with the digits so far.
    Size(u64),
    /// In the rest of a chunk's head.
    SizeEnd(u64),
    Data(u64),
    /// So many bytes of the line end to come.
    DataEnd(u8),
    /// Behind the last chunk, so many bytes of the empty line to come.
    End(u8),
}

impl Response {
    /// Of which nothing has arrived.
    pub fn new(expected: Expected) -> Self {
        let (head, kept) = (Vec::new(), Vec::new());
        Self { expected, head, body: Framing::Unknown, received: 0, kept, wrong: None }
    }

    /// Takes bytes in; true when the response is whole. `text` is what objects are made of. An
    /// error is a response that can't be read any further.
    pub fn take(&mut self, mut bytes: &[u8], text: &[u8]) -> Result<bool, String> {
        if let Framing::Unknown = self.body {
            match self.take_head(bytes)? {
                None => return Ok(false),
                Some(from) => bytes = &bytes[from..],
            }
        }
        match &mut self.body {
            Framing::Unknown => unreachable!("the head is whole"),
            Framing::Left(left) => {
                let here = bytes.len() as u64;
                if here > *left {
                    return Err("more bytes than Content-Length said".into());
                }
                *left -= here;
                let ended = *left == 0;
                self.take_body(bytes, text);
                Ok(ended)
            }
            Framing::Chunked(_) => self.take_chunks(bytes, text),
        }
    }

    /// What is wrong with a response that is whole. If it is what was expected, its document, where it
    /// had to be one.
    pub fn judge(self) -> Result<String, String> {
        if let Some(wrong) = self.wrong {
            let body = String::from_utf8_lossy(&self.kept[..self.kept.len().min(KEPT_BYTES_MAX)]);
            return Err(format!("{wrong}; the body: {body}"));
        }
        match self.expected.body {
            ExpectedBody::Object { length, .. } if self.received != length as u64 => {
                Err(format!("{} bytes of {length}", self.received))
            }
            ExpectedBody::Empty if self.received > 0 => Err("a body where none belongs".into()),
            ExpectedBody::Listing { keys, prefixes } => {
                let count = |it: &str| memchr::memmem::find_iter(&self.kept, it).count();
                match (count("<Key>"), count("<CommonPrefixes>")) {
                    found if found == (keys, prefixes) => Ok(String::new()),
                    found => Err(format!("{found:?} keys and prefixes, not {keys}, {prefixes}")),
                }
            }
            ExpectedBody::Saying(wanted) => {
                let text = String::from_utf8(self.kept).map_err(|e| e.to_string())?;
                match text.contains(&wanted) {
                    true => Ok(text),
                    false => Err(format!("no {wanted} in the body: {text}")),
                }
            }
            _ => Ok(String::new()),
        }
    }

    /// Where the body begins in `bytes`, once the head is whole.
    fn take_head(&mut self, bytes: &[u8]) -> Result<Option<usize>, String> {
        let before = self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(HEAD_BYTES_MAX)]);
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let mut parsed = httparse::Response::new(&mut headers);
        let head = std::mem::take(&mut self.head);
        let head_bytes = match parsed.parse(&head).map_err(|e| e.to_string())? {
            httparse::Status::Complete(bytes) => bytes,
            httparse::Status::Partial if head.len() > HEAD_BYTES_MAX => {
                return Err("a head without end".into());
            }
            httparse::Status::Partial => {
                self.head = head;
                return Ok(None);
            }
        };
        let header = |name: &str| {
            let found = parsed.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
            found.and_then(|it| std::str::from_utf8(it.value).ok())
        };
        let length = header("content-length").and_then(|it| it.parse::<u64>().ok());
        let status = parsed.code.unwrap_or(0);
        let etag = header("etag");
        if status != self.expected.status {
            self.wrong = Some(format!("{status} instead of {}", self.expected.status));
        } else if self.expected.etag.is_some() && etag != self.expected.etag.as_deref() {
            self.wrong = Some(format!("ETag {etag:?} instead of {:?}", self.expected.etag));
        }
        self.body = match self.expected.body {
            ExpectedBody::Head(wanted) => {
                if length != Some(wanted) && self.wrong.is_none() {
                    self.wrong = Some(format!("length {length:?} instead of {wanted}"));
                }
                Framing::Left(0)
            }
            _ if matches!(status, 204 | 304) => Framing::Left(0),
            _ => match length {
                Some(length) => Framing::Left(length),
                None if header("transfer-encoding") == Some("chunked") => {
                    Framing::Chunked(Chunks::Size(0))
                }
                None => return Err("a body of unknown length".into()),
            },
        };
        Ok(Some(head_bytes - before))
    }

    fn take_body(&mut self, bytes: &[u8], text: &[u8]) {
        let at = self.received as usize;
        self.received += bytes.len() as u64;
        match self.expected.body {
            ExpectedBody::Object { start, length: _, compare } if self.wrong.is_none() => {
                let same = !compare || bodies::is_of(text, start + at, bytes);
                self.wrong = (!same).then(|| "other bytes than were stored".into());
            }
            ExpectedBody::Listing { .. } | ExpectedBody::Saying(_) => {
                self.kept.extend_from_slice(bytes);
            }
            _ if self.kept.len() < KEPT_BYTES_MAX => self.kept.extend_from_slice(bytes),
            _ => {}
        }
    }

    fn take_chunks(&mut self, mut bytes: &[u8], text: &[u8]) -> Result<bool, String> {
        while let Some((&first, rest)) = bytes.split_first() {
            let Framing::Chunked(at) = &mut self.body else { unreachable!("a chunked body") };
            match at {
                Chunks::Size(size) => {
                    match char::from(first).to_digit(16) {
                        Some(digit) if *size < 1 << 40 => *size = *size * 16 + u64::from(digit),
                        Some(_) => return Err("a chunk without end".into()),
                        None => *at = Chunks::SizeEnd(*size),
                    }
                    bytes = rest;
                }
                Chunks::SizeEnd(size) => {
                    if first == b'\n' {
                        *at = if *size == 0 { Chunks::End(2) } else { Chunks::Data(*size) };
                    }
                    bytes = rest;
                }
                Chunks::Data(left) => {
                    let here = bytes.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                    *left -= here as u64;
                    if *left == 0 {
                        *at = Chunks::DataEnd(2);
                    }
                    self.take_body(&bytes[..here], text);
                    bytes = &bytes[here..];
                }
                Chunks::DataEnd(left) => {
                    *left -= 1;
                    if *left == 0 {
                        *at = Chunks::Size(0);
                    }
                    bytes = rest;
                }
                Chunks::End(left) => {
                    *left -= 1;
                    if *left == 0 {
                        return Ok(true);
                    }
                    bytes = rest;
                }
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"0123456789";

    fn object(start: usize, length: usize) -> Expected {
        let body = ExpectedBody::Object { start, length, compare: true };
        Expected { status: 200, etag: Some("\"e\"".into()), body }
    }

    /// Fed whole and byte by byte: the same comes out.
    fn outcome(expected: &Expected, bytes: &[u8]) -> Result<String, String> {
        let read = |piece_bytes: usize| {
            let mut response = Response::new(expected.clone());
            let mut ended = false;
            for piece in bytes.chunks(piece_bytes) {
                assert!(!ended, "bytes behind the end");
                ended = response.take(piece, TEXT)?;
            }
            assert!(ended, "it isn't whole");
            response.judge()
        };
        let (whole, pieces) = (read(bytes.len()), read(1));
        assert_eq!(whole, pieces);
        whole
    }

    #[test]
    fn what_was_expected_passes() {
        let plain = b"HTTP/1.1 200 OK\r\nETag: \"e\"\r\ncontent-length: 4\r\n\r\n3456";
        assert_eq!(outcome(&object(3, 4), plain), Ok(String::new()));
        let chunked = b"HTTP/1.1 200 OK\r\nEtag: \"e\"\r\nTransfer-Encoding: chunked\r\n\r\n\
                        3;x=y\r\n345\r\n1\r\n6\r\n0\r\n\r\n";
        assert_eq!(outcome(&object(3, 4), chunked), Ok(String::new()));
        let head = Expected { body: ExpectedBody::Head(4), ..object(0, 0) };
        let bytes = b"HTTP/1.1 200 OK\r\nETag: \"e\"\r\ncontent-length: 4\r\n\r\n";
        assert_eq!(outcome(&head, bytes), Ok(String::new()));
        let said = |body| Expected { status: 200, etag: None, body };
        let listing = said(ExpectedBody::Listing { keys: 2, prefixes: 0 });
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n<Key>a</Key><Key>b</Ke";
        assert_eq!(outcome(&listing, bytes), Ok(String::new()));
        let saying = said(ExpectedBody::Saying("<UploadId>".into()));
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n<UploadId>7</UploadId>";
        assert_eq!(outcome(&saying, bytes), Ok("<UploadId>7</UploadId>".into()));
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n<Error/>";
        assert!(outcome(&saying, bytes).unwrap_err().contains("<UploadId>"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (bytes, wrong) in [
            (&b"HTTP/1.1 503 No\r\ncontent-length: 2\r\n\r\nno"[..], "503 instead of 200"),
            (b"HTTP/1.1 200 OK\r\netag: \"f\"\r\ncontent-length: 0\r\n\r\n", "ETag"),
            (b"HTTP/1.1 200 OK\r\netag: \"e\"\r\ncontent-length: 4\r\n\r\n3457", "other bytes"),
            (b"HTTP/1.1 200 OK\r\netag: \"e\"\r\ncontent-length: 3\r\n\r\n345", "3 bytes of 4"),
            (b"HTTP/1.1 200 OK\r\netag: \"e\"\r\n\r\n", "unknown length"),
        ] {
            let error = outcome(&object(3, 4), bytes).unwrap_err();
            assert!(error.contains(wrong), "{error}");
        }
    }
}
