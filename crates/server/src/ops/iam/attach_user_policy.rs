//! AttachUserPolicy.

use iam::Iam;
use wire::iam::{AttachUserPolicyInput, AttachUserPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct AttachUserPolicy;

impl Action for AttachUserPolicy {
    type Input = AttachUserPolicyInput;
    type Output = AttachUserPolicyOutput;

    fn asks(on: &On, input: &AttachUserPolicyInput) -> Result<Vec<Ask>, Stop> {
        let ask = on.ask_of_user(&input.user_name).with("iam:PolicyARN", &input.policy_arn);
        Ok(vec![on.with_boundary(ask, &input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: AttachUserPolicyInput,
    ) -> Result<AttachUserPolicyOutput, Stop> {
        iam.attach_user_policy(on.id(), &input.user_name, &input.policy_arn).await?;
        Ok(AttachUserPolicyOutput::default())
    }
}
