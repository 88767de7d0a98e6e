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
    let mut pace = Pace { scrubbed, began: Instant::now(), bytes: 0, bytes_per_second };
    let mut damaged = 0;
    let mut from = Some(Bytes::copy_from_slice(&ALL.0));
    while let Some(key) = from {
        shared.is_open()?;
        let (rows, next) = some_rows(shared, key)?;
        for (key, stored) in rows {
            pace.read(stored.row.value.len()).await;
            if let Some(what) = damage(shared, &stored, &mut pace).await? {
                tracing::error!(key = %name_of(&key), what, "damaged");
                damaged += 1;
                scrubbed.damaged.store(damaged, Ordering::Relaxed);
            }
        }
        from = next;
    }
    scrubbed.damaged.store(damaged, Ordering::Relaxed);
    scrubbed.passes.fetch_add(1, Ordering::Relaxed);
    Ok(damaged)
}

/// How far a pass is, and how fast it may go.
struct Pace<'a> {
    scrubbed: &'a Scrubbed,
    began: Instant,
    bytes: u64,
    bytes_per_second: u64,
}

impl Pace<'_> {
    /// Bytes were read; waits until so many may have been. Between the pieces of a large body too, or
    /// the disk would be kept from others for as long as reading it takes.
    async fn read(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        self.scrubbed.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.scrubbed.pass_bytes.store(self.bytes, Ordering::Relaxed);
        let due = Duration::from_secs_f64(self.bytes as f64 / self.bytes_per_second as f64);
        let ahead = due.saturating_sub(self.began.elapsed());
        if !ahead.is_zero() {
            tokio::time::sleep(ahead).await;
        }
    }
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
async fn damage(
    shared: &Arc<Shared>,
    stored: &Stored,
    pace: &mut Pace<'_>,
) -> Result<Option<String>, EngineError> {
    for blob in &stored.row.blobs {
        match read_through(shared, *blob, pace).await {
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
async fn read_through(
    shared: &Arc<Shared>,
    blob: BlobRef,
    pace: &mut Pace<'_>,
) -> Result<(), EngineError> {
    if let Some(Place::Log { segment, at, crc }) = Place::of(&blob) {
        let body = shared.read_log(segment, at, blob.length as usize, crc).await?;
        pace.read(body.len()).await;
        return Ok(());
    }
    let mut reader = shared.read(&blob, ByteSpan::whole(blob.length)).await?;
    while let Some(piece) = reader.next().await? {
        pace.read(piece.len()).await;
    }
    Ok(())
}
