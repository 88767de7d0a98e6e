//! UntagPolicy.

use iam::Iam;
use wire::iam::{UntagPolicyInput, UntagPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UntagPolicy;

impl Action for UntagPolicy {
    type Input = UntagPolicyInput;
    type Output = UntagPolicyOutput;

    fn asks(on: &On, input: &UntagPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn).with_tag_keys(&input.tag_keys)])
    }

    async fn act(on: &On, iam: &Iam, input: UntagPolicyInput) -> Result<UntagPolicyOutput, Stop> {
        iam.untag_policy(on.id(), &input.policy_arn, &input.tag_keys).await?;
        Ok(UntagPolicyOutput::default())
    }
}
