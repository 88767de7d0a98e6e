//! DeleteLoginProfile.

use iam::Iam;
use wire::iam::{DeleteLoginProfileInput, DeleteLoginProfileOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteLoginProfile;

impl Action for DeleteLoginProfile {
    type Input = DeleteLoginProfileInput;
    type Output = DeleteLoginProfileOutput;

    fn asks(on: &On, input: &DeleteLoginProfileInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteLoginProfileInput,
    ) -> Result<DeleteLoginProfileOutput, Stop> {
        iam.delete_login_profile(on.id(), &on.named(&input.user_name)?).await?;
        Ok(DeleteLoginProfileOutput::default())
    }
}
