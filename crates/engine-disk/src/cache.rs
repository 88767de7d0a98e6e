//! What was read lately, and small bodies that were just written. A row costs 10 us from the index and a
//! fraction of one from here; a body a wait for the disk, or two system calls, less.
//!
//! A body's place is never used again, so what is kept of it is true for good. A row is never older
//! than the index of the view that it is read with: a checkpoint first moves the epoch on, which shuts
//! out whoever still reads an older index, then forgets the rows of its run, and only then readers get
//! the new index.

use bytes::Bytes;
use engine::BlobRef;
use parking_lot::RwLock;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::place::{Place, Stored, row_bytes};
use crate::table::Table;

/// Most bytes of rows.
const ROW_BYTES_MAX: u64 = 32 << 20;
/// How many there is room laid out for; there may be more.
const EXPECTED: usize = 8_192;

pub(crate) struct RowCache {
    rows: Cache<Bytes, Stored, Weigh>,
    /// The number of the index's last run.
    epoch: RwLock<u64>,
}

#[derive(Clone)]
struct Weigh;

impl Weighter<Bytes, Stored> for Weigh {
    fn weight(&self, key: &Bytes, stored: &Stored) -> u64 {
        row_bytes(key, &stored.row)
    }
}

impl RowCache {
    pub(crate) fn new(epoch: u64) -> Self {
        Self {
            rows: Cache::with_weighter(EXPECTED, ROW_BYTES_MAX, Weigh),
            epoch: RwLock::new(epoch),
        }
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<Stored> {
        self.rows.get(key)
    }

    /// Keeps a row that was read from the index with this run as its last.
    pub(crate) fn keep(&self, epoch: u64, key: &[u8], stored: &Stored) {
        let now = self.epoch.read();
        if *now == epoch {
            // A copy: what the index gives holds a whole block of its.
            let mut copy = stored.clone();
            copy.row.value = Bytes::copy_from_slice(&stored.row.value);
            self.rows.insert(Bytes::copy_from_slice(key), copy);
        }
    }

    /// The index gets a run made of this table.
    pub(crate) fn advance(&self, epoch: u64, run: &Table) {
        *self.epoch.write() = epoch;
        let forgotten = run.for_each(|key, _| {
            self.rows.remove(&key[..]);
            Ok::<_, std::convert::Infallible>(())
        });
        forgotten.unwrap_or_else(|never| match never {});
    }
}

/// Small bodies in the log, by segment and offset: what was just written, and what was read of late, which
/// was checked then. The log is written past the page cache, so that else the disk would be asked.
pub(crate) struct BodyCache(Cache<(u64, u64), Bytes, Weigh>);

impl Weighter<(u64, u64), Bytes> for Weigh {
    fn weight(&self, _: &(u64, u64), body: &Bytes) -> u64 {
        (body.len() + ENTRY_BYTES) as u64
    }
}

/// What an entry takes beside its body, about.
const ENTRY_BYTES: usize = 100;

impl BodyCache {
    /// With room for so many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter(EXPECTED, bytes, Weigh))
    }

    pub(crate) fn get(&self, segment: u64, at: u64) -> Option<Bytes> {
        self.0.get(&(segment, at))
    }

    /// Whether a body is kept.
    pub(crate) fn has(&self, blob: &BlobRef) -> bool {
        match Place::of(blob) {
            Some(Place::Log { segment, at, .. }) => self.0.peek(&(segment, at)).is_some(),
            _ => false,
        }
    }

    /// Keeps a copy: what is given may be a part of something large.
    pub(crate) fn keep(&self, blob: &BlobRef, body: &[u8]) {
        if let Some(Place::Log { segment, at, .. }) = Place::of(blob)
            && !body.is_empty()
        {
            self.0.insert((segment, at), Bytes::copy_from_slice(body));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Slot;
    use engine::Row;

    fn stored(value: &'static str) -> Stored {
        Stored { home: 1, row: Row::of(value) }
    }

    #[test]
    fn a_run_ends_what_it_changes_and_shuts_out_older_readers() {
        let cache = RowCache::new(1);
        cache.keep(1, b"a", &stored("old"));
        cache.keep(1, b"b", &stored("same"));
        let run = Table::default();
        run.enter([("a".into(), Slot { stored: Some(stored("new")), below: true })]);
        cache.advance(2, &run);
        assert_eq!(cache.get(b"a"), None);
        assert_eq!(cache.get(b"b"), Some(stored("same")));
        cache.keep(1, b"a", &stored("old"));
        assert_eq!(cache.get(b"a"), None, "read from an index of before");
        cache.keep(2, b"a", &stored("new"));
        assert_eq!(cache.get(b"a"), Some(stored("new")));
    }
}
