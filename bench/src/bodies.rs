//! The bytes that objects are made of: one long random text, from which each key takes a stretch by
//! its number. So a reader knows what must come back, and an answer of another key is noticed.

use md5::Digest as _;
use ring::digest::{SHA256, digest};

use crate::signing::hex;

/// How many different bodies there are of a size; large ones are costly to hash beforehand.
const VARIANTS: u64 = 16;
const LARGE_VARIANTS: u64 = 2;
const LARGE_BYTES: usize = 8 << 20;
/// How far the beginnings of two bodies lie apart.
const STEP_BYTES: usize = 4096;

/// A seeded generator (SplitMix64): same seed, same bytes and same choices.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which isn't zero.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// A body that a request sends or expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Where it begins in the text.
    pub start: usize,
    /// Bytes.
    pub length: usize,
    /// With quotation marks.
    pub etag: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// All bodies of one run.
pub struct Bodies {
    text: Vec<u8>,
    sizes: Vec<(usize, Vec<Body>)>,
}

impl Bodies {
    /// Bodies of these sizes, their digests computed.
    pub fn new(sizes: &[usize], random: &mut Random) -> Self {
        let longest = sizes.iter().max().copied().unwrap_or(0);
        let bytes = longest + STEP_BYTES * VARIANTS as usize;
        let text: Vec<u8> =
            (0..bytes.div_ceil(8)).flat_map(|_| random.next().to_le_bytes()).collect();
        let body = |length: usize, variant: u64| {
            let start = variant as usize * STEP_BYTES;
            let bytes = &text[start..start + length];
            let md5: [u8; 16] = md5::Md5::digest(bytes).into();
            let sha256 = hex(digest(&SHA256, bytes).as_ref());
            Body { start, length, etag: format!("\"{}\"", hex(&md5)), sha256 }
        };
        let sizes = sizes.iter().map(|it| {
            let variants = if *it >= LARGE_BYTES { LARGE_VARIANTS } else { VARIANTS };
            (*it, (0..variants).map(|variant| body(*it, variant)).collect())
        });
        let sizes = sizes.collect();
        Self { text, sizes }
    }

    /// The body that the key with this number has.
    pub fn of(&self, size: usize, number: u64) -> &Body {
        let (_, variants) =
            self.sizes.iter().find(|(it, _)| *it == size).expect("a size of this run");
        &variants[(number % variants.len() as u64) as usize]
    }

    /// What all bodies are stretches of.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// A body's bytes.
    pub fn bytes(&self, body: &Body) -> &[u8] {
        &self.text[body.start..body.start + body.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_bodies_that_differ_and_stay() {
        let bodies = Bodies::new(&[0, 10_000], &mut Random::new(1));
        let (one, other) = (bodies.of(10_000, 1), bodies.of(10_000, 2));
        assert_eq!(bodies.bytes(one).len(), 10_000);
        assert_ne!(one.etag, other.etag);
        assert_eq!(bodies.of(10_000, 1 + VARIANTS), one);
        assert_eq!(bodies.of(0, 0).etag, "\"d41d8cd98f00b204e9800998ecf8427e\"");
    }
}
