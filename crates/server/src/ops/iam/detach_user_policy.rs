//! DetachUserPolicy.

use iam::Iam;
use wire::iam::{DetachUserPolicyInput, DetachUserPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DetachUserPolicy;

impl Action for DetachUserPolicy {
    type Input = DetachUserPolicyInput;
    type Output = DetachUserPolicyOutput;

    fn asks(on: &On, input: &DetachUserPolicyInput) -> Result<Vec<Ask>, Stop> {
        let ask = on.ask_of_user(&input.user_name).with("iam:PolicyARN", &input.policy_arn);
        Ok(vec![on.with_boundary(ask, &input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DetachUserPolicyInput,
    ) -> Result<DetachUserPolicyOutput, Stop> {
        iam.detach_user_policy(on.id(), &input.user_name, &input.policy_arn).await?;
        Ok(DetachUserPolicyOutput::default())
    }
}
