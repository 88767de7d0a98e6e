//! A request's body on its way in: from the connection through `wire`'s checks to whoever wants it,
//! or to nobody: what a refused request still sends is taken and dropped, within limits, so that its
//! client gets to read the answer.

use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HeaderMap, HeaderValue};
use http_body::Body as _;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use wire::auth::SignedPayload;
use wire::payload::{Payload, Plan, Verified};
use wire::post_form::{FilePart, FormReader, PostForm, ReadForm};
use wire::{Code, Error};

/// Most bytes of a body that are taken and dropped behind an answer.
const DISCARDED_BYTES_MAX: u64 = 16 << 20;

/// Longest time for which they are.
const DISCARDING_MAX: Duration = Duration::from_secs(10);

/// A body as the connection gives it.
pub(crate) struct Arriving {
    body: Incoming,
    /// A client may send nothing for so long in the middle of it.
    silence_max: Duration,
    /// The client waits for `100 Continue`, which goes out when somebody first asks for bytes.
    waits: bool,
    ended: bool,
    /// Bytes that were read with what stood before them.
    ahead: Option<Bytes>,
}

impl Arriving {
    /// The body of a request with these headers.
    pub(crate) fn new(body: Incoming, headers: &HeaderMap, silence_max: Duration) -> Self {
        let ended = body.is_end_stream();
        Self { body, silence_max, waits: headers.contains_key(EXPECT), ended, ahead: None }
    }

    /// What comes next; none at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        self.waits = false;
        loop {
            let Ok(frame) = tokio::time::timeout(self.silence_max, self.body.frame()).await else {
                // Nobody knows what would come of it.
                return Err(Error::new(Code::RequestTimeout).header(CONNECTION.as_str(), "close"));
            };
            let frame = match frame {
                Some(Ok(frame)) => frame,
                // The connection broke, or ended before the length that it promised.
                Some(Err(error)) => {
                    self.ended = true;
                    return Err(Error::new(Code::IncompleteBody).because(error));
                }
                None => {
                    self.ended = true;
                    return Ok(None);
                }
            };
            self.ended = self.body.is_end_stream();
            if let Ok(bytes) = frame.into_data() {
                return Ok(Some(bytes));
            }
        }
    }

    /// Whether the headers say that the body has no more bytes than these. One in HTTP chunks doesn't say.
    pub(crate) fn is_within(&self, headers: &HeaderMap, bytes_max: u64) -> bool {
        self.ended || said_length(headers).is_some_and(|it| it <= bytes_max)
    }

    /// The form of an AWS Query request, all of it: what is asked stands there, and its signature
    /// covers it.
    pub(crate) async fn form(
        &mut self,
        headers: &HeaderMap,
        bytes_max: u64,
    ) -> Result<Bytes, Error> {
        let too_long = || {
            Error::new(Code::MaxMessageLengthExceeded)
                .with("MaxMessageLengthBytes", bytes_max.to_string())
        };
        if said_length(headers).is_some_and(|it| it > bytes_max) {
            return Err(too_long());
        }
        let mut form = BytesMut::new();
        while let Some(bytes) = self.next().await? {
            if (form.len() + bytes.len()) as u64 > bytes_max {
                return Err(too_long());
            }
            form.extend_from_slice(&bytes);
        }
        Ok(form.freeze())
    }

    /// The fields of a form that is posted to a bucket, and what takes the file behind them; and how
    /// many bytes the fields took.
    pub(crate) async fn form_fields(
        &mut self,
        headers: &HeaderMap,
    ) -> Result<(PostForm, FilePart, u64), Error> {
        let mut reader = FormReader::new(headers)?;
        let mut received = 0;
        while let Some(bytes) = self.next().await? {
            received += bytes.len() as u64;
            if let Some(ReadForm { form, file, ahead }) = reader.feed(&bytes)? {
                received -= ahead.len() as u64;
                self.ahead = Some(ahead);
                return Ok((form, file, received));
            }
        }
        Err(reader.ended())
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
            while let Ok(Some(bytes)) = self.next().await {
                dropped += bytes.len() as u64;
                if dropped > DISCARDED_BYTES_MAX {
                    return;
                }
            }
        }));
    }
}

fn said_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The body of a request that nobody has read yet.
pub(crate) struct Unread<'a> {
    pub(crate) body: &'a mut Arriving,
    pub(crate) signed: SignedPayload,
    /// The file of a form, of which only that is the body. They are rare, and large.
    pub(crate) file: Option<Box<UnreadFile>>,
}

/// A form's file.
pub(crate) struct UnreadFile {
    pub(crate) part: FilePart,
    /// As many as the form's policy allows.
    pub(crate) bytes: RangeInclusive<u64>,
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
        let payload = match self.file {
            Some(file) => Payload::of_file(plan, file.part),
            None => Payload::new(plan, self.signed),
        };
        Checked { body: self.body, payload, ready: VecDeque::new(), received: 0 }
    }

    /// How many bytes the file of a form may have.
    pub(crate) fn file_bytes(&self) -> RangeInclusive<u64> {
        self.file.as_ref().map_or(0..=u64::MAX, |it| it.bytes.clone())
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
            if self.payload.is_complete() {
                return Ok(None);
            }
            self.payload.keep_pace().await;
            let Some(bytes) = self.body.next().await? else { return Ok(None) };
            self.received += bytes.len() as u64;
            let mut pieces = Vec::with_capacity(1);
            self.payload.feed(bytes, &mut pieces)?;
            self.ready.extend(pieces.into_iter().filter(|it| !it.is_empty()));
        }
    }

    /// The proof that the body was whole and what was said of it true.
    pub(crate) async fn finish(self) -> Result<Verified, Error> {
        self.payload.finish().await
    }

    /// All of a small body, checked. Its limit is the plan's.
    pub(crate) async fn collect(mut self) -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        while let Some(bytes) = self.next().await? {
            all.extend_from_slice(&bytes);
        }
        self.finish().await?;
        Ok(all)
    }
}
