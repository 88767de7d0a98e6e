//! HeadBucket; with two headers of our own: how many objects there are, and their bytes.

use wire::inputs::HeadBucketInput;
use wire::outputs::HeadBucketOutput;
use wire::{Error, RequestHead};

use super::region_of;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct HeadBucket;

impl Handler for HeadBucket {
    type Input = HeadBucketInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        HeadBucketInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let bucket = exchange.bucket();
        let usage = permit.store().usage(&bucket).await.map_err(|e| error_of(e, exchange))?;
        let answer = Answer::of(HeadBucketOutput {
            bucket_region: Some(region_of(exchange)),
            access_point_alias: Some(false),
            bucket_arn: Some(format!("arn:aws:s3:::{}", bucket.name)),
            ..Default::default()
        });
        Ok(answer
            .with_header("content-type", "application/xml")
            .with_header("x-onggi-object-count", &usage.objects.to_string())
            .with_header("x-onggi-bytes-used", &usage.bytes.to_string()))
    }
}
