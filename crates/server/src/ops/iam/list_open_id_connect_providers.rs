//! ListOpenIDConnectProviders: none, there can't be any yet.

use iam::Iam;
use types::Arn;
use wire::iam::{ListOpenIDConnectProvidersInput, ListOpenIDConnectProvidersOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct ListOpenIDConnectProviders;

impl Action for ListOpenIDConnectProviders {
    type Input = ListOpenIDConnectProvidersInput;
    type Output = ListOpenIDConnectProvidersOutput;

    fn asks(on: &On, _: &ListOpenIDConnectProvidersInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::iam(on.id(), "oidc-provider/*"))])
    }

    async fn act(
        _: &On,
        _: &Iam,
        _: ListOpenIDConnectProvidersInput,
    ) -> Result<ListOpenIDConnectProvidersOutput, Stop> {
        Ok(ListOpenIDConnectProvidersOutput::default())
    }
}
