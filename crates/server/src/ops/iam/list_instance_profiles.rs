//! ListInstanceProfiles: none, there can't be any yet.

use iam::Iam;
use wire::iam::{ListInstanceProfilesInput, ListInstanceProfilesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListInstanceProfiles;

impl Action for ListInstanceProfiles {
    type Input = ListInstanceProfilesInput;
    type Output = ListInstanceProfilesOutput;

    fn asks(on: &On, input: &ListInstanceProfilesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("instance-profile", &input.path_prefix)])
    }

    async fn act(
        _: &On,
        _: &Iam,
        input: ListInstanceProfilesInput,
    ) -> Result<ListInstanceProfilesOutput, Stop> {
        only_page(&input.marker)?;
        Ok(ListInstanceProfilesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
