//! CreateMultipartUpload.

use store::{Details, Headers, NewUpload};
use types::{ChecksumAlgorithm, ChecksumKind};
use wire::inputs::CreateMultipartUploadInput;
use wire::outputs::CreateMultipartUploadOutput;
use wire::{Code, Error, RequestHead};

use super::{acl, canonical_id, check_metadata, checksums, stored_encoding, tags};
use crate::authorize::{Ask, Permit};
use crate::caller::Caller;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct CreateMultipartUpload;

impl Handler for CreateMultipartUpload {
    type Input = CreateMultipartUploadInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        CreateMultipartUploadInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(tags::ask_to_put(exchange, input.tagging.as_deref())))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        acl::check_object(exchange)?;
        check_metadata(&input.metadata)?;
        let tags = tags::to_put::<Self>(exchange, input.tagging.as_deref())?;
        let sums = checksum(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let headers = Headers {
            content_type: input.content_type,
            content_encoding: stored_encoding(input.content_encoding),
            content_language: input.content_language,
            content_disposition: input.content_disposition,
            cache_control: input.cache_control,
            expires: input.expires,
        };
        let details = Details { headers, user: input.metadata, tags };
        let initiator = initiator(exchange);
        let new = NewUpload { details, algorithm: sums.0, kind: sums.1, initiator };
        let created = permit.store().create_upload(&bucket, &key, new).await;
        let id = created.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::of(CreateMultipartUploadOutput {
            bucket: Some(bucket.name.clone()),
            key: Some(key.as_str().into()),
            upload_id: Some(id.to_string()),
            checksum_algorithm: sums.0.map(|it| it.name().into()),
            checksum_type: sums.1.map(|it| it.name().into()),
            ..Default::default()
        }))
    }
}

/// Who begins an upload, as listings name them ("ListParts", S3 API Reference: an IAM user by its ARN,
/// an account as an owner).
fn initiator(exchange: &Exchange<'_>) -> String {
    match &exchange.caller {
        Caller::User(identity, _) => identity.user.arn.to_string(),
        Caller::Root(_) => canonical_id(exchange),
        Caller::Anonymous => ANONYMOUS_ID.to_owned(),
    }
}

/// The canonical user id that Amazon S3 shows of who didn't sign, in access logs and listings.
const ANONYMOUS_ID: &str = "65a011a29cdf8ec533ec3d1ccaae921c";

/// Which checksum the object will have ("Checking object integrity": CRC64NVME is of the full object
/// only; CRC32 and CRC32C of either; all others, which no whole follows from, composite only).
fn checksum(
    algorithm: Option<&str>,
    kind: Option<&str>,
) -> Result<(Option<ChecksumAlgorithm>, Option<ChecksumKind>), Error> {
    let kind = checksums::kind(kind)?;
    let Some(name) = algorithm else {
        return match kind {
            None => Ok((None, None)),
            Some(_) => Err(Error::new(Code::InvalidRequest).message(
                "The x-amz-checksum-type header can only be used with the \
                 x-amz-checksum-algorithm header.",
            )),
        };
    };
    let algorithm = checksums::algorithm(name)?;
    let crc64 = algorithm == ChecksumAlgorithm::Crc64Nvme;
    let default = if crc64 { ChecksumKind::FullObject } else { ChecksumKind::Composite };
    let kind = kind.unwrap_or(default);
    let fits = match kind {
        ChecksumKind::FullObject => algorithm.is_crc(),
        ChecksumKind::Composite => !crc64,
    };
    match fits {
        true => Ok((Some(algorithm), Some(kind))),
        false => Err(Error::new(Code::InvalidRequest).message(format!(
            "The {} checksum type cannot be used with the {} checksum algorithm.",
            kind.name(),
            algorithm.name().to_lowercase()
        ))),
    }
}
