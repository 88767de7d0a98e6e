//! DeleteAccountPasswordPolicy.

use iam::Iam;
use types::Arn;
use wire::iam::{DeleteAccountPasswordPolicyInput, DeleteAccountPasswordPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteAccountPasswordPolicy;

impl Action for DeleteAccountPasswordPolicy {
    type Input = DeleteAccountPasswordPolicyInput;
    type Output = DeleteAccountPasswordPolicyOutput;

    fn asks(on: &On, _: &DeleteAccountPasswordPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        _: DeleteAccountPasswordPolicyInput,
    ) -> Result<DeleteAccountPasswordPolicyOutput, Stop> {
        iam.delete_password_policy(on.id()).await?;
        Ok(DeleteAccountPasswordPolicyOutput::default())
    }
}
