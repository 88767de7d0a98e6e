//! Scans: what to read, from where, how much.
//!
//! "First" and "second" are the two parts that order a table (see [`RowKey`]): the group's name
//! and the sub-key, in [`Table::Local`] the other way round.

use bytes::{Bytes, BytesMut};

use crate::key::{END, escape, table_prefix};
use crate::{Group, Row, RowKey, Space, Table};

/// Rows of one space whose first part begins with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRange {
    /// Which space.
    pub space: Space,
    /// What every first part begins with; empty for all.
    pub prefix: Bytes,
    /// Where to begin.
    pub from: Cursor,
}

/// Where a scan begins. A cursor before the range's prefix is the start of the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// At the first row of the range.
    Start,
    /// At the first row whose first part is this or greater.
    At(Bytes),
    /// Behind every row with this first part.
    AfterFirst(Bytes),
    /// Behind every row whose first part begins so.
    AfterPrefix(Bytes),
    /// Behind this very row.
    After {
        /// Its first part.
        first: Bytes,
        /// Its second part.
        second: Bytes,
    },
}

impl RowRange {
    /// All rows of a table and space.
    pub fn all(space: Space) -> Self {
        Self { space, prefix: Bytes::new(), from: Cursor::Start }
    }

    /// The encoded keys that the range spans: `start <= key < end`.
    pub fn bounds(&self, table: Table) -> (Bytes, Bytes) {
        let head = table_prefix(table, self.space);
        let with = |name: &[u8]| {
            let mut key = BytesMut::with_capacity(head.len() + name.len() + 4);
            key.extend_from_slice(&head);
            escape(name, &mut key);
            key
        };
        let low = with(&self.prefix);
        let end = after_all_with_prefix(low.clone());
        let start = match &self.from {
            Cursor::Start => low.clone(),
            // Without an END: a name sorts before its extensions, so this is at the name itself.
            Cursor::At(first) => with(first),
            Cursor::AfterFirst(first) => {
                let mut key = with(first);
                key.extend_from_slice(&END);
                after_all_with_prefix(key)
            }
            Cursor::AfterPrefix(prefix) => after_all_with_prefix(with(prefix)),
            Cursor::After { first, second } => {
                let mut key = with(first);
                key.extend_from_slice(&END);
                key.extend_from_slice(second);
                key.extend_from_slice(&[0]);
                key
            }
        };
        let start = start.max(low);
        (start.min(end.clone()).freeze(), end.freeze())
    }
}

/// The least key above every key that begins with these bytes. Keys begin with a table's number,
/// so a byte below 255 is always found.
fn after_all_with_prefix(mut prefix: BytesMut) -> BytesMut {
    while let Some(last) = prefix.last_mut() {
        if *last < u8::MAX {
            *last += 1;
            return prefix;
        }
        prefix.truncate(prefix.len() - 1);
    }
    unreachable!("a key begins with the number of its table")
}

/// When a page is full: whichever comes first. At least one row is returned if there is one. An
/// engine may end a page sooner: only [`Page::next`] says whether the range has more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanLimit {
    /// Rows.
    pub rows: usize,
    /// Bytes of keys and values.
    pub bytes: usize,
}

impl ScanLimit {
    /// So many rows, and at most 4 MiB.
    pub fn rows(rows: usize) -> Self {
        Self { rows, bytes: 4 << 20 }
    }
}

/// Some rows, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub entries: Vec<Entry>,
    /// Where to go on; none if the range has no further row.
    pub next: Option<Cursor>,
}

/// A row that a scan met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its group.
    pub group: Group,
    /// Its key.
    pub key: RowKey,
    /// What it holds.
    pub row: Row,
}

impl Entry {
    /// The cursor behind this row.
    pub fn after(&self) -> Cursor {
        let (first, second) = match self.key.table {
            Table::Local => (&self.key.sub, &self.group.name),
            _ => (&self.group.name, &self.key.sub),
        };
        Cursor::After { first: first.clone(), second: second.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = Vec<u8>> {
        vec(prop_oneof![0u8..4, 254u8..=255, Just(b'/')], 0..4)
    }

    fn cursor() -> impl Strategy<Value = Cursor> {
        prop_oneof![
            Just(Cursor::Start),
            name().prop_map(|it| Cursor::At(it.into())),
            name().prop_map(|it| Cursor::AfterFirst(it.into())),
            name().prop_map(|it| Cursor::AfterPrefix(it.into())),
            (name(), name()).prop_map(|(a, b)| Cursor::After { first: a.into(), second: b.into() }),
        ]
    }

    /// The same meaning without any encoding.
    fn holds(from: &Cursor, first: &[u8], second: &[u8]) -> bool {
        match from {
            Cursor::Start => true,
            Cursor::At(at) => first >= &at[..],
            Cursor::AfterFirst(after) => first > &after[..],
            Cursor::AfterPrefix(prefix) => first > &prefix[..] && !first.starts_with(prefix),
            Cursor::After { first: f, second: s } => (first, second) > (&f[..], &s[..]),
        }
    }

    proptest! {
        #[test]
        fn bounds_hold_exactly_the_rows_meant(
            from in cursor(), prefix in name(), first in name(), second in name(), other_space: bool
        ) {
            let range = RowRange { space: Space(255), prefix: prefix.clone().into(), from };
            let (start, end) = range.bounds(Table::Uploads);
            let space = Space(if other_space { 256 } else { 255 });
            let group = Group::new(space, first.clone());
            let key = RowKey::new(Table::Uploads, second.clone()).encode(&group);
            prop_assert!(start <= end);
            prop_assert_eq!(
                start <= key && key < end,
                !other_space && first.starts_with(&prefix) && holds(&range.from, &first, &second)
            );
        }
    }
}
