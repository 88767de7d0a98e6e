//! Who asks.

use std::sync::Arc;

use policy::Requester;
use types::AccountId;

/// Who a request was signed by.
#[derive(Clone, Debug)]
pub enum Caller {
    /// The root user of an account.
    Root(Arc<Root>),
    /// Nobody: the request carries no signature.
    Anonymous,
}

/// An account's root user.
#[derive(Debug)]
pub struct Root {
    account: AccountId,
    requester: Requester,
    arn: Arc<str>,
}

impl Root {
    /// Of this account.
    pub fn new(account: AccountId) -> Self {
        let arn = account.root_arn().as_str().into();
        Self { account, requester: Requester::Root { account }, arn }
    }
}

impl Caller {
    /// For records and logs; none for anonymous.
    pub fn arn(&self) -> Option<&Arc<str>> {
        match self {
            Self::Root(root) => Some(&root.arn),
            Self::Anonymous => None,
        }
    }

    /// Whose it is, if anybody's.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root(root) => Some(root.account),
            Self::Anonymous => None,
        }
    }

    /// The value of one of its tags, whose name is in any case.
    pub fn tag(&self, _: &str) -> Option<&str> {
        match self {
            Self::Root(_) | Self::Anonymous => None,
        }
    }

    /// As policies see it.
    pub fn requester(&self) -> &Requester {
        match self {
            Self::Root(root) => &root.requester,
            Self::Anonymous => &Requester::Anonymous,
        }
    }
}
