//! Rows in order: every partition of the space is asked for its next few, and the answers are merged.

use std::sync::Arc;

use bytes::Bytes;
use engine::{EngineError, Entry, Group, Page, Row, RowKey, RowRange, ScanLimit, Space, Table};
use futures_util::future::join_all;

use crate::layout::{Partition, bounds, decode_row, row_key, row_of_key};
use crate::librados::{Look, Seen};
use crate::shared::{Shared, unreadable};

/// Rows that a partition gives at once, at most: an OSD ends an answer there.
const ROWS_MAX: usize = 1000;

/// Rows of all partitions together that cost little more than one: most of a call is its way there.
pub(crate) const ROWS_PER_CALL: usize = 256;

/// One row.
pub(crate) async fn get(
    shared: &Arc<Shared>,
    group: &Group,
    row: &RowKey,
) -> Result<Option<Row>, EngineError> {
    shared.is_open()?;
    let object = Partition::of(group, shared.partitions).object();
    let look = Look { rows: vec![row_key(group, row)], ..Look::default() };
    let Some(seen) = shared.found(shared.index.look(&object, look).await)? else {
        return Ok(None);
    };
    let value = seen.rows.first().map(|(_, value)| value);
    value.map(|it| decode_row(it).ok_or_else(|| unreadable("a row"))).transpose()
}

/// How many rows each partition is asked for: its share and a half, since shares differ.
fn share(rows: usize, partitions: u8) -> usize {
    let share = rows / usize::from(partitions);
    (share + share / 2 + 4).clamp(1, ROWS_MAX.min(rows.max(1)))
}

/// A page of rows.
pub(crate) async fn scan(
    shared: &Arc<Shared>,
    table: Table,
    range: &RowRange,
    limit: ScanLimit,
) -> Result<Page, EngineError> {
    shared.is_open()?;
    let bounds = bounds(table, range);
    let most = share(limit.rows, shared.partitions) as u64;
    let looks = Partition::all(range.space, shared.partitions).map(|partition| {
        let look = Look {
            list: Some((bounds.after.clone(), bounds.prefix.clone(), most)),
            ..Look::default()
        };
        async move { shared.found(shared.index.look(&partition.object(), look).await) }
    });
    let mut seen = Vec::new();
    for answer in join_all(looks).await {
        seen.extend(answer?);
    }
    merged(range.space, seen, limit)
}

/// The rows that are certainly next: up to the least of the last keys of those that have more.
fn merged(space: Space, seen: Vec<Seen>, limit: ScanLimit) -> Result<Page, EngineError> {
    if seen.iter().any(|it| it.more && it.listed.is_empty()) {
        return Err(EngineError::Slow("a partition gave nothing and has more".into()));
    }
    let with_more = seen.iter().filter(|it| it.more);
    let certain: Option<Bytes> =
        with_more.map(|it| it.listed.last().map(|(key, _)| key.clone()).unwrap_or_default()).min();
    let mut rows: Vec<(Bytes, Bytes)> = seen.into_iter().flat_map(|it| it.listed).collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let (mut page, mut bytes) = (Page::default(), 0);
    for (key, value) in rows {
        let is_full = page.entries.len() >= limit.rows || bytes >= limit.bytes;
        let is_uncertain = certain.as_ref().is_some_and(|it| key > *it);
        if (is_full && !page.entries.is_empty()) || is_uncertain {
            page.next = page.entries.last().map(Entry::after);
            return Ok(page);
        }
        let (group, row) = row_of_key(space, &key).ok_or_else(|| unreadable("a row's key"))?;
        let found = decode_row(&value).ok_or_else(|| unreadable("a row"))?;
        bytes += key.len() + found.value.len();
        page.entries.push(Entry { group, key: row, row: found });
    }
    if certain.is_some() {
        page.next = page.entries.last().map(Entry::after);
    }
    Ok(page)
}
