//! GetGroupPolicy.

use iam::Iam;
use wire::iam::{GetGroupPolicyInput, GetGroupPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct GetGroupPolicy;

impl Action for GetGroupPolicy {
    type Input = GetGroupPolicyInput;
    type Output = GetGroupPolicyOutput;

    fn asks(on: &On, input: &GetGroupPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: GetGroupPolicyInput,
    ) -> Result<GetGroupPolicyOutput, Stop> {
        let group = on.account.group(&input.group_name)?;
        Ok(GetGroupPolicyOutput {
            policy_document: group.inline_policy(&input.policy_name)?.text().to_owned(),
            group_name: group.name.clone(),
            policy_name: input.policy_name,
        })
    }
}
