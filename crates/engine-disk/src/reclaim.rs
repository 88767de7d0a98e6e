//! Giving back the space of segments that are mostly dead: what lives in them is written again.
//!
//! Moving a row is a change like any other: it expects the row to be what it was, and a crash leaves
//! it in one place or the other. The segment is given up when nothing in it lives any more, and
//! whoever still reads from it keeps its file as it is.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use engine::io::File;
use engine::{Cursor, EngineError, Group, RowKey, RowRange, Table};
use tokio::sync::oneshot;

use crate::commit::Request;
use crate::judge::Moving;
use crate::log::{self, SEGMENT_HEADER_BYTES};
use crate::place::{Place, Stored};
use crate::record;
use crate::recover::Window;
use crate::shared::Shared;
use crate::unavailable;
use crate::view::{Scan, Step};

/// Rows that are moved at once: they share a sync.
const MOVES_AT_ONCE: usize = 64;

/// Segments that can't be emptied because something in them is damaged.
#[derive(Default)]
pub(crate) struct Stuck(HashSet<u64>);

/// Empties the segment of which the least part lives, if that is under half. False if there is none.
pub(crate) async fn rewrite_one(shared: &Shared, stuck: &mut Stuck) -> Result<bool, EngineError> {
    let below = shared.replay_from.load(Ordering::Acquire);
    let uses = shared.segments.uses();
    let sparse = uses
        .range(..below)
        .filter(|(number, it)| it.live > 0 && it.live < it.used / 2 && !stuck.0.contains(number));
    // By what has to be written for what is won.
    let least = sparse.min_by_key(|(_, it)| it.live * 1000 / it.used);
    let Some((number, file)) = least.and_then(|(it, _)| Some((*it, shared.segments.file(*it)?)))
    else {
        return Ok(false);
    };
    let lives = || shared.segments.uses().get(&number).is_some_and(|it| it.live > 0);
    empty(shared, number, file.file(), Look::AtOwn).await?;
    if lives() {
        empty(shared, number, file.file(), Look::AtGroup).await?;
    }
    if lives() {
        tracing::warn!(segment = log::name(number), "can't be emptied; onggi fsck says more");
        stuck.0.insert(number);
    }
    Ok(true)
}

/// Where the rows are looked for that own what a segment holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// At the rows that its records write.
    AtOwn,
    /// At all rows of their groups: one may have taken a body over from another.
    AtGroup,
}

async fn empty(
    shared: &Shared,
    number: u64,
    file: &dyn File,
    look: Look,
) -> Result<(), EngineError> {
    let mut window = Window::new(file).map_err(unavailable)?;
    let mut at = SEGMENT_HEADER_BYTES;
    let mut moves = Vec::new();
    let mut seen = HashSet::new();
    while let Some((found, header)) = window.next_record(number, at).map_err(unavailable)? {
        let mut keys = keys_at(&mut window, number, found)?;
        if look == Look::AtGroup {
            keys = group_keys(shared, number, &keys, &mut seen)?;
        }
        for key in keys {
            if let Some(moving) = to_move(shared, number, key).await? {
                moves.push(moving);
            }
            if moves.len() >= MOVES_AT_ONCE {
                make(shared, std::mem::take(&mut moves)).await?;
            }
        }
        at = found + header.stride();
    }
    make(shared, moves).await
}

/// The rows of these rows' groups that have a body in a segment; of each group only once. Notes in
/// [`Table::Local`] are in another order, and own no bodies.
fn group_keys(
    shared: &Shared,
    number: u64,
    keys: &[Bytes],
    seen: &mut HashSet<Group>,
) -> Result<Vec<Bytes>, EngineError> {
    let groups = keys.iter().filter_map(|it| RowKey::decode(it).ok()).map(|(group, _)| group);
    let new: Vec<Group> = groups.filter(|it| seen.insert(it.clone())).collect();
    let view = shared.view();
    let mut found = Vec::new();
    for (group, table) in new.iter().flat_map(|it| Table::ALL.map(|table| (it, table))) {
        let bound = |from| RowRange { from, ..RowRange::all(group.space) }.bounds(table).0;
        let start = bound(Cursor::At(group.name.clone()));
        let end = bound(Cursor::AfterFirst(group.name.clone()));
        let mut scan = Scan::new(&view, &shared.gaps, start, end);
        loop {
            match scan.step()? {
                Step::End => break,
                Step::Rest => {}
                Step::Row(key, stored) if has_body_in(number, &stored) => found.push(key),
                Step::Row(..) => {}
            }
        }
    }
    Ok(found)
}

fn has_body_in(number: u64, stored: &Stored) -> bool {
    let mut places = stored.row.blobs.iter().filter_map(Place::of);
    places.any(|it| matches!(it, Place::Log { segment, .. } if segment == number))
}

/// The rows that a record writes.
fn keys_at(window: &mut Window<'_>, number: u64, at: u64) -> Result<Vec<Bytes>, EngineError> {
    let Some((_, body)) = window.record(number, at).map_err(unavailable)? else {
        return Ok(vec![]);
    };
    let rows = record::effect(body).map_or(vec![], |it| it.rows);
    Ok(rows.into_iter().filter_map(|(key, row)| row.map(|_| key)).collect())
}

/// What moves with a row, if something of it is in this segment.
async fn to_move(shared: &Shared, number: u64, key: Bytes) -> Result<Option<Moving>, EngineError> {
    let Some(expected) = shared.view().get(&key)? else { return Ok(None) };
    let has_body = has_body_in(number, &expected);
    if expected.home != number && !has_body {
        return Ok(None);
    }
    let bodies = if has_body { bodies_of(shared, &expected).await } else { Ok(vec![]) };
    match bodies {
        Ok(bodies) => Ok(Some(Moving { key, expected, bodies })),
        // It has changed meanwhile.
        Err(EngineError::Gone) => Ok(None),
        // It stays where it is, and so does its segment; the others want to be given back.
        Err(error) => {
            shared.is_open()?;
            tracing::error!(%error, key = %name_of(&key), "a body is damaged");
            Ok(None)
        }
    }
}

/// All bodies of a row in the log. They move together: if one stayed behind, moving it would take the
/// row away from the others, and leave their segment sparse again.
async fn bodies_of(shared: &Shared, stored: &Stored) -> Result<Vec<(usize, Bytes)>, EngineError> {
    let mut bodies = Vec::new();
    for (at_row, blob) in stored.row.blobs.iter().enumerate() {
        if let Some(Place::Log { segment, at, crc }) = Place::of(blob) {
            let body = shared.read_log(segment, at, blob.length as usize, crc).await?;
            bodies.push((at_row, body));
        }
    }
    Ok(bodies)
}

async fn make(shared: &Shared, moves: Vec<Moving>) -> Result<(), EngineError> {
    let mut answers = Vec::with_capacity(moves.len());
    for moving in moves {
        let bytes: usize = moving.bodies.iter().map(|(_, it)| it.len()).sum();
        shared.moved_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        let sent = shared.requests.send(Request::Move(moving, answer)).await;
        sent.map_err(|_| unavailable("closed"))?;
        answers.push(answered);
    }
    for answered in answers {
        answered.await.map_err(|_| unavailable("closed"))??;
    }
    Ok(())
}

/// A row's group, for people.
pub(crate) fn name_of(key: &[u8]) -> Arc<str> {
    match RowKey::decode(key) {
        Ok((group, _)) => {
            format!("{:016x}/{}", group.space.0, String::from_utf8_lossy(&group.name)).into()
        }
        Err(_) => "?".into(),
    }
}
