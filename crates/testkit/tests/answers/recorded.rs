//! Answers that were recorded of AWS (LocalStack's tests of S3, docs/conformance.md), in what no other
//! file here is about.

use testkit::{Ask, Payload, TestServer};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bkt").await;
    let put = server.ask(Ask::new("PUT", "/bkt/k").body("body")).await;
    assert_eq!(put.status, 200);
    server
}

/// Where an element begins; the test fails without it.
fn place(text: &str, element: &str) -> usize {
    text.find(&format!("<{element}>")).unwrap_or_else(|| panic!("no {element} in {text}"))
}

#[tokio::test]
async fn what_may_be_long_comes_last() {
    let server = server().await;
    server.ask(Ask::new("PUT", "/bkt/folder/k").body("x")).await;
    server.ask(Ask::new("POST", "/bkt/k").query("uploads")).await;
    let buckets = server.ask(Ask::new("GET", "/")).await.text();
    assert!(place(&buckets, "Owner") < place(&buckets, "Buckets"), "{buckets}");
    for (query, last) in [
        ("delimiter=%2F", ["Contents", "CommonPrefixes"]),
        ("list-type=2&delimiter=%2F", ["Contents", "CommonPrefixes"]),
        ("versions&delimiter=%2F", ["Version", "CommonPrefixes"]),
        ("uploads", ["Bucket", "Upload"]),
    ] {
        let text = server.ask(Ask::new("GET", "/bkt").query(query)).await.text();
        assert!(place(&text, last[0]) < place(&text, last[1]), "{text}");
        assert!(place(&text, "IsTruncated") < place(&text, last[1]), "{text}");
        let named = ["Name", "Bucket"].iter().find_map(|it| text.find(&format!("<{it}>")));
        assert!(named.unwrap() < place(&text, last[1]), "{text}");
        // Listings know whole seconds, as Last-Modified does.
        for time in ["LastModified", "Initiated"] {
            for time in text.split(&format!("<{time}>")).skip(1) {
                assert_eq!(&time[19..24], ".000Z", "{text}");
            }
        }
    }
}

#[tokio::test]
async fn a_bucket_says_where_it_is() {
    let server = server().await;
    let location = server.ask(Ask::new("GET", "/bkt").query("location")).await.text();
    let empty = "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>";
    assert!(location.ends_with(empty), "{location}");
    let constraint = |it: &str| {
        format!(
            "<CreateBucketConfiguration><LocationConstraint>{it}</LocationConstraint>\
             </CreateBucketConfiguration>"
        )
    };
    let made = |name: &str| Ask::new("PUT", &format!("/{name}"));
    let made_at = |name: &str, host: &str| made(name).host(host).body(constraint("EU"));
    let plain = server.ask(made("plain")).await;
    assert_eq!(plain.header("location"), Some("/plain"));
    let far = server.ask(made_at("far", "localhost:9000")).await;
    assert_eq!(far.header("location"), Some("http://far.localhost:9000/"));
    let near = server.ask(made_at("near", "127.0.0.1")).await;
    assert_eq!(near.header("location"), Some("/near"));
    // The constraint is given back as it was; the region is what it stands for.
    let location = server.ask(Ask::new("GET", "/far").query("location")).await.text();
    assert!(location.contains(">EU</LocationConstraint>"), "{location}");
    let head = server.ask(Ask::new("HEAD", "/far")).await;
    assert_eq!(head.header("x-amz-bucket-region"), Some("eu-west-1"));
    let listed = server.ask(Ask::new("GET", "/").query("bucket-region=eu-west-1")).await;
    assert_eq!(listed.elements("Name"), ["far", "near"]);
}

#[tokio::test]
async fn a_second_checksum_is_told_before_the_first_is_wrong() {
    let server = server().await;
    let put = |crc: &'static str, sha: &'static str| {
        let put = Ask::new("PUT", "/bkt/c").body("x").payload(Payload::Unsigned);
        put.header("x-amz-checksum-crc32", crc).header("x-amz-checksum-sha256", sha)
    };
    for (crc, sha) in [("AAAAAA==", "wrong"), ("wrong", "wrong")] {
        let answer = server.ask(put(crc, sha)).await;
        assert_eq!((answer.status, &*answer.code()), (400, "InvalidRequest"));
        assert!(answer.message().starts_with("Expecting a single x-amz-checksum- header."));
    }
}

#[tokio::test]
async fn tags_that_are_none_are_an_empty_set() {
    let server = server().await;
    let some = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
    for (path, status) in [("/bkt", 204), ("/bkt/k", 200)] {
        let put = |body: &str| Ask::new("PUT", path).query("tagging").body(body.to_owned());
        assert_eq!(server.ask(put(some)).await.status, status);
        assert_eq!(server.ask(put("<Tagging/>")).await.status, status);
        let tags = server.ask(Ask::new("GET", path).query("tagging")).await;
        assert!(tags.elements("Key").is_empty(), "{}", tags.text());
    }
    let none = server.ask(Ask::new("GET", "/bkt/none").query("tagging")).await;
    assert_eq!((&*none.code(), &*none.element("Key")), ("NoSuchKey", "bkt/none"));
    let none = server.ask(Ask::new("DELETE", "/bkt/none").query("tagging")).await;
    assert_eq!((&*none.code(), &*none.element("Key")), ("NoSuchKey", "none"));
}

#[tokio::test]
async fn a_listing_tells_nobody_in_particular_whose_objects_they_are() {
    let server = server().await;
    server.ask(Ask::new("DELETE", "/bkt").query("publicAccessBlock")).await;
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
        "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bkt"}}"#;
    let put = server.ask(Ask::new("PUT", "/bkt").query("policy").body(policy)).await;
    assert_eq!(put.status, 204, "{}", put.text());
    let list = || Ask::new("GET", "/bkt");
    assert_eq!(server.ask(list()).await.elements("Owner").len(), 1);
    let told = server.ask(list().anonymous()).await;
    assert_eq!((told.elements("Key").len(), told.elements("Owner").len()), (1, 0));
}

#[tokio::test]
async fn a_copys_source_may_be_an_address() {
    let server = server().await;
    let copy = Ask::new("PUT", "/bkt/copy").header("x-amz-copy-source", "https://host:1/bkt/k");
    let copied = server.ask(copy).await;
    assert_eq!(copied.status, 200, "{}", copied.text());
    assert_eq!(&copied.element("LastModified")[19..], ".000Z");
}

#[tokio::test]
async fn annotations_are_read_as_of_an_object_without_any() {
    let server = server().await;
    let ask = |method: &str, path: &str, query: &str| {
        Ask::new(method, path).query(&format!("annotation{query}"))
    };
    let listed = server.ask(ask("GET", "/bkt/k", "&annotation-prefix=a&max-annotation-results=7"));
    let listed = listed.await;
    let figures = ["Key", "AnnotationPrefix", "MaxAnnotationResults", "AnnotationCount"];
    assert_eq!(figures.map(|it| listed.element(it)), ["k", "a", "7", "0"], "{}", listed.text());
    for (ask, status, code) in [
        (ask("GET", "/bkt/k", "&continuation-token=x"), 400, "InvalidArgument"),
        (ask("GET", "/bkt/k", "&versionId=x"), 400, "InvalidArgument"),
        (ask("GET", "/bkt/none", ""), 404, "NoSuchKey"),
        (ask("GET", "/bkt/k", "&annotationName=a"), 404, "NoSuchAnnotation"),
        (ask("GET", "/bkt/none", "&annotationName=a"), 404, "NoSuchKey"),
        (ask("DELETE", "/bkt/k", "&annotationName=a"), 204, ""),
        (
            ask("DELETE", "/bkt/k", "&annotationName=a").header("x-amz-object-if-match", "\"x\""),
            412,
            "PreconditionFailed",
        ),
        (ask("DELETE", "/bkt/none", "&annotationName=a"), 404, "NoSuchKey"),
        (ask("PUT", "/bkt/k", "&annotationName=a").body("x"), 501, "NotImplemented"),
        (Ask::new("POST", "/bkt/none").query("restore"), 404, "NoSuchKey"),
    ] {
        let answer = server.ask(ask).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{}", answer.text());
    }
    let copy = |directive: &str| {
        let copy = Ask::new("PUT", "/bkt/copy").header("x-amz-copy-source", "bkt/k");
        copy.header("x-amz-object-annotation-directive", directive)
    };
    for directive in ["COPY", "EXCLUDE"] {
        assert_eq!(server.ask(copy(directive)).await.status, 200, "{directive}");
    }
    assert_eq!(server.ask(copy("REPLACE")).await.code(), "InvalidArgument");
}

#[tokio::test]
async fn a_checksum_mode_that_is_none_is_refused() {
    let server = server().await;
    for (mode, status) in [("ENABLED", 200), ("enabled", 200), ("DISABLED", 400)] {
        let get = Ask::new("GET", "/bkt/k").header("x-amz-checksum-mode", mode);
        assert_eq!(server.ask(get).await.status, status, "{mode}");
    }
}

/// LocalStack's tests of IAM of 2026, recorded of AWS.
#[tokio::test]
async fn iam_says_what_aws_was_recorded_to_say() {
    let server = server().await;
    let iam = |form: &str| {
        Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .signer(|it| it.service = "iam".into())
            .payload(Payload::Silent)
            .body(format!("Version=2010-05-08&{form}"))
    };
    let me = testkit::ACCOUNT;
    let own = format!("arn:aws:iam::{me}:policy/none");
    let aws = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    for made in ["CreateUser&UserName=kim", "CreateGroup&GroupName=dev"] {
        assert_eq!(server.ask(iam(&format!("Action={made}"))).await.status, 200, "{made}");
    }
    for (form, status, code, sentence) in [
        (
            "Action=GetAccessKeyLastUsed&AccessKeyId=AKIAIOSFODNN7EXAMPLE".to_owned(),
            403,
            "AccessDenied",
            format!(
                "User: arn:aws:iam::{me}:root is not authorized to perform \
                 iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE"
            ),
        ),
        (
            "Action=UpdateAccessKey&UserName=kim&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Active"
                .into(),
            404,
            "NoSuchEntity",
            "The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.".into(),
        ),
        (
            format!("Action=GetPolicyVersion&PolicyArn={own}&VersionId=v1"),
            404,
            "NoSuchEntity",
            format!("Policy {own} version v1 does not exist or is not attachable."),
        ),
        (
            format!("Action=SetDefaultPolicyVersion&PolicyArn={own}&VersionId=v1"),
            404,
            "NoSuchEntity",
            format!("Policy {own} version v1 does not exist or is not attachable."),
        ),
        (
            format!("Action=ListEntitiesForPolicy&PolicyArn={own}"),
            404,
            "NoSuchEntity",
            format!("Policy {own} does not exist or is not attachable."),
        ),
        (
            format!("Action=SetDefaultPolicyVersion&PolicyArn={aws}&VersionId=v1"),
            403,
            "AccessDenied",
            "Cannot update policies outside your own account.".into(),
        ),
        (
            format!("Action=DeletePolicy&PolicyArn={aws}"),
            403,
            "AccessDenied",
            "Cannot delete policies outside your own account.".into(),
        ),
        ("Action=RemoveUserFromGroup&GroupName=dev&UserName=kim".into(), 200, "", String::new()),
        ("Action=ListRoles&Marker=x".into(), 400, "ValidationError", "Invalid Marker.".into()),
        (
            "Action=ListAccountAliases&Marker=x".into(),
            400,
            "ValidationError",
            "Invalid Marker.".into(),
        ),
    ] {
        let answer = server.ask(iam(&form)).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{form}: {}", answer.text());
        assert_eq!(answer.message(), sentence, "{form}");
    }
    let summary = server.ask(iam("Action=GetAccountSummary")).await.text();
    for (name, figure) in [
        ("RolesQuota", 1000),
        ("InstanceProfilesQuota", 1000),
        ("PolicyVersionsInUseQuota", 10_000),
        ("ServerCertificatesQuota", 20),
        ("SigningCertificatesPerUserQuota", 2),
        ("Roles", 0),
    ] {
        let entry = format!("<key>{name}</key><value>{figure}</value>");
        assert!(summary.contains(&entry), "{entry}: {summary}");
    }
    // A policy's tags are told apart by case, and listed from the shortest key on.
    let tags = ["abc", "b", "a", "A"].iter().enumerate();
    let tags: String = tags
        .map(|(n, key)| format!("&Tags.member.{0}.Key={key}&Tags.member.{0}.Value=", n + 1))
        .collect();
    let document = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow\
                    %22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22*%22%7D%7D";
    let made = iam(&format!("Action=CreatePolicy&PolicyName=p&PolicyDocument={document}{tags}"));
    let made = server.ask(made).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let arn = format!("arn:aws:iam::{me}:policy/p");
    let listed = server.ask(iam(&format!("Action=ListPolicyTags&PolicyArn={arn}"))).await;
    assert_eq!(listed.elements("Key"), ["A", "a", "b", "abc"]);
    let twice =
        "&Tags.member.1.Key=a&Tags.member.1.Value=&Tags.member.2.Key=a&Tags.member.2.Value=";
    let refused = server.ask(iam(&format!("Action=TagPolicy&PolicyArn={arn}{twice}"))).await;
    assert_eq!(refused.message(), "Duplicate tag keys found.");
}
