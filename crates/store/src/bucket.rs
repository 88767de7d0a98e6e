//! Buckets: a row named after the bucket (so that the name is unique), and a space for what is in it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use engine::{
    ApplyError, Change, ChangeEvent, Cursor, Expectation, Expected, Group, PutRow, Row, RowKey,
    RowRange, ScanLimit, Space, Table,
};
use types::{AccountId, BucketName, Timestamp};

use crate::error::StoreError;
use crate::rows::{BYTES, BucketRow, Life, OBJECTS};
use crate::{Store, random};

/// What every bucket's group begins with in the system's space.
const NAME_PREFIX: &str = "bucket/";
/// How long whoever deletes a bucket has for it; then others take it up.
const DELETION_LEASE: Duration = Duration::from_secs(30);
/// Most buckets in the cache.
const CACHED_MAX: usize = 10_000;

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
}

/// Buckets as they were last read.
#[derive(Default)]
pub(crate) struct Cache {
    buckets: HashMap<String, Arc<Bucket>>,
    /// Counts what was forgotten: a row that was read before doesn't enter behind it.
    forgotten: u64,
}

impl Cache {
    fn forget(&mut self, name: Option<&str>) {
        self.forgotten += 1;
        match name {
            Some(name) => drop(self.buckets.remove(name)),
            None => self.buckets.clear(),
        }
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
}

/// Some buckets, in order of their names.
#[derive(Clone, Debug, Default)]
pub struct BucketPage {
    /// The buckets.
    pub buckets: Vec<Bucket>,
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

/// A document of a bucket's configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Config {
    /// Its tags.
    Tags,
}

impl Config {
    fn row(self) -> RowKey {
        let name = match self {
            Self::Tags => "tags",
        };
        RowKey::new(Table::Catalog, name)
    }
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

/// What says that a space is to be dropped.
pub(crate) fn drop_note(space: Space) -> RowKey {
    RowKey::new(Table::Local, format!("drop/{:016x}", space.0))
}

/// An object key is never empty, so this group is nobody else's.
fn config_group(bucket: &Bucket) -> Group {
    Group::new(bucket.space, Bytes::new())
}

impl Bucket {
    fn of(name: &str, row: &BucketRow) -> Self {
        Self {
            name: name.into(),
            owner: row.owner,
            created: row.created,
            location: row.location.clone(),
            space: Space(row.space),
        }
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
        };
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Absent }],
            put: vec![PutRow { row: name_row(), value: row.encode().into(), blobs: vec![] }],
            ..Change::default()
        };
        match self.engine().apply(&name_group(name), change).await {
            Ok(_) => Ok(Bucket::of(name, &row)),
            Err(ApplyError::Mismatch(found)) => match found.into_iter().find_map(|it| it.found) {
                Some(found) => {
                    Err(StoreError::BucketExists { owner: BucketRow::decode(&found.value)?.owner })
                }
                None => Err(StoreError::Busy),
            },
            Err(error) => Err(error.into()),
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
        let row = self.engine().get(&name_group(name), &name_row()).await?;
        let row = row.ok_or(StoreError::NoSuchBucket)?;
        let row = BucketRow::decode(&row.value)?;
        let bucket = Arc::new(Bucket::of(name, &row));
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
        let mut page = BucketPage::default();
        let from = match after {
            Some(after) => Cursor::AfterFirst(format!("{NAME_PREFIX}{after}").into()),
            None => Cursor::Start,
        };
        let prefix = format!("{NAME_PREFIX}{prefix}").into();
        let mut range = RowRange { space: Space::SYSTEM, prefix, from };
        loop {
            let rows = self.engine().scan(Table::Catalog, range.clone(), ScanLimit::rows(1000));
            let rows = rows.await?;
            for entry in rows.entries {
                let row = BucketRow::decode(&entry.row.value)?;
                if row.owner != owner {
                    continue;
                }
                if page.buckets.len() == max {
                    page.more = true;
                    return Ok(page);
                }
                let name = String::from_utf8_lossy(&entry.group.name[NAME_PREFIX.len()..]);
                page.buckets.push(Bucket::of(&name, &row));
            }
            match rows.next {
                Some(next) => range.from = next,
                None => return Ok(page),
            }
        }
    }

    /// Deletes a bucket that holds no object. Open uploads go with it, as on AWS.
    ///
    /// A crash behind each step leaves: 1 a lease, which ends, whereupon the bucket is thawed;
    /// 2 the same; 3 a note to drop the space, which background work finds.
    pub async fn delete_bucket(&self, bucket: &Bucket) -> Result<(), StoreError> {
        let group = name_group(&bucket.name);
        let row = self.engine().get(&group, &name_row()).await?.ok_or(StoreError::NoSuchBucket)?;
        let mut value = BucketRow::decode(&row.value)?;
        if value.space != bucket.space.0 {
            return Err(StoreError::NoSuchBucket);
        }
        if let Life::Deleting(until) = value.life
            && until > self.now()
        {
            return Err(StoreError::Busy);
        }
        value.life = Life::Deleting(self.now().plus(DELETION_LEASE));
        let marked = self.rewrite_name(&group, row, &value).await?; // 1
        self.forget_bucket(&bucket.name);
        self.engine().freeze(bucket.space).await?; // 2: who comes later fails, who came is visible
        if !self.is_empty(bucket.space).await? {
            self.revive(&group, marked, value).await?;
            return Err(StoreError::BucketNotEmpty);
        }
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Exactly(marked) }],
            delete: vec![name_row()],
            put: vec![PutRow { row: drop_note(bucket.space), value: Bytes::new(), blobs: vec![] }],
            ..Change::default()
        };
        self.engine().apply(&group, change).await?; // 3: the bucket is gone
        self.forget_bucket(&bucket.name);
        self.finish_drop(&group, bucket.space).await
    }

    async fn is_empty(&self, space: Space) -> Result<bool, StoreError> {
        for table in [Table::Heads, Table::Versions] {
            let page = self.engine().scan(table, RowRange::all(space), ScanLimit::rows(1)).await?;
            if !page.entries.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Gives a bucket that was being deleted back to its users.
    pub(crate) async fn revive(
        &self,
        group: &Group,
        row: Row,
        mut value: BucketRow,
    ) -> Result<(), StoreError> {
        self.engine().thaw(Space(value.space)).await?;
        value.life = Life::Active;
        self.rewrite_name(group, row, &value).await.map(drop)
    }

    /// Drops a space whose bucket is gone, and then the note of it.
    pub(crate) async fn finish_drop(&self, group: &Group, space: Space) -> Result<(), StoreError> {
        self.engine().freeze(space).await?;
        self.engine().drop_space(space).await?;
        let change = Change { delete: vec![drop_note(space)], ..Change::default() };
        self.engine().apply(group, change).await?;
        Ok(())
    }

    async fn rewrite_name(
        &self,
        group: &Group,
        row: Row,
        value: &BucketRow,
    ) -> Result<Row, StoreError> {
        let value = Bytes::from(value.encode());
        let change = Change {
            expect: vec![Expectation { row: name_row(), is: Expected::Exactly(row) }],
            put: vec![PutRow { row: name_row(), value: value.clone(), blobs: vec![] }],
            ..Change::default()
        };
        self.engine().apply(group, change).await?;
        Ok(Row { value, blobs: vec![] })
    }

    /// A document of the bucket's configuration.
    pub async fn config(
        &self,
        bucket: &Bucket,
        config: Config,
    ) -> Result<Option<Bytes>, StoreError> {
        let row = self.engine().get(&config_group(bucket), &config.row()).await?;
        Ok(row.map(|it| it.value))
    }

    /// Sets a document of the bucket's configuration, or removes it.
    pub async fn set_config(
        &self,
        bucket: &Bucket,
        config: Config,
        document: Option<Bytes>,
    ) -> Result<(), StoreError> {
        let row = config.row();
        let change = match document {
            Some(value) => {
                Change { put: vec![PutRow { row, value, blobs: vec![] }], ..Change::default() }
            }
            None => Change { delete: vec![row], ..Change::default() },
        };
        self.engine().apply(&config_group(bucket), change).await?;
        Ok(())
    }

    /// What the bucket holds.
    pub async fn usage(&self, bucket: &Bucket) -> Result<Usage, StoreError> {
        let counters = self.engine().counters(bucket.space).await?;
        let of = |id| counters.iter().find(|(it, _)| *it == id).map_or(0, |(_, sum)| *sum);
        Ok(Usage { objects: of(OBJECTS), bytes: of(BYTES) })
    }

    fn forget_bucket(&self, name: &str) {
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
                        }
                    }
                    ChangeEvent::Lost => inner.buckets.write().forget(None),
                    ChangeEvent::Closed => return,
                }
            }
        });
    }
}
