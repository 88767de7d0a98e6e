//! CompleteMultipartUpload. It may take long, and its answer begins before it is done (`late.rs`).

use std::sync::Arc;

use store::{
    Bucket, Combined, PartMark, PartSums, Precondition, Store, StoreError, Summary, Upload,
    UploadId,
};
use types::{Checksum, ChecksumAlgorithm, ChecksumKind, ETag, ObjectKey};
use wire::documents::{CompletedMultipartUpload, CompletedPart};
use wire::inputs::CompleteMultipartUploadInput;
use wire::output::Output;
use wire::outputs::CompleteMultipartUploadOutput;
use wire::payload::{Md5, combine_crc, digest_of};
use wire::xml::Element;
use wire::{Checksums, Code, Error, RequestHead};

use super::checksums::{self, written};
use super::{Stop, authorize_to_compare, location, precondition, upload_id};
use crate::authorize::Permit;
use crate::late;
use crate::ops::ErrorContext;
use crate::pipeline::{Answer, Exchange, Handler};

/// 10,000 parts, each with its ETag in quotes and the longest checksum, are 2.2 MB; clients that
/// indent need more.
const DOCUMENT_BYTES_MAX: u64 = 4 << 20;

pub(crate) struct CompleteMultipartUpload;

impl Handler for CompleteMultipartUpload {
    type Input = CompleteMultipartUploadInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        CompleteMultipartUploadInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let id = upload_id(input.upload_id.as_deref())?;
        let condition = precondition(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        authorize_to_compare(exchange, condition, &key).await?;
        let document = exchange.document_about_an_object(DOCUMENT_BYTES_MAX).await?;
        if document.is_empty() {
            let why = "You must specify at least one part";
            return Err(Error::new(Code::InvalidRequest).message(why));
        }
        let element = Element::parse(&document, "CompleteMultipartUpload")?;
        let parts = CompletedMultipartUpload::read(&element)?.parts;
        if parts.is_empty() {
            return Err(Error::new(Code::MalformedXML));
        }
        let store = permit.store().clone();
        let (context, location) = (ErrorContext::of(exchange), location(exchange));
        late::answer(exchange.gateway.timeouts, async move {
            let completed = store.completed_upload(&bucket, (&key, id)).await;
            let object = match completed.map_err(|e| context.error(e))? {
                Some(object) => object,
                None => {
                    let upload = (&key, id);
                    let completion = Completion { store, bucket: Arc::clone(&bucket), context };
                    completion.run(upload, (input, condition, parts)).await?
                }
            };
            let output = output(&object, (&bucket.name, key.as_str(), location));
            Ok(output.body().expect("it has one"))
        })
        .await
    }
}

fn output(
    object: &Summary,
    (bucket, key, location): (&str, &str, String),
) -> CompleteMultipartUploadOutput {
    let mut output = CompleteMultipartUploadOutput {
        bucket: Some(bucket.into()),
        key: Some(key.into()),
        location: Some(location),
        etag: Some(object.etag.quoted()),
        ..Default::default()
    };
    let (sum, kind) =
        checksums::of_object((object.declared, object.declared_kind), object.crc64nvme);
    if let Some(sum) = sum {
        *output.checksum_mut(sum.algorithm()) = Some(written(sum, kind, object.etag.parts()));
        output.checksum_type = kind.map(|it| it.name().into());
    }
    output
}

/// Completes an upload that is open.
struct Completion {
    store: Store,
    bucket: Arc<Bucket>,
    context: ErrorContext,
}

impl Completion {
    async fn run(
        self,
        (key, id): (&ObjectKey, UploadId),
        (input, condition, parts): (CompleteMultipartUploadInput, Precondition, Vec<CompletedPart>),
    ) -> Result<Summary, Error> {
        let Self { store, bucket, context } = self;
        let upload = store.upload(&bucket, key, id).await.map_err(|e| context.error(e))?;
        check_kind(input.checksum_type.as_deref(), upload.kind)?;
        check_form(&input, &upload)?;
        let marks: Result<Vec<_>, _> = parts.iter().map(|it| mark(it, &upload)).collect();
        let marks = marks.map_err(|stop| refused(stop, &parts, &context))?;
        let combine = move |sums: &[PartSums]| {
            let combined = combined(&upload, sums);
            check_whole(&input, &upload, &combined, sums).map_err(Stop::Wire)?;
            Ok(combined)
        };
        let completed = store.complete_upload(&bucket, (key, id), marks, condition, combine).await;
        completed.map_err(|stop| refused(stop, &parts, &context))
    }
}

/// A refusal that is about a part names the part's ETag as the client has it.
fn refused(stop: Stop, parts: &[CompletedPart], context: &ErrorContext) -> Error {
    let number = match &stop {
        Stop::Store(StoreError::InvalidPart { number }) => Some(*number),
        Stop::Store(StoreError::PartTooSmall { number, .. }) => Some(*number),
        _ => None,
    };
    let error = stop.into_error_in(context);
    let named = |it: &&CompletedPart| it.part_number == number.map(i64::from);
    match number.and_then(|_| parts.iter().find(named)).and_then(|it| it.etag.as_deref()) {
        Some(etag) => error.with("ETag", etag.trim_matches('"')),
        None => error,
    }
}

/// Checks `x-amz-checksum-type`.
fn check_kind(given: Option<&str>, kind: Option<ChecksumKind>) -> Result<(), Error> {
    let Some(given) = checksums::kind(given)? else { return Ok(()) };
    match Some(given) == kind {
        true => Ok(()),
        false => Err(Error::new(Code::InvalidRequest).message(format!(
            "The upload was created using the {} checksum mode. The complete request must use the \
             same checksum mode.",
            kind.map_or("null", ChecksumKind::name)
        ))),
    }
}

/// Checks that the object's checksum is one, and one: `-N` may stand behind it.
fn check_form(input: &CompleteMultipartUploadInput, upload: &Upload) -> Result<(), Error> {
    if let Some(size) = input.mpu_object_size.filter(|it| *it < 0) {
        return Err(Error::new(Code::InvalidRequest).message(format!(
            "Value for x-amz-mp-object-size header is less than zero: '{size}'"
        )));
    }
    if input.given_checksums().count() > 1 {
        return Err(wire::payload::several_checksums());
    }
    let Some((given, text)) = input.given_checksum() else { return Ok(()) };
    let Some(wanted) = upload.algorithm else { return Ok(()) };
    let (sum, count) = text.split_once('-').unwrap_or((text, "1"));
    let counts = !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit());
    match Checksum::from_base64(given, sum).filter(|_| counts) {
        Some(_) => Ok(()),
        // versitygw has InvalidRequest here, ceph/s3-tests this.
        None => Err(bad_digest(wanted)),
    }
}

fn bad_digest(algorithm: ChecksumAlgorithm) -> Error {
    Error::new(Code::BadDigest).message(format!(
        "The {} you specified did not match the calculated checksum.",
        algorithm.name().to_lowercase()
    ))
}

/// Checks what the headers say of the whole object. An upload without an algorithm takes any
/// checksum for said, as AWS does.
fn check_whole(
    input: &CompleteMultipartUploadInput,
    upload: &Upload,
    combined: &Combined,
    parts: &[PartSums],
) -> Result<(), Error> {
    let length: u64 = parts.iter().map(|(length, _, _)| length).sum();
    if let Some(size) = input.mpu_object_size.filter(|it| u64::try_from(*it) != Ok(length)) {
        return Err(Error::new(Code::InvalidRequest).message(format!(
            "The provided 'x-amz-mp-object-size' header value {size} does not match what was \
             computed: {length}"
        )));
    }
    let Some((given, text)) = input.given_checksum() else { return Ok(()) };
    let Some(is) = combined.declared else { return Ok(()) };
    let count = u16::try_from(parts.len()).ok();
    // minio-go says a composite one without the number of parts.
    let fits = text == written(is, upload.kind, count) || text == is.to_base64();
    match given == is.algorithm() && fits {
        true => Ok(()),
        false => Err(bad_digest(is.algorithm())),
    }
}

/// A part as the client names it. A composite checksum needs one of each part.
fn mark(part: &CompletedPart, upload: &Upload) -> Result<PartMark, Stop> {
    let malformed = || Stop::Wire(Error::new(Code::MalformedXML));
    let number = part.part_number.ok_or_else(malformed)?;
    let etag = part.etag.as_deref().ok_or_else(malformed)?;
    if number < 1 {
        let error = Error::new(Code::InvalidArgument).message("PartNumber must be >= 1");
        let error = error.with("ArgumentName", "PartNumber");
        return Err(Stop::Wire(error.with("ArgumentValue", number.to_string())));
    }
    check_checksums(part).map_err(Stop::Wire)?;
    let number = u16::try_from(number).ok().filter(|it| *it <= store::PART_NUMBER_MAX);
    let number = number.ok_or_else(|| {
        let error = Error::new(Code::InvalidPart);
        Stop::Wire(error.with("PartNumber", part.part_number.unwrap_or_default().to_string()))
    })?;
    let invalid = || Stop::Store(StoreError::InvalidPart { number });
    let checksum = match (upload.algorithm, part.given_checksum()) {
        (_, None) if upload.kind == Some(ChecksumKind::Composite) => {
            let algorithm = upload.algorithm.map_or("", ChecksumAlgorithm::name).to_lowercase();
            return Err(Stop::Wire(Error::new(Code::InvalidRequest).message(format!(
                "The upload was created using a {algorithm} checksum. The complete request must \
                 include the checksum for each part. It was missing for part {number} in the \
                 request."
            ))));
        }
        (_, None) => None,
        (Some(wanted), Some((given, _))) if given != wanted => {
            return Err(Stop::Wire(Error::new(Code::BadDigest).message(format!(
                "The {} you specified for part {number} did not match what we received.",
                given.name().to_lowercase()
            ))));
        }
        // No checksum of a part was kept that could match.
        (None, Some(_)) => return Err(invalid()),
        (Some(_), Some((algorithm, text))) => {
            Some(Checksum::from_base64(algorithm, text).ok_or_else(invalid)?)
        }
    };
    Ok(PartMark { number, etag: ETag::parse(etag).ok_or_else(invalid)?, checksum })
}

/// A part has at most one checksum, which is one.
fn check_checksums(part: &CompletedPart) -> Result<(), Error> {
    let given: Vec<_> = part.given_checksums().collect();
    let value = match given[..] {
        [] => return Ok(()),
        [(algorithm, text)] if Checksum::from_base64(algorithm, text).is_some() => return Ok(()),
        [(_, text)] => text.to_owned(),
        _ => given.iter().map(|(it, text)| format!("{}:{text};", it.name())).collect(),
    };
    Err(Error::argument("Checksum", value)
        .message("Invalid Base64 or multiple checksums present in request"))
}

/// What the parts sum to: the CRC64NVME of the whole, and the checksum that the upload was begun
/// for, of the whole object or of the parts' checksums.
fn combined(upload: &Upload, parts: &[PartSums]) -> Combined {
    let whole = |algorithm, sum: fn(&PartSums) -> Option<Checksum>| {
        let empty = digest_of(algorithm, b"");
        parts.iter().try_fold(empty, |whole, part| combine_crc(whole, sum(part)?, part.0))
    };
    let crc64nvme = whole(ChecksumAlgorithm::Crc64Nvme, |it| Some(it.1));
    let of_sums = |algorithm| {
        let sums: Option<Vec<u8>> = parts.iter().try_fold(Vec::new(), |mut all, (_, _, sum)| {
            let sum = sum.filter(|it| it.algorithm() == algorithm)?;
            all.extend_from_slice(sum.as_bytes());
            Some(all)
        });
        sums.map(|it| digest_of(algorithm, &it))
    };
    let declared = match (upload.algorithm, upload.kind) {
        (Some(ChecksumAlgorithm::Crc64Nvme), _) => crc64nvme,
        (Some(algorithm), Some(ChecksumKind::FullObject)) => whole(algorithm, |it| it.2),
        (Some(algorithm), _) => of_sums(algorithm),
        (None, _) => None,
    };
    let md5 = |bytes: &[u8]| {
        let mut md5 = Md5::default();
        md5.update(bytes);
        md5.finish()
    };
    let crc64nvme = crc64nvme.expect("every part has a CRC64NVME, and those combine");
    Combined { crc64nvme, declared, md5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_mode_must_be_the_uploads() {
        assert!(check_kind(None, Some(ChecksumKind::Composite)).is_ok());
        assert!(check_kind(Some("COMPOSITE"), Some(ChecksumKind::Composite)).is_ok());
        assert!(check_kind(Some("full_OBJECT"), Some(ChecksumKind::FullObject)).is_ok());
        let error = check_kind(Some("WHOLE"), Some(ChecksumKind::FullObject)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "InvalidRequest: Value for x-amz-checksum-type header is invalid."
        );
        let error = check_kind(Some("FULL_OBJECT"), None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "InvalidRequest: The upload was created using the null checksum mode. The complete \
             request must use the same checksum mode."
        );
    }
}
