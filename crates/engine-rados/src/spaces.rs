//! Spaces: freezing, fencing, dropping, counting. Each goes through all of a space's partitions.

use std::sync::Arc;

use bytes::Bytes;
use engine::{CounterId, EngineError, FreezeError, Frost, Space};
use futures_util::future::join_all;

use crate::apply::guard_of;
use crate::layout::{
    GUARD, Guard, Partition, Place, Sums, decode_deltas, decode_row, delta_prefix, garbage_key,
    is_garbage, is_row, sum_key,
};
use crate::librados::{Errno, Look, Step};
use crate::shared::{Shared, unreadable};

/// Keys that a drop removes at once.
const DROP_KEYS: u64 = 500;
/// Deltas that are read, and folded, at once.
const DELTAS_AT_ONCE: u64 = 500;
/// Deltas of one gateway in a partition behind which it folds them.
const FOLD_AFTER: usize = 64;
/// How often a look at counters begins again because they were folded meanwhile.
const COUNT_TRIES_MAX: usize = 100;

impl Shared {
    /// Freezes or thaws. Each partition's attribute only ever grows.
    pub(crate) async fn freeze(&self, space: Space, frost: Frost) -> Result<(), FreezeError> {
        assert_ne!(space, Space::SYSTEM, "the system's space is never frozen");
        self.is_open()?;
        let all = Partition::all(space, self.partitions).map(|it| self.freeze_partition(it, frost));
        join_all(all).await.into_iter().collect()
    }

    async fn guard_now(&self, partition: Partition) -> Result<Guard, EngineError> {
        let look = Look { attributes: true, ..Look::default() };
        match self.found(self.index.look(&partition.object(), look).await)? {
            Some(seen) => guard_of(&seen.attributes),
            None => Ok(Guard::default()),
        }
    }

    async fn freeze_partition(&self, partition: Partition, to: Frost) -> Result<(), FreezeError> {
        let superseded = Err(FreezeError::Superseded);
        let raise = |now: Guard| (now.frost <= to).then_some(Guard { frost: to, ..now });
        self.raise(partition, raise).await?.map_or(superseded, |_| Ok(()))
    }

    /// Makes sure that a change which was sent with this guard, and had no answer, has happened or
    /// never will.
    pub(crate) async fn fence(&self, partition: Partition, sent: Guard) -> Result<(), EngineError> {
        let raise = |now: Guard| (now == sent).then_some(Guard { epoch: now.epoch + 1, ..now });
        if let Some(raised) = self.raise(partition, raise).await? {
            self.set_guard(partition, raised);
        }
        Ok(())
    }

    /// Raises a partition's guard as far as `raise` wants it, given what it is. None if it doesn't.
    async fn raise(
        &self,
        partition: Partition,
        raise: impl Fn(Guard) -> Option<Guard>,
    ) -> Result<Option<Guard>, EngineError> {
        loop {
            let now = self.guard_now(partition).await?;
            let Some(raised) = raise(now) else { return Ok(None) };
            let steps = vec![
                Step::AttributeIs(GUARD, now.encode()),
                Step::SetAttribute(GUARD, raised.encode()),
            ];
            match self.index.write(&partition.object(), steps).await {
                Ok(_) => return Ok(Some(raised)),
                Err(Errno::CANCELED) => {}
                Err(Errno::NOT_FOUND) => self.make_partition(partition).await?,
                Err(error) => return Err(self.error(error)),
            }
        }
    }

    /// An operation that compares can't make its object: an OSD compares with what is stored. So the
    /// first one of a partition fails, and it is made then. It never goes.
    pub(crate) async fn make_partition(&self, partition: Partition) -> Result<(), EngineError> {
        let made = self.index.write(&partition.object(), vec![Step::Create]).await;
        made.map(drop).map_err(|it| self.error(it))
    }

    /// Removes all that is in a frozen space. What is left are its partitions, empty and frozen.
    pub(crate) async fn drop_space(&self, space: Space) -> Result<(), EngineError> {
        self.is_open()?;
        let all = || Partition::all(space, self.partitions);
        for guard in join_all(all().map(|it| self.guard_now(it))).await {
            assert!(guard?.frost.is_frozen(), "a space is frozen before it is dropped");
        }
        join_all(all().map(|it| self.drop_partition(it))).await.into_iter().collect()
    }

    async fn drop_partition(&self, partition: Partition) -> Result<(), EngineError> {
        let object = partition.object();
        let mut after = Bytes::new();
        loop {
            let list = Some((after, Bytes::new(), DROP_KEYS));
            let look = Look { list, ..Look::default() };
            let Some(seen) = self.found(self.index.look(&object, look).await)? else {
                return Ok(());
            };
            let (mut remove, mut garbage) = (Vec::new(), Vec::new());
            // Notes of garbage stay, for whoever sees to them.
            for (key, value) in seen.listed.iter().filter(|(key, _)| !is_garbage(key)) {
                remove.push(key.clone());
                if !is_row(key) {
                    continue;
                }
                let row = decode_row(value).ok_or_else(|| unreadable("a row"))?;
                for blob in row.blobs.iter().filter(|it| it.length > 0) {
                    if let Some(Place::Large { id }) = Place::of(blob) {
                        let length = Bytes::copy_from_slice(&blob.length.to_le_bytes());
                        garbage.push((garbage_key(self.gateway, id), length));
                    }
                }
            }
            let mut steps = Vec::new();
            let is_dirty = !garbage.is_empty();
            if is_dirty {
                self.mark_garbage(partition).await?;
                steps.push(Step::SetRows(garbage));
            }
            if !remove.is_empty() {
                steps.push(Step::RemoveRows(remove));
            }
            if !steps.is_empty() {
                let done = self.index.write(&object, steps).await;
                done.map_err(|it| self.error(it))?;
            }
            if is_dirty {
                self.dirty.lock().insert(partition);
            }
            match seen.listed.last() {
                Some((last, _)) if seen.more => after = last.clone(),
                _ => return Ok(()),
            }
        }
    }

    /// A space's counters: of each partition as of one moment of the call.
    pub(crate) async fn counters(
        self: &Arc<Self>,
        space: Space,
    ) -> Result<Vec<(CounterId, i64)>, EngineError> {
        self.is_open()?;
        let all = Partition::all(space, self.partitions).map(|it| self.count(it));
        let mut sums = Sums::default();
        for counted in join_all(all).await {
            sums.add(&counted?);
        }
        sums.counters.sort();
        Ok(sums.counters)
    }

    async fn count(&self, partition: Partition) -> Result<Vec<(CounterId, i64)>, EngineError> {
        'again: for _ in 0..COUNT_TRIES_MAX {
            let mut first: Option<Sums> = None;
            let mut total = Sums::default();
            let mut after = delta_prefix();
            loop {
                let Some(page) = self.deltas(partition, after).await? else {
                    return Ok(vec![]);
                };
                match &first {
                    None => {
                        total.add(&page.sums.counters);
                        first = Some(page.sums);
                    }
                    // Between two pages deltas have become part of the sums.
                    Some(before) if before.folded != page.sums.folded => continue 'again,
                    Some(_) => {}
                }
                for (_, value) in &page.deltas {
                    total.add(&decode_deltas(value).ok_or_else(|| unreadable("a delta"))?);
                }
                match page.deltas.last() {
                    Some((last, _)) if page.more => after = last.clone(),
                    _ => return Ok(total.counters),
                }
            }
        }
        Err(EngineError::Slow("counters kept being folded".into()))
    }

    async fn deltas(
        &self,
        partition: Partition,
        after: Bytes,
    ) -> Result<Option<Deltas>, EngineError> {
        let look = Look {
            rows: vec![sum_key()],
            list: Some((after, delta_prefix(), DELTAS_AT_ONCE)),
            ..Look::default()
        };
        let seen = self.index.look(&partition.object(), look).await;
        let Some(seen) = self.found(seen)? else { return Ok(None) };
        let raw = seen.rows.first().map(|(_, value)| value.clone()).unwrap_or_default();
        let sums = match raw.is_empty() {
            true => Sums::default(),
            false => Sums::decode(&raw).ok_or_else(|| unreadable("counters"))?,
        };
        Ok(Some(Deltas { raw, sums, deltas: seen.listed, more: seen.more }))
    }

    /// A change with deltas has happened.
    pub(crate) fn counted(self: &Arc<Self>, partition: Partition) {
        let mut unfolded = self.unfolded.lock();
        let count = unfolded.entry(partition).or_default();
        *count += 1;
        if *count < FOLD_AFTER {
            return;
        }
        unfolded.remove(&partition);
        drop(unfolded);
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            let _gate = Arc::clone(&shared.gate).read_owned().await;
            if let Err(error) = shared.fold(partition).await {
                tracing::debug!(%error, "deltas stay for later");
            }
        });
    }

    /// Makes deltas part of the sums, each exactly once: the operation compares the sums, of which no
    /// two foldings leave the same, and every delta, which a drop may have removed.
    pub(crate) async fn fold(&self, partition: Partition) -> Result<(), EngineError> {
        if self.is_open().is_err() {
            return Ok(());
        }
        let Some(page) = self.deltas(partition, delta_prefix()).await? else { return Ok(()) };
        if page.deltas.is_empty() {
            return Ok(());
        }
        let mut sums = page.sums;
        sums.folded += 1;
        let mut steps = vec![Step::RowIs(sum_key(), page.raw)];
        for (key, value) in &page.deltas {
            sums.add(&decode_deltas(value).ok_or_else(|| unreadable("a delta"))?);
            steps.push(Step::RowIs(key.clone(), value.clone()));
        }
        steps.push(Step::SetRows(vec![(sum_key(), sums.encode())]));
        steps.push(Step::RemoveRows(page.deltas.into_iter().map(|(key, _)| key).collect()));
        match self.index.write(&partition.object(), steps).await {
            Ok(_) | Err(Errno::CANCELED) => Ok(()),
            Err(error) => Err(self.error(error)),
        }
    }
}

/// Sums and some deltas that aren't in them yet, of one moment.
struct Deltas {
    /// The sums as they are stored.
    raw: Bytes,
    sums: Sums,
    deltas: Vec<(Bytes, Bytes)>,
    more: bool,
}
