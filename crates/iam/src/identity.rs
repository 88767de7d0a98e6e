//! A user in the eyes of the policy language: all policies that say what it may do, parsed.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use policy::{Held, Policy, PolicyKind, Requester};

use crate::account::Account;
use crate::document::{self, Document};
use crate::users::User;

/// A user and its policies at one moment.
#[derive(Debug)]
pub struct Identity {
    /// Who asks.
    pub requester: Requester,
    /// The user: its tags are `aws:PrincipalTag/...`.
    pub user: Arc<User>,
    policies: Vec<Held>,
    boundary: Option<Held>,
}

/// What the account's password policy gives to all users (`AllowUsersToChangePassword`), as one more
/// policy of theirs: it ends where a boundary or an explicit deny says so. Nobody can change another's
/// password by this operation.
static MAY_CHANGE_OWN: LazyLock<Arc<Policy>> = LazyLock::new(|| {
    let document = br#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"], "Resource": "*"}]}"#;
    Arc::new(Policy::parse(document, PolicyKind::Identity).expect("a policy"))
});
const OWN_PASSWORD: &str = "AllowUsersToChangePassword";

/// A policy can't be deleted while it is attached or a boundary; if one is missing all the same, it
/// stands for what denies everything.
fn managed(account: &Account, arn: &Arc<str>) -> Held {
    let policy = match account.find_policy(arn) {
        Some(managed) => Arc::clone(managed.default_version().document.policy()),
        None => Arc::new(document::denies_everything()),
    };
    Held { name: Arc::clone(arn), policy }
}

impl Identity {
    pub(crate) fn of(account: &Account, user: &Arc<User>) -> Self {
        let of = |(attached, inline): (&[Arc<str>], &BTreeMap<String, Arc<Document>>)| {
            let attached = attached.iter().map(|it| managed(account, it));
            let inline = inline.iter().map(|(name, document)| Held {
                name: name.as_str().into(),
                policy: Arc::clone(document.policy()),
            });
            attached.chain(inline).collect::<Vec<_>>()
        };
        let mut policies = of((&user.attached, &user.inline));
        for group in account.groups_of(user) {
            policies.extend(of((&group.attached, &group.inline)));
        }
        if account.users_may_change_passwords() {
            policies.push(Held { name: OWN_PASSWORD.into(), policy: Arc::clone(&MAY_CHANGE_OWN) });
        }
        Self {
            requester: Requester::User {
                account: account.id,
                arn: user.arn.to_string(),
                id: user.id.to_string(),
            },
            user: Arc::clone(user),
            policies,
            boundary: user.boundary.as_ref().map(|it| managed(account, it)),
        }
    }

    /// Its policies and those of its groups, managed and inline: [`policy::Policies::identity`].
    pub fn policies(&self) -> &[Held] {
        &self.policies
    }

    /// Whether one of them, or the boundary, asks for a key that begins so: [`Policy::asks_for`].
    pub fn asks_for(&self, prefix: &str) -> bool {
        self.policies.iter().chain(&self.boundary).any(|it| it.policy.asks_for(prefix))
    }

    /// Its permissions boundary: [`policy::Policies::boundary`].
    pub fn boundary(&self) -> Option<&Held> {
        self.boundary.as_ref()
    }
}
