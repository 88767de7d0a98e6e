//! What outlasts the process, and what ends with it.

use types::ByteSpan;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, deletion, delta, group, head, head_is, inline, pattern, row,
};
use super::{Case, case};
use crate::{
    ApplyError, Change, EngineError, FreezeError, Group, NewBlob, Purpose, RowRange, ScanLimit,
    SizeHint, Space, Stamp, Table,
};

pub(super) const CASES: &[Case] = &[
    case("rows, bodies and counters outlast the process", |it| Box::pin(all_lasts(it))),
    case("freezes and drops outlast the process", |it| Box::pin(freezes_last(it))),
    case("stamps grow from process to process", |it| Box::pin(stamps_last(it))),
    case("a blob that no row names ends with its process", |it| Box::pin(unnamed_ends(it))),
    case("a closed engine answers that it is", |it| Box::pin(closed(it))),
];

/// "Durable when acknowledged", over two reopenings with changes in between.
async fn all_lasts(it: Subject) {
    let big = pattern(700_000);
    for number in 0..30 {
        let key = group(&number.to_string());
        let sealed = it.seal(&key, &big.slice(..number * 20_000), Purpose::Movable).await;
        let blobs = vec![inline(number), NewBlob::Ref(sealed)];
        it.write(&key, Change { count: vec![delta(1, 2)], ..head_is(number, blobs) }).await;
    }
    it.write(&group("3"), Change { count: vec![delta(1, -2)], ..deletion(vec![head()]) }).await;
    it.write(&group("4"), head_is("again", vec![inline("new")])).await;
    let mut subject = it;
    for round in 0..2 {
        let Some(it) = subject.reopened().await else { return };
        assert_eq!(it.names(Table::Heads, SPACE).await.len(), 29 + round);
        assert_eq!(it.counter(SPACE, 1).await, 58);
        assert_eq!(it.row(&group("3"), &head()).await, None);
        assert_eq!(it.body(&group("4"), &head(), 0).await.unwrap().1, "new");
        for number in (0..30).filter(|it| ![3, 4].contains(it)) {
            let key = group(&number.to_string());
            let (found, small) = it.body(&key, &head(), 0).await.unwrap();
            assert_eq!((&found.value, found.blobs.len()), (&small, 2));
            let (_, body) = it.body(&key, &head(), 1).await.unwrap();
            assert!(body == big[..number * 20_000], "the body of {number}");
        }
        // What is written now takes the place of nothing that is there.
        let key = group(&format!("new {round}"));
        let sealed = it.seal(&key, &big, Purpose::Fixed).await;
        it.write(&key, head_is(round, vec![NewBlob::Ref(sealed), inline("small")])).await;
        subject = it;
    }
}

/// "Durable" of `freeze`, `thaw` and `drop_space`.
async fn freezes_last(it: Subject) {
    let key = |space| Group::new(Space(space), "k");
    for space in 1..=4 {
        it.write(&key(space), Change { count: vec![delta(1, 1)], ..head_is("x", vec![]) }).await;
    }
    for space in 2..=4 {
        it.engine().freeze(Space(space), 1).await.unwrap();
    }
    it.engine().thaw(Space(3), 1).await.unwrap();
    it.engine().drop_space(Space(4)).await.unwrap();
    let Some(it) = it.reopened().await else { return };
    for (space, frozen, rows) in [(1, false, 1), (2, true, 1), (3, false, 1), (4, true, 0)] {
        let found = it.scan(Table::Heads, RowRange::all(Space(space)), ScanLimit::rows(9)).await;
        assert_eq!(found.len(), rows, "space {space}");
        assert_eq!(it.counter(Space(space), 1).await, rows as i64, "space {space}");
        let answer = it.apply(&key(space), head_is("y", vec![])).await;
        assert_eq!(matches!(answer, Err(ApplyError::Frozen)), frozen, "space {space}: {answer:?}");
    }
}

/// "Greater than every stamp of an earlier change of the same group", for ever.
async fn stamps_last(it: Subject) {
    let (mut it, mut last) = (it, Stamp(0));
    for round in 0..3 {
        for value in 0..5 {
            let stamp = it.write(&group("k"), head_is(value, vec![])).await;
            assert!(stamp > last, "round {round}");
            last = stamp;
        }
        let Some(again) = it.reopened().await else { return };
        it = again;
    }
}

/// "Bytes without a row are freed when the process that wrote them is gone": nothing may name them.
async fn unnamed_ends(it: Subject) {
    let key = group("k");
    let unnamed = it.seal(&key, &pattern(100_000), Purpose::Movable).await;
    let Some(it) = it.reopened().await else { return };
    let answer = it.apply(&key, head_is("x", vec![NewBlob::Ref(unnamed)])).await;
    assert!(matches!(answer, Err(ApplyError::Engine(EngineError::Gone))), "{answer:?}");
    assert_eq!(it.row(&key, &head()).await, None);
}

/// "Refuses what comes later with `Unavailable`", all of it, and closes twice.
async fn closed(it: Subject) {
    let key = group("k");
    it.write(&key, head_is("x", vec![inline("body")])).await;
    it.engine().freeze(OTHER_SPACE, 1).await.unwrap();
    let blob = it.row(&key, &head()).await.unwrap().blobs[0];
    it.engine().close().await.unwrap();
    it.engine().close().await.unwrap();
    let (engine, range) = (it.engine(), RowRange::all(SPACE));
    let hint = SizeHint { length: None, purpose: Purpose::Movable };
    let answers = [
        ("begin", engine.begin(&key, hint).await.err()),
        ("read", engine.read(&blob, ByteSpan::whole(4)).await.err()),
        ("get", engine.get(&key, &row(Table::Heads, "")).await.err()),
        ("scan", engine.scan(Table::Heads, range, ScanLimit::rows(1)).await.err()),
        ("counters", engine.counters(SPACE).await.err()),
        ("drop_space", engine.drop_space(OTHER_SPACE).await.err()),
    ];
    for (call, answer) in answers {
        assert!(matches!(answer, Some(EngineError::Unavailable(_))), "{call}: {answer:?}");
    }
    for late in [engine.freeze(SPACE, 1).await, engine.thaw(OTHER_SPACE, 1).await] {
        let unavailable = matches!(late, Err(FreezeError::Engine(EngineError::Unavailable(_))));
        assert!(unavailable, "{late:?}");
    }
    let late = it.apply(&key, head_is("y", vec![])).await;
    assert!(matches!(late, Err(ApplyError::Engine(EngineError::Unavailable(_)))), "{late:?}");
    engine.discard(blob);
    engine.status();
}
