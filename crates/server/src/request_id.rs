//! Requests' ids.

use std::sync::atomic::{AtomicU64, Ordering};

/// A request's id as AWS writes it: 16 letters and digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("letters and digits")
    }
}

/// Gives out request ids that don't repeat.
pub struct RequestIds {
    next: AtomicU64,
}

impl RequestIds {
    /// Begins anywhere: ids of different starts shouldn't meet.
    pub fn new(start: u64) -> Self {
        Self { next: AtomicU64::new(start) }
    }

    /// Ids for the requests of one connection: a number that all of them counted up would be handed from
    /// processor to processor.
    pub fn of_connection(&self) -> Self {
        const EACH: u64 = 1 << 32;
        Self::new(self.next.fetch_add(EACH, Ordering::Relaxed))
    }

    /// The next one. Multiplying by an odd number visits every value once and looks unordered.
    pub fn next(&self) -> RequestId {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let number = self.next.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let digit = |at: usize| DIGITS[(number >> (60 - 4 * at)) as usize & 15];
        RequestId(std::array::from_fn(digit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_dont_repeat() {
        let ids = RequestIds::new(u64::MAX - 3);
        let connections = [ids.of_connection(), ids.of_connection(), ids];
        let all =
            connections.iter().flat_map(|it| (0..1000).map(|_| it.next().as_str().to_owned()));
        assert_eq!(all.collect::<std::collections::HashSet<_>>().len(), 3000);
    }
}
