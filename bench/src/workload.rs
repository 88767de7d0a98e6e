//! What is asked of a server: the cells of the table, and the keys that each of them needs.

use std::collections::VecDeque;

use types::Timestamp;

use crate::bodies::{Bodies, Body, Random};
use crate::connections::{Job, Source};
use crate::response::{Expected, ExpectedBody};
use crate::signing::{Credentials, Signer, ToSign};

/// SHA-256 of no bytes.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const BUCKET: &str = "/onggi-bench";
const LIST_BUCKET: &str = "/onggi-bench-list";
/// Keys of a page.
pub const PAGE_KEYS: u64 = 1000;
/// Every byte of bodies up to this is compared; of longer ones every so many, that the client
/// stays cheap. Length and ETag are always looked at.
const COMPARE_ALL_BYTES: usize = 64 << 10;
const COMPARE_EVERY: u64 = 8;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// New keys.
    Put,
    /// Whole objects out of a set, at random.
    Get,
    /// Of the same set.
    Head,
    /// Pages of [`PAGE_KEYS`] keys behind a random one.
    List,
    /// Keys that PUT wrote.
    Delete,
    /// Of ten requests six GET, one HEAD, two PUT and one DELETE.
    Mixed,
}

impl Operation {
    /// As the table has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Put => "PUT",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::List => "LIST 1,000",
            Self::Delete => "DELETE",
            Self::Mixed => "mixed",
        }
    }

    /// The operation of this name in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "put" => Self::Put,
            "get" => Self::Get,
            "head" => Self::Head,
            "list" => Self::List,
            "delete" => Self::Delete,
            "mixed" => Self::Mixed,
            _ => return None,
        })
    }
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What.
    pub operation: Operation,
    /// Bytes of an object; zero for listings.
    pub size: usize,
    /// Over so many connections.
    pub connections: usize,
}

/// What a body says of itself in its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Its SHA-256, as SDKs send it over plain HTTP.
    Signed,
    /// `UNSIGNED-PAYLOAD`, as over TLS.
    Unsigned,
}

/// The objects of one size on a server.
struct Stock {
    size: usize,
    /// So many that stay: what GET and HEAD ask for.
    kept: u64,
    /// The number of the next new key.
    next: u64,
    /// New keys that were acknowledged and are still there, oldest first.
    stored: VecDeque<u64>,
}

/// What one server is asked, and what it holds. Runs one cell at a time.
pub struct Workload<'a> {
    bodies: &'a Bodies,
    signer: Signer,
    random: Random,
    payload: Payload,
    stocks: Vec<Stock>,
    listed: u64,
    path: String,
    query: String,
    sent: u64,
}

/// The tag of a request that nothing has to be noted of.
const NOTHING: u64 = u64::MAX;

impl<'a> Workload<'a> {
    /// Of a server that holds nothing.
    pub fn new(credentials: &Credentials, host: &str, bodies: &'a Bodies, seed: u64) -> Self {
        Self {
            bodies,
            signer: Signer::new(credentials, host, now()),
            random: Random::new(seed),
            payload: Payload::Signed,
            stocks: Vec::new(),
            listed: 0,
            path: String::new(),
            query: String::new(),
            sent: 0,
        }
    }

    /// How bodies are signed from now on.
    pub fn set_payload(&mut self, payload: Payload) {
        self.payload = payload;
    }

    /// Signs from now on with a new time.
    pub fn renew(&mut self, credentials: &Credentials, host: &str) {
        self.signer = Signer::new(credentials, host, now());
    }

    /// How many keys there are to list.
    pub fn listed(&self) -> u64 {
        self.listed
    }

    /// Makes the buckets.
    pub fn buckets(&mut self) -> impl Source + use<'_, 'a> {
        let mut paths = vec![BUCKET, LIST_BUCKET];
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| {
                it.path = paths.pop()?.to_owned();
                Some(it.job("PUT", None, 200, head, NOTHING))
            },
            done: |_: &mut Self, _| {},
            workload: self,
        }
    }

    /// Stores the objects that GET and HEAD of a size ask for, once.
    pub fn keep(&mut self, size: usize, count: u64) -> impl Source + use<'_, 'a> {
        let at = self.stock(size);
        let mut number = self.stocks[at].kept;
        self.stocks[at].kept = number.max(count);
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| {
                (number < count).then(|| {
                    number += 1;
                    it.put("kept", size, number - 1, NOTHING, head)
                })
            },
            done: |_: &mut Self, _| {},
            workload: self,
        }
    }

    /// Stores empty objects to be listed, up to a number.
    pub fn fill(&mut self, count: u64) -> impl Source + use<'_, 'a> {
        let mut number = self.listed;
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| {
                (number < count).then(|| {
                    it.path.clear();
                    it.path.extend([LIST_BUCKET, "/", &list_key(number)]);
                    number += 1;
                    it.job("PUT", Some(it.bodies.of(0, 0).clone()), 200, head, NOTHING)
                })
            },
            done: |it: &mut Self, _| it.listed += 1,
            workload: self,
        }
    }

    /// Deletes what PUT left, so that one cell's objects don't weigh on the next.
    pub fn clear(&mut self, size: usize) -> impl Source + use<'_, 'a> {
        let at = self.stock(size);
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| it.delete(at, head),
            done: |_: &mut Self, _| {},
            workload: self,
        }
    }

    /// The requests of a cell.
    pub fn cell(&mut self, cell: Cell) -> impl Source + use<'_, 'a> {
        let at = self.stock(cell.size);
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| match cell.operation {
                Operation::Put => Some(it.put_new(at, head)),
                Operation::Get => Some(it.read("GET", at, head)),
                Operation::Head => Some(it.read("HEAD", at, head)),
                Operation::List => Some(it.list(head)),
                Operation::Delete => it.delete(at, head),
                Operation::Mixed => Some(match it.random.below(10) {
                    0..6 => it.read("GET", at, head),
                    6 => it.read("HEAD", at, head),
                    7..9 => it.put_new(at, head),
                    _ => match it.delete(at, head) {
                        Some(job) => job,
                        None => it.put_new(at, head),
                    },
                }),
            },
            done: move |it: &mut Self, tag| {
                if tag != NOTHING {
                    it.stocks[at].stored.push_back(tag);
                }
            },
            workload: self,
        }
    }

    fn stock(&mut self, size: usize) -> usize {
        if let Some(at) = self.stocks.iter().position(|it| it.size == size) {
            return at;
        }
        self.stocks.push(Stock { size, kept: 0, next: 0, stored: VecDeque::new() });
        self.stocks.len() - 1
    }

    fn put_new(&mut self, stock: usize, head: &mut Vec<u8>) -> Job {
        let stock = &mut self.stocks[stock];
        let (size, number) = (stock.size, stock.next);
        stock.next += 1;
        self.put("new", size, number, number, head)
    }

    fn put(&mut self, set: &str, size: usize, number: u64, tag: u64, head: &mut Vec<u8>) -> Job {
        self.key(set, size, number);
        let body = self.bodies.of(size, number).clone();
        let etag = body.etag.clone();
        let mut job = self.job("PUT", Some(body), 200, head, tag);
        job.expected.etag = Some(etag);
        job
    }

    fn read(&mut self, method: &'static str, stock: usize, head: &mut Vec<u8>) -> Job {
        let (size, kept) = (self.stocks[stock].size, self.stocks[stock].kept);
        let number = self.random.below(kept);
        self.key("kept", size, number);
        let body = self.bodies.of(size, number).clone();
        let mut job = self.job(method, None, 200, head, NOTHING);
        job.expected.etag = Some(body.etag);
        job.expected.body = match method {
            "HEAD" => ExpectedBody::Head(body.length as u64),
            _ => {
                self.sent += 1;
                job.moved_bytes = body.length as u64;
                let compare = size <= COMPARE_ALL_BYTES || self.sent.is_multiple_of(COMPARE_EVERY);
                ExpectedBody::Object { start: body.start, length: body.length, compare }
            }
        };
        job
    }

    fn delete(&mut self, stock: usize, head: &mut Vec<u8>) -> Option<Job> {
        let number = self.stocks[stock].stored.pop_front()?;
        self.key("new", self.stocks[stock].size, number);
        Some(self.job("DELETE", None, 204, head, NOTHING))
    }

    fn list(&mut self, head: &mut Vec<u8>) -> Job {
        let keys = PAGE_KEYS.min(self.listed);
        // Behind this key there are as many as a page holds.
        let after = self.random.below((self.listed - keys).max(1));
        self.query.clear();
        let after = list_key(after).replace('/', "%2F");
        self.query.extend(["list-type=2&start-after=", &after]);
        self.path = LIST_BUCKET.into();
        let mut job = self.job("GET", None, 200, head, NOTHING);
        self.query.clear();
        let behind = if self.listed > keys { keys } else { keys - 1 };
        job.expected.body = ExpectedBody::Listing(behind as usize);
        job
    }

    fn key(&mut self, set: &str, size: usize, number: u64) {
        self.path.clear();
        self.path.extend([BUCKET, "/", set, "/", &size.to_string(), "/"]);
        self.path.push_str(&format!("{number:08}"));
    }

    /// A request on `self.path` with `self.query`, and its head.
    fn job(
        &mut self,
        method: &'static str,
        body: Option<Body>,
        status: u16,
        head: &mut Vec<u8>,
        tag: u64,
    ) -> Job {
        let content_length = (method == "PUT").then(|| body.as_ref().map_or(0, |it| it.length));
        let payload = match (&body, self.payload) {
            (None, _) => EMPTY_SHA256,
            (Some(_), Payload::Unsigned) => "UNSIGNED-PAYLOAD",
            (Some(body), Payload::Signed) => &body.sha256,
        };
        let (path, query) = (&self.path, &self.query);
        self.signer.write_head(&ToSign { method, path, query, payload, content_length }, head);
        let moved_bytes = body.as_ref().map_or(0, |it| it.length as u64);
        let expected = Expected { status, etag: None, body: ExpectedBody::Empty };
        Job { body, expected, moved_bytes, tag }
    }
}

fn list_key(number: u64) -> String {
    format!("folder/{number:010}")
}

fn now() -> Timestamp {
    std::time::SystemTime::now().into()
}

/// A source that is a step of a workload.
struct Steps<'w, 'a, N, D> {
    workload: &'w mut Workload<'a>,
    next: N,
    done: D,
}

impl<'a, N, D> Source for Steps<'_, 'a, N, D>
where
    N: FnMut(&mut Workload<'a>, &mut Vec<u8>) -> Option<Job>,
    D: FnMut(&mut Workload<'a>, u64),
{
    fn next(&mut self, head: &mut Vec<u8>) -> Option<Job> {
        (self.next)(self.workload, head)
    }

    fn done(&mut self, tag: u64) {
        (self.done)(self.workload, tag);
    }
}
