//! UpdateAccountPasswordPolicy: what a request doesn't name goes back to its default.

use iam::{Iam, PasswordPolicy};
use types::Arn;
use wire::iam::{UpdateAccountPasswordPolicyInput, UpdateAccountPasswordPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct UpdateAccountPasswordPolicy;

impl Action for UpdateAccountPasswordPolicy {
    type Input = UpdateAccountPasswordPolicyInput;
    type Output = UpdateAccountPasswordPolicyOutput;

    fn asks(on: &On, _: &UpdateAccountPasswordPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        iam: &Iam,
        input: UpdateAccountPasswordPolicyInput,
    ) -> Result<UpdateAccountPasswordPolicyOutput, Stop> {
        // What no number can be is out of every range.
        let number = |it: i64| u32::try_from(it).unwrap_or(u32::MAX);
        let default = PasswordPolicy::default();
        let policy = PasswordPolicy {
            minimum_length: input.minimum_password_length.map_or(default.minimum_length, number),
            require_symbols: input.require_symbols.unwrap_or(false),
            require_numbers: input.require_numbers.unwrap_or(false),
            require_uppercase: input.require_uppercase_characters.unwrap_or(false),
            require_lowercase: input.require_lowercase_characters.unwrap_or(false),
            allow_users_to_change: input.allow_users_to_change_password.unwrap_or(false),
            max_age_days: input.max_password_age.map(number),
            reuse_prevention: input.password_reuse_prevention.map(number),
            hard_expiry: input.hard_expiry.unwrap_or(false),
        };
        iam.put_password_policy(on.id(), policy).await?;
        Ok(UpdateAccountPasswordPolicyOutput::default())
    }
}
