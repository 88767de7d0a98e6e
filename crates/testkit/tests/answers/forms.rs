//! Uploads by HTML forms ("POST Object", S3 API Reference; "Browser-based uploads using POST", S3 User
//! Guide; messages and elements as recorded from S3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use testkit::{Ask, TestServer, UploadForm, checksum};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

async fn got(server: &TestServer, key: &str) -> testkit::Answer {
    server.ask(Ask::new("GET", &format!("/bucket/{key}"))).await
}

const TAGS: &str = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";

#[tokio::test]
async fn a_signed_form_makes_an_object_of_its_fields() {
    let server = server().await;
    let form = UploadForm::new("user/${filename}", "the body")
        .field("Content-Type", "text/plain")
        .field("Cache-Control", "no-store")
        .field("Content-Disposition", "inline")
        .field("acl", "private")
        .field("x-amz-meta-Name", "value")
        .field("x-ignore-me", "1")
        .field("tagging", TAGS)
        .condition(r#"["starts-with", "$key", "user/"]"#)
        .condition(r#"["content-length-range", 1, 100]"#);
    for (signed, path) in
        [(form.clone().signed("bucket"), "/bucket"), (form.clone().signed_v2("bucket"), "/bucket/")]
    {
        let answer = server.ask(signed.ask(path)).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{}", answer.text());
        let location = "http://127.0.0.1:9000/bucket/user%2Ffile.txt";
        assert_eq!(answer.header("location"), Some(location));
        let crc = checksum("crc64nvme", b"the body");
        assert_eq!(answer.header("x-amz-checksum-crc64nvme"), Some(&*crc));
        assert_eq!(answer.header("x-amz-checksum-type"), Some("FULL_OBJECT"));
        let object = got(&server, "user/file.txt").await;
        assert_eq!(object.body, b"the body");
        assert_eq!(object.header("etag"), answer.header("etag"));
        for (name, value) in [
            ("content-type", "text/plain"),
            ("cache-control", "no-store"),
            ("content-disposition", "inline"),
            ("x-amz-meta-name", "value"),
            ("x-amz-tagging-count", "1"),
        ] {
            assert_eq!(object.header(name), Some(value), "{name}");
        }
        server.ask(Ask::new("DELETE", "/bucket/user/file.txt")).await;
    }
}

#[tokio::test]
async fn a_form_says_how_it_is_answered() {
    let server = server().await;
    let post = async |name: &str, value: &str| {
        let form = UploadForm::new("a b/옹기+&.txt", "x").field(name, value).signed("bucket");
        server.ask(form.ask("/bucket")).await
    };
    let location = "http://127.0.0.1:9000/bucket/a%20b%2F%EC%98%B9%EA%B8%B0%2B%26.txt";
    for (value, status) in [("200", 200), ("204", 204), ("404", 204), ("", 204)] {
        let answer = post("success_action_status", value).await;
        assert_eq!((answer.status, answer.body.len()), (status, 0), "{value}: {}", answer.text());
        assert_eq!(answer.header("location"), Some(location));
    }
    let created = post("success_action_status", "201").await;
    assert_eq!(created.status, 201);
    assert_eq!(
        String::from_utf8(created.body.clone()).unwrap(),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>{location}\
             </Location><Bucket>bucket</Bucket><Key>a b/옹기+&amp;.txt</Key>\
             <ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag></PostResponse>"
        )
    );
    assert_eq!(created.header("content-type"), Some("application/xml"));
    let added = "bucket=bucket&key=a+b%2F%EC%98%B9%EA%B8%B0%2B%26.txt\
                 &etag=%229dd4e461268c8034f5c8564e155c67a6%22";
    for (page, expected) in [
        ("https://a.example/done", format!("https://a.example/done?{added}")),
        ("https://a.example/?x=y#end", format!("https://a.example/?x=y&{added}#end")),
    ] {
        let answer = post("success_action_redirect", page).await;
        assert_eq!((answer.status, answer.body.len()), (303, 0));
        assert_eq!(answer.header("location"), Some(&*expected));
        assert_eq!(post("redirect", page).await.header("location"), Some(&*expected));
    }
    assert_eq!(post("success_action_redirect", "/relative").await.status, 204);
}

#[tokio::test]
async fn what_the_policy_does_not_allow_is_not_stored() {
    let server = server().await;
    let form = || UploadForm::new("k", "the body");
    let signed = |form: UploadForm| form.signed("bucket");
    const FAILED: &str = "Invalid according to Policy: Policy Condition failed:";
    for (form, code, message) in [
        (
            signed(form().condition(r#"["starts-with", "$key", "user/"]"#)),
            "AccessDenied",
            format!("{FAILED} [\"starts-with\", \"$key\", \"user/\"]"),
        ),
        (
            form().signed("other"),
            "AccessDenied",
            format!("{FAILED} [\"eq\", \"$bucket\", \"other\"]"),
        ),
        (
            signed(form()).field("x-amz-meta-a", "1"),
            "AccessDenied",
            "Invalid according to Policy: Extra input fields: x-amz-meta-a".into(),
        ),
        (
            signed(UploadForm { expiration: "2020-01-01T00:00:00Z".into(), ..form() }),
            "AccessDenied",
            "Invalid according to Policy: Policy expired.".into(),
        ),
        (
            signed(form().condition("{}")),
            "InvalidPolicyDocument",
            "Invalid Policy: Invalid Simple-Condition".into(),
        ),
        (
            signed(form().condition(r#"["content-length-range", 9, 20]"#)),
            "EntityTooSmall",
            "Your proposed upload is smaller".into(),
        ),
        (
            signed(form().condition(r#"["content-length-range", 0, 7]"#)),
            "EntityTooLarge",
            "Your proposed upload exceeds".into(),
        ),
        (
            signed(form().field("x-amz-checksum-crc32", "AAAAAA==")),
            "BadDigest",
            "The CRC32 you specified did not match".into(),
        ),
        (
            signed(form().field("acl", "public-read")),
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs".into(),
        ),
        (signed(form().field("tagging", "a=b")), "MalformedXML", String::new()),
        (signed(form().field("x-amz-storage-class", "COLD")), "InvalidStorageClass", String::new()),
        (form(), "AccessDenied", "Access Denied".into()),
    ] {
        let answer = server.ask(form.ask("/bucket")).await;
        assert_eq!(answer.code(), code, "{}", answer.text());
        let said = answer.message();
        assert!(said.starts_with(&message), "{said}");
    }
    let nowhere = server.ask(form().signed("nowhere").ask("/nowhere")).await;
    assert_eq!((nowhere.status, &*nowhere.code()), (404, "NoSuchBucket"));
    assert_eq!(server.contents("bucket").await.keys.len(), 0);
    assert_eq!(server.blob_count(), 0);
}

#[tokio::test]
async fn a_signature_must_hold_and_be_whole() {
    let server = server().await;
    let form = UploadForm::new("k", "body").signed("bucket");
    let time = form.fields.iter().find(|it| it.0 == "x-amz-date").map(|it| it.1.clone()).unwrap();
    let with = |name: &str, value: Option<&str>| {
        let mut form = form.clone();
        form.fields.retain_mut(|it| match value {
            Some(value) if it.0 == name => {
                it.1 = value.into();
                true
            }
            _ => it.0 != name,
        });
        form.ask("/bucket")
    };
    for (ask, status, code, element) in [
        (
            with("x-amz-signature", Some("0")),
            403,
            "SignatureDoesNotMatch",
            ("SignatureProvided", "0"),
        ),
        (with("policy", Some("e30=")), 403, "SignatureDoesNotMatch", ("StringToSign", "e30=")),
        (
            with("x-amz-signature", None),
            400,
            "InvalidArgument",
            ("ArgumentName", "X-Amz-Signature"),
        ),
        (
            with("x-amz-algorithm", None),
            400,
            "InvalidArgument",
            ("ArgumentName", "X-Amz-Algorithm"),
        ),
        (with("key", None), 400, "InvalidArgument", ("ArgumentName", "key")),
        (
            with("x-amz-credential", Some(&format!("AKIANOBODY/{}/r/s3/aws4_request", &time[..8]))),
            403,
            "InvalidAccessKeyId",
            ("AWSAccessKeyId", "AKIANOBODY"),
        ),
        (
            with("x-amz-credential", Some(&format!("A/{}/r/sts/aws4_request", &time[..8]))),
            400,
            "InvalidArgument",
            ("ArgumentName", "X-Amz-Credential"),
        ),
    ] {
        let answer = server.ask(ask).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{}", answer.text());
        assert_eq!(answer.element(element.0), element.1);
    }
    let by_header = Ask { signature: testkit::Signature::Header, ..form.ask("/bucket") };
    assert_eq!(server.ask(by_header).await.code(), "InvalidArgument");
    let token = UploadForm::new("k", "b").field("x-amz-security-token", "t").signed("bucket");
    assert_eq!(server.ask(token.ask("/bucket")).await.code(), "InvalidToken");
    let off = TestServer::with(&[("ONGGI_SIGV2", "false")], Default::default()).await;
    off.make_bucket("bucket").await;
    let answer = off.ask(UploadForm::new("k", "b").signed_v2("bucket").ask("/bucket")).await;
    assert_eq!((answer.status, &*answer.code()), (400, "InvalidRequest"));
    assert_eq!(server.contents("bucket").await.keys.len(), 0);
}

/// A signing key is valid for seven days, whatever a policy says.
#[tokio::test]
async fn a_form_holds_no_longer_than_the_key_that_signed_it() {
    const DAY_S: u64 = 24 * 3600;
    let server = server().await;
    let signed = |change: &dyn Fn(&mut testkit::Signer)| {
        UploadForm::new("k", "x").signed_with("bucket", change).ask("/bucket")
    };
    let fresh = server.ask(signed(&|it| it.at_s -= 7 * DAY_S - 60)).await;
    assert_eq!(fresh.status, 204, "{}", fresh.text());
    let old = server.ask(signed(&|it| it.at_s -= 7 * DAY_S + 60)).await;
    assert_eq!((old.status, &*old.code()), (403, "AccessDenied"));
    assert_eq!(old.message(), "Request has expired");
    let early = server.ask(signed(&|it| it.at_s += 20 * 60)).await;
    assert_eq!((early.status, &*early.message()), (403, "Request is not yet valid"));
    // An old key under a new date.
    let mut mixed = UploadForm::new("k", "x").signed_with("bucket", |it| it.at_s -= 30 * DAY_S);
    let today = Ask::new("GET", "/").signer.time();
    let date = mixed.fields.iter_mut().find(|it| it.0 == "x-amz-date").unwrap();
    date.1 = today;
    let refused = server.ask(mixed.ask("/bucket")).await;
    assert_eq!((refused.status, &*refused.code()), (400, "InvalidArgument"), "{}", refused.text());
}

#[tokio::test]
async fn what_is_no_form_is_told_so() {
    let server = server().await;
    let plain = Ask::new("POST", "/bucket").anonymous().header("content-type", "text/plain");
    let answer = server.ask(plain.body("x")).await;
    assert_eq!((answer.status, &*answer.code()), (412, "PreconditionFailed"));
    assert_eq!(
        answer.element("Condition"),
        "Bucket POST must be of the enclosure-type multipart/form-data"
    );
    let form = UploadForm::new("k", "body").signed("bucket");
    let cut = Ask { body: form.body()[..100].to_vec(), ..form.ask("/bucket") };
    let answer = server.ask(cut).await;
    assert_eq!((answer.status, &*answer.code()), (400, "MalformedPOSTRequest"));
    let endless = form.body();
    let endless = Ask { body: endless[..endless.len() - 20].to_vec(), ..form.ask("/bucket") };
    let answer = server.ask(endless).await;
    assert_eq!((answer.status, &*answer.code()), (400, "MalformedPOSTRequest"));
    let long = UploadForm::new("k", "x").field("x-ignore-x", &"x".repeat(21_000));
    let answer = server.ask(long.ask("/bucket")).await;
    assert_eq!((answer.status, &*answer.code()), (400, "MaxPostPreDataLengthExceededError"));
    assert_eq!(answer.element("MaxPostPreDataLengthBytes"), "20480");
    assert_eq!(server.contents("bucket").await.keys.len(), 0);
    assert_eq!(server.blob_count(), 0);
}

#[tokio::test]
async fn large_files_stream_and_leave_nothing_when_they_break() {
    let server = server().await;
    let file: Vec<u8> =
        (0..3_000_000_u32).flat_map(|it| (it.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
    let form = UploadForm::new("large", file.clone()).signed("bucket");
    let answer = server.ask(form.ask("/bucket")).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert!(got(&server, "large").await.body == file);
    let blobs = server.blob_count();
    let limited = UploadForm::new("limited", file)
        .condition(r#"["content-length-range", 0, 5000000]"#)
        .signed("bucket");
    let answer = server.ask(limited.ask("/bucket")).await;
    assert_eq!((answer.status, &*answer.code()), (400, "EntityTooLarge"));
    assert_eq!(answer.element("MaxSizeAllowed"), "5000000");
    assert_eq!(server.contents("bucket").await.keys.len(), 1);
    assert_eq!(server.blob_count(), blobs);
}

#[tokio::test]
async fn headers_cannot_add_what_the_policy_does_not_know() {
    let server = server().await;
    let form = UploadForm::new("k", "body").signed("bucket");
    let ask = form
        .ask("/bucket")
        .header("x-amz-meta-smuggled", "1")
        .header("cache-control", "max-age=0")
        .header("content-disposition", "inline");
    assert_eq!(server.ask(ask).await.status, 204);
    let object = got(&server, "k").await;
    for name in ["x-amz-meta-smuggled", "cache-control", "content-disposition"] {
        assert_eq!(object.header(name), None, "{name}");
    }
    assert_eq!(object.header("content-type"), Some("binary/octet-stream"));
    let locked = form.ask("/bucket").header("x-amz-object-lock-mode", "GOVERNANCE");
    let answer = server.ask(locked).await;
    assert_eq!((answer.status, &*answer.code()), (501, "NotImplemented"));
}

#[tokio::test]
async fn policies_of_the_bucket_judge_forms() {
    let server = server().await;
    let open = async |document: &str| {
        let block = Ask::new("DELETE", "/bucket").query("publicAccessBlock");
        assert_eq!(server.ask(block).await.status, 204);
        let put = server.ask(Ask::new("PUT", "/bucket").query("policy").body(document)).await;
        assert_eq!(put.status, 204, "{}", put.text());
    };
    let statement = |effect: &str, condition: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", "Principal": "*",
            "Action": "s3:PutObject", "Resource": "arn:aws:s3:::bucket/open/*"{condition}}}}}"#
        )
    };
    open(&statement("Allow", "")).await;
    let post = async |form: UploadForm| server.ask(form.ask("/bucket")).await.status;
    let anonymous = |key: &str| UploadForm::new(key, "body");
    assert_eq!(post(anonymous("open/a")).await, 204);
    assert_eq!(post(anonymous("closed/a")).await, 403);
    // A policy holds, whoever signed it or not.
    let failing = STANDARD.encode(
        r#"{"expiration": "2099-01-01T00:00:00Z", "conditions": [["eq", "$key", "other"]]}"#,
    );
    let unsigned = anonymous("open/b").field("policy", &failing).ask("/bucket");
    let refused = server.ask(unsigned).await;
    assert_eq!((refused.status, &*refused.message()), (403, "Access Denied"));
    for (key, value, v4, v2) in [
        ("s3:authType", "POST", 403, 403),
        ("s3:authType", "REST-HEADER", 204, 204),
        ("s3:signatureversion", "AWS", 204, 403),
        ("s3:signatureversion", "AWS4-HMAC-SHA256", 403, 204),
    ] {
        let condition = format!(r#", "Condition": {{"StringEquals": {{"{key}": "{value}"}}}}"#);
        open(&statement("Deny", &condition)).await;
        assert_eq!(post(anonymous("open/c").signed("bucket")).await, v4, "{key} {value}");
        assert_eq!(post(anonymous("open/c").signed_v2("bucket")).await, v2, "{key} {value}");
    }
    let old = r#", "Condition": {"NumericGreaterThan": {"s3:signatureAge": "-1"}}"#;
    open(&statement("Deny", old)).await;
    assert_eq!(post(anonymous("open/c").signed("bucket")).await, 403);
    assert_eq!(post(anonymous("open/c").signed_v2("bucket")).await, 204);
}
