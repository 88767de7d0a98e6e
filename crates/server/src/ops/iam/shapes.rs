//! IAM's things as its answers have them.

use iam::{PageRequest, PolicyVersion, Tag, User};
use wire::iam as shapes;

/// Which page is asked for.
pub(super) fn page_request(marker: Option<String>, max_items: Option<i64>) -> PageRequest {
    PageRequest { marker, max_items }
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
        permissions_boundary_type: Some("PermissionsBoundaryPolicy".into()),
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
