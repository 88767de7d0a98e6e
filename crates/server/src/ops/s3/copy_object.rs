//! CopyObject: bytes are read, checked, and written again; nothing is shared with the source.

use store::{Committed, Details, Headers, ReadConditions};
use types::{ByteSpan, ChecksumKind};
use wire::documents::CopyObjectResult;
use wire::inputs::CopyObjectInput;
use wire::output::Output;
use wire::outputs::CopyObjectOutput;
use wire::payload::{Payload, Verified};
use wire::{Checksums, Code, Error, RequestHead};

use super::copying::{Said, Source, pump};
use super::listing::whole_seconds;
use super::{
    acl, authorize_to_compare, check_metadata, checksums, precondition, stored_encoding, tags,
};
use crate::authorize::{Ask, Permit};
use crate::late;
use crate::ops::ErrorContext;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct CopyObject;

/// What the copy has of the source's, and what of the request's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Directive {
    Copy,
    Replace,
}

impl Directive {
    fn parse(text: Option<&str>, what: &str) -> Result<Self, Error> {
        match text {
            None | Some("COPY") => Ok(Self::Copy),
            Some("REPLACE") => Ok(Self::Replace),
            Some(text) => Err(Error::argument(format!("x-amz-{what}-directive"), text)
                .message(format!("Unknown {what} directive."))),
        }
    }
}

impl Handler for CopyObject {
    type Input = CopyObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        CopyObjectInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        let replaces = input.tagging_directive.as_deref() == Some("REPLACE");
        let tagging = input.tagging.as_deref().filter(|_| replaces);
        Ok(Some(tags::ask_to_put(exchange, tagging)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        acl::check_object(exchange)?;
        let condition = precondition(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let about = Directive::parse(input.metadata_directive.as_deref(), "metadata")?;
        let tagging = Directive::parse(input.tagging_directive.as_deref(), "tagging")?;
        check_annotations(input.annotation_directive.as_deref())?;
        let algorithm =
            input.checksum_algorithm.as_deref().map(checksums::algorithm).transpose()?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        authorize_to_compare(exchange, condition, &key).await?;
        let said = Said {
            source: input.copy_source.as_deref(),
            owner: input.expected_source_bucket_owner.as_deref(),
        };
        let source = Source::<Self>::find(exchange, said).await?;
        if source.is(&bucket, &key) {
            check_change(exchange, about)?;
        }
        let given = given(exchange, &input, tagging)?;
        let conditions = ReadConditions {
            if_match: input.copy_source_if_match,
            if_none_match: input.copy_source_if_none_match,
            if_modified_since: input.copy_source_if_modified_since,
            if_unmodified_since: input.copy_source_if_unmodified_since,
        };
        let opened = source.open(exchange, &conditions, |object| {
            let details = details(&given, &object.details, (about, tagging));
            if tagging == Directive::Copy && !details.tags.is_empty() {
                exchange.authorize::<Self>(&source.ask("s3:GetObjectTagging"))?;
                tags::authorize_to_put::<Self>(exchange, &details.tags)?;
            }
            Ok((details, ByteSpan::whole(object.summary.length)))
        });
        let (details, object, mut reader) = opened.await?;
        let (store, context) = (permit.store().clone(), ErrorContext::of(exchange));
        let algorithm = algorithm.or(object.summary.declared.map(|it| it.algorithm()));
        late::answer(exchange.gateway.timeouts, async move {
            let failed = |error| context.error(error);
            let writer = store.begin_put(&bucket, &key, Some(object.summary.length)).await;
            let mut writer = writer.map_err(failed)?;
            let payload = Payload::of_copy(object.summary.length, algorithm);
            let verified = pump(&mut reader, payload, &mut writer).await;
            let verified = verified.map_err(|stop| stop.into_error_in(&context))?;
            if object.summary.crc64nvme.is_some_and(|it| it != verified.crc64nvme()) {
                let cause = "what was read of a copy's source isn't what was written";
                return Err(Error::new(Code::InternalError).because(cause));
            }
            let committed = writer.commit(checksums::digests(&verified), details, condition).await;
            let committed = committed.map_err(failed)?;
            Ok(document(&committed, &verified))
        })
        .await
    }
}

/// `x-amz-object-annotation-directive`: no object has annotations that a copy could have or not.
fn check_annotations(directive: Option<&str>) -> Result<(), Error> {
    match directive {
        None | Some("COPY" | "EXCLUDE") => Ok(()),
        Some(text) => Err(Error::new(Code::InvalidArgument)
            .message("Unknown object-annotation directive.")
            .with("ArgumentName", "x-amz-object-annotation-directive")
            .with("ArgumentValue", text)),
    }
}

/// A copy of an object onto itself must change something. Naming the class that it has is a change, as on
/// AWS.
fn check_change(exchange: &Exchange<'_>, about: Directive) -> Result<(), Error> {
    if about == Directive::Replace || exchange.head.headers.contains_key("x-amz-storage-class") {
        return Ok(());
    }
    Err(Error::new(Code::InvalidRequest).message(
        "This copy request is illegal because it is trying to copy an object to itself without \
         changing the object's metadata, storage class, website redirect location or encryption \
         attributes.",
    ))
}

fn document(committed: &Committed, verified: &Verified) -> String {
    let mut result = CopyObjectResult {
        etag: Some(committed.etag.quoted()),
        last_modified: Some(whole_seconds(committed.modified)),
        checksum_type: Some(ChecksumKind::FullObject.name().into()),
        ..Default::default()
    };
    result.set_checksum(verified.declared().or(Some(verified.crc64nvme())));
    CopyObjectOutput { document: result, ..Default::default() }.body().expect("it has one")
}

/// What the request says of the copy, as far as that matters.
fn given(
    exchange: &Exchange<'_>,
    input: &CopyObjectInput,
    tagging: Directive,
) -> Result<Details, Error> {
    check_metadata(&input.metadata)?;
    let header = input.tagging.as_deref().filter(|_| tagging == Directive::Replace);
    let tags = tags::to_put::<CopyObject>(exchange, header)?;
    let input = input.clone();
    let headers = Headers {
        content_type: input.content_type,
        content_encoding: stored_encoding(input.content_encoding),
        content_language: input.content_language,
        content_disposition: input.content_disposition,
        cache_control: input.cache_control,
        expires: input.expires,
    };
    Ok(Details { headers, user: input.metadata, tags })
}

fn details(given: &Details, source: &Details, (about, tagging): (Directive, Directive)) -> Details {
    let of = |directive| match directive {
        Directive::Copy => source.clone(),
        Directive::Replace => given.clone(),
    };
    Details { tags: of(tagging).tags, ..of(about) }
}
