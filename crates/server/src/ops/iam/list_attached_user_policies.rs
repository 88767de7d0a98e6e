//! ListAttachedUserPolicies.

use iam::Iam;
use wire::iam::{ListAttachedUserPoliciesInput, ListAttachedUserPoliciesOutput};

use super::action::{Action, On, Stop};
use super::shapes::attached_page;
use crate::authorize::Ask;

pub(crate) struct ListAttachedUserPolicies;

impl Action for ListAttachedUserPolicies {
    type Input = ListAttachedUserPoliciesInput;
    type Output = ListAttachedUserPoliciesOutput;

    fn asks(on: &On, input: &ListAttachedUserPoliciesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListAttachedUserPoliciesInput,
    ) -> Result<ListAttachedUserPoliciesOutput, Stop> {
        let attached = &on.account.user(&input.user_name)?.attached;
        let page = attached_page(on, attached, (input.path_prefix, input.marker, input.max_items))?;
        Ok(ListAttachedUserPoliciesOutput {
            attached_policies: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
