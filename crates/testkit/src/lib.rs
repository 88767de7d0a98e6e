//! A server in the test's own process, requests signed in every way that S3 knows, and a client that
//! sends them byte by byte: broken ones too.
//!
//! The signer here shares no code with `wire`'s verifier, so that a mistake in one isn't a mistake in
//! both. For tests only; nothing but tests may depend on it.

mod ask;
mod client;
mod form;
mod server;
mod sign;

pub use ask::{Ask, Message};
pub use client::{Answer, Connection};
pub use form::UploadForm;
pub use server::{ACCESS_KEY, ACCOUNT, SECRET, TestServer};
pub use sign::{Payload, Signature, Signer, checksum, hex, md5_base64, percent, sha256_hex};
