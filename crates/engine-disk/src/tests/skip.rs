//! A listing with a delimiter costs what it shows, not the keys that it skips: a million of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use engine::{Cursor, Row};

use super::*;
use crate::gaps::Gaps;
use crate::index::{self, Index, IndexError, IndexRow, LsmIndex, Snapshot};
use crate::place::Stored;
use crate::table::{Slot, Table as Written};
use crate::view::{Scan, Step, View};

const SPACE: Space = Space(7);
const KEYS: u32 = 1_000_000;
const FOLDERS: u32 = 10;
/// Every so many keys, one was written anew since the checkpoint.
const WRITTEN_EVERY: u32 = 50;

/// A snapshot that counts the rows that are taken from it.
struct Counted {
    below: Arc<dyn Snapshot>,
    taken: Arc<AtomicUsize>,
}

impl Snapshot for Counted {
    fn number(&self) -> u64 {
        self.below.number()
    }

    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, IndexError> {
        self.below.get(key)
    }

    fn range(
        &self,
        start: &[u8],
        end: &[u8],
    ) -> Box<dyn Iterator<Item = Result<IndexRow, IndexError>> + Send> {
        let taken = Arc::clone(&self.taken);
        let rows = self.below.range(start, end);
        Box::new(rows.inspect(move |_| _ = taken.fetch_add(1, Ordering::Relaxed)))
    }
}

fn key(number: u32) -> Bytes {
    let (folder, below) = (number / (KEYS / FOLDERS), number % (KEYS / FOLDERS));
    let group = Group::new(SPACE, format!("folder{folder}/{below:08}"));
    RowKey::new(Table::Heads, Bytes::new()).encode(&group)
}

fn stored() -> Stored {
    Stored { home: 1, row: Row::of("v") }
}

#[test]
fn a_page_of_common_prefixes_costs_a_seek_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let index = LsmIndex::open(folder.path()).unwrap();
    let value = index::encode(&stored());
    let rows = |take: &mut index::Take<'_>| {
        (0..KEYS).try_for_each(|it| take((key(it), Some(value.clone()))))
    };
    index.ingest(1, &mut { rows }).unwrap();
    let written = Written::default();
    let slot = || Slot { below: true, stored: Some(stored()) };
    written.enter((0..KEYS).step_by(WRITTEN_EVERY as usize).map(|it| (key(it), slot())));
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Counted { below: index.snapshot().unwrap(), taken: Arc::clone(&taken) };
    let (view, gaps) = (View::new(written, Arc::new(counted)), Gaps::default());

    // As the store lists: the first row behind a common prefix tells the next one.
    let mut range = RowRange::all(SPACE);
    let mut found = Vec::new();
    loop {
        let (start, end) = range.bounds(Table::Heads);
        let mut scan = Scan::new(&view, &gaps, start, end);
        let Step::Row(key, _) = scan.step().unwrap() else { break };
        let name = RowKey::decode(&key).unwrap().0.name;
        let prefix = name.slice(..=name.iter().position(|it| *it == b'/').unwrap());
        found.push(String::from_utf8(prefix.to_vec()).unwrap());
        range.from = Cursor::AfterPrefix(prefix);
    }
    let wanted: Vec<String> = (0..FOLDERS).map(|it| format!("folder{it}/")).collect();
    assert_eq!(found, wanted);
    // Of each seek the row where it stands and the one behind that.
    let taken = taken.load(Ordering::Relaxed);
    assert!(taken <= 3 * FOLDERS as usize, "{taken} rows for {FOLDERS} common prefixes");
}
