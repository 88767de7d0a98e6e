//! CreateGroup.

use iam::Iam;
use types::Arn;
use wire::iam::{CreateGroupInput, CreateGroupOutput};

use super::action::{Action, On, Stop};
use super::shapes::group_of;
use crate::authorize::Ask;

pub(crate) struct CreateGroup;

impl Action for CreateGroup {
    type Input = CreateGroupInput;
    type Output = CreateGroupOutput;

    fn asks(on: &On, input: &CreateGroupInput) -> Result<Vec<Ask>, Stop> {
        let path = input.path.as_deref().unwrap_or("/");
        Ok(vec![on.ask(Arn::iam(on.id(), &format!("group{path}{}", input.group_name)))])
    }

    async fn act(on: &On, iam: &Iam, input: CreateGroupInput) -> Result<CreateGroupOutput, Stop> {
        let new = (&*input.group_name, input.path.as_deref());
        let group = iam.create_group(on.id(), new).await?;
        Ok(CreateGroupOutput { group: group_of(&group) })
    }
}
