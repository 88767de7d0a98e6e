//! ListBuckets.

use wire::documents::Bucket;
use wire::inputs::ListBucketsInput;
use wire::outputs::ListBucketsOutput;
use wire::{Error, RequestHead};

use super::listing::{read_token, write_token};
use super::{owner, region_at};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

/// Most buckets of a page, and of an answer to who asks for no page.
const BUCKETS_MAX: i64 = 10_000;

pub(crate) struct ListBuckets;

impl Handler for ListBuckets {
    type Input = ListBucketsInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        ListBucketsInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let max = input.max_buckets.unwrap_or(BUCKETS_MAX);
        if !(1..=BUCKETS_MAX).contains(&max) {
            return Err(Error::argument("max-buckets", max.to_string())
                .message("Argument max-buckets must be an integer between 1 and 10000"));
        }
        let token = input.continuation_token.as_deref().filter(|it| !it.is_empty());
        let after = token.map(read_token).transpose()?;
        let prefix = input.prefix.clone().unwrap_or_default();
        let account = exchange.owner();
        let page = permit.store().list_buckets(account, &prefix, after.as_deref(), max as usize);
        let page = page.await.map_err(|e| error_of(e, exchange))?;
        let next = page.buckets.last().filter(|_| page.more).map(|it| write_token(&it.name));
        let buckets = page.buckets.into_iter().filter_map(|it| {
            let place = region_at(&it.location, exchange);
            let wanted = input.bucket_region.as_ref().is_none_or(|wanted| *wanted == place);
            wanted.then(|| Bucket {
                bucket_arn: Some(format!("arn:aws:s3:::{}", it.name)),
                name: Some(it.name),
                creation_date: Some(it.created),
                bucket_region: Some(place),
            })
        });
        Ok(Answer::of(ListBucketsOutput {
            buckets: buckets.collect(),
            owner: Some(owner(exchange)),
            prefix: input.prefix,
            continuation_token: next,
        }))
    }
}
