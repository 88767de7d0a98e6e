//! Where a row stands: space, table, group, sub-key, and the order of them all.
//!
//! The encoded key keeps byte order, makes no name a prefix of another and holds no NUL inside a
//! name: `table, space (8 bytes, big-endian), escape(first), second`, where `escape` writes 00 as
//! `01 02`, 01 as `01 03` and ends with `01 01`. In every table but [`Table::Local`] `first` is the
//! group's name and `second` the sub-key; `Local` is ordered by its sub-keys, so there they change
//! places.

use bytes::{BufMut, Bytes, BytesMut};

/// A number for what is frozen, counted and dropped together: a bucket's id, or the system's.
/// Never used again once dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Space(pub u64);

impl Space {
    /// Bucket names, accounts and other rows of no bucket.
    pub const SYSTEM: Space = Space(0);
}

/// What changes together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    /// Where it is counted and frozen.
    pub space: Space,
    /// At most [`Group::NAME_BYTES_MAX`] bytes, any of them.
    pub name: Bytes,
}

impl Group {
    /// Longest name, in bytes: an object key is 1,024.
    pub const NAME_BYTES_MAX: usize = 2048;

    /// The group of this name.
    pub fn new(space: Space, name: impl Into<Bytes>) -> Self {
        Self { space, name: name.into() }
    }
}

/// Tables are scanned apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Table {
    /// One row a key: what a listing shows, and the current version's metadata.
    Heads = 1,
    /// Other versions, and what outgrows a head.
    Versions = 2,
    /// Open multipart uploads.
    Uploads = 3,
    /// Parts of multipart uploads.
    Parts = 4,
    /// Notes in their own order: garbage, due dates.
    Local = 5,
    /// Bucket names, bucket configurations, accounts.
    Catalog = 6,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 6] =
        [Self::Heads, Self::Versions, Self::Uploads, Self::Parts, Self::Local, Self::Catalog];

    /// The table of this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|it| *it as u8 == number)
    }
}

/// A row of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    /// Its table.
    pub table: Table,
    /// Tells the group's rows of one table apart; at most [`RowKey::SUB_BYTES_MAX`] bytes.
    pub sub: Bytes,
}

impl RowKey {
    /// Longest sub-key, in bytes.
    pub const SUB_BYTES_MAX: usize = 2048;

    /// The row of this sub-key.
    pub fn new(table: Table, sub: impl Into<Bytes>) -> Self {
        Self { table, sub: sub.into() }
    }

    /// The one key that an ordered index needs: see the module's documentation.
    pub fn encode(&self, group: &Group) -> Bytes {
        let (first, second) = match self.table {
            Table::Local => (&self.sub, &group.name),
            _ => (&group.name, &self.sub),
        };
        let mut key = BytesMut::with_capacity(9 + first.len() + 2 + second.len());
        key.put_slice(&table_prefix(self.table, group.space));
        escape(first, &mut key);
        key.put_slice(&END);
        key.put_slice(second);
        key.freeze()
    }

    /// The inverse of [`RowKey::encode`].
    pub fn decode(key: &[u8]) -> Result<(Group, RowKey), DecodeKeyError> {
        let (prefix, rest) = key.split_at_checked(9).ok_or(DecodeKeyError)?;
        let table = Table::from_number(prefix[0]).ok_or(DecodeKeyError)?;
        let space = Space(u64::from_be_bytes(prefix[1..].try_into().expect("8 bytes")));
        let (first, second) = unescape(rest)?;
        let second = Bytes::copy_from_slice(second);
        let (name, sub) = match table {
            Table::Local => (second, first),
            _ => (first, second),
        };
        Ok((Group { space, name }, RowKey { table, sub }))
    }
}

/// The bytes are no encoded key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an encoded row key")]
pub struct DecodeKeyError;

/// How a `first` ends: below every escaped byte, so that a name sorts before its extensions.
pub(crate) const END: [u8; 2] = [1, 1];

/// What every key of a table and space begins with.
pub(crate) fn table_prefix(table: Table, space: Space) -> [u8; 9] {
    let mut prefix = [0; 9];
    prefix[0] = table as u8;
    prefix[1..].copy_from_slice(&space.0.to_be_bytes());
    prefix
}

/// Appends a name with 00 and 01 escaped and no end.
pub(crate) fn escape(name: &[u8], key: &mut BytesMut) {
    if name.iter().all(|it| *it > 1) {
        return key.put_slice(name);
    }
    for &byte in name {
        match byte {
            0 => key.put_slice(&[1, 2]),
            1 => key.put_slice(&[1, 3]),
            other => key.put_u8(other),
        }
    }
}

fn unescape(key: &[u8]) -> Result<(Bytes, &[u8]), DecodeKeyError> {
    let mut name = BytesMut::with_capacity(key.len());
    let mut rest = key;
    loop {
        match rest {
            [1, 1, second @ ..] => return Ok((name.freeze(), second)),
            [1, 2, tail @ ..] => {
                name.put_u8(0);
                rest = tail;
            }
            [1, 3, tail @ ..] => {
                name.put_u8(1);
                rest = tail;
            }
            [byte @ 2..=255, tail @ ..] => {
                name.put_u8(*byte);
                rest = tail;
            }
            _ => return Err(DecodeKeyError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn key(name: &[u8], sub: &[u8]) -> Bytes {
        let group = Group::new(Space(7), Bytes::copy_from_slice(name));
        RowKey::new(Table::Heads, Bytes::copy_from_slice(sub)).encode(&group)
    }

    #[test]
    fn the_bytes_are_these() {
        let group = Group::new(Space(7), &b"a\x00\x01"[..]);
        assert_eq!(
            &RowKey::new(Table::Parts, &b"\x00"[..]).encode(&group)[..],
            [4, 0, 0, 0, 0, 0, 0, 0, 7, b'a', 1, 2, 1, 3, 1, 1, 0]
        );
        assert_eq!(
            &RowKey::new(Table::Local, &b"z"[..]).encode(&group)[..],
            [5, 0, 0, 0, 0, 0, 0, 0, 7, b'z', 1, 1, b'a', 0, 1]
        );
    }

    fn tricky() -> impl Strategy<Value = Vec<u8>> {
        vec(prop_oneof![0u8..4, 254u8..=255, Just(b'/')], 0..6)
    }

    proptest! {
        #[test]
        fn order_is_that_of_name_then_sub(a in (tricky(), tricky()), b in (tricky(), tricky())) {
            prop_assert_eq!(key(&a.0, &a.1).cmp(&key(&b.0, &b.1)), a.cmp(&b));
        }

        #[test]
        fn what_is_encoded_is_decoded(table in 1u8..7, space: u64, name in tricky(), sub in tricky()) {
            let group = Group::new(Space(space), name);
            let row = RowKey::new(Table::from_number(table).unwrap(), sub);
            prop_assert_eq!(RowKey::decode(&row.encode(&group)), Ok((group, row)));
        }

        #[test]
        fn any_bytes_decode_or_are_refused(bytes in vec(any::<u8>(), 0..40)) {
            let _ = RowKey::decode(&bytes);
        }
    }
}
