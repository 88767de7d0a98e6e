//! Sixteen lanes in the registers of AVX-512: a step takes four instructions one behind the other, as
//! many as one body alone would, since `vpternlogd` mixes three words at once and `vprold` turns.
//!
//! Written out, because of plain Rust (`lanes.rs`) the compiler makes code that takes five times as long:
//! it moves each word of a block into its lane by itself.

use std::arch::x86_64::*;

use super::Block;
use super::lanes::{LANES, Runs, SINES, Words};

/// What `vpternlogd` makes of b, c and d in each round (RFC 1321, 3.4: F, G, H, I): bit `4b + 2c + d` of
/// these.
const F: i32 = 0b1100_1010;
const G: i32 = 0b1110_0100;
const H: i32 = 0b1001_0110;
const I: i32 = 0b0011_1001;

/// A step; the words change places with the next one.
macro_rules! step {
    ($mix:ident, $turn:literal, $sine:expr, $word:expr, $a:ident $b:ident $c:ident $d:ident) => {
        let constant = _mm512_add_epi32(_mm512_set1_epi32($sine as i32), $word);
        let mixed = _mm512_ternarylogic_epi32::<$mix>($b, $c, $d);
        let sum = _mm512_add_epi32(_mm512_add_epi32($a, constant), mixed);
        $a = _mm512_add_epi32(_mm512_rol_epi32::<$turn>(sum), $b);
    };
}

/// The sixteen steps of a round: the first word of the message that it takes and how far it goes on to
/// the next, and the four turns, again and again.
macro_rules! round {
    ($number:literal, $mix:ident, $first:literal + $stride:literal, $turns:tt, $message:ident, $words:tt) => {
        round!(@steps $number, $mix, $first + $stride, 0, $turns, $message, $words);
        round!(@steps $number, $mix, $first + $stride, 4, $turns, $message, $words);
        round!(@steps $number, $mix, $first + $stride, 8, $turns, $message, $words);
        round!(@steps $number, $mix, $first + $stride, 12, $turns, $message, $words);
    };
    (@steps $number:literal, $mix:ident, $first:literal + $stride:literal, $from:literal,
        [$t0:literal $t1:literal $t2:literal $t3:literal], $m:ident, [$a:ident $b:ident $c:ident $d:ident]) => {
        let sine = |step: usize| SINES[16 * $number + $from + step];
        let word = |step: usize| $m[($first + $stride * ($from + step)) % 16];
        step!($mix, $t0, sine(0), word(0), $a $b $c $d);
        step!($mix, $t1, sine(1), word(1), $d $a $b $c);
        step!($mix, $t2, sine(2), word(2), $c $d $a $b);
        step!($mix, $t3, sine(3), word(3), $b $c $d $a);
    };
}

/// So many blocks of each run.
#[target_feature(enable = "avx512f")]
pub(super) fn compress(state: &mut [Words; 4], runs: &Runs<'_>, blocks: usize) {
    let [mut a, mut b, mut c, mut d] = (*state).map(|it| of_words(it));
    let runs = runs.map(|it| &it[..blocks]);
    for at in 0..blocks {
        let m = message(&runs, at);
        let (a0, b0, c0, d0) = (a, b, c, d);
        round!(0, F, 0 + 1, [7 12 17 22], m, [a b c d]);
        round!(1, G, 1 + 5, [5 9 14 20], m, [a b c d]);
        round!(2, H, 5 + 3, [4 11 16 23], m, [a b c d]);
        round!(3, I, 0 + 7, [6 10 15 21], m, [a b c d]);
        a = _mm512_add_epi32(a, a0);
        b = _mm512_add_epi32(b, b0);
        c = _mm512_add_epi32(c, c0);
        d = _mm512_add_epi32(d, d0);
    }
    *state = [a, b, c, d].map(|it| words_of(it));
}

/// The sixteen words of the lanes' blocks: transposed four by four.
#[inline]
#[target_feature(enable = "avx512f")]
fn message(runs: &Runs<'_>, at: usize) -> [__m512i; 16] {
    let mut message = [_mm512_setzero_si512(); 16];
    for (quarter, words) in message.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let every_fourth = |lane: usize| {
            let four = _mm512_castsi128_si512(four_words(&runs[lane][at], quarter));
            let four = _mm512_inserti32x4::<1>(four, four_words(&runs[lane + 4][at], quarter));
            let four = _mm512_inserti32x4::<2>(four, four_words(&runs[lane + 8][at], quarter));
            _mm512_inserti32x4::<3>(four, four_words(&runs[lane + 12][at], quarter))
        };
        let lanes = [every_fourth(0), every_fourth(1), every_fourth(2), every_fourth(3)];
        let low = _mm512_unpacklo_epi32(lanes[0], lanes[1]);
        let high = _mm512_unpackhi_epi32(lanes[0], lanes[1]);
        let other_low = _mm512_unpacklo_epi32(lanes[2], lanes[3]);
        let other_high = _mm512_unpackhi_epi32(lanes[2], lanes[3]);
        words[0] = _mm512_unpacklo_epi64(low, other_low);
        words[1] = _mm512_unpackhi_epi64(low, other_low);
        words[2] = _mm512_unpacklo_epi64(high, other_high);
        words[3] = _mm512_unpackhi_epi64(high, other_high);
    }
    message
}

/// One of four quarters of a block. The compiler makes one load of it.
#[inline]
#[target_feature(enable = "avx512f")]
fn four_words(block: &Block, quarter: usize) -> __m128i {
    let (words, _) = block.as_chunks();
    let two = |at: usize| i64::from_le_bytes(words[2 * quarter + at]);
    _mm_set_epi64x(two(1), two(0))
}

#[target_feature(enable = "avx512f")]
fn of_words(words: Words) -> __m512i {
    let four = |at: usize| {
        let word = |lane: usize| words[4 * at + lane].cast_signed();
        _mm_setr_epi32(word(0), word(1), word(2), word(3))
    };
    let all = _mm512_castsi128_si512(four(0));
    let all = _mm512_inserti32x4::<1>(all, four(1));
    let all = _mm512_inserti32x4::<2>(all, four(2));
    _mm512_inserti32x4::<3>(all, four(3))
}

#[target_feature(enable = "avx512f")]
fn words_of(all: __m512i) -> Words {
    let fours = [
        _mm512_extracti32x4_epi32::<0>(all),
        _mm512_extracti32x4_epi32::<1>(all),
        _mm512_extracti32x4_epi32::<2>(all),
        _mm512_extracti32x4_epi32::<3>(all),
    ];
    let mut words = [0; LANES];
    for (words, four) in words.as_chunks_mut().0.iter_mut().zip(fours) {
        *words = [
            _mm_extract_epi32::<0>(four).cast_unsigned(),
            _mm_extract_epi32::<1>(four).cast_unsigned(),
            _mm_extract_epi32::<2>(four).cast_unsigned(),
            _mm_extract_epi32::<3>(four).cast_unsigned(),
        ];
    }
    words
}
