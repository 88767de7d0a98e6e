//! Bucket names, object keys, version ids.

use std::fmt;

/// Longest object key, in bytes of UTF-8.
pub const KEY_BYTES_MAX: usize = 1024;

/// A general-purpose bucket's name that may be created.
///
/// Source: "General purpose bucket naming rules", the S3 User Guide.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BucketName(Box<str>);

/// Which rule a bucket name breaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BucketNameError {
    /// Shorter than 3 or longer than 63 bytes.
    #[error("a bucket name has 3 to 63 characters")]
    Length,
    /// A character outside `a-z 0-9 . -`.
    #[error("a bucket name consists of lower-case letters, digits, dots and hyphens")]
    Character,
    /// Begins or ends with a dot or hyphen.
    #[error("a bucket name begins and ends with a letter or digit")]
    Edge,
    /// Two dots in a row.
    #[error("a bucket name has no two dots in a row")]
    Dots,
    /// Looks like `192.168.5.4`.
    #[error("a bucket name isn't an IP address")]
    IpAddress,
    /// A prefix or suffix that AWS keeps for itself.
    #[error("this prefix or suffix is reserved")]
    Reserved,
}

const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

impl BucketName {
    /// Checks every rule.
    pub fn new(name: &str) -> Result<Self, BucketNameError> {
        if !(3..=63).contains(&name.len()) {
            return Err(BucketNameError::Length);
        }
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !name.bytes().all(|b| plain(b) || b == b'.' || b == b'-') {
            return Err(BucketNameError::Character);
        }
        let bytes = name.as_bytes();
        if !plain(bytes[0]) || !plain(bytes[bytes.len() - 1]) {
            return Err(BucketNameError::Edge);
        }
        if name.contains("..") {
            return Err(BucketNameError::Dots);
        }
        if name.parse::<std::net::Ipv4Addr>().is_ok() {
            return Err(BucketNameError::IpAddress);
        }
        if RESERVED_PREFIXES.iter().any(|it| name.starts_with(it))
            || RESERVED_SUFFIXES.iter().any(|it| name.ends_with(it))
        {
            return Err(BucketNameError::Reserved);
        }
        Ok(Self(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// An object's key: 1 to 1,024 bytes of UTF-8, otherwise free. Never a path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(Box<str>);

/// Why a text is no key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// No bytes at all.
    #[error("a key has at least one byte")]
    Empty,
    /// Longer than [`KEY_BYTES_MAX`].
    #[error("a key has at most {KEY_BYTES_MAX} bytes, this one {size}")]
    TooLong {
        /// How long it is.
        size: usize,
    },
}

impl ObjectKey {
    /// Checks the length.
    pub fn new(key: impl Into<Box<str>>) -> Result<Self, KeyError> {
        let key = key.into();
        match key.len() {
            0 => Err(KeyError::Empty),
            size if size > KEY_BYTES_MAX => Err(KeyError::TooLong { size }),
            _ => Ok(Self(key)),
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// One version of an object. Until versioning is there every object is its null version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VersionId {
    /// `null`: written while versioning was off or suspended.
    Null,
}

impl VersionId {
    /// As it stands in `versionId=`; none for an id that no version here can have.
    pub fn parse(text: &str) -> Option<Self> {
        (text == "null").then_some(Self::Null)
    }

    /// As it stands in answers.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Null => "null",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bucket_names_follow_the_rules() {
        for good in ["abc", "a.b-c", "123", "my-bucket.example", &"a".repeat(63)] {
            assert!(BucketName::new(good).is_ok(), "{good}");
        }
        use BucketNameError::*;
        for (bad, why) in [
            ("ab", Length),
            (&*"a".repeat(64), Length),
            ("Abc", Character),
            ("a_b", Character),
            ("a/b", Character),
            ("-abc", Edge),
            ("abc.", Edge),
            ("a..b", Dots),
            ("192.168.5.4", IpAddress),
            ("xn--abc", Reserved),
            ("abc-s3alias", Reserved),
        ] {
            assert_eq!(BucketName::new(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_key_is_any_text_up_to_its_limit() {
        for good in ["a", "/", "../x", "a//b", "옹기", "\u{1}", &"k".repeat(KEY_BYTES_MAX)] {
            assert_eq!(ObjectKey::new(good).unwrap().as_str(), good);
        }
        assert_eq!(ObjectKey::new(""), Err(KeyError::Empty));
        let long = "k".repeat(KEY_BYTES_MAX + 1);
        assert_eq!(ObjectKey::new(long), Err(KeyError::TooLong { size: KEY_BYTES_MAX + 1 }));
    }
}
