//! ListPolicies: the account's own and AWS's.

use std::sync::Arc;

use iam::{Iam, ManagedPolicy};
use wire::iam::{ListPoliciesInput, ListPoliciesOutput};

use super::action::{Action, On, Stop};
use super::shapes::{Usage, listed_policy, one_of, page_request};
use crate::authorize::Ask;

pub(crate) struct ListPolicies;

impl Action for ListPolicies {
    type Input = ListPoliciesInput;
    type Output = ListPoliciesOutput;

    fn asks(on: &On, input: &ListPoliciesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("policy", &input.path_prefix)])
    }

    async fn act(on: &On, _: &Iam, input: ListPoliciesInput) -> Result<ListPoliciesOutput, Stop> {
        one_of("scope", &input.scope, &["All", "AWS", "Local"])?;
        let usage = Usage::of(&input.policy_usage_filter)?;
        let prefix = iam::path_prefix(input.path_prefix.as_deref())?;
        let scope = input.scope.as_deref().unwrap_or("All");
        let aws = iam::aws_managed_policies().iter().filter(|_| scope != "Local");
        let own = on.account.policies().filter(|_| scope != "AWS");
        let mut policies: Vec<&Arc<ManagedPolicy>> = aws.chain(own).collect();
        policies.retain(|it| {
            let uses = on.account.policy_uses(&it.arn);
            it.path.starts_with(prefix)
                && (input.only_attached != Some(true) || uses.attachments() > 0)
                && usage.is_none_or(|usage| match usage {
                    Usage::Permissions => uses.attachments() > 0,
                    Usage::Boundary => !uses.bounded.is_empty(),
                })
        });
        // A policy may have the name of one of AWS's.
        let key = |it: &&Arc<ManagedPolicy>| format!("{} {}", it.name.to_ascii_lowercase(), it.arn);
        policies.sort_by_cached_key(key);
        let page = iam::page(policies, key, &page_request(input.marker, input.max_items))?;
        Ok(ListPoliciesOutput {
            policies: page.items.into_iter().map(|it| listed_policy(on, it)).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
