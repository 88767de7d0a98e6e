//! Records of the log: a disk may hold anything where one was.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    engine_disk::read_any_record(input);
});
