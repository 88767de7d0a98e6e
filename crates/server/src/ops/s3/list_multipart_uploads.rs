//! ListMultipartUploads.

use store::{UploadId, UploadQuery};
use types::ObjectKey;
use wire::documents::{CommonPrefix, MultipartUpload};
use wire::inputs::ListMultipartUploadsInput;
use wire::outputs::ListMultipartUploadsOutput;
use wire::{Error, RequestHead};

use super::listing::{Encoding, whole_seconds};
use super::{initiator_of, owner, page_size};
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
        let key_after = input.key_marker.clone().filter(|it| !it.is_empty());
        // An upload is a marker only together with its key.
        let upload_marker =
            input.upload_id_marker.filter(|it| key_after.is_some() && !it.is_empty());
        let upload_after = match (upload_marker.as_deref(), &key_after) {
            (Some(id), Some(key)) => Some(marker(exchange, &permit, (key, id)).await?),
            _ => None,
        };
        let query = UploadQuery {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone().unwrap_or_default(),
            key_after,
            upload_after,
            max: page_size("max-uploads", input.max_uploads)?,
        };
        let bucket = exchange.bucket();
        let page = permit.store().list_uploads(&bucket, &query).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        // S3 names the last upload even where nothing follows it, and nothing for a common prefix;
        // differs from AWS: a page that ends with a common prefix names it, so that clients can go on.
        let next = page.next.filter(|(_, id)| page.truncated || id.is_some());
        let uploads = page.uploads.into_iter().map(|it| MultipartUpload {
            key: Some(code.write(&it.key)),
            upload_id: Some(it.id.to_string()),
            initiated: Some(whole_seconds(it.initiated)),
            storage_class: Some("STANDARD".into()),
            owner: Some(owner(exchange)),
            initiator: Some(initiator_of(exchange, it.initiator)),
            checksum_algorithm: it.algorithm.map(|it| it.name().into()),
            checksum_type: it.kind.map(|it| it.name().into()),
            version_id: None,
        });
        let prefixes = page.common_prefixes.iter();
        Ok(Answer::of(ListMultipartUploadsOutput {
            bucket: Some(bucket.name.clone()),
            prefix: code.write_if(input.prefix.as_deref()),
            delimiter: code.write_if(input.delimiter.as_deref().filter(|it| !it.is_empty())),
            key_marker: Some(code.write(input.key_marker.as_deref().unwrap_or_default())),
            upload_id_marker: Some(upload_marker.unwrap_or_default()),
            next_key_marker: Some(next.as_ref().map_or(String::new(), |(key, _)| code.write(key))),
            next_upload_id_marker: Some(
                next.and_then(|(_, id)| id).map_or(String::new(), |it| it.to_string()),
            ),
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

/// The upload of a key behind which a page begins. It may have ended since: whoever aborts what a page
/// names goes on behind it all the same.
async fn marker(
    exchange: &Exchange<'_>,
    permit: &Permit<'_, ListMultipartUploads>,
    (key, text): (&str, &str),
) -> Result<UploadId, Error> {
    let invalid = || Error::argument("upload-id-marker", text).message("Invalid uploadId marker");
    let id = UploadId::parse(text).ok_or_else(invalid)?;
    let key = ObjectKey::new(key.to_owned()).map_err(|_| invalid())?;
    let fits = permit.store().is_upload_marker(&exchange.bucket(), &key, id).await;
    match fits.map_err(|e| error_of(e, exchange))? {
        true => Ok(id),
        false => Err(invalid()),
    }
}
