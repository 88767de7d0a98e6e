//! The contract as a program. Every engine runs it, also one that moves bodies, ends pages early,
//! and loses what it should have told a watcher; but its changes are never answered `Unknown`.
//!
//! An engine's own tests call [`run`] on a multi-threaded runtime:
//!
//! ```ignore
//! #[tokio::test(flavor = "multi_thread")]
//! async fn keeps_the_contract() {
//!     conformance::run(|| async {
//!         let folder = Arc::new(tempfile::tempdir().unwrap());
//!         let first = open(&folder).await;
//!         Subject::with_reopen(first, move || {
//!             let folder = Arc::clone(&folder);
//!             async move { open(&folder).await }
//!         })
//!     })
//!     .await;
//! }
//! ```
//!
//! [`model`] compares an engine with plain maps under random operations.

mod blobs;
mod changes;
mod lasting;
mod mistakes;
pub mod model;
mod races;
mod scans;
mod spaces;
mod subject;

use std::future::Future;
use std::pin::Pin;

pub use subject::Subject;

/// One promise and how it is checked.
#[derive(Clone, Copy)]
pub struct Case {
    /// What the engine promises, in words.
    pub promise: &'static str,
    /// Panics if the engine doesn't keep it.
    pub check: fn(Subject) -> Checking,
}

/// A case that runs.
pub type Checking = Pin<Box<dyn Future<Output = ()> + Send>>;

const fn case(promise: &'static str, check: fn(Subject) -> Checking) -> Case {
    Case { promise, check }
}

/// Every promise that can be seen from outside.
pub fn all() -> impl Iterator<Item = Case> {
    [
        changes::CASES,
        blobs::CASES,
        scans::CASES,
        spaces::CASES,
        races::CASES,
        lasting::CASES,
        mistakes::CASES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Runs every case on a fresh engine of its own, an `Arc<dyn Engine>` or a [`Subject`], and panics
/// with the names of those that failed.
pub async fn run<F, S>(fresh: impl Fn() -> F)
where
    F: Future<Output = S>,
    S: Into<Subject>,
{
    let mut broken = Vec::new();
    for case in all() {
        let subject = fresh().await.into();
        if let Err(error) = tokio::spawn((case.check)(subject)).await {
            broken.push(format!("{}: {error}", case.promise));
        }
    }
    assert!(broken.is_empty(), "the contract is broken:\n  {}", broken.join("\n  "));
}
