//! AWS's own managed policies, under `arn:aws:iam::aws:policy/`: AWS's documents, ids and dates as
//! `cargo xtask managed-policies` pinned them in model/.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use types::Timestamp;

use crate::document::Document;
use crate::id::{Kind, UniqueId};
use crate::policies::{ManagedPolicy, PolicyVersion};

const INDEX: &str = include_str!("../../../model/managed-policies/index.json");

macro_rules! documents {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../model/managed-policies/", $name, ".json")))),*]
    };
}

const DOCUMENTS: [(&str, &str); 9] = documents!(
    "AdministratorAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMUserChangePassword",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit"
);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    name: String,
    id: String,
    path: String,
    version: String,
    created: String,
    updated: String,
}

static POLICIES: LazyLock<Vec<Arc<ManagedPolicy>>> = LazyLock::new(|| {
    let index: Vec<Facts> = serde_json::from_str(INDEX).expect("model/managed-policies is whole");
    index.into_iter().map(|facts| Arc::new(policy(facts))).collect()
});

fn policy(facts: Facts) -> ManagedPolicy {
    let time = |text: &str| Timestamp::parse_iso8601(text).expect("a time");
    let text = DOCUMENTS.iter().find(|it| it.0 == facts.name).expect("each has a document").1;
    let number = facts.version[1..].parse().expect("v and a number");
    let version = PolicyVersion {
        number,
        created: time(&facts.updated),
        document: Arc::new(Document::stored(text.trim_end().to_owned())),
    };
    ManagedPolicy {
        id: UniqueId::parse(&facts.id, Kind::Policy).expect("a policy's id"),
        arn: format!("arn:aws:iam::aws:policy{}{}", facts.path, facts.name).into(),
        name: facts.name,
        path: facts.path,
        description: None,
        created: time(&facts.created),
        updated: time(&facts.updated),
        tags: vec![],
        default: number,
        next: number + 1,
        versions: BTreeMap::from([(number, version)]),
    }
}

/// All of them, by name.
pub fn all() -> &'static [Arc<ManagedPolicy>] {
    &POLICIES
}

/// The one of this ARN.
pub(crate) fn get(arn: &str) -> Option<&'static Arc<ManagedPolicy>> {
    all().iter().find(|it| *it.arn == *arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awss_documents_can_be_read() {
        assert_eq!(all().len(), DOCUMENTS.len());
        assert!(all().is_sorted_by_key(|it| it.name.to_lowercase()));
        for managed in all() {
            crate::document::parse(managed.default_version().document.text()).unwrap();
        }
    }

    #[test]
    fn they_carry_awss_own_facts() {
        let full = get("arn:aws:iam::aws:policy/AmazonS3FullAccess").unwrap();
        assert_eq!(full.id.as_str(), "ANPAIFIR6V6BVTRAHWINE");
        assert_eq!(full.default_version().id(), "v2");
        assert_eq!(full.created.iso8601(), "2015-02-06T18:40:58.000Z");
        assert_eq!(full.updated.iso8601(), "2021-09-27T20:16:37.000Z");
        assert!(get("arn:aws:iam::aws:policy/amazons3fullaccess").is_none());
    }
}
