//! Changes: one operation on the partition of the group.
//!
//! It compares the partition's guard and every row that the change expects; and every row that it replaces
//! or deletes, too, because their blobs are given up in it. In the same operation stand the new rows,
//! small bodies, the deltas of counters under a name of their own, and notes of garbage.
//!
//! The operation happens or it doesn't; but if no answer comes in time nobody knows, and what it named
//! is left as it is until that is settled (`settle.rs`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use engine::{
    ApplyError, BlobRef, Change, EngineError, Expected, Group, Mismatch, NewBlob, Row, RowKey,
    Stamp, Table,
};

use crate::INLINE_BYTES_MAX;
use crate::blobs::Taken;
use crate::layout::{
    self, GUARD, Guard, Partition, Place, body_key, decode_row, delta_key, encode_deltas,
    encode_row, garbage_key, row_key, touched_key,
};
use crate::librados::{Answer, Errno, Look, Step};
use crate::settle::Unsettled;
use crate::shared::{Shared, unreadable};

/// How often a change may find that rows which it replaces were changed meanwhile.
const TRIES_MAX: usize = 1000;

/// A row of the change: its key and what it must be, empty if it must not be there.
struct Known {
    row: RowKey,
    key: Bytes,
    is: Bytes,
    /// Whether the caller expects it; else it only must not change between our look and our change.
    expected: bool,
}

/// A change on its way.
struct Applying {
    shared: Arc<Shared>,
    group: Group,
    change: Change,
    partition: Partition,
    known: Vec<Known>,
    /// Sealed blobs that no row named.
    taken: Taken,
    notes_garbage: bool,
}

/// What is found when an operation's comparison fails.
struct Found {
    guard: Guard,
    rows: HashMap<Bytes, Bytes>,
}

impl Found {
    fn is(&self, key: &Bytes) -> Bytes {
        self.rows.get(key).cloned().unwrap_or_default()
    }
}

/// Applies a change. A task of its own, so that it ends even if nobody waits for it any more.
pub(crate) async fn apply(
    shared: &Arc<Shared>,
    group: &Group,
    change: Change,
) -> Result<Stamp, ApplyError> {
    change.assert_valid(group, INLINE_BYTES_MAX);
    shared.is_open()?;
    let mut blobs = change.put.iter().flat_map(|it| &it.blobs);
    if blobs.any(|it| matches!(it, NewBlob::Inline(_))) {
        shared.room.for_rows()?;
    }
    let gate = Arc::clone(&shared.gate).read_owned().await;
    shared.is_open()?;
    let (shared, group) = (Arc::clone(shared), group.clone());
    let work = tokio::spawn(async move {
        let applied = Applying::new(shared, group, change).run().await;
        drop(gate);
        applied
    });
    match work.await {
        Ok(applied) => applied,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(ApplyError::Unknown),
    }
}

impl Applying {
    fn new(shared: Arc<Shared>, group: Group, change: Change) -> Self {
        let partition = Partition::of(&group, shared.partitions);
        let expected = change.expect.iter().map(|it| Known {
            key: row_key(&group, &it.row),
            row: it.row.clone(),
            is: match &it.is {
                Expected::Absent => Bytes::new(),
                Expected::Exactly(row) => encode_row(&row.value, &row.blobs),
            },
            expected: true,
        });
        let known = expected.collect();
        let blobs = change.put.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
            NewBlob::Ref(blob) => Some(blob),
            NewBlob::Inline(_) => None,
        });
        let taken = shared.sealed.take(&group, blobs);
        Self { shared, group, change, partition, known, taken, notes_garbage: false }
    }

    async fn run(mut self) -> Result<Stamp, ApplyError> {
        self.look_at_the_others().await?;
        for _ in 0..TRIES_MAX {
            let guard = self.shared.guard(self.partition);
            let gone = !self.may_name_all()?;
            let written = match gone {
                // What the change wrongly names it may name only because its rows are others now.
                true => Err(Errno::CANCELED),
                false => {
                    let steps = self.steps(guard).await?;
                    self.taken.is_sent(true);
                    self.send(steps).await
                }
            };
            let may_have = matches!(written, Ok(_) | Err(Errno::TIMED_OUT | Errno::SHUT_DOWN));
            self.taken.is_sent(may_have);
            match written {
                Ok(version) => return Ok(self.happened(version).await),
                Err(Errno::CANCELED) => self.judge_again(guard).await?,
                Err(Errno::NOT_FOUND) => self.shared.make_partition(self.partition).await?,
                Err(error) => return Err(self.failed(error, guard)),
            }
            if gone {
                return Err(EngineError::Gone.into());
            }
        }
        Err(EngineError::Slow("rows kept changing".into()).into())
    }

    async fn send(&self, steps: Vec<Step>) -> Answer<u64> {
        let object = self.partition.object();
        #[cfg(test)]
        let fate = self.shared.fates.lock().pop();
        #[cfg(test)]
        if let Some(fate) = fate {
            return fate.befall(self.shared.index.clone(), object, steps).await;
        }
        self.shared.index.write(&object, steps).await
    }

    /// What the rows are that are replaced or deleted without an expectation.
    async fn look_at_the_others(&mut self) -> Result<(), EngineError> {
        let mut others: Vec<Known> = Vec::new();
        for row in self.change.rows() {
            if !self.known.iter().any(|it| it.row == *row) {
                let key = row_key(&self.group, row);
                others.push(Known { row: row.clone(), key, is: Bytes::new(), expected: false });
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        self.known.extend(others);
        let found = self.find().await?;
        self.shared.set_guard(self.partition, found.guard);
        for known in self.known.iter_mut().filter(|it| !it.expected) {
            known.is = found.is(&known.key);
        }
        Ok(())
    }

    async fn find(&self) -> Result<Found, EngineError> {
        let rows = self.known.iter().map(|it| it.key.clone()).collect();
        let look = Look { rows, attributes: true, ..Look::default() };
        let seen = self.shared.index.look(&self.partition.object(), look).await;
        let Some(seen) = self.shared.found(seen)? else {
            return Ok(Found { guard: Guard::default(), rows: HashMap::new() });
        };
        let guard = guard_of(&seen.attributes)?;
        Ok(Found { guard, rows: seen.rows.into_iter().collect() })
    }

    /// The rows that the change replaces or deletes, as they are known to be.
    fn replaced(&self) -> Result<Vec<Row>, EngineError> {
        let own: HashSet<&RowKey> = self.change.rows().collect();
        let there = self.known.iter().filter(|it| !it.is.is_empty() && own.contains(&it.row));
        there.map(|it| decode_row(&it.is).ok_or_else(|| unreadable("a row"))).collect()
    }

    fn named(&self) -> impl Iterator<Item = &BlobRef> {
        self.change.put.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
            NewBlob::Ref(blob) => Some(blob),
            NewBlob::Inline(_) => None,
        })
    }

    /// Whether each blob was sealed for this change's group and is named by no row, or belongs to a
    /// row that the change replaces or deletes.
    fn may_name_all(&self) -> Result<bool, EngineError> {
        if self.named().next().is_none() {
            return Ok(true);
        }
        let replaced = self.replaced()?;
        let owned: HashSet<&BlobRef> = replaced.iter().flat_map(|it| &it.blobs).collect();
        Ok(self.named().all(|it| self.taken.has(it) || owned.contains(it)))
    }

    /// The one operation.
    async fn steps(&mut self, guard: Guard) -> Result<Vec<Step>, EngineError> {
        let mut steps = vec![Step::AttributeIs(GUARD, guard.encode())];
        steps.extend(self.known.iter().map(|it| Step::RowIs(it.key.clone(), it.is.clone())));
        let (mut set, mut remove) = (Vec::new(), Vec::new());
        for put in &self.change.put {
            let mut blobs = Vec::with_capacity(put.blobs.len());
            for blob in &put.blobs {
                blobs.push(match blob {
                    NewBlob::Ref(blob) => *blob,
                    NewBlob::Inline(body) => {
                        let id = self.shared.next_id();
                        set.push((body_key(id), layout::encode_body(id, body)));
                        let place = Place::Small { partition: self.partition, id };
                        place.blob(body.len() as u64)
                    }
                });
            }
            set.push((row_key(&self.group, &put.row), encode_row(&put.value, &blobs)));
        }
        remove.extend(self.change.delete.iter().map(|it| row_key(&self.group, it)));
        let kept: HashSet<BlobRef> = self.named().copied().collect();
        let replaced = self.replaced()?;
        for blob in replaced.iter().flat_map(|it| &it.blobs).filter(|it| !kept.contains(it)) {
            match Place::of(blob) {
                Some(Place::Small { id, .. }) => remove.push(body_key(id)),
                Some(Place::Large { .. }) if blob.length == 0 => {}
                Some(Place::Large { id }) => {
                    self.shared.mark_garbage(self.partition).await?;
                    self.notes_garbage = true;
                    let length = Bytes::copy_from_slice(&blob.length.to_le_bytes());
                    set.push((garbage_key(self.shared.gateway, id), length));
                }
                None => return Err(unreadable("a blob's place")),
            }
        }
        if !self.change.count.is_empty() {
            let deltas: Vec<_> = self.change.count.iter().map(|it| (it.counter, it.by)).collect();
            set.push((delta_key(self.shared.next_id()), encode_deltas(&deltas)));
        }
        if set.is_empty() && remove.is_empty() {
            set.push((touched_key(), Bytes::from_static(b"x")));
        }
        if !set.is_empty() {
            steps.push(Step::SetRows(set));
        }
        if !remove.is_empty() {
            steps.push(Step::RemoveRows(remove));
        }
        Ok(steps)
    }

    async fn happened(mut self, version: u64) -> Stamp {
        self.is_dirty();
        let shared = &self.shared;
        shared.done_intents.lock().extend(self.taken.named().into_iter().map(|(id, _)| id));
        if !self.change.count.is_empty() {
            shared.counted(self.partition);
        }
        if self.change.rows().any(|it| it.table == Table::Catalog) {
            shared.tell(&self.group).await;
        }
        shared.feeds.send(&self.group);
        Stamp(version)
    }

    /// A comparison failed: whose? Nothing if the operation may be tried again.
    async fn judge_again(&mut self, tried: Guard) -> Result<(), ApplyError> {
        self.shared.counts.mismatches.fetch_add(1, Ordering::Relaxed);
        let found = self.find().await?;
        self.shared.set_guard(self.partition, found.guard);
        if found.guard.frost.is_frozen() {
            return Err(ApplyError::Frozen);
        }
        let expected = || self.known.iter().filter(|it| it.expected);
        if expected().any(|it| it.is != found.is(&it.key)) {
            let mut rows = Vec::new();
            for known in expected() {
                let found = found.rows.get(&known.key).map(decode_row);
                if found == Some(None) {
                    return Err(unreadable("a row").into());
                }
                rows.push(Mismatch { row: known.row.clone(), found: found.flatten() });
            }
            return Err(ApplyError::Mismatch(rows));
        }
        for known in self.known.iter_mut().filter(|it| !it.expected) {
            known.is = found.is(&known.key);
        }
        if found.guard != tried {
            tracing::debug!(partition = self.partition.object(), "its guard was raised");
        }
        Ok(())
    }

    /// There may be a note of garbage now.
    fn is_dirty(&self) {
        if self.notes_garbage {
            self.shared.dirty.lock().insert(self.partition);
        }
    }

    fn failed(mut self, error: Errno, sent: Guard) -> ApplyError {
        match error {
            // It may be on its way still, or have happened before we were fenced off.
            Errno::TIMED_OUT | Errno::SHUT_DOWN => {
                let _ = self.shared.error(error);
                self.shared.counts.unknown.fetch_add(1, Ordering::Relaxed);
                self.is_dirty();
                let blobs = self.taken.named();
                self.shared.leave_unsettled(Unsettled { group: self.group, sent, blobs });
                ApplyError::Unknown
            }
            other => self.shared.error(other).into(),
        }
    }
}

/// What a partition's attributes say of its guard.
pub(crate) fn guard_of(attributes: &[(String, Vec<u8>)]) -> Result<Guard, EngineError> {
    let value = attributes.iter().find(|(name, _)| name == GUARD).map(|(_, value)| &value[..]);
    Guard::decode(value.unwrap_or_default()).ok_or_else(|| unreadable("a partition's guard"))
}

impl Shared {
    fn guard(&self, partition: Partition) -> Guard {
        self.guards.lock().get(&partition).copied().unwrap_or_default()
    }

    /// A frozen partition is looked at again each time, so that no change is ever compared with that.
    pub(crate) fn set_guard(&self, partition: Partition, guard: Guard) {
        let mut guards = self.guards.lock();
        match guard.frost.is_frozen() || guard == Guard::default() {
            true => guards.remove(&partition),
            false => guards.insert(partition, guard),
        };
    }
}
