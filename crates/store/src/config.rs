//! What buckets and accounts are configured to: documents whose meaning is the business of who sets
//! them.
//!
//! A bucket's documents stand in its name's group, each in a row of its own: they come and go with
//! the name in one change, and whoever follows the catalog hears of every change of them. They are
//! read with the bucket ([`Store::bucket`]); what was read once means something once
//! ([`Record::meaning`]).

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use engine::{
    ApplyError, Change, Entry, Expectation, Expected, Group, PutRow, Row, RowKey, Space, Table,
};
use types::AccountId;

use crate::Store;
use crate::bucket::{Bucket, name_group, name_row};
use crate::error::StoreError;
use crate::rows::Life;

/// Longest document, in bytes: a row's value.
pub const CONFIG_BYTES_MAX: usize = Row::VALUE_BYTES_MAX;
/// What every account's group of this store begins with in the system's space.
pub(crate) const ACCOUNT_PREFIX: &str = "configuration/";
/// How often a change is judged again because the bucket's name row changed meanwhile.
const TRIES_MAX: usize = 5;

/// A document of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Config {
    /// Whether a bucket's tags count for access.
    Abac,
    /// Which pages of other origins may ask a bucket.
    Cors,
    /// Who owns the objects of a bucket.
    Ownership,
    /// A bucket's policy.
    Policy,
    /// What of public access is blocked, of a bucket or an account.
    PublicAccessBlock,
    /// A bucket's tags.
    Tags,
}

impl Config {
    /// Every document.
    pub const ALL: [Self; 6] = [
        Self::Abac,
        Self::Cors,
        Self::Ownership,
        Self::Policy,
        Self::PublicAccessBlock,
        Self::Tags,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Abac => "abac",
            Self::Cors => "cors",
            Self::Ownership => "ownership",
            Self::Policy => "policy",
            Self::PublicAccessBlock => "public-access-block",
            Self::Tags => "tags",
        }
    }

    pub(crate) fn row(self) -> RowKey {
        RowKey::new(Table::Catalog, self.name())
    }

    fn of_row(key: &RowKey) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().as_bytes() == key.sub)
    }
}

/// Documents, as they were set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents([Option<Bytes>; Config::ALL.len()]);

impl Documents {
    /// One of them, if it is set.
    pub fn get(&self, config: Config) -> Option<&Bytes> {
        self.0[config as usize].as_ref()
    }

    /// With this document.
    pub fn with(mut self, config: Config, document: impl Into<Bytes>) -> Self {
        self.0[config as usize] = Some(document.into());
        self
    }

    pub(crate) fn rows(&self) -> Result<Vec<PutRow>, StoreError> {
        let set = Config::ALL.into_iter().filter_map(|it| Some((it, self.get(it)?.clone())));
        set.map(|(config, value)| put(config, value)).collect()
    }

    /// Of a group's rows in the catalog, those that are documents.
    pub(crate) fn of_rows(group: &Group, entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut documents = Self::default();
        for entry in entries.into_iter().filter(|it| it.group == *group) {
            if let Some(config) = Config::of_row(&entry.key) {
                documents.0[config as usize] = Some(entry.row.value);
            }
        }
        documents
    }
}

fn put(config: Config, value: Bytes) -> Result<PutRow, StoreError> {
    if value.len() > CONFIG_BYTES_MAX {
        return Err(StoreError::ConfigTooLarge);
    }
    Ok(PutRow { row: config.row(), value, blobs: vec![] })
}

/// Documents, and what whoever knows their language read in them.
#[derive(Default)]
pub struct Record {
    documents: Documents,
    meaning: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Record {
    pub(crate) fn new(documents: Documents) -> Self {
        Self { documents, meaning: OnceLock::new() }
    }

    /// The documents.
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// What they mean: read when it is first asked for, and kept as long as the record. All of a
    /// process ask for the same type.
    pub fn meaning<T: Send + Sync + 'static>(&self, read: impl FnOnce(&Documents) -> T) -> &T {
        let meaning = self.meaning.get_or_init(|| Box::new(read(&self.documents)));
        meaning.downcast_ref().expect("one type in all of a process")
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.documents.fmt(f)
    }
}

impl Clone for Record {
    fn clone(&self) -> Self {
        Self::new(self.documents.clone())
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.documents == other.documents
    }
}

impl Eq for Record {}

/// That a document is what was read with a bucket.
fn as_it_is(bucket: &Bucket, config: Config) -> Expectation {
    let is = match bucket.record().documents().get(config).cloned() {
        Some(value) => Expected::Exactly(Row::of(value)),
        None => Expected::Absent,
    };
    Expectation { row: config.row(), is }
}

fn account_group(account: AccountId) -> Group {
    Group::new(Space::SYSTEM, format!("{ACCOUNT_PREFIX}{account}"))
}

impl Store {
    /// Sets a document of a bucket's configuration, or removes it. [`Store::bucket`] has it from
    /// then on.
    pub async fn set_config(
        &self,
        bucket: &Bucket,
        config: Config,
        document: Option<Bytes>,
    ) -> Result<(), StoreError> {
        self.set_config_if(bucket, (config, document), &[]).await
    }

    /// The same, if these documents still are what `bucket` has, from which the new one was worked
    /// out or by which it was judged; else [`StoreError::ConfigChanged`]: read the bucket again.
    pub async fn set_config_if(
        &self,
        bucket: &Bucket,
        (config, document): (Config, Option<Bytes>),
        as_read: &[Config],
    ) -> Result<(), StoreError> {
        let group = name_group(&bucket.name);
        let set = document.map(|it| put(config, it)).transpose()?;
        let as_read: Vec<_> = as_read.iter().map(|it| as_it_is(bucket, *it)).collect();
        for _ in 0..TRIES_MAX {
            let (row, value) =
                self.bucket_row(&bucket.name).await?.ok_or(StoreError::NoSuchBucket)?;
            if value.space != bucket.space.0 {
                return Err(StoreError::NoSuchBucket);
            }
            if value.life != Life::Active {
                return Err(StoreError::Busy);
            }
            // A bucket that is being deleted, or made anew, has another name row.
            let name = Expectation { row: name_row(), is: Expected::Exactly(row) };
            let change = Change {
                expect: std::iter::once(name).chain(as_read.iter().cloned()).collect(),
                put: set.clone().into_iter().collect(),
                delete: if set.is_some() { vec![] } else { vec![config.row()] },
                ..Change::default()
            };
            let done = self.engine().apply(&group, change).await;
            self.forget_bucket(&bucket.name);
            match done {
                Ok(_) => return Ok(()),
                Err(ApplyError::Mismatch(rows)) => {
                    let is_as_read = |it: &Expectation| {
                        let row = rows.iter().find(|found| found.row == it.row);
                        let found = row.and_then(|it| it.found.as_ref());
                        match &it.is {
                            Expected::Absent => found.is_none(),
                            Expected::Exactly(row) => found == Some(row),
                        }
                    };
                    if !as_read.iter().all(is_as_read) {
                        return Err(StoreError::ConfigChanged);
                    }
                }
                Err(ApplyError::Unknown) => return Err(StoreError::no_answer()),
                Err(ApplyError::Engine(error)) => return Err(error.into()),
                Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
            }
        }
        Err(StoreError::Busy)
    }

    /// What an account is configured to, for all of its buckets.
    pub async fn account(&self, account: AccountId) -> Result<Arc<Record>, StoreError> {
        let forgotten = {
            let cache = self.inner.buckets.read();
            if let Some(record) = cache.accounts.get(&account) {
                return Ok(Arc::clone(record));
            }
            cache.forgotten
        };
        let mut documents = Documents::default();
        // The one document that accounts have.
        let config = Config::PublicAccessBlock;
        if let Some(row) = self.engine().get(&account_group(account), &config.row()).await? {
            documents = documents.with(config, row.value);
        }
        let record = Arc::new(Record::new(documents));
        let mut cache = self.inner.buckets.write();
        if cache.forgotten == forgotten {
            cache.accounts.insert(account, Arc::clone(&record));
        }
        Ok(record)
    }

    /// Sets what of public access is blocked in all of an account's buckets, or removes it.
    pub async fn set_account_public_access_block(
        &self,
        account: AccountId,
        document: Option<Bytes>,
    ) -> Result<(), StoreError> {
        let config = Config::PublicAccessBlock;
        let set = document.map(|it| put(config, it)).transpose()?;
        let change = Change {
            delete: if set.is_some() { vec![] } else { vec![config.row()] },
            put: set.into_iter().collect(),
            ..Change::default()
        };
        let done = self.engine().apply(&account_group(account), change).await;
        self.inner.buckets.write().forget_account(account);
        match done {
            Ok(_) => Ok(()),
            Err(ApplyError::Mismatch(_)) => unreachable!("nothing is expected"),
            Err(ApplyError::Unknown) => Err(StoreError::no_answer()),
            Err(ApplyError::Engine(error)) => Err(error.into()),
            Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
        }
    }
}
