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
    let texts = files.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap());
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

    // Making the bucket, its policy, the refusal: not the object, not the allowed read.
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

#[tokio::test]
async fn all_means_writes_of_objects_too_and_off_means_nothing() {
    for (audited, count) in [("all", 3), ("off", 0)] {
        let folder = tempfile::tempdir().unwrap();
        let settings = [("ONGGI_AUDIT", audited)];
        let server = TestServer::beside(folder.path(), &settings, Default::default()).await;
        server.make_bucket("bucket").await;
        assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("x")).await.status, 200);
        assert_eq!(server.ask(Ask::new("GET", "/bucket/key").anonymous()).await.status, 403);
        if count > 0 {
            let records = records(folder.path(), count).await;
            assert_eq!(records[1]["eventName"], "PutObject");
            assert_eq!(records[2]["userIdentity"]["accountId"], "anonymous");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(lines(folder.path()).len(), count, "{audited}");
        assert_eq!(folder.path().join("audit").exists(), count > 0);
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
