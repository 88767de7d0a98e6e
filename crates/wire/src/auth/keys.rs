//! Signing keys: derived from a secret, a day, a region and a service; kept, because deriving one
//! costs more than the rest of a verification.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use ring::hmac;
use rpds::HashTrieMapSync;

use super::canonical::hex;
use crate::error::Error;

/// Most keys kept; a client can make one of each region it names.
const KEYS_MAX: usize = 1024;
/// The hash of no bytes.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Signing keys by credential. Every signed request looks one up: that writes nothing that others read.
#[derive(Default)]
pub struct SigningKeys(ArcSwap<HashTrieMapSync<String, Kept>>);

struct Kept {
    /// A key is good for the secret that it was made of, and that may change.
    secret: Box<str>,
    key: Arc<hmac::Key>,
}

impl SigningKeys {
    /// Lets `verify` judge with the key for a credential (`KEY/DAY/REGION/SERVICE/aws4_request`) and its
    /// secret. The key of a signature that didn't hold isn't kept: whoever can't sign could otherwise
    /// empty the cache with a new region a request.
    pub(super) fn verify<T>(
        &self,
        credential: &Credential<'_>,
        secret: &str,
        verify: impl FnOnce(&Arc<hmac::Key>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if let Some(kept) = self.0.load().get(credential.whole)
            // Both are the server's own: no client can try one after another.
            && *kept.secret == *secret
        {
            return verify(&kept.key);
        }
        let key = Arc::new(derive(credential, secret));
        let verified = verify(&key)?;
        self.0.rcu(|keys| {
            let kept = Kept { secret: secret.into(), key: Arc::clone(&key) };
            match keys.size() < KEYS_MAX {
                true => keys.insert(credential.whole.to_owned(), kept),
                false => HashTrieMapSync::default().insert(credential.whole.to_owned(), kept),
            }
        });
        Ok(verified)
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKeys")
    }
}

/// The parts of a credential.
pub(super) struct Credential<'a> {
    pub(super) whole: &'a str,
    pub(super) day: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
}

pub(super) fn derive(credential: &Credential<'_>, secret: &str) -> hmac::Key {
    let mut key = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
    for part in [credential.day, credential.region, credential.service, "aws4_request"] {
        let tag = hmac::sign(&key, part.as_bytes());
        key = hmac::Key::new(hmac::HMAC_SHA256, tag.as_ref());
    }
    key
}

/// What signatures of chunks are made with: each covers the one before it.
#[derive(Clone)]
pub struct ChunkKey {
    key: Arc<hmac::Key>,
    time: String,
    scope: String,
    previous: String,
}

impl ChunkKey {
    pub(super) fn new(key: Arc<hmac::Key>, time: &str, scope: &str, seed: &str) -> Self {
        Self { key, time: time.into(), scope: scope.into(), previous: seed.into() }
    }

    /// The signature of the next chunk, in hexadecimal, by the SHA-256 of its bytes.
    pub fn next_chunk(&mut self, sha256: &[u8]) -> &str {
        let tail = format!("{EMPTY_SHA256}\n{}", hex(sha256));
        self.next("AWS4-HMAC-SHA256-PAYLOAD", &tail)
    }

    /// The signature of the trailers, by the SHA-256 of their canonical form.
    pub fn next_trailer(&mut self, sha256: &[u8]) -> &str {
        self.next("AWS4-HMAC-SHA256-TRAILER", &hex(sha256))
    }

    fn next(&mut self, algorithm: &str, tail: &str) -> &str {
        let Self { time, scope, previous, .. } = &*self;
        let text = format!("{algorithm}\n{time}\n{scope}\n{previous}\n{tail}");
        self.previous = hex(hmac::sign(&self.key, text.as_bytes()).as_ref());
        &self.previous
    }
}

impl fmt::Debug for ChunkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChunkKey({})", self.scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::errors::Code;

    #[test]
    fn only_keys_whose_signatures_held_are_kept_and_no_more_than_there_is_room_for() {
        let keys = SigningKeys::default();
        let verify = |region: &str, holds: bool| {
            let whole = format!("AKIA/20260524/{region}/s3/aws4_request");
            let credential = Credential { whole: &whole, day: "20260524", region, service: "s3" };
            let judge = |_: &Arc<hmac::Key>| match holds {
                true => Ok(()),
                false => Err(Error::new(Code::SignatureDoesNotMatch)),
            };
            keys.verify(&credential, "secret", judge).is_ok()
        };
        assert!(!verify("a", false));
        assert_eq!(keys.0.load().size(), 0);
        for number in 0..KEYS_MAX {
            assert!(verify(&number.to_string(), true));
        }
        assert_eq!(keys.0.load().size(), KEYS_MAX);
        assert!(verify("0", true) && !verify("a", false));
        assert_eq!(keys.0.load().size(), KEYS_MAX, "one that is kept, and one that isn't");
        assert!(verify("one more", true));
        assert_eq!(keys.0.load().size(), 1);
    }
}
