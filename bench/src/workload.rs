//! What is asked of a server: the cells of the table, and the keys that each of them needs. Uploads in
//! parts are in `multipart.rs`, users and their policies in `accounts.rs`.

pub mod accounts;
mod multipart;

use std::collections::VecDeque;

use ring::digest::{SHA256, digest};
use types::Timestamp;

use crate::bodies::{Bodies, Random};
use crate::connections::{Job, Sent, Source};
use crate::response::{Expected, ExpectedBody};
use crate::signing::{Credentials, Signer, ToSign, hex};

/// SHA-256 of no bytes.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const BUCKET: &str = "/onggi-bench";
const LIST_BUCKET: &str = "/onggi-bench-list";
/// Keys of a page.
const PAGE_KEYS: u64 = 1000;
/// The keys to list lie in so many folders.
const FOLDERS: u64 = 10;
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
    /// The folders that all the keys lie in.
    Folders,
    /// Uploads in parts of the cell's size: each is created, its parts sent, and completed.
    Multipart,
    /// As GET, by root in an account of many users and policies.
    GetAmongMany,
    /// As GET, by one of those users, who has as many policies as a user can have.
    GetByUser,
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
            Self::Folders => "LIST folders",
            Self::Multipart => "multipart",
            Self::GetAmongMany => "GET (root)",
            Self::GetByUser => "GET (user)",
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
            "folders" => Self::Folders,
            "multipart" => Self::Multipart,
            "root" => Self::GetAmongMany,
            "user" => Self::GetByUser,
            "delete" => Self::Delete,
            "mixed" => Self::Mixed,
            _ => return None,
        })
    }

    /// Whether it needs objects that stay.
    pub fn reads(self) -> bool {
        use Operation::{Get, GetAmongMany, GetByUser, Head, Mixed};
        matches!(self, Get | Head | Mixed | GetAmongMany | GetByUser)
    }

    /// Whether it needs an account of many users.
    pub fn needs_accounts(self) -> bool {
        matches!(self, Self::GetAmongMany | Self::GetByUser)
    }
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What.
    pub operation: Operation,
    /// Bytes of an object or a part; zero for listings.
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
    credentials: Credentials,
    host: String,
    signer: Signer,
    random: Random,
    payload: Payload,
    stocks: Vec<Stock>,
    uploads: multipart::Uploads,
    accounts: accounts::Accounts,
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
            credentials: credentials.clone(),
            host: host.to_owned(),
            signer: Signer::new((credentials, "s3"), host, now()),
            random: Random::new(seed),
            payload: Payload::Signed,
            stocks: Vec::new(),
            uploads: multipart::Uploads::default(),
            accounts: accounts::Accounts::default(),
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

    /// Signs from now on with a new time, as root, for S3.
    pub fn renew(&mut self) {
        self.signer = Signer::new((&self.credentials, "s3"), &self.host, now());
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
            done: |_: &mut Self, _, _: &str| {},
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
            done: |_: &mut Self, _, _: &str| {},
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
                    let body = Sent::Object(it.bodies.of(0, 0).clone());
                    it.job("PUT", Some(body), 200, head, NOTHING)
                })
            },
            done: |it: &mut Self, _, _: &str| it.listed += 1,
            workload: self,
        }
    }

    /// Deletes what PUT left, so that one cell's objects don't weigh on the next.
    pub fn clear(&mut self, size: usize) -> impl Source + use<'_, 'a> {
        let at = self.stock(size);
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| it.delete(at, head),
            done: |_: &mut Self, _, _: &str| {},
            workload: self,
        }
    }

    /// The requests of a cell.
    pub fn cell(&mut self, cell: Cell) -> impl Source + use<'_, 'a> {
        let at = self.stock(cell.size);
        if cell.operation == Operation::GetByUser {
            self.sign_as_user();
        }
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| match cell.operation {
                Operation::Put => Some(it.put_new(at, head)),
                Operation::Get | Operation::GetAmongMany | Operation::GetByUser => {
                    Some(it.read("GET", at, head))
                }
                Operation::Head => Some(it.read("HEAD", at, head)),
                Operation::List => Some(it.list(head)),
                Operation::Folders => Some(it.list_folders(head)),
                Operation::Multipart => Some(it.next_of_upload(cell.size, head)),
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
            done: move |it: &mut Self, tag, document: &str| {
                if cell.operation == Operation::Multipart {
                    it.note_of_upload(tag, document);
                } else if tag != NOTHING {
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
        let mut job = self.job("PUT", Some(Sent::Object(body)), 200, head, tag);
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
        let after = listed_at(after, self.listed).replace('/', "%2F");
        self.query.extend(["list-type=2&start-after=", &after]);
        self.path = LIST_BUCKET.into();
        let mut job = self.job("GET", None, 200, head, NOTHING);
        let behind = if self.listed > keys { keys } else { keys - 1 };
        job.expected.body = ExpectedBody::Listing { keys: behind as usize, prefixes: 0 };
        job
    }

    fn list_folders(&mut self, head: &mut Vec<u8>) -> Job {
        self.query.push_str("delimiter=%2F&list-type=2");
        self.path = LIST_BUCKET.into();
        let mut job = self.job("GET", None, 200, head, NOTHING);
        let prefixes = FOLDERS.min(self.listed) as usize;
        job.expected.body = ExpectedBody::Listing { keys: 0, prefixes };
        job
    }

    fn key(&mut self, set: &str, size: usize, number: u64) {
        self.path.clear();
        self.path.extend([BUCKET, "/", set, "/", &size.to_string(), "/"]);
        self.path.push_str(&format!("{number:08}"));
    }

    /// A request on `self.path` with `self.query`, which is used up, and its head.
    fn job(
        &mut self,
        method: &'static str,
        body: Option<Sent>,
        status: u16,
        head: &mut Vec<u8>,
        tag: u64,
    ) -> Job {
        let has_body = matches!(method, "PUT" | "POST");
        let content_length = has_body.then(|| body.as_ref().map_or(0, Sent::length));
        let of_document;
        let payload = match (&body, self.payload) {
            (None, _) => EMPTY_SHA256,
            (Some(Sent::Object(_)), Payload::Unsigned) => "UNSIGNED-PAYLOAD",
            (Some(Sent::Object(body)), Payload::Signed) => &body.sha256,
            (Some(Sent::Document(bytes)), _) => {
                of_document = hex(digest(&SHA256, bytes).as_ref());
                &of_document
            }
        };
        let content_type = (self.path == "/").then_some("application/x-www-form-urlencoded");
        let (path, query) = (&self.path, &self.query);
        let it = ToSign { method, path, query, payload, content_length, content_type };
        self.signer.write_head(&it, head);
        self.query.clear();
        let moved_bytes = match &body {
            Some(Sent::Object(body)) => body.length as u64,
            _ => 0,
        };
        let expected = Expected { status, etag: None, body: ExpectedBody::Empty };
        Job { body, expected, moved_bytes, tag }
    }
}

/// The key that is filled in under a number: one folder after the other gets one.
fn list_key(number: u64) -> String {
    format!("folder{}/{:09}", number % FOLDERS, number / FOLDERS)
}

/// The key at a place in the order of a listing, out of so many keys.
fn listed_at(mut place: u64, listed: u64) -> String {
    for folder in 0..FOLDERS {
        let keys = (listed + FOLDERS - 1 - folder) / FOLDERS;
        if place < keys {
            return list_key(place * FOLDERS + folder);
        }
        place -= keys;
    }
    unreachable!("a place among {listed} keys")
}

/// A text in a query or a form, as signatures want it.
fn encoded(text: &str) -> String {
    let plain = |it: &u8| it.is_ascii_alphanumeric() || b"-._~".contains(it);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match plain(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What stands between two marks for the first time.
fn between<'t>(text: &'t str, before: &str, behind: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(behind).map(|it| it.0)
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
    D: FnMut(&mut Workload<'a>, u64, &str),
{
    fn next(&mut self, head: &mut Vec<u8>) -> Option<Job> {
        (self.next)(self.workload, head)
    }

    fn done(&mut self, tag: u64, document: &str) {
        (self.done)(self.workload, tag, document);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_listing_are_in_order_and_are_all_keys() {
        for listed in [1, 9, 10, 1003] {
            let places: Vec<String> = (0..listed).map(|it| listed_at(it, listed)).collect();
            let mut keys: Vec<String> = (0..listed).map(list_key).collect();
            keys.sort();
            assert_eq!(places, keys);
        }
    }
}
