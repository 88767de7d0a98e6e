//! ListUsers.

use std::sync::Arc;

use iam::{Iam, User};
use wire::iam::{ListUsersInput, ListUsersOutput};

use super::action::{Action, On, Stop};
use super::shapes::{listed_user, page_request};
use crate::authorize::Ask;

pub(crate) struct ListUsers;

impl Action for ListUsers {
    type Input = ListUsersInput;
    type Output = ListUsersOutput;

    fn asks(on: &On, input: &ListUsersInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("user", &input.path_prefix)])
    }

    async fn act(on: &On, _: &Iam, input: ListUsersInput) -> Result<ListUsersOutput, Stop> {
        let prefix = iam::path_prefix(input.path_prefix.as_deref())?;
        let users = on.account.users().filter(|it| it.path.starts_with(prefix));
        let key = |it: &&Arc<User>| it.name.to_ascii_lowercase();
        let page = iam::page(users, key, &page_request(input.marker, input.max_items))?;
        Ok(ListUsersOutput {
            users: page.items.into_iter().map(|it| listed_user(it)).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        })
    }
}
