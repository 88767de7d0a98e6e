//! The decision (IAM User Guide, "Policy evaluation logic"): explicit deny, resource policy, identity
//! policies, permissions boundary, session policy, in this order.
//!
//! Within an account a grant by the resource policy is enough ([`Grant`]) or the identity's policies
//! grant within boundary and session policy. Across accounts both sides have to allow.

use std::sync::Arc;

use types::AccountId;

use crate::because::{Because, Found, PolicyType, Reason};
use crate::document::Policy;
use crate::gate::Gate;
use crate::operand::Truth;
use crate::pattern::Action;
use crate::principal::{Grant, Requester};
use crate::statement::{Effect, Statement};
use crate::variables::Keys;

/// What is asked for, by whom, of whom.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Who asks.
    pub requester: &'a Requester,
    /// The canonical user id of the requester's account, for policies that name it so.
    pub canonical_user: Option<&'a str>,
    /// `s3:GetObject`.
    pub action: &'a str,
    /// The ARN of what it is done to, or `*`.
    pub resource: &'a str,
    /// The account that the resource belongs to.
    pub owner: AccountId,
    /// What conditions and variables see of the request.
    pub keys: &'a dyn Keys,
}

/// A policy and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// The ARN of a managed policy, the name of an inline one, the bucket of its policy.
    pub name: &'a str,
    /// The policy.
    pub policy: &'a Policy,
}

/// A policy that is kept with what it is called, from one request to the next.
#[derive(Clone, Debug)]
pub struct Held {
    /// As [`Attached::name`].
    pub name: Arc<str>,
    /// The policy.
    pub policy: Arc<Policy>,
}

impl Held {
    fn attached(&self) -> Attached<'_> {
        Attached { name: &self.name, policy: &self.policy }
    }
}

/// All policies that bear on a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies<'a> {
    /// Those of the user and its groups, or of the role.
    pub identity: &'a [Held],
    /// That of the resource.
    pub resource: Option<Attached<'a>>,
    /// The permissions boundary of user or role.
    pub boundary: Option<&'a Held>,
    /// Those that a session was made with. None leave a role's session what the role may do, and a
    /// federated user nothing.
    pub session: &'a [Held],
    /// Block Public Access, `RestrictPublicBuckets`, of bucket or account: a public resource policy
    /// serves the owner's account and services only.
    pub restrict_public_buckets: bool,
}

/// Whether the request may be done, and why.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// The answer.
    pub effect: Effect,
    /// What led to it.
    pub because: Because<'a>,
}

/// Decides a request.
pub fn evaluate<'a>(context: &Context<'_>, policies: &Policies<'a>) -> Decision<'a> {
    let action = Action::new(context.action);
    let request = Request { context, gate: action.gate(context.resource), action };
    let root = matches!(context.requester, Requester::Root { .. });
    let owns = context.requester.account() == Some(context.owner);
    let mut because = Because::new(Reason::Root);
    if root && owns && is_policy_action(context.action) {
        // A bucket policy that denies everybody can still be taken away ("DeleteBucketPolicy").
        return because.allow(Reason::Root);
    }

    let bounded = policies.boundary.is_some();
    let resource = policies.resource.map(|it| request.resource_policy(it, bounded));
    let resource = match resource.transpose() {
        Ok(grant) => grant.flatten(),
        Err(found) => return because.deny(Reason::ExplicitDeny(PolicyType::Resource), found),
    };
    if let Some((_, found)) = resource {
        because.found[PolicyType::Resource as usize] = Some(found);
    }
    let others = [
        (PolicyType::Identity, policies.identity),
        (PolicyType::Boundary, policies.boundary.map_or(&[], std::slice::from_ref)),
        (PolicyType::Session, policies.session),
    ];
    for (of, held) in others {
        match request.held(of, held) {
            Ok(found) => because.found[of as usize] = found,
            Err(found) => return because.deny(Reason::ExplicitDeny(of), found),
        }
    }

    let public = policies.resource.is_some_and(|it| it.policy.is_public());
    let service = matches!(context.requester, Requester::Service(_));
    if policies.restrict_public_buckets && public && !owns && !service {
        // "Any denial resulting from the RestrictPublicBuckets setting is explicit."
        because.reason = Reason::RestrictPublicBuckets;
        return Decision { effect: Effect::Deny, because };
    }

    let grant = resource.map(|(grant, _)| grant);
    if context.requester.account().is_none() {
        return match grant {
            Some(_) => because.allow(Reason::Allowed(PolicyType::Resource)),
            None => because.refuse(PolicyType::Resource),
        };
    }
    if !owns && grant.is_none() {
        return because.refuse(PolicyType::Resource);
    }
    if owns && grant == Some(Grant::Direct) {
        return because.allow(Reason::Allowed(PolicyType::Resource));
    }
    // A role's own grant needs no identity policy; root has none and may do everything.
    let limited = owns && grant == Some(Grant::Limited);
    if !limited && !root && because.found[PolicyType::Identity as usize].is_none() {
        return because.refuse(PolicyType::Identity);
    }
    if policies.boundary.is_some() && because.found[PolicyType::Boundary as usize].is_none() {
        return because.refuse(PolicyType::Boundary);
    }
    // A federated user has what its session's policies give it, and nothing without any
    // ("GetFederationToken").
    let federated = matches!(context.requester, Requester::FederatedUser { .. });
    let in_session = federated || !policies.session.is_empty();
    if in_session && because.found[PolicyType::Session as usize].is_none() {
        return because.refuse(PolicyType::Session);
    }
    because.allow(match (root, limited) {
        (true, _) => Reason::Root,
        (_, true) => Reason::Allowed(PolicyType::Resource),
        _ => Reason::Allowed(PolicyType::Identity),
    })
}

/// What the owner's root may always do.
const POLICY_ACTIONS: [&str; 3] =
    ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

fn is_policy_action(action: &str) -> bool {
    POLICY_ACTIONS.iter().any(|it| it.eq_ignore_ascii_case(action))
}

struct Request<'c> {
    context: &'c Context<'c>,
    action: Action,
    gate: Gate,
}

impl Request<'_> {
    /// The first statement that allows, or the first that denies as the error.
    fn held<'a>(
        &self,
        of: PolicyType,
        policies: &'a [Held],
    ) -> Result<Option<Found<'a>>, Found<'a>> {
        let mut allowed = None;
        for attached in policies.iter().map(Held::attached) {
            for statement in attached.policy.bearing_on(self.gate) {
                let denies = statement.effect() == Effect::Deny;
                if !denies && allowed.is_some() {
                    continue;
                }
                let found = |truth| Found::new(of, attached, statement, truth);
                match self.applies(statement) {
                    Truth::False => {}
                    truth if denies => return Err(found(truth)),
                    Truth::Unknown => {}
                    truth => allowed = Some(found(truth)),
                }
            }
        }
        Ok(allowed)
    }

    /// The strongest grant to who asks, or the first statement that denies as the error.
    fn resource_policy<'a>(
        &self,
        attached: Attached<'a>,
        bounded: bool,
    ) -> Result<Option<(Grant, Found<'a>)>, Found<'a>> {
        let (who, canonical) = (self.context.requester, self.context.canonical_user);
        let mut strongest: Option<(Grant, Found<'a>)> = None;
        for statement in attached.policy.bearing_on(self.gate) {
            // A policy of the wrong kind grants nothing.
            let Some(principals) = statement.principals() else { continue };
            let found = |truth| Found::new(PolicyType::Resource, attached, statement, truth);
            if statement.effect() == Effect::Deny {
                if principals.denies(who, canonical, bounded) {
                    match self.applies(statement) {
                        Truth::False => {}
                        truth => return Err(found(truth)),
                    }
                }
                continue;
            }
            let Some(grant) = principals.grant(who, canonical) else { continue };
            let stronger = strongest.is_none_or(|(so_far, _)| grant > so_far);
            if stronger && self.applies(statement) == Truth::True {
                strongest = Some((grant, found(Truth::True)));
            }
        }
        Ok(strongest)
    }

    fn applies(&self, statement: &Statement) -> Truth {
        statement.applies(&self.action, self.context.resource, self.context.keys)
    }
}
