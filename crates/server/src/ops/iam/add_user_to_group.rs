//! AddUserToGroup.

use iam::Iam;
use wire::iam::{AddUserToGroupInput, AddUserToGroupOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct AddUserToGroup;

impl Action for AddUserToGroup {
    type Input = AddUserToGroupInput;
    type Output = AddUserToGroupOutput;

    fn asks(on: &On, input: &AddUserToGroupInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: AddUserToGroupInput,
    ) -> Result<AddUserToGroupOutput, Stop> {
        iam.add_user_to_group(on.id(), (&input.group_name, &input.user_name)).await?;
        Ok(AddUserToGroupOutput::default())
    }
}
