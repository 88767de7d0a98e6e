//! GetPolicyVersion: the one that answers the document.

use iam::Iam;
use wire::iam as shapes;
use wire::iam::{GetPolicyVersionInput, GetPolicyVersionOutput};

use super::action::{Action, On, Stop};
use super::shapes::listed_version;
use crate::authorize::Ask;

pub(crate) struct GetPolicyVersion;

impl Action for GetPolicyVersion {
    type Input = GetPolicyVersionInput;
    type Output = GetPolicyVersionOutput;

    fn asks(on: &On, input: &GetPolicyVersionInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: GetPolicyVersionInput,
    ) -> Result<GetPolicyVersionOutput, Stop> {
        let version = on.account.policy_version(&input.policy_arn, &input.version_id)?;
        let policy = on.account.policy(&input.policy_arn)?;
        let document = Some(version.document.text().to_owned());
        let is_default = version.number == policy.default;
        let version = shapes::PolicyVersion { document, ..listed_version(version, is_default) };
        Ok(GetPolicyVersionOutput { policy_version: Some(version) })
    }
}
