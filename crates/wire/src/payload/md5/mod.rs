//! MD5, which every ETag needs and which can't be split up: one body takes a core for 2 s a GiB, and
//! sixteen side by side take it no longer.
//!
//! So bodies meet. Small ones, which wait in memory anyway, are hashed when they have ended
//! (`together.rs`), larger ones while they arrive, on threads of their own (`aside.rs`): both in lanes
//! (`lanes.rs`, `avx512.rs`).

mod aside;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod lanes;
mod together;

use bytes::Bytes;

use lanes::Lane;

pub(super) use aside::Stream;
pub(super) use together::{BODY_BYTES_MAX as TOGETHER_BYTES_MAX, PIECES_MAX, together};

/// MD5 takes its bytes in blocks.
type Block = [u8; BLOCK_BYTES];
const BLOCK_BYTES: usize = 64;

/// An MD5 on its way.
#[derive(Clone)]
pub struct Md5 {
    state: [u32; 4],
    /// Bytes taken in.
    length: u64,
    /// What fills no block yet.
    rest: Block,
    rest_bytes: usize,
}

impl Default for Md5 {
    fn default() -> Self {
        let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
        Self { state, length: 0, rest: [0; BLOCK_BYTES], rest_bytes: 0 }
    }
}

impl Md5 {
    /// Takes bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        lanes::run(&mut [Lane::new(self, std::iter::once(bytes))]);
    }

    /// The hash.
    pub fn finish(self) -> [u8; 16] {
        finish_each(vec![self])[0]
    }

    /// The last block or two: what is left, a bit that ends it, the length (RFC 1321, 3.1 and 3.2).
    fn ending(&self) -> Ending {
        let mut bytes = [0; 2 * BLOCK_BYTES];
        bytes[..self.rest_bytes].copy_from_slice(&self.rest[..self.rest_bytes]);
        bytes[self.rest_bytes] = 0x80;
        let end = (self.rest_bytes + 1 + 8).next_multiple_of(BLOCK_BYTES);
        bytes[end - 8..end].copy_from_slice(&self.length.wrapping_mul(8).to_le_bytes());
        Ending { bytes, end }
    }
}

impl std::fmt::Debug for Md5 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Md5")
    }
}

struct Ending {
    bytes: [u8; 2 * BLOCK_BYTES],
    end: usize,
}

/// The hash of each body; at most [`lanes::LANES`] of them.
fn hash_each(bodies: &[&Pieces]) -> Vec<[u8; 16]> {
    let mut all = vec![Md5::default(); bodies.len()];
    let lanes = all.iter_mut().zip(bodies).map(|(md5, body)| Lane::new(md5, body.iter()));
    lanes::run(&mut lanes.collect::<Vec<_>>());
    finish_each(all)
}

/// The hash of each, when everything has been taken in.
fn finish_each(mut all: Vec<Md5>) -> Vec<[u8; 16]> {
    let endings: Vec<Ending> = all.iter().map(Md5::ending).collect();
    let with_endings = all.iter_mut().zip(&endings).map(|(md5, ending)| {
        md5.rest_bytes = 0;
        Lane::new(md5, std::iter::once(&ending.bytes[..ending.end]))
    });
    lanes::run(&mut with_endings.collect::<Vec<_>>());
    let hash = |md5: &Md5| {
        let mut hash = [0; 16];
        for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(md5.state) {
            *bytes = word.to_le_bytes();
        }
        hash
    };
    all.iter().map(hash).collect()
}

/// Pieces of a body, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// Most small bodies come in one, which shall not cost a list.
    first: Bytes,
    more: Vec<Bytes>,
}

impl Pieces {
    pub(super) fn push(&mut self, piece: Bytes) {
        match self.first.is_empty() {
            true => self.first = piece,
            false => self.more.push(piece),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.more.len() + usize::from(!self.first.is_empty())
    }

    /// Gives each away.
    pub(super) fn take_each(&mut self, take: impl Fn(Bytes)) {
        let Self { first, more } = std::mem::take(self);
        std::iter::once(first).chain(more).for_each(take);
    }

    fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(&self.first[..]).chain(self.more.iter().map(|it| &it[..]))
    }
}
