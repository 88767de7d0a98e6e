//! ListSSHPublicKeys: none, of a user who is there.

use iam::Iam;
use wire::iam::{ListSSHPublicKeysInput, ListSSHPublicKeysOutput};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListSSHPublicKeys;

impl Action for ListSSHPublicKeys {
    type Input = ListSSHPublicKeysInput;
    type Output = ListSSHPublicKeysOutput;

    fn asks(on: &On, input: &ListSSHPublicKeysInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListSSHPublicKeysInput,
    ) -> Result<ListSSHPublicKeysOutput, Stop> {
        on.check_named(&input.user_name)?;
        only_page(&input.marker)?;
        Ok(ListSSHPublicKeysOutput { is_truncated: Some(false), ..Default::default() })
    }
}
