//! CreateLoginProfile.

use iam::Iam;
use wire::iam::{CreateLoginProfileInput, CreateLoginProfileOutput};
use wire::{Code, Error};

use super::action::{Action, On, Stop};
use super::shapes::{missing, profile_of};
use crate::authorize::Ask;

pub(crate) struct CreateLoginProfile;

impl Action for CreateLoginProfile {
    type Input = CreateLoginProfileInput;
    type Output = CreateLoginProfileOutput;

    fn asks(on: &On, input: &CreateLoginProfileInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: CreateLoginProfileInput,
    ) -> Result<CreateLoginProfileOutput, Stop> {
        if input.max_signin_session_duration.is_some() {
            let why = "MaxSigninSessionDuration is not implemented in this version";
            return Err(Error::new(Code::NotImplemented).message(why).into());
        }
        let user = on.named(&input.user_name)?;
        let password = input.password.as_deref().ok_or_else(|| missing("password"))?;
        let reset = input.password_reset_required.unwrap_or(false);
        let profile = iam.create_login_profile(on.id(), &user, (password, reset)).await?;
        Ok(CreateLoginProfileOutput { login_profile: profile_of(&user, &profile) })
    }
}
