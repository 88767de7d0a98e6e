//! Memory that begins at a page, as a disk wants it for what goes past the page cache; used again and
//! again, for memory that was used a moment ago needs no zeros and no pages from the kernel.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::log::PAGE_BYTES;

/// Most buffers kept for whoever comes next.
const KEPT_MAX: usize = 32;

/// Bytes that begin at a page's start, up to a capacity.
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

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        assert!(bytes.len() <= self.room(), "it would move, and begin at no page any more");
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends here; what stood behind.
    pub(crate) fn split_off(&mut self, at: usize) -> Vec<u8> {
        self.bytes.split_off(self.start + at)
    }

    fn clear(&mut self) {
        self.bytes.truncate(self.start);
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

    /// Takes back what nobody needs any more; what isn't of its size goes.
    pub(crate) fn keep(&self, mut pages: Pages) {
        if pages.bytes.capacity() < self.capacity {
            return;
        }
        pages.clear();
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
        buffers.keep(pages);
        let again = buffers.get();
        assert!(again.as_slice().is_empty() && again.as_slice().as_ptr() == place);
        buffers.keep(Pages::with_capacity(1));
        assert!(buffers.kept.lock().is_empty());
        (0..=KEPT_MAX).for_each(|_| buffers.keep(Pages::with_capacity(10_000)));
        assert_eq!(buffers.kept.lock().len(), KEPT_MAX);
    }
}
