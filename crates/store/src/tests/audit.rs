//! What must hold of an engine's rows whenever nothing is under way and background work is done.

use std::collections::BTreeSet;

use engine::{Entry, Group, RowRange, ScanLimit};

use engine::{Space, Table};

use super::*;
use crate::bucket::{NAME_PREFIX, name_row};
use crate::rows::{BucketRow, Head, Life};

/// What the rows of all buckets hold.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    /// Blobs that rows own.
    pub(crate) blobs: usize,
    pub(crate) objects: usize,
    pub(crate) open_uploads: usize,
}

async fn rows(engine: &dyn Engine, table: Table, space: Space) -> Vec<Entry> {
    let (mut range, mut all) = (RowRange::all(space), Vec::new());
    loop {
        let page = engine.scan(table, range.clone(), ScanLimit::rows(1000)).await.unwrap();
        all.extend(page.entries);
        match page.next {
            Some(next) => range.from = next,
            None => return all,
        }
    }
}

/// Does the background work and checks that nothing is left over, nothing is missing, and all is
/// counted. `at` says where we are, for messages.
pub(crate) async fn audit(store: &Store, at: &str) -> Audit {
    let mut tries = 0;
    while let Err(error) = store.background_step().await {
        tries += 1;
        assert!(tries < 200, "{at}: {error}");
    }
    let engine = store.engine();
    let mut audit = Audit::default();
    let (mut owned, mut named, mut configured) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in rows(engine, Table::Catalog, Space::SYSTEM).await {
        if entry.key != name_row() {
            configured.insert(entry.group);
            continue;
        }
        named.insert(entry.group.clone());
        let row = BucketRow::decode(&entry.row.value).unwrap();
        assert_eq!(row.life, Life::Active, "{at}: a bucket stays in between");
        let name = String::from_utf8_lossy(&entry.group.name[NAME_PREFIX.len()..]).into_owned();
        owned.insert((entry.group.clone(), bucket::owner_row(row.owner, &name)));
        audit_bucket(store, Space(row.space), &mut audit, at).await;
    }
    assert!(configured.is_subset(&named), "{at}: configuration outlives its bucket");
    let notes = rows(engine, Table::Local, Space::SYSTEM).await;
    let found: BTreeSet<_> = notes.into_iter().map(|it| (it.group, it.key)).collect();
    assert_eq!(found, owned, "{at}: owners' rows and notes of drops");
    audit
}

async fn audit_bucket(store: &Store, space: Space, audit: &mut Audit, at: &str) {
    let engine = store.engine();
    let notes = rows(engine, Table::Local, space).await;
    assert!(notes.is_empty(), "{at}: notes are left: {notes:?}");
    let (mut count, mut length) = (0, 0);
    let (mut overflowing, mut uploads) = (BTreeSet::new(), BTreeSet::new());
    for entry in rows(engine, Table::Heads, space).await {
        let head = Head::decode(&entry.row.value).unwrap();
        (count, length) = (count + 1, length + head.summary.length as i64);
        if head.overflows {
            overflowing.insert(entry.group.clone());
        }
        uploads.extend(head.upload);
        audit.blobs += 1;
    }
    audit.objects += count as usize;
    let versions = rows(engine, Table::Versions, space).await;
    let versions: BTreeSet<Group> = versions.into_iter().map(|it| it.group).collect();
    assert_eq!(versions, overflowing, "{at}: overflow rows");
    for entry in rows(engine, Table::Uploads, space).await {
        uploads.insert(UploadId(u128::from_be_bytes(entry.key.sub[..].try_into().unwrap())));
        audit.open_uploads += 1;
    }
    for entry in rows(engine, Table::Parts, space).await {
        let id = UploadId(u128::from_be_bytes(entry.group.name[..].try_into().unwrap()));
        assert!(uploads.contains(&id), "{at}: a part of no upload: {entry:?}");
        audit.blobs += entry.row.blobs.len();
    }
    let counters = engine.counters(space).await.unwrap();
    let of = |id| counters.iter().find(|(it, _)| *it == id).map_or(0, |(_, sum)| *sum);
    assert_eq!((of(rows::OBJECTS), of(rows::BYTES)), (count, length), "{at}: counters");
}
