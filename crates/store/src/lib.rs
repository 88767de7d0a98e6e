//! Object-store meaning on an engine: buckets, objects, listings, multipart uploads, preconditions.
//!
//! What is absent: HTTP, AWS's error codes, who may do what. A method either has happened when it
//! returns `Ok`, durably, or hasn't; dropping a future leaves one or the other, and leaves nothing
//! behind: what needs several steps that belong together is a task of its own once it has begun.
//!
//! Rows (`rows.rs`): a bucket's name and its configuration in the system's space, its objects in a
//! space of its own, whose number is never used again.
//!
//! `head.rs` is the one place where objects change; `deletion.rs` ends buckets, `completion.rs`
//! turns uploads into objects, `sweep.rs` removes what belongs to nothing any more. [`Store::background`]
//! takes up what a crash cut off.

mod audit;
mod background;
mod bucket;
mod completion;
mod config;
mod deletion;
mod error;
mod head;
mod listing;
mod multipart;
mod object;
mod read;
mod rows;
mod sweep;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use engine::clock::Clock;
use engine::{Engine, Space};
use parking_lot::{Mutex, RwLock};

pub use audit::{Audit, Miscount};
pub use bucket::{Bucket, BucketPage, BucketSummary, NewBucket, Usage};
pub use completion::{Combined, PartMark, PartSums};
pub use config::{CONFIG_BYTES_MAX, Config, Documents, Record};
pub use error::StoreError;
pub use listing::{LISTING_MAX, ListPage, ListQuery, Listed};
pub use multipart::{
    ListedPart, ListedUpload, NewUpload, PART_BYTES_MIN, PART_NUMBER_MAX, PartPage, PartWriter,
    Upload, UploadId, UploadPage, UploadQuery,
};
pub use object::{
    Committed, Details, Digests, Headers, METADATA_BYTES_MAX, Precondition, PutWriter, Summary,
    TAGS_MAX,
};
pub use read::{Object, ObjectReader, PartSpan, ReadConditions, Unread};

/// An object store. Cloning it is cheap.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Arc<dyn Engine>,
    clock: Arc<dyn Clock>,
    /// Buckets by name, as they were last read; emptied when the catalog changes.
    buckets: RwLock<bucket::Cache>,
    /// Names of buckets whose deletion somebody here works at.
    deletions: Mutex<HashSet<String>>,
    /// Uploads whose parts are being read, and by how many readers: not swept meanwhile.
    pins: Mutex<HashMap<UploadId, usize>>,
    /// Spaces in which this store noted garbage since it was last swept.
    unswept: Mutex<HashSet<Space>>,
    /// Fewest bytes of a part that isn't the last; tests have less time.
    part_bytes_min: u64,
}

impl Store {
    /// A store on an engine. Only to be called within a tokio runtime: it follows changes there.
    pub async fn open(engine: Arc<dyn Engine>, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        Ok(Self::with_parts_of(PART_BYTES_MIN, engine, clock))
    }

    fn with_parts_of(part_bytes_min: u64, engine: Arc<dyn Engine>, clock: Arc<dyn Clock>) -> Self {
        let inner = Inner {
            engine,
            clock,
            buckets: RwLock::default(),
            deletions: Mutex::default(),
            pins: Mutex::default(),
            unswept: Mutex::default(),
            part_bytes_min,
        };
        let store = Self { inner: Arc::new(inner) };
        store.forget_on_change();
        store
    }

    fn engine(&self) -> &dyn Engine {
        &*self.inner.engine
    }

    fn now(&self) -> types::Timestamp {
        self.inner.clock.now()
    }
}

/// A number that nobody has: names bucket spaces, writes and uploads.
fn random() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    u64::from_le_bytes(bytes)
}

/// The same for each write of an object, of which there are many: asking the operating system takes
/// longer than all else that is in such a number. Where the numbers of a process begin is random, and how
/// they go on is a bijection (SplitMix64): no two of its own are alike, and another process's are no
/// likelier to be than if all were random.
fn write_number() -> u64 {
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(random()));
    let mut number = NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Does work that, once begun, must not stop in the middle because nobody waits for it any more
/// (a client that has gone). Ends with the work, or with the process.
async fn to_the_end<T, E>(work: impl Future<Output = Result<T, E>> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StoreError::Unavailable("the process ends".into()).into()),
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
