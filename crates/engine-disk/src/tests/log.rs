//! The log is written past the page cache, and who reads it gets what was written.

use bytes::Bytes;
use engine::{BlobRef, NewBlob, PutRow};

use super::*;
use crate::place::Place;

fn group(number: usize) -> Group {
    Group::new(Space(7), format!("key-{number}"))
}

fn row() -> RowKey {
    RowKey::new(Table::Heads, Bytes::new())
}

/// Writes a body; how it is named.
async fn write(engine: &DiskEngine, number: usize, body: Vec<u8>) -> BlobRef {
    let blobs = vec![NewBlob::Inline(body.into())];
    let put = vec![PutRow { row: row(), value: "v".into(), blobs }];
    engine.apply(&group(number), Change { put, ..Change::default() }).await.unwrap();
    engine.get(&group(number), &row()).await.unwrap().unwrap().blobs[0]
}

async fn delete(engine: &DiskEngine, number: usize) {
    let change = Change { delete: vec![row()], ..Change::default() };
    engine.apply(&group(number), change).await.unwrap();
}

/// Reads a body from the disk, whatever is kept in memory.
async fn read(engine: &DiskEngine, blob: &BlobRef) -> Result<Bytes, EngineError> {
    let Some(Place::Log { segment, at, crc }) = Place::of(blob) else { panic!("{blob:?}") };
    engine.shared.read_log(segment, at, blob.length as usize, crc).await
}

/// Through segments that are recycled, whose old pages the page cache has.
#[tokio::test(flavor = "multi_thread")]
async fn readers_beside_the_committer_read_what_was_written() {
    const KEPT: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let engine = DiskEngine::open(folder.path(), small()).unwrap();
    let body = |number: usize| vec![number as u8; 1 + number * 7_919 % 60_000];
    let (sender, receiver) = tokio::sync::watch::channel((0, None));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (engine, mut receiver) = (Arc::clone(&engine), receiver.clone());
            tokio::spawn(async move {
                let mut read_bodies = 0;
                while receiver.changed().await.is_ok() {
                    let (number, blob): (usize, Option<BlobRef>) = *receiver.borrow_and_update();
                    match read(&engine, &blob.unwrap()).await {
                        Ok(found) => assert!(found == body(number), "number {number}"),
                        Err(EngineError::Gone) => continue,
                        Err(error) => panic!("number {number}: {error}"),
                    }
                    read_bodies += 1;
                }
                read_bodies
            })
        })
        .collect();
    for number in 0..600 {
        let blob = write(&engine, number, body(number)).await;
        sender.send((number, Some(blob))).unwrap();
        if number >= KEPT {
            delete(&engine, number - KEPT).await;
        }
        if number % 100 == 99 {
            engine.upkeep().await.unwrap();
        }
    }
    drop(sender);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
    for number in 600 - KEPT..600 {
        let blob = engine.get(&group(number), &row()).await.unwrap().unwrap().blobs[0];
        assert!(read(&engine, &blob).await.unwrap() == body(number), "number {number}");
    }
    assert_eq!(engine.status().poisoned, None);
    engine.close().await.unwrap();
}

#[tokio::test]
async fn what_was_just_written_is_read_from_memory_and_stays_there_when_it_moves() {
    let disk = Arc::new(SimDisk::new(1));
    let options = Options { body_cache_bytes: 64 << 20, ..simulated() };
    let engine = DiskEngine::on(disk.clone(), options.clone()).unwrap();
    let first = write(&engine, 1, vec![1; 30_000]).await;
    let second = write(&engine, 2, vec![2; 30_000]).await;
    assert!(engine.shared.bodies.has(&first) && engine.shared.bodies.has(&second));
    for number in 3..60 {
        write(&engine, number, vec![3; 30_000]).await;
    }
    engine.close().await.unwrap();
    drop(engine);
    let engine = DiskEngine::on(disk, options).unwrap();
    engine.read(&first, ByteSpan::whole(30_000)).await.unwrap();
    assert!(engine.shared.bodies.has(&first) && !engine.shared.bodies.has(&second));
    for number in 3..60 {
        delete(&engine, number).await;
    }
    engine.upkeep().await.unwrap();
    let blob = async |number| engine.get(&group(number), &row()).await.unwrap().unwrap().blobs[0];
    let (moved, moved_too) = (blob(1).await, blob(2).await);
    assert!(moved != first && moved_too != second, "their segment is sparse");
    assert!(engine.shared.bodies.has(&moved), "it was read lately");
    assert!(!engine.shared.bodies.has(&moved_too));
    assert_eq!(read(&engine, &moved).await.unwrap(), vec![1; 30_000]);
}
