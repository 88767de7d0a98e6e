//! Writing and deleting objects.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use engine::{BlobRef, BlobWriter, Group, NewBlob, Purpose, SizeHint};
use types::{Checksum, ChecksumKind, ETag, ObjectKey, Timestamp};

use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::head::NewHead;
use crate::{Store, to_the_end, write_number};

/// Most bytes of user metadata, names and values together ("Working with object metadata", S3 User
/// Guide).
pub const METADATA_BYTES_MAX: usize = 2048;
/// Most bytes of system headers and user metadata together, as a row keeps them: a row's value is
/// at most 64 KiB.
pub const DETAILS_BYTES_MAX: usize = 60 << 10;

/// Most tags of an object ("Categorizing your objects using tags", S3 User Guide).
pub const TAGS_MAX: usize = 10;

/// The system headers that an object keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`, without `aws-chunked`.
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Expires`, as it was sent.
    pub expires: Option<String>,
}

impl Headers {
    /// In the order of their rows.
    pub(crate) fn all(&self) -> [&Option<String>; 6] {
        [
            &self.content_type,
            &self.content_encoding,
            &self.content_language,
            &self.content_disposition,
            &self.cache_control,
            &self.expires,
        ]
    }

    pub(crate) fn all_mut(&mut self) -> [&mut Option<String>; 6] {
        [
            &mut self.content_type,
            &mut self.content_encoding,
            &mut self.content_language,
            &mut self.content_disposition,
            &mut self.cache_control,
            &mut self.expires,
        ]
    }
}

/// What the client says of an object and only gets back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// System headers.
    pub headers: Headers,
    /// User metadata: names in lower case without `x-amz-meta-`, and values.
    pub user: Vec<(String, String)>,
    /// Tags, in the order in which they were given; at most [`TAGS_MAX`].
    pub tags: Vec<(String, String)>,
}

impl Details {
    /// Refuses what no row holds.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        assert!(self.tags.len() <= TAGS_MAX, "whoever takes tags counts them");
        match self.encoded_bytes() <= DETAILS_BYTES_MAX {
            true => Ok(()),
            false => Err(StoreError::MetadataTooLarge),
        }
    }

    /// Bytes in a row: texts behind their length, a byte for each header that there may be.
    pub(crate) fn encoded_bytes(&self) -> usize {
        let headers = self.headers.all().into_iter();
        let headers: usize = headers.map(|it| 1 + it.as_ref().map_or(0, |it| 2 + it.len())).sum();
        let pairs = self.user.iter().chain(&self.tags);
        let pairs: usize = pairs.map(|(name, value)| 4 + name.len() + value.len()).sum();
        headers + 2 + 1 + pairs
    }
}

/// What a listing shows of an object, and its checksums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// When it was written.
    pub modified: Timestamp,
}

pub(crate) fn key_group(bucket: &Bucket, key: &ObjectKey) -> Group {
    Group::new(bucket.space, Bytes::copy_from_slice(key.as_str().as_bytes()))
}

/// Takes the bytes of one object. Dropping it leaves nothing.
pub struct PutWriter {
    store: Store,
    bucket: Arc<Bucket>,
    group: Group,
    body: Body,
}

enum Body {
    /// May still fit into the change.
    Small(Kept),
    Large(Box<dyn BlobWriter>),
}

/// A small body; one that came in one piece is never copied.
enum Kept {
    Nothing,
    Piece(Bytes),
    Pieces(BytesMut),
}

impl Kept {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Piece(bytes) => bytes.len(),
            Self::Pieces(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, bytes: Bytes) {
        *self = match std::mem::replace(self, Self::Nothing) {
            Self::Nothing => Self::Piece(bytes),
            Self::Piece(first) => {
                let mut all = BytesMut::with_capacity(2 * (first.len() + bytes.len()));
                all.extend_from_slice(&first);
                all.extend_from_slice(&bytes);
                Self::Pieces(all)
            }
            Self::Pieces(mut all) => {
                all.extend_from_slice(&bytes);
                Self::Pieces(all)
            }
        };
    }

    fn take(&mut self) -> Bytes {
        match std::mem::replace(self, Self::Nothing) {
            Self::Nothing => Bytes::new(),
            Self::Piece(bytes) => bytes,
            Self::Pieces(bytes) => bytes.freeze(),
        }
    }
}

impl Store {
    /// Begins to write an object; `length` in bytes, if the client announced it.
    pub async fn begin_put(
        &self,
        bucket: &Arc<Bucket>,
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
            _ => Body::Small(Kept::Nothing),
        };
        Ok(PutWriter { store: self.clone(), bucket: Arc::clone(bucket), group, body })
    }

    /// Deletes an object. Deleting what isn't there is fine, unless a condition asks for it.
    pub async fn delete(
        &self,
        bucket: &Arc<Bucket>,
        key: &ObjectKey,
        condition: Precondition,
    ) -> Result<(), StoreError> {
        self.remove_head(bucket, &key_group(bucket, key), condition).await
    }
}

impl PutWriter {
    /// Appends bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        if let Body::Small(kept) = &mut self.body {
            if kept.len() + bytes.len() <= self.store.engine().inline_bytes_max() {
                kept.push(bytes);
                return Ok(());
            }
            let hint = SizeHint { length: None, purpose: Purpose::Movable };
            let mut writer = self.store.engine().begin(&self.group, hint).await?;
            writer.write(kept.take()).await?;
            self.body = Body::Large(writer);
        }
        if let Body::Large(writer) = &mut self.body {
            writer.write(bytes).await?;
        }
        Ok(())
    }

    /// Makes what was written the object, durably, if the condition holds.
    pub async fn commit(
        self,
        digests: Digests,
        details: Details,
        condition: Precondition,
    ) -> Result<Committed, StoreError> {
        let Self { store, bucket, group, body } = self;
        details.check()?;
        let (etag, modified) = (ETag::of_body(digests.md5), store.now());
        let committed = Committed { etag, length: digests.length, modified };
        let summary = Summary {
            length: digests.length,
            modified,
            etag,
            crc64nvme: Some(digests.crc64nvme),
            declared: digests.declared,
            declared_kind: digests.declared.map(|_| ChecksumKind::FullObject),
        };
        let new_head = move |blob| NewHead::new(write_number(), None, summary, &details, blob);
        match body {
            Body::Small(mut kept) => {
                let head = new_head(NewBlob::Inline(kept.take()));
                store.commit_head(&bucket, &group, &head, condition, None).await?;
            }
            // A sealed blob without a row stays until the process ends: a commit that was begun
            // ends, though nobody may be waiting for it any more.
            Body::Large(writer) => {
                let work = async move {
                    let blob = writer.seal().await?;
                    let head = new_head(NewBlob::Ref(blob));
                    let done = store.commit_head(&bucket, &group, &head, condition, None).await;
                    store.discard_after(&done, blob);
                    done
                };
                to_the_end(work).await?;
            }
        }
        Ok(committed)
    }
}

impl Store {
    /// Gives a blob up if the change that named it certainly didn't happen.
    pub(crate) fn discard_after<T>(&self, done: &Result<T, StoreError>, blob: BlobRef) {
        match done {
            // It may have happened, or may yet.
            Ok(_) | Err(StoreError::Unavailable(_) | StoreError::Slow(_)) => {}
            Err(_) => self.engine().discard(blob),
        }
    }
}
