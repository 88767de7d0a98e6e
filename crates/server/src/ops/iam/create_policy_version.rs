//! CreatePolicyVersion.

use iam::Iam;
use wire::iam::{CreatePolicyVersionInput, CreatePolicyVersionOutput};

use super::action::{Action, On, Stop};
use super::shapes::listed_version;
use crate::authorize::Ask;

pub(crate) struct CreatePolicyVersion;

impl Action for CreatePolicyVersion {
    type Input = CreatePolicyVersionInput;
    type Output = CreatePolicyVersionOutput;

    fn asks(on: &On, input: &CreatePolicyVersionInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: CreatePolicyVersionInput,
    ) -> Result<CreatePolicyVersionOutput, Stop> {
        let default = input.set_as_default.unwrap_or(false);
        let new = (&*input.policy_document, default);
        let version = iam.create_policy_version(on.id(), &input.policy_arn, new).await?;
        Ok(CreatePolicyVersionOutput { policy_version: Some(listed_version(&version, default)) })
    }
}
