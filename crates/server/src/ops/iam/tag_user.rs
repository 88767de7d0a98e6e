//! TagUser.

use iam::Iam;
use wire::iam::{TagUserInput, TagUserOutput};

use super::action::{Action, On, Stop};
use super::shapes::{pairs, tags_from};
use crate::authorize::Ask;

pub(crate) struct TagUser;

impl Action for TagUser {
    type Input = TagUserInput;
    type Output = TagUserOutput;

    fn asks(on: &On, input: &TagUserInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_user(&input.user_name).with_request_tags(pairs(&input.tags))])
    }

    async fn act(on: &On, iam: &Iam, input: TagUserInput) -> Result<TagUserOutput, Stop> {
        iam.tag_user(on.id(), &input.user_name, &tags_from(input.tags)).await?;
        Ok(TagUserOutput::default())
    }
}
