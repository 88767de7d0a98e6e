//! Where things lie: what a `BlobRef` says to this engine, and what a row takes up.

use engine::{BlobRef, Row};

/// Where a blob lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a record of a segment; the checksum is of the whole body.
    Log { segment: u64, at: u64, crc: u64 },
    /// In a file of its own.
    Extent { id: u64 },
}

impl Place {
    pub(crate) fn blob(self, length: u64) -> BlobRef {
        let numbers = match self {
            Self::Log { segment, at, crc } => [1, segment, at, crc],
            Self::Extent { id } => [2, id, 0, 0],
        };
        let mut place = [0; 32];
        for (bytes, number) in place.chunks_exact_mut(8).zip(numbers) {
            bytes.copy_from_slice(&number.to_le_bytes());
        }
        BlobRef { length, place }
    }

    pub(crate) fn of(blob: &BlobRef) -> Option<Self> {
        let number = |at: usize| {
            u64::from_le_bytes(blob.place[8 * at..8 * at + 8].try_into().expect("8 bytes"))
        };
        match number(0) {
            1 => Some(Self::Log { segment: number(1), at: number(2), crc: number(3) }),
            2 => Some(Self::Extent { id: number(1) }),
            _ => None,
        }
    }
}

/// A row and the segment whose record says so. That record is what the row could be read from if
/// the index were lost, so it counts as live there until the row is replaced or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) home: u64,
    pub(crate) row: Row,
}

impl Stored {
    /// What the row makes dead, by segment, once it is gone: its own bytes, and of its bodies in the
    /// log those that `kept` doesn't name.
    pub(crate) fn dead(
        &self,
        key: &[u8],
        kept: impl Fn(&BlobRef) -> bool,
    ) -> impl Iterator<Item = (u64, u64)> {
        let own = (self.home, row_bytes(key, &self.row));
        // An empty body keeps no segment alive: the one that it came with may be gone.
        let gone = self.row.blobs.iter().filter(move |it| it.length > 0 && !kept(it));
        let bodies = gone.filter_map(|it| match Place::of(it) {
            Some(Place::Log { segment, .. }) => Some((segment, it.length)),
            _ => None,
        });
        std::iter::once(own).chain(bodies)
    }

    /// The extents that the row owns.
    pub(crate) fn extents(&self) -> impl Iterator<Item = (u64, &BlobRef)> {
        self.row.blobs.iter().filter_map(|it| match Place::of(it) {
            Some(Place::Extent { id }) => Some((id, it)),
            _ => None,
        })
    }
}

/// About what a row takes up in its record, in bytes, without its bodies.
pub(crate) fn row_bytes(key: &[u8], row: &Row) -> u64 {
    (key.len() + row.value.len() + BlobRef::ENCODED_BYTES * row.blobs.len() + ROW_FRAME_BYTES)
        as u64
}

/// What a record adds to each of its rows, about.
const ROW_FRAME_BYTES: usize = 64;
