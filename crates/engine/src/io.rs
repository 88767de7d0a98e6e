//! The few things that an engine on local disks does to a disk, so that a simulation can do them
//! worse: cut the power after any write, tear it, lose what was not synced, fail a sync, fill up.
//!
//! All calls block. What they promise is what POSIX promises, no more: written bytes survive a
//! power cut only after [`File::sync`], a name only after [`Disk::sync_folder`] of its folder.

use std::io;
use std::sync::Arc;

/// A folder on a disk. Names are relative, `/` separates folders, which exist once a file does.
pub trait Disk: Send + Sync + 'static {
    /// Opens a file for reading and writing.
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>>;

    /// Removes a name; the file itself goes with its last handle.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Gives a file another name, over whatever had it, in one step.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// The names of the files directly in a folder (empty for the top), in no order, without the
    /// folder; an absent folder has none.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;

    /// The folders directly in a folder, likewise; one whose files are all gone may be among them.
    fn folders(&self, folder: &str) -> io::Result<Vec<String>>;

    /// Makes the names of a folder durable: creations, removals and renames.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;

    /// Bytes that can still be written.
    fn free_bytes(&self) -> io::Result<u64>;
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// It must exist.
    Existing,
    /// It must exist, and is read and written past the page cache where the disk can do that: whole pages
    /// of 4 KiB at a whole page's offset, in memory that begins at a page, by [`File::read_up_to`] and
    /// [`File::write_past_cache_at`] and no other call. Who has it open otherwise reads what was written,
    /// but not while it's being written: some file systems can't do both at once.
    PastCache,
    /// It must not exist; it begins empty.
    New,
}

/// An open file.
pub trait File: Send + Sync {
    /// Fills the buffer from an offset; `UnexpectedEof` if the file ends before.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;

    /// Fills the buffer from an offset, or what there is of it up to the file's end: so many bytes.
    fn read_up_to(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// As `read_at` if that needs no wait for the disk, else false and the buffer is undefined.
    fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool>;

    /// Writes all the pieces one behind the other at an offset, extending the file if need be.
    fn write_at(&self, pieces: &[io::IoSlice<'_>], offset: u64) -> io::Result<()>;

    /// As `write_at`, for bytes that nobody is about to read from the file: past the page cache where the disk can do
    /// that. It can if offset, length and the bytes' place in memory are whole pages of 4 KiB. Unless the
    /// file was opened as [`Open::PastCache`], nobody reads or writes it otherwise meanwhile.
    fn write_past_cache_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;

    /// Makes everything written so far durable, and the length. After an error nothing is known
    /// of what was written since the last success, and a second call proves nothing.
    fn sync(&self) -> io::Result<()>;

    /// Bytes.
    fn length(&self) -> io::Result<u64>;

    /// Reserves space so that writes below this length won't find the disk full, and makes the
    /// file at least this long.
    fn allocate(&self, length: u64) -> io::Result<()>;

    /// Writes zeros from the start up to this length: where they were synced, a later sync has data
    /// to write and nothing else. Best done past the page cache, for nobody reads them.
    fn write_zeros(&self, length: u64) -> io::Result<()>;
}
