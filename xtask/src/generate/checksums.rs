//! Structures that carry a checksum of each algorithm in a member of its own.

use serde_json::Value;

use super::rows::members;
use super::snake;

/// The model's names of the algorithms, and ours.
const ALGORITHMS: [(&str, &str); 10] = [
    ("CRC32", "Crc32"),
    ("CRC32C", "Crc32c"),
    ("CRC64NVME", "Crc64Nvme"),
    ("SHA1", "Sha1"),
    ("SHA256", "Sha256"),
    ("SHA512", "Sha512"),
    ("MD5", "Md5"),
    ("XXHASH64", "XxHash64"),
    ("XXHASH3", "XxHash3"),
    ("XXHASH128", "XxHash128"),
];

/// `impl Checksums`, if the shape has a member for every algorithm.
pub fn render(rust_name: &str, shape: &Value) -> String {
    let has = |name: &str| members(shape).any(|(it, _)| it == format!("Checksum{name}"));
    if !ALGORITHMS.iter().all(|(name, _)| has(name)) {
        return String::new();
    }
    let arms = |way: &str| -> String {
        let arm = |(name, variant): &(&str, &str)| {
            let field = snake(&format!("Checksum{name}"));
            format!("ChecksumAlgorithm::{variant} => &{way}self.{field},\n")
        };
        ALGORITHMS.iter().map(arm).collect()
    };
    let (read, write) = (arms(""), arms("mut "));
    format!(
        "impl Checksums for {rust_name} {{
            fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String> {{
                match algorithm {{ {read} }}
            }}

            fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String> {{
                match algorithm {{ {write} }}
            }}
        }}

        "
    )
}
