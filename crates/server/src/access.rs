//! The access record: one for each request, written when its answer has been sent, has failed or
//! was given up. It lives in the response's body, so that nothing can end a request without it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime};

use percent_encoding::percent_decode_str;
use types::Timestamp;

use crate::asked::Asked;
use crate::audit;
use crate::log;
use crate::metrics::{Finished, Metrics, OK};

/// A request's id as AWS writes it: 16 letters and digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("letters and digits")
    }
}

/// Gives out request ids that don't repeat.
pub struct RequestIds {
    next: AtomicU64,
}

impl RequestIds {
    /// Begins anywhere: ids of different starts shouldn't meet.
    pub fn new(start: u64) -> Self {
        Self { next: AtomicU64::new(start) }
    }

    /// The next one. Multiplying by an odd number visits every value once and looks unordered.
    pub fn next(&self) -> RequestId {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let number = self.next.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let digit = |at: usize| DIGITS[(number >> (60 - 4 * at)) as usize & 15];
        RequestId(std::array::from_fn(digit))
    }
}

/// What is known of a request, filled as its steps learn it.
pub struct AccessRecord {
    metrics: Arc<Metrics>,
    began: Instant,
    /// The same by the clock that people read. A request asks for the time once: it is 75 ns on a
    /// virtual machine.
    pub(crate) began_at: Timestamp,
    /// The request's id.
    pub request_id: RequestId,
    /// Who asked, by address.
    pub peer: SocketAddr,
    /// The HTTP method.
    pub method: http::Method,
    /// Path and query as they came; the query without what lets somebody in.
    pub uri: String,
    /// What it asks for.
    pub asked: Asked,
    /// Who asked, by name; empty for anonymous.
    pub caller: Option<Arc<str>>,
    /// The answer's status.
    pub status: u16,
    /// [`OK`], or the error's code.
    pub code: &'static str,
    /// What the client wasn't told.
    pub cause: Option<String>,
    /// Bytes of the request's body that were read.
    pub bytes_received: u64,
    /// Bytes of the answer's body that were handed over.
    pub bytes_sent: u64,
    /// True once the answer's last byte was handed over.
    pub complete: bool,
}

impl AccessRecord {
    /// Of a request whose head has just arrived.
    pub fn begin(
        metrics: Arc<Metrics>,
        request_id: RequestId,
        peer: SocketAddr,
        head: &http::request::Parts,
    ) -> Self {
        metrics.begin();
        Self {
            metrics,
            began: Instant::now(),
            began_at: Timestamp::from(SystemTime::now()),
            request_id,
            peer,
            method: head.method.clone(),
            uri: without_secrets(&head.uri),
            asked: Asked::Unknown,
            caller: None,
            status: 0,
            code: OK,
            cause: None,
            bytes_received: 0,
            bytes_sent: 0,
            complete: false,
        }
    }
}

impl Drop for AccessRecord {
    fn drop(&mut self) {
        let time = self.began.elapsed();
        let code = if self.status == 0 { "(given up)" } else { self.code };
        self.metrics.finish(&Finished {
            asked: self.asked,
            code,
            time,
            bytes_received: self.bytes_received,
            bytes_sent: self.bytes_sent,
        });
        if !tracing::enabled!(target: TARGET, tracing::Level::INFO) {
            return;
        }
        log::record(self.began_at.plus(time), TARGET, |line| {
            line.put_text("request_id", self.request_id.as_str());
            line.put_address("peer", self.peer);
            line.put_text("method", self.method.as_str());
            line.put_text("uri", &self.uri);
            line.put_text("operation", self.asked.name());
            line.put_text("caller", self.caller.as_deref().unwrap_or("-"));
            line.put_number("status", self.status.into());
            line.put_text("code", code);
            if let Some(cause) = &self.cause {
                line.put_text("cause", cause);
            }
            line.put_number("received", self.bytes_received);
            line.put_number("sent", self.bytes_sent);
            line.put_flag("complete", self.complete);
            line.put_number("us", u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        });
    }
}

/// What a filter of the log knows access records by.
const TARGET: &str = "onggi::access";

/// A presigned URL is a credential for days, and IAM's actions may be asked for in the query too, with
/// passwords: whoever reads the log must not be able to use either.
fn without_secrets(uri: &http::Uri) -> String {
    let Some(query) = uri.query() else { return uri.path().to_owned() };
    let mut text = format!("{}?", uri.path());
    for (index, pair) in query.split('&').enumerate() {
        if index > 0 {
            text.push('&');
        }
        let raw = pair.split('=').next().unwrap_or_default();
        // As the server reads it: `X-Amz-Signatur%65` is a signature too.
        let name = percent_decode_str(raw).decode_utf8_lossy();
        if audit::is_secret(&name) {
            text.push_str(raw);
            text.push_str("=...");
        } else {
            text.push_str(pair);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_passwords_stay_out_of_the_log() {
        let uri = "/b/k?X-Amz-Signature=abc&v=1&Signatur%65=d%2F&continuation-token=x";
        assert_eq!(
            without_secrets(&uri.parse().unwrap()),
            "/b/k?X-Amz-Signature=...&v=1&Signatur%65=...&continuation-token=x"
        );
        let uri = "/?Action=ChangePassword&OldPassword=a&New%50assword=b&UserName=kim";
        assert_eq!(
            without_secrets(&uri.parse().unwrap()),
            "/?Action=ChangePassword&OldPassword=...&New%50assword=...&UserName=kim"
        );
        assert_eq!(without_secrets(&"/b/k".parse().unwrap()), "/b/k");
    }

    #[test]
    fn ids_dont_repeat() {
        let ids = RequestIds::new(u64::MAX - 3);
        let some: std::collections::HashSet<_> =
            (0..1000).map(|_| ids.next().as_str().to_owned()).collect();
        assert_eq!(some.len(), 1000);
    }
}
