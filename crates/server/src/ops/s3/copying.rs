//! What CopyObject and UploadPartCopy share: the source, its conditions, and moving its bytes.

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use store::{
    Bucket, Object, ObjectReader, PartWriter, PutWriter, ReadConditions, StoreError, Unread,
};
use types::{Arn, BucketName, ByteSpan, ObjectKey, Timestamp};
use wire::payload::{BODY_BYTES_MAX, Payload, Verified};
use wire::{Code, Error};

use super::{Stop, check_version};
use crate::authorize::{Ask, Elsewhere, Permit};
use crate::ops::ErrorContext;
use crate::pipeline::{Exchange, check_expected_owner, object_tags, restricts};

/// `x-amz-copy-source`, read.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    bucket: String,
    key: String,
    version_id: Option<String>,
}

impl Named {
    /// Reads the header, or S3's error.
    fn read(text: &str) -> Result<Self, Error> {
        let invalid = |what: &str, value: &str| {
            Error::argument("x-amz-copy-source", value)
                .message(format!("Invalid copy source {what}"))
        };
        if !is_encoded_well(text) {
            return Err(invalid("encoding", text));
        }
        // AWS gives the header's name as its value.
        let named = Self::parse(text);
        let named = named.ok_or_else(|| invalid("object key", "x-amz-copy-source"))?;
        match named.bucket.starts_with("arn:") || BucketName::new(&named.bucket).is_ok() {
            true => Ok(named),
            false => Err(invalid("bucket name", text)),
        }
    }

    /// `/bucket/key?versionId=ID` with or without the first slash, encoded as a URL is; `+` is a space.
    fn parse(text: &str) -> Option<Self> {
        let decoded = |text: &str| {
            let text = text.replace('+', " ");
            Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned())
        };
        // Recorded of AWS: an object's address in path style is one too.
        let address = ["https://", "http://"].iter().find_map(|it| text.strip_prefix(it));
        let text = match address {
            Some(rest) => rest.split_once('/')?.1,
            None => text,
        };
        let (path, version_id) = match text.split_once('?') {
            Some((path, query)) => (path, Some(decoded(query.strip_prefix("versionId=")?)?)),
            None => (text, None),
        };
        let path = decoded(path)?;
        let (bucket, key) = path.strip_prefix('/').unwrap_or(&path).split_once('/')?;
        let whole = !bucket.is_empty() && !key.is_empty();
        whole.then(|| Self { bucket: bucket.into(), key: key.into(), version_id })
    }
}

/// Two hexadecimal digits stand behind every `%`.
fn is_encoded_well(text: &str) -> bool {
    let digits = |it: &str| it.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    text.split('%').skip(1).all(digits)
}

/// The object that is copied, which the caller may read.
pub(super) struct Source<'a, Op> {
    permit: Permit<'a, Op>,
    place: Elsewhere,
    key: ObjectKey,
}

/// What the headers say of a source.
pub(super) struct Said<'s> {
    /// `x-amz-copy-source`.
    pub(super) source: Option<&'s str>,
    /// `x-amz-source-expected-bucket-owner`.
    pub(super) owner: Option<&'s str>,
}

impl<'a, Op> Source<'a, Op> {
    /// Whether the header is one at all: asked before anything else of a request is looked at.
    pub(super) fn check(said: &Said<'_>) -> Result<(), Error> {
        Named::read(said.source.unwrap_or_default()).map(drop)
    }

    /// Finds the source's bucket and asks whether the object may be read.
    pub(super) async fn find(exchange: &Exchange<'a>, said: Said<'_>) -> Result<Self, Error> {
        let text = said.source.unwrap_or_default();
        let Named { bucket: name, key, version_id } = Named::read(text)?;
        if name.starts_with("arn:") {
            return Err(Error::new(Code::NotImplemented).with("Header", "x-amz-copy-source"));
        }
        let key = ObjectKey::new(key).map_err(|_| {
            Error::argument("x-amz-copy-source", "x-amz-copy-source")
                .message("Invalid copy source object key")
        })?;
        let bucket = exchange.gateway.vault.bucket(&name).await.map_err(|error| {
            let context = ErrorContext { bucket: name.clone(), ..ErrorContext::of(exchange) };
            context.error(error)
        })?;
        check_expected_owner(said.owner, &bucket)?;
        let action = match version_id {
            Some(_) => "s3:GetObjectVersion",
            None => "s3:GetObject",
        };
        let restricts_public = restricts(exchange.gateway, &bucket).await?;
        let object_tags = object_tags(exchange, &bucket, &key).await?;
        let place = Elsewhere { bucket, restricts_public, object_tags };
        let ask = Ask::new(action, Arn::object(&name, key.as_str())).in_bucket(&place);
        let permit = exchange.authorize(&ask)?;
        check_version(version_id.as_deref())?;
        Ok(Self { permit, place, key })
    }

    /// Asks one more thing of the source.
    pub(super) fn ask(&self, action: &'static str) -> Ask {
        Ask::new(action, Arn::object(&self.place.bucket.name, self.key.as_str()))
            .in_bucket(&self.place)
    }

    /// Whether it is this object.
    pub(super) fn is(&self, bucket: &Bucket, key: &ObjectKey) -> bool {
        self.place.bucket.name == bucket.name && self.key == *key
    }

    /// Opens it, if its conditions hold: `choose` says what is read, and more.
    pub(super) async fn open<T>(
        &self,
        exchange: &Exchange<'_>,
        conditions: &ReadConditions,
        mut choose: impl FnMut(&Object) -> Result<(T, ByteSpan), Error>,
    ) -> Result<(T, Box<Object>, ObjectReader), Error> {
        let opened = self.permit.store().read(&self.place.bucket, &self.key, None, |object, _| {
            judge(conditions, object)?;
            let chosen = choose(object).map_err(Stop::Wire)?;
            match chosen.1.length() <= BODY_BYTES_MAX {
                true => Ok(chosen),
                false => Err(Error::new(Code::InvalidRequest).message(format!(
                    "The specified copy source is larger than the maximum allowable size for a \
                     copy source: {BODY_BYTES_MAX}"
                ))),
            }
            .map_err(Stop::Wire)
        });
        let opened = opened.await.map_err(|stop: Stop| stop.into_error(exchange))?;
        opened.ok_or_else(|| {
            let list = Ask::new("s3:ListBucket", Arn::bucket(&self.place.bucket.name))
                .with("s3:prefix", self.key.as_str());
            let denied = exchange.authorize::<()>(&list.in_bucket(&self.place)).err();
            let missing = Error::new(Code::NoSuchKey).with("Key", self.key.as_str());
            denied.unwrap_or(missing)
        })
    }
}

fn judge(conditions: &ReadConditions, object: &Object) -> Result<(), Stop> {
    let now = Timestamp::from(std::time::SystemTime::now());
    conditions.judge(&object.summary, now).map_err(|why| {
        let condition = match why {
            Unread::IfMatch => "x-amz-copy-source-If-Match",
            Unread::IfUnmodifiedSince => "x-amz-copy-source-If-Unmodified-Since",
            Unread::IfNoneMatch => "x-amz-copy-source-If-None-Match",
            Unread::IfModifiedSince => "x-amz-copy-source-If-Modified-Since",
        };
        Stop::Wire(Error::new(Code::PreconditionFailed).with("Condition", condition))
    })
}

/// What takes the bytes of a copy.
pub(super) trait Sink: Send {
    fn write(&mut self, bytes: Bytes) -> impl Future<Output = Result<(), StoreError>> + Send;
}

impl Sink for PutWriter {
    async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        PutWriter::write(self, bytes).await
    }
}

impl Sink for PartWriter {
    async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        PartWriter::write(self, bytes).await
    }
}

/// Moves bytes, checked as they are read and summed anew as they are written.
pub(super) async fn pump(
    reader: &mut ObjectReader,
    mut payload: Payload,
    sink: &mut impl Sink,
) -> Result<Verified, Stop> {
    let mut pieces = Vec::with_capacity(1);
    while let Some(bytes) = reader.next().await? {
        payload.feed(bytes, &mut pieces).map_err(Stop::Wire)?;
        for piece in pieces.drain(..) {
            sink.write(piece).await?;
        }
        payload.keep_pace().await;
    }
    payload.finish().await.map_err(Stop::Wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read() {
        let named = |bucket: &str, key: &str, version_id: Option<&str>| {
            let version_id = version_id.map(String::from);
            Some(Named { bucket: bucket.into(), key: key.into(), version_id })
        };
        for (text, wanted) in [
            ("b/k", named("b", "k", None)),
            ("/b/k", named("b", "k", None)),
            ("/b//k", named("b", "/k", None)),
            ("b/a/b%20c+d%2Be", named("b", "a/b c d+e", None)),
            ("b%2Fk%3F", named("b", "k?", None)),
            ("b/k?versionId=null", named("b", "k", Some("null"))),
            ("b/%ED%95%9C", named("b", "한", None)),
            ("https://s3.amazonaws.com/b/k", named("b", "k", None)),
            ("http://localhost:9000/b/c/k?versionId=null", named("b", "c/k", Some("null"))),
            ("https://b/k", None),
            ("b/k?other=1", None),
            ("b", None),
            ("b/", None),
            ("/", None),
            ("", None),
            ("b/%FF", None),
        ] {
            assert_eq!(Named::parse(text), wanted, "{text}");
        }
    }
}
