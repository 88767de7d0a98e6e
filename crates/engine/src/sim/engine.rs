//! The simulated engine: the whole contract in memory. Nothing survives it; everything else holds.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use types::ByteSpan;

use crate::book::{Ahead, Book, Effect};
use crate::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, Changes, CounterId, Engine,
    EngineError, Feeds, Group, Page, Row, RowKey, RowRange, ScanLimit, SizeHint, Space, Stamp,
    Status, Table,
};

/// Bodies up to this travel in changes.
const INLINE_BYTES_MAX: usize = 4096;
/// Pieces that a reader gives: small, so that tests see several.
const PIECE_BYTES: usize = 1000;

/// An engine in memory.
#[derive(Default)]
pub struct SimEngine {
    state: Arc<Mutex<State>>,
    feeds: Feeds,
}

#[derive(Default)]
struct State {
    book: Book,
    blobs: HashMap<BlobRef, Bytes>,
    next_place: u64,
    stamp: u64,
    closed: bool,
}

impl State {
    fn place(&mut self, bytes: Bytes) -> BlobRef {
        self.next_place += 1;
        let mut place = [0; 32];
        place[..8].copy_from_slice(&self.next_place.to_le_bytes());
        let blob = BlobRef { length: bytes.len() as u64, place };
        self.blobs.insert(blob, bytes);
        blob
    }

    fn enter(&mut self, effect: &Effect) -> Stamp {
        self.book.enter(effect);
        for blob in &effect.free {
            self.blobs.remove(blob);
        }
        self.stamp += 1;
        Stamp(self.stamp)
    }

    fn open(&self) -> Result<(), EngineError> {
        match self.closed {
            true => Err(EngineError::Unavailable("closed".into())),
            false => Ok(()),
        }
    }
}

impl SimEngine {
    /// An empty engine.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many blobs are kept, those that no row names included.
    pub fn blob_count(&self) -> usize {
        self.state.lock().blobs.len()
    }

    /// Moves a blob as a disk's space reclaimer would: its row changes, its old place is gone.
    /// False if there is no row, or no blob in it.
    pub fn move_blob(&self, group: &Group, row: &RowKey) -> bool {
        let mut state = self.state.lock();
        let Some(mut moved) = state.book.get(group, row) else { return false };
        let Some(old) = moved.blobs.first().copied() else { return false };
        let Some(bytes) = state.blobs.get(&old).cloned() else { return false };
        moved.blobs[0] = state.place(bytes);
        let rows = vec![(row.encode(group), Some(moved))];
        state.enter(&Effect { rows, free: vec![old], ..Effect::default() });
        true
    }

    fn change_space(&self, space: Space, frozen: bool) -> Result<(), EngineError> {
        assert_ne!(space, Space::SYSTEM, "the system's space is never frozen");
        let mut state = self.state.lock();
        state.open()?;
        state.enter(&Effect { freeze: vec![(space, frozen)], ..Effect::default() });
        Ok(())
    }
}

impl Engine for SimEngine {
    fn begin<'a>(&'a self, _: &'a Group, _: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            self.state.lock().open()?;
            let writer = Writer { state: Arc::clone(&self.state), bytes: Vec::new() };
            Ok(Box::new(writer) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(async move {
            let state = self.state.lock();
            state.open()?;
            let bytes = state.blobs.get(blob).ok_or(EngineError::Gone)?;
            if span.start > span.end || span.end > blob.length {
                return Err(EngineError::Corrupt("a span outside its blob".into()));
            }
            let bytes = bytes.slice(span.start as usize..span.end as usize);
            Ok(Box::new(Reader(bytes)) as Box<dyn BlobReader>)
        })
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        Box::pin(async move {
            let mut state = self.state.lock();
            state.open()?;
            Ahead::of(&state.book).judge(group, &change)?;
            let mut inline = Vec::new();
            let first = state.next_place;
            let effect = Ahead::of(&state.book).effect(group, change, |bytes| {
                assert!(bytes.len() <= INLINE_BYTES_MAX, "a body too long to travel in a change");
                let mut place = [0; 32];
                place[..8].copy_from_slice(&(first + inline.len() as u64 + 1).to_le_bytes());
                let blob = BlobRef { length: bytes.len() as u64, place };
                inline.push(bytes);
                blob
            });
            for bytes in inline {
                state.place(bytes);
            }
            let stamp = state.enter(&effect);
            self.feeds.send(group);
            Ok(stamp)
        })
    }

    fn discard(&self, blob: BlobRef) {
        let mut state = self.state.lock();
        if !state.book.blobs().any(|(_, it)| *it == blob) {
            state.blobs.remove(&blob);
        }
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(async move {
            let state = self.state.lock();
            state.open()?;
            Ok(state.book.get(group, row))
        })
    }

    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(async move {
            let state = self.state.lock();
            state.open()?;
            Ok(state.book.scan(table, &range, limit))
        })
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(async move { Ok(self.state.lock().book.counters(space)) })
    }

    fn freeze(&self, space: Space) -> Async<'_, ()> {
        Box::pin(async move { self.change_space(space, true) })
    }

    fn thaw(&self, space: Space) -> Async<'_, ()> {
        Box::pin(async move { self.change_space(space, false) })
    }

    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(async move {
            let mut state = self.state.lock();
            assert!(state.book.is_frozen(space), "a space is frozen before it is dropped");
            while let Some(effect) = state.book.drop_some(space, 100) {
                state.enter(&effect);
            }
            Ok(())
        })
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        self.feeds.watch(space)
    }

    fn inline_bytes_max(&self) -> usize {
        INLINE_BYTES_MAX
    }

    fn status(&self) -> Status {
        Status::default()
    }

    fn close(&self) -> Async<'_, ()> {
        Box::pin(async move {
            self.state.lock().closed = true;
            Ok(())
        })
    }
}

struct Writer {
    state: Arc<Mutex<State>>,
    bytes: Vec<u8>,
}

impl BlobWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()> {
        self.bytes.extend_from_slice(&bytes);
        Box::pin(async { Ok(()) })
    }

    fn seal(self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            let mut state = self.state.lock();
            state.open()?;
            Ok(state.place(self.bytes.into()))
        })
    }
}

struct Reader(Bytes);

impl BlobReader for Reader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move {
            let piece = self.0.split_to(self.0.len().min(PIECE_BYTES));
            Ok((!piece.is_empty()).then_some(piece))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keeps_the_contract() {
        crate::conformance::run(|| async { Arc::new(SimEngine::new()) as Arc<dyn Engine> }).await;
    }
}
