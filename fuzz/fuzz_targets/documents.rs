//! XML bodies: read or refused as every document that a request can have.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::documents::{CompletedMultipartUpload, CreateBucketConfiguration, Delete, Tagging};
use wire::xml::{Element, Writer};

fuzz_target!(|input: &[u8]| {
    if let Ok(element) = Element::parse(input, "Delete")
        && let Ok(delete) = Delete::read(&element)
    {
        for key in delete.objects.iter().filter_map(|it| it.key.as_ref()) {
            read_back(key);
        }
    }
    if let Ok(element) = Element::parse(input, "Tagging") {
        let _ = Tagging::read(&element);
    }
    if let Ok(element) = Element::parse(input, "CompleteMultipartUpload") {
        let _ = CompletedMultipartUpload::read(&element);
    }
    if let Ok(element) = Element::parse(input, "CreateBucketConfiguration") {
        let _ = CreateBucketConfiguration::read(&element);
    }
});

/// What a document said and is written into an answer says the same there.
fn read_back(text: &str) {
    let mut xml = Writer::new();
    xml.plain_root("Key", |xml| xml.escaped(text));
    let document = xml.finish();
    match Element::parse(document.as_bytes(), "Key").and_then(|it| it.to_text()) {
        Ok(again) => assert_eq!(again, text, "{document}"),
        // NUL is no character of XML at all.
        Err(error) => assert!(text.contains('\0'), "{document}: {error}"),
    }
}
