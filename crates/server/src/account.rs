//! Opens the accounts: which one is the first, by ONGGI_ACCOUNT_ID or at random at the first start,
//! and what seals their secrets. And what S3 calls an account.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use engine::Engine;
use engine::clock::SystemClock;
use iam::{Iam, OpenError, Seal, Unsealable};
use parking_lot::Mutex;
use types::AccountId;

use crate::config::{Config, ConfigError, Environment};
use crate::master_key::{MasterKey, MasterKeyError};

/// Why the accounts can't be opened.
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
    /// A row can't be read or written.
    #[error("the account's rows: {0}")]
    Iam(#[from] iam::IamError),
}

impl From<OpenError> for AccountError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Other { wanted, kept } => Self::Other { wanted, kept },
            OpenError::Iam(error) => error.into(),
        }
    }
}

/// The accounts, and the first one; made if there is none yet.
pub async fn open(
    engine: Arc<dyn Engine>,
    config: &Config,
    environment: &Environment,
) -> Result<(Iam, AccountId), AccountError> {
    let wanted = match environment.get("ONGGI_ACCOUNT_ID") {
        None => None,
        Some(text) => Some(
            text.parse::<AccountId>()
                .map_err(|e| ConfigError::in_environment("ONGGI_ACCOUNT_ID", &e))?,
        ),
    };
    let seal = Arc::new(Sealer::new(&config.folder, environment));
    Ok(Iam::open(engine, Arc::new(SystemClock), (seal, config.quotas), wanted).await?)
}

/// An account's canonical user id: 64 hexadecimal digits that always mean this account.
pub(crate) fn canonical_user(account: AccountId) -> String {
    let text = format!("onggi canonical user {account}");
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    digest.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}

/// The master key, taken from folder or environment when the first secret asks for it: a store whose
/// root key is the environment's and that has no users has no master key.
struct Sealer {
    folder: Box<Path>,
    environment: Environment,
    key: OnceLock<MasterKey>,
    /// Held by whoever takes the key.
    taking: Mutex<()>,
}

impl Sealer {
    fn new(folder: &Path, environment: &Environment) -> Self {
        let (folder, environment) = (folder.into(), environment.clone());
        Self { folder, environment, key: OnceLock::new(), taking: Mutex::default() }
    }

    fn key(
        &self,
        take: fn(&Path, &Environment) -> Result<MasterKey, MasterKeyError>,
    ) -> Result<&MasterKey, Unsealable> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let _taking = self.taking.lock();
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let key = take(&self.folder, &self.environment);
        let key = key.map_err(|e| Unsealable(e.to_string()))?;
        Ok(self.key.get_or_init(|| key))
    }
}

impl Seal for Sealer {
    fn seal(&self, secret: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable> {
        // `iam` seals nothing while it has a secret that doesn't open: a key made here hides none.
        Ok(self.key(MasterKey::load_or_make)?.seal(secret, purpose))
    }

    fn open(&self, sealed: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable> {
        let opened = self.key(MasterKey::load)?.open(sealed, purpose);
        opened.map_err(|e| Unsealable(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_is_made_for_the_first_secret_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let sealer = || Sealer::new(folder.path(), &Environment::new());
        assert!(sealer().open(b"sealed", "use").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let sealed = sealer().seal(b"secret", "use").unwrap();
        assert_eq!(sealer().open(&sealed, "use").unwrap(), b"secret");
        assert!(sealer().open(&sealed, "other").is_err());
        std::fs::remove_file(folder.path().join("master.key")).unwrap();
        assert!(sealer().open(&sealed, "use").unwrap_err().0.contains("master.key is missing"));
    }
}
