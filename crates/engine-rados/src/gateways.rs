//! Several gateways on one store: who lives, what the dead left, and when garbage may go.
//!
//! Each start is a gateway with a number of its own. It has a row in the object `gateways`, which it
//! writes again every sixth of a lease, with a count. Whoever sees a count stand still for a whole
//! lease, while its own renewals went through in time, takes that gateway for dead; clocks aren't
//! compared. Of those that live the one with the least number does what is to be done once. It
//!
//! 1. fences the dead one off: the cluster refuses whatever it still sends, so that one which was only
//!    stopped can't commit any more when it goes on. It is told so, and must be started again.
//! 2. looks at its intents (`blobs.rs`): a blob that a row of its group names stays, of others a note
//!    of garbage is made. Reading the rows made sure that the fence stands there.
//! 3. makes its notes of garbage its own.
//! 4. removes its object and its row. A crash before that only repeats some work.
//!
//! Garbage is removed when nobody can be reading it any more. A reader takes a *hold*, which remembers
//! the count; a gateway's row tells the oldest. Who collects reads notes, then all counts, and waits
//! until every gateway that lives has only holds behind the count that was read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::{BufMut, Bytes, BytesMut};
use engine::EngineError;
use parking_lot::Mutex;
use tokio::task::JoinHandle;

use crate::feed::Feed;
use crate::layout::{
    BlobId, GATEWAYS_OBJECT, Partition, decode_intent, garbage_key, garbage_prefix, id_of_garbage,
    id_of_intent, mark_key, partition_of_mark, pieces,
};
use crate::librados::{Errno, Look, Step};
use crate::settle::LENGTH_UNKNOWN;
use crate::shared::{Shared, unreadable};

/// Renewals in a lease.
pub(crate) const RENEWALS: u32 = 6;
/// How long a fence stands: longer than any client sleeps and still has something to send.
const FENCE_SECONDS: u32 = 24 * 3600;
/// Keys that are read at once.
const KEYS: u64 = 1000;
/// Partitions whose garbage is looked at together.
const PARTITIONS_AT_ONCE: usize = 64;

/// Numbers one start of one gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct GatewayId(pub(crate) u64);

impl GatewayId {
    pub(crate) const HEX_BYTES: usize = 16;

    pub(crate) fn random() -> Self {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(u64::from_le_bytes(bytes))
    }

    pub(crate) fn hex(self) -> String {
        format!("{:016x}", self.0)
    }

    fn parse(hex: &[u8]) -> Option<Self> {
        u64::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok().map(Self)
    }

    /// What it must not leave behind stands here.
    pub(crate) fn object(self) -> String {
        format!("g.{}", self.hex())
    }
}

/// Readers here, by the count at which they began.
#[derive(Default)]
pub(crate) struct Holds {
    /// The last count that the cluster has.
    published: AtomicU64,
    held: Mutex<BTreeMap<u64, usize>>,
}

/// One reader's.
pub(crate) struct Held {
    holds: Arc<Holds>,
    at: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = self.holds.held.lock();
        if let Some(count) = held.get_mut(&self.at) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.at);
            }
        }
    }
}

impl Holds {
    /// Counts from the renewal before: what the reader read since then, it may still read.
    pub(crate) fn take(self: &Arc<Self>) -> Held {
        let mut held = self.held.lock();
        let at = self.published.load(Ordering::SeqCst).saturating_sub(1);
        *held.entry(at).or_default() += 1;
        drop(held);
        Held { holds: Arc::clone(self), at }
    }

    /// The oldest that there is, or that may still be taken before the next count is published.
    fn oldest(&self) -> u64 {
        let held = self.held.lock();
        let next = self.published.load(Ordering::SeqCst).saturating_sub(1);
        held.keys().next().copied().unwrap_or(next).min(next)
    }
}

/// A gateway's row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lease {
    count: u64,
    oldest_hold: u64,
    /// It has ended in good order, and somebody has to see to what it left.
    left: bool,
    /// What to fence it by.
    address: String,
}

impl Lease {
    fn encode(&self) -> Bytes {
        let mut value = BytesMut::new();
        value.put_u64_le(self.count);
        value.put_u64_le(self.oldest_hold);
        value.put_u8(u8::from(self.left));
        value.put_slice(self.address.as_bytes());
        value.freeze()
    }

    fn decode(value: &[u8]) -> Option<Self> {
        let (count, rest) = value.split_first_chunk::<8>()?;
        let (oldest, rest) = rest.split_first_chunk::<8>()?;
        let (left, address) = rest.split_first()?;
        Some(Self {
            count: u64::from_le_bytes(*count),
            oldest_hold: u64::from_le_bytes(*oldest),
            left: *left == 1,
            address: String::from_utf8(address.to_vec()).ok()?,
        })
    }
}

/// All gateways as they were seen.
type Leases = BTreeMap<GatewayId, Lease>;

/// Notes of garbage that wait until nobody reads what they name.
pub(crate) struct Waiting {
    notes: Vec<(Partition, BlobId, u64)>,
    counts: BTreeMap<GatewayId, u64>,
}

impl Waiting {
    fn is_over(&self, leases: &Leases) -> bool {
        let behind = |(gateway, count): (&GatewayId, &u64)| {
            leases.get(gateway).is_none_or(|it| it.left || it.oldest_hold > *count)
        };
        self.counts.iter().all(behind)
    }
}

/// What a gateway does while nobody asks.
pub(crate) struct Upkeep {
    lease: Lease,
    /// The row as the cluster has it, as far as we know.
    written: Bytes,
    /// Others' counts, and since when they stand still.
    seen: HashMap<GatewayId, (u64, Instant)>,
    last_step: Instant,
    feed: Feed,
    /// What may take longer than a lease: renewals don't wait for it.
    chores: Option<JoinHandle<()>>,
}

impl Shared {
    pub(crate) fn renewal(&self) -> Duration {
        self.options.lease / RENEWALS
    }

    /// Notes, once for each partition, that there may be garbage in it that this gateway sees to. So
    /// it is found by who comes behind us.
    pub(crate) async fn mark_garbage(&self, partition: Partition) -> Result<(), EngineError> {
        let mut marked = self.marked.lock().await;
        if marked.contains(&partition) {
            return Ok(());
        }
        let rows = vec![(mark_key(partition), Bytes::from_static(b"x"))];
        let steps = vec![Step::Create, Step::SetRows(rows)];
        // Who deletes in a full pool has to say so.
        let done = self.index.write_even_if_full(&self.own_object(), steps).await;
        done.map_err(|it| self.error(it))?;
        marked.insert(partition);
        Ok(())
    }

    async fn leases(&self) -> Result<Leases, EngineError> {
        let mut leases = Leases::new();
        let mut after = Bytes::new();
        loop {
            let look = Look { list: Some((after, Bytes::new(), KEYS)), ..Look::default() };
            let seen = self.found(self.index.look(GATEWAYS_OBJECT, look).await)?;
            let Some(seen) = seen else { return Ok(leases) };
            for (key, value) in &seen.listed {
                let lease = GatewayId::parse(key).zip(Lease::decode(value));
                let (gateway, lease) = lease.ok_or_else(|| unreadable("a gateway's row"))?;
                leases.insert(gateway, lease);
            }
            match seen.listed.last() {
                Some((last, _)) if seen.more => after = last.clone(),
                _ => return Ok(leases),
            }
        }
    }

    /// Every row of an object whose key begins with a prefix and isn't it, page by page.
    pub(crate) async fn list_all(
        &self,
        object: &str,
        prefix: Bytes,
    ) -> Result<Vec<(Bytes, Bytes)>, EngineError> {
        let mut all = Vec::new();
        let mut after = prefix.clone();
        loop {
            let look = Look { list: Some((after, prefix.clone(), KEYS)), ..Look::default() };
            let Some(seen) = self.found(self.index.look(object, look).await)? else {
                return Ok(all);
            };
            all.extend(seen.listed);
            match all.last() {
                Some((last, _)) if seen.more => after = last.clone(),
                _ => return Ok(all),
            }
        }
    }
}

impl Upkeep {
    /// Registers this gateway.
    pub(crate) async fn begin(
        shared: &Arc<Shared>,
        address: String,
        feed: Feed,
    ) -> Result<Self, EngineError> {
        let lease = Lease { count: 0, oldest_hold: 0, left: false, address };
        let written = lease.encode();
        let rows = vec![(Bytes::from(shared.gateway.hex()), written.clone())];
        let steps = vec![Step::Create, Step::SetRows(rows)];
        let done = shared.index.write(GATEWAYS_OBJECT, steps).await;
        done.map_err(|it| shared.error(it))?;
        let leases = shared.leases().await?;
        let mut upkeep = Self {
            lease,
            written,
            seen: HashMap::new(),
            last_step: Instant::now(),
            feed,
            chores: None,
        };
        upkeep.judge(shared, &leases);
        Ok(upkeep)
    }

    /// One round of everything.
    pub(crate) async fn step(&mut self, shared: &Arc<Shared>) {
        // Who was stopped itself, or is slow, has no opinion of others.
        let late = self.last_step.elapsed() > 2 * shared.renewal();
        self.last_step = Instant::now();
        let renewed = self.renew(shared).await;
        if late || renewed.is_err() || self.last_step.elapsed() > shared.renewal() {
            self.seen.clear();
        }
        let looked = match renewed {
            Ok(()) => shared.leases().await,
            Err(error) => Err(error),
        };
        match looked {
            Ok(leases) => {
                let dead = self.judge(shared, &leases);
                if self.chores.as_ref().is_none_or(JoinHandle::is_finished) {
                    self.chores = Some(tokio::spawn(do_chores(Arc::clone(shared), dead, leases)));
                }
            }
            Err(error) => tracing::warn!(%error, "renewing the lease; it is tried again"),
        }
        self.feed.check().await;
    }

    async fn renew(&mut self, shared: &Shared) -> Result<(), EngineError> {
        self.lease.count += 1;
        self.lease.oldest_hold = shared.holds.oldest();
        let (key, value) = (Bytes::from(shared.gateway.hex()), self.lease.encode());
        let steps = vec![
            Step::RowIs(key.clone(), self.written.clone()),
            Step::SetRows(vec![(key.clone(), value.clone())]),
        ];
        match shared.index.write(GATEWAYS_OBJECT, steps).await {
            Ok(_) => {
                self.written = value;
                shared.holds.published.store(self.lease.count, Ordering::SeqCst);
                Ok(())
            }
            Err(Errno::CANCELED | Errno::NOT_FOUND) => {
                let look = Look { rows: vec![key], ..Look::default() };
                let seen = shared.found(shared.index.look(GATEWAYS_OBJECT, look).await)?;
                match seen.and_then(|it| it.rows.into_iter().next()) {
                    // A renewal without an answer went through.
                    Some((_, found)) => self.written = found,
                    None => shared.was_fenced(),
                }
                Err(EngineError::Slow("a renewal came in another order".into()))
            }
            Err(error) => Err(shared.error(error)),
        }
    }

    /// Who leads, and whom we take for dead if it is us.
    fn judge(&mut self, shared: &Shared, leases: &Leases) -> Vec<(GatewayId, Lease)> {
        let (now, lease) = (Instant::now(), shared.options.lease);
        let gone: Vec<_> =
            self.seen.keys().filter(|it| !leases.contains_key(it)).copied().collect();
        for gateway in gone {
            self.seen.remove(&gateway);
            // What it changed last it may not have told.
            shared.feeds.lost();
        }
        let mut dead = Vec::new();
        for (gateway, theirs) in leases.iter().filter(|(it, _)| **it != shared.gateway) {
            let (count, since) = self.seen.entry(*gateway).or_insert((theirs.count, now));
            if *count != theirs.count {
                (*count, *since) = (theirs.count, now);
            }
            if theirs.left || now.duration_since(*since) > lease {
                dead.push((*gateway, theirs.clone()));
            }
        }
        let is_dead = |it: &GatewayId| dead.iter().any(|(dead, _)| dead == it);
        let leads = leases.keys().find(|it| !is_dead(it)) == Some(&shared.gateway);
        shared.leads.store(leads, Ordering::Relaxed);
        let living = leases.len() - dead.len();
        shared.counts.gateways.store(living as u64, Ordering::Relaxed);
        if leads { dead } else { Vec::new() }
    }

    /// Unregisters this gateway; what is left, others see to.
    ///
    /// If it can't be told what became of its last changes it stays registered, as one that died: who
    /// comes behind it fences it off before looking.
    pub(crate) async fn end(mut self, shared: &Arc<Shared>) -> Result<(), EngineError> {
        self.feed.end().await;
        if let Some(chores) = self.chores.take() {
            let _ = chores.await;
        }
        shared.settle().await?;
        for (id, blob) in shared.sealed.take_all() {
            shared.remove_pieces(id, pieces(blob.length)).await?;
            shared.done_intents.lock().push(id);
        }
        forget_intents(shared).await?;
        let own = shared.own_object();
        let intents = shared.list_all(&own, Bytes::from_static(b"i")).await?;
        let is_clean =
            intents.is_empty() && shared.waiting.lock().is_none() && shared.dirty.lock().is_empty();
        let key = Bytes::from(shared.gateway.hex());
        let step = if is_clean {
            let removed = shared.index.write(&own, vec![Step::Remove]).await;
            shared.found(removed)?;
            Step::RemoveRows(vec![key])
        } else {
            self.lease.left = true;
            Step::SetRows(vec![(key, self.lease.encode())])
        };
        let done = shared.index.write(GATEWAYS_OBJECT, vec![step]).await;
        done.map(drop).map_err(|it| shared.error(it))
    }
}

/// What is done apart from renewals: the remains of the dead, garbage, intents.
async fn do_chores(shared: Arc<Shared>, dead: Vec<(GatewayId, Lease)>, leases: Leases) {
    shared.look_for_room().await;
    let work = async {
        for (gateway, lease) in dead {
            take_over(&shared, gateway, &lease).await?;
        }
        shared.settle().await?;
        collect(&shared, &leases).await?;
        forget_intents(&shared).await
    };
    if let Err(error) = work.await {
        tracing::warn!(%error, "a gateway's chores; they are tried again");
    }
}

/// Removes garbage that this gateway sees to, when nobody reads it any more.
async fn collect(shared: &Arc<Shared>, leases: &Leases) -> Result<(), EngineError> {
    let waiting = shared.waiting.lock().take();
    match waiting {
        Some(waiting) if waiting.is_over(leases) => remove_garbage(shared, waiting.notes).await,
        Some(waiting) => {
            *shared.waiting.lock() = Some(waiting);
            Ok(())
        }
        None => {
            let notes = notes_of_garbage(shared).await?;
            if notes.is_empty() {
                return Ok(());
            }
            // Behind the notes: whoever begins to read behind these counts finds other rows.
            let leases = match shared.leases().await {
                Ok(leases) => leases,
                Err(error) => {
                    shared.dirty.lock().extend(notes.iter().map(|it| it.0));
                    return Err(error);
                }
            };
            let counts = leases.iter().map(|(it, lease)| (*it, lease.count)).collect();
            *shared.waiting.lock() = Some(Waiting { notes, counts });
            Ok(())
        }
    }
}

/// Removes intents that are fulfilled.
async fn forget_intents(shared: &Shared) -> Result<(), EngineError> {
    let done = std::mem::take(&mut *shared.done_intents.lock());
    if done.is_empty() {
        return Ok(());
    }
    let keys = done.iter().map(|it| crate::layout::intent_key(*it)).collect();
    let removed = shared.index.write(&shared.own_object(), vec![Step::RemoveRows(keys)]).await;
    if removed.is_err() {
        shared.done_intents.lock().extend(done);
    }
    shared.found(removed).map(drop)
}

async fn notes_of_garbage(shared: &Shared) -> Result<Vec<(Partition, BlobId, u64)>, EngineError> {
    let some: Vec<Partition> = {
        let mut dirty = shared.dirty.lock();
        let some: Vec<_> = dirty.iter().take(PARTITIONS_AT_ONCE).copied().collect();
        dirty.retain(|it| !some.contains(it));
        some
    };
    let mut notes = Vec::new();
    for partition in &some {
        match list_garbage(shared, *partition, shared.gateway).await {
            Ok((found, more)) => {
                notes.extend(found.into_iter().map(|(id, length)| (*partition, id, length)));
                if more {
                    shared.dirty.lock().insert(*partition);
                }
            }
            Err(error) => {
                shared.dirty.lock().extend(some);
                return Err(error);
            }
        }
    }
    Ok(notes)
}

async fn list_garbage(
    shared: &Shared,
    partition: Partition,
    of: GatewayId,
) -> Result<(Vec<(BlobId, u64)>, bool), EngineError> {
    let prefix = garbage_prefix(of);
    let look = Look { list: Some((prefix.clone(), prefix, KEYS)), ..Look::default() };
    let seen = shared.found(shared.index.look(&partition.object(), look).await)?;
    let Some(seen) = seen else { return Ok((vec![], false)) };
    let note = |(key, value): &(Bytes, Bytes)| {
        let length = u64::from_le_bytes(value[..].try_into().ok()?);
        Some((id_of_garbage(key)?, length))
    };
    let notes: Option<Vec<_>> = seen.listed.iter().map(note).collect();
    Ok((notes.ok_or_else(|| unreadable("a note of garbage"))?, seen.more))
}

/// First the bytes, then the notes.
async fn remove_garbage(
    shared: &Shared,
    notes: Vec<(Partition, BlobId, u64)>,
) -> Result<(), EngineError> {
    let mut by_partition: BTreeMap<Partition, Vec<Bytes>> = BTreeMap::new();
    let partitions: HashSet<Partition> = notes.iter().map(|it| it.0).collect();
    let work = async {
        for (partition, id, length) in &notes {
            match *length {
                LENGTH_UNKNOWN => shared.remove_all_pieces(*id).await?,
                length => shared.remove_pieces(*id, pieces(length)).await?,
            }
            let keys = by_partition.entry(*partition).or_default();
            keys.push(garbage_key(shared.gateway, *id));
        }
        for (partition, keys) in by_partition {
            let count = keys.len() as u64;
            let removed =
                shared.index.write(&partition.object(), vec![Step::RemoveRows(keys)]).await;
            shared.found(removed)?;
            shared.counts.collected.fetch_add(count, Ordering::Relaxed);
        }
        Ok(())
    };
    let done: Result<(), EngineError> = work.await;
    if done.is_err() {
        shared.dirty.lock().extend(partitions);
    }
    done
}

/// Sees to what a dead gateway left.
async fn take_over(
    shared: &Arc<Shared>,
    gateway: GatewayId,
    lease: &Lease,
) -> Result<(), EngineError> {
    let own_address = shared.address.clone();
    if !lease.left && lease.address != own_address {
        tracing::warn!(gateway = gateway.hex(), address = lease.address, "is dead: fenced off");
        shared.counts.fenced_others.fetch_add(1, Ordering::Relaxed);
        let (cluster, address) = (Arc::clone(&shared.cluster), lease.address.clone());
        let fenced = tokio::task::spawn_blocking(move || cluster.fence(&address, FENCE_SECONDS));
        let fenced = fenced.await.map_err(|e| EngineError::Unavailable(e.to_string()))?; // 1
        fenced.map_err(|it| EngineError::Unavailable(format!("fencing a gateway off: {it}")))?;
    }
    let object = gateway.object();
    for (key, value) in shared.list_all(&object, Bytes::from_static(b"i")).await? {
        let intent = id_of_intent(&key).zip(decode_intent(&value));
        let (id, group) = intent.ok_or_else(|| unreadable("an intent"))?;
        shared.free_unnamed(&group, &[(id, LENGTH_UNKNOWN)]).await?; // 2
    }
    for (key, _) in shared.list_all(&object, Bytes::from_static(b"m")).await? {
        let partition = partition_of_mark(&key).ok_or_else(|| unreadable("a mark"))?;
        adopt_garbage(shared, partition, gateway).await?; // 3
    }
    let removed = shared.index.write(&object, vec![Step::Remove]).await; // 4
    shared.found(removed)?;
    let key = Bytes::from(gateway.hex());
    let removed = shared.index.write(GATEWAYS_OBJECT, vec![Step::RemoveRows(vec![key])]).await;
    shared.found(removed)?;
    shared.feeds.lost();
    Ok(())
}

async fn adopt_garbage(
    shared: &Shared,
    partition: Partition,
    from: GatewayId,
) -> Result<(), EngineError> {
    loop {
        let (notes, more) = list_garbage(shared, partition, from).await?;
        if notes.is_empty() {
            return Ok(());
        }
        shared.mark_garbage(partition).await?;
        let note = |(id, length): &(BlobId, u64)| {
            (garbage_key(shared.gateway, *id), Bytes::copy_from_slice(&length.to_le_bytes()))
        };
        let steps = vec![
            Step::SetRows(notes.iter().map(note).collect()),
            Step::RemoveRows(notes.iter().map(|(id, _)| garbage_key(from, *id)).collect()),
        ];
        let done = shared.index.write(&partition.object(), steps).await;
        done.map_err(|it| shared.error(it))?;
        shared.dirty.lock().insert(partition);
        if !more {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lease(count: u64, oldest_hold: u64) -> Lease {
        Lease { count, oldest_hold, left: false, address: "127.0.0.1:0/7".into() }
    }

    #[test]
    fn a_lease_is_read_back() {
        let lease = Lease { left: true, ..lease(5, 3) };
        assert_eq!(Lease::decode(&lease.encode()), Some(lease));
    }

    #[test]
    fn garbage_waits_for_readers_that_may_have_seen_its_rows() {
        let holds = Arc::new(Holds::default());
        holds.published.store(7, Ordering::SeqCst);
        let reader = holds.take();
        // Notes were read when the count was 7.
        let waiting = Waiting { notes: vec![], counts: BTreeMap::from([(GatewayId(1), 7)]) };
        let published = |count: u64, holds: &Holds| {
            holds.published.store(count, Ordering::SeqCst);
            Leases::from([(GatewayId(1), lease(count, holds.oldest()))])
        };
        for count in 8..20 {
            assert!(!waiting.is_over(&published(count, &holds)), "{count}: it still reads");
        }
        drop(reader);
        assert!(waiting.is_over(&published(20, &holds)));
        // One that began just before the next count is seen as if it had begun before.
        holds.published.store(8, Ordering::SeqCst);
        let late = holds.take();
        assert!(!waiting.is_over(&published(9, &holds)));
        drop(late);
        assert!(waiting.is_over(&Leases::new()), "its gateway is gone");
    }
}
