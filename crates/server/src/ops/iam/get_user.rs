//! GetUser: of oneself if nobody is named. Root has neither name nor path.

use iam::Iam;
use wire::iam as shapes;
use wire::iam::{GetUserInput, GetUserOutput};

use super::action::{Action, On, Stop};
use super::shapes::user_of;
use crate::authorize::Ask;

pub(crate) struct GetUser;

impl Action for GetUser {
    type Input = GetUserInput;
    type Output = GetUserOutput;

    fn asks(on: &On, input: &GetUserInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(on: &On, _: &Iam, input: GetUserInput) -> Result<GetUserOutput, Stop> {
        if on.is_root(&input.user_name) {
            let (id, arn) = (on.id().to_string(), on.id().root_arn().to_string());
            let create_date = on.account.created;
            let user = shapes::User { user_id: id, arn, create_date, ..Default::default() };
            return Ok(GetUserOutput { user });
        }
        let name = on.named(&input.user_name)?;
        Ok(GetUserOutput { user: user_of(on.account.user(&name)?) })
    }
}
