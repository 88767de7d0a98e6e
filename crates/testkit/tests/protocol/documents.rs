//! Documents that aren't what S3's schemas say.

use testkit::{Ask, TestServer, md5_base64};

struct Document {
    ask: fn(&str) -> Ask,
    root: &'static str,
    /// A good one, inside its root.
    inside: &'static str,
}

fn complete(query: &str) -> Ask {
    Ask::new("POST", "/bucket/key").query(query)
}

const DOCUMENTS: [Document; 3] = [
    Document {
        ask: |_| Ask::new("PUT", "/bucket").query("tagging"),
        root: "Tagging",
        inside: "<TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet>",
    },
    Document {
        ask: |_| Ask::new("POST", "/bucket").query("delete"),
        root: "Delete",
        inside: "<Object><Key>k</Key></Object><Quiet>true</Quiet>",
    },
    Document {
        ask: complete,
        root: "CompleteMultipartUpload",
        inside: "<Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>",
    },
];

async fn server() -> (TestServer, String) {
    let server = TestServer::start().await;
    server.make_bucket("bucket").await;
    let begun = server.ask(Ask::new("POST", "/bucket/key").query("uploads")).await;
    let query = format!("uploadId={}", begun.element("UploadId"));
    (server, query)
}

fn with(document: &Document, query: &str, body: &str) -> testkit::Message {
    let ask = (document.ask)(query).body(body);
    let md5 = md5_base64(&ask.body);
    ask.header("content-md5", &md5).build()
}

#[tokio::test]
async fn what_is_no_such_document_is_malformed() {
    let (server, query) = server().await;
    for document in &DOCUMENTS {
        let Document { root, inside, .. } = document;
        let deep = format!("{}{}", "<a>".repeat(40), "</a>".repeat(40));
        for body in [
            String::new(),
            " ".into(),
            "no document".into(),
            format!("<{root}>{inside}"),
            format!("{inside}</{root}>"),
            format!("<{root}>{inside}</{root}><{root}/>"),
            format!("<{root}>{inside}</{root}>and more"),
            format!("<{root}>{inside}</Other>"),
            format!("<Other>{inside}</Other>"),
            format!("<{}>{inside}</{}>", root.to_lowercase(), root.to_lowercase()),
            format!("<{root}>{inside}<Unheard-of/></{root}>"),
            format!("<{root}><Unheard-of>1</Unheard-of></{root}>"),
            format!(
                "<{root}>{}</{root}>",
                inside.replacen("</Key>", "</Key><Extra>1</Extra>", 1).replacen(
                    "</ETag>",
                    "</ETag><Extra>1</Extra>",
                    1
                )
            ),
            format!(
                "<{root}>{}</{root}>",
                inside.replacen("<Key>k</Key>", "<Key>k</Key><Key>l</Key>", 1).replacen(
                    "<ETag>e</ETag>",
                    "<ETag>e</ETag><ETag>f</ETag>",
                    1
                )
            ),
            format!("<!DOCTYPE x [<!ENTITY e \"v\">]><{root}>{inside}</{root}>"),
            format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><{root}>{inside}</{root}>"),
            format!(
                "<{root}>{}</{root}>",
                inside.replacen(">k<", ">&e;<", 1).replacen(">e<", ">&e;<", 1)
            ),
            format!(
                "<{root}>{}</{root}>",
                inside.replacen(">k<", ">&#0;<", 1).replacen(">e<", ">&#0;<", 1)
            ),
            format!(
                "<{root}>{}</{root}>",
                inside.replacen(">k<", ">&#xD800;<", 1).replacen(">e<", ">&#xD800;<", 1)
            ),
            format!("<{root}>{deep}</{root}>"),
            format!("<{root}>{}</{root}>", "<a/>".repeat(150_000)),
            format!("<{root} a=>{inside}</{root}>"),
            format!("<{root}/>"),
        ] {
            // Recorded of AWS: without a TagSet there are no tags.
            if body == "<Tagging/>" {
                continue;
            }
            let message = with(document, &query, &body);
            let short: String = body.chars().take(100).collect();
            let answer = server.send(&message).await;
            let code = match (body.as_str(), *root) {
                ("", "CompleteMultipartUpload") => "InvalidRequest",
                _ => "MalformedXML",
            };
            let got = (answer.status, answer.code());
            assert_eq!(got, (400, code.into()), "{root}: {short}: {}", answer.text());
        }
        let latin = (document.ask)(&query).body(b"<Delete>\xe9</Delete>".to_vec());
        let md5 = md5_base64(&latin.body);
        let answer = server.ask(latin.header("content-md5", &md5)).await;
        assert_eq!((answer.status, &*answer.code()), (400, "MalformedXML"));
    }
    let contents = server.contents("bucket").await;
    assert_eq!((contents.keys.len(), contents.uploads), (0, 1));
    let tags = server.ask(Ask::new("GET", "/bucket").query("tagging")).await;
    assert_eq!(tags.code(), "NoSuchTagSet");
}

#[tokio::test]
async fn what_xml_allows_is_read() {
    let (server, query) = server().await;
    let tagging = &DOCUMENTS[0];
    let tag =
        "<TagSet><Tag><Key>a&#x2b;&#98;</Key><Value><![CDATA[c]]>&#x64;</Value></Tag></TagSet>";
    for body in [
        format!("<Tagging>{tag}</Tagging>"),
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Tagging>\n {tag}\n</Tagging>\n"),
        format!("\u{feff}<Tagging>{tag}</Tagging>"),
        format!("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{tag}</Tagging>"),
        format!(
            "<s3:Tagging xmlns:s3=\"http://s3.amazonaws.com/doc/2006-03-01/\">{}</s3:Tagging>",
            tag.replace("</", "</s3:")
                .replace("<T", "<s3:T")
                .replace("<K", "<s3:K")
                .replace("<V", "<s3:V")
        ),
        format!("<!-- a comment --><Tagging>{tag}<!-- another --></Tagging>"),
    ] {
        let answer = server.send(&with(tagging, &query, &body)).await;
        assert_eq!(answer.status, 204, "{body}: {}", answer.text());
        let read = server.ask(Ask::new("GET", "/bucket").query("tagging")).await;
        assert_eq!(read.elements("Key"), ["a+b"]);
        assert_eq!(read.elements("Value"), ["cd"]);
    }
}

#[tokio::test]
async fn values_must_be_of_their_kind() {
    let (server, query) = server().await;
    let quiet = "<Delete><Object><Key>k</Key></Object><Quiet>perhaps</Quiet></Delete>";
    let number = "<CompleteMultipartUpload><Part><PartNumber>one</PartNumber><ETag>e</ETag></Part>\
                  </CompleteMultipartUpload>";
    let no_number = number.replace("<PartNumber>one</PartNumber>", "");
    let no_tag = number.replace("one", "1").replace("<ETag>e</ETag>", "");
    let no_value = "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>";
    for (document, body) in [
        (&DOCUMENTS[1], quiet),
        (&DOCUMENTS[2], number),
        (&DOCUMENTS[2], &no_number),
        (&DOCUMENTS[2], &no_tag),
        (&DOCUMENTS[0], no_value),
    ] {
        let message = with(document, &query, body);
        server.refuses("bucket", &message, 400, "MalformedXML").await;
    }
}

#[tokio::test]
async fn bucket_configurations_are_checked_before_there_is_a_bucket() {
    let server = TestServer::start().await;
    let constraint = |it: &str| {
        format!(
            "<CreateBucketConfiguration><LocationConstraint>{it}</LocationConstraint></CreateBucketConfiguration>"
        )
    };
    for (body, status, code) in [
        ("<CreateBucketConfiguration>".to_owned(), 400, "MalformedXML"),
        ("<Other/>".into(), 400, "MalformedXML"),
        ("<CreateBucketConfiguration><Other/></CreateBucketConfiguration>".into(), 400, "MalformedXML"),
        (constraint("a b"), 400, "InvalidLocationConstraint"),
        (constraint(&"x".repeat(65)), 400, "InvalidLocationConstraint"),
        (
            "<CreateBucketConfiguration><Location><Name>usw2-az1</Name><Type>AvailabilityZone</Type>\
             </Location></CreateBucketConfiguration>"
                .into(),
            501,
            "NotImplemented",
        ),
    ] {
        let answer = server.ask(Ask::new("PUT", "/bucket").body(&*body)).await;
        assert_eq!((answer.status, &*answer.code()), (status, code), "{body}");
        let head = server.ask(Ask::new("HEAD", "/bucket")).await;
        assert_eq!(head.status, 404, "{body}");
    }
    let made = server.ask(Ask::new("PUT", "/bucket").body(constraint("ap-northeast-2"))).await;
    assert_eq!(made.status, 200, "{}", made.text());
}
