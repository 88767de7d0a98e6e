//! UpdateUser: the caller needs the permission for the user as it was and as it will be.

use iam::{Iam, UserChanges};
use types::Arn;
use wire::iam::{UpdateUserInput, UpdateUserOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UpdateUser;

impl Action for UpdateUser {
    type Input = UpdateUserInput;
    type Output = UpdateUserOutput;

    fn asks(on: &On, input: &UpdateUserInput) -> Result<Vec<Ask>, Stop> {
        let user = on.ask_of_user(&input.user_name);
        let (name, path) = (&input.new_user_name, &input.new_path);
        if name.is_none() && path.is_none() {
            return Ok(vec![user]);
        }
        let old = on.account.user(&input.user_name).ok();
        let name = name.as_deref().unwrap_or(&input.user_name);
        let path = path.as_deref().or(old.map(|it| &*it.path)).unwrap_or("/");
        Ok(vec![user, on.ask(Arn::iam(on.id(), &format!("user{path}{name}")))])
    }

    async fn act(on: &On, iam: &Iam, input: UpdateUserInput) -> Result<UpdateUserOutput, Stop> {
        let changes = UserChanges { name: input.new_user_name, path: input.new_path };
        iam.update_user(on.id(), &input.user_name, changes).await?;
        Ok(UpdateUserOutput::default())
    }
}
