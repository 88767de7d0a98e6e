//! Users: CreateUser, UpdateUser, DeleteUser, TagUser, UntagUser, and their permissions boundaries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::document::Document;
use crate::error::{Conflict, Existing, IamError, Limit, Missing};
use crate::id::{Kind, UniqueId};
use crate::name::{self, TAGS_MAX, Tag, TagKeys, USER_NAME_CHARACTERS_MAX};
use crate::passwords::LoginProfile;
use crate::row::{At, Edit, Record, UserRow};

/// A user.
#[derive(Clone, Debug)]
pub struct User {
    /// Its unique id, `AIDA...`.
    pub id: UniqueId,
    /// Its name, as it was written.
    pub name: String,
    /// `/`, or more between slashes.
    pub path: String,
    /// `arn:aws:iam::ACCOUNT:user/PATH/NAME`.
    pub arn: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<Arc<str>>,
    /// The ARNs of the managed policies attached to it, in the order in which they were.
    pub attached: Vec<Arc<str>>,
    /// Its inline policies by name.
    pub inline: BTreeMap<String, Arc<Document>>,
    /// The unique ids of the groups that it is in.
    pub(crate) groups: BTreeSet<UniqueId>,
    pub(crate) login: Option<Arc<LoginProfile>>,
    pub(crate) keys: BTreeSet<Arc<str>>,
}

/// A user to make.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    /// Its name.
    pub name: String,
    /// Its path; `/` if none is given.
    pub path: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
}

/// What UpdateUser changes.
#[derive(Clone, Debug, Default)]
pub struct UserChanges {
    /// Another name.
    pub name: Option<String>,
    /// Another path.
    pub path: Option<String>,
}

impl User {
    /// A user out of its row; what stands in other rows comes from what was known of it.
    pub(crate) fn of_row(
        account: AccountId,
        id: UniqueId,
        row: UserRow,
        old: Option<&Self>,
    ) -> Self {
        Self {
            id,
            arn: format!("arn:aws:iam::{account}:user{}{}", row.path, row.name).into(),
            name: row.name,
            path: row.path,
            created: Timestamp::from_millis(row.created),
            tags: row.tags,
            boundary: row.boundary.map(Into::into),
            attached: row.attached.into_iter().map(Into::into).collect(),
            groups: row.groups.iter().filter_map(|it| UniqueId::parse(it, Kind::Group)).collect(),
            inline: old.map_or_else(BTreeMap::new, |it| it.inline.clone()),
            login: old.and_then(|it| it.login.clone()),
            keys: old.map_or_else(BTreeSet::new, |it| it.keys.clone()),
        }
    }

    pub(crate) fn row(&self) -> UserRow {
        UserRow {
            name: self.name.clone(),
            path: self.path.clone(),
            created: self.created.millis(),
            tags: self.tags.clone(),
            boundary: self.boundary.as_ref().map(|it| it.to_string()),
            groups: self.groups.iter().map(|it| it.to_string()).collect(),
            attached: self.attached.iter().map(|it| it.to_string()).collect(),
        }
    }

    /// The edit that writes its row with something changed.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut UserRow)) -> Edit {
        let mut row = self.row();
        change(&mut row);
        Edit::Put(Record::User(self.id, row))
    }
}

/// A boundary has to be a managed policy that there is.
fn check_boundary(account: &Account, arn: &str) -> Result<(), IamError> {
    match account.find_policy(arn) {
        Some(_) => Ok(()),
        None => Err(Missing::Attachable(arn.to_owned()).into()),
    }
}

impl Iam {
    /// CreateUser.
    pub async fn create_user(
        &self,
        account: AccountId,
        new: NewUser,
    ) -> Result<Arc<User>, IamError> {
        name::check_name("userName", &new.name, USER_NAME_CHARACTERS_MAX)?;
        let path = new.path.as_deref().unwrap_or("/");
        name::check_path(path, false)?;
        name::check_tags(&new.tags, TagKeys::AnyCase)?;
        let (id, created) = (UniqueId::generate(Kind::User), self.now().millis());
        self.change(account, |account| {
            if account.user(&new.name).is_ok() {
                return Err(Existing::User(new.name.clone()).into());
            }
            let max = self.quotas().users;
            if account.users.len() >= max {
                return Err(Limit::Quota { quota: "UsersPerAccount", max }.into());
            }
            if let Some(arn) = &new.boundary {
                check_boundary(account, arn)?;
            }
            let row = UserRow {
                name: new.name.clone(),
                path: path.to_owned(),
                created,
                tags: new.tags.clone(),
                boundary: new.boundary.clone(),
                groups: vec![],
                attached: vec![],
            };
            let answer = Arc::new(User::of_row(account.id, id, row.clone(), None));
            Ok(Judged { edits: vec![Edit::Put(Record::User(id, row))], answer })
        })
        .await
    }

    /// UpdateUser: another name, another path, both or neither.
    pub async fn update_user(
        &self,
        account: AccountId,
        user: &str,
        changes: UserChanges,
    ) -> Result<(), IamError> {
        if let Some(new) = &changes.name {
            name::check_name("newUserName", new, USER_NAME_CHARACTERS_MAX)?;
        }
        if let Some(new) = &changes.path {
            name::check_path(new, false)?;
        }
        self.change_user(account, user, |account, user| {
            if let Some(new) = &changes.name
                && account.users.name(new).is_some_and(|it| it.id != user.id)
            {
                return Err(Existing::User(new.clone()).into());
            }
            Ok(vec![user.edit(|row| {
                row.name = changes.name.clone().unwrap_or_else(|| user.name.clone());
                row.path = changes.path.clone().unwrap_or_else(|| user.path.clone());
            })])
        })
        .await
    }

    /// DeleteUser: once nothing belongs to it any more.
    pub async fn delete_user(&self, account: AccountId, user: &str) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            let conflict = [
                (!user.attached.is_empty(), Conflict::AttachedPolicies),
                (!user.inline.is_empty(), Conflict::InlinePolicies),
                (!user.keys.is_empty(), Conflict::AccessKeys),
                (user.login.is_some(), Conflict::LoginProfile),
                (!user.groups.is_empty(), Conflict::Membership),
            ];
            if let Some((_, conflict)) = conflict.into_iter().find(|it| it.0) {
                return Err(conflict.into());
            }
            Ok(vec![Edit::Delete(At::User(user.id))])
        })
        .await
    }

    /// TagUser.
    pub async fn tag_user(
        &self,
        account: AccountId,
        user: &str,
        tags: &[Tag],
    ) -> Result<(), IamError> {
        name::check_tags(tags, TagKeys::AnyCase)?;
        self.change_user(account, user, |_, user| {
            let tags = name::with_tags(&user.tags, tags, TagKeys::AnyCase);
            if tags.len() > TAGS_MAX {
                return Err(Limit::Tags.into());
            }
            Ok(vec![user.edit(|row| row.tags = tags)])
        })
        .await
    }

    /// UntagUser.
    pub async fn untag_user(
        &self,
        account: AccountId,
        user: &str,
        keys: &[String],
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            let tags = name::without_tags(&user.tags, keys, TagKeys::AnyCase);
            Ok(vec![user.edit(|row| row.tags = tags)])
        })
        .await
    }

    /// PutUserPermissionsBoundary.
    pub async fn put_user_boundary(
        &self,
        account: AccountId,
        user: &str,
        arn: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |account, user| {
            check_boundary(account, arn)?;
            Ok(vec![user.edit(|row| row.boundary = Some(arn.to_owned()))])
        })
        .await
    }

    /// DeleteUserPermissionsBoundary; a user without one stays so.
    pub async fn delete_user_boundary(
        &self,
        account: AccountId,
        user: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| Ok(vec![user.edit(|row| row.boundary = None)]))
            .await
    }

    /// Changes a user that is there.
    pub(crate) async fn change_user(
        &self,
        account: AccountId,
        user: &str,
        judge: impl Fn(&Account, &User) -> Result<Vec<Edit>, IamError>,
    ) -> Result<(), IamError> {
        let change = |account: &Account| {
            let user = account.user(user)?;
            judge(account, user).map(Judged::of)
        };
        self.change(account, change).await
    }
}
