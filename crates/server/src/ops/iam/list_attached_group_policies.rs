//! ListAttachedGroupPolicies.

use iam::Iam;
use wire::iam::{ListAttachedGroupPoliciesInput, ListAttachedGroupPoliciesOutput};

use super::action::{Action, On, Stop};
use super::shapes::attached_page;
use crate::authorize::Ask;

pub(crate) struct ListAttachedGroupPolicies;

impl Action for ListAttachedGroupPolicies {
    type Input = ListAttachedGroupPoliciesInput;
    type Output = ListAttachedGroupPoliciesOutput;

    fn asks(on: &On, input: &ListAttachedGroupPoliciesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListAttachedGroupPoliciesInput,
    ) -> Result<ListAttachedGroupPoliciesOutput, Stop> {
        let attached = &on.account.group(&input.group_name)?.attached;
        let page = attached_page(on, attached, (input.path_prefix, input.marker, input.max_items))?;
        Ok(ListAttachedGroupPoliciesOutput {
            attached_policies: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
