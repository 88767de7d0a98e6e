//! ListServiceSpecificCredentials: none, of a user who is there.

use iam::Iam;
use wire::iam::{ListServiceSpecificCredentialsInput, ListServiceSpecificCredentialsOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct ListServiceSpecificCredentials;

impl Action for ListServiceSpecificCredentials {
    type Input = ListServiceSpecificCredentialsInput;
    type Output = ListServiceSpecificCredentialsOutput;

    fn asks(on: &On, input: &ListServiceSpecificCredentialsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListServiceSpecificCredentialsInput,
    ) -> Result<ListServiceSpecificCredentialsOutput, Stop> {
        if input.all_users != Some(true) {
            on.check_named(&input.user_name)?;
        }
        Ok(ListServiceSpecificCredentialsOutput { is_truncated: Some(false), ..Default::default() })
    }
}
