//! Step 1 of a commit: may this happen, and what exactly does it do?
//!
//! Requests of one batch are judged one behind the other, each against the rows as they will be when
//! what is ahead of it is done.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use bytes::{BufMut, Bytes, BytesMut};
use engine::book::judge;
use engine::{
    ApplyError, BlobRef, Change, EngineError, FreezeError, Frost, Group, NewBlob, Row, RowKey,
    RowRange, Space, Table,
};

use crate::place::Stored;
use crate::record::{Effect, Writing};
use crate::shared::Shared;
use crate::table::Slot;
use crate::view::{Scan, Step, View};

/// Rows of a dropped space that go at once.
const DROP_ROWS: usize = 2000;

/// A row that is written again because its segment is to be given up.
pub(crate) struct Moving {
    pub(crate) key: Bytes,
    pub(crate) expected: Stored,
    /// The bodies that move, by their number in the row.
    pub(crate) bodies: Vec<(usize, Bytes)>,
}

/// What a request does.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) effect: Effect,
    /// The rows, as the table will hold them.
    pub(crate) slots: Vec<(Bytes, Slot)>,
    /// Keys that had no row and have one now.
    pub(crate) births: Vec<Bytes>,
    /// Extents that a row names now.
    pub(crate) named: Vec<u64>,
    /// Bodies to be kept at hand, and how rows name them.
    pub(crate) bodies: Vec<(BlobRef, Bytes)>,
}

impl Judged {
    /// With room for so many rows.
    fn with_room(rows: usize) -> Self {
        let effect = Effect { rows: Vec::with_capacity(rows), ..Effect::default() };
        Self { effect, slots: Vec::with_capacity(rows), ..Self::default() }
    }
}

/// The rows as they will be when what is ahead in the batch is done.
pub(crate) struct Judge<'a> {
    shared: &'a Shared,
    view: &'a View,
    /// The segment that the batch goes to.
    segment: u64,
    rows: HashMap<Bytes, Slot>,
    frosts: HashMap<Space, Frost>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(shared: &'a Shared, view: &'a View, segment: u64) -> Self {
        Self { shared, view, segment, rows: HashMap::new(), frosts: HashMap::new() }
    }

    pub(crate) fn apply(
        &mut self,
        group: &Group,
        change: Change,
        record: &mut Writing<'_>,
    ) -> Result<Judged, ApplyError> {
        if self.frost(group.space).is_frozen() {
            return Err(ApplyError::Frozen);
        }
        let keys = Keys::of(group, &change);
        for (_, key) in &keys.0 {
            self.look(key)?;
        }
        judge(&change, |row| self.rows[keys.of_row(row)].stored.as_ref().map(|it| &it.row))?;
        self.has_room(&change, &keys)?;
        let named = self.take_blobs(group, &change, &keys)?;
        let mut judged =
            Judged { named, ..Judged::with_room(change.put.len() + change.delete.len()) };
        judged.effect.count =
            change.count.iter().map(|it| (group.space, it.counter, it.by)).collect();
        let kept: HashSet<BlobRef> = blobs_named(&change).collect();
        for put in change.put {
            let blobs = put.blobs.into_iter().map(|it| match it {
                NewBlob::Ref(blob) => blob,
                NewBlob::Inline(bytes) => {
                    let blob = record.body(&bytes);
                    judged.bodies.push((blob, bytes));
                    blob
                }
            });
            let row = Row { value: put.value, blobs: blobs.collect() };
            self.set(&mut judged, keys.of_row(&put.row).clone(), Some(row), &kept);
        }
        for row in change.delete {
            self.set(&mut judged, keys.of_row(&row).clone(), None, &kept);
        }
        Ok(judged)
    }

    pub(crate) fn freeze(&mut self, space: Space, frost: Frost) -> Result<Judged, FreezeError> {
        if self.frost(space) > frost {
            return Err(FreezeError::Superseded);
        }
        self.frosts.insert(space, frost);
        let effect = Effect { freeze: vec![(space, frost)], ..Effect::default() };
        Ok(Judged { effect, ..Judged::default() })
    }

    /// Drops some rows of a frozen space, from a key on, and the counters with the last of them.
    /// Where to go on; none if there was nothing more.
    pub(crate) fn drop_some(
        &mut self,
        space: Space,
        from: &Bytes,
    ) -> Result<(Option<Judged>, Option<Bytes>), EngineError> {
        let (keys, next) = self.some_keys(space, from)?;
        let mut judged = Judged::default();
        for key in keys {
            self.look(&key)?;
            self.set(&mut judged, key, None, &HashSet::new());
        }
        if next.is_none() && self.shared.counted.read().has_counters(space) {
            judged.effect.forget.push(space);
        }
        let is_something = !judged.slots.is_empty() || !judged.effect.forget.is_empty();
        Ok((is_something.then_some(judged), next))
    }

    fn some_keys(
        &self,
        space: Space,
        from: &Bytes,
    ) -> Result<(Vec<Bytes>, Option<Bytes>), EngineError> {
        let mut keys = Vec::new();
        for table in Table::ALL {
            let (start, end) = RowRange::all(space).bounds(table);
            let mut scan = Scan::new(self.view, &self.shared.gaps, start.max(from.clone()), end);
            loop {
                match scan.step()? {
                    Step::End => break,
                    Step::Rest => {}
                    Step::Row(key, _) if keys.len() < DROP_ROWS => keys.push(key),
                    Step::Row(key, _) => return Ok((keys, Some(key))),
                }
            }
        }
        Ok((keys, None))
    }

    /// Writes a row again; none if it isn't any more what was to be moved.
    pub(crate) fn relocate(
        &mut self,
        moving: Moving,
        record: &mut Writing<'_>,
    ) -> Result<Option<Judged>, EngineError> {
        let Moving { key, expected, bodies } = moving;
        if self.look(&key)?.stored.as_ref() != Some(&expected) {
            return Ok(None);
        }
        let (mut row, mut judged) = (expected.row, Judged::default());
        for (number, bytes) in bodies {
            let blob = record.body(&bytes);
            let before = std::mem::replace(&mut row.blobs[number], blob);
            // What nobody asked for lately needn't be kept now.
            if self.shared.bodies.has(&before) {
                judged.bodies.push((blob, bytes));
            }
        }
        let kept = row.blobs.iter().copied().collect();
        self.set(&mut judged, key, Some(row), &kept);
        Ok(Some(judged))
    }

    /// Sets or removes a row that was looked at: the effect, the slot, and what that makes dead.
    fn set(&mut self, judged: &mut Judged, key: Bytes, row: Option<Row>, kept: &HashSet<BlobRef>) {
        let before = self.rows.get_mut(&key).expect("every row is looked at first");
        match &before.stored {
            Some(old) => {
                let mut dead = BTreeMap::new();
                for (segment, bytes) in old.dead(&key, |it| kept.contains(it)) {
                    *dead.entry(segment).or_insert(0) += bytes;
                }
                judged.effect.dead.extend(dead);
                let extents = old.extents().filter(|(_, blob)| !kept.contains(blob));
                judged.effect.extents.extend(extents.map(|(id, _)| id));
            }
            None if row.is_some() => judged.births.push(key.clone()),
            // Nothing to delete.
            None => return,
        }
        let stored = row.clone().map(|row| Stored { home: self.segment, row });
        *before = Slot { stored, below: before.below };
        judged.slots.push((key.clone(), before.clone()));
        judged.effect.rows.push((key, row));
    }

    fn look(&mut self, key: &Bytes) -> Result<&Slot, EngineError> {
        Ok(match self.rows.entry(key.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.view.find(key)?),
        })
    }

    fn frost(&self, space: Space) -> Frost {
        let ahead = self.frosts.get(&space).copied();
        ahead.unwrap_or_else(|| self.shared.counted.read().frost(space))
    }

    /// New bodies are refused before the disk is full, empty ones too, and so are new rows: they would take
    /// what is kept for the changes that give space back. These write notes ([`Table::Local`]) at most.
    fn has_room(&self, change: &Change, keys: &Keys) -> Result<(), EngineError> {
        let bodies = change.put.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
            NewBlob::Inline(bytes) => Some(bytes.len() as u64),
            NewBlob::Ref(_) => None,
        });
        let is_new = |row: &RowKey| {
            row.table != Table::Local && self.rows[keys.of_row(row)].stored.is_none()
        };
        match bodies.reduce(|all, it| all + it) {
            None if !change.put.iter().any(|it| is_new(&it.row)) => Ok(()),
            // Asked for and not taken: the segment that they go to has its room already, and counting it
            // twice would refuse what fits.
            bytes => self.shared.has_room(bytes.unwrap_or(0)),
        }
    }

    /// Every blob that the change names must be the group's own and unnamed, or be taken over from a
    /// row that the change replaces or removes. The extents that it takes.
    fn take_blobs(
        &self,
        group: &Group,
        change: &Change,
        keys: &Keys,
    ) -> Result<Vec<u64>, EngineError> {
        let mut named = blobs_named(change).peekable();
        if named.peek().is_none() {
            return Ok(vec![]);
        }
        let rows = change.rows().map(|it| &self.rows[keys.of_row(it)]);
        let stored = rows.filter_map(|it| it.stored.as_ref());
        let owned: HashSet<&BlobRef> = stored.flat_map(|it| &it.row.blobs).collect();
        let new: Vec<BlobRef> = named.filter(|it| !owned.contains(it)).collect();
        self.shared.extents.take(group, &new).ok_or(EngineError::Gone)
    }
}

/// The rows that a change expects, writes and removes, each once, with its encoded key. They are few.
struct Keys(Vec<(RowKey, Bytes)>);

impl Keys {
    fn of(group: &Group, change: &Change) -> Self {
        let mut keys: Vec<(RowKey, Bytes)> = Vec::with_capacity(2);
        for row in change.expect.iter().map(|it| &it.row).chain(change.rows()) {
            if !keys.iter().any(|(it, _)| it == row) {
                keys.push((row.clone(), row.encode(group)));
            }
        }
        Self(keys)
    }

    fn of_row(&self, row: &RowKey) -> &Bytes {
        let found = self.0.iter().find(|(it, _)| it == row);
        &found.expect("every row of the change is among them").1
    }
}

fn blobs_named(change: &Change) -> impl Iterator<Item = BlobRef> {
    change.put.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
        NewBlob::Ref(blob) => Some(*blob),
        NewBlob::Inline(_) => None,
    })
}

/// The least key behind this one.
pub(crate) fn successor(key: &[u8]) -> Bytes {
    let mut next = BytesMut::with_capacity(key.len() + 1);
    next.put_slice(key);
    next.put_u8(0);
    next.freeze()
}
