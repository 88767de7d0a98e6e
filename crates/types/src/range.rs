//! Byte ranges: what a client asks for and what a body has.

/// A stretch of a body: `start..end`, in bytes, never empty unless the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByteSpan {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

impl ByteSpan {
    /// The whole of a body of `length` bytes.
    pub fn whole(length: u64) -> Self {
        Self { start: 0, end: length }
    }

    /// How many bytes.
    pub fn length(&self) -> u64 {
        self.end - self.start
    }
}

/// A single range of a `Range` header (RFC 9110, 14.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteRange {
    /// `bytes=FIRST-` or `bytes=FIRST-LAST`.
    From {
        /// First byte.
        first: u64,
        /// Last byte, included.
        last: Option<u64>,
    },
    /// `bytes=-LENGTH`.
    Suffix {
        /// How many bytes at the end.
        length: u64,
    },
}

/// No byte of the body is in the range: 416.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the body has no byte in this range")]
pub struct RangeNotSatisfiable;

impl ByteRange {
    /// Reads a header's value. None for anything that isn't one well-formed range of bytes: S3
    /// ignores such a header and sends the whole object, several ranges included.
    pub fn parse(header: &str) -> Option<Self> {
        let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| -> Option<u64> {
            if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            Some(text.parse().unwrap_or(u64::MAX))
        };
        if first.is_empty() {
            return Some(Self::Suffix { length: number(last)? });
        }
        let first = number(first)?;
        let last = if last.is_empty() { None } else { Some(number(last)?) };
        (last.is_none_or(|last| last >= first)).then_some(Self::From { first, last })
    }

    /// The stretch of a body of `length` bytes.
    pub fn of(&self, length: u64) -> Result<ByteSpan, RangeNotSatisfiable> {
        match *self {
            Self::From { first, last } if first < length => {
                let end = last.map_or(length, |last| last.saturating_add(1).min(length));
                Ok(ByteSpan { start: first, end })
            }
            // Of an empty body too (RFC 9110, 14.1.2): then it is all of it.
            Self::Suffix { length: wanted } if wanted > 0 => {
                Ok(ByteSpan { start: length.saturating_sub(wanted), end: length })
            }
            _ => Err(RangeNotSatisfiable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_ten_bytes() {
        let of_ten = |text| ByteRange::parse(text).map(|it| it.of(10).map(|s| (s.start, s.end)));
        assert_eq!(of_ten("bytes=0-3"), Some(Ok((0, 4))));
        assert_eq!(of_ten("bytes=4-"), Some(Ok((4, 10))));
        assert_eq!(of_ten("bytes=4-99"), Some(Ok((4, 10))));
        assert_eq!(of_ten("bytes=-3"), Some(Ok((7, 10))));
        assert_eq!(of_ten("bytes=-99"), Some(Ok((0, 10))));
        assert_eq!(of_ten("bytes=10-"), Some(Err(RangeNotSatisfiable)));
        assert_eq!(of_ten("bytes=-0"), Some(Err(RangeNotSatisfiable)));
        assert_eq!(of_ten("bytes=0-99999999999999999999999"), Some(Ok((0, 10))));
        for ignored in ["bytes=5-4", "bytes=0-1,3-4", "bytes=-", "bytes=a-b", "items=0-1", ""] {
            assert_eq!(of_ten(ignored), None, "{ignored}");
        }
    }

    #[test]
    fn of_an_empty_body_there_is_an_end_and_nothing_else() {
        assert_eq!(ByteRange::parse("bytes=0-").unwrap().of(0), Err(RangeNotSatisfiable));
        assert_eq!(ByteRange::parse("bytes=-0").unwrap().of(0), Err(RangeNotSatisfiable));
        assert_eq!(ByteRange::parse("bytes=-1").unwrap().of(0), Ok(ByteSpan::whole(0)));
    }
}
