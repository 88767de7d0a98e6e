//! GetCallerIdentity.

use policy::Requester;
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
        let (account, arn, user_id) = match exchange.caller.requester() {
            Requester::Root { account } => {
                (*account, account.root_arn().as_str().to_owned(), account.to_string())
            }
            Requester::User { account, arn, id } => (*account, arn.clone(), id.clone()),
            Requester::RoleSession { account, arn, role_id, .. } => {
                (*account, arn.clone(), format!("{role_id}:{}", last_word(arn)))
            }
            Requester::FederatedUser { account, arn, .. } => {
                (*account, arn.clone(), format!("{account}:{}", last_word(arn)))
            }
            Requester::Anonymous | Requester::Service(_) | Requester::Federated(_) => {
                return Err(Error::new(Code::MissingAuthenticationToken));
            }
        };
        Ok(exchange.answer(&GetCallerIdentityOutput {
            user_id: Some(user_id),
            account: Some(account.to_string()),
            arn: Some(arn),
        }))
    }
}

/// The name of a session, which its ARN ends with.
fn last_word(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or_default()
}
