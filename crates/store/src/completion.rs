//! CompleteMultipartUpload: an upload becomes an object.
//!
//! 1. Read the upload's row, which says which attempt this is.
//! 2. Seal the gate: from here on the parts stay as they are, see `multipart.rs`.
//! 3. Read the parts and check them against what the client names.
//! 4. Write the part table as a blob.
//! 5. Change the key's group: the new head, which names the table and the upload; the upload's row
//!    goes; a note of the parts that aren't in the object.
//! 6. Sweep what the note names.
//!
//! A crash behind 2, 3 or 4 leaves a sealed gate, which the next part opens and the next completion
//! finds as it needs it; behind 5 the object, and a note for the sweeper. Asked again, the head says
//! that it has happened already, for as long as the object lives.

use std::sync::Arc;

use engine::{BlobRef, Cursor, EngineError, NewBlob, Purpose, SizeHint, Space};
use types::{Checksum, ETag, ObjectKey};

use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::head::{EndOfUpload, NewHead};
use crate::multipart::{GATE_TRIES_MAX, PART_NUMBER_MAX, Turned, Upload, UploadId, upload_key};
use crate::object::{Precondition, Summary, key_group};
use crate::rows::{Gate, PartRow, encode_table};
use crate::sweep::unused_note;
use crate::{Store, to_the_end, write_number};

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

/// What the parts of an object sum to.
pub struct Combined {
    /// The CRC64NVME of the whole.
    pub crc64nvme: Checksum,
    /// The checksum that was asked for.
    pub declared: Option<Checksum>,
    /// Computes an MD5.
    pub md5: fn(&[u8]) -> [u8; 16],
}

/// A part's length, its CRC64NVME, and the checksum that the client declared.
pub type PartSums = (u64, Checksum, Option<Checksum>);

/// A completion under way.
struct Completion<F> {
    store: Store,
    bucket: Arc<Bucket>,
    key: ObjectKey,
    id: UploadId,
    marks: Vec<PartMark>,
    condition: Precondition,
    combine: F,
}

/// Why an attempt made no object.
enum Stop<E> {
    /// The upload's row is another one now, or gone.
    Changed,
    Store(StoreError),
    /// Whoever combines refuses.
    Refused(E),
}

impl<E> From<StoreError> for Stop<E> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<E> From<EngineError> for Stop<E> {
    fn from(error: EngineError) -> Self {
        Self::Store(error.into())
    }
}

/// What is found of the parts.
struct Parts {
    /// In the object, in order.
    chosen: Vec<(PartRow, BlobRef)>,
    /// Not in it.
    unused: Vec<u16>,
}

impl Store {
    /// Makes an upload an object of these parts, unless `combine` refuses what they sum to.
    /// Repeating it answers the same, for as long as the object lives: then there is no upload any
    /// more, see [`Store::completed_upload`].
    pub async fn complete_upload<E: From<StoreError> + Send + 'static>(
        &self,
        bucket: &Arc<Bucket>,
        (key, id): (&ObjectKey, UploadId),
        marks: Vec<PartMark>,
        condition: Precondition,
        combine: impl Fn(&[PartSums]) -> Result<Combined, E> + Send + Sync + 'static,
    ) -> Result<Summary, E> {
        let (store, bucket, key) = (self.clone(), Arc::clone(bucket), key.clone());
        let completion = Completion { store, bucket, key, id, marks, condition, combine };
        to_the_end(completion.run()).await
    }

    /// What an upload was made into; none if it wasn't completed, or its object is gone.
    pub async fn completed_upload(
        &self,
        bucket: &Bucket,
        (key, id): (&ObjectKey, UploadId),
    ) -> Result<Option<Summary>, StoreError> {
        let object = self.get(bucket, key).await?;
        Ok(object.filter(|it| it.is_of(id)).map(|it| it.summary))
    }

    /// 2: false if the upload's row isn't of this attempt any more.
    async fn seal(&self, bucket: &Bucket, id: UploadId, attempt: u64) -> Result<bool, StoreError> {
        let sealed = Gate { attempt, open: false };
        let mut from = Gate { attempt, open: true };
        loop {
            match self.turn_gate(bucket, id, from, sealed).await? {
                Turned::Done => return Ok(true),
                Turned::Was(gate) if gate == sealed => return Ok(true),
                Turned::Was(gate) if gate.attempt > attempt => return Ok(false),
                Turned::Was(gate) => from = gate,
                Turned::Gone => return Err(StoreError::NoSuchUpload),
            }
        }
    }
}

impl<F> Completion<F> {
    async fn run<E: From<StoreError>>(self) -> Result<Summary, E>
    where
        F: Fn(&[PartSums]) -> Result<Combined, E>,
    {
        let group = key_group(&self.bucket, &self.key);
        for _ in 0..GATE_TRIES_MAX {
            let Some(upload) = self.store.find_upload(&group, self.id).await? else {
                let made = self.store.completed_upload(&self.bucket, (&self.key, self.id)).await?;
                return made.ok_or(StoreError::NoSuchUpload.into());
            };
            if !self.marks.is_sorted_by(|a, b| a.number < b.number) {
                return Err(StoreError::InvalidPartOrder.into());
            }
            let error = match self.attempt(&upload).await {
                Ok(summary) => return Ok(summary),
                Err(Stop::Changed) => continue,
                Err(Stop::Store(
                    error @ (StoreError::Unavailable(_)
                    | StoreError::Slow(_)
                    | StoreError::NoSuchUpload),
                )) => {
                    return Err(error.into());
                }
                Err(Stop::Store(error)) => error.into(),
                Err(Stop::Refused(error)) => error,
            };
            // Refused, but perhaps for what another completion of this upload has done meanwhile.
            let now = self.store.find_upload(&group, self.id).await?;
            if now.is_some_and(|it| it.row == upload.row) {
                return Err(error);
            }
        }
        Err(StoreError::Busy.into())
    }

    /// 2 to 6.
    async fn attempt<E>(&self, upload: &Upload) -> Result<Summary, Stop<E>>
    where
        F: Fn(&[PartSums]) -> Result<Combined, E>,
    {
        if !self.store.seal(&self.bucket, self.id, upload.attempt).await? {
            return Err(Stop::Changed);
        }
        let parts = self.parts(self.bucket.space).await?;
        let sums: Vec<_> =
            parts.chosen.iter().map(|(it, _)| (it.length, it.crc64nvme, it.declared)).collect();
        let combined = (self.combine)(&sums).map_err(Stop::Refused)?;
        let summary = self.summary(upload, &parts.chosen, &combined);
        self.commit(upload, parts, summary).await?;
        Ok(summary)
    }

    /// 3.
    async fn parts(&self, space: Space) -> Result<Parts, StoreError> {
        let most = usize::from(PART_NUMBER_MAX) + 1;
        let rows = self.store.part_rows(space, self.id, Cursor::Start, most).await?;
        let mut chosen = Vec::with_capacity(self.marks.len());
        let mut unused = Vec::new();
        let mut rows = rows.into_iter().peekable();
        for (index, mark) in self.marks.iter().enumerate() {
            let number = mark.number;
            while let Some((part, _)) = rows.next_if(|(it, _)| it.number < number) {
                unused.push(part.number);
            }
            let (part, blob) = rows
                .next_if(|(it, _)| it.number == number && ETag::of_body(it.md5) == mark.etag)
                .filter(|(it, _)| mark.checksum.is_none_or(|sum| it.declared == Some(sum)))
                .ok_or(StoreError::InvalidPart { number })?;
            let is_last = index + 1 == self.marks.len();
            if !is_last && part.length < self.store.inner.part_bytes_min {
                return Err(StoreError::PartTooSmall { number, length: part.length });
            }
            chosen.push((part, blob));
        }
        unused.extend(rows.map(|(it, _)| it.number));
        Ok(Parts { chosen, unused })
    }

    /// 4 to 6.
    async fn commit<E>(
        &self,
        upload: &Upload,
        parts: Parts,
        summary: Summary,
    ) -> Result<(), Stop<E>> {
        let Self { store, bucket, id, .. } = self;
        let group = key_group(bucket, &self.key);
        let Parts { chosen, unused } = parts;
        let table = encode_table(&chosen);
        let hint = SizeHint { length: Some(table.len() as u64), purpose: Purpose::Movable };
        let mut writer = store.engine().begin(&group, hint).await?;
        writer.write(table).await?;
        let blob = writer.seal().await?;
        let new =
            NewHead::new(write_number(), Some(*id), summary, &upload.details, NewBlob::Ref(blob));
        let note = (!unused.is_empty()).then(|| unused_note(*id, &unused));
        let (key, row, replaces) = (upload_key(*id), upload.row.clone(), upload.replaces);
        let end = EndOfUpload { key, row, replaces, note };
        let done = store.commit_head(bucket, &group, &new, self.condition, Some(&end)).await;
        store.discard_after(&done, blob);
        done.map_err(|error| match error {
            StoreError::NoSuchUpload => Stop::Changed,
            other => Stop::Store(other),
        })?;
        if let Some(note) = end.note
            && let Err(error) = store.sweep_note(&group, &note).await
        {
            tracing::debug!(%error, "unused parts are left for later");
            store.swept_later(Some(bucket.space));
        }
        Ok(())
    }

    fn summary(
        &self,
        upload: &Upload,
        parts: &[(PartRow, BlobRef)],
        combined: &Combined,
    ) -> Summary {
        let md5s: Vec<u8> = parts.iter().flat_map(|(it, _)| it.md5).collect();
        Summary {
            length: parts.iter().map(|(it, _)| it.length).sum(),
            modified: self.store.now(),
            etag: ETag::of_parts((combined.md5)(&md5s), parts.len() as u16),
            crc64nvme: Some(combined.crc64nvme),
            declared: combined.declared,
            declared_kind: combined.declared.and(upload.kind),
        }
    }
}
