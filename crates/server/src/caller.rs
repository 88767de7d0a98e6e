//! Who asks.

use std::sync::Arc;

use types::AccountId;

/// Who a request was signed by.
#[derive(Clone, Debug)]
pub enum Caller {
    /// The root user of an account.
    Root {
        /// Which account.
        account: AccountId,
        /// Its ARN, as it stands in records.
        arn: Arc<str>,
    },
    /// Nobody: the request carries no signature.
    Anonymous,
}

impl Caller {
    /// For records and logs.
    pub fn name(&self) -> &str {
        match self {
            Self::Root { arn, .. } => arn,
            Self::Anonymous => "anonymous",
        }
    }
}
