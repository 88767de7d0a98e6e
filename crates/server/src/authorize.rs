//! Step 6: may this caller do this? The answer is a [`Permit`], the only way to the store.
//!
//! Until the `policy` and `iam` crates are there the rules are two: root may do everything in its
//! account, anonymous callers may do nothing.

use std::marker::PhantomData;

use store::Store;
use types::{AccountId, Arn};
use wire::{Code, Error};

use crate::caller::Caller;

/// A proof that the caller may perform one operation on one resource.
///
/// `Op` is the operation's handler, so that a permit for reading can't be used for writing.
pub struct Permit<'a, Op> {
    store: &'a Store,
    /// Whether a key that isn't there may be called missing; else the answer is AccessDenied
    /// ("GetObject", S3 API Reference: 404 with `s3:ListBucket`, 403 without).
    may_list: bool,
    op: PhantomData<fn() -> Op>,
}

impl<'a, Op> Permit<'a, Op> {
    /// The store, for what was permitted.
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// The error for a key that isn't there.
    pub fn no_such_key(&self, error: Error) -> Error {
        if self.may_list { error } else { denied() }
    }
}

/// Decides. `account` is the bucket's owner, or the caller's own account where no bucket is named.
pub fn authorize<'a, Op>(
    store: &'a Store,
    caller: &Caller,
    action: &str,
    resource: &Arn,
    account: AccountId,
) -> Result<Permit<'a, Op>, Error> {
    match caller {
        Caller::Root { account: own, .. } if *own == account => {
            Ok(Permit { store, may_list: true, op: PhantomData })
        }
        Caller::Root { .. } | Caller::Anonymous => {
            tracing::debug!(caller = caller.name(), action, %resource, "denied");
            Err(denied())
        }
    }
}

fn denied() -> Error {
    Error::new(Code::AccessDenied)
}
