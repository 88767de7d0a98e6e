//! The caller's mistakes: found at once, by a panic, before anything happens.

use bytes::Bytes;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, absent, group, head, head_is, inline, pattern, put, row,
};
use super::{Case, case};
use crate::{Change, Group, NewBlob, Purpose, PutRow, Row, RowKey, SizeHint, Space, Table};

pub(super) const CASES: &[Case] = &[
    case("a change beyond a limit panics and changes nothing", |it| Box::pin(limits(it))),
    case("a change that names something twice panics and changes nothing", |it| {
        Box::pin(twice(it))
    }),
    case("freezing the system or dropping what isn't frozen panics", |it| Box::pin(spaces(it))),
    case("a writer given more than was announced panics", |it| Box::pin(too_much(it))),
];

/// Runs what must panic, and sees that the engine goes on.
async fn panics(it: &Subject, what: &str, mistake: impl Future<Output = ()> + Send + 'static) {
    let outcome = tokio::spawn(mistake).await;
    assert!(outcome.is_err_and(|it| it.is_panic()), "{what} isn't noticed");
    it.write(&group("good"), head_is(what, vec![])).await;
    assert_eq!(it.value(&group("good"), &head()).await.as_deref(), Some(what));
}

async fn apply_panics(it: &Subject, what: &str, key: &Group, change: Change) {
    let (subject, key) = (it.clone(), key.clone());
    panics(it, what, async move { drop(subject.apply(&key, change).await) }).await;
}

async fn limits(it: Subject) {
    let key = group("k");
    let inline_bytes = it.engine().inline_bytes_max() + 1;
    let long_row = RowKey::new(Table::Heads, vec![1; RowKey::SUB_BYTES_MAX + 1]);
    let long_value = PutRow {
        row: head(),
        value: Bytes::from(vec![1; Row::VALUE_BYTES_MAX + 1]),
        blobs: vec![],
    };
    let one = |put| Change { put: vec![put], ..Change::default() };
    for (what, change) in [
        ("a value of 64 KiB and 1", one(long_value)),
        ("17 blobs", head_is("x", (0..=Row::BLOBS_MAX).map(inline).collect())),
        ("a body too long", head_is("x", vec![NewBlob::Inline(pattern(inline_bytes))])),
        ("a sub-key of 2049", one(put(long_row.clone(), "x", vec![]))),
        ("a deleted one", Change { delete: vec![long_row.clone()], ..Change::default() }),
        ("an expected one", Change { expect: vec![absent(long_row)], ..head_is("x", vec![]) }),
    ] {
        apply_panics(&it, what, &key, change).await;
    }
    let long_name = Group::new(SPACE, vec![1; Group::NAME_BYTES_MAX + 1]);
    apply_panics(&it, "a name of 2049", &long_name, head_is("x", vec![])).await;
    assert_eq!(it.names(Table::Heads, SPACE).await, ["good"]);
}

async fn twice(it: Subject) {
    let key = group("k");
    let (head_row, version) = (put(head(), "x", vec![]), row(Table::Versions, "1"));
    let both = Change { put: vec![head_row.clone()], delete: vec![head()], ..Change::default() };
    let puts = Change { put: vec![head_row.clone(), head_row], ..Change::default() };
    let deletes = Change { delete: vec![head(), head()], ..Change::default() };
    let blob = NewBlob::Ref(it.seal(&key, &pattern(9), Purpose::Movable).await);
    let in_one = head_is("x", vec![blob.clone(), blob.clone()]);
    let in_two = Change {
        put: vec![put(head(), "x", vec![blob.clone()]), put(version, "x", vec![blob])],
        ..Change::default()
    };
    for (what, change) in [
        ("a row put and deleted", both),
        ("a row put twice", puts),
        ("a row deleted twice", deletes),
        ("a blob twice in a row", in_one),
        ("a blob in two rows", in_two),
    ] {
        apply_panics(&it, what, &key, change).await;
    }
    assert_eq!(it.names(Table::Heads, SPACE).await, ["good"]);
}

async fn spaces(it: Subject) {
    let subject = it.clone();
    let freeze = async move { drop(subject.engine().freeze(Space::SYSTEM, 1).await) };
    panics(&it, "freezing the system", freeze).await;
    it.write(&Group::new(OTHER_SPACE, "k"), head_is("x", vec![])).await;
    for space in [Space::SYSTEM, OTHER_SPACE] {
        let subject = it.clone();
        let drop_space = async move { drop(subject.engine().drop_space(space).await) };
        panics(&it, "dropping what isn't frozen", drop_space).await;
    }
    assert_eq!(it.names(Table::Heads, OTHER_SPACE).await, ["k"]);
}

async fn too_much(it: Subject) {
    for purpose in [Purpose::Movable, Purpose::Fixed] {
        let subject = it.clone();
        let write = async move {
            let hint = SizeHint { length: Some(100_000), purpose };
            let mut writer = subject.engine().begin(&group("k"), hint).await.unwrap();
            writer.write(pattern(99_999)).await.unwrap();
            drop(writer.write(pattern(2)).await);
        };
        panics(&it, "100,001 bytes of 100,000", write).await;
    }
}
