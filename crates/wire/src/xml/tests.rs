use super::*;
use crate::documents::{CompletedMultipartUpload, Delete, Tagging};
use crate::output::Output;
use crate::outputs::{GetBucketTaggingOutput, GetBucketVersioningOutput, ListPartsOutput};
use proptest::prelude::*;

fn parse(text: &str, root: &str) -> Result<Element, Code> {
    Element::parse(text.as_bytes(), root).map_err(|e| e.code())
}

#[test]
fn bodies_are_read_with_and_without_the_namespace() {
    for start in ["<Delete>", "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"] {
        let text = format!(
            "<?xml version=\"1.0\"?>\n{start}<Object><Key>a&amp;&#x1;&#97;<![CDATA[<]]></Key></Object>\
             <Object><Key> b </Key><VersionId>null</VersionId></Object><Quiet>true</Quiet></Delete>\n"
        );
        let delete = Delete::read(&parse(&text, "Delete").unwrap()).unwrap();
        assert_eq!(delete.quiet, Some(true));
        let keys: Vec<_> = delete.objects.iter().map(|it| it.key.as_deref().unwrap()).collect();
        assert_eq!(keys, ["a&\u{1}a<", " b "]);
        assert_eq!(delete.objects[1].version_id.as_deref(), Some("null"));
    }
}

#[test]
fn lists_are_read() {
    let text = "<Tagging><TagSet><Tag><Key>k</Key><Value/></Tag></TagSet></Tagging>";
    let tagging = Tagging::read(&parse(text, "Tagging").unwrap()).unwrap();
    assert_eq!(tagging.tag_set.len(), 1);
    assert_eq!(tagging.tag_set[0].value.as_deref(), Some(""));
    let none = Tagging::read(&parse("<Tagging/>", "Tagging").unwrap()).unwrap();
    assert_eq!(none.tag_set, []);
    let text = "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>\"e\"</ETag></Part>\
                </CompleteMultipartUpload>";
    let complete =
        CompletedMultipartUpload::read(&parse(text, "CompleteMultipartUpload").unwrap()).unwrap();
    assert_eq!(complete.parts[0].part_number, Some(2));
}

#[test]
fn what_is_no_such_document_is_refused() {
    for text in [
        "",
        "text",
        "<Delete>",
        "<Delete></Other>",
        "</Delete>",
        "<Other/>",
        "<Delete/><Delete/>",
        "<Delete/>text",
        "<!DOCTYPE d [<!ENTITY a \"b\">]><Delete/>",
        "<Delete>&a;</Delete>",
        "<Delete>&#xFFFFFFFF;</Delete>",
    ] {
        assert_eq!(parse(text, "Delete"), Err(Code::MalformedXML), "{text}");
    }
    assert_eq!(
        Element::parse(b"<Delete>\xff</Delete>", "Delete").unwrap_err().code(),
        Code::MalformedXML
    );
    let number = "<Delete><Quiet>perhaps</Quiet></Delete>";
    let element = parse(number, "Delete").unwrap();
    assert_eq!(Delete::read(&element).unwrap_err().code(), Code::MalformedXML);
}

#[test]
fn depth_and_count_have_limits() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(parse(&nested(DEPTH_MAX), "a").is_ok());
    assert_eq!(parse(&nested(DEPTH_MAX + 1), "a"), Err(Code::MalformedXML));
    let many = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
    assert!(parse(&many(ELEMENTS_MAX - 1), "a").is_ok());
    assert_eq!(parse(&many(ELEMENTS_MAX), "a"), Err(Code::MalformedXML));
}

#[test]
fn answers_look_like_awss() {
    assert_eq!(
        GetBucketVersioningOutput::default().body().unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VersioningConfiguration \
         xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>"
    );
    let tag = crate::documents::Tag { key: Some("a\r\"".into()), value: Some("<b>".into()) };
    let body = GetBucketTaggingOutput { tag_set: vec![tag] }.body().unwrap();
    assert!(
        body.ends_with(
            "<TagSet><Tag><Key>a&#13;&quot;</Key><Value>&lt;b&gt;</Value></Tag></TagSet></Tagging>"
        ),
        "{body}"
    );
    let parts = ListPartsOutput {
        is_truncated: Some(false),
        part_number_marker: Some(0),
        parts: vec![crate::documents::Part { part_number: Some(1), ..Default::default() }],
        ..Default::default()
    };
    let body = parts.body().unwrap();
    assert!(body.contains("<IsTruncated>false</IsTruncated>"), "{body}");
    assert!(body.contains("<Part><PartNumber>1</PartNumber></Part>"), "{body}");
}

proptest! {
    #[test]
    fn a_text_comes_back(text in "[^\\r]{0,40}") {
        let mut xml = Writer::new();
        xml.root("a", |xml| xml.text("b", &text));
        let read = parse(&xml.finish(), "a");
        // References to what XML can't carry may be refused by a reader, never changed.
        if let Ok(element) = read {
            prop_assert_eq!(element.one("b", Element::to_text).unwrap(), Some(text));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Element::parse(&bytes, "a");
    }
}
