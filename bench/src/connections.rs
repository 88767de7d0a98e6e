//! Client connections: one thread, one epoll, a request at a time on each connection, and the next
//! one as soon as the answer has been checked.

use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

use crate::bodies::{Bodies, Body};
use crate::response::{Expected, Response};
use crate::statistics::Sample;

/// Bytes read at once.
const READ_BYTES: usize = 256 << 10;
/// When nothing moves for so long, it is a failure.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// So many failures are told; the rest are counted.
const TOLD_MAX: usize = 3;

/// What is sent behind a head.
#[derive(Debug)]
pub enum Sent {
    /// A stretch of the run's text.
    Object(Body),
    /// A document, as a form.
    Document(Vec<u8>),
}

impl Sent {
    /// Bytes.
    pub fn length(&self) -> usize {
        match self {
            Self::Object(body) => body.length,
            Self::Document(bytes) => bytes.len(),
        }
    }

    /// Its bytes from an offset on, as far as they lie together.
    fn piece<'a>(&'a self, offset: usize, bodies: &'a Bodies) -> &'a [u8] {
        match self {
            Self::Object(body) => bodies.piece(body, offset),
            Self::Document(bytes) => &bytes[offset..],
        }
    }
}

/// A request to send and what must come back. `tag` is the workload's own.
pub struct Job {
    /// What is sent behind the head.
    pub body: Option<Sent>,
    /// What must come back.
    pub expected: Expected,
    /// Bytes that it moves: of its body, or of the answer's.
    pub moved_bytes: u64,
    /// For [`Source::done`].
    pub tag: u64,
}

/// Where requests come from.
pub trait Source {
    /// Writes the next request's head; none if there are no more.
    fn next(&mut self, head: &mut Vec<u8>) -> Option<Job>;
    /// The request with this tag was answered as expected, with this document if it had to be one.
    fn done(&mut self, tag: u64, document: &str);
}

/// Some connections to one server.
pub struct Connections<'a> {
    poll: Poll,
    events: Events,
    all: Vec<Connection>,
    buffer: Vec<u8>,
    bodies: &'a Bodies,
}

struct Connection {
    stream: TcpStream,
    head: Vec<u8>,
    /// Bytes of head and body that are sent.
    sent: usize,
    under_way: Option<UnderWay>,
}

struct UnderWay {
    job: Job,
    response: Response,
    began: Instant,
}

impl<'a> Connections<'a> {
    /// Opens so many.
    pub fn open(server: SocketAddr, count: usize, bodies: &'a Bodies) -> io::Result<Self> {
        let poll = Poll::new()?;
        let mut all = Vec::with_capacity(count);
        for index in 0..count {
            // Connecting may wait here: nothing is measured yet.
            let stream = std::net::TcpStream::connect(server)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            let interest = Interest::READABLE | Interest::WRITABLE;
            poll.registry().register(&mut stream, Token(index), interest)?;
            all.push(Connection { stream, head: Vec::new(), sent: 0, under_way: None });
        }
        let events = Events::with_capacity(count.max(16));
        Ok(Self { poll, events, all, buffer: vec![0; READ_BYTES], bodies })
    }

    /// Sends requests on all connections for so long, and waits for the last answers. What fails is
    /// counted and told; the connection that it happened on is given up.
    pub fn run(&mut self, source: &mut dyn Source, time: Duration) -> io::Result<Sample> {
        let began = Instant::now();
        let until = began + time;
        let mut sample = Sample::default();
        for index in 0..self.all.len() {
            self.advance(index, source, until, &mut sample);
        }
        let (mut last_answer, mut last_event) = (Instant::now(), Instant::now());
        let mut answered = 0;
        while self.all.iter().any(|it| it.under_way.is_some()) {
            self.poll.poll(&mut self.events, Some(Duration::from_secs(1)))?;
            let ready: Vec<usize> = self.events.iter().map(|it| it.token().0).collect();
            if !ready.is_empty() {
                last_event = Instant::now();
            }
            for index in ready {
                self.advance(index, source, until, &mut sample);
            }
            if sample.answered() + sample.failed > answered {
                (answered, last_answer) = (sample.answered() + sample.failed, Instant::now());
            }
            if last_event.elapsed() > ANSWER_TIMEOUT {
                return Err(io::Error::other("nothing moved for a minute"));
            }
        }
        sample.time = last_answer - began;
        Ok(sample)
    }

    fn advance(
        &mut self,
        index: usize,
        source: &mut dyn Source,
        until: Instant,
        sample: &mut Sample,
    ) {
        let connection = &mut self.all[index];
        loop {
            let idle = connection.under_way.is_none();
            if idle && (Instant::now() >= until || !connection.begin(source)) {
                return;
            }
            match connection.advance(&mut self.buffer, self.bodies) {
                Ok(false) => return,
                Ok(true) => {
                    let ended = connection.under_way.take().expect("it has just ended");
                    let took = ended.began.elapsed();
                    match ended.response.judge() {
                        Ok(document) => {
                            source.done(ended.job.tag, &document);
                            sample.add(took, ended.job.moved_bytes);
                        }
                        Err(wrong) => fail(sample, &connection.head, &wrong),
                    }
                }
                Err(wrong) => {
                    connection.under_way = None;
                    fail(sample, &connection.head, &wrong);
                    return;
                }
            }
        }
    }
}

fn fail(sample: &mut Sample, head: &[u8], wrong: &str) {
    sample.failed += 1;
    if sample.told.len() < TOLD_MAX {
        let line = head.split(|it| *it == b'\r').next().unwrap_or_default();
        sample.told.push(format!("{}: {wrong}", String::from_utf8_lossy(line)));
    }
}

impl Connection {
    fn begin(&mut self, source: &mut dyn Source) -> bool {
        let Some(job) = source.next(&mut self.head) else { return false };
        self.sent = 0;
        let response = Response::new(job.expected.clone());
        self.under_way = Some(UnderWay { job, response, began: Instant::now() });
        true
    }

    /// Sends and receives what it can; true when the answer is whole.
    fn advance(&mut self, buffer: &mut [u8], bodies: &Bodies) -> Result<bool, String> {
        let Some(it) = &mut self.under_way else { return Ok(false) };
        let body = it.job.body.as_ref();
        let request_bytes = self.head.len() + body.map_or(0, Sent::length);
        let sending = self.sent < request_bytes;
        while self.sent < request_bytes {
            let head = self.head.get(self.sent..).unwrap_or_default();
            let offset = self.sent.saturating_sub(self.head.len());
            let rest = body.map_or(&[][..], |body| body.piece(offset, bodies));
            match self.stream.write_vectored(&[IoSlice::new(head), IoSlice::new(rest)]) {
                Ok(0) => return Err("the server takes no more".into()),
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error.to_string()),
            }
        }
        // Nothing can be there yet, and what comes wakes epoll.
        if sending && self.sent == request_bytes {
            return Ok(false);
        }
        loop {
            match self.stream.read(buffer) {
                Ok(0) => return Err("the server closed the connection".into()),
                Ok(count) => {
                    if it.response.take(&buffer[..count], bodies.text())? {
                        let whole = self.sent == request_bytes;
                        return whole.then_some(true).ok_or("answered too early".into());
                    }
                    // Less than there was room for: nothing more is there yet, and epoll will tell.
                    if count < buffer.len() {
                        return Ok(false);
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.to_string()),
            }
        }
    }
}
