//! PutObject.

use store::{Details, Headers};
use types::{Checksum, ChecksumAlgorithm, ChecksumKind};
use wire::inputs::PutObjectInput;
use wire::outputs::PutObjectOutput;
use wire::payload::{BODY_BYTES_MAX, Plan};
use wire::{Code, Error, RequestHead};

use super::{
    acl, authorize_to_compare, check_metadata, checksums, precondition, stored_encoding, tags,
};
use crate::authorize::{Ask, Permit};
use crate::incoming::Checked;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PutObject;

impl Handler for PutObject {
    type Input = PutObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutObjectInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(tags::ask_to_put(exchange, input.tagging.as_deref())))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let unread = exchange.take_body();
        let plan = Plan::of(exchange.head.headers, unread.signed.hash, BODY_BYTES_MAX)?;
        let put = put(exchange, &permit, unread.read(plan), input).await?;
        let mut answer = Answer::of(PutObjectOutput { etag: Some(put.etag), ..Default::default() });
        checksums::put_header(
            &mut answer.headers,
            Some(put.sum),
            Some(ChecksumKind::FullObject),
            None,
        );
        Ok(answer)
    }
}

/// An object that was put.
pub(super) struct Put {
    /// Its ETag, between quotation marks.
    pub(super) etag: String,
    /// Its checksum: the declared one, or our own.
    pub(super) sum: Checksum,
}

/// PutObject alone says the MD5 that it expected in hexadecimal digits, as AWS does (measured).
fn expected_in_hex(error: Error) -> Error {
    let expected = error.element("ExpectedDigest").zip(error.element("CalculatedDigest"));
    let Some((expected, calculated)) = expected else { return error };
    let Some(sum) = Checksum::from_base64(ChecksumAlgorithm::Md5, expected) else { return error };
    let digits: String = sum.as_bytes().iter().map(|it| format!("{it:02x}")).collect();
    Error::new(Code::BadDigest)
        .message("The Content-MD5 you specified did not match what we received.")
        .with("ExpectedDigest", digits)
        .with("CalculatedDigest", calculated)
}

/// Makes a body the object that the exchange's target names.
pub(super) async fn put<Op>(
    exchange: &mut Exchange<'_>,
    permit: &Permit<'_, Op>,
    mut body: Checked<'_>,
    input: PutObjectInput,
) -> Result<Put, Error> {
    let condition = precondition(input.if_match.as_deref(), input.if_none_match.as_deref())?;
    acl::check_object(exchange)?;
    check_metadata(&input.metadata)?;
    let tags = tags::to_put::<Op>(exchange, input.tagging.as_deref())?;
    let (bucket, key) = (exchange.bucket(), exchange.key()?);
    authorize_to_compare(exchange, condition, &key).await?;
    let writer = permit.store().begin_put(&bucket, &key, body.length()).await;
    let mut writer = writer.map_err(|e| error_of(e, exchange))?;
    while let Some(bytes) = body.next().await? {
        writer.write(bytes).await.map_err(|e| error_of(e, exchange))?;
    }
    exchange.bytes_received += body.received();
    let verified = body.finish().await.map_err(expected_in_hex)?;
    let headers = Headers {
        content_type: input.content_type,
        content_encoding: stored_encoding(input.content_encoding),
        content_language: input.content_language,
        content_disposition: input.content_disposition,
        cache_control: input.cache_control,
        expires: input.expires,
    };
    let details = Details { headers, user: input.metadata, tags };
    let committed = writer.commit(checksums::digests(&verified), details, condition).await;
    let committed = committed.map_err(|e| error_of(e, exchange))?;
    let sum = verified.declared().unwrap_or(verified.crc64nvme());
    Ok(Put { etag: committed.etag.quoted(), sum })
}
