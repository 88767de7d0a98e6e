//! ListMultipartUploads.

use store::{UploadId, UploadQuery};
use wire::documents::{CommonPrefix, Initiator, MultipartUpload};
use wire::inputs::ListMultipartUploadsInput;
use wire::outputs::ListMultipartUploadsOutput;
use wire::{Error, RequestHead};

use super::listing::{Encoding, whole_seconds};
use super::{canonical_id, owner, page_size};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct ListMultipartUploads;

impl Handler for ListMultipartUploads {
    type Input = ListMultipartUploadsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListMultipartUploadsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let code = Encoding::of(input.encoding_type.as_deref())?;
        let query = UploadQuery {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone().unwrap_or_default(),
            key_after: input.key_marker.clone().filter(|it| !it.is_empty()),
            upload_after: input.upload_id_marker.as_deref().and_then(UploadId::parse),
            max: page_size("max-uploads", input.max_uploads)?,
        };
        let bucket = exchange.bucket();
        let page = permit.store().list_uploads(&bucket, &query).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        let next = page.next.filter(|_| page.truncated);
        let uploads = page.uploads.into_iter().map(|it| MultipartUpload {
            key: Some(code.write(&it.key)),
            upload_id: Some(it.id.to_string()),
            initiated: Some(whole_seconds(it.initiated)),
            storage_class: Some("STANDARD".into()),
            owner: Some(owner(exchange)),
            initiator: Some(Initiator { id: Some(canonical_id(exchange)), display_name: None }),
            checksum_algorithm: it.algorithm.map(|it| it.name().into()),
            checksum_type: it.kind.map(|it| it.name().into()),
            version_id: None,
        });
        let prefixes = page.common_prefixes.iter();
        Ok(Answer::of(&ListMultipartUploadsOutput {
            bucket: Some(bucket.name.clone()),
            prefix: Some(code.write(&query.prefix)),
            delimiter: code.write_if(input.delimiter.as_deref().filter(|it| !it.is_empty())),
            key_marker: Some(code.write(input.key_marker.as_deref().unwrap_or_default())),
            upload_id_marker: Some(input.upload_id_marker.clone().unwrap_or_default()),
            next_key_marker: next.as_ref().map(|(key, _)| code.write(key)),
            next_upload_id_marker: next.and_then(|(_, id)| id).map(|it| it.to_string()),
            max_uploads: Some(query.max as i64),
            is_truncated: Some(page.truncated),
            encoding_type: code.parameter(),
            uploads: uploads.collect(),
            common_prefixes: prefixes
                .map(|it| CommonPrefix { prefix: Some(code.write(it)) })
                .collect(),
            ..Default::default()
        }))
    }
}
