//! CompleteMultipartUpload.

use store::{Combined, PartMark};
use types::{Checksum, ChecksumAlgorithm, ChecksumKind, ETag};
use wire::documents::{CompletedMultipartUpload, CompletedPart};
use wire::inputs::CompleteMultipartUploadInput;
use wire::outputs::CompleteMultipartUploadOutput;
use wire::payload::{Md5, combine_crc64nvme, digest_of};
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use super::{precondition, upload_id};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

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
        let (document, _) = exchange.document().await?;
        let element = Element::parse(&document, "CompleteMultipartUpload")?;
        let marks = marks(CompletedMultipartUpload::read(&element)?)?;
        let upload = permit.store().upload(&bucket, &key, id).await;
        let upload = upload.map_err(|e| error_of(e, exchange))?;
        let algorithm = upload.algorithm;
        let combine = |parts: &[(u64, Checksum, Option<Checksum>)]| combined(algorithm, parts);
        let completed =
            permit.store().complete_upload(&bucket, (&key, id), &marks, condition, combine).await;
        let meta = completed.map_err(|e| error_of(e, exchange))?;
        let mut output = CompleteMultipartUploadOutput {
            bucket: Some(bucket.name.clone()),
            key: Some(key.as_str().into()),
            location: Some(format!("/{}/{}", bucket.name, key)),
            etag: Some(meta.etag.quoted()),
            ..Default::default()
        };
        let (sum, kind) = match meta.declared {
            Some(sum) => (Some(sum), meta.declared_kind),
            None => (meta.crc64nvme, Some(ChecksumKind::FullObject)),
        };
        if let Some(sum) = sum {
            let suffix = match (kind, meta.etag.parts()) {
                (Some(ChecksumKind::Composite), Some(parts)) => format!("-{parts}"),
                _ => String::new(),
            };
            *checksum_member(&mut output, sum.algorithm()) =
                Some(format!("{}{suffix}", sum.to_base64()));
            output.checksum_type = kind.map(|it| it.name().into());
        }
        Ok(Answer::of(&output))
    }
}

fn checksum_member(
    output: &mut CompleteMultipartUploadOutput,
    algorithm: ChecksumAlgorithm,
) -> &mut Option<String> {
    match algorithm {
        ChecksumAlgorithm::Crc32 => &mut output.checksum_crc32,
        ChecksumAlgorithm::Crc32c => &mut output.checksum_crc32c,
        ChecksumAlgorithm::Crc64Nvme => &mut output.checksum_crc64nvme,
        ChecksumAlgorithm::Sha1 => &mut output.checksum_sha1,
        ChecksumAlgorithm::Sha256 => &mut output.checksum_sha256,
    }
}

fn marks(document: CompletedMultipartUpload) -> Result<Vec<PartMark>, Error> {
    if document.parts.is_empty() {
        return Err(Error::new(Code::MalformedXML));
    }
    document.parts.iter().map(mark).collect()
}

fn mark(part: &CompletedPart) -> Result<PartMark, Error> {
    let number = part.part_number.ok_or_else(|| Error::new(Code::MalformedXML))?;
    let invalid = || Error::new(Code::InvalidPart).with("PartNumber", number.to_string());
    let etag = part.etag.as_deref().ok_or_else(|| Error::new(Code::MalformedXML))?;
    let sums = [
        (ChecksumAlgorithm::Crc32, &part.checksum_crc32),
        (ChecksumAlgorithm::Crc32c, &part.checksum_crc32c),
        (ChecksumAlgorithm::Crc64Nvme, &part.checksum_crc64nvme),
        (ChecksumAlgorithm::Sha1, &part.checksum_sha1),
        (ChecksumAlgorithm::Sha256, &part.checksum_sha256),
    ];
    let named = sums.into_iter().find_map(|(it, text)| text.as_ref().map(|text| (it, text)));
    let checksum = match named {
        None => None,
        Some((it, text)) => Some(Checksum::from_base64(it, text).ok_or_else(invalid)?),
    };
    Ok(PartMark {
        number: u16::try_from(number).map_err(|_| invalid())?,
        etag: ETag::parse(etag).ok_or_else(invalid)?,
        checksum,
    })
}

/// What the parts sum to: the CRC64NVME of the whole, and the checksum of the parts' checksums, if
/// the upload was begun with an algorithm and each part has one.
fn combined(
    algorithm: Option<ChecksumAlgorithm>,
    parts: &[(u64, Checksum, Option<Checksum>)],
) -> Combined {
    let empty = digest_of(ChecksumAlgorithm::Crc64Nvme, b"");
    let crc64nvme =
        parts.iter().fold(empty, |whole, (length, crc, _)| combine_crc64nvme(whole, *crc, *length));
    let of_parts = |algorithm| {
        let sums: Option<Vec<u8>> = parts.iter().try_fold(Vec::new(), |mut all, (_, _, sum)| {
            let sum = sum.filter(|it| it.algorithm() == algorithm)?;
            all.extend_from_slice(sum.as_bytes());
            Some(all)
        });
        sums.map(|it| digest_of(algorithm, &it))
    };
    let declared = match algorithm {
        Some(ChecksumAlgorithm::Crc64Nvme) => Some(crc64nvme),
        Some(algorithm) => of_parts(algorithm),
        None => None,
    };
    let md5 = |bytes: &[u8]| {
        let mut md5 = Md5::default();
        md5.update(bytes);
        md5.finish()
    };
    Combined { crc64nvme, declared, md5 }
}
