//! Step 3: who asks? A signature is looked up by its key and checked; no signature is an answer too.

use std::sync::Arc;

use iam::IamError;
use serde_json::{Value, json};
use types::{AccessKeyId, Timestamp};
use wire::auth::{
    Claim, SignedPayload, SignedRequest, Verifier, unsigned_payload, version_2_refused,
};
use wire::{Code, Error, Operation};

use crate::caller::{Caller, Root};
use crate::gateway::Gateway;
use crate::root_key::RootKey;

/// Longest access key id that a record of it has, in characters.
const ACCESS_KEY_CHARACTERS_MAX: usize = 128;

/// A signature that doesn't hold, or none where there has to be one.
pub(crate) struct Unauthenticated {
    /// What the client is told.
    pub(crate) error: Error,
    /// The key that is said to have signed, as far as that could be read.
    access_key: Option<String>,
}

impl Unauthenticated {
    fn new(error: Error, access_key: &str) -> Self {
        let access_key = access_key.chars().take(ACCESS_KEY_CHARACTERS_MAX).collect();
        Self { error, access_key: Some(access_key) }
    }

    /// As audit records write it: CloudTrail's `userIdentity`. Whoever sent the request isn't who it
    /// says, so no user is named.
    pub(crate) fn to_json(&self) -> Value {
        match &self.access_key {
            Some(key) => json!({"type": "Unknown", "accessKeyId": key}),
            None => json!({"type": "Unknown"}),
        }
    }
}

impl From<Error> for Unauthenticated {
    fn from(error: Error) -> Self {
        Self { error, access_key: None }
    }
}

/// Finds the caller, and what the signature says of the body. `operation` is what was routed: the signature must be for its service.
pub(crate) async fn authenticate(
    gateway: &Gateway,
    request: &SignedRequest<'_>,
    (operation, now): (&Operation, Timestamp),
) -> Result<(Caller, SignedPayload), Unauthenticated> {
    let claim = Claim::find(request)?;
    let Some(access_key) = claim.access_key() else {
        return Ok((Caller::Anonymous, unsigned_payload(request)?));
    };
    let found = check(gateway, (request, &claim), (operation, access_key), now).await;
    found.map_err(|error| Unauthenticated::new(error, access_key))
}

/// Refuses who names no access key that there is, before anything of the body is known.
pub(crate) async fn refuse_strangers(
    gateway: &Gateway,
    request: &SignedRequest<'_>,
) -> Result<(), Error> {
    let claim = Claim::find(request)?;
    let access_key = claim.access_key();
    let access_key = access_key.ok_or_else(|| Error::new(Code::MissingAuthenticationToken))?;
    signer(gateway, access_key).await.map(drop)
}

async fn check(
    gateway: &Gateway,
    (request, claim): (&SignedRequest<'_>, &Claim<'_>),
    (operation, access_key): (&Operation, &str),
    now: Timestamp,
) -> Result<(Caller, SignedPayload), Error> {
    // Version 2 knows no service, so it stays where it is needed: presigned URLs of S3.
    if claim.is_version_2() && (!gateway.sigv2 || request.form.is_some()) {
        return Err(version_2_refused());
    }
    claim.check_service(operation.service.scope())?;
    let signer = signer(gateway, access_key).await?;
    if claim.has_session_token(request) {
        // Neither root's keys nor a user's belong to a session.
        let why = "a session token, and the key belongs to no session";
        return Err(Error::new(Code::InvalidToken).because(why));
    }
    let verifier = Verifier { secret: signer.secret(), now, keys: &gateway.signing_keys };
    let payload = claim.verify(request, verifier)?;
    if let Signer::User { account, key } = &signer {
        let region = claim.region().unwrap_or(&gateway.region);
        let by = (operation.service.scope(), region);
        gateway.vault.note_key_use((account.id, key), now, by);
    }
    Ok((signer.into_caller(gateway)?, payload))
}

/// Whose secret a signature is checked with.
enum Signer {
    Root(arc_swap::Guard<Arc<RootKey>>),
    User { account: Arc<iam::Account>, key: Arc<iam::AccessKey> },
}

/// Looks an access key up: root's, then the users' of the account that its id contains.
async fn signer(gateway: &Gateway, access_key: &str) -> Result<Signer, Error> {
    let of_root = || Some(gateway.root_keys.look()).filter(|it| it.id.as_str() == access_key);
    if let Some(root) = of_root() {
        return Ok(Signer::Root(root));
    }
    let unknown = || Error::new(Code::InvalidAccessKeyId).with("AWSAccessKeyId", access_key);
    if let Some(account) = AccessKeyId::account_in(access_key) {
        let account = match gateway.vault.account(account).await {
            Ok(account) => Some(account),
            Err(IamError::NoSuchAccount(_)) => None,
            Err(error) => return Err(Error::new(Code::ServiceUnavailable).because(error)),
        };
        let found = account.and_then(|it| Some((Arc::clone(it.key(access_key)?), it)));
        if let Some((key, account)) = found {
            // AWS says of an inactive key what it says of one that there isn't.
            if !key.active {
                return Err(unknown().because("the key is inactive"));
            }
            if key.secret.is_none() {
                let why = format!("this server's master key doesn't open {access_key}");
                return Err(Error::new(Code::ServiceUnavailable).because(why));
            }
            return Ok(Signer::User { account, key });
        }
    }
    // `onggi root-key new` may have been quicker than the look at its file.
    if gateway.root_keys.refresh().unwrap_or(false)
        && let Some(root) = of_root()
    {
        return Ok(Signer::Root(root));
    }
    Err(unknown().because("there is no such access key"))
}

impl Signer {
    fn secret(&self) -> &str {
        match self {
            Self::Root(key) => &key.secret,
            Self::User { key, .. } => key.secret.as_ref().map_or("", iam::Secret::reveal),
        }
    }

    fn into_caller(self, gateway: &Gateway) -> Result<Caller, Error> {
        match self {
            Self::Root(_) => Ok(Caller::Root(Root::new(gateway.account))),
            Self::User { account, key } => {
                let identity = account.identity(key.user).ok_or_else(|| {
                    let why = format!("access key {} has no user", key.id);
                    Error::new(Code::InternalError).because(why)
                })?;
                Ok(Caller::User(identity, key))
            }
        }
    }
}
