//! The walls between the crates: which may know which. DESIGN's edges, read from `cargo metadata`.

use std::collections::BTreeMap;

use crate::Outcome;

/// Each crate and the crates of ours that it may use. Tests may go further (a store is tested on a
/// real engine), except upwards: only `testkit` and the benchmarks stand above `server`.
const ALLOWED: [(&str, &[&str]); 11] = [
    ("types", &[]),
    ("policy", &["types"]),
    ("wire", &["types"]),
    ("engine", &["types"]),
    ("engine-disk", &["types", "engine"]),
    ("engine-rados", &["types", "engine"]),
    ("store", &["types", "engine"]),
    ("iam", &["types", "engine", "policy"]),
    (
        "server",
        &["types", "policy", "wire", "engine", "engine-disk", "engine-rados", "store", "iam"],
    ),
    ("testkit", &["types", "wire", "server", "engine", "store", "iam"]),
    ("bench", &["types", "policy", "wire"]),
];

/// Fails on an edge that isn't allowed, and on a crate that the table doesn't know.
pub fn check() -> Outcome {
    let metadata = crate::metadata()?;
    let allowed: BTreeMap<_, _> = ALLOWED.into_iter().collect();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let Some(name) = ours(&package["name"]) else { continue };
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("{name} isn't in xtask/src/edges.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let Some(other) = ours(&dependency["name"]) else { continue };
            let for_tests = dependency["kind"] == "dev" && other != "server";
            if !for_tests && !may.contains(&other) {
                wrong.push(format!("{name} may not know {other}"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

fn ours(name: &serde_json::Value) -> Option<&str> {
    name.as_str()?.strip_prefix("onggi-")
}
