//! ListEntitiesForPolicy: groups first, then users, in one sequence of pages.

use iam::{Group, Iam, IamError, Missing, User};
use wire::iam as shapes;
use wire::iam::{ListEntitiesForPolicyInput, ListEntitiesForPolicyOutput};

use super::action::{Action, On, Stop};
use super::shapes::{Usage, one_of, page_request};
use crate::authorize::Ask;

pub(crate) struct ListEntitiesForPolicy;

impl Action for ListEntitiesForPolicy {
    type Input = ListEntitiesForPolicyInput;
    type Output = ListEntitiesForPolicyOutput;

    fn asks(on: &On, input: &ListEntitiesForPolicyInput) -> Result<Vec<Ask>, Stop> {
        Ok(vec![on.ask_of_policy(&input.policy_arn)])
    }

    async fn act(
        on: &On,
        _: &Iam,
        input: ListEntitiesForPolicyInput,
    ) -> Result<ListEntitiesForPolicyOutput, Stop> {
        let kinds = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];
        one_of("entityFilter", &input.entity_filter, &kinds)?;
        let usage = Usage::of(&input.policy_usage_filter)?;
        let prefix = iam::path_prefix(input.path_prefix.as_deref())?;
        let policy = on
            .account
            .find_policy(&input.policy_arn)
            .ok_or_else(|| IamError::from(Missing::Attachable(input.policy_arn.clone())))?;
        let uses = on.account.policy_uses(&policy.arn);
        let wanted = |kind: &str| input.entity_filter.as_deref().is_none_or(|it| it == kind);
        let mut entities: Vec<Entity<'_>> = Vec::new();
        if wanted("Group") && usage != Some(Usage::Boundary) {
            entities.extend(uses.groups.iter().map(|it| Entity::Group(it)));
        }
        if wanted("User") && usage != Some(Usage::Boundary) {
            entities.extend(uses.users.iter().map(|it| Entity::User(it)));
        }
        if wanted("User") && usage != Some(Usage::Permissions) {
            entities.extend(uses.bounded.iter().map(|it| Entity::User(it)));
        }
        entities.retain(|it| it.path().starts_with(prefix));
        entities.sort_by_cached_key(Entity::key);
        // A user's policy and boundary at once.
        entities.dedup_by_key(|it| it.key());
        let request = page_request(input.marker, input.max_items);
        let page = iam::page(entities, Entity::key, &request)?;
        let mut output = ListEntitiesForPolicyOutput {
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
            ..Default::default()
        };
        for entity in page.items {
            match entity {
                Entity::Group(group) => output.policy_groups.push(shapes::PolicyGroup {
                    group_name: Some(group.name.clone()),
                    group_id: Some(group.id.to_string()),
                }),
                Entity::User(user) => output.policy_users.push(shapes::PolicyUser {
                    user_name: Some(user.name.clone()),
                    user_id: Some(user.id.to_string()),
                }),
            }
        }
        Ok(output)
    }
}

enum Entity<'a> {
    Group(&'a Group),
    User(&'a User),
}

impl Entity<'_> {
    fn key(&self) -> String {
        match self {
            Self::Group(it) => format!("group/{}", it.name.to_ascii_lowercase()),
            Self::User(it) => format!("user/{}", it.name.to_ascii_lowercase()),
        }
    }

    fn path(&self) -> &str {
        match self {
            Self::Group(it) => &it.path,
            Self::User(it) => &it.path,
        }
    }
}
