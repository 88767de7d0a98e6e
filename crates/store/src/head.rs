//! An object's head row: replaced and removed together with all that hangs on it.
//!
//! In one change: the head, its overflow row, the counters, and a note if the parts of the object
//! that was there are garbage now.

use engine::{
    ApplyError, Change, CounterDelta, Expectation, Expected, Group, Mismatch, NewBlob, PutRow, Row,
    RowKey, Table,
};

use types::ObjectKey;

use crate::Store;
use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::multipart::UploadId;
use crate::object::{Details, Precondition, Summary, key_group};
use crate::rows::{BYTES, Head, HeadRows, OBJECTS};
use crate::sweep::garbage_note;

pub(crate) fn head_key() -> RowKey {
    RowKey::new(Table::Heads, "")
}

/// Where the details of the current version stand that don't fit its head row.
pub(crate) fn overflow_key() -> RowKey {
    RowKey::new(Table::Versions, "")
}

/// A head to write.
pub(crate) struct NewHead {
    pub(crate) write: u64,
    pub(crate) length: u64,
    pub(crate) rows: HeadRows,
    pub(crate) blob: NewBlob,
}

impl NewHead {
    pub(crate) fn new(
        write: u64,
        upload: Option<UploadId>,
        summary: Summary,
        details: &Details,
        blob: NewBlob,
    ) -> Self {
        let head = Head { write, upload, summary, overflows: false };
        Self { write, length: summary.length, rows: head.encode(details), blob }
    }
}

/// What else a change of a head does: it ends an open upload.
pub(crate) struct EndOfUpload {
    /// The upload's row as it must be.
    pub(crate) key: RowKey,
    pub(crate) row: Row,
    /// The write that was there when the upload began; 0 for none. If the completion has a
    /// condition, it must be there still.
    pub(crate) replaces: u64,
    /// The note of the parts that the object isn't made of.
    pub(crate) note: Option<PutRow>,
}

/// The head that is there.
struct Old {
    row: Row,
    head: Head,
}

impl Old {
    fn of(row: Option<Row>) -> Result<Option<Self>, StoreError> {
        let Some(row) = row else { return Ok(None) };
        let head = Head::decode(&row.value)?;
        Ok(Some(Self { row, head }))
    }
}

impl Store {
    /// Makes a row the object's head: judges the condition, replaces what is there, and tries again
    /// for as long as others are quicker. [`StoreError::NoSuchUpload`] if the upload that ends with
    /// it isn't any more as it was.
    pub(crate) async fn commit_head(
        &self,
        bucket: &Bucket,
        group: &Group,
        new: &NewHead,
        condition: Precondition,
        upload: Option<&EndOfUpload>,
    ) -> Result<(), StoreError> {
        let mut old = match condition {
            // If there is none as the client says, looking first would be for nothing.
            Precondition::Absent if upload.is_none() => None,
            // A look costs a caller little, a change that fails costs everybody's commit.
            _ => Old::of(self.engine().get(group, &head_key()).await?)?,
        };
        loop {
            condition.judge(old.as_ref().map(|it| it.head.summary.etag))?;
            if let (Some(upload), true) = (upload, condition != Precondition::None)
                && upload.replaces != old.as_ref().map_or(0, |it| it.head.write)
            {
                return Err(StoreError::Conflict);
            }
            let replaced_upload = old.as_ref().and_then(|it| it.head.upload);
            let change = replacement(old, Some(new), upload);
            match self.engine().apply(group, change).await {
                Ok(_) => {
                    self.swept_later(replaced_upload.map(|_| bucket.space));
                    return Ok(());
                }
                Err(ApplyError::Mismatch(rows)) => {
                    if upload.is_some_and(|it| differs(it, &rows)) {
                        return Err(StoreError::NoSuchUpload);
                    }
                    old = Old::of(head_of(rows))?;
                }
                Err(ApplyError::Unknown) => return self.find_out(group, new.write).await,
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
    }

    /// Removes an object's head, if there is one and the condition holds.
    pub(crate) async fn remove_head(
        &self,
        bucket: &Bucket,
        group: &Group,
        condition: Precondition,
    ) -> Result<(), StoreError> {
        let mut old = Old::of(self.engine().get(group, &head_key()).await?)?;
        loop {
            condition.judge(old.as_ref().map(|it| it.head.summary.etag))?;
            let Some(there) = old else { return Ok(()) };
            let upload = there.head.upload;
            match self.engine().apply(group, replacement(Some(there), None, None)).await {
                Ok(_) => {
                    self.swept_later(upload.map(|_| bucket.space));
                    return Ok(());
                }
                Err(ApplyError::Mismatch(rows)) => old = Old::of(head_of(rows))?,
                Err(ApplyError::Unknown) => {
                    // The row that was there comes never again: if there is none it is gone for
                    // good. But if somebody else removed it, a condition wouldn't hold any more.
                    let is_gone = self.engine().get(group, &head_key()).await?.is_none();
                    let done = is_gone && condition == Precondition::None;
                    return if done { Ok(()) } else { Err(StoreError::no_answer()) };
                }
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
    }

    /// Gives an object other tags, and nothing else: not even another time.
    pub async fn set_tags(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        tags: Vec<(String, String)>,
    ) -> Result<(), StoreError> {
        let group = key_group(bucket, key);
        loop {
            let found = self.whole_head(&group).await?;
            let (row, head, mut details) = found.ok_or(StoreError::NoSuchKey)?;
            details.tags.clone_from(&tags);
            details.check()?;
            match self.engine().apply(&group, retagging(row, &head, &details)).await {
                Ok(_) => return Ok(()),
                Err(ApplyError::Mismatch(_)) => {}
                Err(ApplyError::Unknown) => {
                    let now = self.whole_head(&group).await?;
                    let done =
                        now.is_some_and(|(_, it, has)| it.write == head.write && has == details);
                    return if done { Ok(()) } else { Err(StoreError::no_answer()) };
                }
                Err(error) => return Err(self.refusal(bucket, error).await),
            }
        }
    }

    /// After a change without an answer: has it happened?
    async fn find_out(&self, group: &Group, write: u64) -> Result<(), StoreError> {
        match Old::of(self.engine().get(group, &head_key()).await?)? {
            Some(old) if old.head.write == write => Ok(()),
            // It may still happen, or have happened before somebody else's.
            _ => Err(StoreError::no_answer()),
        }
    }
}

/// The change of an object's details alone: it keeps its bytes.
fn retagging(row: Row, head: &Head, details: &Details) -> Change {
    let rows = head.encode(details);
    let blobs = row.blobs.iter().copied().map(NewBlob::Ref).collect();
    let mut change = Change {
        put: vec![PutRow { row: head_key(), value: rows.head, blobs }],
        ..Change::default()
    };
    match rows.overflow {
        Some(value) => change.put.push(PutRow { row: overflow_key(), value, blobs: vec![] }),
        None if head.overflows => change.delete.push(overflow_key()),
        None => {}
    }
    change.expect.push(Expectation { row: head_key(), is: Expected::Exactly(row) });
    change
}

/// Whether an upload's row isn't as it was expected.
fn differs(upload: &EndOfUpload, rows: &[Mismatch]) -> bool {
    let found = rows.iter().find(|it| it.row == upload.key);
    found.is_some_and(|it| it.found.as_ref() != Some(&upload.row))
}

fn head_of(rows: Vec<Mismatch>) -> Option<Row> {
    rows.into_iter().find(|it| it.row.table == Table::Heads)?.found
}

/// The change from one head to another, or to none.
fn replacement(old: Option<Old>, new: Option<&NewHead>, upload: Option<&EndOfUpload>) -> Change {
    // Each list with room for what a small object needs, and no more.
    let mut change = Change {
        put: Vec::with_capacity(1),
        expect: Vec::with_capacity(1),
        count: Vec::with_capacity(2),
        ..Change::default()
    };
    let old_length = old.as_ref().map_or(0, |it| it.head.summary.length as i64);
    let new_length = new.map_or(0, |it| it.length as i64);
    let objects = i64::from(new.is_some()) - i64::from(old.is_some());
    for (counter, by) in [(OBJECTS, objects), (BYTES, new_length - old_length)] {
        if by != 0 {
            change.count.push(CounterDelta { counter, by });
        }
    }
    let overflow = new.and_then(|it| it.rows.overflow.as_ref());
    match overflow {
        Some(value) => {
            change.put.push(PutRow { row: overflow_key(), value: value.clone(), blobs: vec![] });
        }
        None if old.as_ref().is_some_and(|it| it.head.overflows) => {
            change.delete.push(overflow_key());
        }
        None => {}
    }
    match new {
        Some(new) => {
            let (value, blobs) = (new.rows.head.clone(), vec![new.blob.clone()]);
            change.put.push(PutRow { row: head_key(), value, blobs });
        }
        None => change.delete.push(head_key()),
    }
    if let Some(garbage) = old.as_ref().and_then(|it| it.head.upload) {
        change.put.push(garbage_note(garbage));
    }
    if let Some(upload) = upload {
        let (row, is) = (upload.key.clone(), Expected::Exactly(upload.row.clone()));
        change.delete.push(row.clone());
        change.expect.push(Expectation { row, is });
        change.put.extend(upload.note.clone());
    }
    let is = old.map_or(Expected::Absent, |it| Expected::Exactly(it.row));
    change.expect.push(Expectation { row: head_key(), is });
    change
}
