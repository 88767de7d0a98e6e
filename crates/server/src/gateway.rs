//! What answers on the API's port: the store, the accounts, who may sign, and what is counted.

use std::net::IpAddr;
use std::sync::Arc;

use engine::Engine;
use iam::Iam;
use store::Store;
use types::{AccountId, Network};
use wire::Hosts;
use wire::auth::SigningKeys;

use crate::account::canonical_user;
use crate::audit::AuditLog;
use crate::authorize::Vault;
use crate::config::Config;
use crate::metrics::Metrics;
use crate::peer::Peer;
use crate::random;
use crate::remote::Remote;
use crate::request_id::{ConnectionIds, RequestIds};
use crate::root_key::RootKeys;
use crate::timeouts::Timeouts;

/// A stateless gateway to a store.
pub(crate) struct Gateway {
    pub(crate) vault: Vault,
    pub(crate) audit: Arc<AuditLog>,
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) root_keys: Arc<RootKeys>,
    pub(crate) account: AccountId,
    /// The canonical user id of `account`.
    pub(crate) canonical_user: String,
    /// Whether new buckets block public access.
    pub(crate) new_bucket_public_access_block: bool,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) hosts: Hosts,
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
    pub(crate) region: String,
    pub(crate) sigv2: bool,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) metrics_from: Vec<IpAddr>,
    pub(crate) ids: RequestIds,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) timeouts: Timeouts,
    /// Names this server in `x-amz-id-2`.
    pub(crate) host_id: String,
}

/// A connection to a gateway. Its requests hold this, and not the gateway.
pub(crate) struct Connection {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) peer: Arc<Peer>,
}

impl Connection {
    pub(crate) fn new(gateway: Arc<Gateway>, remote: Remote) -> Self {
        let metrics = Arc::clone(&gateway.metrics);
        let peer = Arc::new(Peer { remote, ids: ConnectionIds::default(), metrics });
        Self { gateway, peer }
    }
}

impl Gateway {
    pub(crate) fn new(
        (store, iam): (Store, Iam),
        engine: Arc<dyn Engine>,
        root_keys: Arc<RootKeys>,
        account: AccountId,
        (config, timeouts): (&Config, Timeouts),
    ) -> Self {
        use base64::Engine as _;
        Self {
            audit: Arc::new(AuditLog::new(config.audit, &config.audit_folder)),
            vault: Vault::new(store, iam),
            metrics: Arc::new(Metrics::new(Arc::clone(&engine))),
            engine,
            root_keys,
            account,
            canonical_user: canonical_user(account),
            new_bucket_public_access_block: config.new_bucket_public_access_block,
            trusted_proxies: config.trusted_proxies.clone(),
            hosts: Hosts::new(&config.domains),
            scheme: if config.tls.is_some() { "https" } else { "http" },
            region: config.region.clone(),
            sigv2: config.sigv2,
            metrics_from: config.metrics_from.clone(),
            ids: RequestIds::new(u64::from_le_bytes(random::bytes())),
            signing_keys: SigningKeys::default(),
            timeouts,
            host_id: base64::engine::general_purpose::STANDARD.encode(random::bytes::<33>()),
        }
    }
}
