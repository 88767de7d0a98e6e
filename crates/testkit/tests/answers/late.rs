//! Completions and copies that take longer than a client waits for a first byte: "CompleteMultipartUpload"
//! and "CopyObject", S3 API Reference. The engine is stalled, so that they do.

use std::time::Duration;

use testkit::{Ask, Message, TestServer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
/// A test that waits longer than this for the server has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The bytes of a connection as they come.
struct Wire {
    stream: TcpStream,
    text: String,
}

impl Wire {
    async fn send(server: &TestServer, message: &Message) -> Self {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(&message.head()).await.unwrap();
        stream.write_all(&message.body).await.unwrap();
        Self { stream, text: String::new() }
    }

    /// Reads until `done` likes what has come since it was asked last; gives that.
    async fn until(&mut self, done: impl Fn(&str) -> bool) -> String {
        let mut piece = [0; 4096];
        while !done(&self.text) {
            let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut piece)).await;
            let length = read.expect("the server goes on sending").unwrap();
            assert!(length > 0, "the server has closed: {}", self.text);
            self.text.push_str(std::str::from_utf8(&piece[..length]).unwrap());
        }
        std::mem::take(&mut self.text)
    }
}

async fn server() -> TestServer {
    let server = TestServer::with(&[], TestServer::short_timeouts()).await;
    server.make_bucket("bkt").await;
    server
}

/// A completion of a new upload with one part, which the client calls `etag`.
async fn completion(server: &TestServer, key: &str, etag: &str) -> Message {
    let path = format!("/bkt/{key}");
    let id = server.ask(Ask::new("POST", &path).query("uploads")).await.element("UploadId");
    let part = Ask::new("PUT", &path).query(&format!("partNumber=1&uploadId={id}")).body("part");
    assert_eq!(server.ask(part).await.status, 200);
    let document = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>\
         </CompleteMultipartUpload>"
    );
    Ask::new("POST", &path).query(&format!("uploadId={id}")).body(document).build()
}

/// A chunk that is one space, as HTTP/1.1 frames it.
const SPACE: &str = "1\r\n \r\n";

#[tokio::test]
async fn spaces_come_while_an_upload_is_completed() {
    let server = server().await;
    let message = completion(&server, "k", &md5("part")).await;
    let stalled = server.engine().stall_changes().await;
    let mut wire = Wire::send(&server, &message).await;
    let head = wire.until(|it| it.contains(DECLARATION)).await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("content-type: application/xml\r\n"), "{head}");
    assert!(head.contains("x-amz-request-id: "), "{head}");
    assert!(!head.contains("<CompleteMultipartUploadResult"), "{head}");
    for _ in 0..2 {
        let spaces = wire.until(|it| it.contains(SPACE)).await;
        assert_eq!(spaces.replace(SPACE, ""), "", "nothing but spaces while the work goes on");
    }
    assert_eq!(server.ask(Ask::new("GET", "/bkt/k")).await.code(), "NoSuchKey");
    drop(stalled);
    let rest = wire.until(|it| it.ends_with("\r\n0\r\n\r\n")).await;
    assert!(rest.contains("<CompleteMultipartUploadResult"), "{rest}");
    assert!(rest.contains("-1&quot;</ETag>"), "{rest}");
    assert!(!rest.contains(DECLARATION), "there is one already: {rest}");
    // The connection goes on: the answer was whole.
    wire.stream.write_all(&Ask::new("GET", "/bkt/k").build().head()).await.unwrap();
    assert!(wire.until(|it| it.ends_with("part")).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn an_error_behind_the_first_space_is_the_200s_body() {
    let server = server().await;
    let message = completion(&server, "k", "00000000000000000000000000000000").await;
    let stalled = server.engine().stall_changes().await;
    let mut wire = Wire::send(&server, &message).await;
    let head = wire.until(|it| it.contains(SPACE)).await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    drop(stalled);
    let rest = wire.until(|it| it.ends_with("\r\n0\r\n\r\n")).await;
    assert!(rest.contains("<Error><Code>InvalidPart</Code><Message>"), "{rest}");
    assert!(rest.contains("<PartNumber>1</PartNumber>"), "{rest}");
    let id = head.lines().find_map(|it| it.strip_prefix("x-amz-request-id: ")).unwrap();
    assert!(rest.contains(&format!("<RequestId>{id}</RequestId>")), "{rest}");
    let answer = server.send(&message).await;
    assert_eq!((answer.status, &*answer.code()), (400, "InvalidPart"), "in time it has its status");
}

#[tokio::test]
async fn a_client_that_goes_while_it_waits_finds_the_object_there() {
    let server = server().await;
    let message = completion(&server, "k", &md5("part")).await;
    let stalled = server.engine().stall_changes().await;
    let mut wire = Wire::send(&server, &message).await;
    wire.until(|it| it.contains(SPACE)).await;
    drop(wire);
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(stalled);
    let again = server.send(&message).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert!(again.text().contains("-1&quot;</ETag>"), "{}", again.text());
    assert_eq!(server.ask(Ask::new("GET", "/bkt/k")).await.body, b"part");
}

#[tokio::test]
async fn spaces_come_while_an_object_is_copied() {
    let server = server().await;
    assert_eq!(server.ask(Ask::new("PUT", "/bkt/from").body("copied")).await.status, 200);
    let stalled = server.engine().stall_changes().await;
    let copy = Ask::new("PUT", "/bkt/to").header("x-amz-copy-source", "bkt/from").build();
    let mut wire = Wire::send(&server, &copy).await;
    wire.until(|it| it.contains(DECLARATION) && it.contains(SPACE)).await;
    drop(stalled);
    let rest = wire.until(|it| it.ends_with("\r\n0\r\n\r\n")).await;
    assert!(rest.contains("<CopyObjectResult"), "{rest}");
    assert_eq!(server.ask(Ask::new("GET", "/bkt/to")).await.body, b"copied");
}

/// As an ETag has it.
fn md5(text: &str) -> String {
    use md5::{Digest, Md5};
    testkit::hex(&Md5::digest(text))
}
