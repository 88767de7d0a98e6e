//! Pieces of a body that are at hand together and go out in one write: each write wakes the client
//! and costs a walk through the network's layers, so that writes of one piece cost a large GET up to a
//! quarter more.

use std::collections::VecDeque;
use std::io::IoSlice;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::{Buf, Bytes};

/// Bytes from which on no piece is added.
const BYTES_ENOUGH: usize = 448 << 10;
/// Most pieces: hyper's buffers pass on no more than sixteen at once.
const PIECES_MAX: usize = 8;
/// Most bytes that wait behind the first piece, of all connections together, for memory's sake: the
/// rest send one piece at a time.
const BEHIND_BYTES_MAX: usize = 16 << 20;

/// Bytes that wait behind the first piece, in this process.
static BEHIND_BYTES: AtomicUsize = AtomicUsize::new(0);

/// Bytes of a body, in pieces.
#[derive(Debug)]
pub struct Gathered {
    front: Bytes,
    /// Few bodies have more than one piece.
    behind: Option<Box<Behind>>,
    /// Where bytes behind the first piece are counted.
    all_behind: &'static AtomicUsize,
}

#[derive(Debug, Default)]
struct Behind {
    pieces: VecDeque<Bytes>,
    bytes: usize,
}

impl Default for Gathered {
    fn default() -> Self {
        Self::counted_in(&BEHIND_BYTES)
    }
}

impl Gathered {
    fn counted_in(all_behind: &'static AtomicUsize) -> Self {
        Self { front: Bytes::new(), behind: None, all_behind }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.front.is_empty()
    }

    /// Whether another piece is welcome, if there is one at hand. The first always is.
    pub(crate) fn has_room(&self) -> bool {
        let pieces = self.behind.as_ref().map_or(0, |it| it.pieces.len());
        let has_room = self.remaining() < BYTES_ENOUGH
            && pieces + 1 < PIECES_MAX
            && self.all_behind.load(Ordering::Relaxed) < BEHIND_BYTES_MAX;
        has_room || self.is_empty()
    }

    pub(crate) fn push(&mut self, piece: Bytes) {
        if self.front.is_empty() {
            self.front = piece;
        } else if !piece.is_empty() {
            self.all_behind.fetch_add(piece.len(), Ordering::Relaxed);
            let behind = self.behind.get_or_insert_default();
            behind.bytes += piece.len();
            behind.pieces.push_back(piece);
        }
    }

    /// The next piece comes to the front; what was there is given back.
    fn step(&mut self) {
        let next = self.behind.as_mut().and_then(|it| it.pieces.pop_front());
        self.front = next.unwrap_or_default();
        self.leave(self.front.len());
    }

    /// So many bytes aren't behind the first piece any more.
    fn leave(&mut self, bytes: usize) {
        if let Some(behind) = &mut self.behind {
            behind.bytes -= bytes;
            self.all_behind.fetch_sub(bytes, Ordering::Relaxed);
        }
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        self.leave(self.remaining() - self.front.len());
    }
}

impl Buf for Gathered {
    fn remaining(&self) -> usize {
        self.front.len() + self.behind.as_ref().map_or(0, |it| it.bytes)
    }

    fn chunk(&self) -> &[u8] {
        &self.front
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        if self.is_empty() {
            return 0;
        }
        let behind = self.behind.iter().flat_map(|it| &it.pieces);
        let filled = slices.iter_mut().zip(std::iter::once(&self.front).chain(behind));
        filled.map(|(slice, piece)| *slice = IoSlice::new(piece)).count()
    }

    fn advance(&mut self, mut count: usize) {
        assert!(count <= self.remaining(), "{count} of {} bytes", self.remaining());
        while count > 0 && count >= self.front.len() {
            count -= self.front.len();
            self.step();
        }
        self.front.advance(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[&'static str]) -> Gathered {
        let mut gathered = Gathered::default();
        pieces.iter().for_each(|it| gathered.push(Bytes::from_static(it.as_bytes())));
        gathered
    }

    #[test]
    fn it_gives_its_bytes_in_order_however_many_are_taken_at_once() {
        for at_once in 1..=9 {
            let mut gathered = of(&["", "ab", "", "c", "defg", "hi"]);
            let mut taken = Vec::new();
            while gathered.has_remaining() {
                let mut slices = [IoSlice::new(&[]); 3];
                let filled = gathered.chunks_vectored(&mut slices);
                let offered: Vec<u8> = slices[..filled].iter().flat_map(|it| it.to_vec()).collect();
                let count = at_once.min(offered.len());
                taken.extend_from_slice(&offered[..count]);
                gathered.advance(count);
            }
            assert_eq!(taken, b"abcdefghi", "{at_once}");
            assert!(gathered.is_empty() && gathered.chunk().is_empty());
        }
    }

    #[test]
    fn as_many_slices_are_filled_as_there_is_room_for() {
        let gathered = of(&["a", "b", "c"]);
        for room in 0..5 {
            let mut slices = vec![IoSlice::new(&[]); room];
            assert_eq!(gathered.chunks_vectored(&mut slices), room.min(3));
        }
        assert_eq!(Gathered::default().chunks_vectored(&mut [IoSlice::new(&[])]), 0);
    }

    #[test]
    fn it_stops_at_bytes_and_at_pieces() {
        static ALL_BEHIND: AtomicUsize = AtomicUsize::new(0);
        let block = Bytes::from(vec![0; 64 << 10]);
        let mut gathered = Gathered::counted_in(&ALL_BEHIND);
        while gathered.has_room() {
            gathered.push(block.clone());
        }
        assert_eq!(gathered.remaining(), BYTES_ENOUGH);
        let mut gathered = Gathered::counted_in(&ALL_BEHIND);
        (0..PIECES_MAX).for_each(|_| gathered.push(Bytes::from_static(b"a")));
        assert!(!gathered.has_room());
    }

    #[test]
    fn all_connections_together_hold_a_bounded_number_of_bytes() {
        static ALL_BEHIND: AtomicUsize = AtomicUsize::new(0);
        let half = Bytes::from(vec![0; BEHIND_BYTES_MAX / 2]);
        let mut some = Gathered::counted_in(&ALL_BEHIND);
        let mut more = Gathered::counted_in(&ALL_BEHIND);
        more.push(Bytes::from_static(b"a"));
        (0..3).for_each(|_| some.push(half.clone()));
        assert!(!more.has_room(), "as many bytes wait as may");
        assert!(Gathered::counted_in(&ALL_BEHIND).has_room(), "the first piece is always welcome");
        some.advance(half.len());
        assert!(more.has_room(), "what came to the front is counted no more");
        more.push(half.clone());
        drop(some);
        assert_eq!(ALL_BEHIND.load(Ordering::Relaxed), half.len(), "nor what was given up");
        drop(more);
        assert_eq!(ALL_BEHIND.load(Ordering::Relaxed), 0);
    }
}
