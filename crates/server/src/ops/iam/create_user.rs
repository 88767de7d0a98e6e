//! CreateUser.

use iam::{Iam, NewUser};
use types::Arn;
use wire::iam::{CreateUserInput, CreateUserOutput};

use super::action::{Action, On, Stop};
use super::shapes::{pairs, tags_from, user_of};
use crate::authorize::Ask;

pub(crate) struct CreateUser;

impl Action for CreateUser {
    type Input = CreateUserInput;
    type Output = CreateUserOutput;

    fn asks(on: &On, input: &CreateUserInput) -> Result<Vec<Ask>, Stop> {
        let path = input.path.as_deref().unwrap_or("/");
        let user = Arn::iam(on.id(), &format!("user{path}{}", input.user_name));
        let mut ask = on.ask(user).with_request_tags(pairs(&input.tags));
        if let Some(boundary) = &input.permissions_boundary {
            ask = ask.with("iam:PermissionsBoundary", boundary);
        }
        Ok(vec![ask])
    }

    async fn act(on: &On, iam: &Iam, input: CreateUserInput) -> Result<CreateUserOutput, Stop> {
        let new = NewUser {
            name: input.user_name,
            path: input.path,
            tags: tags_from(input.tags),
            boundary: input.permissions_boundary,
        };
        let user = iam.create_user(on.id(), new).await?;
        Ok(CreateUserOutput { user: Some(user_of(&user)) })
    }
}
