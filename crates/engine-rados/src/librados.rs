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

mod cluster;
mod flight;
mod functions;
mod operation;
mod watch;

use std::ffi::{CString, c_char, c_int};

use bytes::Bytes;

pub use cluster::ConnectError;
pub(crate) use cluster::{Cluster, Pool};
pub(crate) use operation::{Look, Seen, Step};
pub(crate) use watch::{Listener, Watch};

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

fn text(text: &str) -> CString {
    CString::new(text).expect("names hold no NUL")
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
