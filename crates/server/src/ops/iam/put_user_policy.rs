//! PutUserPolicy.

use iam::Iam;
use wire::iam::{PutUserPolicyInput, PutUserPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct PutUserPolicy;

impl Action for PutUserPolicy {
    type Input = PutUserPolicyInput;
    type Output = PutUserPolicyOutput;

    fn asks(on: &On, input: &PutUserPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.with_boundary(on.ask_of_user(&input.user_name), &input.user_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: PutUserPolicyInput,
    ) -> Result<PutUserPolicyOutput, Stop> {
        let name = (&*input.user_name, &*input.policy_name);
        iam.put_user_policy(on.id(), name, &input.policy_document).await?;
        Ok(PutUserPolicyOutput::default())
    }
}
