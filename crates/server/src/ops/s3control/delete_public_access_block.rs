//! DeletePublicAccessBlock: of the account.

use wire::control::DeletePublicAccessBlockInput;
use wire::{Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct DeletePublicAccessBlock;

impl Handler for DeletePublicAccessBlock {
    type Input = DeletePublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        DeletePublicAccessBlockInput::decode(head)
    }

    fn ask(exchange: &Exchange<'_>, input: &Self::Input) -> Result<Option<Ask>, Error> {
        super::ask_of_account(exchange, &input.account_id)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        permit: Permit<'_, Self>,
        input: Self::Input,
    ) -> Result<Answer, Error> {
        let account = super::account(exchange, &input.account_id)?;
        let set = permit.store().set_account_public_access_block(account, None).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(204))
    }
}
