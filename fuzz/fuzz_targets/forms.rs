//! Uploads by forms: however a body is cut, it says the same; whatever its policy says, it is judged
//! or refused. The input is the body, with a boundary that is known.

#![no_main]

use bytes::Bytes;
use http::HeaderMap;
use libfuzzer_sys::fuzz_target;
use types::Timestamp;
use wire::post_form::{FormReader, PostForm, ReadForm};

fuzz_target!(|body: &[u8]| {
    let whole = read(body, body.len().max(1));
    for step in [1, 2, 3, 7, 64] {
        assert_eq!(whole, read(body, step), "in pieces of {step}");
    }
    let Some((form, file, _)) = whole else { return };
    assert!(!file.windows(5).any(|it| it == b"\r\n--b"));
    let now = Timestamp::from_millis(1_800_000_000_000);
    if let Ok(bytes) = form.check_policy("bucket", now) {
        let _ = bytes.contains(&(file.len() as u64));
    }
    let _ = (form.key(), form.metadata(), form.success());
    if let Ok(headers) = form.headers(&HeaderMap::new()) {
        assert!(headers.keys().all(|it| !it.as_str().starts_with("x-amz-meta-")));
    }
});

/// The form, its file, and whether that ended.
fn read(body: &[u8], step: usize) -> Option<(PostForm, Vec<u8>, bool)> {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "multipart/form-data; boundary=b".parse().expect("a header"));
    let mut reader = FormReader::new(&headers).expect("a form's headers");
    let mut pieces = body.chunks(step);
    let ReadForm { form, mut file, ahead } = loop {
        if let Some(posted) = reader.feed(pieces.next()?).ok()? {
            break posted;
        }
    };
    let mut whole = file.feed(ahead).to_vec();
    for piece in pieces {
        whole.extend(file.feed(Bytes::copy_from_slice(piece)));
    }
    Some((form, whole, file.has_ended()))
}
