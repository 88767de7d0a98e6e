//! GetLoginProfile.

use iam::Iam;
use wire::iam::{GetLoginProfileInput, GetLoginProfileOutput};

use super::action::{Action, On, Stop};
use super::shapes::profile_of;
use crate::authorize::Ask;

pub(crate) struct GetLoginProfile;

impl Action for GetLoginProfile {
    type Input = GetLoginProfileInput;
    type Output = GetLoginProfileOutput;

    fn asks(on: &On, input: &GetLoginProfileInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: GetLoginProfileInput,
    ) -> Result<GetLoginProfileOutput, Stop> {
        let user = on.account.user(&on.named(&input.user_name)?)?;
        Ok(GetLoginProfileOutput { login_profile: profile_of(&user.name, user.login()?) })
    }
}
