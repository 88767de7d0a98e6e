//! ListGroups.

use std::sync::Arc;

use iam::{Group, Iam};
use wire::iam::{ListGroupsInput, ListGroupsOutput};

use super::action::{Action, On, Stop};
use super::shapes::{group_of, page_request};
use crate::authorize::Ask;

pub(crate) struct ListGroups;

impl Action for ListGroups {
    type Input = ListGroupsInput;
    type Output = ListGroupsOutput;

    fn asks(on: &On, input: &ListGroupsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("group", &input.path_prefix)])
    }

    async fn act(on: &On, _: &Iam, input: ListGroupsInput) -> Result<ListGroupsOutput, Stop> {
        let prefix = iam::path_prefix(input.path_prefix.as_deref())?;
        let groups = on.account.groups().filter(|it| it.path.starts_with(prefix));
        let key = |it: &&Arc<Group>| it.name.to_ascii_lowercase();
        let page = iam::page(groups, key, &page_request(input.marker, input.max_items))?;
        Ok(ListGroupsOutput {
            groups: page.items.into_iter().map(|it| group_of(it)).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
