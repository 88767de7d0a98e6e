//! The other end of a connection, as its requests see it.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::gateway::Gateway;
use crate::listener::{Origin, TlsVersion};
use crate::request_id::RequestIds;

/// One client's connection to a gateway. Its requests hold this and not the gateway: what all requests of
/// all connections hold is counted in one word, which processors then hand around.
pub(crate) struct Peer {
    pub(crate) gateway: Arc<Gateway>,
    /// Where it comes from.
    pub(crate) address: SocketAddr,
    /// What it is encrypted with, if it is.
    pub(crate) tls: Option<TlsVersion>,
    /// Of its requests.
    pub(crate) ids: RequestIds,
}

impl Peer {
    pub(crate) fn new(gateway: Arc<Gateway>, origin: Origin) -> Self {
        let Origin { address, tls } = origin;
        Self { ids: gateway.ids.of_connection(), gateway, address, tls }
    }
}
