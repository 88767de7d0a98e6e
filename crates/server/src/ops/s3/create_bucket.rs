//! CreateBucket.

use store::{Config, Documents, NewBucket, StoreError};
use types::BucketName;
use wire::documents::{CreateBucketConfiguration, Tag};
use wire::inputs::CreateBucketInput;
use wire::outputs::CreateBucketOutput;
use wire::xml::Element;
use wire::{Code, Error, RequestHead};

use super::acl;
use super::tags;
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::{OWNER_ENFORCED, PublicAccessBlock, encode_tags};

/// Longest LocationConstraint, in bytes.
const LOCATION_BYTES_MAX: usize = 64;

pub(crate) struct CreateBucket;

impl Handler for CreateBucket {
    type Input = CreateBucketInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        CreateBucketInput::decode(head)
    }

    /// Who nobody is makes no bucket, whatever the body says.
    fn ask(exchange: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok((!exchange.is_signed()).then(|| Ask::of_target(exchange)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let name = BucketName::new(exchange.bucket_name()).map_err(|why| {
            Error::new(Code::InvalidBucketName)
                .with("BucketName", exchange.bucket_name())
                .because(why)
        })?;
        // Policies may speak of what the body says, so it is read before they are asked.
        let (document, _) = exchange.document().await?;
        let configuration = configuration(&document);
        let permit = authorize(exchange, configuration.as_ref().ok())?;
        let configuration = configuration?;
        acl::check_new_bucket(exchange)?;
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
        tags::check(&tags::pairs(configuration.tags.clone())?, &tags::NEW_BUCKET)?;
        let owner = exchange.owner();
        let address = address(exchange, &name, &location);
        let documents =
            documents(exchange.gateway.new_bucket_public_access_block, &configuration.tags);
        let new = NewBucket { name: name.clone(), owner, location, documents };
        permit.store().create_bucket(new).await.map_err(|error| match error {
            StoreError::BucketExists { owner: it } if it == owner => {
                Error::new(Code::BucketAlreadyOwnedByYou).with("BucketName", name.as_str())
            }
            other => error_of(other, exchange),
        })?;
        Ok(Answer::of(CreateBucketOutput {
            location: Some(address),
            bucket_arn: Some(format!("arn:aws:s3:::{name}")),
        }))
    }
}

/// Where the bucket is: S3 says the path, and of one that was given a place the whole address.
fn address(exchange: &Exchange<'_>, name: &BucketName, location: &str) -> String {
    let host = exchange.head.headers.get("host").and_then(|it| it.to_str().ok());
    let host = host.unwrap_or_default();
    let below = format!("{name}.{host}");
    let hosts = &exchange.gateway.hosts;
    match [host, &below].into_iter().find(|it| hosts.names_bucket(it)) {
        Some(host) if !location.is_empty() => format!("http://{host}/"),
        _ => format!("/{name}"),
    }
}

fn configuration(document: &[u8]) -> Result<CreateBucketConfiguration, Error> {
    match document {
        [] => Ok(CreateBucketConfiguration::default()),
        _ => {
            CreateBucketConfiguration::read(&Element::parse(document, "CreateBucketConfiguration")?)
        }
    }
}

/// Asks for the bucket, and for the tags that it is to have ("CreateBucket", S3 API Reference).
fn authorize<'a>(
    exchange: &Exchange<'a>,
    configuration: Option<&CreateBucketConfiguration>,
) -> Result<Permit<'a, CreateBucket>, Error> {
    let mut ask = Ask::of_target(exchange);
    let tags = configuration.map_or(&[][..], |it| &it.tags);
    if let Some(location) = configuration.and_then(|it| it.location_constraint.as_ref()) {
        ask = ask.with("s3:LocationConstraint", location);
    }
    let pair =
        |it: &Tag| (it.key.clone().unwrap_or_default(), it.value.clone().unwrap_or_default());
    ask = ask.with_request_tags(tags.iter().map(pair));
    let permit = exchange.authorize(&ask)?;
    if !tags.is_empty() {
        exchange.authorize::<()>(&ask.for_action("s3:TagResource"))?;
    }
    Ok(permit)
}

/// What a bucket is configured to from its first moment.
fn documents(public_access_block: bool, tags: &[Tag]) -> Documents {
    let mut documents = Documents::default().with(Config::Ownership, OWNER_ENFORCED);
    if public_access_block {
        documents = documents.with(Config::PublicAccessBlock, PublicAccessBlock::ALL.encode());
    }
    match encode_tags(tags) {
        None => documents,
        Some(tags) => documents.with(Config::Tags, tags),
    }
}
