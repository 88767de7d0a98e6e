//! The command line: what was asked for.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use crate::launch::{self, Maker, Program};
use crate::signing::Credentials;
use crate::workload::accounts::{Many, POLICIES_HELD};
use crate::workload::{Cell, Operation, Payload};

pub const HELP: &str = "\
Measures what requests cost an S3 server, and prints a table.

Usage: onggi-bench --folder DIR [--server [NAME=]PROGRAM]... [--peers DIR]
                   [--also NAME=URL,ACCESS,SECRET[,PID]]...

  --server      an onggi program: started on a fresh folder, its CPU and memory read from /proc
  --peers       a folder with programs of others, minio and weed (SeaweedFS): started likewise
  --also        a running S3 server; with its process id its CPU and memory are read too
  --folder      where servers keep their data: on the disk that is to be measured
  --quick       half a second a cell, fewer cells, fewer keys
  --seconds     of each cell [3]
  --rounds      each cell is measured so often, servers in turn [1; 2 with several servers]
  --only        operations, of put,get,head,mixed,delete,multipart,list,folders,root,user
  --sizes       of objects and parts, such as 4KiB,1MiB,64MiB,1GiB
  --connections such as 1,32,256
  --keys        to list out of [1000000]; filling ends after a minute with what is there
  --users       of the account in which root and user get objects [10000]; policies, a tenth
  --unsigned-payload   bodies are signed as UNSIGNED-PAYLOAD instead of by their SHA-256
  --seed        of all choices [random, printed]
";

/// More bytes than this are not kept under way at once: 256 connections of 64 MiB would take minutes.
const UNDER_WAY_BYTES_MAX: usize = 8 * GIB;
const MIB: usize = 1 << 20;
const GIB: usize = 1 << 30;
/// Smaller ones aren't parts, but for an upload's last.
const PART_BYTES_MIN: usize = 5 * MIB;
/// What root and a user get, in an account of many users.
const BY_MANY_BYTES: usize = 4 << 10;

/// A server that runs already.
pub struct Other {
    pub name: String,
    pub host: String,
    pub address: SocketAddr,
    pub credentials: Credentials,
    pub pid: Option<String>,
}

/// What was asked for.
pub struct Options {
    pub own: Vec<Program>,
    pub others: Vec<Other>,
    pub folder: PathBuf,
    pub cells: Vec<Cell>,
    pub cell_time: Duration,
    pub rounds: u32,
    pub listed_keys: u64,
    pub many: Many,
    pub payload: Payload,
    pub seed: u64,
}

/// Reads the arguments; none if the help was asked for.
pub fn parse(mut parser: lexopt::Parser) -> Result<Option<Options>, String> {
    use lexopt::Arg::Long;
    let (mut own, mut others, mut folder) = (Vec::new(), Vec::new(), None);
    let (mut quick, mut seconds, mut rounds, mut keys, mut seed) = (false, None, None, None, None);
    let (mut only, mut sizes, mut connections, mut users) = (None, None, None, None);
    let mut payload = Payload::Signed;
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        let Long(name) = argument else { return Err(argument.unexpected().to_string()) };
        let name = name.to_owned();
        let mut value = || {
            let text = parser.value().map_err(|e| e.to_string())?;
            text.into_string().map_err(|_| format!("--{name}: not a text"))
        };
        match name.as_str() {
            "help" => return Ok(None),
            "quick" => quick = true,
            "unsigned-payload" => payload = Payload::Unsigned,
            "server" => own.push(parse_own(&value()?, own.len())),
            "peers" => own.extend(launch::peers(value()?.as_ref())),
            "users" => users = Some(number(&name, &value()?)?),
            "also" => others.push(parse_other(&value()?)?),
            "folder" => folder = Some(PathBuf::from(value()?)),
            "seconds" => seconds = Some(number::<f64>(&name, &value()?)?),
            "rounds" => rounds = Some(number(&name, &value()?)?),
            "keys" => keys = Some(number(&name, &value()?)?),
            "seed" => seed = Some(number(&name, &value()?)?),
            "connections" => connections = Some(list(&value()?, |it| number(&name, it))?),
            "sizes" => sizes = Some(list(&value()?, parse_size)?),
            "only" => {
                let operation = |it: &str| {
                    Operation::parse(it).ok_or_else(|| format!("--only: no operation {it}"))
                };
                only = Some(list(&value()?, operation)?);
            }
            _ => return Err(format!("no option --{name}\n\n{HELP}")),
        }
    }
    if own.is_empty() && others.is_empty() {
        return Err(format!("no server\n\n{HELP}"));
    }
    let servers = own.len() + others.len();
    let wanted = Wanted { quick, only, sizes, connections };
    let cells = wanted.cells();
    let users = users.unwrap_or(if quick { 1000 } else { 10_000 }).max(1);
    let many = Many { users, policies: (users / 10).max(POLICIES_HELD) };
    if cells.iter().any(|it| it.operation.needs_accounts()) {
        let ours = own.iter_mut().filter(|it| it.maker == Maker::Onggi);
        ours.for_each(|it| it.quotas = Some((many.users, many.policies)));
    }
    Ok(Some(Options {
        own,
        others,
        folder: folder.ok_or("--folder is missing")?,
        cells,
        cell_time: Duration::from_secs_f64(seconds.unwrap_or(if quick { 0.5 } else { 3.0 })),
        rounds: rounds.unwrap_or(if servers > 1 { 2 } else { 1 }),
        many,
        listed_keys: keys.unwrap_or(if quick { 20_000 } else { 1_000_000 }),
        payload,
        seed: seed.unwrap_or_else(|| u64::from(std::process::id())),
    }))
}

struct Wanted {
    quick: bool,
    only: Option<Vec<Operation>>,
    sizes: Option<Vec<usize>>,
    connections: Option<Vec<usize>>,
}

impl Wanted {
    /// The cells in an order in which each finds what it needs: DELETE what PUT wrote. Those in an
    /// account of many users come last, so that all others are of an account with none.
    fn cells(&self) -> Vec<Cell> {
        use Operation::{Delete, Folders, Get, GetAmongMany, GetByUser, Head, List, Mixed};
        use Operation::{Multipart, Put};
        let asked = |it: &Operation| self.only.as_ref().is_none_or(|only| only.contains(it));
        let mut cells = Vec::new();
        let mut add = |operation, size, connections: &[usize]| {
            let fits = |it: &&usize| **it * size <= UNDER_WAY_BYTES_MAX;
            let connections = connections.iter().filter(fits).filter(|_| asked(&operation));
            cells.extend(connections.map(|it| Cell { operation, size, connections: *it }));
        };
        for size in self.sizes(&[4 << 10, MIB], &[64 * MIB, GIB]) {
            let small = size < MIB;
            let connections = match size {
                0..MIB => self.connections(&[1, 32], &[256]),
                MIB..GIB => self.connections(&[1, 32], &[]),
                _ => self.connections(&[1, 8], &[]),
            };
            for operation in [Put, Get, Head, Mixed, Delete] {
                let is_measured = match operation {
                    Put | Get => true,
                    // What PUT of a large size has left is cleared away behind it.
                    Delete => small,
                    _ => small || self.only.is_some(),
                };
                if is_measured {
                    add(operation, size, &connections);
                }
                // Group commit is judged at 64.
                if operation == Put && small && self.connections.is_none() && !self.quick {
                    add(Put, size, &[64]);
                }
            }
        }
        for size in self.sizes(&[8 * MIB], &[64 * MIB]) {
            if (PART_BYTES_MIN..GIB).contains(&size) {
                add(Multipart, size, &self.connections(&[8], &[1]));
            }
        }
        add(List, 0, &self.connections(&[1, 32], &[256]));
        add(Folders, 0, &self.connections(&[1], &[32]));
        for connections in self.connections(&[32], &[1]) {
            add(GetAmongMany, BY_MANY_BYTES, &[connections]);
            add(GetByUser, BY_MANY_BYTES, &[connections]);
        }
        cells
    }

    /// What was asked for, else these and, unless it has to be quick, more.
    fn sizes(&self, these: &[usize], more: &[usize]) -> Vec<usize> {
        self.sizes.clone().unwrap_or_else(|| self.or_more(these, more))
    }

    fn connections(&self, these: &[usize], more: &[usize]) -> Vec<usize> {
        self.connections.clone().unwrap_or_else(|| self.or_more(these, more))
    }

    fn or_more(&self, these: &[usize], more: &[usize]) -> Vec<usize> {
        let more = if self.quick { &[] } else { more };
        let mut all = [these, more].concat();
        all.sort_unstable();
        all
    }
}

fn list<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    text.split(',').map(read).collect()
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("--{name}: {text} is no number"))
}

fn parse_size(text: &str) -> Result<usize, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
    let found = units.iter().find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
    let (digits, unit) = found.unwrap_or((text, 1));
    Ok(number::<usize>("sizes", digits)? * unit)
}

fn parse_own(text: &str, before: usize) -> Program {
    let (name, path) = match text.split_once('=') {
        Some((name, path)) => (name.to_owned(), path),
        None if before == 0 => ("onggi".to_owned(), text),
        None => (format!("onggi {}", before + 1), text),
    };
    Program { name, maker: Maker::Onggi, path: path.into(), quotas: None }
}

fn parse_other(text: &str) -> Result<Other, String> {
    let malformed = || "--also NAME=http://HOST:PORT,ACCESS,SECRET[,PID]".to_owned();
    let (name, rest) = text.split_once('=').ok_or_else(malformed)?;
    let mut fields = rest.split(',');
    let mut field = || fields.next().map(str::to_owned);
    let (url, access_key, secret, pid) = (field(), field(), field(), field());
    let host = url.as_deref().and_then(|it| it.strip_prefix("http://")).ok_or_else(malformed)?;
    let host = host.trim_end_matches('/').to_owned();
    let address = host.to_socket_addrs().map_err(|e| format!("{host}: {e}"))?.next();
    Ok(Other {
        name: name.into(),
        address: address.ok_or_else(malformed)?,
        host,
        credentials: Credentials {
            access_key: access_key.ok_or_else(malformed)?,
            secret: secret.ok_or_else(malformed)?,
        },
        pid,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Options {
        parse(lexopt::Parser::from_args(words)).unwrap().unwrap()
    }

    #[test]
    fn cells_follow_what_was_asked() {
        let options = parsed(&[
            "--server=a=target/onggi",
            "--folder=x",
            "--only=put,get,delete",
            "--sizes=4KiB,64MiB",
            "--connections=1,256",
        ]);
        let cell = |operation, size, connections| Cell { operation, size, connections };
        let wanted = [
            cell(Operation::Put, 4096, 1),
            cell(Operation::Put, 4096, 256),
            cell(Operation::Get, 4096, 1),
            cell(Operation::Get, 4096, 256),
            cell(Operation::Delete, 4096, 1),
            cell(Operation::Delete, 4096, 256),
            // 256 of 64 MiB are too many at once.
            cell(Operation::Put, 64 << 20, 1),
            cell(Operation::Get, 64 << 20, 1),
        ];
        assert_eq!(options.cells, wanted);
        assert_eq!(options.own[0].name, "a");
    }

    #[test]
    fn another_server_is_named_with_its_key() {
        let other = parse_other("minio=http://127.0.0.1:9000/,key,secret,77").unwrap();
        assert_eq!((&*other.name, &*other.host), ("minio", "127.0.0.1:9000"));
        assert_eq!(other.pid.as_deref(), Some("77"));
        assert!(parse_other("minio=https://127.0.0.1:9000,key,secret").is_err());
        assert!(parse_other("minio=http://127.0.0.1:9000,key").is_err());
    }
}
