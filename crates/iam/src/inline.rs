//! Inline policies: PutUserPolicy, DeleteUserPolicy.

use policy::USER_POLICIES_CHARACTERS_MAX;
use types::AccountId;

use crate::cache::Iam;
use crate::document::parse;
use crate::error::{IamError, Limit, Missing};
use crate::name::{self, POLICY_NAME_CHARACTERS_MAX};
use crate::row::{At, DocumentRow, Edit, Record};

impl Iam {
    /// PutUserPolicy: one of the same name is replaced.
    pub async fn put_user_policy(
        &self,
        account: AccountId,
        (user, policy): (&str, &str),
        document: &str,
    ) -> Result<(), IamError> {
        name::check_name("policyName", policy, POLICY_NAME_CHARACTERS_MAX)?;
        let characters = parse(document)?.characters();
        let created = self.now().millis();
        self.change_user(account, user, |_, user| {
            let others = user.inline.iter().filter(|it| it.0 != policy);
            let others: usize = others.map(|it| it.1.policy().characters()).sum();
            let max = USER_POLICIES_CHARACTERS_MAX;
            if others + characters > max {
                return Err(Limit::InlineSize { max, of: "user", name: user.name.clone() }.into());
            }
            let row = DocumentRow { created, document: document.to_owned() };
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
            if !user.inline.contains_key(policy) {
                return Err(Missing::UserPolicy(policy.to_owned()).into());
            }
            Ok(vec![Edit::Delete(At::Inline(user.id, policy.to_owned()))])
        })
        .await
    }
}
