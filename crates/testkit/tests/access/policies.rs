//! Bucket policies: set, shown, refused, and what they do.

use testkit::{ACCOUNT, Ask};

use crate::users::user;
use crate::{PUBLIC, anonymous, document, open_server, outcome, put_policy, server, set_policy};

#[tokio::test]
async fn a_policy_is_kept_as_it_was_written() {
    let server = open_server().await;
    let policy = || Ask::new("GET", "/bucket").query("policy");
    let none = server.ask(policy()).await;
    assert_eq!(outcome(&none), (404, "NoSuchBucketPolicy".into()));
    assert_eq!(none.element("BucketName"), "bucket");
    let status = || Ask::new("GET", "/bucket").query("policyStatus");
    assert_eq!(outcome(&server.ask(status()).await), (404, "NoSuchBucketPolicy".into()));

    let text = format!("  {}\n", document(&[PUBLIC]));
    assert_eq!(put_policy(&server, &text).await.status, 204);
    let kept = server.ask(policy()).await;
    assert_eq!((kept.status, kept.body), (200, text.into_bytes()));
    assert_eq!(server.ask(policy()).await.header("content-type"), Some("application/json"));
    assert_eq!(server.ask(status()).await.element("IsPublic"), "true");

    let narrow =
        PUBLIC.replace('}', r#", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}"#);
    set_policy(&server, &[&narrow]).await;
    assert_eq!(server.ask(status()).await.element("IsPublic"), "false");

    for _ in 0..2 {
        let gone = server.ask(Ask::new("DELETE", "/bucket").query("policy")).await;
        assert_eq!(gone.status, 204);
        assert_eq!(server.ask(policy()).await.status, 404);
    }
    let nowhere = server.ask(Ask::new("PUT", "/nowhere").query("policy").body("{}")).await;
    assert_eq!(outcome(&nowhere), (404, "NoSuchBucket".into()));
}

#[tokio::test]
async fn with_a_public_policy_anybody_can_get_an_object_and_nothing_else() {
    let server = open_server().await;
    let before = server.ask(anonymous("GET", "/bucket/key")).await;
    assert_eq!(outcome(&before), (403, "AccessDenied".into()));
    assert_eq!(before.message(), "Access Denied");
    set_policy(&server, &[PUBLIC]).await;
    let read = server.ask(anonymous("GET", "/bucket/key")).await;
    assert_eq!((read.status, &*read.body), (200, &b"body"[..]));
    assert_eq!(server.ask(anonymous("HEAD", "/bucket/key")).await.status, 200);
    for ask in [
        anonymous("GET", "/bucket/none"),
        anonymous("GET", "/bucket"),
        anonymous("HEAD", "/bucket"),
        anonymous("PUT", "/bucket/key").body("other"),
        anonymous("PUT", "/bucket/new").body("new"),
        anonymous("DELETE", "/bucket/key"),
        anonymous("GET", "/bucket").query("policy"),
        anonymous("DELETE", "/bucket"),
        anonymous("GET", "/"),
    ] {
        let name = format!("{} {}", ask.method, ask.path);
        let answer = server.ask(ask).await;
        assert_eq!(answer.status, 403, "{name}");
        if !name.starts_with("HEAD") {
            assert_eq!(
                (answer.code(), answer.message()),
                ("AccessDenied".into(), "Access Denied".into())
            );
        }
    }
    // Whoever may list the bucket is told what isn't there.
    let list = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::bucket"}"#;
    set_policy(&server, &[PUBLIC, list]).await;
    let missing = server.ask(anonymous("GET", "/bucket/none")).await;
    assert_eq!(outcome(&missing), (404, "NoSuchKey".into()));
    assert_eq!(server.ask(anonymous("HEAD", "/bucket/none")).await.status, 404);
    assert_eq!(server.ask(anonymous("GET", "/bucket")).await.elements("Key"), ["key"]);
    // A change is seen by the very next request.
    set_policy(&server, &[list]).await;
    assert_eq!(server.ask(anonymous("GET", "/bucket/key")).await.status, 403);
}

#[tokio::test]
async fn what_is_no_policy_is_refused_with_the_place() {
    let server = server().await;
    let statement = |change: &str, to: &str| {
        assert!(PUBLIC.contains(change));
        document(&[&PUBLIC.replace(change, to)])
    };
    let foreign = r#"{"AWS": "arn:aws:iam::111122223333:root"}"#;
    let nobody = format!(r#"{{"AWS": "arn:aws:iam::{ACCOUNT}:user/nobody"}}"#);
    let condition = r#"*", "Condition": {"StringEquals": {"s3:nonsense": "x"}}"#;
    let inapplicable = r#"*", "Condition": {"StringEquals": {"s3:prefix": "x"}}"#;
    for (policy, sentence, place) in [
        ("".to_owned(), "Policies must be valid JSON and the first byte must be '{'", ""),
        ("{".to_owned(), "This policy contains invalid Json", "line 1, column 2"),
        ("{}".to_owned(), "Missing required field Statement", ""),
        (statement("Allow", "allow"), "Invalid effect: allow", "Statement[0].Effect"),
        (statement("\"Effect\"", "\"Efect\""), "Unknown field Efect", "Statement[0].Efect"),
        (
            statement("s3:GetObject", "s3:GetObjekt"),
            "Policy has invalid action",
            "Statement[0].Action",
        ),
        (statement("bucket/*", "other/*"), "Policy has invalid resource", "Statement[0].Resource"),
        (
            statement("s3:GetObject", "s3:ListBucket"),
            "Action does not apply to any resource(s) in statement",
            "Statement[0].Action",
        ),
        (statement("\"*\"", foreign), "Invalid principal in policy", "Statement[0].Principal"),
        (statement("\"*\"", &nobody), "Invalid principal in policy", "Statement[0].Principal"),
        (
            statement("/*\"", &format!("/{condition}")),
            "Policy has an invalid condition key",
            "Statement[0].Condition",
        ),
        (
            statement("/*\"", &format!("/{inapplicable}")),
            "Conditions do not apply to combination of actions and resources in statement",
            "Statement[0].Condition",
        ),
    ] {
        let answer = put_policy(&server, &policy).await;
        assert_eq!(outcome(&answer), (400, "MalformedPolicy".into()), "{policy}");
        let message = answer.message();
        assert!(message.starts_with(sentence), "{policy}: {message}");
        // Where the sentence says it all, it stands alone.
        assert!(message.contains(place), "{policy}: {message}");
        assert_eq!(place.is_empty(), message == sentence, "{policy}: {message}");
    }
    let kept = server.ask(Ask::new("GET", "/bucket").query("policy")).await;
    assert_eq!(outcome(&kept), (404, "NoSuchBucketPolicy".into()));
}

#[tokio::test]
async fn a_policy_has_at_most_20_kb_without_white_space_between_its_tokens() {
    let server = open_server().await;
    let with_id = |bytes: usize| {
        let id = "i ".repeat(bytes / 2) + &"i"[..bytes % 2];
        document(&[PUBLIC]).replacen('{', &format!("{{ \"Id\":\n\"{id}\","), 1)
    };
    // What stands between the tokens.
    let white = with_id(0).bytes().filter(u8::is_ascii_whitespace).count();
    let id_bytes = 20 * 1024 - (with_id(0).len() - white);
    let most = with_id(id_bytes);
    assert_eq!(put_policy(&server, &most).await.status, 204);
    let kept = server.ask(Ask::new("GET", "/bucket").query("policy")).await;
    assert!(kept.text().ends_with(&most), "as it came: {}", kept.text());
    let spaces = " ".repeat(3 * 20 * 1024 - most.len());
    assert_eq!(put_policy(&server, &format!("{spaces}{most}")).await.status, 204);
    assert_eq!(put_policy(&server, &format!(" {spaces}{most}")).await.status, 400);
    let more = put_policy(&server, &with_id(id_bytes + 1)).await;
    assert_eq!(outcome(&more), (400, "MalformedPolicy".into()));
    let sentence = "Normalized policy document exceeds the maximum allowed size of 20480 bytes";
    assert!(more.message().starts_with(sentence), "{}", more.message());
}

#[tokio::test]
async fn root_is_denied_by_a_policy_but_can_take_it_away() {
    let server = server().await;
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"]}"#;
    set_policy(&server, &[deny]).await;
    let denied = server.ask(Ask::new("GET", "/bucket/key")).await;
    assert_eq!(outcome(&denied), (403, "AccessDenied".into()));
    assert_eq!(
        denied.message(),
        format!(
            "User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: s3:GetObject on \
             resource: \"arn:aws:s3:::bucket/key\" with an explicit deny in a resource-based policy"
        )
    );
    assert_eq!(server.ask(Ask::new("GET", "/bucket")).await.status, 403);
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket")).await.status, 403);
    set_policy(&server, &[deny]).await;
    assert_eq!(server.ask(Ask::new("GET", "/bucket").query("policy")).await.status, 200);
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket").query("policy")).await.status, 204);
    assert_eq!(server.ask(Ask::new("GET", "/bucket/key")).await.status, 200);
}

/// `x-amz-confirm-remove-self-bucket-access`.
#[tokio::test]
async fn nobody_locks_themselves_out_without_confirming_it() {
    let server = server().await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let lee = user(&server, "lee", &["AmazonS3FullAccess"]).await;
    let deny = |whom: &str| {
        document(&[&format!(
            r#"{{"Effect": "Deny", "Principal": {{"AWS": "{whom}"}},
            "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::bucket"}}"#
        )])
    };
    let put = |whom: &str| Ask::new("PUT", "/bucket").query("policy").body(deny(whom));
    let confirm = "x-amz-confirm-remove-self-bucket-access";
    for ask in [put(&kim.arn()), put("*"), put(&kim.arn()).header(confirm, "false")] {
        let refused = kim.asks(&server, ask).await;
        assert_eq!(outcome(&refused), (400, "InvalidRequest".into()));
        assert!(refused.message().contains(confirm), "{}", refused.text());
        let kept = server.ask(Ask::new("GET", "/bucket").query("policy")).await;
        assert_eq!(kept.code(), "NoSuchBucketPolicy");
    }
    // Of another user, and of everybody by root, whom no policy keeps from it.
    assert_eq!(kim.asks(&server, put(&lee.arn())).await.status, 204);
    assert_eq!(server.ask(put("*")).await.status, 204);
    assert_eq!(kim.asks(&server, put(&lee.arn())).await.code(), "AccessDenied");
    assert_eq!(server.ask(put(&lee.arn())).await.status, 204);
    let confirmed = kim.asks(&server, put(&kim.arn()).header(confirm, "true")).await;
    assert_eq!(confirmed.status, 204, "{}", confirmed.text());
    assert_eq!(kim.asks(&server, put(&lee.arn())).await.code(), "AccessDenied");
}

#[tokio::test]
async fn each_key_of_a_deletion_is_judged_by_itself() {
    let server = server().await;
    for key in ["keep/a", "go/a"] {
        let put = server.ask(Ask::new("PUT", &format!("/bucket/{key}")).body("x")).await;
        assert_eq!(put.status, 200);
    }
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::bucket/keep/*"}"#;
    set_policy(&server, &[deny]).await;
    let body =
        "<Delete><Object><Key>keep/a</Key></Object><Object><Key>go/a</Key></Object></Delete>";
    let answer = server.ask(Ask::new("POST", "/bucket").query("delete").body(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.elements("Key").len(), 2);
    assert_eq!(
        (answer.elements("Deleted").len(), answer.elements("Code")),
        (1, vec!["AccessDenied".to_owned()])
    );
    assert!(answer.message().ends_with("with an explicit deny in a resource-based policy"));
    assert_eq!(server.listed("bucket").await, ["keep/a", "key"]);
}

#[tokio::test]
async fn a_policy_ends_with_its_bucket() {
    let server = server().await;
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::bucket/*"}"#;
    set_policy(&server, &[deny]).await;
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket/key")).await.status, 204);
    assert_eq!(server.ask(Ask::new("DELETE", "/bucket")).await.status, 204);
    server.make_bucket("bucket").await;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("x")).await.status, 200);
    assert_eq!(server.ask(Ask::new("GET", "/bucket/key")).await.status, 200);
}
