//! The canonical form of a request that Signature Version 4 signs.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use ring::digest::{SHA256, digest};

use super::SignedRequest;
use super::hoisted::moved;
use crate::head::text_of;

/// The canonical request of the headers that were signed, in their order; UTF-8. The signature is left
/// out of a presigned URL's query, and nothing anywhere else.
pub(super) fn request(
    request: &SignedRequest<'_>,
    (signed_headers, presigned): (&[Cow<'_, str>], bool),
    payload_hash: &str,
) -> Vec<u8> {
    // Bytes: as a text each value would be looked at once more, whether it is one.
    let mut text = Vec::with_capacity(768);
    text.extend_from_slice(request.method.as_str().as_bytes());
    text.push(b'\n');
    path(request.path, &mut text);
    text.push(b'\n');
    query(request, presigned, &mut text);
    text.push(b'\n');
    let values = signed_values(request, signed_headers);
    let mut values = values.iter().peekable();
    for (index, name) in signed_headers.iter().enumerate() {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        let mut first = true;
        while let Some((_, value)) = values.next_if(|(of, _)| *of == index) {
            if !std::mem::take(&mut first) {
                text.push(b',');
            }
            header(value, &mut text);
        }
        if first && presigned {
            words(moved(request, name).unwrap_or_default(), &mut text);
        }
        text.push(b'\n');
    }
    text.push(b'\n');
    for (index, name) in signed_headers.iter().enumerate() {
        if index > 0 {
            text.push(b';');
        }
        text.extend_from_slice(name.as_bytes());
    }
    text.push(b'\n');
    text.extend_from_slice(payload_hash.as_bytes());
    text
}

/// The values of the signed headers, by their number in the list. The request's headers are walked
/// over once: looking each name up by its text costs more than all comparisons of so few names.
fn signed_values<'a>(
    request: &SignedRequest<'a>,
    signed_headers: &[Cow<'_, str>],
) -> Vec<(usize, &'a HeaderValue)> {
    let headers: &'a HeaderMap = request.headers;
    let mut values = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        let name = name.as_str();
        values.extend(signed_headers.iter().position(|it| *it == name).map(|of| (of, value)));
    }
    // Stable: values of one name keep their order.
    values.sort_by_key(|(of, _)| *of);
    values
}

/// S3 signs the path decoded once and encoded again; `/` stays, nothing is normalised.
fn path(raw: &str, text: &mut Vec<u8>) {
    if raw.bytes().fold(true, |all, it| all & (unreserved(it) | (it == b'/'))) {
        text.extend_from_slice(raw.as_bytes());
        return;
    }
    let mut encoded = String::with_capacity(raw.len());
    for byte in percent_decode_str(raw) {
        if byte == b'/' { encoded.push('/') } else { encode(byte, &mut encoded) }
    }
    text.extend_from_slice(encoded.as_bytes());
}

fn query(request: &SignedRequest<'_>, presigned: bool, text: &mut Vec<u8>) {
    let pairs = request.query.pairs();
    if pairs.is_empty() {
        return;
    }
    let mut encoded: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| !presigned || name != "X-Amz-Signature")
        .map(|(name, value)| {
            let mut pair = String::with_capacity(name.len() + value.len() + 1);
            name.bytes().for_each(|it| encode(it, &mut pair));
            pair.push('=');
            value.bytes().for_each(|it| encode(it, &mut pair));
            pair
        })
        .collect();
    // By name, then by value: `=` sorts below every letter that an encoded name holds, except `-`,
    // `.` and digits after `%`; so compare the halves.
    encoded.sort_by(|a, b| a.split_once('=').cmp(&b.split_once('=')));
    for (index, pair) in encoded.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        text.extend_from_slice(pair.as_bytes());
    }
}

/// A value trimmed, runs of white space made one space. What is no UTF-8 is covered as it will be
/// read.
fn header(value: &HeaderValue, text: &mut Vec<u8>) {
    // Most are plain: one look at their bytes tells.
    if is_plain(value.as_bytes()) {
        text.extend_from_slice(value.as_bytes());
        return;
    }
    words(&text_of(value), text);
}

fn words(value: &str, text: &mut Vec<u8>) {
    let mut words = value.split([' ', '\t']).filter(|it| !it.is_empty());
    text.extend_from_slice(words.next().unwrap_or_default().as_bytes());
    for word in words {
        text.push(b' ');
        text.extend_from_slice(word.as_bytes());
    }
}

/// Whether there is nothing to trim, to shorten or to read otherwise in a value. Every byte is looked
/// at, whatever was found so far: so many are looked at together.
fn is_plain(value: &[u8]) -> bool {
    let visible = value.iter().fold(true, |all, it| all & (b' '..0x7f).contains(it));
    let wide = value.windows(2).fold(false, |any, it| any | ((it[0] == b' ') & (it[1] == b' ')));
    visible && !wide && value.first() != Some(&b' ') && value.last() != Some(&b' ')
}

fn unreserved(byte: u8) -> bool {
    UNRESERVED[usize::from(byte)]
}

/// What AWS's URI encoding leaves as it is.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let it = byte as u8;
        table[byte] = it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'~');
        byte += 1;
    }
    table
};

/// AWS's URI encoding of one byte.
pub(super) fn encode(byte: u8, text: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if unreserved(byte) {
        text.push(byte.into());
    } else {
        text.push('%');
        text.push(HEX[usize::from(byte >> 4)].into());
        text.push(HEX[usize::from(byte & 15)].into());
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    // By arithmetic, not by a table: so the compiler makes many digits at once.
    let digit = |value: u8| value + if value < 10 { b'0' } else { b'a' - 10 };
    let mut text = vec![0; 2 * bytes.len()];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        (pair[0], pair[1]) = (digit(byte >> 4), digit(byte & 15));
    }
    String::from_utf8(text).expect("digits")
}

/// The inverse of [`hex`], for exactly `N` bytes.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    // Whether a digit was none is asked once, at the end.
    let mut wrong = 0;
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let (high, low) = (HEX_VALUES[usize::from(pair[0])], HEX_VALUES[usize::from(pair[1])]);
        wrong |= high | low;
        *byte = high << 4 | low & 15;
    }
    (wrong & NO_DIGIT == 0).then_some(bytes)
}

const NO_DIGIT: u8 = 0x80;
/// What each byte is worth as a hexadecimal digit.
const HEX_VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut byte = 0;
    while byte < 256 {
        values[byte] = match byte as u8 {
            it @ b'0'..=b'9' => it - b'0',
            it @ b'a'..=b'f' => it - b'a' + 10,
            it @ b'A'..=b'F' => it - b'A' + 10,
            _ => NO_DIGIT,
        };
        byte += 1;
    }
    values
};

/// `AWS4-HMAC-SHA256`, time, scope and the hash of the canonical request.
pub(super) fn string_to_sign(time: &str, scope: &str, canonical: &[u8]) -> String {
    let mut text = String::with_capacity(192);
    for line in ["AWS4-HMAC-SHA256", time, scope] {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&hex(digest(&SHA256, canonical).as_ref()));
    text
}

/// The bytes of a text as AWS shows them in errors.
pub(super) fn spaced_hex(text: &[u8]) -> String {
    let pairs: Vec<String> = text.iter().map(|it| format!("{it:02x}")).collect();
    pairs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_two_digits() {
        let all: [u8; 256] = std::array::from_fn(|it| it as u8);
        let wanted: String = all.iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hex(&all), wanted);
        assert_eq!(unhex(&wanted), Some(all));
        assert_eq!((hex(&[]), unhex::<1>("0g"), unhex::<1>("000")), (String::new(), None, None));
    }

    #[test]
    fn white_space_in_values_is_trimmed_and_made_one() {
        for (value, signed) in [
            ("", ""),
            ("a", "a"),
            ("a b", "a b"),
            (" a", "a"),
            ("a ", "a"),
            ("  a  b \t c ", "a b c"),
            ("a\tb", "a b"),
            ("   ", ""),
        ] {
            let mut text = vec![];
            header(&HeaderValue::from_static(value), &mut text);
            assert_eq!(text, signed.as_bytes(), "{value:?}");
        }
        // What is no UTF-8 is read as Latin-1.
        let mut text = vec![];
        header(&HeaderValue::from_bytes(b"\xe9 \xe9").unwrap(), &mut text);
        assert_eq!(text, "é é".as_bytes());
    }
}
