//! DeleteAccountAlias.

use iam::Iam;
use types::Arn;
use wire::iam::{DeleteAccountAliasInput, DeleteAccountAliasOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct DeleteAccountAlias;

impl Action for DeleteAccountAlias {
    type Input = DeleteAccountAliasInput;
    type Output = DeleteAccountAliasOutput;

    fn asks(on: &On, _: &DeleteAccountAliasInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: DeleteAccountAliasInput,
    ) -> Result<DeleteAccountAliasOutput, Stop> {
        iam.delete_account_alias(on.id(), &input.account_alias).await?;
        Ok(DeleteAccountAliasOutput::default())
    }
}
