//! ListUserPolicies: the names of the inline ones.

use iam::Iam;
use wire::iam::{ListUserPoliciesInput, ListUserPoliciesOutput};

use super::action::{Action, On, Stop};
use super::shapes::page_request;
use crate::authorize::Ask;

pub(crate) struct ListUserPolicies;

impl Action for ListUserPolicies {
    type Input = ListUserPoliciesInput;
    type Output = ListUserPoliciesOutput;

    fn asks(on: &On, input: &ListUserPoliciesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListUserPoliciesInput,
    ) -> Result<ListUserPoliciesOutput, Stop> {
        let inline = &on.account.user(&input.user_name)?.inline;
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(inline.keys().cloned(), String::clone, &request)?;
        Ok(ListUserPoliciesOutput {
            policy_names: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
