//! Root's access key: from the environment while the environment names it, else the one made at the
//! first start and kept, sealed, in `root-key.json` of the store's folder.
//!
//! It is in a file of its own, and not in the engine, so that `onggi root-key new` works while the
//! server runs: the server looks whether the file has changed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use types::{AccessKeyId, AccountId};

use crate::config::{ConfigError, Environment, secret};
use crate::master_key::{MasterKey, MasterKeyError, Unsealable};
use crate::watched::Watched;
use crate::{private, random};

const FILE: &str = "root-key.json";
/// The number of the file's format.
const FORMAT: u32 = 1;
/// What the secret is sealed for.
const PURPOSE: &str = "root-key";
/// AWS's secrets have 40 characters.
const SECRET_CHARACTERS: usize = 40;
/// MinIO's minimums, kept for those who bring their variables.
const USER_BYTES_MIN: usize = 3;
const PASSWORD_BYTES_MIN: usize = 8;
const USER_BYTES_MAX: usize = 128;

/// An access key of root and its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct RootKey {
    /// The public half.
    pub id: AccessKeyId,
    /// The secret half.
    pub secret: String,
}

/// Why there is no root key.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    /// What the environment says is unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A rule for keys from the environment is broken.
    #[error("{0}")]
    Refused(&'static str),
    /// The file can't be read or written.
    #[error("{FILE}: {0}")]
    Io(#[from] io::Error),
    /// There is no key to renew: not a store's folder, or one that was never started.
    #[error("{}: {error}; is this the folder of a store?", path.display())]
    NoStore {
        /// The file that should be there.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The file isn't what this program writes.
    #[error("{FILE}: {0}")]
    Malformed(#[from] serde_json::Error),
    /// The master key isn't the one that sealed the secret.
    #[error("{FILE}: {0}; docs/operating says what to do when master.key is lost")]
    Unsealable(#[from] Unsealable),
    /// There is no master key.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: u32,
    access_key: String,
    sealed_secret: String,
}

impl Stored {
    fn parse(text: &[u8]) -> Result<Self, RootKeyError> {
        let stored: Self = serde_json::from_slice(text)?;
        match stored.format {
            FORMAT => Ok(stored),
            _ => Err(RootKeyError::Refused(
                "root-key.json has a format that this version can't read",
            )),
        }
    }
}

/// Root's key as the running server knows it.
pub struct RootKeys {
    current: ArcSwap<RootKey>,
    /// None: the key is the environment's and doesn't change.
    file: Option<WatchedFile>,
}

struct WatchedFile {
    path: PathBuf,
    master: MasterKey,
    watched: Watched<1>,
}

/// Where the key of this start came from.
pub enum Origin {
    /// The environment.
    Environment,
    /// An earlier start.
    Kept,
    /// Made now: the one time that its secret may be shown.
    New,
}

impl RootKeys {
    /// Takes the key from the environment or the folder; makes one of `account` if there is none.
    pub fn load(
        folder: &Path,
        environment: &Environment,
        account: AccountId,
    ) -> Result<(Self, Origin), RootKeyError> {
        if let Some(key) = from_environment(environment)? {
            return Ok((
                Self { current: ArcSwap::from_pointee(key), file: None },
                Origin::Environment,
            ));
        }
        let path = folder.join(FILE);
        let master = match path.try_exists()? {
            true => MasterKey::load(folder, environment)?,
            false => MasterKey::load_or_make(folder, environment)?,
        };
        let mut watched = Watched::before_reading([path.clone()]);
        let (key, origin) = match read(&path, &master)? {
            Some(key) => (key, Origin::Kept),
            None => {
                let key = replace(folder, &master, account)?;
                watched = Watched::before_reading([path.clone()]);
                (key, Origin::New)
            }
        };
        let file = Some(WatchedFile { path, master, watched });
        Ok((Self { current: ArcSwap::from_pointee(key), file }, origin))
    }

    /// The key that holds now.
    pub fn current(&self) -> Arc<RootKey> {
        self.current.load_full()
    }

    /// The same for a look, which isn't counted. Not to be kept while something is waited for.
    pub(crate) fn look(&self) -> Guard<Arc<RootKey>> {
        self.current.load()
    }

    /// Takes over a key that `onggi root-key new` has written since. One look at the file; called
    /// every now and then (`run.rs`) and when a key isn't known. True if it was read anew.
    pub fn refresh(&self) -> Result<bool, RootKeyError> {
        let Some(file) = &self.file else { return Ok(false) };
        let Some(version) = file.watched.changed() else { return Ok(false) };
        let Some(key) = read(&file.path, &file.master)? else { return Ok(false) };
        self.current.store(Arc::new(key));
        file.watched.was_read(version);
        Ok(true)
    }
}

/// Makes a new key of the account in the folder; the old one ends.
pub fn replace(
    folder: &Path,
    master: &MasterKey,
    account: AccountId,
) -> Result<RootKey, RootKeyError> {
    let key = RootKey { id: AccessKeyId::generate(account, random::bytes()), secret: new_secret() };
    let stored = Stored {
        format: FORMAT,
        access_key: key.id.as_str().into(),
        sealed_secret: STANDARD.encode(master.seal(key.secret.as_bytes(), PURPOSE)),
    };
    private::write(folder, FILE, &serde_json::to_vec_pretty(&stored)?)?;
    Ok(key)
}

/// `onggi root-key new DIR`: replaces the key of a store that exists.
pub fn renew(folder: &Path, environment: &Environment) -> Result<RootKey, RootKeyError> {
    if from_environment(environment)?.is_some() {
        return Err(RootKeyError::Refused("root's key is set by the environment: change it there"));
    }
    let path = folder.join(FILE);
    let text = std::fs::read(&path).map_err(|error| RootKeyError::NoStore { path, error })?;
    let stored = Stored::parse(&text)?;
    let account = AccessKeyId::chosen(&stored.access_key)
        .account()
        .ok_or(RootKeyError::Refused("root-key.json: the key names no account"))?;
    replace(folder, &MasterKey::load(folder, environment)?, account)
}

fn read(path: &Path, master: &MasterKey) -> Result<Option<RootKey>, RootKeyError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e.into()),
    };
    let stored = Stored::parse(&text)?;
    let sealed = STANDARD.decode(&stored.sealed_secret).map_err(|_| Unsealable)?;
    let secret = String::from_utf8(master.open(&sealed, PURPOSE)?).map_err(|_| Unsealable)?;
    Ok(Some(RootKey { id: AccessKeyId::chosen(&stored.access_key), secret }))
}

/// 40 letters and digits: the other two characters of base64 get lost in URLs and shells.
fn new_secret() -> String {
    let mut secret = String::new();
    while secret.len() < SECRET_CHARACTERS {
        let text = STANDARD.encode(random::bytes::<48>());
        secret.extend(text.chars().filter(char::is_ascii_alphanumeric));
    }
    secret.truncate(SECRET_CHARACTERS);
    secret
}

fn from_environment(environment: &Environment) -> Result<Option<RootKey>, RootKeyError> {
    let own = pair(environment, "ONGGI_ROOT_ACCESS_KEY", "ONGGI_ROOT_SECRET_KEY")?;
    let Some((id, secret)) = own.or(pair(environment, "MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD")?)
    else {
        return Ok(None);
    };
    if id == "minioadmin" || secret == "minioadmin" {
        return Err(RootKeyError::Refused(
            "minioadmin is the key that everybody knows: choose another one for root",
        ));
    }
    if !(USER_BYTES_MIN..=USER_BYTES_MAX).contains(&id.len())
        || !id.bytes().all(|b| b.is_ascii_graphic() && !b"/,=".contains(&b))
    {
        return Err(RootKeyError::Refused(
            "root's access key has 3 to 128 visible characters without / , and =",
        ));
    }
    if secret.len() < PASSWORD_BYTES_MIN {
        return Err(RootKeyError::Refused("root's secret key has at least 8 characters"));
    }
    Ok(Some(RootKey { id: AccessKeyId::chosen(&id), secret }))
}

fn pair(
    environment: &Environment,
    id: &str,
    secret_name: &str,
) -> Result<Option<(String, String)>, RootKeyError> {
    match (secret(environment, id)?, secret(environment, secret_name)?) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        _ => Err(RootKeyError::Refused("root's access key and secret key are set together")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountId {
        "123456789012".parse().unwrap()
    }

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
    }

    #[test]
    fn a_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let none = Environment::new();
        let (first, origin) = RootKeys::load(folder.path(), &none, account()).unwrap();
        assert!(matches!(origin, Origin::New));
        assert_eq!(first.current().id.account(), Some(account()));
        assert_eq!(first.current().secret.len(), SECRET_CHARACTERS);
        let (second, origin) = RootKeys::load(folder.path(), &none, account()).unwrap();
        assert!(matches!(origin, Origin::Kept));
        assert!(second.current() == first.current());
        let file = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!file.contains(&first.current().secret));
    }

    #[test]
    fn a_new_key_reaches_the_running_server() {
        let folder = tempfile::tempdir().unwrap();
        let none = Environment::new();
        let (keys, _) = RootKeys::load(folder.path(), &none, account()).unwrap();
        assert!(!keys.refresh().unwrap());
        let new = renew(folder.path(), &none).unwrap();
        assert!(keys.refresh().unwrap());
        assert!(*keys.current() == new);
    }

    #[test]
    fn a_key_of_another_format_is_neither_read_nor_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let none = Environment::new();
        RootKeys::load(folder.path(), &none, account()).unwrap();
        let path = folder.path().join(FILE);
        let newer = std::fs::read_to_string(&path).unwrap();
        let newer = newer.replace("\"format\": 1", "\"format\": 2");
        std::fs::write(&path, &newer).unwrap();
        for refused in [
            RootKeys::load(folder.path(), &none, account()).err(),
            renew(folder.path(), &none).err(),
        ] {
            assert!(matches!(refused, Some(RootKeyError::Refused(_))), "{refused:?}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
    }

    #[test]
    fn a_lost_master_key_is_not_replaced_by_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let none = Environment::new();
        RootKeys::load(folder.path(), &none, account()).unwrap();
        let lost = folder.path().join("master.key");
        std::fs::remove_file(&lost).unwrap();
        for refused in [
            RootKeys::load(folder.path(), &none, account()).err(),
            renew(folder.path(), &none).err(),
        ] {
            let missing = RootKeyError::MasterKey(MasterKeyError::Missing).to_string();
            assert_eq!(refused.unwrap().to_string(), missing);
        }
        assert!(!lost.exists());
        std::fs::remove_file(folder.path().join(FILE)).unwrap();
        let (_, origin) = RootKeys::load(folder.path(), &none, account()).unwrap();
        assert!(matches!(origin, Origin::New));
    }

    #[test]
    fn the_environments_key_holds_and_is_never_stored() {
        let folder = tempfile::tempdir().unwrap();
        for (id, secret) in [
            ("ONGGI_ROOT_ACCESS_KEY", "ONGGI_ROOT_SECRET_KEY"),
            ("MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"),
        ] {
            let named = environment(&[(id, "admin"), (secret, "password1")]);
            let (keys, origin) = RootKeys::load(folder.path(), &named, account()).unwrap();
            assert!(matches!(origin, Origin::Environment));
            assert_eq!(keys.current().id.as_str(), "admin");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn bad_keys_of_the_environment_are_refused() {
        for (id, secret) in [
            ("minioadmin", "minioadmin"),
            ("admin", "minioadmin"),
            ("ab", "password1"),
            ("a/b/c", "password1"),
            ("admin", "short"),
        ] {
            let named = environment(&[("MINIO_ROOT_USER", id), ("MINIO_ROOT_PASSWORD", secret)]);
            assert!(from_environment(&named).is_err(), "{id} {secret}");
        }
        assert!(from_environment(&environment(&[("MINIO_ROOT_USER", "admin")])).is_err());
    }
}
