//! A request's body on its way in: from the connection through `wire`'s checks to whoever wants it.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use wire::auth::SignedPayload;
use wire::payload::{Payload, Plan, Verified};
use wire::{Code, Error};

/// A client may send nothing for so long in the middle of a body.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// The body of a request that nobody has read yet.
pub(crate) struct Unread {
    pub(crate) body: Incoming,
    pub(crate) signed: SignedPayload,
}

/// A body being read and checked. [`Checked::finish`] alone gives the proof that a commit needs.
pub(crate) struct Checked {
    body: Incoming,
    payload: Payload,
    ready: VecDeque<Bytes>,
    received: u64,
}

impl Unread {
    /// Begins to read an object's bytes.
    pub(crate) fn read(self, plan: Plan) -> Checked {
        let payload = Payload::new(plan, self.signed);
        Checked { body: self.body, payload, ready: VecDeque::new(), received: 0 }
    }
}

impl Checked {
    /// How long the object will be.
    pub(crate) fn length(&self) -> Option<u64> {
        self.payload.length()
    }

    /// Bytes that arrived, framing included.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// The next bytes of the object; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(bytes) = self.ready.pop_front() {
                return Ok(Some(bytes));
            }
            let Ok(frame) = tokio::time::timeout(SILENCE_MAX, self.body.frame()).await else {
                return Err(Error::new(Code::RequestTimeout));
            };
            let Some(frame) = frame else { return Ok(None) };
            // The connection broke, or ended before the length that it promised.
            let frame = frame.map_err(|e| Error::new(Code::IncompleteBody).because(e))?;
            let Ok(bytes) = frame.into_data() else { continue };
            self.received += bytes.len() as u64;
            let mut pieces = Vec::with_capacity(1);
            self.payload.feed(bytes, &mut pieces)?;
            self.ready.extend(pieces.into_iter().filter(|it| !it.is_empty()));
        }
    }

    /// The proof that the body was whole and what was said of it true.
    pub(crate) fn finish(self) -> Result<Verified, Error> {
        self.payload.finish()
    }

    /// All of a small body, checked. Its limit is the plan's.
    pub(crate) async fn collect(mut self) -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        while let Some(bytes) = self.next().await? {
            all.extend_from_slice(&bytes);
        }
        self.finish()?;
        Ok(all)
    }
}
