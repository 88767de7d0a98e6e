//! The store's first account: chosen by ONGGI_ACCOUNT_ID or at random at the first start, kept in
//! the engine for good. (The `iam` crate will take this row over with all other accounts.)

use engine::{
    ApplyError, Change, Engine, EngineError, Expectation, Expected, Group, PutRow, RowKey, Space,
    Table,
};
use types::AccountId;

use crate::config::{ConfigError, Environment};
use crate::master_key::random;

/// Why the account isn't known.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// ONGGI_ACCOUNT_ID isn't twelve digits.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// ONGGI_ACCOUNT_ID isn't the one that the store was made with.
    #[error("ONGGI_ACCOUNT_ID is {wanted}, but this store belongs to account {kept}")]
    Other {
        /// What the environment says.
        wanted: AccountId,
        /// What the store says.
        kept: AccountId,
    },
    /// The row can't be read or written.
    #[error("the account's row: {0}")]
    Engine(String),
}

impl From<EngineError> for AccountError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error.to_string())
    }
}

/// The account's row, made if there is none yet.
pub async fn first(
    engine: &dyn Engine,
    environment: &Environment,
) -> Result<AccountId, AccountError> {
    let wanted = match environment.get("ONGGI_ACCOUNT_ID") {
        None => None,
        Some(text) => Some(
            text.parse::<AccountId>()
                .map_err(|e| ConfigError::in_environment("ONGGI_ACCOUNT_ID", &e))?,
        ),
    };
    let group = Group::new(Space::SYSTEM, &b"account"[..]);
    let key = RowKey::new(Table::Catalog, &b"first"[..]);
    loop {
        if let Some(row) = engine.get(&group, &key).await? {
            let kept = std::str::from_utf8(&row.value).ok().and_then(|it| it.parse().ok());
            let kept = kept.ok_or_else(|| AccountError::Engine("isn't an account id".into()))?;
            return match wanted {
                Some(wanted) if wanted != kept => Err(AccountError::Other { wanted, kept }),
                _ => Ok(kept),
            };
        }
        let account = wanted.unwrap_or_else(random_account);
        let change = Change {
            expect: vec![Expectation { row: key.clone(), is: Expected::Absent }],
            put: vec![PutRow {
                row: key.clone(),
                value: account.as_str().to_owned().into(),
                blobs: vec![],
            }],
            ..Change::default()
        };
        match engine.apply(&group, change).await {
            // Read it back: another gateway may have been quicker.
            Ok(_) | Err(ApplyError::Mismatch(_) | ApplyError::Unknown) => {}
            Err(error) => return Err(AccountError::Engine(error.to_string())),
        }
    }
}

/// Twelve digits of which the first isn't zero: spreadsheets and YAML eat leading zeros.
fn random_account() -> AccountId {
    let number = u64::from_le_bytes(random());
    AccountId::from_number(100_000_000_000 + number % 900_000_000_000)
}
