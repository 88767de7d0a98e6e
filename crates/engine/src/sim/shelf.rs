//! The blobs of a simulated engine and who owns them.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::SeededRandom;
use crate::book::Effect;
use crate::{BlobRef, EngineError, Group, NewBlob, Purpose};

/// A blob: bytes, and what decides who may name and move them.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    pub(super) bytes: Bytes,
    pub(super) group: Group,
    pub(super) purpose: Purpose,
    /// The encoded key of the row that names it.
    pub(super) owner: Option<Bytes>,
    /// True if its bytes can't be read back.
    pub(super) damaged: bool,
}

impl Blob {
    pub(super) fn new(bytes: Bytes, group: Group, purpose: Purpose) -> Self {
        Self { bytes, group, purpose, owner: None, damaged: false }
    }
}

/// All blobs by the number of their place. No number is used twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    blobs: BTreeMap<u64, Blob>,
    places: u64,
}

fn number(blob: &BlobRef) -> u64 {
    u64::from_le_bytes(blob.place[..8].try_into().expect("8 bytes"))
}

impl Shelf {
    pub(super) fn put(&mut self, blob: Blob) -> BlobRef {
        self.places += 1;
        let mut place = [0; 32];
        place[..8].copy_from_slice(&self.places.to_le_bytes());
        let length = blob.bytes.len() as u64;
        self.blobs.insert(self.places, blob);
        BlobRef { length, place }
    }

    pub(super) fn find(&self, blob: &BlobRef) -> Result<&Blob, EngineError> {
        self.blobs.get(&number(blob)).ok_or(EngineError::Gone)
    }

    pub(super) fn count(&self) -> usize {
        self.blobs.len()
    }

    /// Forgets a blob that no row names.
    pub(super) fn discard(&mut self, blob: &BlobRef) {
        if self.find(blob).is_ok_and(|it| it.owner.is_none()) {
            self.blobs.remove(&number(blob));
        }
    }

    /// Forgets every blob that no row names.
    pub(super) fn discard_unnamed(&mut self) {
        self.blobs.retain(|_, it| it.owner.is_some());
    }

    pub(super) fn damage(&mut self, blob: &BlobRef) {
        self.blobs.get_mut(&number(blob)).expect("a blob that is there").damaged = true;
    }

    /// `Gone` unless each blob was sealed for this group and is named by no row but these.
    pub(super) fn may_name<'a>(
        &self,
        group: &Group,
        blobs: impl Iterator<Item = &'a NewBlob>,
        rows: &[Bytes],
    ) -> Result<(), EngineError> {
        for blob in blobs {
            let NewBlob::Ref(blob) = blob else { continue };
            let found = self.find(blob)?;
            let free = found.owner.as_ref().is_none_or(|row| rows.contains(row));
            if found.group != *group || !free {
                return Err(EngineError::Gone);
            }
        }
        Ok(())
    }

    /// Notes who owns what after an effect.
    pub(super) fn enter(&mut self, effect: &Effect) {
        for (key, row) in &effect.rows {
            for blob in row.iter().flat_map(|it| &it.blobs) {
                let named = self.blobs.get_mut(&number(blob)).expect("a named blob is there");
                named.owner = Some(key.clone());
            }
        }
        for blob in &effect.free {
            self.blobs.remove(&number(blob));
        }
    }

    /// Some blob that a row names and that may move.
    pub(super) fn some_movable(&self, random: &mut SeededRandom) -> Option<(BlobRef, Bytes)> {
        let from = random.below(self.places + 1);
        let near = self.blobs.range(from..).chain(self.blobs.range(..from)).take(16);
        let movable = |blob: &Blob| blob.purpose == Purpose::Movable;
        near.filter(|(_, it)| movable(it)).find_map(|(place, blob)| {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&place.to_le_bytes());
            let old = BlobRef { length: blob.bytes.len() as u64, place: bytes };
            Some((old, blob.owner.clone()?))
        })
    }
}
