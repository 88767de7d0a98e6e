//! The superblock: from where the log has to be replayed over the index, and what was counted there.
//!
//! Two files, `superblock.0` and `superblock.1`. A new one is written over the older of them, so that
//! one is whole whatever happens. docs/formats/superblock.md has it byte by byte.

use std::collections::BTreeMap;
use std::io::{self, IoSlice};

use engine::io::{Disk, Open};
use engine::{CounterId, Frost, Space};

use crate::OpenError;
use crate::crc;
use crate::segments::Use;

/// What this version reads and writes.
const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"ONGGISUP";
/// Longest superblock: 10^6 buckets' counters fit. A longer one is never written, for no start would read it,
/// and the log that it stands for would be given up.
const BYTES_MAX: u64 = if cfg!(test) { 1 << 20 } else { 256 << 20 };

/// A place in the log: behind it is what the index doesn't hold yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) segment: u64,
    /// Where the next record begins.
    pub(crate) at: u64,
    /// The last record before it.
    pub(crate) sequence: u64,
}

/// A finished checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Superblock {
    /// The checkpoint's number, which the index's run carries too.
    pub(crate) number: u64,
    pub(crate) position: Position,
    /// The counters at the position.
    pub(crate) counters: BTreeMap<(Space, CounterId), i64>,
    /// What was last said of freezing each space.
    pub(crate) frosts: BTreeMap<Space, Frost>,
    /// Live and used bytes by segment, at the position.
    pub(crate) segments: BTreeMap<u64, Use>,
    /// The next extent's id, at the position.
    pub(crate) next_extent: u64,
    /// Extents begun before that which no row named yet.
    pub(crate) open_extents: Vec<u64>,
}

/// One of the two files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    #[default]
    Zero,
    One,
}

impl Side {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Zero => Self::One,
            Self::One => Self::Zero,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Zero => "superblock.0",
            Self::One => "superblock.1",
        }
    }
}

impl Superblock {
    /// The newest one that is whole, and where it stands; none in a new folder.
    pub(crate) fn read(disk: &dyn Disk) -> Result<Option<(Self, Side)>, OpenError> {
        let mut newest: Option<(Self, Side)> = None;
        let mut broken = false;
        for side in [Side::Zero, Side::One] {
            match read_copy(disk, side.name())? {
                Copy::Absent => {}
                Copy::Broken => broken = true,
                Copy::OtherFormat => return Err(OpenError::Format(side.name().into())),
                Copy::Whole(block) => {
                    if newest.as_ref().is_none_or(|(it, _)| it.number < block.number) {
                        newest = Some((block, side));
                    }
                }
            }
        }
        // The very first one may have been cut off, before anything else was written.
        let in_use = || -> io::Result<bool> { Ok(!disk.list(crate::log::FOLDER)?.is_empty()) };
        if newest.is_none() && broken && in_use()? {
            return Err(OpenError::Damaged("neither superblock can be read".into()));
        }
        Ok(newest)
    }

    /// Writes it to a side, which must not be where the newest one stands, unless that is this very one.
    /// Durable when this returns.
    pub(crate) fn write(&self, disk: &dyn Disk, side: Side) -> io::Result<()> {
        let block = self.encode();
        if block.len() as u64 > BYTES_MAX {
            let why = format!("a superblock of {} bytes, more than {BYTES_MAX}", block.len());
            return Err(io::Error::other(why));
        }
        let name = side.name();
        let file = match disk.open(name, Open::Existing) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => disk.open(name, Open::New)?,
            opened => opened?,
        };
        file.write_at(&[IoSlice::new(&block)], 0)?;
        file.sync()?;
        // Even if it was there: whoever made it may have been killed before its name was durable.
        disk.sync_folder("")
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut number = |it: u64| out.extend_from_slice(&it.to_le_bytes());
        number(self.number);
        number(self.position.segment);
        number(self.position.at);
        number(self.position.sequence);
        number(self.counters.len() as u64);
        for ((space, counter), sum) in &self.counters {
            number(space.0);
            number(u64::from(counter.0));
            number(*sum as u64);
        }
        number(self.frosts.len() as u64);
        for (space, frost) in &self.frosts {
            number(space.0);
            number(frost.epoch);
            number(u64::from(frost.thawed));
        }
        number(self.segments.len() as u64);
        for (segment, bytes) in &self.segments {
            number(*segment);
            number(bytes.live);
            number(bytes.used);
        }
        number(self.next_extent);
        number(self.open_extents.len() as u64);
        self.open_extents.iter().for_each(|it| number(*it));
        let mut block = Vec::with_capacity(out.len() + 32);
        block.extend_from_slice(MAGIC);
        block.extend_from_slice(&FORMAT.to_le_bytes());
        block.extend_from_slice(&(out.len() as u32).to_le_bytes());
        block.extend_from_slice(&out);
        let sum = crc(&block);
        block.extend_from_slice(&sum.to_le_bytes());
        block
    }

    fn decode(body: &[u8]) -> Option<Self> {
        let (numbers, rest) = body.as_chunks::<8>();
        if !rest.is_empty() {
            return None;
        }
        let mut numbers = numbers.iter().map(|it| u64::from_le_bytes(*it));
        let mut next = || numbers.next();
        let mut block = Self {
            number: next()?,
            position: Position { segment: next()?, at: next()?, sequence: next()? },
            ..Self::default()
        };
        for _ in 0..next()? {
            let key = (Space(next()?), CounterId(u8::try_from(next()?).ok()?));
            block.counters.insert(key, next()? as i64);
        }
        for _ in 0..next()? {
            let space = Space(next()?);
            let frost = Frost { epoch: next()?, thawed: next()? == 1 };
            block.frosts.insert(space, frost);
        }
        for _ in 0..next()? {
            block.segments.insert(next()?, Use { live: next()?, used: next()? });
        }
        block.next_extent = next()?;
        for _ in 0..next()? {
            block.open_extents.push(next()?);
        }
        Some(block)
    }
}

enum Copy {
    Absent,
    Broken,
    OtherFormat,
    Whole(Superblock),
}

fn read_copy(disk: &dyn Disk, name: &str) -> Result<Copy, OpenError> {
    let file = match disk.open(name, Open::Existing) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Copy::Absent),
        opened => opened?,
    };
    let mut bytes = vec![0; file.length()?.min(BYTES_MAX) as usize];
    file.read_at(&mut bytes, 0)?;
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes"));
    if bytes.len() < 16 || bytes[..8] != *MAGIC {
        return Ok(Copy::Broken);
    }
    if number(8) != FORMAT {
        return Ok(Copy::OtherFormat);
    }
    let end = 16 + number(12) as usize;
    let Some(sum) = bytes.get(end..end + 8) else { return Ok(Copy::Broken) };
    if *sum != crc(&bytes[..end]).to_le_bytes() {
        return Ok(Copy::Broken);
    }
    Ok(Superblock::decode(&bytes[16..end]).map_or(Copy::Broken, Copy::Whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::sim::disk::SimDisk;

    fn block(number: u64) -> Superblock {
        Superblock {
            number,
            position: Position { segment: 4, at: 64, sequence: 100 + number },
            counters: [((Space(7), CounterId(1)), -5)].into(),
            frosts: BTreeMap::from([(Space(9), Frost::freeze(3))]),
            segments: [(3, Use { live: 10, used: 20 })].into(),
            next_extent: 8,
            open_extents: vec![2, 5],
        }
    }

    #[test]
    fn the_newest_one_is_read_back() {
        let disk = SimDisk::new(1);
        assert_eq!(Superblock::read(&disk).unwrap(), None);
        let mut side = Side::Zero;
        // A number is left out by a start whose index was ahead.
        for number in [0, 1, 3, 4] {
            block(number).write(&disk, side).unwrap();
            assert_eq!(Superblock::read(&disk).unwrap(), Some((block(number), side)));
            side = side.other();
        }
    }

    #[test]
    fn one_that_is_cut_off_leaves_the_one_before() {
        for seed in 0..50 {
            let disk = SimDisk::new(seed);
            block(1).write(&disk, Side::Zero).unwrap();
            block(2).write(&disk, Side::One).unwrap();
            disk.cut_after(disk.operations() + 1);
            let _ = block(3).write(&disk, Side::Zero);
            let (found, _) = Superblock::read(&disk.crash()).unwrap().unwrap();
            assert!(found == block(2) || found == block(3), "seed {seed}: {found:?}");
        }
    }

    #[test]
    fn the_longest_is_read_back_and_a_longer_one_is_not_written() {
        let disk = SimDisk::new(1);
        let mut longest = block(1);
        let room = (BYTES_MAX as usize - longest.encode().len()) / 8;
        longest.open_extents.extend((0..room).map(|it| it as u64));
        longest.write(&disk, Side::Zero).unwrap();
        let mut longer = Superblock { number: 2, ..longest.clone() };
        longer.open_extents.push(7);
        assert!(longer.write(&disk, Side::One).is_err());
        assert_eq!(Superblock::read(&disk).unwrap(), Some((longest, Side::Zero)));
    }

    #[test]
    fn a_bit_that_turned_over_is_found() {
        let bytes = block(1).encode();
        for bit in 0..bytes.len() as u64 * 8 {
            let disk = SimDisk::new(1);
            block(1).write(&disk, Side::One).unwrap();
            disk.flip_bit(Side::One.name(), bit);
            assert!(!matches!(Superblock::read(&disk), Ok(Some(_))), "bit {bit}");
        }
    }
}
