//! Requests' ids: no two of one server are alike.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

/// Numbers that a connection takes at once: one that all connections counted up with each request would be
/// handed from processor to processor.
const BLOCK: u64 = 1 << 12;

/// A request's id as AWS writes it: 16 letters and digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// Of a number. No two numbers have the same, and it doesn't show which come after which
    /// (splitmix64's last steps, each of which can be undone).
    fn of(number: u64) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let mut number = number;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        let digit = |at: usize| DIGITS[(number >> (60 - 4 * at)) as usize & 15];
        Self(std::array::from_fn(digit))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("letters and digits")
    }
}

/// Gives out blocks of numbers. It begins anywhere: ids of different starts shouldn't meet.
pub struct RequestIds(AtomicU64);

impl RequestIds {
    /// From this number on.
    pub fn new(start: u64) -> Self {
        Self(AtomicU64::new(start))
    }

    fn block(&self) -> u64 {
        self.0.fetch_add(BLOCK, Ordering::Relaxed)
    }
}

/// Gives one connection's requests their ids.
#[derive(Default)]
pub struct ConnectionIds(Mutex<Block>);

#[derive(Default)]
struct Block {
    start: u64,
    left: u64,
}

impl ConnectionIds {
    /// The next one.
    pub fn next(&self, from: &RequestIds) -> RequestId {
        let mut block = self.0.lock();
        if block.left == 0 {
            *block = Block { start: from.block(), left: BLOCK };
        }
        block.left -= 1;
        RequestId::of(block.start.wrapping_add(block.left))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_dont_repeat() {
        let from = RequestIds::new(u64::MAX - 5 * BLOCK);
        let connections: [ConnectionIds; 3] = Default::default();
        let mut seen = HashSet::new();
        let each = 3 * BLOCK + 1;
        for _ in 0..each {
            seen.extend(connections.iter().map(|it| it.next(&from).as_str().to_owned()));
        }
        assert_eq!(seen.len() as u64, 3 * each);
    }

    #[test]
    fn first_ids_of_connections_have_nothing_in_common() {
        let from = RequestIds::new(0);
        let first = || ConnectionIds::default().next(&from).as_str().to_owned();
        let ids: Vec<String> = (0..1000).map(|_| first()).collect();
        for half in [0..8, 8..16] {
            let halves: HashSet<&str> = ids.iter().map(|it| &it[half.clone()]).collect();
            assert!(halves.len() > 990, "{}", halves.len());
        }
    }
}
