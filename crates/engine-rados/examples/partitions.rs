//! What the number of a space's partitions costs and brings: changes and pages of listings, 32 and 1 at a
//! time, in stores of 1, 8 and 64 partitions that hold so many small objects already.
//!
//! `ONGGI_TEST_CEPH_CONF=.../ceph.conf cargo run -p onggi-engine-rados --example partitions -- 100000 1,8,64 100`
//! (objects, partitions, bytes of a body; then perhaps the namespace of a store that is filled already)
#![allow(clippy::print_stdout, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use engine::{
    Change, CounterDelta, CounterId, Cursor, Engine, Expectation, Expected, Group, NewBlob, PutRow,
    RowKey, RowRange, ScanLimit, Space, Table,
};
use engine_rados::{ConnectOptions, Connection, Options, RadosEngine};

const ROUND: Duration = Duration::from_secs(5);
const SPACE: Space = Space(1);

/// In the order of numbers, as log files and photographs are named.
fn group(number: u64) -> Group {
    Group::new(SPACE, format!("photos/2026/{number:012}"))
}

/// Writes a new object, its body of so many bytes beside its row.
async fn put(engine: &RadosEngine, number: u64, body: usize) {
    let row = RowKey::new(Table::Heads, "");
    let change = Change {
        expect: vec![Expectation { row: row.clone(), is: Expected::Absent }],
        put: vec![PutRow {
            row,
            value: vec![1; 150].into(),
            blobs: vec![NewBlob::Inline(vec![number as u8; body].into())],
        }],
        count: vec![CounterDelta { counter: CounterId(0), by: 1 }],
        ..Change::default()
    };
    engine.apply(&group(number), change).await.unwrap();
}

/// Runs one operation over and over, so many at a time, until the count or the round ends. Numbers from
/// `from`; gives the next one.
async fn run<F: Future<Output = ()>>(
    what: &str,
    tasks: u64,
    (from, most): (u64, u64),
    work: impl Fn(u64) -> F,
) -> u64 {
    let (next, began) = (AtomicU64::new(from), Instant::now());
    let round = if most == u64::MAX { ROUND } else { Duration::MAX };
    let mut times: Vec<Duration> = Vec::new();
    let each = (0..tasks).map(|_| async {
        let mut times = Vec::new();
        while began.elapsed() < round {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= most {
                break;
            }
            let at = Instant::now();
            work(number).await;
            times.push(at.elapsed());
        }
        times
    });
    for of_one in futures_util::future::join_all(each).await {
        times.extend(of_one);
    }
    times.sort();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    println!(
        "  {what:34} {:7.0}/s   p50 {:7.2} ms   p99 {:7.2} ms",
        times.len() as f64 / began.elapsed().as_secs_f64(),
        at(50).as_secs_f64() * 1000.0,
        at(99).as_secs_f64() * 1000.0,
    );
    next.into_inner()
}

async fn page(engine: &RadosEngine, from: u64, rows: usize) {
    let range = RowRange { space: SPACE, prefix: "".into(), from: Cursor::At(group(from).name) };
    let found = engine.scan(Table::Heads, range, ScanLimit::rows(rows)).await.unwrap();
    assert!(!found.entries.is_empty());
}

#[tokio::main]
async fn main() {
    let objects: u64 = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(20_000);
    let of = std::env::args().nth(2).unwrap_or("1,8,64".into());
    let body: usize = std::env::args().nth(3).and_then(|it| it.parse().ok()).unwrap_or(100);
    let filled = std::env::args().nth(4);
    let conf = std::env::var_os("ONGGI_TEST_CEPH_CONF").expect("tests/rados/cluster.sh starts one");
    let connect = ConnectOptions {
        ceph_conf: conf.into(),
        client: "client.onggi".into(),
        keyring: None,
        timeout: Duration::from_secs(60),
    };
    let connection = Connection::connect(connect).await.unwrap();
    for partitions in of.split(',').map(|it| it.parse().expect("a number")) {
        let fresh = format!("partitions-{}-{partitions}", std::process::id());
        let options = Options {
            index_pool: "onggi-index".into(),
            data_pool: "onggi-data".into(),
            namespace: filled.clone().unwrap_or_else(|| fresh.clone()),
            partitions: Some(partitions),
            lease: Duration::from_secs(15),
        };
        let engine: Arc<RadosEngine> = RadosEngine::open(&connection, options).await.unwrap();
        println!("{partitions} partitions, {objects} objects with bodies of {body} bytes");
        let it = &*engine;
        let next = match filled {
            Some(_) => objects,
            None => run("filling, 128 at a time", 128, (0, objects), |n| put(it, n, body)).await,
        };
        let next = run("PUT, 32 at a time", 32, (next, u64::MAX), |n| put(it, n, body)).await;
        let next = run("PUT, 1 at a time", 1, (next, u64::MAX), |n| put(it, n, body)).await;
        let places = |n: u64| n.wrapping_mul(7919) % objects.saturating_sub(1000).max(1);
        run("page of 1,000, 1 at a time", 1, (0, u64::MAX), |n| page(it, places(n), 1000)).await;
        run("page of 1,000, 8 at a time", 8, (0, u64::MAX), |n| page(it, places(n), 1000)).await;
        run("page of 2 (a seek), 1 at a time", 1, (0, u64::MAX), |n| page(it, places(n), 2)).await;
        run("GET of a row, 32 at a time", 32, (0, u64::MAX), |n| async move {
            let row = RowKey::new(Table::Heads, "");
            it.get(&group(places(n)), &row).await.unwrap().expect("it is there");
        })
        .await;
        println!("  {next} objects at the end, about {} a partition", next / u64::from(partitions));
        engine.close().await.unwrap();
    }
    connection.close().await;
}
