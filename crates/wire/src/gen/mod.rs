//! What derives from `model/`: `cargo xtask gen` writes these files, nobody else.

pub mod control;
pub mod documents;
pub mod errors;
pub mod headers;
pub mod iam;
pub mod inputs;
pub mod operations;
pub mod outputs;
pub mod sts;
