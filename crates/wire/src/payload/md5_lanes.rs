//! MD5 of several bodies side by side: sixteen in the time that one takes twice.
//!
//! MD5 can't be split up, but sixteen of them fit the registers of AVX-512 (or twice those of AVX2)
//! word by word. Plain Rust on arrays, from RFC 1321; the compiler makes vectors of it where it is told
//! that the processor has them. Elsewhere nothing is gained, and one body after the other is hashed.

use md5::Digest as _;

/// Bodies that are hashed at once, at most.
pub(super) const LANES: usize = 16;
/// With fewer bodies than this, one after the other is as quick.
const WORTHWHILE: usize = 4;
const BLOCK_BYTES: usize = 64;

/// One 32-bit word of each body.
type Words = [u32; LANES];
type Block = [u8; BLOCK_BYTES];

const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
/// `floor(2^32 * abs(sin(i + 1)))` (RFC 1321, 3.4).
#[rustfmt::skip]
const SINES: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];
/// By how many bits each step turns, by round.
const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// The MD5 of each body; at most [`LANES`] of them.
pub(super) fn md5_of_each(bodies: &[&[u8]]) -> Vec<[u8; 16]> {
    assert!(bodies.len() <= LANES, "as many as there are lanes");
    match Compress::of_this_processor().filter(|_| bodies.len() >= WORTHWHILE) {
        Some(compress) => side_by_side(bodies, compress),
        None => bodies.iter().map(|it| md5::Md5::digest(it).into()).collect(),
    }
}

/// Takes a block of each body in.
#[derive(Clone, Copy)]
struct Compress(fn(&mut [Words; 4], &[&Block; LANES]));

impl Compress {
    /// None if it has no vectors that would make it worth the while.
    fn of_this_processor() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            #[target_feature(enable = "avx512f,avx512vl,avx512bw")]
            fn on_avx512(state: &mut [Words; 4], blocks: &[&Block; LANES]) {
                compress(state, blocks);
            }
            #[target_feature(enable = "avx2")]
            fn on_avx2(state: &mut [Words; 4], blocks: &[&Block; LANES]) {
                compress(state, blocks);
            }
            let has_avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512bw");
            if has_avx512 {
                // SAFETY: the processor has just said that it has what `on_avx512` is compiled for.
                #[allow(unsafe_code)]
                return Some(Self(|state, blocks| unsafe { on_avx512(state, blocks) }));
            }
            if is_x86_feature_detected!("avx2") {
                // SAFETY: likewise.
                #[allow(unsafe_code)]
                return Some(Self(|state, blocks| unsafe { on_avx2(state, blocks) }));
            }
        }
        None
    }
}

/// A body's last block or two: what is left of it, a bit that ends it, its length.
struct Tail {
    bytes: [u8; 2 * BLOCK_BYTES],
    blocks: usize,
}

impl Tail {
    fn of(body: &[u8]) -> Self {
        let (_, rest) = body.as_chunks::<BLOCK_BYTES>();
        let blocks = (rest.len() + 1 + 8).div_ceil(BLOCK_BYTES);
        let mut bytes = [0; 2 * BLOCK_BYTES];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes[rest.len()] = 0x80;
        let bits = (body.len() as u64).wrapping_mul(8).to_le_bytes();
        bytes[blocks * BLOCK_BYTES - 8..blocks * BLOCK_BYTES].copy_from_slice(&bits);
        Self { bytes, blocks }
    }
}

fn side_by_side(bodies: &[&[u8]], compress: Compress) -> Vec<[u8; 16]> {
    let tails: Vec<Tail> = bodies.iter().map(|it| Tail::of(it)).collect();
    let count = |lane: usize| bodies[lane].len() / BLOCK_BYTES + tails[lane].blocks;
    let most = (0..bodies.len()).map(count).max().unwrap_or(0);
    let mut hashes = vec![[0; 16]; bodies.len()];
    let mut state = START.map(|it| [it; LANES]);
    for at in 0..most {
        // A lane whose body has ended runs on, for nothing.
        let mut blocks = [&[0; BLOCK_BYTES]; LANES];
        for ((block, body), tail) in blocks.iter_mut().zip(bodies).zip(&tails) {
            let (whole, _) = body.as_chunks();
            let (last, _) = tail.bytes[..tail.blocks * BLOCK_BYTES].as_chunks();
            if let Some(it) = whole.get(at).or_else(|| last.get(at.wrapping_sub(whole.len()))) {
                *block = it;
            }
        }
        (compress.0)(&mut state, &blocks);
        for (lane, hash) in hashes.iter_mut().enumerate().filter(|(lane, _)| count(*lane) == at + 1)
        {
            let words = state.iter().flat_map(|it| it[lane].to_le_bytes());
            hash.iter_mut().zip(words).for_each(|(byte, it)| *byte = it);
        }
    }
    hashes
}

#[inline(always)]
fn each_lane(word: impl Fn(usize) -> u32) -> Words {
    let mut words = [0; LANES];
    for (lane, it) in words.iter_mut().enumerate() {
        *it = word(lane);
    }
    words
}

/// One block of each body (RFC 1321, 3.4). Inlined into functions for some processor's vectors.
#[inline(always)]
fn compress(state: &mut [Words; 4], blocks: &[&Block; LANES]) {
    let mut message = [[0; LANES]; 16];
    for (lane, block) in blocks.iter().enumerate() {
        let (words, _) = block.as_chunks::<4>();
        for (of_lanes, word) in message.iter_mut().zip(words) {
            of_lanes[lane] = u32::from_le_bytes(*word);
        }
    }
    // No closure around these: it would be compiled for any processor, without the vectors.
    let sums = steps(*state, &message, 0, |i| i, |b, c, d| (b & c) | (!b & d));
    let sums = steps(sums, &message, 1, |i| 5 * i + 1, |b, c, d| (d & b) | (!d & c));
    let sums = steps(sums, &message, 2, |i| 3 * i + 5, |b, c, d| b ^ c ^ d);
    let sums = steps(sums, &message, 3, |i| 7 * i, |b, c, d| c ^ (b | !d));
    for (whole, sum) in state.iter_mut().zip(sums) {
        *whole = each_lane(|lane| whole[lane].wrapping_add(sum[lane]));
    }
}

/// The sixteen steps of a round: which word of the message each takes, and how it mixes.
#[inline(always)]
fn steps(
    [mut a, mut b, mut c, mut d]: [Words; 4],
    message: &[Words; 16],
    round: usize,
    word: impl Fn(usize) -> usize,
    mix: impl Fn(u32, u32, u32) -> u32,
) -> [Words; 4] {
    for step in 0..16 {
        let (sine, words) = (SINES[16 * round + step], &message[word(step) % 16]);
        let turn = TURNS[round][step % 4];
        let next = each_lane(|lane| {
            let mixed = mix(b[lane], c[lane], d[lane]).wrapping_add(a[lane]);
            let sum = mixed.wrapping_add(sine).wrapping_add(words[lane]);
            sum.rotate_left(turn).wrapping_add(b[lane])
        });
        (a, d, c, b) = (d, c, b, next);
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_hashes_as_one_body_alone_does() {
        // Around the ends of blocks, where the length takes a block of its own.
        let lengths = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 4096, 4095, 70_000, 3];
        let bodies: Vec<Vec<u8>> = lengths
            .iter()
            .map(|length| (0..*length).map(|it: usize| (it * 31 + length) as u8).collect())
            .collect();
        for count in 0..=LANES {
            let some: Vec<&[u8]> = bodies[..count].iter().map(|it| &it[..]).collect();
            let alone: Vec<[u8; 16]> = some.iter().map(|it| md5::Md5::digest(it).into()).collect();
            assert_eq!(md5_of_each(&some), alone, "{count}");
            assert_eq!(side_by_side(&some, Compress(compress)), alone, "{count}, without vectors");
        }
    }
}
