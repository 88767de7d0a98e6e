//! GetUserPolicy.

use iam::Iam;
use wire::iam::{GetUserPolicyInput, GetUserPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct GetUserPolicy;

impl Action for GetUserPolicy {
    type Input = GetUserPolicyInput;
    type Output = GetUserPolicyOutput;

    fn asks(on: &On, input: &GetUserPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(on: &On, _: &Iam, input: GetUserPolicyInput) -> Result<GetUserPolicyOutput, Stop> {
        let user = on.account.user(&input.user_name)?;
        Ok(GetUserPolicyOutput {
            policy_document: user.inline_policy(&input.policy_name)?.text().to_owned(),
            user_name: user.name.clone(),
            policy_name: input.policy_name,
        })
    }
}
