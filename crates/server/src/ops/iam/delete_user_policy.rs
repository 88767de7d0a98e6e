//! DeleteUserPolicy.

use iam::Iam;
use wire::iam::{DeleteUserPolicyInput, DeleteUserPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteUserPolicy;

impl Action for DeleteUserPolicy {
    type Input = DeleteUserPolicyInput;
    type Output = DeleteUserPolicyOutput;

    fn asks(on: &On, input: &DeleteUserPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.with_boundary(on.ask_of_user(&input.user_name), &input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteUserPolicyInput,
    ) -> Result<DeleteUserPolicyOutput, Stop> {
        iam.delete_user_policy(on.id(), (&input.user_name, &input.policy_name)).await?;
        Ok(DeleteUserPolicyOutput::default())
    }
}
