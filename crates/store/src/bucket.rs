//! Buckets: a row named after the bucket (so that the name is unique), and a space for what is in it.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use engine::{
    ApplyError, Change, ChangeEvent, Cursor, Expectation, Expected, Group, PutRow, Row, RowKey,
    RowRange, ScanLimit, Space, Table,
};
use types::{AccountId, BucketName, Timestamp};

use crate::config::{ACCOUNT_PREFIX, Config, Documents, Record};
use crate::error::StoreError;
use crate::rows::{BYTES, BucketRow, Life, OBJECTS};
use crate::{Store, random};

/// What every bucket's group begins with in the system's space.
pub(crate) const NAME_PREFIX: &str = "bucket/";
/// Most buckets in the cache.
const CACHED_MAX: usize = 10_000;
/// Most rows of one scan.
const SCANNED_MAX: usize = 1000;

/// A bucket that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: AccountId,
    /// When it was made.
    pub created: Timestamp,
    /// The LocationConstraint that it was made with; empty for none.
    pub location: String,
    pub(crate) space: Space,
    pub(crate) record: Record,
}

/// A bucket in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketSummary {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// The LocationConstraint that it was made with; empty for none.
    pub location: String,
}

/// Buckets as they were last read.
#[derive(Default)]
pub(crate) struct Cache {
    buckets: HashMap<String, Arc<Bucket>>,
    /// What accounts are configured to.
    pub(crate) accounts: HashMap<AccountId, Arc<Record>>,
    /// Counts what was forgotten: a row that was read before doesn't enter behind it.
    pub(crate) forgotten: u64,
}

impl Cache {
    fn forget(&mut self, name: Option<&str>) {
        self.forgotten += 1;
        match name {
            Some(name) => drop(self.buckets.remove(name)),
            None => {
                self.buckets.clear();
                self.accounts.clear();
            }
        }
    }

    pub(crate) fn forget_account(&mut self, account: AccountId) {
        self.forgotten += 1;
        self.accounts.remove(&account);
    }
}

/// A bucket to make.
#[derive(Clone, Debug)]
pub struct NewBucket {
    /// Its name.
    pub name: BucketName,
    /// Whose it will be.
    pub owner: AccountId,
    /// Its LocationConstraint; empty for none.
    pub location: String,
    /// What it is configured to from its first moment.
    pub documents: Documents,
}

/// Some buckets, in order of their names.
#[derive(Clone, Debug, Default)]
pub struct BucketPage {
    /// The buckets.
    pub buckets: Vec<BucketSummary>,
    /// Whether there are more behind the last one.
    pub more: bool,
}

/// What a bucket holds: exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Objects.
    pub objects: i64,
    /// Their bytes.
    pub bytes: i64,
}

pub(crate) fn name_group(name: &str) -> Group {
    Group::new(Space::SYSTEM, format!("{NAME_PREFIX}{name}"))
}

pub(crate) fn name_row() -> RowKey {
    RowKey::new(Table::Catalog, Bytes::new())
}

/// If a row is a bucket's name row: the name, and the space.
pub(crate) fn bucket_of_name_row(
    group: &Group,
    key: &RowKey,
    row: &Row,
) -> Result<Option<(String, Space)>, StoreError> {
    let Some(name) = group.name.strip_prefix(NAME_PREFIX.as_bytes()) else { return Ok(None) };
    if *key != name_row() {
        return Ok(None);
    }
    let space = Space(BucketRow::decode(&row.value)?.space);
    Ok(Some((String::from_utf8_lossy(name).into_owned(), space)))
}

/// What an account's buckets are listed by: it stands in the name's group, so both come and go in
/// one change. Its value is the name row as it was made.
pub(crate) fn owner_row(owner: AccountId, name: &str) -> RowKey {
    RowKey::new(Table::Local, format!("{}{name}", owner_prefix(owner)))
}

fn owner_prefix(owner: AccountId) -> String {
    format!("owner/{owner}/")
}

impl Bucket {
    fn of(name: &str, row: &BucketRow, documents: Documents) -> Self {
        Self {
            name: name.into(),
            owner: row.owner,
            created: row.created,
            location: row.location.clone(),
            space: Space(row.space),
            record: Record::new(documents),
        }
    }

    /// Its configuration.
    pub fn record(&self) -> &Record {
        &self.record
    }
}

impl Store {
    /// Makes a bucket; [`StoreError::BucketExists`] if the name is taken.
    pub async fn create_bucket(&self, new: NewBucket) -> Result<Bucket, StoreError> {
        let name = new.name.as_str();
        let row = BucketRow {
            // Space 0 is the system's.
            space: random().max(1),
            owner: new.owner,
            created: self.now(),
            location: new.location,
            life: Life::Active,
            attempt: 0,
        };
        let value = row.encode();
        let mut rows = new.documents.rows()?;
        let put = |row| PutRow { row, value: value.clone(), blobs: vec![] };
        rows.extend([put(name_row()), put(owner_row(row.owner, name))]);
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Absent }],
            put: rows,
            ..Change::default()
        };
        let found = match self.engine().apply(&name_group(name), change).await {
            Ok(_) => Some(row.clone()),
            Err(ApplyError::Mismatch(found)) => {
                let found = found.into_iter().find_map(|it| it.found);
                found.map(|it| BucketRow::decode(&it.value)).transpose()?
            }
            Err(ApplyError::Unknown) => match self.bucket_row(name).await? {
                Some((_, found)) => Some(found),
                None => return Err(StoreError::no_answer()),
            },
            Err(ApplyError::Engine(error)) => return Err(error.into()),
            Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
        };
        // What the cache has is of an earlier bucket.
        self.forget_bucket(name);
        match found {
            Some(found) if found.space == row.space => Ok(Bucket::of(name, &row, new.documents)),
            Some(BucketRow { life: Life::Active, owner, .. }) => {
                Err(StoreError::BucketExists { owner })
            }
            Some(_) | None => Err(StoreError::Busy),
        }
    }

    /// A bucket by its name; [`StoreError::NoSuchBucket`] if there is none.
    pub async fn bucket(&self, name: &str) -> Result<Arc<Bucket>, StoreError> {
        let forgotten = {
            let cache = self.inner.buckets.read();
            if let Some(bucket) = cache.buckets.get(name) {
                return Ok(Arc::clone(bucket));
            }
            cache.forgotten
        };
        let (row, documents) = self.configured(name).await?.ok_or(StoreError::NoSuchBucket)?;
        let bucket = Arc::new(Bucket::of(name, &row, documents));
        let mut cache = self.inner.buckets.write();
        if row.life == Life::Active && cache.forgotten == forgotten {
            if cache.buckets.len() >= CACHED_MAX {
                cache.buckets.clear();
            }
            cache.buckets.insert(name.into(), Arc::clone(&bucket));
        }
        Ok(bucket)
    }

    /// An account's buckets by name: those behind `after` that begin with `prefix`, at most `max`.
    pub async fn list_buckets(
        &self,
        owner: AccountId,
        prefix: &str,
        after: Option<&str>,
        max: usize,
    ) -> Result<BucketPage, StoreError> {
        let all = owner_prefix(owner);
        let from = match after {
            Some(after) => Cursor::AfterFirst(format!("{all}{after}").into()),
            None => Cursor::Start,
        };
        let prefix = format!("{all}{prefix}").into();
        let mut range = RowRange { space: Space::SYSTEM, prefix, from };
        let mut page = BucketPage::default();
        loop {
            // One row more than the page tells whether there is more.
            let limit = ScanLimit::rows((max + 1 - page.buckets.len()).min(SCANNED_MAX));
            let rows = self.engine().scan(Table::Local, range.clone(), limit).await?;
            for entry in rows.entries {
                if page.buckets.len() == max {
                    page.more = true;
                    return Ok(page);
                }
                let name = String::from_utf8_lossy(&entry.key.sub[all.len()..]);
                let row = BucketRow::decode(&entry.row.value)?;
                page.buckets.push(BucketSummary {
                    name: name.into(),
                    created: row.created,
                    location: row.location,
                });
            }
            match rows.next {
                Some(next) => range.from = next,
                None => return Ok(page),
            }
        }
    }

    /// A name's row and the documents beside it: those of one moment, or of moments between which
    /// somebody changed them, who is heard of before this is kept.
    async fn configured(&self, name: &str) -> Result<Option<(BucketRow, Documents)>, StoreError> {
        let group = name_group(name);
        // Whose name begins with this one's comes behind it, and isn't wanted.
        let mut range =
            RowRange { space: Space::SYSTEM, prefix: group.name.clone(), from: Cursor::Start };
        let mut entries = Vec::new();
        loop {
            let limit = ScanLimit::rows(1 + Config::ALL.len());
            let page = self.engine().scan(Table::Catalog, range.clone(), limit).await?;
            let others = page.entries.iter().any(|it| it.group != group);
            entries.extend(page.entries.into_iter().filter(|it| it.group == group));
            match page.next {
                Some(next) if !others && entries.len() <= Config::ALL.len() => range.from = next,
                _ => break,
            }
        }
        let Some(row) = entries.iter().find(|it| it.key == name_row()) else { return Ok(None) };
        let row = BucketRow::decode(&row.row.value)?;
        Ok(Some((row, Documents::of_rows(&group, entries))))
    }

    /// A name's row.
    pub(crate) async fn bucket_row(
        &self,
        name: &str,
    ) -> Result<Option<(Row, BucketRow)>, StoreError> {
        let row = self.engine().get(&name_group(name), &name_row()).await?;
        let Some(row) = row else { return Ok(None) };
        let decoded = BucketRow::decode(&row.value)?;
        Ok(Some((row, decoded)))
    }

    /// What the bucket holds.
    pub async fn usage(&self, bucket: &Bucket) -> Result<Usage, StoreError> {
        let counters = self.engine().counters(bucket.space).await?;
        let of = |id| counters.iter().find(|(it, _)| *it == id).map_or(0, |(_, sum)| *sum);
        Ok(Usage { objects: of(OBJECTS), bytes: of(BYTES) })
    }

    pub(crate) fn forget_bucket(&self, name: &str) {
        self.inner.buckets.write().forget(Some(name));
    }

    /// Follows the catalog for as long as the store lives: another gateway may change it.
    pub(crate) fn forget_on_change(&self) {
        let mut changes = self.engine().watch(Space::SYSTEM);
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                let event = changes.next().await;
                let Some(inner) = inner.upgrade() else { return };
                match event {
                    ChangeEvent::Changed(group) => {
                        let name = String::from_utf8_lossy(&group.name);
                        if let Some(name) = name.strip_prefix(NAME_PREFIX) {
                            inner.buckets.write().forget(Some(name));
                        } else if let Some(account) = name.strip_prefix(ACCOUNT_PREFIX)
                            && let Ok(account) = account.parse()
                        {
                            inner.buckets.write().forget_account(account);
                        }
                    }
                    ChangeEvent::Lost => inner.buckets.write().forget(None),
                    ChangeEvent::Closed => return,
                }
            }
        });
    }
}
