//! The rows that changed since the last checkpoint, in memory and in order. Each of them is in the
//! log too. One thread writes (the committer), anybody reads.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use parking_lot::RwLock;

use crate::place::Stored;

/// What is known of a row without the older tables and the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// None if the row was deleted.
    pub(crate) stored: Option<Stored>,
    /// Whether an older table or the index may hold the row too: then a deletion has to be kept.
    pub(crate) below: bool,
}

/// An ordered table.
#[derive(Default)]
pub(crate) struct Table {
    slots: RwLock<BTreeMap<Bytes, Slot>>,
    rows: AtomicU64,
}

impl Table {
    /// Enters slots, all at once for readers.
    pub(crate) fn enter(&self, slots: impl IntoIterator<Item = (Bytes, Slot)>) {
        let mut held = self.slots.write();
        for (key, slot) in slots {
            if slot.stored.is_none() && !slot.below {
                held.remove(&key);
            } else {
                held.insert(key, slot);
            }
        }
        self.rows.store(held.len() as u64, Ordering::Relaxed);
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<Slot> {
        self.slots.read().get(key).cloned()
    }

    /// Slots from `start` (excluded or not) below `end`, at most `count`, behind one another.
    pub(crate) fn range(
        &self,
        start: Bound<&Bytes>,
        end: &Bytes,
        count: usize,
    ) -> VecDeque<(Bytes, Option<Stored>)> {
        let slots = self.slots.read();
        let from = match start {
            Bound::Included(it) | Bound::Excluded(it) => it,
            Bound::Unbounded => unreachable!("every scan has a start"),
        };
        if from >= end {
            return VecDeque::new();
        }
        let range = slots.range::<Bytes, _>((start, Bound::Excluded(end)));
        range.take(count).map(|(key, slot)| (key.clone(), slot.stored.clone())).collect()
    }

    /// Rows, deleted ones included.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Hands every slot over, in order. Only for a table that nobody writes any more.
    pub(crate) fn for_each<E>(
        &self,
        mut each: impl FnMut(&Bytes, Option<&Stored>) -> Result<(), E>,
    ) -> Result<(), E> {
        let slots = self.slots.read();
        slots.iter().try_for_each(|(key, slot)| each(key, slot.stored.as_ref()))
    }
}
