//! Whom a bucket policy names: kept by unique id, so that a user who is made anew under an old name
//! isn't meant, and shown again by ARN ("IAM identifiers", IAM User Guide; "AWS JSON policy elements:
//! Principal"). Whom there isn't is refused.

use std::sync::Arc;

use iam::{Account, Iam, Kind, UniqueId};
use policy::{ErrorKind, Policy, PolicyError, PolicyKind, PrincipalName, rename_principals};
use types::AccountId;
use wire::{Code, Error};

use crate::gateway::Gateway;

/// Who there is.
pub(crate) trait Directory {
    /// Whether there is such an account.
    fn has_account(&self, account: AccountId) -> bool;
    /// Whether an account has this canonical user id.
    fn has_canonical_user(&self, id: &str) -> bool;
    /// The unique id of whom an ARN names.
    fn unique_id(&self, arn: &str) -> Option<String>;
    /// The ARN of whom a unique id names.
    fn arn(&self, unique_id: &str) -> Option<String>;
}

/// The accounts of a server: one.
pub(crate) struct Accounts<'a> {
    account: Arc<Account>,
    canonical_user: &'a str,
}

impl<'a> Accounts<'a> {
    /// For a policy of a bucket of `owner`'s.
    pub(crate) async fn of(
        gateway: &'a Gateway,
        owner: AccountId,
        iam: &Iam,
    ) -> Result<Self, Error> {
        let account = iam.account(owner).await;
        let account = account.map_err(|e| Error::new(Code::ServiceUnavailable).because(e))?;
        Ok(Self { account, canonical_user: &gateway.canonical_user })
    }
}

impl Directory for Accounts<'_> {
    fn has_account(&self, account: AccountId) -> bool {
        account == self.account.id
    }

    fn has_canonical_user(&self, id: &str) -> bool {
        id == self.canonical_user
    }

    fn unique_id(&self, arn: &str) -> Option<String> {
        self.account.user_by_arn(arn).map(|it| it.id.to_string())
    }

    fn arn(&self, unique_id: &str) -> Option<String> {
        let id = UniqueId::parse(unique_id, Kind::User)?;
        self.account.user_by_id(id).map(|it| it.arn.to_string())
    }
}

/// A policy's document as it is kept; an error names the first principal that there isn't.
pub(crate) fn stored(
    policy: &Policy,
    document: &[u8],
    who: &impl Directory,
) -> Result<Vec<u8>, PolicyError> {
    for statement in policy.statements() {
        let names = statement.principals().into_iter().flat_map(|it| it.names());
        for named in names {
            if let Some(text) = unknown(&named.name, who) {
                let path = format!("Statement[{}].Principal", statement.index());
                return Err(PolicyError { kind: ErrorKind::Principal(text), at: named.at, path });
            }
        }
    }
    rename_principals(document, |name| match name {
        PrincipalName::User(arn) | PrincipalName::Role(arn) => who.unique_id(arn),
        _ => None,
    })
}

/// The document as it is shown: who is gone stays a unique id, as on AWS.
pub(crate) fn shown(document: &[u8], who: &impl Directory) -> Result<Vec<u8>, PolicyError> {
    rename_principals(document, |name| match name {
        PrincipalName::UniqueId(id) => who.arn(id),
        _ => None,
    })
}

fn unknown(name: &PrincipalName, who: &impl Directory) -> Option<String> {
    let (known, text) = match name {
        PrincipalName::Everyone => return None,
        // Which services there are isn't known: those of AWS's may be named and never come.
        PrincipalName::Service(_) => return None,
        PrincipalName::Account(account) => (who.has_account(*account), account.as_str()),
        PrincipalName::CanonicalUser(id) => (who.has_canonical_user(id), &**id),
        PrincipalName::User(arn) | PrincipalName::Role(arn) => {
            (who.unique_id(arn).is_some(), &**arn)
        }
        PrincipalName::UniqueId(id) => (who.arn(id).is_some(), &**id),
        // Neither sessions nor identity providers are there yet.
        PrincipalName::Session(text) | PrincipalName::Federated(text) => (false, &**text),
    };
    (!known).then(|| text.to_owned())
}

/// Reads the policy of a bucket as a client sends it, and holds it to the names that S3 has.
pub(crate) fn parse(document: &[u8], bucket: &str) -> Result<Policy, PolicyError> {
    let policy = Policy::parse(document, PolicyKind::Resource)?;
    policy.check_bucket_names(bucket)?;
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Kim;

    const ARN: &str = "arn:aws:iam::123456789012:user/x/kim";
    const ID: &str = "AIDAKIMKIMKIMKIMKIMKI";

    impl Directory for Kim {
        fn has_account(&self, account: AccountId) -> bool {
            account.as_str() == "123456789012"
        }
        fn has_canonical_user(&self, id: &str) -> bool {
            id == "ab".repeat(32)
        }
        fn unique_id(&self, arn: &str) -> Option<String> {
            (arn == ARN).then(|| ID.into())
        }
        fn arn(&self, unique_id: &str) -> Option<String> {
            (unique_id == ID).then(|| ARN.into())
        }
    }

    fn document(principal: &str) -> String {
        format!(
            "{{\"Version\": \"2012-10-17\",\n \"Statement\": [{{\"Effect\": \"Allow\", \
             \"Principal\": {principal}, \"Action\": \"s3:GetObject\", \"Resource\": \
             \"arn:aws:s3:::b/*\"}}]}}"
        )
    }

    #[test]
    fn users_are_kept_by_id_and_shown_by_arn() {
        let given = document(&format!("{{\"AWS\": [\"{ARN}\", \"123456789012\"]}}"));
        let policy = parse(given.as_bytes(), "b").unwrap();
        let kept = stored(&policy, given.as_bytes(), &Kim).unwrap();
        assert_eq!(
            String::from_utf8(kept.clone()).unwrap(),
            document(&format!("{{\"AWS\": [\"{ID}\", \"123456789012\"]}}"))
        );
        assert_eq!(shown(&kept, &Kim).unwrap(), given.as_bytes());
        let gone = document("{\"AWS\": \"AIDAGONEGONEGONEGONEG\"}");
        assert_eq!(shown(gone.as_bytes(), &Kim).unwrap(), gone.as_bytes());
    }

    #[test]
    fn whom_there_isnt_is_refused_with_the_place() {
        let known = ["\"*\"".to_owned(), format!("{{\"CanonicalUser\": \"{}\"}}", "ab".repeat(32))];
        for principal in known {
            let given = document(&principal);
            let policy = parse(given.as_bytes(), "b").unwrap();
            stored(&policy, given.as_bytes(), &Kim).unwrap();
        }
        for principal in [
            "{\"AWS\": \"arn:aws:iam::123456789012:user/lee\"}",
            "{\"AWS\": \"arn:aws:iam::123456789012:role/r\"}",
            "{\"AWS\": \"AIDAGONEGONEGONEGONEG\"}",
            "{\"AWS\": \"210987654321\"}",
            "{\"Federated\": \"accounts.google.com\"}",
        ] {
            let given = document(principal);
            let policy = parse(given.as_bytes(), "b").unwrap();
            let error = stored(&policy, given.as_bytes(), &Kim).unwrap_err();
            let message = error.s3_message();
            assert!(message.starts_with("Invalid principal in policy: "), "{message}");
            assert!(message.contains("(line 2, column "), "{message}");
            assert!(message.ends_with(", Statement[0].Principal)"), "{message}");
        }
    }
}
