//! Who may do what, through the server's own port: bucket policies, Block Public Access, ownership.

mod conditions;
mod lists;
mod matrix;
mod policies;
mod public;
mod side_doors;
mod trail;
mod users;

use testkit::{Answer, Ask, TestServer};

/// The statement that gives a bucket's objects to everybody.
const PUBLIC: &str = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::bucket/*"}"#;

/// A server with the bucket `bucket` and the object `key`.
async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("body")).await.status, 200);
    server
}

/// The same, and nothing keeps the bucket from being public.
async fn open_server() -> TestServer {
    let server = server().await;
    let open = server.ask(Ask::new("DELETE", "/bucket").query("publicAccessBlock")).await;
    assert_eq!(open.status, 204, "{}", open.text());
    server
}

fn document(statements: &[&str]) -> String {
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{}]}}", statements.join(", "))
}

async fn put_policy(server: &TestServer, document: &str) -> Answer {
    server.ask(Ask::new("PUT", "/bucket").query("policy").body(document)).await
}

async fn set_policy(server: &TestServer, statements: &[&str]) {
    let answer = put_policy(server, &document(statements)).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}

async fn set_block(server: &TestServer, flags: [bool; 4]) -> Answer {
    let [acls, ignore, policy, restrict] = flags;
    let body = format!(
        "<PublicAccessBlockConfiguration><BlockPublicAcls>{acls}</BlockPublicAcls>\
         <IgnorePublicAcls>{ignore}</IgnorePublicAcls><BlockPublicPolicy>{policy}\
         </BlockPublicPolicy><RestrictPublicBuckets>{restrict}</RestrictPublicBuckets>\
         </PublicAccessBlockConfiguration>"
    );
    server.ask(Ask::new("PUT", "/bucket").query("publicAccessBlock").body(&*body)).await
}

fn anonymous(method: &str, path: &str) -> Ask {
    Ask::new(method, path).anonymous()
}

/// Status and code.
fn outcome(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}
