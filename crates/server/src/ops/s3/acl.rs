//! Access control lists, which give nothing here ("Controlling ownership of objects and disabling
//! ACLs for your bucket", S3 User Guide): the owner's full control is what every list says. A request
//! that asks for more is refused: in a bucket whose owner is enforced as AWS refuses it, elsewhere
//! because grants aren't there yet.

use http::HeaderMap;
use types::AccountId;
use wire::xml::Writer;
use wire::{Code, Error, OperationId};

use super::grants;
use crate::account::canonical_user;
use crate::authorize::Ask;
use crate::pipeline::{Answer, Exchange};

const ACL: &str = "x-amz-acl";
const GRANTS: &str = "x-amz-grant-";
/// Canned ACLs that say what is the case.
const OWNERS: [&str; 2] = ["private", "bucket-owner-full-control"];
/// S3's canned ACLs ("Access control list (ACL) overview", S3 User Guide).
const CANNED: [&str; 8] = [
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-full-control",
    "bucket-owner-read",
    "log-delivery-write",
    "private",
    "public-read",
    "public-read-write",
];

/// What the headers of a request ask to be given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// They say nothing of it.
    Nothing,
    /// What is the case anyway.
    Owners,
    /// More.
    Grants,
}

impl Asked {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Error> {
        let mut grants = false;
        for (name, value) in headers.iter().filter(|(name, _)| name.as_str().starts_with(GRANTS)) {
            grants::check_header(name.as_str(), value.to_str().unwrap_or_default())?;
            grants = true;
        }
        let Some(canned) = headers.get(ACL) else {
            return Ok(if grants { Self::Grants } else { Self::Nothing });
        };
        let canned = canned.to_str().unwrap_or_default();
        if !CANNED.contains(&canned) {
            // S3 says nothing of it.
            return Err(Error::argument(ACL, canned).message(""));
        }
        if grants {
            return Err(Error::new(Code::InvalidRequest)
                .message("Specifying both Canned ACLs and Header Grants is not allowed"));
        }
        Ok(if OWNERS.contains(&canned) { Self::Owners } else { Self::Grants })
    }
}

/// Of a request that writes an object: who sends an ACL needs to be allowed to ("PutObject", S3 API
/// Reference), and it has to be the owner's.
pub(super) fn check_object(exchange: &Exchange<'_>) -> Result<(), Error> {
    let asked = Asked::read(exchange.head.headers)?;
    if asked == Asked::Nothing {
        return Ok(());
    }
    exchange.authorize::<()>(&Ask::of_target(exchange).for_action("s3:PutObjectAcl"))?;
    match asked {
        Asked::Grants => Err(refused(exchange)?),
        Asked::Nothing | Asked::Owners => Ok(()),
    }
}

/// Of a request that makes a bucket, which enforces its owner.
pub(super) fn check_new_bucket(exchange: &Exchange<'_>) -> Result<(), Error> {
    debug_assert_eq!(exchange.operation.id, OperationId::CreateBucket);
    if Asked::read(exchange.head.headers)? != Asked::Grants {
        return Ok(());
    }
    exchange.authorize::<()>(&Ask::of_target(exchange).for_action("s3:PutBucketAcl"))?;
    Err(Error::new(Code::InvalidBucketAclWithObjectOwnership))
}

/// Of a request that is about nothing but the list. What is none is told first; where the owner is
/// enforced no list can be set, not even this one.
pub(super) async fn check_new_list(exchange: &mut Exchange<'_>) -> Result<(), Error> {
    let asked = Asked::read(exchange.head.headers)?;
    let (document, _) = exchange.document().await?;
    let is_owners = match (document.is_empty(), asked) {
        (true, Asked::Nothing) => {
            return Err(Error::new(Code::MissingSecurityHeader).with("MissingHeaderName", ACL));
        }
        (true, asked) => asked == Asked::Owners,
        (false, Asked::Nothing) => {
            grants::is_owners(&document, &canonical_user(exchange.bucket().owner))?
        }
        (false, _) => return Err(Error::new(Code::UnexpectedContent)),
    };
    match is_owners && !exchange.settings()?.owner_enforced {
        true => Ok(()),
        false => Err(refused(exchange)?),
    }
}

fn refused(exchange: &Exchange<'_>) -> Result<Error, Error> {
    Ok(match exchange.settings()?.owner_enforced {
        true => Error::new(Code::AccessControlListNotSupported),
        false => Error::new(Code::NotImplemented)
            .message("Grants in access control lists are not implemented in this version"),
    })
}

/// The one list that there is.
pub(super) fn answer(owner: AccountId) -> Answer {
    let id = canonical_user(owner);
    let mut xml = Writer::new();
    xml.root("AccessControlPolicy", |xml| {
        xml.element("Owner", |xml| xml.text("ID", &id));
        xml.element("AccessControlList", |xml| {
            xml.element("Grant", |xml| {
                xml.typed_element("Grantee", "CanonicalUser", |xml| xml.text("ID", &id));
                xml.text("Permission", "FULL_CONTROL");
            });
        });
    });
    Answer::empty(200).with_xml(xml.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_ask_for_nothing_for_the_owners_or_for_more() {
        let read = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
            });
            Asked::read(&pairs.collect())
        };
        assert!(read(&[]) == Ok(Asked::Nothing));
        assert!(read(&[(ACL, "private")]) == Ok(Asked::Owners));
        assert!(read(&[(ACL, "bucket-owner-full-control")]) == Ok(Asked::Owners));
        assert!(read(&[(ACL, "public-read")]) == Ok(Asked::Grants));
        assert!(read(&[("x-amz-grant-read", "emailAddress=1")]) == Ok(Asked::Grants));
        let wrong = read(&[(ACL, "public")]).err().unwrap();
        assert_eq!(wrong.code(), Code::InvalidArgument);
        let both = read(&[(ACL, "private"), ("x-amz-grant-read", "emailAddress=1")]).err().unwrap();
        assert_eq!(both.code(), Code::InvalidRequest);
    }
}
