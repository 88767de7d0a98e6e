//! ListGroupsForUser.

use std::sync::Arc;

use iam::{Group, Iam};
use wire::iam::{ListGroupsForUserInput, ListGroupsForUserOutput};

use super::action::{Action, On, Stop};
use super::shapes::{group_of, page_request};
use crate::authorize::Ask;

pub(crate) struct ListGroupsForUser;

impl Action for ListGroupsForUser {
    type Input = ListGroupsForUserInput;
    type Output = ListGroupsForUserOutput;

    fn asks(on: &On, input: &ListGroupsForUserInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListGroupsForUserInput,
    ) -> Result<ListGroupsForUserOutput, Stop> {
        let groups = on.account.groups_of(on.account.user(&input.user_name)?);
        let key = |it: &&Arc<Group>| it.name.to_ascii_lowercase();
        let page = iam::page(groups, key, &page_request(input.marker, input.max_items))?;
        Ok(ListGroupsForUserOutput {
            groups: page.items.into_iter().map(|it| group_of(it)).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
