//! The access record: one for each request, written when its answer has been sent, has failed or
//! was given up. It lives in the response's body, so that nothing can end a request without it.

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use percent_encoding::percent_decode_str;
use types::Timestamp;

use crate::asked::Asked;
use crate::audit;
use crate::caller::Caller;
use crate::log;
use crate::metrics::{Finished, OK};
use crate::peer::Peer;
use crate::request_id::RequestId;

/// What is known of a request, filled as its steps learn it.
pub struct AccessRecord {
    peer: Arc<Peer>,
    began: Instant,
    /// The same by the clock that people read. A request asks for the time once: it is 75 ns on a
    /// virtual machine.
    pub(crate) began_at: Timestamp,
    /// The request's id.
    pub request_id: RequestId,
    /// The HTTP method.
    pub method: http::Method,
    /// Path and query as they came; the query without what lets somebody in.
    pub uri: String,
    /// What it asks for.
    pub asked: Asked,
    /// Who asked, as far as that is known.
    pub(crate) caller: Caller,
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
    pub(crate) fn begin(
        peer: Arc<Peer>,
        request_id: RequestId,
        head: &http::request::Parts,
    ) -> Self {
        peer.metrics.begin();
        Self {
            peer,
            request_id,
            began: Instant::now(),
            began_at: Timestamp::from(SystemTime::now()),
            method: head.method.clone(),
            uri: without_secrets(&head.uri),
            asked: Asked::Unknown,
            caller: Caller::Anonymous,
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
        self.peer.metrics.finish(&Finished {
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
            line.put_address("peer", self.peer.remote.address);
            line.put_text("method", self.method.as_str());
            line.put_text("uri", &self.uri);
            line.put_text("operation", self.asked.name());
            line.put_text("caller", self.caller.arn().as_deref().unwrap_or("-"));
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
}
