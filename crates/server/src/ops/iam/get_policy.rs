//! GetPolicy.

use iam::Iam;
use wire::iam as shapes;
use wire::iam::{GetPolicyInput, GetPolicyOutput};

use super::action::{Action, On, Stop};
use super::shapes::{listed_policy, tags_of};
use crate::authorize::Ask;

pub(crate) struct GetPolicy;

impl Action for GetPolicy {
    type Input = GetPolicyInput;
    type Output = GetPolicyOutput;

    fn asks(on: &On, input: &GetPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(on: &On, _: &Iam, input: GetPolicyInput) -> Result<GetPolicyOutput, Stop> {
        let policy = on.account.policy(&input.policy_arn)?;
        let policy = shapes::Policy {
            description: policy.description.clone(),
            // Also if there are none, unlike CreatePolicy (moto's tests that were run on AWS).
            tags: Some(tags_of(&policy.tags)),
            ..listed_policy(on, policy)
        };
        Ok(GetPolicyOutput { policy: Some(policy) })
    }
}
