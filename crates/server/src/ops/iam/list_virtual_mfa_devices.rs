//! ListVirtualMFADevices: none.

use iam::Iam;
use wire::iam::{ListVirtualMFADevicesInput, ListVirtualMFADevicesOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListVirtualMFADevices;

impl Action for ListVirtualMFADevices {
    type Input = ListVirtualMFADevicesInput;
    type Output = ListVirtualMFADevicesOutput;

    fn asks(on: &On, _: &ListVirtualMFADevicesInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_all("mfa", &None)])
    }

    async fn act(
        _: &On,
        _: &Iam,
        input: ListVirtualMFADevicesInput,
    ) -> Result<ListVirtualMFADevicesOutput, Stop> {
        only_page(&input.marker)?;
        Ok(ListVirtualMFADevicesOutput { is_truncated: Some(false), ..Default::default() })
    }
}
