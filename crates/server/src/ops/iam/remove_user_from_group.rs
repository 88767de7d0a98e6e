//! RemoveUserFromGroup.

use iam::Iam;
use wire::iam::{RemoveUserFromGroupInput, RemoveUserFromGroupOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct RemoveUserFromGroup;

impl Action for RemoveUserFromGroup {
    type Input = RemoveUserFromGroupInput;
    type Output = RemoveUserFromGroupOutput;

    fn asks(on: &On, input: &RemoveUserFromGroupInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: RemoveUserFromGroupInput,
    ) -> Result<RemoveUserFromGroupOutput, Stop> {
        iam.remove_user_from_group(on.id(), (&input.group_name, &input.user_name)).await?;
        Ok(RemoveUserFromGroupOutput::default())
    }
}
