//! ListServerCertificates: none, there can't be any yet.

use iam::Iam;
use wire::iam::{ListServerCertificatesInput, ListServerCertificatesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListServerCertificates;

impl Action for ListServerCertificates {
    type Input = ListServerCertificatesInput;
    type Output = ListServerCertificatesOutput;

    fn asks(on: &On, input: &ListServerCertificatesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("server-certificate", &input.path_prefix)])
    }

    async fn act(
        _: &On,
        _: &Iam,
        input: ListServerCertificatesInput,
    ) -> Result<ListServerCertificatesOutput, Stop> {
        only_page(&input.marker)?;
        Ok(ListServerCertificatesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
