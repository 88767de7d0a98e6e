//! Large bodies are read back as they were written, from the page cache and past it.

use bytes::Bytes;
use engine::{BlobRef, EngineError, Purpose};

use super::*;

fn pattern(length: usize) -> Bytes {
    (0..length).map(|it| (it * 7 + it / 251) as u8).collect()
}

async fn seal(engine: &DiskEngine, body: &Bytes, announced: bool, step: usize) -> BlobRef {
    let length = announced.then_some(body.len() as u64);
    let hint = SizeHint { length, purpose: Purpose::Movable };
    let mut writer = engine.begin(&Group::new(Space(5), "large"), hint).await.unwrap();
    for piece in body.chunks(step) {
        writer.write(body.slice_ref(piece)).await.unwrap();
    }
    writer.seal().await.unwrap()
}

async fn read(engine: &DiskEngine, blob: &BlobRef, span: ByteSpan) -> Result<Vec<u8>, EngineError> {
    let mut reader = engine.read(blob, span).await?;
    let mut all = Vec::new();
    while let Some(piece) = reader.next().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

/// Around where bodies begin to go past the page cache, and where their last page is full; the first
/// time from the disk, where they are long enough, then through the cache.
#[tokio::test]
async fn large_bodies_of_any_length_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let engine = DiskEngine::open(folder.path(), small()).unwrap();
    for length in
        [1, 65_536, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 4 * 65_544, 3_145_385, 9_999_999]
    {
        let body = pattern(length);
        for (announced, step) in [(true, 65_536), (true, 10_007), (false, 400_000)] {
            let blob = seal(&engine, &body, announced, step).await;
            for time in 1..=3 {
                let found = read(&engine, &blob, ByteSpan::whole(length as u64)).await.unwrap();
                assert!(found == body, "{length}, {announced}, in {step}, read {time} times");
            }
            engine.discard(blob);
        }
    }
    engine.close().await.unwrap();
}

/// Of a disk that has some blocks at hand and others not.
#[tokio::test]
async fn any_span_of_a_large_body_is_read() {
    let length = (6 << 20) + 12_345;
    let body = pattern(length);
    for seed in 0..20 {
        let engine = DiskEngine::on(Arc::new(SimDisk::new(seed)), simulated()).unwrap();
        let blob = seal(&engine, &body, true, 1 << 20).await;
        for turn in 0..6 {
            let start = (seed as usize * 1_234_567 + turn * 77_777) % length;
            let end = (start + 1 + (turn * 2_097_143 + 9) % length).min(length);
            let span = ByteSpan { start: start as u64, end: end as u64 };
            let found = read(&engine, &blob, span).await.unwrap();
            assert!(found == body[start..end], "seed {seed}: {start}..{end}");
        }
    }
}

#[tokio::test]
async fn a_bit_that_turned_over_is_found_past_the_cache_too() {
    let disk = SimDisk::new(3);
    let engine = DiskEngine::on(Arc::new(disk.clone()), simulated()).unwrap();
    let blob = seal(&engine, &pattern(4 << 20), true, 1 << 20).await;
    let Some(crate::place::Place::Extent { id }) = crate::place::Place::of(&blob) else { panic!() };
    disk.flip_bit(&crate::extent::name(id), 8 * 3_000_000);
    let found = read(&engine, &blob, ByteSpan::whole(4 << 20)).await;
    assert!(matches!(found, Err(EngineError::Corrupt(_))), "{:?}", found.map(|it| it.len()));
    // What stands before it is as it was.
    let before = ByteSpan { start: 0, end: 2_000_000 };
    assert!(read(&engine, &blob, before).await.unwrap() == pattern(4 << 20)[..2_000_000]);
}
