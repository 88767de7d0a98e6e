//! `onggi-bench`: what a request costs.
//!
//! One thread sends signed requests over many connections and checks every answer; beside latency
//! and rate it reads from /proc what the server spent. Client and server share the machine, so CPU
//! per request is the figure that means most, and the client's own is shown beside it.
//!
//! Several servers are measured in one run, in turn, cell by cell: what else happens on the machine
//! then strikes them all. Nothing here decides what is good enough; a failed answer ends in a failure.

mod bodies;
mod connections;
mod floor;
mod launch;
mod options;
mod parts;
mod process;
mod report;
mod response;
mod signing;
mod statistics;
mod wanted;
mod workload;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use bodies::{Bodies, Random};
use connections::{Connections, Source};
use floor::Floor;
use launch::Maker;
use options::Options;
use parts::Parts;
use process::{CpuTime, OwnServer};
use report::Line;
use statistics::Sample;
use workload::accounts::Stage;
use workload::{Cell, Operation, Workload};

/// Before a cell is measured, it runs so long unmeasured.
const WARM_UP: Duration = Duration::from_millis(300);
/// Preparing takes no longer than this; listings then have fewer keys, and the table says so.
const FILL_TIME_MAX: Duration = Duration::from_secs(60);
const FILL_CONNECTIONS: usize = 128;
/// An account's changes follow each other in any case.
const ACCOUNT_CONNECTIONS: usize = 8;
const ACCOUNT_TIME_MAX: Duration = Duration::from_secs(300);
/// Requests of so many bytes are long enough to need no warming up, and one object is enough to read. It
/// is read so often before, which is told, that it is in the page cache.
const HUGE_BYTES: usize = 1 << 30;
const HUGE_READINGS: usize = 2;
/// Enough for one request to begin.
const A_MOMENT: Duration = Duration::from_millis(1);
/// Bytes of the objects of one size that GET and HEAD choose from, and most such objects.
const KEPT_BYTES: usize = 256 << 20;
const KEPT_MAX: usize = 10_000;
const KEPT_MIN: usize = 4;

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let asked = match options::parse(lexopt::Parser::from_env()) {
        Ok(Some(asked)) => asked,
        Ok(None) => return said(options::HELP),
        Err(mistake) => return failed(&mistake),
    };
    match measure(&asked) {
        Ok(report) => said(&report),
        Err(mistake) => failed(&mistake),
    }
}

fn said(text: &str) -> ExitCode {
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn failed(mistake: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "onggi-bench: {mistake}");
    ExitCode::FAILURE
}

fn progress(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A server that is measured.
struct Server<'a> {
    name: String,
    maker: Option<Maker>,
    address: SocketAddr,
    pid: Option<String>,
    has_accounts: bool,
    own: Option<OwnServer>,
    workload: Workload<'a>,
}

impl Server<'_> {
    /// Those that aren't ours may know no users, or others.
    fn can(&self, cell: Cell) -> bool {
        self.maker == Some(Maker::Onggi) || !cell.operation.needs_accounts()
    }
}

fn measure(asked: &Options) -> Outcome<String> {
    let mut sizes: Vec<usize> = asked.cells.iter().map(|it| it.size).chain([0]).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let bodies = Bodies::new(&sizes, &mut Random::new(asked.seed));
    let parts = Parts::measure(bodies.text());
    let floor = Floor::measure(&asked.folder).map_err(|e| format!("moving bytes alone: {e}"))?;
    let mut servers = start(asked, &bodies)?;
    let mut text = format!(
        "{}; load before: {}; seed {}\n",
        process::machine(),
        process::load_average(),
        asked.seed
    );
    text += &parts.report();
    text += &floor.report();
    for server in &mut servers {
        prepare(server, asked, &bodies)?;
        text += &about(server);
        text += &read_huge(server, asked, &bodies)?;
    }
    let mut lines: Vec<Line> = Vec::new();
    for cell in &asked.cells {
        let first = lines.len();
        for _ in 0..asked.rounds {
            let able = servers.iter_mut().filter(|it| it.can(*cell));
            for (index, server) in able.enumerate() {
                if cell.operation.needs_accounts() && !server.has_accounts {
                    text += &populate(server, asked, &bodies)?;
                }
                let line = run(server, *cell, asked.cell_time, &bodies)?;
                match lines.get_mut(first + index) {
                    None => lines.push(line),
                    Some(before) => before.merge(line),
                }
            }
        }
        progress(
            report::table(&lines[first..]).lines().skip(2).collect::<Vec<_>>().join("\n").as_str(),
        );
    }
    text += &format!("Load after: {}\n\n", process::load_average());
    let idle_mib = servers.first().and_then(|it| it.own.as_ref()).and_then(|it| it.idle_mib);
    let server = servers.first().map_or("", |it| &it.name);
    text += &wanted::table(&wanted::Measured {
        server,
        lines: &lines,
        parts: &parts,
        floor: &floor,
        idle_mib,
    });
    text += &format!("\n{}", report::table(&lines));
    if servers.len() > 1 {
        text += &format!("\n{}", report::ratios(&lines));
    }
    text += "\n";
    for server in servers {
        if let Some(own) = server.own {
            if server.maker != Some(Maker::Onggi) {
                own.remove().map_err(|e| e.to_string())?;
                continue;
            }
            let again = own.restart().map_err(|e| format!("{}: {e}", server.name))?;
            text += &format!(
                "{} on what it has stored: starts in {} ms, idle memory {:.0} MiB\n",
                server.name,
                again.start_time.as_millis(),
                again.idle_mib.unwrap_or_default()
            );
            again.remove().map_err(|e| e.to_string())?;
        }
    }
    Ok(text)
}

fn start<'a>(asked: &Options, bodies: &'a Bodies) -> Outcome<Vec<Server<'a>>> {
    let mut servers = Vec::new();
    for (index, it) in asked.own.iter().enumerate() {
        let folder = asked.folder.join(format!("server-{}-{index}", std::process::id()));
        let own =
            OwnServer::start(it, &folder).map_err(|e| format!("{}: {e}", it.path.display()))?;
        let host = own.address.to_string();
        servers.push(Server {
            workload: Workload::new(&launch::credentials(), &host, bodies, asked.seed),
            name: it.name.clone(),
            maker: Some(it.maker),
            address: own.address,
            pid: Some(own.pid()),
            has_accounts: false,
            own: Some(own),
        });
    }
    for it in &asked.others {
        servers.push(Server {
            workload: Workload::new(&it.credentials, &it.host, bodies, asked.seed),
            name: it.name.clone(),
            maker: None,
            address: it.address,
            pid: it.pid.clone(),
            has_accounts: false,
            own: None,
        });
    }
    servers.iter_mut().for_each(|it| it.workload.set_payload(asked.payload));
    Ok(servers)
}

fn about(server: &Server<'_>) -> String {
    let mut text = server.name.clone();
    if let Some(own) = &server.own {
        text += &format!(
            ": starts in {} ms, idle memory {:.0} MiB",
            own.start_time.as_millis(),
            own.idle_mib.unwrap_or_default()
        );
    }
    if server.workload.listed() > 0 {
        text += &format!("; {} keys to list", server.workload.listed());
    }
    text + "\n"
}

/// Buckets, objects to read and keys to list.
fn prepare(server: &mut Server<'_>, asked: &Options, bodies: &Bodies) -> Outcome<()> {
    progress(&format!("preparing {}", server.name));
    let (address, name) = (server.address, server.name.clone());
    let all = |connections, time, source: &mut dyn Source| {
        load(address, connections, time, source, bodies).map_err(|e| format!("{name}: {e}"))
    };
    all(1, FILL_TIME_MAX, &mut server.workload.buckets())?;
    for cell in asked.cells.iter().filter(|it| it.operation.reads()) {
        let count = match cell.size {
            HUGE_BYTES.. => 1,
            size => (KEPT_BYTES / size.max(1)).clamp(KEPT_MIN, KEPT_MAX) as u64,
        };
        let connections = if cell.size < 1 << 20 { FILL_CONNECTIONS } else { KEPT_MIN };
        all(connections, FILL_TIME_MAX, &mut server.workload.keep(cell.size, count))?;
    }
    let lists = |it: &Cell| matches!(it.operation, Operation::List | Operation::Folders);
    if asked.cells.iter().any(lists) {
        let mut fill = server.workload.fill(asked.listed_keys);
        all(FILL_CONNECTIONS, FILL_TIME_MAX, &mut fill)?;
    }
    Ok(())
}

/// Reads what is huge into the page cache; what that takes is told.
fn read_huge(server: &mut Server<'_>, asked: &Options, bodies: &Bodies) -> Outcome<String> {
    let is_huge = |it: &&Cell| it.operation == Operation::Get && it.size >= HUGE_BYTES;
    let Some(cell) = asked.cells.iter().find(is_huge) else { return Ok(String::new()) };
    let mut text = String::new();
    for reading in 1..=HUGE_READINGS {
        let line = run(server, Cell { connections: 1, ..*cell }, A_MOMENT, bodies)?;
        text += &format!(
            "{}: reading {} GiB the {} time: {:.0} MB/s, {} ms/GiB\n",
            server.name,
            cell.size >> 30,
            if reading == 1 { "first" } else { "second" },
            line.bytes_s() / 1e6,
            line.cpu_ms_per_gib().map_or("?".into(), report::figure)
        );
    }
    Ok(text)
}

/// An account of many users; what its last changes took is told.
fn populate(server: &mut Server<'_>, asked: &Options, bodies: &Bodies) -> Outcome<String> {
    let (many, name) = (asked.many, server.name.clone());
    progress(&format!("making {} users on {name}", many.users));
    let mut text = String::new();
    for stage in [Stage::Policies, Stage::Users, Stage::Keys, Stage::Held] {
        let address = server.address;
        let cpu = |it: &Server<'_>| it.pid.as_deref().map(process::cpu_time).transpose();
        let before = cpu(server).map_err(|e| e.to_string())?;
        let mut source = server.workload.populate(many, stage);
        let sample = load(address, ACCOUNT_CONNECTIONS, ACCOUNT_TIME_MAX, &mut source, bodies)
            .map_err(|e| format!("{name}: {e}"))?;
        drop(source);
        if sample.time >= ACCOUNT_TIME_MAX {
            return Err(format!("{name}: {stage:?} weren't made in {ACCOUNT_TIME_MAX:?}"));
        }
        let spent = cpu(server).map_err(|e| e.to_string())?.zip(before);
        if let (Stage::Keys, Some((after, before))) = (stage, spent) {
            let (users, policies) = (many.users, many.policies);
            let each = |time: Duration| time.as_secs_f64() * 1e3 / sample.answered().max(1) as f64;
            text = format!(
                "{name}: with {users} users and {policies} policies a change of the account takes \
                 {:.2} ms, of CPU {:.2}\n",
                each(sample.time),
                each(after.since(before).total())
            );
        }
    }
    server.has_accounts = true;
    Ok(text)
}

/// Puts a load on a server; any answer that isn't what it must be is an error.
fn load(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    source: &mut dyn Source,
    bodies: &Bodies,
) -> Outcome<Sample> {
    let opened = Connections::open(address, connections, bodies);
    let sample = opened.and_then(|mut it| it.run(source, time)).map_err(|e| e.to_string())?;
    checked(sample)
}

fn checked(sample: Sample) -> Outcome<Sample> {
    match sample.failed {
        0 => Ok(sample),
        failed => Err(format!("{failed} wrong answers:\n{}", sample.told.join("\n"))),
    }
}

/// One cell on one server.
fn run(server: &mut Server<'_>, cell: Cell, time: Duration, bodies: &Bodies) -> Outcome<Line> {
    server.workload.renew();
    let of = |e: String| {
        format!("{}, {} x{}: {e}", server.name, cell.operation.name(), cell.connections)
    };
    let pid = server.pid.as_deref();
    let cpu = |pid: &str| process::cpu_time(pid).map_err(|e| e.to_string());
    let mut connections = Connections::open(server.address, cell.connections, bodies)
        .map_err(|e| of(e.to_string()))?;
    let mut source = server.workload.cell(cell);
    let mut go = |time| {
        let sample = connections.run(&mut source, time).map_err(|e| e.to_string());
        sample.and_then(checked).map_err(of)
    };
    if cell.size < HUGE_BYTES {
        go(WARM_UP.min(time))?;
    }
    if let Some(pid) = pid {
        process::forget_peak(pid);
    }
    let (client_before, before) = (cpu("self")?, pid.map(cpu).transpose()?);
    let sample = go(time)?;
    let (client_after, after) = (cpu("self")?, pid.map(cpu).transpose()?);
    let line = Line {
        cell,
        server: server.name.clone(),
        sample,
        server_cpu: after.zip(before).map(|(after, before): (CpuTime, _)| after.since(before)),
        client_cpu: client_after.since(client_before),
        peak_mib: pid.and_then(process::peak_mib),
    };
    drop(source);
    let clear = |source: &mut dyn Source| {
        load(server.address, KEPT_MIN, FILL_TIME_MAX, source, bodies).map(drop)
    };
    match cell.operation {
        Operation::Put if cell.size >= 1 << 20 => clear(&mut server.workload.clear(cell.size))?,
        Operation::Multipart => clear(&mut server.workload.clear_uploads())?,
        _ => {}
    }
    Ok(line)
}
