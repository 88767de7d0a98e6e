//! All segments of the log: what of each is still alive, and the files that are used again.
//!
//! A segment may go when nothing in it lives and it lies wholly before the position of a durable
//! superblock, for then no start will replay it. Its file becomes a spare: a file whose blocks were
//! written before takes a synced write several times as fast as a new one.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use engine::io::{Disk, File, Open};
use parking_lot::{Mutex, RwLock};

use crate::log::{self, Ground, NotBegun, SEGMENT_HEADER_BYTES, Segment};
use crate::pages::Pages;

/// Spare files kept ready.
pub(crate) const SPARES: usize = 2;

/// What of a segment is used, and what of that is alive, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) live: u64,
    pub(crate) used: u64,
}

/// What a record did to the segments.
pub(crate) struct Spent<'a> {
    pub(crate) segment: u64,
    /// Where the record ends.
    pub(crate) end: u64,
    pub(crate) born: u64,
    pub(crate) dead: &'a [(u64, u64)],
}

/// A segment's file, for those who read it.
pub(crate) struct Readable {
    file: Arc<dyn File>,
    /// While it is written, which goes past the page cache, so does who reads: the kernel would throw
    /// pages away that are just being read into the cache, and where a file system can't do that (btrfs)
    /// the next sync fails.
    past_cache: Mutex<Option<Arc<dyn File>>>,
}

impl Readable {
    fn written_once(file: Arc<dyn File>) -> Arc<Self> {
        Arc::new(Self { file, past_cache: Mutex::default() })
    }

    /// Once nobody writes it any more.
    pub(crate) fn file(&self) -> &dyn File {
        &*self.file
    }

    /// Fills the buffer from an offset if that needs no wait for the disk, else false.
    pub(crate) fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool> {
        // Looked at first: readers don't wait for each other.
        let is_written = self.past_cache.lock().is_some();
        Ok(!is_written && self.file.read_cached_at(buffer, offset)?)
    }

    /// Fills the buffer from an offset, from the disk if need be.
    pub(crate) fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let past_cache = self.past_cache.lock().clone();
        match past_cache {
            Some(file) => Pages::read(&*file, buffer, offset),
            None => self.file.read_at(buffer, offset),
        }
    }
}

/// The segments.
pub(crate) struct Segments {
    disk: Arc<dyn Disk>,
    /// Length of a new segment's file.
    bytes: u64,
    files: RwLock<BTreeMap<u64, Arc<Readable>>>,
    uses: Mutex<BTreeMap<u64, Use>>,
    spares: Mutex<Spares>,
    /// Given up while somebody was still reading: their files can't be written over yet.
    leaving: Mutex<Vec<(u64, Arc<Readable>)>>,
}

struct Spares {
    ready: Vec<u64>,
    next: u64,
}

impl Segments {
    pub(crate) fn new(
        disk: Arc<dyn Disk>,
        bytes: u64,
        files: BTreeMap<u64, Arc<dyn File>>,
        uses: BTreeMap<u64, Use>,
    ) -> io::Result<Self> {
        let mut ready: Vec<u64> =
            disk.list(log::FOLDER)?.iter().filter_map(|it| log::spare_number_of(it)).collect();
        ready.sort_unstable();
        let next = ready.last().map_or(1, |it| it + 1);
        for extra in ready.drain(ready.len().min(SPARES)..) {
            disk.remove(&log::spare_name(extra))?;
        }
        let files = files.into_iter().map(|(number, it)| (number, Readable::written_once(it)));
        Ok(Self {
            disk,
            bytes,
            files: RwLock::new(files.collect()),
            uses: Mutex::new(uses),
            spares: Mutex::new(Spares { ready, next }),
            leaving: Mutex::default(),
        })
    }

    /// Begins a segment, in a spare file if there is one. The one before it isn't written any more.
    pub(crate) fn begin(&self, number: u64, after: u64) -> Result<Segment, NotBegun> {
        let spare = self.spares.lock().ready.pop();
        let ground = spare.map_or(Ground::New(self.bytes), Ground::Spare);
        let begun = Segment::begin(&*self.disk, number, after, ground);
        // One that couldn't get its name back, or was taken away by somebody, is no spare any more.
        let is_gone = |it: &NotBegun| matches!(it, NotBegun::Refused(error) if error.kind() == io::ErrorKind::NotFound);
        if let (Err(error), Some(spare)) = (&begun, spare)
            && !is_gone(error)
        {
            self.spares.lock().ready.push(spare);
        }
        let segment = begun?;
        self.uses.lock().insert(number, Use { live: 0, used: SEGMENT_HEADER_BYTES });
        let mut files = self.files.write();
        if let Some((_, before)) = files.last_key_value() {
            *before.past_cache.lock() = None;
        }
        let past_cache = Mutex::new(Some(Arc::clone(&segment.past_cache)));
        let file = Arc::clone(&segment.file);
        files.insert(number, Arc::new(Readable { file, past_cache }));
        drop(files);
        Ok(segment)
    }

    /// A segment's file, which stays as it is for as long as it is held.
    pub(crate) fn file(&self, number: u64) -> Option<Arc<Readable>> {
        self.files.read().get(&number).cloned()
    }

    /// Counts what records did.
    pub(crate) fn spend<'a>(&self, all: impl IntoIterator<Item = Spent<'a>>) {
        let mut uses = self.uses.lock();
        for spent in all {
            enter(&mut uses, &spent);
        }
    }

    pub(crate) fn uses(&self) -> BTreeMap<u64, Use> {
        self.uses.lock().clone()
    }

    /// Gives up the segments below a number in which nothing lives. How many.
    pub(crate) fn give_up_empty(&self, below: u64) -> io::Result<usize> {
        let empty: Vec<u64> = {
            let mut uses = self.uses.lock();
            let empty = uses.range(..below).filter(|(_, it)| it.live == 0).map(|(at, _)| *at);
            let empty: Vec<u64> = empty.collect();
            uses.retain(|it, _| !empty.contains(it));
            empty
        };
        let mut leaving = self.leaving.lock();
        {
            let mut files = self.files.write();
            leaving.extend(empty.iter().filter_map(|it| Some((*it, files.remove(it)?))));
        }
        // Nobody can take hold of these files any more; who has may still be reading.
        let (busy, free) = std::mem::take(&mut *leaving)
            .into_iter()
            .partition(|(_, it)| Arc::strong_count(it) > 1);
        *leaving = busy;
        let free: Vec<(u64, Arc<Readable>)> = free;
        let mut failed = Ok(());
        for (number, file) in free {
            if let Err(error) = self.free(number, file.file()) {
                // It is tried again in the next round; the others needn't wait for that.
                leaving.push((number, file));
                failed = Err(error);
            }
        }
        failed.map(|()| empty.len())
    }

    fn free(&self, number: u64, file: &dyn File) -> io::Result<()> {
        let mut spares = self.spares.lock();
        if spares.ready.len() >= SPARES || file.length()? < self.bytes {
            return self.disk.remove(&log::name(number));
        }
        let spare = spares.next;
        self.disk.rename(&log::name(number), &log::spare_name(spare))?;
        spares.next += 1;
        spares.ready.push(spare);
        Ok(())
    }

    /// Makes one spare file if some are missing. True if there are enough now.
    pub(crate) fn prepare_spare(&self) -> io::Result<bool> {
        let number = {
            let mut spares = self.spares.lock();
            if spares.ready.len() >= SPARES {
                return Ok(true);
            }
            spares.next += 1;
            spares.next - 1
        };
        let name = log::spare_name(number);
        let filled = self.disk.open(&name, Open::New).and_then(|file| {
            file.write_zeros(self.bytes)?;
            file.sync()
        });
        if let Err(error) = filled {
            let _ = self.disk.remove(&name);
            return Err(error);
        }
        let mut spares = self.spares.lock();
        spares.ready.push(number);
        Ok(spares.ready.len() >= SPARES)
    }

    /// Bytes of all files, about, and how many segments.
    pub(crate) fn on_disk(&self) -> (u64, usize) {
        // Whoever asks whether the server lives doesn't wait for a look at thousands of files.
        let (bytes, count) = {
            let uses = self.uses.lock();
            (uses.values().map(|it| it.used.max(self.bytes)).sum::<u64>(), uses.len())
        };
        let others = self.spares.lock().ready.len() + self.leaving.lock().len();
        (bytes + others as u64 * self.bytes, count)
    }
}

/// What a record does to the uses.
pub(crate) fn enter(uses: &mut BTreeMap<u64, Use>, spent: &Spent<'_>) {
    let own = uses.entry(spent.segment).or_default();
    own.live = own.live.saturating_add(spent.born);
    own.used = own.used.max(spent.end);
    for (segment, bytes) in spent.dead {
        let used = uses.entry(*segment).or_default();
        debug_assert!(used.live >= *bytes, "segment {segment} has nothing more to lose");
        used.live = used.live.saturating_sub(*bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::sim::disk::SimDisk;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Removes nothing for as long as it is stubborn.
    struct Stubborn(SimDisk, AtomicBool);

    impl Disk for Stubborn {
        fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
            self.0.open(name, how)
        }
        fn remove(&self, name: &str) -> io::Result<()> {
            match self.1.load(Ordering::Relaxed) {
                true => Err(io::ErrorKind::PermissionDenied.into()),
                false => self.0.remove(name),
            }
        }
        fn rename(&self, from: &str, to: &str) -> io::Result<()> {
            self.0.rename(from, to)
        }
        fn list(&self, folder: &str) -> io::Result<Vec<String>> {
            self.0.list(folder)
        }
        fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
            self.0.folders(folder)
        }
        fn sync_folder(&self, folder: &str) -> io::Result<()> {
            self.0.sync_folder(folder)
        }
        fn free_bytes(&self) -> io::Result<u64> {
            self.0.free_bytes()
        }
    }

    #[test]
    fn a_segment_that_cant_be_removed_is_tried_again_and_keeps_no_other() {
        let disk = Arc::new(Stubborn(SimDisk::new(1), AtomicBool::new(true)));
        let segments = Segments::new(
            Arc::clone(&disk) as Arc<dyn Disk>,
            4096,
            BTreeMap::new(),
            BTreeMap::new(),
        );
        let segments = segments.unwrap();
        let count = SPARES as u64 + 3;
        (1..=count).for_each(|it| drop(segments.begin(it, 0).unwrap()));
        assert!(segments.give_up_empty(count + 1).is_err());
        // The spares were made all the same; what couldn't go is still known.
        assert_eq!(segments.on_disk().0, count * 4096);
        assert_eq!(disk.list(log::FOLDER).unwrap().len() as u64, count);
        disk.1.store(false, Ordering::Relaxed);
        segments.give_up_empty(count + 1).unwrap();
        assert_eq!(disk.list(log::FOLDER).unwrap().len(), SPARES);
    }
    #[test]
    fn a_spare_that_was_taken_away_is_not_tried_again() {
        let disk = Arc::new(SimDisk::new(1));
        let segments = Segments::new(disk.clone(), 4096, BTreeMap::new(), BTreeMap::new()).unwrap();
        while !segments.prepare_spare().unwrap() {}
        let last = *segments.spares.lock().ready.last().unwrap();
        disk.remove(&log::spare_name(last)).unwrap();
        assert!(segments.begin(1, 0).is_err());
        segments.begin(1, 0).unwrap();
    }
}
