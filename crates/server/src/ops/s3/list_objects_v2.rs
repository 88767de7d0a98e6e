//! ListObjectsV2.

use store::Listed;
use wire::inputs::ListObjectsV2Input;
use wire::outputs::ListObjectsV2Output;
use wire::{Error, RequestHead};

use super::listing::{Listing, read_token, write_token};
use super::region_of;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct ListObjectsV2;

impl Handler for ListObjectsV2 {
    type Input = ListObjectsV2Input;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListObjectsV2Input::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let names = (input.prefix.as_ref(), input.delimiter.as_ref());
        let token = input.continuation_token.as_ref().filter(|it| !it.is_empty());
        let after = match token {
            Some(token) => Some(read_token(token)?),
            None => input.start_after.clone(),
        };
        let encoding = input.encoding_type.as_ref();
        let listing = Listing::new(names, after, input.max_keys, encoding)?;
        let page = permit.store().list(&exchange.bucket(), &listing.query).await;
        let page = page.map_err(|e| error_of(e, exchange))?;
        let code = listing.encoding;
        let next = page.entries.last().map(Listed::name).filter(|_| page.truncated);
        let answer = Answer::of(ListObjectsV2Output {
            name: Some(exchange.bucket_name().into()),
            prefix: Some(code.write(&listing.query.prefix)),
            max_keys: Some(listing.query.max as i64),
            key_count: Some(page.entries.len() as i64),
            delimiter: code.write_if(input.delimiter.as_deref().filter(|it| !it.is_empty())),
            is_truncated: Some(page.truncated),
            encoding_type: code.parameter(),
            start_after: code.write_if(input.start_after.as_deref()),
            continuation_token: input.continuation_token,
            next_continuation_token: next.map(write_token),
            contents: listing.objects(&page, exchange, input.fetch_owner == Some(true)),
            common_prefixes: listing.common_prefixes(&page),
            ..Default::default()
        });
        Ok(answer.with_header("x-amz-bucket-region", &region_of(exchange)))
    }
}
