//! Uploads in parts. Connections share the uploads that are open: whoever is free sends the next part,
//! completes an upload whose parts are all there, or else creates one.

use md5::Digest as _;

use super::{BUCKET, NOTHING, Steps, Workload, between, encoded};
use crate::connections::{Job, Sent, Source};
use crate::response::ExpectedBody;
use crate::signing::hex;

/// An object that is uploaded is of so many bytes, and of at least so many parts.
const OBJECT_BYTES: usize = 256 << 20;
const PARTS_MIN: u64 = 4;

/// What a server has of uploads.
#[derive(Default)]
pub(super) struct Uploads {
    open: Vec<Upload>,
    /// The number of the next new object.
    next: u64,
    /// Objects that are complete.
    complete: Vec<u64>,
    part_bytes: usize,
}

struct Upload {
    number: u64,
    id: String,
    /// Parts that are sent, and parts that were acknowledged.
    sent: u64,
    stored: u64,
    completing: bool,
}

/// What a request is to an upload, in its tag's lower bits; else a part's number.
const CREATE: u64 = TAG_PARTS - 1;
const COMPLETE: u64 = 0;
const TAG_PARTS: u64 = 1 << 16;

fn parts_of(part_bytes: usize) -> u64 {
    ((OBJECT_BYTES / part_bytes.max(1)) as u64).clamp(PARTS_MIN, CREATE - 1)
}

impl<'a> Workload<'a> {
    pub(super) fn next_of_upload(&mut self, part_bytes: usize, head: &mut Vec<u8>) -> Job {
        let parts = parts_of(part_bytes);
        self.uploads.part_bytes = part_bytes;
        let open = &mut self.uploads.open;
        if let Some(upload) = open.iter_mut().find(|it| it.stored == parts && !it.completing) {
            upload.completing = true;
            let (number, id) = (upload.number, upload.id.clone());
            return self.complete(number, &id, head);
        }
        if let Some(upload) = open.iter_mut().find(|it| it.sent < parts) {
            upload.sent += 1;
            let (number, part) = (upload.number, upload.sent);
            let query = format!("partNumber={part}&uploadId={}", encoded(&upload.id));
            self.on_upload(number, &query);
            let body = self.bodies.of(part_bytes, number + part).clone();
            let etag = body.etag.clone();
            let tag = number * TAG_PARTS + part;
            let mut job = self.job("PUT", Some(Sent::Object(body)), 200, head, tag);
            job.expected.etag = Some(etag);
            return job;
        }
        let number = self.uploads.next;
        self.uploads.next += 1;
        self.on_upload(number, "uploads=");
        let mut job = self.job("POST", None, 200, head, number * TAG_PARTS + CREATE);
        job.expected.body = ExpectedBody::Saying("<UploadId>".into());
        job
    }

    pub(super) fn note_of_upload(&mut self, tag: u64, document: &str) {
        let number = tag / TAG_PARTS;
        let open = &mut self.uploads.open;
        let at = open.iter().position(|it| it.number == number);
        match (tag % TAG_PARTS, at) {
            (CREATE, _) => {
                let id = between(document, "<UploadId>", "</UploadId>").unwrap_or_default().into();
                open.push(Upload { number, id, sent: 0, stored: 0, completing: false });
            }
            (COMPLETE, Some(at)) => {
                open.remove(at);
                self.uploads.complete.push(number);
            }
            (_, Some(at)) => open[at].stored += 1,
            (_, None) => unreachable!("an answer to an upload that isn't open"),
        }
    }

    /// Aborts what is open and deletes what is complete.
    pub fn clear_uploads(&mut self) -> impl Source + use<'_, 'a> {
        Steps {
            next: move |it: &mut Self, head: &mut Vec<u8>| {
                if let Some(upload) = it.uploads.open.pop() {
                    it.on_upload(upload.number, &format!("uploadId={}", encoded(&upload.id)));
                } else {
                    let number = it.uploads.complete.pop()?;
                    it.on_upload(number, "");
                }
                Some(it.job("DELETE", None, 204, head, NOTHING))
            },
            done: |_: &mut Self, _, _: &str| {},
            workload: self,
        }
    }

    fn complete(&mut self, number: u64, id: &str, head: &mut Vec<u8>) -> Job {
        let part_bytes = self.uploads.part_bytes;
        let parts = parts_of(part_bytes);
        let (mut document, mut md5) = ("<CompleteMultipartUpload>".to_owned(), md5::Md5::new());
        for part in 1..=parts {
            let body = self.bodies.of(part_bytes, number + part);
            md5.update(body.md5);
            let (part, etag) = (part.to_string(), &body.etag);
            document.extend(["<Part><PartNumber>", &part, "</PartNumber><ETag>", etag]);
            document.push_str("</ETag></Part>");
        }
        document.push_str("</CompleteMultipartUpload>");
        self.on_upload(number, &format!("uploadId={}", encoded(id)));
        let body = Sent::Document(document.into_bytes());
        let mut job = self.job("POST", Some(body), 200, head, number * TAG_PARTS + COMPLETE);
        let etag = format!("{}-{parts}", hex(&md5.finalize()));
        job.expected.body = ExpectedBody::Saying(etag);
        job
    }

    fn on_upload(&mut self, number: u64, query: &str) {
        self.path = format!("{BUCKET}/uploads/{number:08}");
        query.clone_into(&mut self.query);
    }
}
