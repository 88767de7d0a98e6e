//! PutUserPermissionsBoundary.

use iam::Iam;
use wire::iam::{PutUserPermissionsBoundaryInput, PutUserPermissionsBoundaryOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct PutUserPermissionsBoundary;

impl Action for PutUserPermissionsBoundary {
    type Input = PutUserPermissionsBoundaryInput;
    type Output = PutUserPermissionsBoundaryOutput;

    fn asks(on: &On, input: &PutUserPermissionsBoundaryInput) -> Result<Vec<Ask>, Stop> {
        let user = on.ask_of_user(&input.user_name);
        Ok(vec![user.with("iam:PermissionsBoundary", &input.permissions_boundary)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: PutUserPermissionsBoundaryInput,
    ) -> Result<PutUserPermissionsBoundaryOutput, Stop> {
        let (user, boundary) = (&input.user_name, &input.permissions_boundary);
        iam.put_user_boundary(on.id(), user, boundary).await?;
        Ok(PutUserPermissionsBoundaryOutput::default())
    }
}
