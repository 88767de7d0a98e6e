//! Why a request may be done or not: for the audit record, and in AWS's words for who asked.

use std::borrow::Cow;

use crate::evaluate::{Attached, Context, Decision};
use crate::operand::Truth;
use crate::statement::{Effect, Statement};

/// The types of policies, in the order in which they decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyType {
    /// A bucket's policy, a role's trust policy.
    Resource,
    /// The policies of a user and its groups, or of a role.
    Identity,
    /// A permissions boundary.
    Boundary,
    /// The policy that a session was made with.
    Session,
}

/// How many there are.
const POLICY_TYPES: usize = 4;

impl PolicyType {
    /// As AWS's errors call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resource => "resource-based policy",
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
        }
    }

    /// The same with its article.
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Resource => "a resource-based policy",
            Self::Identity => "an identity-based policy",
            Self::Boundary => "a permissions boundary",
            Self::Session => "a session policy",
        }
    }
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Policies of this type granted it, and none of the others took it away.
    Allowed(PolicyType),
    /// An account's root user, for what is the account's.
    Root,
    /// A statement of a policy of this type denies it.
    ExplicitDeny(PolicyType),
    /// No policy of this type allows it.
    NotAllowed(PolicyType),
    /// Block Public Access: the resource policy is public, the requester of another account.
    RestrictPublicBuckets,
    /// Block Public Access: the policy that was to be set is public. For the server to say.
    BlockPublicPolicy,
    /// Block Public Access: the ACL that was to be set is public. For the server to say.
    BlockPublicAcls,
}

/// A statement that bore on a decision.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The type of its policy.
    pub policy_type: PolicyType,
    /// Its policy.
    pub attached: Attached<'a>,
    /// The statement; its position is the place in the policy.
    pub statement: &'a Statement,
    /// Whether it was clear that it applies. A `Deny` counts as applying when a value can't be
    /// compared or a variable can't be filled.
    pub certain: bool,
}

impl<'a> Found<'a> {
    pub(crate) fn new(
        policy_type: PolicyType,
        attached: Attached<'a>,
        statement: &'a Statement,
        truth: Truth,
    ) -> Self {
        Self { policy_type, attached, statement, certain: truth == Truth::True }
    }
}

/// What led to a decision.
#[derive(Clone, Copy, Debug)]
pub struct Because<'a> {
    /// What decided.
    pub reason: Reason,
    /// The statement that denied.
    pub denied_by: Option<Found<'a>>,
    pub(crate) found: [Option<Found<'a>>; POLICY_TYPES],
}

impl<'a> Because<'a> {
    /// Nothing but a reason that no policy gave.
    pub fn new(reason: Reason) -> Self {
        Self { reason, denied_by: None, found: [None; POLICY_TYPES] }
    }

    /// The statement that allowed among the policies of a type, as far as the evaluation went: an
    /// explicit deny ends it.
    pub fn allowed_by(&self, policy_type: PolicyType) -> Option<&Found<'a>> {
        self.found[policy_type as usize].as_ref()
    }

    pub(crate) fn allow(mut self, reason: Reason) -> Decision<'a> {
        self.reason = reason;
        Decision { effect: Effect::Allow, because: self }
    }

    pub(crate) fn deny(mut self, reason: Reason, found: Found<'a>) -> Decision<'a> {
        self.reason = reason;
        self.denied_by = Some(found);
        Decision { effect: Effect::Deny, because: self }
    }

    pub(crate) fn refuse(mut self, by: PolicyType) -> Decision<'a> {
        self.reason = Reason::NotAllowed(by);
        Decision { effect: Effect::Deny, because: self }
    }
}

/// How a service writes the resource in an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// `"arn:aws:s3:::bucket"`: Amazon S3.
    Quoted,
    /// `user kim`, `policy arn:aws:iam::123456789012:policy/p`, `arn:aws:iam::123456789012:user/`: IAM and
    /// STS.
    Plain,
}

/// A denial in AWS's words (IAM User Guide, "Troubleshoot access denied error messages"; Amazon S3
/// User Guide, "Troubleshoot access denied (403 Forbidden) errors"). None where AWS only says
/// `Access Denied`, to anybody who isn't of the resource's account; and for what is allowed.
pub fn denial(context: &Context<'_>, because: &Because<'_>, quoting: Quoting) -> Option<String> {
    if context.requester.account() != Some(context.owner) {
        return None;
    }
    let (user, action) = (context.requester.arn()?, context.action);
    let ending = match because.reason {
        Reason::Allowed(_) | Reason::Root => return None,
        Reason::NotAllowed(of) => {
            format!("because no {} allows the {action} action", of.name())
        }
        Reason::ExplicitDeny(of) => {
            let arn = because.denied_by.map(|it| it.attached.name);
            // AWS names a managed policy, whose ARN who asks may look up, and no other.
            match arn.filter(|it| of != PolicyType::Resource && it.starts_with("arn:")) {
                Some(arn) => format!("with an explicit deny in {}: {arn}", of.with_article()),
                None => format!("with an explicit deny in {}", of.with_article()),
            }
        }
        Reason::RestrictPublicBuckets => {
            format!("with an explicit deny in {}", PolicyType::Resource.with_article())
        }
        Reason::BlockPublicPolicy => "because public policies are prevented by the \
                                      BlockPublicPolicy setting in S3 Block Public Access."
            .to_owned(),
        Reason::BlockPublicAcls => "because public ACLs are prevented by the BlockPublicAcls \
                                    setting in S3 Block Public Access."
            .to_owned(),
    };
    let resource = match quoting {
        // S3 says nothing of the resource where there is none.
        Quoting::Quoted if matches!(context.resource, "*" | "arn:aws:s3:::*") => String::new(),
        Quoting::Quoted => format!(" on resource: \"{}\"", context.resource),
        Quoting::Plain => format!(" on resource: {}", plain(action, context.resource)),
    };
    Some(format!("User: {user} is not authorized to perform: {action}{resource} {ending}"))
}

/// What IAM says instead of an ARN: the name of a user or group that is there or ought to be, never its
/// path, which would tell who may not ask that it is there. What is to be made, and what is to be listed,
/// has its ARN.
fn plain<'a>(action: &str, resource: &'a str) -> Cow<'a, str> {
    // Asked by a key's id: the resource would tell whose it is.
    if action == "iam:GetAccessKeyLastUsed" {
        return "*".into();
    }
    let by_arn = matches!(
        action,
        "iam:CreateUser"
            | "iam:CreateGroup"
            | "iam:CreatePolicy"
            | "iam:CreateRole"
            | "iam:ListUsers"
            | "iam:ListGroups"
            | "iam:ListPolicies"
            | "iam:ListRoles"
    );
    let named = resource.strip_prefix("arn:aws:iam::").filter(|_| !by_arn);
    let named = named.and_then(|it| it.split_once(':')?.1.split_once('/'));
    match named {
        Some((kind @ ("user" | "group" | "role"), path)) => {
            let name = path.rsplit('/').next().unwrap_or(path);
            format!("{kind} {name}").into()
        }
        Some(("policy", _)) => format!("policy {resource}").into(),
        _ => resource.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iam_names_users_groups_and_policies_without_telling_where_they_are() {
        for (action, resource, expected) in [
            ("iam:GetUser", "arn:aws:iam::123456789012:user/a/b/kim", "user kim"),
            ("iam:GetUser", "arn:aws:iam::123456789012:user/nobody", "user nobody"),
            ("iam:AddUserToGroup", "arn:aws:iam::123456789012:group/g", "group g"),
            (
                "iam:GetPolicy",
                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "policy arn:aws:iam::aws:policy/ReadOnlyAccess",
            ),
            (
                "iam:CreateUser",
                "arn:aws:iam::123456789012:user/kim",
                "arn:aws:iam::123456789012:user/kim",
            ),
            ("iam:ListUsers", "arn:aws:iam::123456789012:user/", "arn:aws:iam::123456789012:user/"),
            ("iam:GetUser", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root"),
            ("iam:GetAccountSummary", "*", "*"),
            ("iam:GetAccessKeyLastUsed", "arn:aws:iam::123456789012:user/kim", "*"),
        ] {
            assert_eq!(plain(action, resource), expected, "{action}");
        }
    }
}
