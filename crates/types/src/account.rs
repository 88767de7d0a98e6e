//! Accounts and the names that carry them.

use std::fmt;

/// An AWS account: twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId([u8; 12]);

/// The text is not twelve ASCII digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an account id is 12 digits")]
pub struct ParseAccountIdError;

impl AccountId {
    /// The account with this number; only the last twelve decimal digits count.
    pub fn from_number(number: u64) -> Self {
        let text = format!("{:012}", number % 1_000_000_000_000);
        Self(text.as_bytes().try_into().expect("twelve digits"))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only digits")
    }

    /// The account's root user, `arn:aws:iam::ID:root`.
    pub fn root_arn(&self) -> Arn {
        Arn(format!("arn:aws:iam::{}:root", self.as_str()))
    }
}

impl std::str::FromStr for AccountId {
    type Err = ParseAccountIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: [u8; 12] = text.as_bytes().try_into().map_err(|_| ParseAccountIdError)?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits)).ok_or(ParseAccountIdError)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An Amazon Resource Name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn(String);

impl Arn {
    /// `arn:aws:s3:::BUCKET`.
    pub fn bucket(bucket: &str) -> Self {
        Self(format!("arn:aws:s3:::{bucket}"))
    }

    /// `arn:aws:s3:::BUCKET/KEY`.
    pub fn object(bucket: &str, key: &str) -> Self {
        Self(format!("arn:aws:s3:::{bucket}/{key}"))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_is_twelve_digits() {
        assert_eq!("000123456789".parse::<AccountId>().unwrap().as_str(), "000123456789");
        for bad in ["", "12345678901", "1234567890123", "12345678901a", "１23456789012"] {
            assert_eq!(bad.parse::<AccountId>(), Err(ParseAccountIdError), "{bad}");
        }
        assert_eq!(AccountId::from_number(7).root_arn().as_str(), "arn:aws:iam::000000000007:root");
    }
}
