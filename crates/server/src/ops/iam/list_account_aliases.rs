//! ListAccountAliases: one or none.

use iam::Iam;
use types::Arn;
use wire::iam::{ListAccountAliasesInput, ListAccountAliasesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListAccountAliases;

impl Action for ListAccountAliases {
    type Input = ListAccountAliasesInput;
    type Output = ListAccountAliasesOutput;

    fn asks(on: &On, _: &ListAccountAliasesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListAccountAliasesInput,
    ) -> Result<ListAccountAliasesOutput, Stop> {
        only_page(&input.marker)?;
        let aliases = on.account.alias().map(String::from);
        Ok(ListAccountAliasesOutput {
            account_aliases: aliases.into_iter().collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
