//! On a real cluster, which ONGGI_TEST_CEPH_CONF names: `make test-rados` starts one and runs these.
//! Without it they are left out, being `#[ignore]`d.

use std::sync::atomic::{AtomicU64, Ordering};

use engine::conformance::{self, Subject, model};

use super::*;

fn connect_options() -> ConnectOptions {
    let conf = std::env::var_os("ONGGI_TEST_CEPH_CONF").expect("make test-rados starts a cluster");
    ConnectOptions {
        ceph_conf: conf.into(),
        client: "client.onggi".into(),
        keyring: None,
        timeout: Duration::from_secs(30),
    }
}

/// A store that nobody else has.
fn fresh_options() -> Options {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Options {
        index_pool: "onggi-index".into(),
        data_pool: "onggi-data".into(),
        namespace: format!("test-{}-{:x}-{number}", std::process::id(), GatewayId::random().0),
        partitions: None,
        lease: Duration::from_secs(3),
    }
}

async fn subject(connection: &Connection, data_pool: &str, partitions: u8) -> Subject {
    let partitions = Some(partitions);
    let options = Options { data_pool: data_pool.into(), partitions, ..fresh_options() };
    let open = |connection: Connection, options: Options| async move {
        RadosEngine::open(&connection, options).await.expect("a store opens") as Arc<dyn Engine>
    };
    let first = open(connection.clone(), options.clone()).await;
    let connection = connection.clone();
    Subject::with_reopen(first, move || open(connection.clone(), options.clone()))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn keeps_the_contract() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    conformance::run(|| subject(&connection, "onggi-data", PARTITIONS)).await;
    connection.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn keeps_the_contract_with_one_partition_and_an_erasure_coded_pool() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    conformance::run(|| subject(&connection, "onggi-data-ec", 1)).await;
    connection.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn pools_and_partitions_that_do_not_fit_are_refused() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let options = Options { index_pool: "onggi-data-ec".into(), ..fresh_options() };
    let error = RadosEngine::open(&connection, options).await.err().expect("it is refused");
    assert!(error.to_string().contains("must be replicated"), "{error}");
    let options = Options { data_pool: "no-such-pool".into(), ..fresh_options() };
    let error = RadosEngine::open(&connection, options).await.err().expect("it is refused");
    assert!(error.to_string().starts_with("pool no-such-pool: "), "{error}");
    let options = Options { partitions: Some(3), ..fresh_options() };
    RadosEngine::open(&connection, options.clone()).await.unwrap().close().await.unwrap();
    let others = Options { partitions: Some(PARTITIONS_MAX), ..options.clone() };
    let error = RadosEngine::open(&connection, others).await.err().expect("it is refused");
    let told = "the store has 3 partitions a bucket, for ever; it can't have 64";
    assert_eq!(error.to_string(), told);
    let any = Options { partitions: None, ..options };
    let engine = RadosEngine::open(&connection, any).await.unwrap();
    assert_eq!(engine.shared.partitions, 3);
    engine.close().await.unwrap();
    connection.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn agrees_with_plain_maps() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    // A tenth of what the store's model tries: each of these has 150 steps.
    let seeds = std::env::var("ONGGI_RADOS_SEEDS").ok().and_then(|it| it.parse::<u64>().ok());
    for seed in 0..(seeds.unwrap_or(0) / 10).max(3) {
        let partitions = [PARTITIONS, 1, PARTITIONS_MAX][seed as usize % 3];
        model::run(subject(&connection, "onggi-data", partitions).await, seed, 150).await;
    }
    connection.close().await;
}

async fn seal(engine: &RadosEngine, group: &Group, bytes: usize) -> BlobRef {
    let hint = SizeHint { length: None, purpose: engine::Purpose::Movable };
    let mut writer = engine.begin(group, hint).await.unwrap();
    writer.write(vec![7; bytes].into()).await.unwrap();
    writer.seal().await.unwrap()
}

async fn until<F: Future<Output = bool>>(what: &str, mut happens: impl FnMut() -> F) {
    let began = std::time::Instant::now();
    while !happens().await {
        assert!(began.elapsed() < Duration::from_secs(30), "{what} doesn't come");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn what_a_dead_gateway_named_stays_and_what_it_did_not_goes() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let options = fresh_options();
    let dead = RadosEngine::open(&connection, options.clone()).await.unwrap();
    let group = Group::new(Space(7), "k");
    let head = RowKey::new(Table::Heads, "");
    let put = |row: &RowKey, blob: BlobRef| engine::PutRow {
        row: row.clone(),
        value: "x".into(),
        blobs: vec![engine::NewBlob::Ref(blob)],
    };
    let replaced = seal(&dead, &group, 5_000_000).await;
    let change = Change { put: vec![put(&head, replaced)], ..Change::default() };
    dead.apply(&group, change).await.unwrap();
    let named = seal(&dead, &group, 5_000_000).await;
    let change = Change { put: vec![put(&head, named)], ..Change::default() };
    dead.apply(&group, change).await.unwrap();
    let unnamed = seal(&dead, &group, 5_000_000).await;
    drop(dead);
    let heir = RadosEngine::open(&connection, options).await.unwrap();
    let read = async |blob: &BlobRef| {
        let mut reader = heir.read(blob, ByteSpan::whole(blob.length)).await?;
        let mut bytes = 0;
        while let Some(piece) = reader.next().await? {
            bytes += piece.len();
        }
        Ok::<_, EngineError>(bytes)
    };
    for gone in [&replaced, &unnamed] {
        until("the end of what nobody names", || async {
            matches!(read(gone).await, Err(EngineError::Gone))
        })
        .await;
    }
    assert_eq!(read(&named).await.unwrap(), 5_000_000);
    let answer = heir.apply(&group, Change { put: vec![put(&head, unnamed)], ..Change::default() });
    assert!(matches!(answer.await, Err(ApplyError::Engine(EngineError::Gone))));
    until("the row's end", || async { heir.shared.counts.gateways.load(Ordering::Relaxed) == 1 })
        .await;
    heir.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn a_reader_keeps_what_another_gateway_frees() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let options = Options { lease: Duration::from_secs(2), ..fresh_options() };
    let reads = RadosEngine::open(&connection, options.clone()).await.unwrap();
    let frees = RadosEngine::open(&connection, options).await.unwrap();
    let group = Group::new(Space(7), "k");
    let head = RowKey::new(Table::Heads, "");
    let blob = seal(&frees, &group, 20_000_000).await;
    let put = engine::PutRow {
        row: head.clone(),
        value: "x".into(),
        blobs: vec![engine::NewBlob::Ref(blob)],
    };
    frees.apply(&group, Change { put: vec![put], ..Change::default() }).await.unwrap();
    let mut reader = reads.read(&blob, ByteSpan::whole(blob.length)).await.unwrap();
    let deletion = Change { delete: vec![head], ..Change::default() };
    frees.apply(&group, deletion).await.unwrap();
    // Six renewals, of which three would be enough.
    tokio::time::sleep(Duration::from_secs(4)).await;
    let mut bytes = 0;
    while let Some(piece) = reader.next().await.expect("the bytes stay") {
        bytes += piece.len();
    }
    assert_eq!(bytes, 20_000_000);
    drop(reader);
    until("the end of what nobody reads", || async {
        let again = reads.read(&blob, ByteSpan::whole(1)).await;
        matches!(again, Err(EngineError::Gone))
    })
    .await;
    for engine in [reads, frees] {
        engine.close().await.unwrap();
    }
    connection.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn what_one_gateway_changes_the_other_hears() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let options = fresh_options();
    let tells = RadosEngine::open(&connection, options.clone()).await.unwrap();
    let hears = RadosEngine::open(&connection, options).await.unwrap();
    let mut feed = hears.watch(Space::SYSTEM);
    let group = Group::new(Space::SYSTEM, "bucket/b");
    let put =
        engine::PutRow { row: RowKey::new(Table::Catalog, ""), value: "x".into(), blobs: vec![] };
    tells.apply(&group, Change { put: vec![put], ..Change::default() }).await.unwrap();
    let event = tokio::time::timeout(Duration::from_secs(1), feed.next()).await;
    assert_eq!(event.unwrap(), engine::ChangeEvent::Changed(group));
    for engine in [tells, hears] {
        engine.close().await.unwrap();
    }
    assert!(connection.close().await, "everything has ended");
}

/// What befalls a change that has no answer.
pub(crate) enum Fate {
    /// It happens.
    Happens,
    /// It never arrives.
    Lost,
    /// It arrives when it is let go, and tells what became of it.
    Late(tokio::sync::oneshot::Receiver<()>, tokio::sync::oneshot::Sender<Result<u64, Errno>>),
}

impl Fate {
    pub(crate) async fn befall(
        self,
        pool: Pool,
        object: String,
        steps: Vec<Step>,
    ) -> Result<u64, Errno> {
        match self {
            Self::Happens => drop(pool.write(&object, steps).await?),
            Self::Lost => {}
            Self::Late(go, told) => drop(tokio::spawn(async move {
                go.await.unwrap();
                told.send(pool.write(&object, steps).await).unwrap();
            })),
        }
        Err(Errno::TIMED_OUT)
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn what_a_change_without_an_answer_named_is_settled_behind_a_fence() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let engine = RadosEngine::open(&connection, fresh_options()).await.unwrap();
    let (go, gone) = tokio::sync::oneshot::channel();
    let (tell, told) = tokio::sync::oneshot::channel();
    let head = RowKey::new(Table::Heads, "");
    // All in one partition, so that one fence is there for all of them; it exists already.
    let names = (0..).map(|it| Group::new(Space(7), format!("k{it}")));
    let partition = layout::Partition { space: Space(7), number: 0 };
    let mut groups = names.filter(|it| layout::Partition::of(it, PARTITIONS) == partition);
    engine.apply(&groups.next().unwrap(), Change::default()).await.unwrap();
    let mut blobs = Vec::new();
    for fate in [Fate::Happens, Fate::Lost, Fate::Late(gone, tell)] {
        let group = groups.next().unwrap();
        let blob = seal(&engine, &group, 5_000_000).await;
        let put = engine::PutRow {
            row: head.clone(),
            value: "x".into(),
            blobs: vec![engine::NewBlob::Ref(blob)],
        };
        engine.shared.fates.lock().push(fate);
        let change = Change { put: vec![put], ..Change::default() };
        let answer = engine.apply(&group, change).await;
        assert!(matches!(answer, Err(ApplyError::Unknown)), "{answer:?}");
        blobs.push((group, blob));
    }
    let is_gone = async |blob: &BlobRef| {
        matches!(engine.read(blob, ByteSpan::whole(1)).await, Err(EngineError::Gone))
    };
    for (_, blob) in &blobs[1..] {
        until("the end of what nobody names", || is_gone(blob)).await;
    }
    let (group, named) = &blobs[0];
    assert_eq!(engine.get(group, &head).await.unwrap().unwrap().blobs[..], [*named]);
    assert!(!is_gone(named).await, "a row names it");
    go.send(()).unwrap();
    assert_eq!(told.await.unwrap(), Err(Errno::CANCELED), "what comes late doesn't happen");
    assert!(engine.get(&blobs[2].0, &head).await.unwrap().is_none());
    until("the end of the intents", || async {
        let own = engine.shared.own_object();
        engine.shared.list_all(&own, bytes::Bytes::from_static(b"i")).await.unwrap().is_empty()
    })
    .await;
    engine.close().await.unwrap();
    connection.close().await;
}

#[tokio::test]
async fn a_missing_configuration_is_told() {
    let options = ConnectOptions {
        ceph_conf: "/nonexistent/ceph.conf".into(),
        ..ConnectOptions {
            ceph_conf: PathBuf::new(),
            client: "client.onggi".into(),
            keyring: None,
            timeout: Duration::from_secs(1),
        }
    };
    let error = Connection::connect(options).await.err().expect("there is no such file");
    let text = error.to_string();
    // On a machine without Ceph's library that is what is told.
    assert!(text.contains("librados2") || text.contains("/nonexistent/ceph.conf"), "{text}");
}
