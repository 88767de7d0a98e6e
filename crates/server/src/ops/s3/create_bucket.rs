//! CreateBucket.

use store::{NewBucket, StoreError};
use types::BucketName;
use wire::documents::CreateBucketConfiguration;
use wire::inputs::CreateBucketInput;
use wire::outputs::CreateBucketOutput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use super::put_bucket_tagging::{check_tags, encode_tags};
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

/// Longest LocationConstraint, in bytes.
const LOCATION_BYTES_MAX: usize = 64;

pub(crate) struct CreateBucket;

impl Handler for CreateBucket {
    type Input = CreateBucketInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        CreateBucketInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let name = BucketName::new(exchange.bucket_name()).map_err(|why| {
            Error::new(Code::InvalidBucketName)
                .with("BucketName", exchange.bucket_name())
                .because(why)
        })?;
        let (document, _) = exchange.document().await?;
        let configuration = match document.is_empty() {
            true => CreateBucketConfiguration::default(),
            false => CreateBucketConfiguration::read(&Element::parse(
                &document,
                "CreateBucketConfiguration",
            )?)?,
        };
        // Directory buckets and their zones aren't there.
        if configuration.bucket.is_some() || configuration.location.is_some() {
            return Err(Error::new(Code::NotImplemented)
                .message("Only general purpose buckets are implemented"));
        }
        let location = configuration.location_constraint.unwrap_or_default();
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if location.len() > LOCATION_BYTES_MAX || !location.bytes().all(plain) {
            return Err(
                Error::new(Code::InvalidLocationConstraint).with("LocationConstraint", location)
            );
        }
        check_tags(&configuration.tags)?;
        let owner = exchange.gateway.account;
        let created =
            permit.store().create_bucket(NewBucket { name: name.clone(), owner, location }).await;
        let bucket = created.map_err(|error| match error {
            StoreError::BucketExists { owner: it } if it == owner => {
                Error::new(Code::BucketAlreadyOwnedByYou).with("BucketName", name.as_str())
            }
            other => error_of(other, exchange),
        })?;
        if !configuration.tags.is_empty() {
            let document = Some(encode_tags(&configuration.tags));
            let set = permit.store().set_config(&bucket, store::Config::Tags, document).await;
            set.map_err(|e| error_of(e, exchange))?;
        }
        Ok(Answer::of(&CreateBucketOutput {
            location: Some(format!("/{name}")),
            bucket_arn: Some(format!("arn:aws:s3:::{name}")),
        }))
    }
}
