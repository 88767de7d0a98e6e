//! TagPolicy.

use iam::Iam;
use wire::iam::{TagPolicyInput, TagPolicyOutput};

use super::action::{Action, On, Stop};
use super::shapes::{pairs, tags_from};
use crate::authorize::Ask;

pub(crate) struct TagPolicy;

impl Action for TagPolicy {
    type Input = TagPolicyInput;
    type Output = TagPolicyOutput;

    fn asks(on: &On, input: &TagPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn).with_request_tags(pairs(&input.tags))])
    }

    async fn act(on: &On, iam: &Iam, input: TagPolicyInput) -> Result<TagPolicyOutput, Stop> {
        iam.tag_policy(on.id(), &input.policy_arn, &tags_from(input.tags)).await?;
        Ok(TagPolicyOutput::default())
    }
}
