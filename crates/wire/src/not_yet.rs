//! Headers whose feature isn't there yet: refused, never dropped.

use http::HeaderMap;

use crate::error::Error;
use crate::generated::errors::Code;
use crate::generated::headers::NOT_YET;

/// Whom objects may belong to ("CreateBucket", S3 API Reference).
const OWNERSHIPS: [&str; 3] = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

/// Refuses a request that asks for what isn't there yet (`model/headers.toml`): `NotImplemented`,
/// with the header's name. A storage class that isn't there is called so.
pub fn refuse_what_is_not_there_yet(headers: &HeaderMap) -> Result<(), Error> {
    for (name, value) in headers {
        let name = name.as_str();
        // The two stand in every signed request.
        if !name.starts_with("x-amz-") || matches!(name, "x-amz-date" | "x-amz-content-sha256") {
            continue;
        }
        let Ok(at) = NOT_YET.binary_search_by(|(it, _)| (*it).cmp(name)) else { continue };
        let accepted = NOT_YET[at].1;
        if accepted.iter().any(|it| it.as_bytes() == value.as_bytes()) {
            continue;
        }
        let text = || String::from_utf8_lossy(value.as_bytes());
        return Err(match name {
            // Until classes mean something, there is one.
            "x-amz-storage-class" => {
                Error::new(Code::InvalidStorageClass).with("StorageClassRequested", text())
            }
            "x-amz-object-ownership" if !OWNERSHIPS.contains(&&*text()) => {
                Error::new(Code::InvalidArgument)
                    .message(format!("Invalid x-amz-object-ownership header: {}", text()))
                    .with("ArgumentName", name)
            }
            _ => Error::new(Code::NotImplemented).with("Header", name),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_case_passes_and_the_rest_is_refused() {
        let judged = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            refuse_what_is_not_there_yet(&headers).map_err(|e| e.code())
        };
        for (name, value) in [
            ("x-amz-storage-class", "STANDARD"),
            ("x-amz-meta-tagging", "x"),
            ("x-amz-request-payer", "requester"),
            ("x-amz-unheard-of", "x"),
        ] {
            assert_eq!(judged(name, value), Ok(()), "{name}: {value}");
        }
        for (name, value) in
            [("x-amz-server-side-encryption", "AES256"), ("x-amz-object-lock-mode", "GOVERNANCE")]
        {
            assert_eq!(judged(name, value), Err(Code::NotImplemented), "{name}: {value}");
        }
        assert_eq!(judged("x-amz-object-ownership", "BucketOwnerEnforced"), Ok(()));
        assert_eq!(judged("x-amz-object-ownership", "ObjectWriter"), Err(Code::NotImplemented));
        assert_eq!(judged("x-amz-object-ownership", "Nobody"), Err(Code::InvalidArgument));
        for class in ["GLACIER", "COLD"] {
            assert_eq!(judged("x-amz-storage-class", class), Err(Code::InvalidStorageClass));
        }
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(NOT_YET.is_sorted_by(|a, b| a.0 < b.0));
    }
}
