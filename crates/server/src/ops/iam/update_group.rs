//! UpdateGroup: another name, another path. Both the old and the new name have to be allowed.

use iam::{GroupChanges, Iam};
use types::Arn;
use wire::iam::{UpdateGroupInput, UpdateGroupOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UpdateGroup;

impl Action for UpdateGroup {
    type Input = UpdateGroupInput;
    type Output = UpdateGroupOutput;

    fn asks(on: &On, input: &UpdateGroupInput) -> Result<Vec<Ask>, Stop> {
        let old = on.ask_of_group(&input.group_name);
        let Ok(group) = on.account.group(&input.group_name) else { return Ok(vec![old]) };
        let path = input.new_path.as_ref().unwrap_or(&group.path);
        let name = input.new_group_name.as_ref().unwrap_or(&group.name);
        let new = on.ask(Arn::iam(on.id(), &format!("group{path}{name}")));
        Ok(vec![old, new])
    }

    async fn act(on: &On, iam: &Iam, input: UpdateGroupInput) -> Result<UpdateGroupOutput, Stop> {
        let changes = GroupChanges { name: input.new_group_name, path: input.new_path };
        iam.update_group(on.id(), &input.group_name, changes).await?;
        Ok(UpdateGroupOutput::default())
    }
}
