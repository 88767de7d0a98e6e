//! What came of one stretch of load.

use std::time::Duration;

use hdrhistogram::Histogram;

/// Latencies are told apart to a thousandth.
const DIGITS: u8 = 3;
/// Longer ones count as this: ten minutes, in microseconds.
const LATENCY_US_MAX: u64 = 600_000_000;

/// Requests that were answered, and those that failed.
pub struct Sample {
    latencies_us: Histogram<u64>,
    /// From the first request to the last answer.
    pub time: Duration,
    /// Bytes of bodies, either way.
    pub moved_bytes: u64,
    /// Answers that weren't what they had to be.
    pub failed: u64,
    /// What some of them were.
    pub told: Vec<String>,
}

impl Default for Sample {
    fn default() -> Self {
        let latencies_us =
            Histogram::new_with_bounds(1, LATENCY_US_MAX, DIGITS).expect("bounds that fit");
        let (time, told) = (Duration::ZERO, Vec::new());
        Self { latencies_us, time, moved_bytes: 0, failed: 0, told }
    }
}

impl Sample {
    /// One more answer.
    pub fn add(&mut self, latency: Duration, moved_bytes: u64) {
        self.latencies_us.saturating_record((latency.as_micros() as u64).max(1));
        self.moved_bytes += moved_bytes;
    }

    /// How many were answered as expected.
    pub fn answered(&self) -> u64 {
        self.latencies_us.len()
    }

    /// The latency that this share of answers didn't exceed, in milliseconds.
    pub fn latency_ms(&self, share: f64) -> f64 {
        self.latencies_us.value_at_quantile(share) as f64 / 1000.0
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answered() as f64 / self.time.as_secs_f64().max(1e-9)
    }

    /// Takes in what came of a further stretch.
    pub fn merge(&mut self, other: Self) {
        self.latencies_us.add(&other.latencies_us).expect("the same range");
        self.time += other.time;
        self.moved_bytes += other.moved_bytes;
        self.failed += other.failed;
        self.told.extend(other.told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_add_up() {
        let stretch = |ms: u64| {
            let mut sample = Sample { time: Duration::from_secs(1), ..Sample::default() };
            (0..100).for_each(|_| sample.add(Duration::from_millis(ms), 10));
            sample
        };
        let mut both = stretch(1);
        both.merge(stretch(3));
        assert_eq!((both.answered(), both.moved_bytes, both.rate()), (200, 2000, 100.0));
        both.add(Duration::from_secs(2), 0);
        assert!((both.latency_ms(0.4) - 1.0).abs() < 0.01);
        assert!((both.latency_ms(0.99) - 3.0).abs() < 0.01);
        assert!((both.latency_ms(1.0) - 2000.0).abs() < 2.0);
    }
}
