//! The engine on a real folder and on a simulated disk.

use std::sync::Arc;

use engine::conformance::{self, Subject, model};
use engine::sim::disk::SimDisk;

use super::*;

/// Short segments and frequent checkpoints, so that tests see many, and little memory for bodies, so that
/// they are read from the disk.
fn small() -> Options {
    Options {
        segment_bytes: 1 << 20,
        reserve_bytes: 0,
        checkpoint_rows: 100,
        checkpoint_log_bytes: 3 << 20,
        body_cache_bytes: 100_000,
        ..Options::default()
    }
}

/// The same with nothing going on beside the requests: a seed tells all.
fn simulated() -> Options {
    Options { background: Background::None, ..small() }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_the_contract_on_a_real_folder() {
    conformance::run(|| async {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let engine = DiskEngine::open(folder.path(), small()).unwrap();
        Subject::with_reopen(engine, move || {
            let folder = Arc::clone(&folder);
            async move { DiskEngine::open(folder.path(), small()).unwrap() as Arc<dyn Engine> }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_the_contract_on_a_simulated_disk() {
    conformance::run(|| async {
        let disk = Arc::new(SimDisk::new(1));
        let options = Options { checkpoint_rows: 3, ..simulated() };
        let engine = DiskEngine::on(disk.clone(), options.clone()).unwrap();
        Subject::with_reopen(engine, move || {
            let engine = DiskEngine::on(disk.clone(), options.clone()).unwrap();
            async move { engine as Arc<dyn Engine> }
        })
    })
    .await;
}

/// Random operations against plain maps, with power cuts and upkeep in between.
#[tokio::test]
async fn agrees_with_plain_maps_through_power_cuts() {
    for seed in seeds(60) {
        let disk = Arc::new(parking_lot::Mutex::new(SimDisk::new(seed)));
        let options =
            Options { segment_bytes: 20_000, checkpoint_rows: 1 + seed % 20, ..simulated() };
        let engine = DiskEngine::on(Arc::new(disk.lock().clone()), options.clone()).unwrap();
        let crash = move || {
            let found = disk.lock().crash();
            *disk.lock() = found.clone();
            let engine = DiskEngine::on(Arc::new(found), options.clone());
            let engine = engine.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
            async move {
                engine.upkeep().await.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
                engine as Arc<dyn Engine>
            }
        };
        model::run(Subject::with_crash(engine, crash), seed, 150).await;
    }
}

/// ONGGI_SEEDS=N tries more of them; ONGGI_SEED=N tries one.
fn seeds(usually: u64) -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|it: String| it.parse::<u64>().ok());
    match number("ONGGI_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("ONGGI_SEEDS").unwrap_or(usually),
    }
}

/// The same for tests that do something after each operation: a seed takes a second there.
fn few_seeds() -> std::ops::Range<u64> {
    let all = seeds(3);
    all.start..all.end.min(all.start + 20)
}

#[tokio::test]
async fn a_second_server_on_a_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = DiskEngine::open(folder.path(), small()).unwrap();
    let second = DiskEngine::open(folder.path(), small());
    assert!(matches!(second, Err(OpenError::InUse(_))));
    first.close().await.unwrap();
    drop(first);
    // The committer's thread has let go of the folder.
    assert!(DiskEngine::open(folder.path(), small()).is_ok());
}

/// A mistake of ours must not look like a server that is well.
#[tokio::test]
async fn a_committer_that_panics_says_so() {
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), simulated()).unwrap();
    let (group, row) = (Group::new(Space(7), "k"), RowKey::new(Table::Heads, ""));
    let put = engine::PutRow { row: row.clone(), value: "v".into(), blobs: vec![] };
    let change = Change { put: vec![put], ..Change::default() };
    engine.apply(&group, change.clone()).await.unwrap();
    let key = row.encode(&group);
    let expected = engine.shared.view().get(&key).unwrap().unwrap();
    let no_such_body = vec![(1, bytes::Bytes::new())];
    let moving = judge::Moving { key, expected, bodies: no_such_body };
    let moved = engine.shared.ask(|answer| commit::Request::Move(moving, answer)).await;
    assert!(moved.is_err());
    let thread = engine.shared.threads.lock().pop().unwrap();
    assert!(thread.join().is_err());
    assert_eq!(engine.status().poisoned.as_deref(), Some("thread committer has panicked"));
    assert!(engine.apply(&group, change).await.is_err());
    assert!(engine.get(&group, &row).await.unwrap().is_some(), "reads go on");
}

/// Its thread ends, and with it the folder's lock.
#[tokio::test]
async fn an_engine_that_is_dropped_with_a_full_queue_ends() {
    let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), simulated()).unwrap();
    let shared = Arc::clone(&engine.shared);
    let thread = shared.threads.lock().pop().unwrap();
    {
        // The committer waits for this.
        let _held = shared.counted.write();
        loop {
            let (answer, _) = tokio::sync::oneshot::channel();
            let freeze = commit::Request::Freeze(Space(7), Frost::freeze(1), answer);
            if shared.requests.try_send(freeze).is_err() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_micros(10));
        }
        drop(engine);
    }
    for _ in 0..1000 {
        if thread.is_finished() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the committer still waits for requests");
}

mod crash;
mod kill;
mod large;
mod log;
mod skip;
mod space;
