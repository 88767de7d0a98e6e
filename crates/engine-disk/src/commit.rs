//! The committer: the one thread that changes anything.
//!
//! For a batch of requests: 1 each is judged against the book and what is ahead of it in the batch;
//! 2 the records are written; 3 one sync; 4 the effects are entered, and visible; 5 the answers.
//! A crash before 3 leaves nothing or a torn tail, after it everything. A sync that fails poisons the
//! engine: nobody is answered Ok, and nothing is ever written again.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use engine::book::{Ahead, Effect};
use engine::{ApplyError, BlobRef, Change, EngineError, Group, NewBlob, Space, Stamp};
use tokio::sync::{mpsc, oneshot};

use crate::log::Segment;
use crate::record::{self, Body, HEADER_BYTES};
use crate::run::{Place, Shared};
use crate::{extent, unavailable};

/// Most requests of a batch: their small bodies are at most 16 MiB together.
const BATCH_REQUESTS_MAX: usize = 256;
/// Rows of a dropped space that go at once.
const DROP_ROWS: usize = 2000;

/// What the committer is asked.
pub(crate) enum Request {
    Apply(Group, Change, oneshot::Sender<Result<Stamp, ApplyError>>),
    Freeze(Space, bool, oneshot::Sender<Result<(), EngineError>>),
    /// Drops some rows; true if there was something to drop.
    DropSome(Space, oneshot::Sender<Result<bool, EngineError>>),
    Close(oneshot::Sender<()>),
}

/// An answer that waits for the sync.
enum Waiting {
    Apply(Group, oneshot::Sender<Result<Stamp, ApplyError>>),
    Freeze(oneshot::Sender<Result<(), EngineError>>),
    DropSome(oneshot::Sender<Result<bool, EngineError>>),
}

struct Entry {
    effect: Effect,
    sequence: u64,
    waiting: Waiting,
}

/// The committer's own state.
pub(crate) struct Committer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) segment: Segment,
    /// The last record written.
    pub(crate) sequence: u64,
}

impl Committer {
    /// Works until it is told to close, or everybody who could ask is gone.
    pub(crate) fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        while let Some(first) = requests.blocking_recv() {
            let mut batch = vec![first];
            let mut closing = None;
            while batch.len() < BATCH_REQUESTS_MAX {
                match requests.try_recv() {
                    Ok(request) => batch.push(request),
                    Err(_) => break,
                }
            }
            if let Some(at) = batch.iter().position(|it| matches!(it, Request::Close(_))) {
                closing = batch.drain(at..).next();
            }
            self.commit(batch);
            if let Some(Request::Close(done)) = closing {
                self.shared.shut();
                let _ = done.send(());
                return;
            }
        }
    }

    fn commit(&mut self, requests: Vec<Request>) {
        let mut bytes = Vec::new();
        let mut entries = Vec::new();
        {
            let shared = Arc::clone(&self.shared);
            let book = shared.book.read();
            let mut ahead = Ahead::of(&book);
            for request in requests {
                if let Some(entry) = self.judge(&mut ahead, request, &mut bytes) {
                    ahead.push(&entry.effect);
                    entries.push(entry);
                }
            }
        }
        let outcome = if bytes.is_empty() { Ok(()) } else { self.write(&bytes) };
        match outcome {
            Ok(()) => self.publish(entries),
            Err(error) => {
                let why = error.to_string();
                self.shared.poison(&format!("the log can't be written: {why}"));
                entries.into_iter().for_each(|it| it.waiting.fail(&why));
            }
        }
    }

    /// 1: judges a request; writes its record into the batch, or answers it at once.
    fn judge(
        &mut self,
        ahead: &mut Ahead<'_>,
        request: Request,
        batch: &mut Vec<u8>,
    ) -> Option<Entry> {
        if let Err(error) = self.shared.writable() {
            request.refuse(error);
            return None;
        }
        let mut body = Body::new();
        let (number, start) = (self.segment.number, self.segment.end + batch.len() as u64);
        let (effect, waiting) = match request {
            Request::Apply(group, change, answer) => {
                let judged = ahead
                    .judge(&group, &change)
                    .and_then(|()| self.room(&change))
                    .and_then(|()| self.take_blobs(ahead, &group, &change));
                if let Err(error) = judged {
                    let _ = answer.send(Err(error));
                    return None;
                }
                let effect = ahead.effect(&group, change, |bytes| {
                    let at = start + HEADER_BYTES as u64 + body.push(&bytes);
                    let place = Place::Log { segment: number, at, crc: crate::crc(&bytes) };
                    place.blob(bytes.len() as u64)
                });
                (effect, Waiting::Apply(group, answer))
            }
            Request::Freeze(space, frozen, answer) => {
                let effect = Effect { freeze: vec![(space, frozen)], ..Effect::default() };
                (effect, Waiting::Freeze(answer))
            }
            Request::DropSome(space, answer) => {
                match self.shared.book.read().drop_some(space, DROP_ROWS) {
                    Some(effect) => (effect, Waiting::DropSome(answer)),
                    None => {
                        let _ = answer.send(Ok(false));
                        return None;
                    }
                }
            }
            Request::Close(_) => unreachable!("taken out of the batch"),
        };
        self.sequence += 1;
        let synced = self.shared.synced.load(Ordering::Relaxed);
        record::append(batch, number, (self.sequence, synced), &body.finish(&effect));
        Some(Entry { effect, sequence: self.sequence, waiting })
    }

    /// Every blob that the change names must be the group's own and unnamed, or be taken over from a
    /// row that the change replaces or removes.
    fn take_blobs(
        &self,
        ahead: &Ahead<'_>,
        group: &Group,
        change: &Change,
    ) -> Result<(), ApplyError> {
        let named: Vec<BlobRef> = change
            .put
            .iter()
            .flat_map(|it| &it.blobs)
            .filter_map(|it| match it {
                NewBlob::Ref(blob) => Some(*blob),
                NewBlob::Inline(_) => None,
            })
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        let owned: Vec<BlobRef> =
            change.rows().flat_map(|it| ahead.blobs(group, it).iter().copied()).collect();
        let mut unnamed = self.shared.unnamed.lock();
        let fits = |it: &BlobRef| owned.contains(it) || unnamed.get(it) == Some(group);
        if !named.iter().all(fits) {
            return Err(EngineError::Gone.into());
        }
        named.iter().for_each(|it| drop(unnamed.remove(it)));
        Ok(())
    }

    /// New bytes are refused before the disk is full; changes that bring none always fit the reserve.
    fn room(&self, change: &Change) -> Result<(), ApplyError> {
        let inline = change.put.iter().flat_map(|it| &it.blobs).map(|it| match it {
            NewBlob::Inline(bytes) => bytes.len() as u64,
            NewBlob::Ref(_) => 0,
        });
        match inline.sum() {
            0 => Ok(()),
            bytes => Ok(self.shared.room_for(bytes)?),
        }
    }

    /// 2 and 3: writes the batch and syncs it; then begins another segment if this one is long.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.segment.file.write_at(&[IoSlice::new(bytes)], self.segment.end)?;
        let began = Instant::now();
        self.segment.file.sync()?;
        self.shared.sync_took(began.elapsed());
        self.shared.synced.store(self.sequence, Ordering::Relaxed);
        self.segment.end += bytes.len() as u64;
        Ok(())
    }

    /// 4 and 5.
    fn publish(&mut self, entries: Vec<Entry>) {
        {
            let mut book = self.shared.book.write();
            entries.iter().for_each(|it| book.enter(&it.effect));
        }
        for entry in entries {
            for blob in &entry.effect.free {
                if let Some(Place::Extent { id }) = Place::of(blob) {
                    // Whoever reads it has it open; a crash before this leaves it to the next start.
                    let _ = self.shared.disk.remove(&extent::name(id));
                }
            }
            entry.waiting.succeed(&self.shared, entry.sequence);
        }
        if self.segment.end >= self.shared.options.segment_bytes
            && let Err(error) = self.begin_segment()
        {
            self.shared.poison(&format!("no new segment: {error}"));
        }
    }

    fn begin_segment(&mut self) -> io::Result<()> {
        let number = self.segment.number + 1;
        let bytes = self.shared.options.segment_bytes;
        self.segment = Segment::begin(&*self.shared.disk, number, self.sequence, bytes)?;
        self.shared.segments.write().insert(number, Arc::clone(&self.segment.file));
        Ok(())
    }
}

impl Request {
    fn refuse(self, error: EngineError) {
        match self {
            Self::Apply(_, _, answer) => drop(answer.send(Err(error.into()))),
            Self::Freeze(_, _, answer) => drop(answer.send(Err(error))),
            Self::DropSome(_, answer) => drop(answer.send(Err(error))),
            Self::Close(answer) => drop(answer.send(())),
        }
    }
}

impl Waiting {
    fn succeed(self, shared: &Shared, sequence: u64) {
        match self {
            Self::Apply(group, answer) => {
                shared.feeds.send(&group);
                let _ = answer.send(Ok(Stamp(sequence)));
            }
            Self::Freeze(answer) => drop(answer.send(Ok(()))),
            Self::DropSome(answer) => drop(answer.send(Ok(true))),
        }
    }

    /// It may be on disk or not: nobody knows before the next start.
    fn fail(self, why: &str) {
        match self {
            Self::Apply(_, answer) => drop(answer.send(Err(ApplyError::Unknown))),
            Self::Freeze(answer) => drop(answer.send(Err(unavailable(why)))),
            Self::DropSome(answer) => drop(answer.send(Err(unavailable(why)))),
        }
    }
}
