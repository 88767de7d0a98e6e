//! ListSigningCertificates: none, of a user who is there.

use iam::Iam;
use wire::iam::{ListSigningCertificatesInput, ListSigningCertificatesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListSigningCertificates;

impl Action for ListSigningCertificates {
    type Input = ListSigningCertificatesInput;
    type Output = ListSigningCertificatesOutput;

    fn asks(on: &On, input: &ListSigningCertificatesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListSigningCertificatesInput,
    ) -> Result<ListSigningCertificatesOutput, Stop> {
        on.check_named(&input.user_name)?;
        only_page(&input.marker)?;
        Ok(ListSigningCertificatesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
