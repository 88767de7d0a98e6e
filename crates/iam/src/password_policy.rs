//! What passwords must be, and for how long they are: the account's password policy, or AWS's default
//! where there is none (IAM User Guide, "Set an account password policy for IAM users").

use std::time::Duration;

use serde::{Deserialize, Serialize};
use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::error::{IamError, Invalid, Missing, PasswordFault};
use crate::row::{At, Edit, Record};

/// Longest password, in characters.
pub(crate) const PASSWORD_CHARACTERS_MAX: usize = 128;
/// Passwords that reuse is checked against, at most.
pub(crate) const EARLIER_MAX: usize = 24;
/// The default policy's.
const DEFAULT_LENGTH_MIN: u32 = 8;
/// The sorts of characters, of four, that the default policy asks for.
const DEFAULT_SORTS_MIN: usize = 3;
/// What RequireSymbols counts.
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

/// An account's password policy. Its default is what UpdateAccountPasswordPolicy sets of what a request
/// doesn't name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordPolicy {
    /// Characters.
    pub minimum_length: u32,
    /// One of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`.
    pub require_symbols: bool,
    /// A digit.
    pub require_numbers: bool,
    /// A to Z.
    pub require_uppercase: bool,
    /// a to z.
    pub require_lowercase: bool,
    /// Every user may change its own password.
    pub allow_users_to_change: bool,
    /// Days after which a password has to be changed.
    pub max_age_days: Option<u32>,
    /// How many passwords back one can't be used again.
    pub reuse_prevention: Option<u32>,
    /// Who has let a password expire can't change it.
    pub hard_expiry: bool,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            minimum_length: 6,
            require_symbols: false,
            require_numbers: false,
            require_uppercase: false,
            require_lowercase: false,
            allow_users_to_change: false,
            max_age_days: None,
            reuse_prevention: None,
            hard_expiry: false,
        }
    }
}

impl PasswordPolicy {
    fn check(&self) -> Result<(), IamError> {
        let in_range = |field, value: u32, min, max| match (min..=max).contains(&value) {
            true => Ok(()),
            false => Err(Invalid::OutOfRange { field, min, max }),
        };
        in_range("minimumPasswordLength", self.minimum_length, 6, 128)?;
        if let Some(days) = self.max_age_days {
            in_range("maxPasswordAge", days, 1, 1095)?;
        }
        if let Some(count) = self.reuse_prevention {
            in_range("passwordReusePrevention", count, 1, EARLIER_MAX as u32)?;
        }
        Ok(())
    }
}

/// Which sorts of characters a password has.
struct Sorts {
    uppercase: bool,
    lowercase: bool,
    number: bool,
    symbol: bool,
}

impl Sorts {
    fn of(password: &str) -> Self {
        let has = |fits: fn(char) -> bool| password.chars().any(fits);
        Self {
            uppercase: has(|it| it.is_ascii_uppercase()),
            lowercase: has(|it| it.is_ascii_lowercase()),
            number: has(|it| it.is_ascii_digit()),
            symbol: has(|it| SYMBOLS.contains(it)),
        }
    }
}

impl Account {
    /// The password policy; none if the default one holds.
    pub fn password_policy(&self) -> Result<&PasswordPolicy, IamError> {
        let found = self.settings.password_policy.as_ref();
        found.ok_or_else(|| Missing::PasswordPolicy(self.id).into())
    }

    /// Whether every user may change its own password: part of each [`crate::Identity`].
    pub(crate) fn users_may_change_passwords(&self) -> bool {
        self.settings.password_policy.as_ref().is_some_and(|it| it.allow_users_to_change)
    }

    /// Whether a password is one that the policy allows; reuse apart.
    pub(crate) fn check_password(&self, password: &str) -> Result<(), IamError> {
        let (length, sorts) = (password.chars().count(), Sorts::of(password));
        let faults = match &self.settings.password_policy {
            Some(policy) => vec![
                (
                    length < policy.minimum_length as usize,
                    PasswordFault::TooShort(policy.minimum_length),
                ),
                (policy.require_uppercase && !sorts.uppercase, PasswordFault::NoUppercase),
                (policy.require_lowercase && !sorts.lowercase, PasswordFault::NoLowercase),
                (policy.require_numbers && !sorts.number, PasswordFault::NoNumber),
                (policy.require_symbols && !sorts.symbol, PasswordFault::NoSymbol),
            ],
            None => {
                let sorts = [sorts.uppercase, sorts.lowercase, sorts.number, sorts.symbol];
                let count = sorts.iter().filter(|it| **it).count();
                let names = [Some(self.id.as_str()), self.alias()];
                vec![
                    (
                        length < DEFAULT_LENGTH_MIN as usize,
                        PasswordFault::TooShort(DEFAULT_LENGTH_MIN),
                    ),
                    (count < DEFAULT_SORTS_MIN, PasswordFault::TooFewSorts),
                    (names.contains(&Some(password)), PasswordFault::AccountName),
                ]
            }
        };
        match faults.into_iter().find(|it| it.0) {
            Some((_, fault)) => Err(fault.into()),
            None => Ok(()),
        }
    }

    /// How many passwords back one can't be used again.
    pub(crate) fn reuse_prevention(&self) -> u32 {
        self.settings.password_policy.as_ref().and_then(|it| it.reuse_prevention).unwrap_or(0)
    }

    /// Whether a password that was set then has expired by now.
    pub(crate) fn has_expired(&self, set: Timestamp, now: Timestamp) -> bool {
        let policy = self.settings.password_policy.as_ref();
        let days = policy.and_then(|it| it.max_age_days);
        days.is_some_and(|it| now.since(set) >= Duration::from_secs(u64::from(it) * 86_400))
    }
}

impl Iam {
    /// UpdateAccountPasswordPolicy: the whole policy is replaced.
    pub async fn put_password_policy(
        &self,
        account: AccountId,
        policy: PasswordPolicy,
    ) -> Result<(), IamError> {
        policy.check()?;
        let put =
            |_: &Account| Ok(Judged::of(vec![Edit::Put(Record::PasswordPolicy(policy.clone()))]));
        self.change(account, put).await
    }

    /// DeleteAccountPasswordPolicy: the default one holds again.
    pub async fn delete_password_policy(&self, account: AccountId) -> Result<(), IamError> {
        let delete = |account: &Account| {
            if account.settings.password_policy.is_none() {
                return Err(Missing::DeletedPasswordPolicy.into());
            }
            Ok(Judged::of(vec![Edit::Delete(At::PasswordPolicy)]))
        };
        self.change(account, delete).await
    }
}
