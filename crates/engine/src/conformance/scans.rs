//! Scans: the order, where they begin, where they end.

use bytes::Bytes;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, deletion, group, head, head_is, inline, put, row,
};
use super::{Case, case};
use crate::{Change, Cursor, Entry, Group, RowKey, RowRange, ScanLimit, Space, Table};

pub(super) const CASES: &[Case] = &[
    case("a scan gives the rows of its range in order, from any cursor", |it| {
        Box::pin(every_range(it))
    }),
    case("local rows are ordered by their sub-keys", |it| Box::pin(local(it))),
    case("pages of any size make the whole", |it| Box::pin(pages(it))),
    case("a page ends by its bytes too", |it| Box::pin(bytes(it))),
    case("rows may come and go between pages", |it| Box::pin(between_pages(it))),
    case("a scan gives a row with all that it holds", |it| Box::pin(with_blobs(it))),
    case("a scan stays in its table and space", |it| Box::pin(apart(it))),
    case("deleted rows are skipped", |it| Box::pin(deleted(it))),
];

/// Every byte that an encoding might trip over, alone and behind others.
const TRICKY: [&[u8]; 14] = [
    b"",
    b"\x00",
    b"\x00\x00",
    b"\x01",
    b"\x01\x01",
    b"\x02",
    b"a",
    b"a\x00",
    b"a\x01",
    b"a/",
    b"a/b",
    b"a0",
    b"\xff",
    b"\xff\xff",
];

/// What a cursor means, without any encoding.
fn is_from(from: &Cursor, first: &[u8], second: &[u8]) -> bool {
    match from {
        Cursor::Start => true,
        Cursor::At(at) => first >= &at[..],
        Cursor::AfterFirst(after) => first > &after[..],
        Cursor::AfterPrefix(prefix) => first > &prefix[..] && !first.starts_with(prefix),
        Cursor::After { first: f, second: s } => (first, second) > (&f[..], &s[..]),
    }
}

/// The two parts that order a row's table.
fn parts(entry: &Entry) -> (&[u8], &[u8]) {
    match entry.key.table {
        Table::Local => (&entry.key.sub, &entry.group.name),
        _ => (&entry.group.name, &entry.key.sub),
    }
}

/// Each prefix with each cursor, in a table of either order.
async fn every_range(it: Subject) {
    let seconds: [&[u8]; 3] = [b"\xff", b"", b"\x00"];
    let pairs: Vec<_> = TRICKY.into_iter().rev().flat_map(|a| seconds.map(|b| (a, b))).collect();
    for table in [Table::Uploads, Table::Local] {
        for (first, second) in &pairs {
            let (name, sub) = if table == Table::Local { (second, first) } else { (first, second) };
            let put = vec![put(RowKey::new(table, *sub), "x", vec![])];
            it.write(&Group::new(SPACE, *name), Change { put, ..Change::default() }).await;
        }
    }
    let mut sorted = pairs.clone();
    sorted.sort();
    let mut cursors = vec![Cursor::Start];
    for first in TRICKY.map(Bytes::from_static) {
        cursors.push(Cursor::At(first.clone()));
        cursors.push(Cursor::AfterFirst(first.clone()));
        cursors.push(Cursor::AfterPrefix(first.clone()));
        cursors.push(Cursor::After { first, second: Bytes::new() });
    }
    for (table, prefix) in [Table::Uploads, Table::Local].into_iter().flat_map(with_prefixes) {
        for from in &cursors {
            let range = RowRange { space: SPACE, prefix: prefix.into(), from: from.clone() };
            let found = it.scan(table, range, ScanLimit::rows(100)).await;
            let found: Vec<_> = found.iter().map(parts).collect();
            let wanted = |(first, second): &&(&'static [u8], &'static [u8])| {
                first.starts_with(prefix) && is_from(from, first, second)
            };
            let wanted: Vec<_> = sorted.iter().filter(wanted).copied().collect();
            assert_eq!(found, wanted, "{table:?} {prefix:?} {from:?}");
        }
    }
}

fn with_prefixes(table: Table) -> impl Iterator<Item = (Table, &'static [u8])> {
    TRICKY.into_iter().map(move |prefix| (table, prefix))
}

/// "In their own order": of several groups, by sub-key and then by name.
async fn local(it: Subject) {
    for (name, sub) in [("z", "1"), ("a", "3"), ("m", "2"), ("b", "2")] {
        let note = put(row(Table::Local, sub), name, vec![]);
        it.write(&group(name), Change { put: vec![note], ..Change::default() }).await;
    }
    let values = |prefix: &'static str, from| {
        let range = RowRange { space: SPACE, prefix: prefix.into(), from };
        let scan = it.scan(Table::Local, range, ScanLimit::rows(1));
        async { scan.await.into_iter().map(|it| it.row.value).collect::<Vec<_>>() }
    };
    assert_eq!(values("", Cursor::Start).await, ["z", "b", "m", "a"]);
    assert_eq!(values("2", Cursor::Start).await, ["b", "m"]);
    assert_eq!(values("", Cursor::AfterFirst("2".into())).await, ["a"]);
    let after_b = Cursor::After { first: "2".into(), second: "b".into() };
    assert_eq!(values("", after_b).await, ["m", "a"]);
}

/// `ScanLimit::rows`, down to nothing; "at least one row is returned if there is one"; `next` is
/// none at the end, and [`Entry::after`] is a cursor behind its row.
async fn pages(it: Subject) {
    for number in 0..12 {
        it.write(&group(&format!("{number:02}")), head_is(number, vec![])).await;
    }
    let all = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(100)).await;
    assert_eq!(all.len(), 12);
    for rows in 0..=13 {
        let paged = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(rows)).await;
        assert_eq!(values(&paged), values(&all), "pages of {rows}");
    }
    for (index, entry) in all.iter().enumerate() {
        let range = RowRange { from: entry.after(), ..RowRange::all(SPACE) };
        let rest = it.scan(Table::Heads, range, ScanLimit::rows(100)).await;
        assert_eq!(values(&rest), values(&all[index + 1..]));
    }
    for range in
        [RowRange::all(OTHER_SPACE), RowRange { prefix: "1x".into(), ..RowRange::all(SPACE) }]
    {
        let page = it.engine().scan(Table::Heads, range, ScanLimit::rows(5)).await.unwrap();
        assert_eq!((page.entries, page.next), (vec![], None));
    }
}

fn values(entries: &[Entry]) -> Vec<&Bytes> {
    entries.iter().map(|it| &it.row.value).collect()
}

/// `ScanLimit::bytes`: the row that fills a page is its last.
async fn bytes(it: Subject) {
    for number in 0..6 {
        let value = number.to_string().repeat(1000);
        it.write(&group(&number.to_string()), head_is(value, vec![])).await;
    }
    for (bytes, rows_max) in [(0, 1), (1, 1), (1000, 1), (2500, 3), (10_000, 6)] {
        let limit = ScanLimit { rows: 100, bytes };
        let (mut range, mut seen) = (RowRange::all(SPACE), 0);
        loop {
            let page = it.engine().scan(Table::Heads, range.clone(), limit).await.unwrap();
            assert!((1..=rows_max).contains(&page.entries.len()), "{bytes} bytes");
            seen += page.entries.len();
            let Some(next) = page.next else { break };
            range.from = next;
        }
        assert_eq!(seen, 6, "{bytes} bytes");
    }
}

/// A cursor is a place, not a row: the row that it stands behind may be gone.
async fn between_pages(it: Subject) {
    for name in ["b", "d", "f", "h"] {
        it.write(&group(name), head_is(name, vec![])).await;
    }
    let range = RowRange::all(SPACE);
    let page = it.engine().scan(Table::Heads, range.clone(), ScanLimit::rows(1)).await.unwrap();
    assert_eq!(values(&page.entries), ["b"]);
    it.write(&group("b"), deletion(vec![head()])).await;
    it.write(&group("d"), deletion(vec![head()])).await;
    for name in ["a", "bb", "e", "i"] {
        it.write(&group(name), head_is(name, vec![])).await;
    }
    let range = RowRange { from: page.next.expect("there is more"), ..range };
    let rest = it.scan(Table::Heads, range, ScanLimit::rows(2)).await;
    assert_eq!(values(&rest), ["bb", "e", "f", "h", "i"]);
}

/// The same row as a `get` gives.
async fn with_blobs(it: Subject) {
    let group = group("k");
    it.write(&group, head_is("value", vec![inline("one"), inline("two")])).await;
    loop {
        let found = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(9)).await;
        let row = it.row(&group, &head()).await.unwrap();
        assert_eq!((found.len(), &found[0].group, &found[0].key), (1, &group, &head()));
        assert_eq!(found[0].row.value, row.value);
        // Bodies may have moved in between.
        if found[0].row == row {
            return;
        }
    }
}

/// Neighbours in number aren't neighbours in a scan.
async fn apart(it: Subject) {
    let spaces = [0, 1, 7, 8, 0x700, u64::MAX].map(Space);
    for (space, table) in spaces.into_iter().flat_map(|it| Table::ALL.map(|table| (it, table))) {
        let put = vec![put(row(table, "1"), format!("{space:?} {table:?}"), vec![])];
        it.write(&Group::new(space, "k"), Change { put, ..Change::default() }).await;
    }
    for (space, table) in spaces.into_iter().flat_map(|it| Table::ALL.map(|table| (it, table))) {
        let found = it.scan(table, RowRange::all(space), ScanLimit::rows(1)).await;
        assert_eq!(values(&found), [format!("{space:?} {table:?}").as_str()]);
    }
}

/// A deleted row isn't met, a row put again is.
async fn deleted(it: Subject) {
    for number in 0..300 {
        it.write(&group(&format!("{number:03}")), head_is(number, vec![])).await;
    }
    for number in (0..300).filter(|it| it % 100 != 50) {
        it.write(&group(&format!("{number:03}")), deletion(vec![head()])).await;
    }
    it.write(&group("200"), head_is("again", vec![])).await;
    let found = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(2)).await;
    assert_eq!(values(&found), ["50", "150", "again", "250"]);
}
