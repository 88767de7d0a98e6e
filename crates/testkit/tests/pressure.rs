//! Clients that are slow, idle or silent cost the server no memory to speak of. In a process of its
//! own, because it looks at the process's memory.

use std::time::Duration;

use testkit::{Ask, Connection, Payload, TestServer};

/// Resident memory of this process, in bytes: server, clients and all.
fn resident_bytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find_map(|it| it.strip_prefix("VmRSS:")).expect("a line of it");
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kib << 10
}

/// Sockets of a test's process, both ends: a thousand connections need two thousand.
fn allow_many_files() {
    let mut limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current = limit.maximum;
    rustix::process::setrlimit(rustix::process::Resource::Nofile, limit).expect("own limit");
}

const MIB: u64 = 1 << 20;

/// One test, so that no other one's memory is measured.
#[tokio::test]
async fn slow_idle_and_silent_clients_cost_little() {
    allow_many_files();
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    warm_up(&server).await;
    let grown = |before: u64| resident_bytes().saturating_sub(before);

    // 1,000 connections that say nothing, and 1,000 that have asked once.
    let before = resident_bytes();
    let mut idle = Vec::new();
    let live = Ask::new("GET", "/_onggi/health/live").anonymous().build();
    for number in 0..1000 {
        let mut connection = server.connect().await;
        if number % 2 == 0 {
            assert_eq!(connection.exchange(&live).await.status, 200);
        }
        idle.push(connection);
    }
    let idle_bytes = grown(before);
    assert!(idle_bytes < 32 * MIB, "1,000 idle connections: {idle_bytes} bytes");

    // 200 bodies that never come, of requests that were believed.
    let before = resident_bytes();
    let mut silent: Vec<Connection> = Vec::new();
    for number in 0..200 {
        let ask = Ask::new("PUT", &format!("/bucket/{number}")).payload(Payload::Unsigned);
        let message = ask.header("content-length", &(5u64 << 30).to_string()).build();
        let mut connection = server.connect().await;
        connection.write(&message.head()).await;
        silent.push(connection);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let silent_bytes = grown(before);
    assert!(silent_bytes < 32 * MIB, "200 silent bodies: {silent_bytes} bytes");
    assert_eq!(server.contents("bucket").await.keys, [""; 0]);
    drop((idle, silent));

    // Answers that nobody reads: the server gives what the sockets take and waits.
    let body = vec![b'x'; 16 * MIB as usize];
    let big = Ask::new("PUT", "/bucket/big").body(body).payload(Payload::Unsigned);
    assert_eq!(server.ask(big).await.status, 200);
    let before = resident_bytes();
    let message = Ask::new("GET", "/bucket/big").build();
    let mut unread = Vec::new();
    for _ in 0..50 {
        let mut connection = server.connect().await;
        connection.write(&message.head()).await;
        unread.push(connection);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let unread_bytes = grown(before);
    assert!(unread_bytes < 64 * MIB, "50 answers that nobody reads: {unread_bytes} bytes");
    drop(unread);

    large_bodies_pass_through().await;
}

/// The first requests of a process fill caches and pools that stay.
async fn warm_up(server: &TestServer) {
    for _ in 0..20 {
        let put = Ask::new("PUT", "/bucket/warm").body("x");
        assert_eq!(server.ask(put).await.status, 200);
    }
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket/warm")).await.status, 204);
}

/// A large body on its way to a disk: what is held of it is what is under way, not what has come.
async fn large_bodies_pass_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = TestServer::on_disk(folder.path()).await;
    server.make_bucket("bucket").await;
    warm_up(&server).await;
    let ask = Ask::new("PUT", "/bucket/large").payload(Payload::Unsigned);
    let message = ask.header("content-length", &(5u64 << 30).to_string()).build();
    let mut connection = server.connect().await;
    connection.write(&message.head()).await;
    let piece = vec![7; MIB as usize];
    let before = resident_bytes();
    for _ in 0..192 {
        assert!(connection.write(&piece).await);
    }
    let grown = resident_bytes().saturating_sub(before);
    assert!(grown < 64 * MIB, "192 MiB of 5 GiB: {grown} bytes");
    drop(connection);
    // A body that is refused isn't read for long.
    let refused = Ask { path: "/nobucket/key".into(), ..Ask::new("PUT", "") };
    let refused = refused.payload(Payload::Unsigned);
    let message = refused.header("content-length", &(5u64 << 30).to_string()).build();
    let mut connection = server.connect().await;
    connection.write(&message.head()).await;
    assert_eq!(connection.answer("PUT").await.status, 404);
    let mut sent = 0;
    while sent < 256 && connection.write(&piece).await {
        sent += 1;
    }
    assert!(sent < 256, "{sent} MiB of a refused body were taken");
    assert_eq!(server.listed("bucket").await, [""; 0]);
}
