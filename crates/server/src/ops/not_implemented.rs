//! Operations that aren't there yet: who may not do them is refused, as is what names no bucket; the
//! others are told which operation it is that isn't there.

use wire::{Code, Error, RequestHead, Status};

use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler, is_unsigned};

pub(crate) struct NotImplemented;

impl Handler for NotImplemented {
    type Input = ();

    fn decode(_: &RequestHead<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn ask(exchange: &Exchange<'_>, (): &()) -> Result<Option<Ask>, Error> {
        Ok((!is_unsigned(exchange.operation.id)).then(|| Ask::of_target(exchange)))
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        (): (),
    ) -> Result<Answer, Error> {
        debug_assert_eq!(exchange.operation.status, Status::NotImplemented);
        let name = exchange.operation.name;
        Err(Error::new(Code::NotImplemented)
            .message(format!("{name} is not implemented in this version")))
    }
}
