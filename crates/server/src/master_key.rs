//! The master key: seals every secret at rest. From the environment (`ONGGI_MASTER_KEY`, base64 of
//! 32 bytes, or `_FILE`), else from `master.key` in the store's folder, made at the first start.
//!
//! Whoever loses it loses the sealed secrets, not the objects: docs/operating says what to do.

use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::config::{ConfigError, Environment, secret};
use crate::{private, random};

const FILE: &str = "master.key";

/// Seals and opens small secrets with AES-256-GCM under a random nonce.
pub struct MasterKey(LessSafeKey);

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The environment's is unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The text isn't base64 of 32 bytes.
    #[error("{0}: not a master key (base64 of 32 bytes)")]
    Malformed(String),
    /// Something was sealed, and there is no key: a new one would only hide that.
    #[error("{FILE} is missing and ONGGI_MASTER_KEY isn't set; docs/operating says what to do")]
    Missing,
    /// The file can't be read or written.
    #[error("{FILE}: {0}")]
    Io(#[from] io::Error),
}

/// A sealed secret doesn't open: another master key, another use, or damage.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the sealed secret doesn't open with this master key")]
pub struct Unsealable;

impl MasterKey {
    /// Takes the key from the environment or the folder.
    pub fn load(folder: &Path, environment: &Environment) -> Result<Self, MasterKeyError> {
        if let Some(text) = secret(environment, "ONGGI_MASTER_KEY")? {
            return Self::parse(&text, "ONGGI_MASTER_KEY");
        }
        match std::fs::read_to_string(folder.join(FILE)) {
            Ok(text) => Self::parse(text.trim(), FILE),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(MasterKeyError::Missing),
            Err(e) => Err(e.into()),
        }
    }

    /// The same where nothing has been sealed yet: makes a key in the folder if there is none.
    pub fn load_or_make(folder: &Path, environment: &Environment) -> Result<Self, MasterKeyError> {
        match Self::load(folder, environment) {
            Err(MasterKeyError::Missing) => {
                let text = STANDARD.encode(random::bytes::<32>());
                private::write(folder, FILE, text.as_bytes())?;
                Self::parse(&text, FILE)
            }
            loaded => loaded,
        }
    }

    fn parse(text: &str, place: &str) -> Result<Self, MasterKeyError> {
        let malformed = || MasterKeyError::Malformed(place.into());
        let bytes = STANDARD.decode(text).map_err(|_| malformed())?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| malformed())?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals a secret for one use: `purpose` must be the same when it is opened.
    pub fn seal(&self, secret: &[u8], purpose: &str) -> Vec<u8> {
        let nonce = random::bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .expect("a short secret can be sealed");
        [&nonce[..], &sealed].concat()
    }

    /// Opens what [`MasterKey::seal`] sealed.
    pub fn open(&self, sealed: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(Unsealable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unsealable)?;
        let mut rest = rest.to_vec();
        let opened = self.0.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut rest);
        opened.map(|it| it.to_vec()).map_err(|_| Unsealable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_purpose_only() {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::load_or_make(folder.path(), &Environment::new()).unwrap();
        let sealed = key.seal(b"secret", "root");
        assert!(!sealed.windows(6).any(|it| it == b"secret"));
        let again = MasterKey::load_or_make(folder.path(), &Environment::new()).unwrap();
        assert_eq!(again.open(&sealed, "root").unwrap(), b"secret");
        assert_eq!(again.open(&sealed, "other"), Err(Unsealable));
        assert_eq!(again.open(&sealed[1..], "root"), Err(Unsealable));
        assert_eq!(again.open(b"", "root"), Err(Unsealable));
        let other = tempfile::tempdir().unwrap();
        let other = MasterKey::load_or_make(other.path(), &Environment::new()).unwrap();
        assert_eq!(other.open(&sealed, "root"), Err(Unsealable));
    }

    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        MasterKey::load_or_make(folder.path(), &Environment::new()).unwrap();
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_malformed_key_is_refused() {
        let environment = Environment::from([("ONGGI_MASTER_KEY".into(), "short".into())]);
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            MasterKey::load_or_make(folder.path(), &environment),
            Err(MasterKeyError::Malformed(_))
        ));
    }
}
