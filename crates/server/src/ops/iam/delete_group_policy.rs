//! DeleteGroupPolicy.

use iam::Iam;
use wire::iam::{DeleteGroupPolicyInput, DeleteGroupPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteGroupPolicy;

impl Action for DeleteGroupPolicy {
    type Input = DeleteGroupPolicyInput;
    type Output = DeleteGroupPolicyOutput;

    fn asks(on: &On, input: &DeleteGroupPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteGroupPolicyInput,
    ) -> Result<DeleteGroupPolicyOutput, Stop> {
        iam.delete_group_policy(on.id(), (&input.group_name, &input.policy_name)).await?;
        Ok(DeleteGroupPolicyOutput::default())
    }
}
