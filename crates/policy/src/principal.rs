//! Who asks, and whom a resource policy names.

use std::ops::Range;

use types::AccountId;

use crate::error::{ErrorKind, Position};

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requester {
    /// Nobody signed it.
    Anonymous,
    /// An account's root user.
    Root {
        /// The account.
        account: AccountId,
    },
    /// An IAM user.
    User {
        /// Its account.
        account: AccountId,
        /// `arn:aws:iam::ACCOUNT:user/PATH/NAME`.
        arn: String,
        /// Its unique id, `AIDA...`.
        id: String,
    },
    /// A session of a role.
    RoleSession {
        /// The role's account.
        account: AccountId,
        /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`.
        arn: String,
        /// The role's ARN, path included.
        role_arn: String,
        /// The role's unique id, `AROA...`.
        role_id: String,
    },
    /// A session that a user made for somebody (`sts:GetFederationToken`).
    FederatedUser {
        /// The user's account.
        account: AccountId,
        /// `arn:aws:sts::ACCOUNT:federated-user/NAME`.
        arn: String,
        /// The ARN of the user who made it.
        user_arn: String,
        /// The unique id of that user.
        user_id: String,
    },
    /// A service of AWS's, here of our own: `logging.s3.amazonaws.com`.
    Service(String),
    /// Somebody whom an identity provider vouches for, who has no session yet: the provider.
    Federated(String),
}

impl Requester {
    /// The account, of those who have one.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::RoleSession { account, .. }
            | Self::FederatedUser { account, .. } => Some(*account),
            Self::Anonymous | Self::Service(_) | Self::Federated(_) => None,
        }
    }

    /// The ARN, of those who have one: as errors name them.
    pub fn arn(&self) -> Option<String> {
        match self {
            Self::Root { account } => Some(account.root_arn().to_string()),
            Self::User { arn, .. }
            | Self::RoleSession { arn, .. }
            | Self::FederatedUser { arn, .. } => Some(arn.clone()),
            Self::Anonymous | Self::Service(_) | Self::Federated(_) => None,
        }
    }

    /// `aws:userid`, which GetCallerIdentity answers too (IAM User Guide, "Information available in
    /// requests that you can use for policy variables": "Principal key values").
    pub fn user_id(&self) -> Option<String> {
        let last_word = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
        match self {
            Self::Anonymous => Some("anonymous".to_owned()),
            Self::Root { account } => Some(account.to_string()),
            Self::User { id, .. } => Some(id.clone()),
            Self::RoleSession { role_id, arn, .. } => Some(format!("{role_id}:{}", last_word(arn))),
            Self::FederatedUser { account, arn, .. } => {
                Some(format!("{account}:{}", last_word(arn)))
            }
            Self::Service(_) | Self::Federated(_) => None,
        }
    }
}

/// One name in a `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalName {
    /// `*`, or `"AWS": "*"`: anybody, signed or not.
    Everyone,
    /// An account: twelve digits or its `:root` ARN.
    Account(AccountId),
    /// The ARN of an IAM user.
    User(Box<str>),
    /// The ARN of a role.
    Role(Box<str>),
    /// The ARN of a role's session or of a federated user.
    Session(Box<str>),
    /// The unique id of a user or role: what the server stores in place of their ARN, so that a
    /// user who is made anew under an old name isn't meant.
    UniqueId(Box<str>),
    /// An account, by its canonical user id.
    CanonicalUser(Box<str>),
    /// An identity provider.
    Federated(Box<str>),
    /// A service.
    Service(Box<str>),
}

/// The prefixes of unique ids of users and roles (IAM User Guide, "Unique identifiers").
const UNIQUE_ID_PREFIXES: [&str; 2] = ["AIDA", "AROA"];
/// A canonical user id has 64 hexadecimal digits.
const CANONICAL_USER_DIGITS: usize = 64;

impl PrincipalName {
    pub(crate) fn parse(kind: &str, text: &str) -> Result<Self, ErrorKind> {
        let refused = || ErrorKind::Principal(text.to_owned());
        let clean = !text.is_empty() && !text.contains(['*', '?', '$', ' ']);
        match kind {
            "AWS" if text == "*" => Ok(Self::Everyone),
            "AWS" => aws(text).filter(|_| clean).ok_or_else(refused),
            "CanonicalUser" => {
                let digits = text.bytes().all(|it| it.is_ascii_hexdigit());
                (digits && text.len() == CANONICAL_USER_DIGITS)
                    .then(|| Self::CanonicalUser(text.into()))
                    .ok_or_else(refused)
            }
            "Federated" => clean.then(|| Self::Federated(text.into())).ok_or_else(refused),
            "Service" => {
                let name = clean && text.contains('.') && !text.contains(':');
                name.then(|| Self::Service(text.into())).ok_or_else(refused)
            }
            _ => Err(ErrorKind::PrincipalType(kind.to_owned())),
        }
    }
}

fn aws(text: &str) -> Option<PrincipalName> {
    if let Ok(account) = text.parse() {
        return Some(PrincipalName::Account(account));
    }
    if UNIQUE_ID_PREFIXES.iter().any(|it| text.starts_with(it)) {
        let letters = text.len() > 8 && text.bytes().all(|it| it.is_ascii_alphanumeric());
        return letters.then(|| PrincipalName::UniqueId(text.into()));
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let &["arn", "aws", service, "", account, name] = &*parts else { return None };
    let account: AccountId = account.parse().ok()?;
    let (kind, rest) = name.split_once('/').unwrap_or((name, ""));
    let named = !rest.is_empty() && !rest.ends_with('/');
    match (service, kind) {
        ("iam", "root") if name == "root" => Some(PrincipalName::Account(account)),
        ("iam", "user") if named => Some(PrincipalName::User(text.into())),
        ("iam", "role") if named => Some(PrincipalName::Role(text.into())),
        ("sts", "federated-user") if named => Some(PrincipalName::Session(text.into())),
        ("sts", "assumed-role") if named && rest.contains('/') => {
            Some(PrincipalName::Session(text.into()))
        }
        _ => None,
    }
}

/// How an `Allow` of a resource policy reaches who asks, weakest first: what it gives within one account
/// (IAM User Guide, "Policy evaluation for requests within a single account").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// By the account: identity policies decide.
    Delegated,
    /// By the role of a session, or the user of a federated one: without identity policies, but
    /// within boundary and session policy.
    Limited,
    /// By user, session or everyone: whatever the other policies don't allow.
    Direct,
}

/// A `Principal` or `NotPrincipal`.
#[derive(Clone, Debug)]
pub struct Principals {
    pub(crate) negated: bool,
    pub(crate) names: Box<[Named]>,
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Named {
    /// Whom it names.
    pub name: PrincipalName,
    /// Where it stands.
    pub at: Position,
    /// The bytes of the document that it takes, quotes included.
    pub span: Range<usize>,
}

impl Principals {
    /// The names.
    pub fn names(&self) -> &[Named] {
        &self.names
    }

    /// How an `Allow` reaches who asks, if it does.
    pub(crate) fn grant(&self, requester: &Requester, canonical: Option<&str>) -> Option<Grant> {
        debug_assert!(!self.negated, "a NotPrincipal only denies");
        self.names.iter().filter_map(|it| reaches(&it.name, requester, canonical)).max()
    }

    /// Whether a `Deny` concerns who asks; `bounded`, whether a permissions boundary limits who asks.
    pub(crate) fn denies(
        &self,
        requester: &Requester,
        canonical: Option<&str>,
        bounded: bool,
    ) -> bool {
        if !self.negated {
            return self.grant(requester, canonical).is_some();
        }
        // Whoever is named: "will always deny any IAM principal that has a permissions boundary policy
        // attached" (IAM User Guide, "NotPrincipal").
        if bounded {
            return true;
        }
        // To be spared one must be named as all that one is: a user with its account, a session
        // with its role and account (IAM User Guide, "NotPrincipal with Deny").
        let grants = || self.names.iter().filter_map(|it| reaches(&it.name, requester, canonical));
        let named = |grant| grants().any(|it| it == grant);
        let spared = match requester {
            Requester::RoleSession { .. } | Requester::FederatedUser { .. } => {
                named(Grant::Direct) && named(Grant::Limited) && named(Grant::Delegated)
            }
            Requester::User { .. } => named(Grant::Direct) && named(Grant::Delegated),
            _ => grants().next().is_some(),
        };
        let everyone = self.names.iter().any(|it| it.name == PrincipalName::Everyone);
        !spared && !everyone
    }
}

fn reaches(name: &PrincipalName, who: &Requester, canonical: Option<&str>) -> Option<Grant> {
    use Requester as Who;
    match name {
        PrincipalName::Everyone => Some(Grant::Direct),
        PrincipalName::Account(account) => {
            (who.account() == Some(*account)).then_some(Grant::Delegated)
        }
        PrincipalName::CanonicalUser(id) => {
            (who.account().is_some() && canonical == Some(id)).then_some(Grant::Delegated)
        }
        PrincipalName::User(named) => match who {
            Who::User { arn, .. } => (**named == **arn).then_some(Grant::Direct),
            Who::FederatedUser { user_arn, .. } => {
                (**named == **user_arn).then_some(Grant::Limited)
            }
            _ => None,
        },
        PrincipalName::Role(named) => match who {
            Who::RoleSession { role_arn, .. } => (**named == **role_arn).then_some(Grant::Limited),
            _ => None,
        },
        PrincipalName::Session(named) => match who {
            Who::RoleSession { arn, .. } | Who::FederatedUser { arn, .. } => {
                (**named == **arn).then_some(Grant::Direct)
            }
            _ => None,
        },
        PrincipalName::UniqueId(named) => match who {
            Who::User { id, .. } => (**named == **id).then_some(Grant::Direct),
            Who::RoleSession { role_id: id, .. } | Who::FederatedUser { user_id: id, .. } => {
                (**named == **id).then_some(Grant::Limited)
            }
            _ => None,
        },
        PrincipalName::Service(named) => match who {
            Who::Service(service) => (**named == **service).then_some(Grant::Direct),
            _ => None,
        },
        PrincipalName::Federated(named) => match who {
            Who::Federated(provider) => (**named == **provider).then_some(Grant::Direct),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_principal_is_named_in_full() {
        let account: AccountId = "123456789012".parse().unwrap();
        let user = "arn:aws:iam::123456789012:user/a/kim";
        let session = "arn:aws:sts::123456789012:assumed-role/r/s";
        for (kind, text, expected) in [
            ("AWS", "*", PrincipalName::Everyone),
            ("AWS", "123456789012", PrincipalName::Account(account)),
            ("AWS", "arn:aws:iam::123456789012:root", PrincipalName::Account(account)),
            ("AWS", user, PrincipalName::User(user.into())),
            ("AWS", session, PrincipalName::Session(session.into())),
            (
                "AWS",
                "AIDAJQABLZS4A3QDU576Q",
                PrincipalName::UniqueId("AIDAJQABLZS4A3QDU576Q".into()),
            ),
            ("Service", "s3.amazonaws.com", PrincipalName::Service("s3.amazonaws.com".into())),
            (
                "Federated",
                "graph.facebook.com",
                PrincipalName::Federated("graph.facebook.com".into()),
            ),
        ] {
            assert_eq!(PrincipalName::parse(kind, text), Ok(expected));
        }
        for (kind, text) in [
            ("AWS", "arn:aws:iam::123456789012:user/*"),
            ("AWS", "arn:aws:iam::*:root"),
            ("AWS", "arn:aws:iam::123456789012:group/g"),
            ("AWS", "arn:aws:iam::123456789012:user/"),
            ("AWS", "arn:aws:sts::123456789012:assumed-role/r"),
            ("AWS", "12345678901"),
            ("AWS", ""),
            ("CanonicalUser", "abc"),
            ("Service", "s3"),
            ("Service", "*"),
            ("Federated", ""),
            ("Everyone", "*"),
        ] {
            assert!(PrincipalName::parse(kind, text).is_err(), "{kind} {text}");
        }
    }
}
