//! Reading objects.

use std::collections::VecDeque;

use bytes::Bytes;
use engine::{BlobReader, BlobRef, EngineError, Group, Row};
use types::{ByteSpan, Checksum, ETag, ObjectKey, Timestamp};

use crate::Store;
use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::head::{head_key, overflow_key};
use crate::multipart::{ListedPart, UploadId};
use crate::object::{Details, Summary, key_group};
use crate::rows::{Head, PartRow, decode_table};
use crate::sweep::Pin;

/// How often a body may have moved or been replaced between reading its row and opening it.
const TRIES_MAX: usize = 100;

/// An object as it is.
#[derive(Debug)]
pub struct Object {
    /// What a listing shows of it, and its checksums.
    pub summary: Summary,
    /// What the client said of it.
    pub details: Box<Details>,
    /// How many parts it has, if it was uploaded in parts.
    pub parts: Option<u16>,
    body: BodyPlace,
}

#[derive(Debug)]
enum BodyPlace {
    One(BlobRef),
    Parts { table: BlobRef, upload: UploadId },
}

/// A part of an object and where it lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSpan {
    /// Its bytes.
    pub span: ByteSpan,
    /// How many parts there are, if the object was uploaded in parts.
    pub count: Option<u16>,
    /// The part's own checksum, of the algorithm that the upload was begun with.
    pub declared: Option<Checksum>,
}

/// Conditions of a read (RFC 9110, 13; "GetObject", S3 API Reference).
#[derive(Clone, Debug, Default)]
pub struct ReadConditions {
    /// `If-Match`: a list of tags, or `*`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `If-Modified-Since`.
    pub if_modified_since: Option<Timestamp>,
    /// `If-Unmodified-Since`.
    pub if_unmodified_since: Option<Timestamp>,
}

/// Why a read's conditions stop it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// 304: `If-None-Match` names the object's tag.
    IfNoneMatch,
    /// 304: the object wasn't modified after `If-Modified-Since`.
    IfModifiedSince,
    /// 412: `If-Match` names no tag of the object.
    IfMatch,
    /// 412: the object was modified after `If-Unmodified-Since`.
    IfUnmodifiedSince,
}

impl ReadConditions {
    /// Judges: a tag goes before a date, and an `If-Modified-Since` of the future says nothing.
    pub fn judge(&self, object: &Summary, now: Timestamp) -> Result<(), Unread> {
        let since = |it: Timestamp| object.modified.seconds() > it.seconds();
        match (&self.if_match, self.if_unmodified_since) {
            (Some(tags), _) if !names(tags, object.etag) => return Err(Unread::IfMatch),
            (None, Some(date)) if since(date) => return Err(Unread::IfUnmodifiedSince),
            _ => {}
        }
        let modified_since = self.if_modified_since.filter(|it| *it <= now);
        match (&self.if_none_match, modified_since) {
            (Some(tags), _) if names(tags, object.etag) => Err(Unread::IfNoneMatch),
            (None, Some(date)) if !since(date) => Err(Unread::IfModifiedSince),
            _ => Ok(()),
        }
    }
}

fn names(tags: &str, etag: ETag) -> bool {
    tags.split(',').map(str::trim).any(|it| {
        let it = it.strip_prefix("W/").unwrap_or(it);
        it == "*" || ETag::parse(it) == Some(etag)
    })
}

/// Gives an object's bytes.
pub struct ObjectReader {
    current: Option<Box<dyn BlobReader>>,
    rest: Option<Rest>,
    /// Keeps the parts from being swept.
    _pin: Option<Pin>,
}

/// What comes behind the current part.
struct Rest {
    store: Store,
    parts: VecDeque<(BlobRef, ByteSpan)>,
}

impl ObjectReader {
    /// The next bytes; none at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, StoreError> {
        loop {
            if let Some(reader) = &mut self.current
                && let Some(bytes) = reader.next().await?
            {
                return Ok(Some(bytes));
            }
            let Some(Rest { store, parts }) = &mut self.rest else { return Ok(None) };
            let Some((blob, span)) = parts.pop_front() else { return Ok(None) };
            self.current = Some(store.engine().read(&blob, span).await?);
        }
    }
}

impl Store {
    /// An object; none if there is none.
    pub async fn get(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
    ) -> Result<Option<Box<Object>>, StoreError> {
        self.find(&key_group(bucket, key)).await
    }

    /// Boxed, as it goes through many hands.
    async fn find(&self, group: &Group) -> Result<Option<Box<Object>>, StoreError> {
        let Some((row, head, details)) = self.whole_head(group).await? else { return Ok(None) };
        let blob = *row.blobs.first().ok_or_else(|| StoreError::Damaged("no body".into()))?;
        let body = match head.upload {
            None => BodyPlace::One(blob),
            Some(upload) => BodyPlace::Parts { table: blob, upload },
        };
        let parts = head.summary.etag.parts();
        Ok(Some(Box::new(Object { summary: head.summary, details, parts, body })))
    }

    /// A head row with all that it says, wherever its details stand.
    pub(crate) async fn whole_head(
        &self,
        group: &Group,
    ) -> Result<Option<(Row, Head, Box<Details>)>, StoreError> {
        for _ in 0..TRIES_MAX {
            let Some(row) = self.engine().get(group, &head_key()).await? else { return Ok(None) };
            let (head, details) = Head::decode_whole(&row.value)?;
            if let Some(details) = details {
                return Ok(Some((row, head, details)));
            }
            // If there is none, or another's, the object was replaced between the two looks.
            if let Some(overflow) = self.engine().get(group, &overflow_key()).await?
                && let Some(details) = head.decode_overflow(&overflow.value)?
            {
                return Ok(Some((row, head, details)));
            }
        }
        Err(kept_changing())
    }

    /// An object, and where its part of this number lies; none if it has no such part. An object
    /// written in one piece is its part 1.
    pub async fn get_part(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        number: u16,
    ) -> Result<Option<(Box<Object>, Option<PartSpan>)>, StoreError> {
        let group = key_group(bucket, key);
        for _ in 0..TRIES_MAX {
            let Some(object) = self.find(&group).await? else { return Ok(None) };
            match self.part_span(&object, number).await {
                Ok(span) => return Ok(Some((object, span))),
                Err(Stop::Gone) => {}
                Err(Stop::For(error)) => return Err(error),
            }
        }
        Err(kept_changing())
    }

    /// An object, and all its parts if it was uploaded in parts, numbered from 1 as
    /// [`Store::get_part`] has them.
    pub async fn get_with_parts(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
    ) -> Result<Option<(Box<Object>, Option<Vec<ListedPart>>)>, StoreError> {
        let group = key_group(bucket, key);
        for _ in 0..TRIES_MAX {
            let Some(object) = self.find(&group).await? else { return Ok(None) };
            let BodyPlace::Parts { table, .. } = &object.body else {
                return Ok(Some((object, None)));
            };
            match self.part_table(table).await {
                Ok(parts) => {
                    let parts = (1..).zip(&parts).map(|(number, (part, _))| part.listed_as(number));
                    let parts = parts.collect();
                    return Ok(Some((object, Some(parts))));
                }
                Err(Stop::Gone) => {}
                Err(Stop::For(error)) => return Err(error),
            }
        }
        Err(kept_changing())
    }

    /// Finds an object, lets `choose` decide from it what to read, and opens that; again if the
    /// object was moved or replaced meanwhile, so that what is read is what `choose` saw. With the
    /// number of a part, `choose` is told where it lies, as by [`Store::get_part`].
    pub async fn read<T, E: From<StoreError>>(
        &self,
        bucket: &Bucket,
        key: &ObjectKey,
        part: Option<u16>,
        mut choose: impl FnMut(&Object, Option<PartSpan>) -> Result<(T, ByteSpan), E>,
    ) -> Result<Option<(T, Box<Object>, ObjectReader)>, E> {
        let group = key_group(bucket, key);
        for _ in 0..TRIES_MAX {
            let Some(mut object) = self.find(&group).await? else { return Ok(None) };
            let mut pin = None;
            if let BodyPlace::Parts { upload, .. } = object.body {
                // A pin counts only if the object was there behind it: who sweeps its parts then
                // has seen it replaced, and so sees the pin.
                pin = Some(self.pin(upload));
                match self.find(&group).await? {
                    Some(it) if it.is_of(upload) => object = it,
                    _ => continue,
                }
            }
            let span = match part {
                None => None,
                Some(number) => match self.part_span(&object, number).await {
                    Ok(span) => span,
                    Err(Stop::Gone) => continue,
                    Err(Stop::For(error)) => return Err(error.into()),
                },
            };
            let (chosen, span) = choose(&object, span)?;
            match self.open_span(&object, span, pin).await {
                Ok(reader) => return Ok(Some((chosen, object, reader))),
                Err(Stop::Gone) => {}
                Err(Stop::For(error)) => return Err(error.into()),
            }
        }
        Err(kept_changing().into())
    }

    async fn open_span(
        &self,
        object: &Object,
        span: ByteSpan,
        pin: Option<Pin>,
    ) -> Result<ObjectReader, Stop> {
        let (first, rest) = match &object.body {
            BodyPlace::One(blob) => (Some((*blob, span)), None),
            BodyPlace::Parts { table, .. } => {
                let (mut parts, mut start) = (VecDeque::new(), 0);
                for (part, blob) in self.part_table(table).await? {
                    let end = start + part.length;
                    let (from, to) = (span.start.max(start), span.end.min(end));
                    if from < to {
                        parts.push_back((blob, ByteSpan { start: from - start, end: to - start }));
                    }
                    start = end;
                }
                (parts.pop_front(), Some(Rest { store: self.clone(), parts }))
            }
        };
        let current = match first {
            Some((blob, span)) if span.length() > 0 => Some(self.engine().read(&blob, span).await?),
            _ => None,
        };
        Ok(ObjectReader { current, rest, _pin: pin })
    }

    async fn part_span(&self, object: &Object, number: u16) -> Result<Option<PartSpan>, Stop> {
        let BodyPlace::Parts { table, .. } = &object.body else {
            let whole = ByteSpan::whole(object.summary.length);
            let part = PartSpan { span: whole, count: None, declared: object.summary.declared };
            return Ok((number == 1).then_some(part));
        };
        let parts = self.part_table(table).await?;
        let count = u16::try_from(parts.len()).ok();
        let mut start = 0;
        for (index, (part, _)) in parts.iter().enumerate() {
            // AWS counts the parts of an object from 1 without gaps.
            if index + 1 == usize::from(number) {
                let span = ByteSpan { start, end: start + part.length };
                return Ok(Some(PartSpan { span, count, declared: part.declared }));
            }
            start += part.length;
        }
        Ok(None)
    }

    async fn part_table(&self, table: &BlobRef) -> Result<Vec<(PartRow, BlobRef)>, Stop> {
        let mut reader = self.engine().read(table, ByteSpan::whole(table.length)).await?;
        let mut all = Vec::with_capacity(table.length as usize);
        while let Some(bytes) = reader.next().await? {
            all.extend_from_slice(&bytes);
        }
        decode_table(&all).map_err(Stop::For)
    }
}

fn kept_changing() -> StoreError {
    StoreError::Unavailable("the object kept changing".into())
}

impl Object {
    /// The upload that made it.
    #[cfg(test)]
    pub(crate) fn upload_id(&self) -> Option<UploadId> {
        match self.body {
            BodyPlace::One(_) => None,
            BodyPlace::Parts { upload, .. } => Some(upload),
        }
    }

    /// Whether this upload made it.
    pub(crate) fn is_of(&self, id: UploadId) -> bool {
        matches!(self.body, BodyPlace::Parts { upload, .. } if upload == id)
    }
}

/// Why nothing was read.
enum Stop {
    /// The object was moved or replaced: look again.
    Gone,
    For(StoreError),
}

impl From<EngineError> for Stop {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Gone => Self::Gone,
            other => Self::For(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_before_dates_and_the_future_says_nothing() {
        let at = |seconds: u64| Timestamp::from_millis(seconds * 1000);
        let summary = Summary {
            length: 0,
            modified: at(100),
            etag: ETag::of_body([1; 16]),
            crc64nvme: None,
            declared: None,
            declared_kind: None,
        };
        let (same, other) = (Some(summary.etag.quoted()), Some("\"etag123\"".to_owned()));
        let judge = |if_match: &Option<String>, if_none_match: &Option<String>, dates: [u64; 2]| {
            let date = |it: u64| (it > 0).then(|| at(it));
            let conditions = ReadConditions {
                if_match: if_match.clone(),
                if_none_match: if_none_match.clone(),
                if_modified_since: date(dates[0]),
                if_unmodified_since: date(dates[1]),
            };
            conditions.judge(&summary, at(200))
        };
        assert_eq!(judge(&other, &same, [150, 50]), Err(Unread::IfMatch));
        assert_eq!(judge(&None, &same, [150, 50]), Err(Unread::IfUnmodifiedSince));
        assert_eq!(judge(&same, &None, [0, 50]), Ok(()));
        assert_eq!(judge(&None, &same, [150, 0]), Err(Unread::IfNoneMatch));
        assert_eq!(judge(&None, &None, [100, 0]), Err(Unread::IfModifiedSince));
        assert_eq!(judge(&None, &other, [150, 0]), Ok(()));
        assert_eq!(judge(&None, &None, [201, 0]), Ok(()));
        assert_eq!(judge(&None, &None, [99, 100]), Ok(()));
    }
}
