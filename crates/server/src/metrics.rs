//! Metrics: what requests did, by operation and code, and what the engine says of itself.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use engine::Engine;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use wire::OPERATIONS;

use crate::asked::Asked;
use crate::spread::{Level, Sum, Times};

/// The code of what went well.
pub const OK: &str = "OK";

/// The figures of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter<u64, Sum>>,
    seconds: Family<OperationLabel, Times>,
    /// Of operations that went well, by number: most requests hash no names.
    went_well: Vec<OnceLock<(Counter<u64, Sum>, Times)>>,
    bytes_received: Counter<u64, Sum>,
    bytes_sent: Counter<u64, Sum>,
    under_way: Level,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    operation: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabel {
    operation: &'static str,
}

/// One finished request.
pub struct Finished {
    /// What it asked for.
    pub asked: Asked,
    /// [`OK`], or the error's code.
    pub code: &'static str,
    /// From the head's arrival to the last byte of the answer.
    pub time: Duration,
    /// Bytes of its body that were read.
    pub bytes_received: u64,
    /// Bytes of the answer's body that were handed to the connection.
    pub bytes_sent: u64,
}

impl Metrics {
    /// Begins at zero.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        let mut registry = Registry::with_prefix("onggi");
        let requests = Family::default();
        registry.register("requests", "Requests by operation and error code", requests.clone());
        let seconds = Family::default();
        registry.register("request_seconds", "Time from head to last byte", seconds.clone());
        let bytes_received = Counter::<u64, Sum>::default();
        registry.register("received_bytes", "Bytes of request bodies", bytes_received.clone());
        let bytes_sent = Counter::<u64, Sum>::default();
        registry.register("sent_bytes", "Bytes of response bodies", bytes_sent.clone());
        bytes_received.inner().spread();
        bytes_sent.inner().spread();
        let under_way = Level::default();
        registry.register("requests_under_way", "Requests being answered", under_way.clone());
        registry.register_collector(Box::new(EngineFigures(engine)));
        let went_well = OPERATIONS.iter().map(|_| OnceLock::new()).collect();
        Self { registry, requests, seconds, went_well, bytes_received, bytes_sent, under_way }
    }

    /// A request has arrived.
    pub fn begin(&self) {
        self.under_way.rise();
    }

    /// A request that was begun has ended, whichever way.
    pub fn finish(&self, it: &Finished) {
        self.under_way.fall();
        let figures = || self.figures_of(it.asked.name(), it.code);
        let (requests, seconds) = match it.asked {
            Asked::For(operation) if it.code == OK => self.went_well[operation.id as usize]
                .get_or_init(|| {
                    let (requests, seconds) = figures();
                    requests.inner().spread();
                    seconds.spread();
                    (requests, seconds)
                }),
            _ => &figures(),
        };
        requests.inc();
        seconds.observe(it.time);
        self.bytes_received.inc_by(it.bytes_received);
        self.bytes_sent.inc_by(it.bytes_sent);
    }

    fn figures_of(
        &self,
        operation: &'static str,
        code: &'static str,
    ) -> (Counter<u64, Sum>, Times) {
        let requests = self.requests.get_or_create_owned(&RequestLabels { operation, code });
        (requests, self.seconds.get_or_create_owned(&OperationLabel { operation }))
    }

    /// All figures in Prometheus's text form.
    pub fn text(&self) -> String {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)
            .expect("a String takes any text");
        text
    }
}

/// The engine's own figures, asked for when somebody looks.
struct EngineFigures(Arc<dyn Engine>);

impl fmt::Debug for EngineFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EngineFigures")
    }
}

impl Collector for EngineFigures {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let status = self.0.status();
        let flag = |it: bool| ConstGauge::new(i64::from(it));
        for (name, help, value) in [
            ("engine_poisoned", "1 after a failed sync", flag(status.poisoned.is_some())),
            ("engine_full", "1 while writes are refused for want of space", flag(status.full)),
        ] {
            value.encode(encoder.encode_descriptor(name, help, None, MetricType::Gauge)?)?;
        }
        for it in status.gauges {
            if it.counter {
                let value = ConstCounter::new(it.value);
                let kind = value.metric_type();
                // The encoding ends the names of counters so.
                let name = it.name.strip_suffix("_total").unwrap_or(it.name);
                value.encode(encoder.encode_descriptor(name, it.help, None, kind)?)?;
            } else {
                let value = ConstGauge::new(it.value);
                let kind = value.metric_type();
                value.encode(encoder.encode_descriptor(it.name, it.help, None, kind)?)?;
            }
        }
        for it in status.histograms {
            let kind = MetricType::Histogram;
            let buckets = single_counts(&it);
            encoder
                .encode_descriptor(it.name, it.help, None, kind)?
                .encode_histogram::<OperationLabel>(it.sum, it.count, &buckets, None)?;
        }
        Ok(())
    }
}

/// The library adds buckets up itself, so it wants what lies between two bounds.
fn single_counts(it: &engine::Histogram) -> Vec<(f64, u64)> {
    let mut below = 0;
    it.buckets
        .iter()
        .copied()
        .chain([(f64::INFINITY, it.count)])
        .map(|(bound, count)| {
            let single = count.saturating_sub(below);
            below = count;
            (bound, single)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_handed_over_by_bucket() {
        let it = engine::Histogram {
            name: "x_seconds",
            help: "",
            buckets: vec![(0.1, 2), (0.2, 5)],
            count: 6,
            sum: 1.0,
        };
        assert_eq!(single_counts(&it), [(0.1, 2), (0.2, 3), (f64::INFINITY, 1)]);
    }
}
