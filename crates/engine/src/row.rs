//! Rows, the blobs that they own, and changes.

use std::collections::HashSet;
use std::hash::Hash;

use bytes::Bytes;
use smallvec::SmallVec;

use crate::{Group, RowKey};

/// A row: an opaque value and the blobs that it owns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Opaque to the engine; at most 64 KiB ([`Row::VALUE_BYTES_MAX`]).
    pub value: Bytes,
    /// In the order in which the change named them; at most [`Row::BLOBS_MAX`].
    pub blobs: Blobs,
}

/// The blobs of a row: one mostly, which then takes no memory of its own.
pub type Blobs = SmallVec<[BlobRef; 1]>;

impl Row {
    /// Longest value, in bytes.
    pub const VALUE_BYTES_MAX: usize = 64 * 1024;
    /// Most blobs of one row.
    pub const BLOBS_MAX: usize = 16;

    /// A row that owns no blobs.
    pub fn of(value: impl Into<Bytes>) -> Self {
        Self { value: value.into(), blobs: Blobs::new() }
    }
}

/// Where a sealed blob lies. A row that names it may be rewritten by the engine when it moves the
/// blob (never one begun with [`Purpose::Fixed`](crate::Purpose::Fixed)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlobRef {
    /// Bytes.
    pub length: u64,
    /// The engine's own, opaque to others.
    pub place: [u8; 32],
}

impl BlobRef {
    /// Bytes of the encoded form.
    pub const ENCODED_BYTES: usize = 40;

    /// Little-endian length, then the place.
    pub fn encode(&self) -> [u8; Self::ENCODED_BYTES] {
        let mut bytes = [0; Self::ENCODED_BYTES];
        bytes[..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..].copy_from_slice(&self.place);
        bytes
    }

    /// The inverse of [`BlobRef::encode`].
    pub fn decode(bytes: &[u8; Self::ENCODED_BYTES]) -> Self {
        let (length, place) = bytes.split_at(8);
        Self {
            length: u64::from_le_bytes(length.try_into().expect("8 bytes")),
            place: place.try_into().expect("32 bytes"),
        }
    }
}

/// What happens to one group, all or none. A row appears at most once in `put` and `delete`
/// together, and a blob at most once in all of `put`; deleting an absent row is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Must all hold.
    pub expect: Vec<Expectation>,
    /// Rows written, over what was there.
    pub put: Vec<PutRow>,
    /// Rows removed.
    pub delete: Vec<RowKey>,
    /// Added to the counters of the group's space.
    pub count: Vec<CounterDelta>,
}

impl Change {
    /// The rows that it writes and removes.
    pub fn rows(&self) -> impl Iterator<Item = &RowKey> + Clone {
        self.put.iter().map(|it| &it.row).chain(&self.delete)
    }

    /// Panics if the change breaks a limit or names a row or a blob twice, which is the caller's
    /// mistake. Every engine begins an `apply` with this.
    pub fn assert_valid(&self, group: &Group, inline_bytes_max: usize) {
        assert!(group.name.len() <= Group::NAME_BYTES_MAX, "a group's name is too long");
        let expected = self.expect.iter().map(|it| &it.row);
        for row in expected.chain(self.rows()) {
            assert!(row.sub.len() <= RowKey::SUB_BYTES_MAX, "a sub-key is too long");
        }
        assert!(all_differ(self.rows()), "a change names a row twice");
        let blobs = self.put.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
            NewBlob::Ref(blob) => Some(blob),
            NewBlob::Inline(_) => None,
        });
        assert!(all_differ(blobs), "a change names a blob twice");
        for put in &self.put {
            assert!(put.value.len() <= Row::VALUE_BYTES_MAX, "a row's value is too long");
            assert!(put.blobs.len() <= Row::BLOBS_MAX, "a row has too many blobs");
            for blob in &put.blobs {
                if let NewBlob::Inline(it) = blob {
                    assert!(it.len() <= inline_bytes_max, "a body is too long to travel inline");
                }
            }
        }
    }
}

/// Most changes name a row or two, for which a set would cost more than it saves.
fn all_differ<T: Eq + Hash>(items: impl Iterator<Item = T> + Clone) -> bool {
    let mut count = items.clone();
    match (count.next(), count.next()) {
        (_, None) => true,
        (Some(one), Some(other)) if count.next().is_none() => one != other,
        _ => {
            let mut seen = HashSet::new();
            items.into_iter().all(|it| seen.insert(it))
        }
    }
}

/// What a change expects of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Which row.
    pub row: RowKey,
    /// What it must be.
    pub is: Expected,
}

/// What a row must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Not there.
    Absent,
    /// Exactly this, its blobs included: a moved body is a changed row.
    Exactly(Row),
}

/// A row to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutRow {
    /// Which row.
    pub row: RowKey,
    /// Its value.
    pub value: Bytes,
    /// The blobs that it owns from now on.
    pub blobs: Vec<NewBlob>,
}

/// A blob that a written row owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewBlob {
    /// Sealed by a writer of this group and named by no row yet, or taken over from a row that
    /// this change replaces or deletes (or kept by the row itself). Anything else was moved, freed
    /// or discarded in the meantime: the change answers
    /// [`EngineError::Gone`](crate::EngineError::Gone), unless an expectation failed as well.
    Ref(BlobRef),
    /// A small body that travels in the change, at most
    /// [`inline_bytes_max`](crate::Engine::inline_bytes_max).
    Inline(Bytes),
}

/// Names a counter of a space; what it counts is the caller's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CounterId(pub u8);

/// A change of one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterDelta {
    /// Which.
    pub counter: CounterId,
    /// By how much.
    pub by: i64,
}

/// When a change took effect: greater than every stamp of an earlier change of the same group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub u64);
