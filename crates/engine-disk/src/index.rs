//! The index: every row as of the last checkpoint. It is given sorted runs and nothing else, each
//! whole and durable when [`Index::ingest`] returns, and it remembers the number of the last one.
//!
//! It stands behind a trait because fjall (`lsm.rs`) does its own file I/O, which a simulated disk
//! can't see; `runs.rs` is an index for simulations, on the engine's own disk.

mod lsm;
mod runs;

use std::sync::Arc;

use bytes::Bytes;
use engine::{BlobRef, Row};
use rustix::io::Errno;

use crate::is_full;
use crate::place::Stored;

pub(crate) use lsm::LsmIndex;
pub(crate) use runs::RunIndex;

/// Why the index doesn't answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IndexError {
    /// It isn't what was written.
    #[error("the index is damaged: {0}")]
    Damaged(String),
    /// The disk says no.
    #[error("the index: {0}")]
    Io(#[from] std::io::Error),
}

impl IndexError {
    /// Whether it is worth waiting for better times: the disk is full, or too many files are open.
    pub(crate) fn may_pass(&self) -> bool {
        let Self::Io(error) = self else { return false };
        let many_files = [Some(Errno::MFILE), Some(Errno::NFILE)];
        is_full(error) || many_files.contains(&Errno::from_io_error(error))
    }
}

impl From<IndexError> for engine::EngineError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Damaged(_) => Self::Corrupt(error.to_string()),
            IndexError::Io(_) => Self::Unavailable(error.to_string()),
        }
    }
}

/// A row of a run: an encoded [`Stored`], or none to remove it.
pub(crate) type RunRow = (Bytes, Option<Bytes>);
/// Hands a run's rows over, in order, to what takes one.
pub(crate) type Rows<'a> = dyn FnMut(&mut Take<'_>) -> Result<(), IndexError> + 'a;
/// Takes one row of a run.
pub(crate) type Take<'a> = dyn FnMut(RunRow) -> Result<(), IndexError> + 'a;
/// A row that the index holds.
pub(crate) type IndexRow = (Bytes, Bytes);

/// Keeps rows by encoded key.
pub(crate) trait Index: Send + Sync {
    /// Takes a run in. When this returns the run is there whole, durably; if it fails, or the process
    /// ends before, it is there whole or not at all.
    fn ingest(&self, number: u64, rows: &mut Rows<'_>) -> Result<(), IndexError>;

    /// All finished runs, as of now.
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError>;

    /// Bytes on disk, about.
    fn disk_bytes(&self) -> u64;

    /// Tables that came with runs and aren't merged with older ones yet: a row may be in any of them.
    fn unmerged_tables(&self) -> usize;
}

/// The index as it was at one moment.
pub(crate) trait Snapshot: Send + Sync {
    /// The number of the last run; 0 if there is none.
    fn number(&self) -> u64;

    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, IndexError>;

    /// Rows from `start` (included) below `end`, in order.
    fn range(
        &self,
        start: &[u8],
        end: &[u8],
    ) -> Box<dyn Iterator<Item = Result<IndexRow, IndexError>> + Send>;
}

/// The key of the last run's number: below every table's.
const NUMBER_KEY: &[u8] = &[0];

/// A row as the index keeps it: home u64 | blobs u8 | so many blobs | value.
pub(crate) fn encode(stored: &Stored) -> Bytes {
    let blobs = &stored.row.blobs;
    let mut bytes =
        Vec::with_capacity(9 + blobs.len() * BlobRef::ENCODED_BYTES + stored.row.value.len());
    bytes.extend_from_slice(&stored.home.to_le_bytes());
    bytes.push(blobs.len() as u8);
    blobs.iter().for_each(|it| bytes.extend_from_slice(&it.encode()));
    bytes.extend_from_slice(&stored.row.value);
    bytes.into()
}

pub(crate) fn decode(bytes: &Bytes) -> Result<Stored, IndexError> {
    let damaged = || IndexError::Damaged("a row can't be read".into());
    let (home, rest) = bytes.split_first_chunk::<8>().ok_or_else(damaged)?;
    let (count, rest) = rest.split_first().ok_or_else(damaged)?;
    let blobs_bytes = usize::from(*count) * BlobRef::ENCODED_BYTES;
    let blobs = rest.get(..blobs_bytes).ok_or_else(damaged)?;
    let (blobs, _) = blobs.as_chunks::<{ BlobRef::ENCODED_BYTES }>();
    let blobs = blobs.iter().map(BlobRef::decode).collect();
    let value = bytes.slice(9 + blobs_bytes..);
    Ok(Stored { home: u64::from_le_bytes(*home), row: Row { value, blobs } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(value: &'static str) -> Stored {
        let blob = BlobRef { length: 5, place: [9; 32] };
        Stored {
            home: 3,
            row: Row { value: value.into(), blobs: vec![blob; value.len() % 3].into() },
        }
    }

    fn ingest(index: &dyn Index, number: u64, rows: &[(&'static str, Option<&'static str>)]) {
        let row = |(key, value): &(&'static str, Option<&'static str>)| -> RunRow {
            ((*key).into(), value.map(|it| encode(&stored(it))))
        };
        index.ingest(number, &mut |take| rows.iter().try_for_each(|it| take(row(it)))).unwrap();
    }

    fn all(snapshot: &dyn Snapshot) -> Vec<(Bytes, Stored)> {
        let rows = snapshot.range(b"a", b"z");
        rows.map(|it| it.and_then(|(key, row)| Ok((key, decode(&row)?))).unwrap()).collect()
    }

    fn keeps_runs(index: &dyn Index) {
        assert_eq!(index.snapshot().unwrap().number(), 0);
        ingest(index, 1, &[("b", Some("one")), ("c", Some("two")), ("e", Some(""))]);
        let first = index.snapshot().unwrap();
        ingest(index, 2, &[("a", Some("new")), ("b", None), ("c", Some("over"))]);
        let second = index.snapshot().unwrap();
        assert_eq!((first.number(), second.number()), (1, 2));
        let rows = |rows: &[(&'static str, &'static str)]| -> Vec<(Bytes, Stored)> {
            rows.iter().map(|(key, value)| ((*key).into(), stored(value))).collect()
        };
        assert_eq!(all(&*first), rows(&[("b", "one"), ("c", "two"), ("e", "")]));
        assert_eq!(all(&*second), rows(&[("a", "new"), ("c", "over"), ("e", "")]));
        assert_eq!(second.get(b"b").unwrap(), None);
        assert_eq!(decode(&second.get(b"c").unwrap().unwrap()).unwrap(), stored("over"));
        let part: Vec<Bytes> = second.range(b"b", b"e").map(|it| it.unwrap().0).collect();
        assert_eq!(part, ["c"]);
    }

    #[test]
    fn the_lsm_index_keeps_runs_over_a_reopening() {
        let folder = tempfile::tempdir().unwrap();
        keeps_runs(&LsmIndex::open(folder.path()).unwrap());
        let again = LsmIndex::open(folder.path()).unwrap();
        let snapshot = again.snapshot().unwrap();
        assert_eq!((snapshot.number(), all(&*snapshot).len()), (2, 3));
    }

    #[test]
    fn the_simulations_index_keeps_runs_over_a_reopening() {
        let disk = Arc::new(engine::sim::disk::SimDisk::new(1));
        keeps_runs(&RunIndex::open(disk.clone()).unwrap());
        let again = RunIndex::open(disk).unwrap();
        let snapshot = again.snapshot().unwrap();
        assert_eq!((snapshot.number(), all(&*snapshot).len()), (2, 3));
    }

    #[test]
    fn a_row_of_any_bytes_is_read_or_refused() {
        let whole = encode(&stored("some value"));
        for length in 0..whole.len() {
            let _ = decode(&whole.slice(..length));
        }
    }
}
