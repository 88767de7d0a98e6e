//! `/_onggi/`: health and metrics, on hosts that name no bucket.

use std::net::SocketAddr;

use http::header;
use http::request::Parts;
use wire::{Code, Error};

use crate::body::Content;
use crate::gateway::Gateway;
use crate::pipeline::Answer;

/// What proxies add to what they pass on, besides `X-Forwarded-*`.
const FORWARDED: [&str; 6] =
    ["cf-connecting-ip", "forwarded", "true-client-ip", "via", "x-client-ip", "x-real-ip"];

/// Answers one of Onggi's own paths.
pub(crate) fn answer(
    gateway: &Gateway,
    head: &Parts,
    peer: SocketAddr,
    path: &str,
) -> Result<Answer, Error> {
    if head.method != http::Method::GET && head.method != http::Method::HEAD {
        return Err(Error::new(Code::MethodNotAllowed));
    }
    match path {
        "health/live" => Ok(text(200, "live\n".into())),
        "health/ready" => Ok(ready(gateway)),
        "metrics" if may_read_metrics(gateway, head, peer) => Ok(text(200, gateway.metrics.text())),
        "metrics" => Err(Error::new(Code::AccessDenied)),
        _ => Err(Error::new(Code::NoSuchKey)),
    }
}

fn ready(gateway: &Gateway) -> Answer {
    let status = gateway.engine.status();
    match (status.poisoned, status.full) {
        (Some(why), _) => text(503, format!("not ready: {why}\n")),
        (None, true) => text(503, "not ready: the disk is full\n".into()),
        (None, false) => text(200, "ready\n".into()),
    }
}

/// This machine, and who is configured; never through a proxy, whose address would be taken for the
/// client's.
fn may_read_metrics(gateway: &Gateway, head: &Parts, peer: SocketAddr) -> bool {
    let says_so = |name: &str| FORWARDED.contains(&name) || name.starts_with("x-forwarded-");
    let forwarded = head.headers.keys().any(|name| says_so(name.as_str()));
    let ip = peer.ip().to_canonical();
    !forwarded && (ip.is_loopback() || gateway.metrics_from.contains(&ip))
}

fn text(status: u16, text: String) -> Answer {
    let mut answer = Answer::empty(status);
    answer.headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    answer.content = Content::Whole(text.into());
    answer
}
