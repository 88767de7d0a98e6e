//! Entity tags: an MD5, or for a multipart object an MD5 of MD5s and the number of parts.

use std::fmt;

/// An object's ETag, without the quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ETag {
    md5: [u8; 16],
    /// Zero for a body written in one piece.
    parts: u16,
}

impl ETag {
    /// Of a body written in one piece.
    pub fn of_body(md5: [u8; 16]) -> Self {
        Self { md5, parts: 0 }
    }

    /// Of a multipart object: `md5` is over the parts' MD5s, `parts` is at least one.
    pub fn of_parts(md5: [u8; 16], parts: u16) -> Self {
        debug_assert!(parts > 0, "a multipart object has a part");
        Self { md5, parts }
    }

    /// The hash.
    pub fn md5(&self) -> [u8; 16] {
        self.md5
    }

    /// How many parts; none for a body written in one piece.
    pub fn parts(&self) -> Option<u16> {
        (self.parts > 0).then_some(self.parts)
    }

    /// Reads `hex`, `hex-N`, with quotation marks, without, or with one of the two, as S3 does; none for
    /// anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('"').unwrap_or(text);
        let text = text.strip_suffix('"').unwrap_or(text);
        let (hex, parts) = match text.split_once('-') {
            Some((hex, parts)) => (hex, parts.parse().ok().filter(|it| *it > 0)?),
            None => (text, 0),
        };
        if hex.len() != 32 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut md5 = [0; 16];
        for (byte, pair) in md5.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self { md5, parts })
    }

    /// With quotation marks, as in headers and XML.
    pub fn quoted(&self) -> String {
        let mut text = String::with_capacity(40);
        text.push('"');
        text.push_str(std::str::from_utf8(&self.hex()).expect("hex digits"));
        if self.parts > 0 {
            text.push_str(&format!("-{}", self.parts));
        }
        text.push('"');
        text
    }

    fn hex(&self) -> [u8; 32] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0u8; 32];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.md5) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }
        text
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.hex()).expect("hex digits"))?;
        if self.parts > 0 {
            write!(f, "-{}", self.parts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ETag({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let one = ETag::of_body([0xab; 16]);
        assert_eq!(one.to_string(), "ab".repeat(16));
        assert_eq!(ETag::parse(&one.quoted()), Some(one));
        let many = ETag::of_parts([1; 16], 12);
        assert_eq!(many.to_string(), format!("{}-12", "01".repeat(16)));
        assert_eq!(ETag::parse(&many.to_string()), Some(many));
        for half in [one.quoted().trim_start_matches('"'), one.quoted().trim_end_matches('"')] {
            assert_eq!(ETag::parse(half), Some(one), "{half}");
        }
        for bad in ["", "\"", "ab", "zz", &"ab".repeat(17), &format!("{}-0", "ab".repeat(16))] {
            assert_eq!(ETag::parse(bad), None, "{bad}");
        }
    }
}
