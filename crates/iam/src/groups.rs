//! Groups and who is in them: CreateGroup, UpdateGroup, DeleteGroup, AddUserToGroup, RemoveUserFromGroup.

use std::collections::BTreeMap;
use std::sync::Arc;

use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::document::Document;
use crate::error::{Conflict, Existing, IamError, Limit};
use crate::id::{Kind, UniqueId};
use crate::name::{self, GROUP_NAME_CHARACTERS_MAX};
use crate::row::{At, Edit, GroupRow, Record};

/// Groups that a user can be in.
pub const GROUPS_PER_USER_MAX: usize = 10;

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its unique id, `AGPA...`.
    pub id: UniqueId,
    /// Its name, as it was written.
    pub name: String,
    /// `/`, or more between slashes.
    pub path: String,
    /// `arn:aws:iam::ACCOUNT:group/PATH/NAME`.
    pub arn: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
    /// The ARNs of the managed policies attached to it, in the order in which they were.
    pub attached: Vec<Arc<str>>,
    /// Its inline policies by name.
    pub inline: BTreeMap<String, Arc<Document>>,
}

/// What UpdateGroup changes.
#[derive(Clone, Debug, Default)]
pub struct GroupChanges {
    /// Another name.
    pub name: Option<String>,
    /// Another path.
    pub path: Option<String>,
}

impl Group {
    /// A group out of its row; its inline policies come from what was known of it.
    pub(crate) fn of_row(
        account: AccountId,
        id: UniqueId,
        row: GroupRow,
        old: Option<&Self>,
    ) -> Self {
        Self {
            id,
            arn: format!("arn:aws:iam::{account}:group{}{}", row.path, row.name).into(),
            name: row.name,
            path: row.path,
            created: Timestamp::from_millis(row.created),
            attached: row.attached.into_iter().map(Into::into).collect(),
            inline: old.map_or_else(BTreeMap::new, |it| it.inline.clone()),
        }
    }

    pub(crate) fn row(&self) -> GroupRow {
        GroupRow {
            name: self.name.clone(),
            path: self.path.clone(),
            created: self.created.millis(),
            attached: self.attached.iter().map(|it| it.to_string()).collect(),
        }
    }

    /// The edit that writes its row with something changed.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut GroupRow)) -> Edit {
        let mut row = self.row();
        change(&mut row);
        Edit::Put(Record::Group(self.id, row))
    }
}

impl Iam {
    /// CreateGroup.
    pub async fn create_group(
        &self,
        account: AccountId,
        (group, path): (&str, Option<&str>),
    ) -> Result<Arc<Group>, IamError> {
        name::check_name("groupName", group, GROUP_NAME_CHARACTERS_MAX)?;
        let path = path.unwrap_or("/");
        name::check_path(path, false)?;
        let (id, created) = (UniqueId::generate(Kind::Group), self.now().millis());
        self.change(account, |account| {
            if account.groups.name(group).is_some() {
                return Err(Existing::Group(group.to_owned()).into());
            }
            let max = self.quotas().groups;
            if account.groups.len() >= max {
                return Err(Limit::Quota { quota: "GroupsPerAccount", max }.into());
            }
            let (name, path) = (group.to_owned(), path.to_owned());
            let row = GroupRow { name, path, created, attached: vec![] };
            let answer = Arc::new(Group::of_row(account.id, id, row.clone(), None));
            Ok(Judged { edits: vec![Edit::Put(Record::Group(id, row))], answer })
        })
        .await
    }

    /// UpdateGroup: another name, another path, both or neither.
    pub async fn update_group(
        &self,
        account: AccountId,
        group: &str,
        changes: GroupChanges,
    ) -> Result<(), IamError> {
        if let Some(new) = &changes.name {
            name::check_name("newGroupName", new, GROUP_NAME_CHARACTERS_MAX)?;
        }
        if let Some(new) = &changes.path {
            name::check_path(new, false)?;
        }
        self.change_group(account, group, |account, group| {
            if let Some(new) = &changes.name
                && account.groups.name(new).is_some_and(|it| it.id != group.id)
            {
                return Err(Existing::Group(new.clone()).into());
            }
            Ok(vec![group.edit(|row| {
                row.name = changes.name.clone().unwrap_or_else(|| group.name.clone());
                row.path = changes.path.clone().unwrap_or_else(|| group.path.clone());
            })])
        })
        .await
    }

    /// DeleteGroup: once nobody is in it and nothing belongs to it any more.
    pub async fn delete_group(&self, account: AccountId, group: &str) -> Result<(), IamError> {
        self.change_group(account, group, |account, group| {
            let conflict = [
                (!account.members(group.id).is_empty(), Conflict::Membership),
                (!group.attached.is_empty(), Conflict::AttachedPolicies),
                (!group.inline.is_empty(), Conflict::InlinePolicies),
            ];
            if let Some((_, conflict)) = conflict.into_iter().find(|it| it.0) {
                return Err(conflict.into());
            }
            Ok(vec![Edit::Delete(At::Group(group.id))])
        })
        .await
    }

    /// AddUserToGroup; who is in it stays so.
    pub async fn add_user_to_group(
        &self,
        account: AccountId,
        (group, user): (&str, &str),
    ) -> Result<(), IamError> {
        self.change_user(account, user, |account, user| {
            let group = account.group(group)?;
            if user.groups.contains(&group.id) {
                return Ok(vec![]);
            }
            if user.groups.len() >= GROUPS_PER_USER_MAX {
                let (quota, max) = ("GroupsPerUser", GROUPS_PER_USER_MAX);
                return Err(Limit::Quota { quota, max }.into());
            }
            Ok(vec![user.edit(|row| row.groups.push(group.id.to_string()))])
        })
        .await
    }

    /// RemoveUserFromGroup. Who isn't in it leaves it all the same, as AWS was recorded.
    pub async fn remove_user_from_group(
        &self,
        account: AccountId,
        (group, user): (&str, &str),
    ) -> Result<(), IamError> {
        self.change_user(account, user, |account, user| {
            let group = account.group(group)?;
            if !user.groups.contains(&group.id) {
                return Ok(vec![]);
            }
            Ok(vec![user.edit(|row| row.groups.retain(|it| it != group.id.as_str()))])
        })
        .await
    }

    /// Changes a group that is there.
    pub(crate) async fn change_group(
        &self,
        account: AccountId,
        group: &str,
        judge: impl Fn(&Account, &Group) -> Result<Vec<Edit>, IamError>,
    ) -> Result<(), IamError> {
        let change = |account: &Account| {
            let group = account.group(group)?;
            judge(account, group).map(Judged::of)
        };
        self.change(account, change).await
    }
}
