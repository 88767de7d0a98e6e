//! The names of files, as seen and as they would survive.

use std::collections::BTreeMap;
use std::io;

use crate::sim::SeededRandom;

/// A file, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileId(u64);

type NameTable = BTreeMap<String, FileId>;

/// All names of a disk.
#[derive(Default)]
pub(super) struct Names {
    cached: NameTable,
    durable: NameTable,
    /// What was done since, in order.
    unsynced: Vec<Step>,
    files_made: u64,
}

/// What happened to names in one step: whole or not at all.
#[derive(Clone)]
struct Step {
    /// The names, and the files that they name from then on.
    set: Vec<(String, Option<FileId>)>,
    /// Every file concerned.
    files: Vec<FileId>,
}

impl Step {
    fn touches(&self, other: &Step) -> bool {
        let name_in =
            |(name, _): &(String, Option<FileId>)| other.set.iter().any(|it| it.0 == *name);
        self.set.iter().any(name_in) || self.files.iter().any(|it| other.files.contains(it))
    }

    fn is_in(&self, folder: &str) -> bool {
        self.set.iter().any(|(name, _)| folder_of(name) == folder)
    }

    fn apply(&self, to: &mut NameTable) {
        for (name, file) in &self.set {
            match file {
                Some(id) => to.insert(name.clone(), *id),
                None => to.remove(name),
            };
        }
    }
}

/// The folder of a name; empty for the top.
pub(super) fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Names {
    pub(super) fn find(&self, name: &str) -> Option<FileId> {
        self.cached.get(name).copied()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.cached.keys().map(String::as_str)
    }

    /// True if the file has a name.
    pub(super) fn has(&self, id: FileId) -> bool {
        self.cached.values().any(|it| *it == id)
    }

    /// True if the file has a name, or may have one after a crash.
    pub(super) fn mentions(&self, id: FileId) -> bool {
        let unsynced = || self.unsynced.iter().any(|step| step.files.contains(&id));
        self.has(id) || self.durable.values().any(|it| *it == id) || unsynced()
    }

    pub(super) fn create(&mut self, name: &str) -> io::Result<FileId> {
        if self.cached.contains_key(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.files_made += 1;
        let id = FileId(self.files_made);
        self.take(Step { set: vec![(name.to_owned(), Some(id))], files: vec![id] });
        Ok(id)
    }

    pub(super) fn remove(&mut self, name: &str) -> io::Result<()> {
        let id = self.find(name).ok_or(io::ErrorKind::NotFound)?;
        self.take(Step { set: vec![(name.to_owned(), None)], files: vec![id] });
        Ok(())
    }

    pub(super) fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let id = self.find(from).ok_or(io::ErrorKind::NotFound)?;
        let files = [id].into_iter().chain(self.find(to)).collect();
        if from != to {
            let set = vec![(from.to_owned(), None), (to.to_owned(), Some(id))];
            self.take(Step { set, files });
        }
        Ok(())
    }

    fn take(&mut self, step: Step) {
        step.apply(&mut self.cached);
        self.unsynced.push(step);
    }

    /// Keeps every step in the folder, and those that they build on.
    pub(super) fn sync(&mut self, folder: &str) {
        let mut kept: Vec<Step> = Vec::new();
        let mut rest = Vec::new();
        for step in std::mem::take(&mut self.unsynced).into_iter().rev() {
            let wanted = step.is_in(folder) || kept.iter().any(|later| step.touches(later));
            if wanted { kept.push(step) } else { rest.push(step) }
        }
        kept.iter().rev().for_each(|step| step.apply(&mut self.durable));
        self.unsynced = rest.into_iter().rev().collect();
    }

    /// Some steps arrive, the others are forgotten; nobody notices before a crash.
    pub(super) fn fail_sync(&mut self, random: &mut SeededRandom) {
        for step in survivors(std::mem::take(&mut self.unsynced), random, 50) {
            step.apply(&mut self.durable);
        }
    }

    /// The names as they are found after a crash.
    pub(super) fn after_crash(&self, random: &mut SeededRandom, keep_percent: u64) -> Self {
        let mut table = self.durable.clone();
        for step in survivors(self.unsynced.clone(), random, keep_percent) {
            step.apply(&mut table);
        }
        Self {
            cached: table.clone(),
            durable: table,
            unsynced: Vec::new(),
            files_made: self.files_made,
        }
    }
}

/// Any of the steps, but none that builds on one that is lost.
fn survivors(steps: Vec<Step>, random: &mut SeededRandom, keep_percent: u64) -> Vec<Step> {
    let (mut kept, mut lost) = (Vec::new(), Vec::<Step>::new());
    for step in steps {
        let survives = random.percent(keep_percent) && !lost.iter().any(|it| step.touches(it));
        if survives { kept.push(step) } else { lost.push(step) }
    }
    kept
}
