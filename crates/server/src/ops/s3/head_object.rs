//! HeadObject: GetObject without the bytes.

use wire::inputs::GetObjectInput;
use wire::{Code, Error, RequestHead};

use super::reading;
use crate::authorize::Permit;
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct HeadObject;

impl Handler for HeadObject {
    // The two inputs have the same members.
    type Input = GetObjectInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetObjectInput::decode(head)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        reading::check(&input, exchange)?;
        let (bucket, key) = (exchange.bucket(), exchange.key()?);
        let object = permit.store().get(&bucket, &key).await;
        let object = object.map_err(|e| error_of(e, exchange))?.ok_or_else(|| {
            permit.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()))
        })?;
        let part = reading::part(&input, exchange, &permit, &object).await?;
        let wanted = reading::choose(&input, &object, part)?;
        Ok(reading::answer(&input, &object, wanted))
    }
}
