//! Blocks of several bodies side by side: sixteen in the time that one takes.
//!
//! MD5 can't be split up, but sixteen of them fit the registers of AVX-512, or twice those of AVX2, word
//! by word. Elsewhere nothing is gained, and one body after the other is hashed.

use md5::block_api::compress as compress_one;

use super::{BLOCK_BYTES, Block, Md5};

/// Bodies that are hashed at once, at most.
pub(super) const LANES: usize = 16;

/// One 32-bit word of each lane.
pub(super) type Words = [u32; LANES];
/// What is left of each lane's blocks that lie one behind the other.
pub(super) type Runs<'a> = [&'a [Block]; LANES];

/// `floor(2^32 * abs(sin(i + 1)))` (RFC 1321, 3.4).
#[rustfmt::skip]
pub(super) const SINES: [u32; 64] = [
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

/// A body that is being hashed: its MD5 so far, and its next bytes.
pub(super) struct Lane<'a, I> {
    md5: &'a mut Md5,
    /// Whole blocks of the piece that it has come to, and what stands behind them.
    blocks: &'a [Block],
    behind: &'a [u8],
    pieces: I,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Lane<'a, I> {
    pub(super) fn new(md5: &'a mut Md5, pieces: I) -> Self {
        let mut lane = Self { md5, blocks: &[], behind: &[], pieces };
        lane.go_on();
        lane
    }

    /// The next blocks in memory, none at the end. One that stands in two pieces is put together first.
    fn run(&self) -> &[Block] {
        match self.md5.rest_bytes {
            BLOCK_BYTES => std::slice::from_ref(&self.md5.rest),
            _ => self.blocks,
        }
    }

    /// So many blocks of the run have been hashed.
    fn advance(&mut self, blocks: usize) {
        match self.md5.rest_bytes {
            BLOCK_BYTES if blocks > 0 => self.md5.rest_bytes = 0,
            _ => self.blocks = &self.blocks[blocks..],
        }
        self.go_on();
    }

    /// Has a run, unless everything is hashed.
    fn go_on(&mut self) {
        while self.blocks.is_empty() && self.md5.rest_bytes < BLOCK_BYTES {
            let behind = std::mem::take(&mut self.behind);
            self.md5.rest[..behind.len()].copy_from_slice(behind);
            self.md5.rest_bytes += behind.len();
            let Some(mut piece) = self.pieces.next() else { return };
            self.md5.length += piece.len() as u64;
            if self.md5.rest_bytes > 0 {
                let lacking = (BLOCK_BYTES - self.md5.rest_bytes).min(piece.len());
                let (first, others) = piece.split_at(lacking);
                self.md5.rest[self.md5.rest_bytes..][..lacking].copy_from_slice(first);
                self.md5.rest_bytes += lacking;
                piece = others;
            }
            (self.blocks, self.behind) = piece.as_chunks();
        }
    }
}

/// Hashes all that the lanes have; at most [`LANES`] of them.
pub(super) fn run<'a, I: Iterator<Item = &'a [u8]>>(lanes: &mut [Lane<'a, I>]) {
    run_on(&Vectors::of_this_processor(), lanes);
}

fn run_on<'a, I: Iterator<Item = &'a [u8]>>(vectors: &Option<Vectors>, lanes: &mut [Lane<'a, I>]) {
    assert!(lanes.len() <= LANES, "as many as there are lanes");
    loop {
        let busy = lanes.iter().filter(|it| !it.run().is_empty()).count();
        match vectors.as_ref().filter(|it| busy >= it.worthwhile) {
            _ if busy == 0 => return,
            Some(vectors) => side_by_side(vectors, lanes),
            None => {
                for lane in lanes.iter_mut() {
                    let mut state = lane.md5.state;
                    compress_one(&mut state, lane.run());
                    lane.md5.state = state;
                    lane.advance(lane.run().len());
                }
            }
        }
    }
}

/// As many blocks of each lane as the shortest run has. A lane that has ended runs on, for nothing, on
/// another's blocks.
fn side_by_side<'a, I: Iterator<Item = &'a [u8]>>(vectors: &Vectors, lanes: &mut [Lane<'a, I>]) {
    let runs = || lanes.iter().map(Lane::run).filter(|it| !it.is_empty());
    let shortest = runs().min_by_key(|it| it.len()).expect("a lane is busy");
    let blocks = shortest.len();
    let mut of_each: Runs<'_> = [shortest; LANES];
    let mut state = [[0; LANES]; 4];
    for (at, lane) in lanes.iter().enumerate() {
        state.iter_mut().zip(lane.md5.state).for_each(|(words, word)| words[at] = word);
        if let Some(run) = lane.run().get(..blocks) {
            of_each[at] = run;
        }
    }
    (vectors.compress)(&mut state, &of_each, blocks);
    for (at, lane) in lanes.iter_mut().enumerate().filter(|(_, it)| !it.run().is_empty()) {
        lane.md5.state = state.map(|words| words[at]);
        lane.advance(blocks);
    }
}

/// What hashes as many blocks of each run.
struct Vectors {
    compress: fn(&mut [Words; 4], &Runs<'_>, usize),
    /// With fewer lanes than this, one after the other is as quick.
    worthwhile: usize,
}

impl Vectors {
    /// None if it has none that would make it worth the while.
    #[allow(unsafe_code)]
    fn of_this_processor() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            use super::avx512;

            #[target_feature(enable = "avx2")]
            fn on_avx2(state: &mut [Words; 4], runs: &Runs<'_>, blocks: usize) {
                compress(state, runs, blocks);
            }
            if is_x86_feature_detected!("avx512f") {
                return Some(Self {
                    // SAFETY: the processor has just said that it has what this is compiled for.
                    compress: |state, runs, blocks| unsafe {
                        avx512::compress(state, runs, blocks)
                    },
                    worthwhile: 2,
                });
            }
            if is_x86_feature_detected!("avx2") {
                return Some(Self {
                    // SAFETY: likewise.
                    compress: |state, runs, blocks| unsafe { on_avx2(state, runs, blocks) },
                    worthwhile: 5,
                });
            }
        }
        None
    }
}

/// How many bodies a thread had best hash at once.
pub(super) fn at_once() -> usize {
    Vectors::of_this_processor().map_or(1, |_| LANES)
}

#[inline(always)]
fn each_lane(word: impl Fn(usize) -> u32) -> Words {
    let mut words = [0; LANES];
    for (lane, it) in words.iter_mut().enumerate() {
        *it = word(lane);
    }
    words
}

/// Plain Rust on arrays, from RFC 1321, 3.4: the compiler makes vectors of it where it is told that the
/// processor has them. Inlined into functions for some processor's.
#[inline(always)]
fn compress(state: &mut [Words; 4], runs: &Runs<'_>, blocks: usize) {
    for at in 0..blocks {
        let mut message = [[0; LANES]; 16];
        for (lane, run) in runs.iter().enumerate() {
            let (words, _) = run[at].as_chunks::<4>();
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
    use ::md5::Digest as _;

    use super::*;

    /// Some MD5 that has taken in `before`, and the whole body's hash when `pieces` have come too.
    fn check(vectors: &Option<Vectors>, bodies: &[(&[u8], Vec<&[u8]>)], why: &str) {
        let mut all = vec![Md5::default(); bodies.len()];
        all.iter_mut().zip(bodies).for_each(|(md5, (before, _))| md5.update(before));
        let lanes = all.iter_mut().zip(bodies);
        let lanes = lanes.map(|(md5, (_, pieces))| Lane::new(md5, pieces.iter().copied()));
        run_on(vectors, &mut lanes.collect::<Vec<_>>());
        for (at, (md5, (before, pieces))) in all.into_iter().zip(bodies).enumerate() {
            let whole: [u8; 16] =
                ::md5::Md5::digest([before, &pieces.concat()[..]].concat()).into();
            assert_eq!(md5.finish(), whole, "{why}, lane {at}");
        }
    }

    /// Those that this machine has, plain ones, and none at all.
    fn all_vectors() -> [(Option<Vectors>, &'static str); 4] {
        let plain = |worthwhile| Some(Vectors { compress, worthwhile });
        [
            (Vectors::of_this_processor(), "this processor's"),
            (plain(1), "plain"),
            (plain(5), "plain, from five on"),
            (None, "none"),
        ]
    }

    fn bytes(length: usize, seed: usize) -> Vec<u8> {
        (0..length).map(|it| (it * 31 + seed * 7 + it / 251) as u8).collect()
    }

    #[test]
    fn every_lane_hashes_as_one_body_alone_does() {
        // Around the ends of blocks, where the length takes a block of its own.
        let lengths = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 4096, 4095, 70_000, 3];
        let bodies: Vec<_> = lengths.iter().map(|it| bytes(*it, *it)).collect();
        for (vectors, name) in all_vectors() {
            for count in 0..=LANES {
                let some: Vec<_> =
                    bodies[..count].iter().map(|it| (&[][..], vec![&it[..]])).collect();
                check(&vectors, &some, &format!("{count} lanes, {name}"));
            }
        }
    }

    #[test]
    fn states_are_carried_from_piece_to_piece() {
        let body = bytes(20_000, 5);
        // Pieces that end before, at and behind the ends of blocks, and empty ones.
        let steps = [1, 7, 63, 64, 65, 100, 128, 1000, 4096, 0, 8191];
        for (vectors, name) in all_vectors() {
            let bodies: Vec<_> = (0..LANES)
                .map(|lane| {
                    let (before, mut left) = body.split_at(lane * 37);
                    let mut pieces = vec![];
                    for step in steps.iter().cycle().skip(lane) {
                        if left.is_empty() {
                            break;
                        }
                        let (piece, behind) = left.split_at((*step).min(left.len()));
                        pieces.push(piece);
                        left = behind;
                    }
                    (before, pieces)
                })
                .collect();
            check(&vectors, &bodies, name);
        }
    }
}
