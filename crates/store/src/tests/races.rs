//! Races with names, and what a reader sees of an object that goes.

use engine::sim::Mischief;

use super::audit::audit;
use super::*;
use crate::object::DETAILS_BYTES_MAX;

fn mischievous(seed: u64) -> (SimEngine, Store) {
    let engine = SimEngine::with(Mischief::known(seed));
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::with_parts_of(1, Arc::new(engine.clone()), clock);
    (engine, store)
}

fn new_bucket() -> NewBucket {
    NewBucket {
        name: BucketName::new("bucket").unwrap(),
        owner: owner(),
        location: "".into(),
        documents: Documents::default(),
    }
}

/// The one that is acknowledged isn't lost, whichever bucket of the name it went to.
#[tokio::test]
async fn a_put_that_races_deletion_and_creation_is_kept_or_refused() {
    let mut kept = [0; 2];
    for seed in 0..200 {
        let (_, store) = mischievous(seed);
        let first = bucket(&store, "bucket").await;
        let put = async {
            for _ in 0..seed / 8 * 2 {
                tokio::task::yield_now().await;
            }
            put_if(&store, &first, "k", b"x", Precondition::None).await
        };
        let delete = async {
            for _ in 0..seed % 8 {
                tokio::task::yield_now().await;
            }
            let deleted = store.delete_bucket(&first).await;
            (deleted, store.create_bucket(new_bucket()).await)
        };
        let (put, (deleted, created)) = tokio::join!(put, delete);
        let now = store.bucket("bucket").await.unwrap();
        let found = read(&store, &now, "k").await;
        match (&put, &deleted) {
            (Ok(_), Err(StoreError::BucketNotEmpty | StoreError::Busy)) => {
                assert!(matches!(created, Err(StoreError::BucketExists { .. })), "seed {seed}");
                assert_eq!(found.as_deref(), Some(&b"x"[..]), "seed {seed}");
                kept[0] += 1;
            }
            (Err(StoreError::NoSuchBucket | StoreError::Busy), Ok(())) => {
                assert_eq!(created.unwrap().space, now.space, "seed {seed}");
                assert_eq!(found, None, "seed {seed}: an object of a bucket that is gone");
                kept[1] += 1;
            }
            other => panic!("seed {seed}: {other:?}"),
        }
        audit(&store, &format!("seed {seed}")).await;
    }
    assert!(kept.iter().all(|it| *it > 0), "both ways: {kept:?}");
}

/// Refused while the bucket is there, a write is to come again later.
#[tokio::test]
async fn a_write_into_a_bucket_that_is_being_deleted_is_told_so() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    engine.freeze(bucket.space, 1).await.unwrap();
    let busy = put_if(&store, &bucket, "k", b"x", Precondition::None).await;
    assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
    assert_eq!(engine.blob_count(), 0);
}

/// A bucket that another gateway deletes and makes anew.
#[tokio::test]
async fn a_store_notices_what_another_does_to_a_bucket() {
    let World { store, engine, clock } = world().await;
    let other = Store::open(engine as _, clock as _).await.unwrap();
    let first = bucket(&store, "bucket").await;
    assert_eq!(other.bucket("bucket").await.unwrap().space, first.space);
    store.delete_bucket(&first).await.unwrap();
    let second = bucket(&store, "bucket").await;
    let mut turns = 0;
    while other.bucket("bucket").await.unwrap().space != second.space {
        turns += 1;
        assert!(turns < 100, "the cache is stale for good");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn two_creations_in_one_commit_batch_have_one_winner() {
    let disk = engine::sim::SimDisk::new(1);
    let engine = crate::model::worlds::open(&disk).unwrap();
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::open(Arc::clone(&engine) as _, clock).await.unwrap();
    let bucket = bucket(&store, "bucket").await;
    for round in 0..50 {
        let name = format!("k{round}");
        let put =
            async |body: &[u8]| put_if(&store, &bucket, &name, body, Precondition::Absent).await;
        let (one, two) = tokio::join!(put(b"one"), put(b"two"));
        let (winner, loser) = if one.is_ok() { (&b"one"[..], two) } else { (&b"two"[..], one) };
        assert!(matches!(loser, Err(StoreError::PreconditionFailed)), "{loser:?}");
        assert_eq!(read(&store, &bucket, &name).await.unwrap(), winner);
    }
    assert_eq!(store.usage(&bucket).await.unwrap(), Usage { objects: 50, bytes: 150 });
    engine.close().await.unwrap();
}

/// Every reader gets one object, whole, while it is overwritten, swept and moved.
#[tokio::test]
async fn a_reader_of_a_multipart_object_outlives_it() {
    for seed in 0..60 {
        let (engine, store) = mischievous(seed);
        let bucket = bucket(&store, "bucket").await;
        let write = async |round: u8| {
            let id = store.create_upload(&bucket, &key("k"), NewUpload::default()).await.unwrap();
            let mut marks = vec![];
            for number in 1..=4 {
                marks.push(upload_part(&store, &bucket, id, number, &[round; 2500]).await);
            }
            let (key, none) = (key("k"), Precondition::None);
            store.complete_upload(&bucket, (&key, id), marks, none, combined).await.unwrap();
        };
        write(0).await;
        let writing = async {
            for round in 1..6 {
                write(round).await;
                store.background_step().await.unwrap();
            }
        };
        let reading = async {
            for _ in 0..15 {
                let body = read(&store, &bucket, "k").await.unwrap();
                let first = body[0];
                assert!(body.len() == 10_000 && body.iter().all(|it| *it == first), "seed {seed}");
            }
        };
        tokio::join!(writing, reading);
        let found = audit(&store, &format!("seed {seed}")).await;
        assert_eq!((engine.blob_count(), found.blobs), (5, 5), "seed {seed}");
    }
}

/// Nothing of what was dropped on its way is left, though the process lives on.
#[tokio::test]
async fn writes_dropped_at_any_await_leave_nothing_behind() {
    for polls in 0..40 {
        let (engine, store) = mischievous(polls);
        let bucket = bucket(&store, "bucket").await;
        let mut put = Box::pin(put_if(&store, &bucket, "k", &[7; 9000], Precondition::None));
        for _ in 0..polls {
            let done =
                std::future::poll_fn(|cx| std::task::Poll::Ready(put.as_mut().poll(cx).is_ready()));
            if done.await {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(put);
        // What was begun ends by itself.
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        let found = audit(&store, &format!("{polls} polls")).await;
        assert_eq!(engine.blob_count(), found.blobs, "{polls} polls");
    }
}

#[tokio::test]
async fn metadata_that_outgrows_the_head_row_goes_and_comes_with_its_object() {
    let World { store, engine, .. } = world().await;
    let bucket = bucket(&store, "bucket").await;
    let put = async |bytes: usize| {
        let user = vec![("long".to_owned(), "x".repeat(bytes))];
        let writer = store.begin_put(&bucket, &key("k"), None).await.unwrap();
        let details = Details { user, ..Details::default() };
        writer.commit(digests(b""), details, Precondition::None).await
    };
    for bytes in [5000, 10, 50_000, 49_000, 0] {
        put(bytes).await.unwrap();
        let object = store.get(&bucket, &key("k")).await.unwrap().unwrap();
        assert_eq!(object.details.user[0].1.len(), bytes);
        audit(&store, "overflow").await;
    }
    put(5000).await.unwrap();
    let too_large = put(DETAILS_BYTES_MAX).await;
    assert!(matches!(too_large, Err(StoreError::MetadataTooLarge)), "{too_large:?}");
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    audit(&store, "deleted").await;
    assert_eq!(engine.blob_count(), 0);
    store.delete_bucket(&bucket).await.unwrap();
}
