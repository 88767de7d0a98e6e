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
use engine::{EngineError, RowKey};
use tokio::sync::oneshot;

use crate::commit::Request;
use crate::judge::Moving;
use crate::log::{self, SEGMENT_HEADER_BYTES};
use crate::place::{Place, Stored};
use crate::record;
use crate::recover::Window;
use crate::shared::Shared;
use crate::{crc, unavailable};

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
    empty(shared, number, &*file).await?;
    if shared.segments.uses().get(&number).is_some_and(|it| it.live > 0) {
        tracing::warn!(segment = log::name(number), "can't be emptied; onggi fsck says more");
        stuck.0.insert(number);
    }
    Ok(true)
}

async fn empty(shared: &Shared, number: u64, file: &dyn File) -> Result<(), EngineError> {
    let mut window = Window::new(file).map_err(unavailable)?;
    let mut at = SEGMENT_HEADER_BYTES;
    let mut moves = Vec::new();
    while let Some((found, header)) = window.next_record(number, at).map_err(unavailable)? {
        for key in keys_at(&mut window, number, found)? {
            if let Some(moving) = to_move(shared, number, &mut window, key)? {
                moves.push(moving);
            }
        }
        at = found + header.stride();
        if moves.len() >= MOVES_AT_ONCE {
            make(shared, std::mem::take(&mut moves)).await?;
        }
    }
    make(shared, moves).await
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
fn to_move(
    shared: &Shared,
    number: u64,
    window: &mut Window<'_>,
    key: Bytes,
) -> Result<Option<Moving>, EngineError> {
    let Some(expected) = shared.view().get(&key)? else { return Ok(None) };
    let Some(bodies) = bodies_in(number, window, &expected)? else {
        tracing::error!(segment = log::name(number), key = %name_of(&key), "a body is damaged");
        return Ok(None);
    };
    let concerns = expected.home == number || !bodies.is_empty();
    Ok(concerns.then_some(Moving { key, expected, bodies }))
}

/// A row's bodies in this segment, checked; none if one is damaged.
fn bodies_in(
    number: u64,
    window: &mut Window<'_>,
    stored: &Stored,
) -> Result<Option<Vec<(usize, Bytes)>>, EngineError> {
    let mut bodies = Vec::new();
    for (at_row, blob) in stored.row.blobs.iter().enumerate() {
        let Some(Place::Log { segment, at, crc: wanted }) = Place::of(blob) else { continue };
        if segment != number {
            continue;
        }
        let body = window.get(at, blob.length as usize).map_err(unavailable)?;
        match body.filter(|it| crc(it) == wanted) {
            Some(body) => bodies.push((at_row, Bytes::copy_from_slice(body))),
            None => return Ok(None),
        }
    }
    Ok(Some(bodies))
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
