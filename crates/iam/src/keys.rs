//! Access keys: CreateAccessKey, UpdateAccessKey, DeleteAccessKey. The id contains the account, so a
//! signature finds it without an index; the secret is sealed in the row, open in memory only.

use std::sync::Arc;

use types::{AccessKeyId, AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::error::{IamError, Limit, Missing};
use crate::id::UniqueId;
use crate::row::{At, Edit, KeyRow, Record};
use crate::seal::{Secret, random};
use crate::used::RecentUse;
use crate::users::User;

/// Access keys of a user, inactive ones included.
pub const ACCESS_KEYS_PER_USER_MAX: usize = 2;

/// An access key of a user.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// Its id, `AKIA...`.
    pub id: Arc<str>,
    /// The unique id of its user.
    pub user: UniqueId,
    /// Its secret; none if this server's master key doesn't open it: then the key can't sign.
    pub secret: Option<Secret>,
    /// An inactive key can't sign.
    pub active: bool,
    /// When it was made.
    pub created: Timestamp,
    /// As in its row, so that the row can be written again.
    pub(crate) sealed: String,
    /// When it last signed a request here.
    pub(crate) recent: Arc<RecentUse>,
}

impl AccessKey {
    /// A sealed secret opens for its own key only.
    pub(crate) fn purpose(id: &str) -> String {
        format!("access-key/{id}")
    }

    pub(crate) fn of_row(
        id: Arc<str>,
        user: UniqueId,
        row: KeyRow,
        secret: Option<Secret>,
    ) -> Self {
        let (active, created) = (row.active, Timestamp::from_millis(row.created));
        let recent = Arc::default();
        Self { id, user, secret, active, created, sealed: row.sealed, recent }
    }

    pub(crate) fn row(&self) -> KeyRow {
        KeyRow {
            user: self.user.to_string(),
            created: self.created.millis(),
            active: self.active,
            sealed: self.sealed.clone(),
        }
    }
}

impl Account {
    fn key_of(&self, user: &User, id: &str) -> Result<&Arc<AccessKey>, IamError> {
        let key = self.key(id).filter(|it| it.user == user.id);
        key.ok_or_else(|| Missing::AccessKey(id.to_owned()).into())
    }
}

impl Iam {
    /// CreateAccessKey: the one answer that carries the secret.
    pub async fn create_access_key(
        &self,
        account: AccountId,
        user: &str,
    ) -> Result<Arc<AccessKey>, IamError> {
        let id = AccessKeyId::generate(account, random());
        let (id, secret) = (id.as_str(), Secret::generate());
        let created = self.now().millis();
        self.change(account, |account| {
            let user = account.user(user)?;
            if user.keys.len() >= ACCESS_KEYS_PER_USER_MAX {
                let (quota, max) = ("AccessKeysPerUser", ACCESS_KEYS_PER_USER_MAX);
                return Err(Limit::Quota { quota, max }.into());
            }
            // A wrong master key would seal what the right one doesn't open.
            if account.keys.values().any(|it| it.secret.is_none()) {
                return Err(IamError::Unsealable);
            }
            let sealed = self.inner.seal.seal(secret.reveal().as_bytes(), &AccessKey::purpose(id));
            let sealed = sealed.map_err(|error| {
                tracing::error!(%error, "an access key can't be sealed");
                IamError::Unsealable
            })?;
            let sealed = KeyRow::seal(&sealed);
            let row = KeyRow { user: user.id.to_string(), created, active: true, sealed };
            let secret = Some(secret.clone());
            let key = AccessKey::of_row(id.into(), user.id, row.clone(), secret);
            let edits = vec![Edit::Put(Record::AccessKey(id.to_owned(), row))];
            Ok(Judged { edits, answer: Arc::new(key) })
        })
        .await
    }

    /// UpdateAccessKey: active or not.
    pub async fn update_access_key(
        &self,
        account: AccountId,
        (user, id): (&str, &str),
        active: bool,
    ) -> Result<(), IamError> {
        self.change_key(account, (user, id), |key| {
            let row = KeyRow { active, ..key.row() };
            vec![Edit::Put(Record::AccessKey(key.id.to_string(), row))]
        })
        .await
    }

    /// DeleteAccessKey.
    pub async fn delete_access_key(
        &self,
        account: AccountId,
        (user, id): (&str, &str),
    ) -> Result<(), IamError> {
        let delete = |key: &AccessKey| {
            let id = key.id.to_string();
            vec![Edit::Delete(At::AccessKey(id.clone())), Edit::Delete(At::Used(id))]
        };
        self.change_key(account, (user, id), delete).await
    }

    async fn change_key(
        &self,
        account: AccountId,
        (user, id): (&str, &str),
        edit: impl Fn(&AccessKey) -> Vec<Edit>,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |account, user| Ok(edit(account.key_of(user, id)?))).await
    }
}
