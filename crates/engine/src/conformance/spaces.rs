//! Spaces: their counters, freezing and dropping them, watching them.

use std::collections::BTreeSet;

use types::ByteSpan;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, absent, deletion, delta, group, head, head_is, inline, pattern,
    poll_and_drop, put, row,
};
use super::{Case, case};
use crate::{
    ApplyError, Change, ChangeEvent, CounterId, FreezeError, Group, NewBlob, Purpose, RowRange,
    ScanLimit, Space, Table,
};

pub(super) const CASES: &[Case] = &[
    case("counters add up, by space", |it| Box::pin(add_up(it))),
    case("a change that failed counts nothing", |it| Box::pin(failed_counts_nothing(it))),
    case("a frozen space takes no change and can be read", |it| Box::pin(frozen(it))),
    case("a freeze is the only thing that a frozen space minds", |it| Box::pin(freeze_first(it))),
    case("an attempt that was overtaken can't freeze or thaw", |it| Box::pin(overtaken(it))),
    case("dropping a space removes all of it and nothing else", |it| Box::pin(dropped(it))),
    case("a drop that was cut off goes on", |it| Box::pin(drop_cut_off(it))),
    case("an open reader outlives its space", |it| Box::pin(reader_outlives(it))),
    case("a watcher hears of every change in its space", |it| Box::pin(watched(it))),
];

/// "Added to the counters of the group's space"; "those never touched are absent".
async fn add_up(it: Subject) {
    let counted = |count| Change { count, ..Change::default() };
    it.write(&group("a"), counted(vec![delta(1, 5), delta(255, i64::MAX)])).await;
    it.write(&group("b"), counted(vec![delta(1, -7), delta(0, 3), delta(0, 4)])).await;
    it.write(&Group::new(OTHER_SPACE, "a"), counted(vec![delta(1, 100)])).await;
    it.write(&Group::new(Space::SYSTEM, "a"), counted(vec![delta(9, 1)])).await;
    let mut mine = it.engine().counters(SPACE).await.unwrap();
    mine.sort();
    assert_eq!(mine, [(0, 7), (1, -2), (255, i64::MAX)].map(|(id, sum)| (CounterId(id), sum)));
    assert_eq!(it.engine().counters(OTHER_SPACE).await.unwrap(), [(CounterId(1), 100)]);
    assert_eq!(it.engine().counters(Space::SYSTEM).await.unwrap(), [(CounterId(9), 1)]);
    assert_eq!(it.engine().counters(Space(99)).await.unwrap(), []);
}

/// "A change's deltas take effect exactly when its rows do."
async fn failed_counts_nothing(it: Subject) {
    let count = || vec![delta(1, 1)];
    it.write(&group("k"), Change { count: count(), ..head_is("a", vec![]) }).await;
    let change = Change { expect: vec![absent(head())], count: count(), ..Change::default() };
    assert!(matches!(it.apply(&group("k"), change).await, Err(ApplyError::Mismatch(_))));
    it.engine().freeze(SPACE, 1).await.unwrap();
    let change = Change { count: count(), ..Change::default() };
    assert!(matches!(it.apply(&group("k"), change).await, Err(ApplyError::Frozen)));
    assert_eq!(it.counter(SPACE, 1).await, 1);
}

/// `freeze`, `thaw`, both twice, and what they leave alone.
async fn frozen(it: Subject) {
    let (mine, other) = (group("k"), Group::new(OTHER_SPACE, "k"));
    it.write(&mine, head_is("a", vec![inline("body")])).await;
    it.engine().thaw(SPACE, 1).await.unwrap();
    for _ in 0..2 {
        it.engine().freeze(SPACE, 2).await.unwrap();
        for change in [head_is("b", vec![]), deletion(vec![head()]), Change::default()] {
            let answer = it.apply(&mine, change).await;
            assert!(matches!(answer, Err(ApplyError::Frozen)), "{answer:?}");
        }
        assert_eq!(it.body(&mine, &head(), 0).await.unwrap().1, "body");
        assert_eq!(it.names(Table::Heads, SPACE).await, ["k"]);
        it.write(&other, head_is("c", vec![])).await;
    }
    for _ in 0..2 {
        it.engine().thaw(SPACE, 2).await.unwrap();
        it.write(&mine, head_is("d", vec![])).await;
    }
}

/// "An attempt that comes behind a greater one is `Superseded`; so is a freeze behind the thaw of
/// its own epoch." What it would have done doesn't happen.
async fn overtaken(it: Subject) {
    let key = group("k");
    let frozen = async |it: &Subject| match it.apply(&key, Change::default()).await {
        Ok(_) => false,
        Err(ApplyError::Frozen) => true,
        Err(error) => panic!("{error}"),
    };
    let refused = |done: Result<(), FreezeError>| {
        assert!(matches!(done, Err(FreezeError::Superseded)), "{done:?}");
    };
    it.engine().freeze(SPACE, 3).await.unwrap();
    refused(it.engine().thaw(SPACE, 2).await);
    refused(it.engine().freeze(SPACE, 2).await);
    assert!(frozen(&it).await);
    it.engine().freeze(SPACE, 5).await.unwrap();
    refused(it.engine().thaw(SPACE, 3).await);
    assert!(frozen(&it).await);
    it.engine().thaw(SPACE, 5).await.unwrap();
    for late in [1, 3, 5] {
        refused(it.engine().freeze(SPACE, late).await);
    }
    assert!(!frozen(&it).await);
    it.engine().thaw(SPACE, 9).await.unwrap();
    refused(it.engine().freeze(SPACE, 6).await);
    assert!(!frozen(&it).await);
    let Some(it) = it.reopened().await else { return };
    refused(it.engine().freeze(SPACE, 9).await);
    it.engine().freeze(SPACE, 10).await.unwrap();
    assert!(frozen(&it).await);
}

/// `Frozen` comes before a mismatch: the caller must not read rows of a bucket that is going.
async fn freeze_first(it: Subject) {
    it.write(&group("k"), head_is("a", vec![])).await;
    it.engine().freeze(SPACE, 1).await.unwrap();
    let change = Change { expect: vec![absent(head())], ..Change::default() };
    let answer = it.apply(&group("k"), change).await;
    assert!(matches!(answer, Err(ApplyError::Frozen)), "{answer:?}");
}

/// Rows with bodies in every table of a space, and a count of them.
async fn fill(it: &Subject, space: Space, groups: usize) {
    for number in 0..groups {
        let rows = Table::ALL.map(|table| put(row(table, "1"), number, vec![inline(number)]));
        let change = Change { put: rows.into(), count: vec![delta(1, 1)], ..Change::default() };
        it.write(&Group::new(space, number.to_string()), change).await;
    }
}

async fn assert_empty(it: &Subject, space: Space) {
    for table in Table::ALL {
        let page = it.engine().scan(table, RowRange::all(space), ScanLimit::rows(1)).await.unwrap();
        assert_eq!((page.entries, page.next), (vec![], None), "{table:?}");
    }
    assert_eq!(it.engine().counters(space).await.unwrap(), []);
}

/// "Removes all rows, blobs and counters of a frozen space, which stays frozen for good."
async fn dropped(it: Subject) {
    fill(&it, SPACE, 60).await;
    fill(&it, OTHER_SPACE, 3).await;
    let big = it.seal(&group("big"), &pattern(300_000), Purpose::Fixed).await;
    it.write(&group("big"), head_is("x", vec![NewBlob::Ref(big)])).await;
    it.engine().freeze(SPACE, 1).await.unwrap();
    let small = it.row(&group("0"), &row(Table::Heads, "1")).await.unwrap().blobs[0];
    for _ in 0..2 {
        it.engine().drop_space(SPACE).await.unwrap();
        assert_empty(&it, SPACE).await;
        it.is_gone_or(&big, &pattern(300_000)).await;
        it.is_gone_or(&small, b"0").await;
        assert_eq!(it.row(&group("0"), &row(Table::Heads, "1")).await, None);
        let late = it.apply(&group("late"), head_is("x", vec![])).await;
        assert!(matches!(late, Err(ApplyError::Frozen)), "{late:?}");
    }
    assert_eq!(it.names(Table::Parts, OTHER_SPACE).await, ["0", "1", "2"]);
    assert_eq!(it.counter(OTHER_SPACE, 1).await, 3);
    let kept = Group::new(OTHER_SPACE, "2");
    assert_eq!(it.body(&kept, &row(Table::Heads, "1"), 0).await.unwrap().1, "2");
}

/// "May take long and be cut off; then call it again."
async fn drop_cut_off(it: Subject) {
    fill(&it, SPACE, 60).await;
    it.engine().freeze(SPACE, 1).await.unwrap();
    for polls in 1..4 {
        poll_and_drop(it.engine().drop_space(SPACE), polls).await;
        let late = it.apply(&group("late"), head_is("x", vec![])).await;
        assert!(matches!(late, Err(ApplyError::Frozen)), "{late:?}");
    }
    it.engine().drop_space(SPACE).await.unwrap();
    assert_empty(&it, SPACE).await;
}

/// "An open reader keeps its bytes whatever happens to the row."
async fn reader_outlives(it: Subject) {
    let bytes = pattern(400_000);
    let blob = it.seal(&group("k"), &bytes, Purpose::Fixed).await;
    it.write(&group("k"), head_is("x", vec![NewBlob::Ref(blob)])).await;
    let mut reader = it.engine().read(&blob, ByteSpan::whole(400_000)).await.unwrap();
    it.engine().freeze(SPACE, 1).await.unwrap();
    it.engine().drop_space(SPACE).await.unwrap();
    it.seal(&Group::new(OTHER_SPACE, "k"), &pattern(900_000), Purpose::Fixed).await;
    let mut all = Vec::new();
    while let Some(piece) = reader.next().await.unwrap() {
        all.extend_from_slice(&piece);
    }
    assert!(all == bytes);
}

/// "The groups of a space that change from now on", or `Lost`; after the end, `Closed` for ever.
async fn watched(it: Subject) {
    it.write(&group("before"), head_is("x", vec![])).await;
    let mut feeds = [it.engine().watch(SPACE), it.engine().watch(SPACE)];
    it.write(&Group::new(OTHER_SPACE, "elsewhere"), head_is("x", vec![])).await;
    for name in ["a", "b", "c"] {
        it.write(&group(name), head_is("x", vec![])).await;
    }
    it.write(&group("a"), deletion(vec![head()])).await;
    it.engine().close().await.unwrap();
    for feed in &mut feeds {
        let (mut heard, mut lost) = (BTreeSet::new(), false);
        loop {
            match feed.next().await {
                ChangeEvent::Changed(group) => drop(heard.insert(group)),
                ChangeEvent::Lost => lost = true,
                ChangeEvent::Closed => break,
            }
        }
        let wanted = ["a", "b", "c"].map(group).into();
        assert!(heard.is_subset(&wanted), "not changed since: {heard:?}");
        assert!(lost || heard == wanted, "heard only of {heard:?}");
        assert_eq!(feed.next().await, ChangeEvent::Closed);
    }
    assert_eq!(it.engine().watch(SPACE).next().await, ChangeEvent::Closed);
}
