//! Time as a parameter: a simulation's clock stands still until it is moved.

use std::sync::atomic::{AtomicU64, Ordering};

use types::Timestamp;

/// Says what time it is: a simulation's clock stands still until it is moved.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        std::time::SystemTime::now().into()
    }
}

/// A clock for tests.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicU64);

impl ManualClock {
    /// Stands at this time.
    pub fn at(time: Timestamp) -> Self {
        Self(AtomicU64::new(time.millis()))
    }

    /// Moves on by so many milliseconds.
    pub fn advance(&self, by_ms: u64) {
        self.0.fetch_add(by_ms, Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}
