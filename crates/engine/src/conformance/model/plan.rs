//! A random change, first by what it means, then as the engine's rows make it.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::state::State;
use super::{COUNTERS, random_row};
use crate::conformance::Subject;
use crate::conformance::subject::{absent, delta, exactly};
use crate::sim::SeededRandom;
use crate::{
    BlobRef, Change, CounterDelta, EngineError, Expectation, Group, NewBlob, Purpose, PutRow, Row,
    RowKey, SizeHint,
};

/// A change by what it means.
pub(super) struct Plan {
    pub(super) puts: Vec<Put>,
    pub(super) deletes: Vec<RowKey>,
    pub(super) count: Vec<CounterDelta>,
    pub(super) expect: BTreeMap<RowKey, Expects>,
}

/// A row to write.
pub(super) struct Put {
    pub(super) row: RowKey,
    pub(super) value: Bytes,
    pub(super) blobs: Vec<Blob>,
}

/// A blob of a row to write.
pub(super) enum Blob {
    Inline(Bytes),
    Sealed {
        body: Bytes,
        purpose: Purpose,
        sealed: Option<BlobRef>,
    },
    /// Taken over from a row that the change replaces or deletes.
    Taken {
        body: Bytes,
        from: RowKey,
        index: usize,
    },
}

impl Blob {
    pub(super) fn body(&self) -> &Bytes {
        match self {
            Self::Inline(body) | Self::Sealed { body, .. } | Self::Taken { body, .. } => body,
        }
    }
}

/// What is expected of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    /// What it is.
    What,
    /// What it isn't.
    SomethingElse,
}

impl Plan {
    pub(super) fn random(
        random: &mut SeededRandom,
        state: &State,
        group: &Group,
        inline_bytes_max: usize,
    ) -> Self {
        let mut plan =
            Self { puts: vec![], deletes: vec![], count: vec![], expect: BTreeMap::new() };
        let mut rows: Vec<RowKey> = (0..random.below(5)).map(|_| random_row(random)).collect();
        rows.sort();
        rows.dedup();
        let mut to_take = Vec::new();
        for row in &rows {
            let bodies = state.row(group, row).map_or(&[][..], |it| &it.bodies);
            let blob = |(index, body): (usize, &Bytes)| (row.clone(), index, body.clone());
            to_take.extend(bodies.iter().enumerate().map(blob));
        }
        for row in rows {
            if random.percent(35) {
                plan.deletes.push(row);
                continue;
            }
            let mut blobs = Vec::new();
            while blobs.len() < Row::BLOBS_MAX && random.percent(50) {
                blobs.push(plan.random_blob(random, &mut to_take, inline_bytes_max));
            }
            plan.puts.push(Put { row, value: random_bytes(random), blobs });
        }
        plan.expect_something(random);
        for _ in 0..random.below(3) {
            plan.count.push(delta(*random.pick(&COUNTERS), random.below(2000) as i64 - 1000));
        }
        plan
    }

    fn random_blob(
        &mut self,
        random: &mut SeededRandom,
        to_take: &mut Vec<(RowKey, usize, Bytes)>,
        inline_bytes_max: usize,
    ) -> Blob {
        if !to_take.is_empty() && random.percent(50) {
            let (from, index, body) = to_take.swap_remove(random.index(to_take.len()));
            // Whoever takes a blob over has to know where it is.
            self.expect.insert(from.clone(), Expects::What);
            return Blob::Taken { body, from, index };
        }
        let body = random_bytes(random);
        if body.len() <= inline_bytes_max && random.percent(60) {
            return Blob::Inline(body);
        }
        let purpose = *random.pick(&[Purpose::Movable, Purpose::Fixed]);
        Blob::Sealed { body, purpose, sealed: None }
    }

    /// Of some rows what they are, and now and then what they aren't.
    fn expect_something(&mut self, random: &mut SeededRandom) {
        let own: Vec<RowKey> = self.rows().cloned().collect();
        for row in own.into_iter().chain([random_row(random)]) {
            if random.percent(50) {
                self.expect.insert(row, Expects::What);
            }
        }
        if random.percent(15) {
            self.expect.insert(random_row(random), Expects::SomethingElse);
        }
    }

    /// Whether it happens, unless its space is frozen.
    pub(super) fn holds(&self) -> bool {
        self.expect.values().all(|it| *it == Expects::What)
    }

    /// The rows that it writes and removes.
    pub(super) fn rows(&self) -> impl Iterator<Item = &RowKey> {
        self.puts.iter().map(|it| &it.row).chain(&self.deletes)
    }

    /// Seals what is to be sealed and isn't yet.
    pub(super) async fn seal(
        &mut self,
        subject: &Subject,
        group: &Group,
    ) -> Result<(), EngineError> {
        for blob in self.puts.iter_mut().flat_map(|it| &mut it.blobs) {
            if let Blob::Sealed { body, purpose, sealed: sealed @ None } = blob {
                let hint = SizeHint { length: Some(body.len() as u64), purpose: *purpose };
                let mut writer = subject.engine().begin(group, hint).await?;
                for piece in body.chunks(30_000) {
                    writer.write(body.slice_ref(piece)).await?;
                }
                *sealed = Some(writer.seal().await?);
            }
        }
        Ok(())
    }

    /// What was sealed for it.
    pub(super) fn sealed(&self) -> impl Iterator<Item = BlobRef> {
        self.puts.iter().flat_map(|it| &it.blobs).filter_map(|it| match it {
            Blob::Sealed { sealed, .. } => *sealed,
            Blob::Inline(_) | Blob::Taken { .. } => None,
        })
    }

    /// The change that it is, given what the expected rows are now.
    pub(super) fn change(&self, now: &BTreeMap<RowKey, Option<Row>>) -> Change {
        let new_blob = |blob: &Blob| match blob {
            Blob::Inline(body) => NewBlob::Inline(body.clone()),
            Blob::Sealed { sealed, .. } => NewBlob::Ref(sealed.expect("sealed before")),
            Blob::Taken { from, index, .. } => {
                let owner = now[from].as_ref().expect("what is taken over is there");
                NewBlob::Ref(owner.blobs[*index])
            }
        };
        let put = |it: &Put| PutRow {
            row: it.row.clone(),
            value: it.value.clone(),
            blobs: it.blobs.iter().map(new_blob).collect(),
        };
        Change {
            expect: self
                .expect
                .iter()
                .map(|(row, what)| expectation(row, *what, &now[row]))
                .collect(),
            put: self.puts.iter().map(put).collect(),
            delete: self.deletes.clone(),
            count: self.count.clone(),
        }
    }
}

fn expectation(row: &RowKey, expects: Expects, now: &Option<Row>) -> Expectation {
    match (expects, now) {
        (Expects::What, Some(found)) => exactly(row.clone(), found.clone()),
        (Expects::What, None) => absent(row.clone()),
        (Expects::SomethingElse, Some(found)) if found.value.is_empty() => absent(row.clone()),
        (Expects::SomethingElse, Some(found)) => {
            let other = Row { value: found.value.slice(1..), blobs: found.blobs.clone() };
            exactly(row.clone(), other)
        }
        (Expects::SomethingElse, None) => exactly(row.clone(), Row::default()),
    }
}

/// Mostly few.
fn random_bytes(random: &mut SeededRandom) -> Bytes {
    let length_max = *random.pick(&[4, 16, 600, 5000, 64 * 1024]);
    let length = random.below(length_max + 1) as usize;
    random.bytes(length).into()
}
