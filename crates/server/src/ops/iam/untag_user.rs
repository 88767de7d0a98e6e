//! UntagUser.

use iam::Iam;
use wire::iam::{UntagUserInput, UntagUserOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UntagUser;

impl Action for UntagUser {
    type Input = UntagUserInput;
    type Output = UntagUserOutput;

    fn asks(on: &On, input: &UntagUserInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name).with_tag_keys(&input.tag_keys)])
    }

    async fn act(on: &On, iam: &Iam, input: UntagUserInput) -> Result<UntagUserOutput, Stop> {
        iam.untag_user(on.id(), &input.user_name, &input.tag_keys).await?;
        Ok(UntagUserOutput::default())
    }
}
