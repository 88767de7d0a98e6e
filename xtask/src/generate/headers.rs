//! `model/headers.toml`: headers of features that aren't there yet.

use std::collections::BTreeMap;

/// The table.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headers {
    refused: Vec<String>,
    ignored: Vec<String>,
    only: BTreeMap<String, Vec<String>>,
}

/// Reads the table.
pub fn load() -> Result<Headers, String> {
    let path = crate::root().join("model/headers.toml");
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    toml::from_str(&text).map_err(|e| format!("headers.toml: {e}"))
}

impl Headers {
    /// Whether a member that travels in this header is left out of the shapes.
    pub fn leaves_out(&self, header: &str) -> bool {
        let header = header.to_ascii_lowercase();
        self.refused.contains(&header)
            || self.ignored.contains(&header)
            || self.only.contains_key(&header)
    }

    /// The Rust text: sorted by name, for a binary search.
    pub fn render(&self) -> String {
        let none = Vec::new();
        let refused = self.refused.iter().map(|name| (name, &none));
        let all: BTreeMap<_, _> = refused.chain(self.only.iter()).collect();
        let lines: String =
            all.iter().map(|(name, values)| format!("({name:?}, &{values:?}),\n")).collect();
        format!(
            "//! Generated from model/headers.toml by `cargo xtask gen`.

            /// Headers of features that aren't there yet, in order of their names, and the values
            /// that are accepted all the same because they say what is the case anyway.
            pub const NOT_YET: &[(&str, &[&str])] = &[{lines}];"
        )
    }
}
