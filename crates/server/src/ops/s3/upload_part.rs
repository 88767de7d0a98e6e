//! UploadPart.

use types::{ChecksumAlgorithm, ChecksumKind};
use wire::inputs::UploadPartInput;
use wire::outputs::UploadPartOutput;
use wire::payload::{BODY_BYTES_MAX, Plan};
use wire::{Code, Error, RequestHead};

use super::{checksums, part_number, upload_id};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct UploadPart;

impl Handler for UploadPart {
    type Input = UploadPartInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        UploadPartInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let number = part_number(input.part_number)?;
        let id = upload_id(input.upload_id.as_deref())?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let unread = exchange.take_body();
        let mut plan = Plan::of(exchange.head.headers, unread.signed.hash, BODY_BYTES_MAX)?;
        let upload = permit.store().upload(&bucket, &key, id).await;
        let upload = upload.map_err(|e| error_of(e, exchange))?;
        if let Some(wanted) = upload.algorithm {
            check_algorithm((wanted, upload.kind), plan.declared_algorithm())?;
            plan.compute(wanted);
        }
        let mut body = unread.read(plan);
        let writer = permit.store().begin_part(&bucket, (&key, id), number, body.length()).await;
        let mut writer = writer.map_err(|e| error_of(e, exchange))?;
        while let Some(bytes) = body.next().await? {
            writer.write(bytes).await.map_err(|e| error_of(e, exchange))?;
        }
        exchange.bytes_received += body.received();
        let verified = body.finish().await?;
        let mut digests = checksums::digests(&verified);
        // An upload that was begun without an algorithm keeps no checksums of parts but CRC64NVME.
        digests.declared = digests.declared.filter(|_| upload.algorithm.is_some());
        writer.commit(digests).await.map_err(|e| error_of(e, exchange))?;
        let etag = types::ETag::of_body(verified.md5()).quoted();
        let mut answer = Answer::of(UploadPartOutput { etag: Some(etag), ..Default::default() });
        checksums::put_header(&mut answer.headers, verified.declared(), None::<ChecksumKind>, None);
        Ok(answer)
    }
}

/// A part's checksum is of the algorithm that the upload was begun with. Where the object's is made of
/// the parts' checksums each has to bring one.
fn check_algorithm(
    (wanted, kind): (ChecksumAlgorithm, Option<ChecksumKind>),
    given: Option<ChecksumAlgorithm>,
) -> Result<(), Error> {
    let fits = match given {
        Some(given) => given == wanted,
        None => kind != Some(ChecksumKind::Composite),
    };
    match fits {
        true => Ok(()),
        false => Err(Error::new(Code::InvalidRequest).message(format!(
            "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
            wanted.name().to_lowercase(),
            given.map_or("null", ChecksumAlgorithm::name).to_lowercase()
        ))),
    }
}
