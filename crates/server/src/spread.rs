//! Figures that many threads add to at once. Each adds in a place of its own: a word that all add to is
//! handed from processor to processor, which takes longer than a small request's arithmetic.
//!
//! Only what every request adds to is spread so, for each place is some hundred bytes: nobody can make the
//! server keep more of them than there are operations.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use prometheus_client::encoding::{EncodeMetric, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::{MetricType, TypedMetric, counter};

/// A thread's own cache line, and the one that processors fetch along with it.
#[derive(Default)]
#[repr(align(128))]
struct Place<T>(T);

/// One `T` for all, or one for each processor that may be at work.
#[derive(Default)]
struct Places<T> {
    common: T,
    own: OnceLock<Box<[Place<T>]>>,
}

impl<T: Default> Places<T> {
    fn spread(&self) {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let places = || (0..processors).map(|_| Place::default()).collect();
        self.own.get_or_init(places);
    }

    /// Where this thread adds.
    fn own(&self) -> &T {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static THREAD: Cell<usize> = Cell::new(THREADS.fetch_add(1, Ordering::Relaxed));
        }
        match self.own.get() {
            Some(places) => &places[THREAD.get() % places.len()].0,
            None => &self.common,
        }
    }

    /// Not of one moment: others go on adding.
    fn sum(&self, of: impl Fn(&T) -> &AtomicU64) -> u64 {
        let own = self.own.get().into_iter().flatten().map(|it| &it.0);
        let each = own.chain([&self.common]).map(|it| of(it).load(Ordering::Relaxed));
        each.fold(0, u64::wrapping_add)
    }
}

impl<T> fmt::Debug for Places<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Places")
    }
}

/// A number that is added to.
#[derive(Debug, Default)]
pub(crate) struct Sum(Places<AtomicU64>);

impl Sum {
    /// Gives each thread a place of its own from now on.
    pub(crate) fn spread(&self) {
        self.0.spread();
    }
}

impl counter::Atomic<u64> for Sum {
    fn inc(&self) -> u64 {
        self.inc_by(1)
    }

    /// Gives what only this thread's place had: nobody asks.
    fn inc_by(&self, by: u64) -> u64 {
        self.0.own().fetch_add(by, Ordering::Relaxed)
    }

    fn get(&self) -> u64 {
        self.0.sum(|it| it)
    }
}

/// How many of something there are: what one thread begins another may end.
#[derive(Clone, Debug)]
pub(crate) struct Level(Arc<Places<AtomicU64>>);

impl Default for Level {
    fn default() -> Self {
        let places = Places::default();
        places.spread();
        Self(Arc::new(places))
    }
}

impl Level {
    /// One more.
    pub(crate) fn rise(&self) {
        self.0.own().fetch_add(1, Ordering::Relaxed);
    }

    /// One less.
    pub(crate) fn fall(&self) {
        self.0.own().fetch_sub(1, Ordering::Relaxed);
    }

    /// What rose in a place that was looked at already may have fallen in one that wasn't.
    fn get(&self) -> i64 {
        self.0.sum(|it| it).cast_signed().max(0)
    }
}

impl EncodeMetric for Level {
    fn encode(&self, encoder: MetricEncoder<'_>) -> fmt::Result {
        ConstGauge::new(self.get()).encode(encoder)
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Gauge
    }
}

/// The upper bound of the first bucket of [`Times`]; each next one's is twice as much.
const FIRST: Duration = Duration::from_micros(100);
/// To 26 s; one more takes what is longer.
const BOUNDS: usize = 19;

/// How long things took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Arc<Places<Took>>);

#[derive(Default)]
struct Took {
    nanoseconds: AtomicU64,
    buckets: [AtomicU64; BOUNDS + 1],
}

impl Times {
    /// Gives each thread a place of its own from now on.
    pub(crate) fn spread(&self) {
        self.0.spread();
    }

    /// One more.
    pub(crate) fn observe(&self, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let took = self.0.own();
        took.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
        took.buckets[bucket_of(nanoseconds)].fetch_add(1, Ordering::Relaxed);
    }

    /// Bounds in seconds, and how many lie between each and the one before.
    fn buckets(&self) -> Vec<(f64, u64)> {
        let bounds = (0..BOUNDS).map(|it| FIRST.as_secs_f64() * f64::from(1 << it));
        let bounds = bounds.chain([f64::INFINITY]).enumerate();
        bounds.map(|(at, bound)| (bound, self.0.sum(|it| &it.buckets[at]))).collect()
    }
}

/// The first whose bound isn't below.
fn bucket_of(nanoseconds: u64) -> usize {
    let firsts = nanoseconds.div_ceil(FIRST.as_nanos() as u64).saturating_sub(1);
    ((u64::BITS - firsts.leading_zeros()) as usize).min(BOUNDS)
}

impl EncodeMetric for Times {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        let sum = Duration::from_nanos(self.0.sum(|it| &it.nanoseconds)).as_secs_f64();
        let buckets = self.buckets();
        let count = buckets.iter().map(|(_, count)| count).sum();
        encoder.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
    }

    fn metric_type(&self) -> MetricType {
        Self::TYPE
    }
}

impl TypedMetric for Times {
    const TYPE: MetricType = MetricType::Histogram;
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text::encode;
    use prometheus_client::metrics::counter::Atomic as _;
    use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
    use prometheus_client::registry::Registry;

    use super::*;

    #[test]
    fn what_threads_add_is_added_up() {
        const THREADS: u64 = 19;
        let (sum, level) = (Sum::default(), Level::default());
        sum.inc_by(7);
        sum.spread();
        std::thread::scope(|threads| {
            for _ in 0..THREADS {
                threads.spawn(|| {
                    (0..100).for_each(|_| level.rise());
                    sum.inc_by(5);
                });
            }
        });
        assert_eq!((sum.get(), level.get()), (7 + 5 * THREADS, 100 * THREADS as i64));
        (0..100 * THREADS).for_each(|_| level.fall());
        assert_eq!(level.get(), 0, "ended by another thread than began it");
        level.fall();
        assert_eq!(level.get(), 0);
    }

    #[test]
    fn a_time_is_in_the_first_bucket_that_it_isnt_above() {
        for (microseconds, bucket) in
            [(0, 0), (99, 0), (100, 0), (101, 1), (200, 1), (201, 2), (400, 2), (26_214_400, 18)]
        {
            assert_eq!(bucket_of(microseconds * 1000), bucket, "{microseconds} us");
        }
        assert_eq!(bucket_of(100_001), 1, "a nanosecond above");
        assert_eq!((bucket_of(26_214_400_001), bucket_of(u64::MAX)), (19, 19));
    }

    #[test]
    fn times_are_told_as_the_librarys_histogram_tells_them() {
        let (times, histogram) =
            (Times::default(), Histogram::new(exponential_buckets(1e-4, 2.0, BOUNDS as u16)));
        for (number, milliseconds) in [0, 1, 64, 3000, 60_000].into_iter().enumerate() {
            if number == 2 {
                times.spread();
            }
            let time = Duration::from_millis(milliseconds);
            times.observe(time);
            histogram.observe(time.as_secs_f64());
        }
        let told = |metric: Box<dyn FnOnce(&mut Registry)>| {
            let (mut registry, mut text) = (Registry::default(), String::new());
            metric(&mut registry);
            encode(&mut text, &registry).unwrap();
            text
        };
        let told_of_times = told(Box::new(|it| it.register("x", "", times)));
        assert!(told_of_times.contains("x_bucket{le=\"+Inf\"} 5\n"), "{told_of_times}");
        assert_eq!(told_of_times, told(Box::new(|it| it.register("x", "", histogram))));
    }
}
