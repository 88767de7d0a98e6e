//! Inline policies: PutUserPolicy, DeleteUserPolicy, PutGroupPolicy, DeleteGroupPolicy.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy::{GROUP_POLICIES_CHARACTERS_MAX, USER_POLICIES_CHARACTERS_MAX};
use types::AccountId;

use crate::cache::Iam;
use crate::document::{Document, parse};
use crate::error::{IamError, Limit, Missing};
use crate::groups::Group;
use crate::name::{self, POLICY_NAME_CHARACTERS_MAX};
use crate::row::{At, DocumentRow, Edit, Record};
use crate::users::User;

/// The characters of other inline policies than this one.
fn others(inline: &BTreeMap<String, Arc<Document>>, policy: &str) -> usize {
    let others = inline.iter().filter(|it| it.0 != policy);
    others.map(|it| it.1.policy().characters()).sum()
}

impl User {
    /// An inline policy.
    pub fn inline_policy(&self, name: &str) -> Result<&Arc<Document>, IamError> {
        let found = self.inline.get(name);
        found.ok_or_else(|| Missing::UserPolicy(name.to_owned()).into())
    }
}

impl Group {
    /// An inline policy.
    pub fn inline_policy(&self, name: &str) -> Result<&Arc<Document>, IamError> {
        let found = self.inline.get(name);
        found.ok_or_else(|| Missing::GroupPolicy(name.to_owned()).into())
    }
}

impl Iam {
    /// PutUserPolicy: one of the same name is replaced.
    pub async fn put_user_policy(
        &self,
        account: AccountId,
        (user, policy): (&str, &str),
        document: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            // Whose it is comes first.
            let (characters, row) = self.new_inline(policy, document)?;
            let max = USER_POLICIES_CHARACTERS_MAX;
            if others(&user.inline, policy) + characters > max {
                return Err(Limit::InlineSize { max, of: "user", name: user.name.clone() }.into());
            }
            Ok(vec![Edit::Put(Record::Inline(user.id, policy.to_owned(), row))])
        })
        .await
    }

    /// DeleteUserPolicy.
    pub async fn delete_user_policy(
        &self,
        account: AccountId,
        (user, policy): (&str, &str),
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            user.inline_policy(policy)?;
            Ok(vec![Edit::Delete(At::Inline(user.id, policy.to_owned()))])
        })
        .await
    }

    /// PutGroupPolicy: one of the same name is replaced.
    pub async fn put_group_policy(
        &self,
        account: AccountId,
        (group, policy): (&str, &str),
        document: &str,
    ) -> Result<(), IamError> {
        self.change_group(account, group, |_, group| {
            let (characters, row) = self.new_inline(policy, document)?;
            let max = GROUP_POLICIES_CHARACTERS_MAX;
            if others(&group.inline, policy) + characters > max {
                let name = group.name.clone();
                return Err(Limit::InlineSize { max, of: "group", name }.into());
            }
            Ok(vec![Edit::Put(Record::Inline(group.id, policy.to_owned(), row))])
        })
        .await
    }

    /// DeleteGroupPolicy.
    pub async fn delete_group_policy(
        &self,
        account: AccountId,
        (group, policy): (&str, &str),
    ) -> Result<(), IamError> {
        self.change_group(account, group, |_, group| {
            group.inline_policy(policy)?;
            Ok(vec![Edit::Delete(At::Inline(group.id, policy.to_owned()))])
        })
        .await
    }

    /// A new inline policy: its characters and its row.
    fn new_inline(&self, name: &str, document: &str) -> Result<(usize, DocumentRow), IamError> {
        name::check_name("policyName", name, POLICY_NAME_CHARACTERS_MAX)?;
        let characters = parse(document)?.characters();
        let created = self.now().millis();
        Ok((characters, DocumentRow { created, document: document.to_owned() }))
    }
}
