//! Listeners: accept, TLS, HTTP/1.1, and an end in good order.
//!
//! hyper is named here, in `body.rs` and in `pipeline.rs`; operations don't know it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio_rustls::TlsAcceptor;

use crate::body::Body;
use crate::head_timer::HeadTimer;
use crate::remote::{Remote, TlsVersion};
use crate::timeouts::Timeouts;
use crate::write_timeout::WriteTimeout;

/// Longest head of a request in bytes: AWS allows 8 KiB of headers, and keys of 1,024 bytes grow
/// threefold in a URL. Also the read buffer of a connection while it is in use.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Accepting failed, mostly for want of file descriptors: connections may have ended after so long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Answers requests.
pub trait Responder: Send + Sync + 'static {
    /// What the requests of one connection have in common.
    type Connection: Send + Sync + 'static;

    /// A connection has been made.
    fn accept(self: Arc<Self>, remote: Remote) -> Self::Connection;

    /// Never fails: an error is a response.
    fn answer(
        connection: Arc<Self::Connection>,
        request: Request<Incoming>,
    ) -> impl Future<Output = Response<Body>> + Send;
}

/// One listening socket and who answers.
pub struct Listener<A> {
    /// The bound socket.
    pub socket: TcpListener,
    /// TLS, if it is spoken here.
    pub tls: Option<Arc<rustls::ServerConfig>>,
    /// Most connections at a time.
    pub connections_max: usize,
    /// How long to wait for clients.
    pub timeouts: Timeouts,
    /// Who answers.
    pub answer: Arc<A>,
}

impl<A: Responder> Listener<A> {
    /// Accepts until `stop` turns true, then lets requests finish within their time-out.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(self.connections_max));
        let open = Arc::new(Open::default());
        let acceptor = self.tls.clone().map(TlsAcceptor::from);
        loop {
            let place = Arc::clone(&places).acquire_owned();
            let next = async { (place.await.expect("never closed"), self.socket.accept().await) };
            let (place, accepted) = tokio::select! {
                _ = stop.wait_for(|it| *it) => break,
                next = next => next,
            };
            let (stream, peer) = match accepted {
                Ok(it) => it,
                Err(error) => {
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            let connection = Connection {
                peer,
                acceptor: acceptor.clone(),
                timeouts: self.timeouts,
                answer: Arc::clone(&self.answer),
                open: Arc::clone(&open),
            };
            tokio::spawn(async move {
                connection.run(stream).await;
                drop(place);
            });
        }
        drop(self.socket);
        open.tell_all();
        let all = u32::try_from(self.connections_max).unwrap_or(u32::MAX);
        let drained = tokio::time::timeout(self.timeouts.drain, places.acquire_many(all)).await;
        if drained.is_err() {
            tracing::warn!("cut connections that were still busy");
        }
    }
}

/// The connections that are to be told when the listener stops. Each waits for a word of its own: one for
/// all is locked whenever one of them goes on.
#[derive(Default)]
struct Open(Mutex<ToTell>);

#[derive(Default)]
struct ToTell {
    /// How many there have been.
    number: u64,
    by_number: HashMap<u64, oneshot::Sender<()>>,
    stopped: bool,
}

impl Open {
    /// Enters a connection: what ends once the listener stops, and what takes it out again.
    fn enter(&self) -> (oneshot::Receiver<()>, Entered<'_>) {
        let (tell, told) = oneshot::channel();
        let mut open = self.0.lock();
        open.number += 1;
        let number = open.number;
        // One that was still shaking hands when the listener stopped is told at once.
        if !open.stopped {
            open.by_number.insert(number, tell);
        }
        (told, Entered { open: self, number })
    }

    fn tell_all(&self) {
        let mut open = self.0.lock();
        open.stopped = true;
        open.by_number.clear();
    }
}

struct Entered<'a> {
    open: &'a Open,
    number: u64,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.open.0.lock().by_number.remove(&self.number);
    }
}

struct Connection<A> {
    peer: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    timeouts: Timeouts,
    answer: Arc<A>,
    open: Arc<Open>,
}

impl<A: Responder> Connection<A> {
    async fn run(self, stream: TcpStream) {
        // Answers are written whole; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        let stream = WriteTimeout::new(stream, self.timeouts.answer);
        match self.acceptor.clone() {
            None => self.serve(stream, None).await,
            Some(acceptor) => {
                match tokio::time::timeout(self.timeouts.handshake, acceptor.accept(stream)).await {
                    Ok(Ok(stream)) => {
                        let version = match stream.get_ref().1.protocol_version() {
                            Some(rustls::ProtocolVersion::TLSv1_3) => TlsVersion::V13,
                            // rustls speaks these two.
                            _ => TlsVersion::V12,
                        };
                        self.serve(stream, Some(version)).await;
                    }
                    Ok(Err(error)) => tracing::debug!(%error, peer = %self.peer, "TLS handshake"),
                    Err(_) => tracing::debug!(peer = %self.peer, "TLS handshake took too long"),
                }
            }
        }
    }

    async fn serve<S>(self, stream: S, tls: Option<TlsVersion>)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let Self { peer, answer, timeouts, open, .. } = self;
        let this = Arc::new(answer.accept(Remote { address: peer, tls }));
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let answer = A::answer(Arc::clone(&this), request);
            async move { Ok::<_, Infallible>(answer.await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(HeadTimer::default())
            .header_read_timeout(timeouts.head)
            // Most headers: hyper's own 100, and 431 to more. Another number, and it allocates room
            // for so many with each request.
            .max_buf_size(HEAD_BYTES_MAX)
            // Nobody looks, while an answer is made, whether its client has left: that look would make
            // a new buffer for each request. Whoever sends to one that has left learns it.
            .half_close(true)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        let (told, _entered) = open.enter();
        let ended = tokio::select! {
            biased;
            ended = &mut connection => ended,
            // Nothing is ever said: the other end is dropped.
            _ = told => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, %peer, "connection");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;

    #[test]
    fn whoever_is_open_is_told_and_whoever_comes_later_at_once() {
        let (open, told) = (Open::default(), Err(TryRecvError::Closed));
        let ((mut first, _entered), (mut second, left)) = (open.enter(), open.enter());
        drop(left);
        assert_eq!(second.try_recv(), told, "nobody has to tell it any more");
        assert_eq!(open.0.lock().by_number.len(), 1);
        assert_eq!(first.try_recv(), Err(TryRecvError::Empty));
        open.tell_all();
        assert_eq!(first.try_recv(), told);
        assert_eq!(open.enter().0.try_recv(), told, "it was still shaking hands");
        assert!(open.0.lock().by_number.is_empty());
    }

    #[test]
    fn a_connection_that_panics_leaves_nothing() {
        let open = Open::default();
        let fails = || {
            let _entered = open.enter();
            panic!("on purpose");
        };
        assert!(catch_unwind(AssertUnwindSafe(fails)).is_err());
        assert!(open.0.lock().by_number.is_empty());
    }
}
