//! A client, as its requests see it.

use std::sync::Arc;

use crate::metrics::Metrics;
use crate::remote::Remote;
use crate::request_id::ConnectionIds;

/// One client's connection. Its requests' records hold this: what all requests of all connections hold is
/// counted in one word, which processors then hand around.
pub(crate) struct Peer {
    pub(crate) remote: Remote,
    /// Of its requests.
    pub(crate) ids: ConnectionIds,
    /// Where its requests are counted.
    pub(crate) metrics: Arc<Metrics>,
}
