//! Secrets: sealed in rows by whoever has the master key, open in memory only, never printed.

use std::fmt;

/// Seals small secrets for rows. The server's master key does it.
pub trait Seal: Send + Sync + 'static {
    /// Seals a secret for one use: `purpose` has to be the same when it is opened.
    fn seal(&self, secret: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable>;
    /// Opens what [`Seal::seal`] sealed.
    fn open(&self, sealed: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable>;
}

/// A secret can't be sealed or opened: the master key is missing or another one, or the row damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unsealable(pub String);

/// An access key's secret. It prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

/// AWS's secrets have 40 characters.
const SECRET_CHARACTERS: usize = 40;
/// The letters of base64: AWS's secrets are made of them.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Secret {
    /// Makes one: 240 random bits.
    pub(crate) fn generate() -> Self {
        let bytes = random::<SECRET_CHARACTERS>();
        Self(bytes.iter().map(|it| char::from(LETTERS[usize::from(it & 63)])).collect())
    }

    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        String::from_utf8(bytes).ok().map(|it| Self(it.into()))
    }

    /// The secret itself, for a signature or for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(...)")
    }
}

/// Bytes from the operating system's generator.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
