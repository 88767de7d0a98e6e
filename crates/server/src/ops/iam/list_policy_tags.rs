//! ListPolicyTags.

use iam::Iam;
use wire::iam::{ListPolicyTagsInput, ListPolicyTagsOutput, Tag};

use super::action::{Action, On, Stop};
use super::shapes::{page_request, tags_of};
use crate::authorize::Ask;

pub(crate) struct ListPolicyTags;

impl Action for ListPolicyTags {
    type Input = ListPolicyTagsInput;
    type Output = ListPolicyTagsOutput;

    fn asks(on: &On, input: &ListPolicyTagsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListPolicyTagsInput,
    ) -> Result<ListPolicyTagsOutput, Stop> {
        let mut tags = tags_of(&on.account.policy(&input.policy_arn)?.tags);
        // Recorded of AWS: the shorter keys first.
        let order = |it: &Tag| format!("{:03}{}", it.key.len(), it.key);
        tags.sort_by_cached_key(order);
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(tags, order, &request)?;
        Ok(ListPolicyTagsOutput {
            tags: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
