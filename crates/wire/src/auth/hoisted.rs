//! Headers that a presigned URL carries as parameters: the JavaScript SDK moves every `x-amz-` header
//! there, boto3 does with Signature Version 2, and S3 reads them as if they had come as headers; so it
//! reads the conditions of a write.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::SignedRequest;
use crate::error::Error;
use crate::generated::errors::Code;

/// Parameters that aren't headers: those of the signature, and a checksum, which the SDK computes of
/// an empty body when it presigns and which S3 passes over.
const NO_HEADERS: [&str; 9] = [
    "x-amz-algorithm",
    "x-amz-content-sha256",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-signedheaders",
];

/// Conditions of a write that a URL may carry, if it is signed by Signature Version 4.
const CONDITIONS: [&str; 2] = ["if-match", "if-none-match"];

/// The headers of a presigned request with those that its URL carries; none if it carries none, or
/// isn't presigned. One that came as a header too counts as the header.
pub fn hoisted(request: &SignedRequest<'_>) -> Result<Option<HeaderMap>, Error> {
    let query = request.query;
    let by_v4 = query.has("X-Amz-Signature");
    if !by_v4 && !query.has("Signature") {
        return Ok(None);
    }
    let mut headers = None;
    for (name, value) in query.pairs() {
        let lower = name.to_ascii_lowercase();
        if !is_header(&lower, by_v4) || request.headers.contains_key(&lower) {
            continue;
        }
        let value = HeaderValue::from_bytes(value.as_bytes());
        let (Ok(lower), Ok(value)) = (HeaderName::try_from(&lower), value) else {
            return Err(Error::new(Code::InvalidArgument).with("ArgumentName", name));
        };
        headers.get_or_insert_with(|| request.headers.clone()).append(lower, value);
    }
    Ok(headers)
}

/// Whether a parameter of this name, in lower case, is read as a header.
fn is_header(lower: &str, by_v4: bool) -> bool {
    (by_v4 && CONDITIONS.contains(&lower) || lower.starts_with("x-amz-"))
        && (!lower.starts_with("x-amz-checksum-") || lower == "x-amz-checksum-mode")
        && !NO_HEADERS.contains(&lower)
}

/// What a presigned URL says of a header that it signs and that didn't come as one: the JavaScript
/// SDK 2 names in `X-Amz-SignedHeaders` what it has moved. Only what is then read as a header: one that
/// pins something else, as a checksum does, must be sent.
pub(super) fn moved<'a>(request: &'a SignedRequest<'_>, name: &str) -> Option<&'a str> {
    let pairs = request.query.pairs();
    let (_, value) =
        pairs.iter().find(|(it, _)| is_header(name, true) && it.eq_ignore_ascii_case(name))?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use http::Method;

    fn read(query: &str, header: (&'static str, &'static str)) -> Option<Vec<(String, String)>> {
        let headers: HeaderMap =
            [(header.0.parse().unwrap(), header.1.parse().unwrap())].into_iter().collect();
        let query = Query::parse(query).unwrap();
        let request = SignedRequest {
            method: &Method::PUT,
            path: "/b/k",
            query: &query,
            headers: &headers,
            host_bucket: None,
            form: None,
            posted: None,
        };
        let text = |it: &HeaderValue| String::from_utf8_lossy(it.as_bytes()).into_owned();
        let found = hoisted(&request).unwrap()?;
        Some(found.iter().map(|(name, value)| (name.to_string(), text(value))).collect())
    }

    #[test]
    fn a_presigned_url_carries_headers() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let host = ("host", "h");
        let signed = "X-Amz-Algorithm=A&X-Amz-Signature=S&X-Amz-Expires=9";
        assert_eq!(read(signed, host), None);
        assert_eq!(
            read(
                &format!(
                    "{signed}&x-amz-meta-a=%EC%98%B9&x-amz-checksum-crc32=AAAAAA%3D%3D&X-Amz-Acl=private"
                ),
                host
            ),
            Some(vec![pair("host", "h"), pair("x-amz-meta-a", "옹"), pair("x-amz-acl", "private")])
        );
        assert_eq!(read(&format!("{signed}&x-amz-meta-a=1"), ("x-amz-meta-a", "2")), None);
        assert_eq!(read("x-amz-meta-a=1", host), None);
        let new = read(&format!("{signed}&If-None-Match=%2A&If-Match=e&If-Range=e"), host);
        let conditions = [pair("host", "h"), pair("if-none-match", "*"), pair("if-match", "e")];
        assert_eq!(new, Some(conditions.to_vec()));
        assert_eq!(read("Signature=S&If-Match=e", host), None);
        let v2 = "AWSAccessKeyId=A&Signature=S&Expires=9&x-amz-checksum-mode=ENABLED";
        assert_eq!(
            read(v2, host),
            Some(vec![pair("host", "h"), pair("x-amz-checksum-mode", "ENABLED")])
        );
    }

    #[test]
    fn a_value_that_no_header_can_hold_is_refused() {
        let query = Query::parse("X-Amz-Signature=S&x-amz-meta-a=%0A").unwrap();
        let headers = HeaderMap::new();
        let request = SignedRequest {
            method: &Method::PUT,
            path: "/",
            query: &query,
            headers: &headers,
            host_bucket: None,
            form: None,
            posted: None,
        };
        assert_eq!(hoisted(&request).unwrap_err().code(), Code::InvalidArgument);
    }
}
