//! Block Public Access: each of the four by itself, on for new buckets; ownership controls.

use testkit::{ACCOUNT, Ask, TestServer};

use crate::{
    PUBLIC, anonymous, document, open_server, outcome, put_policy, server, set_block, set_policy,
};

const FLAGS: [&str; 4] =
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

fn block() -> Ask {
    Ask::new("GET", "/bucket").query("publicAccessBlock")
}

#[tokio::test]
async fn a_new_bucket_blocks_public_access_and_enforces_its_owner() {
    let server = server().await;
    let answer = server.ask(block()).await;
    assert_eq!(answer.status, 200);
    assert!(FLAGS.iter().all(|it| answer.element(it) == "true"), "{}", answer.text());
    let ownership = server.ask(Ask::new("GET", "/bucket").query("ownershipControls")).await;
    assert_eq!(ownership.element("ObjectOwnership"), "BucketOwnerEnforced");
    let refused = put_policy(&server, &document(&[PUBLIC])).await;
    assert_eq!(outcome(&refused), (403, "AccessDenied".into()));
    assert_eq!(
        refused.message(),
        format!(
            "User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: s3:PutBucketPolicy on \
             resource: \"arn:aws:s3:::bucket\" because public policies are prevented by the \
             BlockPublicPolicy setting in S3 Block Public Access."
        )
    );
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 403);
    // What isn't public may be given.
    let narrow =
        PUBLIC.replace('}', r#", "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}}"#);
    set_policy(&server, &[&narrow]).await;
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 200);
}

#[tokio::test]
async fn it_is_set_read_and_removed() {
    let server = server().await;
    for flags in [[true, false, true, false], [false; 4], [false, true, false, true]] {
        assert_eq!(set_block(&server, flags).await.status, 200);
        let answer = server.ask(block()).await;
        for (name, flag) in FLAGS.iter().zip(flags) {
            assert_eq!(answer.element(name), flag.to_string(), "{name}");
        }
    }
    let some = "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy>\
                </PublicAccessBlockConfiguration>";
    let put = |body: &str| Ask::new("PUT", "/bucket").query("publicAccessBlock").body(body);
    assert_eq!(server.ask(put(some)).await.status, 200);
    assert_eq!(server.ask(block()).await.element("RestrictPublicBuckets"), "false");
    for bad in
        ["", "<X/>", &some.replace("true", "yes"), &some.replace("BlockPublicPolicy", "Block")]
    {
        let refused = server.ask(put(bad)).await;
        assert_eq!(outcome(&refused), (400, "MalformedXML".into()), "{bad}");
    }
    for _ in 0..2 {
        let gone = server.ask(Ask::new("DELETE", "/bucket").query("publicAccessBlock")).await;
        assert_eq!(gone.status, 204);
        let none = server.ask(block()).await;
        assert_eq!(outcome(&none), (404, "NoSuchPublicAccessBlockConfiguration".into()));
    }
}

#[tokio::test]
async fn each_flag_acts_by_itself() {
    let server = open_server().await;
    for (flags, may_set, serves) in [
        ([false; 4], true, true),
        ([true, true, false, false], true, true),
        ([false, false, true, false], false, true),
        ([false, false, false, true], true, false),
    ] {
        assert_eq!(set_block(&server, [false; 4]).await.status, 200);
        set_policy(&server, &[PUBLIC]).await;
        assert_eq!(set_block(&server, flags).await.status, 200);
        let served = server.ask(anonymous("GET", "/bucket/key")).await;
        assert_eq!(served.status == 200, serves, "{flags:?}: {}", served.text());
        // Whom the bucket belongs to keeps what is its own.
        assert_eq!(server.ask(Ask::new("GET", "/bucket/key")).await.status, 200);
        let set = put_policy(&server, &document(&[PUBLIC])).await;
        assert_eq!(set.status, if may_set { 204 } else { 403 }, "{flags:?}");
    }
    // A policy that isn't public isn't restricted.
    assert_eq!(set_block(&server, [true; 4]).await.status, 200);
    let narrow =
        PUBLIC.replace('}', r#", "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.1"}}}"#);
    set_policy(&server, &[&narrow]).await;
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 200);
}

#[tokio::test]
async fn the_server_decides_whether_new_buckets_block() {
    let settings = [("ONGGI_NEW_BUCKET_PUBLIC_ACCESS_BLOCK", "off")];
    let server = TestServer::with(&settings, Default::default()).await;
    server.make_bucket("bucket").await;
    assert_eq!(server.ask(block()).await.status, 404);
    set_policy(&server, &[PUBLIC]).await;
}

#[tokio::test]
async fn ownership_controls() {
    let server = server().await;
    let put = |ownership: &str| {
        let body = format!(
            "<OwnershipControls><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule>\
             </OwnershipControls>"
        );
        Ask::new("PUT", "/bucket").query("ownershipControls").body(&*body)
    };
    let get = || Ask::new("GET", "/bucket").query("ownershipControls");
    for _ in 0..2 {
        let gone = server.ask(Ask::new("DELETE", "/bucket").query("ownershipControls")).await;
        assert_eq!(gone.status, 204);
        assert_eq!(
            outcome(&server.ask(get()).await),
            (404, "OwnershipControlsNotFoundError".into())
        );
    }
    assert_eq!(server.ask(put("BucketOwnerEnforced")).await.status, 200);
    assert_eq!(server.ask(get()).await.element("ObjectOwnership"), "BucketOwnerEnforced");
    for other in ["ObjectWriter", "BucketOwnerPreferred"] {
        assert_eq!(outcome(&server.ask(put(other)).await), (501, "NotImplemented".into()));
    }
    for bad in ["", "bucketownerenforced"] {
        assert_eq!(outcome(&server.ask(put(bad)).await), (400, "MalformedXML".into()), "{bad}");
    }
    let two = "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>\
               <Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>";
    let refused = server.ask(Ask::new("PUT", "/bucket").query("ownershipControls").body(two)).await;
    assert_eq!(outcome(&refused), (400, "MalformedXML".into()));
    assert_eq!(server.ask(get()).await.element("ObjectOwnership"), "BucketOwnerEnforced");
}
