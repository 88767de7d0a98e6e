//! DeleteGroup.

use iam::Iam;
use wire::iam::{DeleteGroupInput, DeleteGroupOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteGroup;

impl Action for DeleteGroup {
    type Input = DeleteGroupInput;
    type Output = DeleteGroupOutput;

    fn asks(on: &On, input: &DeleteGroupInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(on: &On, iam: &Iam, input: DeleteGroupInput) -> Result<DeleteGroupOutput, Stop> {
        iam.delete_group(on.id(), &input.group_name).await?;
        Ok(DeleteGroupOutput::default())
    }
}
