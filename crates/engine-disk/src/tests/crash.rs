//! Power cuts: after every one, what was acknowledged is there, what wasn't is there whole or not.

use std::collections::BTreeMap;

use engine::sim::SeededRandom as Random;
use engine::{CounterDelta, NewBlob, PutRow};

use super::*;
use crate::index::RunIndex;

const COUNTER: CounterId = CounterId(3);

fn group(key: u8) -> Group {
    Group::new(Space(7), vec![b'k', key])
}

fn row() -> RowKey {
    RowKey::new(Table::Heads, Bytes::new())
}

use bytes::Bytes;

/// What one key may hold after a crash: the last acknowledged value, or one that was under way.
#[derive(Default, Clone)]
pub(super) struct Possible {
    acknowledged: Option<Vec<u8>>,
    pending: Option<Option<Vec<u8>>>,
}

async fn body(engine: &dyn Engine, key: u8) -> Option<Vec<u8>> {
    let row = engine.get(&group(key), &row()).await.unwrap()?;
    let blob = row.blobs[0];
    let mut reader = engine.read(&blob, ByteSpan::whole(blob.length)).await.unwrap();
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await.unwrap() {
        all.extend_from_slice(&bytes);
    }
    Some(all)
}

/// Writes or deletes keys; false once the power has gone. The model is kept up to date.
pub(super) async fn live(
    engine: &dyn Engine,
    random: &mut Random,
    model: &mut BTreeMap<u8, Possible>,
) -> bool {
    for _ in 0..20 {
        let key = (random.number() % 8) as u8;
        let possible = model.entry(key).or_default();
        let value = (!random.number().is_multiple_of(4)).then(|| {
            let length = [0, 10, 5_000, 70_000, 200_000][(random.number() % 5) as usize];
            (0..length).map(|it| (it as u64 ^ random.number() >> 60) as u8).collect::<Vec<u8>>()
        });
        possible.pending = Some(value.clone());
        let exists = possible.acknowledged.is_some();
        let by = i64::from(value.is_some()) - i64::from(exists);
        let count = vec![CounterDelta { counter: COUNTER, by }];
        let change = match value.clone() {
            None => Change { delete: vec![row()], count, ..Change::default() },
            Some(bytes) => {
                let blob = if bytes.len() <= INLINE_BYTES_MAX {
                    NewBlob::Inline(bytes.into())
                } else {
                    let hint = SizeHint { length: None, purpose: engine::Purpose::Movable };
                    let Ok(mut writer) = engine.begin(&group(key), hint).await else {
                        return false;
                    };
                    if writer.write(bytes.into()).await.is_err() {
                        return false;
                    }
                    let Ok(blob) = writer.seal().await else { return false };
                    NewBlob::Ref(blob)
                };
                let put = vec![PutRow { row: row(), value: "v".into(), blobs: vec![blob] }];
                Change { put, count, ..Change::default() }
            }
        };
        if engine.apply(&group(key), change).await.is_err() {
            return false;
        }
        *possible = Possible { acknowledged: value, pending: None };
    }
    true
}

/// After a start: each key holds what it may, and becomes that; the counter counts the keys.
pub(super) async fn check(engine: &dyn Engine, model: &mut BTreeMap<u8, Possible>, seed: u64) {
    let mut keys = 0;
    for (key, possible) in model.iter_mut() {
        let found = body(engine, *key).await;
        let pending = possible.pending.as_ref().is_some_and(|it| *it == found);
        assert!(
            found == possible.acknowledged || pending,
            "seed {seed}: key {key} holds {:?} bytes, acknowledged were {:?}",
            found.map(|it| it.len()),
            possible.acknowledged.as_ref().map(Vec::len)
        );
        keys += i64::from(found.is_some());
        *possible = Possible { acknowledged: found, pending: None };
    }
    let counters = engine.counters(Space(7)).await.unwrap();
    let sum = counters.iter().find(|(it, _)| *it == COUNTER).map_or(0, |(_, sum)| *sum);
    assert_eq!(sum, keys, "seed {seed}: the counter");
}

/// Checkpoints and new segments every few changes.
pub(super) fn busy() -> Options {
    Options {
        segment_bytes: 100_000,
        checkpoint_rows: 12,
        checkpoint_log_bytes: 300_000,
        ..simulated()
    }
}

async fn one_life_after_another(seed: u64) {
    let mut random = Random::new(seed);
    let mut disk = SimDisk::new(seed);
    let mut model = BTreeMap::new();
    for _ in 0..6 {
        // The power may go while the engine starts, too.
        disk.cut_after(disk.operations() + random.number() % 300);
        let options = busy();
        if let Ok(engine) = DiskEngine::on(Arc::new(disk.clone()), options.clone()) {
            let mut rounds = random.number() % 4;
            while live(&*engine, &mut random, &mut model).await && rounds > 0 {
                let _ = engine.upkeep().await;
                rounds -= 1;
            }
            engine.close().await.unwrap();
        }
        disk = disk.crash();
        let engine = DiskEngine::on(Arc::new(disk.clone()), options);
        let engine = engine.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        check(&*engine, &mut model, seed).await;
        engine.close().await.unwrap();
        finds_nothing(&disk, seed);
    }
}

pub(super) fn finds_nothing(disk: &SimDisk, seed: u64) {
    let index = RunIndex::open(Arc::new(disk.clone())).unwrap();
    let report = crate::fsck::check(disk, &index, |_, _, _| ()).unwrap();
    assert_eq!(report.findings, [], "seed {seed}");
}

#[tokio::test]
async fn no_power_cut_loses_what_was_acknowledged() {
    for seed in seeds(40) {
        one_life_after_another(seed).await;
    }
}

#[tokio::test]
async fn a_failed_sync_ends_all_writing_and_loses_nothing() {
    let disk = SimDisk::new(1);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    let write = |value: &'static str| Change {
        put: vec![PutRow { row: row(), value: value.into(), blobs: vec![] }],
        ..Change::default()
    };
    engine.apply(&group(1), write("first")).await.unwrap();
    disk.fail_sync(disk.syncs() + 1);
    assert!(engine.apply(&group(1), write("second")).await.is_err());
    assert!(engine.status().poisoned.is_some());
    assert!(engine.apply(&group(1), write("third")).await.is_err(), "a sync is never retried");
    assert_eq!(engine.get(&group(1), &row()).await.unwrap().unwrap().value, "first");
    engine.close().await.unwrap();
    let engine = DiskEngine::on(Arc::new(disk.crash()), simulated()).unwrap();
    let value = engine.get(&group(1), &row()).await.unwrap().unwrap().value;
    assert!(value == "first" || value == "second", "{value:?}");
}

/// The kernel goes on showing what a failed sync lost. A start must not build on it: what it
/// acknowledges itself would be shut out by the next power cut.
#[tokio::test]
async fn what_a_failed_sync_lost_is_not_believed_by_the_next_start() {
    for seed in seeds(40) {
        let disk = SimDisk::new(seed);
        let open = |disk: &SimDisk| {
            let engine = DiskEngine::on(Arc::new(disk.clone()), simulated());
            engine.unwrap_or_else(|e| panic!("seed {seed}: {e}"))
        };
        let write = |value: Vec<u8>| Change {
            put: vec![PutRow { row: row(), value: value.into(), blobs: vec![] }],
            ..Change::default()
        };
        let engine = open(&disk);
        engine.apply(&group(1), write(vec![1; 2000])).await.unwrap();
        disk.fail_sync(disk.syncs() + 1);
        assert!(engine.apply(&group(1), write(vec![2; 2000])).await.is_err());
        engine.close().await.unwrap();
        // The process is started again, the machine isn't.
        let engine = open(&disk);
        let shown = engine.get(&group(1), &row()).await.unwrap().unwrap().value;
        engine.apply(&group(2), write(vec![3; 2000])).await.unwrap();
        let engine = open(&disk.crash());
        let found = engine.get(&group(1), &row()).await.unwrap().unwrap().value;
        assert!(shown == found, "seed {seed}: {} and then {}", shown[0], found[0]);
        assert_eq!(engine.get(&group(2), &row()).await.unwrap().unwrap().value, vec![3; 2000]);
    }
}

/// The same of every sync on the way through some segments: of a batch, or of a segment that begins.
#[tokio::test]
async fn no_segment_that_a_failed_sync_lost_is_gone_on_behind() {
    for (seed, sync) in seeds(20).flat_map(|seed| (1..=8).map(move |sync| (seed, sync))) {
        let disk = SimDisk::new(seed);
        let options = Options { segment_bytes: 8_000, checkpoint_rows: u64::MAX, ..simulated() };
        let open = |disk: &SimDisk| {
            let engine = DiskEngine::on(Arc::new(disk.clone()), options.clone());
            engine.unwrap_or_else(|e| panic!("seed {seed}, sync {sync} failed: {e}"))
        };
        let write = |value: u8| Change {
            put: vec![PutRow { row: row(), value: vec![value; 3000].into(), blobs: vec![] }],
            ..Change::default()
        };
        let engine = open(&disk);
        disk.fail_sync(disk.syncs() + sync);
        let mut value = 0;
        while engine.apply(&group(1), write(value)).await.is_ok() {
            value += 1;
        }
        engine.close().await.unwrap();
        let engine = open(&disk);
        engine.apply(&group(2), write(value)).await.unwrap();
        let shown = engine.get(&group(1), &row()).await.unwrap().map(|it| it.value);
        let engine = open(&disk.crash());
        let found = engine.get(&group(1), &row()).await.unwrap().map(|it| it.value);
        assert_eq!(shown, found, "seed {seed}, sync {sync} failed");
        assert!(engine.get(&group(2), &row()).await.unwrap().is_some());
    }
}

/// Segments are given up by what it says, so it has to be on the disk.
#[tokio::test]
async fn a_superblock_that_a_failed_sync_lost_gives_up_no_segments() {
    for seed in seeds(20) {
        let disk = SimDisk::new(seed);
        let options = Options { segment_bytes: 8_000, checkpoint_rows: u64::MAX, ..simulated() };
        let open = |disk: &SimDisk| {
            let engine = DiskEngine::on(Arc::new(disk.clone()), options.clone());
            engine.unwrap_or_else(|e| panic!("seed {seed}: {e}"))
        };
        let engine = open(&disk);
        for value in 0..10 {
            let put = vec![PutRow { row: row(), value: vec![value; 3000].into(), blobs: vec![] }];
            engine.apply(&group(1), Change { put, ..Change::default() }).await.unwrap();
        }
        // The run and its folder are synced, and then the superblock.
        disk.fail_sync(disk.syncs() + 3);
        assert!(engine.checkpoint().await.is_err());
        engine.close().await.unwrap();
        let engine = open(&disk);
        crate::upkeep::give_back(&engine.shared).await.unwrap();
        let engine = open(&disk.crash());
        let found = engine.get(&group(1), &row()).await.unwrap().unwrap();
        assert_eq!(found.value, vec![9; 3000], "seed {seed}");
    }
}

#[tokio::test]
async fn a_full_disk_refuses_bodies_and_takes_deletions() {
    let disk = SimDisk::new(2);
    disk.set_capacity(Some(8 << 20));
    let options = Options { reserve_bytes: 3 << 20, ..simulated() };
    let engine = DiskEngine::on(Arc::new(disk.clone()), options).unwrap();
    let mut written = 0;
    let full = loop {
        let blob = NewBlob::Inline(vec![1; INLINE_BYTES_MAX].into());
        let put = vec![PutRow { row: row(), value: "v".into(), blobs: vec![blob] }];
        match engine.apply(&group(written), Change { put, ..Change::default() }).await {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    assert!(matches!(full, ApplyError::Engine(EngineError::Full)), "{full:?}");
    assert!(written > 10);
    for key in 0..written {
        engine
            .apply(&group(key), Change { delete: vec![row()], ..Change::default() })
            .await
            .unwrap();
    }
    assert!(engine.status().poisoned.is_none());
}

/// Empty objects and uploads that are only begun bring no bytes, and their rows would still take what is
/// kept for deletions.
#[tokio::test]
async fn a_full_disk_refuses_new_rows_and_takes_what_gives_space_back() {
    let disk = SimDisk::new(2);
    let put = |table, value: &'static str, blobs| {
        let put = PutRow { row: RowKey::new(table, ""), value: value.into(), blobs };
        Change { put: vec![put], ..Change::default() }
    };
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    engine.apply(&group(1), put(Table::Heads, "old", vec![])).await.unwrap();
    engine.close().await.unwrap();
    let options = Options { reserve_bytes: 3 << 20, ..simulated() };
    disk.set_capacity(Some(disk.used_bytes() + (3 << 20)));
    let engine = DiskEngine::on(Arc::new(disk), options).unwrap();
    let empty = put(Table::Heads, "v", vec![NewBlob::Inline(Bytes::new())]);
    for new in [empty, put(Table::Uploads, "begun", vec![]), put(Table::Catalog, "a user", vec![])]
    {
        let full = engine.apply(&group(2), new).await;
        assert!(matches!(full, Err(ApplyError::Engine(EngineError::Full))), "{full:?}");
    }
    engine.apply(&group(1), put(Table::Heads, "tagged", vec![])).await.unwrap();
    let mut deletion = put(Table::Local, "garbage", vec![]);
    deletion.delete = vec![row()];
    engine.apply(&group(1), deletion).await.unwrap();
}

/// Somebody else filled the disk to the last byte: what can't be done is refused, and when there is
/// space again it is done.
#[tokio::test]
async fn a_disk_without_a_byte_left_ends_nothing() {
    let disk = SimDisk::new(2);
    let options = Options { background: Background::Threads, ..small() };
    let engine = DiskEngine::on(Arc::new(disk.clone()), options).unwrap();
    let change = |value: usize| {
        let put = vec![PutRow { row: row(), value: vec![1; value].into(), blobs: vec![] }];
        Change { put, ..Change::default() }
    };
    for key in 0..50 {
        engine.apply(&group(key), change(1000)).await.unwrap();
    }
    disk.set_capacity(Some(0));
    let refused = loop {
        match engine.apply(&group(1), change(60_000)).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, ApplyError::Engine(EngineError::Full)), "{refused:?}");
    let checkpoint = {
        let shared = Arc::clone(&engine.shared);
        tokio::spawn(async move { shared.ask(commit::Request::Checkpoint).await })
    };
    // Far longer than a checkpoint that fails for another reason is tried.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(engine.status().poisoned, None);
    assert!(!checkpoint.is_finished());
    disk.set_capacity(None);
    checkpoint.await.unwrap().unwrap().unwrap();
    engine.apply(&group(1), change(60_000)).await.unwrap();
    engine.close().await.unwrap();
}

/// What was refused isn't written with what comes behind it.
#[tokio::test]
async fn a_batch_that_found_no_space_is_not_in_the_log() {
    let disk = SimDisk::new(5);
    let options = Options { segment_bytes: 8_000, ..simulated() };
    let engine = DiskEngine::on(Arc::new(disk.clone()), options.clone()).unwrap();
    let change = |value: u8, length: usize| {
        let blobs = vec![NewBlob::Inline(vec![value; length].into())];
        let put = vec![PutRow { row: row(), value: "v".into(), blobs }];
        Change { put, ..Change::default() }
    };
    engine.apply(&group(1), change(1, 3_000)).await.unwrap();
    disk.set_capacity(Some(disk.used_bytes()));
    // Longer than the segment's file.
    let refused = engine.apply(&group(2), change(2, 30_000)).await;
    assert!(matches!(refused, Err(ApplyError::Engine(EngineError::Full))), "{refused:?}");
    disk.set_capacity(None);
    engine.apply(&group(3), change(3, 100)).await.unwrap();
    let engine = DiskEngine::on(Arc::new(disk.crash()), options).unwrap();
    assert_eq!(body(&*engine, 1).await, Some(vec![1; 3_000]));
    assert_eq!(body(&*engine, 2).await, None);
    assert_eq!(body(&*engine, 3).await, Some(vec![3; 100]));
}

#[tokio::test]
async fn a_broken_record_that_was_acknowledged_is_damage() {
    let disk = SimDisk::new(3);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    for key in 0..5 {
        let put = vec![PutRow { row: row(), value: vec![key; 100].into(), blobs: vec![] }];
        engine.apply(&group(key), Change { put, ..Change::default() }).await.unwrap();
    }
    // Never closed, so that the log has to be replayed.
    let disk = disk.crash();
    disk.flip_bit(&crate::log::name(1), (64 + 300) * 8);
    let opened = DiskEngine::on(Arc::new(disk.clone()), simulated());
    assert!(matches!(opened, Err(OpenError::Damaged(_))), "it refuses to start");
    let again = DiskEngine::on(Arc::new(disk), simulated());
    assert!(matches!(again, Err(OpenError::Damaged(_))), "and changed nothing");
}

/// A short life with checkpoints, a switch of segments, a move and an extent; what must be there.
pub(super) async fn short_life(disk: &Arc<dyn Disk>, model: &mut BTreeMap<u8, Possible>) {
    let options = Options { segment_bytes: 8_000, checkpoint_rows: u64::MAX, ..simulated() };
    let Ok(engine) = DiskEngine::on(Arc::clone(disk), options) else { return };
    let mut random = Random::new(1);
    for round in 0..3 {
        for key in 0..4 {
            let length = [3_000, 10, 70_000, 0][usize::from(key)];
            let bytes = vec![random.number() as u8; length];
            let possible = model.entry(key).or_default();
            possible.pending = Some(Some(bytes.clone()));
            if write(&*engine, key, bytes.clone(), possible.acknowledged.is_some()).await.is_none()
            {
                return;
            }
            *possible = Possible { acknowledged: Some(bytes), pending: None };
        }
        if round > 0 && engine.upkeep().await.is_err() {
            return;
        }
    }
}

async fn write(engine: &dyn Engine, key: u8, bytes: Vec<u8>, exists: bool) -> Option<()> {
    let blob = if bytes.len() <= INLINE_BYTES_MAX {
        NewBlob::Inline(bytes.into())
    } else {
        let hint = SizeHint { length: None, purpose: engine::Purpose::Movable };
        let mut writer = engine.begin(&group(key), hint).await.ok()?;
        writer.write(bytes.into()).await.ok()?;
        NewBlob::Ref(writer.seal().await.ok()?)
    };
    let put = vec![PutRow { row: row(), value: "v".into(), blobs: vec![blob] }];
    let count = vec![CounterDelta { counter: COUNTER, by: i64::from(!exists) }];
    engine.apply(&group(key), Change { put, count, ..Change::default() }).await.ok()?;
    Some(())
}

/// The power goes after each operation of a life, and again in the middle of the start behind it.
#[tokio::test]
async fn a_power_cut_after_any_operation_and_again_during_the_start() {
    let whole = SimDisk::new(0);
    short_life(&(Arc::new(whole.clone()) as Arc<dyn Disk>), &mut BTreeMap::new()).await;
    let operations = whole.operations();
    assert!(operations > 60, "{operations}");
    for cut in 0..=operations {
        for seed in few_seeds() {
            let disk = SimDisk::new(seed);
            disk.cut_after(cut);
            let mut model = BTreeMap::new();
            short_life(&(Arc::new(disk.clone()) as Arc<dyn Disk>), &mut model).await;
            let disk = disk.crash();
            disk.cut_after(Random::new(cut ^ seed << 32).number() % 12);
            // What it acknowledges is the same as in the life before, so the model stays right.
            let _ = DiskEngine::on(Arc::new(disk.clone()), simulated());
            let disk = disk.crash();
            let engine = DiskEngine::on(Arc::new(disk.clone()), simulated());
            let engine = engine.unwrap_or_else(|e| panic!("seed {seed}, cut {cut}: {e}"));
            check(&*engine, &mut model, seed).await;
            engine.upkeep().await.unwrap();
            check(&*engine, &mut model, seed).await;
        }
    }
}

/// A superblock may be torn; then the one before must be there. Simulated ones fit a sector, which
/// never tears, so this looks at what is written over.
#[tokio::test]
async fn a_superblock_is_never_written_over_the_newest() {
    let disk: Arc<dyn engine::io::Disk> = Arc::new(SimDisk::new(1));
    let mut newest = None;
    for key in 0..3 {
        for _ in 0..2 {
            let engine = DiskEngine::on(disk.clone(), simulated()).unwrap();
            write(&*engine, key, vec![key], true).await.unwrap();
            engine.checkpoint().await.unwrap();
            let (_, side) = crate::superblock::Superblock::read(&*disk).unwrap().unwrap();
            assert_ne!(Some(side), newest, "the newest one was written over");
            newest = Some(side);
            // It ends without another checkpoint: nothing was written since.
            engine.close().await.unwrap();
        }
    }
}
