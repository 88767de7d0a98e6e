//! CreatePolicy.

use iam::{Iam, NewPolicy};
use types::Arn;
use wire::iam as shapes;
use wire::iam::{CreatePolicyInput, CreatePolicyOutput};

use super::action::{Action, On, Stop};
use super::shapes::{listed_policy, pairs, tags_from, tags_of};
use crate::authorize::Ask;

pub(crate) struct CreatePolicy;

impl Action for CreatePolicy {
    type Input = CreatePolicyInput;
    type Output = CreatePolicyOutput;

    fn asks(on: &On, input: &CreatePolicyInput) -> Result<Vec<Ask>, Stop> {
        let path = input.path.as_deref().unwrap_or("/");
        let policy = Arn::iam(on.id(), &format!("policy{path}{}", input.policy_name));
        Ok(vec![on.ask(policy).with_request_tags(pairs(&input.tags))])
    }

    async fn act(on: &On, iam: &Iam, input: CreatePolicyInput) -> Result<CreatePolicyOutput, Stop> {
        let new = NewPolicy {
            name: input.policy_name,
            path: input.path,
            description: input.description,
            document: input.policy_document,
            tags: tags_from(input.tags),
        };
        let policy = iam.create_policy(on.id(), new).await?;
        let tags = Some(tags_of(&policy.tags)).filter(|it| !it.is_empty());
        let policy = shapes::Policy { tags, ..listed_policy(on, &policy) };
        Ok(CreatePolicyOutput { policy: Some(policy) })
    }
}
