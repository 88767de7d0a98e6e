//! How an engine starts.
//!
//! 1 The superblock and the log behind it are read; nothing is changed if that fails. 2 What is built
//! on from now on is made durable: it may stand in the page cache only. A new folder gets its first
//! superblock, before its first segment. 3 A segment that was cut off when it began goes. 4 A segment of this start's own begins behind the last record that was
//! replayed, so that nothing that stands behind it in an older one is ever replayed. 5 Left-over
//! extents go. 6 The threads start.
//! A crash between any two of these leaves a folder that starts the same way again.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::time::Instant;

use engine::Feeds;
use engine::io::{Disk, File};
use parking_lot::{Condvar, Mutex, RwLock};
use tokio::sync::{Notify, mpsc};

use crate::cache::BodyCache;
use crate::checkpoint::Checkpoints;
use crate::commit::{Committer, Request};
use crate::extent::{Extents, GATHERED_BYTES_MAX, Lately, Past};
use crate::gaps::Gaps;
use crate::index::Index;
use crate::log::{NotBegun, SEGMENT_HEADER_BYTES};
use crate::pages::PageBuffers;
use crate::record::Batch;
use crate::recover::{self, Recovered};
use crate::scrub::Scrubbed;
use crate::segments::Segments;
use crate::shared::{Shared, no_syncs};
use crate::superblock::{Side, Superblock};
use crate::view::{Current, View};
use crate::{Background, OpenError, Options, log, upkeep};

/// Requests that may wait for the committer; whoever comes later waits to be let in.
const QUEUE: usize = 1024;

/// Starts an engine.
pub(crate) fn start(
    disk: Arc<dyn Disk>,
    index: Arc<dyn Index>,
    options: Options,
) -> Result<Arc<Shared>, OpenError> {
    // 1
    let (recovered, side) = read(&*disk, &*index)?;
    // 2
    make_durable(&*disk, &recovered, side)?;
    // 3
    if let Some(number) = recovered.torn {
        disk.remove(&log::name(number))?;
        // Or its name might come back beside the next one's, and look like one that lost its head.
        disk.sync_folder(log::FOLDER)?;
    }
    // 4
    let last = recovered.segments.keys().next_back().copied().max(recovered.torn);
    let last = last.unwrap_or(0).max(recovered.superblock.position.segment);
    let Recovered { superblock, table, counted, uses, sequence, named, freed, bytes, .. } =
        recovered;
    let segments =
        Segments::new(Arc::clone(&disk), options.segment_bytes, recovered.segments, uses)?;
    let segment = segments.begin(last + 1, sequence).map_err(|it| match it {
        NotBegun::Refused(error) | NotBegun::SyncFailed(error) => OpenError::Io(error),
    })?;
    // 5
    let past = Past {
        next: superblock.next_extent,
        open: &superblock.open_extents,
        named: &named,
        freed: &freed,
    };
    let extents = Extents::start(Arc::clone(&disk), &past)?;
    // 6
    let view = View::new(table, index.snapshot()?);
    let (requests, queue) = mpsc::channel(QUEUE);
    let free = (Instant::now(), disk.free_bytes()?);
    let shared = Arc::new(Shared {
        extents,
        disk,
        index,
        view: Current::new(view),
        counted: RwLock::new(counted),
        segments,
        gaps: Gaps::default(),
        bodies: BodyCache::new(options.body_cache_bytes),
        options,
        block_buffers: Arc::default(),
        pieces: Arc::default(),
        lately: Lately::default(),
        page_buffers: PageBuffers::new(GATHERED_BYTES_MAX),
        feeds: Feeds::default(),
        synced: AtomicU64::new(sequence),
        log_bytes: AtomicU64::new(bytes),
        replay_from: AtomicU64::new(superblock.position.segment),
        superblock_side: Mutex::new(side),
        checkpoint_ended: Mutex::new(Instant::now()),
        checkpoints_made: Condvar::new(),
        upkeep: Notify::new(),
        scrubbed: Scrubbed::default(),
        moved_bytes: AtomicU64::new(0),
        requests,
        poisoned: RwLock::new(None),
        closed: AtomicBool::new(false),
        free: Mutex::new(free),
        syncs: Mutex::new(no_syncs()),
        threads: Mutex::default(),
    });
    let committer = Committer {
        shared: Arc::clone(&shared),
        checkpoints: Checkpoints::start(&shared)?,
        batch: Batch::behind(segment.number, &segment.header),
        segment,
        sequence,
        checkpoint: superblock.number.max(index_number(&shared)),
        log_bytes: bytes,
        refused: Vec::new(),
    };
    spawn(&shared, committer, queue)?;
    Ok(shared)
}

fn spawn(
    shared: &Arc<Shared>,
    committer: Committer,
    queue: mpsc::Receiver<Request>,
) -> io::Result<()> {
    let thread = std::thread::Builder::new().name("committer".into());
    let mut threads = shared.threads.lock();
    threads.push(thread.spawn(move || committer.run(queue))?);
    if shared.options.background == Background::Threads {
        threads.push(upkeep::spawn(shared)?);
    }
    Ok(())
}

/// Writes again, and syncs, what nothing proves to be on the disk: the superblock, the last segment's
/// header and the last batch of records. A sync alone isn't enough: if the process before ended because
/// one failed, the kernel takes what it couldn't write for written and still shows it. The bytes
/// are the same, so a crash in the middle of this tears nothing.
fn make_durable(disk: &dyn Disk, recovered: &Recovered, side: Side) -> Result<(), OpenError> {
    recovered.superblock.write(disk, side)?;
    if let Some(file) = recovered.segments.values().next_back() {
        write_again(&**file, 0..SEGMENT_HEADER_BYTES)?;
    }
    if let Some(batch) = &recovered.last_batch {
        write_again(&*recovered.segments[&batch.segment], batch.from..batch.end)?;
    }
    // A segment is synced before another one follows; this is for the last of a start before.
    for file in recovered.segments.values().rev().take(2) {
        file.sync()?;
    }
    Ok(())
}

fn write_again(file: &dyn File, range: std::ops::Range<u64>) -> io::Result<()> {
    let mut bytes = vec![0; (range.end - range.start) as usize];
    file.read_at(&mut bytes, range.start)?;
    file.write_at(&[IoSlice::new(&bytes)], range.start)
}

/// What the superblock and the log behind it say, and where the superblock stands. Changes nothing.
pub(crate) fn read(disk: &dyn Disk, index: &dyn Index) -> Result<(Recovered, Side), OpenError> {
    let (superblock, side) = match Superblock::read(disk)? {
        Some(found) => found,
        None if disk.list(log::FOLDER)?.iter().any(|it| log::number_of(it).is_some()) => {
            // Before there was a superblock, segments had another format: that is said first.
            recover::replay(disk, Superblock::default())?;
            return Err(OpenError::Damaged("there are segments but no superblock".into()));
        }
        None => (Superblock { next_extent: 1, ..Superblock::default() }, Side::default()),
    };
    let number = index.snapshot()?.number();
    if number < superblock.number {
        return Err(OpenError::Damaged(format!(
            "the index ends at checkpoint {number}, the superblock says {}",
            superblock.number
        )));
    }
    Ok((recover::replay(disk, superblock)?, side))
}

/// An index that is ahead of the superblock keeps its number: the next run gets a higher one.
fn index_number(shared: &Shared) -> u64 {
    shared.view().index.number()
}
