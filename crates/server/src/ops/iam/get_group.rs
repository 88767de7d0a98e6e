//! GetGroup: with its users, a page at a time.

use std::sync::Arc;

use iam::{Iam, User};
use wire::iam::{GetGroupInput, GetGroupOutput};

use super::action::{Action, On, Stop};
use super::shapes::{group_of, listed_user, page_request};
use crate::authorize::Ask;

pub(crate) struct GetGroup;

impl Action for GetGroup {
    type Input = GetGroupInput;
    type Output = GetGroupOutput;

    fn asks(on: &On, input: &GetGroupInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(on: &On, _: &Iam, input: GetGroupInput) -> Result<GetGroupOutput, Stop> {
        let group = on.account.group(&input.group_name)?;
        let key = |it: &&Arc<User>| it.name.to_ascii_lowercase();
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(on.account.members(group.id), key, &request)?;
        Ok(GetGroupOutput {
            group: group_of(group),
            users: page.items.into_iter().map(|it| listed_user(it)).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
