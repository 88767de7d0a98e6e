//! ListParts.

use wire::documents::Part;
use wire::inputs::ListPartsInput;
use wire::outputs::ListPartsOutput;
use wire::{Checksums, Error, RequestHead};

use super::listing::whole_seconds;
use super::{initiator_of, owner, page_size, part_marker, upload_id};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct ListParts;

impl Handler for ListParts {
    type Input = ListPartsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListPartsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let id = upload_id(input.upload_id.as_deref())?;
        let max = page_size("max-parts", input.max_parts)?;
        let after = part_marker(input.part_number_marker)?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let upload = permit.store().upload(&bucket, &key, id).await;
        let upload = upload.map_err(|e| error_of(e, exchange))?;
        let page = permit.store().list_parts(&bucket, (&key, id), after, max).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        let next = page.parts.last().map_or(0, |it| it.number);
        let parts = page.parts.into_iter().map(|it| {
            let mut part = Part {
                part_number: Some(i64::from(it.number)),
                last_modified: Some(whole_seconds(it.modified)),
                etag: Some(it.etag.quoted()),
                size: Some(it.length as i64),
                ..Default::default()
            };
            part.set_checksum(it.declared);
            part
        });
        Ok(Answer::of(ListPartsOutput {
            bucket: Some(bucket.name.clone()),
            key: Some(key.as_str().into()),
            upload_id: Some(id.to_string()),
            part_number_marker: Some(i64::from(after)),
            next_part_number_marker: Some(i64::from(next)),
            max_parts: Some(max as i64),
            // A page of none has no last part from which to go on.
            is_truncated: Some(page.truncated && max > 0),
            parts: parts.collect(),
            initiator: Some(initiator_of(exchange, upload.initiator)),
            owner: Some(owner(exchange)),
            storage_class: Some("STANDARD".into()),
            checksum_algorithm: upload.algorithm.map(|it| it.name().into()),
            checksum_type: upload.kind.map(|it| it.name().into()),
            ..Default::default()
        }))
    }
}
