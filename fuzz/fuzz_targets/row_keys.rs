//! Row keys: what is decoded is encoded to the same bytes, and byte order is the names' order.

#![no_main]

use engine::RowKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok((group, row)) = RowKey::decode(input) else { return };
    assert_eq!(row.encode(&group), input);
});
