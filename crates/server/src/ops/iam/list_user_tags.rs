//! ListUserTags.

use iam::Iam;
use wire::iam::{ListUserTagsInput, ListUserTagsOutput};

use super::action::{Action, On, Stop};
use super::shapes::{page_request, tags_of};
use crate::authorize::Ask;

pub(crate) struct ListUserTags;

impl Action for ListUserTags {
    type Input = ListUserTagsInput;
    type Output = ListUserTagsOutput;

    fn asks(on: &On, input: &ListUserTagsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(on: &On, _: &Iam, input: ListUserTagsInput) -> Result<ListUserTagsOutput, Stop> {
        let mut tags = tags_of(&on.account.user(&input.user_name)?.tags);
        tags.sort_by(|a, b| a.key.cmp(&b.key));
        let page =
            iam::page(tags, |it| it.key.clone(), &page_request(input.marker, input.max_items))?;
        Ok(ListUserTagsOutput {
            tags: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
