//! `aws-chunked`: `SIZE[;chunk-signature=HEX]\r\n BYTES \r\n`, a chunk of size 0, trailers, an empty
//! line. minio-go ends a trailer as its canonical form does, with `\n`, and has the empty line before the
//! signature too; Amazon S3 takes that.
//!
//! A signed chunk's bytes are handed on before its signature is known to hold: nothing of them is
//! stored unless [`super::Payload::finish`] succeeds.

use bytes::{Buf, Bytes, BytesMut};
use ring::digest::{Context, SHA256, digest};
use subtle::ConstantTimeEq;

use super::{Plan, cut_short};
use crate::auth::{ChunkKey, PayloadHash};
use crate::error::Error;
use crate::generated::errors::Code;

/// Longest line of a chunk's head or of a trailer, in bytes.
const LINE_BYTES_MAX: usize = 1024;
/// The trailer that signs the other one.
const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature";
/// Most trailers; SDKs send one, and its signature.
const TRAILERS_MAX: usize = 4;
/// Longest chunk, in bytes: a whole object may be one.
const CHUNK_BYTES_MAX: u64 = super::BODY_BYTES_MAX;
/// Shortest chunk but the last one: "the chunk size must be at least 8 KB".
const CHUNK_BYTES_MIN: u64 = 8192;
/// Some clients end with a line break too many.
const SURPLUS_BYTES_MAX: usize = 2;

pub(super) struct Chunked {
    state: State,
    line: BytesMut,
    key: Option<ChunkKey>,
    signed: bool,
    hash: Option<Context>,
    signature: String,
    /// Chunks begun, and the size of the latest.
    chunks: u64,
    chunk_bytes: u64,
    surplus: usize,
    trailers: Vec<(String, String)>,
    /// An empty line was met where the trailers' signature may still follow.
    parted: bool,
}

enum State {
    /// At or in a chunk's head.
    Head,
    /// In a chunk's bytes, so many left.
    Body(u64),
    /// In the line break behind a chunk's bytes.
    BodyEnd,
    /// In the lines behind the last chunk.
    Trailers,
    /// Behind the empty line.
    Ended,
}

impl Chunked {
    pub(super) fn new(plan: &Plan, key: Option<ChunkKey>) -> Self {
        let signed = plan.hash != PayloadHash::UnsignedChunksWithTrailer;
        debug_assert!(!signed || key.is_some(), "signed chunks come with a key");
        Self {
            state: State::Head,
            line: BytesMut::new(),
            key: key.filter(|_| signed),
            signed,
            hash: None,
            signature: String::new(),
            chunks: 0,
            chunk_bytes: CHUNK_BYTES_MIN,
            surplus: 0,
            trailers: Vec::new(),
            parted: false,
        }
    }

    pub(super) fn feed(&mut self, mut bytes: Bytes, out: &mut Vec<Bytes>) -> Result<(), Error> {
        while !bytes.is_empty() {
            match self.state {
                State::Body(left) => self.take_body(left, &mut bytes, out)?,
                State::Ended => {
                    self.surplus += bytes.len();
                    let breaks = bytes.iter().all(|it| matches!(it, b'\r' | b'\n'));
                    if !breaks || self.surplus > SURPLUS_BYTES_MAX {
                        return Err(cut_short());
                    }
                    return Ok(());
                }
                _ => {
                    if let Some(line) = self.take_line(&mut bytes)? {
                        self.take(&line)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn take_body(
        &mut self,
        left: u64,
        bytes: &mut Bytes,
        out: &mut Vec<Bytes>,
    ) -> Result<(), Error> {
        let here = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let piece = bytes.split_to(here);
        if let Some(hash) = &mut self.hash {
            hash.update(&piece);
        }
        out.push(piece);
        let left = left - here as u64;
        self.state = if left == 0 { State::BodyEnd } else { State::Body(left) };
        Ok(())
    }

    /// A line without its end, once it is whole.
    fn take_line(&mut self, bytes: &mut Bytes) -> Result<Option<Bytes>, Error> {
        let end = memchr::memchr(b'\n', bytes);
        let here = end.unwrap_or(bytes.len());
        if self.line.len() + here > LINE_BYTES_MAX {
            return Err(cut_short());
        }
        self.line.extend_from_slice(&bytes[..here]);
        bytes.advance(here + usize::from(end.is_some()));
        if end.is_none() {
            return Ok(None);
        }
        let line = std::mem::take(&mut self.line).freeze();
        match line.strip_suffix(b"\r") {
            Some(text) => Ok(Some(line.slice_ref(text))),
            None if matches!(self.state, State::Trailers) => Ok(Some(line)),
            None => Err(cut_short()),
        }
    }

    fn take(&mut self, line: &[u8]) -> Result<(), Error> {
        let text = std::str::from_utf8(line).map_err(|_| cut_short())?;
        match self.state {
            State::Head => self.begin_chunk(text),
            State::BodyEnd if text.is_empty() => {
                self.end_chunk()?;
                self.state = State::Head;
                Ok(())
            }
            State::Trailers if text.is_empty() && !self.parted && self.awaits_signature() => {
                self.parted = true;
                Ok(())
            }
            State::Trailers if text.is_empty() => {
                self.state = State::Ended;
                Ok(())
            }
            State::Trailers => self.take_trailer(text),
            _ => Err(cut_short()),
        }
    }

    fn begin_chunk(&mut self, head: &str) -> Result<(), Error> {
        let (size, extension) = head.split_once(';').unwrap_or((head, ""));
        let hex = size.bytes().all(|b| b.is_ascii_hexdigit());
        let size = u64::from_str_radix(size, 16).ok().filter(|it| hex && *it <= CHUNK_BYTES_MAX);
        let size = size.ok_or_else(cut_short)?;
        if self.signed {
            let signature = extension.strip_prefix("chunk-signature=").ok_or_else(cut_short)?;
            self.signature = signature.to_owned();
            self.hash = Some(Context::new(&SHA256));
        }
        if size > 0 {
            self.chunks += 1;
            // Only now it shows that the one before wasn't the last.
            if self.chunk_bytes < CHUNK_BYTES_MIN {
                return Err(Error::new(Code::InvalidChunkSizeError)
                    .with("Chunk", self.chunks.to_string())
                    .with("BadChunkSize", self.chunk_bytes.to_string()));
            }
            self.chunk_bytes = size;
            self.state = State::Body(size);
            return Ok(());
        }
        self.end_chunk()?;
        self.state = State::Trailers;
        Ok(())
    }

    fn end_chunk(&mut self) -> Result<(), Error> {
        let (Some(key), Some(hash)) = (&mut self.key, self.hash.take()) else { return Ok(()) };
        let wanted = key.next_chunk(hash.finish().as_ref());
        if bool::from(wanted.as_bytes().ct_eq(self.signature.as_bytes())) {
            return Ok(());
        }
        Err(Error::new(Code::SignatureDoesNotMatch)
            .because("a chunk's signature is another than the key's")
            .with("SignatureProvided", &*self.signature))
    }

    fn awaits_signature(&self) -> bool {
        let signed = || self.trailers.iter().any(|(name, _)| name == TRAILER_SIGNATURE);
        self.key.is_some() && !self.trailers.is_empty() && !signed()
    }

    fn take_trailer(&mut self, text: &str) -> Result<(), Error> {
        let malformed = || Error::new(Code::MalformedTrailerError);
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        if self.trailers.len() == TRAILERS_MAX {
            return Err(malformed());
        }
        self.trailers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        Ok(())
    }

    /// The one trailer, if there is one, its signature checked.
    pub(super) fn finish(&mut self) -> Result<Option<(String, String)>, Error> {
        // Without the signature the empty line was the end.
        let ended = self.parted && self.awaits_signature() && self.line.is_empty();
        if !ended && !matches!(self.state, State::Ended) {
            return Err(cut_short());
        }
        let mut trailers = std::mem::take(&mut self.trailers);
        if let Some(key) = &mut self.key {
            let is_signature = |(name, _): &(String, String)| name == TRAILER_SIGNATURE;
            let given = trailers.iter().position(is_signature).map(|at| trailers.remove(at).1);
            if let Some((name, value)) = trailers.first() {
                let canonical = format!("{name}:{value}\n");
                let wanted = key.next_trailer(digest(&SHA256, canonical.as_bytes()).as_ref());
                let given = given.unwrap_or_default();
                if !bool::from(wanted.as_bytes().ct_eq(given.as_bytes())) {
                    return Err(Error::new(Code::SignatureDoesNotMatch)
                        .because("the trailer's signature is another than the key's")
                        .with("SignatureProvided", given));
                }
            } else if given.is_some() {
                return Err(Error::new(Code::MalformedTrailerError));
            }
        }
        match trailers.len() {
            0 | 1 => Ok(trailers.pop()),
            _ => Err(Error::new(Code::MalformedTrailerError)),
        }
    }
}
