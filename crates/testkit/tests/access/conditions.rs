//! Condition keys: a denial that holds for whom the condition meets, so a refusal tells the value.

use testkit::{ACCOUNT, Ask, Payload, Signature, TestServer};

use crate::users::user;
use crate::{PUBLIC, anonymous, open_server, outcome, server, set_policy};

/// Denies what meets a condition.
fn deny(action: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Effect": "Deny", "Principal": "*", "Action": "{action}",
            "Resource": "arn:aws:s3:::{resource}", "Condition": {condition}}}"#
    )
}

fn presigned() -> Signature {
    Signature::Presigned { expires_s: "60".into() }
}

/// Whether the request meets the condition.
async fn meets(
    server: &TestServer,
    (action, resource): (&str, &str),
    condition: &str,
    ask: Ask,
) -> bool {
    set_policy(server, &[&deny(action, resource, condition)]).await;
    let answer = server.ask(ask).await;
    assert!([200, 204, 206, 403].contains(&answer.status), "{condition}: {}", answer.text());
    answer.status == 403
}

#[tokio::test]
async fn a_request_has_these_values() {
    let server = server().await;
    let get = || Ask::new("GET", "/bucket/key");
    let put = || Ask::new("PUT", "/bucket/new").body("x");
    let list = |query: &str| Ask::new("GET", "/bucket").query(query);
    let read = ("s3:GetObject", "bucket/*");
    let write = ("s3:PutObject", "bucket/*");
    let listing = ("s3:ListBucket", "bucket");
    let annotating = ("s3:ListObjectAnnotations", "bucket/*");
    let copy = |annotations: &str| {
        let copy = Ask::new("PUT", "/bucket/copy").header("x-amz-copy-source", "bucket/key");
        copy.header("x-amz-object-annotation-directive", annotations)
    };
    let root = format!("arn:aws:iam::{ACCOUNT}:root");
    let arn_like = format!(r#"{{"ArnEquals": {{"aws:PrincipalArn": "{root}"}}}}"#);
    let account = |key: &str| format!(r#"{{"StringEquals": {{"{key}": "{ACCOUNT}"}}}}"#);
    for (at, condition, ask, met) in [
        (read, r#"{"IpAddress": {"aws:SourceIp": "127.0.0.1"}}"#, get(), true),
        (read, r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#, get(), false),
        // Nobody is believed who isn't trusted.
        (
            read,
            r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#,
            get().header("x-forwarded-for", "10.0.0.1"),
            false,
        ),
        (read, r#"{"Bool": {"aws:SecureTransport": "false"}}"#, get(), true),
        (read, r#"{"Bool": {"aws:SecureTransport": "true"}}"#, get(), false),
        (read, r#"{"Null": {"s3:TlsVersion": "true"}}"#, get(), true),
        (read, r#"{"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}"#, get(), true),
        (read, r#"{"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}"#, get(), false),
        (read, r#"{"NumericGreaterThan": {"aws:EpochTime": "1700000000"}}"#, get(), true),
        (
            read,
            r#"{"StringLike": {"aws:UserAgent": "curl/*"}}"#,
            get().header("user-agent", "curl/8"),
            true,
        ),
        (read, r#"{"StringLike": {"aws:UserAgent": "curl/*"}}"#, get(), false),
        (
            read,
            r#"{"StringLike": {"aws:Referer": "http://a.example/*"}}"#,
            get().header("referer", "http://a.example/x"),
            true,
        ),
        (read, &arn_like, get(), true),
        (read, &account("aws:PrincipalAccount"), get(), true),
        (read, &account("aws:userid"), get(), true),
        (read, &account("aws:ResourceAccount"), get(), true),
        (read, &account("s3:ResourceAccount"), get(), true),
        (read, r#"{"StringEquals": {"aws:PrincipalType": "Account"}}"#, get(), true),
        (read, r#"{"Null": {"aws:username": "true"}}"#, get(), true),
        (read, r#"{"StringEquals": {"aws:RequestedRegion": "us-east-1"}}"#, get(), true),
        (read, r#"{"Null": {"aws:MultiFactorAuthPresent": "true"}}"#, get(), true),
        (read, r#"{"StringEquals": {"s3:authType": "REST-HEADER"}}"#, get(), true),
        (
            read,
            r#"{"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}"#,
            get().signed(presigned()),
            true,
        ),
        (read, r#"{"StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}"#, get(), true),
        (
            read,
            r#"{"NumericLessThan": {"s3:signatureAge": "60000"}}"#,
            get().signed(presigned()),
            true,
        ),
        (
            read,
            r#"{"NumericGreaterThan": {"s3:signatureAge": "60000"}}"#,
            get().signed(presigned()),
            false,
        ),
        (
            read,
            r#"{"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}"#,
            get().signed(presigned()),
            true,
        ),
        (
            write,
            r#"{"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}"#,
            put().payload(Payload::Unsigned),
            true,
        ),
        (
            write,
            r#"{"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}"#,
            put(),
            false,
        ),
        (
            write,
            r#"{"StringEquals": {"s3:x-amz-acl": "private"}}"#,
            put().header("x-amz-acl", "private"),
            true,
        ),
        (write, r#"{"StringEquals": {"s3:x-amz-acl": "private"}}"#, put(), false),
        (
            write,
            r#"{"StringEquals": {"s3:x-amz-storage-class": "STANDARD"}}"#,
            put().header("x-amz-storage-class", "STANDARD"),
            true,
        ),
        (write, r#"{"Null": {"s3:if-none-match": "true"}}"#, put(), true),
        (
            write,
            r#"{"Null": {"s3:if-none-match": "true"}}"#,
            Ask::new("PUT", "/bucket/once").body("x").header("if-none-match", "*"),
            false,
        ),
        (write, r#"{"Bool": {"s3:ObjectCreationOperation": "true"}}"#, put(), true),
        (
            write,
            r#"{"Bool": {"s3:ObjectCreationOperation": "true"}}"#,
            Ask::new("POST", "/bucket/new").query("uploads"),
            false,
        ),
        (
            write,
            r#"{"StringNotEquals": {"s3:x-amz-object-annotation-directive": "EXCLUDE"}}"#,
            copy("COPY"),
            true,
        ),
        (
            write,
            r#"{"StringNotEquals": {"s3:x-amz-object-annotation-directive": "EXCLUDE"}}"#,
            copy("EXCLUDE"),
            false,
        ),
        (
            annotating,
            r#"{"NumericGreaterThan": {"s3:max-annotation-results": "10"}}"#,
            get().query("annotation&max-annotation-results=11"),
            true,
        ),
        (
            annotating,
            r#"{"StringEquals": {"s3:annotation-prefix": "a"}}"#,
            get().query("annotation&annotation-prefix=b"),
            false,
        ),
        (listing, r#"{"StringEquals": {"s3:prefix": "home/"}}"#, list("prefix=home/"), true),
        (listing, r#"{"StringEquals": {"s3:prefix": "home/"}}"#, list("prefix=x"), false),
        (listing, r#"{"Null": {"s3:prefix": "true"}}"#, list(""), true),
        (listing, r#"{"StringEquals": {"s3:delimiter": "/"}}"#, list("delimiter=/"), true),
        (
            listing,
            r#"{"NumericGreaterThan": {"s3:max-keys": "10"}}"#,
            list("list-type=2&max-keys=11"),
            true,
        ),
        (
            listing,
            r#"{"NumericGreaterThan": {"s3:max-keys": "10"}}"#,
            list("list-type=2&max-keys=10"),
            false,
        ),
    ] {
        assert_eq!(meets(&server, at, condition, ask).await, met, "{condition}");
    }
}

#[tokio::test]
async fn who_may_list_a_prefix_is_told_which_of_its_keys_are_missing() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    let listing = r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bucket",
        "Condition": {"StringLike": {"s3:prefix": "public/*"}}}"#;
    let rest = r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": "arn:aws:s3:::bucket/*"}"#;
    kim.may(&server, &[listing, rest]).await;
    for (key, expected) in [("public/none", 404), ("private/none", 403)] {
        for method in ["GET", "HEAD"] {
            let answer = kim.asks(&server, Ask::new(method, &format!("/bucket/{key}"))).await;
            assert_eq!(answer.status, expected, "{method} {key}");
        }
        let copy = Ask::new("PUT", "/bucket/copy");
        let copy = copy.header("x-amz-copy-source", &format!("bucket/{key}"));
        assert_eq!(kim.asks(&server, copy).await.status, expected, "a copy of {key}");
    }
}

/// Who may not read is told of a missing key all the same, if listing would show as much: a denial
/// has the last word, and an object that is there isn't shown.
#[tokio::test]
async fn who_may_list_and_not_read_is_told_which_keys_are_missing() {
    // The same of ceph/s3-tests: test_head_object_404_with_policy_prefix.
    let server = open_server().await;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/public/key").body("x")).await.status, 200);
    let kim = user(&server, "kim", &[]).await;
    let listing = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::bucket", "Condition": {"StringLike": {"s3:prefix": "public/*"}}}"#;
    let denial = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::bucket/public/*"}"#;
    let (missing, refused) = ((404, "NoSuchKey"), (403, "AccessDenied"));
    for (statements, key, expected) in [
        (&[listing][..], "public/none", missing),
        (&[listing], "public/key", refused),
        (&[listing], "private/none", refused),
        (&[listing, denial], "public/none", refused),
        (&[PUBLIC], "public/none", refused),
    ] {
        set_policy(&server, statements).await;
        for query in ["", "attributes"] {
            let get = || {
                let ask = Ask::new("GET", &format!("/bucket/{key}")).query(query);
                ask.header("x-amz-object-attributes", "ETag")
            };
            let (users, anyones) =
                (kim.asks(&server, get()).await, server.ask(get().anonymous()).await);
            let expected = (expected.0, expected.1.to_owned());
            assert_eq!(outcome(&users), expected, "{statements:?} {key}?{query}");
            assert_eq!(outcome(&anyones), expected, "{statements:?} {key}?{query}");
        }
        let head = || Ask::new("HEAD", &format!("/bucket/{key}"));
        assert_eq!(kim.asks(&server, head()).await.status, expected.0, "{statements:?} {key}");
        assert_eq!(server.ask(head().anonymous()).await.status, expected.0, "{key}");
    }
}

#[tokio::test]
async fn a_versions_condition_is_asked_of_its_own_action() {
    let server = server().await;
    let annotations = Ask::new("GET", "/bucket/key").query("annotation&versionId=null");
    let at = ("s3:ListObjectVersionAnnotations", "bucket/*");
    assert!(meets(&server, at, r#"{"StringEquals": {"s3:VersionId": "null"}}"#, annotations).await);
    let at = ("s3:GetObjectVersion", "bucket/*");
    let condition = r#"{"StringEquals": {"s3:VersionId": "null"}}"#;
    let get = || Ask::new("GET", "/bucket/key");
    assert!(meets(&server, at, condition, get().query("versionId=null")).await);
    assert!(!meets(&server, at, condition, get()).await);
}

#[tokio::test]
async fn anonymous_requests_have_no_principal() {
    let server = open_server().await;
    for (condition, served) in [
        (r#"{"Null": {"aws:PrincipalArn": "true"}}"#, true),
        (r#"{"StringEquals": {"aws:PrincipalType": "Anonymous"}}"#, true),
        (r#"{"StringEquals": {"aws:userid": "anonymous"}}"#, true),
        (r#"{"Null": {"s3:authType": "true"}}"#, true),
        (r#"{"Null": {"s3:signatureversion": "false"}}"#, false),
        (r#"{"StringLike": {"aws:Referer": "http://a.example/*"}}"#, false),
    ] {
        let statement = PUBLIC.replace('}', &format!(", \"Condition\": {condition}}}"));
        set_policy(&server, &[&statement]).await;
        let answer = server.ask(anonymous("GET", "/bucket/key")).await;
        assert_eq!(answer.status == 200, served, "{condition}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_trusted_proxy_is_believed() {
    let settings = [("ONGGI_TRUSTED_PROXIES", "127.0.0.0/8")];
    let server = TestServer::with(&settings, Default::default()).await;
    server.make_bucket("bucket").await;
    assert_eq!(server.ask(Ask::new("PUT", "/bucket/key").body("x")).await.status, 200);
    let read = ("s3:GetObject", "bucket/*");
    let get = || Ask::new("GET", "/bucket/key").header("x-forwarded-for", "6.6.6.6, 10.1.2.3");
    let inside = r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#;
    assert!(meets(&server, read, inside, get()).await);
    let secure = r#"{"Bool": {"aws:SecureTransport": "true"}}"#;
    assert!(!meets(&server, read, secure, get()).await);
    assert!(meets(&server, read, secure, get().header("x-forwarded-proto", "https")).await);
}

#[tokio::test]
async fn a_buckets_tags_count_where_that_is_wanted() {
    let server = server().await;
    let tags = "<Tagging><TagSet><Tag><Key>Team</Key><Value>red</Value></Tag></TagSet></Tagging>";
    let put = server.ask(Ask::new("PUT", "/bucket").query("tagging").body(tags)).await;
    assert_eq!(put.status, 204);
    let abac = || Ask::new("GET", "/bucket").query("abac");
    let set = |status: &str| {
        let body = format!("<AbacStatus><Status>{status}</Status></AbacStatus>");
        Ask::new("PUT", "/bucket").query("abac").body(&*body)
    };
    assert_eq!(server.ask(abac()).await.element("Status"), "Disabled");
    assert_eq!(outcome(&server.ask(set("On")).await), (400, "MalformedXML".into()));
    let list = || Ask::new("GET", "/bucket");
    let get = || Ask::new("GET", "/bucket/key");
    let (on_bucket, on_object) = (("s3:ListBucket", "bucket"), ("s3:GetObject", "bucket/*"));
    for (at, list, key) in [
        (on_bucket, &list as &dyn Fn() -> Ask, "s3:BucketTag/Team"),
        (on_bucket, &list, "aws:ResourceTag/team"),
        (on_object, &get, "s3:BucketTag/Team"),
        (on_object, &get, "aws:ResourceTag/team"),
    ] {
        let condition = format!(r#"{{"StringEquals": {{"{key}": "red"}}}}"#);
        assert_eq!(server.ask(set("Disabled")).await.status, 200);
        assert!(!meets(&server, at, &condition, list()).await, "{key}");
        assert_eq!(server.ask(set("Enabled")).await.status, 200);
        assert_eq!(server.ask(abac()).await.element("Status"), "Enabled");
        assert!(meets(&server, at, &condition, list()).await, "{key}");
        let other = condition.replace("red", "blue");
        assert!(!meets(&server, at, &other, list()).await, "{key}");
    }
}

/// S3 Control names a bucket by its ARN: its policy and its tags count all the same.
#[tokio::test]
async fn a_bucket_that_is_named_by_its_arn_has_its_policy_and_its_tags() {
    let server = server().await;
    let control = |method: &str| {
        Ask::new(method, "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket")
            .header("x-amz-account-id", ACCOUNT)
    };
    let tag = |key: &str| {
        let tag = format!("<Tag><Key>{key}</Key><Value>red</Value></Tag>");
        let body = format!("<TagResourceRequest><Tags>{tag}</Tags></TagResourceRequest>");
        control("POST").body(body)
    };
    assert_eq!(server.ask(tag("Team")).await.status, 204);
    let abac = "<AbacStatus><Status>Enabled</Status></AbacStatus>";
    let put = server.ask(Ask::new("PUT", "/bucket").query("abac").body(abac)).await;
    assert_eq!(put.status, 200);
    let (tags, untags) = (("s3:TagResource", "bucket"), ("s3:UntagResource", "bucket"));
    let lists = ("s3:ListTagsForResource", "bucket");
    let untag = |key: &str| control("DELETE").query(&format!("tagKeys={key}"));
    let equals = |key: &str, value: &str| format!(r#"{{"StringEquals": {{"{key}": "{value}"}}}}"#);
    for (at, condition, ask, met) in [
        (tags, equals("aws:RequestTag/Team", "red"), tag("Team"), true),
        (tags, equals("aws:RequestTag/Team", "red"), tag("Other"), false),
        (tags, equals("aws:RequestTag/Team", "blue"), tag("Team"), false),
        (tags, equals("aws:TagKeys", "Team"), tag("Team"), true),
        (tags, equals("aws:TagKeys", "Team"), tag("Other"), false),
        (untags, equals("aws:TagKeys", "Team"), untag("Team"), true),
        (untags, equals("aws:TagKeys", "Team"), untag("Other"), false),
        (lists, equals("s3:BucketTag/Team", "red"), control("GET"), true),
        (lists, equals("aws:ResourceTag/Team", "blue"), control("GET"), false),
    ] {
        let met_is = meets(&server, at, &condition, ask).await;
        assert_eq!(met_is, met, "{at:?} {condition}");
    }
}

/// Of a copy: what its headers say, and the conditions of writes.
#[tokio::test]
async fn copies_and_conditional_writes_have_these_values() {
    let server = server().await;
    let write = ("s3:PutObject", "bucket/*");
    let copy = || Ask::new("PUT", "/bucket/copy").header("x-amz-copy-source", "/bucket/key");
    let etag = server.ask(Ask::new("HEAD", "/bucket/key")).await;
    let etag = etag.header("etag").unwrap().to_owned();
    let put_if = || Ask::new("PUT", "/bucket/key").body("body").header("if-match", &etag);
    let quoted = etag.replace('"', "\\\"");
    for (condition, ask, met) in [
        (r#"{"StringLike": {"s3:x-amz-copy-source": "/bucket/*"}}"#.to_owned(), copy(), true),
        (r#"{"StringLike": {"s3:x-amz-copy-source": "/other/*"}}"#.to_owned(), copy(), false),
        (
            r#"{"StringEquals": {"s3:x-amz-metadata-directive": "REPLACE"}}"#.to_owned(),
            copy().header("x-amz-metadata-directive", "REPLACE"),
            true,
        ),
        (
            r#"{"StringEquals": {"s3:x-amz-metadata-directive": "REPLACE"}}"#.to_owned(),
            copy(),
            false,
        ),
        (r#"{"Null": {"s3:if-match": "false"}}"#.to_owned(), put_if(), true),
        (format!(r#"{{"StringEquals": {{"s3:if-match": "{quoted}"}}}}"#), put_if(), true),
        (r#"{"Null": {"s3:if-match": "false"}}"#.to_owned(), copy(), false),
    ] {
        assert_eq!(meets(&server, write, &condition, ask).await, met, "{condition}");
    }
}

/// What a user is, which root isn't.
#[tokio::test]
async fn a_users_requests_have_these_values() {
    let server = server().await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let id = server.iam().account(ACCOUNT.parse().unwrap()).await.unwrap();
    let id = id.user("kim").unwrap().id.to_string();
    let equals = |key: &str, value: &str| format!(r#"{{"StringEquals": {{"{key}": "{value}"}}}}"#);
    for (condition, met) in [
        (equals("aws:username", "kim"), true),
        (equals("aws:username", "lee"), false),
        (equals("aws:userid", &id), true),
        (equals("aws:PrincipalType", "User"), true),
        (equals("aws:PrincipalType", "Account"), false),
        (equals("aws:PrincipalAccount", ACCOUNT), true),
        (equals("aws:PrincipalTag/Team", "red"), true),
        (equals("aws:PrincipalTag/Team", "blue"), false),
        (format!(r#"{{"ArnEquals": {{"aws:PrincipalArn": "{}"}}}}"#, kim.arn()), true),
    ] {
        set_policy(&server, &[&deny("s3:GetObject", "bucket/*", &condition)]).await;
        let answer = kim.asks(&server, Ask::new("GET", "/bucket/key")).await;
        assert_eq!(answer.status == 403, met, "{condition}: {}", answer.text());
    }
}

/// Conditions of identity policies over what IAM itself is asked.
#[tokio::test]
async fn requests_of_iam_have_these_values() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    // Tagged `Team`: `red`, as every user of `user`.
    user(&server, "lee", &[]).await;
    let form = |text: &str| {
        Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("{text}&Version=2010-05-08"))
            .signer(|it| it.service = "iam".into())
    };
    let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let attach = format!("Action=AttachUserPolicy&UserName=lee&PolicyArn={arn}");
    let tag = "Action=TagUser&UserName=lee&Tags.member.1.Key=Env&Tags.member.1.Value=x";
    let bound = format!("Action=PutUserPermissionsBoundary&UserName=lee&PermissionsBoundary={arn}");
    for (action, condition, text, met) in [
        ("iam:AttachUserPolicy", format!(r#"{{"ArnEquals": {{"iam:PolicyARN": "{arn}"}}}}"#), &*attach, true),
        (
            "iam:AttachUserPolicy",
            r#"{"ArnLike": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonS3*"}}"#.to_owned(),
            &attach,
            false,
        ),
        ("iam:TagUser", r#"{"StringEquals": {"aws:RequestTag/Env": "x"}}"#.to_owned(), tag, true),
        ("iam:TagUser", r#"{"StringEquals": {"aws:RequestTag/Env": "y"}}"#.to_owned(), tag, false),
        (
            "iam:TagUser",
            r#"{"ForAllValues:StringEquals": {"aws:TagKeys": ["Env"]}}"#.to_owned(),
            tag,
            true,
        ),
        ("iam:TagUser", r#"{"ForAnyValue:StringEquals": {"aws:TagKeys": ["Team"]}}"#.to_owned(), tag, false),
        ("iam:TagUser", r#"{"StringEquals": {"iam:ResourceTag/Team": "red"}}"#.to_owned(), tag, true),
        ("iam:TagUser", r#"{"StringEquals": {"aws:ResourceTag/Team": "red"}}"#.to_owned(), tag, true),
        ("iam:TagUser", r#"{"StringEquals": {"aws:ResourceTag/Team": "blue"}}"#.to_owned(), tag, false),
        (
            "iam:PutUserPermissionsBoundary",
            format!(r#"{{"StringEquals": {{"iam:PermissionsBoundary": "{arn}"}}}}"#),
            &bound,
            true,
        ),
        (
            "iam:PutUserPermissionsBoundary",
            r#"{"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess"}}"#.to_owned(),
            &bound,
            false,
        ),
        ("iam:TagUser", r#"{"StringEquals": {"aws:username": "kim"}}"#.to_owned(), tag, true),
        ("iam:TagUser", r#"{"Bool": {"aws:SecureTransport": "true"}}"#.to_owned(), tag, false),
        ("iam:TagUser", r#"{"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}"#.to_owned(), tag, true),
    ] {
        let allow = format!(
            r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "*", "Condition": {condition}}}"#
        );
        kim.may(&server, &[&allow]).await;
        let answer = server.ask(kim.signs(form(text)).signer(|it| it.service = "iam".into())).await;
        assert_eq!(answer.status, if met { 200 } else { 403 }, "{condition}: {}", answer.text());
    }
}
