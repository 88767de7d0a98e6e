//! Random operations on an engine and on plain maps, which must agree.
//!
//! One caller at a time, so that there is one right answer to everything: races are for the cases.
//! An engine may move bodies, end pages early and answer `Unknown`. One that answers `Unavailable`,
//! because its disk's power was cut, say, is opened again: then all that was acknowledged is there,
//! and what was under way is there whole or not at all.

mod plan;
mod state;

use std::collections::BTreeMap;

use bytes::BytesMut;
use types::ByteSpan;

use super::Subject;
use crate::sim::SeededRandom;
use crate::{
    ApplyError, BlobRef, Cursor, EngineError, Entry, FreezeError, Frost, Group, Mismatch, Row,
    RowKey, RowRange, ScanLimit, Space, Stamp, Table,
};
use plan::Plan;
use state::{Content, State};

/// Few of each, so that operations meet; names that an encoding might mix up.
const SPACES: [Space; 3] = [Space::SYSTEM, Space(1), DROPPED];
/// The space that is dropped some day.
const DROPPED: Space = Space(256);
const NAMES: [&str; 7] = ["", "a", "a\0", "a\u{1}", "a/", "a/b", "b"];
const SUBS: [&str; 3] = ["", "\0", "\u{1}1"];
const TABLES: [Table; 3] = [Table::Heads, Table::Versions, Table::Local];
const COUNTERS: [u8; 3] = [0, 1, 255];

/// An engine and the maps, side by side.
struct Run {
    subject: Subject,
    state: State,
    random: SeededRandom,
    /// For messages: which seed, which operation.
    at: String,
}

/// What became of a change.
enum Outcome {
    Happened(Stamp),
    Refused,
    Unknown,
}

/// Does so many random operations of a seed, comparing all answers, and in the end everything that
/// is kept. Now and then, and when it is unavailable or an answer is unknown, the engine is opened
/// again, if it can be. A difference panics with seed and operation. Gives the engine back.
pub async fn run(subject: impl Into<Subject>, seed: u64, operations: u64) -> Subject {
    let (state, random) = (State::default(), SeededRandom::new(seed));
    let mut run = Run { subject: subject.into(), state, random, at: String::new() };
    for number in 0..operations {
        run.at = format!("seed {seed}, operation {number}");
        run = run.operate().await;
    }
    run.at = format!("seed {seed}, at the end");
    run.checked().await.subject
}

fn random_row(random: &mut SeededRandom) -> RowKey {
    let table = *random.pick(&TABLES);
    RowKey::new(table, *random.pick(&SUBS))
}

fn random_group(random: &mut SeededRandom) -> Group {
    let space = *random.pick(&SPACES);
    Group::new(space, *random.pick(&NAMES))
}

fn random_cursor(random: &mut SeededRandom) -> Cursor {
    let (first, second) = ((*random.pick(&NAMES)).into(), (*random.pick(&SUBS)).into());
    match random.below(5) {
        0 => Cursor::Start,
        1 => Cursor::At(first),
        2 => Cursor::AfterFirst(first),
        3 => Cursor::AfterPrefix(first),
        _ => Cursor::After { first, second },
    }
}

impl Run {
    async fn operate(mut self) -> Self {
        let looked = match self.random.below(100) {
            0..55 => return self.change().await,
            55..65 => self.look_at_a_row().await,
            65..85 => self.look_at_a_range().await,
            85..90 => self.look_at_counters().await,
            90..97 => return self.freeze_or_thaw().await,
            97..98 => return self.drop_a_space().await,
            _ if self.subject.can_reopen() => return self.reopened().await.checked().await,
            _ => Ok(()),
        };
        if self.is_there(looked) { self } else { self.reopened().await.checked().await }
    }

    /// False if the engine has to be opened again.
    fn is_there(&self, result: Result<(), EngineError>) -> bool {
        match result {
            Ok(()) => true,
            Err(EngineError::Unavailable(_)) => false,
            Err(error) => panic!("{}: {error}", self.at),
        }
    }

    async fn reopened(self) -> Self {
        assert!(self.subject.can_reopen(), "{}: unavailable, and for good", self.at);
        let subject = self.subject.reopened().await.expect("it can be opened again");
        Self { subject, ..self }
    }

    /// Compares everything, however often the engine has to be opened for that.
    async fn checked(mut self) -> Self {
        loop {
            let compared = self.compare_all().await;
            if self.is_there(compared) {
                return self;
            }
            self = self.reopened().await;
        }
    }

    // Changes.

    async fn change(mut self) -> Self {
        let group = random_group(&mut self.random);
        let inline_bytes_max = self.subject.engine().inline_bytes_max();
        let mut plan = Plan::random(&mut self.random, &self.state, &group, inline_bytes_max);
        match self.attempt(&group, &mut plan).await {
            Ok(Outcome::Happened(stamp)) => {
                self.state.apply(&group, &plan);
                assert!(self.state.stamp_grows(&group, stamp), "{}: an old stamp", self.at);
            }
            Ok(Outcome::Refused) | Err(EngineError::Full) => {}
            Ok(Outcome::Unknown) => return self.settled(&group, &plan).await.checked().await,
            Err(EngineError::Unavailable(_)) => return self.reopened().await.checked().await,
            Err(error) => panic!("{}: {error}", self.at),
        }
        // Those that a row names now are left alone.
        plan.sealed().for_each(|blob| self.subject.engine().discard(blob));
        self
    }

    /// Applies a plan, again if a body that it knows has moved meanwhile.
    async fn attempt(&mut self, group: &Group, plan: &mut Plan) -> Result<Outcome, EngineError> {
        let frozen = self.state.is_frozen(group.space);
        plan.seal(&self.subject, group).await?;
        loop {
            let mut now = BTreeMap::new();
            for row in plan.expect.keys() {
                now.insert(row.clone(), self.subject.engine().get(group, row).await?);
            }
            let answer = self.subject.apply(group, plan.change(&now)).await;
            match answer {
                Ok(stamp) => {
                    assert!(plan.holds() && !frozen, "{}: what can't happen did", self.at);
                    return Ok(Outcome::Happened(stamp));
                }
                Err(ApplyError::Frozen) => {
                    assert!(frozen, "{}: the space isn't frozen", self.at);
                    return Ok(Outcome::Refused);
                }
                Err(ApplyError::Mismatch(found)) => {
                    assert!(!frozen, "{}: the space is frozen", self.at);
                    self.compare_mismatch(group, plan, &found);
                    let moved = found.iter().any(|it| now[&it.row] != it.found);
                    if !plan.holds() {
                        return Ok(Outcome::Refused);
                    }
                    assert!(moved, "{}: all is as expected", self.at);
                }
                Err(ApplyError::Unknown) => return Ok(Outcome::Unknown),
                Err(ApplyError::Engine(error)) => return Err(error),
            }
        }
    }

    /// Finds out whether an unknown change has happened. Only a reopening makes that final, if the
    /// engine can be opened again.
    async fn settled(mut self, group: &Group, plan: &Plan) -> Self {
        let mut after = self.state.clone();
        after.apply(group, plan);
        if self.subject.can_reopen() {
            self = self.reopened().await;
        }
        loop {
            match self.shows(&after, group, plan).await {
                Ok(true) => return Self { state: after, ..self },
                Ok(false) => return self,
                Err(EngineError::Unavailable(_)) => self = self.reopened().await,
                Err(error) => panic!("{}: {error}", self.at),
            }
        }
    }

    async fn shows(&self, state: &State, group: &Group, plan: &Plan) -> Result<bool, EngineError> {
        for row in plan.rows() {
            if self.content(group, row).await?.as_ref() != state.row(group, row) {
                return Ok(false);
            }
        }
        Ok(self.counters(group.space).await? == state.counters(group.space))
    }

    // Spaces. Their calls may be cut off and are then made again.

    async fn freeze_or_thaw(mut self) -> Self {
        let space = *self.random.pick(&SPACES[1..]);
        let freeze = self.random.percent(40) || self.state.dropped.contains(&space);
        let last = self.state.frosts.get(&space).copied().unwrap_or_default();
        // Now and then an attempt that is behind.
        let epoch = (last.epoch + self.random.below(3)).max(2) - u64::from(self.random.percent(20));
        let frost = if freeze { Frost::freeze(epoch) } else { Frost::thaw(epoch) };
        loop {
            let engine = self.subject.engine();
            let done = match freeze {
                true => engine.freeze(space, epoch).await,
                false => engine.thaw(space, epoch).await,
            };
            match done {
                Ok(()) => assert!(frost >= last, "{}: {frost:?} behind {last:?}", self.at),
                Err(FreezeError::Superseded) => {
                    assert!(frost < last, "{}: {frost:?} over {last:?}", self.at);
                    return self;
                }
                Err(FreezeError::Engine(EngineError::Unavailable(_))) => {
                    self = self.reopened().await;
                    continue;
                }
                Err(error) => panic!("{}: {error}", self.at),
            }
            break;
        }
        self.state.frosts.insert(space, frost);
        self
    }

    async fn drop_a_space(mut self) -> Self {
        if !self.state.is_frozen(DROPPED) {
            return self;
        }
        loop {
            let done = self.subject.engine().drop_space(DROPPED).await;
            if self.is_there(done) {
                break;
            }
            self = self.reopened().await;
        }
        self.state.drop_space(DROPPED);
        self.checked().await
    }

    // Reading.

    async fn look_at_a_row(&mut self) -> Result<(), EngineError> {
        let group = random_group(&mut self.random);
        let row = random_row(&mut self.random);
        self.compare_row(&group, &row).await?;
        let Some(content) = self.state.row(&group, &row) else { return Ok(()) };
        for (index, body) in content.bodies.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
            let start = self.random.below(body.len() as u64);
            let end = start + 1 + self.random.below(body.len() as u64 - start);
            let Some(found) = self.subject.engine().get(&group, &row).await? else { continue };
            match self.read(&found.blobs[index], ByteSpan { start, end }).await {
                Ok(bytes) => {
                    let wanted = &body[start as usize..end as usize];
                    assert!(bytes == wanted, "{}: {start}..{end} of {group:?} {row:?}", self.at);
                }
                Err(EngineError::Gone) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn look_at_a_range(&mut self) -> Result<(), EngineError> {
        let (space, table) = (*self.random.pick(&SPACES), *self.random.pick(&TABLES));
        let prefix = if self.random.percent(50) { "" } else { *self.random.pick(&NAMES) };
        let from = random_cursor(&mut self.random);
        let range = RowRange { space, prefix: prefix.into(), from };
        let rows = *self.random.pick(&[1, 2, 5, 100]);
        self.compare_range(table, range, rows).await
    }

    async fn look_at_counters(&mut self) -> Result<(), EngineError> {
        let space = *self.random.pick(&SPACES);
        self.compare_counters(space).await
    }

    async fn read(&self, blob: &BlobRef, span: ByteSpan) -> Result<BytesMut, EngineError> {
        let mut reader = self.subject.engine().read(blob, span).await?;
        let mut all = BytesMut::new();
        while let Some(piece) = reader.next().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all)
    }

    /// What the engine holds of a row, wherever its bodies move meanwhile.
    async fn content(&self, group: &Group, row: &RowKey) -> Result<Option<Content>, EngineError> {
        'again: loop {
            let Some(found) = self.subject.engine().get(group, row).await? else {
                return Ok(None);
            };
            let Row { value, blobs } = found;
            let mut bodies = Vec::new();
            for blob in blobs {
                match self.read(&blob, ByteSpan::whole(blob.length)).await {
                    Ok(bytes) => bodies.push(bytes.freeze()),
                    Err(EngineError::Gone) => continue 'again,
                    Err(error) => return Err(error),
                }
            }
            return Ok(Some(Content { value, bodies }));
        }
    }

    /// The counters that aren't 0.
    async fn counters(&self, space: Space) -> Result<Vec<(u8, i64)>, EngineError> {
        let all = self.subject.engine().counters(space).await?;
        let mut all: Vec<_> = all.into_iter().map(|(id, sum)| (id.0, sum)).collect();
        all.retain(|(_, sum)| *sum != 0);
        all.sort();
        Ok(all)
    }

    // Comparing.

    async fn compare_all(&self) -> Result<(), EngineError> {
        for space in SPACES {
            self.compare_counters(space).await?;
            for table in TABLES {
                self.compare_range(table, RowRange::all(space), 10).await?;
                for (group, row, _) in self.state.range(table, space, b"", &Cursor::Start) {
                    self.compare_row(&group, &row).await?;
                }
            }
        }
        Ok(())
    }

    async fn compare_counters(&self, space: Space) -> Result<(), EngineError> {
        let found = self.counters(space).await?;
        assert_eq!(found, self.state.counters(space), "{}: counters of {space:?}", self.at);
        Ok(())
    }

    async fn compare_row(&self, group: &Group, row: &RowKey) -> Result<(), EngineError> {
        let (found, wanted) = (self.content(group, row).await?, self.state.row(group, row));
        let (there, wanted_there) = (found.is_some(), wanted.is_some());
        let at = &self.at;
        assert_eq!(there, wanted_there, "{at}: whether {group:?} has {row:?}");
        assert!(found.as_ref() == wanted, "{at}: {group:?} {row:?} holds something else");
        Ok(())
    }

    async fn compare_range(
        &self,
        table: Table,
        range: RowRange,
        rows: usize,
    ) -> Result<(), EngineError> {
        let wanted = self.state.range(table, range.space, &range.prefix, &range.from);
        let (mut next, mut found) = (range.clone(), Vec::new());
        loop {
            let limit = ScanLimit::rows(rows);
            let page = self.subject.engine().scan(table, next.clone(), limit).await?;
            found.extend(page.entries);
            let Some(from) = page.next else { break };
            next.from = from;
        }
        let keys = |it: &Entry| (it.group.clone(), it.key.clone());
        let found_keys: Vec<_> = found.iter().map(keys).collect();
        let wanted_keys: Vec<_> =
            wanted.iter().map(|(group, row, _)| (group.clone(), row.clone())).collect();
        assert_eq!(found_keys, wanted_keys, "{}: {table:?} {range:?}", self.at);
        for (found, (group, row, wanted)) in found.iter().zip(wanted) {
            let same = holds_as_much(&found.row, wanted);
            assert!(same, "{}: a scan gives another {group:?} {row:?}", self.at);
        }
        Ok(())
    }

    /// All expected rows, and as they are.
    fn compare_mismatch(&self, group: &Group, plan: &Plan, found: &[Mismatch]) {
        assert_eq!(found.len(), plan.expect.len(), "{}: not all rows", self.at);
        for it in found {
            assert!(plan.expect.contains_key(&it.row), "{}: {:?} wasn't expected", self.at, it.row);
            let same = match (&it.found, self.state.row(group, &it.row)) {
                (Some(found), Some(wanted)) => holds_as_much(found, wanted),
                (found, wanted) => found.is_none() && wanted.is_none(),
            };
            assert!(same, "{}: a mismatch gives another {:?}", self.at, it.row);
        }
    }
}

/// The value, and bodies of these lengths.
fn holds_as_much(found: &Row, wanted: &Content) -> bool {
    let lengths = found.blobs.iter().map(|it| it.length);
    found.value == wanted.value && lengths.eq(wanted.bodies.iter().map(|it| it.len() as u64))
}
