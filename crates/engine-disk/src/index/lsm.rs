//! The index on fjall, a log-structured merge tree in Rust. Chosen by measurement: sorted runs cost
//! half the CPU of its own journal and no stall for writers. It only ever gets runs by ingestion, so
//! its journal stays empty and what it holds is finished checkpoints.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use fjall::config::{
    BloomConstructionPolicy, CompressionPolicy, FilterPolicy, FilterPolicyEntry, PinningPolicy,
};
use fjall::{CompressionType, Database, Keyspace, KeyspaceCreateOptions, Readable};

use super::{Index, IndexError, IndexRow, NUMBER_KEY, Rows, Snapshot};

/// Blocks kept in memory, in bytes.
const CACHE_BYTES: u64 = 64 << 20;
/// Threads that merge runs.
const MERGERS: usize = 1;

/// An index in a folder of its own.
pub(crate) struct LsmIndex {
    database: Database,
    rows: Keyspace,
}

impl LsmIndex {
    pub(crate) fn open(folder: &Path) -> Result<Self, IndexError> {
        let database = Database::builder(folder)
            .cache_size(CACHE_BYTES)
            .worker_threads(MERGERS)
            .open()
            .map_err(failed)?;
        let bloom = FilterPolicyEntry::Bloom(BloomConstructionPolicy::BitsPerKey(10.0));
        let options = || {
            KeyspaceCreateOptions::default()
                .filter_policy(FilterPolicy::all(bloom))
                // Every new key asks them, and through the cache that is a quarter dearer. The last
                // levels, whose filters are large, have the cache.
                .filter_block_pinning_policy(PinningPolicy::new([true, true, true, false]))
                .data_block_compression_policy(CompressionPolicy::all(CompressionType::None))
        };
        let rows = database.keyspace("rows", options).map_err(failed)?;
        Ok(Self { database, rows })
    }
}

impl Index for LsmIndex {
    fn ingest(&self, number: u64, rows: &mut Rows<'_>) -> Result<(), IndexError> {
        let mut run = self.rows.start_ingestion().map_err(failed)?;
        run.write(NUMBER_KEY, number.to_le_bytes()).map_err(failed)?;
        rows(&mut |(key, row)| {
            match row {
                Some(row) => run.write(key, row),
                None => run.write_tombstone(key),
            }
            .map_err(failed)
        })?;
        // Syncs the tables, their folder and the file that lists them.
        run.finish().map_err(failed)
    }

    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError> {
        let at = self.database.snapshot();
        let number = at.get(&self.rows, NUMBER_KEY).map_err(failed)?;
        let number = match number {
            None => 0,
            Some(bytes) => {
                let bytes: [u8; 8] = bytes[..]
                    .try_into()
                    .map_err(|_| IndexError::Damaged("the last run's number".into()))?;
                u64::from_le_bytes(bytes)
            }
        };
        Ok(Arc::new(LsmSnapshot { at, rows: self.rows.clone(), number }))
    }

    fn disk_bytes(&self) -> u64 {
        self.rows.disk_space()
    }

    fn unmerged_tables(&self) -> usize {
        self.rows.l0_table_count()
    }
}

struct LsmSnapshot {
    at: fjall::Snapshot,
    rows: Keyspace,
    number: u64,
}

impl Snapshot for LsmSnapshot {
    fn number(&self) -> u64 {
        self.number
    }

    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, IndexError> {
        Ok(self.at.get(&self.rows, key).map_err(failed)?.map(Bytes::from))
    }

    fn range(
        &self,
        start: &[u8],
        end: &[u8],
    ) -> Box<dyn Iterator<Item = Result<IndexRow, IndexError>> + Send> {
        if start >= end {
            return Box::new(std::iter::empty());
        }
        let rows = self.at.range(&self.rows, start..end).map(|guard| {
            let (key, row) = guard.into_inner().map_err(failed)?;
            Ok((Bytes::from(key), Bytes::from(row)))
        });
        Box::new(rows)
    }
}

fn failed(error: fjall::Error) -> IndexError {
    match error {
        fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)) => {
            IndexError::Io(error)
        }
        other => IndexError::Damaged(other.to_string()),
    }
}
