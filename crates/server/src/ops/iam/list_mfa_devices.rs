//! ListMFADevices: none, of a user who is there.

use iam::Iam;
use wire::iam::{ListMFADevicesInput, ListMFADevicesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListMFADevices;

impl Action for ListMFADevices {
    type Input = ListMFADevicesInput;
    type Output = ListMFADevicesOutput;

    fn asks(on: &On, input: &ListMFADevicesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListMFADevicesInput,
    ) -> Result<ListMFADevicesOutput, Stop> {
        on.check_named(&input.user_name)?;
        only_page(&input.marker)?;
        Ok(ListMFADevicesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
