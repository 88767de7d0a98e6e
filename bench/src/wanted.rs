//! What the issues want of the first server, beside what was measured: a table for a reader, who judges.

use std::fmt::Write;

use crate::floor::Floor;
use crate::parts::Parts;
use crate::report::{Line, figure};
use crate::workload::Operation;

/// What a run has found.
pub struct Measured<'a> {
    /// The server that is looked at.
    pub server: &'a str,
    /// All lines.
    pub lines: &'a [Line],
    /// What parts cost by themselves.
    pub parts: &'a Parts,
    /// What moving bytes costs by itself.
    pub floor: &'a Floor,
    /// Its memory before any request.
    pub idle_mib: Option<f64>,
}

const KIB: usize = 1 << 10;
const GIB: usize = 1 << 30;

impl Measured<'_> {
    fn line(&self, operation: Operation, size: usize, connections: usize) -> Option<&Line> {
        self.lines.iter().find(|it| {
            let cell = it.cell;
            it.server == self.server
                && (cell.operation, cell.size, cell.connections) == (operation, size, connections)
        })
    }

    fn cpu_us(&self, operation: Operation, size: usize, connections: usize) -> Option<f64> {
        self.line(operation, size, connections)?.cpu_us()
    }

    fn rows(&self) -> [(&'static str, &'static str, Option<String>); 13] {
        use Operation::{Get, GetAmongMany, GetByUser, List, Put};
        let us = |it: f64| format!("{} us", figure(it));
        let ms = |it: f64| format!("{} ms", figure(it));
        let rate = |it: &Line| it.bytes_s();
        let (put, puts) = (self.line(Put, GIB, 1).map(rate), self.line(Put, GIB, 8).map(rate));
        let per_gib = |connections| self.line(Get, GIB, connections)?.cpu_ms_per_gib();
        let decision = self.parts.decision_max().as_secs_f64() * 1e6;
        let by_root = self.cpu_us(GetAmongMany, 4 * KIB, 32);
        let by_user = self.cpu_us(GetByUser, 4 * KIB, 32);
        let alone = self.cpu_us(Get, 4 * KIB, 32);
        [
            ("GET 4 KiB x32, CPU", "18 us", alone.map(us)),
            (
                "GET 4 KiB x32, CPU, to moving its bytes alone",
                "",
                alone.map(|it| figure(it / 1e6 / self.floor.answer.as_secs_f64())),
            ),
            ("PUT 4 KiB x64, durable, CPU", "40 us", self.cpu_us(Put, 4 * KIB, 64).map(us)),
            (
                "PUT 4 KiB x1, durable, p50",
                "0.5 ms",
                self.line(Put, 4 * KIB, 1).map(|it| ms(it.sample.latency_ms(0.5))),
            ),
            (
                "GET 1 GiB x1 and x8, CPU per GiB",
                "350 ms",
                per_gib(1).zip(per_gib(8)).map(|(a, b)| format!("{} and {}", ms(a), ms(b))),
            ),
            (
                "GET 1 GiB x1, CPU, to moving its bytes alone",
                "",
                per_gib(1).map(|it| figure(it / 1e3 / self.floor.gib.as_secs_f64())),
            ),
            (
                "PUT 1 GiB x1, of what MD5 alone allows",
                "75 %",
                put.map(|it| format!("{:.0} %", it / self.parts.md5_rate * 100.0)),
            ),
            (
                "PUT 1 GiB x8 to x1",
                "2",
                put.zip(puts).map(|(one, eight)| figure(eight / one.max(1.0))),
            ),
            (
                "LIST, page of 1,000, x1, CPU",
                "3 ms",
                self.cpu_us(List, 0, 1).map(|it| ms(it / 1e3)),
            ),
            ("idle memory", "50 MiB", self.idle_mib.map(|it| format!("{it:.0} MiB"))),
            ("a decision, 10 policies of 20 statements, dearest", "2 us", Some(us(decision))),
            (
                "GET by such a user to GET by root, CPU",
                "2 us more",
                by_root.zip(by_user).map(|(root, user)| format!("{:+.2} us", user - root)),
            ),
            (
                "GET by root, many users to none, CPU",
                "no more",
                alone.zip(by_root).map(|(none, many)| format!("{:+.2} us", many - none)),
            ),
        ]
    }
}

/// The table as Markdown; rows that this run didn't measure aren't there.
pub fn table(it: &Measured<'_>) -> String {
    let mut text = format!("| {} | wanted | measured |\n|---|--:|--:|\n", it.server);
    for (what, wanted, measured) in it.rows() {
        if let Some(measured) = measured {
            let _ = writeln!(text, "| {what} | {wanted} | {measured} |");
        }
    }
    text
}
