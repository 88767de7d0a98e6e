//! What every part of the engine has: the pools, this gateway, and what it knows of the others.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use engine::{EngineError, Feeds};
use parking_lot::{Mutex, RwLock};
use tokio::sync::Notify;

use crate::Options;
use crate::blobs::Sealed;
use crate::gateways::{GatewayId, Holds, Waiting};
use crate::layout::{BlobId, Guard, Partition};
use crate::librados::{Answer, Cluster, Errno, Pool};
use crate::room::Room;
use crate::settle::Unsettled;

/// The engine's shared state.
pub(crate) struct Shared {
    pub(crate) cluster: Arc<Cluster>,
    /// What the cluster calls this client.
    pub(crate) address: String,
    pub(crate) index: Pool,
    pub(crate) data: Pool,
    /// Of each space.
    pub(crate) partitions: u8,
    pub(crate) options: Options,
    pub(crate) gateway: GatewayId,
    pub(crate) numbers: AtomicU64,
    /// Partitions' guards as they were seen last, where it isn't the first one; never that one is
    /// frozen: that is looked at again each time.
    pub(crate) guards: Mutex<HashMap<Partition, Guard>>,
    pub(crate) sealed: Sealed,
    /// Partitions that the gateway's own object says may hold garbage that it sees to.
    pub(crate) marked: tokio::sync::Mutex<HashSet<Partition>>,
    /// Those of them in which there may be some now.
    pub(crate) dirty: Mutex<HashSet<Partition>>,
    /// Garbage that is found and may still be read.
    pub(crate) waiting: Mutex<Option<Waiting>>,
    /// Changes with deltas by partition, since the gateway folded its counters.
    pub(crate) unfolded: Mutex<HashMap<Partition, usize>>,
    /// Intents that are fulfilled, or whose bytes are gone.
    pub(crate) done_intents: Mutex<Vec<BlobId>>,
    /// Changes without an answer.
    pub(crate) unsettled: Mutex<Vec<Unsettled>>,
    /// What befalls the next changes, the last one first.
    #[cfg(test)]
    pub(crate) fates: Mutex<Vec<crate::on_rados::Fate>>,
    pub(crate) room: Room,
    pub(crate) holds: Arc<Holds>,
    pub(crate) leads: AtomicBool,
    pub(crate) feeds: Arc<Feeds>,
    /// Why no call is answered any more.
    pub(crate) ended: RwLock<Option<String>>,
    pub(crate) fenced: Arc<Notify>,
    /// Held by whatever is under way; a close waits until it has it alone.
    pub(crate) gate: Arc<tokio::sync::RwLock<()>>,
    pub(crate) counts: Counts,
}

/// Figures for metrics.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) mismatches: AtomicU64,
    pub(crate) unknown: AtomicU64,
    pub(crate) slow: AtomicU64,
    pub(crate) collected: AtomicU64,
    pub(crate) gateways: AtomicU64,
    pub(crate) fenced_others: AtomicU64,
}

impl Shared {
    pub(crate) fn is_open(&self) -> Result<(), EngineError> {
        match &*self.ended.read() {
            None => Ok(()),
            Some(why) => Err(EngineError::Unavailable(why.clone())),
        }
    }

    /// A number that no other blob or delta has.
    pub(crate) fn next_id(&self) -> BlobId {
        BlobId::new(self.gateway, self.numbers.fetch_add(1, Ordering::Relaxed))
    }

    /// The name of the object that holds what this gateway must not leave behind.
    pub(crate) fn own_object(&self) -> String {
        self.gateway.object()
    }

    /// What an error of a read means; of a write only where it says that nothing happened.
    pub(crate) fn error(&self, error: Errno) -> EngineError {
        match error {
            Errno::TIMED_OUT => {
                self.counts.slow.fetch_add(1, Ordering::Relaxed);
                EngineError::Slow("the cluster".into())
            }
            Errno::NO_SPACE | Errno::QUOTA => EngineError::Full,
            Errno::SHUT_DOWN => {
                self.was_fenced();
                EngineError::Unavailable("this gateway was fenced off".into())
            }
            other => EngineError::Unavailable(format!("the cluster: {other}")),
        }
    }

    /// An answer, or none if the object isn't there.
    pub(crate) fn found<T>(&self, answer: Answer<T>) -> Result<Option<T>, EngineError> {
        match answer {
            Ok(it) => Ok(Some(it)),
            Err(Errno::NOT_FOUND) => Ok(None),
            Err(error) => Err(self.error(error)),
        }
    }

    /// Others took this gateway for dead: nothing that it sends is accepted any more.
    pub(crate) fn was_fenced(&self) {
        let mut ended = self.ended.write();
        if ended.is_none() {
            tracing::error!(
                gateway = self.gateway.hex(),
                "fenced off: another gateway took this one for dead"
            );
            *ended = Some("this gateway was fenced off: start it again".into());
            drop(ended);
            self.feeds.lost();
            self.feeds.close();
            self.fenced.notify_waiters();
        }
    }
}

/// A row or note that this version can't read.
pub(crate) fn unreadable(what: &str) -> EngineError {
    EngineError::Corrupt(format!("{what} can't be read"))
}
