//! The body of a response: nothing, bytes, or a stream; with the access record that ends with it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use wire::Error;

use crate::access::AccessRecord;

/// What an operation answers with.
#[derive(Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// All of it at once.
    Whole(Bytes),
    /// Piece by piece, `length` bytes in all if it is known.
    Stream {
        /// Bytes in all: more or less than this breaks the connection.
        length: Option<u64>,
        /// Where the pieces come from.
        source: Box<dyn Source>,
    },
    /// A document that isn't known yet, or an error: the answer begins without it (`late.rs`).
    Late(Work),
}

/// Work that ends with an XML document or an error. Whoever drops it ends it.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<String, Error>> + Send>>;

/// Gives a body piece by piece.
pub trait Source: Send {
    /// The next piece; none at the end. After an error the connection is broken: the headers, and
    /// perhaps half the body, are out already.
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + '_>>;

    /// The code of an error that the body was, once it is out: the status said that all was well.
    fn failure(&self) -> Option<&'static str> {
        None
    }
}

type Pulled = (Box<dyn Source>, Result<Option<Bytes>, String>);

/// A body that hyper can send.
pub struct Body {
    state: State,
    record: Option<AccessRecord>,
}

enum State {
    Ended,
    Whole(Bytes),
    Idle { left: Option<u64>, source: Box<dyn Source> },
    Pulling { left: Option<u64>, pull: Pin<Box<dyn Future<Output = Pulled> + Send>> },
}

/// A response can't be finished: hyper breaks the connection, which tells the client.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BrokenBody(String);

impl Body {
    /// Without a record: for listeners that keep none.
    pub fn plain(bytes: impl Into<Bytes>) -> Self {
        Self { state: State::Whole(bytes.into()), record: None }
    }

    /// The content of an answer; the record is finished with it.
    pub fn new(content: Content, mut record: AccessRecord) -> Self {
        let state = match content {
            Content::Whole(bytes) if !bytes.is_empty() => State::Whole(bytes),
            Content::Stream { length, source } if length != Some(0) => {
                State::Idle { left: length, source }
            }
            _ => State::Ended,
        };
        record.complete = matches!(state, State::Ended);
        Self { state, record: Some(record) }
    }

    fn sent(&mut self, bytes: usize, complete: bool) {
        if let Some(record) = &mut self.record {
            record.bytes_sent += bytes as u64;
            record.complete = complete;
        }
    }

    fn broken(&mut self, cause: String) -> BrokenBody {
        if let Some(record) = &mut self.record {
            record.code = "(broken)";
            record.cause = Some(cause.clone());
        }
        BrokenBody(cause)
    }

    fn pulled(
        &mut self,
        left: Option<u64>,
        (source, piece): Pulled,
    ) -> Option<Result<Frame<Bytes>, BrokenBody>> {
        let piece = match piece {
            Ok(Some(piece)) => piece,
            Ok(None) if left.is_none_or(|it| it == 0) => {
                if let (Some(record), Some(code)) = (&mut self.record, source.failure()) {
                    record.code = code;
                }
                self.sent(0, true);
                return None;
            }
            Ok(None) => return Some(Err(self.broken("the body ended early".into()))),
            Err(cause) => return Some(Err(self.broken(cause))),
        };
        let left = match left {
            None => None,
            Some(left) => match left.checked_sub(piece.len() as u64) {
                Some(left) => Some(left),
                None => return Some(Err(self.broken("the body is longer than it said".into()))),
            },
        };
        self.sent(piece.len(), left == Some(0));
        if left != Some(0) {
            self.state = State::Idle { left, source };
        }
        Some(Ok(Frame::data(piece)))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BrokenBody;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenBody>>> {
        let this = &mut *self;
        let (left, mut pull) = match std::mem::replace(&mut this.state, State::Ended) {
            State::Ended => return Poll::Ready(None),
            State::Whole(bytes) => {
                this.sent(bytes.len(), true);
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            State::Idle { left, source } => (left, pull(source)),
            State::Pulling { left, pull } => (left, pull),
        };
        match pull.as_mut().poll(cx) {
            Poll::Ready(pulled) => Poll::Ready(this.pulled(left, pulled)),
            Poll::Pending => {
                this.state = State::Pulling { left, pull };
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.state {
            State::Ended => SizeHint::with_exact(0),
            State::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            State::Idle { left: Some(left), .. } | State::Pulling { left: Some(left), .. } => {
                SizeHint::with_exact(*left)
            }
            State::Idle { left: None, .. } | State::Pulling { left: None, .. } => {
                SizeHint::default()
            }
        }
    }
}

fn pull(mut source: Box<dyn Source>) -> Pin<Box<dyn Future<Output = Pulled> + Send>> {
    Box::pin(async move {
        let piece = source.next().await;
        (source, piece)
    })
}
