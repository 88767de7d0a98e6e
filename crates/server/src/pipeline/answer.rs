//! Steps 8 and 9: what an operation or an error answers, and how that becomes a response.

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use hyper::{Method, Response};
use wire::output::Output;
use wire::{Code, Error, Identifiers, Protocol};

use crate::access::AccessRecord;
use crate::body::{Body, Content};
use crate::gateway::Gateway;
use crate::late;
use crate::request_id::RequestId;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-request-id");
const ID_2: HeaderName = HeaderName::from_static("x-amz-id-2");
/// Room for the headers of most answers: a map that grows is built anew, and one for sixteen takes twice as
/// much memory as one for twelve.
const HEADERS_USUAL: usize = 12;

/// What an operation answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
}

impl Answer {
    /// A status and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        let headers = HeaderMap::with_capacity(HEADERS_USUAL);
        Self { status, headers, content: Content::Empty }
    }

    /// 200 with a generated output: its headers, and its XML if it has any.
    pub(crate) fn of(mut output: impl Output) -> Self {
        let mut answer = Self::empty(200);
        output.put_headers(&mut answer.headers);
        match output.body() {
            Some(xml) => answer.with_xml(xml),
            None => answer,
        }
    }

    /// 200 with a policy's document as its body.
    pub(crate) fn json(document: Vec<u8>) -> Self {
        let mut answer = Self::empty(200);
        let kind = HeaderValue::from_static("application/json");
        answer.headers.insert(header::CONTENT_TYPE, kind);
        answer.content = Content::Whole(document.into());
        answer
    }

    /// With a document as its body.
    pub(crate) fn with_xml(mut self, xml: String) -> Self {
        let kind = HeaderValue::from_static("application/xml");
        self.headers.insert(header::CONTENT_TYPE, kind);
        self.content = Content::Whole(xml.into());
        self
    }

    /// With a document of the AWS Query protocol as its body.
    pub(super) fn with_query_xml(mut self, xml: String, id: RequestId) -> Self {
        self = self.with_xml(xml).with_header("x-amzn-requestid", id.as_str());
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
        self
    }

    /// With a header of its own.
    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }
}

/// The answer that an error is; the record is told of it.
pub(super) fn failed(
    gateway: &Gateway,
    protocol: Protocol,
    error: Error,
    record: &mut AccessRecord,
) -> Answer {
    let error = error.in_protocol(protocol);
    record.code = error.code().as_str();
    record.cause = error.cause().map(String::from);
    let about = Identifiers {
        service: record.asked.service(),
        request_id: record.request_id.as_str(),
        host_id: &gateway.host_id,
    };
    let mut answer = Answer::empty(error.status());
    answer = match protocol {
        _ if error.code() == Code::NotModified => answer,
        Protocol::S3 | Protocol::S3Control => answer.with_xml(error.to_xml(protocol, about)),
        Protocol::Query => answer.with_query_xml(error.to_xml(protocol, about), record.request_id),
    };
    for (name, value) in error.headers() {
        answer = answer.with_header(name, value);
    }
    answer
}

/// 8 encode and 9 finish: the common headers, and the record that ends with the body.
pub(super) fn finish(
    gateway: &Gateway,
    head: &Parts,
    mut answer: Answer,
    mut record: AccessRecord,
) -> Response<Body> {
    record.status = answer.status;
    let value = |text: &str| HeaderValue::from_str(text).expect("letters and digits");
    let headers = &mut answer.headers;
    headers.insert(REQUEST_ID, value(record.request_id.as_str()));
    headers.insert(ID_2, value(&gateway.host_id));
    headers.insert(header::SERVER, HeaderValue::from_static("Onggi"));
    if head.method == Method::HEAD {
        // The length that GET would send; hyper sends no body.
        let length = match &answer.content {
            Content::Whole(bytes) if answer.status < 400 => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
            _ => None,
        };
        if let Some(length) = length {
            headers.entry(header::CONTENT_LENGTH).or_insert(length.into());
        }
        if answer.status >= 400 {
            headers.remove(header::CONTENT_TYPE);
        }
        answer.content = Content::Whole(Bytes::new());
    }
    if let Content::Late(work) = answer.content {
        let host_id = gateway.host_id.clone();
        let about = late::About { request_id: record.request_id, host_id };
        answer.content = late::content(gateway.timeouts, work, about);
    }
    let mut response = Response::new(Body::new(answer.content, record));
    *response.status_mut() = http::StatusCode::from_u16(answer.status).expect("a status");
    *response.headers_mut() = answer.headers;
    response
}
