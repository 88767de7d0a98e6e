//! RFC 2047 in user metadata: S3 reads encoded words (`=?UTF-8?Q?...?=`) and writes them for what a
//! header can't carry plainly ("Working with object metadata", S3 User Guide).
//!
//! differs from AWS: bytes of a header that are UTF-8 are taken for UTF-8, not for Latin-1.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padding is checked by nobody who writes encoded words.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A header's text with its encoded words read. Spaces between two of them fall away; what isn't a
/// well-formed one stays as it is.
pub(crate) fn decode(text: String) -> String {
    if !text.contains("=?") {
        return text;
    }
    let mut whole = String::with_capacity(text.len());
    let mut after_word = false;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let start = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (space, next) = rest.split_at(start);
        let end = next.find(|c: char| c.is_ascii_whitespace()).unwrap_or(next.len());
        let (word, behind) = next.split_at(end);
        let decoded = decode_word(word);
        if !(after_word && decoded.is_some()) {
            whole.push_str(space);
        }
        after_word = decoded.is_some();
        whole.push_str(decoded.as_deref().unwrap_or(word));
        rest = behind;
    }
    whole
}

fn decode_word(word: &str) -> Option<String> {
    let mut parts = word.strip_prefix("=?")?.strip_suffix("?=")?.splitn(3, '?');
    let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = match encoding {
        "B" | "b" => LENIENT.decode(text).ok()?,
        "Q" | "q" => decode_q(text)?,
        _ => return None,
    };
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" | "us-ascii" => Some(String::from_utf8_lossy(&bytes).into_owned()),
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

fn decode_q(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let digit = |it: Option<u8>| char::from(it?).to_digit(16);
                (digit(rest.next())? << 4 | digit(rest.next())?) as u8
            }
            other => other,
        });
    }
    Some(bytes)
}

/// A text as a header carries it: plain ASCII as it is, anything else as one encoded word, in `Q` if
/// most of it can be read then, else in `B`.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c == '\t' || (' '..='~').contains(&c);
    let others = text.chars().filter(|c| !plain(*c)).count();
    if others == 0 {
        return Cow::Borrowed(text);
    }
    if others * 2 >= text.chars().count() {
        return Cow::Owned(format!("=?UTF-8?B?{}?=", LENIENT.encode(text)));
    }
    let mut word = String::from("=?UTF-8?Q?");
    for byte in text.bytes() {
        match byte {
            b' ' => word.push('_'),
            b'=' | b'?' | b'_' => word.push_str(&format!("={byte:02X}")),
            b'!'..=b'~' => word.push(byte.into()),
            _ => word.push_str(&format!("={byte:02X}")),
        }
    }
    word.push_str("?=");
    Cow::Owned(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_read_and_written_as_s3_does() {
        for (text, written) in [
            (
                "test_—_file%E2%80%94_é_2?.pdf",
                "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=",
            ),
            ("ÄMÄZÕÑ S3", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?="),
            ("\0\u{1}\u{2}\u{3}", "=?UTF-8?B?AAECAw==?="),
            ("옹기", "=?UTF-8?B?7Ji56riw?="),
            ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t"),
        ] {
            assert_eq!(encode(text), written);
            assert_eq!(decode(written.into()), text);
        }
        for (sent, read) in [
            ("=?UTF-8?Q?actually-ascii?=", "actually-ascii"),
            ("=?UTF-8?B?YWJj?=", "abc"),
            ("=?utf-8?b?YWJj?=  =?ISO-8859-1?q?=E9?= x", "abcé x"),
            ("a =?UTF-8?B?YWJj?=", "a abc"),
            ("=?UTF-8?X?YWJj?=", "=?UTF-8?X?YWJj?="),
            ("=?EUC-KR?B?v8rB4g==?=", "=?EUC-KR?B?v8rB4g==?="),
            ("=?UTF-8?Q?=4?=", "=?UTF-8?Q?=4?="),
            ("a=?b", "a=?b"),
        ] {
            assert_eq!(decode(sent.into()), read);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(text in "[ -~\\PC\u{0}-\u{1f}]{0,40}") {
            prop_assume!(!text.contains("=?"));
            prop_assert_eq!(decode(encode(&text).into_owned()), text);
        }
    }
}
