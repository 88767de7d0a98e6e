//! Uploads of as many parts as there may be. The parts are small, which S3 allows only for the last:
//! the store under test has another minimum.

use super::probe::Probe;
use super::*;

async fn small_parts() -> (Probe, Store, Arc<Bucket>) {
    let probe = Probe::new(Arc::new(SimEngine::new()));
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::with_parts_of(1, Arc::new(probe.clone()), clock);
    let bucket = bucket(&store, "bucket").await;
    (probe, store, bucket)
}

/// The body of a part: parts are of several lengths, and no two of a kind are the same.
fn body(number: u16) -> Vec<u8> {
    let mut body = vec![number as u8; usize::from(number % 7) + 2];
    body[..2].copy_from_slice(&number.to_be_bytes());
    body
}

/// An upload with parts from 1 to `last`.
async fn upload(store: &Store, bucket: &Arc<Bucket>, last: u16) -> (UploadId, Vec<PartMark>) {
    let id = store.create_upload(bucket, &key("k"), NewUpload::default()).await.unwrap();
    let mut marks = Vec::new();
    for number in 1..=last {
        marks.push(upload_part(store, bucket, id, number, &body(number)).await);
    }
    (id, marks)
}

async fn complete(
    store: &Store,
    bucket: &Arc<Bucket>,
    id: UploadId,
    marks: &[PartMark],
) -> Summary {
    let (key, marks, none) = (key("k"), marks.to_vec(), Precondition::None);
    store.complete_upload(bucket, (&key, id), marks, none, combined).await.unwrap()
}

/// Reads a part, or all with `None`, or a span of all.
async fn read_some(
    store: &Store,
    bucket: &Bucket,
    part: Option<u16>,
    span: Option<(u64, u64)>,
) -> Vec<u8> {
    let choose = |it: &Object, part: Option<PartSpan>| {
        let whole = || ByteSpan::whole(it.summary.length);
        let span = span.map(|(start, end)| ByteSpan { start, end });
        Ok::<_, StoreError>(((), span.or(part.map(|it| it.span)).unwrap_or_else(whole)))
    };
    let opened = store.read(bucket, &key("k"), part, choose).await.unwrap();
    let (_, _, mut reader) = opened.expect("it is there");
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await.unwrap() {
        all.extend_from_slice(&bytes);
    }
    all
}

#[tokio::test]
async fn ten_thousand_parts_become_one_object() {
    let (_, store, bucket) = small_parts().await;
    let (id, marks) = upload(&store, &bucket, PART_NUMBER_MAX).await;
    let mut listed = Vec::new();
    loop {
        let after = listed.last().map_or(0, |it: &ListedPart| it.number);
        let page = store.list_parts(&bucket, (&key("k"), id), after, 1000).await.unwrap();
        assert_eq!(page.parts.len(), 1000);
        listed.extend(page.parts);
        if !page.truncated {
            break;
        }
    }
    assert!(listed.iter().map(|it| it.number).eq(1..=PART_NUMBER_MAX));
    assert!(listed.iter().all(|it| it.length == body(it.number).len() as u64));

    let object = complete(&store, &bucket, id, &marks).await;
    assert_eq!(object.etag.parts(), Some(10_000));
    assert!(object.etag.quoted().ends_with("-10000\""), "{}", object.etag.quoted());
    let whole: Vec<u8> = (1..=PART_NUMBER_MAX).flat_map(body).collect();
    assert_eq!(object.length, whole.len() as u64);
    assert_eq!(read_some(&store, &bucket, None, None).await, whole);
    for number in [1, 2, 4999, 9999, 10_000] {
        let found = store.get_part(&bucket, &key("k"), number).await.unwrap().unwrap();
        let part = found.1.expect("that part");
        assert_eq!(part.count, Some(10_000));
        assert_eq!(read_some(&store, &bucket, Some(number), None).await, body(number));
    }
    let (_, none) = store.get_part(&bucket, &key("k"), 10_001).await.unwrap().unwrap();
    assert!(none.is_none());
    let end = whole.len() as u64;
    for (start, end) in [(0, 1), (20_000, 20_001), (12_345, 34_567), (end - 3, end), (1, end - 1)] {
        let got = read_some(&store, &bucket, None, Some((start, end))).await;
        assert_eq!(got, whole[start as usize..end as usize], "{start} to {end}");
    }
    let (_, parts) = store.get_with_parts(&bucket, &key("k")).await.unwrap().unwrap();
    assert_eq!(parts.expect("it has parts").len(), 10_000);
    assert_eq!(complete(&store, &bucket, id, &marks).await.etag, object.etag, "a repeat");
}

/// What is damaged stays and is told each time; the rest comes back all the same.
#[tokio::test]
async fn a_note_that_cant_be_read_keeps_no_other_from_being_swept() {
    let engine = SimEngine::new();
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
    let store = Store::with_parts_of(1, Arc::new(engine.clone()), clock);
    let bucket = bucket(&store, "bucket").await;
    let (id, marks) = upload(&store, &bucket, 3).await;
    complete(&store, &bucket, id, &marks).await;
    store.delete(&bucket, &key("k"), Precondition::None).await.unwrap();
    let row = engine::RowKey::new(engine::Table::Local, "parts/!");
    let put = vec![engine::PutRow { row, value: Bytes::new(), blobs: vec![] }];
    let note = engine::Change { put, ..engine::Change::default() };
    engine.apply(&engine::Group::new(bucket.space, "a"), note).await.unwrap();
    assert_eq!(engine.blob_count(), 3);
    let swept = store.sweep(bucket.space).await;
    assert!(matches!(swept, Err(StoreError::Damaged(_))), "{swept:?}");
    assert_eq!(engine.blob_count(), 0);
}

/// What a completion writes is the part table and two changes, however many parts there are; what it
/// reads are the parts' rows, a page at a time.
#[tokio::test]
async fn a_completion_changes_as_much_for_ten_thousand_parts_as_for_one() {
    for last in [1, 100, PART_NUMBER_MAX] {
        let (probe, store, bucket) = small_parts().await;
        let (id, marks) = upload(&store, &bucket, last).await;
        probe.take_calls();
        probe.take_rows();
        complete(&store, &bucket, id, &marks).await;
        let calls = probe.take_calls();
        let count = |name| calls.iter().filter(|it| **it == name).count();
        assert_eq!((count("apply"), probe.take_rows()), (2, 3), "gate; head and upload: {calls:?}");
        assert_eq!((count("begin"), count("write"), count("seal")), (1, 1, 1), "the part table");
        assert_eq!(count("scan"), usize::from(last) / 1000 + 1, "a page of rows at a time");
        assert!(calls.len() <= 10 + count("scan"), "{calls:?}");
    }
}
