//! CreateAccountAlias.

use iam::Iam;
use types::Arn;
use wire::iam::{CreateAccountAliasInput, CreateAccountAliasOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct CreateAccountAlias;

impl Action for CreateAccountAlias {
    type Input = CreateAccountAliasInput;
    type Output = CreateAccountAliasOutput;

    fn asks(on: &On, _: &CreateAccountAliasInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: CreateAccountAliasInput,
    ) -> Result<CreateAccountAliasOutput, Stop> {
        iam.create_account_alias(on.id(), &input.account_alias).await?;
        Ok(CreateAccountAliasOutput::default())
    }
}
