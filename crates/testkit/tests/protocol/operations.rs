//! Every row of model/operations.toml answers what its status says, and every header of
//! model/headers.toml is refused. The requests are made from the model's facts.

use serde_json::Value;
use testkit::{Ask, Payload, Signature, TestServer, UploadForm};

fn model(name: &str) -> String {
    let path = format!("{}/../../model/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

struct Row {
    service: &'static str,
    name: String,
    status: String,
    facts: Value,
}

/// All rows that have requests of their own: an alias is another row's old name.
fn rows() -> Vec<Row> {
    let table: toml::Table = model("operations.toml").parse().unwrap();
    let mut rows = Vec::new();
    for service in ["s3", "iam", "sts", "s3control"] {
        let facts: Value = serde_json::from_str(&model(&format!("{service}.json"))).unwrap();
        for row in table[service].as_array().unwrap() {
            if row.get("alias").is_some() {
                continue;
            }
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            let name = text("name");
            let facts = facts["operations"][&name].clone();
            rows.push(Row { service, name, status: text("status"), facts });
        }
    }
    rows
}

impl Row {
    fn ask(&self) -> Ask {
        match (self.service, &*self.name) {
            ("iam", _) => return self.form("2010-05-08"),
            ("sts", _) => return self.form("2011-06-15"),
            (_, "PostObject") => {
                return Ask {
                    signature: Signature::Header,
                    ..UploadForm::new("new", "body").ask("/bucket")
                };
            }
            (_, "OptionsObject") => return Ask::new("OPTIONS", "/bucket/key"),
            _ => {}
        }
        let uri = self.facts["uri"].as_str().unwrap_or_else(|| panic!("{}", self.name));
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut path = path.replace("{Bucket}", "bucket").replace("{Key+}", "key");
        while let Some(at) = path.find('{') {
            let end = path[at..].find('}').unwrap() + at;
            path.replace_range(at..=end, "x");
        }
        let mut pairs: Vec<String> =
            query.split('&').filter(|it| !it.is_empty()).map(String::from).collect();
        let mut ask = Ask::new(self.facts["method"].as_str().unwrap(), &path);
        for need in self.facts["needs"].as_array().unwrap() {
            let (place, name) = need.as_str().unwrap().split_once(':').unwrap();
            match place {
                "querystring" if pairs.iter().all(|it| it.split('=').next() != Some(name)) => {
                    pairs.push(format!("{name}=1"));
                }
                "querystring" => {}
                _ => ask = ask.header(&name.to_ascii_lowercase(), "x"),
            }
        }
        ask.query(&pairs.join("&"))
    }

    /// The same of a bucket that isn't there.
    fn without_bucket(&self) -> Ask {
        let ask = self.ask();
        Ask { path: ask.path.replacen("/bucket", "/nobucket", 1), ..ask }
    }

    fn form(&self, version: &str) -> Ask {
        let service = self.service.to_owned();
        Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .signer(|it| it.service = service)
            .payload(Payload::Silent)
            .body(format!("Action={}&Version={version}", self.name))
    }
}

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let put = server.ask(Ask::new("PUT", "/bucket/key").body("body")).await;
    assert_eq!(put.status, 200);
    server
}

#[tokio::test]
async fn what_is_not_there_yet_is_named_and_changes_nothing() {
    let server = server().await;
    let before = server.contents("bucket").await;
    let (mut count, mut of_buckets) = (0, 0);
    for row in rows().iter().filter(|row| row.status == "not-implemented") {
        let answer = server.ask(row.ask()).await;
        let name = &row.name;
        let head = row.facts["method"] == "HEAD";
        if row.ask().path.starts_with("/bucket") {
            let owner = row.ask().header("x-amz-expected-bucket-owner", "999999999999");
            for (ask, wanted) in [(row.without_bucket(), "NoSuchBucket"), (owner, "AccessDenied")] {
                assert_eq!(server.ask(ask).await.code(), wanted, "{name}");
            }
            of_buckets += 1;
        }
        assert_eq!(answer.status, 501, "{name}: {}", answer.text());
        if !head {
            assert_eq!(answer.code(), "NotImplemented", "{name}");
            let sentence = format!("{name} is not implemented in this version");
            assert_eq!(answer.message(), sentence);
        }
        let root = match row.service {
            "s3" => "<Error><Code>",
            "s3control" => "<ErrorResponse><Error><Code>",
            "iam" => {
                "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>\
                 <Type>Receiver</Type><Code>"
            }
            _ => {
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
                 <Type>Receiver</Type><Code>"
            }
        };
        assert!(head || answer.text().contains(root), "{name}: {}", answer.text());
        count += 1;
    }
    assert!(count > 200, "{count} rows");
    assert!(of_buckets > 20, "{of_buckets} rows of buckets and objects");
    assert_eq!(server.contents("bucket").await, before);
    // The metrics know them by the same names.
    let metrics = server.ask(Ask::new("GET", "/_onggi/metrics").anonymous()).await.text();
    for name in ["CreateRole", "AssumeRole", "SelectObjectContent", "ListAccessPoints"] {
        let line = format!("operation=\"{name}\",code=\"NotImplemented\"");
        assert!(metrics.contains(&line), "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_set_yet_reads_as_on_aws_when_it_is_not_set() {
    let server = server().await;
    let empty = |root: &str| format!("<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
    let mut seen = 0;
    for row in rows().iter().filter(|row| row.status == "unset") {
        let (status, wanted) = match &*row.name {
            "GetBucketVersioning" => (200, empty("VersioningConfiguration")),
            "GetBucketLogging" => (200, empty("BucketLoggingStatus")),
            "GetBucketNotificationConfiguration" => (200, empty("NotificationConfiguration")),
            "GetBucketAccelerateConfiguration" => (200, empty("AccelerateConfiguration")),
            "GetBucketRequestPayment" => (200, "<Payer>BucketOwner</Payer>".into()),
            "GetBucketWebsite" => (404, "NoSuchWebsiteConfiguration".into()),
            "GetBucketLifecycleConfiguration" => (404, "NoSuchLifecycleConfiguration".into()),
            "GetBucketEncryption" => (404, "ServerSideEncryptionConfigurationNotFoundError".into()),
            "GetBucketReplication" => (404, "ReplicationConfigurationNotFoundError".into()),
            "GetObjectLockConfiguration" => (404, "ObjectLockConfigurationNotFoundError".into()),
            "DeleteBucketEncryption"
            | "DeleteBucketLifecycle"
            | "DeleteBucketReplication"
            | "DeleteBucketWebsite" => (204, String::new()),
            list if list.starts_with("ListBucket") => {
                (200, "<IsTruncated>false</IsTruncated>".into())
            }
            name if name.ends_with("LegalHold") || name.ends_with("Retention") => {
                (400, "<Message>Bucket is missing Object Lock Configuration</Message>".into())
            }
            "PutObjectLockConfiguration" => (409, "InvalidBucketState".into()),
            "ListObjectAnnotations" => (200, "<AnnotationCount>0</AnnotationCount>".into()),
            "GetObjectAnnotation" => (404, "NoSuchAnnotation".into()),
            "DeleteObjectAnnotation" => (204, String::new()),
            "RestoreObject" => (403, "InvalidObjectState".into()),
            "GetBucketMetadataConfiguration" | "DeleteBucketMetadataConfiguration" => {
                (404, "MetadataConfigurationNotFound".into())
            }
            // Their documents are missing.
            "PutBucketLogging"
            | "PutBucketNotificationConfiguration"
            | "PutBucketRequestPayment" => (400, "MalformedXML".into()),
            name if name.ends_with("Configuration") => (404, "NoSuchConfiguration".into()),
            other => panic!("{other}: what does AWS answer when it isn't set?"),
        };
        let answer = server.ask(row.ask()).await;
        assert_eq!(answer.status, status, "{}: {}", row.name, answer.text());
        assert!(answer.text().contains(&wanted), "{}: {}", row.name, answer.text());
        let answer = server.ask(row.without_bucket()).await;
        assert_eq!((answer.status, &*answer.code()), (404, "NoSuchBucket"), "{}", row.name);
        seen += 1;
    }
    assert_eq!(seen, 40);
    let tags = server.ask(Ask::new("GET", "/bucket").query("tagging")).await;
    assert_eq!((tags.status, &*tags.code()), (404, "NoSuchTagSet"));
}

#[tokio::test]
async fn what_acts_acts() {
    for row in rows().iter().filter(|row| row.status == "acts") {
        // A server each: DeleteObject must not take the key from GetObject.
        let server = server().await;
        let (status, code) = match &*row.name {
            // There is no such upload or tag, the bucket isn't empty, the document is missing.
            "AbortMultipartUpload" | "ListParts" | "UploadPart" => (404, "NoSuchUpload"),
            "CompleteMultipartUpload" => (404, "NoSuchUpload"),
            "GetAccountPasswordPolicy" | "DeleteAccountPasswordPolicy" => (404, "NoSuchEntity"),
            "CreateBucket" => (409, "BucketAlreadyOwnedByYou"),
            "DeleteBucket" => (409, "BucketNotEmpty"),
            "GetBucketTagging" => (404, "NoSuchTagSet"),
            "GetBucketCors" => (404, "NoSuchCORSConfiguration"),
            "OptionsObject" => (400, "BadRequest"),
            // Forms are signed in their fields.
            "PostObject" => (400, "InvalidArgument"),
            "DeleteObjects" => (400, "MalformedXML"),
            "PutBucketTagging" | "PutBucketCors" => (400, "MalformedXML"),
            "PutObjectTagging" => (400, "MalformedXML"),
            // Their headers say "x".
            "CopyObject" | "UploadPartCopy" | "GetObjectAttributes" => (400, "InvalidArgument"),
            "PutPublicAccessBlock" | "PutBucketOwnershipControls" | "PutBucketAbac" => {
                (400, "MalformedXML")
            }
            "PutBucketPolicy" => (400, "MalformedPolicy"),
            "GetBucketPolicy" | "GetBucketPolicyStatus" => (404, "NoSuchBucketPolicy"),
            "PutBucketAcl" | "PutObjectAcl" => (400, "MissingSecurityHeader"),
            name if row.service == "s3" && name.starts_with("Delete") => (204, ""),
            _ => (200, ""),
        };
        let answer = server.ask(row.ask()).await;
        // Nearly all of IAM's and STS's wait for a name, which this form has none of; the account
        // that S3 Control is asked about is `x`.
        let code_of_service = match row.service {
            "iam" | "sts" => "ValidationError",
            "s3control" => "InvalidRequest",
            _ => "",
        };
        if !code_of_service.is_empty() && answer.code() == code_of_service {
            continue;
        }
        let got = (answer.status, answer.code());
        assert_eq!(got, (status, code.into()), "{}: {}", row.name, answer.text());
    }
}

#[tokio::test]
async fn anonymous_callers_are_refused_before_their_body_is_read() {
    let server = server().await;
    let before = server.contents("bucket").await;
    for row in rows() {
        let unsigned = ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"].contains(&&*row.name);
        let query_protocol = matches!(row.service, "iam" | "sts");
        let mut message = row.ask().anonymous().build();
        // A form's fields come first: they say who signed it.
        if !query_protocol && row.name != "PostObject" {
            // If anybody asked for the body, the server would say 100 first.
            message = message.set("content-length", "1000000").set("expect", "100-continue");
            message.body.clear();
        }
        let mut connection = server.connect().await;
        connection.write(&message.head()).await;
        connection.write(&message.body).await;
        let answer = connection.any_answer(&message.method).await.unwrap();
        let wanted = match (query_protocol, unsigned) {
            (_, true) => (501, "NotImplemented"),
            (true, _) => (403, "MissingAuthenticationToken"),
            // A browser's question, which isn't signed.
            _ if row.name == "OptionsObject" => (400, "BadRequest"),
            (false, _) => (403, "AccessDenied"),
        };
        let code = if message.method == "HEAD" { wanted.1.into() } else { answer.code() };
        assert_eq!((answer.status, &*code), wanted, "{}: {}", row.name, answer.text());
    }
    assert_eq!(server.contents("bucket").await, before);
}

#[tokio::test]
async fn headers_of_features_that_are_not_there_yet_are_refused() {
    let server = server().await;
    let table: toml::Table = model("headers.toml").parse().unwrap();
    let put = || Ask::new("PUT", "/bucket/new").body("body");
    let presigned = |name: &str, value: &str| {
        let query = format!("{name}={}", testkit::percent(value, false));
        put().query(&query).signed(Signature::Presigned { expires_s: "60".into() })
    };
    for name in table["refused"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        for value in ["x", "", "true"] {
            for ask in
                [put().header(name, value), Ask::new("GET", "/bucket/key").header(name, value)]
            {
                let answer = server.refuses("bucket", &ask.build(), 501, "NotImplemented").await;
                assert_eq!(answer.element("Header"), name);
            }
        }
        // A checksum in the query is S3's to pass over: it is of a body that nobody knew.
        if !name.starts_with("x-amz-checksum-") {
            let answer = server
                .refuses("bucket", &presigned(name, "x").build(), 501, "NotImplemented")
                .await;
            assert_eq!(answer.element("Header"), name);
        }
    }
    for (name, values) in table["only"].as_table().unwrap() {
        for value in values.as_array().unwrap() {
            let answer = server.ask(put().header(name, value.as_str().unwrap())).await;
            assert_eq!(answer.status, 200, "{name}: {value}");
            assert_eq!(server.ask(presigned(name, value.as_str().unwrap())).await.status, 200);
        }
        assert_eq!(server.ask(Ask::new("DELETE", "/bucket/new")).await.status, 204);
        for ask in [put().header(name, "x"), presigned(name, "x")] {
            let answer = server.send(&ask.build()).await;
            assert!(answer.status >= 400, "{name}");
        }
        assert_eq!(server.contents("bucket").await.keys, ["key"], "{name}");
    }
    for name in table["ignored"].as_array().unwrap() {
        let answer =
            server.ask(Ask::new("GET", "/bucket/key").header(name.as_str().unwrap(), "x")).await;
        assert_eq!(answer.status, 200);
    }
}

#[tokio::test]
async fn iam_and_sts_have_errors_of_their_own() {
    let server = server().await;
    let form = |body: &str| {
        Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .signer(|it| it.service = "sts".into())
            .payload(Payload::Silent)
            .body(body)
    };
    let sts = "Action=GetCallerIdentity&Version=2011-06-15";
    let signed = || form(sts);
    let presigned = Signature::Presigned { expires_s: "60".into() };
    for (ask, status, code) in [
        (form(""), 400, "MissingAction"),
        (form("Version=2011-06-15"), 400, "MissingAction"),
        (form("Action=Nonsense&Version=2011-06-15"), 400, "InvalidAction"),
        (form("Action=GetCallerIdentity"), 400, "InvalidAction"),
        (form("Action=CreateUser&Version=2011-06-15"), 400, "InvalidAction"),
        (form(&format!("Action={}", "x".repeat(100_000))), 400, "InvalidAction"),
        (form("Action=%ff&Version=2011-06-15"), 404, "MalformedQueryString"),
        (form(&vec!["a=1"; 1001].join("&")), 400, "MaxMessageLengthExceeded"),
        (form("Action=AssumeRole&Version=2011-06-15"), 501, "NotImplemented"),
        (form("Action=GetAccessKeyInfo&Version=2011-06-15"), 400, "ValidationError"),
        (signed(), 200, ""),
        // An S3 client's header changes nothing: the form's own hash is signed.
        (signed().header("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), 200, ""),
        (signed().payload(Payload::Signed), 200, ""),
        (signed().signer(|it| it.secret += "x"), 403, "SignatureDoesNotMatch"),
        (signed().signer(|it| it.access_key = "AKIANOBODY".into()), 403, "InvalidClientTokenId"),
        (signed().signer(|it| it.token = Some("t".into())), 403, "InvalidClientTokenId"),
        (signed().signer(|it| it.service = "s3".into()), 403, "SignatureDoesNotMatch"),
        (signed().signer(|it| it.service = "iam".into()), 403, "SignatureDoesNotMatch"),
        (signed().signed(Signature::HeaderV2), 400, "IncompleteSignature"),
        (signed().anonymous(), 403, "MissingAuthenticationToken"),
        (form("").query(sts), 200, ""),
    ] {
        let what = format!(
            "{:?} {:?}",
            ask.query,
            String::from_utf8_lossy(&ask.body[..ask.body.len().min(60)])
        );
        let answer = server.ask(ask).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{what}: {}", answer.text());
        let text = answer.text();
        assert!(status == 200 || text.contains("<Error><Type>"), "{what}");
        assert_eq!(answer.header("content-type"), Some("text/xml"));
        let id = answer.header("x-amzn-requestid").unwrap();
        assert!(text.contains(&format!("<RequestId>{id}</RequestId>")), "{what}: {text}");
        assert!(answer.body.len() < 10_000);
    }
    let changed = signed().build().replace_in_body(b"GetCaller", b"GetFaller");
    assert_eq!(server.send(&changed).await.code(), "InvalidAction");
    let changed = signed().build().replace_in_body(b"Action", b"x=1&Action");
    assert_eq!(server.send(&changed).await.code(), "SignatureDoesNotMatch");
    // `aws eks get-token` presigns one.
    let get = Ask::new("GET", "/").query(sts).signer(|it| it.service = "sts".into());
    let get = get.payload(Payload::Silent).signed(presigned);
    assert_eq!(server.ask(get).await.element("Account"), testkit::ACCOUNT);
    // A form posted to the service that is none of theirs.
    let other = Ask::new("POST", "/").header("content-type", "text/plain").body(sts);
    let answer = server.ask(other).await;
    assert_eq!((answer.status, &*answer.code()), (405, "MethodNotAllowed"));
}
