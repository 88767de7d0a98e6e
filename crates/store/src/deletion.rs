//! The end of buckets.
//!
//! Nothing is atomic across the name's group and the bucket's space, so a deletion takes steps:
//!
//! 0. Look for an object. There is one nearly always when a deletion fails: then nobody is disturbed.
//! 1. Mark the name's row as being deleted, with a lease and a number of the attempt.
//! 2. Freeze the space: who comes later fails, who came is visible.
//! 3. Look again. If there is an object, thaw and unmark.
//! 4. Remove the name and leave a note to drop the space, in one change that expects the mark.
//! 5. Drop the space, and then the note.
//!
//! A crash behind 1, 2 or 3 leaves a lease. When it has ended, whoever comes first *takes over*:
//! marks the row with a number of its own, so that a removal (4) that may still be under way fails,
//! and only then thaws. A crash behind 4 leaves the note, which background work finds.
//!
//! Every mark raises the row's attempt, which is the epoch of the freeze and the thaw that follow it.
//! So one that slept past its lease, here or in another gateway, can neither freeze what another gave
//! back nor thaw what another froze: the engine says that it was superseded. In one process only one
//! works at a name ([`Turn`]), which spares the others a lost race.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use engine::{
    ApplyError, Change, Expectation, Expected, Group, PutRow, Row, RowKey, RowRange, ScanLimit,
    Space, Table,
};

use crate::bucket::{Bucket, name_group, name_row, owner_row};
use crate::config::Config;
use crate::error::StoreError;
use crate::rows::{BucketRow, Life};
use crate::{Store, random, to_the_end};

/// How long whoever deletes a bucket has for it; then others take over.
const LEASE: Duration = Duration::from_secs(30);

/// What says that a space is to be dropped.
fn drop_note(space: Space) -> RowKey {
    RowKey::new(Table::Local, format!("drop/{:016x}", space.0))
}

/// What every drop note begins with.
pub(crate) const DROP_PREFIX: &str = "drop/";

/// The space that a drop note is about.
pub(crate) fn space_of_note(note: &RowKey) -> Result<Space, StoreError> {
    let text = std::str::from_utf8(&note.sub).ok().and_then(|it| it.strip_prefix(DROP_PREFIX));
    let number = text.and_then(|it| u64::from_str_radix(it, 16).ok());
    number.map(Space).ok_or_else(|| StoreError::Damaged("a drop note".into()))
}

/// The right to work at a bucket's deletion, in this process.
struct Turn {
    store: Store,
    name: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.store.inner.deletions.lock().remove(&self.name);
    }
}

/// A name's row as somebody marked it.
struct Marked {
    row: Row,
    value: BucketRow,
}

impl Store {
    /// Deletes a bucket that holds no object. Open uploads go with it, as on AWS.
    pub async fn delete_bucket(&self, bucket: &Arc<Bucket>) -> Result<(), StoreError> {
        let turn = self.take_turn(&bucket.name).ok_or(StoreError::Busy)?;
        let (store, bucket) = (self.clone(), Arc::clone(bucket));
        to_the_end(async move { store.delete_in_turn(&bucket, turn).await }).await
    }

    fn take_turn(&self, name: &str) -> Option<Turn> {
        let name = name.to_owned();
        let mine = self.inner.deletions.lock().insert(name.clone());
        mine.then(|| Turn { store: self.clone(), name })
    }

    async fn delete_in_turn(&self, bucket: &Bucket, _turn: Turn) -> Result<(), StoreError> {
        let group = name_group(&bucket.name);
        let (row, value) = self.bucket_row(&bucket.name).await?.ok_or(StoreError::NoSuchBucket)?;
        if value.space != bucket.space.0 {
            return Err(StoreError::NoSuchBucket);
        }
        match value.life {
            Life::Deleting { until, .. } if until > self.now() => return Err(StoreError::Busy),
            Life::Deleting { .. } => {}
            Life::Active if !self.is_empty(bucket.space).await? => {
                return Err(StoreError::BucketNotEmpty); // 0
            }
            Life::Active => {}
        }
        let marked = self.mark(&group, row, value).await?; // 1
        self.forget_bucket(&bucket.name);
        match self.freeze_and_look(bucket.space, marked.value.attempt).await {
            Ok(true) => {}
            // No removal was sent, so none can hit what is thawed.
            Ok(false) => {
                self.revive(&group, marked).await?;
                return Err(StoreError::BucketNotEmpty);
            }
            Err(error) => {
                if let Err(error) = self.revive(&group, marked).await {
                    tracing::warn!(%error, bucket = bucket.name, "stays frozen for a while");
                }
                return Err(error);
            }
        }
        self.remove_name(&group, bucket, marked).await?; // 4: the bucket is gone
        self.forget_bucket(&bucket.name);
        if let Err(error) = self.finish_drop(&group, bucket.space).await {
            tracing::warn!(%error, bucket = bucket.name, "background work will drop it");
        }
        Ok(())
    }

    /// 2 and 3: true if there is nothing that keeps a bucket alive.
    async fn freeze_and_look(&self, space: Space, attempt: u64) -> Result<bool, StoreError> {
        self.engine().freeze(space, attempt).await?;
        self.is_empty(space).await
    }

    async fn is_empty(&self, space: Space) -> Result<bool, StoreError> {
        for table in [Table::Heads, Table::Versions] {
            let page = self.engine().scan(table, RowRange::all(space), ScanLimit::rows(1)).await?;
            if !page.entries.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn remove_name(
        &self,
        group: &Group,
        bucket: &Bucket,
        marked: Marked,
    ) -> Result<(), StoreError> {
        let note = PutRow { row: drop_note(bucket.space), value: Bytes::new(), blobs: vec![] };
        let names = [name_row(), owner_row(bucket.owner, &bucket.name)];
        let gone = names.into_iter().chain(Config::ALL.map(Config::row));
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Exactly(marked.row) }],
            delete: gone.collect(),
            put: vec![note],
            ..Change::default()
        };
        match self.engine().apply(group, change).await {
            Ok(_) => Ok(()),
            Err(ApplyError::Unknown) => match self.bucket_row(&bucket.name).await? {
                Some((_, row)) if row.space == bucket.space.0 => Err(StoreError::no_answer()),
                // Only the removal that was sent removes this mark.
                _ => Ok(()),
            },
            Err(error) => Err(system_refusal(error)),
        }
    }

    /// 1: marks a name's row with a lease and a number of one's own.
    async fn mark(
        &self,
        group: &Group,
        row: Row,
        mut value: BucketRow,
    ) -> Result<Marked, StoreError> {
        let by = random();
        value.life = Life::Deleting { until: self.now().plus(LEASE), by };
        value.attempt += 1;
        let row = self.rewrite_name(group, row, &value).await?;
        Ok(Marked { row, value })
    }

    /// Takes over a deletion whose lease has ended, and gives the bucket back to its users.
    pub(crate) async fn take_over(
        &self,
        name: &str,
        row: Row,
        value: BucketRow,
    ) -> Result<(), StoreError> {
        let Some(_turn) = self.take_turn(name) else { return Ok(()) };
        let group = name_group(name);
        let marked = self.mark(&group, row, value).await?;
        self.revive(&group, marked).await
    }

    /// Gives a bucket back to its users. The mark goes last: a crash before leaves a lease.
    async fn revive(&self, group: &Group, marked: Marked) -> Result<(), StoreError> {
        let Marked { row, mut value } = marked;
        self.engine().thaw(Space(value.space), value.attempt).await?;
        value.life = Life::Active;
        self.rewrite_name(group, row, &value).await.map(drop)
    }

    /// 5: drops a space whose bucket is gone, and then the note of it.
    pub(crate) async fn finish_drop(&self, group: &Group, space: Space) -> Result<(), StoreError> {
        self.engine().drop_space(space).await?;
        let change = Change { delete: vec![drop_note(space)], ..Change::default() };
        self.engine().apply(group, change).await.map_err(system_refusal)?;
        Ok(())
    }

    async fn rewrite_name(
        &self,
        group: &Group,
        row: Row,
        value: &BucketRow,
    ) -> Result<Row, StoreError> {
        let value = value.encode();
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Exactly(row) }],
            put: vec![PutRow { row: name_row(), value: value.clone(), blobs: vec![] }],
            ..Change::default()
        };
        let written = Row::of(value);
        match self.engine().apply(group, change).await {
            Ok(_) => Ok(written),
            Err(ApplyError::Unknown) => match self.engine().get(group, &name_row()).await? {
                Some(row) if row == written => Ok(written),
                _ => Err(StoreError::no_answer()),
            },
            Err(error) => Err(system_refusal(error)),
        }
    }
}

/// What a change of a name that can't be judged again is refused with.
fn system_refusal(error: ApplyError) -> StoreError {
    match error {
        ApplyError::Mismatch(rows) if rows.iter().all(|it| it.found.is_none()) => {
            StoreError::NoSuchBucket
        }
        ApplyError::Mismatch(_) => StoreError::Busy,
        ApplyError::Frozen => unreachable!("the system's space is never frozen"),
        ApplyError::Unknown => StoreError::no_answer(),
        ApplyError::Engine(error) => error.into(),
    }
}
