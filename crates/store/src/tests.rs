//! The store on the simulated engine.

use std::sync::Arc;

use bytes::Bytes;
use engine::Engine as _;
use engine::clock::ManualClock;
use engine::sim::SimEngine;
use types::{
    AccountId, BucketName, ByteSpan, Checksum, ChecksumAlgorithm, ETag, ObjectKey, Timestamp,
};

use super::*;

pub(crate) mod audit;
mod costs;
mod crashes;
mod parts;
pub(crate) mod probe;
mod races;

fn key(text: &str) -> ObjectKey {
    ObjectKey::new(text).unwrap()
}

fn owner() -> AccountId {
    AccountId::from_number(1)
}

fn crc(value: u8) -> Checksum {
    Checksum::new(ChecksumAlgorithm::Crc64Nvme, &[value; 8]).unwrap()
}

fn digests(body: &[u8]) -> Digests {
    let mut md5 = [0; 16];
    for (index, byte) in body.iter().enumerate() {
        md5[index % 16] ^= byte.wrapping_add(index as u8);
    }
    Digests { length: body.len() as u64, md5, crc64nvme: crc(body.len() as u8), declared: None }
}

#[test]
fn no_two_writes_have_the_same_number() {
    let threads = [(); 4]
        .map(|()| std::thread::spawn(|| (0..10_000).map(|_| write_number()).collect::<Vec<u64>>()));
    let numbers = threads.into_iter().flat_map(|it| it.join().unwrap());
    assert_eq!(numbers.collect::<HashSet<u64>>().len(), 40_000);
}

struct World {
    store: Store,
    engine: Arc<SimEngine>,
    clock: Arc<ManualClock>,
}

async fn world() -> World {
    let engine = Arc::new(SimEngine::new());
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::open(Arc::clone(&engine) as _, Arc::clone(&clock) as _).await.unwrap();
    World { store, engine, clock }
}

/// The tags of the bucket `bucket`.
async fn tags(store: &Store) -> Option<Bytes> {
    bucket_tags(store, "bucket").await
}

async fn bucket_tags(store: &Store, name: &str) -> Option<Bytes> {
    let bucket = store.bucket(name).await.unwrap();
    bucket.record().documents().get(Config::Tags).cloned()
}

async fn bucket(store: &Store, name: &str) -> Arc<Bucket> {
    let name = BucketName::new(name).unwrap();
    let new = NewBucket {
        name: name.clone(),
        owner: owner(),
        location: String::new(),
        documents: Documents::default(),
    };
    store.create_bucket(new).await.unwrap();
    store.bucket(name.as_str()).await.unwrap()
}

async fn put_if(
    store: &Store,
    bucket: &Arc<Bucket>,
    name: &str,
    body: &[u8],
    condition: Precondition,
) -> Result<Committed, StoreError> {
    let mut writer = store.begin_put(bucket, &key(name), None).await?;
    for piece in body.chunks(3000) {
        writer.write(Bytes::copy_from_slice(piece)).await?;
    }
    writer.commit(digests(body), Details::default(), condition).await
}

async fn put(store: &Store, bucket: &Arc<Bucket>, name: &str, body: &[u8]) {
    put_if(store, bucket, name, body, Precondition::None).await.unwrap();
}

async fn read(store: &Store, bucket: &Bucket, name: &str) -> Option<Vec<u8>> {
    let whole = |it: &Object, _| Ok::<_, StoreError>(((), ByteSpan::whole(it.summary.length)));
    let (_, _, mut reader) = store.read(bucket, &key(name), None, whole).await.unwrap()?;
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await.unwrap() {
        all.extend_from_slice(&bytes);
    }
    Some(all)
}

async fn names(store: &Store, bucket: &Bucket, query: ListQuery) -> (Vec<String>, bool) {
    let page = store.list(bucket, &query).await.unwrap();
    (page.entries.iter().map(|it| it.name().to_owned()).collect(), page.truncated)
}

#[tokio::test]
async fn objects_of_any_size_come_back_and_go() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    for size in [0, 1, 4096, 4097, 100_000] {
        let body: Vec<u8> = (0..size).map(|it| it as u8).collect();
        put(&store, &bucket, "k", &body).await;
        assert_eq!(read(&store, &bucket, "k").await.unwrap(), body);
        let usage = store.usage(&bucket).await.unwrap();
        assert_eq!(usage, Usage { objects: 1, bytes: size as i64 });
    }
    assert_eq!(engine.blob_count(), 1, "replaced bodies are freed");
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    assert_eq!(read(&store, &bucket, "k").await, None);
    assert_eq!(store.usage(&bucket).await.unwrap(), Usage::default());
    assert_eq!(engine.blob_count(), 0);
}

#[tokio::test]
async fn conditions_decide_whether_a_write_happens() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let put_if = async |body: &[u8], condition| {
        put_if(&store, &bucket, "k", body, condition).await.map(|it| it.etag)
    };
    for condition in [Precondition::Matches(None), Precondition::MatchesNothing] {
        let missing = put_if(b"a", condition).await;
        assert!(matches!(missing, Err(StoreError::NoSuchKey)));
    }
    let first = put_if(b"first", Precondition::Absent).await.unwrap();
    let second = put_if(b"b", Precondition::Absent).await;
    assert!(matches!(second, Err(StoreError::PreconditionFailed)));
    let other = ETag::of_body([9; 16]);
    let wrong = put_if(&[0; 9999], Precondition::Matches(Some(other))).await;
    assert!(matches!(wrong, Err(StoreError::PreconditionFailed)));
    let nothing = put_if(b"b", Precondition::MatchesNothing).await;
    assert!(matches!(nothing, Err(StoreError::PreconditionFailed)));
    put_if(b"second", Precondition::Matches(Some(first))).await.unwrap();
    assert_eq!(read(&store, &bucket, "k").await.unwrap(), b"second");
    let wrong = store.delete(&bucket, &key("k"), Precondition::Matches(Some(first))).await;
    assert!(matches!(wrong, Err(StoreError::PreconditionFailed)));
    assert_eq!(engine.blob_count(), 1, "refused bodies are freed");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_of_one_key_all_succeed_and_one_creation_wins() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    for condition in [Precondition::None, Precondition::Absent] {
        let tasks: Vec<_> = (0..64u8)
            .map(|it| {
                let (store, bucket) = (store.clone(), Arc::clone(&bucket));
                let name = format!("{condition:?}");
                tokio::spawn(
                    async move { put_if(&store, &bucket, &name, &[it; 9], condition).await },
                )
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            done += usize::from(task.await.unwrap().is_ok());
        }
        assert_eq!(done, if condition == Precondition::None { 64 } else { 1 });
    }
    assert_eq!(store.usage(&bucket).await.unwrap(), Usage { objects: 2, bytes: 18 });
    assert_eq!(engine.blob_count(), 2);
}

#[tokio::test]
async fn a_body_that_moves_is_found_again() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    put(&store, &bucket, "k", b"body").await;
    let group = engine::Group::new(bucket.space, "k");
    let row = engine::RowKey::new(engine::Table::Heads, Bytes::new());
    let mut moves = 0;
    let found = store
        .read(&bucket, &key("k"), None, |it, _| {
            // Moved between reading the row and opening the body, twice.
            if moves < 2 {
                moves += 1;
                assert!(engine.move_blob(&group, &row));
            }
            Ok::<_, StoreError>(((), ByteSpan::whole(it.summary.length)))
        })
        .await
        .unwrap();
    let (_, _, mut reader) = found.unwrap();
    assert_eq!(reader.next().await.unwrap().unwrap(), "body");
    assert_eq!(moves, 2);
}

#[tokio::test]
async fn listings_roll_up_and_go_on() {
    let World { store, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    for name in ["a", "b/", "b/1", "b/2/x", "c", "d//", "d//e", "한/글"] {
        put(&store, &bucket, name, b"").await;
    }
    for it in 0..300 {
        put(&store, &bucket, &format!("m/{it:03}"), b"").await;
    }
    let query = |prefix: &str, delimiter: &str, after: Option<&str>, max| ListQuery {
        prefix: prefix.into(),
        delimiter: delimiter.into(),
        after: after.map(Into::into),
        max,
    };
    for (prefix, delimiter, after, wanted) in [
        ("", "/", None, &["a", "b/", "c", "d/", "m/", "한/"][..]),
        ("b/", "/", None, &["b/", "b/1", "b/2/"]),
        ("b", "", None, &["b/", "b/1", "b/2/x"]),
        ("", "/", Some("b/"), &["c", "d/", "m/", "한/"]),
        ("", "/", Some("b/1"), &["c", "d/", "m/", "한/"]),
        ("", "/", Some("b"), &["b/", "c", "d/", "m/", "한/"]),
        ("d/", "/", None, &["d//"]),
        ("", "//", Some("c"), &["d//"]),
        ("z", "/", None, &[]),
        ("b/", "", Some("zzz"), &[]),
    ] {
        let mut got = names(&store, &bucket, query(prefix, delimiter, after, 1000)).await.0;
        if delimiter == "//" {
            got.truncate(1);
        }
        assert_eq!(got, wanted, "{prefix} {delimiter} {after:?}");
    }
    assert_eq!(names(&store, &bucket, query("", "", None, 0)).await, (vec![], false));
    // Page by page is the same as all at once, whatever the page's size.
    for (delimiter, max) in [("", 7), ("", 100), ("/", 1), ("/", 2), ("/", 6)] {
        let whole = names(&store, &bucket, query("", delimiter, None, 1000)).await.0;
        let (mut seen, mut after): (Vec<String>, Option<String>) = (vec![], None);
        loop {
            let page = names(&store, &bucket, query("", delimiter, after.as_deref(), max)).await;
            seen.extend(page.0);
            if !page.1 {
                break;
            }
            after = seen.last().cloned();
        }
        assert_eq!(seen, whole, "{delimiter} {max}");
    }
}

#[tokio::test]
async fn a_bucket_lives_and_dies() {
    let World { store, engine, .. } = world().await;
    let first = bucket(&store, "bucket").await;
    let new = NewBucket {
        name: BucketName::new("bucket").unwrap(),
        owner: owner(),
        location: "x".into(),
        documents: Documents::default(),
    };
    let again = store.create_bucket(new).await;
    assert!(matches!(again, Err(StoreError::BucketExists { owner: it }) if it == owner()));
    store.set_config(&first, Config::Tags, Some("t".into())).await.unwrap();
    put(&store, &first, "k", b"x").await;
    assert!(matches!(store.delete_bucket(&first).await, Err(StoreError::BucketNotEmpty)));
    put(&store, &first, "k", b"y").await;
    store.delete(&first, &key("k"), Precondition::None).await.unwrap();
    let upload = store.create_upload(&first, &key("k"), Default::default()).await.unwrap();
    let mut part = store.begin_part(&first, (&key("k"), upload), 1, None).await.unwrap();
    part.write("x".into()).await.unwrap();
    part.commit(digests(b"x")).await.unwrap();
    store.delete_bucket(&first).await.unwrap();
    assert!(matches!(store.bucket("bucket").await, Err(StoreError::NoSuchBucket)));
    assert!(matches!(store.delete_bucket(&first).await, Err(StoreError::NoSuchBucket)));
    let late = put_if(&store, &first, "k", b"x", Precondition::None).await;
    assert!(matches!(late, Err(StoreError::NoSuchBucket)), "{late:?}");
    assert_eq!(engine.blob_count(), 0, "open uploads go with the bucket");
    let second = bucket(&store, "bucket").await;
    assert_ne!(first.space, second.space);
    assert_eq!(tags(&store).await, None);
}

#[tokio::test]
async fn a_configuration_is_the_buckets_and_holds_from_the_next_look() {
    let World { store, engine, clock } = world().await;
    let other = Store::open(engine as _, clock as _).await.unwrap();
    let new = NewBucket {
        name: BucketName::new("bucket").unwrap(),
        owner: owner(),
        location: String::new(),
        documents: Documents::default().with(Config::PublicAccessBlock, "on"),
    };
    let made = store.create_bucket(new).await.unwrap();
    // A name that begins like another's isn't the other's.
    bucket(&store, "bucket-2").await;
    let found = other.bucket("bucket").await.unwrap();
    assert_eq!((&*found, found.record().documents()), (&made, made.record().documents()));
    let on = found.record().documents().get(Config::PublicAccessBlock);
    assert_eq!(on.map(|it| &**it), Some(&b"on"[..]));
    // What was read means something once.
    assert_eq!(*found.record().meaning(|_| 1), 1);
    assert_eq!(*other.bucket("bucket").await.unwrap().record().meaning(|_| 2), 1);

    for round in 0..3 {
        let text = Bytes::from(format!("tags {round}"));
        store.set_config(&made, Config::Tags, Some(text.clone())).await.unwrap();
        assert_eq!(tags(&store).await, Some(text.clone()));
        for _ in 0..100 {
            if tags(&other).await.as_ref() == Some(&text) {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(tags(&other).await, Some(text), "the other gateway hears of it");
    }
    assert_eq!(bucket_tags(&store, "bucket-2").await, None);
    store.set_config(&made, Config::Tags, None).await.unwrap();
    assert_eq!(tags(&store).await, None);
}

#[tokio::test]
async fn what_was_worked_out_from_a_configuration_holds_only_while_that_does() {
    let World { store, .. } = world().await;
    bucket(&store, "bucket").await;
    let before = store.bucket("bucket").await.unwrap();
    let set = async |of: &Bucket, text: &'static str, as_read: &[Config]| {
        store.set_config_if(of, (Config::Tags, Some(text.into())), as_read).await
    };
    set(&before, "one", &[Config::Tags, Config::Abac]).await.unwrap();
    // Tags are no longer absent.
    let late = set(&before, "two", &[Config::Tags]).await;
    assert!(matches!(late, Err(StoreError::ConfigChanged)), "{late:?}");
    assert_eq!(tags(&store).await, Some("one".into()));
    let now = store.bucket("bucket").await.unwrap();
    set(&now, "two", &[Config::Tags]).await.unwrap();
    let late = set(&now, "three", &[Config::Tags]).await;
    assert!(matches!(late, Err(StoreError::ConfigChanged)), "{late:?}");
    // What it doesn't depend on may change.
    set(&now, "three", &[Config::Abac]).await.unwrap();
    assert_eq!(tags(&store).await, Some("three".into()));
}

#[tokio::test]
async fn a_document_has_a_largest_size() {
    let World { store, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let most = Bytes::from(vec![b'x'; CONFIG_BYTES_MAX]);
    store.set_config(&bucket, Config::Cors, Some(most.clone())).await.unwrap();
    let more = Bytes::from(vec![b'x'; CONFIG_BYTES_MAX + 1]);
    let refused = store.set_config(&bucket, Config::Cors, Some(more)).await;
    assert!(matches!(refused, Err(StoreError::ConfigTooLarge)), "{refused:?}");
    let kept = store.bucket("bucket").await.unwrap();
    assert_eq!(kept.record().documents().get(Config::Cors), Some(&most));
}

#[tokio::test]
async fn an_account_is_configured_for_all_of_its_buckets() {
    let World { store, engine, clock } = world().await;
    let other = Store::open(engine as _, clock as _).await.unwrap();
    let set = |record: Arc<Record>| record.documents().get(Config::PublicAccessBlock).cloned();
    assert_eq!(set(store.account(owner()).await.unwrap()), None);
    assert_eq!(set(other.account(owner()).await.unwrap()), None);
    store.set_account_public_access_block(owner(), Some("on".into())).await.unwrap();
    assert_eq!(set(store.account(owner()).await.unwrap()), Some("on".into()));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(set(other.account(owner()).await.unwrap()), Some("on".into()));
    assert_eq!(set(store.account(AccountId::from_number(2)).await.unwrap()), None);
    store.set_account_public_access_block(owner(), None).await.unwrap();
    assert_eq!(set(store.account(owner()).await.unwrap()), None);
}

/// Configuration goes with the name: a deletion that has marked it takes no more of it.
#[tokio::test]
async fn a_bucket_that_is_being_deleted_isnt_configured() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let (group, name) = (crate::bucket::name_group("bucket"), crate::bucket::name_row());
    let row = engine.get(&group, &name).await.unwrap().unwrap();
    let mut value = crate::rows::BucketRow::decode(&row.value).unwrap();
    value.life = crate::rows::Life::Deleting { until: Timestamp::from_millis(u64::MAX / 2), by: 1 };
    let put = engine::PutRow { row: name, value: value.encode(), blobs: vec![] };
    let change = engine::Change { put: vec![put], ..Default::default() };
    engine.apply(&group, change).await.unwrap();
    let busy = store.set_config(&bucket, Config::Tags, Some("t".into())).await;
    assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_put_that_races_a_bucket_deletion_is_kept_or_refused() {
    for round in 0..50 {
        let World { store, .. } = world().await;
        let bucket = bucket(&store, "bucket").await;
        let (one, two) = (store.clone(), store.clone());
        let (b1, b2) = (Arc::clone(&bucket), Arc::clone(&bucket));
        let putting = tokio::spawn(async move {
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            put_if(&one, &b1, "k", b"x", Precondition::None).await
        });
        let deleting = tokio::spawn(async move { two.delete_bucket(&b2).await });
        let (put, deleted) = (putting.await.unwrap(), deleting.await.unwrap());
        match (&put, &deleted) {
            (Ok(_), Err(StoreError::BucketNotEmpty)) => {
                assert_eq!(read(&store, &bucket, "k").await.unwrap(), b"x");
            }
            (Err(StoreError::NoSuchBucket), _) => {}
            other => panic!("round {round}: {other:?}"),
        }
        let exists = store.bucket("bucket").await.is_ok();
        assert_eq!(exists, deleted.is_err(), "round {round}");
    }
}

#[tokio::test]
async fn a_deletion_that_was_cut_off_is_taken_up() {
    let World { store, engine, clock } = world().await;
    let bucket = bucket(&store, "bucket").await;
    // As a gateway leaves it that dies behind step 2.
    let row =
        engine.get(&bucket::name_group("bucket"), &bucket::name_row()).await.unwrap().unwrap();
    let mut value = rows::BucketRow::decode(&row.value).unwrap();
    value.life = rows::Life::Deleting { until: Timestamp::from_millis(1_030_000), by: 5 };
    value.attempt = 1;
    let put_row = engine::PutRow { row: bucket::name_row(), value: value.encode(), blobs: vec![] };
    let change = engine::Change { put: vec![put_row], ..Default::default() };
    engine.apply(&bucket::name_group("bucket"), change).await.unwrap();
    engine.freeze(bucket.space, 1).await.unwrap();
    store.background_step().await.unwrap();
    let busy = store.delete_bucket(&bucket).await;
    assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
    clock.advance(30_000);
    store.background_step().await.unwrap();
    put(&store, &bucket, "k", b"x").await;
    // That gateway was only asleep, and goes on where it was.
    let late = engine.freeze(bucket.space, 1).await;
    assert!(matches!(late, Err(engine::FreezeError::Superseded)), "{late:?}");
}

fn combined(sums: &[PartSums]) -> Result<Combined, StoreError> {
    Ok(Combined { crc64nvme: crc(sums.len() as u8), declared: None, md5: |it| digests(it).md5 })
}

async fn upload_part(
    store: &Store,
    bucket: &Arc<Bucket>,
    id: UploadId,
    number: u16,
    body: &[u8],
) -> PartMark {
    let mut part = store.begin_part(bucket, (&key("k"), id), number, None).await.unwrap();
    part.write(Bytes::copy_from_slice(body)).await.unwrap();
    part.commit(digests(body)).await.unwrap();
    PartMark { number, etag: ETag::of_body(digests(body).md5), checksum: None }
}

#[tokio::test]
async fn a_full_disk_refuses_what_adds_and_takes_what_removes() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let k = key("k");
    let begin = || store.create_upload(&bucket, &k, NewUpload::default());
    put(&store, &bucket, "plain", b"body").await;
    let completed = begin().await.unwrap();
    let marks = vec![upload_part(&store, &bucket, completed, 1, b"part").await];
    let none = Precondition::None;
    store.complete_upload(&bucket, (&k, completed), marks, none, combined).await.unwrap();
    let open = begin().await.unwrap();
    upload_part(&store, &bucket, open, 1, b"part").await;

    engine.set_full(true);
    let full = |refused: Result<(), StoreError>| {
        assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    };
    full(put_if(&store, &bucket, "new", b"", none).await.map(drop));
    full(begin().await.map(drop));
    let part = store.begin_part(&bucket, (&k, open), 2, None).await;
    full(part.map(drop));
    let other = NewBucket {
        name: BucketName::new("other").unwrap(),
        owner: owner(),
        location: String::new(),
        documents: Documents::default(),
    };
    full(store.create_bucket(other).await.map(drop));
    store.set_tags(&bucket, &key("plain"), vec![]).await.unwrap();
    assert_eq!(read(&store, &bucket, "plain").await.unwrap(), b"body");
    store.abort_upload(&bucket, &k, open).await.unwrap();
    for name in ["k", "plain"] {
        store.delete(&bucket, &key(name), none).await.unwrap();
    }
    store.background_step().await.unwrap();
    assert_eq!(engine.blob_count(), 0);
    store.delete_bucket(&bucket).await.unwrap();
}

#[tokio::test]
async fn an_upload_becomes_an_object_of_its_parts() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let large = vec![7; PART_BYTES_MIN as usize];
    let id = store.create_upload(&bucket, &key("k"), Default::default()).await.unwrap();
    let mut marks = vec![
        upload_part(&store, &bucket, id, 2, &large).await,
        upload_part(&store, &bucket, id, 5, b"last").await,
    ];
    upload_part(&store, &bucket, id, 2, b"replaced").await;
    marks[0] = upload_part(&store, &bucket, id, 2, &large).await;
    upload_part(&store, &bucket, id, 9, b"unused").await;
    let listed = store.list_parts(&bucket, (&key("k"), id), 0, 2).await.unwrap();
    assert_eq!(listed.parts.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 5]);
    assert!(listed.truncated);
    let complete = async |marks: &[PartMark]| {
        let (marks, condition) = (marks.to_vec(), Precondition::None);
        store.complete_upload(&bucket, (&key("k"), id), marks, condition, combined).await
    };
    let backwards: Vec<_> = marks.iter().rev().cloned().collect();
    assert!(matches!(complete(&backwards).await, Err(StoreError::InvalidPartOrder)));
    let wrong = PartMark { number: 3, ..marks[0].clone() };
    assert!(matches!(complete(&[wrong]).await, Err(StoreError::InvalidPart { number: 3 })));
    let small = upload_part(&store, &bucket, id, 1, b"small").await;
    let small = [small, marks[1].clone()];
    assert!(matches!(complete(&small).await, Err(StoreError::PartTooSmall { number: 1, .. })));
    let refused = |_: &[PartSums]| Err(StoreError::Busy);
    let (named, condition) = (marks.clone(), Precondition::None);
    let sums = store.complete_upload(&bucket, (&key("k"), id), named, condition, refused).await;
    assert!(matches!(sums, Err(StoreError::Busy)), "whoever combines may refuse");
    let object = complete(&marks).await.unwrap();
    assert_eq!((object.length, object.etag.parts()), (large.len() as u64 + 4, Some(2)));
    assert_eq!(complete(&marks).await.unwrap().etag, object.etag, "a repeat answers the same");
    assert_eq!(read(&store, &bucket, "k").await.unwrap(), [&large[..], b"last"].concat());
    assert_eq!(engine.blob_count(), 3, "two parts and their table");
    let part = async |number| {
        let found = store.get_part(&bucket, &key("k"), number).await.unwrap().unwrap();
        found.1.map(|it| (it.span.length(), it.count))
    };
    assert_eq!(part(2).await, Some((4, Some(2))));
    assert_eq!(part(3).await, None);
    let whole = |it: &Object, _| Ok::<_, StoreError>(((), ByteSpan::whole(it.summary.length)));
    let opened = store.read(&bucket, &key("k"), None, whole).await.unwrap().unwrap();
    put(&store, &bucket, "k", b"plain").await;
    store.background_step().await.unwrap();
    assert_eq!(engine.blob_count(), 3, "an open reader pins the parts");
    drop(opened);
    store.background_step().await.unwrap();
    assert_eq!(engine.blob_count(), 1);
    let gone = store.upload(&bucket, &key("k"), id).await;
    assert!(matches!(gone, Err(StoreError::NoSuchUpload)));
}

#[tokio::test]
async fn an_aborted_upload_leaves_nothing() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let id = store.create_upload(&bucket, &key("k"), Default::default()).await.unwrap();
    upload_part(&store, &bucket, id, 1, b"x").await;
    let late = store.begin_part(&bucket, (&key("k"), id), 2, None).await.unwrap();
    let query = UploadQuery { max: 10, ..Default::default() };
    assert_eq!(store.list_uploads(&bucket, &query).await.unwrap().uploads.len(), 1);
    store.abort_upload(&bucket, &key("k"), id).await.unwrap();
    assert!(matches!(late.commit(digests(b"")).await, Err(StoreError::NoSuchUpload)));
    let again = store.abort_upload(&bucket, &key("k"), id).await;
    assert!(matches!(again, Err(StoreError::NoSuchUpload)));
    assert_eq!(engine.blob_count(), 0);
    assert_eq!(store.list_uploads(&bucket, &query).await.unwrap().uploads.len(), 0);
}

#[tokio::test]
async fn buckets_are_listed_by_name() {
    let World { store, .. } = world().await;
    for name in ["ccc", "aaa", "bbb", "abc"] {
        bucket(&store, name).await;
    }
    let list = async |prefix: &str, after: Option<&str>, max| {
        let page = store.list_buckets(owner(), prefix, after, max).await.unwrap();
        (page.buckets.into_iter().map(|it| it.name).collect::<Vec<_>>(), page.more)
    };
    assert_eq!(list("", None, 10).await.0, ["aaa", "abc", "bbb", "ccc"]);
    assert_eq!(list("a", None, 1).await, (vec!["aaa".into()], true));
    assert_eq!(list("a", Some("aaa"), 1).await, (vec!["abc".into()], false));
    let other = store.list_buckets(AccountId::from_number(2), "", None, 10).await.unwrap();
    assert!(other.buckets.is_empty());
}
