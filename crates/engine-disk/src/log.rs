//! Segments of the log on disk: `log/NUMBER.log`, never written again once another one follows.
//!
//! ```text
//! "ONGGILOG" | format u32 | 0 u32 | number u64 | after u64 | crc64nvme u64 of all that | 0 ... to 64
//! ```
//! `after` is the last sequence number before this segment: what stands behind it in an earlier one
//! was torn off by a crash, and was never acknowledged. A number is never used again, though a file is:
//! `log/NUMBER.spare` waits to become a segment and holds zeros or an old segment's records.

use std::io;
use std::sync::Arc;

use engine::io::{Disk, File, Open};

use crate::crc;
use crate::pages::Pages;

/// Bytes before a segment's first record.
pub(crate) const SEGMENT_HEADER_BYTES: u64 = 64;
/// What the kernel reads and writes files in; only whole ones go past its page cache.
pub(crate) const PAGE_BYTES: usize = 4096;
/// What this version reads and writes.
pub(crate) const FORMAT: u32 = 3;
const MAGIC: &[u8; 8] = b"ONGGILOG";
pub(crate) const FOLDER: &str = "log";

/// A segment's name below the engine's folder.
pub(crate) fn name(number: u64) -> String {
    format!("{FOLDER}/{number:016x}.log")
}

/// The number in a segment's file name.
pub(crate) fn number_of(file: &str) -> Option<u64> {
    u64::from_str_radix(file.strip_suffix(".log")?, 16).ok()
}

/// The name of a file that waits to become a segment.
pub(crate) fn spare_name(number: u64) -> String {
    format!("{FOLDER}/{number:016x}.spare")
}

/// The number in a spare file's name.
pub(crate) fn spare_number_of(file: &str) -> Option<u64> {
    u64::from_str_radix(file.strip_suffix(".spare")?, 16).ok()
}

/// What a segment's first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SegmentHeader {
    /// A segment behind this sequence number.
    After(u64),
    /// Of another format.
    OtherFormat,
    /// Not a header of this segment: its writing was cut off, or the file was another segment.
    Torn,
}

pub(crate) fn read_header(file: &dyn File, number: u64) -> io::Result<SegmentHeader> {
    let mut bytes = [0; SEGMENT_HEADER_BYTES as usize];
    if file.length()? < SEGMENT_HEADER_BYTES {
        return Ok(SegmentHeader::Torn);
    }
    file.read_at(&mut bytes, 0)?;
    let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("8 bytes"));
    if bytes[..8] != *MAGIC || word(32) != crc(&bytes[..32]) || word(16) != number {
        return Ok(SegmentHeader::Torn);
    }
    match u32::from_le_bytes(bytes[8..12].try_into().expect("4 bytes")) {
        FORMAT => Ok(SegmentHeader::After(word(24))),
        _ => Ok(SegmentHeader::OtherFormat),
    }
}

/// The segment that is written now. It is written past the page cache, in whole pages: to have the cache
/// take in a new page costs more than writing it, and what is read soon is at hand without it
/// ([`crate::cache::BodyCache`]).
pub(crate) struct Segment {
    pub(crate) number: u64,
    /// For those who read, once another segment follows.
    pub(crate) file: Arc<dyn File>,
    /// For the committer, and for those who read meanwhile.
    pub(crate) past_cache: Arc<dyn File>,
    /// Its first bytes.
    pub(crate) header: [u8; SEGMENT_HEADER_BYTES as usize],
    /// Where the next record goes.
    pub(crate) end: u64,
    /// Bytes that the file has, written or not.
    pub(crate) length: u64,
}

/// The file that a segment begins in.
#[derive(Clone, Copy)]
pub(crate) enum Ground {
    /// A spare of this number.
    Spare(u64),
    /// A new one, of so many bytes.
    New(u64),
}

/// Why a segment wasn't begun.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotBegun {
    /// The disk is full, say, or no file can be opened: later may be better.
    #[error("no new segment: {0}")]
    Refused(#[from] io::Error),
    /// What was written may be lost.
    #[error("no new segment: a sync failed: {0}")]
    SyncFailed(io::Error),
}

impl Segment {
    /// Begins a segment: when this returns, it is found after a crash. If it is refused, it may be begun
    /// again, on the same ground: nothing stands in it.
    pub(crate) fn begin(
        disk: &dyn Disk,
        number: u64,
        after: u64,
        ground: Ground,
    ) -> Result<Self, NotBegun> {
        let begun = Self::begin_on(disk, number, after, ground);
        if begun.is_err() {
            let _ = match ground {
                Ground::Spare(spare) => disk.rename(&name(number), &spare_name(spare)),
                Ground::New(_) => disk.remove(&name(number)),
            };
        }
        begun
    }

    fn begin_on(
        disk: &dyn Disk,
        number: u64,
        after: u64,
        ground: Ground,
    ) -> Result<Self, NotBegun> {
        let name = name(number);
        let (file, past_cache) = match ground {
            Ground::Spare(spare) => {
                let spare = spare_name(spare);
                let file = disk.open(&spare, Open::Existing)?;
                let past_cache = disk.open(&spare, Open::PastCache)?;
                disk.rename(&spare, &name)?;
                (file, past_cache)
            }
            Ground::New(bytes) => {
                let file = disk.open(&name, Open::New)?;
                // Space that is there already can't be missing in the middle of a record.
                file.allocate(bytes)?;
                (file, disk.open(&name, Open::PastCache)?)
            }
        };
        let header = header(number, after);
        let mut page = Pages::with_capacity(PAGE_BYTES);
        page.push(&header);
        page.resize(PAGE_BYTES);
        past_cache.write_past_cache_at(page.as_slice(), 0)?;
        past_cache.sync().and_then(|()| disk.sync_folder(FOLDER)).map_err(NotBegun::SyncFailed)?;
        let length = file.length()?;
        Ok(Self { number, file, past_cache, header, end: SEGMENT_HEADER_BYTES, length })
    }
}

fn header(number: u64, after: u64) -> [u8; SEGMENT_HEADER_BYTES as usize] {
    let mut header = [0; SEGMENT_HEADER_BYTES as usize];
    header[..8].copy_from_slice(MAGIC);
    header[8..12].copy_from_slice(&FORMAT.to_le_bytes());
    header[16..24].copy_from_slice(&number.to_le_bytes());
    header[24..32].copy_from_slice(&after.to_le_bytes());
    let sum = crc(&header[..32]);
    header[32..40].copy_from_slice(&sum.to_le_bytes());
    header
}
