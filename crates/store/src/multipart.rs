//! Multipart uploads.
//!
//! An upload has a row in its key's group and a *parts group* of its own, named by its id: there a
//! **gate** row (open or sealed) and a row for each part, which owns the part's bytes for as long as
//! the object lives. A part is committed only while the gate is open, and completion closes the gate
//! before it reads the parts: so a part that is uploaded again meanwhile either is in the object or
//! is refused. Completion then writes the part table and changes the key's group once.
//!
//! A crash leaves: behind creating the gate, a gate without an upload (dropped with the bucket);
//! behind sealing, an upload that a repeated completion finds sealed and goes on with; behind the
//! key's change, notes that the sweeper follows.

use std::sync::Arc;

use bytes::Bytes;
use engine::{
    ApplyError, BlobRef, Change, Cursor, Engine, Expectation, Expected, Group, NewBlob, Purpose,
    PutRow, Row, RowKey, RowRange, ScanLimit, SizeHint, Space, Table,
};
use types::{Checksum, ChecksumAlgorithm, ChecksumKind, ETag, ObjectKey, Timestamp};

use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::listing::common_prefix;
use crate::object::{Digests, ObjectMeta, Precondition, key_group};
use crate::rows::{HeadRow, Headers, PartRow, UploadRow, encode_table};
use crate::{Store, random};

/// Highest part number ("Amazon S3 multipart upload limits", S3 User Guide).
pub const PART_NUMBER_MAX: u16 = 10_000;
/// Fewest bytes of a part that isn't the last.
pub const PART_BYTES_MIN: u64 = 5 << 20;
/// Rows swept at once.
const SWEEP_ROWS: usize = 500;

const OPEN: &[u8] = b"open";
const SEALED: &[u8] = b"sealed";

/// Names an upload. Random, so that it can't be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UploadId(pub(crate) u64);

impl UploadId {
    /// Reads the text that travels; none for what can't be an upload's id.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|it| hex && *it != 0).map(Self)
    }

    fn bytes(self) -> Bytes {
        Bytes::copy_from_slice(&self.0.to_be_bytes())
    }
}

impl std::fmt::Display for UploadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// An upload that exists.
#[derive(Clone, Debug)]
pub struct Upload {
    /// When it began.
    pub initiated: Timestamp,
    /// The checksum algorithm that it was begun with.
    pub algorithm: Option<ChecksumAlgorithm>,
    /// What its checksum will cover.
    pub kind: Option<ChecksumKind>,
    /// Set once it was completed: the object's ETag.
    pub completed: Option<ETag>,
    row: Row,
    value: UploadRow,
}

/// A part as a completion names it.
#[derive(Clone, Debug)]
pub struct PartMark {
    /// Its number.
    pub number: u16,
    /// Its ETag.
    pub etag: ETag,
    /// Its checksum, if the client names it.
    pub checksum: Option<Checksum>,
}

/// A part of an upload.
#[derive(Clone, Debug)]
pub struct ListedPart {
    /// Its number.
    pub number: u16,
    /// Bytes.
    pub length: u64,
    /// Its ETag.
    pub etag: ETag,
    /// When it was written.
    pub modified: Timestamp,
    /// The checksum that the client sent or asked for.
    pub declared: Option<Checksum>,
}

/// Some parts in order.
#[derive(Clone, Debug, Default)]
pub struct PartPage {
    /// The parts.
    pub parts: Vec<ListedPart>,
    /// Whether there are more behind the last one.
    pub truncated: bool,
}

/// Which uploads to list.
#[derive(Clone, Debug, Default)]
pub struct UploadQuery {
    /// What keys begin with.
    pub prefix: String,
    /// Rolls keys up; empty for none.
    pub delimiter: String,
    /// Only keys behind this.
    pub key_after: Option<String>,
    /// With `key_after`: also this key's uploads behind this one.
    pub upload_after: Option<UploadId>,
    /// Most entries.
    pub max: usize,
}

/// An upload of a listing.
#[derive(Clone, Debug)]
pub struct ListedUpload {
    /// Its key.
    pub key: String,
    /// Its id.
    pub id: UploadId,
    /// When it began.
    pub initiated: Timestamp,
    /// The checksum algorithm that it was begun with.
    pub algorithm: Option<ChecksumAlgorithm>,
    /// What its checksum will cover.
    pub kind: Option<ChecksumKind>,
}

/// Some uploads in order of their keys.
#[derive(Clone, Debug, Default)]
pub struct UploadPage {
    /// The uploads.
    pub uploads: Vec<ListedUpload>,
    /// What others were rolled up to.
    pub common_prefixes: Vec<String>,
    /// Whether there are more.
    pub truncated: bool,
    /// Where the next page begins.
    pub next: Option<(String, Option<UploadId>)>,
}

fn upload_key(id: UploadId) -> RowKey {
    RowKey::new(Table::Uploads, id.bytes())
}

fn parts_group(space: Space, id: UploadId) -> Group {
    Group::new(space, id.bytes())
}

fn gate_key() -> RowKey {
    RowKey::new(Table::Parts, Bytes::new())
}

fn part_key(number: u16) -> RowKey {
    RowKey::new(Table::Parts, Bytes::copy_from_slice(&number.to_be_bytes()))
}

fn gate(state: &'static [u8]) -> Row {
    Row { value: Bytes::from_static(state), blobs: vec![] }
}

/// The note that an upload's parts belong to nothing any more.
pub(crate) fn garbage_note(id: UploadId) -> PutRow {
    PutRow { row: note_key(id), value: id.bytes(), blobs: vec![] }
}

fn note_key(id: UploadId) -> RowKey {
    RowKey::new(Table::Local, format!("parts/{id}"))
}

/// Takes the bytes of one part. Dropping it leaves nothing.
pub struct PartWriter {
    store: Store,
    group: Group,
    number: u16,
    writer: Box<dyn engine::BlobWriter>,
}

impl Store {
    /// Begins an upload.
    pub async fn create_upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        (headers, user): (Headers, Vec<(String, String)>),
        (algorithm, kind): (Option<ChecksumAlgorithm>, Option<ChecksumKind>),
    ) -> Result<UploadId, StoreError> {
        let id = UploadId(random().max(1));
        let opened = Change {
            expect: vec![Expectation { row: gate_key(), is: Expected::Absent }],
            put: vec![PutRow { row: gate_key(), value: gate(OPEN).value, blobs: vec![] }],
            ..Change::default()
        };
        self.engine().apply(&parts_group(bucket.space, id), opened).await?;
        let meta = ObjectMeta {
            length: 0,
            modified: self.now(),
            etag: ETag::of_body([0; 16]),
            crc64nvme: None,
            declared: None,
            declared_kind: None,
            headers,
            user,
        };
        let value = UploadRow { meta, algorithm, kind, completed: None };
        let change = Change {
            put: vec![PutRow { row: upload_key(id), value: value.encode().into(), blobs: vec![] }],
            ..Change::default()
        };
        self.engine().apply(&key_group(bucket, key), change).await?;
        Ok(id)
    }

    /// An upload, completed or not; [`StoreError::NoSuchUpload`] if there is none.
    pub async fn upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        id: UploadId,
    ) -> Result<Upload, StoreError> {
        let row = self.engine().get(&key_group(bucket, key), &upload_key(id)).await?;
        let row = row.ok_or(StoreError::NoSuchUpload)?;
        let value = UploadRow::decode(&row.value)?;
        Ok(Upload {
            initiated: value.meta.modified,
            algorithm: value.algorithm,
            kind: value.kind,
            completed: value.completed,
            row,
            value,
        })
    }

    /// Begins a part of an open upload.
    pub async fn begin_part(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
        number: u16,
        length: Option<u64>,
    ) -> Result<PartWriter, StoreError> {
        if self.upload(bucket, key, id).await?.completed.is_some() {
            return Err(StoreError::NoSuchUpload);
        }
        let group = parts_group(bucket.space, id);
        let hint = SizeHint { length, purpose: Purpose::Fixed };
        let writer = self.engine().begin(&group, hint).await?;
        Ok(PartWriter { store: self.clone(), group, number, writer })
    }

    /// Parts behind a number, at most `max`.
    pub async fn list_parts(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
        after: u16,
        max: usize,
    ) -> Result<PartPage, StoreError> {
        if self.upload(bucket, key, id).await?.completed.is_some() {
            return Err(StoreError::NoSuchUpload);
        }
        let second = Bytes::copy_from_slice(&after.to_be_bytes());
        let from = Cursor::After { first: id.bytes(), second };
        let rows = self.part_rows(bucket.space, id, from, max + 1).await?;
        let truncated = rows.len() > max;
        let parts = rows.into_iter().take(max).map(|(part, _)| ListedPart {
            number: part.number,
            length: part.length,
            etag: ETag::of_body(part.md5),
            modified: part.modified,
            declared: part.declared,
        });
        Ok(PartPage { parts: parts.collect(), truncated })
    }

    async fn part_rows(
        &self,
        space: Space,
        id: UploadId,
        from: Cursor,
        max: usize,
    ) -> Result<Vec<(PartRow, BlobRef)>, StoreError> {
        let mut range = RowRange { space, prefix: id.bytes(), from };
        let mut parts = Vec::new();
        loop {
            let limit = ScanLimit::rows((max - parts.len()).min(1000));
            let page = self.engine().scan(Table::Parts, range.clone(), limit).await?;
            for entry in page.entries.iter().filter(|it| it.key != gate_key()) {
                let blob = entry.row.blobs.first().copied();
                let blob = blob.ok_or_else(|| StoreError::Damaged("a part has no body".into()))?;
                parts.push((PartRow::decode(&entry.row.value)?, blob));
            }
            match page.next {
                Some(next) if parts.len() < max => range.from = next,
                _ => return Ok(parts),
            }
        }
    }

    /// Makes an upload an object of these parts, unless `combine` refuses what they sum to.
    /// Repeating it answers the same.
    pub async fn complete_upload<E: From<StoreError>>(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
        marks: &[PartMark],
        condition: Precondition,
        combine: impl Fn(&[(u64, Checksum, Option<Checksum>)]) -> Result<Combined, E>,
    ) -> Result<ObjectMeta, E> {
        let upload = self.upload(bucket, key, id).await?;
        if let Some(etag) = upload.completed {
            return Ok(ObjectMeta { etag, ..upload.value.meta });
        }
        if !marks.is_sorted_by(|a, b| a.number < b.number) {
            return Err(StoreError::InvalidPartOrder.into());
        }
        self.set_gate(bucket.space, id, OPEN, SEALED).await?;
        let parts = match self.chosen_parts(bucket.space, id, marks).await {
            Ok(parts) => parts,
            Err(error) => {
                self.set_gate(bucket.space, id, SEALED, OPEN).await?;
                return Err(error.into());
            }
        };
        let sums: Vec<_> =
            parts.iter().map(|(it, _)| (it.length, it.crc64nvme, it.declared)).collect();
        let combined = match combine(&sums) {
            Ok(combined) => combined,
            Err(error) => {
                self.set_gate(bucket.space, id, SEALED, OPEN).await?;
                return Err(error);
            }
        };
        let md5s: Vec<u8> = parts.iter().flat_map(|(it, _)| it.md5).collect();
        let etag = ETag::of_parts((combined.md5)(&md5s), parts.len() as u16);
        let meta = ObjectMeta {
            length: parts.iter().map(|(it, _)| it.length).sum(),
            modified: self.now(),
            etag,
            crc64nvme: Some(combined.crc64nvme),
            declared: combined.declared,
            declared_kind: combined.declared.and(upload.kind),
            ..upload.value.meta.clone()
        };
        let done = self.commit_upload(bucket, (key, id), &upload, &meta, &parts, condition).await;
        if let Err(StoreError::PreconditionFailed | StoreError::NoSuchKey) = &done {
            self.set_gate(bucket.space, id, SEALED, OPEN).await?;
        }
        done?;
        self.remove_parts(bucket.space, id, Some(marks)).await?;
        Ok(meta)
    }

    async fn commit_upload(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
        upload: &Upload,
        meta: &ObjectMeta,
        parts: &[(PartRow, BlobRef)],
        condition: Precondition,
    ) -> Result<(), StoreError> {
        let group = key_group(bucket, key);
        let head = HeadRow { write: random(), meta: meta.clone(), upload: Some(id) };
        let table = encode_table(parts);
        let hint = SizeHint { length: Some(table.len() as u64), purpose: Purpose::Movable };
        let mut writer = self.engine().begin(&group, hint).await?;
        writer.write(table.into()).await?;
        let blob = writer.seal().await?;
        let completed =
            UploadRow { meta: meta.clone(), completed: Some(meta.etag), ..upload.value.clone() };
        let row = upload_key(id);
        let change = Change {
            expect: vec![Expectation {
                row: row.clone(),
                is: Expected::Exactly(upload.row.clone()),
            }],
            put: vec![PutRow { row, value: completed.encode().into(), blobs: vec![] }],
            ..Change::default()
        };
        let done = self.commit_head(&group, &head, NewBlob::Ref(blob), condition, change).await;
        if done.is_err() && !matches!(done, Err(StoreError::Unavailable(_))) {
            self.engine().discard(blob);
        }
        done
    }

    async fn chosen_parts(
        &self,
        space: Space,
        id: UploadId,
        marks: &[PartMark],
    ) -> Result<Vec<(PartRow, BlobRef)>, StoreError> {
        let most = usize::from(PART_NUMBER_MAX) + 1;
        let mut rows = self.part_rows(space, id, Cursor::Start, most).await?.into_iter();
        let mut parts = Vec::with_capacity(marks.len());
        for (index, mark) in marks.iter().enumerate() {
            let number = mark.number;
            let found = rows.find(|(it, _)| it.number >= number);
            let (part, blob) = found
                .filter(|(it, _)| it.number == number && ETag::of_body(it.md5) == mark.etag)
                .filter(|(it, _)| mark.checksum.is_none_or(|sum| it.declared == Some(sum)))
                .ok_or(StoreError::InvalidPart { number })?;
            if index + 1 < marks.len() && part.length < PART_BYTES_MIN {
                return Err(StoreError::PartTooSmall { number, length: part.length });
            }
            parts.push((part, blob));
        }
        Ok(parts)
    }

    /// Turns the gate from one state to another; being there already is fine.
    async fn set_gate(
        &self,
        space: Space,
        id: UploadId,
        from: &'static [u8],
        to: &'static [u8],
    ) -> Result<(), StoreError> {
        let change = Change {
            expect: vec![Expectation { row: gate_key(), is: Expected::Exactly(gate(from)) }],
            put: vec![PutRow { row: gate_key(), value: gate(to).value, blobs: vec![] }],
            ..Change::default()
        };
        match self.engine().apply(&parts_group(space, id), change).await {
            Ok(_) => Ok(()),
            Err(ApplyError::Mismatch(rows)) => match rows.into_iter().find_map(|it| it.found) {
                Some(row) if row.value == to => Ok(()),
                _ => Err(StoreError::NoSuchUpload),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Ends an upload that wasn't completed; its parts go.
    pub async fn abort_upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        id: UploadId,
    ) -> Result<(), StoreError> {
        let upload = self.upload(bucket, key, id).await?;
        if upload.completed.is_some() {
            return Err(StoreError::NoSuchUpload);
        }
        let change = Change {
            expect: vec![Expectation { row: upload_key(id), is: Expected::Exactly(upload.row) }],
            delete: vec![upload_key(id)],
            put: vec![garbage_note(id)],
            ..Change::default()
        };
        match self.engine().apply(&key_group(bucket, key), change).await {
            Ok(_) => {}
            Err(ApplyError::Mismatch(_)) => return Err(StoreError::NoSuchUpload),
            Err(error) => return Err(error.into()),
        }
        self.sweep_parts(bucket.space).await
    }

    /// Lists open uploads by key, and of one key by id.
    pub async fn list_uploads(
        &self,
        bucket: &Bucket,
        query: &UploadQuery,
    ) -> Result<UploadPage, StoreError> {
        let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
        let from = match (&query.key_after, query.upload_after) {
            (None, _) => Cursor::Start,
            (Some(key), None) => Cursor::AfterFirst(bytes(key)),
            (Some(key), Some(id)) => Cursor::After { first: bytes(key), second: id.bytes() },
        };
        let mut range = RowRange { space: bucket.space, prefix: bytes(&query.prefix), from };
        let mut page = UploadPage::default();
        loop {
            let limit = ScanLimit::rows(1000);
            let scanned = self.engine().scan(Table::Uploads, range.clone(), limit).await?;
            for entry in scanned.entries {
                let value = UploadRow::decode(&entry.row.value)?;
                let key = String::from_utf8_lossy(&entry.group.name).into_owned();
                let rolled = common_prefix(&key, &query.prefix, &query.delimiter);
                let known = rolled.is_some_and(|it| {
                    page.common_prefixes.last().is_some_and(|last| last == it)
                        || query.key_after.as_deref().is_some_and(|after| after.starts_with(it))
                });
                if value.completed.is_some() || known {
                    continue;
                }
                if page.uploads.len() + page.common_prefixes.len() >= query.max {
                    page.truncated = true;
                    return Ok(page);
                }
                let id = UploadId(u64::from_be_bytes(
                    entry.key.sub[..]
                        .try_into()
                        .map_err(|_| StoreError::Damaged("an upload's id".into()))?,
                ));
                match rolled {
                    Some(prefix) => {
                        page.next = Some((prefix.to_owned(), None));
                        page.common_prefixes.push(prefix.to_owned());
                    }
                    None => {
                        page.next = Some((key.clone(), Some(id)));
                        let initiated = value.meta.modified;
                        let (algorithm, kind) = (value.algorithm, value.kind);
                        page.uploads.push(ListedUpload { key, id, initiated, algorithm, kind });
                    }
                }
            }
            match scanned.next {
                Some(next) => range.from = next,
                None => return Ok(page),
            }
        }
    }

    /// Removes the parts that notes of a space name, unless they are being read.
    pub(crate) async fn sweep_parts(&self, space: Space) -> Result<(), StoreError> {
        let mut range = RowRange::all(space);
        range.prefix = "parts/".into();
        loop {
            let limit = ScanLimit::rows(SWEEP_ROWS);
            let page = self.engine().scan(Table::Local, range.clone(), limit).await?;
            for entry in page.entries {
                let id = entry.row.value[..].try_into().map(u64::from_be_bytes).map(UploadId);
                let id = id.map_err(|_| StoreError::Damaged("a parts note".into()))?;
                if self.inner.pins.lock().contains_key(&id) {
                    continue;
                }
                self.remove_parts(space, id, None).await?;
                // The upload's own row, if it was completed, goes with the object's parts.
                let change =
                    Change { delete: vec![entry.key, upload_key(id)], ..Change::default() };
                match self.engine().apply(&entry.group, change).await {
                    Ok(_) | Err(ApplyError::Frozen) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            match page.next {
                Some(next) => range.from = next,
                None => return Ok(()),
            }
        }
    }

    /// Removes part rows: all with the gate, or those that a completion didn't name.
    async fn remove_parts(
        &self,
        space: Space,
        id: UploadId,
        except: Option<&[PartMark]>,
    ) -> Result<(), StoreError> {
        let group = parts_group(space, id);
        let kept = |key: &RowKey| {
            except.is_some_and(|marks| {
                *key == gate_key() || marks.iter().any(|it| part_key(it.number) == *key)
            })
        };
        let mut range = RowRange { space, prefix: id.bytes(), from: Cursor::Start };
        loop {
            let limit = ScanLimit::rows(SWEEP_ROWS);
            let page = self.engine().scan(Table::Parts, range.clone(), limit).await?;
            let delete: Vec<_> =
                page.entries.into_iter().map(|it| it.key).filter(|it| !kept(it)).collect();
            if !delete.is_empty() {
                let change = Change { delete, ..Change::default() };
                match self.engine().apply(&group, change).await {
                    Ok(_) | Err(ApplyError::Frozen) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            match page.next {
                Some(next) => range.from = next,
                None => return Ok(()),
            }
        }
    }

    pub(crate) fn pin(&self, id: UploadId) -> Pin {
        *self.inner.pins.lock().entry(id).or_default() += 1;
        Pin { store: self.clone(), id }
    }
}

/// What the parts of an object sum to.
pub struct Combined {
    /// The CRC64NVME of the whole.
    pub crc64nvme: Checksum,
    /// The checksum that was asked for.
    pub declared: Option<Checksum>,
    /// Computes an MD5.
    pub md5: fn(&[u8]) -> [u8; 16],
}

/// Keeps an upload's parts from being swept while it lives.
pub(crate) struct Pin {
    store: Store,
    id: UploadId,
}

impl Clone for Pin {
    fn clone(&self) -> Self {
        self.store.pin(self.id)
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pin({})", self.id)
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.store.inner.pins.lock();
        if let Some(count) = pins.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                pins.remove(&self.id);
            }
        }
    }
}

impl PartWriter {
    /// Appends bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        Ok(self.writer.write(bytes).await?)
    }

    /// Makes what was written the part, durably, in place of an earlier one of its number.
    pub async fn commit(self, digests: Digests) -> Result<(), StoreError> {
        let engine: Arc<dyn Engine> = Arc::clone(&self.store.inner.engine);
        let blob = self.writer.seal().await?;
        let part = PartRow {
            number: self.number,
            length: digests.length,
            md5: digests.md5,
            modified: self.store.now(),
            crc64nvme: digests.crc64nvme,
            declared: digests.declared,
        };
        let change = Change {
            expect: vec![Expectation { row: gate_key(), is: Expected::Exactly(gate(OPEN)) }],
            put: vec![PutRow {
                row: part_key(self.number),
                value: part.encode().into(),
                blobs: vec![NewBlob::Ref(blob)],
            }],
            ..Change::default()
        };
        match engine.apply(&self.group, change).await {
            Ok(_) => Ok(()),
            Err(ApplyError::Unknown) => Err(ApplyError::Unknown.into()),
            Err(error) => {
                engine.discard(blob);
                Err(match error {
                    ApplyError::Mismatch(_) => StoreError::NoSuchUpload,
                    other => other.into(),
                })
            }
        }
    }
}
