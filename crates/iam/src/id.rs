//! Unique ids: what stays the same when something is renamed, and is never used again.

use std::fmt;

use crate::seal::random;

/// A unique id in AWS's form: four letters for what it is, seventeen of base32 (IAM User Guide,
/// "IAM identifiers").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UniqueId([u8; 21]);

/// What a unique id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `AIDA`.
    User,
    /// `AGPA`.
    Group,
    /// `ANPA`.
    Policy,
}

impl Kind {
    fn prefix(self) -> &'static [u8; 4] {
        match self {
            Self::User => b"AIDA",
            Self::Group => b"AGPA",
            Self::Policy => b"ANPA",
        }
    }
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl UniqueId {
    /// Makes one: 85 random bits.
    pub(crate) fn generate(kind: Kind) -> Self {
        let bytes = random::<17>();
        let prefix = kind.prefix();
        Self(std::array::from_fn(|at| match at {
            0..4 => prefix[at],
            _ => BASE32[usize::from(bytes[at - 4] & 31)],
        }))
    }

    /// Reads one of this kind. AWS's older ids have digits that base32 doesn't.
    pub fn parse(text: &str, kind: Kind) -> Option<Self> {
        let letters: [u8; 21] = text.as_bytes().try_into().ok()?;
        let plain = letters.iter().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        (plain && letters.starts_with(kind.prefix())).then_some(Self(letters))
    }

    /// Reads one of any kind.
    pub(crate) fn parse_any(text: &str) -> Option<Self> {
        let kinds = [Kind::User, Kind::Group, Kind::Policy];
        kinds.into_iter().find_map(|kind| Self::parse(text, kind))
    }

    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.0.starts_with(kind.prefix())
    }

    /// The 21 letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII letters")
    }
}

impl fmt::Display for UniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for UniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_it_is_of() {
        for (kind, prefix) in [(Kind::User, "AIDA"), (Kind::Group, "AGPA"), (Kind::Policy, "ANPA")]
        {
            let id = UniqueId::generate(kind);
            assert!(id.as_str().starts_with(prefix), "{id}");
            assert_eq!(UniqueId::parse(id.as_str(), kind), Some(id));
        }
        assert!(UniqueId::parse("ANPAJ4L4MM2A7QIEB56MS", Kind::Policy).is_some());
        for bad in
            ["", "AIDA", "ANPAJ4L4MM2A7QIEB56M", "AIDAJ4L4MM2A7QIEB56MS", "ANPAj4L4MM2A7QIEB56MS"]
        {
            assert_eq!(UniqueId::parse(bad, Kind::Policy), None, "{bad}");
        }
    }
}
