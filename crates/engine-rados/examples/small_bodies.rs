//! What a body of 4 KiB costs beside the rows, in the change itself, and as an object of its own: writes and
//! reads per second at 32 at a time, and the CPU of the gateway's part and of the OSDs on this machine.
//!
//! `ONGGI_TEST_CEPH_CONF=.../ceph.conf cargo run --profile profiling -p onggi-engine-rados --example small_bodies`
#![allow(clippy::print_stdout, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use engine::{Change, Engine, Group, NewBlob, Purpose, PutRow, RowKey, SizeHint, Space, Table};
use engine_rados::{ConnectOptions, Connection, Options, RadosEngine};
use types::ByteSpan;

const TASKS: u64 = 32;
const ROUND: Duration = Duration::from_secs(4);
const BODY: usize = 4096;

/// Milliseconds of CPU that processes of this name have used; of this process for none.
fn cpu_ms(name: Option<&str>) -> u64 {
    let of = |pid: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (head, rest) = stat.rsplit_once(')')?;
        let fits = name.is_none_or(|it| head.ends_with(&format!("({it}")));
        let mut fields = rest.split_ascii_whitespace().skip(11);
        let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        Some(if fits { ticks * 10 } else { 0 })
    };
    match name {
        None => of("self").unwrap_or(0),
        Some(_) => std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|it| of(it.ok()?.file_name().to_str()?))
            .sum(),
    }
}

/// Runs one operation over and over in several tasks.
async fn measure<F: Future<Output = ()> + Send>(
    what: &str,
    work: impl Fn(u64) -> F + Send + Sync + 'static,
) {
    let (work, next) = (Arc::new(work), Arc::new(AtomicU64::new(0)));
    let (ours, osds, began) = (cpu_ms(None), cpu_ms(Some("ceph-osd")), Instant::now());
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (work, next) = (Arc::clone(&work), Arc::clone(&next));
            async move {
                while began.elapsed() < ROUND {
                    work(next.fetch_add(1, Ordering::Relaxed)).await;
                }
            }
        })
        .collect();
    futures_util::future::join_all(tasks).await;
    let count = next.load(Ordering::Relaxed).max(1);
    let micros = |now: u64, before: u64| (now - before) * 1000 / count;
    println!(
        "{what:34} {:6.0}/s   ours {:5} us   OSDs {:5} us",
        count as f64 / began.elapsed().as_secs_f64(),
        micros(cpu_ms(None), ours),
        micros(cpu_ms(Some("ceph-osd")), osds),
    );
}

async fn put(engine: Arc<RadosEngine>, number: u64, inline: bool) {
    let group = Group::new(Space(1 + u64::from(inline)), format!("key {number}"));
    let body = bytes::Bytes::from(vec![number as u8; BODY]);
    let blob = match inline {
        true => NewBlob::Inline(body),
        false => {
            let hint = SizeHint { length: Some(BODY as u64), purpose: Purpose::Movable };
            let mut writer = engine.begin(&group, hint).await.unwrap();
            writer.write(body).await.unwrap();
            NewBlob::Ref(writer.seal().await.unwrap())
        }
    };
    let row = RowKey::new(Table::Heads, "");
    let change = Change {
        expect: vec![engine::Expectation { row: row.clone(), is: engine::Expected::Absent }],
        put: vec![PutRow { row, value: vec![1; 150].into(), blobs: vec![blob] }],
        count: vec![engine::CounterDelta { counter: engine::CounterId(0), by: 1 }],
        ..Change::default()
    };
    engine.apply(&group, change).await.unwrap();
}

async fn get(engine: Arc<RadosEngine>, number: u64, inline: bool) {
    let group = Group::new(Space(1 + u64::from(inline)), format!("key {}", number % 1000));
    let row = engine.get(&group, &RowKey::new(Table::Heads, "")).await.unwrap().unwrap();
    let mut reader = engine.read(&row.blobs[0], ByteSpan::whole(BODY as u64)).await.unwrap();
    while reader.next().await.unwrap().is_some() {}
}

#[tokio::main]
async fn main() {
    let conf = std::env::var_os("ONGGI_TEST_CEPH_CONF").expect("tests/rados/cluster.sh starts one");
    let connect = ConnectOptions {
        ceph_conf: conf.into(),
        client: "client.onggi".into(),
        keyring: None,
        timeout: Duration::from_secs(30),
    };
    let connection = Connection::connect(connect).await.unwrap();
    for data_pool in ["onggi-data", "onggi-data-ec"] {
        let options = Options {
            index_pool: "onggi-index".into(),
            data_pool: data_pool.into(),
            namespace: format!("small-bodies-{}-{data_pool}", std::process::id()),
            partitions: None,
            lease: Duration::from_secs(15),
        };
        let engine = RadosEngine::open(&connection, options).await.unwrap();
        for (place, inline) in [("beside the rows", true), ("own object", false)] {
            for round in 0..2u64 {
                let it = Arc::clone(&engine);
                let from = round * 1_000_000;
                measure(&format!("PUT {place}, {data_pool}"), move |number| {
                    put(Arc::clone(&it), from + number, inline)
                })
                .await;
                let it = Arc::clone(&engine);
                measure(&format!("GET {place}, {data_pool}"), move |number| {
                    get(Arc::clone(&it), number, inline)
                })
                .await;
            }
        }
        engine.close().await.unwrap();
    }
    connection.close().await;
}
