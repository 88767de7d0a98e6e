//! Checkpoints: from a table set aside to rows in the index.
//!
//! 1 The run is ingested and synced, under the checkpoint's number. 2 The extents' folders are synced,
//! so that no file comes back that a record before the position freed. 3 The superblock is written.
//! 4 Readers get the new index, and the table goes.
//! A crash before 3 leaves an index that is ahead of the superblock: replaying over it changes nothing
//! that the replayed records don't say themselves. Segments are given up only behind 3.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use engine::EngineError;
use tokio::sync::oneshot;

use crate::index::{self, Index, IndexError};
use crate::place::row_bytes;
use crate::shared::{Shared, Watch};
use crate::superblock::Superblock;
use crate::table::Table;
use crate::{Background, unavailable};

/// Tables on their way into the index; a further one has to wait.
const ASIDE_MAX: usize = 2;
/// Bytes of the log that the index doesn't hold yet; further writes have to wait.
const BEHIND_BYTES_MAX: u64 = 512 << 20;
/// Tables that wait to be merged; a further run waits for some of them ...
const UNMERGED_MAX: usize = 16;
/// ... but no longer than this: should nothing merge them any more, reads get slow and writes go on.
const MERGES_WAIT_MAX: Duration = Duration::from_secs(10);
/// How often there is a look whether they have become fewer.
const MERGES_LOOK_EVERY: Duration = Duration::from_millis(50);
/// How often a checkpoint that fails is tried.
const TRIES: u32 = 5;
/// The wait before the second try; it doubles each time ...
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(if cfg!(test) { 5 } else { 500 });
/// ... up to this.
const TRY_AGAIN_AT_LAST: Duration = Duration::from_secs(4);

/// A checkpoint to make.
pub(crate) struct Job {
    pub(crate) table: Arc<Table>,
    pub(crate) superblock: Superblock,
    /// Bytes of the log that the table stands for.
    pub(crate) log_bytes: u64,
    pub(crate) answer: Option<oneshot::Sender<Result<(), EngineError>>>,
}

/// Makes checkpoints beside the committer, or within it.
pub(crate) enum Checkpoints {
    Thread { jobs: SyncSender<Job>, thread: JoinHandle<()> },
    Inline,
}

impl Checkpoints {
    pub(crate) fn start(shared: &Arc<Shared>) -> std::io::Result<Self> {
        match shared.options.background {
            Background::None => Ok(Self::Inline),
            Background::Threads => {
                let (jobs, queue) = sync_channel(ASIDE_MAX);
                let shared = Arc::clone(shared);
                let thread = std::thread::Builder::new().name("checkpoints".into());
                let thread = thread.spawn(move || work(&shared, &queue))?;
                Ok(Self::Thread { jobs, thread })
            }
        }
    }

    /// Waits until checkpoints have caught up far enough for another one.
    pub(crate) fn wait_for_room(&self, shared: &Shared) {
        shared.wait_for_checkpoints(|| {
            let behind = shared.log_bytes.load(Ordering::Relaxed) >= BEHIND_BYTES_MAX;
            let aside = shared.view().aside.len();
            // With nothing aside there is nothing to wait for.
            aside < ASIDE_MAX && !(behind && aside > 0)
        });
    }

    pub(crate) fn begin(&self, shared: &Shared, job: Job) {
        match self {
            Self::Inline => finish(shared, job, 1),
            Self::Thread { jobs, .. } => {
                if let Err(refused) = jobs.send(job) {
                    answer(refused.0, Err(unavailable("checkpoints have ended")));
                }
            }
        }
    }

    /// Finishes what is under way.
    pub(crate) fn end(&mut self) {
        if let Self::Thread { jobs, thread } = std::mem::replace(self, Self::Inline) {
            drop(jobs);
            let _ = thread.join();
        }
    }
}

fn work(shared: &Arc<Shared>, queue: &Receiver<Job>) {
    let _watch = Watch::over(shared, "checkpoints");
    while let Ok(job) = queue.recv() {
        wait_for_merges(&*shared.index, MERGES_WAIT_MAX, || shared.is_shut());
        finish(shared, job, TRIES);
    }
}

/// Waits until the index has merged so much that a further run does no harm. The committer waits too,
/// once tables set aside wait behind this one.
fn wait_for_merges(index: &dyn Index, most: Duration, is_shut: impl Fn() -> bool) {
    let began = Instant::now();
    while index.unmerged_tables() >= UNMERGED_MAX && !is_shut() {
        if began.elapsed() >= most {
            let tables = index.unmerged_tables();
            tracing::warn!(
                tables,
                "the index merges slowly, or not at all: a start would help then"
            );
            return;
        }
        std::thread::sleep(MERGES_LOOK_EVERY);
    }
}

fn finish(shared: &Shared, job: Job, tries: u32) {
    let mut wait = TRY_AGAIN_AFTER;
    for attempt in 1.. {
        if let Err(error) = shared.healthy() {
            return answer(job, Err(error));
        }
        let Err(error) = make(shared, &job) else { return answer(job, Ok(())) };
        // A full disk is waited out: deletions go on meanwhile and give space back.
        let waits_out = tries > 1 && error.may_pass() && !shared.is_shut();
        if attempt >= tries && !waits_out {
            shared.poison(&format!("a checkpoint failed: {error}"));
            return answer(job, Err(unavailable(error)));
        }
        tracing::warn!(%error, attempt, "a checkpoint failed; it is tried again");
        std::thread::sleep(wait);
        wait = (wait * 2).min(TRY_AGAIN_AT_LAST);
    }
}

/// Bytes that a run of this table has, about.
fn run_bytes(table: &Table) -> u64 {
    let mut bytes = 0;
    let counted = table.for_each(|key, stored| {
        bytes += stored.map_or(key.len() as u64, |it| row_bytes(key, &it.row));
        Ok::<_, Infallible>(())
    });
    counted.unwrap_or_else(|never| match never {});
    bytes
}

fn make(shared: &Shared, job: &Job) -> Result<(), IndexError> {
    // A run that is cut off leaves its bytes on the disk until the next start, each time it is tried.
    if shared.disk.free_bytes()? < run_bytes(&job.table) {
        return Err(io::Error::from(io::ErrorKind::StorageFull).into());
    }
    // 1
    shared.index.ingest(job.superblock.number, &mut |take| {
        job.table.for_each(|key, stored| take((key.clone(), stored.map(index::encode))))
    })?;
    // 2: the other two write everything anew when they are tried again; a folder's names nobody would.
    if let Err(error) = shared.extents.sync_removals() {
        let _ = shared.sync_failed(&error);
        return Err(error.into());
    }
    // 3
    {
        let mut newest = shared.superblock_side.lock();
        job.superblock.write(&*shared.disk, newest.other())?;
        *newest = newest.other();
    }
    // 4
    let snapshot = shared.index.snapshot()?;
    shared.table_is_in(&job.table, snapshot);
    shared.checkpointed(&job.superblock.position, job.log_bytes);
    Ok(())
}

fn answer(job: Job, outcome: Result<(), EngineError>) {
    if let Some(answer) = job.answer {
        let _ = answer.send(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Rows, Snapshot};
    use crate::{DiskEngine, Options};
    use engine::Engine as _;
    use engine::sim::disk::SimDisk;

    /// Has so many tables that nobody merges.
    struct Unmerged(usize);

    impl Index for Unmerged {
        fn ingest(&self, _: u64, _: &mut Rows<'_>) -> Result<(), IndexError> {
            unreachable!("nobody gives it a run")
        }
        fn snapshot(&self) -> Result<Arc<dyn Snapshot>, IndexError> {
            unreachable!("nobody reads it")
        }
        fn disk_bytes(&self) -> u64 {
            0
        }
        fn unmerged_tables(&self) -> usize {
            self.0
        }
    }

    #[tokio::test]
    async fn a_failed_sync_of_removals_is_not_tried_again() {
        let disk = SimDisk::new(1);
        let options = Options { background: Background::None, ..Options::default() };
        let engine = DiskEngine::on(Arc::new(disk.clone()), options).unwrap();
        let shared = &engine.shared;
        shared.extents.remove(1);
        let (answer, answered) = oneshot::channel();
        let superblock = Superblock { number: 1, ..Superblock::default() };
        let (table, answer) = (shared.set_table_aside(), Some(answer));
        // The run and its folder are synced before.
        disk.fail_sync(disk.syncs() + 3);
        finish(shared, Job { table, superblock, log_bytes: 0, answer }, TRIES);
        assert!(answered.await.unwrap().is_err());
        assert!(engine.status().poisoned.is_some());
    }

    #[test]
    fn a_run_waits_for_merges_but_not_for_ever() {
        let waited = |tables, is_shut| {
            let began = Instant::now();
            wait_for_merges(&Unmerged(tables), Duration::from_millis(300), || is_shut);
            began.elapsed() >= Duration::from_millis(300)
        };
        assert!(waited(UNMERGED_MAX, false));
        assert!(!waited(UNMERGED_MAX, true));
        assert!(!waited(UNMERGED_MAX - 1, false));
    }
}
