//! Which of a document's mistakes is told. Reading goes on behind a mistake, because AWS's IAM doesn't tell
//! the first: it goes over the whole document again and again, and each time looks for other things.

use crate::document::PolicyKind;
use crate::error::{ErrorKind, Failure};

/// The mistake that will be told, of those that were found so far.
pub(crate) struct Mistakes {
    kind: PolicyKind,
    told: Option<(u8, Failure)>,
}

impl Mistakes {
    pub(crate) fn of(kind: PolicyKind) -> Self {
        Self { kind, told: None }
    }

    /// Keeps a mistake, or gives what was read.
    pub(crate) fn keep<T>(&mut self, read: Result<T, Failure>) -> Option<T> {
        let failure = match read {
            Ok(read) => return Some(read),
            Err(failure) => failure,
        };
        let turn = match self.kind {
            PolicyKind::Identity => turn(&failure.0),
            // Of S3's order nothing is recorded: the first in the order of reading.
            PolicyKind::Resource => 0,
        };
        if self.told.as_ref().is_none_or(|(told, _)| turn < *told) {
            self.told = Some((turn, failure));
        }
        None
    }

    /// What is told, if anything is wrong.
    pub(crate) fn told(self) -> Result<(), Failure> {
        self.told.map_or(Ok(()), |(_, failure)| Err(failure))
    }
}

/// In which turn IAM finds a mistake, as recorded (LocalStack's and moto's tests of policy documents):
/// syntax, version, what its older parser refuses, Sids, actions that are missing, resources that are
/// missing, the form of resources, the form of actions.
fn turn(kind: &ErrorKind) -> u8 {
    use ErrorKind as Kind;
    match kind {
        Kind::OldVersion => 1,
        kind if kind.is_legacy() => 2,
        Kind::UnexpectedPrincipal | Kind::Sid(_) | Kind::DuplicateSid(_) => 3,
        Kind::Missing("Action") | Kind::Empty("Action" | "NotAction") => 4,
        Kind::Missing("Resource") | Kind::Empty("Resource" | "NotResource") => 5,
        Kind::Resource(_)
        | Kind::Partition { .. }
        | Kind::ResourceVendor(_)
        | Kind::ResourceRegion(_)
        | Kind::IamResource(_) => 6,
        Kind::ActionVendor(_) | Kind::ActionColons(_) | Kind::Vendor(_) => 7,
        _ => 0,
    }
}
