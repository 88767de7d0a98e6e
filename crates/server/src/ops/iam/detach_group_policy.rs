//! DetachGroupPolicy.

use iam::Iam;
use wire::iam::{DetachGroupPolicyInput, DetachGroupPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DetachGroupPolicy;

impl Action for DetachGroupPolicy {
    type Input = DetachGroupPolicyInput;
    type Output = DetachGroupPolicyOutput;

    fn asks(on: &On, input: &DetachGroupPolicyInput) -> Result<Vec<Ask>, Stop> {
        let ask = on.ask_of_group(&input.group_name).with("iam:PolicyARN", &input.policy_arn);
        Ok(vec![ask])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DetachGroupPolicyInput,
    ) -> Result<DetachGroupPolicyOutput, Stop> {
        iam.detach_group_policy(on.id(), &input.group_name, &input.policy_arn).await?;
        Ok(DetachGroupPolicyOutput::default())
    }
}
