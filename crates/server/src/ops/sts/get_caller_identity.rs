//! GetCallerIdentity.

use wire::sts::{GetCallerIdentityInput, GetCallerIdentityOutput};
use wire::{Code, Error, QueryInput, RequestHead};

use crate::authorize::{Ask, Permit};
use crate::pipeline::{Answer, Exchange, Handler};

pub(crate) struct GetCallerIdentity;

impl Handler for GetCallerIdentity {
    type Input = GetCallerIdentityInput;

    fn decode(head: &RequestHead<'_>) -> Result<Self::Input, Error> {
        GetCallerIdentityInput::decode(head)
    }

    /// "No permissions are required to perform this operation", not even if a policy denies it.
    fn ask(_: &Exchange<'_>, _: &Self::Input) -> Result<Option<Ask>, Error> {
        Ok(None)
    }

    async fn handle(
        exchange: &mut Exchange<'_>,
        _: Permit<'_, Self>,
        _: Self::Input,
    ) -> Result<Answer, Error> {
        let who = exchange.caller.requester();
        let (Some(account), Some(arn)) = (who.account(), who.arn()) else {
            return Err(Error::new(Code::MissingAuthenticationToken));
        };
        Ok(exchange.answer(&GetCallerIdentityOutput {
            user_id: who.user_id(),
            account: Some(account.to_string()),
            arn: Some(arn),
        }))
    }
}
