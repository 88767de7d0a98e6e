//! A request's body on its way in: from the connection through `wire`'s checks to whoever wants it,
//! or to nobody: what a refused request still sends is taken and dropped, within limits, so that its
//! client gets to read the answer.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, EXPECT, HeaderMap, HeaderValue};
use http_body::Body as _;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use wire::auth::SignedPayload;
use wire::payload::{Payload, Plan, Verified};
use wire::{Code, Error};

/// A client may send nothing for so long in the middle of a body.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// Most bytes of a body that are taken and dropped behind an answer.
const DISCARDED_BYTES_MAX: u64 = 16 << 20;

/// Longest time for which they are.
const DISCARDING_MAX: Duration = Duration::from_secs(10);

/// A body as the connection gives it.
pub(crate) struct Arriving {
    body: Incoming,
    /// The client waits for `100 Continue`, which goes out when somebody first asks for bytes.
    waits: bool,
    ended: bool,
}

impl Arriving {
    /// The body of a request with these headers.
    pub(crate) fn new(body: Incoming, headers: &HeaderMap) -> Self {
        let ended = body.is_end_stream();
        Self { body, waits: headers.contains_key(EXPECT), ended }
    }

    async fn next(&mut self) -> Option<Result<Bytes, hyper::Error>> {
        self.waits = false;
        loop {
            let frame = match self.body.frame().await {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    self.ended = true;
                    return Some(Err(error));
                }
                None => {
                    self.ended = true;
                    return None;
                }
            };
            self.ended = self.body.is_end_stream();
            if let Ok(bytes) = frame.into_data() {
                return Some(Ok(bytes));
            }
        }
    }

    /// The answer is known; what of the body nobody has read stands between its client and the
    /// answer: a client that sends everything before it reads gets an error of its socket if the
    /// connection is closed first. So the rest is dropped while the answer goes out. If that may not
    /// reach the end, the answer says that the connection closes.
    pub(crate) fn discard(mut self, answer: &mut HeaderMap) {
        if self.ended {
            return;
        }
        let left = self.body.size_hint().upper();
        if self.waits || left.is_none_or(|it| it > DISCARDED_BYTES_MAX) {
            answer.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if self.waits {
            // It hasn't sent anything and won't: the answer comes in place of `100 Continue`.
            return;
        }
        tokio::spawn(tokio::time::timeout(DISCARDING_MAX, async move {
            let mut dropped = 0;
            while let Some(Ok(bytes)) = self.next().await {
                dropped += bytes.len() as u64;
                if dropped > DISCARDED_BYTES_MAX {
                    return;
                }
            }
        }));
    }
}

/// The body of a request that nobody has read yet.
pub(crate) struct Unread<'a> {
    pub(crate) body: &'a mut Arriving,
    pub(crate) signed: SignedPayload,
}

/// A body being read and checked. [`Checked::finish`] alone gives the proof that a commit needs.
pub(crate) struct Checked<'a> {
    body: &'a mut Arriving,
    payload: Payload,
    ready: VecDeque<Bytes>,
    received: u64,
}

impl<'a> Unread<'a> {
    /// Begins to read an object's bytes.
    pub(crate) fn read(self, plan: Plan) -> Checked<'a> {
        let payload = Payload::new(plan, self.signed);
        Checked { body: self.body, payload, ready: VecDeque::new(), received: 0 }
    }
}

impl Checked<'_> {
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
            let Ok(bytes) = tokio::time::timeout(SILENCE_MAX, self.body.next()).await else {
                return Err(Error::new(Code::RequestTimeout));
            };
            let Some(bytes) = bytes else { return Ok(None) };
            // The connection broke, or ended before the length that it promised.
            let bytes = bytes.map_err(|e| Error::new(Code::IncompleteBody).because(e))?;
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
