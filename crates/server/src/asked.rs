//! What a request asks for: what its record and the metrics go by.

use wire::{Operation, Service};

/// What a request asks for.
#[derive(Clone, Copy)]
pub enum Asked {
    /// It isn't known, or not yet.
    Unknown,
    /// One of the server's own pages.
    Own,
    /// An operation.
    For(&'static Operation),
}

impl Asked {
    /// AWS's name of the operation, or one in brackets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "(none)",
            Self::Own => "(own)",
            Self::For(operation) => operation.name,
        }
    }

    /// Whose operation it is, once that is known.
    pub fn service(self) -> Option<Service> {
        match self {
            Self::Unknown | Self::Own => None,
            Self::For(operation) => Some(operation.service),
        }
    }
}
