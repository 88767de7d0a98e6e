//! AWS on the wire: what a request means, who signed it, how its body is framed, how answers and
//! errors look. Bytes in, values out: no I/O, no clock, no store, no policy.
//!
//! A request goes `target` -> `protocol` -> `route` -> `auth` -> `head` (inputs) -> `payload` or `xml`; an answer
//! comes back through `output` or `error`. Tables and shapes in `gen` derive from `model/`.

pub mod auth;
mod checksums;
pub mod cors;
mod encoded_word;
mod error;
mod form;
#[path = "gen/mod.rs"]
mod generated;
mod head;
mod not_yet;
mod operation;
pub mod output;
mod pattern;
pub mod payload;
pub mod post_form;
mod protocol;
mod query;
mod route;
mod target;
pub mod xml;

pub use checksums::Checksums;
pub use error::{Error, Identifiers};
pub use form::QueryInput;
pub use generated::control;
pub use generated::documents;
pub use generated::errors::Code;
pub use generated::iam;
pub use generated::inputs;
pub use generated::operations::{OPERATIONS, OperationId};
pub use generated::outputs;
pub use generated::sts;
pub use head::{NameFilter, RequestHead};
pub use not_yet::refuse_what_is_not_there_yet;
pub use operation::{Operation, Resource, Service, Status};
pub use protocol::Protocol;
pub use query::Query;
pub use route::{route, route_action};
pub use target::{Hosts, Target};
