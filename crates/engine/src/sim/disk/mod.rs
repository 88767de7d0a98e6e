//! A disk in memory that does what disks do when the power goes.
//!
//! What survives [`SimDisk::crash`], and is chosen by the seed where it says "any":
//!
//! - **Bytes.** Of every 512-byte sector any content that it had since the last successful
//!   [`File::sync`]: so a write is torn between sectors, and a late one outlives an early one.
//!   A sector itself is never torn.
//! - **Lengths.** Any length that the file had since then; what is missing below it reads as zeros.
//! - **Names.** Any of the creations, removals and renames since the last
//!   [`Disk::sync_folder`]: independent of one another, but in order for one name and one file. A
//!   rename happens whole or not. Syncing a file doesn't keep its name.
//!
//! A failed sync leaves on the disk any of what could have survived a crash, forgets what was
//! unsynced, and goes on showing the lost bytes to readers until a crash, as Linux does: a second
//! sync succeeds and proves nothing.
//!
//! Everything that changes the disk, or syncs, is one *operation* and has a number, from 1: a test
//! runs once to count them, then once for each number with [`SimDisk::cut_after`].

mod content;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::io::{Disk, File, Open};
use crate::sim::SeededRandom;
use content::Content;
use names::{FileId, Names, folder_of};

/// What a disk writes whole or not at all, in bytes.
pub const SECTOR_BYTES: u64 = 512;

/// A simulated disk. Clones are the same disk.
#[derive(Clone)]
pub struct SimDisk(Arc<Mutex<State>>);

struct State {
    random: SeededRandom,
    names: Names,
    files: BTreeMap<FileId, OneFile>,
    /// Bytes that all the files may have together.
    capacity: Option<u64>,
    operations: u64,
    syncs: u64,
    cut_after: Option<u64>,
    failing_syncs: BTreeSet<u64>,
    off: bool,
}

/// A file, with or without a name.
#[derive(Default)]
struct OneFile {
    content: Content,
    handles: usize,
}

impl SimDisk {
    /// An empty disk without bounds.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(State {
            random: SeededRandom::new(seed),
            names: Names::default(),
            files: BTreeMap::new(),
            capacity: None,
            operations: 0,
            syncs: 0,
            cut_after: None,
            failing_syncs: BTreeSet::new(),
            off: false,
        })))
    }

    /// How many operations were begun: writes, allocations, creations, removals, renames, syncs.
    pub fn operations(&self) -> u64 {
        self.0.lock().operations
    }

    /// How many of them were syncs, of files and of folders.
    pub fn syncs(&self) -> u64 {
        self.0.lock().syncs
    }

    /// Cuts the power once the operation of this number is done; 0 is at once. Whatever is
    /// attempted from then on fails.
    pub fn cut_after(&self, operation: u64) {
        let mut state = self.0.lock();
        state.cut_after = Some(operation);
        state.off |= state.operations >= operation;
    }

    /// True once the power is cut.
    pub fn is_off(&self) -> bool {
        self.0.lock().off
    }

    /// Makes the sync of this number fail, counted from 1 as [`SimDisk::syncs`] does.
    pub fn fail_sync(&self, sync: u64) {
        self.0.lock().failing_syncs.insert(sync);
    }

    /// Sets how many bytes all the files may have together; none for no bound.
    pub fn set_capacity(&self, bytes: Option<u64>) {
        self.0.lock().capacity = bytes;
    }

    /// Bytes that the files have: those with a name, and those still open.
    pub fn used_bytes(&self) -> u64 {
        self.0.lock().used_bytes()
    }

    /// Turns a bit of a file over, on the disk and for readers. A test's own mistake (no such
    /// file, or a bit behind its end) panics.
    pub fn flip_bit(&self, name: &str, bit: u64) {
        let mut state = self.0.lock();
        let id = state.names.find(name).expect("a file of this name");
        let file = state.files.get_mut(&id).expect("a named file exists");
        file.content.flip_bit(bit);
    }

    /// The disk as it is found when the power is back; the power of this one is off for good.
    pub fn crash(&self) -> SimDisk {
        let mut state = self.0.lock();
        state.off = true;
        let mut random = state.random.clone();
        // Some crashes lose nearly everything, some nearly nothing: both find mistakes.
        let keep_percent = *random.pick(&[0, 10, 50, 90, 100]);
        let names = state.names.after_crash(&mut random, keep_percent);
        let mut files = BTreeMap::new();
        for (id, file) in state.files.iter().filter(|(id, _)| names.mentions(**id)) {
            let content = file.content.after_crash(&mut random, keep_percent);
            files.insert(*id, OneFile { content, handles: 0 });
        }
        let found = SimDisk::new(random.number());
        state.random = random;
        {
            let mut new = found.0.lock();
            (new.names, new.files, new.capacity) = (names, files, state.capacity);
        }
        found
    }

    fn powered(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.0.lock();
        if state.off { Err(power_is_off()) } else { Ok(state) }
    }

    /// Counts an operation and does it.
    fn operate<T>(&self, act: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.powered()?;
        state.operations += 1;
        let result = act(&mut state);
        state.off = state.cut_after.is_some_and(|last| state.operations >= last);
        result
    }

    /// Counts a sync as well; `act` is told whether it has to fail.
    fn sync(&self, act: impl FnOnce(&mut State, SyncFate)) -> io::Result<()> {
        self.operate(|state| {
            state.syncs += 1;
            let number = state.syncs;
            if !state.failing_syncs.remove(&number) {
                act(state, SyncFate::Succeeds);
                return Ok(());
            }
            act(state, SyncFate::Fails);
            Err(io::Error::other("the simulated sync failed"))
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SyncFate {
    Succeeds,
    Fails,
}

fn power_is_off() -> io::Error {
    io::Error::other("the simulated power is off")
}

impl State {
    fn used_bytes(&self) -> u64 {
        let live = |(id, file): &(&FileId, &OneFile)| file.handles > 0 || self.names.has(**id);
        self.files.iter().filter(live).map(|(_, file)| file.content.length()).sum()
    }

    fn free_bytes(&self) -> u64 {
        self.capacity.map_or(u64::MAX, |all| all.saturating_sub(self.used_bytes()))
    }

    fn file(&mut self, id: FileId) -> &mut OneFile {
        self.files.get_mut(&id).expect("an open file exists")
    }

    fn open(&mut self, id: FileId) {
        self.files.entry(id).or_default().handles += 1;
    }

    /// Forgets a file that neither a handle nor a crash can bring back.
    fn forget_if_unreachable(&mut self, id: FileId) {
        let open = self.files.get(&id).is_some_and(|it| it.handles > 0);
        if !open && !self.names.mentions(id) {
            self.files.remove(&id);
        }
    }

    /// How long the file can become, of a length that is wanted.
    fn room(&mut self, id: FileId, wanted: u64) -> u64 {
        let length = self.file(id).content.length();
        length + wanted.saturating_sub(length).min(self.free_bytes())
    }
}

impl Disk for SimDisk {
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
        let id = match how {
            Open::Existing | Open::PastCache => {
                let mut state = self.powered()?;
                let id = state.names.find(name).ok_or(io::ErrorKind::NotFound)?;
                state.open(id);
                id
            }
            Open::New => self.operate(|state| {
                let id = state.names.create(name)?;
                state.open(id);
                Ok(id)
            })?,
        };
        Ok(Arc::new(SimFile { disk: self.clone(), id, past_cache: how == Open::PastCache }))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.operate(|state| state.names.remove(name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.operate(|state| state.names.rename(from, to))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let state = self.powered()?;
        let in_folder = state.names.all().filter(|name| folder_of(name) == folder);
        let without_folder = |name: &str| name.rsplit('/').next().expect("not empty").to_owned();
        Ok(in_folder.map(without_folder).collect())
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        let state = self.powered()?;
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let names = state.names.all().filter_map(|name| name.strip_prefix(&below));
        let all: BTreeSet<String> =
            names.filter_map(|rest| Some(rest.split_once('/')?.0.to_owned())).collect();
        Ok(all.into_iter().collect())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.sync(|state, fate| {
            match fate {
                SyncFate::Succeeds => state.names.sync(folder),
                SyncFate::Fails => state.names.fail_sync(&mut state.random),
            }
            let all: Vec<FileId> = state.files.keys().copied().collect();
            all.into_iter().for_each(|id| state.forget_if_unreachable(id));
        })
    }

    fn free_bytes(&self) -> io::Result<u64> {
        Ok(self.powered()?.free_bytes())
    }
}

/// What goes past a page cache is a multiple of this.
const PAGE_BYTES: u64 = 4096;

/// An open file of a simulated disk.
struct SimFile {
    disk: SimDisk,
    id: FileId,
    past_cache: bool,
}

impl Drop for SimFile {
    fn drop(&mut self) {
        let mut state = self.disk.0.lock();
        state.file(self.id).handles -= 1;
        state.forget_if_unreachable(self.id);
    }
}

impl SimFile {
    /// When the disk is full the bytes that still fit are written.
    fn write(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.disk.operate(|state| {
            let end = offset + bytes.len() as u64;
            let fits = state.room(self.id, end).clamp(offset, end) - offset;
            state.file(self.id).content.write(&bytes[..fits as usize], offset);
            if offset + fits < end { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        })
    }

    /// A real disk would refuse.
    fn assert_through_cache(&self) {
        assert!(!self.past_cache, "it was opened to be read and written past the cache");
    }

    fn assert_whole_pages(&self, bytes: &[u8], offset: u64) {
        let (place, length) = (bytes.as_ptr().addr() as u64, bytes.len() as u64);
        let whole_pages = [offset, length, place].iter().all(|it| it.is_multiple_of(PAGE_BYTES));
        assert!(whole_pages || !self.past_cache, "{length} bytes at {offset}: no whole pages");
    }
}

impl File for SimFile {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.assert_through_cache();
        self.disk.powered()?.file(self.id).content.read(buffer, offset)
    }

    fn read_up_to(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.assert_whole_pages(buffer, offset);
        let there = self.length()?.saturating_sub(offset).min(buffer.len() as u64) as usize;
        self.disk.powered()?.file(self.id).content.read(&mut buffer[..there], offset)?;
        Ok(there)
    }

    /// One time in four it would have to wait.
    fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool> {
        self.assert_through_cache();
        let mut state = self.disk.powered()?;
        if state.random.percent(25) {
            return Ok(false);
        }
        state.file(self.id).content.read(buffer, offset)?;
        Ok(true)
    }

    fn write_at(&self, pieces: &[io::IoSlice<'_>], offset: u64) -> io::Result<()> {
        self.assert_through_cache();
        let bytes: Vec<u8> = pieces.iter().flat_map(|it| it.iter().copied()).collect();
        self.write(&bytes, offset)
    }

    fn write_past_cache_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.assert_whole_pages(bytes, offset);
        self.write(bytes, offset)
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.sync(|state, fate| {
            let file = state.files.get_mut(&self.id).expect("an open file exists");
            match fate {
                SyncFate::Succeeds => file.content.sync(),
                SyncFate::Fails => file.content.fail_sync(&mut state.random),
            }
        })
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.disk.powered()?.file(self.id).content.length())
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        self.disk.operate(|state| {
            if state.room(self.id, length) < length {
                return Err(io::ErrorKind::StorageFull.into());
            }
            state.file(self.id).content.extend(length);
            Ok(())
        })
    }

    fn write_zeros(&self, length: u64) -> io::Result<()> {
        self.write(&vec![0; length as usize], 0)
    }
}

#[cfg(test)]
mod tests;
