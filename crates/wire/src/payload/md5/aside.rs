//! Where larger bodies are hashed while they arrive: on threads of their own, side by side.
//!
//! A body's pieces wait with its MD5 so far. When there is something worth hashing, it joins a line; a
//! thread takes who stands there, hashes all that came of each, and gives the MD5s back. So one body is
//! hashed beside its receiving and writing, and the more bodies wait the cheaper each gets: a thread
//! begins when all stand there, or as many as can be side by side, or one that should wait no longer. As
//! many threads work as fill their lanes, no more than the machine has processors.
//!
//! A body that doesn't arrive stands in no line and holds up nobody; one that arrives faster than it is
//! hashed waits ([`Stream::keep_pace`]); one that is given up leaves no piece behind.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::{Condvar, Mutex, MutexGuard};

use super::lanes::{self, LANES, Lane};
use super::{Md5, Pieces};

/// A body joins the line with so many bytes, or its last ones.
const JOIN_BYTES: usize = 64 << 10;
/// A body with so many bytes, or its last ones, isn't kept waiting for others that fill the lanes. The rest
/// of what it may have comes while it is hashed.
const URGENT_BYTES: usize = WAITING_BYTES_MAX / 2;
/// A body waits with so many bytes that aren't hashed. What a client can make a server keep.
const WAITING_BYTES_MAX: usize = 512 << 10;
/// A piece counts as so many bytes at least: a client that sends single bytes must not make us keep a
/// reference for each.
const PIECE_BYTES_MIN: usize = 4 << 10;
/// A thread that nobody has needed for so long ends.
const IDLE_MAX: Duration = Duration::from_secs(10);

/// One for the process: whichever connection a body comes by.
static ROOM: Room = Room { line: Mutex::new(Line::new()), called: Condvar::new() };

/// A body that is hashed aside.
pub(in super::super) struct Stream {
    room: &'static Room,
    job: Arc<Job>,
}

struct Job(Mutex<Progress>);

#[derive(Default)]
struct Progress {
    /// Until a thread takes it, and when it has given it back.
    md5: Option<Md5>,
    pieces: Pieces,
    /// Bytes of the pieces and of those being hashed.
    waiting: usize,
    in_line: bool,
    /// No more will come.
    ended: bool,
    /// Of who waits until less is waiting, or for the end.
    waker: Option<Waker>,
}

impl Default for Stream {
    fn default() -> Self {
        Self::of(&ROOM)
    }
}

impl Stream {
    fn of(room: &'static Room) -> Self {
        room.line.lock().streams += 1;
        let progress = Progress { md5: Some(Md5::default()), ..Progress::default() };
        Self { room, job: Arc::new(Job(Mutex::new(progress))) }
    }

    /// Takes bytes in, which are hashed soon.
    pub(in super::super) fn push(&self, bytes: Bytes) {
        if bytes.is_empty() {
            return;
        }
        self.change(|progress| {
            progress.waiting += weight(&bytes);
            progress.pieces.push(bytes);
        });
    }

    /// Waits while too much of it isn't hashed.
    pub(in super::super) async fn keep_pace(&self) {
        self.wait(|progress| (progress.waiting < WAITING_BYTES_MAX).then_some(())).await;
    }

    /// The hash of all that was pushed.
    pub(in super::super) async fn finish(self) -> [u8; 16] {
        self.end();
        let md5 = self.wait(|it| if it.pieces.is_empty() { it.md5.take() } else { None }).await;
        md5.finish()
    }

    fn end(&self) {
        self.change(|progress| progress.ended = true);
    }

    /// Has it join the line if it is due, and go ahead of it if it has become urgent there.
    fn change(&self, change: impl FnOnce(&mut Progress)) {
        let mut progress = self.job.0.lock();
        let was_urgent = progress.is_urgent();
        change(&mut progress);
        let is_urgent = progress.is_urgent();
        let joins = progress.is_due();
        progress.in_line |= joins;
        let hurries = progress.in_line && is_urgent && !was_urgent;
        drop(progress);
        if joins || hurries {
            self.room.join(joins.then(|| Arc::clone(&self.job)), is_urgent);
        }
    }

    fn wait<T>(
        &self,
        mut ready: impl FnMut(&mut Progress) -> Option<T>,
    ) -> impl Future<Output = T> {
        poll_fn(move |cx: &mut Context<'_>| {
            let mut progress = self.job.0.lock();
            if let Some(it) = ready(&mut progress) {
                return Poll::Ready(it);
            }
            progress.waker = Some(cx.waker().clone());
            Poll::Pending
        })
    }
}

impl Drop for Stream {
    /// Whoever stands in line with nothing is let through.
    fn drop(&mut self) {
        *self.job.0.lock() = Progress::default();
        self.room.line.lock().streams -= 1;
    }
}

fn weight(piece: &[u8]) -> usize {
    piece.len().max(PIECE_BYTES_MIN)
}

impl Progress {
    /// Whether it shall join the line. Who is in line or being hashed need not: what comes meanwhile is
    /// looked at behind that.
    fn is_due(&self) -> bool {
        let enough = self.waiting >= JOIN_BYTES || self.ended;
        enough && !self.pieces.is_empty() && !self.in_line && self.md5.is_some()
    }

    fn is_urgent(&self) -> bool {
        self.ended || self.waiting >= URGENT_BYTES
    }
}

struct Room {
    line: Mutex<Line>,
    /// Threads that idle are called.
    called: Condvar,
}

struct Line {
    jobs: VecDeque<Arc<Job>>,
    /// Somebody in it should wait no longer.
    is_urgent: bool,
    /// Bodies that there are, in line or not.
    streams: usize,
    /// Threads at work, or called to it.
    awake: usize,
    idle: usize,
    calls: usize,
}

impl Line {
    const fn new() -> Self {
        let jobs = VecDeque::new();
        Self { jobs, is_urgent: false, streams: 0, awake: 0, idle: 0, calls: 0 }
    }

    /// Whether nothing is gained by waiting for more.
    fn is_ready(&self) -> bool {
        let most = self.streams.min(lanes::at_once());
        !self.jobs.is_empty() && (self.is_urgent || self.jobs.len() >= most)
    }

    fn take_some(&mut self) -> Vec<Arc<Job>> {
        let some = self.jobs.len().min(LANES);
        let jobs = self.jobs.drain(..some).collect();
        self.is_urgent &= !self.jobs.is_empty();
        jobs
    }
}

impl Room {
    /// Somebody joins the line, or should wait there no longer.
    fn join(&'static self, job: Option<Arc<Job>>, is_urgent: bool) {
        let mut line = self.line.lock();
        line.jobs.extend(job);
        line.is_urgent |= is_urgent;
        let is_enough = line.jobs.len() <= line.awake * lanes::at_once();
        if !line.is_ready() || is_enough || line.awake >= threads_max() {
            return;
        }
        line.awake += 1;
        if line.idle > 0 {
            line.idle -= 1;
            line.calls += 1;
            self.called.notify_one();
            return;
        }
        let name = format!("md5-{}", line.awake);
        drop(line);
        let spawned = std::thread::Builder::new().name(name).spawn(|| self.work());
        if spawned.is_err() {
            // Then whoever comes does it.
            drop(self.work_off());
        }
    }

    /// What a thread does until nobody needs it.
    fn work(&self) {
        loop {
            let mut line = self.work_off();
            line.idle += 1;
            while line.calls == 0 {
                if self.called.wait_for(&mut line, IDLE_MAX).timed_out() && line.calls == 0 {
                    line.idle -= 1;
                    return;
                }
            }
            line.calls -= 1;
        }
    }

    /// Hashes until it is better to wait.
    fn work_off(&self) -> MutexGuard<'_, Line> {
        loop {
            // Where processors are scarce, whoever gathers more goes first: the more, the cheaper.
            std::thread::yield_now();
            let mut line = self.line.lock();
            if !line.is_ready() {
                line.awake -= 1;
                return line;
            }
            let jobs = line.take_some();
            drop(line);
            for (job, is_urgent) in hash(&jobs) {
                let mut line = self.line.lock();
                line.jobs.push_back(job);
                line.is_urgent |= is_urgent;
            }
        }
    }
}

/// Hashes all that came of each. Who is to join the line again, and whether that is urgent.
fn hash(jobs: &[Arc<Job>]) -> impl Iterator<Item = (Arc<Job>, bool)> {
    let mut taken: Vec<(Md5, Pieces)> = jobs.iter().map(|it| it.take()).collect();
    let lanes = taken.iter_mut().map(|(md5, pieces)| Lane::new(md5, pieces.iter()));
    lanes::run(&mut lanes.collect::<Vec<_>>());
    jobs.iter()
        .zip(taken)
        .filter_map(|(job, (md5, pieces))| Some((Arc::clone(job), job.give_back(md5, &pieces)?)))
}

impl Job {
    fn take(&self) -> (Md5, Pieces) {
        let mut progress = self.0.lock();
        progress.in_line = false;
        // None if it was given up: then there is nothing to hash.
        let md5 = progress.md5.take().unwrap_or_default();
        (md5, std::mem::take(&mut progress.pieces))
    }

    /// If it is to join the line again, whether that is urgent.
    fn give_back(&self, md5: Md5, pieces: &Pieces) -> Option<bool> {
        let mut progress = self.0.lock();
        progress.md5 = Some(md5);
        let hashed: usize = pieces.iter().map(weight).sum();
        progress.waiting = progress.waiting.saturating_sub(hashed);
        progress.in_line = progress.is_due();
        let joins = progress.in_line.then(|| progress.is_urgent());
        let waker = progress.waker.take();
        drop(progress);
        if let Some(waker) = waker {
            waker.wake();
        }
        joins
    }
}

/// As many as there are processors.
fn threads_max() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, |it| it.get()))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use ::md5::Digest as _;

    use super::*;

    /// A room in which nobody works but the test.
    fn room() -> &'static Room {
        let line = Line { awake: usize::MAX / LANES, ..Line::new() };
        Box::leak(Box::new(Room { line: Mutex::new(line), called: Condvar::new() }))
    }

    fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
        pin!(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    fn work(room: &Room) {
        drop(room.work_off());
    }

    fn hash_of(body: &[u8]) -> [u8; 16] {
        ::md5::Md5::digest(body).into()
    }

    #[test]
    fn a_body_that_comes_faster_than_it_is_hashed_waits() {
        let room = room();
        let stream = Stream::of(room);
        stream.push(vec![7; WAITING_BYTES_MAX - 1].into());
        assert!(poll(stream.keep_pace()).is_ready());
        stream.push(vec![7; PIECE_BYTES_MIN].into());
        assert!(poll(stream.keep_pace()).is_pending());
        work(room);
        assert!(poll(stream.keep_pace()).is_ready());
        stream.push(Bytes::from_static(b"the end"));
        let mut finish = pin!(stream.finish());
        assert!(poll(finish.as_mut()).is_pending());
        work(room);
        let body = [&vec![7; WAITING_BYTES_MAX - 1 + PIECE_BYTES_MIN][..], b"the end"].concat();
        assert_eq!(poll(finish), Poll::Ready(hash_of(&body)));
    }

    #[test]
    fn bodies_wait_for_each_other_but_not_for_long() {
        let room = room();
        let streams = [0, 1].map(|_| Stream::of(room));
        let waiting = |it: &Stream| it.job.0.lock().waiting;
        let body = |bytes: usize| Bytes::from(vec![7; bytes]);
        let is_alone_quick = lanes::at_once() == 1;
        // One of two.
        streams[0].push(body(JOIN_BYTES));
        work(room);
        assert_eq!(waiting(&streams[0]), if is_alone_quick { 0 } else { JOIN_BYTES });
        // Both.
        streams[1].push(body(JOIN_BYTES));
        work(room);
        assert_eq!(streams.each_ref().map(waiting), [0, 0]);
        // One that has become urgent where it stands.
        streams[0].push(body(JOIN_BYTES));
        streams[0].push(body(URGENT_BYTES));
        work(room);
        assert_eq!(waiting(&streams[0]), 0);
        // One that has ended.
        streams[0].push(body(JOIN_BYTES));
        streams[0].end();
        work(room);
        assert_eq!(waiting(&streams[0]), 0);
        // One that there is nobody left to wait with.
        let [first, last] = streams;
        drop(first);
        last.push(body(JOIN_BYTES));
        work(room);
        assert_eq!(waiting(&last), 0);
        assert!(!room.line.lock().is_urgent);
    }

    #[test]
    fn single_bytes_wait_too() {
        let stream = Stream::of(room());
        let pieces = WAITING_BYTES_MAX / PIECE_BYTES_MIN;
        (1..pieces).for_each(|_| stream.push(Bytes::from_static(b"x")));
        assert!(poll(stream.keep_pace()).is_ready());
        stream.push(Bytes::from_static(b"x"));
        assert!(poll(stream.keep_pace()).is_pending());
    }

    #[test]
    fn a_body_that_stands_still_holds_up_nobody() {
        let room = room();
        let still = Stream::of(room);
        still.push(Bytes::from_static(b"some"));
        assert!(room.line.lock().jobs.is_empty(), "too little to stand in line");
        let bodies: Vec<Vec<u8>> =
            (0..=LANES).map(|it| vec![it as u8; JOIN_BYTES + 77 * it]).collect();
        let streams = bodies.iter().map(|body| {
            let stream = Stream::of(room);
            stream.push(body.clone().into());
            Box::pin(stream.finish())
        });
        let mut streams: Vec<_> = streams.collect();
        assert!(streams.iter_mut().all(|it| poll(it.as_mut()).is_pending()));
        work(room);
        for (stream, body) in streams.iter_mut().zip(&bodies) {
            assert_eq!(poll(stream.as_mut()), Poll::Ready(hash_of(body)));
        }
        assert!(poll(still.keep_pace()).is_ready());
        let mut finish = pin!(still.finish());
        assert!(poll(finish.as_mut()).is_pending());
        work(room);
        assert_eq!(poll(finish), Poll::Ready(hash_of(b"some")));
    }

    #[test]
    fn a_body_that_is_given_up_leaves_nothing() {
        let room = room();
        let bytes = Bytes::from(vec![1; JOIN_BYTES]);
        // In line, and while it is hashed.
        let stream = Stream::of(room);
        stream.push(bytes.clone());
        drop(stream);
        assert!(bytes.is_unique());
        work(room);
        let stream = Stream::of(room);
        stream.push(bytes.clone());
        let job = room.line.lock().jobs.pop_front().unwrap();
        let (md5, pieces) = job.take();
        stream.push(bytes.clone());
        drop(stream);
        assert_eq!(job.give_back(md5, &pieces), None, "nobody waits for the rest");
        drop(pieces);
        assert!(bytes.is_unique() && room.line.lock().jobs.is_empty());
    }

    #[test]
    fn nothing_has_a_hash_at_once() {
        assert_eq!(poll(Stream::of(room()).finish()), Poll::Ready(hash_of(b"")));
    }

    #[test]
    fn threads_hash_many_bodies_as_they_arrive() {
        struct Unpark(std::thread::Thread);
        impl std::task::Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }
        fn wait<T>(future: impl Future<Output = T>) -> T {
            let mut future = pin!(future);
            let waker = Arc::new(Unpark(std::thread::current())).into();
            loop {
                match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    Poll::Ready(it) => return it,
                    Poll::Pending => std::thread::park(),
                }
            }
        }
        let body = |seed: usize| {
            let bytes = (0..1_500_000 + 4321 * seed).map(|it| (it * 7 + it / 255 * seed) as u8);
            Bytes::from(bytes.collect::<Vec<_>>())
        };
        std::thread::scope(|scope| {
            for seed in 0..2 * LANES {
                scope.spawn(move || {
                    let body = body(seed);
                    let stream = Stream::default();
                    let mut left = body.clone();
                    while !left.is_empty() {
                        stream.push(left.split_to(left.len().min(10_007 + 3000 * seed)));
                        wait(stream.keep_pace());
                    }
                    assert_eq!(wait(stream.finish()), hash_of(&body), "{seed}");
                });
            }
        });
    }
}
