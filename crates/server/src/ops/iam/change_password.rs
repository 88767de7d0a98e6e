//! ChangePassword: of the user who asks, who proves the old one.

use iam::Iam;
use wire::iam::{ChangePasswordInput, ChangePasswordOutput};
use wire::{Code, Error};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct ChangePassword;

impl Action for ChangePassword {
    type Input = ChangePasswordInput;
    type Output = ChangePasswordOutput;

    fn asks(on: &On, _: &ChangePasswordInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&None)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: ChangePasswordInput,
    ) -> Result<ChangePasswordOutput, Stop> {
        let user = on.caller().ok_or_else(|| {
            Error::new(Code::InvalidUserType)
                .message("Only IAM Users can change their own password")
        })?;
        let passwords = (&*input.old_password, &*input.new_password);
        iam.change_password(on.id(), &user.name, passwords).await?;
        Ok(ChangePasswordOutput::default())
    }
}
