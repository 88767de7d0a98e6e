//! The audit trail: what leaves a record, what stands in it, what `onggi why` makes of it.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use testkit::{ACCOUNT, Ask, TestServer};

use crate::users::user;
use crate::{document, set_policy};

/// All records, once there are so many.
async fn records(folder: &Path, count: usize) -> Vec<Value> {
    for _ in 0..200 {
        let lines = lines(folder);
        if lines.len() >= count {
            return lines.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("there are {} records, not {count}: {:?}", lines(folder).len(), lines(folder));
}

fn lines(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder.join("audit")) else { return vec![] };
    // Those of strangers are in files of their own, whose names come last.
    let mut paths: Vec<_> = files.map(|it| it.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().map(|it| std::fs::read_to_string(it).unwrap());
    texts.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[tokio::test]
async fn a_refusal_and_a_change_leave_records_and_why_explains_them() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("ONGGI_AUDIT", "management")];
    let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
    server.make_bucket("bucket").await;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("x")).await.status, 200);
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let deny = format!(
        "{{\"Sid\": \"NoReferer\", \"Effect\": \"Deny\",\n \"Principal\": {{\"AWS\": \"{}\"}}, \
         \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::bucket/*\", \"Condition\": \
         {{\"StringLike\": {{\"aws:Referer\": \"http://bad.example/*\"}}}}}}",
        kim.arn()
    );
    set_policy(&server, &[&deny]).await;
    let get = || Ask::new("GET", "/bucket/key");
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    let refused = kim.asks(&server, get().header("referer", "http://bad.example/x")).await;
    assert_eq!(refused.status, 403);

    // Making the bucket, its policy, the refusal: not the object, not the allowed read of it.
    let records = records(folder.path(), 3).await;
    let names: Vec<_> = records.iter().map(|it| it["eventName"].as_str().unwrap()).collect();
    assert_eq!(names, ["CreateBucket", "PutBucketPolicy", "GetObject"]);
    assert_eq!(records[0]["userIdentity"]["type"], "Root");
    assert_eq!(records[0]["decisions"][0]["effect"], "Allow");
    let record = &records[2];
    let id = refused.header("x-amz-request-id").unwrap();
    for (name, value) in [
        ("requestID", id),
        ("errorCode", "AccessDenied"),
        ("eventSource", "s3.amazonaws.com"),
        ("sourceIPAddress", "127.0.0.1"),
        ("recipientAccountId", ACCOUNT),
        ("eventCategory", "Data"),
    ] {
        assert_eq!(record[name], value, "{record}");
    }
    let identity = &record["userIdentity"];
    assert_eq!((&identity["type"], &identity["userName"]), (&"IAMUser".into(), &"kim".into()));
    assert_eq!(record["requestParameters"]["key"], "key");
    let decision = &record["decisions"][0];
    let statement = &decision["statement"];
    assert_eq!((&statement["policy"], &statement["sid"]), (&"bucket".into(), &"NoReferer".into()));
    assert_eq!((&statement["line"], &statement["column"]), (&1.into(), &41.into()), "{record}");
    assert_eq!(decision["context"]["aws:referer"][0], "http://bad.example/x");

    let mut out = vec![];
    server::why::run(folder.path(), id, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    for part in [
        "GetObject (s3.amazonaws.com), refused: AccessDenied",
        &*kim.arn(),
        "asked      s3:GetObject on arn:aws:s3:::bucket/key",
        "with an explicit deny in a resource-based policy",
        "statement 0 \"NoReferer\" of resource-based policy bucket, line 1, column 41",
        "aws:referer = http://bad.example/x",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // No record has what lets somebody in.
    let secrets = [testkit::SECRET, &*kim.secret, "Signature="];
    assert!(
        lines(folder.path()).iter().all(|it| secrets.iter().all(|secret| !it.contains(secret)))
    );
}

/// Who may list and not read is told that there is no such key; the record has the decision, too.
#[tokio::test]
async fn a_refusal_that_is_told_as_a_missing_key_leaves_its_decision() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("ONGGI_AUDIT", "management")];
    let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
    server.make_bucket("bucket").await;
    let kim = user(&server, "kim", &[]).await;
    let list =
        r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bucket"}"#;
    kim.may(&server, &[list]).await;
    assert_eq!(kim.asks(&server, Ask::new("GET", "/bucket/none")).await.status, 404);
    let records = records(folder.path(), 2).await;
    let record = &records[1];
    assert_eq!(
        (&record["eventName"], &record["errorCode"]),
        (&"GetObject".into(), &"NoSuchKey".into())
    );
    let decisions = record["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 1, "{record}");
    assert_eq!(decisions[0]["effect"], "Deny");
    assert_eq!(decisions[0]["reason"], "because no identity-based policy allows it");
}

#[tokio::test]
async fn objects_leave_records_if_that_is_wanted_and_off_means_nothing() {
    for (audited, count) in [("writes", 3), ("all", 4), ("off", 0)] {
        let folder = tempfile::tempdir().unwrap();
        let settings = [("ONGGI_AUDIT", audited)];
        let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
        server.make_bucket("bucket").await;
        assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("x")).await.status, 200);
        assert_eq!(server.ask(Ask::new("GET", "/bucket/key").anonymous()).await.status, 403);
        assert_eq!(server.ask(Ask::new("GET", "/bucket/key")).await.status, 200);
        server.stop().await;
        let records = records(folder.path(), count).await;
        assert_eq!(records.len(), count, "{audited}");
        assert_eq!(folder.path().join("audit").exists(), count > 0);
        if count > 0 {
            let names: Vec<_> =
                records.iter().map(|it| it["eventName"].as_str().unwrap()).collect();
            let known = ["CreateBucket", "PutObject", "GetObject"];
            assert_eq!(names[..count - 1], known[..count - 1]);
            assert_eq!(records[count - 1]["userIdentity"]["accountId"], "anonymous");
        }
    }
}

#[tokio::test]
async fn a_refused_deletion_of_many_keys_leaves_one_bounded_record() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("ONGGI_AUDIT", "management")];
    let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
    server.make_bucket("bucket").await;
    let text = document(&[r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::bucket/*"}"#]);
    let put = Ask::new("PUT", "/bucket").query("policy").body(text);
    assert_eq!(server.ask(put).await.status, 204);
    let keys: String = (0..100).map(|it| format!("<Object><Key>k{it}</Key></Object>")).collect();
    let delete =
        Ask::new("POST", "/bucket").query("delete").body(format!("<Delete>{keys}</Delete>"));
    assert_eq!(server.ask(delete).await.elements("Code").len(), 100);
    let records = records(folder.path(), 3).await;
    assert_eq!(records[2]["eventName"], "DeleteObjects");
    assert_eq!(records[2]["decisions"].as_array().unwrap().len(), 20);
}

/// What can't be decided, because it isn't known who asks, is explained too.
#[tokio::test]
async fn a_signature_that_doesnt_hold_leaves_a_record_and_why_says_what_failed() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("ONGGI_AUDIT", "management")];
    let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
    server.make_bucket("bucket").await;
    let (kim, lee) = (user(&server, "kim", &[]).await, user(&server, "lee", &[]).await);
    let account = ACCOUNT.parse().unwrap();
    server.iam().update_access_key(account, ("lee", &lee.key), false).await.unwrap();
    let get = || kim.signs(Ask::new("GET", "/bucket/key"));
    let sts = Ask::new("POST", "/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("Action=GetCallerIdentity&Version=2011-06-15");
    let sts = sts.signer(|it| it.service = "sts".into());
    let because = "because    ";
    let whose = format!("by         somebody who names access key {}, from 127.0.0.1", kim.key);
    let cases = [
        (
            get().signer(|it| it.secret = "wrong".into()),
            "SignatureDoesNotMatch",
            vec![
                "because    the signature is another than the key's",
                "\n             AWS4-HMAC-SHA256\n",
                &*whose,
            ],
        ),
        (
            get().signer(|it| it.at_s -= 3600),
            "RequestTimeTooSkewed",
            vec!["because    the request's clock says 20", &*whose],
        ),
        (
            get().signer(|it| it.access_key = "AKIANONE".into()),
            "InvalidAccessKeyId",
            vec![
                "because    there is no such access key",
                "by         somebody who names access key AKIANONE, from",
            ],
        ),
        (
            lee.signs(Ask::new("GET", "/bucket/key")),
            "InvalidAccessKeyId",
            vec!["because    the key is inactive"],
        ),
        (get().header("x-amz-security-token", "t0ken"), "InvalidToken", vec![because]),
        (
            get().unsigned("x-amz-meta-a", "b"),
            "AccessDenied",
            vec!["headers present in the request which were not signed"],
        ),
        (
            get().signer(|it| it.service = "iam".into()),
            "AuthorizationHeaderMalformed",
            vec!["incorrect service"],
        ),
        (
            sts.clone().signer(|it| it.secret = "wrong".into()),
            "SignatureDoesNotMatch",
            vec![
                "GetCallerIdentity (sts.amazonaws.com), refused: SignatureDoesNotMatch",
                "because    the signature is another than the key's",
            ],
        ),
        (sts.anonymous(), "MissingAuthenticationToken", vec!["by         anonymous, from"]),
    ];
    let count = cases.len();
    for (ask, code, parts) in cases {
        let refused = server.ask(ask).await;
        assert_eq!(refused.code(), code, "{}", refused.text());
        let id = refused.header("x-amz-request-id").or(refused.header("x-amzn-requestid"));
        let mut out = vec![];
        for _ in 0..200 {
            if server::why::run(folder.path(), id.unwrap(), &mut out).is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let text = String::from_utf8(out).unwrap();
        let refused = format!("refused: {code}\n");
        for part in parts.into_iter().chain([&*refused]) {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let records = records(folder.path(), count + 1).await;
    assert_eq!(records.len(), count + 1);
    assert!(records[1..].iter().all(|it| it["userIdentity"].get("arn").is_none()), "{records:?}");
    let secrets = [testkit::SECRET, &*kim.secret, &*lee.secret, "Signature=", "t0ken"];
    assert!(
        lines(folder.path()).iter().all(|it| secrets.iter().all(|secret| !it.contains(secret)))
    );
}
