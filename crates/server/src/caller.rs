//! Who asks.

use std::borrow::Cow;
use std::sync::Arc;

use iam::{AccessKey, Identity};
use policy::{Held, Requester};
use serde_json::{Value, json};
use types::AccountId;

use crate::settings::OBJECT_TAG;

/// Who a request was signed by.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// The root user of an account.
    Root(Root),
    /// An IAM user, with all policies that say what it may do, and the key that it signed with.
    User(Arc<Identity>, Arc<AccessKey>),
    /// Nobody: the request carries no signature.
    Anonymous,
}

/// An account's root user.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    account: AccountId,
    requester: Requester,
}

impl Root {
    /// Of this account.
    pub(crate) fn new(account: AccountId) -> Self {
        Self { account, requester: Requester::Root { account } }
    }
}

impl Caller {
    /// For records and logs; none for anonymous.
    pub(crate) fn arn(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Root(root) => Some(Cow::Owned(root.account.root_arn().as_str().to_owned())),
            Self::User(identity, _) => Some(Cow::Borrowed(&identity.user.arn)),
            Self::Anonymous => None,
        }
    }

    /// Whose it is, if anybody's.
    pub(crate) fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root(root) => Some(root.account),
            Self::User(identity, _) => identity.requester.account(),
            Self::Anonymous => None,
        }
    }

    /// As policies see it.
    pub(crate) fn requester(&self) -> &Requester {
        match self {
            Self::Root(root) => &root.requester,
            Self::User(identity, _) => &identity.requester,
            Self::Anonymous => &Requester::Anonymous,
        }
    }

    /// The value of one of its tags, whose name is in any case.
    pub(crate) fn tag(&self, key: &str) -> Option<&str> {
        let Self::User(identity, _) = self else { return None };
        let tag = identity.user.tags.iter().find(|it| it.key.eq_ignore_ascii_case(key))?;
        Some(&tag.value)
    }

    /// As audit records write it: CloudTrail's `userIdentity`. `root_key` is the id of root's key.
    pub(crate) fn to_json(&self, root_key: &str) -> Value {
        match self {
            Self::Root(root) => json!({
                "type": "Root",
                "principalId": root.account.as_str(),
                "arn": root.account.root_arn().as_str(),
                "accountId": root.account.as_str(),
                "accessKeyId": root_key,
            }),
            Self::User(identity, key) => json!({
                "type": "IAMUser",
                "principalId": identity.user.id.to_string(),
                "arn": &*identity.user.arn,
                "accountId": identity.requester.account().map(|it| it.to_string()),
                "accessKeyId": &*key.id,
                "userName": identity.user.name,
            }),
            Self::Anonymous => {
                json!({"type": "AWSAccount", "principalId": "", "accountId": "anonymous"})
            }
        }
    }

    /// Its own policies. Root has none and needs none.
    pub(crate) fn policies(&self) -> &[Held] {
        match self {
            Self::User(identity, _) => identity.policies(),
            Self::Root(_) | Self::Anonymous => &[],
        }
    }

    /// Whether a condition or a variable of its policies asks for the tags of an object.
    pub(crate) fn asks_for_object_tags(&self) -> bool {
        match self {
            Self::User(identity, _) => identity.asks_for(OBJECT_TAG),
            Self::Root(_) | Self::Anonymous => false,
        }
    }

    /// What limits them.
    pub(crate) fn boundary(&self) -> Option<&Held> {
        match self {
            Self::User(identity, _) => identity.boundary(),
            Self::Root(_) | Self::Anonymous => None,
        }
    }
}
