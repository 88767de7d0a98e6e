//! ListPolicyVersions: newest first.

use iam::Iam;
use wire::iam::{ListPolicyVersionsInput, ListPolicyVersionsOutput};

use super::action::{Action, On, Stop};
use super::shapes::{listed_version, page_request};
use crate::authorize::Ask;

pub(crate) struct ListPolicyVersions;

impl Action for ListPolicyVersions {
    type Input = ListPolicyVersionsInput;
    type Output = ListPolicyVersionsOutput;

    fn asks(on: &On, input: &ListPolicyVersionsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListPolicyVersionsInput,
    ) -> Result<ListPolicyVersionsOutput, Stop> {
        let policy = on.account.policy(&input.policy_arn)?;
        let key = |it: &&iam::PolicyVersion| format!("{:010}", u32::MAX - it.number);
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(policy.versions.values().rev(), key, &request)?;
        let of = |it: &iam::PolicyVersion| listed_version(it, it.number == policy.default);
        Ok(ListPolicyVersionsOutput {
            versions: page.items.into_iter().map(of).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
