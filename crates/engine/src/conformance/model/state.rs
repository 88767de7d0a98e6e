//! What an engine should hold, in plain maps.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::plan::Plan;
use crate::{Cursor, Frost, Group, RowKey, Space, Stamp, Table};

/// Where a row stands: its table and space, and the two parts that order them.
type Place = (Table, Space, Bytes, Bytes);

/// A row by what it holds, not by where that lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) value: Bytes,
    pub(super) bodies: Vec<Bytes>,
}

/// All that an engine should hold.
#[derive(Clone, Default)]
pub(super) struct State {
    rows: BTreeMap<Place, Content>,
    counters: BTreeMap<(Space, u8), i64>,
    pub(super) frosts: BTreeMap<Space, Frost>,
    pub(super) dropped: BTreeSet<Space>,
    stamps: BTreeMap<Group, Stamp>,
}

fn place(group: &Group, row: &RowKey) -> Place {
    let (name, sub) = (group.name.clone(), row.sub.clone());
    match row.table {
        Table::Local => (row.table, group.space, sub, name),
        _ => (row.table, group.space, name, sub),
    }
}

fn group_and_row(place: &Place) -> (Group, RowKey) {
    let (table, space, first, second) = place.clone();
    match table {
        Table::Local => (Group::new(space, second), RowKey::new(table, first)),
        _ => (Group::new(space, first), RowKey::new(table, second)),
    }
}

impl State {
    pub(super) fn row(&self, group: &Group, row: &RowKey) -> Option<&Content> {
        self.rows.get(&place(group, row))
    }

    /// What a cursor and a prefix mean, without any encoding.
    pub(super) fn range(
        &self,
        table: Table,
        space: Space,
        prefix: &[u8],
        from: &Cursor,
    ) -> Vec<(Group, RowKey, &Content)> {
        let is_from = |first: &Bytes, second: &Bytes| match from {
            Cursor::Start => true,
            Cursor::At(at) => first >= at,
            Cursor::AfterFirst(after) => first > after,
            Cursor::AfterPrefix(prefix) => first > prefix && !first.starts_with(prefix),
            Cursor::After { first: f, second: s } => (first, second) > (f, s),
        };
        let in_range = |(place, _): &(&Place, &Content)| {
            (place.0, place.1) == (table, space)
                && place.2.starts_with(prefix)
                && is_from(&place.2, &place.3)
        };
        let found = self.rows.iter().filter(in_range).map(|(place, content)| {
            let (group, row) = group_and_row(place);
            (group, row, content)
        });
        found.collect()
    }

    /// The counters of a space that aren't 0.
    pub(super) fn counters(&self, space: Space) -> Vec<(u8, i64)> {
        let mine = self.counters.iter().filter(|((it, _), sum)| *it == space && **sum != 0);
        mine.map(|((_, counter), sum)| (*counter, *sum)).collect()
    }

    pub(super) fn apply(&mut self, group: &Group, plan: &Plan) {
        for row in &plan.deletes {
            self.rows.remove(&place(group, row));
        }
        for put in &plan.puts {
            let bodies = put.blobs.iter().map(|it| it.body().clone()).collect();
            let content = Content { value: put.value.clone(), bodies };
            self.rows.insert(place(group, &put.row), content);
        }
        for delta in &plan.count {
            *self.counters.entry((group.space, delta.counter.0)).or_default() += delta.by;
        }
    }

    pub(super) fn is_frozen(&self, space: Space) -> bool {
        self.frosts.get(&space).is_some_and(|it| it.is_frozen())
    }

    /// Notes a change's stamp; false if it isn't greater than the last one.
    pub(super) fn stamp_grows(&mut self, group: &Group, stamp: Stamp) -> bool {
        self.stamps.insert(group.clone(), stamp).is_none_or(|last| last < stamp)
    }

    pub(super) fn drop_space(&mut self, space: Space) {
        self.rows.retain(|place, _| place.1 != space);
        self.counters.retain(|(it, _), _| *it != space);
        self.dropped.insert(space);
    }
}
