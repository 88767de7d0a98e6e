//! GetObject.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use store::{ObjectReader, StoreError};
use wire::inputs::GetObjectInput;
use wire::{Code, Error, RequestHead};

use super::{Stop, reading};
use crate::authorize::{Ask, Permit};
use crate::body::{Content, Source};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetObject;

impl Handler for GetObject {
    type Input = GetObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetObjectInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(Some(Ask::of_object(exchange, &input.version_id, "s3:GetObjectVersion")))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        reading::check(&input, exchange)?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let missing =
            || exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()));
        let (number, now) = (reading::part_number(&input)?, exchange.began_at);
        let opened = permit
            .store()
            .read(&bucket, &key, number, |object, part| {
                let wanted = reading::choose((&input, now), object, (number, part));
                let wanted = wanted.map_err(Stop::Wire)?;
                Ok((wanted, wanted.span))
            })
            .await;
        let opened = opened.map_err(|stop: Stop| stop.into_error(exchange))?;
        let (wanted, object, reader) = opened.ok_or_else(missing)?;
        let mut answer = reading::answer(exchange, &input, object, wanted);
        answer.content =
            content(reader, wanted.span.length()).await.map_err(|e| error_of(e, exchange))?;
        Ok(answer)
    }
}

/// A small body is read before the headers go out: then damage is an error and not a broken
/// connection, and both leave in one packet.
async fn content(mut reader: ObjectReader, length: u64) -> Result<Content, StoreError> {
    let first = reader.next().await?.unwrap_or_default();
    if first.len() as u64 == length {
        return Ok(Content::Whole(first));
    }
    let source = Box::new(Rest { first: Some(first), reader });
    Ok(Content::Stream { length: Some(length), source })
}

struct Rest {
    first: Option<Bytes>,
    reader: ObjectReader,
}

impl Source for Rest {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + '_>> {
        Box::pin(async move {
            if let Some(first) = self.first.take().filter(|it| !it.is_empty()) {
                return Ok(Some(first));
            }
            self.reader.next().await.map_err(|e| e.to_string())
        })
    }
}
