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
        data_pool: std::env::var("ONGGI_TEST_DATA_POOL").unwrap_or("onggi-data".into()),
        namespace: format!("test-{}-{:x}-{number}", std::process::id(), GatewayId::random().0),
        lease: Duration::from_secs(3),
    }
}

async fn subject(connection: &Connection) -> Subject {
    let options = fresh_options();
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
    conformance::run(|| subject(&connection)).await;
    connection.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a cluster: make test-rados"]
async fn agrees_with_plain_maps() {
    let connection = Connection::connect(connect_options()).await.unwrap();
    let seeds = std::env::var("ONGGI_RADOS_SEEDS").ok().and_then(|it| it.parse().ok()).unwrap_or(3);
    for seed in 0..seeds {
        model::run(subject(&connection).await, seed, 150).await;
    }
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
