//! Large bodies: a file each, `extents/FOLDER/ID`, in blocks of 64 KiB with a checksum behind each.
//!
//! Behind the last block stand the group that it was written for and its length, so that an index
//! that was lost can be made again from the files alone. docs/formats/extent.md has it byte by byte.
//!
//! An extent is *open* from its beginning until a row names it. A superblock lists the open ones and
//! the next id, and the log behind it says which were named since: so a start knows which files
//! nobody will ever name without a look at all rows.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, IoSlice};
use std::sync::Arc;

use bytes::Bytes;
use engine::io::{Disk, File, Open};
use engine::{Async, BlobRef, BlobWriter, EngineError, Group};
use parking_lot::Mutex;
use tokio::task::JoinHandle;

use crate::crc;
use crate::log::PAGE_BYTES;
use crate::pages::{PageBuffers, Pages};
use crate::place::Place;
use crate::shared::Shared;

mod ahead;
mod reader;

pub(crate) use ahead::{Lately, Pieces};
pub(crate) use reader::{BlockBuffers, Reader};

/// Bytes of a block without its checksum.
pub(crate) const BLOCK_BYTES: usize = 64 << 10;
const CHECKSUM_BYTES: usize = 8;
/// From one block to the next.
const STRIDE: u64 = (BLOCK_BYTES + CHECKSUM_BYTES) as u64;
/// Bytes gathered before they are written. An upload holds twice this: what is written and what comes.
const WRITE_BYTES: usize = 4 * BLOCK_BYTES;
/// What the first bytes of a body are gathered in.
const FIRST_BYTES: usize = 16 << 10;
/// What stands behind [`WRITE_BYTES`] before they are written: a checksum at most.
pub(crate) const GATHERED_BYTES_MAX: usize = WRITE_BYTES + CHECKSUM_BYTES;
/// Bodies from this length on go past the page cache: what they would drive out of it is likelier to be
/// read than they, and copying them there and having them written from there costs as much again as
/// hashing them.
const PAST_CACHE_BYTES_MIN: u64 = 1 << 20;
const FOLDER: &str = "extents";
/// Extents in one folder.
const FOLDER_EXTENTS: u64 = 4096;

fn folder(number: u64) -> String {
    format!("{FOLDER}/{number:012x}")
}

/// An extent's file.
pub(crate) fn name(id: u64) -> String {
    format!("{}/{id:016x}", folder(id / FOLDER_EXTENTS))
}

fn number_in(file: &str) -> Option<u64> {
    u64::from_str_radix(file, 16).ok()
}

/// Every extent's file from an id on.
pub(crate) fn ids_from(disk: &dyn Disk, first: u64) -> io::Result<Vec<u64>> {
    let folders = disk.folders(FOLDER)?;
    let folders = folders.iter().filter_map(|it| number_in(it));
    let mut ids = Vec::new();
    for number in folders.filter(|it| *it >= first / FOLDER_EXTENTS) {
        let files = disk.list(&folder(number))?;
        ids.extend(files.iter().filter_map(|it| number_in(it)).filter(|it| *it >= first));
    }
    Ok(ids)
}

/// The extents that no row names yet, and the ids.
pub(crate) struct Extents {
    disk: Arc<dyn Disk>,
    state: Mutex<State>,
}

struct State {
    next: u64,
    open: HashMap<u64, Opened>,
    /// Folders in which files were removed since the last checkpoint.
    removed_in: BTreeSet<u64>,
}

enum Opened {
    Writing,
    Sealed(BlobRef, Group),
    /// A change that names it is being committed.
    Taken(BlobRef, Group),
    /// Its file is being removed.
    Leaving,
}

/// What a superblock and the log behind it say of extents.
pub(crate) struct Past<'a> {
    /// The next id at the superblock's position, and what was open there.
    pub(crate) next: u64,
    pub(crate) open: &'a [u64],
    /// Those that the log behind it gave to rows, and took from them.
    pub(crate) named: &'a HashSet<u64>,
    pub(crate) freed: &'a [u64],
}

impl Extents {
    /// Removes what a process that ended has left: extents begun since the superblock, or open then,
    /// that no record behind it named, and those that a record freed.
    pub(crate) fn start(disk: Arc<dyn Disk>, past: &Past<'_>) -> io::Result<Self> {
        let begun = ids_from(&*disk, past.next)?;
        // An id whose file is lost may stand in the log.
        let used = begun.iter().chain(past.named).chain(past.freed).map(|it| it + 1).max();
        let next = used.unwrap_or(0).max(past.next);
        let state = State { next, open: HashMap::new(), removed_in: BTreeSet::new() };
        let extents = Self { disk, state: Mutex::new(state) };
        let unnamed = begun.iter().chain(past.open).filter(|it| !past.named.contains(it));
        unnamed.chain(past.freed).for_each(|it| extents.remove(*it));
        Ok(extents)
    }

    fn begin(&self) -> u64 {
        let mut state = self.state.lock();
        let id = state.next;
        state.next += 1;
        state.open.insert(id, Opened::Writing);
        id
    }

    fn sealed(&self, id: u64, blob: BlobRef, group: Group) {
        self.state.lock().open.insert(id, Opened::Sealed(blob, group));
    }

    /// Takes blobs for a change of their group, all or none.
    pub(crate) fn take(&self, group: &Group, blobs: &[BlobRef]) -> Option<Vec<u64>> {
        let mut state = self.state.lock();
        let mut ids = Vec::with_capacity(blobs.len());
        for blob in blobs {
            let Some(Place::Extent { id }) = Place::of(blob) else { return None };
            match state.open.get(&id) {
                Some(Opened::Sealed(sealed, of)) if sealed == blob && of == group => ids.push(id),
                _ => return None,
            }
        }
        for (id, blob) in ids.iter().zip(blobs) {
            state.open.insert(*id, Opened::Taken(*blob, group.clone()));
        }
        Some(ids)
    }

    /// The change that took these didn't happen.
    pub(crate) fn release(&self, ids: &[u64]) {
        let mut state = self.state.lock();
        for id in ids {
            if let Some(Opened::Taken(blob, group)) = state.open.remove(id) {
                state.open.insert(*id, Opened::Sealed(blob, group));
            }
        }
    }

    /// A row names these now.
    pub(crate) fn named(&self, ids: &[u64]) {
        if !ids.is_empty() {
            let mut state = self.state.lock();
            ids.iter().for_each(|it| drop(state.open.remove(it)));
        }
    }

    /// Gives up a blob that no row names.
    pub(crate) fn discard(&self, blob: &BlobRef) {
        if let Some(Place::Extent { id }) = Place::of(blob) {
            {
                let mut state = self.state.lock();
                let is_unnamed =
                    matches!(state.open.get(&id), Some(Opened::Sealed(it, _)) if it == blob);
                if !is_unnamed {
                    return;
                }
                // So that no change takes it any more.
                state.open.insert(id, Opened::Leaving);
            }
            self.give_up(id);
        }
    }

    /// Removes an open extent. It stays open until its file is gone and its folder is to be synced: a
    /// checkpoint in between would else know of neither, and after a crash the file stay for ever.
    fn give_up(&self, id: u64) {
        self.remove(id);
        self.state.lock().open.remove(&id);
    }

    /// Removes a file that no row names, or none any more. Who reads it has it open.
    pub(crate) fn remove(&self, id: u64) {
        match self.disk.remove(&name(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, extent = name(id), "can't be removed, and stays as it is");
            }
            _ => {}
        }
        // Behind the removal, or a checkpoint might sync the folder just before it.
        self.state.lock().removed_in.insert(id / FOLDER_EXTENTS);
    }

    /// The next id, and those that are open.
    pub(crate) fn open_ones(&self) -> (u64, Vec<u64>) {
        let state = self.state.lock();
        (state.next, state.open.keys().copied().collect())
    }

    /// Makes removals so far durable.
    pub(crate) fn sync_removals(&self) -> io::Result<()> {
        let folders = std::mem::take(&mut self.state.lock().removed_in);
        let synced = folders.iter().try_for_each(|it| self.disk.sync_folder(&folder(*it)));
        if synced.is_err() {
            // For want of space, perhaps, which comes back.
            self.state.lock().removed_in.extend(folders);
        }
        synced
    }
}

/// Writes one extent. One write is under way while the next bytes are gathered.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    group: Group,
    id: u64,
    file: Arc<dyn File>,
    gathered: Gathered,
    length: u64,
    /// As it was announced: more is the caller's mistake.
    announced: Option<u64>,
    written: u64,
    under_way: Option<JoinHandle<io::Result<()>>>,
    sealed: bool,
}

/// Bytes with their checksums, ready to be written.
struct Gathered {
    pages: Pages,
    block: crc_fast::Digest,
    block_bytes: usize,
}

impl Gathered {
    fn new() -> Self {
        let block = crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc64Nvme);
        Self { pages: Pages::default(), block, block_bytes: 0 }
    }

    /// Takes bytes, up to the end of a block or of what is written at once.
    fn push(&mut self, bytes: &mut Bytes, buffers: &PageBuffers) {
        let room = (BLOCK_BYTES - self.block_bytes).min(WRITE_BYTES - self.pages.len());
        let piece = bytes.split_to(bytes.len().min(room));
        self.make_room(piece.len() + CHECKSUM_BYTES, buffers);
        self.block.update(&piece);
        self.block_bytes += piece.len();
        self.pages.push(&piece);
        if self.block_bytes == BLOCK_BYTES {
            self.end_block();
        }
    }

    /// The first bytes lie in little memory: they may stay the only ones for long, of many bodies.
    fn make_room(&mut self, bytes: usize, buffers: &PageBuffers) {
        if self.pages.room() >= bytes {
            return;
        }
        let mut larger = match self.pages.is_none() && bytes <= FIRST_BYTES {
            true => Pages::with_capacity(FIRST_BYTES),
            false => buffers.get(),
        };
        larger.push(self.pages.as_slice());
        debug_assert!(larger.room() >= bytes, "it would move once more");
        self.pages = larger;
    }

    fn end_block(&mut self) {
        if self.block_bytes > 0 {
            let sum = self.block.finalize_reset();
            self.block_bytes = 0;
            self.pages.push(&sum.to_le_bytes());
        }
    }

    fn is_full(&self) -> bool {
        self.pages.len() >= WRITE_BYTES
    }

    /// The pages that are full. `next` goes on with what stands behind them: a checksum, perhaps.
    fn take(&mut self, mut next: Pages) -> Pages {
        next.push(&self.pages.split_off(WRITE_BYTES));
        std::mem::replace(&mut self.pages, next)
    }
}

impl Writer {
    pub(crate) fn begin(
        shared: Arc<Shared>,
        group: &Group,
        announced: Option<u64>,
    ) -> Result<Self, EngineError> {
        let id = shared.extents.begin();
        let file = match shared.disk.open(&name(id), Open::New) {
            Ok(file) => file,
            Err(error) => {
                shared.extents.named(&[id]);
                return Err(shared.write_failed(&error));
            }
        };
        Ok(Self {
            shared,
            group: group.clone(),
            id,
            file,
            gathered: Gathered::new(),
            length: 0,
            announced,
            written: 0,
            under_way: None,
            sealed: false,
        })
    }

    fn is_past_cache(&self) -> bool {
        self.announced.is_some_and(|it| it >= PAST_CACHE_BYTES_MIN)
    }

    /// Begins to write what was gathered, off the runtime's threads, once the write before is done.
    async fn flush(&mut self) -> Result<(), EngineError> {
        self.wait().await?;
        let buffers = Arc::clone(&self.shared.page_buffers);
        let pages = self.gathered.take(buffers.get());
        let (file, at, past_cache) = (Arc::clone(&self.file), self.written, self.is_past_cache());
        self.written += pages.len() as u64;
        self.under_way = Some(tokio::task::spawn_blocking(move || {
            let written = match past_cache {
                true => file.write_past_cache_at(pages.as_slice(), at),
                false => file.write_at(&[IoSlice::new(pages.as_slice())], at),
            };
            buffers.keep(pages);
            written
        }));
        Ok(())
    }

    async fn wait(&mut self) -> Result<(), EngineError> {
        let Some(write) = self.under_way.take() else { return Ok(()) };
        let done = write.await.unwrap_or_else(|_| Err(io::Error::other("the runtime is stopping")));
        done.map_err(|e| self.shared.write_failed(&e))
    }

    /// Writes the rest and the footer: what fills no page goes through the page cache.
    async fn write_end(&mut self) -> Result<(), EngineError> {
        self.wait().await?;
        let buffers = Arc::clone(&self.shared.page_buffers);
        let (pages, footer) = (std::mem::take(&mut self.gathered.pages), self.footer());
        let past_cache = match self.is_past_cache() {
            true => pages.len() / PAGE_BYTES * PAGE_BYTES,
            false => 0,
        };
        let (file, at) = (Arc::clone(&self.file), self.written);
        let written = blocking(move || {
            let (whole, rest) = pages.as_slice().split_at(past_cache);
            if !whole.is_empty() {
                file.write_past_cache_at(whole, at)?;
            }
            let pieces = [IoSlice::new(rest), IoSlice::new(&footer)];
            file.write_at(&pieces, at + past_cache as u64)?;
            buffers.keep(pages);
            Ok(())
        });
        written.await.map_err(|e| self.shared.write_failed(&e))
    }

    fn footer(&self) -> Bytes {
        let mut footer = b"ONGGIEXT".to_vec();
        footer.extend_from_slice(&self.length.to_le_bytes());
        footer.extend_from_slice(&self.group.space.0.to_le_bytes());
        footer.extend_from_slice(&self.group.name);
        footer.extend_from_slice(&(self.group.name.len() as u64).to_le_bytes());
        let sum = crc(&footer);
        footer.extend_from_slice(&sum.to_le_bytes());
        footer.into()
    }
}

impl BlobWriter for Writer {
    fn write(&mut self, mut bytes: Bytes) -> Async<'_, ()> {
        Box::pin(async move {
            self.length += bytes.len() as u64;
            let fits = self.announced.is_none_or(|it| self.length <= it);
            assert!(fits, "a writer is given more than was announced");
            while !bytes.is_empty() {
                self.gathered.push(&mut bytes, &self.shared.page_buffers);
                if self.gathered.is_full() {
                    self.shared.take_room(WRITE_BYTES as u64)?;
                    self.flush().await?;
                }
            }
            Ok(())
        })
    }

    fn seal(mut self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            self.gathered.end_block();
            self.write_end().await?;
            let (file, disk) = (Arc::clone(&self.file), Arc::clone(&self.shared.disk));
            let folder = folder(self.id / FOLDER_EXTENTS);
            // Both before any row can name it.
            let sync = move || file.sync().and_then(|()| disk.sync_folder(&folder));
            blocking(sync).await.map_err(|e| self.shared.sync_failed(&e))?;
            self.sealed = true;
            let blob = Place::Extent { id: self.id }.blob(self.length);
            self.shared.extents.sealed(self.id, blob, self.group.clone());
            Ok(blob)
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.sealed {
            self.shared.extents.give_up(self.id);
        }
    }
}

/// Runs what may wait for the disk where waiting is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(io::Error::other("the runtime is stopping")),
    }
}

/// What is wrong with an extent, if something is.
pub(crate) fn check(file: &dyn File, length: u64) -> Option<String> {
    let mut buffer = vec![0; BLOCK_BYTES + CHECKSUM_BYTES];
    for block in 0..length.div_ceil(BLOCK_BYTES as u64) {
        let data = (length - block * BLOCK_BYTES as u64).min(BLOCK_BYTES as u64) as usize;
        let at = block * STRIDE;
        let buffer = &mut buffer[..data + CHECKSUM_BYTES];
        if let Err(error) = file.read_at(buffer, at) {
            return Some(format!("block {block}: {error}"));
        }
        if buffer[data..] != crc(&buffer[..data]).to_le_bytes() {
            return Some(format!("block {block}: wrong checksum"));
        }
    }
    None
}
