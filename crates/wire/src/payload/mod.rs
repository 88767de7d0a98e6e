//! A request's body: how it is framed, what it must sum to, and the proof that it does.
//!
//! [`Payload`] is a state machine without I/O: feed it what arrives, take the object's bytes out,
//! and [`Payload::finish`] gives [`Verified`], which nothing else can make. Digests are computed as
//! bytes pass, MD5 beside them (`md5/`); slices are not copied.

mod chunked;
mod digest;
mod md5;
mod plan;

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

use bytes::Bytes;
use types::{Checksum, ChecksumAlgorithm};

use crate::auth::{PayloadHash, SignedPayload};
use crate::error::Error;
use crate::generated::errors::Code;
use crate::post_form::FilePart;
use chunked::Chunked;
use digest::Digests;

pub use digest::{combine_crc, digest_of};
pub use md5::Md5;
pub use plan::{BODY_BYTES_MAX, Plan, several_checksums};

/// The body of one request on its way in.
pub struct Payload {
    plan: Plan,
    framing: Framing,
    /// Behind a pointer: they are large, and a payload is handed on from future to future.
    digests: Box<Digests>,
    length: u64,
}

enum Framing {
    Plain,
    /// A form's file, and what stands behind it.
    File(Box<FilePart>),
    Chunked(Box<Chunked>),
}

/// A body that arrived whole and sums to everything that was said of it.
#[derive(Clone, Debug)]
pub struct Verified {
    length: u64,
    md5: [u8; 16],
    crc64nvme: Checksum,
    declared: Option<Checksum>,
}

impl Verified {
    /// Bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Its MD5: the ETag of a body written in one piece.
    pub fn md5(&self) -> [u8; 16] {
        self.md5
    }

    /// Its CRC64NVME, always computed.
    pub fn crc64nvme(&self) -> Checksum {
        self.crc64nvme
    }

    /// The checksum that the client sent, or the one of the algorithm that it named.
    pub fn declared(&self) -> Option<Checksum> {
        self.declared
    }
}

impl Payload {
    /// Begins a body: `signed` says how it is framed and signed, `plan` what it must sum to.
    pub fn new(plan: Plan, signed: SignedPayload) -> Self {
        let framing = match plan.is_chunked() {
            false => Framing::Plain,
            true => Framing::Chunked(Box::new(Chunked::new(&plan, signed.chunks))),
        };
        let digests = Box::new(Digests::new(&plan));
        Self { plan, framing, digests, length: 0 }
    }

    /// Begins a body of so many bytes that the server itself reads, and writes again.
    pub fn of_copy(length: u64, algorithm: Option<ChecksumAlgorithm>) -> Self {
        let plain = SignedPayload { hash: PayloadHash::Unsigned, chunks: None };
        Self::new(Plan::of_copy(length, algorithm), plain)
    }

    /// Begins the file of a form.
    pub fn of_file(plan: Plan, file: FilePart) -> Self {
        let digests = Box::new(Digests::new(&plan));
        Self { plan, framing: Framing::File(Box::new(file)), digests, length: 0 }
    }

    /// Whether nothing of what may still arrive belongs to the object.
    pub fn is_complete(&self) -> bool {
        matches!(&self.framing, Framing::File(file) if file.has_ended())
    }

    /// How many bytes the object will have, if that was said.
    pub fn length(&self) -> Option<u64> {
        self.plan.length
    }

    /// Takes what arrived and gives the object's bytes in it to `out`, in order.
    pub fn feed(&mut self, bytes: Bytes, out: &mut Vec<Bytes>) -> Result<(), Error> {
        let from = out.len();
        match &mut self.framing {
            Framing::Plain => out.push(bytes),
            Framing::File(file) => out.push(file.feed(bytes)),
            Framing::Chunked(chunked) => chunked.feed(bytes, out)?,
        }
        for piece in &out[from..] {
            self.length += piece.len() as u64;
            self.digests.update(piece);
        }
        if self.length > self.plan.bytes_max {
            return Err(self.plan.too_long(self.length));
        }
        match self.plan.length {
            Some(length) if self.length > length => Err(self.other_length(length)),
            _ => Ok(()),
        }
    }

    /// Waits while too much of what was fed isn't hashed yet: to be asked before more is fed.
    pub async fn keep_pace(&self) {
        self.digests.keep_pace().await;
    }

    /// Ends the body: it must be whole, and everything said of it must hold.
    pub async fn finish(mut self) -> Result<Verified, Error> {
        self.end()?;
        self.digests.finish(&self.plan, self.length).await
    }

    /// The same for who has nobody to run futures: it keeps the thread.
    pub fn finish_here(self) -> Result<Verified, Error> {
        let mut finish = std::pin::pin!(self.finish());
        let waker = Arc::new(Unpark(std::thread::current())).into();
        loop {
            match finish.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(finished) => return finished,
                Poll::Pending => std::thread::park(),
            }
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        match &mut self.framing {
            Framing::Plain => {}
            Framing::File(file) => file.check_ended()?,
            Framing::Chunked(chunked) => {
                let trailer = chunked.finish()?;
                self.plan.take_trailer(trailer)?;
            }
        }
        if self.length < self.plan.bytes_min {
            return Err(Error::new(Code::EntityTooSmall)
                .with("ProposedSize", self.length.to_string())
                .with("MinSizeAllowed", self.plan.bytes_min.to_string()));
        }
        match self.plan.length.filter(|it| *it != self.length) {
            Some(length) => Err(self.other_length(length)),
            None => Ok(()),
        }
    }

    fn other_length(&self, said: u64) -> Error {
        Error::new(Code::IncompleteBody)
            .with("NumberBytesExpected", said.to_string())
            .with("NumberBytesProvided", self.length.to_string())
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Payload({} of {:?})", self.length, self.plan.length)
    }
}

/// A framing that breaks off, or isn't one: S3 says the same of both.
fn cut_short() -> Error {
    Error::new(Code::IncompleteBody).message("The request body terminated unexpectedly")
}

#[cfg(test)]
mod tests;
