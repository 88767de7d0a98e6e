//! ListObjects, the first version.

use store::Listed;
use wire::inputs::ListObjectsInput;
use wire::outputs::ListObjectsOutput;
use wire::{Error, RequestHead};

use super::listing::Listing;
use super::region_of;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct ListObjects;

impl Handler for ListObjects {
    type Input = ListObjectsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListObjectsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let names = (input.prefix.as_ref(), input.delimiter.as_ref());
        let marker = input.marker.clone();
        let encoding = input.encoding_type.as_ref();
        let listing = Listing::new(names, marker.clone(), input.max_keys, encoding)?;
        let page = permit.store().list(&exchange.bucket(), &listing.query).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        let code = listing.encoding;
        // S3 names the next marker only with a delimiter; without one it is the last key.
        let next = page.entries.last().map(Listed::name);
        let next = next.filter(|_| page.truncated && input.delimiter.is_some());
        let answer = Answer::of(ListObjectsOutput {
            name: Some(exchange.bucket_name().into()),
            prefix: Some(code.write(&listing.query.prefix)),
            marker: Some(code.write(marker.as_deref().unwrap_or_default())),
            next_marker: code.write_if(next),
            max_keys: Some(listing.query.max as i64),
            delimiter: code.write_if(input.delimiter.as_deref().filter(|it| !it.is_empty())),
            is_truncated: Some(page.truncated),
            encoding_type: code.parameter(),
            // Recorded of AWS: nobody in particular isn't told whose they are.
            contents: listing.objects(&page, exchange, exchange.is_signed()),
            common_prefixes: listing.common_prefixes(&page),
            ..Default::default()
        });
        Ok(answer.with_header("x-amz-bucket-region", &region_of(exchange)))
    }
}
