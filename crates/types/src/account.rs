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
        let digit = |at: usize| b'0' + (number / 10u64.pow(11 - at as u32) % 10) as u8;
        Self(std::array::from_fn(digit))
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

/// An access key's id: `AKIA` and 16 letters of base32 that contain the account, as AWS's do.
/// A key that the operator chose (root's, from the environment) may be any other text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccessKeyId(Box<str>);

impl AccessKeyId {
    /// Makes an id of this account out of ten random bytes.
    ///
    /// Of the 80 bits that the letters carry the first is set and the next 40 are the account's
    /// number (Aidan Steele, "AWS Access Key ID formats"; Tal Be'ery on decoding them).
    pub fn generate(account: AccountId, random: [u8; 10]) -> Self {
        let number: u64 = account.as_str().parse().expect("twelve digits");
        let bits =
            u128::from_be_bytes(std::array::from_fn(|i| if i < 6 { 0 } else { random[i - 6] }));
        let bits = (bits & ((1 << 39) - 1)) | u128::from(number) << 39 | 1 << 79;
        let letters = (0..16).rev().map(|at| char::from(BASE32[(bits >> (5 * at)) as usize & 31]));
        Self("AKIA".chars().chain(letters).collect::<String>().into())
    }

    /// An id that somebody else chose.
    pub fn chosen(id: &str) -> Self {
        Self(id.into())
    }

    /// The account that the id contains, if it is one that was generated.
    pub fn account(&self) -> Option<AccountId> {
        Self::account_in(&self.0)
    }

    /// The account that this text contains, if it is an id that was generated.
    pub fn account_in(id: &str) -> Option<AccountId> {
        let letters = id.strip_prefix("AKIA").filter(|it| it.len() == 16)?;
        let mut bits = 0u128;
        for letter in letters.bytes() {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'2'..=b'7' => letter - b'2' + 26,
                _ => return None,
            };
            bits = bits << 5 | u128::from(value);
        }
        let number = (bits >> 39) as u64 & ((1 << 40) - 1);
        (bits >> 79 == 1 && number < 1_000_000_000_000).then(|| AccountId::from_number(number))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

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
        // One for every request on an object: `fmt` costs ten times as much.
        Self(["arn:aws:s3:::", bucket, "/", key].concat())
    }

    /// `arn:aws:iam::ACCOUNT:NAME`; the name is `user/PATH/NAME` and so on.
    pub fn iam(account: AccountId, name: &str) -> Self {
        Self(format!("arn:aws:iam::{account}:{name}"))
    }

    /// A name that somebody gave, whatever it is.
    pub fn given(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// `*`: of operations that name nothing in particular.
    pub fn any() -> Self {
        Self("*".into())
    }

    /// `arn:aws:s3:::*`: every bucket, of an operation of Amazon S3 that names none.
    pub fn every_bucket() -> Self {
        Self::bucket("*")
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
    fn an_access_key_id_contains_its_account() {
        for number in [0, 123_456_789_012, 999_999_999_999] {
            let account = AccountId::from_number(number);
            for random in [[0; 10], [255; 10], [0x5a; 10]] {
                let id = AccessKeyId::generate(account, random);
                assert_eq!(id.as_str().len(), 20);
                assert_eq!(id.account(), Some(account), "{id:?}");
            }
        }
        assert_eq!(AccessKeyId::chosen("admin").account(), None);
        // The id of the article's example and its account.
        let id = AccessKeyId::chosen("AKIASP2TPHJSQH3FJRUX");
        assert_eq!(id.account().unwrap().as_str(), "171436882533");
    }

    #[test]
    fn an_account_id_is_twelve_digits() {
        assert_eq!("000123456789".parse::<AccountId>().unwrap().as_str(), "000123456789");
        for bad in ["", "12345678901", "1234567890123", "12345678901a", "１23456789012"] {
            assert_eq!(bad.parse::<AccountId>(), Err(ParseAccountIdError), "{bad}");
        }
        assert_eq!(AccountId::from_number(7).root_arn().as_str(), "arn:aws:iam::000000000007:root");
    }
}
