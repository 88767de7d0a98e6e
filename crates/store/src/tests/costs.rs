//! How many calls of the engine an operation makes.

use super::probe::Probe;
use super::*;

async fn probed() -> (Probe, Store, Arc<Bucket>) {
    let probe = Probe::new(Arc::new(SimEngine::new()));
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::open(Arc::new(probe.clone()), clock).await.unwrap();
    let bucket = bucket(&store, "bucket").await;
    probe.take_calls();
    (probe, store, bucket)
}

#[tokio::test]
async fn small_objects_take_few_calls() {
    let (probe, store, bucket) = probed().await;
    put(&store, &bucket, "k", b"x").await;
    assert_eq!(probe.take_calls(), ["get", "apply"], "a new key");
    put(&store, &bucket, "k", b"x").await;
    assert_eq!(probe.take_calls(), ["get", "apply"], "over another");
    put_if(&store, &bucket, "new", b"x", Precondition::Absent).await.unwrap();
    assert_eq!(probe.take_calls(), ["apply"], "If-None-Match: *");
    read(&store, &bucket, "k").await.unwrap();
    assert_eq!(probe.take_calls(), ["get", "read"]);
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    assert_eq!(probe.take_calls(), ["get", "apply"]);
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    assert_eq!(probe.take_calls(), ["get"], "what isn't there");
}

#[tokio::test]
async fn a_deletion_of_a_full_bucket_disturbs_nobody() {
    let (probe, store, bucket) = probed().await;
    put(&store, &bucket, "k", b"x").await;
    probe.take_calls();
    assert!(matches!(store.delete_bucket(&bucket).await, Err(StoreError::BucketNotEmpty)));
    assert_eq!(probe.take_calls(), ["get", "scan"]);
}

/// Ten thousand keys below a common prefix cost no more than ten.
#[tokio::test]
async fn a_page_costs_its_own_size() {
    let (probe, store, bucket) = probed().await;
    for number in 0..10_000 {
        put(&store, &bucket, &format!("many/{number:05}"), b"").await;
    }
    for number in 0..200 {
        put(&store, &bucket, &format!("one{number:03}/x"), b"").await;
        put(&store, &bucket, &format!("plain{number:03}"), b"").await;
    }
    let query = |delimiter: &str, after: &str, max| ListQuery {
        delimiter: delimiter.into(),
        after: Some(after.into()),
        max,
        ..ListQuery::default()
    };
    for (query, entries, scans_max) in [
        (query("/", "", 1), 1, 3),
        (query("/", "", 1000), 401, 12),
        (query("/", "many/05000", 1000), 400, 12),
        (query("", "", 1000), 1000, 1),
        (query("", "many/09999", 100), 100, 1),
    ] {
        probe.take_calls();
        let page = store.list(&bucket, &query).await.unwrap();
        let calls = probe.take_calls();
        assert_eq!(page.entries.len(), entries, "{query:?}");
        assert!(calls.len() <= scans_max, "{query:?}: {} scans", calls.len());
    }
    // Many common prefixes of many keys each: a seek for each of them, and few rows.
    for number in 0..100 {
        for below in 0..50 {
            put(&store, &bucket, &format!("z{number:02}/{below:02}"), b"").await;
        }
    }
    probe.take_calls();
    let page = store.list(&bucket, &query("/", "z", 1000)).await.unwrap();
    assert_eq!(page.entries.len(), 100);
    assert!(probe.take_calls().len() <= 101 + 3);
    // Where a call is dear, a seek is only for a prefix that fills one: 5,000 rows at 256 a call.
    probe.have_rows_per_call(256);
    let page = store.list(&bucket, &query("/", "z", 1000)).await.unwrap();
    assert_eq!(page.entries.len(), 100);
    assert!(probe.take_calls().len() <= 5000 / 256 + 2);
    let page = store.list(&bucket, &query("/", "", 1000)).await.unwrap();
    assert_eq!(page.entries.len(), 501);
    assert!(probe.take_calls().len() <= (200 + 200 + 5000) / 256 + 1 + 3);
}

/// Completed uploads stay with their objects and cost a listing of uploads nothing.
#[tokio::test]
async fn open_uploads_are_listed_without_the_completed_ones() {
    let (probe, store, bucket) = probed().await;
    let mut ids = vec![];
    for number in 0..300 {
        let id = store.create_upload(&bucket, &key("k"), NewUpload::default()).await.unwrap();
        let marks = vec![upload_part(&store, &bucket, id, 1, b"x").await];
        if number % 100 == 0 {
            ids.push(id);
            continue;
        }
        let (key, none) = (key("k"), Precondition::None);
        store.complete_upload(&bucket, (&key, id), marks, none, combined).await.unwrap();
    }
    probe.take_calls();
    let query = UploadQuery { max: 2, ..UploadQuery::default() };
    let page = store.list_uploads(&bucket, &query).await.unwrap();
    assert_eq!(probe.take_calls(), ["scan"]);
    let mut listed: Vec<_> = page.uploads.iter().map(|it| it.id).collect();
    let (key_after, upload_after) = page.next.unwrap();
    let query = UploadQuery { key_after: Some(key_after), upload_after, max: 2, ..query };
    let page = store.list_uploads(&bucket, &query).await.unwrap();
    assert!(!page.truncated);
    listed.extend(page.uploads.iter().map(|it| it.id));
    ids.sort();
    assert_eq!(listed, ids);
}
