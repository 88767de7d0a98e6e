//! Grants as requests write them, in headers and in documents. What is none is refused before it counts
//! whether a bucket takes any; the sentences are AWS's as they were recorded.

use wire::xml::Element;
use wire::{Code, Error};

const GROUPS: [&str; 3] = [
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
    "http://acs.amazonaws.com/groups/s3/LogDelivery",
];
const PERMISSIONS: [&str; 5] = ["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"];
/// Digits of a canonical user id.
const ID_DIGITS: usize = 64;

/// Checks an `x-amz-grant-` header: `id="..."`, `uri="..."` or `emailAddress="..."`, with commas
/// between them ("PutObjectAcl", S3 API Reference).
pub(super) fn check_header(name: &str, value: &str) -> Result<(), Error> {
    for grantee in value.split(',') {
        let (kind, who) = grantee.split_once('=').unwrap_or_default();
        let who = who.trim().trim_matches('"');
        match kind.trim() {
            "id" => check_id("id", who)?,
            "uri" => check_group("uri", who)?,
            "emailAddress" => {}
            _ => return Err(invalid("Argument format not recognized", name, value)),
        }
    }
    Ok(())
}

/// Checks an `AccessControlPolicy`, and says whether it gives its owner full control and nobody
/// anything else.
pub(super) fn is_owners(document: &[u8], owner: &str) -> Result<bool, Error> {
    let policy = Element::parse(document, "AccessControlPolicy").map_err(malformed)?;
    policy.check_members(&["Owner", "AccessControlList"], &["Owner"]).map_err(malformed)?;
    let theirs = policy.one("Owner", |it| text_in(it, "ID")).map_err(malformed)?.flatten();
    let theirs = theirs.unwrap_or_default();
    let list = policy.list("AccessControlList", "Grant", |grant| {
        grant.check_members(&["Grantee", "Permission"], &["Grantee", "Permission"])?;
        let grantee = grant.one("Grantee", Grantee::read)?;
        let permission = text_in(grant, "Permission")?;
        Ok(grantee.zip(permission.filter(|it| PERMISSIONS.contains(&&**it))))
    });
    let grants: Option<Vec<_>> = list.map_err(malformed)?.into_iter().collect();
    let grants = grants.ok_or_else(|| Error::new(Code::MalformedACLError))?;
    check_id("CanonicalUser/ID", &theirs)?;
    for (grantee, _) in &grants {
        match grantee {
            Grantee::User(id) => check_id("CanonicalUser/ID", id)?,
            Grantee::Group(uri) => check_group("Group/URI", uri)?,
            Grantee::Email => {}
        }
    }
    let full = |(grantee, permission): &(Grantee, String)| {
        *grantee == Grantee::User(owner.into()) && permission == "FULL_CONTROL"
    };
    Ok(theirs == owner && grants.len() == 1 && grants.iter().all(full))
}

#[derive(PartialEq)]
enum Grantee {
    User(String),
    Group(String),
    Email,
}

impl Grantee {
    fn read(element: &Element) -> Result<Self, Error> {
        let missing = || Error::new(Code::MalformedACLError);
        Ok(match element.kind() {
            Some("CanonicalUser") => Self::User(text_in(element, "ID")?.ok_or_else(missing)?),
            Some("Group") => Self::Group(text_in(element, "URI")?.ok_or_else(missing)?),
            Some("AmazonCustomerByEmail") => Self::Email,
            _ => return Err(missing()),
        })
    }
}

fn text_in(element: &Element, name: &str) -> Result<Option<String>, Error> {
    element.one(name, Element::to_text)
}

fn check_id(name: &str, id: &str) -> Result<(), Error> {
    match id.len() == ID_DIGITS && id.bytes().all(|it| it.is_ascii_hexdigit()) {
        true => Ok(()),
        false => Err(invalid("Invalid id", name, id)),
    }
}

fn check_group(name: &str, uri: &str) -> Result<(), Error> {
    match GROUPS.contains(&uri) {
        true => Ok(()),
        false => Err(invalid("Invalid group uri", name, uri)),
    }
}

fn invalid(why: &'static str, name: &str, value: &str) -> Error {
    Error::argument(name, value).message(why)
}

fn malformed(error: Error) -> Error {
    match error.code() {
        Code::MalformedXML => Error::new(Code::MalformedACLError).because(error),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn told(outcome: Result<bool, Error>) -> String {
        match outcome {
            Ok(owners) => owners.to_string(),
            Err(e) => format!("{} {:?}", e, e.element("ArgumentName")),
        }
    }

    #[test]
    fn headers_name_grantees() {
        let check = |value: &str| check_header("x-amz-grant-read", value).map(|()| true);
        for (value, wanted) in [
            (format!("id=\"{OWNER}\", id={OWNER}"), "true"),
            (format!("uri=\"{}\",emailAddress=a@b", GROUPS[2]), "true"),
            ("uri=\"http://x\"".into(), "InvalidArgument: Invalid group uri Some(\"uri\")"),
            ("id=\"wrong-id\"".into(), "InvalidArgument: Invalid id Some(\"id\")"),
            (format!("id={OWNER}0"), "InvalidArgument: Invalid id Some(\"id\")"),
            (
                "fakekey=\"1234\"".into(),
                "InvalidArgument: Argument format not recognized Some(\"x-amz-grant-read\")",
            ),
        ] {
            assert_eq!(told(check(&value)), wanted, "{value}");
        }
    }

    #[test]
    fn documents_grant_to_the_owner_or_to_others() {
        let document = |owner: &str, kind: &str, who: &str, permission: &str| {
            format!(
                "<AccessControlPolicy xmlns=\"x\">{owner}<AccessControlList><Grant>\
                 <Grantee xmlns:xsi=\"y\" xsi:type=\"{kind}\">{who}</Grantee>\
                 <Permission>{permission}</Permission></Grant></AccessControlList>\
                 </AccessControlPolicy>"
            )
        };
        let id = |id: &str| format!("<ID>{id}</ID>");
        let owner = format!("<Owner>{}<DisplayName>o</DisplayName></Owner>", id(OWNER));
        let user = "CanonicalUser";
        let group = format!("<URI>{}</URI>", GROUPS[0]);
        let other = OWNER.replace('0', "1");
        let no_id = "InvalidArgument: Invalid id Some(\"CanonicalUser/ID\")";
        for (document, wanted) in [
            (document(&owner, user, &id(OWNER), "FULL_CONTROL"), "true"),
            (document(&owner, user, &id(OWNER), "READ"), "false"),
            (document(&owner, user, &id(&other), "FULL_CONTROL"), "false"),
            (document(&owner, "Group", &group, "READ"), "false"),
            (document(&owner, user, &id("wrong"), "READ"), no_id),
            (document("<Owner><ID>wrong</ID></Owner>", "Group", &group, "READ"), no_id),
            (
                document(&owner, "Group", "<URI>x</URI>", "READ"),
                "InvalidArgument: Invalid group uri Some(\"Group/URI\")",
            ),
        ] {
            assert_eq!(told(is_owners(document.as_bytes(), OWNER)), wanted, "{document}");
        }
        for document in [
            document("", user, &id(OWNER), "READ"),
            document(&owner, user, &id(OWNER), "WRONG"),
            document(&owner, "BadType", &id(OWNER), "READ"),
            "<AccessControlPolicy/>".into(),
            "none".into(),
        ] {
            let error = is_owners(document.as_bytes(), OWNER).unwrap_err();
            assert_eq!(error.code(), Code::MalformedACLError, "{document}");
        }
    }
}
