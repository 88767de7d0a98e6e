//! What an account has one of: its alias, its Block Public Access; and the figures of GetAccountSummary.

use policy::{
    ATTACHED_POLICIES_MAX, GROUP_POLICIES_CHARACTERS_MAX, MANAGED_POLICY_CHARACTERS_MAX,
    MANAGED_POLICY_VERSIONS_MAX, ROLE_POLICIES_CHARACTERS_MAX, TRUST_POLICY_CHARACTERS_MAX,
    USER_POLICIES_CHARACTERS_MAX,
};
use serde::{Deserialize, Serialize};
use types::AccountId;

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::error::{IamError, Invalid, Missing};
use crate::groups::GROUPS_PER_USER_MAX;
use crate::keys::ACCESS_KEYS_PER_USER_MAX;
use crate::name;
use crate::password_policy::PasswordPolicy;
use crate::quotas::Quotas;
use crate::row::{AliasRow, At, Edit, Record};

/// The versions of all policies that AWS's accounts may have, more than 1,500 policies of five make.
const POLICY_VERSIONS_MAX: usize = 10_000;
const ALIAS_CHARACTERS_MIN: usize = 3;
const ALIAS_CHARACTERS_MAX: usize = 63;

/// What an account has one of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) alias: Option<String>,
    pub(crate) password_policy: Option<PasswordPolicy>,
    pub(crate) public_access_block: Option<PublicAccessBlock>,
}

/// Block Public Access for all buckets of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicAccessBlock {
    /// Refuses to make anything public by an ACL.
    pub block_public_acls: bool,
    /// Takes public ACLs for none.
    pub ignore_public_acls: bool,
    /// Refuses public bucket policies.
    pub block_public_policy: bool,
    /// Public bucket policies serve the owning account only.
    pub restrict_public_buckets: bool,
}

impl Account {
    /// The name that its users may sign in to it by.
    pub fn alias(&self) -> Option<&str> {
        self.settings.alias.as_deref()
    }

    /// Block Public Access for all its buckets; none if it was never set.
    pub fn public_access_block(&self) -> Option<PublicAccessBlock> {
        self.settings.public_access_block
    }

    /// GetAccountSummary's figures, but those of root's credentials. Of what Onggi doesn't have yet
    /// there are none; its quotas are AWS's, as recorded.
    pub fn summary(&self, quotas: Quotas) -> Vec<(&'static str, u64)> {
        let versions: usize = self.policies.all().map(|it| it.versions.len()).sum();
        let most_versions = quotas.policies * MANAGED_POLICY_VERSIONS_MAX;
        [
            ("Users", self.users.len()),
            ("UsersQuota", quotas.users),
            ("Groups", self.groups.len()),
            ("GroupsQuota", quotas.groups),
            ("Policies", self.policies.len()),
            ("PoliciesQuota", quotas.policies),
            ("PolicyVersionsInUse", versions),
            ("PolicyVersionsInUseQuota", POLICY_VERSIONS_MAX.max(most_versions)),
            ("Roles", 0),
            ("RolesQuota", 1000),
            ("InstanceProfiles", 0),
            ("InstanceProfilesQuota", 1000),
            ("Providers", 0),
            ("ServerCertificates", 0),
            ("ServerCertificatesQuota", 20),
            ("SigningCertificatesPerUserQuota", 2),
            ("MFADevices", 0),
            ("MFADevicesInUse", 0),
            ("AccountMFAEnabled", 0),
            ("AccountSigningCertificatesPresent", 0),
            ("AccessKeysPerUserQuota", ACCESS_KEYS_PER_USER_MAX),
            ("GroupsPerUserQuota", GROUPS_PER_USER_MAX),
            ("UserPolicySizeQuota", USER_POLICIES_CHARACTERS_MAX),
            ("GroupPolicySizeQuota", GROUP_POLICIES_CHARACTERS_MAX),
            ("RolePolicySizeQuota", ROLE_POLICIES_CHARACTERS_MAX),
            ("AssumeRolePolicySizeQuota", TRUST_POLICY_CHARACTERS_MAX),
            ("PolicySizeQuota", MANAGED_POLICY_CHARACTERS_MAX),
            ("VersionsPerPolicyQuota", MANAGED_POLICY_VERSIONS_MAX),
            ("AttachedPoliciesPerUserQuota", ATTACHED_POLICIES_MAX),
            ("AttachedPoliciesPerGroupQuota", ATTACHED_POLICIES_MAX),
            ("AttachedPoliciesPerRoleQuota", ATTACHED_POLICIES_MAX),
            ("GlobalEndpointTokenVersion", 1),
        ]
        .map(|(name, figure)| (name, figure as u64))
        .into()
    }
}

/// `^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$`, and not an account's id.
fn check_alias(alias: &str) -> Result<(), IamError> {
    name::check_length("accountAlias", alias, ALIAS_CHARACTERS_MIN, ALIAS_CHARACTERS_MAX)?;
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    let dashed = alias.starts_with('-') || alias.ends_with('-') || alias.contains("--");
    let fits = alias.bytes().all(plain) && !dashed && alias.parse::<AccountId>().is_err();
    if fits { Ok(()) } else { Err(Invalid::Alias.into()) }
}

impl Iam {
    /// CreateAccountAlias: takes the place of the one there was.
    pub async fn create_account_alias(
        &self,
        account: AccountId,
        alias: &str,
    ) -> Result<(), IamError> {
        check_alias(alias)?;
        self.change(account, |_| {
            let row = AliasRow { alias: alias.to_owned() };
            Ok(Judged::of(vec![Edit::Put(Record::Alias(row))]))
        })
        .await
    }

    /// DeleteAccountAlias.
    pub async fn delete_account_alias(
        &self,
        account: AccountId,
        alias: &str,
    ) -> Result<(), IamError> {
        self.change(account, |account| match account.alias() == Some(alias) {
            true => Ok(Judged::of(vec![Edit::Delete(At::Alias)])),
            false => Err(Missing::Alias(alias.to_owned()).into()),
        })
        .await
    }

    /// Sets Block Public Access for all buckets of an account, or takes it away.
    pub async fn set_public_access_block(
        &self,
        account: AccountId,
        block: Option<PublicAccessBlock>,
    ) -> Result<(), IamError> {
        self.change(account, |account| {
            let edits = match block {
                Some(block) => vec![Edit::Put(Record::PublicAccessBlock(block))],
                None if account.public_access_block().is_none() => vec![],
                None => vec![Edit::Delete(At::PublicAccessBlock)],
            };
            Ok(Judged::of(edits))
        })
        .await
    }
}
