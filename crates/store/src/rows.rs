//! What rows hold, byte by byte: little-endian numbers, texts behind their length. The first byte is
//! the row's format.

use bytes::Bytes;
use engine::BlobRef;
use types::{AccountId, Checksum, ChecksumAlgorithm, ChecksumKind, ETag, Timestamp};

use crate::error::StoreError;
use crate::multipart::UploadId;
use crate::object::{Details, Summary};

const FORMAT: u8 = 4;

/// Longest head row, in bytes: a listing reads a thousand of them. Details that don't fit go to an
/// overflow row.
pub(crate) const HEAD_BYTES_MAX: usize = 4096;

/// Counters of a bucket's space.
pub(crate) const OBJECTS: engine::CounterId = engine::CounterId(0);
pub(crate) const BYTES: engine::CounterId = engine::CounterId(1);

/// Where a bucket is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Active,
    /// Somebody deletes it, and has until then. `by` names the attempt: no two marks are alike, so
    /// a removal that expects one never happens under another.
    Deleting {
        until: Timestamp,
        by: u64,
    },
}

/// A bucket's name row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BucketRow {
    pub(crate) space: u64,
    pub(crate) owner: AccountId,
    pub(crate) created: Timestamp,
    pub(crate) location: String,
    pub(crate) life: Life,
    /// How often somebody tried to delete it: the epoch of its space's last freeze or thaw.
    pub(crate) attempt: u64,
}

impl BucketRow {
    pub(crate) fn encode(&self) -> Bytes {
        let mut row = Encoder::new();
        row.number(self.space);
        row.text(self.owner.as_str());
        row.number(self.created.millis());
        row.text(&self.location);
        let (until, by) = match self.life {
            Life::Active => (0, 0),
            Life::Deleting { until, by } => (until.millis(), by),
        };
        row.number(until);
        row.number(by);
        row.number(self.attempt);
        row.done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self {
            space: row.number()?,
            owner: row.text()?.parse().map_err(|_| damaged())?,
            created: Timestamp::from_millis(row.number()?),
            location: row.text()?,
            life: match (row.number()?, row.number()?) {
                (0, _) => Life::Active,
                (until, by) => Life::Deleting { until: Timestamp::from_millis(until), by },
            },
            attempt: row.number()?,
        })
    }
}

/// A head row, but for the details: all that a write, a deletion and a listing need, read without
/// an allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Names the write: tells whether a change whose answer was lost has happened, and whether an
    /// overflow row belongs to this head. New tags leave it: they aren't another object.
    pub(crate) write: u64,
    /// The upload that made it: its part rows own the bytes, the one blob here is the part table.
    pub(crate) upload: Option<UploadId>,
    pub(crate) summary: Summary,
    /// The details stand in the overflow row.
    pub(crate) overflows: bool,
}

/// A head as rows: the head row's value, and the overflow row's if there must be one.
pub(crate) struct HeadRows {
    pub(crate) head: Bytes,
    pub(crate) overflow: Option<Bytes>,
}

impl Head {
    /// `overflows` is found out here.
    pub(crate) fn encode(&self, details: &Details) -> HeadRows {
        let mut head = Encoder::new();
        head.number(self.write);
        head.upload(self.upload);
        head.summary(&self.summary);
        if head.0.len() + 1 + details.encoded_bytes() <= HEAD_BYTES_MAX {
            head.0.push(0);
            head.details(details);
            return HeadRows { head: head.done(), overflow: None };
        }
        head.0.push(1);
        let mut overflow = Encoder::new();
        overflow.number(self.write);
        overflow.details(details);
        HeadRows { head: head.done(), overflow: Some(overflow.done()) }
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::read(&mut Decoder::new(bytes)?)
    }

    fn read(row: &mut Decoder<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            write: row.number()?,
            upload: row.upload()?,
            summary: row.summary()?,
            overflows: row.byte()? == 1,
        })
    }

    /// With the details, unless they overflow.
    pub(crate) fn decode_whole(bytes: &[u8]) -> Result<(Self, Option<Box<Details>>), StoreError> {
        let mut row = Decoder::new(bytes)?;
        let head = Self::read(&mut row)?;
        let details = if head.overflows { None } else { Some(row.details()?) };
        Ok((head, details))
    }

    /// The details of an overflow row, if it is this head's.
    pub(crate) fn decode_overflow(&self, bytes: &[u8]) -> Result<Option<Box<Details>>, StoreError> {
        let mut row = Decoder::new(bytes)?;
        if row.number()? != self.write {
            return Ok(None);
        }
        row.details().map(Some)
    }
}

/// An open upload's row in its key's group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UploadRow {
    /// Grows when a sealed gate is opened again: see `multipart`.
    pub(crate) attempt: u64,
    pub(crate) initiated: Timestamp,
    pub(crate) algorithm: Option<ChecksumAlgorithm>,
    pub(crate) kind: Option<ChecksumKind>,
    /// The write of the object that was there when it began; 0 if there was none.
    pub(crate) replaces: u64,
    /// What the object will have.
    pub(crate) details: Details,
    /// Who began it; empty in rows from before that was kept.
    pub(crate) initiator: String,
}

impl UploadRow {
    pub(crate) fn encode(&self) -> Bytes {
        let mut row = Encoder::new();
        row.number(self.attempt);
        row.number(self.initiated.millis());
        row.0.push(self.algorithm.map_or(0, |it| it as u8));
        row.0.push(kind_number(self.kind));
        row.number(self.replaces);
        row.details(&self.details);
        row.text(&self.initiator);
        row.done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self {
            attempt: row.number()?,
            initiated: Timestamp::from_millis(row.number()?),
            algorithm: ChecksumAlgorithm::from_number(row.byte()?),
            kind: kind_of(row.byte()?),
            replaces: row.number()?,
            details: *row.details()?,
            initiator: if row.0.is_empty() { String::new() } else { row.text()? },
        })
    }
}

/// An upload's gate, in its parts group: parts are taken while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gate {
    /// Never goes back.
    pub(crate) attempt: u64,
    pub(crate) open: bool,
}

impl Gate {
    pub(crate) fn encode(self) -> Bytes {
        let mut row = Encoder::new();
        row.number(self.attempt);
        row.0.push(u8::from(self.open));
        row.done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let mut row = Decoder::new(bytes)?;
        Ok(Self { attempt: row.number()?, open: row.byte()? == 1 })
    }
}

/// The numbers of an upload's parts that no object is made of.
pub(crate) fn encode_numbers(numbers: &[u16]) -> Bytes {
    let mut row = Encoder::new();
    for number in numbers {
        row.0.extend_from_slice(&number.to_le_bytes());
    }
    row.done()
}

pub(crate) fn decode_numbers(bytes: &[u8]) -> Result<Vec<u16>, StoreError> {
    let mut row = Decoder::new(bytes)?;
    let mut numbers = Vec::with_capacity(row.0.len() / 2);
    while !row.0.is_empty() {
        numbers.push(row.short()?);
    }
    Ok(numbers)
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
    pub(crate) fn encode(&self) -> Bytes {
        let mut row = Encoder::new();
        row.part(self);
        row.done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        Decoder::new(bytes)?.part()
    }
}

/// A part table: what a multipart object consists of, in order.
pub(crate) fn encode_table(parts: &[(PartRow, BlobRef)]) -> Bytes {
    let mut table = Encoder::new();
    table.0.reserve(parts.len() * 128);
    table.number(parts.len() as u64);
    for (part, blob) in parts {
        table.part(part);
        table.0.extend_from_slice(&blob.encode());
    }
    table.done()
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
    /// With room for a plain head: most rows need no second allocation.
    fn new() -> Self {
        let mut row = Vec::with_capacity(256);
        row.push(FORMAT);
        Self(row)
    }

    fn done(self) -> Bytes {
        self.0.into()
    }

    fn upload(&mut self, id: Option<UploadId>) {
        self.0.push(u8::from(id.is_some()));
        if let Some(id) = id {
            self.0.extend_from_slice(&id.0.to_le_bytes());
        }
    }

    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        let length = u16::try_from(text.len()).expect("headers and keys are shorter than 64 KiB");
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn etag(&mut self, etag: ETag) {
        self.0.extend_from_slice(&etag.md5());
        self.0.extend_from_slice(&etag.parts().unwrap_or(0).to_le_bytes());
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

    fn summary(&mut self, summary: &Summary) {
        self.number(summary.length);
        self.number(summary.modified.millis());
        self.etag(summary.etag);
        self.checksum(summary.crc64nvme);
        self.checksum(summary.declared);
        self.0.push(kind_number(summary.declared_kind));
    }

    /// As long as [`Details::encoded_bytes`] says.
    fn details(&mut self, details: &Details) {
        for header in details.headers.all() {
            self.0.push(u8::from(header.is_some()));
            if let Some(text) = header {
                self.text(text);
            }
        }
        let count = u16::try_from(details.user.len()).expect("details are shorter than 64 KiB");
        self.0.extend_from_slice(&count.to_le_bytes());
        self.0.push(u8::try_from(details.tags.len()).expect("there are few tags"));
        for (name, value) in details.user.iter().chain(&details.tags) {
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

    fn etag(&mut self) -> Result<ETag, StoreError> {
        let md5 = self.md5()?;
        Ok(match self.short()? {
            0 => ETag::of_body(md5),
            parts => ETag::of_parts(md5, parts),
        })
    }

    fn upload(&mut self) -> Result<Option<UploadId>, StoreError> {
        if self.byte()? == 0 {
            return Ok(None);
        }
        let id = self.take(16)?.try_into().expect("16 bytes");
        Ok(Some(UploadId(u128::from_le_bytes(id))))
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

    fn summary(&mut self) -> Result<Summary, StoreError> {
        Ok(Summary {
            length: self.number()?,
            modified: Timestamp::from_millis(self.number()?),
            etag: self.etag()?,
            crc64nvme: self.checksum()?,
            declared: self.checksum()?,
            declared_kind: kind_of(self.byte()?),
        })
    }

    /// Read where they stay: they are large, and handed on a few times.
    fn details(&mut self) -> Result<Box<Details>, StoreError> {
        let mut details = Box::<Details>::default();
        for header in details.headers.all_mut() {
            if self.byte()? == 1 {
                *header = Some(self.text()?);
            }
        }
        let (user, tags) = (usize::from(self.short()?), usize::from(self.byte()?));
        details.user = self.pairs(user)?;
        details.tags = self.pairs(tags)?;
        Ok(details)
    }

    fn pairs(&mut self, count: usize) -> Result<Vec<(String, String)>, StoreError> {
        (0..count).map(|_| Ok((self.text()?, self.text()?))).collect()
    }
}

#[cfg(test)]
mod tests;
