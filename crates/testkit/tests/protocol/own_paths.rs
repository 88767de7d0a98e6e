//! Health and metrics: on hosts that name no bucket, metrics for this machine alone.

use testkit::{Ask, TestServer};

fn get(path: &str) -> Ask {
    Ask::new("GET", path).anonymous()
}

#[tokio::test]
async fn health_is_open_to_all() {
    let server = TestServer::start().await;
    for (path, text) in [("/_onggi/health/live", "live\n"), ("/_onggi/health/ready", "ready\n")] {
        for host in ["127.0.0.1", "localhost:9000", "onggi.example.com"] {
            let answer = server.ask(get(path).host(host)).await;
            assert_eq!((answer.status, &*answer.body), (200, text.as_bytes()), "{host}");
        }
        let forwarded = get(path).header("x-forwarded-for", "192.0.2.1");
        assert_eq!(server.ask(forwarded).await.status, 200);
        let head = server.ask(Ask::new("HEAD", path).anonymous()).await;
        assert_eq!(head.status, 200);
        let post = server.ask(Ask::new("POST", path).anonymous()).await;
        assert_eq!((post.status, &*post.code()), (405, "MethodNotAllowed"));
    }
}

#[tokio::test]
async fn a_full_disk_is_not_ready() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server.engine().set_full(true);
    assert_eq!(server.ask(get("/_onggi/health/ready")).await.status, 503);
    assert_eq!(server.ask(get("/_onggi/health/live")).await.status, 200);
    let put = Ask::new("PUT", "/bucket/key").body("body").build();
    server.refuses("bucket", &put, 507, "InsufficientStorage").await;
    server.engine().set_full(false);
    assert_eq!(server.ask(get("/_onggi/health/ready")).await.status, 200);
    assert_eq!(server.send(&put).await.status, 200);
}

#[tokio::test]
async fn metrics_are_for_this_machine_and_never_forwarded() {
    let server = TestServer::start().await;
    assert_eq!(server.ask(Ask::new("GET", "/")).await.status, 200);
    let answer = server.ask(get("/_onggi/metrics")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("onggi_requests_total"), "{}", answer.text());
    for (name, value) in [
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-for", ""),
        ("x-forwarded-host", "onggi.example.com"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "for=127.0.0.1"),
        ("x-real-ip", "127.0.0.1"),
        ("via", "1.1 proxy"),
        ("cf-connecting-ip", "192.0.2.1"),
        ("true-client-ip", "192.0.2.1"),
    ] {
        let answer = server.ask(get("/_onggi/metrics").header(name, value)).await;
        assert_eq!((answer.status, &*answer.code()), (403, "AccessDenied"), "{name}: {value}");
    }
    let other = TestServer::with(&[("ONGGI_METRICS_FROM", "192.0.2.1")], Default::default()).await;
    let forwarded = get("/_onggi/metrics").header("x-forwarded-for", "192.0.2.1");
    assert_eq!(other.ask(forwarded).await.status, 403);
}

#[tokio::test]
async fn own_paths_are_no_bucket_and_no_key() {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    for path in ["/_onggi/", "/_onggi/other", "/_onggi/metrics/", "/_onggi/health"] {
        let answer = server.ask(get(path)).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    for path in ["/_onggi", "/%5Fonggi/metrics", "/%5fonggi/health/live", "//_onggi/metrics"] {
        let answer = server.ask(get(path)).await;
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.text());
    }
    // No bucket can ever be called so.
    let put = server.ask(Ask::new("PUT", "/_onggi")).await;
    assert_eq!((put.status, &*put.code()), (400, "InvalidBucketName"));
}

#[tokio::test]
async fn the_console_has_a_port_of_its_own() {
    let server = TestServer::start().await;
    let mut connection = testkit::Connection::open(server.console_address()).await;
    let page = connection.exchange(&get("/").build()).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("console isn't built"), "{}", page.text());
    for path in ["/_onggi/metrics", "/bucket/key"] {
        assert_eq!(connection.exchange(&get(path).build()).await.status, 404, "{path}");
    }
}
