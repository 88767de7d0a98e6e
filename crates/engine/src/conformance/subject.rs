//! The engine under test, and the steps that cases are made of.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use types::ByteSpan;

use crate::{
    ApplyError, BlobRef, Change, CounterDelta, CounterId, Engine, EngineError, Entry, Expectation,
    Expected, Group, NewBlob, Purpose, PutRow, Row, RowKey, RowRange, ScanLimit, SizeHint, Space,
    Stamp, Table,
};

type Opening = Pin<Box<dyn Future<Output = Arc<dyn Engine>> + Send>>;

/// An engine under test, and how to open it again.
#[derive(Clone)]
pub struct Subject {
    engine: Arc<dyn Engine>,
    reopen: Option<Reopen>,
}

#[derive(Clone)]
struct Reopen {
    /// Whether the engine is closed first, or its process ends as it is.
    close_first: bool,
    open: Arc<dyn Fn() -> Opening + Send + Sync>,
}

impl From<Arc<dyn Engine>> for Subject {
    fn from(engine: Arc<dyn Engine>) -> Self {
        Self { engine, reopen: None }
    }
}

impl Subject {
    /// An engine whose data can be opened again once it is closed. `reopen` lives as long as the
    /// test does and may hold what must (a temporary folder).
    pub fn with_reopen<F>(
        engine: Arc<dyn Engine>,
        reopen: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Arc<dyn Engine>> + Send + 'static,
    {
        let open = Arc::new(move || Box::pin(reopen()) as Opening);
        Self { engine, reopen: Some(Reopen { close_first: true, open }) }
    }

    /// An engine that is never closed: `crash` cuts the power of its disk and opens what is found.
    pub fn with_crash<F>(
        engine: Arc<dyn Engine>,
        crash: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Arc<dyn Engine>> + Send + 'static,
    {
        let open = Arc::new(move || Box::pin(crash()) as Opening);
        Self { engine, reopen: Some(Reopen { close_first: false, open }) }
    }

    pub(super) fn can_reopen(&self) -> bool {
        self.reopen.is_some()
    }

    /// The engine opened again; none if it keeps nothing.
    pub(super) async fn reopened(mut self) -> Option<Self> {
        let reopen = self.reopen.clone()?;
        if reopen.close_first {
            self.engine.close().await.expect("an engine closes");
        }
        // Its handle must be gone before its data is opened again.
        drop(self.engine);
        self.engine = (reopen.open)().await;
        Some(self)
    }

    pub(super) fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    pub(super) async fn apply(&self, group: &Group, change: Change) -> Result<Stamp, ApplyError> {
        self.engine.apply(group, change).await
    }

    /// A change that must happen.
    pub(super) async fn write(&self, group: &Group, change: Change) -> Stamp {
        self.apply(group, change).await.expect("nothing hinders this change")
    }

    /// A change that is judged again until it happens: it expects the row as it was found.
    pub(super) async fn update(
        &self,
        group: &Group,
        row: &RowKey,
        change: impl Fn(Option<&Row>) -> Change,
    ) -> Stamp {
        loop {
            let found = self.row(group, row).await;
            let mut change = change(found.as_ref());
            let is = found.map_or(Expected::Absent, Expected::Exactly);
            change.expect.push(Expectation { row: row.clone(), is });
            match self.apply(group, change).await {
                Ok(stamp) => return stamp,
                Err(ApplyError::Mismatch(_) | ApplyError::Engine(EngineError::Gone)) => {}
                Err(error) => panic!("nothing but other writers hinders this change: {error}"),
            }
        }
    }

    pub(super) async fn row(&self, group: &Group, row: &RowKey) -> Option<Row> {
        self.engine.get(group, row).await.expect("a row can be read")
    }

    /// A row's value as text.
    pub(super) async fn value(&self, group: &Group, row: &RowKey) -> Option<String> {
        let row = self.row(group, row).await?;
        Some(String::from_utf8(row.value.to_vec()).expect("values are text here"))
    }

    pub(super) async fn read(&self, blob: &BlobRef, span: ByteSpan) -> Result<Bytes, EngineError> {
        let mut reader = self.engine.read(blob, span).await?;
        let mut all = BytesMut::new();
        while let Some(piece) = reader.next().await? {
            assert!(!piece.is_empty() && piece.len() <= 1 << 20, "a piece has 1 byte to 1 MiB");
            all.extend_from_slice(&piece);
        }
        assert_eq!(reader.next().await?, None, "the end is the end");
        Ok(all.freeze())
    }

    /// Checks what a blob gives that was freed, or never named: nothing, or what it held.
    pub(super) async fn is_gone_or(&self, blob: &BlobRef, held: &[u8]) {
        match self.read(blob, ByteSpan::whole(blob.length)).await {
            Err(EngineError::Gone) => {}
            Ok(bytes) => assert!(bytes == held, "a freed blob gives other bytes than its own"),
            Err(error) => panic!("a freed blob is gone: {error}"),
        }
    }

    /// The row with one of its bodies; the row is read again while the body moves. None if there is
    /// no row.
    pub(super) async fn body(
        &self,
        group: &Group,
        row: &RowKey,
        index: usize,
    ) -> Option<(Row, Bytes)> {
        loop {
            let found = self.row(group, row).await?;
            let blob = found.blobs[index];
            match self.read(&blob, ByteSpan::whole(blob.length)).await {
                Ok(bytes) => return Some((found, bytes)),
                Err(EngineError::Gone) => {}
                Err(error) => panic!("a body can be read: {error}"),
            }
        }
    }

    /// A sealed blob of these bytes, given in uneven pieces.
    pub(super) async fn seal(&self, group: &Group, bytes: &Bytes, purpose: Purpose) -> BlobRef {
        let hint = SizeHint { length: Some(bytes.len() as u64), purpose };
        let mut writer = self.engine.begin(group, hint).await.expect("a blob can be begun");
        for piece in bytes.chunks(70_001) {
            writer.write(bytes.slice_ref(piece)).await.expect("bytes can be written");
        }
        writer.seal().await.expect("a blob can be sealed")
    }

    /// All rows of a range, page by page.
    pub(super) async fn scan(
        &self,
        table: Table,
        mut range: RowRange,
        limit: ScanLimit,
    ) -> Vec<Entry> {
        let mut all = Vec::new();
        loop {
            let page = self.engine.scan(table, range.clone(), limit).await.expect("rows are read");
            assert!(page.entries.len() <= limit.rows.max(1), "a page is too long");
            all.extend(page.entries);
            match page.next {
                Some(next) => range.from = next,
                None => return all,
            }
        }
    }

    /// The names of the groups that have a row of this table in a space.
    pub(super) async fn names(&self, table: Table, space: Space) -> Vec<Bytes> {
        let entries = self.scan(table, RowRange::all(space), ScanLimit::rows(100)).await;
        entries.into_iter().map(|it| it.group.name).collect()
    }

    /// A counter's sum, 0 if it was never touched.
    pub(super) async fn counter(&self, space: Space, counter: u8) -> i64 {
        let all = self.engine.counters(space).await.expect("counters can be read");
        all.into_iter().find(|(id, _)| id.0 == counter).map_or(0, |(_, sum)| sum)
    }
}

/// The space that most cases use.
pub(super) const SPACE: Space = Space(7);
/// Another one.
pub(super) const OTHER_SPACE: Space = Space(8);

pub(super) fn group(name: &str) -> Group {
    Group::new(SPACE, name.as_bytes().to_vec())
}

pub(super) fn row(table: Table, sub: &str) -> RowKey {
    RowKey::new(table, sub.as_bytes().to_vec())
}

/// The row that most cases use.
pub(super) fn head() -> RowKey {
    row(Table::Heads, "")
}

pub(super) fn put(row: RowKey, value: impl ToString, blobs: Vec<NewBlob>) -> PutRow {
    PutRow { row, value: value.to_string().into(), blobs }
}

/// A change that puts a head.
pub(super) fn head_is(value: impl ToString, blobs: Vec<NewBlob>) -> Change {
    Change { put: vec![put(head(), value, blobs)], ..Change::default() }
}

pub(super) fn deletion(rows: Vec<RowKey>) -> Change {
    Change { delete: rows, ..Change::default() }
}

pub(super) fn absent(row: RowKey) -> Expectation {
    Expectation { row, is: Expected::Absent }
}

pub(super) fn exactly(row: RowKey, found: Row) -> Expectation {
    Expectation { row, is: Expected::Exactly(found) }
}

pub(super) fn delta(counter: u8, by: i64) -> CounterDelta {
    CounterDelta { counter: CounterId(counter), by }
}

pub(super) fn inline(text: impl ToString) -> NewBlob {
    NewBlob::Inline(text.to_string().into())
}

/// Bytes of which no two stretches are alike for long.
pub(super) fn pattern(length: usize) -> Bytes {
    (0..length).map(|it| (it * 31 + it / 251 + it / 65_537) as u8).collect::<Vec<_>>().into()
}

/// Runs a future for a few polls and drops it, done or not.
pub(super) async fn poll_and_drop<T>(
    mut future: Pin<Box<dyn Future<Output = T> + Send + '_>>,
    polls: usize,
) {
    for _ in 0..polls {
        let poll = |cx: &mut Context<'_>| Poll::Ready(future.as_mut().poll(cx).is_ready());
        if std::future::poll_fn(poll).await {
            return;
        }
        tokio::task::yield_now().await;
    }
}
