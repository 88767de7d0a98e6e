//! What is read: the table that is written, the tables set aside for a checkpoint, and the index,
//! together as one value, so that a reader never misses a row that is on its way from one to the next.

use std::collections::VecDeque;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arc_swap::{ArcSwap, Guard};
use bytes::Bytes;
use parking_lot::Mutex;

use crate::cache::RowCache;
use crate::gaps::{Gaps, WORTH_NOTING, Walk};
use crate::index::{self, IndexError, IndexRow, Snapshot};
use crate::place::Stored;
use crate::table::{Slot, Table};

/// Slots that a scan takes from a table at first: a listing with a delimiter begins anew for every
/// prefix, and wants one row of each.
const CHUNK_FIRST: usize = 16;
/// Each time it takes twice as many, up to this: the table is locked meanwhile.
const CHUNK_MAX: usize = 512;

/// The rows, as they are from now on: the written table changes, the rest stands still.
#[derive(Clone)]
pub(crate) struct View {
    /// The table that the committer writes.
    pub(crate) active: Arc<Table>,
    /// Its number: how many were set aside before it since the start.
    pub(crate) number: u64,
    /// Tables that are on their way into the index, newest first.
    pub(crate) aside: Vec<Arc<Table>>,
    pub(crate) index: Arc<dyn Snapshot>,
    /// In front of the index.
    pub(crate) cache: Arc<RowCache>,
}

impl View {
    /// What a start finds.
    pub(crate) fn new(active: Table, index: Arc<dyn Snapshot>) -> Self {
        let cache = Arc::new(RowCache::new(index.number()));
        Self { active: Arc::new(active), number: 0, aside: vec![], index, cache }
    }

    fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        std::iter::once(&self.active).chain(&self.aside)
    }

    /// A row, and whether anything below the written table may hold it.
    pub(crate) fn find(&self, key: &[u8]) -> Result<Slot, IndexError> {
        if let Some(slot) = self.active.get(key) {
            return Ok(slot);
        }
        for table in &self.aside {
            if let Some(slot) = table.get(key) {
                let below = slot.stored.is_some();
                // Behind a deletion that is on its way there is nothing left to delete.
                return Ok(Slot { below, ..slot });
            }
        }
        if let Some(stored) = self.cache.get(key) {
            return Ok(Slot { below: true, stored: Some(stored) });
        }
        let Some(row) = self.index.get(key)? else {
            return Ok(Slot { below: false, stored: None });
        };
        let stored = index::decode(&row)?;
        self.cache.keep(self.index.number(), key, &stored);
        Ok(Slot { below: true, stored: Some(stored) })
    }

    /// One row.
    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Stored>, IndexError> {
        Ok(self.find(key)?.stored)
    }
}

/// The view of now. Every read asks for it: it is looked at without a word being written that others
/// look at too.
pub(crate) struct Current {
    view: ArcSwap<View>,
    replacing: Mutex<()>,
}

impl Current {
    pub(crate) fn new(view: View) -> Self {
        Self { view: ArcSwap::from_pointee(view), replacing: Mutex::default() }
    }

    /// For a look.
    pub(crate) fn look(&self) -> Guard<Arc<View>> {
        self.view.load()
    }

    /// To keep.
    pub(crate) fn get(&self) -> Arc<View> {
        self.view.load_full()
    }

    /// Another one in its place, one at a time. Gives what was there.
    pub(crate) fn replace(&self, other: impl FnOnce(&View) -> View) -> Arc<View> {
        let _alone = self.replacing.lock();
        self.view.swap(Arc::new(other(&self.view.load())))
    }
}

/// What a step of a scan met.
pub(crate) enum Step {
    /// A row that lives.
    Row(Bytes, Stored),
    /// Many that don't: time to let others work.
    Rest,
    /// The end of the range.
    End,
}

/// Rows of a range in order, as one table.
pub(crate) struct Scan<'a> {
    view: &'a View,
    gaps: &'a Gaps,
    end: Bytes,
    /// From the newest to the oldest.
    sources: Vec<Source<'a>>,
    /// Deleted rows behind one another that were met last.
    dead: usize,
    /// Once they are many: since which key nothing lives.
    walk: Option<(Walk<'a>, Bytes)>,
}

/// Deleted rows after which a scan rests.
const REST_AFTER: usize = 4096;

impl<'a> Scan<'a> {
    /// From `start` (included) to `end` (excluded).
    pub(crate) fn new(view: &'a View, gaps: &'a Gaps, start: Bytes, end: Bytes) -> Self {
        let mut scan = Self { view, gaps, end, sources: Vec::new(), dead: 0, walk: None };
        scan.seek(start);
        scan
    }

    fn seek(&mut self, start: Bytes) {
        let start = self.gaps.end_of(&start).unwrap_or(start);
        self.sources.clear();
        for table in self.view.tables() {
            let slots = table.range(Bound::Included(&start), &self.end, CHUNK_FIRST);
            self.sources.push(Source::Table { table, slots, chunk: CHUNK_FIRST });
        }
        let mut rows = self.view.index.range(&start, &self.end);
        let head = rows.next();
        self.sources.push(Source::Index { rows, head });
    }

    /// The next row that lives, or a reason to stop for now.
    pub(crate) fn step(&mut self) -> Result<Step, IndexError> {
        loop {
            match self.next()? {
                None => {
                    if let Some((walk, since)) = self.walk.take() {
                        walk.note(&since, &self.end);
                    }
                    return Ok(Step::End);
                }
                Some((key, Some(stored))) => {
                    if let Some((walk, since)) = self.walk.take() {
                        walk.note(&since, &key);
                    }
                    self.dead = 0;
                    return Ok(Step::Row(key, stored));
                }
                Some((key, None)) => self.pass(key),
            }
            if self.dead.is_multiple_of(REST_AFTER) {
                return Ok(Step::Rest);
            }
        }
    }

    /// Passes a deleted row: jumps if others have walked here before, begins a walk if there are many.
    fn pass(&mut self, key: Bytes) {
        self.dead += 1;
        self.gaps.walked.fetch_add(1, Ordering::Relaxed);
        if self.dead == WORTH_NOTING {
            if let Some(walk) = self.gaps.walk(self.view.number) {
                // What was read ahead may be older than the walk, so it is read again.
                self.walk = Some((walk, key.clone()));
                self.seek(key);
            }
        } else if self.dead.is_power_of_two()
            && let Some(end) = self.gaps.end_of(&key)
        {
            self.seek(end);
        }
    }

    /// The next key of all sources, and its newest slot.
    fn next(&mut self) -> Result<Option<(Bytes, Option<Stored>)>, IndexError> {
        let mut least: Option<(usize, &Bytes)> = None;
        for (at, source) in self.sources.iter_mut().enumerate() {
            if let Some(key) = source.key()?
                && least.is_none_or(|(_, other)| key < other)
            {
                least = Some((at, key));
            }
        }
        let least = least.map(|(at, _)| at);
        let Some(at) = least else { return Ok(None) };
        let found = self.sources[at].take(&self.end)?;
        // Older versions of the same row.
        for older in &mut self.sources[at + 1..] {
            if older.key()?.is_some_and(|it| *it == found.0) {
                older.skip(&self.end)?;
            }
        }
        Ok(Some(found))
    }
}

enum Source<'a> {
    Table {
        table: &'a Table,
        slots: VecDeque<(Bytes, Option<Stored>)>,
        /// How many were taken at once.
        chunk: usize,
    },
    Index {
        rows: Box<dyn Iterator<Item = Result<IndexRow, IndexError>> + Send>,
        head: Option<Result<IndexRow, IndexError>>,
    },
}

impl Source<'_> {
    /// The key that it stands at.
    fn key(&mut self) -> Result<Option<&Bytes>, IndexError> {
        match self {
            Self::Table { slots, .. } => Ok(slots.front().map(|(key, _)| key)),
            Self::Index { head, .. } => match head {
                None => Ok(None),
                Some(Ok((key, _))) => Ok(Some(key)),
                Some(Err(_)) => match head.take() {
                    Some(Err(error)) => Err(error),
                    _ => unreachable!("just seen"),
                },
            },
        }
    }

    /// What it stands at; goes on.
    fn take(&mut self, end: &Bytes) -> Result<(Bytes, Option<Stored>), IndexError> {
        match self {
            Self::Table { table, slots, chunk } => {
                let taken = slots.pop_front().expect("it has a key");
                if slots.is_empty() {
                    *chunk = (*chunk * 2).min(CHUNK_MAX);
                    *slots = table.range(Bound::Excluded(&taken.0), end, *chunk);
                }
                Ok(taken)
            }
            Self::Index { rows, head } => {
                let (key, row) = std::mem::replace(head, rows.next()).expect("it has a key")?;
                Ok((key, Some(index::decode(&row)?)))
            }
        }
    }

    /// As `take`, without a look at what it is.
    fn skip(&mut self, end: &Bytes) -> Result<(), IndexError> {
        match self {
            Self::Table { .. } => self.take(end).map(drop),
            Self::Index { rows, head } => {
                *head = rows.next();
                Ok(())
            }
        }
    }
}
