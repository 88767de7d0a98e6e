//! ListServiceSpecificCredentials: none, of a user who is there.

use iam::Iam;
use wire::iam::{ListServiceSpecificCredentialsInput, ListServiceSpecificCredentialsOutput};
use wire::{Code, Error};

use super::action::{Action, On, Stop};
use super::shapes::only_page;
use crate::authorize::Ask;

pub(crate) struct ListServiceSpecificCredentials;

/// The services that have such credentials (IAM User Guide, "Use IAM with CodeCommit", "Use IAM with
/// Amazon Keyspaces", "API keys for AWS services").
const SERVICES: [&str; 4] = [
    "bedrock.amazonaws.com",
    "cassandra.amazonaws.com",
    "codecommit.amazonaws.com",
    "logs.amazonaws.com",
];

impl Action for ListServiceSpecificCredentials {
    type Input = ListServiceSpecificCredentialsInput;
    type Output = ListServiceSpecificCredentialsOutput;

    fn asks(on: &On, input: &ListServiceSpecificCredentialsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_named(&input.user_name)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListServiceSpecificCredentialsInput,
    ) -> Result<ListServiceSpecificCredentialsOutput, Stop> {
        only_page(&input.marker)?;
        if input.all_users != Some(true) {
            on.check_named(&input.user_name)?;
        }
        // LocalStack's recording of AWS, 2025: not the model's NotSupportedService.
        if let Some(service) = input.service_name.filter(|it| !SERVICES.contains(&&**it)) {
            let message =
                format!("No such service {service} is supported for Service Specific Credentials");
            return Err(Error::new(Code::NoSuchEntity).message(message).into());
        }
        Ok(ListServiceSpecificCredentialsOutput { is_truncated: Some(false), ..Default::default() })
    }
}
