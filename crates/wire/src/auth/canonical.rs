//! The canonical form of a request that Signature Version 4 signs.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use ring::digest::{SHA256, digest};

use super::SignedRequest;
use crate::head::text_of;

/// The canonical request of the headers that were signed, in their order. The signature is left out
/// of a presigned URL's query, and nothing anywhere else.
pub(super) fn request(
    request: &SignedRequest<'_>,
    (signed_headers, presigned): (&[Cow<'_, str>], bool),
    payload_hash: &str,
) -> String {
    let mut text = String::with_capacity(512);
    text.extend([request.method.as_str(), "\n"]);
    path(request.path, &mut text);
    text.push('\n');
    query(request, presigned, &mut text);
    text.push('\n');
    let values = signed_values(request, signed_headers);
    let mut values = values.iter().peekable();
    for (index, name) in signed_headers.iter().enumerate() {
        text.push_str(name);
        text.push(':');
        let mut first = true;
        while let Some((_, value)) = values.next_if(|(of, _)| *of == index) {
            if !std::mem::take(&mut first) {
                text.push(',');
            }
            header(value, &mut text);
        }
        text.push('\n');
    }
    text.push('\n');
    for (index, name) in signed_headers.iter().enumerate() {
        if index > 0 {
            text.push(';');
        }
        text.push_str(name);
    }
    text.push('\n');
    text.push_str(payload_hash);
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
fn path(raw: &str, text: &mut String) {
    if raw.bytes().all(|b| unreserved(b) || b == b'/') {
        text.push_str(raw);
        return;
    }
    for byte in percent_decode_str(raw) {
        if byte == b'/' { text.push('/') } else { encode(byte, text) }
    }
}

fn query(request: &SignedRequest<'_>, presigned: bool, text: &mut String) {
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
        text.extend([if index > 0 { "&" } else { "" }, pair]);
    }
}

/// A value trimmed, runs of white space made one space. What is no UTF-8 is covered as it will be
/// read.
fn header(value: &HeaderValue, text: &mut String) {
    // Most are plain: one look at their bytes tells.
    if let Some(plain) = plain(value.as_bytes()) {
        text.push_str(plain);
        return;
    }
    let value = text_of(value);
    let mut words = value.split([' ', '\t']).filter(|it| !it.is_empty());
    text.extend(words.next());
    words.for_each(|word| text.extend([" ", word]));
}

/// A value in which there is nothing to trim, to shorten or to read otherwise.
fn plain(value: &[u8]) -> Option<&str> {
    let mut before = b' ';
    for byte in value {
        if !(b' '..0x7f).contains(byte) || (*byte == b' ' && before == b' ') {
            return None;
        }
        before = *byte;
    }
    if before == b' ' && !value.is_empty() {
        return None;
    }
    std::str::from_utf8(value).ok()
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
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        let digits = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        text.extend_from_slice(&digits);
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
pub(super) fn string_to_sign(time: &str, scope: &str, canonical: &str) -> String {
    let mut text = String::with_capacity(192);
    for line in ["AWS4-HMAC-SHA256", time, scope] {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&hex(digest(&SHA256, canonical.as_bytes()).as_ref()));
    text
}

/// The bytes of a text as AWS shows them in errors.
pub(super) fn spaced_hex(text: &str) -> String {
    let pairs: Vec<String> = text.bytes().map(|it| format!("{it:02x}")).collect();
    pairs.join(" ")
}
