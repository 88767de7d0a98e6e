//! GetPublicAccessBlock: of the account.

use wire::control::{GetPublicAccessBlockInput, GetPublicAccessBlockOutput};
use wire::{Code, Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::PublicAccessBlock;

pub(crate) struct GetPublicAccessBlock;

impl Handler for GetPublicAccessBlock {
    type Input = GetPublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetPublicAccessBlockInput::decode(head)
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
        let record = permit.store().account(account).await;
        let record = record.map_err(|e| error_of(e, exchange))?;
        let block = PublicAccessBlock::of_account(&record)?.ok_or_else(|| {
            Error::new(Code::NoSuchPublicAccessBlockConfiguration)
                .with("AccountId", account.to_string())
        })?;
        Ok(Answer::of(GetPublicAccessBlockOutput { document: block.of_control() }))
    }
}
