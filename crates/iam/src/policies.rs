//! Managed policies and their versions; attaching them.

use std::collections::BTreeMap;
use std::sync::Arc;

use policy::{ATTACHED_POLICIES_MAX, MANAGED_POLICY_CHARACTERS_MAX, MANAGED_POLICY_VERSIONS_MAX};
use types::{AccountId, Timestamp};

use crate::account::Account;
use crate::cache::{Iam, Judged};
use crate::document::{Document, parse_managed};
use crate::error::{Conflict, Existing, IamError, Invalid, Limit, Missing};
use crate::id::{Kind, UniqueId};
use crate::name::{self, POLICY_NAME_CHARACTERS_MAX, TAGS_MAX, Tag, TagKeys};
use crate::row::{At, DocumentRow, Edit, PolicyRow, Record};

/// A managed policy, AWS's or the account's.
#[derive(Clone, Debug)]
pub struct ManagedPolicy {
    /// Its unique id, `ANPA...`.
    pub id: UniqueId,
    /// Its name, as it was written.
    pub name: String,
    /// `/`, or more between slashes.
    pub path: String,
    /// `arn:aws:iam::ACCOUNT:policy/PATH/NAME`, or of account `aws`.
    pub arn: Arc<str>,
    /// What it is for.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When its newest version was made.
    pub updated: Timestamp,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The number of the version that acts.
    pub default: u32,
    pub(crate) next: u32,
    /// Its versions by number.
    pub versions: BTreeMap<u32, PolicyVersion>,
}

/// A version of a managed policy.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// Counts from 1; never used again.
    pub number: u32,
    /// When it was made.
    pub created: Timestamp,
    /// What it says.
    pub document: Arc<Document>,
}

impl PolicyVersion {
    pub(crate) fn of_row(number: u32, row: DocumentRow) -> Self {
        let document = Arc::new(Document::stored(row.document));
        Self { number, created: Timestamp::from_millis(row.created), document }
    }

    /// `v1`.
    pub fn id(&self) -> String {
        format!("v{}", self.number)
    }
}

/// A managed policy to make.
#[derive(Clone, Debug, Default)]
pub struct NewPolicy {
    /// Its name.
    pub name: String,
    /// Its path; `/` if none is given.
    pub path: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its first version.
    pub document: String,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl ManagedPolicy {
    pub(crate) fn of_row(
        account: AccountId,
        id: UniqueId,
        row: PolicyRow,
        versions: BTreeMap<u32, PolicyVersion>,
    ) -> Self {
        Self {
            id,
            arn: format!("arn:aws:iam::{account}:policy{}{}", row.path, row.name).into(),
            name: row.name,
            path: row.path,
            description: row.description,
            created: Timestamp::from_millis(row.created),
            updated: Timestamp::from_millis(row.updated),
            tags: row.tags,
            default: row.default,
            next: row.next,
            versions,
        }
    }

    fn row(&self) -> PolicyRow {
        PolicyRow {
            name: self.name.clone(),
            path: self.path.clone(),
            description: self.description.clone(),
            created: self.created.millis(),
            updated: self.updated.millis(),
            tags: self.tags.clone(),
            default: self.default,
            next: self.next,
        }
    }

    fn edit(&self, change: impl FnOnce(&mut PolicyRow)) -> Edit {
        let mut row = self.row();
        change(&mut row);
        Edit::Put(Record::Policy(self.id, row))
    }

    /// Whether it is one of AWS's.
    pub fn is_aws(&self) -> bool {
        is_aws(&self.arn)
    }

    /// The version that acts.
    pub fn default_version(&self) -> &PolicyVersion {
        self.versions.get(&self.default).expect("the default version can't be deleted")
    }

    /// A version by its id, `v1`.
    pub fn version(&self, id: &str) -> Result<&PolicyVersion, IamError> {
        let number = parse_version(id)?;
        let found = number.and_then(|it| self.versions.get(&it));
        let missing =
            || Missing::PolicyVersion { arn: self.arn.to_string(), version: id.to_owned() };
        found.ok_or_else(|| missing().into())
    }
}

/// Refuses a change of one of AWS's policies, in the words that AWS was recorded with where it was.
fn check_own(arn: &str, change: Option<&'static str>) -> Result<(), IamError> {
    match change {
        Some(change) if is_aws(arn) => Err(IamError::NotYours(change)),
        None if is_aws(arn) => Err(Invalid::PolicyArn(arn.to_owned()).into()),
        _ => Ok(()),
    }
}

fn is_aws(arn: &str) -> bool {
    arn.starts_with("arn:aws:iam::aws:")
}

/// The number of a version's id; none if it has the form of one and can't be there.
fn parse_version(id: &str) -> Result<Option<u32>, IamError> {
    let refused = || IamError::from(Invalid::VersionId);
    let rest = id.strip_prefix('v').ok_or_else(refused)?;
    let (digits, suffix) = rest.split_once('.').map_or((rest, None), |it| (it.0, Some(it.1)));
    let number = !digits.starts_with('0')
        && !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit());
    let fits = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    if !number || !suffix.is_none_or(fits) {
        return Err(refused());
    }
    Ok(digits.parse().ok().filter(|_| suffix.is_none()))
}

/// A document of a managed policy: of today's language, and not too long.
fn check_document(document: &str) -> Result<(), IamError> {
    let policy = parse_managed(document)?;
    if policy.characters() > MANAGED_POLICY_CHARACTERS_MAX {
        let (quota, max) = ("PolicySize", MANAGED_POLICY_CHARACTERS_MAX);
        return Err(Limit::Quota { quota, max }.into());
    }
    Ok(())
}

impl Account {
    /// One of the account's own, to change it.
    fn own_policy(
        &self,
        arn: &str,
        change: Option<&'static str>,
    ) -> Result<&Arc<ManagedPolicy>, IamError> {
        check_own(arn, change)?;
        self.policy(arn)
    }

    /// A version of a managed policy.
    pub fn policy_version(&self, arn: &str, id: &str) -> Result<&PolicyVersion, IamError> {
        let missing = || Missing::PolicyVersion { arn: arn.to_owned(), version: id.to_owned() };
        self.find_policy(arn).ok_or_else(missing)?.version(id)
    }
}

impl Iam {
    /// CreatePolicy.
    pub async fn create_policy(
        &self,
        account: AccountId,
        new: NewPolicy,
    ) -> Result<Arc<ManagedPolicy>, IamError> {
        name::check_name("policyName", &new.name, POLICY_NAME_CHARACTERS_MAX)?;
        let path = new.path.as_deref().unwrap_or("/");
        name::check_path(path, true)?;
        name::check_tags(&new.tags, TagKeys::Exact)?;
        if let Some(text) = &new.description {
            name::check_description(text)?;
        }
        check_document(&new.document)?;
        let (id, created) = (UniqueId::generate(Kind::Policy), self.now().millis());
        self.change(account, |account| {
            if account.policies.name(&new.name).is_some() {
                return Err(Existing::Policy(new.name.clone()).into());
            }
            let max = self.quotas().policies;
            if account.policies.len() >= max {
                return Err(Limit::Quota { quota: "PoliciesPerAccount", max }.into());
            }
            let row = PolicyRow {
                name: new.name.clone(),
                path: path.to_owned(),
                description: new.description.clone(),
                created,
                updated: created,
                tags: new.tags.clone(),
                default: 1,
                next: 2,
            };
            let first = DocumentRow { created, document: new.document.clone() };
            let versions = BTreeMap::from([(1, PolicyVersion::of_row(1, first.clone()))]);
            let policy = ManagedPolicy::of_row(account.id, id, row.clone(), versions);
            let edits =
                vec![Edit::Put(Record::Policy(id, row)), Edit::Put(Record::Version(id, 1, first))];
            Ok(Judged { edits, answer: Arc::new(policy) })
        })
        .await
    }

    /// DeletePolicy: when it is attached to nobody and only the default version is left.
    pub async fn delete_policy(&self, account: AccountId, arn: &str) -> Result<(), IamError> {
        self.change_policy(account, (arn, Some("delete policies")), |account, policy| {
            // differs from AWS: a policy that is somebody's boundary stays, too.
            let uses = account.policy_uses(arn);
            if uses.attachments() + uses.bounded.len() > 0 {
                return Err(Conflict::PolicyAttached.into());
            }
            if policy.versions.len() > 1 {
                return Err(Conflict::PolicyVersions.into());
            }
            let versions =
                policy.versions.keys().map(|it| Edit::Delete(At::Version(policy.id, *it)));
            let own = Edit::Delete(At::Policy(policy.id));
            Ok(Judged::of(versions.chain([own]).collect()))
        })
        .await
    }

    /// CreatePolicyVersion. Answers the version.
    pub async fn create_policy_version(
        &self,
        account: AccountId,
        arn: &str,
        (document, set_as_default): (&str, bool),
    ) -> Result<PolicyVersion, IamError> {
        let created = self.now().millis();
        self.change_policy(account, (arn, None), |_, policy| {
            check_document(document)?;
            if policy.versions.len() >= MANAGED_POLICY_VERSIONS_MAX {
                return Err(Limit::PolicyVersions(MANAGED_POLICY_VERSIONS_MAX).into());
            }
            let number = policy.next;
            let version = DocumentRow { created, document: document.to_owned() };
            let edits = vec![
                policy.edit(|row| {
                    row.next = number + 1;
                    row.updated = created;
                    if set_as_default {
                        row.default = number;
                    }
                }),
                Edit::Put(Record::Version(policy.id, number, version.clone())),
            ];
            Ok(Judged { edits, answer: PolicyVersion::of_row(number, version) })
        })
        .await
    }

    /// DeletePolicyVersion: any but the default one.
    pub async fn delete_policy_version(
        &self,
        account: AccountId,
        (arn, version): (&str, &str),
    ) -> Result<(), IamError> {
        let change = Some("delete policy versions for policies");
        self.change_policy(account, (arn, change), |_, policy| {
            let number = policy.version(version)?.number;
            if number == policy.default {
                return Err(Conflict::DefaultVersion.into());
            }
            Ok(Judged::of(vec![Edit::Delete(At::Version(policy.id, number))]))
        })
        .await
    }

    /// SetDefaultPolicyVersion.
    pub async fn set_default_policy_version(
        &self,
        account: AccountId,
        (arn, version): (&str, &str),
    ) -> Result<(), IamError> {
        check_own(arn, Some("update policies"))?;
        self.change(account, |account| {
            let number = account.policy_version(arn, version)?.number;
            Ok(Judged::of(vec![account.policy(arn)?.edit(|row| row.default = number)]))
        })
        .await
    }

    /// TagPolicy.
    pub async fn tag_policy(
        &self,
        account: AccountId,
        arn: &str,
        tags: &[Tag],
    ) -> Result<(), IamError> {
        name::check_tags(tags, TagKeys::Exact)?;
        self.change_policy(account, (arn, None), |_, policy| {
            let tags = name::with_tags(&policy.tags, tags, TagKeys::Exact);
            if tags.len() > TAGS_MAX {
                return Err(Limit::Tags.into());
            }
            Ok(Judged::of(vec![policy.edit(|row| row.tags = tags)]))
        })
        .await
    }

    /// UntagPolicy.
    pub async fn untag_policy(
        &self,
        account: AccountId,
        arn: &str,
        keys: &[String],
    ) -> Result<(), IamError> {
        self.change_policy(account, (arn, None), |_, policy| {
            let tags = name::without_tags(&policy.tags, keys, TagKeys::Exact);
            Ok(Judged::of(vec![policy.edit(|row| row.tags = tags)]))
        })
        .await
    }

    async fn change_policy<T>(
        &self,
        account: AccountId,
        (arn, change): (&str, Option<&'static str>),
        judge: impl Fn(&Account, &ManagedPolicy) -> Result<Judged<T>, IamError>,
    ) -> Result<T, IamError> {
        self.change(account, |account| judge(account, account.own_policy(arn, change)?)).await
    }

    /// AttachUserPolicy; what is attached already stays so.
    pub async fn attach_user_policy(
        &self,
        account: AccountId,
        user: &str,
        arn: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |account, user| {
            Ok(match may_attach(account, &user.attached, arn, "PoliciesPerUser")? {
                true => vec![user.edit(|row| row.attached.push(arn.to_owned()))],
                false => vec![],
            })
        })
        .await
    }

    /// DetachUserPolicy.
    pub async fn detach_user_policy(
        &self,
        account: AccountId,
        user: &str,
        arn: &str,
    ) -> Result<(), IamError> {
        self.change_user(account, user, |_, user| {
            must_be_attached(&user.attached, arn)?;
            Ok(vec![user.edit(|row| row.attached.retain(|it| it != arn))])
        })
        .await
    }

    /// AttachGroupPolicy; what is attached already stays so.
    pub async fn attach_group_policy(
        &self,
        account: AccountId,
        group: &str,
        arn: &str,
    ) -> Result<(), IamError> {
        self.change_group(account, group, |account, group| {
            Ok(match may_attach(account, &group.attached, arn, "PoliciesPerGroup")? {
                true => vec![group.edit(|row| row.attached.push(arn.to_owned()))],
                false => vec![],
            })
        })
        .await
    }

    /// DetachGroupPolicy.
    pub async fn detach_group_policy(
        &self,
        account: AccountId,
        group: &str,
        arn: &str,
    ) -> Result<(), IamError> {
        self.change_group(account, group, |_, group| {
            must_be_attached(&group.attached, arn)?;
            Ok(vec![group.edit(|row| row.attached.retain(|it| it != arn))])
        })
        .await
    }
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
const ARN_PARTS: usize = 6;

/// Whether a policy is to be attached where these are: false if it is already.
fn may_attach(
    account: &Account,
    attached: &[Arc<str>],
    arn: &str,
    quota: &'static str,
) -> Result<bool, IamError> {
    if account.find_policy(arn).is_none() {
        return Err(match arn.starts_with("arn:") && arn.split(':').count() >= ARN_PARTS {
            true => Missing::Attachable(arn.to_owned()).into(),
            false => Invalid::Arn.into(),
        });
    }
    if attached.iter().any(|it| **it == *arn) {
        return Ok(false);
    }
    let max = ATTACHED_POLICIES_MAX;
    if attached.len() >= max { Err(Limit::Quota { quota, max }.into()) } else { Ok(true) }
}

fn must_be_attached(attached: &[Arc<str>], arn: &str) -> Result<(), IamError> {
    match attached.iter().any(|it| **it == *arn) {
        true => Ok(()),
        false => Err(Missing::Attachment(arn.to_owned()).into()),
    }
}
