//! ListRoles: none, there can't be any yet.

use iam::Iam;
use wire::iam::{ListRolesInput, ListRolesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListRoles;

impl Action for ListRoles {
    type Input = ListRolesInput;
    type Output = ListRolesOutput;

    fn asks(on: &On, input: &ListRolesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("role", &input.path_prefix)])
    }

    async fn act(_: &On, _: &Iam, input: ListRolesInput) -> Result<ListRolesOutput, Stop> {
        only_page(&input.marker)?;
        Ok(ListRolesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
