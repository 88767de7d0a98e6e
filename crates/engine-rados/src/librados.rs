//! librados, found at run time: the program builds and starts without any Ceph package.
//!
//! Everything unsafe is here. What is given out: a [`Cluster`], its [`Pool`]s, and operations whose
//! answers come to whoever awaits them. Three rules, each learnt by a crash elsewhere:
//!
//! 1. The library is never unloaded: it leaves threads and their destructors behind.
//! 2. Nothing is shut down from a `Drop`: the last handle may go on one of librados' own threads, which
//!    can't end itself, and a shutdown beside the process's own end aborts it.
//! 3. [`Cluster::close`] is called explicitly, off those threads, when no operation is under way; if
//!    some never ends, the connection is left to the process's end.
//!
//! What librados writes to belongs to the operation and not to whoever awaits it, so that a future may
//! be dropped at any time.
#![expect(unsafe_code, reason = "a C library's functions")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::{Semaphore, oneshot};

type P = *mut c_void;
type Completed = extern "C" fn(P, P);
type Notified = extern "C" fn(P, u64, u64, u64, P, usize);
type WatchFailed = extern "C" fn(P, u64, c_int);

/// Operations under way at a time; more wait here instead of blocking a thread inside librados.
const OPERATIONS_MAX: usize = 512;
/// How long a close waits for operations under way.
const CLOSE_WAIT: Duration = Duration::from_secs(5);
/// `LIBRADOS_CMPXATTR_OP_EQ`.
const EQUAL: u8 = 1;
/// `LIBRADOS_CREATE_IDEMPOTENT` and `LIBRADOS_CREATE_EXCLUSIVE`.
const CREATE_IDEMPOTENT: c_int = 0;
const CREATE_EXCLUSIVE: c_int = 1;
/// Names of the library, newest first.
const NAMES: [&str; 2] = ["librados.so.2", "librados.so.3"];

unsafe extern "C" {
    fn _exit(code: c_int) -> !;
}

/// Ends the process at once, without what else runs at a process's end: for one whose connection
/// couldn't be closed, because librados' threads don't survive that. Whoever calls this has written
/// what is to be written.
pub fn leave(code: i32) -> ! {
    // SAFETY: it takes a number and doesn't return.
    unsafe { _exit(code) }
}

/// An error number of librados, positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Errno(pub(crate) i32);

impl Errno {
    pub(crate) const NOT_FOUND: Self = Self(2);
    pub(crate) const EXISTS: Self = Self(17);
    pub(crate) const NO_SPACE: Self = Self(28);
    pub(crate) const NOT_SUPPORTED: Self = Self(95);
    /// The client was fenced.
    pub(crate) const SHUT_DOWN: Self = Self(108);
    pub(crate) const TIMED_OUT: Self = Self(110);
    pub(crate) const QUOTA: Self = Self(122);
    /// A comparison failed.
    pub(crate) const CANCELED: Self = Self(125);
}

impl std::fmt::Display for Errno {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", std::io::Error::from_raw_os_error(self.0))
    }
}

pub(crate) type Answer<T> = Result<T, Errno>;

fn checked(result: c_int) -> Answer<()> {
    if result < 0 { Err(Errno(-result)) } else { Ok(()) }
}

macro_rules! functions {
    ($(fn $name:ident($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The library's functions.
        struct Functions {
            $($name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
        }

        impl Functions {
            fn find(library: &libloading::Library) -> Result<Self, libloading::Error> {
                // SAFETY: the signatures are those of librados.h, which has kept them since 2.0.
                unsafe {
                    Ok(Self {
                        $($name: *library.get(concat!(stringify!($name), "\0").as_bytes())?,)*
                    })
                }
            }
        }
    };
}

functions! {
    fn rados_create2(*mut P, *const c_char, *const c_char, u64) -> c_int;
    fn rados_conf_read_file(P, *const c_char) -> c_int;
    fn rados_conf_set(P, *const c_char, *const c_char) -> c_int;
    fn rados_connect(P) -> c_int;
    fn rados_shutdown(P);
    fn rados_getaddrs(P, *mut *mut c_char) -> c_int;
    fn rados_blocklist_add(P, *mut c_char, u32) -> c_int;
    fn rados_wait_for_latest_osdmap(P) -> c_int;
    fn rados_ioctx_create(P, *const c_char, *mut P) -> c_int;
    fn rados_ioctx_destroy(P);
    fn rados_ioctx_set_namespace(P, *const c_char);
    fn rados_aio_create_completion2(P, Completed, *mut P) -> c_int;
    fn rados_aio_get_return_value(P) -> c_int;
    fn rados_aio_get_version(P) -> u64;
    fn rados_aio_release(P);
    fn rados_create_write_op() -> P;
    fn rados_release_write_op(P);
    fn rados_write_op_create(P, c_int, *const c_char);
    fn rados_write_op_remove(P);
    fn rados_write_op_write_full(P, *const c_char, usize);
    fn rados_write_op_cmpxattr(P, *const c_char, u8, *const c_char, usize);
    fn rados_write_op_setxattr(P, *const c_char, *const c_char, usize);
    fn rados_write_op_omap_cmp2(P, *const c_char, u8, *const c_char, usize, usize, *mut c_int);
    fn rados_write_op_omap_set2(P, *const *const c_char, *const *const c_char, *const usize, *const usize, usize);
    fn rados_write_op_omap_rm_keys2(P, *const *const c_char, *const usize, usize);
    fn rados_aio_write_op_operate(P, P, P, *const c_char, *mut i64, c_int) -> c_int;
    fn rados_create_read_op() -> P;
    fn rados_release_read_op(P);
    fn rados_read_op_read(P, u64, usize, *mut c_char, *mut usize, *mut c_int);
    fn rados_read_op_omap_get_vals2(P, *const c_char, *const c_char, u64, *mut P, *mut u8, *mut c_int);
    fn rados_read_op_omap_get_vals_by_keys2(P, *const *const c_char, usize, *const usize, *mut P, *mut c_int);
    fn rados_read_op_getxattrs(P, *mut P, *mut c_int);
    fn rados_aio_read_op_operate(P, P, P, *const c_char, c_int) -> c_int;
    fn rados_omap_get_next2(P, *mut *mut c_char, *mut *mut c_char, *mut usize, *mut usize) -> c_int;
    fn rados_omap_get_end(P);
    fn rados_getxattrs_next(P, *mut *const c_char, *mut *const c_char, *mut usize) -> c_int;
    fn rados_getxattrs_end(P);
    fn rados_watch3(P, *const c_char, *mut u64, Notified, WatchFailed, u32, P) -> c_int;
    fn rados_unwatch2(P, u64) -> c_int;
    fn rados_watch_check(P, u64) -> c_int;
    fn rados_watch_flush(P) -> c_int;
    fn rados_aio_notify(P, *const c_char, P, *const c_char, c_int, u64, *mut *mut c_char, *mut usize) -> c_int;
    fn rados_notify_ack(P, *const c_char, u64, u64, *const c_char, c_int) -> c_int;
    fn rados_buffer_free(*mut c_char);
}

impl Functions {
    fn load() -> Result<Self, String> {
        let mut reasons = Vec::new();
        for name in NAMES {
            // SAFETY: librados' own initializers run, which need nothing of us.
            match unsafe { libloading::Library::new(name) } {
                Ok(library) => {
                    let found = Self::find(&library).map_err(|e| format!("{name}: {e}"));
                    // Rule 1.
                    std::mem::forget(library);
                    return found;
                }
                Err(error) => reasons.push(error.to_string()),
            }
        }
        Err(reasons.join("; "))
    }
}

/// A connection to a cluster.
pub(crate) struct Cluster {
    functions: Functions,
    handle: P,
    operations: Semaphore,
}

// SAFETY: librados' cluster handles may be used from any thread; functions are only addresses.
unsafe impl Send for Cluster {}
// SAFETY: likewise.
unsafe impl Sync for Cluster {}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The library isn't there.
    #[error(
        "librados.so.2 can't be loaded ({0}); install Ceph's client library: Debian's package is librados2"
    )]
    NoLibrary(String),
    /// It says no.
    #[error("{step}: {error}")]
    Refused {
        /// What it was asked.
        step: String,
        /// What it says.
        error: std::io::Error,
    },
}

fn text(text: &str) -> CString {
    CString::new(text).expect("names hold no NUL")
}

impl Cluster {
    /// Connects as `client` (`client.onggi`). Blocks, for at most about the mon time-out.
    pub(crate) fn connect(
        client: &str,
        file: &std::path::Path,
        settings: &[(&str, String)],
    ) -> Result<Arc<Self>, ConnectError> {
        let functions = Functions::load().map_err(ConnectError::NoLibrary)?;
        let refused = |step: String| {
            move |error: Errno| ConnectError::Refused {
                step,
                error: std::io::Error::from_raw_os_error(error.0),
            }
        };
        let (cluster_name, client_name) = (text("ceph"), text(client));
        let path = text(&file.to_string_lossy());
        let mut handle = ptr::null_mut();
        // SAFETY: the texts outlive the calls, `handle` is set by the first before others take it.
        unsafe {
            checked((functions.rados_create2)(
                &mut handle,
                cluster_name.as_ptr(),
                client_name.as_ptr(),
                0,
            ))
            .map_err(refused(client.to_owned()))?;
            checked((functions.rados_conf_read_file)(handle, path.as_ptr()))
                .map_err(refused(file.display().to_string()))?;
            for (name, value) in settings {
                let (c_name, c_value) = (text(name), text(value));
                checked((functions.rados_conf_set)(handle, c_name.as_ptr(), c_value.as_ptr()))
                    .map_err(refused(format!("{name} = {value}")))?;
            }
            checked((functions.rados_connect)(handle))
                .map_err(refused(format!("connecting to the cluster of {}", file.display())))?;
        }
        Ok(Arc::new(Self { functions, handle, operations: Semaphore::new(OPERATIONS_MAX) }))
    }

    /// Blocks; see the third rule. False if operations never ended.
    pub(crate) fn close(self: Arc<Self>) -> bool {
        let began = Instant::now();
        let mut cluster = self;
        loop {
            match Arc::try_unwrap(cluster) {
                Ok(last) => {
                    // SAFETY: no pool and no operation holds the cluster any more.
                    unsafe { (last.functions.rados_shutdown)(last.handle) };
                    return true;
                }
                Err(shared) if began.elapsed() < CLOSE_WAIT => cluster = shared,
                Err(_) => return false,
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What the cluster's maps call this client: to fence it by. Blocks.
    pub(crate) fn address(&self) -> Answer<String> {
        let mut out = ptr::null_mut();
        // SAFETY: on success `out` is a text that we free.
        unsafe {
            checked((self.functions.rados_getaddrs)(self.handle, &mut out))?;
            let address = CStr::from_ptr(out).to_string_lossy().into_owned();
            (self.functions.rados_buffer_free)(out);
            Ok(address)
        }
    }

    /// Fences a client off: when this has returned, whatever it still sends is refused by every part
    /// of the cluster from which we have read something since. Blocks.
    pub(crate) fn fence(&self, address: &str, seconds: u32) -> Answer<()> {
        let address = text(address);
        // SAFETY: the call doesn't keep or change the text.
        unsafe {
            checked((self.functions.rados_blocklist_add)(
                self.handle,
                address.as_ptr().cast_mut(),
                seconds,
            ))?;
            checked((self.functions.rados_wait_for_latest_osdmap)(self.handle))
        }
    }

    /// A pool's namespace. Blocks.
    pub(crate) fn pool(self: &Arc<Self>, name: &str, namespace: &str) -> Answer<Pool> {
        let (name, namespace) = (text(name), text(namespace));
        let mut handle = ptr::null_mut();
        // SAFETY: the texts outlive the calls; `handle` is set when the first succeeds.
        unsafe {
            checked((self.functions.rados_ioctx_create)(self.handle, name.as_ptr(), &mut handle))?;
            (self.functions.rados_ioctx_set_namespace)(handle, namespace.as_ptr());
        }
        Ok(Pool(Arc::new(PoolHandle { handle, cluster: Arc::clone(self) })))
    }
}

struct PoolHandle {
    handle: P,
    cluster: Arc<Cluster>,
}

// SAFETY: librados' io contexts may be used from any thread; ours is never changed once it is made.
unsafe impl Send for PoolHandle {}
// SAFETY: likewise.
unsafe impl Sync for PoolHandle {}

impl Drop for PoolHandle {
    fn drop(&mut self) {
        // SAFETY: every operation of the pool holds it.
        unsafe { (self.cluster.functions.rados_ioctx_destroy)(self.handle) }
    }
}

/// Objects of one pool and namespace.
#[derive(Clone)]
pub(crate) struct Pool(Arc<PoolHandle>);

/// A step of a write. All steps of an operation happen, or none.
#[derive(Debug)]
pub(crate) enum Step {
    /// The object is made if it isn't there.
    Create,
    /// The object isn't there, and is made.
    CreateNew,
    /// An attribute is this; one that isn't there is empty.
    AttributeIs(&'static str, Vec<u8>),
    SetAttribute(&'static str, Vec<u8>),
    /// A row is this; one that isn't there is empty.
    RowIs(Bytes, Bytes),
    SetRows(Vec<(Bytes, Bytes)>),
    RemoveRows(Vec<Bytes>),
    WriteFull(Bytes),
    Remove,
}

/// What to read of an object, in one operation.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// These rows.
    pub(crate) rows: Vec<Bytes>,
    /// Rows behind a key that begin with a prefix, at most so many. Neither holds a NUL.
    pub(crate) list: Option<(Bytes, Bytes, u64)>,
    /// All attributes.
    pub(crate) attributes: bool,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Of the rows asked for, those that are there.
    pub(crate) rows: Vec<(Bytes, Bytes)>,
    pub(crate) listed: Vec<(Bytes, Bytes)>,
    /// Whether there are more behind those listed.
    pub(crate) more: bool,
    pub(crate) attributes: Vec<(String, Vec<u8>)>,
}

/// What librados works on while an operation is under way.
struct Flight {
    answer: oneshot::Sender<Landed>,
    out: Box<Out>,
    kind: Kind,
    op: P,
    pool: Arc<PoolHandle>,
}

/// What an operation left.
struct Landed {
    result: c_int,
    version: u64,
    out: Box<Out>,
    /// Keeps the pool, whose functions free `out`'s parts.
    pool: Arc<PoolHandle>,
}

// SAFETY: both are handed from the submitting thread to librados' and back, never shared.
unsafe impl Send for Flight {}
// SAFETY: likewise.
unsafe impl Send for Landed {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Write,
    Read,
    Notify,
}

/// Where librados puts what it reads.
struct Out {
    rows: P,
    rows_result: c_int,
    listed: P,
    more: u8,
    listed_result: c_int,
    attributes: P,
    attributes_result: c_int,
    buffer: Vec<u8>,
    bytes: usize,
    buffer_result: c_int,
    reply: *mut c_char,
    reply_bytes: usize,
}

impl Out {
    fn new(buffer_bytes: usize) -> Box<Self> {
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
            Kind::Write => (functions.rados_release_write_op)(op),
            Kind::Read => (functions.rados_release_read_op)(op),
            Kind::Notify => {}
        }
        (result, version)
    };
    // Nobody may be waiting any more.
    let _ = answer.send(Landed { result, version, out, pool });
}

/// An operation that has begun, and goes on whether its end is awaited or not.
struct Launched {
    early: Option<Errno>,
    answered: oneshot::Receiver<Landed>,
}

impl Launched {
    async fn end(self) -> Answer<Landed> {
        match self.early {
            Some(error) => Err(error),
            None => Ok(self.answered.await.expect("librados ends every operation")),
        }
    }
}

impl Pool {
    /// Does all of the steps to an object, or nothing. The object's version then, which only grows.
    pub(crate) async fn write(&self, name: &str, steps: Vec<Step>) -> Answer<u64> {
        let _permit = self.permit().await;
        let landed = self.submit_write(name, &steps);
        let landed = landed.end().await?;
        checked(landed.result)?;
        Ok(landed.version)
    }

    /// Reads what is asked of an object.
    pub(crate) async fn look(&self, name: &str, look: Look) -> Answer<Seen> {
        let _permit = self.permit().await;
        let landed = self.submit_look(name, &look);
        let landed = landed.end().await?;
        checked(landed.result)?;
        for result in
            [landed.out.rows_result, landed.out.listed_result, landed.out.attributes_result]
        {
            checked(result)?;
        }
        Ok(Seen {
            rows: self.rows_of(landed.out.rows),
            listed: self.rows_of(landed.out.listed),
            more: landed.out.more != 0,
            attributes: self.attributes_of(landed.out.attributes),
        })
    }

    /// A stretch of an object's data; shorter if the object ends before.
    pub(crate) async fn read(&self, name: &str, offset: u64, bytes: usize) -> Answer<Vec<u8>> {
        let _permit = self.permit().await;
        let landed = self.submit_read(name, offset, bytes);
        let mut landed = landed.end().await?;
        checked(landed.result)?;
        checked(landed.out.buffer_result)?;
        let mut buffer = std::mem::take(&mut landed.out.buffer);
        buffer.truncate(landed.out.bytes);
        Ok(buffer)
    }

    /// Tells all who watch an object; ends when they have heard, or with TIMED_OUT.
    pub(crate) async fn notify(&self, name: &str, what: &[u8], wait: Duration) -> Answer<()> {
        let landed = self.submit_notify(name, what, wait);
        checked(landed.end().await?.result)
    }

    async fn permit(&self) -> tokio::sync::SemaphorePermit<'_> {
        self.0.cluster.operations.acquire().await.expect("it is never closed")
    }

    fn functions(&self) -> &Functions {
        &self.0.cluster.functions
    }

    fn submit_write(&self, name: &str, steps: &[Step]) -> Launched {
        let functions = self.functions();
        // SAFETY: librados copies what each step gives it before the call returns.
        let op = unsafe { (functions.rados_create_write_op)() };
        for step in steps {
            self.add_step(op, step);
        }
        self.submit(name, Kind::Write, op, Out::new(0))
    }

    fn add_step(&self, op: P, step: &Step) {
        let functions = self.functions();
        // SAFETY: librados copies keys, values and data into the operation before the call returns.
        unsafe {
            match step {
                Step::Create => {
                    (functions.rados_write_op_create)(op, CREATE_IDEMPOTENT, ptr::null());
                }
                Step::CreateNew => {
                    (functions.rados_write_op_create)(op, CREATE_EXCLUSIVE, ptr::null());
                }
                Step::AttributeIs(name, value) => {
                    let name = text(name);
                    let value = (value.as_ptr().cast(), value.len());
                    (functions.rados_write_op_cmpxattr)(op, name.as_ptr(), EQUAL, value.0, value.1);
                }
                Step::SetAttribute(name, value) => {
                    let name = text(name);
                    let value = (value.as_ptr().cast(), value.len());
                    (functions.rados_write_op_setxattr)(op, name.as_ptr(), value.0, value.1);
                }
                Step::RowIs(key, value) => (functions.rados_write_op_omap_cmp2)(
                    op,
                    key.as_ptr().cast(),
                    EQUAL,
                    value.as_ptr().cast(),
                    key.len(),
                    value.len(),
                    ptr::null_mut(),
                ),
                Step::SetRows(rows) => {
                    let (keys, key_lengths) = pointers(rows.iter().map(|it| &it.0));
                    let (values, lengths) = pointers(rows.iter().map(|it| &it.1));
                    (functions.rados_write_op_omap_set2)(
                        op,
                        keys.as_ptr(),
                        values.as_ptr(),
                        key_lengths.as_ptr(),
                        lengths.as_ptr(),
                        rows.len(),
                    );
                }
                Step::RemoveRows(rows) => {
                    let (keys, lengths) = pointers(rows.iter());
                    (functions.rados_write_op_omap_rm_keys2)(
                        op,
                        keys.as_ptr(),
                        lengths.as_ptr(),
                        rows.len(),
                    );
                }
                Step::WriteFull(data) => {
                    (functions.rados_write_op_write_full)(op, data.as_ptr().cast(), data.len());
                }
                Step::Remove => (functions.rados_write_op_remove)(op),
            }
        }
    }

    fn submit_look(&self, name: &str, look: &Look) -> Launched {
        let functions = self.functions();
        let mut out = Out::new(0);
        // SAFETY: keys are copied before the calls return; `out` stands still in its box until the
        // operation has ended.
        let op = unsafe {
            let op = (functions.rados_create_read_op)();
            if !look.rows.is_empty() {
                let (keys, lengths) = pointers(look.rows.iter());
                (functions.rados_read_op_omap_get_vals_by_keys2)(
                    op,
                    keys.as_ptr(),
                    keys.len(),
                    lengths.as_ptr(),
                    &mut out.rows,
                    &mut out.rows_result,
                );
            }
            if let Some((after, prefix, most)) = &look.list {
                let (after, prefix) = (c_key(after), c_key(prefix));
                (functions.rados_read_op_omap_get_vals2)(
                    op,
                    after.as_ptr(),
                    prefix.as_ptr(),
                    *most,
                    &mut out.listed,
                    &mut out.more,
                    &mut out.listed_result,
                );
            }
            if look.attributes {
                (functions.rados_read_op_getxattrs)(
                    op,
                    &mut out.attributes,
                    &mut out.attributes_result,
                );
            }
            op
        };
        self.submit(name, Kind::Read, op, out)
    }

    fn submit_read(&self, name: &str, offset: u64, bytes: usize) -> Launched {
        let functions = self.functions();
        let mut out = Out::new(bytes);
        // SAFETY: `out` and its buffer stand still until the operation has ended.
        let op = unsafe {
            let op = (functions.rados_create_read_op)();
            (functions.rados_read_op_read)(
                op,
                offset,
                bytes,
                out.buffer.as_mut_ptr().cast(),
                &mut out.bytes,
                &mut out.buffer_result,
            );
            op
        };
        self.submit(name, Kind::Read, op, out)
    }

    fn submit_notify(&self, name: &str, what: &[u8], wait: Duration) -> Launched {
        let out = Out::new(0);
        let (what, wait) = (what.to_vec(), wait.as_millis() as u64);
        self.launch(name, Kind::Notify, ptr::null_mut(), out, move |pool, completion, name, out| {
            // SAFETY: librados copies the bytes before the call returns; `out` stands still until
            // the operation has ended.
            unsafe {
                (pool.cluster.functions.rados_aio_notify)(
                    pool.handle,
                    name,
                    completion,
                    what.as_ptr().cast(),
                    what.len() as c_int,
                    wait,
                    &mut (*out).reply,
                    &mut (*out).reply_bytes,
                )
            }
        })
    }

    fn submit(&self, name: &str, kind: Kind, op: P, out: Box<Out>) -> Launched {
        let op_address = op as usize;
        self.launch(name, kind, op, out, move |pool, completion, name, _| {
            let (functions, op) = (&pool.cluster.functions, op_address as P);
            // SAFETY: `op` was made for this one operation.
            unsafe {
                match kind {
                    Kind::Write => (functions.rados_aio_write_op_operate)(
                        op,
                        pool.handle,
                        completion,
                        name,
                        ptr::null_mut(),
                        0,
                    ),
                    _ => {
                        (functions.rados_aio_read_op_operate)(op, pool.handle, completion, name, 0)
                    }
                }
            }
        })
    }

    /// Begins an operation at once; what it gives only waits for its end.
    fn launch(
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
                    Kind::Write => (functions.rados_release_write_op)(flight.op),
                    Kind::Read => (functions.rados_release_read_op)(flight.op),
                    Kind::Notify => {}
                }
                Errno(-begun)
            })
        };
        Launched { early, answered }
    }

    fn rows_of(&self, rows: P) -> Vec<(Bytes, Bytes)> {
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

    fn attributes_of(&self, attributes: P) -> Vec<(String, Vec<u8>)> {
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

fn pointers<'a>(all: impl Iterator<Item = &'a Bytes>) -> (Vec<*const c_char>, Vec<usize>) {
    all.map(|it| (it.as_ptr().cast::<c_char>(), it.len())).unzip()
}

/// Ends at a NUL, which no key that is listed from holds.
fn c_key(key: &Bytes) -> CString {
    CString::new(key.to_vec()).expect("keys to list from hold no NUL")
}

/// # Safety
/// `from` points to so many bytes, or is null.
unsafe fn copied(from: *const c_char, bytes: usize) -> Bytes {
    if from.is_null() || bytes == 0 {
        return Bytes::new();
    }
    // SAFETY: the caller says so.
    Bytes::copy_from_slice(unsafe { std::slice::from_raw_parts(from.cast::<u8>(), bytes) })
}

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
