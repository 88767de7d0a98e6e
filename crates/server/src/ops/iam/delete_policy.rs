//! DeletePolicy.

use iam::Iam;
use wire::iam::{DeletePolicyInput, DeletePolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeletePolicy;

impl Action for DeletePolicy {
    type Input = DeletePolicyInput;
    type Output = DeletePolicyOutput;

    fn asks(on: &On, input: &DeletePolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(on: &On, iam: &Iam, input: DeletePolicyInput) -> Result<DeletePolicyOutput, Stop> {
        iam.delete_policy(on.id(), &input.policy_arn).await?;
        Ok(DeletePolicyOutput::default())
    }
}
