//! ListObjectVersions: until versioning is there, every object is its null version, the latest.

use store::Listed;
use wire::documents::ObjectVersion;
use wire::inputs::ListObjectVersionsInput;
use wire::outputs::ListObjectVersionsOutput;
use wire::{Error, RequestHead};

use super::listing::Listing;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct ListObjectVersions;

impl Handler for ListObjectVersions {
    type Input = ListObjectVersionsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListObjectVersionsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let key_marker = input.key_marker.as_deref().unwrap_or_default();
        if key_marker.is_empty() && input.version_id_marker.is_some() {
            return Err(Error::argument(
                "version-id-marker",
                input.version_id_marker.unwrap_or_default(),
            )
            .message("A version-id marker cannot be specified without a key marker."));
        }
        let names = (input.prefix.as_ref(), input.delimiter.as_ref());
        let after = input.key_marker.clone();
        let encoding = input.encoding_type.as_ref();
        let listing = Listing::new(names, after, input.max_keys, encoding)?;
        let page = permit.store().list(&exchange.bucket(), &listing.query).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        let code = listing.encoding;
        let versions = listing.objects(&page, exchange, true).into_iter().map(|it| ObjectVersion {
            key: it.key,
            version_id: Some("null".into()),
            is_latest: Some(true),
            last_modified: it.last_modified,
            etag: it.etag,
            size: it.size,
            storage_class: it.storage_class,
            owner: it.owner,
            checksum_algorithm: it.checksum_algorithm,
            checksum_type: it.checksum_type,
            restore_status: None,
        });
        let last = page.entries.last().filter(|_| page.truncated);
        let is_key = last.is_some_and(|it| matches!(it, Listed::Object { .. }));
        Ok(Answer::of(ListObjectVersionsOutput {
            name: Some(exchange.bucket_name().into()),
            prefix: Some(code.write(&listing.query.prefix)),
            key_marker: Some(code.write(key_marker)),
            version_id_marker: Some(input.version_id_marker.unwrap_or_default()),
            next_key_marker: code.write_if(last.map(Listed::name)),
            next_version_id_marker: is_key.then(|| "null".into()),
            max_keys: Some(listing.query.max as i64),
            delimiter: code.write_if(input.delimiter.as_deref().filter(|it| !it.is_empty())),
            is_truncated: Some(page.truncated),
            encoding_type: code.parameter(),
            versions: versions.collect(),
            common_prefixes: listing.common_prefixes(&page),
            ..Default::default()
        }))
    }
}
