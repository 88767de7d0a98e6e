//! Changes without an answer, and blobs of which nobody knows whether a row names them.
//!
//! A change that had no answer in time may have happened, or happen yet. The blobs that it named are
//! left alone until that is settled, by the gateway that sent it:
//!
//! 1. The partition's guard is raised. The change compares the guard that it was sent with, so from
//!    here on it has happened or never will.
//! 2. The group's rows are read: a blob that one of them names stays.
//! 3. Of the others a note of garbage is made. A row may have named them for a while, and somebody may
//!    read them: so they go as all garbage does.
//! 4. The intents go. A crash before that only leaves them to who comes behind this gateway.
//!
//! What a dead gateway left is settled by 2 and 3 alone: it was fenced off as a whole (`gateways.rs`).

use std::sync::Arc;

use bytes::Bytes;
use engine::{EngineError, Group, Table};

use crate::layout::{
    BlobId, Guard, Partition, Place, decode_row, garbage_key, group_prefix, row_of_key,
};
use crate::librados::Step;
use crate::shared::{Shared, unreadable};

/// Changes that wait to be settled. What others named beyond stays until the gateway ends.
pub(crate) const UNSETTLED_MAX: usize = 10_000;
/// In a note of garbage: the blob's length isn't known.
pub(crate) const LENGTH_UNKNOWN: u64 = 0;

/// A change without an answer.
pub(crate) struct Unsettled {
    pub(crate) group: Group,
    /// The guard that it compares.
    pub(crate) sent: Guard,
    /// What it named, and how long that is.
    pub(crate) blobs: Vec<(BlobId, u64)>,
}

impl Shared {
    /// A change had no answer.
    pub(crate) fn leave_unsettled(&self, change: Unsettled) {
        let mut unsettled = self.unsettled.lock();
        if !change.blobs.is_empty() && unsettled.len() < UNSETTLED_MAX {
            unsettled.push(change);
        }
    }

    /// Settles what can be settled now.
    pub(crate) async fn settle(self: &Arc<Self>) -> Result<(), EngineError> {
        loop {
            let Some(change) = self.unsettled.lock().pop() else { return Ok(()) };
            if let Err(error) = self.settle_one(&change).await {
                self.unsettled.lock().push(change);
                return Err(error);
            }
        }
    }

    async fn settle_one(&self, change: &Unsettled) -> Result<(), EngineError> {
        let partition = Partition::of(&change.group, self.partitions);
        self.fence(partition, change.sent).await?; // 1
        self.free_unnamed(&change.group, &change.blobs).await?; // 2, 3
        self.done_intents.lock().extend(change.blobs.iter().map(|(id, _)| id)); // 4
        Ok(())
    }

    /// Notes as garbage what no row of the group names. Nobody may be about to name it.
    pub(crate) async fn free_unnamed(
        &self,
        group: &Group,
        blobs: &[(BlobId, u64)],
    ) -> Result<(), EngineError> {
        let partition = Partition::of(group, self.partitions);
        let mut notes = Vec::new();
        for (id, length) in blobs {
            if !self.is_named(group, *id).await? {
                let length = Bytes::copy_from_slice(&length.to_le_bytes());
                notes.push((garbage_key(self.gateway, *id), length));
            }
        }
        if notes.is_empty() {
            return Ok(());
        }
        self.mark_garbage(partition).await?;
        let steps = vec![Step::Create, Step::SetRows(notes)];
        let noted = self.index.write(&partition.object(), steps).await;
        noted.map_err(|it| self.error(it))?;
        self.dirty.lock().insert(partition);
        Ok(())
    }

    /// Whether a row of the group names a blob.
    async fn is_named(&self, group: &Group, id: BlobId) -> Result<bool, EngineError> {
        let partition = Partition::of(group, self.partitions);
        for table in Table::ALL {
            let prefix = group_prefix(table, group);
            for (key, value) in self.list_all(&partition.object(), prefix).await? {
                // Of `local` these are all groups' rows, of others those of longer names, too.
                let of = row_of_key(group.space, &key).ok_or_else(|| unreadable("a row's key"))?.0;
                let row = decode_row(&value).ok_or_else(|| unreadable("a row"))?;
                let names = |blob: &engine::BlobRef| Place::of(blob) == Some(Place::Large { id });
                if of == *group && row.blobs.iter().any(names) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
