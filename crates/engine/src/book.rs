//! Rows, counters and freezes in memory, and what a change does to them: the part of the contract
//! that needs no disk. An engine judges a change, turns it into an [`Effect`], makes the effect
//! durable in its own way, and then enters it.

use std::collections::{BTreeMap, HashMap, HashSet};

use bytes::Bytes;

use crate::{
    ApplyError, BlobRef, Blobs, Change, CounterId, Entry, Expected, Frost, Group, Mismatch,
    NewBlob, Page, Row, RowKey, RowRange, ScanLimit, Space, Table,
};

/// The state of an engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    rows: BTreeMap<Bytes, Row>,
    counters: HashMap<(Space, CounterId), i64>,
    frosts: HashMap<Space, Frost>,
}

/// What a change does, with nothing left to decide: replaying it twice is replaying it once, except
/// for `count`, which whoever replays must not enter twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Rows by encoded key: written, or removed if none.
    pub rows: Vec<(Bytes, Option<Row>)>,
    /// Counters and by how much.
    pub count: Vec<(Space, CounterId, i64)>,
    /// Spaces that freeze or thaw.
    pub freeze: Vec<(Space, Frost)>,
    /// Spaces whose counters end.
    pub forget: Vec<Space>,
    /// Blobs that no row owns any more.
    pub free: Vec<BlobRef>,
}

/// A book and the effects ahead of it that aren't entered yet.
#[derive(Debug)]
pub struct Ahead<'a> {
    book: &'a Book,
    rows: HashMap<Bytes, Option<Row>>,
    frosts: HashMap<Space, Frost>,
}

impl<'a> Ahead<'a> {
    /// With nothing ahead.
    pub fn of(book: &'a Book) -> Self {
        Self { book, rows: HashMap::new(), frosts: HashMap::new() }
    }

    /// Puts an effect ahead.
    pub fn push(&mut self, effect: &Effect) {
        self.rows.extend(effect.rows.iter().cloned());
        self.frosts.extend(effect.freeze.iter().copied());
    }

    /// Whether a space is frozen.
    pub fn is_frozen(&self, space: Space) -> bool {
        let ahead = self.frosts.get(&space).copied();
        ahead.unwrap_or_else(|| self.book.frost(space)).is_frozen()
    }

    fn row(&self, key: &Bytes) -> Option<&Row> {
        match self.rows.get(key) {
            Some(ahead) => ahead.as_ref(),
            None => self.book.rows.get(key),
        }
    }

    /// Whether a change may happen.
    pub fn judge(&self, group: &Group, change: &Change) -> Result<(), ApplyError> {
        if self.is_frozen(group.space) {
            return Err(ApplyError::Frozen);
        }
        judge(change, |key| self.row(&key.encode(group)))
    }

    /// What a change that may happen does. `place` finds a place for each small body.
    pub fn effect(
        &self,
        group: &Group,
        change: Change,
        mut place: impl FnMut(Bytes) -> BlobRef,
    ) -> Effect {
        let mut effect = Effect::default();
        let mut owned = HashSet::new();
        let mut given_up = Vec::new();
        for put in change.put {
            let key = put.row.encode(group);
            given_up.extend(self.row(&key).into_iter().flat_map(|it| it.blobs.iter().copied()));
            let blobs: Blobs = put
                .blobs
                .into_iter()
                .map(|it| match it {
                    NewBlob::Ref(blob) => blob,
                    NewBlob::Inline(bytes) => place(bytes),
                })
                .collect();
            owned.extend(blobs.iter().copied());
            effect.rows.push((key, Some(Row { value: put.value, blobs })));
        }
        for row in change.delete {
            let key = row.encode(group);
            if let Some(row) = self.row(&key) {
                given_up.extend(row.blobs.iter().copied());
                effect.rows.push((key, None));
            }
        }
        effect.free = given_up.into_iter().filter(|it| !owned.contains(it)).collect();
        effect.count = change.count.iter().map(|it| (group.space, it.counter, it.by)).collect();
        effect
    }
}

/// Whether a change's expectations hold of the rows as they are.
pub fn judge<'r>(
    change: &Change,
    found: impl Fn(&RowKey) -> Option<&'r Row>,
) -> Result<(), ApplyError> {
    let holds = change.expect.iter().all(|it| match (&it.is, found(&it.row)) {
        (Expected::Absent, None) => true,
        (Expected::Exactly(wanted), Some(row)) => wanted == row,
        _ => false,
    });
    if holds {
        return Ok(());
    }
    let rows = change
        .expect
        .iter()
        .map(|it| Mismatch { row: it.row.clone(), found: found(&it.row).cloned() });
    Err(ApplyError::Mismatch(rows.collect()))
}

impl Book {
    /// Enters an effect.
    pub fn enter(&mut self, effect: &Effect) {
        for (key, row) in &effect.rows {
            match row {
                Some(row) => self.rows.insert(key.clone(), row.clone()),
                None => self.rows.remove(key),
            };
        }
        for (space, counter, by) in &effect.count {
            *self.counters.entry((*space, *counter)).or_default() += by;
        }
        self.frosts.extend(effect.freeze.iter().copied());
        for space in &effect.forget {
            self.counters.retain(|(it, _), _| it != space);
        }
    }

    /// One row.
    pub fn get(&self, group: &Group, row: &RowKey) -> Option<Row> {
        self.rows.get(&row.encode(group)).cloned()
    }

    /// Rows in order.
    pub fn scan(&self, table: Table, range: &RowRange, limit: ScanLimit) -> Page {
        let (start, end) = range.bounds(table);
        let mut page = Page::default();
        let mut bytes = 0;
        for (key, row) in self.rows.range(start..end) {
            let full = page.entries.len() >= limit.rows || bytes >= limit.bytes;
            if full && !page.entries.is_empty() {
                page.next = page.entries.last().map(Entry::after);
                return page;
            }
            bytes += key.len() + row.value.len();
            let (group, key) = RowKey::decode(key).expect("only encoded keys are entered");
            page.entries.push(Entry { group, key, row: row.clone() });
        }
        page
    }

    /// A space's counters.
    pub fn counters(&self, space: Space) -> Vec<(CounterId, i64)> {
        let mine = self.counters.iter().filter(|((it, _), _)| *it == space);
        let mut all: Vec<_> = mine.map(|((_, counter), sum)| (*counter, *sum)).collect();
        all.sort();
        all
    }

    /// What was last said of freezing a space.
    pub fn frost(&self, space: Space) -> Frost {
        self.frosts.get(&space).copied().unwrap_or_default()
    }

    /// What removes some of a frozen space's rows, at most `rows_max`; none once there are none. The
    /// last one forgets the counters.
    pub fn drop_some(&self, space: Space, rows_max: usize) -> Option<Effect> {
        let mut effect = Effect::default();
        for table in Table::ALL {
            let (start, end) = RowRange::all(space).bounds(table);
            for (key, row) in self.rows.range(start..end) {
                if effect.rows.len() == rows_max {
                    return Some(effect);
                }
                effect.free.extend(row.blobs.iter().copied());
                effect.rows.push((key.clone(), None));
            }
        }
        let counted = self.counters.keys().any(|(it, _)| *it == space);
        if effect.rows.is_empty() && !counted {
            return None;
        }
        effect.forget.push(space);
        Some(effect)
    }

    /// Every row's blobs, with the row's group: what is alive.
    pub fn blobs(&self) -> impl Iterator<Item = (&Bytes, &BlobRef)> {
        self.rows.iter().flat_map(|(key, row)| row.blobs.iter().map(move |it| (key, it)))
    }

    /// Every row by its encoded key, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&Bytes, &Row)> {
        self.rows.iter()
    }

    /// Every counter.
    pub fn all_counters(&self) -> impl Iterator<Item = (Space, CounterId, i64)> {
        self.counters.iter().map(|((space, counter), sum)| (*space, *counter, *sum))
    }

    /// Every space that was ever frozen.
    pub fn all_frosts(&self) -> impl Iterator<Item = (Space, Frost)> {
        self.frosts.iter().map(|(space, frost)| (*space, *frost))
    }
}
