//! What a bucket's configuration means here: read once from the documents of its record.

use bytes::Bytes;
use policy::{Attached, Policy, PolicyKind};
use serde::{Deserialize, Serialize};
use store::{Bucket, Config, Documents, Record};
use wire::cors::Cors;
use wire::documents::{PublicAccessBlockConfiguration, Tag};
use wire::xml::{Element, Writer};
use wire::{Code, Error};

/// A bucket's configuration.
pub(crate) struct Settings {
    /// Its policy; users stand in it by their unique ids.
    pub(crate) policy: Option<Policy>,
    /// None: it isn't set, and nothing is blocked.
    pub(crate) public_access_block: Option<PublicAccessBlock>,
    /// Whether its policy speaks of the tags that objects have, in a condition or a variable: then
    /// a request's are looked up.
    pub(crate) speaks_of_object_tags: bool,
    /// Whether ownership is `BucketOwnerEnforced`, so that ACLs are disabled; else it isn't set.
    pub(crate) owner_enforced: bool,
    /// Its rules for pages of other origins.
    pub(crate) cors: Option<Cors>,
    /// Whether its tags count for access.
    pub(crate) abac: bool,
    /// Its tags, in their order.
    pub(crate) tags: Vec<Tag>,
}

/// What `ObjectOwnership` is when ACLs are disabled.
pub(crate) const OWNER_ENFORCED: &str = "BucketOwnerEnforced";

impl Settings {
    /// Of a bucket. Documents that nobody of this version wrote are damage.
    pub(crate) fn of(bucket: &Bucket) -> Result<&Self, Error> {
        let read = bucket.record().meaning(Self::read);
        read.as_ref().map_err(|why| {
            Error::new(Code::InternalError).because(format!("bucket {}: {why}", bucket.name))
        })
    }

    fn read(documents: &Documents) -> Result<Self, String> {
        let policy = documents.get(Config::Policy);
        let policy = policy.map(|it| Policy::parse(it, PolicyKind::Resource)).transpose();
        let policy = policy.map_err(|e| format!("its policy: {e}"))?;
        let tags = documents.get(Config::Tags).map(|it| decode_tags(it)).transpose()?;
        let cors = documents.get(Config::Cors).map(|it| Cors::read(it)).transpose();
        Ok(Self {
            speaks_of_object_tags: policy.as_ref().is_some_and(|it| it.asks_for(OBJECT_TAG)),
            policy,
            public_access_block: PublicAccessBlock::read(documents)?,
            owner_enforced: documents.get(Config::Ownership).is_some(),
            cors: cors.map_err(|e| format!("its CORS rules: {e}"))?,
            abac: documents.get(Config::Abac).is_some(),
            tags: tags.unwrap_or_default(),
        })
    }

    /// Its policy, as decisions name it.
    pub(crate) fn attached<'a>(&'a self, bucket: &'a Bucket) -> Option<Attached<'a>> {
        self.policy.as_ref().map(|policy| Attached { name: &bucket.name, policy })
    }

    /// Whether its policy gives something to the public.
    pub(crate) fn is_public(&self) -> bool {
        self.policy.as_ref().is_some_and(Policy::is_public)
    }
}

/// Tags as they are kept: JSON, a list of pairs. An empty set is no set: reading it answers NoSuchTagSet.
pub(crate) fn encode_tags(tags: &[Tag]) -> Option<Bytes> {
    let pairs: Vec<_> = tags.iter().map(|it| (&it.key, &it.value)).collect();
    (!tags.is_empty()).then(|| serde_json::to_vec(&pairs).expect("texts are JSON").into())
}

fn decode_tags(document: &[u8]) -> Result<Vec<Tag>, String> {
    let pairs: Vec<(Option<String>, Option<String>)> =
        serde_json::from_slice(document).map_err(|e| format!("its tags: {e}"))?;
    Ok(pairs.into_iter().map(|(key, value)| Tag { key, value }).collect())
}

/// What the tags of an object are called in policies, in lower case.
pub(crate) const OBJECT_TAG: &str = "s3:existingobjecttag/";

/// Block Public Access, of a bucket or an account. Nothing here is ever given by an ACL, so of the
/// four the first two have nothing to take away; what they'd refuse is refused anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PublicAccessBlock {
    block_public_acls: bool,
    ignore_public_acls: bool,
    /// New public policies are refused.
    pub(crate) block_public_policy: bool,
    /// A public policy serves the owner's account and services only.
    pub(crate) restrict_public_buckets: bool,
}

impl PublicAccessBlock {
    /// All four on.
    pub(crate) const ALL: Self = Self {
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
    };

    fn read(documents: &Documents) -> Result<Option<Self>, String> {
        let document = documents.get(Config::PublicAccessBlock);
        let read = document.map(|it| serde_json::from_slice(it)).transpose();
        read.map_err(|e| format!("public access block: {e}"))
    }

    /// An account's; none if it isn't set.
    pub(crate) fn of_account(record: &Record) -> Result<Option<Self>, Error> {
        let read: &Result<Option<Self>, String> = record.meaning(Self::read);
        read.clone().map_err(|why| Error::new(Code::InternalError).because(why))
    }

    /// The document that is kept.
    pub(crate) fn encode(self) -> Vec<u8> {
        serde_json::to_vec(&self).expect("four booleans are JSON")
    }

    /// As a request's body has it: what isn't said is off.
    pub(crate) fn parse(document: &[u8]) -> Result<Self, Error> {
        let root = Element::parse(document, "PublicAccessBlockConfiguration")?;
        let given = PublicAccessBlockConfiguration::read(&root)?;
        let on = |it: Option<bool>| it == Some(true);
        Ok(Self {
            block_public_acls: on(given.block_public_acls),
            ignore_public_acls: on(given.ignore_public_acls),
            block_public_policy: on(given.block_public_policy),
            restrict_public_buckets: on(given.restrict_public_buckets),
        })
    }

    /// As S3 Control answers it.
    pub(crate) fn of_control(self) -> wire::control::PublicAccessBlockConfiguration {
        wire::control::PublicAccessBlockConfiguration {
            block_public_acls: Some(self.block_public_acls),
            ignore_public_acls: Some(self.ignore_public_acls),
            block_public_policy: Some(self.block_public_policy),
            restrict_public_buckets: Some(self.restrict_public_buckets),
        }
    }

    /// As an answer has it.
    pub(crate) fn to_xml(self) -> String {
        let mut xml = Writer::new();
        xml.root("PublicAccessBlockConfiguration", |xml| {
            xml.boolean("BlockPublicAcls", self.block_public_acls);
            xml.boolean("IgnorePublicAcls", self.ignore_public_acls);
            xml.boolean("BlockPublicPolicy", self.block_public_policy);
            xml.boolean("RestrictPublicBuckets", self.restrict_public_buckets);
        });
        xml.finish()
    }

    /// Of bucket and account, whichever is stricter.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            block_public_acls: self.block_public_acls || other.block_public_acls,
            ignore_public_acls: self.ignore_public_acls || other.ignore_public_acls,
            block_public_policy: self.block_public_policy || other.block_public_policy,
            restrict_public_buckets: self.restrict_public_buckets || other.restrict_public_buckets,
        }
    }
}
