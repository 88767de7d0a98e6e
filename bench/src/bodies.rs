//! The bytes that objects are made of: one long random text, from which each key takes a stretch by
//! its number. So a reader knows what must come back, and an answer of another key is noticed. A body
//! longer than the text runs through it again and again: a gigabyte is streamed, not kept.

use md5::Digest as _;
use ring::digest::SHA256;

use crate::signing::hex;

/// How many different bodies there are of a size; large ones are costly to hash beforehand.
const VARIANTS: u64 = 16;
const LARGE_VARIANTS: u64 = 2;
const LARGE_BYTES: usize = 8 << 20;
const HUGE_BYTES: usize = 1 << 30;
/// The text is no longer than this, but for the steps.
const TEXT_BYTES_MAX: usize = 64 << 20;
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
    /// What the ETag is.
    pub md5: [u8; 16],
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
        let longest = sizes.iter().max().copied().unwrap_or(0).min(TEXT_BYTES_MAX);
        let bytes = longest + STEP_BYTES * VARIANTS as usize;
        let text: Vec<u8> =
            (0..bytes.div_ceil(8)).flat_map(|_| random.next().to_le_bytes()).collect();
        let body = |length: usize, variant: u64| {
            let start = variant as usize * STEP_BYTES;
            let (mut md5, mut sha256) = (md5::Md5::new(), ring::digest::Context::new(&SHA256));
            let mut at = 0;
            while at < length {
                let piece = piece(&text, start + at, length - at);
                md5.update(piece);
                sha256.update(piece);
                at += piece.len();
            }
            let (md5, sha256): ([u8; 16], _) = (md5.finalize().into(), sha256.finish());
            let etag = format!("\"{}\"", hex(&md5));
            Body { start, length, etag, md5, sha256: hex(sha256.as_ref()) }
        };
        let sizes = sizes.iter().map(|it| {
            let variants = match *it {
                HUGE_BYTES.. => 1,
                LARGE_BYTES.. => LARGE_VARIANTS,
                _ => VARIANTS,
            };
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

    /// A body's bytes from an offset on, as far as they lie together.
    pub fn piece(&self, body: &Body, offset: usize) -> &[u8] {
        piece(&self.text, body.start + offset, body.length - offset)
    }
}

/// At most so many bytes of what runs through the text again and again.
fn piece(text: &[u8], at: usize, length: usize) -> &[u8] {
    let from = at % text.len().max(1);
    &text[from..text.len().min(from + length)]
}

/// Whether bytes are what runs through the text from some place on.
pub fn is_of(text: &[u8], mut at: usize, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        let wanted = piece(text, at, bytes.len());
        if wanted.is_empty() || !bytes.starts_with(wanted) {
            return false;
        }
        (at, bytes) = (at + wanted.len(), &bytes[wanted.len()..]);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_bodies_that_differ_and_stay() {
        let bodies = Bodies::new(&[0, 10_000], &mut Random::new(1));
        let (one, other) = (bodies.of(10_000, 1), bodies.of(10_000, 2));
        assert_eq!(bodies.piece(one, 0).len(), 10_000);
        assert_eq!(bodies.piece(one, 9_000), &bodies.piece(one, 0)[9_000..]);
        assert_ne!(one.etag, other.etag);
        assert_eq!(bodies.of(10_000, 1 + VARIANTS), one);
        assert_eq!(bodies.of(0, 0).etag, "\"d41d8cd98f00b204e9800998ecf8427e\"");
    }

    #[test]
    fn a_body_longer_than_the_text_runs_through_it_again() {
        let text = b"0123456789";
        assert_eq!(piece(text, 7, 8), b"789");
        assert_eq!(piece(text, 10, 3), b"012");
        assert!(is_of(text, 7, b"7890123456789012"));
        assert!(!is_of(text, 7, b"7890123456789013"));
        assert!(!is_of(b"", 0, b"7"));

        let size = TEXT_BYTES_MAX + STEP_BYTES * VARIANTS as usize + 5;
        let bodies = Bodies::new(&[size], &mut Random::new(1));
        let body = bodies.of(size, 0);
        assert_eq!(bodies.piece(body, size - 5), &bodies.text()[..5]);
        let whole = [bodies.piece(body, 0), bodies.piece(body, size - 5)].concat();
        assert_eq!(body.md5, <[u8; 16]>::from(md5::Md5::digest(&whole)));
    }
}
