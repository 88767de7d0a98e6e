//! ListSAMLProviders: none, there can't be any yet.

use iam::Iam;
use types::Arn;
use wire::iam::{ListSAMLProvidersInput, ListSAMLProvidersOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct ListSAMLProviders;

impl Action for ListSAMLProviders {
    type Input = ListSAMLProvidersInput;
    type Output = ListSAMLProvidersOutput;

    fn asks(on: &On, _: &ListSAMLProvidersInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::iam(on.id(), "saml-provider/*"))])
    }

    async fn act(
        _: &On,
        _: &Iam,
        _: ListSAMLProvidersInput,
    ) -> Result<ListSAMLProvidersOutput, Stop> {
        Ok(ListSAMLProvidersOutput::default())
    }
}
