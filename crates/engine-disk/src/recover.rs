//! Reading the log back.
//!
//! Records are numbered without gaps. The log ends at the first record that isn't whole. In a
//! segment that another one follows, it must end exactly where the follower says that it goes on;
//! in the last one, a record behind the end that names a later one as synced proves that what is
//! broken was acknowledged: damage, not a torn tail, and nothing is opened.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::book::Book;
use engine::io::{Disk, File, Open};

use crate::OpenError;
use crate::log::{self, SEGMENT_HEADER_BYTES, SegmentHeader};
use crate::record::{self, HEADER_BYTES, Header};

/// How much of a segment is read at once.
const READ_BYTES: usize = 8 << 20;

/// What the log says.
pub(crate) struct Recovered {
    pub(crate) book: Book,
    /// The last record.
    pub(crate) sequence: u64,
    /// Every segment, by number.
    pub(crate) segments: BTreeMap<u64, Arc<dyn File>>,
}

/// Replays the whole log. Changes nothing on disk.
pub(crate) fn replay(disk: &dyn Disk) -> Result<Recovered, OpenError> {
    let mut numbers: Vec<u64> =
        disk.list(log::FOLDER)?.iter().filter_map(|it| log::number_of(it)).collect();
    numbers.sort_unstable();
    let mut segments = BTreeMap::new();
    let mut afters = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let file = disk.open(&log::name(*number), Open::Existing)?;
        match log::read_header(&*file, *number)? {
            SegmentHeader::After(after) => {
                afters.push((*number, after));
                segments.insert(*number, file);
            }
            SegmentHeader::OtherFormat => return Err(OpenError::Format(log::name(*number))),
            // The start that began it was cut off before it could write anything.
            SegmentHeader::Torn if index + 1 == numbers.len() => {}
            SegmentHeader::Torn => {
                return Err(OpenError::Damaged(format!("{}: no header", log::name(*number))));
            }
        }
    }
    let mut recovered = Recovered { book: Book::default(), sequence: 0, segments };
    for (index, (number, after)) in afters.iter().enumerate() {
        if recovered.sequence != *after {
            return Err(OpenError::Damaged(format!(
                "{} goes on behind record {after}, but the log before it ends at {}",
                log::name(*number),
                recovered.sequence
            )));
        }
        let until = afters.get(index + 1).map(|(_, after)| *after);
        replay_segment(&mut recovered, *number, until)?;
    }
    Ok(recovered)
}

fn replay_segment(
    recovered: &mut Recovered,
    number: u64,
    until: Option<u64>,
) -> Result<(), OpenError> {
    let file = Arc::clone(&recovered.segments[&number]);
    let mut window = Window::new(&*file)?;
    let mut at = SEGMENT_HEADER_BYTES;
    while until.is_none_or(|it| recovered.sequence < it) {
        match window.record(number, at)? {
            Some((header, body)) if header.sequence == recovered.sequence + 1 => {
                let effect = record::effect(body).ok_or_else(|| {
                    OpenError::Damaged(format!("{}: record at {at}", log::name(number)))
                })?;
                recovered.book.enter(&effect);
                recovered.sequence = header.sequence;
                at += header.stride();
            }
            _ if until.is_some() => return Ok(()),
            _ => return no_acknowledged_tail(&mut window, number, at, recovered.sequence),
        }
    }
    Ok(())
}

/// Looks behind the end of the log for a record that proves that its end was acknowledged.
fn no_acknowledged_tail(
    window: &mut Window<'_>,
    number: u64,
    end: u64,
    sequence: u64,
) -> Result<(), OpenError> {
    let mut at = end + 8;
    while at + HEADER_BYTES as u64 <= window.length {
        if let Some((header, _)) = window.record(number, at)?
            && header.synced > sequence
        {
            return Err(OpenError::Damaged(format!(
                "{}: the record at {end} is broken, but record {} behind it says that it was synced",
                log::name(number),
                header.sequence
            )));
        }
        at += 8;
    }
    Ok(())
}

/// A stretch of a file in memory that moves forward.
struct Window<'a> {
    file: &'a dyn File,
    length: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl<'a> Window<'a> {
    fn new(file: &'a dyn File) -> Result<Self, OpenError> {
        Ok(Self { file, length: file.length()?, start: 0, bytes: Vec::new() })
    }

    /// The whole record at a place, if there is one.
    fn record(&mut self, segment: u64, at: u64) -> Result<Option<(Header, &[u8])>, OpenError> {
        let Some(header) = self.get(at, HEADER_BYTES)? else { return Ok(None) };
        let Some(header) = Header::read(header.try_into().expect("its length")) else {
            return Ok(None);
        };
        let Some(body) = self.get(at + HEADER_BYTES as u64, header.body_bytes)? else {
            return Ok(None);
        };
        Ok(header.fits(segment, body).then_some((header, body)))
    }

    fn get(&mut self, at: u64, count: usize) -> Result<Option<&[u8]>, OpenError> {
        let end = at + count as u64;
        if end > self.length {
            return Ok(None);
        }
        if at < self.start || end > self.start + self.bytes.len() as u64 {
            let bytes = count.max(READ_BYTES).min((self.length - at) as usize);
            self.bytes.resize(bytes, 0);
            self.start = at;
            self.file.read_at(&mut self.bytes, at)?;
        }
        let from = (at - self.start) as usize;
        Ok(Some(&self.bytes[from..from + count]))
    }
}
