//! ListRoles: none, there can't be any yet.

use iam::Iam;
use wire::iam::{ListRolesInput, ListRolesOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct ListRoles;

impl Action for ListRoles {
    type Input = ListRolesInput;
    type Output = ListRolesOutput;

    fn asks(on: &On, input: &ListRolesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("role", &input.path_prefix)])
    }

    async fn act(_: &On, _: &Iam, _: ListRolesInput) -> Result<ListRolesOutput, Stop> {
        Ok(ListRolesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
