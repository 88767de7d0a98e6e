use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::auth::{Claim, PayloadHash, SignedRequest, SigningKeys, Verifier};
use crate::payload::{Payload, Plan};
use crate::query::Query;

const BOUNDARY: &str = "9431149156168";

fn kind(of: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, of.parse().unwrap());
    headers
}

fn form_kind() -> HeaderMap {
    kind(&format!("multipart/form-data; boundary={BOUNDARY}"))
}

/// A body with these parts, a head and a content each.
fn body(parts: &[(&str, &str)]) -> String {
    let part = |(head, content): &(&str, &str)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    parts.iter().map(part).collect::<String>() + &format!("--{BOUNDARY}--\r\n")
}

type Read = Result<(PostForm, Vec<u8>, bool), Error>;

/// Reads a body in pieces: its form, its file, and whether the file ended.
fn read(headers: &HeaderMap, body: &[u8], step: usize) -> Read {
    let mut reader = FormReader::new(headers)?;
    let mut pieces = body.chunks(step.max(1));
    let posted = loop {
        let Some(piece) = pieces.next() else { return Err(reader.ended()) };
        if let Some(posted) = reader.feed(piece)? {
            break posted;
        }
    };
    let ReadForm { form, mut file, ahead } = posted;
    let mut whole = file.feed(ahead).to_vec();
    for piece in pieces {
        whole.extend(file.feed(Bytes::copy_from_slice(piece)));
    }
    Ok((form, whole, file.has_ended()))
}

fn form(parts: &[(&str, &str)]) -> PostForm {
    read(&form_kind(), body(parts).as_bytes(), usize::MAX).unwrap().0
}

/// A form whose fields have these names, and a file.
fn fields(of: &[(&str, &str)]) -> PostForm {
    let heads: Vec<String> = of.iter().map(|(name, _)| format!("name=\"{name}\"")).collect();
    let mut parts: Vec<_> = heads.iter().map(|it| &**it).zip(of.iter().map(|it| it.1)).collect();
    parts.push(("name=\"file\"; filename=\"x.txt\"", "body"));
    form(&parts)
}

#[test]
fn fields_come_before_the_file_and_nothing_counts_behind_it() {
    let whole = body(&[
        ("name=\"key\"", "a/${filename}"),
        ("name=Content-Type; filename=\"Content-Type\"", "text/plain"),
        (
            "filename=\"C:\\dir\\it's \\\"x\\\".txt\"; name=\"FILE\"",
            "line\r\n--94311\r\n-- end\r\n",
        ),
        ("name=\"acl\"", "private"),
    ]);
    for step in [1, 2, 3, 7, 19, 64, usize::MAX] {
        let (form, file, ended) = read(&form_kind(), whole.as_bytes(), step).unwrap();
        assert_eq!(form.get("key"), Some("a/it's \"x\".txt"));
        assert_eq!(form.get("content-type"), Some("text/plain"));
        assert_eq!(form.get("acl"), None);
        assert_eq!(String::from_utf8(file).unwrap(), "line\r\n--94311\r\n-- end\r\n");
        assert!(ended);
    }
}

#[test]
fn what_rfc_2046_allows_is_read() {
    let plain = body(&[("name=\"key\"", "k"), ("name=\"file\"", "")]);
    for (headers, body) in [
        (form_kind(), plain.clone()),
        (form_kind(), format!("a preamble\r\n--9431\r\n{plain}an epilogue")),
        (form_kind(), format!("\r\n{plain}")),
        (form_kind(), plain.replace("6168\r\n", "6168 \t\r\n")),
        (
            form_kind(),
            plain
                .replace("Content-Disposition: form-data", "X: y\r\ncontent-DISPOSITION:Form-Data"),
        ),
        (
            kind(&format!("Multipart/Form-Data;charset=utf-8; Boundary=\"{BOUNDARY}\"")),
            plain.clone(),
        ),
    ] {
        let (form, file, ended) = read(&headers, body.as_bytes(), usize::MAX).unwrap();
        assert_eq!((form.get("key"), &*file, ended), (Some("k"), &b""[..], true), "{body}");
    }
}

#[test]
fn what_is_no_form_is_refused() {
    let said = |headers: &HeaderMap, body: &str| {
        let whole = read(headers, body.as_bytes(), usize::MAX);
        let pieces = read(headers, body.as_bytes(), 3);
        assert_eq!(whole, pieces);
        whole.err().map_or("read".into(), |it| it.code().as_str().to_owned())
    };
    let good = body(&[("name=\"key\"", "k"), ("name=\"file\"", "body")]);
    for (headers, expected) in [
        (HeaderMap::new(), "PreconditionFailed"),
        (kind("text/html"), "PreconditionFailed"),
        (kind("multipart/form-data-x; boundary=9431149156168"), "PreconditionFailed"),
        (kind("multipart/form-data"), "MalformedPOSTRequest"),
        (kind("multipart/form-data; boundary="), "MalformedPOSTRequest"),
        (
            kind(&format!("multipart/form-data; boundary={}", "b".repeat(71))),
            "MalformedPOSTRequest",
        ),
        (kind("multipart/form-data; boundary=other"), "MalformedPOSTRequest"),
        (form_kind(), "read"),
    ] {
        assert_eq!(said(&headers, &good), expected, "{headers:?}");
    }
    const MALFORMED: &str = "MalformedPOSTRequest";
    for (bad, expected) in [
        (String::new(), MALFORMED),
        (good[..40].to_owned(), MALFORMED),
        (body(&[("name=\"key\"", "k")]), "InvalidArgument"),
        (body(&[("name=\"other\"; filename=\"file\"", "body")]), "InvalidArgument"),
        (body(&[("filename=\"file\"", "body")]), MALFORMED),
        (body(&[("name=\"\"; filename=\"file\"", "body")]), MALFORMED),
        (good.replace("; name=\"key\"", ""), MALFORMED),
        (good.replace("Content-Disposition", "Disposition"), MALFORMED),
        (good.replace("form-data; name=\"file\"", "file; name=\"file\""), "InvalidArgument"),
        (good.replace("6168\r\n", "6168x\r\n"), MALFORMED),
    ] {
        assert_eq!(said(&form_kind(), &bad), expected, "{bad}");
    }
    let latin = good.replace("\r\n\r\nk", "\r\n\r\n\u{1}").into_bytes();
    let latin: Vec<u8> = latin.into_iter().map(|it| if it == 1 { 0xe9 } else { it }).collect();
    let error = read(&form_kind(), &latin, usize::MAX).unwrap_err();
    assert_eq!(error.code(), Code::MalformedPOSTRequest);
}

#[test]
fn a_file_that_never_ends_is_noticed() {
    let whole = body(&[("name=\"file\"", "body")]);
    let cut = &whole[..whole.find("\r\n--9431149156168--").unwrap() + 6];
    let (_, file, ended) = read(&form_kind(), cut.as_bytes(), usize::MAX).unwrap();
    // What may be the boundary's beginning isn't given.
    assert_eq!((&*file, ended), (&b"body"[..], false));
    let mut reader = FormReader::new(&form_kind()).unwrap();
    let posted = reader.feed(cut.as_bytes()).unwrap().unwrap();
    let plan = Plan::of_file(&HeaderMap::new(), 0..=9).unwrap();
    let mut payload = Payload::of_file(plan, posted.file);
    payload.feed(posted.ahead, &mut vec![]).unwrap();
    assert_eq!(payload.finish_here().unwrap_err().code(), Code::MalformedPOSTRequest);
}

#[test]
fn the_fields_are_bounded_together() {
    let with = |bytes: usize| {
        let head = body(&[("name=\"x-ignore\"", ""), ("name=\"file\"", "")]);
        let fixed = head.rfind("\r\n--").unwrap();
        body(&[("name=\"x-ignore\"", &"x".repeat(bytes - fixed)), ("name=\"file\"", "body")])
    };
    for step in [1000, usize::MAX] {
        let most = with(PRE_DATA_BYTES_MAX);
        assert_eq!(read(&form_kind(), most.as_bytes(), step).unwrap().1, b"body");
        let error = read(&form_kind(), with(PRE_DATA_BYTES_MAX + 1).as_bytes(), step).unwrap_err();
        assert_eq!(error.code(), Code::MaxPostPreDataLengthExceededError);
        assert_eq!(error.element("MaxPostPreDataLengthBytes"), Some("20480"));
    }
    let endless = format!("--{BOUNDARY}\r\nContent-Disposition: {}", "x".repeat(30_000));
    let error = read(&form_kind(), endless.as_bytes(), 1000).unwrap_err();
    assert_eq!(error.code(), Code::MaxPostPreDataLengthExceededError);
    // A file's name that many fields repeat.
    let file = format!("name=\"file\"; filename=\"{}\"", "n".repeat(9000));
    let named = body(&[("name=\"x-ignore\"", &"${filename}".repeat(1000)), (&file, "")]);
    let error = read(&form_kind(), named.as_bytes(), usize::MAX).unwrap_err();
    assert_eq!(error.code(), Code::MaxPostPreDataLengthExceededError);
}

proptest! {
    #[test]
    fn however_a_body_is_cut_it_says_the_same(
        file in "(?s)[\r\n94311-]{0,200}|.{0,40}",
        after in "[\r\n9-]{0,20}",
        step in 1usize..40,
    ) {
        let end = format!("\r\n--{BOUNDARY}");
        prop_assume!(!file.contains(&end));
        let whole = body(&[("name=\"key\"", "k"), ("name=\"file\"", &file)]) + &after;
        let found = read(&form_kind(), whole.as_bytes(), step).unwrap();
        prop_assert_eq!(found.1, file.into_bytes());
        prop_assert!(found.2);
    }

    #[test]
    fn anything_is_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let whole = [b"--9431149156168\r\n", &*body].concat();
        let _ = read(&form_kind(), &whole, 5);
    }
}

#[test]
fn a_files_name_stands_for_itself() {
    for (file, key) in [
        ("name=\"file\"; filename=\"photo.jpg\"", "u/photo.jpg-photo.jpg"),
        ("name=\"file\"; filename=\"C:\\a\\photo.jpg\"", "u/photo.jpg-photo.jpg"),
        ("name=\"file\"; filename=\"/a/b/\"", "u/-"),
        ("name=\"file\"; filename=\"\"", "u/-"),
        ("name=\"file\"; filename=옹기.jpg", "u/옹기.jpg-옹기.jpg"),
        ("name=\"file\"", "u/${filename}-${filename}"),
    ] {
        let found = form(&[("name=\"key\"", "u/${filename}-${filename}"), (file, "")]);
        assert_eq!(found.key().unwrap(), key, "{file}");
    }
}

#[test]
fn a_key_is_needed() {
    let code = |of: &[(&str, &str)]| fields(of).key().map(String::from).map_err(|e| e.to_string());
    let missing = code(&[]).unwrap_err();
    assert!(missing.contains("Bucket POST must contain a field named 'key'."), "{missing}");
    assert!(code(&[("key", "")]).is_err());
    assert!(code(&[("key", &"k".repeat(1024))]).is_ok());
    assert!(code(&[("key", &"k".repeat(1025))]).unwrap_err().starts_with("KeyTooLongError"));
}

const TAGS: &str = "<Tagging><TagSet><Tag><Key>a+b</Key><Value>&amp;</Value></Tag>\
                    <Tag><Key>옹</Key><Value></Value></Tag></TagSet></Tagging>";

#[test]
fn fields_are_the_headers_of_an_object() {
    let posted = fields(&[
        ("key", "k"),
        ("ACL", "private"),
        ("tagging", TAGS),
        ("Content-Type", "text/plain"),
        ("cache-control", "no-store"),
        ("Content-MD5", "1"),
        ("x-amz-storage-class", "STANDARD"),
        ("x-amz-meta-Name", "옹\u{1}기"),
        ("x-amz-meta-name", "=?UTF-8?Q?caf=C3=A9?="),
        ("x-amz-credential", "c"),
        ("policy", "p"),
        ("x-ignore-x", "1"),
        ("success_action_status", "201"),
    ]);
    let mut request = form_kind();
    for (name, value) in [
        ("host", "h"),
        ("referer", "r"),
        ("cache-control", "max-age=0"),
        ("expires", "0"),
        ("content-length", "9"),
        ("x-amz-meta-smuggled", "1"),
        ("x-amz-checksum-crc32", "1"),
        ("x-amz-expected-bucket-owner", "1"),
    ] {
        request.insert(name, value.parse().unwrap());
    }
    let headers = posted.headers(&request).unwrap();
    let mut lines: Vec<String> =
        headers.iter().map(|(name, it)| format!("{name}: {}", it.to_str().unwrap())).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "cache-control: no-store",
            "content-md5: 1",
            "content-type: text/plain",
            "host: h",
            "referer: r",
            "x-amz-acl: private",
            "x-amz-expected-bucket-owner: 1",
            "x-amz-storage-class: STANDARD",
            "x-amz-tagging: a%2Bb=%26&%EC%98%B9=",
        ]
    );
    let text = "옹\u{1}기,=?UTF-8?Q?caf=C3=A9?=".to_owned();
    assert_eq!(posted.metadata().unwrap(), [("name".to_owned(), text)]);
    // Recorded: a form's text is taken as it is.
    let word = fields(&[("x-amz-meta-a", "=?UTF-8?B?YWJj?=")]).metadata().unwrap();
    assert_eq!(word, [("a".to_owned(), "=?UTF-8?B?YWJj?=".to_owned())]);
    let tags = fields(&[("tagging", "a=b")]).headers(&request).unwrap_err();
    assert_eq!(tags.code(), Code::MalformedXML);
    let invalid = fields(&[("Cache-Control", "a\r\nb")]).headers(&request).unwrap_err();
    assert_eq!(invalid.element("ArgumentName"), Some("Cache-Control"));
    assert!(fields(&[("x-amz-meta-a b", "1")]).metadata().is_err());
}

#[test]
fn success_is_a_page_a_document_or_a_status() {
    let success = |of: &[(&str, &str)]| fields(of).success();
    let page = |it: &str| Success::Redirect(it.to_owned());
    for (of, expected) in [
        (&[][..], Success::Empty(204)),
        (&[("success_action_status", "200")], Success::Empty(200)),
        (&[("success_action_status", "201")], Success::Created),
        (&[("success_action_status", "404")], Success::Empty(204)),
        (&[("redirect", "https://a/b?c")], page("https://a/b?c")),
        (&[("redirect", "https://a"), ("success_action_redirect", "HTTP://b")], page("HTTP://b")),
        (&[("success_action_redirect", "/relative")], Success::Empty(204)),
        (&[("success_action_redirect", "javascript:alert(1)")], Success::Empty(204)),
        (&[("success_action_redirect", "https://")], Success::Empty(204)),
        (
            &[("success_action_redirect", "https://a\r\nx: y"), ("success_action_status", "201")],
            Success::Created,
        ),
    ] {
        assert_eq!(success(of), expected, "{of:?}");
    }
}

fn now() -> Timestamp {
    Timestamp::parse_basic("20151229T120000Z").unwrap()
}

/// What is said of a form by its policy: nothing, or the error.
fn said(policy: &str, of: &[(&str, &str)]) -> Result<RangeInclusive<u64>, String> {
    let policy = STANDARD.encode(policy);
    let all = [of, &[("policy", &*policy)]].concat();
    fields(&all).check_policy("b", now()).map_err(|e| e.to_string())
}

fn conditions(of: &str) -> String {
    format!(r#"{{"expiration": "2015-12-30T12:00:00.000Z", "conditions": [{of}]}}"#)
}

#[test]
fn a_policy_that_holds() {
    let all = conditions(
        r#"{"bUcKeT": "b"}, ["StArTs-WiTh", "$KeY", "user/"], {"AcL": "private"},
           ["eq", "$x-amz-meta-uuid", "1\"\u00e9"], ["starts-with", "$Content-Type", "image/"],
           ["starts-with", "$x-amz-meta-tag", ""], ["content-length-range", 1, 100],
           ["content-length-range", "5", "1000"]"#,
    );
    let fields = [
        ("key", "user/x"),
        ("acl", "private"),
        ("X-Amz-Meta-UUID", "1\"é"),
        ("content-type", "image/jpg, image/png"),
        ("x-amz-meta-tag", ""),
        ("bucket", "b"),
        ("x-ignore-this", "1"),
        ("AWSAccessKeyId", "AKIA"),
        ("signature", "s"),
        ("x-amz-signature", "s"),
    ];
    assert_eq!(said(&all, &fields), Ok(5..=100));
    assert_eq!(fields_without_policy().check_policy("b", now()), Ok(0..=u64::MAX));
    // Both escapes are AWS's own.
    assert_eq!(
        said(&conditions(r#"{"key": "\$1\v\\"}"#), &[("key", "$1\u{b}\\")]),
        Ok(0..=u64::MAX)
    );
}

fn fields_without_policy() -> PostForm {
    fields(&[("key", "k")])
}

#[test]
fn conditions_that_fail_are_named_as_the_policy_has_them() {
    const DENIED: &str = "AccessDenied: Invalid according to Policy: ";
    for (condition, field, expected) in [
        (r#"{"bucket": "other"}"#, ("bucket", "other"), r#"["eq", "$bucket", "other"]"#),
        (r#"["eq", "$Key", "a"]"#, ("key", "b"), r#"["eq", "$Key", "a"]"#),
        (r#"{"key": "A"}"#, ("key", "a"), r#"["eq", "$key", "A"]"#),
        (r#"["starts-with","$key","user/"]"#, ("key", "us"), r#"["starts-with", "$key", "user/"]"#),
        (r#"["eq", "key", "a"]"#, ("key", "a"), r#"["eq", "key", "a"]"#),
        (
            r#"["starts-with", "$Content-Type", "image/"]"#,
            ("content-type", "image/jpg,text/plain"),
            r#"["starts-with", "$Content-Type", "image/"]"#,
        ),
        // Not even the empty text is there.
        (r#"["starts-with", "$acl", ""]"#, ("key", "a"), r#"["starts-with", "$acl", ""]"#),
        (
            r#"["content-length-range", "test", "10"]"#,
            ("key", "a"),
            r#"["content-length-range", "test", "10"]"#,
        ),
    ] {
        let found = said(&conditions(condition), &[field]).unwrap_err();
        assert_eq!(found, format!("{DENIED}Policy Condition failed: {expected}"), "{condition}");
    }
    let extra = said(&conditions(r#"{"key": "k"}"#), &[("key", "k"), ("X-Amz-Meta-A", "1")]);
    assert_eq!(extra.unwrap_err(), format!("{DENIED}Extra input fields: X-Amz-Meta-A"));
    let old = conditions("").replace("2015-12-30", "2015-12-28");
    assert_eq!(said(&old, &[]).unwrap_err(), format!("{DENIED}Policy expired."));
    let until = |time: &str| conditions("").replace("2015-12-30T12:00:00.000Z", time);
    assert!(said(&until("2015-12-29T12:00:00Z"), &[]).is_ok());
    assert!(said(&until("2015-12-29T11:59:59.999Z"), &[]).is_err());
}

#[test]
fn what_is_no_policy_is_refused() {
    let simple = |it: &str| conditions(it);
    let expiration = r#""expiration": "2015-12-30T12:00:00.000Z""#;
    for (policy, expected) in [
        ("".to_owned(), "Invalid JSON."),
        ("[]".into(), "Invalid JSON."),
        (simple(r#"{"key": "k"},"#), "Invalid JSON."),
        (format!("{{{expiration}}}"), "Policy missing conditions."),
        (r#"{"conditions": []}"#.into(), "Policy missing expiration."),
        (simple("").replace("conditions", "CONDITIONS"), "Unexpected: 'conditions'"),
        (simple("").replace("expiration", "EXPIRATION"), "Unexpected: 'expiration'"),
        (
            format!(r#"{{{expiration}, "conditions": {{}}}}"#),
            "Invalid 'conditions' value: must be a List.",
        ),
        (
            simple("").replace("2015-12-30T12:00:00.000Z", "2015-12-30 12:00:00 UTC"),
            "Invalid 'expiration' value: '2015-12-30 12:00:00 UTC'",
        ),
        (simple("").replace(".000Z", ".é"), "Invalid 'expiration' value: '2015-12-30T12:00:00.é'"),
        (
            simple("{}"),
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
        ),
        (
            simple(r#"{"bucket": "b", "key": "k"}"#),
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
        ),
        (simple(r#"{"key": 1}"#), "Invalid Simple-Condition: value must be a string."),
        (simple("[]"), "Invalid Condition: missing operation identifier."),
        (simple(r#"["is", "$key", "k"]"#), "Invalid Condition: unknown operation 'is'."),
        (simple(r#"["eq", "$key"]"#), "Invalid eq: wrong number of arguments."),
        (simple(r#"["eq", "$key", 1]"#), "Invalid JSON."),
        (
            simple(r#"["content-length-range", 0]"#),
            "Invalid content-length-range: wrong number of arguments.",
        ),
        (simple(r#"["content-length-range", -1, 0]"#), "Invalid content-length-range: a length"),
        (simple(r#"["content-length-range", 0, 1.0]"#), "Invalid JSON."),
        (simple("1"), "Invalid condition test: must be a List or Object."),
    ] {
        let found = said(&policy, &[]).unwrap_err();
        let expected = format!("InvalidPolicyDocument: Invalid Policy: {expected}");
        assert!(found.starts_with(&expected), "{policy}\n{found}");
    }
    let found = fields(&[("policy", "?")]).check_policy("b", now()).unwrap_err();
    assert!(found.to_string().ends_with("invalid Base64 encoding."), "{found}");
}

/// The example of "Example: browser-based upload using HTTP POST", S3 API Reference.
const EXAMPLE_POLICY: &str = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const CREDENTIAL: &str = "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request";

type Pair = (&'static str, &'static str);

fn example() -> Vec<Pair> {
    vec![
        ("key", "user/user1/x.txt"),
        ("acl", "public-read"),
        (
            "success_action_redirect",
            "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html",
        ),
        ("Content-Type", "image/jpeg"),
        ("x-amz-meta-uuid", "14365123651274"),
        ("x-amz-server-side-encryption", "AES256"),
        ("X-Amz-Credential", CREDENTIAL),
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Date", "20151229T000000Z"),
        ("x-amz-meta-tag", ""),
        ("Policy", EXAMPLE_POLICY),
        ("X-Amz-Signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"),
    ]
}

fn verified(form: &PostForm, headers: &HeaderMap) -> Result<Option<String>, Error> {
    let query = Query::parse("").unwrap();
    let request = SignedRequest {
        method: &http::Method::POST,
        path: "/b",
        query: &query,
        headers,
        host_bucket: None,
        form: None,
        posted: Some(form),
    };
    let claim = Claim::find(&request)?;
    claim.check_service("s3")?;
    let keys = SigningKeys::default();
    let signed = claim.verify(&request, Verifier { secret: SECRET, now: now(), keys: &keys })?;
    assert_eq!(signed.hash, PayloadHash::Unsigned);
    Ok(claim.access_key().map(String::from))
}

#[test]
fn awss_example_is_signed_and_holds() {
    let form = fields(&example());
    let signer = verified(&form, &HeaderMap::new()).unwrap();
    assert_eq!(signer.as_deref(), Some("AKIAIOSFODNN7EXAMPLE"));
    assert_eq!(form.check_policy("sigv4examplebucket", now()), Ok(0..=u64::MAX));
}

#[test]
fn version_2_signs_the_policy_too() {
    let signed = |signature| {
        let of = [("key", "k"), ("policy", "YQ=="), ("AWSAccessKeyId", "AKIA")];
        let form = fields(&[&of[..], &[("Signature", signature)]].concat());
        verified(&form, &HeaderMap::new())
    };
    // By openssl dgst -sha1 -hmac.
    assert_eq!(signed("tHlbzJ84hHQSCEo2nFTgWTU6074=").unwrap().as_deref(), Some("AKIA"));
    let error = signed("tHlbzJ84hHQSCEo2nFTgWTU6075=").unwrap_err();
    assert_eq!(error.code(), Code::SignatureDoesNotMatch);
    assert_eq!(error.element("StringToSign"), Some("YQ=="));
    assert_eq!(error.element("StringToSignBytes"), Some("59 51 3d 3d"));
}

#[test]
fn a_signature_is_whole_and_alone() {
    let with = |change: &dyn Fn(&mut Vec<Pair>)| {
        let mut of = example();
        change(&mut of);
        verified(&fields(&of), &HeaderMap::new()).map_err(|e| e.to_string())
    };
    let without = |names: &[&str]| with(&|of| of.retain(|(name, _)| !names.contains(name)));
    let set = |name: &'static str, value: &'static str| {
        with(&|of| of.iter_mut().filter(|it| it.0 == name).for_each(|it| it.1 = value))
    };
    let missing = |name: &str| {
        format!(
            "InvalidArgument: Bucket POST must contain a field named '{name}'.  If it is \
                 specified, please check the order of the fields."
        )
    };
    assert_eq!(without(&["X-Amz-Algorithm", "X-Amz-Credential"]), Err(missing("X-Amz-Algorithm")));
    assert_eq!(without(&["X-Amz-Signature"]), Err(missing("X-Amz-Signature")));
    assert_eq!(without(&["X-Amz-Date"]), Err(missing("X-Amz-Date")));
    assert_eq!(without(&["Policy"]), Err(missing("Policy")));
    let unsigned = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date"];
    assert_eq!(without(&unsigned), Ok(None));
    for (name, value, expected) in [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA1", "InvalidArgument: X-Amz-Algorithm only"),
        ("X-Amz-Date", "2015-12-29", "InvalidArgument: X-Amz-Date must be formated"),
        ("X-Amz-Credential", "AKIA/20151229/s3/aws4_request", "InvalidArgument: the Credential"),
        ("X-Amz-Credential", "/20151229/r/s3/aws4_request", "InvalidArgument: a non-empty"),
        ("X-Amz-Credential", "A/20151229/r/iam/aws4_request", "InvalidArgument: incorrect service"),
        ("X-Amz-Credential", "A/20151230/us-east-1/s3/aws4_request", "SignatureDoesNotMatch"),
        ("X-Amz-Signature", "8AFD", "SignatureDoesNotMatch"),
        ("Policy", "YQ==", "SignatureDoesNotMatch"),
    ] {
        let said = set(name, value).unwrap_err();
        assert!(said.starts_with(expected), "{name} {value}\n{said}");
    }
    let both = with(&|of| of.push(("AWSAccessKeyId", "AKIA")));
    assert!(both.unwrap_err().contains("Only one auth mechanism"));
    let mut header = HeaderMap::new();
    header.insert("authorization", "AWS4-HMAC-SHA256 Credential=x".parse().unwrap());
    let error = verified(&fields(&example()), &header).unwrap_err();
    assert!(error.to_string().contains("Only one auth mechanism"));
    let error = verified(&fields_without_policy(), &header).unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
}

#[test]
fn a_file_has_the_length_and_the_sums_that_were_said() {
    let store = |of: &[(&str, &str)], bytes: RangeInclusive<u64>| {
        let headers = fields(of).headers(&HeaderMap::new()).unwrap();
        let whole = body(&[("name=\"file\"", "something")]);
        let mut reader = FormReader::new(&form_kind()).unwrap();
        let posted = reader.feed(whole.as_bytes()).unwrap().unwrap();
        let mut payload = Payload::of_file(Plan::of_file(&headers, bytes)?, posted.file);
        let mut out = vec![];
        payload.feed(posted.ahead, &mut out)?;
        assert!(payload.is_complete());
        payload.finish_here()
    };
    let whole = store(&[], 9..=9).unwrap();
    assert_eq!((whole.length(), whole.declared()), (9, None));
    let small = store(&[], 10..=20).unwrap_err();
    assert_eq!(small.code(), Code::EntityTooSmall);
    assert_eq!(small.element("ProposedSize"), Some("9"));
    assert_eq!(small.element("MinSizeAllowed"), Some("10"));
    let large = store(&[], 0..=8).unwrap_err();
    assert_eq!(large.code(), Code::EntityTooLarge);
    assert_eq!(large.element("ProposedSize"), Some("9"));
    assert_eq!(large.element("MaxSizeAllowed"), Some("8"));
    let crc32 = ("x-amz-checksum-crc32", "Cdox+w==");
    let named = ("x-amz-checksum-algorithm", "CRC32");
    assert!(store(&[crc32, named], 0..=9).unwrap().declared().is_some());
    for (of, code) in [
        (&[named][..], Code::InvalidRequest),
        (&[("x-amz-checksum-crc32", "AAAAAA==")], Code::BadDigest),
        (&[("x-amz-checksum-crc32", "sailorjerry")], Code::InvalidRequest),
        (&[("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")], Code::BadDigest),
        (&[("Content-MD5", "x")], Code::InvalidDigest),
    ] {
        assert_eq!(store(of, 0..=9).unwrap_err().code(), code, "{of:?}");
    }
}
