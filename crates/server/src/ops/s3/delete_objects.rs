//! DeleteObjects: each key is judged by itself; its error stands inside the 200.

use futures_util::StreamExt as _;
use futures_util::stream;
use types::{Arn, ObjectKey};
use wire::documents::{Delete, DeleteError, DeletedObject, ObjectIdentifier};
use wire::inputs::DeleteObjectsInput;
use wire::outputs::DeleteObjectsOutput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use super::{authorize_to_compare, check_version, delete_precondition};
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

/// Most keys of a request.
const KEYS_MAX: usize = 1000;
/// Keys that are deleted at a time: they share a sync, where one after the other each waits for its own.
const KEYS_AT_ONCE: usize = 128;

pub(crate) struct DeleteObjects;

impl Handler for DeleteObjects {
    type Input = DeleteObjectsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeleteObjectsInput::decode(head)
    }

    /// Each key is asked for by itself. Whom nothing could ever allow one isn't read a list of them.
    fn ask(exchange: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok((!exchange.is_signed()).then(|| Ask::of_target(exchange)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        // differs from AWS: it refuses x-amz-bypass-governance-retention for buckets without Object
        // Lock here too. Clients that empty buckets send it always, and it holds for ours: no object
        // is retained.
        let (document, has_digest) = exchange.document().await?;
        if !has_digest {
            return Err(Error::new(Code::InvalidRequest).message(
                "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
            ));
        }
        let delete = Delete::read(&Element::parse(&document, "Delete")?)?;
        let unnamed = |it: &ObjectIdentifier| it.key.as_deref().unwrap_or_default().is_empty();
        if delete.objects.is_empty()
            || delete.objects.len() > KEYS_MAX
            || delete.objects.iter().any(unnamed)
        {
            return Err(Error::new(Code::MalformedXML));
        }
        let quiet = delete.quiet == Some(true);
        let mut output = DeleteObjectsOutput::default();
        let exchange = &*exchange;
        let deletions = delete.objects.into_iter().map(|object| async move {
            let named = (object.key.clone(), object.version_id.clone());
            (named, delete_one(exchange, object).await)
        });
        let mut deletions = stream::iter(deletions).buffered(KEYS_AT_ONCE);
        while let Some(((key, version_id), deleted)) = deletions.next().await {
            match deleted {
                Ok(()) if quiet => {}
                Ok(()) => {
                    output.deleted.push(DeletedObject { key, version_id, ..Default::default() });
                }
                Err(error) => output.errors.push(DeleteError {
                    key,
                    version_id,
                    code: Some(error.code().as_str().into()),
                    message: Some(error.sentence().into()),
                }),
            }
        }
        Ok(Answer::of(output))
    }
}

async fn delete_one(exchange: &Exchange<'_>, object: ObjectIdentifier) -> Result<(), Error> {
    let name = object.key.as_deref().unwrap_or_default();
    let action = match object.version_id {
        Some(_) => "s3:DeleteObjectVersion",
        None => "s3:DeleteObject",
    };
    let ask = Ask::new(action, Arn::object(exchange.bucket_name(), name));
    let permit = exchange.authorize::<DeleteObjects>(&ask)?;
    // Here alone an id that no version has names a version that isn't there.
    check_version(object.version_id.as_deref()).map_err(|_| Error::new(Code::NoSuchVersion))?;
    // Conditions of directory buckets.
    if object.last_modified_time.is_some() || object.size.is_some() {
        return Err(Error::new(Code::NotImplemented));
    }
    let condition = delete_precondition(object.etag.as_deref());
    let key = ObjectKey::new(object.key.unwrap_or_default())
        .map_err(|e| Error::new(Code::KeyTooLongError).because(e))?;
    authorize_to_compare(exchange, condition, &key).await?;
    let deleted = permit.store().delete(&exchange.bucket(), &key, condition).await;
    deleted.map_err(|e| error_of(e, exchange))
}
