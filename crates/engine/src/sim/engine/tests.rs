use super::*;
use crate::conformance::{self, Subject, model};
use crate::{CounterDelta, Expectation, Expected, PutRow};

fn group() -> Group {
    Group::new(Space(7), "k")
}

fn head() -> RowKey {
    RowKey::new(Table::Heads, "")
}

fn put(value: &'static str, blobs: Vec<NewBlob>) -> Change {
    let put = vec![PutRow { row: head(), value: value.into(), blobs }];
    let count = vec![CounterDelta { counter: CounterId(0), by: 1 }];
    Change { put, count, ..Change::default() }
}

fn only(percent: fn(&mut Mischief)) -> SimEngine {
    let mut mischief = Mischief { seed: 1, ..Mischief::default() };
    percent(&mut mischief);
    SimEngine::with(mischief)
}

async fn first_blob(engine: &SimEngine) -> BlobRef {
    engine.get(&group(), &head()).await.unwrap().unwrap().blobs[0]
}

#[tokio::test]
async fn a_moved_body_changes_its_row_and_leaves_its_place() {
    let engine = SimEngine::new();
    engine.apply(&group(), put("a", vec![NewBlob::Inline("body".into())])).await.unwrap();
    let old = first_blob(&engine).await;
    assert!(engine.move_blob(&group(), &head()));
    let new = first_blob(&engine).await;
    assert_ne!(old, new);
    let read = engine.read(&old, ByteSpan::whole(4)).await;
    assert!(matches!(read.err(), Some(EngineError::Gone)));
    let mut reader = engine.read(&new, ByteSpan::whole(4)).await.unwrap();
    assert_eq!(reader.next().await.unwrap().unwrap(), "body");
    assert_eq!(engine.blob_count(), 1);
}

#[tokio::test]
async fn a_fixed_body_is_never_moved() {
    let engine = only(|it| it.moves = 100);
    let hint = SizeHint { length: None, purpose: Purpose::Fixed };
    let fixed = engine.begin(&group(), hint).await.unwrap().seal().await.unwrap();
    engine.apply(&group(), put("a", vec![NewBlob::Ref(fixed)])).await.unwrap();
    assert!(!engine.move_blob(&group(), &head()));
    for _ in 0..20 {
        assert_eq!(first_blob(&engine).await, fixed);
    }
}

#[tokio::test]
async fn mischief_moves_bodies() {
    let engine = only(|it| it.moves = 100);
    engine.apply(&group(), put("a", vec![NewBlob::Inline("body".into())])).await.unwrap();
    assert_ne!(first_blob(&engine).await, first_blob(&engine).await);
}

#[tokio::test]
async fn an_unknown_change_has_happened_or_not() {
    let engine = only(|it| it.unknown = 100);
    let mut happened = [false; 2];
    for it in 0..20 {
        let group = Group::new(Space(7), vec![it]);
        let answer = engine.apply(&group, put("a", vec![])).await;
        assert!(matches!(answer, Err(ApplyError::Unknown)), "{answer:?}");
        let row = engine.get(&group, &head()).await.unwrap();
        happened[usize::from(row.is_some())] = true;
    }
    assert_eq!(happened, [true; 2]);
}

#[tokio::test]
async fn an_unknown_change_may_happen_late_but_only_as_expected() {
    let engine = only(|it| (it.unknown, it.late) = (100, 100));
    let change = Change {
        expect: vec![Expectation { row: head(), is: Expected::Absent }],
        ..put("a", vec![])
    };
    for _ in 0..20 {
        let _ = engine.apply(&group(), change.clone()).await;
    }
    let engine = engine.reopen();
    assert!(engine.get(&group(), &head()).await.unwrap().is_some());
    assert_eq!(engine.counters(Space(7)).await.unwrap(), [(CounterId(0), 1)]);
}

#[tokio::test]
async fn pages_are_short_but_say_so() {
    let engine = only(|it| it.short_pages = 100);
    for it in 0..20 {
        engine.apply(&Group::new(Space(7), vec![it]), put("a", vec![])).await.unwrap();
    }
    let (mut range, mut pages, mut seen) = (RowRange::all(Space(7)), 0, 0);
    loop {
        let page = engine.scan(Table::Heads, range.clone(), ScanLimit::rows(20)).await.unwrap();
        (pages, seen) = (pages + 1, seen + page.entries.len());
        match page.next {
            Some(next) => range.from = next,
            None => break,
        }
    }
    assert!(pages > 1);
    assert_eq!(seen, 20);
}

#[tokio::test]
async fn feeds_lose_and_repeat() {
    let engine = only(|it| (it.lost, it.repeats) = (30, 30));
    let mut feed = engine.watch(Space(7));
    for _ in 0..50 {
        engine.apply(&group(), put("a", vec![])).await.unwrap();
    }
    engine.close().await.unwrap();
    let (mut lost, mut changed) = (0, 0);
    loop {
        match feed.next().await {
            ChangeEvent::Lost => lost += 1,
            ChangeEvent::Changed(_) => changed += 1,
            ChangeEvent::Closed => break,
        }
    }
    assert!(lost > 0 && lost + changed > 50, "{lost} {changed}");
}

#[tokio::test]
async fn a_full_engine_takes_no_bytes_but_deletes() {
    let engine = SimEngine::new();
    let write = put("a", vec![NewBlob::Inline("body".into())]);
    engine.apply(&group(), write.clone()).await.unwrap();
    let hint = SizeHint { length: None, purpose: Purpose::Movable };
    let mut writer = engine.begin(&group(), hint).await.unwrap();
    engine.set_full(true);
    assert!(engine.status().full);
    let full = engine.apply(&group(), write).await;
    assert!(matches!(full, Err(ApplyError::Engine(EngineError::Full))), "{full:?}");
    assert!(matches!(writer.write("x".into()).await, Err(EngineError::Full)));
    assert!(matches!(engine.begin(&group(), hint).await.err(), Some(EngineError::Full)));
    let delete = Change { delete: vec![head()], ..Change::default() };
    engine.apply(&group(), delete).await.unwrap();
    assert_eq!(engine.blob_count(), 0);
}

#[tokio::test]
async fn a_damaged_blob_is_corrupt_never_wrong() {
    let engine = SimEngine::new();
    engine.apply(&group(), put("a", vec![NewBlob::Inline(vec![1; 1500].into())])).await.unwrap();
    let blob = first_blob(&engine).await;
    engine.damage_blob(&blob);
    let mut reader = engine.read(&blob, ByteSpan::whole(1500)).await.unwrap();
    assert_eq!(reader.next().await.unwrap().unwrap().len(), 1000);
    assert!(matches!(reader.next().await, Err(EngineError::Corrupt(_))));
}

#[tokio::test]
async fn a_dropped_writer_and_a_discarded_blob_leave_nothing() {
    let engine = SimEngine::new();
    let hint = SizeHint { length: Some(3), purpose: Purpose::Movable };
    let mut writer = engine.begin(&group(), hint).await.unwrap();
    writer.write("abc".into()).await.unwrap();
    drop(writer);
    let blob = engine.begin(&group(), hint).await.unwrap().seal().await.unwrap();
    assert_eq!(engine.blob_count(), 1);
    engine.discard(blob);
    assert_eq!(engine.blob_count(), 0);
}

#[tokio::test]
async fn what_no_row_names_does_not_outlast_a_reopening() {
    let engine = SimEngine::new();
    let hint = SizeHint { length: None, purpose: Purpose::Movable };
    engine.begin(&group(), hint).await.unwrap().seal().await.unwrap();
    engine.apply(&group(), put("a", vec![NewBlob::Inline("body".into())])).await.unwrap();
    assert_eq!(engine.blob_count(), 2);
    assert_eq!(engine.reopen().blob_count(), 1);
}

/// An engine under test that is opened again on what lasts.
fn subject(engine: SimEngine) -> Subject {
    let current = Arc::new(Mutex::new(engine.clone()));
    Subject::with_reopen(Arc::new(engine), move || {
        let mut current = current.lock();
        *current = current.reopen();
        std::future::ready(Arc::new(current.clone()) as Arc<dyn Engine>)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_the_contract() {
    conformance::run(|| async { subject(SimEngine::new()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_the_contract_whatever_it_is_up_to() {
    for seed in 0..4 {
        conformance::run(|| async move { subject(SimEngine::with(Mischief::known(seed))) }).await;
    }
}

#[tokio::test]
async fn keeps_the_contract_on_one_thread() {
    conformance::run(|| async { subject(SimEngine::with(Mischief::known(99))) }).await;
}

#[tokio::test]
async fn agrees_with_plain_maps() {
    for seed in 0..60 {
        model::run(subject(SimEngine::new()), seed, 150).await;
    }
}

#[tokio::test]
async fn agrees_with_plain_maps_whatever_it_is_up_to() {
    for seed in 0..60 {
        let mischief = Mischief { outages: 1, ..Mischief::all(seed) };
        model::run(subject(SimEngine::with(mischief)), seed, 150).await;
    }
}

#[tokio::test]
async fn agrees_with_plain_maps_without_being_reopened() {
    for seed in 0..20 {
        let mischief = Mischief { unknown: 10, ..Mischief::known(seed) };
        model::run(Arc::new(SimEngine::with(mischief)) as Arc<dyn Engine>, seed, 150).await;
    }
}
