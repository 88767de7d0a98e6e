//! Work that nobody waits for: spare files, checkpoints that are due by time, walks over what was
//! deleted, giving space back, the scrubber. One thread with a small runtime of its own, so that it never takes a request's turn.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use engine::EngineError;

use crate::commit::Request;
use crate::judge::successor;
use crate::reclaim::{self, Stuck};
use crate::scrub;
use crate::shared::Shared;
use crate::unavailable;
use crate::view::{Scan, Step};

/// How often there is a look at what is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Changes stay out of the index for at most about so long.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);
/// With this many dead bytes that only a checkpoint can give back ...
const HELD_BACK_BYTES: u64 = 32 << 20;
/// ... it is made after this.
const CHECKPOINT_SOON: Duration = Duration::from_secs(2);

/// Rows that live, met on the way over deleted ones: deletions that lie so far apart are no burden.
const LIVING_MAX: usize = 10_000;

/// Starts the thread. It ends when the engine is shut.
pub(crate) fn spawn(shared: &Arc<Shared>) -> std::io::Result<std::thread::JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let shared = Arc::clone(shared);
    let thread = std::thread::Builder::new().name("upkeep".into());
    thread.spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                () = look_after(&shared) => {}
                () = scrub::run(&shared) => {}
            }
        });
    })
}

/// Looks until the engine is shut, or can't write any more.
async fn look_after(shared: &Shared) {
    let mut stuck = Stuck::default();
    while !shared.is_shut() {
        if shared.healthy().is_ok()
            && let Err(error) = look(shared, &mut stuck).await
        {
            tracing::warn!(%error, "background work; it is tried again");
        }
        let _ = tokio::time::timeout(LOOK_EVERY, shared.upkeep.notified()).await;
    }
}

/// Does what is due.
pub(crate) async fn look(shared: &Shared, stuck: &mut Stuck) -> Result<(), EngineError> {
    walk_over_deaths(shared).await?;
    prepare_spares(shared);
    if is_checkpoint_due(shared) {
        shared.ask(Request::Checkpoint).await??;
    }
    give_up_empty(shared)?;
    // One at a time: what is due otherwise doesn't wait for all of them.
    reclaim::rewrite_one(shared, stuck).await?;
    give_up_empty(shared)
}

/// Makes the spare files that are missing. Without them segments begin in new ones, so nothing else waits
/// for what goes wrong here.
fn prepare_spares(shared: &Shared) {
    while shared.has_room(shared.options.segment_bytes).is_ok() {
        match shared.segments.prepare_spare() {
            Ok(enough) if enough => return,
            Ok(_) => {}
            Err(error) => return tracing::warn!(%error, "no spare file; it is tried again"),
        }
    }
}

/// Walks over what was deleted, so that listings needn't.
async fn walk_over_deaths(shared: &Shared) -> Result<(), EngineError> {
    for deaths in shared.gaps.take_deaths() {
        let view = shared.view();
        let mut scan = Scan::new(&view, &shared.gaps, deaths.first, successor(&deaths.last));
        let mut living = 0;
        while living < LIVING_MAX {
            match scan.step()? {
                Step::Row(..) => living += 1,
                Step::Rest => tokio::task::yield_now().await,
                Step::End => break,
            }
        }
    }
    Ok(())
}

/// Does all that can be done.
pub(crate) async fn give_back(shared: &Shared) -> Result<(), EngineError> {
    walk_over_deaths(shared).await?;
    let mut stuck = Stuck::default();
    give_up_empty(shared)?;
    while reclaim::rewrite_one(shared, &mut stuck).await? {}
    give_up_empty(shared)
}

fn give_up_empty(shared: &Shared) -> Result<(), EngineError> {
    let below = shared.replay_from.load(Ordering::Acquire);
    shared.segments.give_up_empty(below).map(drop).map_err(unavailable)
}

fn is_checkpoint_due(shared: &Shared) -> bool {
    let since = shared.checkpoint_ended.lock().elapsed();
    if shared.log_bytes.load(Ordering::Relaxed) == 0 || since < CHECKPOINT_SOON {
        return false;
    }
    let from = shared.replay_from.load(Ordering::Acquire);
    let uses = shared.segments.uses();
    let held_back: u64 = uses.range(from..).map(|(_, it)| it.used.saturating_sub(it.live)).sum();
    since >= CHECKPOINT_EVERY || held_back >= HELD_BACK_BYTES
}
