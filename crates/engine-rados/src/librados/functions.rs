//! The library itself: where its functions are.

use std::ffi::{c_char, c_int, c_void};

pub(super) type P = *mut c_void;
pub(super) type Completed = extern "C" fn(P, P);
pub(super) type Notified = extern "C" fn(P, u64, u64, u64, P, usize);
pub(super) type WatchFailed = extern "C" fn(P, u64, c_int);

/// Names of the library, newest first.
const NAMES: [&str; 2] = ["librados.so.2", "librados.so.3"];

macro_rules! functions {
    ($(fn $name:ident($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The library's functions.
        pub(super) struct Functions {
            $(pub(super) $name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
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
    fn rados_set_pool_full_try(P) -> c_int;
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
    pub(super) fn load() -> Result<Self, String> {
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
