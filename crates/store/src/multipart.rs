//! Multipart uploads, until they are completed (`completion.rs`) or swept (`sweep.rs`).
//!
//! An upload has a row in its key's group and a *parts group* of its own, named by its id: there a
//! **gate** row and a row for each part, which owns the part's bytes for as long as the object
//! lives. A part is committed only while the gate is open, and a completion seals the gate before it
//! reads the parts: so what it has read stays.
//!
//! The two groups don't change together; the *attempt*, a number in both rows, ties them. A
//! completion reads the upload's row with attempt `n`, seals the gate as `n` (it never goes to a
//! lower one), reads the parts, and changes the key's group only if the upload's row is still that
//! one. Whoever wants to open a sealed gate again, because a part is to be put, first makes the
//! upload's row `n + 1`: so the completions that rely on the seal fail, and look again. Nobody needs
//! to open the gate behind a completion that failed or was cut off.
//!
//! What is cut off while an upload is begun, by a crash or because its bucket is frozen just then,
//! may leave an upload without a gate: it is listed, takes no parts, and can be aborted.

use std::sync::Arc;

use bytes::Bytes;
use engine::{
    ApplyError, BlobRef, BlobWriter, Change, Cursor, Entry, Expectation, Expected, Group, NewBlob,
    Purpose, PutRow, Row, RowKey, RowRange, ScanLimit, SizeHint, Space, Table,
};
use types::{Checksum, ChecksumAlgorithm, ChecksumKind, ETag, ObjectKey, Timestamp};

use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::head::head_key;
use crate::listing::{Walk, Walked, behind};
use crate::object::{Details, Digests, key_group};
use crate::rows::{Gate, Head, PartRow, UploadRow};
use crate::sweep::garbage_note;
use crate::{Store, random, to_the_end};

/// Highest part number ("Amazon S3 multipart upload limits", S3 User Guide).
pub const PART_NUMBER_MAX: u16 = 10_000;
/// Fewest bytes of a part that isn't the last.
pub const PART_BYTES_MIN: u64 = 5 << 20;
/// How often a completion may seal the gate while a part is on its way in.
pub(crate) const GATE_TRIES_MAX: usize = 100;
/// Rows read at once.
const ROWS: usize = 1000;

/// Names an upload: the time when it began, so that a key's uploads are listed in that order, 16 bits
/// that the key gives, so that one of another key is told even when it isn't there any more, and 64
/// random bits, so that it can't be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UploadId(pub(crate) u128);

impl UploadId {
    fn new(now: Timestamp, key: &ObjectKey) -> Self {
        let mark = u128::from(mark_of(key)) << 64;
        Self(u128::from(now.millis()) << 80 | mark | u128::from(random()))
    }

    /// Whether it may name an upload of this key; of another's it says so once in 65,536 times.
    fn may_be_of(self, key: &ObjectKey) -> bool {
        (self.0 >> 64) as u16 == mark_of(key)
    }

    /// Reads the text that travels; none for what can't be an upload's id.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        u128::from_str_radix(text, 16).ok().filter(|_| hex).map(Self)
    }

    pub(crate) fn bytes(self) -> Bytes {
        Bytes::copy_from_slice(&self.0.to_be_bytes())
    }

    fn of_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let bytes = bytes.try_into().map_err(|_| StoreError::Damaged("an upload's id".into()))?;
        Ok(Self(u128::from_be_bytes(bytes)))
    }
}

/// What a key gives to the ids of its uploads: FNV-1a, folded.
fn mark_of(key: &ObjectKey) -> u16 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    let hash = key.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ hash >> 16 ^ hash >> 32 ^ hash >> 48) as u16
}

impl std::fmt::Display for UploadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// An open upload.
#[derive(Clone, Debug)]
pub struct Upload {
    /// When it began.
    pub initiated: Timestamp,
    /// The checksum algorithm that it was begun with.
    pub algorithm: Option<ChecksumAlgorithm>,
    /// What its checksum will cover.
    pub kind: Option<ChecksumKind>,
    pub(crate) attempt: u64,
    /// Who began it, as whoever created it said; empty for one from before that was kept.
    pub initiator: String,
    /// The write of the object that was there when it began; 0 if there was none.
    pub(crate) replaces: u64,
    pub(crate) details: Details,
    pub(crate) row: Row,
}

/// An upload to begin.
#[derive(Clone, Debug, Default)]
pub struct NewUpload {
    /// What the object will have.
    pub details: Details,
    /// The checksum algorithm of its parts.
    pub algorithm: Option<ChecksumAlgorithm>,
    /// What the object's checksum will cover.
    pub kind: Option<ChecksumKind>,
    /// Who begins it: shown as it is.
    pub initiator: String,
}

impl Upload {
    fn of(row: Row) -> Result<Self, StoreError> {
        let UploadRow { attempt, initiated, algorithm, kind, replaces, details, initiator } =
            UploadRow::decode(&row.value)?;
        Ok(Self { initiated, algorithm, kind, attempt, replaces, details, initiator, row })
    }

    fn with_attempt(&self, attempt: u64) -> UploadRow {
        let Self { initiated, algorithm, kind, replaces, details, initiator, .. } = self.clone();
        UploadRow { attempt, initiated, algorithm, kind, replaces, details, initiator }
    }
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

impl PartRow {
    pub(crate) fn listed_as(&self, number: u16) -> ListedPart {
        let Self { length, md5, modified, declared, .. } = *self;
        ListedPart { number, length, etag: ETag::of_body(md5), modified, declared }
    }
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
    /// Who began it, as [`Upload::initiator`].
    pub initiator: String,
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

pub(crate) fn upload_key(id: UploadId) -> RowKey {
    RowKey::new(Table::Uploads, id.bytes())
}

pub(crate) fn parts_group(space: Space, id: UploadId) -> Group {
    Group::new(space, id.bytes())
}

pub(crate) fn gate_key() -> RowKey {
    RowKey::new(Table::Parts, "")
}

pub(crate) fn part_key(number: u16) -> RowKey {
    RowKey::new(Table::Parts, Bytes::copy_from_slice(&number.to_be_bytes()))
}

/// A change of a row that has no blobs, from one value to another.
fn exchange(row: RowKey, from: Expected, to: Bytes) -> Change {
    Change {
        expect: vec![Expectation { row: row.clone(), is: from }],
        put: vec![PutRow { row, value: to, blobs: vec![] }],
        ..Change::default()
    }
}

/// What a gate row is when it is this.
fn is_gate(gate: Gate) -> Expected {
    Expected::Exactly(Row::of(gate.encode()))
}

/// The gate in an answer to a change that expected another; none if there is none.
fn found_gate(rows: Vec<engine::Mismatch>) -> Result<Option<Gate>, StoreError> {
    let found = rows.into_iter().find_map(|it| it.found);
    found.map(|it| Gate::decode(&it.value)).transpose()
}

/// Takes the bytes of one part. Dropping it leaves nothing.
pub struct PartWriter {
    store: Store,
    bucket: Arc<Bucket>,
    key: Group,
    id: UploadId,
    /// As the gate is, if no completion was tried since.
    attempt: u64,
    number: u16,
    writer: Box<dyn BlobWriter>,
}

impl Store {
    /// Begins an upload.
    pub async fn create_upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        new: NewUpload,
    ) -> Result<UploadId, StoreError> {
        let NewUpload { details, algorithm, kind, initiator } = new;
        details.check()?;
        let initiated = self.now();
        let id = UploadId::new(initiated, key);
        let mut row =
            UploadRow { attempt: 0, initiated, algorithm, kind, replaces: 0, details, initiator };
        let group = key_group(bucket, key);
        loop {
            // What there is now is what a condition of the completion is about.
            let old = self.engine().get(&group, &head_key()).await?;
            let is = old.map_or(Expected::Absent, Expected::Exactly);
            row.replaces = match &is {
                Expected::Exactly(old) => Head::decode(&old.value)?.write,
                Expected::Absent => 0,
            };
            let mut change = exchange(upload_key(id), Expected::Absent, row.encode());
            change.expect.push(Expectation { row: head_key(), is });
            match self.engine().apply(&group, change).await {
                Ok(_) => break,
                Err(ApplyError::Mismatch(_)) => {}
                Err(ApplyError::Unknown) if self.find_upload(&group, id).await?.is_some() => break,
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
        let gate = Gate { attempt: 0, open: true }.encode();
        let change = exchange(gate_key(), Expected::Absent, gate);
        self.write_once(bucket, &parts_group(bucket.space, id), change).await?;
        Ok(id)
    }

    /// Writes a row of a new upload: what stands there can only be this.
    async fn write_once(
        &self,
        bucket: &Bucket,
        group: &Group,
        change: Change,
    ) -> Result<(), StoreError> {
        let row = change.put[0].row.clone();
        match self.engine().apply(group, change).await {
            Ok(_) => Ok(()),
            Err(ApplyError::Unknown) if self.engine().get(group, &row).await?.is_some() => Ok(()),
            Err(error) => Err(self.refusal(bucket, error).await),
        }
    }

    /// An open upload; [`StoreError::NoSuchUpload`] if there is none, or no longer.
    pub async fn upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        id: UploadId,
    ) -> Result<Upload, StoreError> {
        let found = self.find_upload(&key_group(bucket, key), id).await?;
        found.ok_or(StoreError::NoSuchUpload)
    }

    pub(crate) async fn find_upload(
        &self,
        key: &Group,
        id: UploadId,
    ) -> Result<Option<Upload>, StoreError> {
        self.engine().get(key, &upload_key(id)).await?.map(Upload::of).transpose()
    }

    /// Begins a part of an open upload.
    pub async fn begin_part(
        &self,
        bucket: &Arc<Bucket>,
        (key, id): (&ObjectKey, UploadId),
        number: u16,
        length: Option<u64>,
    ) -> Result<PartWriter, StoreError> {
        let key = key_group(bucket, key);
        let upload = self.find_upload(&key, id).await?.ok_or(StoreError::NoSuchUpload)?;
        let hint = SizeHint { length, purpose: Purpose::Fixed };
        let writer = self.engine().begin(&parts_group(bucket.space, id), hint).await?;
        let (store, bucket, attempt) = (self.clone(), Arc::clone(bucket), upload.attempt);
        Ok(PartWriter { store, bucket, key, id, attempt, number, writer })
    }

    /// Parts behind a number, at most `max`.
    pub async fn list_parts(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
        after: u16,
        max: usize,
    ) -> Result<PartPage, StoreError> {
        self.upload(bucket, key, id).await?;
        let second = Bytes::copy_from_slice(&after.to_be_bytes());
        let from = Cursor::After { first: id.bytes(), second };
        let rows = self.part_rows(bucket.space, id, from, max + 1).await?;
        let truncated = rows.len() > max;
        let parts = rows.into_iter().take(max).map(|(part, _)| part.listed_as(part.number));
        Ok(PartPage { parts: parts.collect(), truncated })
    }

    /// Parts with the places of their bytes.
    pub(crate) async fn part_rows(
        &self,
        space: Space,
        id: UploadId,
        from: Cursor,
        max: usize,
    ) -> Result<Vec<(PartRow, BlobRef)>, StoreError> {
        let mut range = RowRange { space, prefix: id.bytes(), from };
        let mut parts = Vec::new();
        loop {
            let limit = ScanLimit::rows((max - parts.len()).min(ROWS));
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

    /// Ends an upload that wasn't completed; its parts go.
    pub async fn abort_upload(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        id: UploadId,
    ) -> Result<(), StoreError> {
        let key = key_group(bucket, key);
        let note = garbage_note(id);
        loop {
            let upload = self.find_upload(&key, id).await?.ok_or(StoreError::NoSuchUpload)?;
            let is = Expected::Exactly(upload.row);
            let change = Change {
                expect: vec![Expectation { row: upload_key(id), is }],
                delete: vec![upload_key(id)],
                put: vec![note.clone()],
                ..Change::default()
            };
            match self.engine().apply(&key, change).await {
                Ok(_) => break,
                // A part that opened the gate again made another row of it.
                Err(ApplyError::Mismatch(_)) => {}
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
        // It has happened; what is left is the sweeper's in any case.
        if let Err(error) = self.sweep_note(&key, &note).await {
            tracing::debug!(%error, "an aborted upload's parts are left for later");
            self.swept_later(Some(bucket.space));
        }
        Ok(())
    }

    /// Whether an upload may be a marker behind which a key's uploads go on: it is one of the key's, or
    /// was one until it ended.
    pub async fn is_upload_marker(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        id: UploadId,
    ) -> Result<bool, StoreError> {
        // Ids from before they had the key's bits have to be there.
        Ok(id.may_be_of(key) || self.find_upload(&key_group(bucket, key), id).await?.is_some())
    }

    /// Lists open uploads by key, and of one key by the time when they began.
    pub async fn list_uploads(
        &self,
        bucket: &Bucket,
        query: &UploadQuery,
    ) -> Result<UploadPage, StoreError> {
        let upload_after = query.upload_after.map(UploadId::bytes);
        let walk = Walk {
            table: Table::Uploads,
            space: bucket.space,
            prefix: &query.prefix,
            delimiter: &query.delimiter,
            from: match &query.key_after {
                Some(key) => behind(key, &query.prefix, &query.delimiter, upload_after),
                None => Cursor::Start,
            },
            max: query.max,
        };
        let read = |key: &str, entry: &Entry| {
            let UploadRow { initiated, algorithm, kind, initiator, .. } =
                UploadRow::decode(&entry.row.value)?;
            let (key, id) = (key.to_owned(), UploadId::of_bytes(&entry.key.sub)?);
            Ok(ListedUpload { key, id, initiated, algorithm, kind, initiator })
        };
        let (walked, truncated) = self.walk(walk, read).await?;
        let mut page = UploadPage { truncated, ..UploadPage::default() };
        page.next = walked.last().map(|it| match it {
            Walked::Row(upload) => (upload.key.clone(), Some(upload.id)),
            Walked::CommonPrefix(prefix) => (prefix.clone(), None),
        });
        for it in walked {
            match it {
                Walked::Row(upload) => page.uploads.push(upload),
                Walked::CommonPrefix(prefix) => page.common_prefixes.push(prefix),
            }
        }
        Ok(page)
    }

    /// Turns a gate from one state to another; tells how it was if it was another.
    pub(crate) async fn turn_gate(
        &self,
        bucket: &Bucket,
        id: UploadId,
        from: Gate,
        to: Gate,
    ) -> Result<Turned, StoreError> {
        let change = exchange(gate_key(), is_gate(from), to.encode());
        match self.engine().apply(&parts_group(bucket.space, id), change).await {
            Ok(_) => Ok(Turned::Done),
            Err(ApplyError::Mismatch(rows)) => Ok(match found_gate(rows)? {
                Some(gate) => Turned::Was(gate),
                None => Turned::Gone,
            }),
            Err(error) => Err(self.refusal(bucket, error).await),
        }
    }
}

/// What became of turning a gate.
pub(crate) enum Turned {
    Done,
    Was(Gate),
    Gone,
}

impl PartWriter {
    /// Appends bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        Ok(self.writer.write(bytes).await?)
    }

    /// Makes what was written the part, durably, in place of an earlier one of its number. Gives the
    /// time from which it is there.
    pub async fn commit(self, digests: Digests) -> Result<Timestamp, StoreError> {
        let Self { store, bucket, key, id, attempt, number, writer } = self;
        let modified = store.now();
        let part = PartRow {
            number,
            length: digests.length,
            md5: digests.md5,
            modified,
            crc64nvme: digests.crc64nvme,
            declared: digests.declared,
        };
        // As with an object's body, a sealed one must not be left without a row.
        to_the_end(async move {
            let blob = writer.seal().await?;
            let part = SealedPart { key, id, number, value: part.encode(), blob };
            let done = store.commit_part(&bucket, &part, Gate { attempt, open: true }).await;
            store.discard_after(&done, blob);
            done.map(|()| modified)
        })
        .await
    }
}

/// A part whose bytes are there.
struct SealedPart {
    key: Group,
    id: UploadId,
    number: u16,
    value: Bytes,
    blob: BlobRef,
}

impl Store {
    async fn commit_part(
        &self,
        bucket: &Bucket,
        part: &SealedPart,
        mut gate: Gate,
    ) -> Result<(), StoreError> {
        let group = parts_group(bucket.space, part.id);
        for _ in 0..GATE_TRIES_MAX {
            let row = part_key(part.number);
            let change = Change {
                expect: vec![Expectation { row: gate_key(), is: is_gate(gate) }],
                put: vec![PutRow {
                    row: row.clone(),
                    value: part.value.clone(),
                    blobs: vec![NewBlob::Ref(part.blob)],
                }],
                ..Change::default()
            };
            match self.engine().apply(&group, change).await {
                Ok(_) => return Ok(()),
                Err(ApplyError::Mismatch(rows)) => {
                    let found = found_gate(rows)?.ok_or(StoreError::NoSuchUpload)?;
                    gate =
                        if found.open { found } else { self.reopen(bucket, part, found).await? };
                }
                Err(ApplyError::Unknown) => {
                    let row = self.engine().get(&group, &row).await?;
                    let mine = row.is_some_and(|it| it.blobs.contains(&part.blob));
                    return if mine { Ok(()) } else { Err(StoreError::no_answer()) };
                }
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
        Err(StoreError::Busy)
    }

    /// Opens a gate that a completion sealed, if that completion hasn't made the object and won't.
    /// Gives the gate as it should be then; whether it is shows when a part goes through.
    async fn reopen(
        &self,
        bucket: &Bucket,
        part: &SealedPart,
        sealed: Gate,
    ) -> Result<Gate, StoreError> {
        let (key, id) = (&part.key, part.id);
        let upload = self.find_upload(key, id).await?.ok_or(StoreError::NoSuchUpload)?;
        let mut open = Gate { attempt: upload.attempt, open: true };
        if upload.attempt <= sealed.attempt {
            // Completions that rely on the seal expect the upload's row as it was.
            open.attempt = upload.attempt + 1;
            let row = upload.with_attempt(open.attempt).encode();
            let change = exchange(upload_key(id), Expected::Exactly(upload.row), row);
            match self.engine().apply(key, change).await {
                Ok(_) => {}
                // Somebody else did so, or the upload has ended: the next look tells.
                Err(ApplyError::Mismatch(_)) => return Ok(open),
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
        match self.turn_gate(bucket, id, sealed, open).await? {
            Turned::Done | Turned::Was(_) => Ok(open),
            Turned::Gone => Err(StoreError::NoSuchUpload),
        }
    }
}
