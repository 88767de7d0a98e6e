//! The store under random operations of several clients at once, compared with plain maps.
//!
//! A *life* is a process: clients do random operations on one bucket's name, some are dropped at a
//! random await, and often the process is killed at a random call of the engine. Then the store is
//! opened again on what is left, background work is done, everything is looked at, and the whole
//! life must be explained by some order of its operations (`linear.rs`, `spec.rs`): what was
//! acknowledged has happened, what was refused hasn't, what was cut off has happened whole or not at
//! all. An [`audit`] finds what is left over.
//!
//! ONGGI_SEEDS=N tries more seeds; ONGGI_SEED=N tries one.

mod client;
mod linear;
mod spec;
pub(crate) mod worlds;

use std::sync::Arc;
use std::time::Duration;

use engine::Engine;
use engine::clock::ManualClock;
use engine::sim::SeededRandom;
use types::{ObjectKey, Timestamp};

use crate::object::key_group;
use crate::tests::audit::audit;
use crate::tests::probe::Probe;
use crate::{ListQuery, Store, UploadQuery, Usage};
use client::{Client, Life};
use linear::explain;
use spec::{Answer, Base, Contents, Object, Op, Open, State};
use worlds::World;

/// Few, so that operations meet; some that common prefixes mix up.
const KEYS: [&str; 6] = ["a", "a/", "a/b", "a/b/c", "a0", "한/글"];
/// The one bucket.
const BUCKET: &str = "bucket";
/// Clients at once.
const CLIENTS: u64 = 3;
/// Operations of a client in a life.
const OPERATIONS: u64 = 9;
/// A life takes milliseconds; one that takes so long hangs.
const LIFE_MAX: Duration = Duration::from_secs(10);
/// Longer than any lease, in milliseconds.
const LEASES_MS: u64 = 60_000;

fn key(number: u8) -> ObjectKey {
    ObjectKey::new(KEYS[usize::from(number)]).unwrap()
}

fn number_of(key: &str) -> u8 {
    KEYS.iter().position(|it| *it == key).expect("a key of ours") as u8
}

/// Lives one after another, on the same engine.
fn run(seed: u64, lives: u64, mut world: World) {
    let mut random = SeededRandom::new(seed);
    let mut state = State::default();
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000_000)));
    let mut bodies = 1;
    for life in 0..lives {
        let at = format!("seed {seed}, life {life}");
        // Shown only when the test fails.
        eprintln!("{at}");
        let began = live(&mut world, &clock, &mut random, (&state, bodies));
        bodies = began.next_body();
        world.reopen();
        clock.advance(LEASES_MS);
        let (found, seen) = runtime().block_on(look(&world, &clock, &began, &mut random, &at));
        let history = began.history(seen);
        if !explain(&state, &history) {
            panic!("{at}: nothing explains, from {state:?}\n{}", linear::told(&history));
        }
        state = found;
        // The next life begins on an engine that nobody has looked at: caches are empty.
        world.reopen();
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Lets clients live until they are done, or killed. Whatever still runs ends with the runtime.
fn live(
    world: &mut World,
    clock: &Arc<ManualClock>,
    random: &mut SeededRandom,
    (state, next_body): (&State, u32),
) -> Arc<Life> {
    let life = Arc::new(Life::new(state, next_body));
    let Some(engine) = world.open_to_be_cut(random) else { return life };
    let probe = Probe::new(engine);
    if random.percent(60) {
        probe.kill_after(random.below(400) as usize);
    }
    let runtime = runtime();
    runtime.block_on(async {
        let store = Store::with_parts_of(0, Arc::new(probe.clone()), Arc::clone(clock) as _);
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..CLIENTS {
            let random = SeededRandom::new(random.number());
            let client = Client::new(store.clone(), Arc::clone(&life), random);
            clients.spawn(client.run(OPERATIONS));
        }
        // Makes checkpoints and moves bodies meanwhile.
        if let Some(engine) = world.disk_engine() {
            let mut random = SeededRandom::new(random.number());
            clients.spawn(async move {
                for _ in 0..4 {
                    for _ in 0..random.below(60) {
                        tokio::task::yield_now().await;
                    }
                    let _ = engine.upkeep().await;
                }
            });
        }
        let all = async {
            while let Some(done) = clients.join_next().await {
                if let Err(error) = done {
                    std::panic::resume_unwind(error.into_panic());
                }
            }
        };
        let mut all = std::pin::pin!(all);
        let mut killed = std::pin::pin!(probe.killed());
        let over = std::future::poll_fn(|cx| {
            let killed = killed.as_mut().poll(cx).is_ready();
            let done = all.as_mut().poll(cx).is_ready();
            if killed || done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        let over = tokio::time::timeout(LIFE_MAX, over).await;
        assert!(over.is_ok(), "a life without end:\n{}", life.told());
    });
    drop(runtime);
    life
}

/// Looks at everything there is, and gives it as a state and as what was asked and answered.
async fn look(
    world: &World,
    clock: &Arc<ManualClock>,
    life: &Life,
    random: &mut SeededRandom,
    at: &str,
) -> (State, Vec<(Op, Answer)>) {
    let engine: Arc<dyn Engine> = world.engine();
    let store = Store::with_parts_of(0, Arc::clone(&engine), Arc::clone(clock) as _);
    audit(&store, at).await;
    let mut seen = Vec::new();
    let bucket = match store.bucket(BUCKET).await {
        Ok(bucket) => bucket,
        Err(crate::StoreError::NoSuchBucket) => {
            seen.push((Op::Find, Answer::Found(None)));
            return (State::default(), seen);
        }
        Err(error) => panic!("{at}: {error}"),
    };
    let space = bucket.space.0;
    seen.push((Op::Find, Answer::Found(Some(space))));
    let mut contents = Contents { space, ..Contents::default() };
    let mut usage = Usage::default();
    for number in 0..KEYS.len() as u8 {
        let found = client::read(&store, &bucket, number).await.expect("it can be read");
        seen.push((Op::Get { space, key: number }, Answer::Object(found.clone())));
        let Some(content) = found else { continue };
        let upload = store.get(&bucket, &key(number)).await.unwrap().unwrap().upload_id();
        let upload = upload.map(|it| it.0);
        usage.objects += 1;
        usage.bytes += content.bodies.iter().map(|it| client::body(*it).len() as i64).sum::<i64>();
        contents.objects.insert(number, Object { content, upload });
    }
    assert_eq!(store.usage(&bucket).await.unwrap(), usage, "{at}: usage");
    look_at_uploads(&store, &bucket, life, &mut contents, at).await;
    for _ in 0..5 {
        compare_listing(&store, &bucket, &contents, random, at).await;
    }
    // What is in between was swept: only what is named is kept.
    let audit = audit(&store, at).await;
    world.check_blobs(audit.blobs, at);
    (State { bucket: Some(contents) }, seen)
}

async fn look_at_uploads(
    store: &Store,
    bucket: &Arc<crate::Bucket>,
    life: &Life,
    contents: &mut Contents,
    at: &str,
) {
    let query = UploadQuery { max: 1000, ..UploadQuery::default() };
    let page = store.list_uploads(bucket, &query).await.unwrap();
    for upload in page.uploads {
        let name = ObjectKey::new(upload.key.clone()).unwrap();
        let parts = store.list_parts(bucket, (&name, upload.id), 0, 1000).await.unwrap();
        if !life.knows(upload.id) {
            let began = life.has_unknown_upload();
            assert!(began, "{at}: nobody began {upload:?}\n{}", life.told());
            abort(store, bucket, &name, upload.id, at).await;
            continue;
        }
        let parts = parts.parts.iter().map(|it| (it.number, client::body_of_etag(it.etag)));
        let row = store.upload(bucket, &name, upload.id).await.unwrap();
        let head = store.whole_head(&key_group(bucket, &name)).await.unwrap();
        let base = Base {
            absent: row.replaces == 0,
            same: row.replaces == head.map_or(0, |(_, head, _)| head.write),
        };
        let about = client::about_of(&row.details);
        let open = Open { key: number_of(&upload.key), parts: parts.collect(), about, base };
        contents.uploads.insert(upload.id.0, open);
    }
}

/// However often it takes on an engine that doesn't always answer.
async fn abort(
    store: &Store,
    bucket: &Arc<crate::Bucket>,
    key: &ObjectKey,
    id: crate::UploadId,
    at: &str,
) {
    for _ in 0..100 {
        match store.abort_upload(bucket, key, id).await {
            Ok(()) | Err(crate::StoreError::NoSuchUpload) => return,
            Err(crate::StoreError::Unavailable(_) | crate::StoreError::Slow(_)) => {}
            Err(error) => panic!("{at}: {error}"),
        }
    }
    panic!("{at}: an upload can't be aborted");
}

/// A random page is what the maps say.
async fn compare_listing(
    store: &Store,
    bucket: &crate::Bucket,
    contents: &Contents,
    random: &mut SeededRandom,
    at: &str,
) {
    let query = client::random_query(random);
    let keys: Vec<&str> = contents.objects.keys().map(|it| KEYS[usize::from(*it)]).collect();
    let wanted = naive_listing(&keys, &query);
    let page = store.list(bucket, &query).await.unwrap();
    let found: Vec<_> = page.entries.iter().map(|it| it.name().to_owned()).collect();
    let more = query.max > 0 && wanted.len() > query.max;
    let page_of: Vec<_> = wanted.into_iter().take(query.max).collect();
    assert_eq!((found, page.truncated), (page_of, more), "{at}: {query:?} of {keys:?}");
}

/// Keys and common prefixes behind the marker, without any seeking.
pub(crate) fn naive_listing(keys: &[&str], query: &ListQuery) -> Vec<String> {
    let roll = |key: &str| -> String {
        let rest = &key[query.prefix.len()..];
        match rest.find(&*query.delimiter).filter(|_| !query.delimiter.is_empty()) {
            Some(at) => key[..query.prefix.len() + at + query.delimiter.len()].to_owned(),
            None => key.to_owned(),
        }
    };
    let after = query.after.as_deref().unwrap_or_default();
    let is_behind = |key: &str| key > after;
    // A marker that is a common prefix, or lies in one, hides it.
    let hidden = after.starts_with(&*query.prefix).then(|| roll(after));
    let hidden = hidden.filter(|it| !query.delimiter.is_empty() && it.ends_with(&*query.delimiter));
    let mut keys: Vec<&str> = keys.to_vec();
    keys.sort_unstable();
    let mut all: Vec<String> = keys
        .into_iter()
        .filter(|it| it.starts_with(&*query.prefix) && is_behind(it))
        .map(roll)
        .filter(|it| hidden.as_ref().is_none_or(|hidden| it != hidden))
        .collect();
    all.dedup();
    all
}

/// Seeds to try: as the environment says, else so many.
pub(crate) fn seeds(usual: u64) -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|it: String| it.parse::<u64>().ok());
    match number("ONGGI_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("ONGGI_SEEDS").unwrap_or(usual),
    }
}

#[test]
fn several_clients_on_an_engine_that_moves_bodies() {
    for seed in seeds(400) {
        run(seed, 4, World::simulated_with(engine::sim::Mischief::known(seed)));
    }
}

#[test]
fn several_clients_on_an_engine_that_does_not_always_answer() {
    for seed in seeds(400) {
        run(seed, 4, World::simulated_with(engine::sim::Mischief::all(seed)));
    }
}

#[test]
fn several_clients_on_an_engine_that_fails() {
    for seed in seeds(100) {
        let mischief = engine::sim::Mischief { outages: 1, ..engine::sim::Mischief::all(seed) };
        run(seed, 4, World::simulated_with(mischief));
    }
}

mod on_rados {
    #[test]
    #[ignore = "needs a cluster: make test-rados"]
    fn several_clients_on_a_gateway_that_is_killed() {
        let seeds = std::env::var("ONGGI_RADOS_SEEDS").ok().and_then(|it| it.parse().ok());
        for seed in 0..seeds.unwrap_or(4) {
            super::run(seed, 4, super::World::on_rados());
        }
    }
}

#[test]
fn several_clients_on_a_disk_whose_power_is_cut() {
    for seed in seeds(60) {
        run(seed, 4, World::on_disk(seed));
    }
}
