//! Names and bytes: which object of which pool holds what. docs/formats/rados.md has it in prose.
//!
//! A space lies in a fixed number of *partitions*, objects of the index pool; a group's name says in
//! which, so all of a group is in one object and changes in one operation. A partition's rows are
//! omap keys. The first byte of a key is the row's table, or tells what else it is:
//! small bodies, deltas of counters, garbage, a place that any change may touch.
//!
//! librados lists keys from behind a C string, so that no key holds a NUL.

use bytes::{BufMut, Bytes, BytesMut};
use engine::{BlobRef, CounterId, Frost, Group, Row, RowKey, RowRange, Space, Table};

use crate::gateways::GatewayId;

/// The number of this layout, in the store's `format` object.
pub(crate) const FORMAT: u32 = 2;
/// The object that says so.
pub(crate) const FORMAT_OBJECT: &str = "format";
/// The gateways and their leases.
pub(crate) const GATEWAYS_OBJECT: &str = "gateways";
/// Made and removed again by any gateway that looks for room. One that is left goes with the next look.
pub(crate) const ROOM_OBJECT: &str = "room";
/// Watched by every gateway.
pub(crate) const FEED_OBJECT: &str = "feed";
/// A partition's attribute, which every change compares: its [`Guard`].
pub(crate) const GUARD: &str = "guard";

/// Bytes of a piece of a large body, without checksums.
pub(crate) const PIECE_BYTES: usize = 4 << 20;
/// Bytes that a checksum stands behind.
pub(crate) const BLOCK_BYTES: usize = 64 << 10;
pub(crate) const CHECKSUM_BYTES: usize = 8;
/// The same, with it.
pub(crate) const STORED_BLOCK_BYTES: usize = BLOCK_BYTES + CHECKSUM_BYTES;

/// What a partition holds besides rows: the first byte of a key.
const BODY: u8 = 0x10;
const COUNTER_SUM: u8 = 0x11;
const COUNTER_DELTA: u8 = 0x12;
const GARBAGE: u8 = 0x13;
const TOUCHED: u8 = 0x14;

/// One of a space's partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Partition {
    pub(crate) space: Space,
    pub(crate) number: u8,
}

impl Partition {
    /// The one that a group lies in, of so many.
    pub(crate) fn of(group: &Group, count: u8) -> Self {
        let number = (crc(&[&group.name]) % u64::from(count)) as u8;
        Self { space: group.space, number }
    }

    pub(crate) fn all(space: Space, count: u8) -> impl Iterator<Item = Self> {
        (0..count).map(move |number| Self { space, number })
    }

    /// The object's name.
    pub(crate) fn object(self) -> String {
        format!("p.{:016x}.{:02x}", self.space.0, self.number)
    }

    /// The inverse of [`Partition::object`].
    pub(crate) fn parse(object: &str) -> Option<Self> {
        let (space, number) = object.strip_prefix("p.")?.split_once('.')?;
        let space = Space(u64::from_str_radix(space, 16).ok()?);
        Some(Self { space, number: u8::from_str_radix(number, 16).ok()? })
    }
}

/// The CRC64NVME of pieces one behind the other.
pub(crate) fn crc(pieces: &[&[u8]]) -> u64 {
    let mut digest = crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc64Nvme);
    pieces.iter().for_each(|it| digest.update(it));
    digest.finalize()
}

/// Appends bytes with 00 and 01 escaped: what is stored holds no NUL, and keeps its order.
fn escape(bytes: &[u8], key: &mut BytesMut) {
    for &byte in bytes {
        match byte {
            0 => key.put_slice(&[1, 2]),
            1 => key.put_slice(&[1, 3]),
            other => key.put_u8(other),
        }
    }
}

fn unescape(key: &[u8]) -> Option<Bytes> {
    let mut bytes = BytesMut::with_capacity(key.len());
    let mut rest = key.iter();
    while let Some(byte) = rest.next() {
        match byte {
            0 => return None,
            1 => match rest.next()? {
                2 => bytes.put_u8(0),
                3 => bytes.put_u8(1),
                _ => return None,
            },
            other => bytes.put_u8(*other),
        }
    }
    Some(bytes.freeze())
}

/// Behind the first part: below every escaped byte, so that a name sorts before its extensions.
const END: [u8; 2] = [1, 1];

/// The two parts in their table's order.
fn parts<'a>(group: &'a Group, row: &'a RowKey) -> (&'a [u8], &'a [u8]) {
    match row.table {
        Table::Local => (&row.sub, &group.name),
        _ => (&group.name, &row.sub),
    }
}

/// A row's key in its partition.
pub(crate) fn row_key(group: &Group, row: &RowKey) -> Bytes {
    let (first, second) = parts(group, row);
    let mut key = BytesMut::with_capacity(first.len() + second.len() + 8);
    key.put_u8(row.table as u8);
    escape(first, &mut key);
    key.put_slice(&END);
    escape(second, &mut key);
    key.freeze()
}

/// What every key of a group's rows in a table begins with; no row's key is just this, so that one can
/// list from behind it. Other groups' rows begin so, too: of longer names, and in `local` all.
pub(crate) fn group_prefix(table: Table, group: &Group) -> Bytes {
    let mut key = BytesMut::with_capacity(group.name.len() + 8);
    key.put_u8(table as u8);
    if table != Table::Local {
        escape(&group.name, &mut key);
        key.put_u8(END[0]);
    }
    key.freeze()
}

/// The inverse of [`row_key`].
pub(crate) fn row_of_key(space: Space, key: &[u8]) -> Option<(Group, RowKey)> {
    let (table, rest) = key.split_first()?;
    let table = Table::from_number(*table)?;
    // No escape has two 01 in a row, so the first two are the end.
    let end = rest.windows(2).position(|it| it == END)?;
    let (first, second) = (unescape(&rest[..end])?, unescape(&rest[end + 2..])?);
    let (name, sub) = match table {
        Table::Local => (second, first),
        _ => (first, second),
    };
    Some((Group { space, name }, RowKey { table, sub }))
}

/// What every key of a range begins with, and behind what its rows come.
pub(crate) struct Bounds {
    pub(crate) after: Bytes,
    pub(crate) prefix: Bytes,
}

/// Listing goes on *behind* a key. A row's key goes on behind its first part with END and then the
/// second, so a cursor that isn't behind a very row is never a row's key itself.
pub(crate) fn bounds(table: Table, range: &RowRange) -> Bounds {
    use engine::Cursor;
    let with = |first: &[u8]| {
        let mut key = BytesMut::with_capacity(first.len() + 8);
        key.put_u8(table as u8);
        escape(first, &mut key);
        key
    };
    let prefix = with(&range.prefix).freeze();
    let after = match &range.from {
        Cursor::Start => prefix.clone(),
        Cursor::At(first) => with(first).freeze(),
        Cursor::AfterFirst(first) => {
            let mut key = with(first);
            key.put_slice(&[1, 2]);
            // An extension by a NUL goes on with 01 02, and then something: this is before it, and
            // behind all that END begins.
            key.freeze()
        }
        Cursor::AfterPrefix(first) => after_all_with_prefix(with(first)),
        Cursor::After { first, second } => {
            let mut key = with(first);
            key.put_slice(&END);
            escape(second, &mut key);
            key.freeze()
        }
    };
    Bounds { after: after.max(prefix.clone()), prefix }
}

/// The least key above every key that begins with these bytes, of which the first is a table's number.
fn after_all_with_prefix(mut prefix: BytesMut) -> Bytes {
    while let Some(last) = prefix.last_mut() {
        if *last < u8::MAX {
            *last += 1;
            return prefix.freeze();
        }
        prefix.truncate(prefix.len() - 1);
    }
    unreachable!("a key begins with the number of its table")
}

/// A row as its value.
pub(crate) fn encode_row(value: &[u8], blobs: &[BlobRef]) -> Bytes {
    let mut row = BytesMut::with_capacity(1 + blobs.len() * BlobRef::ENCODED_BYTES + value.len());
    row.put_u8(blobs.len() as u8);
    blobs.iter().for_each(|it| row.put_slice(&it.encode()));
    row.put_slice(value);
    row.freeze()
}

/// The inverse of [`encode_row`].
pub(crate) fn decode_row(bytes: &Bytes) -> Option<Row> {
    let (count, rest) = bytes.split_first()?;
    let (blobs, _) = rest.split_at_checked(usize::from(*count) * BlobRef::ENCODED_BYTES)?;
    let (blobs, _) = blobs.as_chunks::<{ BlobRef::ENCODED_BYTES }>();
    let value = bytes.slice(1 + blobs.len() * BlobRef::ENCODED_BYTES..);
    Some(Row { value, blobs: blobs.iter().map(BlobRef::decode).collect() })
}

/// Names a blob, for ever: the gateway that wrote it, and a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlobId(pub(crate) [u8; 16]);

impl BlobId {
    pub(crate) fn new(gateway: GatewayId, number: u64) -> Self {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&gateway.0.to_be_bytes());
        id[8..].copy_from_slice(&number.to_be_bytes());
        Self(id)
    }

    pub(crate) fn hex(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }

    pub(crate) fn parse(hex: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(hex).ok()?;
        Some(Self(u128::from_str_radix(text, 16).ok()?.to_be_bytes()))
    }

    /// The object of the data pool that holds a piece.
    pub(crate) fn piece(self, number: u64) -> String {
        format!("{}.{number:x}", self.hex())
    }
}

/// Where a blob's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A row of a partition.
    Small { partition: Partition, id: BlobId },
    /// Objects of the data pool.
    Large { id: BlobId },
}

impl Place {
    pub(crate) fn of(blob: &BlobRef) -> Option<Self> {
        let space = u64::from_le_bytes(blob.place[8..16].try_into().expect("8 bytes"));
        let id = BlobId(blob.place[16..].try_into().expect("16 bytes"));
        match blob.place[0] {
            1 => {
                let partition = Partition { space: Space(space), number: blob.place[1] };
                Some(Self::Small { partition, id })
            }
            2 => Some(Self::Large { id }),
            _ => None,
        }
    }

    pub(crate) fn blob(self, length: u64) -> BlobRef {
        let mut place = [0; 32];
        let id = match self {
            Self::Small { partition, id } => {
                (place[0], place[1]) = (1, partition.number);
                place[8..16].copy_from_slice(&partition.space.0.to_le_bytes());
                id
            }
            Self::Large { id } => {
                place[0] = 2;
                id
            }
        };
        place[16..].copy_from_slice(&id.0);
        BlobRef { length, place }
    }
}

/// How many pieces a large body of this length has.
pub(crate) fn pieces(length: u64) -> u64 {
    length.div_ceil(PIECE_BYTES as u64)
}

pub(crate) fn body_key(id: BlobId) -> Bytes {
    key_of(BODY, &id.hex())
}

/// A small body as a value: its checksum, which covers its name, and the bytes.
pub(crate) fn encode_body(id: BlobId, body: &[u8]) -> Bytes {
    let mut value = BytesMut::with_capacity(CHECKSUM_BYTES + body.len());
    value.put_u64_le(crc(&[&id.0, body]));
    value.put_slice(body);
    value.freeze()
}

/// The inverse of [`encode_body`].
pub(crate) fn decode_body(id: BlobId, value: &Bytes) -> Option<Bytes> {
    let (sum, body) = value.split_first_chunk::<CHECKSUM_BYTES>()?;
    (u64::from_le_bytes(*sum) == crc(&[&id.0, body])).then(|| value.slice(CHECKSUM_BYTES..))
}

/// What the checksum of a block of a large body covers.
pub(crate) fn block_sum(id: BlobId, block: u64, bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    crc(&[&id.0, &block.to_le_bytes(), bytes]).to_le_bytes()
}

/// The sums of a partition's counters, as far as they are folded.
pub(crate) fn sum_key() -> Bytes {
    Bytes::from_static(&[COUNTER_SUM])
}

/// What every delta begins with.
pub(crate) fn delta_prefix() -> Bytes {
    Bytes::from_static(&[COUNTER_DELTA])
}

/// A delta, named so that there is no other of its name: it counts once, whoever repeats the change.
pub(crate) fn delta_key(id: BlobId) -> Bytes {
    key_of(COUNTER_DELTA, &id.hex())
}

/// Folded sums, and how often they were folded: no two foldings leave the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) folded: u64,
    pub(crate) counters: Vec<(CounterId, i64)>,
}

impl Sums {
    pub(crate) fn add(&mut self, deltas: &[(CounterId, i64)]) {
        for (counter, by) in deltas {
            match self.counters.iter_mut().find(|(it, _)| it == counter) {
                Some((_, sum)) => *sum += by,
                None => self.counters.push((*counter, *by)),
            }
        }
    }

    pub(crate) fn encode(&self) -> Bytes {
        let mut value = BytesMut::new();
        value.put_u64_le(self.folded);
        value.put_slice(&encode_deltas(&self.counters));
        value.freeze()
    }

    pub(crate) fn decode(value: &[u8]) -> Option<Self> {
        let (folded, rest) = value.split_first_chunk::<8>()?;
        Some(Self { folded: u64::from_le_bytes(*folded), counters: decode_deltas(rest)? })
    }
}

pub(crate) fn encode_deltas(deltas: &[(CounterId, i64)]) -> Bytes {
    let mut value = BytesMut::with_capacity(deltas.len() * 9);
    for (counter, by) in deltas {
        value.put_u8(counter.0);
        value.put_i64_le(*by);
    }
    value.freeze()
}

pub(crate) fn decode_deltas(value: &[u8]) -> Option<Vec<(CounterId, i64)>> {
    let (deltas, rest) = value.as_chunks::<9>();
    let delta =
        |it: &[u8; 9]| (CounterId(it[0]), i64::from_le_bytes(it[1..].try_into().expect("8 bytes")));
    rest.is_empty().then(|| deltas.iter().map(delta).collect())
}

/// In a gateway's own object: a blob that it is writing, or has written lately.
pub(crate) fn intent_key(id: BlobId) -> Bytes {
    Bytes::from(format!("i{}", id.hex()))
}

pub(crate) fn id_of_intent(key: &[u8]) -> Option<BlobId> {
    BlobId::parse(key.strip_prefix(b"i")?)
}

/// The group that a blob is for.
pub(crate) fn encode_intent(group: &Group) -> Bytes {
    let mut value = BytesMut::with_capacity(8 + group.name.len());
    value.put_u64_le(group.space.0);
    value.put_slice(&group.name);
    value.freeze()
}

pub(crate) fn decode_intent(value: &Bytes) -> Option<Group> {
    let (space, _) = value.split_first_chunk::<8>()?;
    Some(Group::new(Space(u64::from_le_bytes(*space)), value.slice(8..)))
}

/// In a gateway's own object: a partition that may hold garbage that it sees to.
pub(crate) fn mark_key(partition: Partition) -> Bytes {
    Bytes::from(format!("m{}", partition.object()))
}

pub(crate) fn partition_of_mark(key: &[u8]) -> Option<Partition> {
    Partition::parse(std::str::from_utf8(key.strip_prefix(b"m")?).ok()?)
}

/// What every note of garbage begins with that a gateway has to see to.
pub(crate) fn garbage_prefix(gateway: GatewayId) -> Bytes {
    key_of(GARBAGE, &gateway.hex())
}

/// The note that a large body belongs to no row any more. Its value is the body's length.
pub(crate) fn garbage_key(gateway: GatewayId, id: BlobId) -> Bytes {
    key_of(GARBAGE, &format!("{}{}", gateway.hex(), id.hex()))
}

pub(crate) fn id_of_garbage(key: &[u8]) -> Option<BlobId> {
    BlobId::parse(key.get(1 + GatewayId::HEX_BYTES..)?)
}

pub(crate) fn is_garbage(key: &[u8]) -> bool {
    key.first() == Some(&GARBAGE)
}

/// Whether a key is a row's, of some table.
pub(crate) fn is_row(key: &[u8]) -> bool {
    key.first().is_some_and(|it| Table::from_number(*it).is_some())
}

/// What a change that changes nothing writes, so that it has a version too.
pub(crate) fn touched_key() -> Bytes {
    Bytes::from_static(&[TOUCHED])
}

fn key_of(kind: u8, rest: &str) -> Bytes {
    let mut key = BytesMut::with_capacity(1 + rest.len());
    key.put_u8(kind);
    key.put_slice(rest.as_bytes());
    key.freeze()
}

/// What every change of a partition compares. It only ever grows, so that a change which was sent
/// before it grew, and comes late, doesn't happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guard {
    /// What was last said of freezing the space.
    pub(crate) frost: Frost,
    /// Raised by whoever must know that what was sent before either has happened or never will.
    pub(crate) epoch: u64,
}

impl Guard {
    /// As an attribute: empty as long as nobody froze or raised anything.
    pub(crate) fn encode(self) -> Vec<u8> {
        if self == Self::default() {
            return vec![];
        }
        let Self { frost: Frost { epoch: attempt, thawed }, epoch } = self;
        format!("{attempt:016x}{}{epoch:016x}", if thawed { 't' } else { 'f' }).into_bytes()
    }

    /// The inverse of [`Guard::encode`].
    pub(crate) fn decode(value: &[u8]) -> Option<Self> {
        if value.is_empty() {
            return Some(Self::default());
        }
        let text = std::str::from_utf8(value).ok()?;
        let (attempt, rest) = text.split_at_checked(16)?;
        let (kind, epoch) = rest.split_at_checked(1)?;
        let thawed = match kind {
            "t" => true,
            "f" => false,
            _ => return None,
        };
        let number = |hex: &str| u64::from_str_radix(hex, 16).ok();
        let frost = Frost { epoch: number(attempt)?, thawed };
        Some(Self { frost, epoch: number(epoch)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::Cursor;
    use engine::sim::SeededRandom;

    const NAMES: [&[u8]; 9] =
        [b"", b"a", b"a\0", b"a\x01", b"a\x01\x01", b"a/", b"ab", b"\xff", b"a\xff"];

    fn all() -> Vec<(Group, RowKey)> {
        let mut all = Vec::new();
        for table in [Table::Heads, Table::Versions, Table::Local] {
            for (name, sub) in NAMES.iter().flat_map(|a| NAMES.iter().map(move |b| (a, b))) {
                all.push((Group::new(Space(7), *name), RowKey::new(table, *sub)));
            }
        }
        all
    }

    #[test]
    fn keys_are_read_back_hold_no_nul_and_keep_the_order_of_names() {
        let mut rows: Vec<_> = all();
        for (group, row) in &rows {
            let key = row_key(group, row);
            assert!(!key.contains(&0));
            assert_eq!(row_of_key(Space(7), &key), Some((group.clone(), row.clone())), "{key:?}");
        }
        rows.sort_by_key(|(group, row)| row_key(group, row));
        let place = |(group, row): &(Group, RowKey)| {
            let (first, second) = parts(group, row);
            (row.table, first.to_vec(), second.to_vec())
        };
        assert!(rows.is_sorted_by_key(place));
    }

    #[test]
    fn a_groups_rows_are_behind_its_prefix() {
        for (group, row) in all() {
            let (key, prefix) = (row_key(&group, &row), group_prefix(row.table, &group));
            assert!(key > prefix && key.starts_with(&prefix), "{group:?} {row:?}");
        }
    }

    #[test]
    fn bounds_hold_what_the_engines_encoding_says() {
        let mut random = SeededRandom::new(1);
        for _ in 0..3000 {
            let name = |random: &mut SeededRandom| Bytes::from_static(random.pick::<&[u8]>(&NAMES));
            let from = match random.below(5) {
                0 => Cursor::Start,
                1 => Cursor::At(name(&mut random)),
                2 => Cursor::AfterFirst(name(&mut random)),
                3 => Cursor::AfterPrefix(name(&mut random)),
                _ => Cursor::After { first: name(&mut random), second: name(&mut random) },
            };
            let prefix = if random.percent(50) { Bytes::new() } else { name(&mut random) };
            let range = RowRange { space: Space(7), prefix, from };
            for table in [Table::Heads, Table::Local] {
                let (start, end) = range.bounds(table);
                let Bounds { after, prefix } = bounds(table, &range);
                for (group, row) in all().into_iter().filter(|(_, row)| row.table == table) {
                    let encoded = row.encode(&group);
                    let key = row_key(&group, &row);
                    let wanted = start <= encoded && encoded < end;
                    let found = key > after && key.starts_with(&prefix);
                    assert_eq!(found, wanted, "{range:?} {group:?} {row:?}");
                }
            }
        }
    }

    #[test]
    fn places_rows_sums_and_guards_are_read_back() {
        let partition = Partition { space: Space(u64::MAX - 1), number: 7 };
        assert_eq!(Partition::parse(&partition.object()), Some(partition));
        let id = BlobId::new(GatewayId(5), 9);
        assert_eq!(BlobId::parse(id.hex().as_bytes()), Some(id));
        for place in [Place::Small { partition, id }, Place::Large { id }] {
            assert_eq!(Place::of(&place.blob(4)), Some(place));
        }
        let row = Row { value: "value".into(), blobs: [Place::Large { id }.blob(77)].into() };
        assert_eq!(decode_row(&encode_row(&row.value, &row.blobs)), Some(row));
        let mut sums = Sums { folded: 3, counters: vec![] };
        sums.add(&[(CounterId(1), -5), (CounterId(0), 2)]);
        sums.add(&[(CounterId(1), 1)]);
        assert_eq!(sums.counters, [(CounterId(1), -4), (CounterId(0), 2)]);
        assert_eq!(Sums::decode(&sums.encode()), Some(sums));
        for frost in [Frost::NEVER, Frost::freeze(1), Frost::thaw(u64::MAX)] {
            for guard in [Guard { frost, epoch: 0 }, Guard { frost, epoch: u64::MAX }] {
                assert_eq!(Guard::decode(&guard.encode()), Some(guard));
            }
        }
        assert_eq!(id_of_garbage(&garbage_key(GatewayId(8), id)), Some(id));
        let body = encode_body(id, b"body");
        assert_eq!(decode_body(id, &body).as_deref(), Some(&b"body"[..]));
        assert_eq!(decode_body(BlobId::new(GatewayId(5), 8), &body), None);
    }
}
