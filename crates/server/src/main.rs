//! The `onggi` command.
fn main() {}
