//! A connection to a cluster, and its pools.

use std::ffi::CStr;
use std::ptr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::functions::{Functions, P};
use super::{Answer, Errno, checked, text};

/// Operations under way at a time; more wait here instead of blocking a thread inside librados.
const OPERATIONS_MAX: usize = 512;
/// How long a close waits for operations under way.
const CLOSE_WAIT: Duration = Duration::from_secs(5);

/// A connection to a cluster.
pub(crate) struct Cluster {
    pub(super) functions: Functions,
    pub(super) handle: P,
    pub(super) operations: Semaphore,
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
            // Writes to a full pool would wait until it isn't any more, and deletions with them.
            (self.functions.rados_set_pool_full_try)(handle);
        }
        Ok(Pool(Arc::new(PoolHandle { handle, cluster: Arc::clone(self) })))
    }
}

pub(super) struct PoolHandle {
    pub(super) handle: P,
    pub(super) cluster: Arc<Cluster>,
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

/// Objects of one pool and namespace. A full pool refuses what would make it fuller.
#[derive(Clone)]
pub(crate) struct Pool(pub(super) Arc<PoolHandle>);
