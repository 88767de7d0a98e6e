//! The committer: the one thread that changes anything.
//!
//! For a batch of requests: 1 each is judged against the rows and what is ahead of it in the batch;
//! 2 the records are written; 3 one sync; 4 the rows are entered, and visible; 5 the answers.
//! A crash before 3 leaves nothing or a torn tail, after it everything. A sync that fails poisons the
//! engine: nobody is answered Ok, and nothing is ever written again.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use bytes::Bytes;
use engine::{
    ApplyError, BlobRef, Change, EngineError, FreezeError, Frost, Group, RowKey, Space, Stamp,
};
use tokio::sync::{mpsc, oneshot};

use crate::checkpoint::{Checkpoints, Job};
use crate::judge::{Judge, Judged, Moving};
use crate::log::{NotBegun, PAGE_BYTES, Segment};
use crate::record::{Batch, Effect};
use crate::segments::Spent;
use crate::shared::{Shared, Watch};
use crate::superblock::{Position, Superblock};
use crate::table::Slot;
use crate::unavailable;

/// Most requests of a batch.
const BATCH_REQUESTS_MAX: usize = 256;
/// A batch that has become this long takes no further request, in bytes.
const BATCH_BYTES: usize = 2 << 20;

type Answer<T> = oneshot::Sender<Result<T, EngineError>>;

/// What the committer is asked.
pub(crate) enum Request {
    Apply(Group, Change, oneshot::Sender<Result<Stamp, ApplyError>>),
    Freeze(Space, Frost, oneshot::Sender<Result<(), FreezeError>>),
    /// Drops some rows of a space, from a key on; where to go on, if there is more.
    DropSome(Space, Bytes, Answer<Option<Bytes>>),
    /// Writes a row again if it is still what it was.
    Move(Moving, Answer<()>),
    /// Brings all that was committed before into the index.
    Checkpoint(Answer<()>),
    Close(oneshot::Sender<()>),
}

/// An answer that waits for the sync.
enum Waiting {
    Apply(Group, oneshot::Sender<Result<Stamp, ApplyError>>),
    Freeze(oneshot::Sender<Result<(), FreezeError>>),
    DropSome(Option<Bytes>, Answer<Option<Bytes>>),
    Move(Answer<()>),
}

/// A request that stands in the batch.
struct Entry {
    effect: Effect,
    slots: Vec<(Bytes, Slot)>,
    births: Vec<Bytes>,
    named: Vec<u64>,
    bodies: Vec<(BlobRef, Bytes)>,
    sequence: u64,
    /// Bytes that came alive with it, and where its record ends.
    born: u64,
    end: u64,
    waiting: Waiting,
}

/// The committer's own state.
pub(crate) struct Committer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) checkpoints: Checkpoints,
    pub(crate) segment: Segment,
    /// The last record written.
    pub(crate) sequence: u64,
    /// The number of the last checkpoint that was begun.
    pub(crate) checkpoint: u64,
    /// Bytes of the log since then.
    pub(crate) log_bytes: u64,
    pub(crate) batch: Batch,
    /// Changes that the batch refuses, and why.
    pub(crate) refused: Vec<(oneshot::Sender<Result<Stamp, ApplyError>>, ApplyError)>,
}

impl Committer {
    /// Works until it is told to close.
    pub(crate) fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let _watch = Watch::over(&self.shared, "committer");
        while let Some(first) = requests.blocking_recv() {
            let ends = self.batch(first, &mut requests);
            match ends {
                Some(Request::Checkpoint(answer)) => self.begin_checkpoint(Some(answer)),
                Some(Request::Close(done)) => {
                    self.end();
                    let _ = done.send(());
                    return;
                }
                _ if self.is_checkpoint_due() => self.begin_checkpoint(None),
                _ => {}
            }
            // The engine was dropped, and its queue may have been too full to say so.
            if self.shared.is_shut() {
                return self.end();
            }
        }
    }

    /// Commits what is waiting, up to a request that ends the batch, which is given back.
    fn batch(&mut self, first: Request, requests: &mut mpsc::Receiver<Request>) -> Option<Request> {
        let ends = matches!(first, Request::Checkpoint(_) | Request::Close(_));
        if !ends && let Err(error) = self.have_segment() {
            first.refuse(error);
            return None;
        }
        let shared = Arc::clone(&self.shared);
        let view = shared.view();
        let mut judge = Judge::new(&shared, &view, self.segment.number);
        self.batch.restart();
        let mut entries = Vec::new();
        let mut next = Some(first);
        let ends = loop {
            match next.take() {
                None => break None,
                Some(ends @ (Request::Checkpoint(_) | Request::Close(_))) => break Some(ends),
                Some(request) => entries.extend(self.take(&mut judge, request)),
            }
            let taken = entries.len() + self.refused.len();
            if taken < BATCH_REQUESTS_MAX && self.batch.record_bytes() < BATCH_BYTES {
                next = requests.try_recv().ok();
            }
        };
        let outcome = if entries.is_empty() { shared.healthy() } else { self.commit(entries) };
        for (answer, error) in std::mem::take(&mut self.refused) {
            // What it was refused for may have been ahead in a batch that couldn't be written.
            let error = outcome.clone().err().map_or(error, Into::into);
            let _ = answer.send(Err(error));
        }
        ends
    }

    /// 1: judges a request; writes its record into the batch, or answers it at once. A change that
    /// is refused waits for the batch: the answer tells of rows that may be ahead in it.
    fn take(&mut self, judge: &mut Judge<'_>, request: Request) -> Option<Entry> {
        let mut record = self.batch.record();
        let (judged, waiting) = match request {
            Request::Apply(group, change, answer) => {
                match judge.apply(&group, change, &mut record) {
                    Ok(judged) => (judged, Waiting::Apply(group, answer)),
                    Err(error) => {
                        self.refused.push((answer, error));
                        return None;
                    }
                }
            }
            Request::Freeze(space, frost, answer) => match judge.freeze(space, frost) {
                Ok(judged) => (judged, Waiting::Freeze(answer)),
                Err(error) => return refuse(answer, error),
            },
            Request::DropSome(space, from, answer) => match judge.drop_some(space, &from) {
                Ok((Some(judged), next)) => (judged, Waiting::DropSome(next, answer)),
                Ok((None, next)) => {
                    let _ = answer.send(Ok(next));
                    return None;
                }
                Err(error) => return refuse(answer, error),
            },
            Request::Move(moving, answer) => match judge.relocate(moving, &mut record) {
                Ok(Some(judged)) => (judged, Waiting::Move(answer)),
                Ok(None) => {
                    let _ = answer.send(Ok(()));
                    return None;
                }
                Err(error) => return refuse(answer, error),
            },
            Request::Checkpoint(_) | Request::Close(_) => unreachable!("they end a batch"),
        };
        let Judged { effect, slots, births, named, bodies } = judged;
        self.sequence += 1;
        let synced = self.shared.synced.load(Ordering::Relaxed);
        let range = record.finish(self.sequence, synced, &effect);
        let (sequence, end) = (self.sequence, range.end);
        let born = effect.born(self.segment.number, range);
        Some(Entry { effect, slots, births, named, bodies, sequence, born, end, waiting })
    }

    fn commit(&mut self, entries: Vec<Entry>) -> Result<(), EngineError> {
        if let Err(error) = self.reserve() {
            // Nothing was written, so nothing happened.
            self.sequence -= entries.len() as u64;
            for entry in entries {
                self.shared.extents.release(&entry.named);
                entry.waiting.refuse(&error);
            }
            return Err(error);
        }
        match self.write() {
            Ok(()) => self.publish(entries),
            Err(error) => {
                let why = error.to_string();
                self.shared.poison(&format!("the log can't be written: {why}"));
                entries.into_iter().for_each(|it| it.waiting.fail(&why));
                return Err(unavailable(why));
            }
        }
        Ok(())
    }

    /// Before 2: has space for a batch that goes beyond the end of the segment's file, for a write that
    /// is cut off by a full disk would leave records that nobody was answered for.
    fn reserve(&mut self) -> Result<(), EngineError> {
        let end = self.batch.end().next_multiple_of(PAGE_BYTES as u64);
        if end > self.segment.length {
            self.segment.file.allocate(end).map_err(|e| self.shared.write_failed(&e))?;
            self.segment.length = end;
        }
        Ok(())
    }

    /// 2 and 3: writes the batch and syncs it.
    fn write(&mut self) -> io::Result<()> {
        let bytes = self.batch.record_bytes() as u64;
        debug_assert_eq!(self.batch.end() - bytes, self.segment.end, "it goes behind the last one");
        let file = &self.segment.past_cache;
        let began = Instant::now();
        self.batch.write(|pages, at| file.write_past_cache_at(pages, at))?;
        file.sync()?;
        self.shared.sync_took(began.elapsed());
        self.shared.synced.store(self.sequence, Ordering::Relaxed);
        self.segment.end += bytes;
        self.log_bytes += bytes;
        self.shared.log_bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// 4 and 5.
    fn publish(&mut self, mut entries: Vec<Entry>) {
        let shared = &self.shared;
        let number = self.segment.number;
        shared.segments.spend(entries.iter().map(|it| Spent {
            segment: number,
            end: it.end,
            born: it.born,
            dead: &it.effect.dead,
        }));
        {
            // Counters are what the rows say: nobody sees the ones without the others.
            let mut counted = shared.counted.write();
            entries.iter().for_each(|it| counted.enter(&it.effect));
            let is_death = |it: &&(Bytes, Slot)| it.1.stored.is_none() && it.1.below;
            let slots = entries.iter().flat_map(|it| &it.slots);
            shared.gaps.died(slots.filter(is_death).map(|(key, _)| key));
            let slots = entries.iter_mut().flat_map(|it| std::mem::take(&mut it.slots));
            shared.view().active.enter(slots);
        }
        for entry in entries {
            entry.births.iter().for_each(|it| shared.gaps.born(it));
            shared.extents.named(&entry.named);
            // What was just written is often read soon, and isn't in the page cache.
            entry.bodies.iter().for_each(|(blob, body)| shared.bodies.keep(blob, body));
            // Whoever reads one has it open; a crash before this leaves it to the next start.
            entry.effect.extents.iter().for_each(|it| shared.extents.remove(*it));
            entry.waiting.succeed(shared, entry.sequence, &entry.effect);
        }
        // Behind the answers, so that nobody waits for it. What goes wrong the next batch is told.
        let _ = self.have_segment();
    }

    /// Begins a segment if the last one is full. A full disk may have space again later, and a process
    /// that has too many files open may close some.
    fn have_segment(&mut self) -> Result<(), EngineError> {
        let shared = &self.shared;
        shared.writable()?;
        if self.segment.end < shared.options.segment_bytes {
            return Ok(());
        }
        match shared.segments.begin(self.segment.number + 1, self.sequence) {
            Ok(segment) => {
                self.batch.go_on_behind(segment.number, &segment.header);
                self.segment = segment;
            }
            // Nothing was written. The next change tries again.
            Err(NotBegun::Refused(error)) => return Err(shared.write_failed(&error)),
            Err(NotBegun::SyncFailed(error)) => return Err(shared.sync_failed(&error)),
        }
        shared.upkeep.notify_one();
        Ok(())
    }

    fn is_checkpoint_due(&self) -> bool {
        let options = &self.shared.options;
        let table = &self.shared.view().active;
        table.rows() >= options.checkpoint_rows || self.log_bytes >= options.checkpoint_log_bytes
    }

    /// Sets the table aside and has it brought into the index.
    fn begin_checkpoint(&mut self, answer: Option<Answer<()>>) {
        if let Err(error) = self.shared.healthy() {
            answer.into_iter().for_each(|it| drop(it.send(Err(error.clone()))));
            return;
        }
        // A start begins a segment, and those before it stay until a checkpoint, even if they are empty.
        let from = self.shared.replay_from.load(Ordering::Relaxed);
        if self.log_bytes == 0 && from == self.segment.number {
            answer.into_iter().for_each(|it| drop(it.send(Ok(()))));
            return;
        }
        self.checkpoints.wait_for_room(&self.shared);
        let (next_extent, open_extents) = self.shared.extents.open_ones();
        let (counters, frosts) = self.shared.counted.read().all();
        self.checkpoint += 1;
        let superblock = Superblock {
            number: self.checkpoint,
            position: Position {
                segment: self.segment.number,
                at: self.segment.end,
                sequence: self.sequence,
            },
            counters,
            frosts,
            segments: self.shared.segments.uses(),
            next_extent,
            open_extents,
        };
        let table = self.shared.set_table_aside();
        let log_bytes = std::mem::take(&mut self.log_bytes);
        self.checkpoints.begin(&self.shared, Job { table, superblock, log_bytes, answer });
    }

    /// Refuses everything from now on, and leaves nothing to replay.
    fn end(&mut self) {
        self.shared.shut();
        self.begin_checkpoint(None);
        self.checkpoints.end();
    }
}

fn refuse<T, E>(answer: oneshot::Sender<Result<T, E>>, error: E) -> Option<Entry> {
    let _ = answer.send(Err(error));
    None
}

impl Request {
    fn refuse(self, error: EngineError) {
        match self {
            Self::Apply(_, _, answer) => drop(answer.send(Err(error.into()))),
            Self::Freeze(_, _, answer) => drop(answer.send(Err(error.into()))),
            Self::Move(_, answer) | Self::Checkpoint(answer) => drop(answer.send(Err(error))),
            Self::DropSome(_, _, answer) => drop(answer.send(Err(error))),
            Self::Close(answer) => drop(answer.send(())),
        }
    }
}

impl Waiting {
    fn succeed(self, shared: &Shared, sequence: u64, effect: &Effect) {
        match self {
            Self::Apply(group, answer) => {
                shared.feeds.send(&group);
                let _ = answer.send(Ok(Stamp(sequence)));
            }
            Self::Freeze(answer) => drop(answer.send(Ok(()))),
            Self::DropSome(next, answer) => drop(answer.send(Ok(next))),
            Self::Move(answer) => {
                for (key, _) in &effect.rows {
                    let (group, _) = RowKey::decode(key).expect("only encoded keys are entered");
                    shared.feeds.send(&group);
                }
                let _ = answer.send(Ok(()));
            }
        }
    }

    /// Nothing happened.
    fn refuse(self, error: &EngineError) {
        match self {
            Self::Apply(_, answer) => drop(answer.send(Err(error.clone().into()))),
            Self::Freeze(answer) => drop(answer.send(Err(error.clone().into()))),
            Self::Move(answer) => drop(answer.send(Err(error.clone()))),
            Self::DropSome(_, answer) => drop(answer.send(Err(error.clone()))),
        }
    }

    /// It may be on disk or not: nobody knows before the next start.
    fn fail(self, why: &str) {
        match self {
            Self::Apply(_, answer) => drop(answer.send(Err(ApplyError::Unknown))),
            Self::Freeze(answer) => drop(answer.send(Err(unavailable(why).into()))),
            Self::Move(answer) => drop(answer.send(Err(unavailable(why)))),
            Self::DropSome(_, answer) => drop(answer.send(Err(unavailable(why)))),
        }
    }
}
