//! An operation: a row of `model/operations.toml`.

use crate::generated::operations::{OPERATIONS, OperationId};

/// What is known of an operation before any request.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// AWS's name, in logs, metrics and audit records.
    pub name: &'static str,
    /// Whose operation it is.
    pub service: Service,
    /// What it names.
    pub resource: Resource,
    /// The IAM actions that are checked, the first one always.
    pub actions: &'static [&'static str],
    /// How far it is.
    pub status: Status,
}

impl OperationId {
    /// The row.
    pub fn operation(self) -> &'static Operation {
        &OPERATIONS[self as usize]
    }
}

/// A service that answers on the API's port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Amazon S3.
    S3,
    /// IAM.
    Iam,
    /// STS.
    Sts,
    /// S3 Control.
    S3Control,
}

impl Service {
    /// Its name in a credential's scope.
    pub fn scope(self) -> &'static str {
        match self {
            Self::S3 | Self::S3Control => "s3",
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// The XML namespace of its answers.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::S3 => "http://s3.amazonaws.com/doc/2006-03-01/",
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
            Self::S3Control => "http://awss3control.amazonaws.com/doc/2018-08-20/",
        }
    }
}

/// What an operation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// The service as a whole.
    Service,
    /// A bucket.
    Bucket,
    /// An object.
    Object,
}

/// How far an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It works.
    Acts,
    /// It reads a configuration that can't be set yet.
    Unset,
    /// It answers `NotImplemented`.
    NotImplemented,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_at_its_ids_place() {
        for operation in &OPERATIONS {
            assert_eq!(operation.id.operation(), operation);
        }
        assert_eq!(OperationId::GetObject.operation().actions, ["s3:GetObject"]);
        assert_eq!(OPERATIONS.len(), 116 + 2 + 180 + 11 + 97);
    }
}
