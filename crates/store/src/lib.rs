//! Object-store meaning on an engine: buckets, objects, listings, multipart uploads, preconditions.
//!
//! What is absent: HTTP, AWS's error codes, who may do what. A method either has happened when it
//! returns `Ok`, durably, or hasn't; dropping a future leaves one or the other.
//!
//! Rows (`rows.rs`): a bucket's name in the system's space, its configuration and its objects in a
//! space of its own, whose number is never used again.

mod audit;
mod background;
mod bucket;
mod error;
mod listing;
mod multipart;
mod object;
mod read;
mod rows;

use std::collections::HashMap;
use std::sync::Arc;

use engine::Engine;
use engine::clock::Clock;
use parking_lot::{Mutex, RwLock};

pub use audit::{Audit, Miscount};
pub use bucket::{Bucket, BucketPage, Config, NewBucket, Usage};
pub use error::StoreError;
pub use listing::{LISTING_MAX, ListPage, ListQuery, Listed};
pub use multipart::{
    Combined, ListedPart, ListedUpload, PART_BYTES_MIN, PART_NUMBER_MAX, PartMark, PartPage,
    PartWriter, Upload, UploadId, UploadPage, UploadQuery,
};
pub use object::{Committed, Digests, METADATA_BYTES_MAX, ObjectMeta, Precondition, PutWriter};
pub use read::{Object, ObjectReader, PartSpan, ReadConditions, Unread};
pub use rows::Headers;

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
    /// Uploads whose parts are being read, and by how many readers: not swept meanwhile.
    pins: Mutex<HashMap<UploadId, usize>>,
}

impl Store {
    /// A store on an engine.
    pub async fn open(engine: Arc<dyn Engine>, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let inner = Inner { engine, clock, buckets: RwLock::default(), pins: Mutex::default() };
        let store = Self { inner: Arc::new(inner) };
        store.forget_on_change();
        Ok(store)
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

#[cfg(test)]
mod tests;
