//! Step 3: who asks? A signature is looked up by its key and checked; no signature is an answer too.

use std::sync::Arc;

use types::Timestamp;
use wire::auth::{Claim, PayloadHash, SignedPayload, SignedRequest, Verifier, version_2_refused};
use wire::{Code, Error, Operation};

use crate::caller::Caller;
use crate::gateway::Gateway;

/// Finds the caller, and what the signature says of the body. `operation` is what was routed: the signature must be for its service.
pub(crate) fn authenticate(
    gateway: &Gateway,
    request: &SignedRequest<'_>,
    operation: &Operation,
) -> Result<(Caller, SignedPayload), Error> {
    let claim = Claim::find(request)?;
    // Version 2 knows no service, so it stays where it is needed: presigned URLs of S3.
    if matches!(claim, Claim::V2(_)) && (!gateway.sigv2 || request.form.is_some()) {
        return Err(version_2_refused());
    }
    claim.check_service(operation.service.scope())?;
    let Some(access_key) = claim.access_key() else {
        let payload = SignedPayload { hash: PayloadHash::Unsigned, chunks: None };
        return Ok((Caller::Anonymous, payload));
    };
    let mut key = gateway.root_keys.current();
    if key.id.as_str() != access_key {
        // `onggi root-key new` may have been quicker than the look at its file.
        let changed = gateway.root_keys.refresh().unwrap_or(false);
        key = gateway.root_keys.current();
        if !changed || key.id.as_str() != access_key {
            return Err(Error::new(Code::InvalidAccessKeyId).with("AWSAccessKeyId", access_key));
        }
    }
    if claim.has_session_token(request) {
        // Root's key belongs to no session.
        return Err(Error::new(Code::InvalidToken));
    }
    let now = Timestamp::from(std::time::SystemTime::now());
    let verifier = Verifier { secret: &key.secret, now, keys: &gateway.signing_keys };
    let payload = claim.verify(request, verifier)?;
    Ok((Caller::Root(Arc::clone(&gateway.root)), payload))
}
