//! Accounts' rows: whatever a disk gives back is read or named. The first line is the row's name.

#![no_main]

use engine::{Group, RowKey, Space, Table};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|it| *it == b'\n').unwrap_or(input.len());
    let (name, value) = input.split_at(end);
    let group = Group::new(Space::SYSTEM, "iam/123456789012");
    let key = RowKey::new(Table::Catalog, name.to_vec());
    iam::audit_row(&group, &key, value.get(1..).unwrap_or_default());
});
