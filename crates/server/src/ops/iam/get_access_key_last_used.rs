//! GetAccessKeyLastUsed.

use iam::Iam;
use types::Arn;
use wire::iam::{AccessKeyLastUsed, GetAccessKeyLastUsedInput, GetAccessKeyLastUsedOutput};
use wire::{Code, Error};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct GetAccessKeyLastUsed;

impl Action for GetAccessKeyLastUsed {
    type Input = GetAccessKeyLastUsedInput;
    type Output = GetAccessKeyLastUsedOutput;

    fn asks(on: &On, input: &GetAccessKeyLastUsedInput) -> Result<Vec<Ask>, Stop> {
        let key = on.account.key(&input.access_key_id);
        let user = key.and_then(|it| on.account.user_by_id(it.user));
        Ok(vec![match user {
            Some(user) => on.ask_of_user(&user.name),
            None => on.ask(Arn::any()),
        }])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: GetAccessKeyLastUsedInput,
    ) -> Result<GetAccessKeyLastUsedOutput, Stop> {
        let id = input.access_key_id;
        let key = on.account.key(&id);
        let user = key.and_then(|it| on.account.user_by_id(it.user));
        let user = user.ok_or_else(|| not_yours(on, &id))?;
        let used = iam.key_last_used(on.id(), &id).await?;
        // What was never used has "N/A" for both, and no date.
        let none = || "N/A".to_owned();
        let access_key_last_used = AccessKeyLastUsed {
            last_used_date: used.as_ref().map(|it| it.at),
            service_name: used.as_ref().map_or_else(none, |it| it.service.clone()),
            region: used.as_ref().map_or_else(none, |it| it.region.clone()),
        };
        Ok(GetAccessKeyLastUsedOutput {
            user_name: Some(user.name.clone()),
            access_key_last_used: Some(access_key_last_used),
        })
    }
}

/// Recorded of AWS: a key that the account doesn't have is another's, whoever asks.
fn not_yours(on: &On, id: &str) -> Error {
    let who = on.arn();
    Error::new(Code::AccessDenied).message(format!(
        "User: {who} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {id}"
    ))
}
