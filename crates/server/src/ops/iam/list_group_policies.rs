//! ListGroupPolicies: the names of the inline ones.

use iam::Iam;
use wire::iam::{ListGroupPoliciesInput, ListGroupPoliciesOutput};

use super::action::{Action, On, Stop};
use super::shapes::page_request;
use crate::authorize::Ask;

pub(crate) struct ListGroupPolicies;

impl Action for ListGroupPolicies {
    type Input = ListGroupPoliciesInput;
    type Output = ListGroupPoliciesOutput;

    fn asks(on: &On, input: &ListGroupPoliciesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListGroupPoliciesInput,
    ) -> Result<ListGroupPoliciesOutput, Stop> {
        let inline = &on.account.group(&input.group_name)?.inline;
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(inline.keys().cloned(), String::clone, &request)?;
        Ok(ListGroupPoliciesOutput {
            policy_names: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
