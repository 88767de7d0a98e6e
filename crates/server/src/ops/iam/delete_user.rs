//! DeleteUser.

use iam::Iam;
use wire::iam::{DeleteUserInput, DeleteUserOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteUser;

impl Action for DeleteUser {
    type Input = DeleteUserInput;
    type Output = DeleteUserOutput;

    fn asks(on: &On, input: &DeleteUserInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(on: &On, iam: &Iam, input: DeleteUserInput) -> Result<DeleteUserOutput, Stop> {
        iam.delete_user(on.id(), &input.user_name).await?;
        Ok(DeleteUserOutput::default())
    }
}
