//! The contract as a program. Every engine runs it; a case that fails names the promise it checks.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use types::ByteSpan;

use crate::{
    ApplyError, BlobRef, Change, ChangeEvent, CounterDelta, CounterId, Cursor, Engine, EngineError,
    Expectation, Expected, Group, NewBlob, Purpose, PutRow, Row, RowKey, RowRange, ScanLimit,
    SizeHint, Space, Table,
};

type Case = (&'static str, fn(Arc<dyn Engine>) -> Pin<Box<dyn Future<Output = ()> + Send>>);

/// Every promise that can be seen from outside, on a fresh engine each.
pub const CASES: [Case; 12] = [
    ("a change is all or nothing", |it| Box::pin(all_or_nothing(it))),
    ("a failed expectation returns the rows", |it| Box::pin(mismatch_returns_rows(it))),
    ("bodies of any size come back", |it| Box::pin(bodies_come_back(it))),
    ("a replaced row gives up its blobs", |it| Box::pin(replaced_blobs_are_gone(it))),
    ("an open reader keeps its bytes", |it| Box::pin(readers_keep_bytes(it))),
    ("a blob passes from row to row", |it| Box::pin(blobs_pass_on(it))),
    ("scans are ordered and can seek", |it| Box::pin(scans_seek(it))),
    ("local rows are ordered by their sub-keys", |it| Box::pin(local_order(it))),
    ("counters are exact", |it| Box::pin(counters_are_exact(it))),
    ("one of many creations wins", |it| Box::pin(one_creation_wins(it))),
    ("a frozen space takes no change and can be dropped", |it| Box::pin(freeze_and_drop(it))),
    ("a watcher hears of changes; a closed engine answers nothing", |it| {
        Box::pin(watch_and_close(it))
    }),
];

/// Runs every case on an engine of its own.
pub async fn run<F: Future<Output = Arc<dyn Engine>>>(fresh: impl Fn() -> F) {
    for (promise, case) in CASES {
        let engine = fresh().await;
        if let Err(error) = tokio::spawn(case(engine)).await {
            panic!("the contract is broken: {promise}: {error}");
        }
    }
}

fn space() -> Space {
    Space(7)
}

fn group(name: &str) -> Group {
    Group::new(space(), name.as_bytes().to_vec())
}

fn head() -> RowKey {
    RowKey::new(Table::Heads, Bytes::new())
}

fn put(row: RowKey, value: &str, blobs: Vec<NewBlob>) -> PutRow {
    PutRow { row, value: value.as_bytes().to_vec().into(), blobs }
}

fn write(value: &str, blobs: Vec<NewBlob>) -> Change {
    Change { put: vec![put(head(), value, blobs)], ..Change::default() }
}

fn absent(row: RowKey) -> Expectation {
    Expectation { row, is: Expected::Absent }
}

async fn body(engine: &dyn Engine, blob: &BlobRef, span: ByteSpan) -> Result<Vec<u8>, EngineError> {
    let mut reader = engine.read(blob, span).await?;
    let mut all = Vec::new();
    while let Some(piece) = reader.next().await? {
        assert!(!piece.is_empty(), "a piece is never empty");
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

fn pattern(bytes: usize) -> Bytes {
    (0..bytes).map(|it| (it * 31 + it / 251) as u8).collect::<Vec<_>>().into()
}

async fn sealed(engine: &dyn Engine, group: &Group, bytes: Bytes, purpose: Purpose) -> BlobRef {
    let hint = SizeHint { length: Some(bytes.len() as u64), purpose };
    let mut writer = engine.begin(group, hint).await.unwrap();
    for piece in bytes.chunks(70_000) {
        writer.write(bytes.slice_ref(piece)).await.unwrap();
    }
    writer.seal().await.unwrap()
}

async fn all_or_nothing(engine: Arc<dyn Engine>) {
    let (group, other) = (group("k"), RowKey::new(Table::Versions, &b"1"[..]));
    let change = Change {
        expect: vec![absent(head()), absent(other.clone())],
        put: vec![put(head(), "a", vec![]), put(other.clone(), "b", vec![])],
        ..Change::default()
    };
    engine.apply(&group, change.clone()).await.unwrap();
    assert_eq!(engine.get(&group, &other).await.unwrap().unwrap().value, "b");
    let second =
        Change { expect: vec![absent(other.clone())], delete: vec![head()], ..Change::default() };
    assert!(matches!(engine.apply(&group, second).await, Err(ApplyError::Mismatch(_))));
    assert_eq!(engine.get(&group, &head()).await.unwrap().unwrap().value, "a");
    let both = Change { delete: vec![head(), other.clone()], ..Change::default() };
    let first = engine.apply(&group, both.clone()).await.unwrap();
    assert_eq!(engine.get(&group, &head()).await.unwrap(), None);
    assert_eq!(engine.get(&group, &other).await.unwrap(), None);
    let again = engine.apply(&group, both).await.unwrap();
    assert!(again > first, "stamps grow");
}

async fn mismatch_returns_rows(engine: Arc<dyn Engine>) {
    let (group, other) = (group("k"), RowKey::new(Table::Versions, &b"1"[..]));
    engine.apply(&group, write("a", vec![NewBlob::Inline("body".into())])).await.unwrap();
    let row = engine.get(&group, &head()).await.unwrap().unwrap();
    let without_blob = Row { blobs: vec![], ..row.clone() };
    let change = Change {
        expect: vec![
            Expectation { row: head(), is: Expected::Exactly(without_blob) },
            absent(other.clone()),
        ],
        delete: vec![head()],
        ..Change::default()
    };
    let Err(ApplyError::Mismatch(found)) = engine.apply(&group, change).await else {
        panic!("a row's blobs are part of what is expected");
    };
    assert_eq!(found.len(), 2, "all rows that were named");
    assert_eq!(found[0].found.as_ref(), Some(&row));
    assert_eq!((&found[1].row, &found[1].found), (&other, &None));
    let change = Change {
        expect: vec![Expectation { row: head(), is: Expected::Exactly(row) }],
        delete: vec![head()],
        ..Change::default()
    };
    engine.apply(&group, change).await.unwrap();
}

async fn bodies_come_back(engine: Arc<dyn Engine>) {
    let max = engine.inline_bytes_max();
    for (index, size) in [0, 1, max - 1, max].into_iter().enumerate() {
        let (group, bytes) = (group(&format!("inline{index}")), pattern(size));
        engine.apply(&group, write("a", vec![NewBlob::Inline(bytes.clone())])).await.unwrap();
        check_body(&*engine, &group, &bytes).await;
    }
    for (index, size) in [0, 1, max + 1, 65_536, 3_000_001].into_iter().enumerate() {
        for purpose in [Purpose::Movable, Purpose::Fixed] {
            let (group, bytes) = (group(&format!("{purpose:?}{index}")), pattern(size));
            let blob = sealed(&*engine, &group, bytes.clone(), purpose).await;
            engine.apply(&group, write("a", vec![NewBlob::Ref(blob)])).await.unwrap();
            check_body(&*engine, &group, &bytes).await;
        }
    }
}

async fn check_body(engine: &dyn Engine, group: &Group, bytes: &Bytes) {
    let blob = engine.get(group, &head()).await.unwrap().unwrap().blobs[0];
    let length = bytes.len() as u64;
    assert_eq!(blob.length, length);
    for (start, end) in [(0, length), (length / 3, length / 2), (length.saturating_sub(1), length)]
    {
        let got = body(engine, &blob, ByteSpan { start, end }).await.unwrap();
        assert!(got == bytes[start as usize..end as usize], "{start}..{end} of {length}");
    }
}

async fn replaced_blobs_are_gone(engine: Arc<dyn Engine>) {
    let group = group("k");
    let large = sealed(&*engine, &group, pattern(300_000), Purpose::Movable).await;
    let blobs = vec![NewBlob::Inline("small".into()), NewBlob::Ref(large)];
    engine.apply(&group, write("a", blobs)).await.unwrap();
    let old = engine.get(&group, &head()).await.unwrap().unwrap().blobs;
    engine.discard(old[1]);
    assert!(body(&*engine, &old[1], ByteSpan { start: 0, end: 1 }).await.is_ok(), "a row names it");
    engine.apply(&group, write("b", vec![])).await.unwrap();
    for (blob, first) in old.into_iter().zip([b's', pattern(1)[0]]) {
        gone_or_same(&*engine, &blob, &[first]).await;
    }
    let unnamed = sealed(&*engine, &group, pattern(300_000), Purpose::Movable).await;
    engine.discard(unnamed);
    gone_or_same(&*engine, &unnamed, &pattern(1)).await;
}

/// What a freed blob gives: nothing, or what it held, never anything else.
async fn gone_or_same(engine: &dyn Engine, blob: &BlobRef, start: &[u8]) {
    let span = ByteSpan { start: 0, end: start.len() as u64 };
    match body(engine, blob, span).await {
        Err(EngineError::Gone) => {}
        Ok(bytes) => assert_eq!(bytes, start),
        Err(other) => panic!("{other}"),
    }
}

async fn readers_keep_bytes(engine: Arc<dyn Engine>) {
    let max = engine.inline_bytes_max();
    for size in [max, max + 1, 2_000_000] {
        let (group, bytes) = (group("k"), pattern(size));
        let blob = match size <= max {
            true => NewBlob::Inline(bytes.clone()),
            false => NewBlob::Ref(sealed(&*engine, &group, bytes.clone(), Purpose::Fixed).await),
        };
        engine.apply(&group, write("a", vec![blob])).await.unwrap();
        let blob = engine.get(&group, &head()).await.unwrap().unwrap().blobs[0];
        let mut reader = engine.read(&blob, ByteSpan::whole(blob.length)).await.unwrap();
        let deletion = Change { delete: vec![head()], ..Change::default() };
        engine.apply(&group, deletion).await.unwrap();
        for other in 0..20 {
            let inline = vec![NewBlob::Inline(vec![other; max].into())];
            engine.apply(&Group::new(space(), vec![other]), write("x", inline)).await.unwrap();
        }
        let mut all = Vec::new();
        while let Some(piece) = reader.next().await.unwrap() {
            all.extend_from_slice(&piece);
        }
        assert!(all == bytes, "{size}");
    }
}

async fn blobs_pass_on(engine: Arc<dyn Engine>) {
    let (group, version) = (group("k"), RowKey::new(Table::Versions, &b"1"[..]));
    engine.apply(&group, write("a", vec![NewBlob::Inline("old".into())])).await.unwrap();
    let blob = engine.get(&group, &head()).await.unwrap().unwrap().blobs[0];
    let change = Change {
        put: vec![
            put(head(), "b", vec![NewBlob::Inline("new".into())]),
            put(version.clone(), "a", vec![NewBlob::Ref(blob)]),
        ],
        ..Change::default()
    };
    engine.apply(&group, change).await.unwrap();
    let kept = engine.get(&group, &version).await.unwrap().unwrap().blobs[0];
    assert_eq!(body(&*engine, &kept, ByteSpan::whole(3)).await.unwrap(), b"old");
    let fresh = engine.get(&group, &head()).await.unwrap().unwrap().blobs[0];
    assert_eq!(body(&*engine, &fresh, ByteSpan::whole(3)).await.unwrap(), b"new");
}

async fn names(
    engine: &dyn Engine,
    prefix: &str,
    from: Cursor,
    rows: usize,
) -> (Vec<String>, Option<Cursor>) {
    let range = RowRange { space: space(), prefix: prefix.as_bytes().to_vec().into(), from };
    let page = engine.scan(Table::Heads, range, ScanLimit::rows(rows)).await.unwrap();
    let text = |name: &Bytes| String::from_utf8(name.to_vec()).unwrap();
    (page.entries.iter().map(|it| text(&it.group.name)).collect(), page.next)
}

async fn scans_seek(engine: Arc<dyn Engine>) {
    let all = ["", "\0", "\0\0", "\u{1}", "a", "a\0", "a\u{1}", "a/", "a/b", "a/c", "a0", "b", "é"];
    for name in all.iter().rev() {
        engine.apply(&group(name), write("x", vec![])).await.unwrap();
        let elsewhere = Group::new(Space(8), name.as_bytes().to_vec());
        engine.apply(&elsewhere, write("y", vec![])).await.unwrap();
        let part = RowKey::new(Table::Parts, Bytes::new());
        let change = Change { put: vec![put(part, "z", vec![])], ..Change::default() };
        engine.apply(&group(name), change).await.unwrap();
    }
    assert_eq!(
        names(&*engine, "", Cursor::Start, 100).await,
        (all.map(String::from).to_vec(), None)
    );
    for (prefix, from, wanted) in [
        ("a/", Cursor::Start, &["a/", "a/b", "a/c"][..]),
        ("a", Cursor::At("a/b".into()), &["a/b", "a/c", "a0"]),
        ("a", Cursor::AfterFirst("a".into()), &["a\0", "a\u{1}", "a/", "a/b", "a/c", "a0"]),
        ("", Cursor::AfterPrefix("a/".into()), &["a0", "b", "é"]),
        ("a", Cursor::AfterPrefix("a".into()), &[]),
        ("", Cursor::After { first: "b".into(), second: Bytes::new() }, &["é"]),
    ] {
        assert_eq!(names(&*engine, prefix, from.clone(), 100).await.0, wanted, "{prefix} {from:?}");
    }
    let (mut from, mut seen) = (Cursor::Start, Vec::new());
    loop {
        let (page, next) = names(&*engine, "", from, 2).await;
        assert!(page.len() <= 2 && !page.is_empty());
        seen.extend(page);
        match next {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(seen, all);
}

async fn local_order(engine: Arc<dyn Engine>) {
    for (name, sub) in [("z", "1"), ("a", "3"), ("m", "2"), ("b", "2")] {
        let note = put(RowKey::new(Table::Local, sub.as_bytes().to_vec()), name, vec![]);
        let change = Change { put: vec![note], ..Change::default() };
        engine.apply(&group(name), change).await.unwrap();
    }
    let mut range = RowRange::all(space());
    let mut seen = Vec::new();
    loop {
        let page = engine.scan(Table::Local, range.clone(), ScanLimit::rows(1)).await.unwrap();
        seen.extend(page.entries.iter().map(|it| it.row.value.clone()));
        match page.next {
            Some(next) => range.from = next,
            None => break,
        }
    }
    assert_eq!(seen, ["z", "b", "m", "a"]);
}

async fn counters_are_exact(engine: Arc<dyn Engine>) {
    let count = |by| vec![CounterDelta { counter: CounterId(1), by }];
    let tasks: Vec<_> = (0..50)
        .map(|it| {
            let engine = Arc::clone(&engine);
            tokio::spawn(async move {
                let change = Change { count: count(it), ..write("x", vec![]) };
                engine.apply(&group(&it.to_string()), change).await.unwrap();
                let failing = Change {
                    expect: vec![absent(head())],
                    count: count(1000),
                    ..Change::default()
                };
                assert!(engine.apply(&group(&it.to_string()), failing).await.is_err());
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(engine.counters(space()).await.unwrap(), [(CounterId(1), (0..50).sum())]);
    assert_eq!(engine.counters(Space(8)).await.unwrap(), []);
}

async fn one_creation_wins(engine: Arc<dyn Engine>) {
    let tasks: Vec<_> = (0..64)
        .map(|it| {
            let engine = Arc::clone(&engine);
            tokio::spawn(async move {
                let value = it.to_string();
                let change = Change { expect: vec![absent(head())], ..write(&value, vec![]) };
                engine.apply(&group("k"), change).await.is_ok().then_some(value)
            })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        winners.extend(task.await.unwrap());
    }
    let row = engine.get(&group("k"), &head()).await.unwrap().unwrap();
    assert_eq!(winners, [String::from_utf8(row.value.to_vec()).unwrap()]);
}

async fn freeze_and_drop(engine: Arc<dyn Engine>) {
    for it in 0..250 {
        let change = Change {
            count: vec![CounterDelta { counter: CounterId(0), by: 1 }],
            ..write("x", vec![NewBlob::Inline("body".into())])
        };
        engine.apply(&group(&it.to_string()), change).await.unwrap();
    }
    engine.freeze(space()).await.unwrap();
    engine.freeze(space()).await.unwrap();
    let late = engine.apply(&group("late"), write("x", vec![])).await;
    assert!(matches!(late, Err(ApplyError::Frozen)), "{late:?}");
    engine.thaw(space()).await.unwrap();
    engine.apply(&group("late"), write("x", vec![])).await.unwrap();
    engine.freeze(space()).await.unwrap();
    let blob = engine.get(&group("0"), &head()).await.unwrap().unwrap().blobs[0];
    engine.drop_space(space()).await.unwrap();
    engine.drop_space(space()).await.unwrap();
    assert_eq!(names(&*engine, "", Cursor::Start, 10).await, (vec![], None));
    assert_eq!(engine.counters(space()).await.unwrap(), []);
    gone_or_same(&*engine, &blob, b"body").await;
    let late = engine.apply(&group("late"), write("x", vec![])).await;
    assert!(matches!(late, Err(ApplyError::Frozen)), "{late:?}");
}

async fn watch_and_close(engine: Arc<dyn Engine>) {
    let mut changes = engine.watch(space());
    engine.apply(&Group::new(Space(8), "other"), write("x", vec![])).await.unwrap();
    engine.apply(&group("k"), write("x", vec![])).await.unwrap();
    assert_eq!(changes.next().await, ChangeEvent::Changed(group("k")));
    engine.close().await.unwrap();
    let late = engine.apply(&group("k"), write("y", vec![])).await;
    assert!(matches!(late, Err(ApplyError::Engine(EngineError::Unavailable(_)))), "{late:?}");
}
