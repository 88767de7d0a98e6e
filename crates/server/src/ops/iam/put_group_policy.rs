//! PutGroupPolicy.

use iam::Iam;
use wire::iam::{PutGroupPolicyInput, PutGroupPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct PutGroupPolicy;

impl Action for PutGroupPolicy {
    type Input = PutGroupPolicyInput;
    type Output = PutGroupPolicyOutput;

    fn asks(on: &On, input: &PutGroupPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_group(&input.group_name)])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: PutGroupPolicyInput,
    ) -> Result<PutGroupPolicyOutput, Stop> {
        let name = (&*input.group_name, &*input.policy_name);
        iam.put_group_policy(on.id(), name, &input.policy_document).await?;
        Ok(PutGroupPolicyOutput::default())
    }
}
