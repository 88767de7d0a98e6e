//! Every limit, at the limit and past it.

use testkit::{Answer, Ask, Message, Payload, TestServer, md5_base64};

async fn server() -> TestServer {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    server
}

fn put() -> Ask {
    Ask::new("PUT", "/bucket/key").body("body")
}

fn tell(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

#[tokio::test]
async fn keys_have_1024_bytes() {
    let server = server().await;
    for (key, bytes) in [("k".repeat(1024), 1024), ("%EC%98%B9".repeat(341), 1023)] {
        let answer = server.ask(Ask::new("PUT", &format!("/bucket/{key}")).body("x")).await;
        assert_eq!(answer.status, 200, "{bytes}");
    }
    for (key, bytes) in [("k".repeat(1025), 1025), ("%EC%98%B9".repeat(342), 1026)] {
        for method in ["PUT", "GET", "DELETE"] {
            let message = Ask::new(method, &format!("/bucket/{key}")).build();
            let answer = server.refuses("bucket", &message, 400, "KeyTooLongError").await;
            assert_eq!(answer.element("Size"), bytes.to_string());
            assert_eq!(answer.element("MaxSizeAllowed"), "1024");
        }
    }
    // In DeleteObjects the error stands inside.
    let body = format!("<Delete><Object><Key>{}</Key></Object></Delete>", "k".repeat(1025));
    let ask = Ask::new("POST", "/bucket")
        .query("delete")
        .header("content-md5", &md5_base64(body.as_bytes()));
    let answer = server.ask(ask.body(body)).await;
    assert_eq!(tell(&answer), (200, "KeyTooLongError".into()));
}

#[tokio::test]
async fn metadata_has_2_kib() {
    let server = server().await;
    let with = |bytes: usize| put().header("x-amz-meta-name", &"v".repeat(bytes - 4)).build();
    assert_eq!(server.send(&with(2048)).await.status, 200);
    let read = server.ask(Ask::new("HEAD", "/bucket/key")).await;
    assert_eq!(read.header("x-amz-meta-name").map(str::len), Some(2044));
    let answer = server.refuses("bucket", &with(2049), 400, "MetadataTooLarge").await;
    assert_eq!(answer.message(), "Your metadata headers exceed the maximum allowed metadata size");
    assert_eq!(
        (answer.element("Size"), answer.element("MaxSizeAllowed")),
        ("2049".into(), "2048".into())
    );
    let upload = Ask::new("POST", "/bucket/key").query("uploads");
    let upload = upload.header("x-amz-meta-name", &"v".repeat(2045)).build();
    server.refuses("bucket", &upload, 400, "MetadataTooLarge").await;
}

#[tokio::test]
async fn header_sections_have_8_kib_and_100_headers() {
    let server = server().await;
    let bytes = |message: &Message| {
        message.headers.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>()
    };
    let with = |filler: usize| put().unsigned("x-filler", &"f".repeat(filler)).build();
    let rest = bytes(&with(0));
    assert_eq!(server.send(&with(8192 - rest)).await.status, 200);
    let message = with(8193 - rest);
    let answer = server.refuses("bucket", &message, 400, "RequestHeaderSectionTooLarge").await;
    assert_eq!(answer.element("MaxSizeAllowed"), "8192");
    // Past the buffer the HTTP layer answers, and without a body.
    for target in [0, 200_000] {
        let message = match target {
            0 => with(200_000),
            long => put().query(&format!("x={}", "q".repeat(long))).build(),
        };
        let answer = server.send(&message).await;
        assert!([414, 431].contains(&answer.status), "{}", answer.status);
    }
    let many = |count: usize| {
        let mut message = put().build();
        let have = message.headers.len();
        for number in have..count {
            message = message.add(&format!("x-{number}"), "1");
        }
        message
    };
    assert_eq!(server.send(&many(100)).await.status, 200);
    assert_eq!(server.send(&many(101)).await.status, 431);
    assert_eq!(server.contents("bucket").await.keys, ["key"]);
}

#[tokio::test]
async fn queries_have_100_parameters() {
    let server = server().await;
    let with = |count: usize| put().query(&vec!["a=1"; count].join("&")).build();
    assert_eq!(server.send(&with(100)).await.status, 200);
    server.refuses("bucket", &with(101), 400, "RequestHeaderSectionTooLarge").await;
}

#[tokio::test]
async fn documents_have_2_mib() {
    let server = server().await;
    let with = |bytes: usize, said: bool| {
        let start = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet>";
        let end = "</Tagging>";
        let body = format!("{start}{}{end}", " ".repeat(bytes - start.len() - end.len()));
        let ask = Ask::new("PUT", "/bucket").query("tagging").body(body);
        if said {
            return ask.build();
        }
        let mut message = ask.header("transfer-encoding", "chunked").build();
        let head = format!("{:x}\r\n", message.body.len());
        message.body = [head.as_bytes(), &message.body, b"\r\n0\r\n\r\n"].concat();
        message
    };
    for said in [true, false] {
        let answer = server.send(&with(2 << 20, said)).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        let message = with((2 << 20) + 1, said);
        let answer = server.send(&message).await;
        assert_eq!((answer.status, &*answer.code()), (400, "MaxMessageLengthExceeded"));
        assert_eq!(answer.message(), "Your request was too big.");
        assert_eq!(answer.element("MaxMessageLengthBytes"), "2097152");
    }
}

#[tokio::test]
async fn delete_objects_takes_1000_keys() {
    let server = server().await;
    let with = |count: usize| {
        let keys: String =
            (0..count).map(|it| format!("<Object><Key>{it}</Key></Object>")).collect();
        let body = format!("<Delete>{keys}</Delete>");
        let md5 = md5_base64(body.as_bytes());
        Ask::new("POST", "/bucket").query("delete").header("content-md5", &md5).body(body).build()
    };
    let answer = server.send(&with(1000)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.elements("Key").len(), 1000);
    for count in [0, 1001] {
        server.refuses("bucket", &with(count), 400, "MalformedXML").await;
    }
}

#[tokio::test]
async fn keys_that_are_deleted_together_share_syncs() {
    const KEYS: usize = 200;
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::on_disk(folder.path()).await;
    server.make_bucket("bucket").await;
    let mut keys = String::new();
    for key in 0..KEYS {
        assert_eq!(server.ask(Ask::new("PUT", &format!("/bucket/{key}"))).await.status, 200);
        keys += &format!("<Object><Key>{key}</Key></Object>");
    }
    let syncs = async || {
        let metrics = server.ask(Ask::new("GET", "/_onggi/metrics").anonymous()).await.text();
        let (_, rest) = metrics.split_once("\nonggi_log_sync_seconds_count ").unwrap();
        rest.lines().next().unwrap().parse::<usize>().unwrap()
    };
    let before = syncs().await;
    let body = format!("<Delete>{keys}</Delete>");
    let md5 = md5_base64(body.as_bytes());
    let delete = Ask::new("POST", "/bucket").query("delete").header("content-md5", &md5);
    let answer = server.ask(delete.body(body)).await;
    let deleted: Vec<String> = (0..KEYS).map(|it| it.to_string()).collect();
    assert_eq!(answer.elements("Key"), deleted, "in their order");
    let after = syncs().await;
    assert!(after - before < KEYS / 4, "{} syncs for {KEYS} keys", after - before);
}

#[tokio::test]
async fn uploads_have_10000_parts() {
    let server = server().await;
    let begun = server.ask(Ask::new("POST", "/bucket/key").query("uploads")).await;
    let id = begun.element("UploadId");
    let part = |number: &str| {
        Ask::new("PUT", "/bucket/key")
            .query(&format!("partNumber={number}&uploadId={id}"))
            .body("x")
            .build()
    };
    for number in ["1", "10000"] {
        assert_eq!(server.send(&part(number)).await.status, 200);
    }
    for number in ["0", "10001", "-1"] {
        let answer = server.refuses("bucket", &part(number), 400, "InvalidArgument").await;
        assert_eq!(
            answer.message(),
            "Part number must be an integer between 1 and 10000, inclusive"
        );
    }
    for number in ["x", "1.5", "99999999999"] {
        server.refuses("bucket", &part(number), 400, "InvalidArgument").await;
    }
    // 10,000 parts are a document that is read; one more is none.
    let complete = |count: usize| {
        let parts: String = (1..=count)
            .map(|it| format!("<Part><PartNumber>{it}</PartNumber><ETag>\"{}\"</ETag><ChecksumSHA256>{}</ChecksumSHA256></Part>", "0".repeat(32), "A".repeat(43) + "="))
            .collect();
        let body = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        Ask::new("POST", "/bucket/key").query(&format!("uploadId={id}")).body(body).build()
    };
    server.refuses("bucket", &complete(10_000), 400, "InvalidPart").await;
    let answer = server.send(&complete(10_001)).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
}

#[tokio::test]
async fn buckets_have_50_tags_of_128_and_256_characters() {
    let server = server().await;
    let put = |tags: &[(String, String)]| {
        let tags: String = tags
            .iter()
            .map(|(key, value)| format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>"))
            .collect();
        let body = format!("<Tagging><TagSet>{tags}</TagSet></Tagging>");
        Ask::new("PUT", "/bucket").query("tagging").body(body).build()
    };
    let many =
        |count: usize| (0..count).map(|it| (format!("k{it}"), String::new())).collect::<Vec<_>>();
    let one = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
    for good in [many(50), one(&"옹".repeat(128), "v"), one("k", &"기".repeat(256)), one("k", "")]
    {
        assert_eq!(server.send(&put(&good)).await.status, 204);
    }
    let kept = server.ask(Ask::new("GET", "/bucket").query("tagging")).await.body;
    for (bad, code) in [
        (many(51), "BadRequest"),
        (one(&"옹".repeat(129), "v"), "InvalidTag"),
        (one("k", &"기".repeat(257)), "InvalidTag"),
        (one("", "v"), "InvalidTag"),
        (one("aws:k", "v"), "InvalidTag"),
        ([one("k", "1"), one("k", "2")].concat(), "InvalidTag"),
    ] {
        server.refuses("bucket", &put(&bad), 400, code).await;
        let now = server.ask(Ask::new("GET", "/bucket").query("tagging")).await.body;
        assert_eq!(now, kept);
    }
}

#[tokio::test]
async fn bucket_names_follow_the_rules() {
    let server = TestServer::start().await;
    let longest = "b".repeat(63);
    for good in ["abc", "a.b-c", "1-2", &longest] {
        assert_eq!(server.ask(Ask::new("PUT", &format!("/{good}"))).await.status, 200, "{good}");
    }
    let too_long = "b".repeat(64);
    for bad in [
        "ab",
        &too_long,
        "Abc",
        "a_b",
        "-abc",
        "abc-",
        "a..b",
        ".abc",
        "192.168.5.4",
        "xn--abc",
        "abc-s3alias",
        "abc--ol-s3",
        "a%20b",
        "%EC%98%B9%EA%B8%B0",
        "a%00b",
        "sthree-abc",
    ] {
        let answer = server.ask(Ask::new("PUT", &format!("/{bad}"))).await;
        assert_eq!(tell(&answer), (400, "InvalidBucketName".into()), "{bad}");
        assert_eq!(answer.message(), "The specified bucket is not valid.");
    }
    let listed = server.ask(Ask::new("GET", "/")).await;
    assert_eq!(listed.elements("Name").len(), 4);
}

#[tokio::test]
async fn page_sizes_are_at_most_1000() {
    let server = server().await;
    for (size, wanted) in
        [("0", "0"), ("1", "1"), ("1000", "1000"), ("1001", "1000"), ("2147483647", "1000")]
    {
        let answer =
            server.ask(Ask::new("GET", "/bucket").query(&format!("max-keys={size}"))).await;
        assert_eq!(answer.element("MaxKeys"), wanted);
    }
    for size in ["-1", "2147483648", "many", "1e3"] {
        let message = Ask::new("GET", "/bucket").query(&format!("max-keys={size}")).build();
        server.refuses("bucket", &message, 400, "InvalidArgument").await;
    }
}

#[tokio::test]
async fn forms_of_iam_and_sts_have_1_mib_and_64_kib_of_strangers() {
    let server = server().await;
    let with = |bytes: usize, said: bool, by: fn(Ask) -> Ask| {
        let start = "Action=ListUsers&Version=2010-05-08&x=";
        let body = format!("{start}{}", "x".repeat(bytes - start.len()));
        let ask = Ask::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .signer(|it| it.service = "iam".into())
            .payload(Payload::Silent)
            .body(body);
        if said {
            return by(ask).build();
        }
        let mut message = by(ask).header("transfer-encoding", "chunked").build();
        let head = format!("{:x}\r\n", message.body.len());
        message.body = [head.as_bytes(), &message.body, b"\r\n0\r\n\r\n"].concat();
        message
    };
    for said in [true, false] {
        let known = |bytes| with(bytes, said, |it| it);
        assert_eq!(tell(&server.send(&known(1 << 20)).await), (200, String::new()));
        let answer = server.send(&known((1 << 20) + 1)).await;
        assert_eq!(tell(&answer), (400, "MaxMessageLengthExceeded".into()));
    }
    // Of those who name no key that there is no more is read: the answer comes before the body.
    let somebody: fn(Ask) -> Ask =
        |it| it.signer(|it| it.access_key = "AKIAIOSFODNN7EXAMPLE".into());
    for (by, refused) in [
        (Ask::anonymous as fn(Ask) -> Ask, "MissingAuthenticationToken"),
        (somebody, "InvalidClientTokenId"),
    ] {
        assert_eq!(tell(&server.send(&with(64 << 10, true, by)).await).1, refused);
        let mut connection = server.connect().await;
        connection.write(&with((64 << 10) + 1, true, by).head()).await;
        assert_eq!(tell(&connection.answer("POST").await), (403, refused.into()));
        let mut connection = server.connect().await;
        connection.write(&with(100, false, by).head()).await;
        assert_eq!(tell(&connection.answer("POST").await), (403, refused.into()));
    }
}

#[tokio::test]
async fn connections_wait_for_a_place() {
    let settings = [("ONGGI_CONNECTIONS_MAX", "2")];
    let server = TestServer::with(&settings, Default::default()).await;
    let live = Ask::new("GET", "/_onggi/health/live").anonymous().build();
    let (mut first, mut second) = (server.connect().await, server.connect().await);
    assert_eq!(first.exchange(&live).await.status, 200);
    assert_eq!(second.exchange(&live).await.status, 200);
    // The third is answered once one of the others has gone, not before.
    let mut third = server.connect().await;
    third.write(&live.head()).await;
    assert!(third.is_silent_for(std::time::Duration::from_millis(100)).await);
    drop(first);
    assert_eq!(third.answer("GET").await.status, 200);
    assert_eq!(second.exchange(&live).await.status, 200);
}
