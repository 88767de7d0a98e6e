//! The body of a response: nothing, bytes, or a stream; with the access record that ends with it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use wire::Error;

use crate::access::AccessRecord;
use crate::gathered::Gathered;

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
    Idle {
        left: Option<u64>,
        source: Box<dyn Source>,
    },
    Pulling {
        left: Option<u64>,
        pull: Pin<Box<dyn Future<Output = Pulled> + Send>>,
    },
    /// Once what came before has been sent.
    Broken(BrokenBody),
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
    ) -> Option<Result<Bytes, BrokenBody>> {
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
        Some(Ok(piece))
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BrokenBody>>> {
        let (left, mut pull) = match std::mem::replace(&mut self.state, State::Ended) {
            State::Ended => return Poll::Ready(None),
            State::Broken(error) => return Poll::Ready(Some(Err(error))),
            State::Whole(bytes) => {
                self.sent(bytes.len(), true);
                return Poll::Ready(Some(Ok(bytes)));
            }
            State::Idle { left, source } => (left, pull(source)),
            State::Pulling { left, pull } => (left, pull),
        };
        match pull.as_mut().poll(cx) {
            Poll::Ready(pulled) => Poll::Ready(self.pulled(left, pulled)),
            Poll::Pending => {
                self.state = State::Pulling { left, pull };
                Poll::Pending
            }
        }
    }
}

impl http_body::Body for Body {
    type Data = Gathered;
    type Error = BrokenBody;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Gathered>, BrokenBody>>> {
        let mut gathered = Gathered::default();
        while gathered.has_room() {
            match self.poll_piece(cx) {
                Poll::Ready(Some(Ok(piece))) => {
                    gathered.push(piece);
                    if matches!(self.state, State::Ended) {
                        break;
                    }
                }
                Poll::Ready(Some(Err(error))) if !gathered.is_empty() => {
                    self.state = State::Broken(error);
                    break;
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) if gathered.is_empty() => return Poll::Ready(None),
                Poll::Pending if gathered.is_empty() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(Some(Ok(Frame::data(gathered))))
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
            _ => SizeHint::default(),
        }
    }
}

fn pull(mut source: Box<dyn Source>) -> Pin<Box<dyn Future<Output = Pulled> + Send>> {
    Box::pin(async move {
        let piece = source.next().await;
        (source, piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    use bytes::Buf;
    use http_body_util::BodyExt;

    /// Pieces at hand, then one that lets the runtime turn first, and so on; then how it ends.
    struct Pieces {
        rest: VecDeque<Option<&'static str>>,
        breaks: bool,
    }

    impl Source for Pieces {
        fn next(
            &mut self,
        ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + '_>> {
            Box::pin(async move {
                loop {
                    match self.rest.pop_front() {
                        Some(Some(piece)) => return Ok(Some(Bytes::from_static(piece.as_bytes()))),
                        Some(None) => tokio::task::yield_now().await,
                        None if self.breaks => return Err("the disk".into()),
                        None => return Ok(None),
                    }
                }
            })
        }
    }

    /// The frames of a body, and what breaks it.
    async fn frames(
        pieces: &[Option<&'static str>],
        length: Option<u64>,
        breaks: bool,
    ) -> (Vec<String>, Option<String>) {
        let source = Box::new(Pieces { rest: pieces.iter().copied().collect(), breaks });
        let mut body = Body { state: State::Idle { left: length, source }, record: None };
        let mut frames = Vec::new();
        while let Some(frame) = body.frame().await {
            match frame {
                Ok(frame) => {
                    let mut data = frame.into_data().unwrap();
                    let bytes = data.copy_to_bytes(data.remaining());
                    frames.push(String::from_utf8(bytes.to_vec()).unwrap());
                }
                Err(error) => return (frames, Some(error.0)),
            }
        }
        (frames, None)
    }

    #[tokio::test]
    async fn what_is_at_hand_goes_out_together_and_nothing_waits_for_what_isn_t() {
        let pieces = [Some("a"), Some("b"), None, Some(""), Some("c"), None, None];
        let whole = (vec!["ab".to_owned(), "c".to_owned()], None);
        assert_eq!(frames(&pieces, Some(3), false).await, whole);
        assert_eq!(frames(&pieces, None, false).await, whole);
    }

    #[tokio::test]
    async fn what_came_before_an_error_is_sent_before_it() {
        let pieces = [Some("a"), Some("b"), Some("cd")];
        for (length, breaks, sent, error) in [
            (None, true, "abcd", "the disk"),
            (Some(5), true, "abcd", "the disk"),
            (Some(5), false, "abcd", "the body ended early"),
            (Some(3), false, "ab", "the body is longer than it said"),
        ] {
            let broken = (vec![sent.to_owned()], Some(error.to_owned()));
            assert_eq!(frames(&pieces, length, breaks).await, broken, "{length:?} {breaks}");
        }
    }
}
