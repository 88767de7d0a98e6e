//! Writing and deleting objects.

use bytes::{Bytes, BytesMut};
use engine::{
    ApplyError, BlobRef, BlobWriter, Change, CounterDelta, Expectation, Expected, Group, NewBlob,
    Purpose, PutRow, Row, RowKey, SizeHint, Table,
};
use types::{Checksum, ChecksumKind, ETag, ObjectKey, Timestamp};

use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::multipart::{UploadId, garbage_note};
use crate::rows::{BYTES, HeadRow, Headers, OBJECTS};
use crate::{Store, random};

/// Most bytes of user metadata, names and values together ("Working with object metadata", S3 User
/// Guide).
pub const METADATA_BYTES_MAX: usize = 2048;

/// What is known of an object besides its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectMeta {
    /// Bytes.
    pub length: u64,
    /// When it was written.
    pub modified: Timestamp,
    /// Its entity tag.
    pub etag: ETag,
    /// The CRC64NVME of the whole object.
    pub crc64nvme: Option<Checksum>,
    /// The checksum that the client sent or asked for.
    pub declared: Option<Checksum>,
    /// What `declared` covers.
    pub declared_kind: Option<ChecksumKind>,
    /// System headers.
    pub headers: Headers,
    /// User metadata: names in lower case without `x-amz-meta-`, and values.
    pub user: Vec<(String, String)>,
}

/// The digests of a body that was checked.
#[derive(Clone, Copy, Debug)]
pub struct Digests {
    /// Bytes.
    pub length: u64,
    /// Its MD5.
    pub md5: [u8; 16],
    /// Its CRC64NVME.
    pub crc64nvme: Checksum,
    /// The checksum that the client sent or asked for.
    pub declared: Option<Checksum>,
}

/// What must hold of the current object for a write to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing.
    None,
    /// There is none (`If-None-Match: *`).
    Absent,
    /// There is one with this ETag (`If-Match`); any, if none is named (`*`).
    Matches(Option<ETag>),
    /// There is one with a tag that none has here.
    MatchesNothing,
}

impl Precondition {
    /// Judges the current object's ETag.
    pub(crate) fn judge(self, current: Option<ETag>) -> Result<(), StoreError> {
        match (self, current) {
            (Self::None, _) | (Self::Absent, None) => Ok(()),
            (Self::Absent, Some(_)) => Err(StoreError::PreconditionFailed),
            (Self::Matches(_) | Self::MatchesNothing, None) => Err(StoreError::NoSuchKey),
            (Self::MatchesNothing, Some(_)) => Err(StoreError::PreconditionFailed),
            (Self::Matches(wanted), Some(is)) => match wanted.is_none_or(|it| it == is) {
                true => Ok(()),
                false => Err(StoreError::PreconditionFailed),
            },
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Committed {
    /// Its entity tag.
    pub etag: ETag,
    /// Its length in bytes.
    pub length: u64,
}

pub(crate) fn key_group(bucket: &Bucket, key: &ObjectKey) -> Group {
    Group::new(bucket.space, key.as_str().as_bytes().to_vec())
}

pub(crate) fn head_key() -> RowKey {
    RowKey::new(Table::Heads, Bytes::new())
}

/// Takes the bytes of one object. Dropping it leaves nothing.
pub struct PutWriter {
    store: Store,
    group: Group,
    body: Body,
}

pub(crate) enum Body {
    /// May still fit into the change.
    Small(BytesMut),
    Large(Box<dyn BlobWriter>),
}

impl Store {
    /// Begins to write an object; `length` in bytes, if the client announced it.
    pub async fn begin_put(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        length: Option<u64>,
    ) -> Result<PutWriter, StoreError> {
        let group = key_group(bucket, key);
        let inline = self.engine().inline_bytes_max() as u64;
        let body = match length {
            Some(length) if length > inline => {
                let hint = SizeHint { length: Some(length), purpose: Purpose::Movable };
                Body::Large(self.engine().begin(&group, hint).await?)
            }
            known => Body::Small(BytesMut::with_capacity(known.unwrap_or(0) as usize)),
        };
        Ok(PutWriter { store: self.clone(), group, body })
    }

    /// Deletes an object. Deleting what isn't there is fine, unless a condition asks for it.
    pub async fn delete(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        condition: Precondition,
    ) -> Result<(), StoreError> {
        let group = key_group(bucket, key);
        let mut found = self.engine().get(&group, &head_key()).await?;
        loop {
            let current = found.as_ref().map(|it| HeadRow::decode(&it.value)).transpose()?;
            condition.judge(current.as_ref().map(|it| it.meta.etag))?;
            let (Some(row), Some(head)) = (found, current) else { return Ok(()) };
            let mut change = Change { delete: vec![head_key()], ..Change::default() };
            replace(&mut change, Some((row, &head)), None);
            match self.engine().apply(&group, change).await {
                Ok(_) => return Ok(()),
                Err(ApplyError::Mismatch(rows)) => found = head_of(rows),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Makes a row the object's head: judges the condition, replaces what is there, and tries again
    /// for as long as others are quicker. `change` holds what else happens with it.
    pub(crate) async fn commit_head(
        &self,
        group: &Group,
        head: &HeadRow,
        blob: NewBlob,
        condition: Precondition,
        change: Change,
    ) -> Result<(), StoreError> {
        let put = PutRow { row: head_key(), value: head.encode().into(), blobs: vec![blob] };
        let mut found = self.engine().get(group, &head_key()).await?;
        loop {
            let current = found.as_ref().map(|it| HeadRow::decode(&it.value)).transpose()?;
            condition.judge(current.as_ref().map(|it| it.meta.etag))?;
            let mut change = change.clone();
            change.put.push(put.clone());
            replace(&mut change, found.zip(current.as_ref()), Some(&head.meta));
            match self.engine().apply(group, change).await {
                Ok(_) => return Ok(()),
                Err(ApplyError::Mismatch(rows)) => {
                    // Another row than the head may be the one that differs.
                    if let Some(other) = rows.iter().find(|it| it.row.table != Table::Heads)
                        && other.found.is_none()
                    {
                        return Err(StoreError::NoSuchUpload);
                    }
                    found = head_of(rows);
                }
                Err(ApplyError::Unknown) => return self.find_out(group, head.write).await,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// After a change without an answer: has it happened?
    async fn find_out(&self, group: &Group, write: u64) -> Result<(), StoreError> {
        let row = self.engine().get(group, &head_key()).await?;
        let is = row.map(|it| HeadRow::decode(&it.value)).transpose()?;
        match is {
            Some(head) if head.write == write => Ok(()),
            _ => Err(StoreError::Unavailable("the write may have happened".into())),
        }
    }
}

fn head_of(rows: Vec<engine::Mismatch>) -> Option<Row> {
    rows.into_iter().find(|it| it.row.table == Table::Heads)?.found
}

/// Adds to a change what replacing (or deleting) a head takes: the expectation, the counters, and a
/// note if the old object's parts are garbage now.
fn replace(change: &mut Change, old: Option<(Row, &HeadRow)>, new: Option<&ObjectMeta>) {
    let old_length = old.as_ref().map(|(_, head)| head.meta.length as i64);
    let by = |it: Option<i64>| it.unwrap_or(0);
    let new_length = new.map(|it| it.length as i64);
    let objects = i64::from(new.is_some()) - i64::from(old.is_some());
    for (counter, by) in [(OBJECTS, objects), (BYTES, by(new_length) - by(old_length))] {
        if by != 0 {
            change.count.push(CounterDelta { counter, by });
        }
    }
    if let Some(upload) = old.as_ref().and_then(|(_, head)| head.upload) {
        change.put.push(garbage_note(upload));
    }
    let is = match old {
        Some((row, _)) => Expected::Exactly(row),
        None => Expected::Absent,
    };
    change.expect.push(Expectation { row: head_key(), is });
}

impl Body {
    /// Takes bytes; goes over to a blob of its own when it has become too long for a change.
    pub(crate) async fn write(
        &mut self,
        store: &Store,
        group: &Group,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        if let Self::Small(kept) = self {
            if kept.len() + bytes.len() <= store.engine().inline_bytes_max() {
                kept.extend_from_slice(&bytes);
                return Ok(());
            }
            let hint = SizeHint { length: None, purpose: Purpose::Movable };
            let mut writer = store.engine().begin(group, hint).await?;
            writer.write(std::mem::take(kept).freeze()).await?;
            *self = Self::Large(writer);
        }
        if let Self::Large(writer) = self {
            writer.write(bytes).await?;
        }
        Ok(())
    }

    pub(crate) async fn seal(self) -> Result<(NewBlob, Option<BlobRef>), StoreError> {
        match self {
            Self::Small(bytes) => Ok((NewBlob::Inline(bytes.freeze()), None)),
            Self::Large(writer) => {
                let blob = writer.seal().await?;
                Ok((NewBlob::Ref(blob), Some(blob)))
            }
        }
    }
}

impl PutWriter {
    /// Appends bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        self.body.write(&self.store, &self.group, bytes).await
    }

    /// Makes what was written the object, durably, if the condition holds.
    pub async fn commit(
        self,
        digests: Digests,
        headers: Headers,
        user: Vec<(String, String)>,
        condition: Precondition,
    ) -> Result<Committed, StoreError> {
        let etag = ETag::of_body(digests.md5);
        let meta = ObjectMeta {
            length: digests.length,
            modified: self.store.now(),
            etag,
            crc64nvme: Some(digests.crc64nvme),
            declared: digests.declared,
            declared_kind: digests.declared.map(|_| ChecksumKind::FullObject),
            headers,
            user,
        };
        let head = HeadRow { write: random(), meta, upload: None::<UploadId> };
        let (blob, sealed) = self.body.seal().await?;
        let store = &self.store;
        let done = store.commit_head(&self.group, &head, blob, condition, Change::default()).await;
        if let (Err(error), Some(blob)) = (&done, sealed)
            && !matches!(error, StoreError::Unavailable(_))
        {
            store.engine().discard(blob);
        }
        done.map(|()| Committed { etag, length: digests.length })
    }
}
