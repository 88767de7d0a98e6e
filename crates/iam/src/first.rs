//! The store's first account: chosen or at random at the first start, kept for good in a row of its
//! own, so that a server knows whose root user it speaks for.

use std::sync::Arc;

use engine::clock::Clock;
use engine::{
    ApplyError, Change, Engine, EngineError, Expectation, Expected, Group, PutRow, RowKey, Space,
    Table,
};
use types::AccountId;

use crate::cache::Iam;
use crate::error::IamError;
use crate::quotas::Quotas;
use crate::seal::{Seal, random};

/// Why accounts can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store was made with another account.
    #[error("account {wanted} is asked for, but this store belongs to account {kept}")]
    Other {
        /// Asked for.
        wanted: AccountId,
        /// The store's.
        kept: AccountId,
    },
    /// A row can't be read or written.
    #[error("the accounts' rows: {0}")]
    Iam(#[from] IamError),
}

impl From<EngineError> for OpenError {
    fn from(error: EngineError) -> Self {
        Self::Iam(error.into())
    }
}

/// How often the row is tried: only another server that starts at the same moment can be in the way.
const ATTEMPTS_MAX: usize = 20;

impl Iam {
    /// Opens the accounts of a store; makes the first one if there is none: `wanted`, or a random one.
    pub async fn open(
        engine: Arc<dyn Engine>,
        clock: Arc<dyn Clock>,
        (seal, quotas): (Arc<dyn Seal>, Quotas),
        wanted: Option<AccountId>,
    ) -> Result<(Self, AccountId), OpenError> {
        let account = first(&*engine, wanted).await?;
        let iam = Self::new(engine, clock, (seal, quotas));
        iam.found(account).await?;
        Ok((iam, account))
    }
}

async fn first(engine: &dyn Engine, wanted: Option<AccountId>) -> Result<AccountId, OpenError> {
    let group = Group::new(Space::SYSTEM, &b"account"[..]);
    let key = RowKey::new(Table::Catalog, &b"first"[..]);
    for _ in 0..ATTEMPTS_MAX {
        if let Some(row) = engine.get(&group, &key).await? {
            let kept = std::str::from_utf8(&row.value).ok().and_then(|it| it.parse().ok());
            let kept = kept.ok_or_else(|| IamError::Damaged("no account's id".into()))?;
            return match wanted {
                Some(wanted) if wanted != kept => Err(OpenError::Other { wanted, kept }),
                _ => Ok(kept),
            };
        }
        let account = wanted.unwrap_or_else(random_account);
        let value = account.as_str().to_owned().into();
        let change = Change {
            expect: vec![Expectation { row: key.clone(), is: Expected::Absent }],
            put: vec![PutRow { row: key.clone(), value, blobs: vec![] }],
            ..Change::default()
        };
        match engine.apply(&group, change).await {
            // Read it back: another server may have been quicker.
            Ok(_) | Err(ApplyError::Mismatch(_) | ApplyError::Unknown) => {}
            Err(ApplyError::Frozen) => unreachable!("the system's space is never frozen"),
            Err(ApplyError::Engine(error)) => return Err(error.into()),
        }
    }
    Err(IamError::Busy.into())
}

/// Twelve digits of which the first isn't zero: spreadsheets and YAML eat leading zeros.
fn random_account() -> AccountId {
    let number = u64::from_le_bytes(random());
    AccountId::from_number(100_000_000_000 + number % 900_000_000_000)
}
