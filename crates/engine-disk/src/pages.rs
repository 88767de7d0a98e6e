//! Memory that begins at a page, as a disk wants it for what goes past the page cache; used again and
//! again, for memory that was used a moment ago needs no zeros and no pages from the kernel.

use std::io;
use std::sync::Arc;

use engine::io::File;
use parking_lot::Mutex;

use crate::log::PAGE_BYTES;

/// Most buffers kept for whoever comes next.
const KEPT_MAX: usize = 32;

/// Bytes that begin at a page's start, however many they become.
#[derive(Default)]
pub(crate) struct Pages {
    bytes: Vec<u8>,
    /// Where in `bytes` the page begins.
    start: usize,
}

impl Pages {
    /// Empty, with room for so many bytes.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        let mut bytes: Vec<u8> = Vec::with_capacity(capacity + PAGE_BYTES);
        let start = bytes.as_ptr().align_offset(PAGE_BYTES);
        bytes.resize(start, 0);
        Self { bytes, start }
    }

    /// Fills a buffer from anywhere in a file that is opened past the page cache.
    pub(crate) fn read(file: &dyn File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let page = PAGE_BYTES as u64;
        let (first, end) = (offset / page * page, offset + buffer.len() as u64);
        let mut pages = Self::default();
        pages.resize((end.next_multiple_of(page) - first) as usize);
        if first + (file.read_up_to(pages.as_mut_slice(), first)? as u64) < end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer.copy_from_slice(&pages.as_slice()[(offset - first) as usize..][..buffer.len()]);
        Ok(())
    }

    /// Whether it is no memory at all.
    pub(crate) fn is_none(&self) -> bool {
        self.bytes.capacity() == 0
    }

    /// How many bytes more it can take.
    pub(crate) fn room(&self) -> usize {
        self.bytes.capacity() - self.bytes.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len() - self.start
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.bytes[self.start..]
    }

    /// Adds bytes; where there is no room for them, all of it moves to another page.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// Becomes so long, with zeros behind what there is, or shorter.
    pub(crate) fn resize(&mut self, length: usize) {
        self.reserve(length.saturating_sub(self.len()));
        self.bytes.resize(self.start + length, 0);
    }

    fn reserve(&mut self, bytes: usize) {
        if bytes > self.room() {
            let mut larger = Self::with_capacity((self.len() + bytes).max(2 * self.len()));
            larger.bytes.extend_from_slice(self.as_slice());
            *self = larger;
        }
    }

    /// Gives memory back beyond so many bytes, if that is more than is used.
    pub(crate) fn shrink_to(&mut self, capacity: usize) {
        if self.bytes.capacity() > capacity.max(self.len()) + PAGE_BYTES {
            let mut smaller = Self::with_capacity(capacity.max(self.len()));
            smaller.push(self.as_slice());
            *self = smaller;
        }
    }

    /// Ends here; what stood behind.
    pub(crate) fn split_off(&mut self, at: usize) -> Vec<u8> {
        self.bytes.split_off(self.start + at)
    }

    /// Goes on with what stands behind this place.
    pub(crate) fn drop_before(&mut self, at: usize) {
        self.bytes.copy_within(self.start + at.., self.start);
        self.resize(self.len() - at);
    }
}

/// Pages for those who write large bodies.
pub(crate) struct PageBuffers {
    capacity: usize,
    kept: Mutex<Vec<Pages>>,
}

impl PageBuffers {
    /// Each with room for so many bytes.
    pub(crate) fn new(capacity: usize) -> Arc<Self> {
        Arc::new(Self { capacity, kept: Mutex::default() })
    }

    pub(crate) fn get(&self) -> Pages {
        let kept = self.kept.lock().pop();
        kept.unwrap_or_else(|| Pages::with_capacity(self.capacity))
    }

    /// Takes back what nobody needs any more; what is smaller than the others goes.
    pub(crate) fn keep(&self, mut pages: Pages) {
        if pages.bytes.capacity() < self.capacity {
            return;
        }
        pages.resize(0);
        let mut kept = self.kept.lock();
        if kept.len() < KEPT_MAX {
            kept.push(pages);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_begin_at_a_page_and_are_used_again() {
        let buffers = PageBuffers::new(10_000);
        let mut pages = buffers.get();
        pages.push(&[1; 10_000]);
        let place = pages.as_slice().as_ptr();
        assert!(place.addr().is_multiple_of(PAGE_BYTES) && pages.len() == 10_000);
        assert_eq!(pages.split_off(9_990), [1; 10]);
        pages.drop_before(9_900);
        assert_eq!(pages.as_slice(), [1; 90]);
        buffers.keep(pages);
        let again = buffers.get();
        assert!(again.as_slice().is_empty() && again.as_slice().as_ptr() == place);
        buffers.keep(Pages::with_capacity(1));
        assert!(buffers.kept.lock().is_empty());
        (0..=KEPT_MAX).for_each(|_| buffers.keep(Pages::with_capacity(10_000)));
        assert_eq!(buffers.kept.lock().len(), KEPT_MAX);
    }

    #[test]
    fn what_grows_begins_at_a_page_still() {
        let mut pages = Pages::default();
        for length in (1..3 * PAGE_BYTES).step_by(1_000) {
            pages.push(&[7]);
            pages.resize(length);
            assert!(pages.as_slice().as_ptr().addr().is_multiple_of(PAGE_BYTES));
            assert_eq!(pages.len(), length);
            assert_eq!(pages.as_slice().iter().filter(|it| **it == 7).count(), length / 1_000 + 1);
        }
    }
}
