//! Keys are texts and never paths; buckets are named by path or by host.

use testkit::{Ask, Signature, TestServer, percent};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

/// A key as its path is sent, as it stands in XML, and in a URL-encoded listing.
struct Key {
    key: &'static str,
    xml: &'static str,
    url: &'static str,
}

const fn key(key: &'static str, xml: &'static str, url: &'static str) -> Key {
    Key { key, xml, url }
}

const KEYS: [Key; 18] = [
    key("..", "..", ".."),
    key("../../etc/passwd", "../../etc/passwd", "../../etc/passwd"),
    key("./x", "./x", "./x"),
    key("a//b", "a//b", "a//b"),
    key("/", "/", "/"),
    key("//", "//", "//"),
    key("dir/", "dir/", "dir/"),
    key("a%2Fb", "a%2Fb", "a%252Fb"),
    key("a+b c", "a+b c", "a%2Bb+c"),
    key("q?a=b&c#d", "q?a=b&amp;c#d", "q%3Fa%3Db%26c%23d"),
    key("한", "한", "%ED%95%9C"),
    key("\u{1112}\u{1161}\u{11ab}", "\u{1112}\u{1161}\u{11ab}", "%E1%84%92%E1%85%A1%E1%86%AB"),
    key("\u{1}\u{7f}", "&#x1;&#x7f;", "%01%7F"),
    key("a\nb\tc\rd", "a\nb\tc&#13;d", "a%0Ab%09c%0Dd"),
    key("<&>\"'", "&lt;&amp;&gt;&quot;'", "%3C%26%3E%22%27"),
    key("nul\u{0}", "nul&#x0;", "nul%00"),
    key("~*-_.", "~*-_.", "%7E*-_."),
    key("😀", "😀", "%F0%9F%98%80"),
];

#[tokio::test]
async fn any_text_is_a_key() {
    let server = server().await;
    for Key { key, xml, .. } in &KEYS {
        let path = format!("/bucket/{}", percent(key, true));
        let missing = server.ask(Ask::new("GET", &path)).await;
        assert_eq!((missing.status, &*missing.code()), (404, "NoSuchKey"), "{key:?}");
        assert_eq!(missing.element("Key"), xml.replace("&quot;", "\""), "{key:?}");
        let put = server.ask(Ask::new("PUT", &path).body(*key)).await;
        assert_eq!(put.status, 200, "{key:?}: {}", put.text());
    }
    for Key { key, .. } in &KEYS {
        let path = format!("/bucket/{}", percent(key, true));
        let read = server.ask(Ask::new("GET", &path)).await;
        assert_eq!(read.body, key.as_bytes(), "{key:?}");
    }
    let mut sorted: Vec<&Key> = KEYS.iter().collect();
    sorted.sort_by_key(|it| it.key.as_bytes());
    let list = |query: &str| server.ask(Ask::new("GET", "/bucket").query(query));
    let plain = list("list-type=2").await.elements("Key");
    assert_eq!(plain, sorted.iter().map(|it| it.xml).collect::<Vec<_>>());
    let encoded = list("list-type=2&encoding-type=url").await.elements("Key");
    assert_eq!(encoded, sorted.iter().map(|it| it.url).collect::<Vec<_>>());
    assert_eq!(server.contents("bucket").await.objects, KEYS.len() as u64);
    for Key { key, .. } in &KEYS {
        let path = format!("/bucket/{}", percent(key, true));
        assert_eq!(server.ask(Ask::new("DELETE", &path)).await.status, 204);
    }
    assert_eq!(server.contents("bucket").await.objects, 0);
}

#[tokio::test]
async fn paths_that_are_no_text_are_refused() {
    let server = server().await;
    for path in ["/bucket/%", "/bucket/%4", "/bucket/%zz", "/bucket/%ff", "/bucket/%C3", "//key"] {
        for method in ["GET", "PUT"] {
            let message = Ask::new(method, path).build();
            let answer = server.refuses("bucket", &message, 400, "InvalidURI").await;
            assert_eq!(answer.message(), "Couldn't parse the specified URI.");
        }
    }
}

#[tokio::test]
async fn a_query_that_nobody_knows_changes_nothing() {
    let server = server().await;
    let put = server.ask(Ask::new("PUT", "/bucket/cat.jpg").body("meow")).await;
    assert_eq!(put.status, 200);
    for query in ["v=3", "v=3&x-id=GetObject", "utm_source=%EC%98%B9", "Version=3", "="] {
        let read = server.ask(Ask::new("GET", "/bucket/cat.jpg").query(query)).await;
        assert_eq!((read.status, &*read.body), (200, &b"meow"[..]), "{query}");
    }
}

#[tokio::test]
async fn hosts_below_localhost_name_a_bucket() {
    let server = server().await;
    let at = |method: &str, host: &str, path: &str| Ask::new(method, path).host(host);
    let put = server.ask(at("PUT", "bucket.localhost:9000", "/a/b").body("x")).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(server.contents("bucket").await.keys, ["a/b"]);
    for host in ["bucket.localhost", "BUCKET.LOCALHOST:9000"] {
        assert_eq!(server.ask(at("GET", host, "/a/b")).await.body, b"x");
        assert_eq!(server.ask(at("GET", host, "/")).await.elements("Key"), ["a/b"]);
    }
    let expires = put_at(&server) + 60;
    let v4 = at("GET", "bucket.localhost", "/a/b");
    let v4 = v4.signed(Signature::Presigned { expires_s: "60".into() });
    assert_eq!(server.ask(v4).await.body, b"x");
    // Version 2 signs the bucket that the host names: the string begins with it.
    let mut v2 = Ask::new("GET", "/bucket/a/b").signed(Signature::PresignedV2 { expires }).build();
    v2.target = v2.target.replacen("/bucket", "", 1);
    assert_eq!(server.send(&v2.set("host", "bucket.localhost")).await.body, b"x");
    // A bucket of a host has no service, no S3 Control and none of our own paths.
    for path in ["/_onggi/health/live", "/_onggi/metrics", "/v20180820/jobs"] {
        let answer = server.ask(at("GET", "bucket.localhost", path)).await;
        assert_eq!((answer.status, &*answer.code()), (404, "NoSuchKey"), "{path}");
    }
    let service = server.ask(at("GET", "localhost:9000", "/")).await;
    assert_eq!(service.elements("Name"), ["bucket"]);
}

fn put_at(_: &TestServer) -> u64 {
    Ask::new("PUT", "/").signer.at_s
}
