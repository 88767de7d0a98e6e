//! An engine that counts its calls and, as a process that is killed, stops answering after one.

use std::future::pending;
use std::sync::Arc;

use bytes::Bytes;
use engine::{
    ApplyError, Async, BlobReader, BlobRef, BlobWriter, Change, Changes, CounterId, Engine,
    EngineError, FreezeError, Group, Hold, Page, Row, RowKey, RowRange, ScanLimit, SizeHint, Space,
    Stamp, Status, Table,
};
use parking_lot::Mutex;
use tokio::sync::Notify;
use types::ByteSpan;

/// The engine below, and what was asked of it. Clones are the same.
#[derive(Clone)]
pub(crate) struct Probe {
    below: Arc<dyn Engine>,
    state: Arc<Mutex<State>>,
    dead: Arc<Notify>,
}

#[derive(Default)]
struct State {
    calls: Vec<&'static str>,
    /// Rows that changes wrote or removed.
    rows: usize,
    /// The last call that has an effect.
    last: Option<usize>,
    rows_per_call: Option<usize>,
}

impl State {
    fn is_dead(&self) -> bool {
        self.last.is_some_and(|last| self.calls.len() >= last)
    }
}

impl Probe {
    pub(crate) fn new(below: Arc<dyn Engine>) -> Self {
        Self { below, state: Arc::default(), dead: Arc::default() }
    }

    /// Nothing is answered from this call on: it still has its effect, later ones have none.
    pub(crate) fn kill_after(&self, call: usize) {
        let mut state = self.state.lock();
        let call = state.calls.len() + call;
        state.last = Some(call);
        if state.is_dead() {
            self.dead.notify_one();
        }
    }

    /// Calls are dear from now on: what the engine below says of them isn't so.
    pub(crate) fn have_rows_per_call(&self, rows: usize) {
        self.state.lock().rows_per_call = Some(rows);
    }

    /// Returns once nothing is answered any more.
    pub(crate) async fn killed(&self) {
        self.dead.notified().await;
    }

    /// What was asked since this was asked last.
    pub(crate) fn take_calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state.lock().calls)
    }

    /// How many rows changes have written or removed since this was asked last.
    pub(crate) fn take_rows(&self) -> usize {
        std::mem::take(&mut self.state.lock().rows)
    }

    /// A call: true if it has an effect.
    fn begins(&self, name: &'static str) -> bool {
        let mut state = self.state.lock();
        let lives = !state.is_dead();
        state.calls.push(name);
        if !lives {
            self.dead.notify_one();
        }
        lives
    }

    async fn pass<T>(&self, name: &'static str, call: impl Future<Output = T>) -> T {
        if !self.begins(name) {
            pending::<()>().await;
        }
        let done = call.await;
        if self.state.lock().is_dead() {
            self.dead.notify_one();
            pending::<()>().await;
        }
        done
    }
}

impl Engine for Probe {
    fn begin<'a>(&'a self, group: &'a Group, hint: SizeHint) -> Async<'a, Box<dyn BlobWriter>> {
        Box::pin(async move {
            let below = self.pass("begin", self.below.begin(group, hint)).await?;
            Ok(Box::new(Writer { probe: self.clone(), below }) as Box<dyn BlobWriter>)
        })
    }

    fn read<'a>(&'a self, blob: &'a BlobRef, span: ByteSpan) -> Async<'a, Box<dyn BlobReader>> {
        Box::pin(self.pass("read", self.below.read(blob, span)))
    }

    fn apply<'a>(&'a self, group: &'a Group, change: Change) -> Async<'a, Stamp, ApplyError> {
        self.state.lock().rows += change.rows().count();
        Box::pin(self.pass("apply", self.below.apply(group, change)))
    }

    fn discard(&self, blob: BlobRef) {
        if self.begins("discard") {
            self.below.discard(blob);
        }
    }

    fn get<'a>(&'a self, group: &'a Group, row: &'a RowKey) -> Async<'a, Option<Row>> {
        Box::pin(self.pass("get", self.below.get(group, row)))
    }

    fn scan(&self, table: Table, range: RowRange, limit: ScanLimit) -> Async<'_, Page> {
        Box::pin(self.pass("scan", self.below.scan(table, range, limit)))
    }

    fn counters(&self, space: Space) -> Async<'_, Vec<(CounterId, i64)>> {
        Box::pin(self.pass("counters", self.below.counters(space)))
    }

    fn freeze(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.pass("freeze", self.below.freeze(space, epoch)))
    }

    fn thaw(&self, space: Space, epoch: u64) -> Async<'_, (), FreezeError> {
        Box::pin(self.pass("thaw", self.below.thaw(space, epoch)))
    }

    fn drop_space(&self, space: Space) -> Async<'_, ()> {
        Box::pin(self.pass("drop_space", self.below.drop_space(space)))
    }

    fn watch(&self, space: Space) -> Box<dyn Changes> {
        self.below.watch(space)
    }

    fn hold(&self) -> Hold {
        self.below.hold()
    }

    fn leads(&self) -> bool {
        self.below.leads()
    }

    fn rows_per_call(&self) -> usize {
        self.state.lock().rows_per_call.unwrap_or_else(|| self.below.rows_per_call())
    }

    fn inline_bytes_max(&self) -> usize {
        self.below.inline_bytes_max()
    }

    fn status(&self) -> Status {
        self.below.status()
    }

    fn close(&self) -> Async<'_, ()> {
        self.below.close()
    }
}

struct Writer {
    probe: Probe,
    below: Box<dyn BlobWriter>,
}

impl BlobWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()> {
        Box::pin(async move { self.probe.pass("write", self.below.write(bytes)).await })
    }

    fn seal(self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            let Self { probe, below } = *self;
            let sealed: Result<BlobRef, EngineError> = probe.pass("seal", below.seal()).await;
            sealed
        })
    }
}
