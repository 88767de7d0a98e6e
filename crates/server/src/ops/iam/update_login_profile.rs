//! UpdateLoginProfile.

use iam::Iam;
use wire::iam::{UpdateLoginProfileInput, UpdateLoginProfileOutput};
use wire::{Code, Error};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UpdateLoginProfile;

impl Action for UpdateLoginProfile {
    type Input = UpdateLoginProfileInput;
    type Output = UpdateLoginProfileOutput;

    fn asks(on: &On, input: &UpdateLoginProfileInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: UpdateLoginProfileInput,
    ) -> Result<UpdateLoginProfileOutput, Stop> {
        let durations =
            (input.max_signin_session_duration, input.reset_max_signin_session_duration);
        if durations != (None, None) {
            let why = "MaxSigninSessionDuration is not implemented in this version";
            return Err(Error::new(Code::NotImplemented).message(why).into());
        }
        let changes = (input.password.as_deref(), input.password_reset_required);
        iam.update_login_profile(on.id(), &input.user_name, changes).await?;
        Ok(UpdateLoginProfileOutput::default())
    }
}
