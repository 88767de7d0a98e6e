//! CreateAccessKey.

use iam::Iam;
use wire::iam::{AccessKey, CreateAccessKeyInput, CreateAccessKeyOutput};

use super::action::{Action, On, Stop};
use super::shapes::key_status;
use crate::authorize::Ask;

pub(crate) struct CreateAccessKey;

impl Action for CreateAccessKey {
    type Input = CreateAccessKeyInput;
    type Output = CreateAccessKeyOutput;

    fn asks(on: &On, input: &CreateAccessKeyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: CreateAccessKeyInput,
    ) -> Result<CreateAccessKeyOutput, Stop> {
        let user = on.named(&input.user_name)?;
        let key = iam.create_access_key(on.id(), &user).await?;
        // The only answer that ever shows the secret.
        let secret = key.secret.as_ref().map(|it| it.reveal().to_owned()).unwrap_or_default();
        let access_key = AccessKey {
            user_name: user,
            access_key_id: key.id.to_string(),
            status: key_status(key.active),
            secret_access_key: secret,
            create_date: Some(key.created),
        };
        Ok(CreateAccessKeyOutput { access_key })
    }
}
