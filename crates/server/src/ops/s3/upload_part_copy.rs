//! UploadPartCopy: a part from the bytes of an object.

use store::ReadConditions;
use types::ByteSpan;
use wire::documents::CopyPartResult;
use wire::inputs::UploadPartCopyInput;
use wire::output::Output;
use wire::outputs::UploadPartCopyOutput;
use wire::payload::Payload;
use wire::{Checksums, Code, Error, RequestHead};

use super::copying::{Said, Source, pump};
use super::listing::whole_seconds;
use super::{checksums, part_number, upload_id};
use crate::authorize::Permit;
use crate::late;
use crate::ops::{ErrorContext, error_of};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct UploadPartCopy;

impl Handler for UploadPartCopy {
    type Input = UploadPartCopyInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        UploadPartCopyInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let said = Said {
            source: input.copy_source.as_deref(),
            owner: input.expected_source_bucket_owner.as_deref(),
        };
        let number = part_number(input.part_number)?;
        Source::<Self>::check(&said)?;
        let id = upload_id(input.upload_id.as_deref())?;
        let range = input.copy_source_range.as_deref();
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let source = Source::<Self>::find(exchange, said).await?;
        let upload = permit.store().upload(&bucket, &key, id).await;
        let algorithm = upload.map_err(|e| error_of(e, exchange))?.algorithm;
        let conditions = ReadConditions {
            if_match: input.copy_source_if_match,
            if_none_match: input.copy_source_if_none_match,
            if_modified_since: input.copy_source_if_modified_since,
            if_unmodified_since: input.copy_source_if_unmodified_since,
        };
        let opened = source.open(exchange, &conditions, |object| {
            let span = span(range, object.summary.length)?;
            Ok((span, span))
        });
        let (span, _, mut reader) = opened.await?;
        let (store, context) = (permit.store().clone(), ErrorContext::of(exchange));
        late::answer(exchange.gateway.timeouts, async move {
            let length = span.length();
            let failed = |error| context.error(error);
            let writer = store.begin_part(&bucket, (&key, id), number, Some(length)).await;
            let mut writer = writer.map_err(failed)?;
            let payload = Payload::of_copy(length, algorithm);
            let verified = pump(&mut reader, payload, &mut writer).await;
            let verified = verified.map_err(|stop| stop.into_error_in(&context))?;
            let modified = writer.commit(checksums::digests(&verified)).await.map_err(failed)?;
            let mut result = CopyPartResult {
                etag: Some(types::ETag::of_body(verified.md5()).quoted()),
                last_modified: Some(whole_seconds(modified)),
                ..Default::default()
            };
            result.set_checksum(verified.declared());
            let output = UploadPartCopyOutput { document: result, ..Default::default() };
            Ok(output.body().expect("it has one"))
        })
        .await
    }
}

/// The bytes that `x-amz-copy-source-range` names, which must all be there; all without it.
fn span(range: Option<&str>, length: u64) -> Result<ByteSpan, Error> {
    let Some(text) = range else { return Ok(ByteSpan::whole(length)) };
    let invalid = |why: String| Error::argument("x-amz-copy-source-range", text).message(why);
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        text.parse::<u64>().ok().filter(|it| digits && *it < u64::MAX)
    };
    let ends = text.strip_prefix("bytes=").and_then(|it| it.split_once('-'));
    let ends = ends.and_then(|(first, last)| Some((number(first)?, number(last)?)));
    let Some((first, last)) = ends.filter(|(first, last)| first <= last) else {
        return Err(invalid(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first \
             and last are the zero-based offsets of the first and last bytes to copy"
                .into(),
        ));
    };
    if first >= length {
        return Err(Error::new(Code::InvalidRequest)
            .message("The specified copy range is invalid for the source object size"));
    }
    if last >= length {
        return Err(invalid(format!(
            "Range specified is not valid for source object of size: {length}"
        )));
    }
    Ok(ByteSpan { start: first, end: last + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AWS's answers, as others have recorded them, for an object of ten bytes.
    #[test]
    fn a_range_names_bytes_that_are_there() {
        let told = |range| span(Some(range), 10).map_err(|e| e.code());
        assert_eq!(span(None, 10).unwrap(), ByteSpan::whole(10));
        for (range, start, end) in [("bytes=0-8", 0, 9), ("bytes=9-9", 9, 10), ("bytes=0-9", 0, 10)]
        {
            assert_eq!(told(range), Ok(ByteSpan { start, end }), "{range}");
        }
        for range in [
            "0-8",
            "bytes=1-0",
            "bytes=-1-",
            "bytes=0--1",
            "bytes=0-1,3-4,7-9",
            "bytes=-",
            "bytes=-0",
            "bytes=0-100",
            "bytes=1-",
            "bytes=-2",
            "bytes=0-10",
            "bytes=0-18446744073709551615",
        ] {
            assert_eq!(told(range), Err(Code::InvalidArgument), "{range}");
        }
        assert_eq!(told("bytes=100-200"), Err(Code::InvalidRequest));
    }
}
