//! PostObject: an upload by a form. The pipeline has read its fields, found who signed them and held
//! them to their policy; its target and headers are those of the PutObject that the form asks for.

use types::ChecksumKind;
use wire::inputs::PutObjectInput;
use wire::payload::Plan;
use wire::post_form::Success;
use wire::xml::{Writer, percent_encoded};
use wire::{Error, RequestHead};

use super::put_object::{Put, put};
use super::{checksums, location, tags};
use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct PostObject;

/// What a form asks.
pub(crate) struct PostObjectInput {
    object: PutObjectInput,
    success: Success,
}

impl Handler for PostObject {
    type Input = PostObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        let form = head.posted.expect("the pipeline read the form");
        let object = PutObjectInput { metadata: form.metadata()?, ..PutObjectInput::decode(head)? };
        Ok(PostObjectInput { object, success: form.success() })
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(tags::ask_to_put(exchange, input.object.tagging.as_deref())))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let unread = exchange.take_body();
        let plan = Plan::of_file(exchange.head.headers, unread.file_bytes())?;
        let Put { etag, sum } = put(exchange, &permit, unread.read(plan), input.object).await?;
        let location = location(exchange);
        let mut answer = match input.success {
            Success::Empty(status) => Answer::empty(status).with_header("location", &location),
            Success::Created => {
                let document = created(exchange, &location, &etag);
                Answer { status: 201, ..Answer::empty(200).with_xml(document) }
                    .with_header("location", &location)
            }
            Success::Redirect(page) => {
                let page = redirected(&page, exchange, &etag);
                Answer::empty(303).with_header("location", &page)
            }
        };
        answer = answer.with_header("etag", &etag);
        checksums::put_header(&mut answer.headers, Some(sum), Some(ChecksumKind::FullObject), None);
        Ok(answer)
    }
}

/// In no namespace, as S3 has it.
fn created(exchange: &Exchange<'_>, location: &str, etag: &str) -> String {
    let mut xml = Writer::new();
    xml.plain_root("PostResponse", |xml| {
        xml.text("Location", location);
        xml.text("Bucket", exchange.bucket_name());
        xml.text("Key", exchange.head.target.key().unwrap_or_default());
        xml.text("ETag", etag);
    });
    xml.finish()
}

/// The page with what was made behind its own query; a fragment stays at the end.
fn redirected(page: &str, exchange: &Exchange<'_>, etag: &str) -> String {
    let (page, fragment) = page.split_at(page.find('#').unwrap_or(page.len()));
    let key = exchange.head.target.key().unwrap_or_default();
    let mut text = page.to_owned();
    for (name, value) in [("bucket", exchange.bucket_name()), ("key", key), ("etag", etag)] {
        text.push(if text.contains('?') { '&' } else { '?' });
        text.extend([name, "=", &percent_encoded(value).replace("%20", "+")]);
    }
    text + fragment
}
