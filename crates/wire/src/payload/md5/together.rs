//! Where small bodies that arrive at the same time meet to be hashed side by side.
//!
//! Whoever comes first leads: it lets everybody run who can run now, and then hashes all who have
//! come meanwhile. Whoever fills the last lane doesn't wait for that. Nobody waits for time to pass:
//! a body that is alone is hashed as soon as its task runs again.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

use super::lanes::LANES;
use super::{Pieces, hash_each};

/// Longer bodies are hashed aside, as they arrive: here they would keep a thread, and the others. Sixteen
/// of these take it 0.1 ms.
pub(in super::super) const BODY_BYTES_MAX: usize = 64 << 10;
/// Most pieces of one: a client that sends single bytes must not make us keep a reference for each.
pub(in super::super) const PIECES_MAX: usize = 16;

/// Who waits. One for the process: whichever connection and thread a body comes by.
static MEETING: Meeting =
    Meeting(Mutex::new(State { waiting: Vec::new(), leader: None, turns: 0 }));

struct Meeting(Mutex<State>);

struct State {
    waiting: Vec<Arc<Job>>,
    /// The turn of who will hash them.
    leader: Option<u64>,
    turns: u64,
}

/// A body, and what became of it.
struct Job {
    body: Pieces,
    outcome: Mutex<Outcome>,
}

enum Outcome {
    /// Among those who wait.
    Waits(Waker),
    /// Somebody is at it.
    IsHashed(Waker),
    Hash([u8; 16]),
}

/// The MD5 of a body, computed together with others if there are any.
pub(in super::super) fn together(body: Pieces) -> impl Future<Output = [u8; 16]> + Send {
    debug_assert!(body.count() <= PIECES_MAX);
    InMeeting { meeting: &MEETING, body: Some(body), joined: None }
}

struct InMeeting<'a> {
    meeting: &'a Meeting,
    body: Option<Pieces>,
    /// The job and its turn, once it waits with others.
    joined: Option<(Arc<Job>, u64)>,
}

impl Future for InMeeting<'_> {
    type Output = [u8; 16];

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<[u8; 16]> {
        let Some((job, turn)) = &self.joined else {
            let body = self.body.take().expect("polled after the end");
            return self.join(body, cx.waker());
        };
        let mut state = self.meeting.0.lock();
        let mut outcome = job.outcome.lock();
        match &mut *outcome {
            Outcome::Hash(hash) => Poll::Ready(*hash),
            Outcome::IsHashed(waker) => {
                waker.clone_from(cx.waker());
                Poll::Pending
            }
            Outcome::Waits(waker) if state.leader.is_some_and(|it| it != *turn) => {
                waker.clone_from(cx.waker());
                Poll::Pending
            }
            // It leads, or who led has left.
            Outcome::Waits(_) => {
                drop(outcome);
                let jobs = state.take();
                drop(state);
                Poll::Ready(hash(&jobs, job))
            }
        }
    }
}

impl InMeeting<'_> {
    fn join(&mut self, body: Pieces, waker: &Waker) -> Poll<[u8; 16]> {
        let outcome = Mutex::new(Outcome::Waits(waker.clone()));
        let job = Arc::new(Job { body, outcome });
        let mut state = self.meeting.0.lock();
        state.waiting.push(Arc::clone(&job));
        if state.waiting.len() == LANES {
            let jobs = state.take();
            drop(state);
            return Poll::Ready(hash(&jobs, &job));
        }
        state.turns += 1;
        let turn = state.turns;
        let leads = state.leader.is_none();
        if leads {
            state.leader = Some(turn);
        }
        drop(state);
        self.joined = Some((job, turn));
        if leads {
            // Behind everybody who can run now.
            waker.wake_by_ref();
        }
        Poll::Pending
    }
}

impl State {
    /// Everybody who waits; whoever comes next leads anew.
    fn take(&mut self) -> Vec<Arc<Job>> {
        self.leader = None;
        for job in &self.waiting {
            let mut outcome = job.outcome.lock();
            if let Outcome::Waits(waker) = &*outcome {
                *outcome = Outcome::IsHashed(waker.clone());
            }
        }
        std::mem::replace(&mut self.waiting, Vec::with_capacity(LANES))
    }
}

/// Hashes them all and tells everybody but `own`, whose hash it gives.
fn hash(jobs: &[Arc<Job>], own: &Arc<Job>) -> [u8; 16] {
    let bodies: Vec<&Pieces> = jobs.iter().map(|it| &it.body).collect();
    let mut of_own = None;
    for (job, hash) in jobs.iter().zip(hash_each(&bodies)) {
        let before = std::mem::replace(&mut *job.outcome.lock(), Outcome::Hash(hash));
        match before {
            _ if Arc::ptr_eq(job, own) => of_own = Some(hash),
            Outcome::IsHashed(waker) => waker.wake(),
            Outcome::Waits(_) | Outcome::Hash(_) => unreachable!("they were taken once"),
        }
    }
    of_own.expect("its own body is among them")
}

impl Drop for InMeeting<'_> {
    /// A leader that leaves (its client has gone) passes the lead on.
    fn drop(&mut self) {
        let Some((_, turn)) = &self.joined else { return };
        let mut state = self.meeting.0.lock();
        if state.leader == Some(*turn) {
            state.leader = None;
            for job in &state.waiting {
                if let Outcome::Waits(waker) = &*job.outcome.lock() {
                    waker.wake_by_ref();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ::md5::Digest as _;
    use bytes::Bytes;

    use super::*;

    fn meeting() -> Meeting {
        Meeting(Mutex::new(State { waiting: vec![], leader: None, turns: 0 }))
    }

    fn comes<'a>(meeting: &'a Meeting, body: &'static [u8]) -> InMeeting<'a> {
        let mut pieces = Pieces::default();
        // In two, as they may come.
        let (first, second) = body.split_at(body.len() / 2);
        pieces.push(Bytes::from_static(first));
        pieces.push(Bytes::from_static(second));
        InMeeting { meeting, body: Some(pieces), joined: None }
    }

    fn poll(it: &mut InMeeting<'_>) -> Poll<[u8; 16]> {
        Pin::new(it).poll(&mut Context::from_waker(Waker::noop()))
    }

    fn hash_of(body: &[u8]) -> Poll<[u8; 16]> {
        Poll::Ready(::md5::Md5::digest(body).into())
    }

    #[test]
    fn who_comes_first_hashes_for_all() {
        let meeting = meeting();
        let (mut first, mut second) = (comes(&meeting, b"1"), comes(&meeting, b"2"));
        assert!(poll(&mut first).is_pending() && poll(&mut second).is_pending());
        assert!(poll(&mut second).is_pending(), "it doesn't lead");
        assert_eq!(poll(&mut first), hash_of(b"1"));
        assert!(meeting.0.lock().waiting.is_empty());
        assert_eq!(poll(&mut second), hash_of(b"2"));
    }

    #[test]
    fn who_fills_the_last_lane_doesnt_wait() {
        let meeting = meeting();
        let mut others: Vec<_> = (1..LANES).map(|_| comes(&meeting, b"x")).collect();
        assert!(others.iter_mut().all(|it| poll(it).is_pending()));
        assert_eq!(poll(&mut comes(&meeting, b"last")), hash_of(b"last"));
        let mut next = comes(&meeting, b"next");
        assert!(poll(&mut next).is_pending());
        assert!(others.iter_mut().all(|it| poll(it) == hash_of(b"x")));
        // The one that led before leads no more, and takes nothing from the next.
        drop(others);
        assert_eq!(poll(&mut next), hash_of(b"next"));
    }

    #[test]
    fn a_leader_that_leaves_keeps_nobody_waiting() {
        let meeting = meeting();
        let (mut first, mut second) = (comes(&meeting, b"1"), comes(&meeting, b"2"));
        assert!(poll(&mut first).is_pending() && poll(&mut second).is_pending());
        drop(first);
        assert_eq!(poll(&mut second), hash_of(b"2"));
    }
}
