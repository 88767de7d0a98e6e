//! DeleteAccessKey.

use iam::Iam;
use wire::iam::{DeleteAccessKeyInput, DeleteAccessKeyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteAccessKey;

impl Action for DeleteAccessKey {
    type Input = DeleteAccessKeyInput;
    type Output = DeleteAccessKeyOutput;

    fn asks(on: &On, input: &DeleteAccessKeyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteAccessKeyInput,
    ) -> Result<DeleteAccessKeyOutput, Stop> {
        let user = on.named(&input.user_name)?;
        iam.delete_access_key(on.id(), (&user, &input.access_key_id)).await?;
        Ok(DeleteAccessKeyOutput::default())
    }
}
