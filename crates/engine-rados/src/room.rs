//! Room in the pools.
//!
//! A pool that is full, or over its quota, refuses whatever makes its objects more or longer. Rows it
//! still takes, until the disks below can't. So a gateway tries at every renewal whether each pool takes
//! one more object; as long as one doesn't, new bodies are refused, and what frees space goes through.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use engine::EngineError;

use crate::layout::ROOM_OBJECT;
use crate::librados::{Errno, Pool, Step};
use crate::shared::Shared;

/// Which pools take no more.
#[derive(Default)]
pub(crate) struct Room {
    index_is_full: AtomicBool,
    data_is_full: AtomicBool,
}

impl Room {
    pub(crate) fn is_full(&self) -> bool {
        self.index_is_full.load(Ordering::Relaxed) || self.data_is_full.load(Ordering::Relaxed)
    }

    /// For a small body, and the row of any.
    pub(crate) fn for_rows(&self) -> Result<(), EngineError> {
        match self.index_is_full.load(Ordering::Relaxed) {
            true => Err(EngineError::Full),
            false => Ok(()),
        }
    }

    /// For a large body.
    pub(crate) fn for_pieces(&self) -> Result<(), EngineError> {
        if self.is_full() { Err(EngineError::Full) } else { Ok(()) }
    }
}

impl Shared {
    /// Looks whether there is room. A pool that doesn't answer is as it was.
    pub(crate) async fn look_for_room(&self) {
        let pools = [
            (&self.index, &self.room.index_is_full, &self.options.index_pool),
            (&self.data, &self.room.data_is_full, &self.options.data_pool),
        ];
        for (pool, is_full, name) in pools {
            let Some(full) = self.takes_nothing(pool).await else { continue };
            if is_full.swap(full, Ordering::Relaxed) != full {
                tracing::warn!(pool = name, full, "room for new bodies");
            }
        }
    }

    async fn takes_nothing(&self, pool: &Pool) -> Option<bool> {
        let steps = vec![Step::Create, Step::WriteFull(Bytes::from_static(b"x"))];
        match pool.write(ROOM_OBJECT, steps).await {
            Ok(_) => {
                let _ = pool.write(ROOM_OBJECT, vec![Step::Remove]).await;
                Some(false)
            }
            Err(Errno::NO_SPACE | Errno::QUOTA) => Some(true),
            Err(_) => None,
        }
    }
}
