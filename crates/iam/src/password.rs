//! Passwords, hashed: argon2id with the cost that OWASP's "Password Storage Cheat Sheet" names.
//!
//! Hashing takes some 20 ms of a core and 19 MiB, on threads of its own and few at a time: nobody can
//! keep the server busy with it.

use std::sync::{Arc, LazyLock};

use argon2::{Algorithm, Argon2, Params};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::seal::random;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const HASH_BYTES: usize = 32;
/// Passwords that are hashed at a time.
const AT_A_TIME: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_A_TIME);

/// What a password without an owner is compared with, so that it takes as long.
static NOBODYS: LazyLock<Hashed> = LazyLock::new(|| Hashed::of(&random::<16>()));

/// A password's hash and what it was made with.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hashed {
    memory_kib: u32,
    passes: u32,
    /// Base64, as the hash.
    salt: String,
    hash: String,
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashed(...)")
    }
}

impl Hashed {
    fn of(password: &[u8]) -> Self {
        let salt = random::<16>();
        let hash = hash(password, &salt, (MEMORY_KIB, PASSES)).expect("the parameters are right");
        Self {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: STANDARD_NO_PAD.encode(salt),
            hash: STANDARD_NO_PAD.encode(hash),
        }
    }

    /// Compares in constant time; a hash that can't be read is nobody's password.
    fn matches(&self, password: &[u8]) -> bool {
        let salt = STANDARD_NO_PAD.decode(&self.salt).unwrap_or_default();
        let wanted = STANDARD_NO_PAD.decode(&self.hash).unwrap_or_default();
        let found = hash(password, &salt, (self.memory_kib, self.passes));
        found.is_some_and(|it| same(&it, &wanted))
    }
}

fn hash(password: &[u8], salt: &[u8], (memory, passes): (u32, u32)) -> Option<[u8; HASH_BYTES]> {
    // A damaged row can't ask for more than a good one.
    let params = Params::new(memory.min(MEMORY_KIB), passes.min(PASSES), 1, None).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut hash = [0; HASH_BYTES];
    argon2.hash_password_into(password, salt, &mut hash).ok()?;
    Some(hash)
}

fn same(a: &[u8], b: &[u8]) -> bool {
    let differences = a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && std::hint::black_box(differences) == 0
}

/// Hashes a password.
pub(crate) async fn hashed(password: &str) -> Hashed {
    let password = password.to_owned();
    on_a_thread(move || Hashed::of(password.as_bytes())).await
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and isn't.
pub(crate) async fn is_right(password: &str, hash: Option<Arc<Hashed>>) -> bool {
    let password = password.to_owned();
    on_a_thread(move || {
        let right = hash.as_deref().unwrap_or(&NOBODYS).matches(password.as_bytes());
        right && hash.is_some()
    })
    .await
}

/// Whether the password is one of those that were hashed.
pub(crate) async fn is_one_of(password: &str, hashes: Vec<Hashed>) -> bool {
    let password = password.to_owned();
    on_a_thread(move || hashes.iter().any(|it| it.matches(password.as_bytes()))).await
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _turn = TURNS.acquire().await.expect("it is never closed");
    tokio::task::spawn_blocking(work).await.expect("hashing doesn't panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let hash = hashed("correct horse").await;
        let text = serde_json::to_string(&hash).unwrap();
        assert!(!text.contains("horse") && !format!("{hash:?}").contains(&hash.hash));
        let hash = Arc::new(serde_json::from_str::<Hashed>(&text).unwrap());
        assert!(is_right("correct horse", Some(Arc::clone(&hash))).await);
        assert!(!is_right("battery staple", Some(Arc::clone(&hash))).await);
        assert!(!is_right("correct horse", None).await);
        assert_ne!(*hash, hashed("correct horse").await);
        let damaged = Hashed { hash: String::new(), ..(*hash).clone() };
        assert!(!is_right("correct horse", Some(Arc::new(damaged))).await);
    }

    /// As the reference implementation has it (argon2-cffi):
    /// `hash_secret_raw(b"password", b"somesalt", 2, 19456, 1, 32, Type.ID)`.
    #[test]
    fn argon2id_is_argon2id() {
        let known = hash(b"password", b"somesalt", (MEMORY_KIB, PASSES)).unwrap();
        let hex: String = known.iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hex, REFERENCE);
    }

    const REFERENCE: &str = "3cbd356a63f2794bb11bb1f4bc8af95fea87919bd69c79860465c562f87ccf61";
}
