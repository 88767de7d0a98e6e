//! Reading the log back, from the superblock's position on.
//!
//! Records are numbered without gaps. The log ends at the first record that isn't whole. In a
//! segment that another one follows, it must end exactly where the follower says that it goes on;
//! in the last one, a record behind the end that names a later one as synced proves that what is
//! broken was acknowledged: damage, not a torn tail, and nothing is opened.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use engine::io::{Disk, File, Open};

use crate::OpenError;
use crate::log::{self, SEGMENT_HEADER_BYTES, SegmentHeader};
use crate::place::{Place, Stored};
use crate::record::{self, Effect, HEADER_BYTES, Header};
use crate::segments::{self, Spent, Use};
use crate::shared::Counted;
use crate::superblock::Superblock;
use crate::table::{Slot, Table};

/// How much of a segment is read at once.
const READ_BYTES: usize = 1 << 20;
/// What a search for records checks in vain, at most, in bytes: a second's work or so.
const MISLED_BYTES_MAX: u64 = 4 << 30;

/// What the superblock and the log behind it say.
#[derive(Default)]
pub(crate) struct Recovered {
    pub(crate) superblock: Superblock,
    /// The rows that the log changed.
    pub(crate) table: Table,
    pub(crate) counted: Counted,
    pub(crate) uses: BTreeMap<u64, Use>,
    /// The last record.
    pub(crate) sequence: u64,
    /// Where the last records lie: no other says that they were synced.
    pub(crate) last_batch: Option<LastBatch>,
    /// Every segment, by number.
    pub(crate) segments: BTreeMap<u64, Arc<dyn File>>,
    /// Old ones that aren't what their name says.
    headless: HashSet<u64>,
    /// The last one, if its beginning was cut off: nothing was ever written to it.
    pub(crate) torn: Option<u64>,
    /// Extents that the log gave to rows, and those that it took from them.
    pub(crate) named: HashSet<u64>,
    pub(crate) freed: Vec<u64>,
    /// Bytes that were replayed.
    pub(crate) bytes: u64,
}

/// Records that were written with one write.
#[derive(Clone, Copy)]
pub(crate) struct LastBatch {
    pub(crate) segment: u64,
    pub(crate) from: u64,
    pub(crate) end: u64,
    /// What they name as the last one synced before them.
    synced: u64,
}

/// Replays the log. Changes nothing on disk.
pub(crate) fn replay(disk: &dyn Disk, superblock: Superblock) -> Result<Recovered, OpenError> {
    let mut recovered = Recovered {
        counted: Counted {
            counters: superblock.counters.clone(),
            frosts: superblock.frosts.clone(),
        },
        uses: superblock.segments.clone(),
        sequence: superblock.position.sequence,
        ..Recovered::default()
    };
    let position = superblock.position;
    recovered.superblock = superblock;
    let behind = find_segments(disk, &mut recovered)?;
    let first = behind.first().map(|(number, _)| *number);
    if position.segment > 0 && first != Some(position.segment) {
        return Err(OpenError::Damaged(format!("{} is missing", log::name(position.segment))));
    }
    for (index, (number, after)) in behind.iter().enumerate() {
        let is_start = *number == position.segment;
        if !is_start && recovered.sequence != *after {
            return Err(OpenError::Damaged(format!(
                "{} goes on behind record {after}, but the log before it ends at {}",
                log::name(*number),
                recovered.sequence
            )));
        }
        let start = if is_start { position.at } else { SEGMENT_HEADER_BYTES };
        let until = behind.get(index + 1).map(|(_, after)| *after);
        replay_segment(&mut recovered, *number, start, until)?;
    }
    for (number, bytes) in &recovered.uses {
        let is_there =
            recovered.segments.contains_key(number) && !recovered.headless.contains(number);
        if bytes.live > 0 && !is_there {
            return Err(OpenError::Damaged(format!(
                "{} is missing or another one, and {} bytes of it are alive",
                log::name(*number),
                bytes.live
            )));
        }
    }
    Ok(recovered)
}

/// Opens all segments; those that are to be replayed, each with the last record before it.
fn find_segments(disk: &dyn Disk, recovered: &mut Recovered) -> Result<Vec<(u64, u64)>, OpenError> {
    let mut numbers: Vec<u64> =
        disk.list(log::FOLDER)?.iter().filter_map(|it| log::number_of(it)).collect();
    numbers.sort_unstable();
    let replay_from = recovered.superblock.position.segment;
    let mut behind = Vec::new();
    for number in &numbers {
        let file = disk.open(&log::name(*number), Open::Existing)?;
        match log::read_header(&*file, *number)? {
            SegmentHeader::OtherFormat => return Err(OpenError::Format(log::name(*number))),
            SegmentHeader::After(after) => {
                if *number >= replay_from {
                    behind.push((*number, after));
                }
            }
            // Its file may have become another segment's, under a name that came back in a crash.
            // Whether something in it lives is known when the log has been replayed.
            SegmentHeader::Torn if *number < replay_from => {
                recovered.headless.insert(*number);
            }
            // The start that began it was cut off before it could write anything.
            SegmentHeader::Torn if Some(number) == numbers.last() => {
                if Window::new(&*file)?.next_record(*number, SEGMENT_HEADER_BYTES)?.is_some() {
                    return Err(OpenError::Damaged(format!("{}: no header", log::name(*number))));
                }
                recovered.torn = Some(*number);
                continue;
            }
            SegmentHeader::Torn => {
                return Err(OpenError::Damaged(format!("{}: no header", log::name(*number))));
            }
        }
        recovered.uses.entry(*number).or_default();
        recovered.segments.insert(*number, file);
    }
    Ok(behind)
}

fn replay_segment(
    recovered: &mut Recovered,
    number: u64,
    start: u64,
    until: Option<u64>,
) -> Result<(), OpenError> {
    let file = Arc::clone(&recovered.segments[&number]);
    let mut window = Window::new(&*file)?;
    let mut at = start;
    while until.is_none_or(|it| recovered.sequence < it) {
        match window.record(number, at)? {
            Some((header, body)) if header.sequence == recovered.sequence + 1 => {
                let effect = record::effect(body).ok_or_else(|| {
                    OpenError::Damaged(format!("{}: record at {at}", log::name(number)))
                })?;
                let end = at + header.stride();
                enter(recovered, number, at..end, effect);
                let batch = recovered.last_batch.filter(|it| {
                    it.segment == number && it.synced == header.synced // One sync, one number.
                });
                let from = batch.map_or(at, |it| it.from);
                recovered.last_batch =
                    Some(LastBatch { segment: number, from, end, synced: header.synced });
                recovered.sequence = header.sequence;
                recovered.bytes += header.stride();
                at = end;
            }
            _ if until.is_some() => return Ok(()),
            _ => return no_acknowledged_tail(&mut window, number, at, recovered.sequence),
        }
    }
    Ok(())
}

fn enter(recovered: &mut Recovered, segment: u64, range: std::ops::Range<u64>, effect: Effect) {
    let end = range.end;
    let born = effect.born(segment, range);
    segments::enter(&mut recovered.uses, &Spent { segment, end, born, dead: &effect.dead });
    recovered.counted.enter(&effect);
    recovered.freed.extend(&effect.extents);
    let slots = effect.rows.into_iter().map(|(key, row)| {
        let stored = row.map(|row| Stored { home: segment, row });
        (key, Slot { stored, below: true })
    });
    let slots: Vec<_> = slots.collect();
    for blob in slots.iter().filter_map(|(_, it)| it.stored.as_ref()).flat_map(|it| &it.row.blobs) {
        if let Some(Place::Extent { id }) = Place::of(blob) {
            recovered.named.insert(id);
        }
    }
    recovered.table.enter(slots);
}

/// Looks behind the end of the log for a record that proves that its end was acknowledged.
fn no_acknowledged_tail(
    window: &mut Window<'_>,
    number: u64,
    end: u64,
    sequence: u64,
) -> Result<(), OpenError> {
    let mut at = end + 8;
    while let Some((found, header)) = window.next_record(number, at)? {
        if header.synced > sequence {
            return Err(OpenError::Damaged(format!(
                "{}: the record at {end} is broken, but record {} behind it says that it was synced",
                log::name(number),
                header.sequence
            )));
        }
        at = found + header.stride();
    }
    Ok(())
}

/// A stretch of a segment in memory that moves forward.
pub(crate) struct Window<'a> {
    file: &'a dyn File,
    pub(crate) length: u64,
    start: u64,
    bytes: Vec<u8>,
    /// Bytes of what looked like a record and wasn't whole.
    misled: u64,
}

impl<'a> Window<'a> {
    pub(crate) fn new(file: &'a dyn File) -> std::io::Result<Self> {
        Ok(Self { file, length: file.length()?, start: 0, bytes: Vec::new(), misled: 0 })
    }

    /// The whole record at a place, if there is one.
    pub(crate) fn record(
        &mut self,
        segment: u64,
        at: u64,
    ) -> std::io::Result<Option<(Header, &[u8])>> {
        let Some(header) = self.get(at, HEADER_BYTES)? else { return Ok(None) };
        let Some(header) = Header::read(header.try_into().expect("its length")) else {
            return Ok(None);
        };
        // Together with the header, so that the window never moves past where a search goes on.
        let Some(whole) = self.get(at, HEADER_BYTES + header.body_bytes)? else {
            return Ok(None);
        };
        if !header.fits(segment, &whole[HEADER_BYTES..]) {
            self.misled += header.body_bytes as u64;
            return Ok(None);
        }
        let whole = self.get(at, HEADER_BYTES + header.body_bytes)?;
        Ok(whole.map(|it| (header, &it[HEADER_BYTES..])))
    }

    /// The first whole record at a place or behind it, and where it is. It isn't looked for without
    /// end: an object may be made of what looks like the beginnings of long records.
    pub(crate) fn next_record(
        &mut self,
        segment: u64,
        from: u64,
    ) -> std::io::Result<Option<(u64, Header)>> {
        let mut at = from;
        while at + HEADER_BYTES as u64 <= self.length && self.misled < MISLED_BYTES_MAX {
            if let Some((header, _)) = self.record(segment, at)? {
                return Ok(Some((at, header)));
            }
            at += 8;
        }
        Ok(None)
    }

    pub(crate) fn get(&mut self, at: u64, count: usize) -> std::io::Result<Option<&[u8]>> {
        let end = at + count as u64;
        if end > self.length {
            return Ok(None);
        }
        if at < self.start || end > self.start + self.bytes.len() as u64 {
            let bytes = (count + READ_BYTES).min((self.length - at) as usize);
            self.bytes.resize(bytes, 0);
            self.start = at;
            self.file.read_at(&mut self.bytes, at)?;
        }
        let from = (at - self.start) as usize;
        Ok(Some(&self.bytes[from..from + count]))
    }
}

#[cfg(test)]
mod tests {
    use std::io::IoSlice;

    use engine::sim::disk::SimDisk;

    use super::*;

    #[test]
    fn bytes_made_to_look_like_records_keep_a_search_busy_for_a_moment_only() {
        let disk = SimDisk::new(1);
        let file = disk.open("made-up", Open::New).unwrap();
        let length = 4 << 20;
        // Headers of records half as long as the file, one at each place where there may be one.
        let header = (u64::from(record::MAGIC) | (length / 2) << 32).to_le_bytes();
        file.write_at(&[IoSlice::new(&header.repeat(length as usize / 8))], 0).unwrap();
        let mut window = Window::new(&*file).unwrap();
        assert_eq!(window.next_record(1, SEGMENT_HEADER_BYTES).unwrap(), None);
        assert!(window.misled < MISLED_BYTES_MAX + length, "{}", window.misled);
    }
}
