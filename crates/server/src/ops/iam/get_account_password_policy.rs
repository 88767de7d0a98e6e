//! GetAccountPasswordPolicy.

use iam::Iam;
use types::Arn;
use wire::iam as shapes;
use wire::iam::{GetAccountPasswordPolicyInput, GetAccountPasswordPolicyOutput};

use super::action::{Action, On, Stop};
use crate::authorize::Ask;

pub(crate) struct GetAccountPasswordPolicy;

impl Action for GetAccountPasswordPolicy {
    type Input = GetAccountPasswordPolicyInput;
    type Output = GetAccountPasswordPolicyOutput;

    fn asks(on: &On, _: &GetAccountPasswordPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        _: &Iam,
        _: GetAccountPasswordPolicyInput,
    ) -> Result<GetAccountPasswordPolicyOutput, Stop> {
        let policy = on.account.password_policy()?;
        let number = |it: Option<u32>| it.map(i64::from);
        Ok(GetAccountPasswordPolicyOutput {
            password_policy: shapes::PasswordPolicy {
                minimum_password_length: Some(policy.minimum_length.into()),
                require_symbols: Some(policy.require_symbols),
                require_numbers: Some(policy.require_numbers),
                require_uppercase_characters: Some(policy.require_uppercase),
                require_lowercase_characters: Some(policy.require_lowercase),
                allow_users_to_change_password: Some(policy.allow_users_to_change),
                expire_passwords: Some(policy.max_age_days.is_some()),
                max_password_age: number(policy.max_age_days),
                password_reuse_prevention: number(policy.reuse_prevention),
                // Recorded of AWS: where nothing expires it is left out.
                hard_expiry: (policy.max_age_days.is_some() || policy.hard_expiry)
                    .then_some(policy.hard_expiry),
            },
        })
    }
}
