//! GetAccountAuthorizationDetails: everything, in pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use iam::{Account, Document, Group, Iam, ManagedPolicy, User};
use types::Arn;
use wire::iam::{
    AttachedPolicy, GetAccountAuthorizationDetailsInput, GetAccountAuthorizationDetailsOutput,
    GroupDetail, ManagedPolicyDetail, PolicyDetail, PolicyVersion, UserDetail,
};

use super::action::{Action, On, Stop};
use super::shapes::{boundary_of, listed_version, page_request, tags_of};
use crate::authorize::Ask;

pub(crate) struct GetAccountAuthorizationDetails;

impl Action for GetAccountAuthorizationDetails {
    type Input = GetAccountAuthorizationDetailsInput;
    type Output = GetAccountAuthorizationDetailsOutput;

    fn asks(on: &On, _: &GetAccountAuthorizationDetailsInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask(Arn::any())])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: GetAccountAuthorizationDetailsInput,
    ) -> Result<GetAccountAuthorizationDetailsOutput, Stop> {
        let wants =
            |kind: &str| input.filter.is_empty() || input.filter.iter().any(|it| it == kind);
        let account = &on.account;
        let mut things = Vec::new();
        let users = account.users().filter(|_| wants("User"));
        things.extend(users.map(|it| (format!("1 {}", it.id), Thing::User(it))));
        let groups = account.groups().filter(|_| wants("Group"));
        things.extend(groups.map(|it| (format!("2 {}", it.id), Thing::Group(it))));
        let own = account.policies().filter(|_| wants("LocalManagedPolicy"));
        // Of AWS's own, those that are in use.
        let is_used = |it: &&Arc<ManagedPolicy>| {
            let uses = account.policy_uses(&it.arn);
            wants("AWSManagedPolicy") && uses.attachments() + uses.bounded.len() > 0
        };
        let aws = iam::aws_managed_policies().iter().filter(is_used);
        let policies = own.chain(aws);
        things.extend(policies.map(|it| (format!("3 {}", it.id), Thing::Policy(it))));
        things.sort_by(|a, b| a.0.cmp(&b.0));
        let page =
            iam::page(things, |it| it.0.clone(), &page_request(input.marker, input.max_items))?;
        let mut output = GetAccountAuthorizationDetailsOutput {
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
            ..Default::default()
        };
        for (_, thing) in page.items {
            match thing {
                Thing::User(it) => output.user_detail_list.push(user_detail(account, it)),
                Thing::Group(it) => output.group_detail_list.push(group_detail(account, it)),
                Thing::Policy(it) => output.policies.push(policy_detail(account, it)),
            }
        }
        Ok(output)
    }
}

/// One of everything there is, in the order in which it is answered.
enum Thing<'a> {
    User(&'a User),
    Group(&'a Group),
    Policy(&'a ManagedPolicy),
}

fn user_detail(account: &Account, user: &User) -> UserDetail {
    UserDetail {
        path: Some(user.path.clone()),
        user_name: Some(user.name.clone()),
        user_id: Some(user.id.to_string()),
        arn: Some(user.arn.to_string()),
        create_date: Some(user.created),
        user_policy_list: inline(&user.inline),
        group_list: account.groups_of(user).iter().map(|it| it.name.clone()).collect(),
        attached_managed_policies: attached(account, &user.attached),
        permissions_boundary: user.boundary.as_deref().map(boundary_of),
        tags: tags_of(&user.tags),
    }
}

fn group_detail(account: &Account, group: &Group) -> GroupDetail {
    GroupDetail {
        path: Some(group.path.clone()),
        group_name: Some(group.name.clone()),
        group_id: Some(group.id.to_string()),
        arn: Some(group.arn.to_string()),
        create_date: Some(group.created),
        group_policy_list: inline(&group.inline),
        attached_managed_policies: attached(account, &group.attached),
    }
}

fn policy_detail(account: &Account, policy: &ManagedPolicy) -> ManagedPolicyDetail {
    let uses = account.policy_uses(&policy.arn);
    let versions = policy.versions.values().rev();
    ManagedPolicyDetail {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.to_string()),
        arn: Some(policy.arn.to_string()),
        path: Some(policy.path.clone()),
        default_version_id: Some(policy.default_version().id()),
        attachment_count: Some(uses.attachments() as i64),
        permissions_boundary_usage_count: Some(uses.bounded.len() as i64),
        is_attachable: Some(true),
        description: policy.description.clone(),
        create_date: Some(policy.created),
        update_date: Some(policy.updated),
        policy_version_list: versions
            .map(|it| PolicyVersion {
                document: Some(it.document.text().to_owned()),
                ..listed_version(it, it.number == policy.default)
            })
            .collect(),
    }
}

fn inline(policies: &BTreeMap<String, Arc<Document>>) -> Vec<PolicyDetail> {
    let of = |(name, document): (&String, &Arc<Document>)| PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(document.text().to_owned()),
    };
    policies.iter().map(of).collect()
}

fn attached(account: &Account, arns: &[Arc<str>]) -> Vec<AttachedPolicy> {
    let of = |it: &Arc<ManagedPolicy>| AttachedPolicy {
        policy_name: Some(it.name.clone()),
        policy_arn: Some(it.arn.to_string()),
    };
    account.attached(arns).into_iter().map(of).collect()
}
