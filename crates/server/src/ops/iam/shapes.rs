//! IAM's things as its answers have them.

use std::sync::Arc;

use iam::{
    Group, IamError, Invalid, LoginProfile, ManagedPolicy, Page, PageRequest, PolicyVersion, Tag,
    User,
};
use wire::iam as shapes;
use wire::{Code, Error};

use super::action::{On, Stop};

/// Which page is asked for.
pub(super) fn page_request(marker: Option<String>, max_items: Option<i64>) -> PageRequest {
    PageRequest { marker, max_items }
}

/// The one page of a list of what there can't be any of, or no more than one: no answer named another.
pub(super) fn only_page(marker: &Option<String>) -> Result<(), Stop> {
    match marker {
        Some(_) => Err(IamError::from(Invalid::Marker).into()),
        None => Ok(()),
    }
}

/// A user, with everything that belongs to it.
pub(super) fn user_of(user: &User) -> shapes::User {
    shapes::User {
        permissions_boundary: user.boundary.as_deref().map(boundary_of),
        tags: tags_of(&user.tags),
        ..listed_user(user)
    }
}

/// A user as lists have it: "this operation does not return [...] PermissionsBoundary, Tags"
/// (ListUsers, IAM API Reference).
pub(super) fn listed_user(user: &User) -> shapes::User {
    shapes::User {
        path: Some(user.path.clone()),
        user_name: Some(user.name.clone()),
        user_id: user.id.to_string(),
        arn: user.arn.to_string(),
        create_date: user.created,
        password_last_used: None,
        permissions_boundary: None,
        tags: vec![],
    }
}

/// A permissions boundary: always a policy.
pub(super) fn boundary_of(arn: &str) -> shapes::AttachedPermissionsBoundary {
    shapes::AttachedPermissionsBoundary {
        // differs from AWS's model, whose only value is `PermissionsBoundaryPolicy`: AWS answers this.
        permissions_boundary_type: Some("Policy".into()),
        permissions_boundary_arn: Some(arn.to_owned()),
    }
}

/// Tags that are answered.
pub(super) fn tags_of(tags: &[Tag]) -> Vec<shapes::Tag> {
    let of = |it: &Tag| shapes::Tag { key: it.key.clone(), value: it.value.clone() };
    tags.iter().map(of).collect()
}

/// Tags that are asked for.
pub(super) fn tags_from(tags: Vec<shapes::Tag>) -> Vec<Tag> {
    tags.into_iter().map(|it| Tag { key: it.key, value: it.value }).collect()
}

/// The same as policies are told of them.
pub(super) fn pairs(tags: &[shapes::Tag]) -> impl Iterator<Item = (String, String)> {
    tags.iter().map(|it| (it.key.clone(), it.value.clone()))
}

/// `Active` or `Inactive`.
pub(super) fn key_status(active: bool) -> String {
    if active { "Active" } else { "Inactive" }.into()
}

/// A version of a managed policy as lists have it: without its document.
pub(super) fn listed_version(version: &PolicyVersion, is_default: bool) -> shapes::PolicyVersion {
    shapes::PolicyVersion {
        document: None,
        version_id: Some(version.id()),
        is_default_version: Some(is_default),
        create_date: Some(version.created),
    }
}

/// A group.
pub(super) fn group_of(group: &Group) -> shapes::Group {
    shapes::Group {
        path: group.path.clone(),
        group_name: group.name.clone(),
        group_id: group.id.to_string(),
        arn: group.arn.to_string(),
        create_date: group.created,
    }
}

/// A managed policy as lists have it: without description and tags (`Policy`, IAM API Reference).
pub(super) fn listed_policy(on: &On, policy: &ManagedPolicy) -> shapes::Policy {
    let uses = on.account.policy_uses(&policy.arn);
    let count = |it: usize| Some(it as i64);
    shapes::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.to_string()),
        arn: Some(policy.arn.to_string()),
        path: Some(policy.path.clone()),
        default_version_id: Some(policy.default_version().id()),
        attachment_count: count(uses.attachments()),
        permissions_boundary_usage_count: count(uses.bounded.len()),
        is_attachable: Some(true),
        description: None,
        create_date: Some(policy.created),
        update_date: Some(policy.updated),
        tags: None,
    }
}

/// A page of the managed policies that are attached somewhere, of those below a path.
pub(super) fn attached_page(
    on: &On,
    attached: &[Arc<str>],
    (prefix, marker, max_items): (Option<String>, Option<String>, Option<i64>),
) -> Result<Page<shapes::AttachedPolicy>, Stop> {
    let prefix = iam::path_prefix(prefix.as_deref())?;
    let mut policies = on.account.attached(attached);
    policies.retain(|it| it.path.starts_with(prefix));
    // A policy may have the name of one of AWS's.
    let key = |it: &&Arc<ManagedPolicy>| format!("{} {}", it.name.to_ascii_lowercase(), it.arn);
    policies.sort_by_cached_key(key);
    let page = iam::page(policies, key, &page_request(marker, max_items))?;
    let of = |it: &Arc<ManagedPolicy>| shapes::AttachedPolicy {
        policy_name: Some(it.name.clone()),
        policy_arn: Some(it.arn.to_string()),
    };
    Ok(Page { items: page.items.into_iter().map(of).collect(), marker: page.marker })
}

/// What a policy is used for, as a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    /// It is attached.
    Permissions,
    /// It is a boundary.
    Boundary,
}

impl Usage {
    /// `PolicyUsageFilter`.
    pub(super) fn of(filter: &Option<String>) -> Result<Option<Self>, Stop> {
        one_of("policyUsageFilter", filter, &["PermissionsPolicy", "PermissionsBoundary"])?;
        Ok(filter.as_deref().map(|it| match it {
            "PermissionsBoundary" => Self::Boundary,
            _ => Self::Permissions,
        }))
    }
}

/// Refuses a value that isn't one of these.
pub(super) fn one_of(field: &str, value: &Option<String>, all: &[&str]) -> Result<(), Stop> {
    match value {
        Some(value) if !all.contains(&value.as_str()) => {
            let message = format!(
                "1 validation error detected: Value at '{field}' failed to satisfy constraint: \
                 Member must satisfy enum value set"
            );
            Err(Error::new(Code::ValidationError).message(message).into())
        }
        _ => Ok(()),
    }
}

/// A member that has to be there.
pub(super) fn missing(field: &str) -> Stop {
    let message = format!(
        "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must \
         not be null"
    );
    Error::new(Code::ValidationError).message(message).into()
}

/// A user's password, or rather that it has one.
pub(super) fn profile_of(user: &str, profile: &LoginProfile) -> shapes::LoginProfile {
    shapes::LoginProfile {
        user_name: user.to_owned(),
        create_date: profile.created,
        password_reset_required: Some(profile.reset_required),
        max_signin_session_duration: None,
    }
}
