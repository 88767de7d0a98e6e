//! DeletePolicyVersion.

use iam::Iam;
use wire::iam::{DeletePolicyVersionInput, DeletePolicyVersionOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeletePolicyVersion;

impl Action for DeletePolicyVersion {
    type Input = DeletePolicyVersionInput;
    type Output = DeletePolicyVersionOutput;

    fn asks(on: &On, input: &DeletePolicyVersionInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeletePolicyVersionInput,
    ) -> Result<DeletePolicyVersionOutput, Stop> {
        let version = (&*input.policy_arn, &*input.version_id);
        iam.delete_policy_version(on.id(), version).await?;
        Ok(DeletePolicyVersionOutput::default())
    }
}
