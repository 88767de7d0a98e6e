//! A folder of the operating system, locked for one server.

use std::collections::HashSet;
use std::fs;
use std::io::{self, IoSlice, IoSliceMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::io::{Disk, File, Open};
use parking_lot::Mutex;
use rustix::fs::{FallocateFlags, FlockOperation, OFlags};
use rustix::io::{Errno, ReadWriteFlags};

use crate::OpenError;
use crate::log::PAGE_BYTES;

/// Most pieces of one write: Linux takes 1,024.
const PIECES_MAX: usize = 1024;

/// A folder, and its lock.
pub(crate) struct RealDisk {
    folder: PathBuf,
    /// Folders in it whose names are durable for certain.
    durable: Mutex<HashSet<String>>,
    /// Locked as long as it is open.
    _lock: fs::File,
}

impl RealDisk {
    pub(crate) fn open(folder: &Path) -> Result<Self, OpenError> {
        fs::create_dir_all(folder)?;
        // Whoever made the folders on the way, a moment ago perhaps, may not have synced their names.
        for above in folder.canonicalize()?.ancestors().skip(1) {
            // What can't be opened wasn't made for us, and what can't be written to neither.
            let Ok(above) = fs::File::open(above) else { continue };
            match above.sync_all() {
                Err(error) if !is_refusal(&error) => return Err(OpenError::Io(error)),
                _ => {}
            }
        }
        let lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("lock"))?;
        match rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                let durable = Mutex::default();
                Ok(Self { folder: folder.to_owned(), durable, _lock: lock })
            }
            Err(Errno::WOULDBLOCK) => Err(OpenError::InUse(folder.display().to_string())),
            Err(error) => Err(OpenError::Io(error.into())),
        }
    }
}

/// Whether a folder isn't one that can be synced, rather than a sync that failed.
fn is_refusal(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::ROFS | Errno::INVAL | Errno::NOTSUP | Errno::NOSYS | Errno::ACCESS)
    )
}

impl RealDisk {
    /// Makes the folder of a file, durably: a name in it is durable with the folder alone then.
    fn make_folder(&self, name: &str) -> io::Result<()> {
        let Some((folders, _)) = name.rsplit_once('/') else { return Ok(()) };
        // Held until the names are durable: who finds a folder made must not go on before.
        let mut durable = self.durable.lock();
        if durable.contains(folders) {
            return Ok(());
        }
        let mut path = self.folder.clone();
        for folder in folders.split('/') {
            let parent = path.clone();
            path.push(folder);
            match fs::create_dir(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                // A process that was killed may have made it and not synced its name.
                _ => fs::File::open(parent)?.sync_all()?,
            }
        }
        durable.insert(folders.to_owned());
        Ok(())
    }

    /// What stands in a folder, of one kind.
    fn entries(&self, folder: &str, kind: fn(fs::FileType) -> bool) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.folder.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
            other => other?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            if kind(entry.file_type()?) {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(names)
    }
}

impl Disk for RealDisk {
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
        let path = self.folder.join(name);
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true);
        if how == Open::New {
            options.create_new(true);
            self.make_folder(name)?;
        }
        let file = options.open(path)?;
        Ok(Arc::new(RealFile::opened(file, how)))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.folder.join(name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.folder.join(from), self.folder.join(to))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.entries(folder, |it| it.is_file())
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        self.entries(folder, |it| it.is_dir())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        match fs::File::open(self.folder.join(folder)) {
            // Nothing was ever made in it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            opened => opened?.sync_all(),
        }
    }

    fn free_bytes(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.folder)?;
        Ok(stat.f_bavail * stat.f_frsize)
    }
}

struct RealFile {
    file: fs::File,
    /// Opened to be read and written past the page cache.
    past_cache: bool,
}

impl File for RealFile {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    fn read_up_to(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut read = 0;
        while read < buffer.len() {
            let at = offset + read as u64;
            match std::os::unix::fs::FileExt::read_at(&self.file, &mut buffer[read..], at) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            // A page that isn't whole is the last; behind it a read past the cache begins at no page.
            if !read.is_multiple_of(PAGE_BYTES) {
                break;
            }
        }
        Ok(read)
    }

    fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool> {
        let wanted = buffer.len();
        let mut pieces = [IoSliceMut::new(buffer)];
        match rustix::io::preadv2(&self.file, &mut pieces, offset, ReadWriteFlags::NOWAIT) {
            Ok(read) => Ok(read == wanted),
            // Not in the page cache, or a file system that can't tell.
            Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        let mut offset = offset;
        let mut pieces = pieces.to_vec();
        let mut rest = &mut pieces[..];
        IoSlice::advance_slices(&mut rest, 0);
        while !rest.is_empty() {
            let some = &rest[..rest.len().min(PIECES_MAX)];
            match rustix::io::pwritev(&self.file, some, offset) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => {
                    offset += written as u64;
                    IoSlice::advance_slices(&mut rest, written);
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn write_past_cache_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let is_whole = |it: u64| it.is_multiple_of(PAGE_BYTES as u64);
        let whole_pages = [offset, bytes.len() as u64, bytes.as_ptr().addr() as u64];
        self.write_past_cache(whole_pages.into_iter().all(is_whole), |file| {
            std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
        })
    }

    fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        match rustix::fs::fallocate(&self.file, FallocateFlags::empty(), 0, length) {
            // File systems over a network or in user space (folders that Docker shares, say): zeros that
            // are written take up their space as well.
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => write_zeros(&self.file, self.length()?, length),
            done => done.map_err(Into::into),
        }
    }

    fn write_zeros(&self, length: u64) -> io::Result<()> {
        self.allocate(length)?;
        let whole_pages = length.is_multiple_of(PAGE_BYTES as u64);
        self.write_past_cache(whole_pages, |file| write_zeros(file, 0, length))
    }
}

impl RealFile {
    fn opened(file: fs::File, how: Open) -> Self {
        let file = Self { file, past_cache: how == Open::PastCache };
        if file.past_cache {
            // Where a file system can't do without the cache it is used.
            let _ = file.set_direct(true);
        }
        file
    }

    /// Writes past the page cache if what is written is whole pages; where a file system can't do
    /// without the cache, through it.
    fn write_past_cache(
        &self,
        whole_pages: bool,
        write: impl Fn(&fs::File) -> io::Result<()>,
    ) -> io::Result<()> {
        let set_now = !self.past_cache && whole_pages && self.set_direct(true).is_ok();
        let may_be_direct = self.past_cache || set_now;
        let written = match write(&self.file) {
            Err(error) if may_be_direct && is_for_the_cache(&error) => {
                self.set_direct(false)?;
                write(&self.file)
            }
            written => written,
        };
        if set_now {
            self.set_direct(false)?;
        }
        written
    }

    fn set_direct(&self, direct: bool) -> io::Result<()> {
        let mut flags = rustix::fs::fcntl_getfl(&self.file)?;
        flags.set(OFlags::DIRECT, direct);
        Ok(rustix::fs::fcntl_setfl(&self.file, flags)?)
    }
}

/// Whether a file system says that it can't do without the page cache, or not with pages of this size.
fn is_for_the_cache(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::INVAL | Errno::OPNOTSUPP))
}

/// Bytes of zeros written at once.
const ZEROS_BYTES: usize = 1 << 20;

/// From a place in a file, or its end, up to a length.
fn write_zeros(file: &fs::File, mut at: u64, length: u64) -> io::Result<()> {
    let zeros = vec![0; ZEROS_BYTES + PAGE_BYTES];
    // What goes past the page cache begins at a page in memory too.
    let zeros = &zeros[zeros.as_ptr().align_offset(PAGE_BYTES)..][..ZEROS_BYTES];
    while at < length {
        let piece = &zeros[..zeros.len().min((length - at) as usize)];
        std::os::unix::fs::FileExt::write_all_at(file, piece, at)?;
        at += piece.len() as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Pages;

    #[test]
    fn what_is_written_past_the_cache_is_read_through_it() {
        let folder = tempfile::tempdir().unwrap();
        let disk = RealDisk::open(folder.path()).unwrap();
        let reader = disk.open("a", Open::New).unwrap();
        reader.write_at(&[IoSlice::new(&[1; 3 * PAGE_BYTES])], 0).unwrap();
        let writer = disk.open("a", Open::PastCache).unwrap();
        let mut page = Pages::with_capacity(PAGE_BYTES);
        page.resize(PAGE_BYTES);
        for value in 2..9 {
            page.as_mut_slice().fill(value);
            writer.write_past_cache_at(page.as_slice(), PAGE_BYTES as u64).unwrap();
            let mut all = vec![0; 3 * PAGE_BYTES];
            reader.read_at(&mut all, 0).unwrap();
            assert_eq!([all[0], all[PAGE_BYTES], all[2 * PAGE_BYTES]], [1, value, 1]);
        }
    }

    #[test]
    fn a_disk_that_wants_other_pages_is_written_through_the_cache_from_then_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, [1; 2 * PAGE_BYTES]).unwrap();
        let file = || fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let writer = RealFile::opened(file(), Open::PastCache);
        let is_direct = || rustix::fs::fcntl_getfl(&writer.file).unwrap().contains(OFlags::DIRECT);
        // Not everywhere where tests run can it be done.
        let can_be_direct = RealFile::opened(file(), Open::Existing).set_direct(true).is_ok();
        assert_eq!(is_direct(), can_be_direct);
        let mut page = Pages::with_capacity(PAGE_BYTES);
        page.resize(PAGE_BYTES);
        writer.write_past_cache_at(page.as_slice(), 0).unwrap();
        assert_eq!(is_direct(), can_be_direct);
        writer.write_past_cache_at(b"no page", 7).unwrap();
        assert!(!is_direct());
        let mut some = [9; 9];
        writer.read_at(&mut some, 6).unwrap();
        assert_eq!(&some, b"\0no page\0");
        writer.write_past_cache_at(page.as_slice(), 0).unwrap();
        writer.read_at(&mut some, 6).unwrap();
        assert_eq!(some, [0; 9]);
    }

    /// As on a file system that can't reserve space.
    #[test]
    fn zeros_go_on_where_a_file_ends() {
        let file = tempfile::tempfile().unwrap();
        let length = 2 * ZEROS_BYTES as u64 + 100;
        write_zeros(&file, 0, 10).unwrap();
        std::os::unix::fs::FileExt::write_all_at(&file, b"written", 3).unwrap();
        write_zeros(&file, 10, length).unwrap();
        write_zeros(&file, length, 5).unwrap();
        let mut all = vec![1; length as usize];
        let file = RealFile::opened(file, Open::Existing);
        file.read_at(&mut all, 0).unwrap();
        assert_eq!(file.length().unwrap(), length);
        assert_eq!(&all[..10], b"\0\0\0written");
        assert!(all[10..].iter().all(|it| *it == 0));
    }
}
