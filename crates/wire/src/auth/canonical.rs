//! The canonical form of a request that Signature Version 4 signs.

use std::borrow::Cow;
use std::fmt::Write;

use memchr::{memchr, memmem};
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
    for name in signed_headers {
        text.extend([name.as_ref(), ":"]);
        header(request, name, &mut text);
        text.push('\n');
    }
    text.push('\n');
    for (index, name) in signed_headers.iter().enumerate() {
        text.extend([if index > 0 { ";" } else { "" }, name]);
    }
    text.extend(["\n", payload_hash]);
    text
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

/// Values trimmed, runs of white space made one space, several values joined by commas. What is no
/// UTF-8 is covered as it will be read.
fn header(request: &SignedRequest<'_>, name: &str, text: &mut String) {
    for (index, value) in request.headers.get_all(name).iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let value = text_of(value);
        let runs = memchr(b'\t', value.as_bytes()).or(memmem::find(value.as_bytes(), b"  "));
        if runs.is_none() {
            text.push_str(value.trim_matches(' '));
            continue;
        }
        let mut words = value.split([' ', '\t']).filter(|it| !it.is_empty());
        text.extend(words.next());
        words.for_each(|word| text.extend([" ", word]));
    }
}

fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

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
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(HEX[usize::from(byte >> 4)].into());
        text.push(HEX[usize::from(byte & 15)].into());
    }
    text
}

/// The inverse of [`hex`], for exactly `N` bytes.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let digit = |b: u8| char::from(b).to_digit(16).map(|it| it as u8);
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// `AWS4-HMAC-SHA256`, time, scope and the hash of the canonical request.
pub(super) fn string_to_sign(time: &str, scope: &str, canonical: &str) -> String {
    let mut text = String::with_capacity(160);
    let hash = hex(digest(&SHA256, canonical.as_bytes()).as_ref());
    let _ = write!(text, "AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}");
    text
}

/// The bytes of a text as AWS shows them in errors.
pub(super) fn spaced_hex(text: &str) -> String {
    let pairs: Vec<String> = text.bytes().map(|it| format!("{it:02x}")).collect();
    pairs.join(" ")
}
