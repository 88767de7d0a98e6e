//! What is under way: an operation's parts from its submission to its end.
//!
//! Whoever awaits it may go away; librados writes to what is here, and here alone.

use std::ffi::{CStr, c_char, c_int};
use std::ptr;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::cluster::{Pool, PoolHandle};
use super::functions::{Functions, P};
use super::{Answer, Errno, copied, text};

/// What librados works on while an operation is under way.
struct Flight {
    answer: oneshot::Sender<Landed>,
    out: Box<Out>,
    kind: Kind,
    op: P,
    pool: Arc<PoolHandle>,
}

/// What an operation left.
pub(super) struct Landed {
    pub(super) result: c_int,
    pub(super) version: u64,
    pub(super) out: Box<Out>,
    /// Keeps the pool, whose functions free `out`'s parts.
    pool: Arc<PoolHandle>,
}

// SAFETY: both are handed from the submitting thread to librados' and back, never shared.
unsafe impl Send for Flight {}
// SAFETY: likewise.
unsafe impl Send for Landed {}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Write { flags: c_int },
    Read,
    Notify,
}

/// Where librados puts what it reads.
pub(super) struct Out {
    pub(super) rows: P,
    pub(super) rows_result: c_int,
    pub(super) listed: P,
    pub(super) more: u8,
    pub(super) listed_result: c_int,
    pub(super) attributes: P,
    pub(super) attributes_result: c_int,
    pub(super) buffer: Vec<u8>,
    pub(super) bytes: usize,
    pub(super) buffer_result: c_int,
    pub(super) reply: *mut c_char,
    pub(super) reply_bytes: usize,
}

impl Out {
    pub(super) fn new(buffer_bytes: usize) -> Box<Self> {
        Box::new(Self {
            rows: ptr::null_mut(),
            rows_result: 0,
            listed: ptr::null_mut(),
            more: 0,
            listed_result: 0,
            attributes: ptr::null_mut(),
            attributes_result: 0,
            buffer: vec![0; buffer_bytes],
            bytes: 0,
            buffer_result: 0,
            reply: ptr::null_mut(),
            reply_bytes: 0,
        })
    }
}

impl Drop for Landed {
    fn drop(&mut self) {
        let functions = &self.pool.cluster.functions;
        // SAFETY: each was made by librados for this operation, or is null.
        unsafe {
            for rows in [self.out.rows, self.out.listed] {
                if !rows.is_null() {
                    (functions.rados_omap_get_end)(rows);
                }
            }
            if !self.out.attributes.is_null() {
                (functions.rados_getxattrs_end)(self.out.attributes);
            }
            if !self.out.reply.is_null() {
                (functions.rados_buffer_free)(self.out.reply);
            }
        }
    }
}

/// Called once by librados, on a thread of its own, when an operation ends.
extern "C" fn completed(completion: P, argument: P) {
    // SAFETY: `submit` leaked it for this call alone.
    let flight = unsafe { Box::from_raw(argument.cast::<Flight>()) };
    let Flight { answer, out, kind, op, pool } = *flight;
    let functions = &pool.cluster.functions;
    // SAFETY: the operation has ended, so that its version and result are known and it can go.
    let (result, version) = unsafe {
        let result = (functions.rados_aio_get_return_value)(completion);
        let version = (functions.rados_aio_get_version)(completion);
        (functions.rados_aio_release)(completion);
        match kind {
            Kind::Write { .. } => (functions.rados_release_write_op)(op),
            Kind::Read => (functions.rados_release_read_op)(op),
            Kind::Notify => {}
        }
        (result, version)
    };
    // Nobody may be waiting any more.
    let _ = answer.send(Landed { result, version, out, pool });
}

/// An operation that has begun, and goes on whether its end is awaited or not.
pub(super) struct Launched {
    early: Option<Errno>,
    answered: oneshot::Receiver<Landed>,
}

impl Launched {
    pub(super) async fn end(self) -> Answer<Landed> {
        match self.early {
            Some(error) => Err(error),
            None => Ok(self.answered.await.expect("librados ends every operation")),
        }
    }
}
impl Pool {
    pub(super) fn functions(&self) -> &Functions {
        &self.0.cluster.functions
    }

    pub(super) fn submit(&self, name: &str, kind: Kind, op: P, out: Box<Out>) -> Launched {
        let op_address = op as usize;
        self.launch(name, kind, op, out, move |pool, completion, name, _| {
            let (functions, op) = (&pool.cluster.functions, op_address as P);
            // SAFETY: `op` was made for this one operation.
            unsafe {
                match kind {
                    Kind::Write { flags } => (functions.rados_aio_write_op_operate)(
                        op,
                        pool.handle,
                        completion,
                        name,
                        ptr::null_mut(),
                        flags,
                    ),
                    _ => {
                        (functions.rados_aio_read_op_operate)(op, pool.handle, completion, name, 0)
                    }
                }
            }
        })
    }

    /// Begins an operation at once; what it gives only waits for its end.
    pub(super) fn launch(
        &self,
        name: &str,
        kind: Kind,
        op: P,
        out: Box<Out>,
        begin: impl FnOnce(&PoolHandle, P, *const c_char, *mut Out) -> c_int,
    ) -> Launched {
        let (answer, answered) = oneshot::channel();
        let pool = Arc::clone(&self.0);
        let flight = Box::new(Flight { answer, out, kind, op, pool: Arc::clone(&pool) });
        let flight = Box::into_raw(flight);
        let functions = &pool.cluster.functions;
        let mut completion = ptr::null_mut();
        let name = text(name);
        // SAFETY: the flight is `completed`'s, which frees it; it is ours again only if librados says
        // that it hasn't begun and so will never call.
        let early = unsafe {
            (functions.rados_aio_create_completion2)(flight.cast(), completed, &mut completion);
            let out: *mut Out = &mut *(*flight).out;
            let begun = begin(&pool, completion, name.as_ptr(), out);
            (begun < 0).then(|| {
                (functions.rados_aio_release)(completion);
                let flight = *Box::from_raw(flight);
                match kind {
                    Kind::Write { .. } => (functions.rados_release_write_op)(flight.op),
                    Kind::Read => (functions.rados_release_read_op)(flight.op),
                    Kind::Notify => {}
                }
                Errno(-begun)
            })
        };
        Launched { early, answered }
    }

    pub(super) fn rows_of(&self, rows: P) -> Vec<(Bytes, Bytes)> {
        let mut all = Vec::new();
        if rows.is_null() {
            return all;
        }
        loop {
            let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
            let (mut key_bytes, mut value_bytes) = (0, 0);
            // SAFETY: the iterator lives until its operation's `Landed` is dropped, and what it
            // points to does; it is copied here.
            unsafe {
                let next = self.functions().rados_omap_get_next2;
                let result = next(rows, &mut key, &mut value, &mut key_bytes, &mut value_bytes);
                if result < 0 || key.is_null() {
                    return all;
                }
                all.push((copied(key, key_bytes), copied(value, value_bytes)));
            }
        }
    }

    pub(super) fn attributes_of(&self, attributes: P) -> Vec<(String, Vec<u8>)> {
        let mut all = Vec::new();
        if attributes.is_null() {
            return all;
        }
        loop {
            let (mut name, mut value, mut bytes) = (ptr::null(), ptr::null(), 0);
            // SAFETY: as in `rows_of`.
            unsafe {
                let next = self.functions().rados_getxattrs_next;
                if next(attributes, &mut name, &mut value, &mut bytes) < 0 || name.is_null() {
                    return all;
                }
                let name = CStr::from_ptr(name).to_string_lossy().into_owned();
                all.push((name, copied(value, bytes).to_vec()));
            }
        }
    }
}
