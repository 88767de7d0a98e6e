//! A record of the log: docs/formats/log.md, byte by byte.
//!
//! ```text
//! magic u32 | body length u32 | sequence u64 | synced u64 | crc64nvme u64 of all that and the body
//! ```
//! The checksum also covers the segment's number, which is never used again: neither what a recycled
//! segment still holds, nor a record copied into another segment by a disk gone wrong, is taken for
//! one of its own. Records begin at multiples of 8.
//!
//! A record's body is the small bodies first (so that their places are known before the rows that
//! name them are written), then the effect, then where the effect begins.

use std::io;

use bytes::Bytes;
use engine::{BlobRef, CounterId, Frost, Row, Space};

use crate::log::PAGE_BYTES;
use crate::pages::Pages;
use crate::place::{Place, row_bytes};

/// Bytes before a record's body.
pub(crate) const HEADER_BYTES: usize = 32;
pub(crate) const MAGIC: u32 = 0x4f4e_5247;
/// Longest body: a change has a bounded number of rows and one small body each.
pub(crate) const BODY_BYTES_MAX: usize = 256 << 20;

/// What a change does, with nothing left to decide. Rows can be entered twice; what else it says
/// counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    /// Rows by encoded key: written, or removed if none.
    pub(crate) rows: Vec<(Bytes, Option<Row>)>,
    /// Counters and by how much.
    pub(crate) count: Vec<(Space, CounterId, i64)>,
    /// Spaces that freeze or thaw.
    pub(crate) freeze: Vec<(Space, Frost)>,
    /// Spaces whose counters end.
    pub(crate) forget: Vec<Space>,
    /// Bytes of segments that nothing refers to any more.
    pub(crate) dead: Vec<(u64, u64)>,
    /// Extents that no row owns any more.
    pub(crate) extents: Vec<u64>,
}

impl Effect {
    /// The bytes that came alive with the record that stands at `range` of a segment: its rows, and
    /// those of their bodies that lie in the record itself. Saturates: what is read may say anything.
    pub(crate) fn born(&self, segment: u64, range: std::ops::Range<u64>) -> u64 {
        let rows = self.rows.iter().filter_map(|(key, row)| Some((key, row.as_ref()?)));
        let bytes = rows.map(|(key, row)| {
            let bodies = row.blobs.iter().filter(|it| match Place::of(it) {
                Some(Place::Log { segment: of, at, .. }) => of == segment && range.contains(&at),
                _ => false,
            });
            bodies.fold(row_bytes(key, row), |sum, it| sum.saturating_add(it.length))
        });
        bytes.fold(0, u64::saturating_add)
    }
}

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
    let mut head = [0; HEADER_BYTES];
    for (bytes, number) in
        head.chunks_exact_mut(8).zip([segment, body_bytes as u64, sequence, synced])
    {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    digest.update(&head);
    digest.update(body);
    digest.finalize()
}

/// Records that are written with one write, in whole pages: it begins with what the segment's last page
/// holds already, which is written again with the same bytes.
pub(crate) struct Batch {
    pages: Pages,
    segment: u64,
    /// Where in the segment the pages begin.
    start: u64,
    /// Bytes of them that were written before.
    written: usize,
}

impl Batch {
    /// For the records of a segment, behind its header.
    pub(crate) fn behind(segment: u64, header: &[u8]) -> Self {
        let mut pages = Pages::default();
        pages.push(header);
        Self { pages, segment, start: 0, written: header.len() }
    }

    /// Goes on in another segment, keeping the memory.
    pub(crate) fn go_on_behind(&mut self, segment: u64, header: &[u8]) {
        self.pages.resize(0);
        self.pages.push(header);
        (self.segment, self.start, self.written) = (segment, 0, header.len());
    }

    /// Takes back the records that weren't written.
    pub(crate) fn restart(&mut self) {
        self.pages.resize(self.written);
    }

    /// Where in the segment the next record will begin.
    pub(crate) fn end(&self) -> u64 {
        self.start + self.pages.len() as u64
    }

    /// Bytes of records to be written.
    pub(crate) fn record_bytes(&self) -> usize {
        self.pages.len() - self.written
    }

    /// Has whole pages written at a place in the segment, with zeros behind the last record, and goes on
    /// behind that record; if it can't be written, nothing has changed.
    pub(crate) fn write(
        &mut self,
        write: impl FnOnce(&[u8], u64) -> io::Result<()>,
    ) -> io::Result<()> {
        let length = self.pages.len();
        self.pages.resize(length.next_multiple_of(PAGE_BYTES));
        let done = write(self.pages.as_slice(), self.start);
        self.pages.resize(length);
        done?;
        let whole = length / PAGE_BYTES * PAGE_BYTES;
        self.pages.drop_before(whole);
        self.pages.shrink_to(KEPT_BYTES);
        self.start += whole as u64;
        self.written = self.pages.len();
        Ok(())
    }

    /// Begins a record; [`Writing::finish`] ends it, and a record that isn't ended is taken back.
    pub(crate) fn record(&mut self) -> Writing<'_> {
        debug_assert_eq!(self.pages.len() % 8, 0, "records begin at multiples of 8");
        let at = self.pages.len();
        self.pages.resize(at + HEADER_BYTES);
        Writing { batch: self, at, finished: false }
    }
}

/// Most bytes that a batch keeps for the next one.
const KEPT_BYTES: usize = 4 << 20;

/// A record that is being written.
pub(crate) struct Writing<'a> {
    batch: &'a mut Batch,
    at: usize,
    finished: bool,
}

impl Writing<'_> {
    /// Adds a small body; what a row says to name it. An empty one takes a byte, so that its place is
    /// its own: two blobs are never the same.
    pub(crate) fn body(&mut self, bytes: &[u8]) -> BlobRef {
        let at = self.batch.end();
        match bytes {
            [] => self.batch.pages.push(&[0]),
            _ => self.batch.pages.push(bytes),
        }
        Place::Log { segment: self.batch.segment, at, crc: crate::crc(bytes) }
            .blob(bytes.len() as u64)
    }

    /// Ends the record with its effect. The range of the segment that it takes.
    pub(crate) fn finish(
        mut self,
        sequence: u64,
        synced: u64,
        effect: &Effect,
    ) -> std::ops::Range<u64> {
        self.finished = true;
        let Self { batch, at, .. } = &mut self;
        let body = *at + HEADER_BYTES;
        let bodies = (batch.pages.len() - body) as u64;
        encode(&mut batch.pages, effect);
        number(&mut batch.pages, bodies);
        let body_bytes = batch.pages.len() - body;
        assert!(body_bytes <= BODY_BYTES_MAX, "a change has a bounded size");
        let (header, bytes) = batch.pages.as_mut_slice()[*at..].split_at_mut(HEADER_BYTES);
        let checksum = checksum(batch.segment, body_bytes, sequence, synced, bytes);
        header[..4].copy_from_slice(&MAGIC.to_le_bytes());
        header[4..8].copy_from_slice(&(body_bytes as u32).to_le_bytes());
        header[8..16].copy_from_slice(&sequence.to_le_bytes());
        header[16..24].copy_from_slice(&synced.to_le_bytes());
        header[24..].copy_from_slice(&checksum.to_le_bytes());
        let end = batch.pages.len().next_multiple_of(8);
        batch.pages.resize(end);
        batch.start + *at as u64..batch.start + end as u64
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.batch.pages.resize(self.at);
        }
    }
}

fn encode(out: &mut Pages, effect: &Effect) {
    number(out, effect.rows.len() as u64);
    for (key, row) in &effect.rows {
        text(out, key);
        match row {
            None => out.push(&[0]),
            Some(row) => {
                out.push(&[1]);
                text(out, &row.value);
                out.push(&[row.blobs.len() as u8]);
                row.blobs.iter().for_each(|it| out.push(&it.encode()));
            }
        }
    }
    number(out, effect.count.len() as u64);
    for (space, counter, by) in &effect.count {
        number(out, space.0);
        out.push(&[counter.0]);
        number(out, *by as u64);
    }
    number(out, effect.freeze.len() as u64);
    for (space, frost) in &effect.freeze {
        number(out, space.0);
        number(out, frost.epoch);
        out.push(&[u8::from(frost.thawed)]);
    }
    number(out, effect.forget.len() as u64);
    effect.forget.iter().for_each(|it| number(out, it.0));
    number(out, effect.dead.len() as u64);
    for (segment, bytes) in &effect.dead {
        number(out, *segment);
        number(out, *bytes);
    }
    number(out, effect.extents.len() as u64);
    effect.extents.iter().for_each(|it| number(out, *it));
}

fn number(out: &mut Pages, number: u64) {
    out.push(&number.to_le_bytes());
}

fn text(out: &mut Pages, bytes: &[u8]) {
    out.push(&(bytes.len() as u32).to_le_bytes());
    out.push(bytes);
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
                let count = reader.byte()?;
                let blobs = (0..count).map(|_| reader.blob()).collect::<Option<_>>()?;
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
        let space = Space(reader.number()?);
        effect.freeze.push((space, Frost { epoch: reader.number()?, thawed: reader.byte()? == 1 }));
    }
    for _ in 0..reader.number()? {
        effect.forget.push(Space(reader.number()?));
    }
    for _ in 0..reader.number()? {
        effect.dead.push((reader.number()?, reader.number()?));
    }
    for _ in 0..reader.number()? {
        effect.extents.push(reader.number()?);
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
        let length = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
        self.take(length as usize).map(Bytes::copy_from_slice)
    }

    fn blob(&mut self) -> Option<BlobRef> {
        let bytes = self.take(BlobRef::ENCODED_BYTES)?.try_into().ok()?;
        Some(BlobRef::decode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_effect() -> Effect {
        let blob = BlobRef { length: 3, place: [7; 32] };
        Effect {
            rows: vec![
                ("k".into(), Some(Row { value: "v".into(), blobs: [blob].into() })),
                ("gone".into(), None),
            ],
            count: vec![(Space(1), CounterId(2), -3)],
            freeze: vec![(Space(4), Frost::freeze(1)), (Space(5), Frost::thaw(7))],
            forget: vec![Space(6)],
            dead: vec![(3, 400)],
            extents: vec![8],
        }
    }

    #[test]
    fn a_record_is_read_back_and_a_changed_one_isnt() {
        let mut batch = Batch::behind(9, &[0; 64]);
        let mut record = batch.record();
        let first = record.body(b"small");
        let at = |blob: &BlobRef| match Place::of(blob) {
            Some(Place::Log { segment: 9, at, .. }) => at,
            other => panic!("{other:?}"),
        };
        assert_eq!(at(&first), 64 + HEADER_BYTES as u64);
        assert_eq!(at(&record.body(b"other")), 64 + HEADER_BYTES as u64 + 5);
        let range = record.finish(5, 4, &some_effect());
        assert_eq!(range, 64..batch.end());
        let bytes = &batch.pages.as_slice()[64..];
        assert_eq!(bytes.len() % 8, 0);
        let read = |bytes: &[u8], segment| {
            let header = Header::read(bytes[..HEADER_BYTES].try_into().unwrap())?;
            let body = bytes.get(HEADER_BYTES..HEADER_BYTES + header.body_bytes)?;
            header.fits(segment, body).then(|| effect(body)).flatten()
        };
        assert_eq!(read(bytes, 9), Some(some_effect()));
        assert_eq!(read(bytes, 8), None, "a record of another segment");
        let body_bytes =
            Header::read(bytes[..HEADER_BYTES].try_into().unwrap()).unwrap().body_bytes;
        for at in 0..HEADER_BYTES + body_bytes {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1;
            assert_eq!(read(&changed, 9), None, "byte {at}");
        }
    }

    #[test]
    fn empty_bodies_have_places_of_their_own() {
        let mut batch = Batch::behind(1, &[0; 64]);
        let mut record = batch.record();
        assert_ne!(record.body(b""), record.body(b""));
    }

    #[test]
    fn a_record_that_is_not_finished_leaves_nothing() {
        let mut batch = Batch::behind(1, &[0; 64]);
        batch.record().finish(1, 0, &some_effect());
        let before = batch.pages.as_slice().to_vec();
        batch.record().body(b"never named");
        assert_eq!(batch.pages.as_slice(), before);
        assert_eq!(batch.record_bytes(), before.len() - 64);
        batch.restart();
        assert_eq!((batch.record_bytes(), batch.end()), (0, 64));
    }

    #[test]
    fn batches_behind_each_other_are_whole_pages_and_nothing_of_them_is_lost() {
        let mut batch = Batch::behind(1, &[9; 64]);
        let (mut segment, mut wanted) = (vec![0; 16 * PAGE_BYTES], vec![9; 64]);
        // The last one fills its page to the last byte.
        let frame = {
            let mut record = batch.record();
            record.body(&[1; 8]);
            record.finish(1, 0, &some_effect());
            batch.record_bytes() - 8
        };
        batch.restart();
        let fill = |end: usize| end.next_multiple_of(PAGE_BYTES) + PAGE_BYTES - end - frame;
        for length in [Some(1), Some(4_000), Some(100), Some(9_000), Some(0), Some(20_000), None] {
            let length = length.unwrap_or_else(|| fill(wanted.len()));
            let from = batch.pages.len();
            let mut record = batch.record();
            record.body(&vec![length as u8; length]);
            record.finish(1, 0, &some_effect());
            wanted.extend_from_slice(&batch.pages.as_slice()[from..]);
            let refused = batch.write(|_, _| Err(io::ErrorKind::StorageFull.into()));
            assert!(refused.is_err(), "and it may be tried again");
            let written = batch.write(|bytes, at| {
                let whole = [bytes.as_ptr().addr(), bytes.len(), at as usize];
                assert!(whole.iter().all(|it| it.is_multiple_of(PAGE_BYTES)), "{whole:?}");
                segment[at as usize..][..bytes.len()].copy_from_slice(bytes);
                Ok(())
            });
            written.unwrap();
            assert_eq!((batch.record_bytes(), batch.end()), (0, wanted.len() as u64));
            assert_eq!(segment[..wanted.len()], wanted);
            assert!(segment[wanted.len()..].iter().all(|it| *it == 0));
        }
        assert_eq!(wanted.len() % PAGE_BYTES, 0);
        batch.go_on_behind(2, &[8; 64]);
        batch.record().finish(1, 0, &Effect::default());
        let first = batch.write(|bytes, at| {
            assert_eq!((&bytes[..64], &bytes[64..68], at), (&[8; 64][..], &b"GRNO"[..], 0));
            Ok(())
        });
        first.unwrap();
    }

    #[test]
    fn what_comes_alive_is_the_rows_and_the_bodies_in_the_record() {
        let mut batch = Batch::behind(2, &[0; 64]);
        let mut record = batch.record();
        let own = record.body(b"12345");
        let older = Place::Log { segment: 2, at: 10, crc: 0 }.blob(700);
        let row = Row { value: "v".into(), blobs: vec![own, older].into() };
        let effect = Effect { rows: vec![("k".into(), Some(row.clone()))], ..Effect::default() };
        let range = record.finish(1, 0, &effect);
        assert_eq!(effect.born(2, range), row_bytes(b"k", &row) + 5);
    }

    #[test]
    fn any_bytes_are_an_effect_or_none() {
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length).map(|it| (it * 7 % 5) as u8).collect();
            let _ = effect(&bytes);
        }
    }
}
