//! An index for simulations: each run a file of the engine's own disk, `index/NUMBER.run`, and all
//! rows in memory. A power cut in the middle of a run leaves a file that its checksum gives away.
//!
//! ```text
//! rows: key length u32 | key | row length u32 + 1, or 0 if removed | row ... | crc64nvme u64 of all that
//! ```

use std::collections::BTreeMap;
use std::io::{self, IoSlice};
use std::sync::Arc;

use bytes::Bytes;
use engine::io::{Disk, File, Open};
use parking_lot::RwLock;

use super::{Index, IndexError, IndexRow, Rows, RunRow, Snapshot};

const FOLDER: &str = "index";

#[derive(Clone, Default)]
struct State {
    rows: BTreeMap<Bytes, Bytes>,
    number: u64,
}

/// An index in memory that is read back from its runs.
pub(crate) struct RunIndex {
    disk: Arc<dyn Disk>,
    state: RwLock<Arc<State>>,
}

impl RunIndex {
    pub(crate) fn open(disk: Arc<dyn Disk>) -> Result<Self, IndexError> {
        let number_of = |file: &String| file.strip_suffix(".run")?.parse().ok();
        let mut numbers: Vec<u64> = disk.list(FOLDER)?.iter().filter_map(number_of).collect();
        numbers.sort_unstable();
        let mut state = State::default();
        for number in &numbers {
            let (number, is_last) = (*number, Some(number) == numbers.last());
            let file = disk.open(&name(number), Open::Existing)?;
            let mut bytes = vec![0; file.length()? as usize];
            file.read_at(&mut bytes, 0)?;
            match parse(&bytes) {
                Some(rows) => {
                    if is_last {
                        // Its process may have ended before it was synced, or because that failed.
                        write(&*disk, &*file, &bytes)?;
                    }
                    state.enter(number, rows);
                }
                // Only the last one can have been cut off: it was never finished.
                None => disk.remove(&name(number))?,
            }
        }
        Ok(Self { disk, state: RwLock::new(Arc::new(state)) })
    }
}

impl State {
    fn enter(&mut self, number: u64, rows: Vec<RunRow>) {
        for (key, row) in rows {
            match row {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
        self.number = number;
    }
}

impl Index for RunIndex {
    fn ingest(&self, number: u64, rows: &mut Rows<'_>) -> Result<(), IndexError> {
        let mut run = Vec::new();
        rows(&mut |row| {
            run.push(row);
            Ok(())
        })?;
        // What a failed attempt left has the same name.
        match self.disk.remove(&name(number)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let file = self.disk.open(&name(number), Open::New)?;
        write(&*self.disk, &*file, &render(&run))?;
        let mut state = self.state.write();
        Arc::make_mut(&mut state).enter(number, run);
        Ok(())
    }

    fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError> {
        Ok(Arc::clone(&*self.state.read()) as Arc<dyn Snapshot>)
    }

    fn disk_bytes(&self) -> u64 {
        self.state.read().rows.iter().map(|(key, row)| (key.len() + row.len()) as u64).sum()
    }

    /// It has one table.
    fn unmerged_tables(&self) -> usize {
        0
    }
}

impl Snapshot for State {
    fn number(&self) -> u64 {
        self.number
    }

    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, IndexError> {
        Ok(self.rows.get(key).cloned())
    }

    fn range(
        &self,
        start: &[u8],
        end: &[u8],
    ) -> Box<dyn Iterator<Item = Result<IndexRow, IndexError>> + Send> {
        if start >= end {
            return Box::new(std::iter::empty());
        }
        let (start, end) = (Bytes::copy_from_slice(start), Bytes::copy_from_slice(end));
        let rows: Vec<_> =
            self.rows.range(start..end).map(|(key, row)| Ok((key.clone(), row.clone()))).collect();
        Box::new(rows.into_iter())
    }
}

/// Writes a run, durably.
fn write(disk: &dyn Disk, file: &dyn File, run: &[u8]) -> io::Result<()> {
    file.write_at(&[IoSlice::new(run)], 0)?;
    file.sync()?;
    disk.sync_folder(FOLDER)
}

fn name(number: u64) -> String {
    format!("{FOLDER}/{number}.run")
}

fn render(rows: &[RunRow]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (key, row) in rows {
        bytes.extend_from_slice(&(key.len() as u32).to_le_bytes());
        bytes.extend_from_slice(key);
        let length = row.as_ref().map_or(0, |it| it.len() as u32 + 1);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(row.as_deref().unwrap_or_default());
    }
    let sum = crate::crc(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

fn parse(bytes: &[u8]) -> Option<Vec<RunRow>> {
    let (mut rest, sum) = bytes.split_last_chunk::<8>()?;
    if u64::from_le_bytes(*sum) != crate::crc(rest) {
        return None;
    }
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let (length, tail) = rest.split_first_chunk::<4>()?;
        let (key, tail) = tail.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (length, tail) = tail.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let (row, tail) = tail.split_at_checked(length.saturating_sub(1))?;
        rows.push((Bytes::copy_from_slice(key), (length > 0).then(|| Bytes::copy_from_slice(row))));
        rest = tail;
    }
    Some(rows)
}
