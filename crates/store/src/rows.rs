//! What rows hold, byte by byte: little-endian numbers, texts behind their length. The first byte is
//! the row's format.

use engine::BlobRef;
use types::{AccountId, Checksum, ChecksumAlgorithm, ChecksumKind, ETag, Timestamp};

use crate::error::StoreError;
use crate::multipart::UploadId;
use crate::object::ObjectMeta;

const FORMAT: u8 = 1;

/// Counters of a bucket's space.
pub(crate) const OBJECTS: engine::CounterId = engine::CounterId(0);
pub(crate) const BYTES: engine::CounterId = engine::CounterId(1);

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
    fn all(&self) -> [&Option<String>; 6] {
        [
            &self.content_type,
            &self.content_encoding,
            &self.content_language,
            &self.content_disposition,
            &self.cache_control,
            &self.expires,
        ]
    }
}

/// Where a bucket is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Active,
    /// Somebody deletes it, and has until then.
    Deleting(Timestamp),
}

/// A bucket's name row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BucketRow {
    pub(crate) space: u64,
    pub(crate) owner: AccountId,
    pub(crate) created: Timestamp,
    pub(crate) location: String,
    pub(crate) life: Life,
}

impl BucketRow {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut row = Encoder::new();
        row.number(self.space);
        row.text(self.owner.as_str());
        row.number(self.created.millis());
        row.text(&self.location);
        row.number(match self.life {
            Life::Active => 0,
            Life::Deleting(until) => until.millis(),
        });
        row.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self {
            space: row.number()?,
            owner: row.text()?.parse().map_err(|_| damaged())?,
            created: Timestamp::from_millis(row.number()?),
            location: row.text()?,
            life: match row.number()? {
                0 => Life::Active,
                until => Life::Deleting(Timestamp::from_millis(until)),
            },
        })
    }
}

/// A head row: the current version of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadRow {
    /// Names the write: tells whether a change whose answer was lost has happened.
    pub(crate) write: u64,
    pub(crate) meta: ObjectMeta,
    /// The upload that made it: its part rows own the bytes, the one blob here is the part table.
    pub(crate) upload: Option<UploadId>,
}

impl HeadRow {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut row = Encoder::new();
        row.number(self.write);
        row.number(self.upload.map_or(0, |it| it.0));
        row.meta(&self.meta);
        row.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self {
            write: row.number()?,
            upload: Some(row.number()?).filter(|it| *it != 0).map(UploadId),
            meta: row.meta()?,
        })
    }
}

/// An upload's row in its key's group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UploadRow {
    /// What the object will have; length, ETag and checksums come with the completion.
    pub(crate) meta: ObjectMeta,
    pub(crate) algorithm: Option<ChecksumAlgorithm>,
    pub(crate) kind: Option<ChecksumKind>,
    /// Set once it was completed: the answer to a repeat.
    pub(crate) completed: Option<ETag>,
}

impl UploadRow {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut row = Encoder::new();
        row.0.push(self.algorithm.map_or(0, |it| it as u8));
        row.0.push(kind_number(self.kind));
        row.etag(self.completed);
        row.meta(&self.meta);
        row.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self {
            algorithm: ChecksumAlgorithm::from_number(row.byte()?),
            kind: kind_of(row.byte()?),
            completed: row.etag()?,
            meta: row.meta()?,
        })
    }
}

/// A part: in its own row, and in a part table with the place of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartRow {
    pub(crate) number: u16,
    pub(crate) length: u64,
    pub(crate) md5: [u8; 16],
    pub(crate) modified: Timestamp,
    pub(crate) crc64nvme: Checksum,
    pub(crate) declared: Option<Checksum>,
}

impl PartRow {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut row = Encoder::new();
        row.part(self);
        row.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        Decoder::new(bytes)?.part()
    }
}

/// A part table: what a multipart object consists of, in order.
pub(crate) fn encode_table(parts: &[(PartRow, BlobRef)]) -> Vec<u8> {
    let mut table = Encoder::new();
    table.number(parts.len() as u64);
    for (part, blob) in parts {
        table.part(part);
        table.0.extend_from_slice(&blob.encode());
    }
    table.0
}

pub(crate) fn decode_table(bytes: &[u8]) -> Result<Vec<(PartRow, BlobRef)>, StoreError> {
    let mut table = Decoder::new(bytes)?;
    let count = table.number()?;
    (0..count)
        .map(|_| {
            let part = table.part()?;
            let blob = table.take(BlobRef::ENCODED_BYTES)?;
            Ok((part, BlobRef::decode(blob.try_into().expect("just so many"))))
        })
        .collect()
}

fn kind_number(kind: Option<ChecksumKind>) -> u8 {
    match kind {
        None => 0,
        Some(ChecksumKind::FullObject) => 1,
        Some(ChecksumKind::Composite) => 2,
    }
}

fn kind_of(number: u8) -> Option<ChecksumKind> {
    match number {
        1 => Some(ChecksumKind::FullObject),
        2 => Some(ChecksumKind::Composite),
        _ => None,
    }
}

fn damaged() -> StoreError {
    StoreError::Damaged("a row can't be read".into())
}

struct Encoder(Vec<u8>);

impl Encoder {
    fn new() -> Self {
        Self(vec![FORMAT])
    }

    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        let length = u16::try_from(text.len()).expect("headers and keys are shorter than 64 KiB");
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn etag(&mut self, etag: Option<ETag>) {
        self.0.push(u8::from(etag.is_some()));
        if let Some(etag) = etag {
            self.0.extend_from_slice(&etag.md5());
            self.0.extend_from_slice(&etag.parts().unwrap_or(0).to_le_bytes());
        }
    }

    fn checksum(&mut self, sum: Option<Checksum>) {
        self.0.push(sum.map_or(0, |it| it.algorithm() as u8));
        self.0.extend_from_slice(sum.as_ref().map_or(&[][..], Checksum::as_bytes));
    }

    fn part(&mut self, part: &PartRow) {
        self.0.extend_from_slice(&part.number.to_le_bytes());
        self.number(part.length);
        self.0.extend_from_slice(&part.md5);
        self.number(part.modified.millis());
        self.checksum(Some(part.crc64nvme));
        self.checksum(part.declared);
    }

    fn meta(&mut self, meta: &ObjectMeta) {
        self.number(meta.length);
        self.number(meta.modified.millis());
        self.etag(Some(meta.etag));
        self.checksum(meta.crc64nvme);
        self.checksum(meta.declared);
        self.0.push(kind_number(meta.declared_kind));
        for header in meta.headers.all() {
            self.0.push(u8::from(header.is_some()));
            if let Some(text) = header {
                self.text(text);
            }
        }
        self.number(meta.user.len() as u64);
        for (name, value) in &meta.user {
            self.text(name);
            self.text(value);
        }
    }
}

struct Decoder<'a>(&'a [u8]);

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, StoreError> {
        match bytes.split_first() {
            Some((&FORMAT, rest)) => Ok(Self(rest)),
            _ => Err(damaged()),
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], StoreError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, StoreError> {
        Ok(self.take(1)?[0])
    }

    fn short(&mut self) -> Result<u16, StoreError> {
        Ok(u16::from_le_bytes(self.take(2)?.try_into().expect("2 bytes")))
    }

    fn number(&mut self) -> Result<u64, StoreError> {
        Ok(u64::from_le_bytes(self.take(8)?.try_into().expect("8 bytes")))
    }

    fn text(&mut self) -> Result<String, StoreError> {
        let length = usize::from(self.short()?);
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| damaged())
    }

    fn md5(&mut self) -> Result<[u8; 16], StoreError> {
        Ok(self.take(16)?.try_into().expect("16 bytes"))
    }

    fn etag(&mut self) -> Result<Option<ETag>, StoreError> {
        if self.byte()? == 0 {
            return Ok(None);
        }
        let md5 = self.md5()?;
        Ok(Some(match self.short()? {
            0 => ETag::of_body(md5),
            parts => ETag::of_parts(md5, parts),
        }))
    }

    fn checksum(&mut self) -> Result<Option<Checksum>, StoreError> {
        let number = self.byte()?;
        if number == 0 {
            return Ok(None);
        }
        let algorithm = ChecksumAlgorithm::from_number(number).ok_or_else(damaged)?;
        Ok(Checksum::new(algorithm, self.take(algorithm.bytes())?))
    }

    fn part(&mut self) -> Result<PartRow, StoreError> {
        Ok(PartRow {
            number: self.short()?,
            length: self.number()?,
            md5: self.md5()?,
            modified: Timestamp::from_millis(self.number()?),
            crc64nvme: self.checksum()?.ok_or_else(damaged)?,
            declared: self.checksum()?,
        })
    }

    fn meta(&mut self) -> Result<ObjectMeta, StoreError> {
        let mut meta = ObjectMeta {
            length: self.number()?,
            modified: Timestamp::from_millis(self.number()?),
            etag: self.etag()?.ok_or_else(damaged)?,
            crc64nvme: self.checksum()?,
            declared: self.checksum()?,
            declared_kind: kind_of(self.byte()?),
            headers: Headers::default(),
            user: Vec::new(),
        };
        let headers = &mut meta.headers;
        for header in [
            &mut headers.content_type,
            &mut headers.content_encoding,
            &mut headers.content_language,
            &mut headers.content_disposition,
            &mut headers.cache_control,
            &mut headers.expires,
        ] {
            if self.byte()? == 1 {
                *header = Some(self.text()?);
            }
        }
        for _ in 0..self.number()? {
            meta.user.push((self.text()?, self.text()?));
        }
        Ok(meta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta() -> ObjectMeta {
        let sum =
            |algorithm: ChecksumAlgorithm| Checksum::new(algorithm, &vec![7; algorithm.bytes()]);
        ObjectMeta {
            length: 5,
            modified: Timestamp::from_millis(9),
            etag: ETag::of_parts([3; 16], 2),
            crc64nvme: sum(ChecksumAlgorithm::Crc64Nvme),
            declared: sum(ChecksumAlgorithm::Sha256),
            declared_kind: Some(ChecksumKind::FullObject),
            headers: Headers { expires: Some("soon".into()), ..Headers::default() },
            user: vec![("name".into(), "옹기".into())],
        }
    }

    #[test]
    fn rows_are_read_back() {
        let head = HeadRow { write: 1, meta: meta(), upload: Some(UploadId(4)) };
        assert_eq!(HeadRow::decode(&head.encode()).unwrap(), head);
        let upload = UploadRow {
            meta: meta(),
            algorithm: Some(ChecksumAlgorithm::Crc32),
            kind: Some(ChecksumKind::Composite),
            completed: Some(ETag::of_parts([1; 16], 1)),
        };
        assert_eq!(UploadRow::decode(&upload.encode()).unwrap(), upload);
        let bucket = BucketRow {
            space: 3,
            owner: AccountId::from_number(1),
            created: Timestamp::from_millis(4),
            location: "eu-west-1".into(),
            life: Life::Deleting(Timestamp::from_millis(5)),
        };
        assert_eq!(BucketRow::decode(&bucket.encode()).unwrap(), bucket);
        let part = PartRow {
            number: 10_000,
            length: 5,
            md5: [2; 16],
            modified: Timestamp::from_millis(6),
            crc64nvme: meta().crc64nvme.unwrap(),
            declared: None,
        };
        let table = vec![(part, BlobRef { length: 5, place: [9; 32] }); 3];
        assert_eq!(decode_table(&encode_table(&table)).unwrap(), table);
    }

    #[test]
    fn cut_rows_are_damage() {
        let whole = HeadRow { write: 1, meta: meta(), upload: None }.encode();
        for length in 0..whole.len() {
            assert!(matches!(HeadRow::decode(&whole[..length]), Err(StoreError::Damaged(_))));
        }
    }
}
