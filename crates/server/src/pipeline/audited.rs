//! What a request leaves in the audit log: as part of step 9, or when it ends before anything is decided.

use http::header::{self, HeaderMap};
use http::request::Parts;
use serde_json::Value;
use wire::{Error, Operation, Protocol, Query, Target};

use super::Exchange;
use crate::audit::Event;
use crate::gateway::Gateway;
use crate::proxies;
use crate::remote::{Remote, TlsVersion};
use crate::request_id::RequestId;

/// What was refused for who asks leaves a record, and what the configuration wants.
pub(super) fn leave_audit_record(
    exchange: &Exchange<'_>,
    protocol: Protocol,
    error: Option<&Error>,
) {
    let gateway = exchange.gateway;
    let decisions = std::mem::take(&mut *exchange.decisions.lock());
    // Not every 403 is a decision: a bucket of another owner than the expected one, a chunk with
    // another signature than its own.
    let refused = error.is_some_and(|it| it.status() == 403)
        || decisions.iter().any(|it| it["effect"] == "Deny");
    if !refused && !gateway.audit.wants(exchange.operation) {
        return;
    }
    let head = &exchange.head;
    let root_key = gateway.root_keys.current();
    let error = error.map(|it| it.clone().in_protocol(protocol));
    gateway.audit.record(Event {
        operation: exchange.operation,
        request_id: exchange.request_id.as_str(),
        region: &gateway.region,
        source_ip: exchange.client().to_string(),
        user_agent: user_agent(head.headers),
        tls: exchange.remote.tls.map(TlsVersion::number),
        identity: exchange.caller.to_json(root_key.id.as_str()),
        account: exchange.owner().to_string(),
        bucket: head.target.bucket(),
        key: head.target.key(),
        parameters: head.form.unwrap_or(head.query),
        error: error.as_ref(),
        is_known: exchange.is_signed(),
        decisions,
    });
}

/// A request of which nothing has been decided yet.
pub(super) struct Undecided<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) remote: Remote,
    pub(super) head: &'a Parts,
    pub(super) operation: &'static Operation,
    pub(super) protocol: Protocol,
    pub(super) request_id: RequestId,
    pub(super) target: &'a Target,
    pub(super) parameters: &'a Query,
}

impl Undecided<'_> {
    /// Leaves a record of why it ends here: a signature that doesn't hold, or a form that its policy
    /// doesn't allow. `identity` is CloudTrail's `userIdentity`, `is_known` whether it was proved.
    pub(super) fn leave_record(&self, identity: Value, is_known: bool, error: &Error) {
        if error.status() >= 500 {
            return;
        }
        let (gateway, head) = (self.gateway, self.head);
        let (at, trusted) = (self.remote.address.ip(), &gateway.trusted_proxies);
        let client = proxies::client(trusted, at, &head.headers);
        gateway.audit.record(Event {
            operation: self.operation,
            request_id: self.request_id.as_str(),
            region: &gateway.region,
            source_ip: client.to_string(),
            user_agent: user_agent(&head.headers),
            tls: self.remote.tls.map(TlsVersion::number),
            identity,
            account: gateway.account.to_string(),
            bucket: self.target.bucket(),
            key: self.target.key(),
            parameters: self.parameters,
            error: Some(&error.clone().in_protocol(self.protocol)),
            is_known,
            decisions: vec![],
        });
    }
}

fn user_agent(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok())
}
