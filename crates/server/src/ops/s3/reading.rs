//! What GetObject and HeadObject share: which bytes, under which conditions, with which headers.

use store::{Details, Object, ReadConditions, Unread};
use types::{ByteRange, ByteSpan, Timestamp};
use wire::inputs::GetObjectInput;
use wire::outputs::GetObjectOutput;
use wire::{Code, Error};

use super::{check_version, checksums};
use crate::authorize::Ask;
use crate::pipeline::{Answer, Exchange};

/// What of an object is asked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) span: ByteSpan,
    /// 206 rather than 200.
    partial: bool,
    /// Of a part of an object that was uploaded in parts.
    part: Option<store::PartSpan>,
}

/// Checks what can be checked before the object is looked at.
pub(super) fn check(input: &GetObjectInput, exchange: &Exchange<'_>) -> Result<(), Error> {
    check_version(input.version_id.as_deref())?;
    if input.range.is_some() && input.part_number.is_some() {
        return Err(Error::new(Code::InvalidRequest)
            .message("Cannot specify both Range header and partNumber query parameter"));
    }
    // versitygw's answer: S3 has it so of its other checksum headers.
    if input.checksum_mode.as_deref().is_some_and(|it| !it.eq_ignore_ascii_case("enabled")) {
        return Err(Error::new(Code::InvalidRequest)
            .message("Value for x-amz-checksum-mode header is invalid."));
    }
    let overrides =
        exchange.head.query.pairs().iter().any(|(name, _)| name.starts_with("response-"));
    if overrides && !exchange.is_signed() {
        return Err(Error::new(Code::InvalidRequest).message(
            "Request specific response headers cannot be used for anonymous GET requests.",
        ));
    }
    Ok(())
}

/// Judges the conditions and finds the bytes; of a part that is asked for, its number and where it
/// lies.
pub(super) fn choose(
    (input, now): (&GetObjectInput, Timestamp),
    object: &Object,
    (number, part): (Option<u16>, Option<store::PartSpan>),
) -> Result<Wanted, Error> {
    let conditions = ReadConditions {
        if_match: input.if_match.clone(),
        if_none_match: input.if_none_match.clone(),
        if_modified_since: input.if_modified_since,
        if_unmodified_since: input.if_unmodified_since,
    };
    let failed =
        |condition: &'static str| Error::new(Code::PreconditionFailed).with("Condition", condition);
    conditions.judge(&object.summary, now).map_err(|why| match why {
        Unread::IfMatch => failed("If-Match"),
        Unread::IfUnmodifiedSince => failed("If-Unmodified-Since"),
        Unread::IfNoneMatch | Unread::IfModifiedSince => Error::new(Code::NotModified)
            .header("etag", object.summary.etag.quoted())
            .header("last-modified", object.summary.modified.http_date()),
    })?;
    let length = object.summary.length;
    if let Some(number) = number {
        let part = part.ok_or_else(|| {
            Error::new(Code::InvalidPartNumber)
                .with("PartNumberRequested", number.to_string())
                .with("ActualPartCount", object.parts.unwrap_or(1).to_string())
        })?;
        let of_parts = part.count.is_some().then_some(part);
        return Ok(Wanted { span: part.span, partial: true, part: of_parts });
    }
    let whole = Wanted { span: ByteSpan::whole(length), partial: false, part: None };
    let Some(range) = input.range.as_deref().and_then(ByteRange::parse) else { return Ok(whole) };
    let span = range.of(length).map_err(|_| {
        Error::new(Code::InvalidRange)
            .with("RangeRequested", input.range.as_deref().unwrap_or_default())
            .with("ActualObjectSize", length.to_string())
            .header("content-range", format!("bytes */{length}"))
    })?;
    Ok(Wanted { span, partial: true, part: None })
}

/// The part that is asked for, if one is.
pub(super) fn part_number(input: &GetObjectInput) -> Result<Option<u16>, Error> {
    input.part_number.map(|it| super::part_number(Some(it))).transpose()
}

/// How many tags an object has, if it has any: told to whoever may read them.
fn tag_count(exchange: &Exchange<'_>, object: &Object) -> Option<i64> {
    let count = object.details.tags.len();
    let ask = || Ask::of_target(exchange).for_action("s3:GetObjectTagging");
    (count > 0 && exchange.authorize::<()>(&ask()).is_ok()).then_some(count as i64)
}

/// The headers of the answer.
pub(super) fn answer(
    exchange: &Exchange<'_>,
    input: &GetObjectInput,
    object: Box<Object>,
    wanted: Wanted,
) -> Answer {
    let tag_count = tag_count(exchange, &object);
    let Object { summary, details, .. } = *object;
    let Details { headers, user, .. } = *details;
    let or = |asked: &Option<String>, kept: Option<String>| asked.clone().or(kept);
    let said = || exchange.head.query.get("response-expires").unwrap_or_default().to_owned();
    let expires = input.response_expires.map(|_| said());
    let length = wanted.span.length();
    let last = wanted.span.end.saturating_sub(1);
    let range = (wanted.partial && length > 0)
        .then(|| format!("bytes {}-{last}/{}", wanted.span.start, summary.length));
    let output = GetObjectOutput {
        accept_ranges: Some("bytes".into()),
        last_modified: Some(summary.modified),
        etag: Some(summary.etag.quoted()),
        content_length: Some(length as i64),
        content_range: range,
        content_type: or(&input.response_content_type, headers.content_type)
            .or_else(|| Some("binary/octet-stream".into())),
        content_encoding: or(&input.response_content_encoding, headers.content_encoding),
        content_language: or(&input.response_content_language, headers.content_language),
        content_disposition: or(&input.response_content_disposition, headers.content_disposition),
        cache_control: or(&input.response_cache_control, headers.cache_control),
        expires: expires.or(headers.expires),
        parts_count: wanted.part.and_then(|it| it.count).map(i64::from),
        metadata: user,
        tag_count,
        ..Default::default()
    };
    let mut answer = Answer::of(output);
    answer.status = if wanted.partial && length > 0 { 206 } else { 200 };
    let asked = input.checksum_mode.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("enabled"));
    // A checksum of the whole says nothing of a range, and clients would check it.
    match wanted.part {
        Some(part) if asked => {
            checksums::put_header(&mut answer.headers, part.declared, summary.declared_kind, None);
        }
        None if asked && length == summary.length => {
            let (sum, kind) =
                checksums::of_object((summary.declared, summary.declared_kind), summary.crc64nvme);
            checksums::put_header(&mut answer.headers, sum, kind, summary.etag.parts());
        }
        _ => {}
    }
    answer
}
