//! mimalloc for all memory: a request makes some fifty small allocations on whichever thread serves it,
//! and a listing many thousands; glibc's cost a tenth of a GET and half of a page (docs/performance.md).
//!
//! It is called by its plain functions where they align enough, which is nearly always. The `mimalloc`
//! crate asks by alignment for every block: three times the instructions for a small one, and for one
//! above 1 KiB a larger block than was asked for, which is freed the long way too.

#![expect(unsafe_code, reason = "the allocator's interface, and a C library's functions")]

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys as mi;

/// Blocks of at least so many bytes begin at a multiple of it, and shorter ones at a multiple of eight:
/// `MI_MAX_ALIGN_SIZE`, as C's `malloc` has to.
const ALIGN_GIVEN: usize = 16;

/// The allocator.
pub struct Mimalloc;

/// Whether a block of so many bytes begins well wherever mimalloc puts it.
const fn is_aligned_anyway(bytes: usize, align: usize) -> bool {
    align <= ALIGN_GIVEN && align <= bytes
}

// SAFETY: mimalloc's functions keep `GlobalAlloc`'s contract: blocks of at least the length asked for, or
// null; aligned by `is_aligned_anyway` or because that was asked for; given up to whichever thread by
// `mi_free`, and resized with their bytes kept, however they were allocated. None of them unwinds.
unsafe impl GlobalAlloc for Mimalloc {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: any length and any power of two may be asked for.
        let block = unsafe {
            match is_aligned_anyway(layout.size(), layout.align()) {
                true => mi::mi_malloc(layout.size()),
                false => mi::mi_malloc_aligned(layout.size(), layout.align()),
            }
        };
        block.cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as in `alloc`.
        let block = unsafe {
            match is_aligned_anyway(layout.size(), layout.align()) {
                true => mi::mi_zalloc(layout.size()),
                false => mi::mi_zalloc_aligned(layout.size(), layout.align()),
            }
        };
        block.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the caller's promise: it was allocated here and is given up once.
        unsafe { mi::mi_free(block.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // SAFETY: as in `dealloc` and `alloc`; a block that stays where it is stays aligned.
        let block = unsafe {
            match is_aligned_anyway(bytes, layout.align()) {
                true => mi::mi_realloc(block.cast(), bytes),
                false => mi::mi_realloc_aligned(block.cast(), bytes, layout.align()),
            }
        };
        block.cast()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of every length, however a block came to it.
    #[test]
    fn blocks_are_aligned_hold_what_they_held_and_begin_with_zeros_if_asked() {
        for align in [1, 2, 4, 8, 16, 32, 64, 128, 4096] {
            for bytes in (1..70).chain([100, 1000, 1024, 1025, 3000, 65_544, 1 << 20]) {
                let layout = Layout::from_size_align(bytes, align).unwrap();
                let longer = bytes * 3;
                // SAFETY: each block is used within its length and given up once, with its layout.
                unsafe {
                    let block = Mimalloc.alloc(layout);
                    let zeros = Mimalloc.alloc_zeroed(layout);
                    assert!(std::slice::from_raw_parts(zeros, bytes).iter().all(|it| *it == 0));
                    block.write_bytes(7, bytes);
                    let longer_block = Mimalloc.realloc(block, layout, longer);
                    for it in [zeros, longer_block] {
                        assert_eq!(it.addr() % align, 0, "{bytes} bytes by {align}");
                    }
                    let kept = std::slice::from_raw_parts(longer_block, bytes);
                    assert!(kept.iter().all(|it| *it == 7), "{bytes} bytes by {align}");
                    longer_block.add(bytes).write_bytes(7, longer - bytes);
                    Mimalloc.dealloc(zeros, layout);
                    let layout = Layout::from_size_align(longer, align).unwrap();
                    Mimalloc.dealloc(longer_block, layout);
                }
            }
        }
    }
}
