//! Stretches of keys without a live row: what lets a listing pass over a million fresh deletions.
//!
//! Deleted rows stay in tables and runs until these are merged, and a scan has to walk over them. A
//! scan that has walked far notes the stretch here; the next one jumps. The committer takes a stretch
//! back, or shortens it, when a row is born inside it. So each deletion is walked over about once.
//!
//! So that it isn't a client's listing that walks first, the committer tells what it deletes, and upkeep
//! walks over the ranges in which much was deleted.
//!
//! A walk and a birth may race: a walk tells when it begins, the births from then on are kept, and a
//! stretch is noted only up to the first of them that lies inside. A birth enters its table before it
//! is told here, and a walk begins here before it reads the tables: one of them sees the other. That
//! holds if the walk reads the table that rows are born into: one of an older view notes nothing.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use bytes::Bytes;
use parking_lot::Mutex;

/// Deleted rows behind one another that make it worth noting them.
pub(crate) const WORTH_NOTING: usize = 128;
/// Most stretches; when there are more, all are forgotten, and walked and noted again.
const GAPS_MAX: usize = 10_000;
/// Deletions in one table and space that make a walk worth while.
const WORTH_WALKING: usize = 1000;
/// Tables of spaces whose deletions are counted while they are fewer. When there are more, all of these
/// are forgotten: buckets come and go without end, and listings walk over so few themselves.
const DEATHS_MAX: usize = 10_000;
/// Most births kept while scans walk; a walk that began before them notes nothing.
const BIRTHS_MAX: usize = 100_000;

#[derive(Default)]
pub(crate) struct Gaps {
    /// Whether births need to be told: there are stretches, or walks.
    attentive: AtomicBool,
    state: Mutex<State>,
    /// Deleted rows that scans walked over.
    pub(crate) walked: AtomicU64,
    /// What was deleted and not walked over since, by table and space.
    deaths: Mutex<HashMap<Prefix, Deaths>>,
}

/// What the keys of one table and space begin with.
type Prefix = [u8; 9];

/// Rows that were deleted: between which keys, and how many.
pub(crate) struct Deaths {
    pub(crate) first: Bytes,
    pub(crate) last: Bytes,
    count: usize,
}

#[derive(Default)]
struct State {
    /// Ends (excluded) by starts (included); they don't touch one another.
    gaps: BTreeMap<Bytes, Bytes>,
    walks: usize,
    births: Vec<Bytes>,
    /// Births that were forgotten before those.
    forgotten: usize,
    /// The number of the table that rows are born into.
    table: u64,
}

/// A walk over deleted rows that has begun. Ends when it is dropped.
pub(crate) struct Walk<'a> {
    gaps: &'a Gaps,
    births_before: usize,
}

impl Gaps {
    /// If a key lies in a stretch: where it ends.
    pub(crate) fn end_of(&self, key: &[u8]) -> Option<Bytes> {
        if !self.attentive.load(Ordering::Acquire) {
            return None;
        }
        let state = self.state.lock();
        let up_to = (Bound::Unbounded, Bound::Included(key));
        let (_, end) = state.gaps.range::<[u8], _>(up_to).next_back()?;
        (key < &end[..]).then(|| end.clone())
    }

    /// From now on rows are born into the table of this number, which nobody reads yet.
    pub(crate) fn table_opens(&self, number: u64) {
        self.state.lock().table = number;
    }

    /// Rows were deleted that scans have to walk over.
    pub(crate) fn died<'a>(&self, keys: impl Iterator<Item = &'a Bytes>) {
        let mut deaths = None;
        for key in keys {
            let Some(prefix) = key.first_chunk::<9>() else { continue };
            let deaths = deaths.get_or_insert_with(|| self.deaths.lock());
            let entry = deaths.entry(*prefix).or_insert_with(|| Deaths {
                first: key.clone(),
                last: key.clone(),
                count: 0,
            });
            entry.count += 1;
            if *key < entry.first {
                entry.first = key.clone();
            } else if *key > entry.last {
                entry.last = key.clone();
            }
        }
    }

    /// Where much was deleted that nobody has walked over, once.
    pub(crate) fn take_deaths(&self) -> Vec<Deaths> {
        let mut deaths = self.deaths.lock();
        let many = deaths.extract_if(|_, it| it.count >= WORTH_WALKING).map(|(_, it)| it).collect();
        if deaths.len() > DEATHS_MAX {
            *deaths = HashMap::new();
        }
        many
    }

    /// A walk begins: the tables have to be read (again) after this. `table` is the newest of them;
    /// there is no walk if rows are born into another one by now.
    pub(crate) fn walk(&self, table: u64) -> Option<Walk<'_>> {
        let mut state = self.state.lock();
        if state.table != table {
            return None;
        }
        state.walks += 1;
        self.attentive.store(true, Ordering::Release);
        Some(Walk { gaps: self, births_before: state.forgotten + state.births.len() })
    }

    /// A row that wasn't there is, in its table.
    pub(crate) fn born(&self, key: &Bytes) {
        if !self.attentive.load(Ordering::Acquire) {
            return;
        }
        let mut state = self.state.lock();
        if state.walks > 0 {
            if state.births.len() == BIRTHS_MAX {
                state.forgotten += state.births.len();
                state.births.clear();
            }
            state.births.push(key.clone());
        }
        let up_to = (Bound::Unbounded, Bound::Included(&key[..]));
        let around = state.gaps.range::<[u8], _>(up_to).next_back();
        if let Some((start, end)) = around.map(|(start, end)| (start.clone(), end.clone()))
            && *key < end
        {
            // The longer half may be behind the key; it is walked over again and noted then.
            if start == *key {
                state.gaps.remove(&start);
            } else {
                state.gaps.insert(start, key.clone());
            }
        }
    }
}

impl Walk<'_> {
    /// No row lives from `start` (included) to `end` (excluded), as this walk saw it.
    pub(crate) fn note(&self, start: &Bytes, end: &Bytes) {
        let mut state = self.gaps.state.lock();
        let Some(seen) = self.births_before.checked_sub(state.forgotten) else { return };
        let within = |it: &&Bytes| start <= *it && *it < end;
        let end = state.births[seen..].iter().filter(within).min().unwrap_or(end).clone();
        if *start >= end {
            return;
        }
        let (mut start, mut end) = (start.clone(), end);
        if state.gaps.len() >= GAPS_MAX {
            state.gaps.clear();
        }
        // Grows together with the stretches that it touches.
        let before = state.gaps.range::<Bytes, _>(..=&start).next_back();
        if let Some((from, to)) = before.map(|(from, to)| (from.clone(), to.clone()))
            && to >= start
        {
            end = end.max(to);
            start = from;
        }
        while let Some((from, to)) = {
            let next = state.gaps.range::<Bytes, _>(&start..=&end).next();
            next.map(|(from, to)| (from.clone(), to.clone()))
        } {
            end = end.max(to);
            state.gaps.remove(&from);
        }
        state.gaps.insert(start, end);
    }
}

impl Drop for Walk<'_> {
    fn drop(&mut self) {
        let mut state = self.gaps.state.lock();
        state.walks -= 1;
        if state.walks == 0 {
            state.forgotten += state.births.len();
            state.births.clear();
            self.gaps.attentive.store(!state.gaps.is_empty(), Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(gaps: &Gaps) -> Vec<(String, String)> {
        let text = |it: &Bytes| String::from_utf8(it.to_vec()).unwrap();
        gaps.state.lock().gaps.iter().map(|(start, end)| (text(start), text(end))).collect()
    }

    fn note(gaps: &Gaps, start: &'static str, end: &'static str) {
        gaps.walk(0).unwrap().note(&start.into(), &end.into());
    }

    fn pair(start: &str, end: &str) -> (String, String) {
        (start.into(), end.into())
    }

    #[test]
    fn stretches_that_touch_grow_together() {
        let gaps = Gaps::default();
        note(&gaps, "c", "e");
        note(&gaps, "k", "m");
        assert_eq!(noted(&gaps), [pair("c", "e"), pair("k", "m")]);
        note(&gaps, "e", "g");
        note(&gaps, "a", "b");
        assert_eq!(noted(&gaps), [pair("a", "b"), pair("c", "g"), pair("k", "m")]);
        note(&gaps, "b", "l");
        assert_eq!(noted(&gaps), [pair("a", "m")]);
    }

    #[test]
    fn deletions_of_spaces_that_are_gone_are_not_kept_for_ever() {
        let gaps = Gaps::default();
        let key = |space: u64| Bytes::from([&[1], &space.to_be_bytes()[..]].concat());
        let die = |space, count| gaps.died(std::iter::repeat_n(&key(space), count));
        die(0, WORTH_WALKING);
        (1..=DEATHS_MAX as u64).for_each(|it| die(it, 1));
        let walked: Vec<_> = gaps.take_deaths().into_iter().map(|it| it.first).collect();
        assert_eq!(walked, [key(0)]);
        assert_eq!(gaps.deaths.lock().len(), DEATHS_MAX);
        die(0, 1);
        assert!(gaps.take_deaths().is_empty() && gaps.deaths.lock().is_empty());
    }

    #[test]
    fn a_key_inside_a_stretch_leads_to_its_end() {
        let gaps = Gaps::default();
        assert_eq!(gaps.end_of(b"d"), None);
        note(&gaps, "c", "e");
        assert_eq!(gaps.end_of(b"b"), None);
        assert_eq!(gaps.end_of(b"c").unwrap(), "e");
        assert_eq!(gaps.end_of(b"dz").unwrap(), "e");
        assert_eq!(gaps.end_of(b"e"), None);
    }

    #[test]
    fn a_birth_shortens_a_stretch() {
        let gaps = Gaps::default();
        note(&gaps, "c", "m");
        gaps.born(&"z".into());
        gaps.born(&"g".into());
        assert_eq!(noted(&gaps), [pair("c", "g")]);
        gaps.born(&"c".into());
        assert_eq!(noted(&gaps), []);
    }

    #[test]
    fn a_birth_during_a_walk_ends_what_it_notes() {
        let gaps = Gaps::default();
        let walk = gaps.walk(0).unwrap();
        gaps.born(&"g".into());
        walk.note(&"c".into(), &"m".into());
        walk.note(&"n".into(), &"p".into());
        assert_eq!(noted(&gaps), [pair("c", "g"), pair("n", "p")]);
        let later = gaps.walk(0).unwrap();
        drop(walk);
        later.note(&"c".into(), &"m".into());
        assert_eq!(noted(&gaps), [pair("c", "m"), pair("n", "p")], "born before it began");
    }

    #[test]
    fn a_walk_that_missed_births_notes_nothing() {
        let gaps = Gaps::default();
        let walk = gaps.walk(0).unwrap();
        (0..=BIRTHS_MAX).for_each(|_| gaps.born(&"a".into()));
        walk.note(&"c".into(), &"m".into());
        assert_eq!(noted(&gaps), []);
    }
}
