//! `model/errors.toml` to `enum Code`.

use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(serde::Deserialize)]
struct Errors {
    errors: BTreeMap<String, (u16, String)>,
}

/// The Rust text.
pub fn render() -> Result<String, String> {
    let path = crate::root().join("model/errors.toml");
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let table: Errors = toml::from_str(&text).map_err(|e| format!("errors.toml: {e}"))?;
    let (mut variants, mut names, mut statuses, mut messages) = Default::default();
    for (code, (status, message)) in &table.errors {
        let put = |text: &mut String, line: String| writeln!(text, "{line}").expect("a String");
        put(&mut variants, format!("/// {status}: {message}\n{code},"));
        put(&mut names, format!("Self::{code} => \"{code}\","));
        put(&mut statuses, format!("Self::{code} => {status},"));
        put(&mut messages, format!("Self::{code} => {message:?},"));
    }
    Ok(format!(
        "//! Generated from model/errors.toml by `cargo xtask gen`.

        /// An AWS error code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {{ {variants} }}

        impl Code {{
            /// As it travels.
            pub fn as_str(self) -> &'static str {{ match self {{ {names} }} }}

            /// The HTTP status.
            pub fn status(self) -> u16 {{ match self {{ {statuses} }} }}

            /// AWS's message, where the request's own values aren't part of it.
            pub fn message(self) -> &'static str {{ match self {{ {messages} }} }}
        }}"
    ))
}
