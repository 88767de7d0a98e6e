//! The table: a line for each cell and server, and how the servers compare.

use std::fmt::Write;
use std::time::Duration;

use crate::process::CpuTime;
use crate::statistics::Sample;
use crate::workload::Cell;

/// What one server did in one cell.
pub struct Line {
    /// Which cell.
    pub cell: Cell,
    /// The server's name.
    pub server: String,
    /// Answers.
    pub sample: Sample,
    /// What the server spent; none if its process isn't known.
    pub server_cpu: Option<CpuTime>,
    /// What this client spent.
    pub client_cpu: CpuTime,
    /// Most memory of the server in the cell.
    pub peak_mib: Option<f64>,
}

const HEADING: [&str; 13] = [
    "request",
    "size",
    "conns",
    "server",
    "req/s",
    "MB/s",
    "p50 ms",
    "p99 ms",
    "CPU us",
    "user+sys",
    "ms/GiB",
    "client us",
    "peak MiB",
];

impl Line {
    /// Takes in a further round of the same cell and server.
    pub fn merge(&mut self, other: Self) {
        self.sample.merge(other.sample);
        self.server_cpu = self.server_cpu.zip(other.server_cpu).map(|(a, b)| a.plus(b));
        self.client_cpu = self.client_cpu.plus(other.client_cpu);
        self.peak_mib = self.peak_mib.zip(other.peak_mib).map(|(a, b)| a.max(b));
    }

    fn per_answer_us(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / self.sample.answered().max(1) as f64
    }

    /// Bytes of bodies a second.
    pub fn bytes_s(&self) -> f64 {
        self.sample.moved_bytes as f64 / self.sample.time.as_secs_f64().max(1e-9)
    }

    /// Server CPU for each GiB of bodies.
    pub fn cpu_ms_per_gib(&self) -> Option<f64> {
        let gib = self.sample.moved_bytes as f64 / f64::from(1 << 30);
        self.server_cpu.filter(|_| gib > 0.0).map(|it| it.total().as_secs_f64() * 1e3 / gib)
    }

    /// Server CPU per answer.
    pub fn cpu_us(&self) -> Option<f64> {
        self.server_cpu.map(|it| self.per_answer_us(it.total()))
    }

    fn fields(&self) -> [String; 13] {
        let (cell, sample) = (self.cell, &self.sample);
        let or_dash = |it: Option<String>| it.unwrap_or_else(|| "-".into());
        let split = self.server_cpu.map(|it| {
            let (user, system) = (self.per_answer_us(it.user), self.per_answer_us(it.system));
            format!("{}+{}", figure(user), figure(system))
        });
        let per_gib = self.cpu_ms_per_gib().filter(|_| cell.size >= 1 << 20);
        [
            cell.operation.name().into(),
            size_name(cell.size),
            cell.connections.to_string(),
            self.server.clone(),
            figure(sample.rate()),
            if sample.moved_bytes > 0 { figure(self.bytes_s() / 1e6) } else { "-".into() },
            figure(sample.latency_ms(0.5)),
            figure(sample.latency_ms(0.99)),
            or_dash(self.cpu_us().map(figure)),
            or_dash(split),
            or_dash(per_gib.map(figure)),
            figure(self.per_answer_us(self.client_cpu.total())),
            or_dash(self.peak_mib.map(|it| format!("{it:.0}"))),
        ]
    }
}

/// Three digits that count.
pub fn figure(it: f64) -> String {
    match it {
        _ if it >= 100.0 => format!("{it:.0}"),
        _ if it >= 10.0 => format!("{it:.1}"),
        _ => format!("{it:.2}"),
    }
}

fn size_name(bytes: usize) -> String {
    match bytes {
        0 => "-".into(),
        _ if bytes >= 1 << 30 && bytes.is_multiple_of(1 << 30) => format!("{} GiB", bytes >> 30),
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} B"),
    }
}

/// The table as Markdown, its columns lined up.
pub fn table(lines: &[Line]) -> String {
    let rows: Vec<[String; 13]> = lines.iter().map(Line::fields).collect();
    let widths: [usize; 13] = std::array::from_fn(|at| {
        rows.iter().map(|it| it[at].len()).chain([HEADING[at].len()]).max().unwrap_or(0)
    });
    let mut text = String::new();
    let mut write = |fields: &[&str; 13]| {
        for (at, (field, width)) in fields.iter().zip(widths).enumerate() {
            // Words to the left, figures to the right.
            let _ = match at {
                0 | 3 => write!(text, "| {field:<width$} "),
                _ => write!(text, "| {field:>width$} "),
            };
        }
        text.push_str("|\n");
    };
    write(&HEADING);
    let rule: [String; 13] = std::array::from_fn(|at| match at {
        0 | 3 => "-".repeat(widths[at]),
        _ => format!("{}:", "-".repeat(widths[at] - 1)),
    });
    write(&std::array::from_fn(|at| rule[at].as_str()));
    for row in &rows {
        write(&std::array::from_fn(|at| row[at].as_str()));
    }
    text
}

/// How the other servers stand to the first, cell by cell: CPU and rate as multiples of its own.
pub fn ratios(lines: &[Line]) -> String {
    let mut text = String::new();
    for first in lines {
        let others = lines.iter().filter(|it| it.cell == first.cell && it.server != first.server);
        if lines.iter().find(|it| it.cell == first.cell).is_some_and(|it| it.server != first.server)
        {
            continue;
        }
        for other in others {
            let cell = first.cell;
            let _ = write!(
                text,
                "{:<10} {:>7} x{:<4} {} / {}: requests/s {:.2}",
                cell.operation.name(),
                size_name(cell.size),
                cell.connections,
                other.server,
                first.server,
                other.sample.rate() / first.sample.rate().max(1e-9),
            );
            if let (Some(one), Some(other)) = (first.cpu_us(), other.cpu_us()) {
                let _ = write!(text, ", CPU {:.2}", other / one.max(1e-9));
            }
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::Operation;

    fn line(server: &str, cpu_us: u64) -> Line {
        let cell = Cell { operation: Operation::Get, size: 1 << 20, connections: 32 };
        let mut sample = Sample::default();
        sample.time = Duration::from_secs(1);
        (0..1024).for_each(|_| sample.add(Duration::from_millis(2), 1 << 20));
        let user = Duration::from_micros(cpu_us * 1024);
        let server_cpu = Some(CpuTime { user, system: Duration::ZERO });
        let client_cpu = CpuTime::default();
        let server = server.into();
        Line { cell, server, sample, server_cpu, client_cpu, peak_mib: None }
    }

    #[test]
    fn figures_are_per_request_and_per_gib() {
        let fields = line("onggi", 250).fields();
        let wanted = [
            "GET", "1 MiB", "32", "onggi", "1024", "1074", "2.00", "2.00", "250", "250+0.00",
            "256", "0.00", "-",
        ];
        assert_eq!(fields, wanted);
    }

    #[test]
    fn others_are_compared_with_the_first() {
        let text = ratios(&[line("onggi", 100), line("other", 250)]);
        assert_eq!(text, "GET          1 MiB x32   other / onggi: requests/s 1.00, CPU 2.50\n");
    }
}
