//! SetDefaultPolicyVersion.

use iam::Iam;
use wire::iam::{SetDefaultPolicyVersionInput, SetDefaultPolicyVersionOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct SetDefaultPolicyVersion;

impl Action for SetDefaultPolicyVersion {
    type Input = SetDefaultPolicyVersionInput;
    type Output = SetDefaultPolicyVersionOutput;

    fn asks(on: &On, input: &SetDefaultPolicyVersionInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: SetDefaultPolicyVersionInput,
    ) -> Result<SetDefaultPolicyVersionOutput, Stop> {
        let version = (&*input.policy_arn, &*input.version_id);
        iam.set_default_policy_version(on.id(), version).await?;
        Ok(SetDefaultPolicyVersionOutput::default())
    }
}
