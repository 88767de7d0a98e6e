//! AttachGroupPolicy.

use iam::Iam;
use wire::iam::{AttachGroupPolicyInput, AttachGroupPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct AttachGroupPolicy;

impl Action for AttachGroupPolicy {
    type Input = AttachGroupPolicyInput;
    type Output = AttachGroupPolicyOutput;

    fn asks(on: &On, input: &AttachGroupPolicyInput) -> Result<Vec<Ask>, Stop> {
        let ask = on.ask_of_group(&input.group_name).with("iam:PolicyARN", &input.policy_arn);
        Ok(vec![ask])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: AttachGroupPolicyInput,
    ) -> Result<AttachGroupPolicyOutput, Stop> {
        iam.attach_group_policy(on.id(), &input.group_name, &input.policy_arn).await?;
        Ok(AttachGroupPolicyOutput::default())
    }
}
