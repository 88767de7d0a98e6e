//! Annotations, of which no object has any yet: they are listed, read and removed as on AWS from an
//! object without them. The AWS CLI 2 asks for the list when it copies all of an object's properties.

use store::Store;
use types::ETag;
use wire::xml::Writer;
use wire::{Code, Error, OperationId};

use super::{check_version, page_size};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange};

/// The action of each operation where it names a version.
pub(super) fn action_of_version(operation: OperationId) -> Option<&'static str> {
    match operation {
        OperationId::DeleteObjectAnnotation => Some("s3:DeleteObjectVersionAnnotation"),
        OperationId::GetObjectAnnotation => Some("s3:GetObjectVersionAnnotation"),
        OperationId::ListObjectAnnotations => Some("s3:ListObjectVersionAnnotations"),
        _ => None,
    }
}

/// The answer of one of the three.
pub(super) async fn answer(exchange: &Exchange<'_>, store: &Store) -> Result<Answer, Error> {
    check_version(exchange.head.query.get("versionId"))?;
    let (bucket, key) = (exchange.bucket(), exchange.key()?);
    let found = store.get(&bucket, &key).await.map_err(|e| error_of(e, exchange))?;
    let missing = || exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()));
    let object = found.ok_or_else(missing)?;
    match exchange.operation.id {
        OperationId::ListObjectAnnotations => list(exchange),
        OperationId::DeleteObjectAnnotation => {
            let condition = exchange.head.header_text("x-amz-object-if-match")?;
            match condition.is_none_or(|it| ETag::parse(&it) == Some(object.summary.etag)) {
                true => Ok(Answer::empty(204)),
                false => {
                    Err(Error::new(Code::PreconditionFailed)
                        .with("Condition", "x-amz-object-if-match"))
                }
            }
        }
        _ => Err(Error::new(Code::NoSuchAnnotation)),
    }
}

fn list(exchange: &Exchange<'_>) -> Result<Answer, Error> {
    let head = &exchange.head;
    let max = page_size("max-annotation-results", head.query_number("max-annotation-results")?)?;
    if let Some(token) = head.query.get("continuation-token") {
        return Err(Error::new(Code::InvalidArgument)
            .message("The continuation token provided is incorrect")
            .with("ArgumentName", "continuation-token")
            .with("ArgumentValue", token));
    }
    let mut xml = Writer::new();
    xml.root("ListObjectAnnotationsOutput", |xml| {
        xml.text("Bucket", exchange.bucket_name());
        xml.text("Key", head.target.key().unwrap_or_default());
        if let Some(prefix) = head.query.get("annotation-prefix") {
            xml.text("AnnotationPrefix", prefix);
        }
        xml.number("MaxAnnotationResults", max as i64);
        xml.number("AnnotationCount", 0);
        xml.element("Annotations", |_| {});
    });
    Ok(Answer::empty(200).with_xml(xml.finish()))
}
