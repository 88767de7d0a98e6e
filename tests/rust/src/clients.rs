//! What the tests share: clients, buckets, a look at what is sent.

use std::error::Error;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// What the environment says, and the SDK's own HTTP client, without TLS.
pub async fn settings() -> SdkConfig {
    let http = aws_smithy_http_client::Builder::new().build_http();
    aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await
}

pub async fn s3() -> Client {
    Client::new(&settings().await)
}

/// A new bucket.
pub async fn bucket(s3: &Client, name: &str) -> String {
    s3.create_bucket().bucket(name).send().await.unwrap();
    s3.head_bucket().bucket(name).send().await.unwrap();
    name.to_owned()
}

/// Deletes what a bucket holds, and the bucket.
pub async fn empty(s3: &Client, name: &str) {
    let mut pages = s3.list_objects_v2().bucket(name).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let key = |it: &aws_sdk_s3::types::Object| {
            ObjectIdentifier::builder().key(it.key().unwrap()).build().unwrap()
        };
        let keys: Vec<_> = page.contents().iter().map(key).collect();
        if keys.is_empty() {
            continue;
        }
        let count = keys.len();
        let all = Delete::builder().set_objects(Some(keys)).build().unwrap();
        let done = s3.delete_objects().bucket(name).delete(all).send().await.unwrap();
        assert_eq!((done.deleted().len(), done.errors().len()), (count, 0));
    }
    s3.delete_bucket().bucket(name).send().await.unwrap();
}

pub fn text(body: &str) -> ByteStream {
    body.as_bytes().to_vec().into()
}

/// Bytes that repeat nowhere: SplitMix64's.
pub fn random(size: usize) -> Vec<u8> {
    let mut state = size as u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = state;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)).to_le_bytes()
    };
    let mut bytes: Vec<u8> = (0..size.div_ceil(8)).flat_map(|_| next()).collect();
    bytes.truncate(size);
    bytes
}

/// The code that S3 answered.
pub fn code<E: ProvideErrorMetadata + Error + 'static>(it: &SdkError<E, HttpResponse>) -> &str {
    it.code().unwrap_or_default()
}

/// The status that S3 answered.
pub fn status<E: Debug>(it: &SdkError<E, HttpResponse>) -> u16 {
    it.raw_response().unwrap_or_else(|| panic!("no answer: {it:?}")).status().as_u16()
}

/// Notes the headers of the last request, and may send it to another place than its host's.
#[derive(Clone, Debug, Default)]
pub struct Spy {
    headers: Arc<Mutex<Vec<(String, String)>>>,
    place: Option<String>,
}

impl Spy {
    pub fn header(&self, name: &str) -> String {
        let headers = self.headers.lock().unwrap();
        let found = headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

impl Intercept for Spy {
    fn name(&self) -> &'static str {
        "Spy"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let request = context.request_mut();
        if let Some(place) = &self.place {
            let (_, rest) = request.uri().split_once("://").expect("it is absolute");
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let (host, uri) = (host.to_owned(), format!("{place}/{path}"));
            request.headers_mut().insert("host", host);
            request.set_uri(uri)?;
        }
        let headers = request.headers().iter();
        *self.headers.lock().unwrap() = headers.map(|(k, v)| (k.into(), v.into())).collect();
        Ok(())
    }
}

/// The server below the name `localhost`, where labels in front of it are buckets and accounts. Not every
/// resolver knows that each *.localhost is this machine: what goes through this spy is sent there.
pub fn named_host() -> (String, Spy) {
    let place = std::env::var("AWS_ENDPOINT_URL").unwrap();
    let port = place.rsplit_once(':').unwrap().1;
    (format!("http://localhost:{port}"), Spy { place: Some(place.clone()), ..Spy::default() })
}

/// HTTP without the SDK: status and body.
pub async fn plain_http(
    method: &str,
    uri: &str,
    headers: impl Iterator<Item = (&str, &str)>,
    body: &[u8],
) -> (u16, Vec<u8>) {
    let (host, path) = uri.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut head = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", body.len());
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap() + 4;
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer.split_off(end))
}
