//! Names and values of an object store: what they may hold and how they are written.
//!
//! A value of one of these types has been checked; nobody below the edge checks it again.
//! No I/O, no clock, no protocol: an error says what is wrong, `server` gives it AWS's code.

mod account;
mod checksum;
mod etag;
mod name;
mod network;
mod range;
mod timestamp;

pub use account::{AccessKeyId, AccountId, Arn, ParseAccountIdError};
pub use checksum::{Checksum, ChecksumAlgorithm, ChecksumKind};
pub use etag::ETag;
pub use name::{BucketName, BucketNameError, KEY_BYTES_MAX, KeyError, ObjectKey, VersionId};
pub use network::Network;
pub use range::{ByteRange, ByteSpan, RangeNotSatisfiable};
pub use timestamp::Timestamp;
