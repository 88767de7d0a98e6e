//! DeleteUserPermissionsBoundary.

use iam::Iam;
use wire::iam::{DeleteUserPermissionsBoundaryInput, DeleteUserPermissionsBoundaryOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteUserPermissionsBoundary;

impl Action for DeleteUserPermissionsBoundary {
    type Input = DeleteUserPermissionsBoundaryInput;
    type Output = DeleteUserPermissionsBoundaryOutput;

    fn asks(on: &On, input: &DeleteUserPermissionsBoundaryInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.with_boundary(on.ask_of_user(&input.user_name), &input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteUserPermissionsBoundaryInput,
    ) -> Result<DeleteUserPermissionsBoundaryOutput, Stop> {
        iam.delete_user_boundary(on.id(), &input.user_name).await?;
        Ok(DeleteUserPermissionsBoundaryOutput::default())
    }
}
