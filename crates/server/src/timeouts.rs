//! How long the server waits for others before it gives them up.

use std::time::Duration;

/// One set for a server. Not in the configuration: nobody has needed another value yet but tests,
/// which can't wait half a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// A TLS handshake.
    pub handshake: Duration,
    /// A request's head; also a connection that waits for its next request.
    pub head: Duration,
    /// Silence in the middle of a request's body.
    pub body: Duration,
    /// A client that takes nothing of an answer while there is more to send.
    pub answer: Duration,
    /// Work of which an answer tells the outcome, before the answer begins all the same (`late.rs`).
    pub prompt: Duration,
    /// Between two spaces of such an answer, which say that the work goes on.
    pub space: Duration,
    /// Requests under way when the server was told to stop.
    pub drain: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(60),
            body: Duration::from_secs(30),
            answer: Duration::from_secs(60),
            prompt: Duration::from_secs(10),
            space: Duration::from_secs(5),
            drain: Duration::from_secs(30),
        }
    }
}
