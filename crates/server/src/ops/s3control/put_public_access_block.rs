//! PutPublicAccessBlock: of the account, for all of its buckets.

use wire::control::PutPublicAccessBlockInput;
use wire::{Error, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::ops::error_of;
use crate::pipeline::{Answer, Exchange, Handler};
use crate::settings::PublicAccessBlock;

pub(crate) struct PutPublicAccessBlock;

impl Handler for PutPublicAccessBlock {
    type Input = PutPublicAccessBlockInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        PutPublicAccessBlockInput::decode(head)
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
        let (document, _) = exchange.document().await?;
        let block = PublicAccessBlock::parse(&document)?.encode();
        let store = permit.store();
        let set = store.set_account_public_access_block(account, Some(block.into())).await;
        set.map_err(|e| error_of(e, exchange))?;
        Ok(Answer::empty(200))
    }
}
