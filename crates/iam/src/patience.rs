//! Delays on wrong passwords: a user's are compared one at a time, and each wrong one makes the next
//! wait longer. In memory only, of fixed size: users share places by a hash that nobody outside knows,
//! so that inventing names gains nothing.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use types::Timestamp;

const PLACES: usize = 1024;
/// After the first wrong password; doubled by each further one.
const DELAY_FIRST: Duration = Duration::from_millis(250);
const DELAY_MAX: Duration = Duration::from_secs(8);
/// After which nobody remembers wrong passwords.
const FORGIVEN_AFTER: Duration = Duration::from_secs(15 * 60);

/// Wrong passwords of everybody.
pub(crate) struct Patience {
    hasher: RandomState,
    places: Box<[Mutex<Wrong>]>,
}

#[derive(Default)]
struct Wrong {
    count: u32,
    last: Timestamp,
}

/// Somebody's turn to try a password: nobody else does meanwhile.
pub(crate) struct Turn<'a>(MutexGuard<'a, Wrong>);

impl Default for Patience {
    fn default() -> Self {
        let places = (0..PLACES).map(|_| Mutex::default()).collect();
        Self { hasher: RandomState::new(), places }
    }
}

impl Patience {
    /// Waits for a turn; none if it takes too long.
    pub(crate) async fn turn(&self, who: &str, wait: Duration) -> Option<Turn<'_>> {
        let place = self.hasher.hash_one(who) as usize % PLACES;
        tokio::time::timeout(wait, self.places[place].lock()).await.ok().map(Turn)
    }
}

impl Turn<'_> {
    /// The password was wrong: how long to wait before that is said.
    pub(crate) fn wrong(&mut self, now: Timestamp) -> Duration {
        if now.since(self.0.last) >= FORGIVEN_AFTER {
            self.0.count = 0;
        }
        let delay = DELAY_FIRST * 2u32.pow(self.0.count.min(10));
        self.0.count += 1;
        self.0.last = now;
        delay.min(DELAY_MAX)
    }

    /// The password was right.
    pub(crate) fn forgive(&mut self) {
        self.0.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_wrong_password_costs_more_until_it_is_forgiven() {
        let patience = Patience::default();
        let at = |minutes: u64| Timestamp::from_millis(1_000_000_000 + minutes * 60_000);
        let mut turn = patience.turn("kim", Duration::ZERO).await.unwrap();
        let delays: Vec<_> = (0..7).map(|_| turn.wrong(at(0)).as_millis()).collect();
        assert_eq!(delays, [250, 500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(turn.wrong(at(14)).as_millis(), 8000);
        assert_eq!(turn.wrong(at(29)).as_millis(), 250);
        turn.wrong(at(29));
        turn.forgive();
        assert_eq!(turn.wrong(at(29)).as_millis(), 250);
        // Another try of the same user waits for the end of this one.
        assert!(patience.turn("kim", Duration::from_millis(1)).await.is_none());
        drop(turn);
        assert!(patience.turn("kim", Duration::from_millis(1)).await.is_some());
    }
}
