//! Watches: who is told of notifications.

use std::ffi::{CString, c_int};
use std::ptr;
use std::sync::Arc;

use super::cluster::{Pool, PoolHandle};
use super::functions::P;
use super::{Answer, checked, copied, text};

/// Who hears of notifications. Called on librados' threads: must not block.
pub(crate) trait Listener: Send + Sync + 'static {
    /// Somebody said this; it is acknowledged when this returns.
    fn heard(&self, what: &[u8]);
    /// Notifications may have been missed, and none will come any more.
    fn failed(&self);
}

struct WatchContext {
    pool: Arc<PoolHandle>,
    name: CString,
    listener: Arc<dyn Listener>,
}

/// A watch on an object.
pub(crate) struct Watch {
    cookie: u64,
    context: *mut WatchContext,
    pool: Arc<PoolHandle>,
}

// SAFETY: the context is only read, by librados' threads, until `end` frees it.
unsafe impl Send for Watch {}
// SAFETY: likewise.
unsafe impl Sync for Watch {}

extern "C" fn notified(argument: P, id: u64, cookie: u64, _from: u64, data: P, bytes: usize) {
    // SAFETY: the context lives until its watch has ended and what was under way was flushed.
    let context = unsafe { &*argument.cast::<WatchContext>() };
    // SAFETY: librados gives so many bytes for the time of the call.
    let what = unsafe { copied(data.cast(), bytes) };
    context.listener.heard(&what);
    let acknowledge = context.pool.cluster.functions.rados_notify_ack;
    // SAFETY: an acknowledgement without a body.
    unsafe {
        acknowledge(context.pool.handle, context.name.as_ptr(), id, cookie, ptr::null(), 0);
    }
}

extern "C" fn watch_failed(argument: P, _cookie: u64, _error: c_int) {
    // SAFETY: as in `notified`.
    let context = unsafe { &*argument.cast::<WatchContext>() };
    context.listener.failed();
}

impl Pool {
    /// Watches an object, which exists; it counts as dead when the cluster hasn't heard of it for so
    /// many seconds. Blocks for a round trip.
    pub(crate) fn watch(
        &self,
        name: &str,
        seconds: u32,
        listener: Arc<dyn Listener>,
    ) -> Answer<Watch> {
        let pool = Arc::clone(&self.0);
        let context = WatchContext { pool: Arc::clone(&pool), name: text(name), listener };
        let context = Box::into_raw(Box::new(context));
        let mut cookie = 0;
        // SAFETY: the context is leaked until `Watch::end`.
        unsafe {
            let name = (*context).name.as_ptr();
            checked((pool.cluster.functions.rados_watch3)(
                pool.handle,
                name,
                &mut cookie,
                notified,
                watch_failed,
                seconds,
                context.cast(),
            ))?;
        }
        Ok(Watch { cookie, context, pool })
    }
}

impl Watch {
    /// Whether the watch was confirmed lately, as far as librados knows.
    pub(crate) fn lives(&self) -> bool {
        // SAFETY: the watch hasn't ended.
        unsafe {
            (self.pool.cluster.functions.rados_watch_check)(self.pool.handle, self.cookie) >= 0
        }
    }

    /// Blocks for a round trip.
    pub(crate) fn end(self) {
        let functions = &self.pool.cluster.functions;
        // SAFETY: behind the flush nothing calls with the context any more. If the cluster doesn't
        // answer it may, and the context is left.
        unsafe {
            let ended = (functions.rados_unwatch2)(self.pool.handle, self.cookie);
            let flushed = (functions.rados_watch_flush)(self.pool.cluster.handle);
            if ended >= 0 && flushed >= 0 {
                drop(Box::from_raw(self.context));
            }
        }
    }
}
