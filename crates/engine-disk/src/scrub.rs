//! The scrubber: reads every row and every body from time to time, slowly, and says what is damaged,
//! before somebody needs it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::{BlobRef, EngineError, Gauge};
use std::sync::Arc;
use types::ByteSpan;

use crate::judge::successor;
use crate::place::{Place, Stored};
use crate::reclaim::name_of;
use crate::shared::Shared;
use crate::view::{Scan, Step};

/// The first pass begins so long after the start.
const FIRST_AFTER: Duration = Duration::from_secs(600);
/// Passes begin so far apart, or behind one another if they take longer.
const PASS_EVERY: Duration = Duration::from_secs(24 * 3600);
/// Rows read at once.
const ROWS: usize = 128;
/// The keys of all tables lie between these.
const ALL: ([u8; 1], [u8; 1]) = ([1], [u8::MAX]);

/// What has been read and found.
#[derive(Default)]
pub(crate) struct Scrubbed {
    bytes: AtomicU64,
    passes: AtomicU64,
    pass_bytes: AtomicU64,
    damaged: AtomicU64,
}

impl Scrubbed {
    pub(crate) fn gauges(&self) -> [Gauge; 4] {
        let figure = |name, help, counter, value: &AtomicU64| {
            let value = value.load(Ordering::Relaxed) as f64;
            Gauge { name, help, counter, value }
        };
        [
            figure("scrub_bytes_total", "Bytes that the scrubber read", true, &self.bytes),
            figure("scrub_passes_total", "Times that it read everything", true, &self.passes),
            figure("scrub_pass_bytes", "Bytes that it read in this pass", false, &self.pass_bytes),
            figure(
                "scrub_damaged",
                "Rows that it found damaged in this pass, or in the last one",
                false,
                &self.damaged,
            ),
        ]
    }
}

/// Scrubs until the engine is shut.
pub(crate) async fn run(shared: &Arc<Shared>) {
    let mut wait = FIRST_AFTER;
    loop {
        tokio::time::sleep(wait).await;
        let began = Instant::now();
        match pass(shared, shared.options.scrub_bytes_per_second).await {
            Ok(0) => {}
            Ok(damaged) => tracing::error!(damaged, "the scrubber found damage"),
            Err(error) => tracing::warn!(%error, "the scrubber"),
        }
        wait = PASS_EVERY.saturating_sub(began.elapsed());
    }
}

/// One pass over everything, at most so many bytes a second. How many rows are damaged.
pub(crate) async fn pass(shared: &Arc<Shared>, bytes_per_second: u64) -> Result<u64, EngineError> {
    let scrubbed = &shared.scrubbed;
    scrubbed.pass_bytes.store(0, Ordering::Relaxed);
    let (began, mut bytes, mut damaged) = (Instant::now(), 0, 0);
    let mut from = Some(Bytes::copy_from_slice(&ALL.0));
    while let Some(key) = from {
        shared.is_open()?;
        let (rows, next) = some_rows(shared, key)?;
        for (key, stored) in rows {
            let read = stored.row.value.len() as u64
                + stored.row.blobs.iter().map(|it| it.length).sum::<u64>();
            if let Some(what) = damage(shared, &stored).await? {
                tracing::error!(key = %name_of(&key), what, "damaged");
                damaged += 1;
            }
            bytes += read;
            scrubbed.bytes.fetch_add(read, Ordering::Relaxed);
            scrubbed.pass_bytes.store(bytes, Ordering::Relaxed);
            if damaged > 0 {
                scrubbed.damaged.store(damaged, Ordering::Relaxed);
            }
            let due = Duration::from_secs_f64(bytes as f64 / bytes_per_second as f64);
            let ahead = due.saturating_sub(began.elapsed());
            if !ahead.is_zero() {
                tokio::time::sleep(ahead).await;
            }
        }
        from = next;
    }
    scrubbed.damaged.store(damaged, Ordering::Relaxed);
    scrubbed.passes.fetch_add(1, Ordering::Relaxed);
    Ok(damaged)
}

type SomeRows = (Vec<(Bytes, Stored)>, Option<Bytes>);

fn some_rows(shared: &Shared, from: Bytes) -> Result<SomeRows, EngineError> {
    let view = shared.view();
    let mut scan = Scan::new(&view, &shared.gaps, from, Bytes::copy_from_slice(&ALL.1));
    let mut rows = Vec::new();
    while rows.len() < ROWS {
        match scan.step()? {
            Step::Row(key, stored) => rows.push((key, stored)),
            Step::Rest => {}
            Step::End => return Ok((rows, None)),
        }
    }
    let next = rows.last().map(|(key, _)| successor(key));
    Ok((rows, next))
}

/// What is wrong with a row's bodies; none if they can be read, or have moved meanwhile.
async fn damage(shared: &Arc<Shared>, stored: &Stored) -> Result<Option<String>, EngineError> {
    for blob in &stored.row.blobs {
        match read_through(shared, *blob).await {
            Ok(()) | Err(EngineError::Gone) => {}
            Err(EngineError::Corrupt(what)) => return Ok(Some(what)),
            Err(error) => {
                shared.is_open()?;
                // A sector that can't be read: the bodies behind it want to be read all the same.
                return Ok(Some(error.to_string()));
            }
        }
    }
    Ok(None)
}

/// Reads from the disk, whatever is cached.
async fn read_through(shared: &Arc<Shared>, blob: BlobRef) -> Result<(), EngineError> {
    if let Some(Place::Log { segment, at, crc }) = Place::of(&blob) {
        return shared.read_log(segment, at, blob.length as usize, crc).await.map(drop);
    }
    let mut reader = shared.read(blob, ByteSpan::whole(blob.length)).await?;
    while reader.next().await?.is_some() {}
    Ok(())
}
