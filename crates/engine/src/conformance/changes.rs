//! Changes: whole, as expected, and no further than their group.

use bytes::Bytes;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, absent, deletion, delta, exactly, group, head, head_is, inline,
    put, row,
};
use super::{Case, case};
use crate::{
    ApplyError, Blobs, Change, Group, Mismatch, NewBlob, PutRow, Row, RowKey, Space, Table,
};

pub(super) const CASES: &[Case] = &[
    case("a change puts and deletes rows of several tables at once", |it| Box::pin(whole(it))),
    case("one failed expectation and nothing changes", |it| Box::pin(nothing_changes(it))),
    case("a mismatch returns every expected row as it is", |it| Box::pin(mismatch_returns(it))),
    case("a row is expected exactly, its blobs included", |it| Box::pin(exact(it))),
    case("a mismatch of one row is judged before a blob is missed", |it| Box::pin(order(it))),
    case("deleting what is absent is nothing", |it| Box::pin(delete_absent(it))),
    case("the stamps of a group grow", |it| Box::pin(stamps_grow(it))),
    case("groups, sub-keys, tables and spaces are apart", |it| Box::pin(apart(it))),
    case("names, values and lists may be as long as allowed", |it| Box::pin(longest(it))),
    case("names and values may be empty", |it| Box::pin(empty(it))),
];

/// "Atomic per group": all rows of a change.
async fn whole(it: Subject) {
    let (group, rows) = (group("k"), Table::ALL.map(|table| row(table, "1")));
    let all = Change {
        expect: rows.iter().cloned().map(absent).collect(),
        put: rows.iter().map(|it| put(it.clone(), "a", vec![])).collect(),
        ..Change::default()
    };
    it.write(&group, all).await;
    for row in &rows {
        assert_eq!(it.value(&group, row).await.as_deref(), Some("a"), "{row:?}");
    }
    let (kept, deleted) = rows.split_at(3);
    let next = Change {
        put: kept.iter().map(|it| put(it.clone(), "b", vec![])).collect(),
        delete: deleted.to_vec(),
        ..Change::default()
    };
    it.write(&group, next).await;
    for row in &rows {
        let wanted = kept.contains(row).then_some("b");
        assert_eq!(it.value(&group, row).await.as_deref(), wanted, "{row:?}");
    }
}

/// "Atomic per group": or none of them. Neither rows nor counters.
async fn nothing_changes(it: Subject) {
    let (group, version) = (group("k"), row(Table::Versions, "1"));
    it.write(&group, head_is("old", vec![])).await;
    let found = it.row(&group, &head()).await.unwrap();
    let holds = exactly(head(), found);
    let fails = exactly(version.clone(), Row::default());
    for expect in [vec![holds.clone(), fails.clone()], vec![fails, holds]] {
        let change = Change {
            expect,
            put: vec![put(version.clone(), "new", vec![inline("body")])],
            delete: vec![head()],
            count: vec![delta(1, 5)],
        };
        let answer = it.apply(&group, change).await;
        assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
        assert_eq!(it.value(&group, &head()).await.as_deref(), Some("old"));
        assert_eq!(it.row(&group, &version).await, None);
        assert_eq!(it.counter(SPACE, 1).await, 0);
    }
}

/// "Here are all the rows that the change expected something of, as they are."
async fn mismatch_returns(it: Subject) {
    let (group, missing) = (group("k"), row(Table::Versions, "1"));
    it.write(&group, head_is("a", vec![])).await;
    let found = it.row(&group, &head()).await.unwrap();
    let change = Change {
        expect: vec![exactly(head(), found.clone()), exactly(missing.clone(), Row::default())],
        ..Change::default()
    };
    let Err(ApplyError::Mismatch(mut rows)) = it.apply(&group, change).await else {
        panic!("an absent row isn't an empty one");
    };
    rows.sort_by_key(|it| it.row.clone());
    let wanted =
        [Mismatch { row: head(), found: Some(found) }, Mismatch { row: missing, found: None }];
    assert_eq!(rows, wanted);
}

/// "Exactly this, its blobs included"; "Not there".
async fn exact(it: Subject) {
    let group = group("k");
    it.write(&group, head_is("a", vec![inline("one"), inline("two")])).await;
    let found = it.row(&group, &head()).await.unwrap();
    let swapped = found.blobs.iter().rev().copied().collect();
    for other in [
        Row { value: "b".into(), ..found.clone() },
        Row { value: Bytes::new(), ..found.clone() },
        Row { blobs: Blobs::new(), ..found.clone() },
        Row { blobs: found.blobs[..1].into(), ..found.clone() },
        Row { blobs: swapped, ..found.clone() },
    ] {
        let change = Change { expect: vec![exactly(head(), other)], ..head_is("x", vec![]) };
        let answer = it.apply(&group, change).await;
        assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
    }
    let change = Change { expect: vec![absent(head())], ..head_is("x", vec![]) };
    let answer = it.apply(&group, change).await;
    assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
    it.update(&group, &head(), |_| head_is("b", vec![])).await;
    assert_eq!(it.value(&group, &head()).await.as_deref(), Some("b"));
    it.update(&group, &head(), |_| deletion(vec![head()])).await;
    it.update(&group, &head(), |_| head_is("c", vec![])).await;
    assert_eq!(it.value(&group, &head()).await.as_deref(), Some("c"));
}

/// A change that fails in both ways is a mismatch: the caller then reads newer rows, not the same.
async fn order(it: Subject) {
    let group = group("k");
    it.write(&group, head_is("a", vec![inline("body")])).await;
    let (old, _) = it.body(&group, &head(), 0).await.unwrap();
    it.write(&group, head_is("b", vec![])).await;
    let kept = vec![NewBlob::Ref(old.blobs[0])];
    let change = Change { expect: vec![exactly(head(), old)], ..head_is("c", kept) };
    let answer = it.apply(&group, change).await;
    assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
}

/// "Deleting an absent row is nothing": the rest of the change happens.
async fn delete_absent(it: Subject) {
    let group = group("k");
    let change = Change {
        expect: vec![absent(head())],
        put: vec![put(row(Table::Versions, "1"), "a", vec![])],
        delete: vec![head(), row(Table::Parts, "9")],
        count: vec![delta(1, 1)],
    };
    it.write(&group, change).await;
    assert_eq!(it.value(&group, &row(Table::Versions, "1")).await.as_deref(), Some("a"));
    assert_eq!(it.counter(SPACE, 1).await, 1);
}

/// "Greater than every stamp of an earlier change of the same group", whatever the change does.
async fn stamps_grow(it: Subject) {
    let group = group("k");
    let mut last = None;
    for round in 0..20 {
        let change = match round % 4 {
            0 => head_is(round, vec![]),
            1 => deletion(vec![head()]),
            2 => Change { count: vec![delta(0, 1)], ..Change::default() },
            _ => Change::default(),
        };
        let stamp = it.write(&group, change).await;
        assert!(Some(stamp) > last, "round {round}");
        last = Some(stamp);
    }
}

/// No row is mistaken for another, however its names are cut.
async fn apart(it: Subject) {
    let names = ["", "a", "a\0", "a\u{1}", "a\u{1}\u{1}", "ab", "b"];
    let mut all = Vec::new();
    for space in [Space::SYSTEM, SPACE, OTHER_SPACE, Space(SPACE.0 << 8), Space(u64::MAX)] {
        for (name, sub) in names.iter().flat_map(|name| names.iter().map(move |sub| (name, sub))) {
            for table in [Table::Heads, Table::Local] {
                all.push((Group::new(space, *name), row(table, sub)));
            }
        }
    }
    for (number, (group, row)) in all.iter().enumerate() {
        let change = Change {
            expect: vec![absent(row.clone())],
            put: vec![put(row.clone(), number, vec![])],
            ..Change::default()
        };
        it.write(group, change).await;
    }
    for (number, (group, row)) in all.iter().enumerate() {
        assert_eq!(it.value(group, row).await, Some(number.to_string()), "{group:?} {row:?}");
    }
}

/// The limits in `Group`, `RowKey` and `Row`, all at once. Escaped bytes don't count twice.
async fn longest(it: Subject) {
    for byte in [0, 1, 255] {
        let group = Group::new(SPACE, vec![byte; Group::NAME_BYTES_MAX]);
        for table in [Table::Heads, Table::Local] {
            let row = RowKey::new(table, vec![byte; RowKey::SUB_BYTES_MAX]);
            let blobs = (0..Row::BLOBS_MAX).map(inline).collect();
            let value = Bytes::from(vec![byte; Row::VALUE_BYTES_MAX]);
            let put = vec![PutRow { row: row.clone(), value: value.clone(), blobs }];
            it.write(&group, Change { put, ..Change::default() }).await;
            for index in 0..Row::BLOBS_MAX {
                let (found, body) = it.body(&group, &row, index).await.unwrap();
                assert_eq!(body, index.to_string());
                assert!(found.value == value && found.blobs.len() == Row::BLOBS_MAX);
            }
            let names = it.names(table, SPACE).await;
            assert!(names.contains(&group.name));
        }
    }
}

/// Nothing is also a name and a value.
async fn empty(it: Subject) {
    let group = Group::new(SPACE, "");
    it.write(&group, head_is("", vec![])).await;
    assert_eq!(it.row(&group, &head()).await, Some(Row::default()));
    let change = Change { expect: vec![absent(head())], ..Change::default() };
    let answer = it.apply(&group, change).await;
    assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
    it.write(&group, deletion(vec![head()])).await;
    assert_eq!(it.row(&group, &head()).await, None);
}
