//! Reading a large body from the disk: pieces of several blocks past the page cache, some of them on
//! their way while one is sent. Through the cache it costs twice the CPU and drives out what is likelier
//! to be read than it. Whoever reads the same again soon gets it into the cache ([`Lately`]).

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytes::Bytes;
use engine::io::File;
use parking_lot::Mutex;
use tokio::task::JoinHandle;

use super::STRIDE;
use crate::log::PAGE_BYTES;

/// Blocks that are read at once, 1 MiB: of a quarter of it, asking and waking cost as much as reading.
const PIECE_BLOCKS: u64 = 16;
/// Pieces on their way, besides the one that is sent.
const COMING_MAX: usize = 2;
/// A piece begins and ends anywhere in a page, and is read in whole ones.
const PIECE_BYTES: usize = (PIECE_BLOCKS * STRIDE) as usize + 2 * PAGE_BYTES;
/// Most pieces in use, of all readers together, for memory's sake: three for each of eight readers.
/// Whoever gets none reads through the cache.
const PIECES_MAX: usize = 24;
/// Most pieces kept for readers to come.
const PIECES_KEPT_MAX: usize = 16;

/// Memory for pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    kept: Mutex<Vec<Box<[u8]>>>,
    in_use: AtomicUsize,
}

impl Pieces {
    fn get(self: &Arc<Self>) -> Option<Piece> {
        if self.in_use.fetch_add(1, Ordering::Relaxed) >= PIECES_MAX {
            self.in_use.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let kept = self.kept.lock().pop();
        let memory = kept.unwrap_or_else(|| vec![0; PIECE_BYTES + PAGE_BYTES].into());
        Some(Piece { memory, used: 0..0, home: Arc::clone(self) })
    }
}

/// Bytes of a file, and the memory that goes home when nobody needs them any more.
struct Piece {
    memory: Box<[u8]>,
    used: std::ops::Range<usize>,
    home: Arc<Pieces>,
}

impl Piece {
    /// Reads what stands between two places of a file.
    fn read(mut self, file: &dyn File, from: u64, to: u64) -> io::Result<Bytes> {
        let page = PAGE_BYTES as u64;
        let (first, end) = (from / page * page, to.next_multiple_of(page));
        let start = self.memory.as_ptr().align_offset(PAGE_BYTES);
        let pages = &mut self.memory[start..][..(end - first) as usize];
        if first + (file.read_up_to(pages, first)? as u64) < to {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let skipped = start + (from - first) as usize;
        self.used = skipped..skipped + (to - from) as usize;
        Ok(Bytes::from_owner(self))
    }
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.memory[self.used.clone()]
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.home.in_use.fetch_sub(1, Ordering::Relaxed);
        let mut kept = self.home.kept.lock();
        if kept.len() < PIECES_KEPT_MAX {
            kept.push(std::mem::take(&mut self.memory));
        }
    }
}

/// Reads on in a file, block by block.
pub(super) struct Ahead {
    file: Arc<dyn File>,
    pieces: Arc<Pieces>,
    /// The first block that isn't on its way yet, and where the last one ends in the file.
    next: u64,
    end: u64,
    coming: VecDeque<JoinHandle<io::Result<Bytes>>>,
    /// The piece that is being sent, and its first block.
    current: Bytes,
    first: u64,
}

impl Ahead {
    /// From a block on, up to a place in the file. The file is one that is read past the cache.
    pub(super) fn new(file: Arc<dyn File>, pieces: Arc<Pieces>, block: u64, end: u64) -> Self {
        let (coming, current) = (VecDeque::with_capacity(COMING_MAX), Bytes::new());
        Self { file, pieces, next: block, end, coming, current, first: block }
    }

    /// A block with its checksum: the one behind the last, or that one again. None if there is no
    /// memory to read it to.
    pub(super) async fn block(&mut self, number: u64) -> io::Result<Option<Bytes>> {
        let mut at = ((number - self.first) * STRIDE) as usize;
        if at >= self.current.len() {
            self.current = Bytes::new();
            self.ask();
            let Some(coming) = self.coming.pop_front() else { return Ok(None) };
            let read =
                coming.await.unwrap_or_else(|_| Err(io::Error::other("the runtime is stopping")));
            (self.current, self.first, at) = (read?, number, 0);
            self.ask();
        }
        let end = self.current.len().min(at + STRIDE as usize);
        Ok(Some(self.current.slice(at..end)))
    }

    /// Has the next pieces read, as many as may be on their way.
    fn ask(&mut self) {
        while self.coming.len() < COMING_MAX && self.next * STRIDE < self.end {
            let Some(piece) = self.pieces.get() else { return };
            let from = self.next * STRIDE;
            self.next += PIECE_BLOCKS;
            let (file, to) = (Arc::clone(&self.file), self.end.min(self.next * STRIDE));
            self.coming
                .push_back(tokio::task::spawn_blocking(move || piece.read(&*file, from, to)));
        }
    }
}

/// Where large bodies were read from the disk of late, by MiB. It forgets: what stands in the same place
/// as something newer is gone.
pub(crate) struct Lately(Box<[AtomicU64]>);

const LATELY_PLACES: usize = 4096;
/// Blocks of a MiB.
const BLOCKS_TOLD_APART: u64 = 16;

impl Default for Lately {
    fn default() -> Self {
        Self((0..LATELY_PLACES).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Lately {
    /// Whether somebody began to read there before; from now on somebody did.
    pub(super) fn was_read(&self, extent: u64, block: u64) -> bool {
        let mebibyte = (extent << 24) ^ (block / BLOCKS_TOLD_APART);
        let mark = mebibyte.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let place = (mark >> 48) as usize % LATELY_PLACES;
        self.0[place].swap(mark, Ordering::Relaxed) == mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::io::{Disk, Open};
    use engine::sim::disk::SimDisk;

    fn file(bytes: &[u8]) -> Arc<dyn File> {
        let file = SimDisk::new(1).open("a", Open::New).unwrap();
        file.write_at(&[io::IoSlice::new(bytes)], 0).unwrap();
        file
    }

    #[tokio::test]
    async fn blocks_come_in_order_from_wherever_it_begins() {
        let last = 3 * PIECE_BLOCKS + 1;
        let bytes: Vec<u8> = (0..last * STRIDE + 100).map(|it| (it / 77) as u8).collect();
        let file = file(&bytes);
        for begin in [0, 1, PIECE_BLOCKS - 1, PIECE_BLOCKS, last - 1, last] {
            let pieces = Arc::new(Pieces::default());
            let end = bytes.len() as u64;
            let mut ahead = Ahead::new(Arc::clone(&file), Arc::clone(&pieces), begin, end);
            for number in begin..=last {
                let block = ahead.block(number).await.unwrap().unwrap();
                let at = (number * STRIDE) as usize;
                assert!(block == bytes[at..bytes.len().min(at + STRIDE as usize)], "{number}");
            }
            drop(ahead);
            assert_eq!(pieces.in_use.load(Ordering::Relaxed), 0);
        }
    }

    #[tokio::test]
    async fn a_file_that_is_too_short_is_an_error() {
        let mut ahead = Ahead::new(file(&[1; 1000]), Arc::default(), 0, STRIDE);
        assert_eq!(ahead.block(0).await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[tokio::test]
    async fn memory_is_bounded_and_used_again() {
        let pieces = Arc::new(Pieces::default());
        let mut all: Vec<Piece> = (0..PIECES_MAX).map(|_| pieces.get().unwrap()).collect();
        assert!(pieces.get().is_none());
        let file = file(&[1; STRIDE as usize]);
        let mut ahead = Ahead::new(file, Arc::clone(&pieces), 0, STRIDE);
        assert!(ahead.block(0).await.unwrap().is_none());
        all.pop();
        assert_eq!(ahead.block(0).await.unwrap().unwrap(), [1; STRIDE as usize][..]);
        drop((all, ahead));
        assert_eq!(pieces.kept.lock().len(), PIECES_KEPT_MAX);
    }

    #[test]
    fn who_reads_the_same_again_is_known() {
        let lately = Lately::default();
        assert!(!lately.was_read(7, 0) && lately.was_read(7, 0));
        assert!(lately.was_read(7, BLOCKS_TOLD_APART - 1), "the same MiB");
        assert!(!lately.was_read(7, BLOCKS_TOLD_APART) && !lately.was_read(8, 0));
    }
}
