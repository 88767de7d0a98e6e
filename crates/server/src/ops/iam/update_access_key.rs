//! UpdateAccessKey.

use iam::Iam;
use wire::iam::{UpdateAccessKeyInput, UpdateAccessKeyOutput};

use super::action::{Action, On, Stop};
use super::shapes::key_status;
use crate::authorize::Ask;

pub(crate) struct UpdateAccessKey;

impl Action for UpdateAccessKey {
    type Input = UpdateAccessKeyInput;
    type Output = UpdateAccessKeyOutput;

    fn asks(on: &On, input: &UpdateAccessKeyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: UpdateAccessKeyInput,
    ) -> Result<UpdateAccessKeyOutput, Stop> {
        let user = on.named(&input.user_name)?;
        let active = input.status == key_status(true);
        iam.update_access_key(on.id(), (&user, &input.access_key_id), active).await?;
        Ok(UpdateAccessKeyOutput::default())
    }
}
