//! Space comes back, and listings don't walk over what is deleted.

use bytes::Bytes;
use engine::{Cursor, NewBlob, Purpose, PutRow};

use super::*;
use crate::place::{Place, Stored};
use crate::table::Slot;
use crate::view::{Scan, Step};

const SPACE: Space = Space(7);

fn group(number: u32) -> Group {
    Group::new(SPACE, format!("key-{number:08}"))
}

fn row() -> RowKey {
    RowKey::new(Table::Heads, Bytes::new())
}

fn put(body: Option<Vec<u8>>) -> Change {
    let blobs = body.into_iter().map(|it| NewBlob::Inline(it.into())).collect();
    Change { put: vec![PutRow { row: row(), value: "v".into(), blobs }], ..Change::default() }
}

fn delete() -> Change {
    Change { delete: vec![row()], ..Change::default() }
}

async fn body(engine: &DiskEngine, number: u32) -> Vec<u8> {
    let row = engine.get(&group(number), &row()).await.unwrap().unwrap();
    let blob = row.blobs[0];
    let mut reader = engine.read(&blob, ByteSpan::whole(blob.length)).await.unwrap();
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await.unwrap() {
        all.extend_from_slice(&bytes);
    }
    all
}

fn gauge(engine: &DiskEngine, name: &str) -> f64 {
    engine.status().gauges.iter().find(|it| it.name == name).expect("it exists").value
}

#[tokio::test]
async fn what_is_overwritten_and_deleted_is_given_back() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    for round in 0..2 {
        for number in 0..300 {
            engine.apply(&group(number), put(Some(vec![round; 50_000]))).await.unwrap();
        }
    }
    assert!(gauge(&engine, "log_segments") > 14.0);
    for number in 0..300 {
        engine.apply(&group(number), delete()).await.unwrap();
    }
    engine.upkeep().await.unwrap();
    // What the deletions themselves say, and spares.
    assert!(gauge(&engine, "log_bytes") <= 4.0 * (1 << 20) as f64);
    assert_eq!(gauge(&engine, "log_live_bytes"), 0.0);
    assert!(disk.used_bytes() < 5 << 20, "{} bytes", disk.used_bytes());
}

#[tokio::test]
async fn what_lives_in_a_sparse_segment_moves_and_stays_what_it_was() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    for number in 0..300 {
        engine.apply(&group(number), put(Some(vec![number as u8; 50_000]))).await.unwrap();
    }
    let before = engine.get(&group(30), &row()).await.unwrap().unwrap();
    let mut open = engine.read(&before.blobs[0], ByteSpan::whole(50_000)).await.unwrap();
    for number in (0..300).filter(|it| it % 10 != 0) {
        engine.apply(&group(number), delete()).await.unwrap();
    }
    engine.upkeep().await.unwrap();
    let after = engine.get(&group(30), &row()).await.unwrap().unwrap();
    assert_ne!(before.blobs, after.blobs, "it has moved");
    assert!(gauge(&engine, "log_segments") < 7.0);
    assert_eq!(open.next().await.unwrap().unwrap(), vec![30; 50_000], "who reads it goes on");
    let gone = engine.read(&before.blobs[0], ByteSpan::whole(50_000)).await;
    assert!(matches!(gone, Err(EngineError::Gone)));
    for number in (0..300).step_by(10) {
        assert_eq!(body(&engine, number).await, vec![number as u8; 50_000]);
    }
    // And once more after a power cut.
    let engine = DiskEngine::on(Arc::new(disk.crash()), simulated()).unwrap();
    for number in (0..300).step_by(10) {
        assert_eq!(body(&engine, number).await, vec![number as u8; 50_000]);
    }
}

/// As a version's body is when the next version comes.
#[tokio::test]
async fn a_body_that_another_row_took_over_moves() {
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), simulated()).unwrap();
    for number in 0..300 {
        engine.apply(&group(number), put(Some(vec![number as u8; 50_000]))).await.unwrap();
    }
    let version = RowKey::new(Table::Versions, "1");
    for number in 0..300 {
        let mut change = delete();
        if number % 10 == 0 {
            let blob = engine.get(&group(number), &row()).await.unwrap().unwrap().blobs[0];
            let blobs = vec![NewBlob::Ref(blob)];
            change.put = vec![PutRow { row: version.clone(), value: "v".into(), blobs }];
        }
        engine.apply(&group(number), change).await.unwrap();
    }
    engine.upkeep().await.unwrap();
    assert!(gauge(&engine, "log_segments") < 7.0, "{}", gauge(&engine, "log_segments"));
    for number in (0..300).step_by(10) {
        let blob = engine.get(&group(number), &version).await.unwrap().unwrap().blobs[0];
        let mut reader = engine.read(&blob, ByteSpan::whole(50_000)).await.unwrap();
        assert_eq!(reader.next().await.unwrap().unwrap(), vec![number as u8; 50_000]);
    }
}

#[tokio::test]
async fn rows_without_a_body_move_too() {
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), simulated()).unwrap();
    engine.apply(&group(1), put(None)).await.unwrap();
    for _ in 0..60 {
        engine.apply(&group(2), put(Some(vec![0; 50_000]))).await.unwrap();
    }
    engine.upkeep().await.unwrap();
    assert!(gauge(&engine, "log_segments") <= 3.0);
    assert_eq!(engine.get(&group(1), &row()).await.unwrap().unwrap().value, "v");
}

#[tokio::test]
async fn extents_of_deleted_rows_are_removed() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    let hint = SizeHint { length: Some(5 << 20), purpose: Purpose::Movable };
    let mut writer = engine.begin(&group(1), hint).await.unwrap();
    writer.write(vec![7; 5 << 20].into()).await.unwrap();
    let blob = writer.seal().await.unwrap();
    let mut change = put(None);
    change.put[0].blobs = vec![NewBlob::Ref(blob)];
    engine.apply(&group(1), change).await.unwrap();
    assert!(disk.used_bytes() > 5 << 20);
    engine.apply(&group(1), delete()).await.unwrap();
    assert!(disk.used_bytes() < 2 << 20);
}

/// A page behind many deletions: the first one walks over them, the next ones don't.
#[tokio::test]
async fn a_listing_walks_over_deleted_rows_once() {
    const ROWS: u32 = 60_000;
    let options =
        Options { checkpoint_rows: u64::MAX, checkpoint_log_bytes: u64::MAX, ..simulated() };
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), options).unwrap();
    let change_all = |change: fn() -> Change, numbers: std::ops::Range<u32>| {
        let engine = &engine;
        async move {
            let mut waiting = tokio::task::JoinSet::new();
            for number in numbers {
                let shared = Arc::clone(&engine.shared);
                waiting.spawn(async move { shared.apply(&group(number), change()).await.unwrap() });
                if waiting.len() >= 200 {
                    waiting.join_next().await;
                }
            }
            waiting.join_all().await;
        }
    };
    change_all(|| put(None), 0..ROWS).await;
    engine.checkpoint().await.unwrap();
    change_all(delete, 0..ROWS - 1).await;
    let list = || async {
        let before = gauge(&engine, "scan_deleted_rows_total");
        let page = engine.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(10)).await;
        let page = page.unwrap();
        assert_eq!(page.entries.len(), 1);
        assert_eq!(page.entries[0].group, group(ROWS - 1));
        gauge(&engine, "scan_deleted_rows_total") - before
    };
    // One is met again where the walk begins.
    assert_eq!(list().await, f64::from(ROWS));
    assert!(list().await < 300.0);
    // After upkeep not even the first one walks.
    change_all(|| put(None), 0..ROWS - 1).await;
    engine.checkpoint().await.unwrap();
    change_all(delete, 0..ROWS - 1).await;
    engine.upkeep().await.unwrap();
    assert!(list().await < 300.0);
    // A row that is born in the middle is found.
    engine.apply(&group(ROWS / 2), put(None)).await.unwrap();
    let page = engine.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(10)).await.unwrap();
    assert_eq!(page.entries.len(), 2);
    let from = Cursor::At(group(ROWS / 2 + 1).name);
    let range = RowRange { from, ..RowRange::all(SPACE) };
    let page = engine.scan(Table::Heads, range, ScanLimit::rows(10)).await.unwrap();
    assert_eq!(page.entries.len(), 1);
}

/// A listing of an older view can't know of rows born in a newer table: it may tell nobody that they
/// aren't there.
#[tokio::test]
async fn a_row_born_while_a_listing_walks_over_deleted_ones_is_found_by_the_next() {
    let options = Options { checkpoint_rows: u64::MAX, ..simulated() };
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), options).unwrap();
    for number in 0..300 {
        engine.apply(&group(number), put(None)).await.unwrap();
    }
    engine.checkpoint().await.unwrap();
    for number in 0..299 {
        engine.apply(&group(number), delete()).await.unwrap();
    }
    let view = engine.shared.view();
    let (start, end) = RowRange::all(SPACE).bounds(Table::Heads);
    let mut scan = Scan::new(&view, &engine.shared.gaps, start, end);
    engine.checkpoint().await.unwrap();
    engine.apply(&group(200), put(None)).await.unwrap();
    while !matches!(scan.step().unwrap(), Step::End) {}
    let range = RowRange { from: Cursor::At(group(150).name), ..RowRange::all(SPACE) };
    let page = engine.scan(Table::Heads, range, ScanLimit::rows(10)).await.unwrap();
    let found: Vec<Group> = page.entries.into_iter().map(|it| it.group).collect();
    assert_eq!(found, [group(200), group(299)]);
}

/// It takes up nothing, so it doesn't keep its segment.
#[tokio::test]
async fn an_empty_body_is_read_when_its_segment_is_gone() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    let fill = || async {
        for _ in 0..60 {
            engine.apply(&group(2), put(Some(vec![0; 50_000]))).await.unwrap();
        }
    };
    engine.apply(&group(1), put(Some(vec![]))).await.unwrap();
    fill().await;
    let blob = engine.get(&group(1), &row()).await.unwrap().unwrap().blobs[0];
    let mut kept = put(None);
    kept.put[0].blobs = vec![NewBlob::Ref(blob)];
    engine.apply(&group(1), kept).await.unwrap();
    fill().await;
    engine.upkeep().await.unwrap();
    assert_eq!(body(&engine, 1).await, vec![]);
    engine.close().await.unwrap();
    let index = crate::index::RunIndex::open(Arc::new(disk.clone())).unwrap();
    assert_eq!(crate::fsck::check(&disk, &index, |_, _, _| ()).unwrap().findings, []);
}

/// Each start begins a segment: one that writes nothing must not keep it for ever.
#[tokio::test]
async fn starts_that_write_nothing_leave_nothing() {
    let disk = SimDisk::new(1);
    for _ in 0..20 {
        let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
        engine.upkeep().await.unwrap();
        engine.close().await.unwrap();
    }
    assert!(disk.used_bytes() < 5 << 20, "{} bytes", disk.used_bytes());
}

#[tokio::test]
async fn the_scrubber_finds_a_bit_that_turned_over() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    engine.apply(&group(1), put(Some(vec![1; 1000]))).await.unwrap();
    engine.apply(&group(2), put(Some(vec![2; 1000]))).await.unwrap();
    assert_eq!(engine.scrub().await.unwrap(), 0);
    // It is in memory now, which must not hide what is on the disk.
    assert_eq!(body(&engine, 1).await, vec![1; 1000]);
    disk.flip_bit(&crate::log::name(1), (64 + 32 + 500) * 8);
    assert_eq!(engine.scrub().await.unwrap(), 1);
    assert_eq!(gauge(&engine, "scrub_damaged"), 1.0);
    assert_eq!(gauge(&engine, "scrub_passes_total"), 2.0);
}

/// Reading 5 GiB at once would keep the disk from everybody else.
#[tokio::test]
async fn the_scrubber_rests_between_the_pieces_of_a_large_body() {
    const BYTES: usize = 4 << 20;
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), simulated()).unwrap();
    let hint = SizeHint { length: Some(BYTES as u64), purpose: Purpose::Movable };
    let mut writer = engine.begin(&group(1), hint).await.unwrap();
    writer.write(vec![7; BYTES].into()).await.unwrap();
    let mut change = put(None);
    change.put[0].blobs = vec![NewBlob::Ref(writer.seal().await.unwrap())];
    engine.apply(&group(1), change).await.unwrap();
    let mut pass = std::pin::pin!(crate::scrub::pass(&engine.shared, 10 * BYTES as u64));
    let mut seen = std::collections::BTreeSet::new();
    loop {
        tokio::select! {
            damaged = &mut pass => break assert_eq!(damaged.unwrap(), 0),
            () = tokio::time::sleep(std::time::Duration::from_millis(1)) => {
                seen.insert(gauge(&engine, "scrub_pass_bytes") as usize);
            }
        }
    }
    assert!(seen.iter().filter(|it| (1..BYTES).contains(it)).count() > 3, "{seen:?}");
}

/// A file that can't be read any more doesn't keep the scrubber from the rest.
#[tokio::test]
async fn the_scrubber_goes_on_behind_what_cannot_be_read() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    for number in 1..4 {
        engine.apply(&group(number), put(Some(vec![1; 1000]))).await.unwrap();
    }
    let cut_off = engine.get(&group(1), &row()).await.unwrap().unwrap();
    let mut place = cut_off.blobs[0].place;
    place[16..24].copy_from_slice(&(1u64 << 40).to_le_bytes());
    let behind_the_end = BlobRef { place, ..cut_off.blobs[0] };
    let stored = Stored { home: 1, row: Row { blobs: [behind_the_end].into(), ..cut_off } };
    let slot = Slot { stored: Some(stored), below: false };
    let key = row().encode(&group(1));
    engine.shared.view().active.enter([(key, slot)]);
    disk.flip_bit(&crate::log::name(1), a_bit_of(&engine, 3).await);
    assert_eq!(engine.scrub().await.unwrap(), 2);
}

/// A bit of a small body, in its segment.
async fn a_bit_of(engine: &DiskEngine, number: u32) -> u64 {
    let row = engine.get(&group(number), &row()).await.unwrap().unwrap();
    match Place::of(&row.blobs[0]) {
        Some(Place::Log { at, .. }) => at * 8,
        other => panic!("{other:?}"),
    }
}
