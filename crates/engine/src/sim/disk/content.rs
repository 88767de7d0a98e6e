//! What a file holds: for readers, on the disk, and in between.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::SECTOR_BYTES;
use crate::sim::SeededRandom;

type Sector = Arc<[u8; SECTOR_BYTES as usize]>;

/// Bytes, sparse: a sector that is absent is zeros.
#[derive(Clone, Default)]
struct Image {
    length: u64,
    sectors: BTreeMap<u64, Sector>,
}

/// A file's bytes.
#[derive(Default)]
pub(super) struct Content {
    /// What readers see.
    cached: Image,
    /// What is on the disk for certain.
    durable: Image,
    /// What each sector held since the last sync, oldest first.
    unsynced: BTreeMap<u64, Vec<Sector>>,
    /// The lengths that the file had since the last sync, ascending.
    unsynced_lengths: Vec<u64>,
}

impl Content {
    pub(super) fn length(&self) -> u64 {
        self.cached.length
    }

    pub(super) fn read(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        if offset.saturating_add(buffer.len() as u64) > self.cached.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for piece in pieces(offset, buffer.len()) {
            let into = &mut buffer[piece.at..][..piece.length];
            match self.cached.sectors.get(&piece.sector) {
                Some(sector) => into.copy_from_slice(&sector[piece.within..][..piece.length]),
                None => into.fill(0),
            }
        }
        Ok(())
    }

    pub(super) fn write(&mut self, bytes: &[u8], offset: u64) {
        if bytes.is_empty() {
            return;
        }
        for piece in pieces(offset, bytes.len()) {
            let mut sector = self.cached.sector(piece.sector);
            sector[piece.within..][..piece.length]
                .copy_from_slice(&bytes[piece.at..][..piece.length]);
            let sector = Arc::new(sector);
            self.cached.sectors.insert(piece.sector, Arc::clone(&sector));
            self.unsynced.entry(piece.sector).or_default().push(sector);
        }
        self.extend(offset + bytes.len() as u64);
    }

    /// Makes the file at least this long.
    pub(super) fn extend(&mut self, length: u64) {
        self.cached.length = self.cached.length.max(length);
        // Also if readers were shown as much before, and a failed sync lost it.
        let known = self.unsynced_lengths.last().copied().unwrap_or(self.durable.length);
        if length > known {
            self.unsynced_lengths.push(length);
        }
    }

    pub(super) fn sync(&mut self) {
        for (number, mut versions) in std::mem::take(&mut self.unsynced) {
            let last = versions.pop().expect("an unsynced sector was written");
            self.durable.sectors.insert(number, last);
        }
        if let Some(length) = self.unsynced_lengths.drain(..).next_back() {
            self.durable.length = length;
        }
    }

    /// Some of it arrives, the rest is forgotten; readers don't notice.
    pub(super) fn fail_sync(&mut self, random: &mut SeededRandom) {
        self.durable = self.survivor(random, 50);
        self.unsynced.clear();
        self.unsynced_lengths.clear();
    }

    /// The file as it is found after a crash.
    pub(super) fn after_crash(&self, random: &mut SeededRandom, keep_percent: u64) -> Self {
        let found = self.survivor(random, keep_percent);
        Self { cached: found.clone(), durable: found, ..Self::default() }
    }

    pub(super) fn flip_bit(&mut self, bit: u64) {
        assert!(bit / 8 < self.cached.length, "the bit lies behind the end");
        let (number, within) = (bit / 8 / SECTOR_BYTES, (bit / 8 % SECTOR_BYTES) as usize);
        let flip = |sector: &mut Sector| Arc::make_mut(sector)[within] ^= 1 << (bit % 8);
        for image in [&mut self.cached, &mut self.durable] {
            flip(image.sectors.entry(number).or_insert_with(zeros));
        }
        if let Some(versions) = self.unsynced.get_mut(&number) {
            versions.iter_mut().for_each(flip);
        }
    }

    fn survivor(&self, random: &mut SeededRandom, keep_percent: u64) -> Image {
        let mut image = self.durable.clone();
        for (number, versions) in &self.unsynced {
            if random.percent(keep_percent) {
                image.sectors.insert(*number, Arc::clone(random.pick(versions)));
            }
        }
        if !self.unsynced_lengths.is_empty() && random.percent(keep_percent) {
            image.length = *random.pick(&self.unsynced_lengths);
        }
        image.cut_at_length();
        image
    }
}

impl Image {
    fn sector(&self, number: u64) -> [u8; SECTOR_BYTES as usize] {
        self.sectors.get(&number).map_or([0; SECTOR_BYTES as usize], |it| **it)
    }

    /// Behind its end a file holds nothing that growing it could bring back.
    fn cut_at_length(&mut self) {
        let (last, within) = (self.length / SECTOR_BYTES, (self.length % SECTOR_BYTES) as usize);
        self.sectors.split_off(&(last + u64::from(within > 0)));
        if within > 0
            && let Some(sector) = self.sectors.get_mut(&last)
        {
            Arc::make_mut(sector)[within..].fill(0);
        }
    }
}

fn zeros() -> Sector {
    Arc::new([0; SECTOR_BYTES as usize])
}

/// The part of a stretch of bytes that lies in one sector.
struct Piece {
    sector: u64,
    /// Where in the sector.
    within: usize,
    /// Where in the stretch.
    at: usize,
    length: usize,
}

fn pieces(offset: u64, length: usize) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let place = offset + at as u64;
        let within = (place % SECTOR_BYTES) as usize;
        let piece_length = (length - at).min(SECTOR_BYTES as usize - within);
        let piece = Piece { sector: place / SECTOR_BYTES, within, at, length: piece_length };
        at += piece_length;
        (piece_length > 0).then_some(piece)
    })
}
