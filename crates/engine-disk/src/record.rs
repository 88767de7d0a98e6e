//! A record of the log: docs/formats/log.md, byte by byte.
//!
//! ```text
//! magic u32 | body length u32 | sequence u64 | synced u64 | crc64nvme u64 of all that and the body
//! ```
//! The checksum also covers the segment's number, so that a record copied into another segment by a
//! disk gone wrong isn't taken for one of its own. Records begin at multiples of 8.

use bytes::Bytes;
use engine::book::Effect;
use engine::{BlobRef, CounterId, Row, Space};

/// Bytes before a record's body.
pub(crate) const HEADER_BYTES: usize = 32;
const MAGIC: u32 = 0x4f4e_5247;
/// Longest body: a change has a bounded number of rows and one small body each.
pub(crate) const BODY_BYTES_MAX: usize = 256 << 20;

/// A record's header, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) body_bytes: usize,
    pub(crate) sequence: u64,
    /// Every record up to this was synced before this one was written.
    pub(crate) synced: u64,
    checksum: u64,
}

impl Header {
    pub(crate) fn read(bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("8 bytes"));
        let body_bytes = (number(0) >> 32) as usize;
        let plausible = number(0) as u32 == MAGIC && body_bytes <= BODY_BYTES_MAX;
        plausible.then(|| Self {
            body_bytes,
            sequence: number(8),
            synced: number(16),
            checksum: number(24),
        })
    }

    /// Whether this header and body are what was written.
    pub(crate) fn fits(&self, segment: u64, body: &[u8]) -> bool {
        self.checksum == checksum(segment, self.body_bytes, self.sequence, self.synced, body)
    }

    /// Where the next record begins, from the start of this one.
    pub(crate) fn stride(&self) -> u64 {
        (HEADER_BYTES + self.body_bytes).next_multiple_of(8) as u64
    }
}

fn checksum(segment: u64, body_bytes: usize, sequence: u64, synced: u64, body: &[u8]) -> u64 {
    let mut digest = crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc64Nvme);
    for number in [segment, body_bytes as u64, sequence, synced] {
        digest.update(&number.to_le_bytes());
    }
    digest.update(body);
    digest.finalize()
}

/// Appends a whole record to a batch.
pub(crate) fn append(
    batch: &mut Vec<u8>,
    segment: u64,
    (sequence, synced): (u64, u64),
    body: &[u8],
) {
    debug_assert_eq!(batch.len() % 8, 0, "records begin at multiples of 8");
    batch.extend_from_slice(&MAGIC.to_le_bytes());
    batch.extend_from_slice(&(body.len() as u32).to_le_bytes());
    batch.extend_from_slice(&sequence.to_le_bytes());
    batch.extend_from_slice(&synced.to_le_bytes());
    let checksum = checksum(segment, body.len(), sequence, synced, body);
    batch.extend_from_slice(&checksum.to_le_bytes());
    batch.extend_from_slice(body);
    batch.resize(batch.len().next_multiple_of(8), 0);
}

/// A record's body: small bodies first (so that their places are known before the rows that name
/// them are written), then the effect.
pub(crate) struct Body(pub(crate) Vec<u8>);

impl Body {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a small body; where it begins in the record's body.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> u64 {
        let at = self.0.len() as u64;
        self.0.extend_from_slice(bytes);
        at
    }

    /// Ends with the effect, and with where it begins.
    pub(crate) fn finish(mut self, effect: &Effect) -> Vec<u8> {
        let at = self.0.len() as u64;
        let out = &mut self.0;
        number(out, effect.rows.len() as u64);
        for (key, row) in &effect.rows {
            text(out, key);
            match row {
                None => out.push(0),
                Some(row) => {
                    out.push(1);
                    text(out, &row.value);
                    number(out, row.blobs.len() as u64);
                    row.blobs.iter().for_each(|it| out.extend_from_slice(&it.encode()));
                }
            }
        }
        number(out, effect.count.len() as u64);
        for (space, counter, by) in &effect.count {
            number(out, space.0);
            out.push(counter.0);
            number(out, *by as u64);
        }
        number(out, effect.freeze.len() as u64);
        for (space, frozen) in &effect.freeze {
            number(out, space.0);
            out.push(u8::from(*frozen));
        }
        number(out, effect.forget.len() as u64);
        effect.forget.iter().for_each(|it| number(out, it.0));
        number(out, effect.free.len() as u64);
        effect.free.iter().for_each(|it| out.extend_from_slice(&it.encode()));
        number(out, at);
        self.0
    }
}

fn number(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Reads a body's effect; none if it isn't one, which a checksum that fits makes our own mistake.
pub(crate) fn effect(body: &[u8]) -> Option<Effect> {
    let (rest, at) = body.split_last_chunk::<8>()?;
    let mut reader = Reader(rest.get(usize::try_from(u64::from_le_bytes(*at)).ok()?..)?);
    let mut effect = Effect::default();
    for _ in 0..reader.number()? {
        let key = reader.text()?;
        let row = match reader.byte()? {
            0 => None,
            _ => {
                let value = reader.text()?;
                let count = reader.number()?;
                let blobs = (0..count).map(|_| reader.blob()).collect::<Option<Vec<_>>>()?;
                Some(Row { value, blobs })
            }
        };
        effect.rows.push((key, row));
    }
    for _ in 0..reader.number()? {
        let space = Space(reader.number()?);
        effect.count.push((space, CounterId(reader.byte()?), reader.number()? as i64));
    }
    for _ in 0..reader.number()? {
        effect.freeze.push((Space(reader.number()?), reader.byte()? == 1));
    }
    for _ in 0..reader.number()? {
        effect.forget.push(Space(reader.number()?));
    }
    for _ in 0..reader.number()? {
        effect.free.push(reader.blob()?);
    }
    Some(effect)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<Bytes> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length).map(Bytes::copy_from_slice)
    }

    fn blob(&mut self) -> Option<BlobRef> {
        let bytes = self.take(BlobRef::ENCODED_BYTES)?.try_into().ok()?;
        Some(BlobRef::decode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_back_and_a_changed_one_isnt() {
        let blob = BlobRef { length: 3, place: [7; 32] };
        let effect_in = Effect {
            rows: vec![
                ("k".into(), Some(Row { value: "v".into(), blobs: vec![blob] })),
                ("gone".into(), None),
            ],
            count: vec![(Space(1), CounterId(2), -3)],
            freeze: vec![(Space(4), true), (Space(5), false)],
            forget: vec![Space(6)],
            free: vec![blob],
        };
        let mut body = Body::new();
        assert_eq!(body.push(b"small"), 0);
        assert_eq!(body.push(b"other"), 5);
        let mut batch = Vec::new();
        append(&mut batch, 9, (5, 4), &body.finish(&effect_in));
        assert_eq!(batch.len() % 8, 0);
        let read = |batch: &[u8], segment| {
            let header = Header::read(batch[..HEADER_BYTES].try_into().unwrap())?;
            let body = batch.get(HEADER_BYTES..HEADER_BYTES + header.body_bytes)?;
            header.fits(segment, body).then(|| effect(body)).flatten()
        };
        assert_eq!(read(&batch, 9), Some(effect_in));
        assert_eq!(read(&batch, 8), None, "a record of another segment");
        let body_bytes =
            Header::read(batch[..HEADER_BYTES].try_into().unwrap()).unwrap().body_bytes;
        for at in 0..HEADER_BYTES + body_bytes {
            let mut changed = batch.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed, 9), None, "byte {at}");
        }
    }

    #[test]
    fn any_bytes_are_an_effect_or_none() {
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length).map(|it| (it * 7 % 5) as u8).collect();
            let _ = effect(&bytes);
        }
    }
}
