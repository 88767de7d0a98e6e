//! The simulated engine: the whole contract in memory, with as much mischief as it allows.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};
use types::ByteSpan;

use super::mischief::{Chaos, Mischief};
use super::shelf::{Blob, Shelf};
use crate::book::{Ahead, Book, Effect};
use crate::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, ChangeEvent, Changes, CounterId,
    Engine, EngineError, Feeds, FreezeError, Frost, Group, Hold, NewBlob, Page, Purpose, PutRow,
    Row, RowKey, RowRange, ScanLimit, SizeHint, Space, Stamp, Status, Table,
};

/// Bodies up to this travel in changes.
const INLINE_BYTES_MAX: usize = 4096;
/// Pieces that a reader gives: small, so that tests see several.
const PIECE_BYTES: usize = 1000;
/// Rows that one step of a drop removes.
const DROP_ROWS: usize = 100;

/// An engine in memory. Clones are the same engine.
#[derive(Clone, Default)]
pub struct SimEngine {
    state: Arc<Mutex<State>>,
    /// A change holds it while it is made; a test that stalls changes, until it is done.
    turn: Arc<RwLock<()>>,
}

#[derive(Default)]
struct State {
    book: Book,
    shelf: Shelf,
    feeds: Feeds,
    stamp: u64,
    closed: bool,
    full: bool,
    chaos: Option<Chaos>,
    /// Changes answered `Unknown` that may yet happen.
    late: Vec<(Group, Change)>,
}

impl SimEngine {
    /// An empty engine that behaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty engine that misbehaves so.
    pub fn with(mischief: Mischief) -> Self {
        let state = State { chaos: Some(Chaos::new(mischief)), ..State::default() };
        Self { state: Arc::new(Mutex::new(state)), turn: Arc::default() }
    }

    /// Closes this engine and opens another on what lasts: rows and their blobs, counters, freezes.
    pub fn reopen(&self) -> Self {
        let mut old = self.state.lock();
        old.close();
        let mut new = State {
            book: old.book.clone(),
            shelf: old.shelf.clone(),
            stamp: old.stamp,
            full: old.full,
            chaos: old.chaos.clone(),
            late: std::mem::take(&mut old.late),
            ..State::default()
        };
        while !new.late.is_empty() {
            new.settle_one_late();
        }
        new.shelf.discard_unnamed();
        Self { state: Arc::new(Mutex::new(new)), turn: Arc::default() }
    }

    /// The same engine, which from now on misbehaves so, or behaves.
    pub fn misbehaving(self, mischief: Option<Mischief>) -> Self {
        self.state.lock().chaos = mischief.map(Chaos::new);
        self
    }

    /// How many blobs are kept, those that no row names included.
    pub fn blob_count(&self) -> usize {
        self.state.lock().shelf.count()
    }

    /// Moves the first blob of a row as a disk's space reclaimer would: the row changes, the old
    /// place is gone. False if there is no such row, no blob in it, or it is fixed.
    pub fn move_blob(&self, group: &Group, row: &RowKey) -> bool {
        let mut state = self.state.lock();
        let found = state.book.get(group, row).and_then(|it| it.blobs.first().copied());
        let movable =
            |blob: &BlobRef| state.shelf.find(blob).is_ok_and(|it| it.purpose == Purpose::Movable);
        let Some(blob) = found.filter(movable) else { return false };
        state.move_blob(blob, row.encode(group));
        true
    }

    /// From now on (or no longer) there is no space for new bytes.
    pub fn set_full(&self, full: bool) {
        self.state.lock().full = full;
    }

    /// Changes wait from now on, as on a slow disk, until what this gives is dropped.
    pub async fn stall_changes(&self) -> OwnedRwLockWriteGuard<()> {
        Arc::clone(&self.turn).write_owned().await
    }

    /// Damages a blob: its readers end with `Corrupt`. A blob that isn't there is a test's mistake.
    pub fn damage_blob(&self, blob: &BlobRef) {
        self.state.lock().shelf.damage(blob);
    }

    /// What may happen before and after any call.
    async fn interlude(&self) {
        let turns = self.state.lock().make_mischief();
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    }

    /// A call: mischief, then the work in one step.
    async fn call<T, E: From<EngineError>>(
        &self,
        work: impl FnOnce(&mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        self.interlude().await;
        let result = {
            let mut state = self.state.lock();
            state.check_open()?;
            work(&mut state)
        };
        self.interlude().await;
        result
    }

    async fn set_frost(&self, space: Space, frost: Frost) -> Result<(), FreezeError> {
        assert_ne!(space, Space::SYSTEM, "the system's space is never frozen");
        self.call(|state| {
            if state.book.frost(space) > frost {
                return Err(FreezeError::Superseded);
            }
            state.enter(&Effect { freeze: vec![(space, frost)], ..Effect::default() });
            Ok(())
        })
        .await
    }
}

impl State {
    fn check_open(&self) -> Result<(), EngineError> {
        match self.closed {
            true => Err(EngineError::Unavailable("closed".into())),
            false => Ok(()),
        }
    }

    /// Whether a row to write takes room that deletions don't give: it brings a body, or is new and no note.
    fn adds(&self, group: &Group, put: &PutRow) -> bool {
        let inline = |it: &NewBlob| matches!(it, NewBlob::Inline(_));
        let is_new = || self.book.get(group, &put.row).is_none();
        put.blobs.iter().any(inline) || (put.row.table != Table::Local && is_new())
    }

    fn check_room(&self) -> Result<(), EngineError> {
        if self.full { Err(EngineError::Full) } else { Ok(()) }
    }

    fn close(&mut self) {
        self.closed = true;
        self.feeds.close();
    }

    fn strikes(&mut self, which: fn(&Mischief) -> u64) -> bool {
        self.chaos.as_mut().is_some_and(|it| it.strikes(which))
    }

    fn below(&mut self, end: u64) -> u64 {
        self.chaos.as_mut().map_or(0, |it| it.random.below(end))
    }

    /// Tells how many turns the other tasks get.
    fn make_mischief(&mut self) -> u64 {
        if self.closed {
            return 0;
        }
        if self.strikes(|it| it.outages) {
            self.close();
            return 0;
        }
        if self.strikes(|it| it.moves) {
            self.move_some_blob();
        }
        if !self.late.is_empty() && self.below(4) == 0 {
            self.settle_one_late();
        }
        if self.strikes(|it| it.yields) { 1 + self.below(3) } else { 0 }
    }

    fn settle_one_late(&mut self) {
        let which = self.below(self.late.len() as u64) as usize;
        let (group, change) = self.late.swap_remove(which);
        // If it can't happen any more nobody is left to be told.
        let _ = self.apply(&group, change);
    }

    fn move_some_blob(&mut self) {
        let Some(chaos) = &mut self.chaos else { return };
        if let Some((blob, key)) = self.shelf.some_movable(&mut chaos.random) {
            self.move_blob(blob, key);
        }
    }

    fn move_blob(&mut self, old: BlobRef, key: Bytes) {
        let (group, row) = RowKey::decode(&key).expect("owners are encoded keys");
        let mut moved = self.book.get(&group, &row).expect("a blob's owner is there");
        let blob = self.shelf.find(&old).expect("a row's blobs are there").clone();
        let new = self.shelf.put(blob);
        for it in moved.blobs.iter_mut().filter(|it| **it == old) {
            *it = new;
        }
        let rows = vec![(key, Some(moved))];
        self.enter(&Effect { rows, free: vec![old], ..Effect::default() });
        self.feeds.send(&group);
    }

    fn enter(&mut self, effect: &Effect) -> Stamp {
        self.book.enter(effect);
        self.shelf.enter(effect);
        self.stamp += 1;
        Stamp(self.stamp)
    }

    fn apply(&mut self, group: &Group, change: Change) -> Result<Stamp, ApplyError> {
        let Self { book, shelf, .. } = self;
        let ahead = Ahead::of(book);
        ahead.judge(group, &change)?;
        let rows: Vec<Bytes> = change.rows().map(|it| it.encode(group)).collect();
        shelf.may_name(group, change.put.iter().flat_map(|it| &it.blobs), &rows)?;
        let effect = ahead.effect(group, change, |bytes| {
            shelf.put(Blob::new(bytes, group.clone(), Purpose::Movable))
        });
        let stamp = self.enter(&effect);
        self.feeds.send(group);
        Ok(stamp)
    }

    /// An `apply` whose answer is lost.
    fn apply_unknown(&mut self, group: &Group, change: Change) {
        if self.below(2) == 0 {
            let _ = self.apply(group, change);
        } else if self.strikes(|it| it.late) {
            self.late.push((group.clone(), change));
        }
    }
}

impl Engine for SimEngine {
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            self.call(|state| state.check_room()).await?;
            let (group, bytes) = (group.clone(), Vec::new());
            let writer = Writer { engine: self.clone(), group, hint, bytes };
            Ok(Box::new(writer) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(self.call(move |state| {
            if span.start > span.end || span.end > blob.length {
                return Err(EngineError::Corrupt("a span outside its blob".into()));
            }
            let found = state.shelf.find(blob)?;
            let bytes = found.bytes.slice(span.start as usize..span.end as usize);
            Ok(Box::new(Reader { bytes, damaged: found.damaged }) as Box<dyn BlobReader>)
        }))
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        Box::pin(async move {
            change.assert_valid(group, INLINE_BYTES_MAX);
            let _turn = self.turn.read().await;
            self.call(|state| {
                if change.put.iter().any(|it| state.adds(group, it)) {
                    state.check_room()?;
                }
                if state.strikes(|it| it.unknown) {
                    state.apply_unknown(group, change);
                    return Err(ApplyError::Unknown);
                }
                state.apply(group, change)
            })
            .await
        })
    }

    fn discard(&self, blob: BlobRef) {
        self.state.lock().shelf.discard(&blob);
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(self.call(move |state| Ok(state.book.get(group, row))))
    }

    fn scan(&self, table: Table, range: RowRange, mut limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(self.call(move |state| {
            if limit.rows > 1 && state.strikes(|it| it.short_pages) {
                limit.rows = 1 + state.below(limit.rows as u64 - 1) as usize;
            }
            Ok(state.book.scan(table, &range, limit))
        }))
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(self.call(move |state| Ok(state.book.counters(space))))
    }

    fn freeze(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.set_frost(space, Frost::freeze(epoch)))
    }

    fn thaw(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.set_frost(space, Frost::thaw(epoch)))
    }

    /// In steps, between which others get their turn: cut off, it has dropped a part.
    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(async move {
            loop {
                let dropped = self.call(|state| {
                    assert!(
                        state.book.frost(space).is_frozen(),
                        "a space is frozen before it is dropped"
                    );
                    let effect = state.book.drop_some(space, DROP_ROWS);
                    Ok::<_, EngineError>(effect.map(|it| state.enter(&it)))
                });
                if dropped.await?.is_none() {
                    return Ok(());
                }
            }
        })
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        let feed = self.state.lock().feeds.watch(space);
        Box::new(Watcher { engine: self.clone(), feed, again: None })
    }

    fn hold(&self) -> Hold {
        Hold::none()
    }

    fn leads(&self) -> bool {
        true
    }

    fn rows_per_call(&self) -> usize {
        2
    }

    fn inline_bytes_max(&self) -> usize {
        INLINE_BYTES_MAX
    }

    fn status(&self) -> Status {
        Status { full: self.state.lock().full, ..Status::default() }
    }

    fn close(&self) -> Async<'_, ()> {
        Box::pin(async move {
            self.interlude().await;
            self.state.lock().close();
            Ok(())
        })
    }
}

struct Writer {
    engine: SimEngine,
    group: Group,
    hint: SizeHint,
    bytes: Vec<u8>,
}

impl BlobWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()> {
        Box::pin(async move {
            let length = (self.bytes.len() + bytes.len()) as u64;
            assert!(self.hint.length.is_none_or(|it| length <= it), "more bytes than announced");
            self.engine.call(|state| state.check_room()).await?;
            self.bytes.extend_from_slice(&bytes);
            Ok(())
        })
    }

    fn seal(self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            let Self { engine, group, hint, bytes } = *self;
            let blob = Blob::new(bytes.into(), group, hint.purpose);
            engine.call(|state| Ok(state.shelf.put(blob))).await
        })
    }
}

struct Reader {
    bytes: Bytes,
    damaged: bool,
}

impl BlobReader for Reader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move {
            let piece = self.bytes.split_to(self.bytes.len().min(PIECE_BYTES));
            if self.damaged && self.bytes.is_empty() {
                return Err(EngineError::Corrupt("a simulated damage".into()));
            }
            Ok((!piece.is_empty()).then_some(piece))
        })
    }
}

struct Watcher {
    engine: SimEngine,
    feed: Box<dyn Changes>,
    again: Option<Group>,
}

impl Changes for Watcher {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = ChangeEvent> + Send + '_>> {
        Box::pin(async move {
            if let Some(group) = self.again.take() {
                return ChangeEvent::Changed(group);
            }
            let event = self.feed.next().await;
            let ChangeEvent::Changed(group) = event else { return event };
            let mut state = self.engine.state.lock();
            if state.strikes(|it| it.lost) {
                return ChangeEvent::Lost;
            }
            self.again = state.strikes(|it| it.repeats).then(|| group.clone());
            ChangeEvent::Changed(group)
        })
    }
}

#[cfg(test)]
mod tests;
