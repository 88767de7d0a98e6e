//! GetAccountSummary.

use iam::Iam;
use types::Arn;
use wire::iam::{GetAccountSummaryInput, GetAccountSummaryOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct GetAccountSummary;

impl Action for GetAccountSummary {
    type Input = GetAccountSummaryInput;
    type Output = GetAccountSummaryOutput;

    fn asks(on: &On, _: &GetAccountSummaryInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        _: GetAccountSummaryInput,
    ) -> Result<GetAccountSummaryOutput, Stop> {
        let mut summary_map: Vec<_> = on
            .account
            .summary(iam.quotas())
            .into_iter()
            .map(|(name, figure)| (name.to_owned(), figure as i64))
            .collect();
        // Root has a key: the server doesn't start without one.
        for (name, figure) in [("AccountAccessKeysPresent", 1), ("AccountPasswordPresent", 0)] {
            summary_map.push((name.to_owned(), figure));
        }
        Ok(GetAccountSummaryOutput { summary_map })
    }
}
