//! HeadObject: GetObject without the bytes.

use wire::inputs::GetObjectInput;
use wire::{Code, Error, RequestHead};

use super::reading;
use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct HeadObject;

impl Handler for HeadObject {
    // The two inputs have the same members.
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
        let number = reading::part_number(&input)?;
        let store = permit.store();
        let found = match number {
            None => store.get(&bucket, &key).await.map(|it| it.map(|object| (object, None))),
            Some(number) => store.get_part(&bucket, &key, number).await,
        };
        let (object, part) = found.map_err(|e| error_of(e, exchange))?.ok_or_else(|| {
            exchange.no_such_key(Error::new(Code::NoSuchKey).with("Key", key.as_str()))
        })?;
        let wanted = reading::choose((&input, exchange.began_at), &object, (number, part))?;
        Ok(reading::answer(exchange, &input, object, wanted))
    }
}
