//! A client: random operations, and what it saw of them.

use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use engine::sim::SeededRandom;
use parking_lot::Mutex;
use types::{AccountId, BucketName, ByteSpan, Checksum, ChecksumAlgorithm, ETag};

use super::linear::{Event, told};
use super::spec::{self, About, Answer, Content, Found, Op, State};
use super::{BUCKET, KEYS, key, number_of};
use crate::{
    Bucket, Combined, Details, Digests, Documents, ListQuery, Listed, NewBucket, NewUpload, Object,
    PartMark, PartSums, Precondition, Store, StoreError, UploadId,
};

/// Listings of a life: each is an observation of every key.
const LISTINGS_MAX: usize = 5;

/// Operations without an answer behind which a client gives up.
const UNANSWERED_MAX: usize = 2;

/// What the clients of a life share.
pub(super) struct Life {
    shared: Mutex<Shared>,
}

#[derive(Default)]
struct Shared {
    time: u64,
    events: Vec<Event>,
    /// Buckets that somebody was told of, the newest last.
    buckets: Vec<Arc<Bucket>>,
    uploads: Vec<Known>,
    /// Uploads that were begun in any life.
    begun: BTreeSet<u128>,
    unknown_uploads: usize,
    etags: Vec<ETag>,
    listings: usize,
    next_body: u32,
}

/// An upload that somebody was told of.
#[derive(Clone)]
struct Known {
    key: u8,
    id: UploadId,
    parts: HashMap<u16, u32>,
}

impl Life {
    pub(super) fn new(state: &State, next_body: u32) -> Self {
        let mut shared = Shared { next_body, ..Shared::default() };
        if let Some(bucket) = &state.bucket {
            for (id, open) in &bucket.uploads {
                let parts = open.parts.iter().map(|(number, body)| (*number, *body)).collect();
                shared.begun.insert(*id);
                shared.uploads.push(Known { key: open.key, id: UploadId(*id), parts });
            }
            for (key, object) in &bucket.objects {
                shared.etags.push(object.content.etag);
                if let Some(id) = object.upload {
                    // It may be completed again.
                    let bodies = &object.content.bodies;
                    let parts = (1..).zip(bodies.iter().copied()).collect();
                    shared.uploads.push(Known { key: *key, id: UploadId(id), parts });
                }
            }
        }
        Self { shared: Mutex::new(shared) }
    }

    pub(super) fn next_body(&self) -> u32 {
        self.shared.lock().next_body
    }

    pub(super) fn knows(&self, id: UploadId) -> bool {
        self.shared.lock().begun.contains(&id.0)
    }

    pub(super) fn has_unknown_upload(&self) -> bool {
        self.shared.lock().unknown_uploads > 0
    }

    /// What was asked, to read.
    pub(super) fn told(&self) -> String {
        told(&self.shared.lock().events)
    }

    /// All that was asked, and then what was seen when it was over.
    pub(super) fn history(&self, seen: Vec<(Op, Answer)>) -> Vec<Event> {
        let mut shared = self.shared.lock();
        let mut events = std::mem::take(&mut shared.events);
        for (op, answer) in seen {
            shared.time += 2;
            let (began, ended) = (shared.time, shared.time + 1);
            events.push(Event { op, answer: Some(answer), began, ended });
        }
        events
    }

    /// An operation begins; it is known from now on, whatever becomes of it.
    fn begin(&self, op: Op) -> usize {
        let mut shared = self.shared.lock();
        shared.time += 1;
        let began = shared.time;
        shared.unknown_uploads += usize::from(matches!(op, Op::Begin { .. }));
        shared.events.push(Event { op, answer: None, began, ended: u64::MAX });
        shared.events.len() - 1
    }

    fn end(&self, event: usize, answer: Answer) {
        let mut shared = self.shared.lock();
        shared.time += 1;
        let ended = shared.time;
        let event = &mut shared.events[event];
        // An upload whose bucket was frozen before its gate was there may be listed.
        let is_known = matches!(event.op, Op::Begin { .. }) && answer != Answer::Busy;
        (event.answer, event.ended) = (Some(answer), ended);
        shared.unknown_uploads -= usize::from(is_known);
    }
}

/// Bodies tell their number and length; from 8 bytes to some that no engine keeps inline.
pub(super) fn body(number: u32) -> Bytes {
    let length = [8, 9, 600, 5000, 70_000][number as usize % 5];
    let mut bytes = BytesMut::with_capacity(length);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&(length as u32).to_le_bytes());
    bytes.extend((8..length).map(|it| (it as u32 * 7 + number) as u8));
    bytes.freeze()
}

/// The bodies that bytes are made of; panics if they aren't.
fn bodies_in(mut bytes: &[u8]) -> Vec<u32> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        let number = u32::from_le_bytes(bytes[..4].try_into().expect("4 bytes"));
        let body = body(number);
        assert!(bytes.starts_with(&body), "bytes that nobody wrote");
        bytes = &bytes[body.len()..];
        numbers.push(number);
    }
    numbers
}

/// The body of a part's ETag.
pub(super) fn body_of_etag(etag: ETag) -> u32 {
    u32::from_le_bytes(etag.md5()[..4].try_into().expect("4 bytes"))
}

fn digests(bodies: &[u32]) -> Digests {
    let length = bodies.iter().map(|it| body(*it).len() as u64).sum();
    Digests { length, md5: spec::md5_of_piece(bodies), crc64nvme: crc(), declared: None }
}

fn crc() -> Checksum {
    Checksum::new(ChecksumAlgorithm::Crc64Nvme, &[1; 8]).unwrap()
}

fn combined(_: &[PartSums]) -> Result<Combined, StoreError> {
    Ok(Combined { crc64nvme: crc(), declared: None, md5: spec::md5_of_md5s })
}

/// Metadata and tags that tell whose they are; one in three overflows a head row.
fn details(about: About) -> Details {
    let pairs = |number: u32, long: String| {
        let mut pairs = vec![("number".to_owned(), number.to_string())];
        pairs.extend(number.is_multiple_of(3).then(|| ("long".to_owned(), long)));
        pairs
    };
    let user = pairs(about.metadata, about.metadata.to_string().repeat(4000));
    let tags = match about.tags {
        0 => vec![],
        tags => pairs(tags, tags.to_string().repeat(3000)),
    };
    Details { user, tags, ..Details::default() }
}

/// Whose details these are; panics if they are nobody's.
pub(super) fn about_of(given: &Details) -> About {
    let number = |pairs: &[(String, String)]| pairs.first().map(|it| it.1.parse().unwrap());
    let metadata = number(&given.user).expect("all have some");
    let about = About { metadata, tags: number(&given.tags).unwrap_or(0) };
    assert_eq!(*given, details(about), "details are cut or mixed");
    about
}

pub(super) fn random_query(random: &mut SeededRandom) -> ListQuery {
    let names = ["", "a", "a/", "a/b", "a/b/", "a/zzz", "b", "한", "한/"];
    ListQuery {
        prefix: (*random.pick(&["", "", "", "a", "a/", "a/b", "한", "z"])).into(),
        delimiter: (*random.pick(&["", "/", "/", "b"])).into(),
        after: random.percent(40).then(|| (*random.pick(&names)).into()),
        max: *random.pick(&[0, 1, 2, 3, 1000]),
    }
}

/// What a reader finds of a key, all of it.
pub(super) async fn read(store: &Store, bucket: &Bucket, number: u8) -> Result<Found, StoreError> {
    let whole = |it: &Object, _| Ok::<_, StoreError>(((), ByteSpan::whole(it.summary.length)));
    let found = store.read(bucket, &key(number), None, whole).await?;
    let Some((_, object, mut reader)) = found else { return Ok(None) };
    let mut bytes = BytesMut::new();
    while let Some(piece) = reader.next().await? {
        bytes.extend_from_slice(&piece);
    }
    assert_eq!(bytes.len() as u64, object.summary.length);
    let bodies = bodies_in(&bytes);
    let etag = match object.parts {
        None => spec::etag_of_piece(&bodies),
        Some(_) => spec::etag_of_parts(&bodies),
    };
    assert_eq!(object.summary.etag, etag, "an object with another's bytes");
    Ok(Some(Content { etag, bodies, about: about_of(&object.details) }))
}

/// Does random operations.
pub(super) struct Client {
    store: Store,
    life: Arc<Life>,
    random: SeededRandom,
    /// Operations without an answer: each doubles the ways in which a life may be explained.
    unanswered: usize,
}

impl Client {
    pub(super) fn new(store: Store, life: Arc<Life>, random: SeededRandom) -> Self {
        Self { store, life, random, unanswered: 0 }
    }

    pub(super) async fn run(mut self, operations: u64) {
        for _ in 0..operations {
            if self.unanswered == UNANSWERED_MAX {
                return;
            }
            self.operate().await;
            for _ in 0..self.random.below(3) {
                tokio::task::yield_now().await;
            }
        }
    }

    async fn operate(&mut self) {
        let bucket = self.some_bucket();
        let Some(bucket) = bucket else {
            return match self.random.below(2) {
                0 => self.create_bucket().await,
                _ => self.find_bucket().await,
            };
        };
        match self.random.below(100) {
            0..4 => self.create_bucket().await,
            4..10 => self.find_bucket().await,
            10..16 => self.delete_bucket(&bucket).await,
            16..19 => drop(self.store.background_step().await),
            19..32 => self.put_new(&bucket).await,
            32..38 => self.copy(&bucket).await,
            38..44 => self.set_tags(&bucket).await,
            44..52 => self.delete(&bucket).await,
            52..62 => drop(self.get(&bucket).await),
            62..66 => self.list(&bucket).await,
            66..72 => self.begin_upload(&bucket).await,
            _ => self.use_upload(&bucket).await,
        }
    }

    /// Mostly the newest that somebody was told of.
    fn some_bucket(&mut self) -> Option<Arc<Bucket>> {
        let buckets = self.life.shared.lock().buckets.clone();
        match buckets.len() {
            0 => None,
            _ if self.random.percent(90) => buckets.last().cloned(),
            _ => Some(Arc::clone(self.random.pick(&buckets))),
        }
    }

    fn some_key(&mut self) -> u8 {
        self.random.below(KEYS.len() as u64) as u8
    }

    fn some_condition(&mut self) -> Precondition {
        let etags = self.life.shared.lock().etags.clone();
        match self.random.below(10) {
            0..6 => Precondition::None,
            6 | 7 => Precondition::Absent,
            8 => Precondition::Matches(None),
            _ if etags.is_empty() => Precondition::None,
            _ => Precondition::Matches(Some(*self.random.pick(&etags))),
        }
    }

    fn new_body(&self) -> u32 {
        let mut shared = self.life.shared.lock();
        shared.next_body += 1;
        let body = shared.next_body;
        shared.etags.push(spec::etag_of_piece(&[body]));
        body
    }

    /// Does an operation and notes what was answered; one in ten is dropped on its way.
    async fn attempt<T>(
        &mut self,
        op: Op,
        work: impl Future<Output = Result<T, StoreError>> + Send,
        answer: impl FnOnce(T) -> Answer,
    ) -> Option<Answer> {
        let event = self.life.begin(op);
        let polls = if self.random.percent(10) { self.random.below(12) } else { u64::MAX };
        let answer = match poll_some(Box::pin(work), polls).await {
            Some(Ok(it)) => Some(answer(it)),
            Some(Err(error)) => refusal(error),
            None => None,
        };
        match &answer {
            Some(answer) => self.life.end(event, answer.clone()),
            None => self.unanswered += 1,
        }
        answer
    }

    async fn create_bucket(&mut self) {
        let name = BucketName::new(BUCKET).unwrap();
        let new = NewBucket {
            name,
            owner: AccountId::from_number(1),
            location: String::new(),
            documents: Documents::default(),
        };
        let (store, life) = (self.store.clone(), Arc::clone(&self.life));
        let work = async move {
            let bucket = store.create_bucket(new).await?;
            let space = bucket.space.0;
            life.shared.lock().buckets.push(Arc::new(bucket));
            Ok(space)
        };
        self.attempt(Op::Create, work, Answer::Created).await;
    }

    async fn find_bucket(&mut self) {
        let (store, life) = (self.store.clone(), Arc::clone(&self.life));
        let work = async move {
            match store.bucket(BUCKET).await {
                Ok(bucket) => Ok(Some(bucket)),
                Err(StoreError::NoSuchBucket) => Ok(None),
                Err(error) => Err(error),
            }
        };
        let answer = move |found: Option<Arc<Bucket>>| {
            let space = found.as_ref().map(|it| it.space.0);
            life.shared.lock().buckets.extend(found);
            Answer::Found(space)
        };
        self.attempt(Op::Find, work, answer).await;
    }

    async fn delete_bucket(&mut self, bucket: &Arc<Bucket>) {
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let op = Op::DeleteBucket { space: bucket.space.0 };
        self.attempt(op, async move { store.delete_bucket(&bucket).await }, done).await;
    }

    fn some_tags(&mut self) -> u32 {
        if self.random.percent(40) { 0 } else { 1 + self.random.below(9) as u32 }
    }

    async fn put_new(&mut self, bucket: &Arc<Bucket>) {
        let metadata = self.new_body();
        let about = About { metadata, tags: self.some_tags() };
        self.put(bucket, vec![metadata], about).await;
    }

    async fn put(&mut self, bucket: &Arc<Bucket>, bodies: Vec<u32>, about: About) {
        let (key_number, condition) = (self.some_key(), self.some_condition());
        let known = self.random.percent(50);
        let space = bucket.space.0;
        let op = Op::Put { space, key: key_number, bodies: bodies.clone(), about, condition };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move {
            let digests = digests(&bodies);
            let length = known.then_some(digests.length);
            let mut writer = store.begin_put(&bucket, &key(key_number), length).await?;
            for bytes in bodies.iter().map(|it| body(*it)) {
                for piece in bytes.chunks(3000) {
                    writer.write(bytes.slice_ref(piece)).await?;
                }
            }
            writer.commit(digests, details(about), condition).await.map(drop)
        };
        self.attempt(op, work, done).await;
    }

    /// Reads an object and writes it again, with or without its metadata and tags.
    async fn copy(&mut self, bucket: &Arc<Bucket>) {
        let Some(source) = self.get(bucket).await else { return };
        let mut about = source.about;
        if self.random.percent(50) {
            about = About { metadata: self.new_body(), tags: self.some_tags() };
        }
        self.life.shared.lock().etags.push(spec::etag_of_piece(&source.bodies));
        self.put(bucket, source.bodies, about).await;
    }

    async fn set_tags(&mut self, bucket: &Arc<Bucket>) {
        let (number, tags) = (self.some_key(), self.some_tags());
        let op = Op::SetTags { space: bucket.space.0, key: number, tags };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move {
            let given = details(About { metadata: 1, tags }).tags;
            store.set_tags(&bucket, &key(number), given).await
        };
        self.attempt(op, work, done).await;
    }

    async fn delete(&mut self, bucket: &Arc<Bucket>) {
        let (number, condition) = (self.some_key(), self.some_condition());
        // DELETE has no If-None-Match.
        let condition =
            if condition == Precondition::Absent { Precondition::None } else { condition };
        let op = Op::Delete { space: bucket.space.0, key: number, condition };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move { store.delete(&bucket, &key(number), condition).await };
        self.attempt(op, work, done).await;
    }

    async fn get(&mut self, bucket: &Arc<Bucket>) -> Found {
        let number = self.some_key();
        let op = Op::Get { space: bucket.space.0, key: number };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move { read(&store, &bucket, number).await };
        match self.attempt(op, work, Answer::Object).await {
            Some(Answer::Object(found)) => found,
            _ => None,
        }
    }

    /// A listing isn't of one moment, but what it shows of a key is.
    async fn list(&mut self, bucket: &Arc<Bucket>) {
        {
            let mut shared = self.life.shared.lock();
            if shared.listings == LISTINGS_MAX {
                return;
            }
            shared.listings += 1;
        }
        let space = bucket.space.0;
        let events: Vec<_> = (0..KEYS.len() as u8)
            .map(|key| (key, self.life.begin(Op::See { space, key })))
            .collect();
        let query = ListQuery { max: 1000, ..ListQuery::default() };
        let Ok(page) = self.store.list(bucket, &query).await else { return };
        let mut seen = HashMap::new();
        for listed in page.entries {
            if let Listed::Object { key, summary } = listed {
                assert_eq!(seen.insert(number_of(&key), summary.etag), None, "listed twice");
            }
        }
        for (key, event) in events {
            self.life.end(event, Answer::Seen(seen.get(&key).copied()));
        }
    }

    async fn begin_upload(&mut self, bucket: &Arc<Bucket>) {
        let number = self.some_key();
        let about = About { metadata: self.new_body(), tags: self.some_tags() };
        let op = Op::Begin { space: bucket.space.0, key: number, about };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move {
            let new = NewUpload { details: details(about), ..NewUpload::default() };
            store.create_upload(&bucket, &key(number), new).await
        };
        let life = Arc::clone(&self.life);
        let answer = move |id: UploadId| {
            let mut shared = life.shared.lock();
            shared.begun.insert(id.0);
            shared.uploads.push(Known { key: number, id, parts: HashMap::new() });
            Answer::Began(id.0)
        };
        self.attempt(op, work, answer).await;
    }

    async fn use_upload(&mut self, bucket: &Arc<Bucket>) {
        let uploads = self.life.shared.lock().uploads.clone();
        if uploads.is_empty() {
            return self.begin_upload(bucket).await;
        }
        let upload = match self.random.percent(60) {
            true => uploads[uploads.len() - 1].clone(),
            false => self.random.pick(&uploads).clone(),
        };
        match self.random.below(10) {
            0..5 => self.upload_part(bucket, upload).await,
            5..9 => self.complete(bucket, upload).await,
            _ => self.abort(bucket, upload).await,
        }
    }

    async fn upload_part(&mut self, bucket: &Arc<Bucket>, upload: Known) {
        let number = 1 + self.random.below(3) as u16;
        let body_number = match self.random.percent(20) {
            false => self.new_body(),
            // A copy of an object of one body.
            true => match self.get(bucket).await {
                Some(Content { bodies, .. }) if bodies.len() == 1 => bodies[0],
                _ => return,
            },
        };
        let (key_number, id) = (upload.key, upload.id);
        let op = Op::Part {
            space: bucket.space.0,
            key: key_number,
            upload: id.0,
            number,
            body: body_number,
        };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move {
            let mut writer =
                store.begin_part(&bucket, (&key(key_number), id), number, None).await?;
            writer.write(body(body_number)).await?;
            writer.commit(digests(&[body_number])).await.map(drop)
        };
        if self.attempt(op, work, done).await == Some(Answer::Done) {
            let mut shared = self.life.shared.lock();
            for known in shared.uploads.iter_mut().filter(|it| it.id == id) {
                known.parts.insert(number, body_number);
            }
        }
    }

    async fn complete(&mut self, bucket: &Arc<Bucket>, upload: Known) {
        let Known { key: key_number, id, parts } = upload;
        let mut parts: Vec<(u16, u32)> = parts.into_iter().collect();
        parts.sort_unstable();
        // Not all of them, now and then, and sometimes one that isn't there.
        if parts.len() > 1 && self.random.percent(30) {
            parts.remove(self.random.index(parts.len()));
        }
        if parts.is_empty() || self.random.percent(10) {
            parts.push((9, 1));
        }
        let condition = self.some_condition();
        let op = Op::Complete {
            space: bucket.space.0,
            key: key_number,
            upload: id.0,
            parts: parts.clone(),
            condition,
        };
        let mark = |(number, body): (u16, u32)| PartMark {
            number,
            etag: spec::etag_of_piece(&[body]),
            checksum: None,
        };
        let marks: Vec<_> = parts.into_iter().map(mark).collect();
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move {
            let key = key(key_number);
            store.complete_upload(&bucket, (&key, id), marks, condition, combined).await
        };
        self.attempt(op, work, |it| Answer::Completed(it.etag)).await;
    }

    async fn abort(&mut self, bucket: &Arc<Bucket>, upload: Known) {
        let Known { key: key_number, id, .. } = upload;
        let op = Op::Abort { space: bucket.space.0, key: key_number, upload: id.0 };
        let (store, bucket) = (self.store.clone(), Arc::clone(bucket));
        let work = async move { store.abort_upload(&bucket, &key(key_number), id).await };
        self.attempt(op, work, done).await;
    }
}

fn done(_: ()) -> Answer {
    Answer::Done
}

/// An answer that says that nothing has happened; none for one that says nothing.
fn refusal(error: StoreError) -> Option<Answer> {
    Some(match error {
        StoreError::NoSuchBucket => Answer::NoSuchBucket,
        StoreError::BucketExists { .. } => Answer::BucketExists,
        StoreError::BucketNotEmpty => Answer::BucketNotEmpty,
        StoreError::Busy => Answer::Busy,
        StoreError::NoSuchKey => Answer::NoSuchKey,
        StoreError::PreconditionFailed => Answer::PreconditionFailed,
        StoreError::Conflict => Answer::Conflict,
        StoreError::NoSuchUpload => Answer::NoSuchUpload,
        StoreError::InvalidPart { number } => Answer::InvalidPart(number),
        StoreError::Unavailable(_) | StoreError::Slow(_) => return None,
        // A body that can't be read because the disk is off.
        StoreError::Damaged(why) if why.contains("power is off") => return None,
        error => panic!("{error}"),
    })
}

/// Polls a future so often, and then drops it; none if it wasn't ready by then.
async fn poll_some<T>(mut future: Pin<Box<impl Future<Output = T>>>, mut polls: u64) -> Option<T> {
    std::future::poll_fn(move |cx| {
        if polls == 0 {
            return Poll::Ready(None);
        }
        polls -= 1;
        future.as_mut().poll(cx).map(Some)
    })
    .await
}
