//! Operations on one object: what a write does and a read asks, each as a whole.

use std::ffi::{CString, c_char, c_int};
use std::ptr;
use std::time::Duration;

use bytes::Bytes;

use super::cluster::Pool;
use super::flight::{Kind, Launched, Out};
use super::functions::P;
use super::{Answer, checked, text};

/// `LIBRADOS_CMPXATTR_OP_EQ`.
const EQUAL: u8 = 1;
/// `LIBRADOS_CREATE_IDEMPOTENT` and `LIBRADOS_CREATE_EXCLUSIVE`.
const CREATE_IDEMPOTENT: c_int = 0;
const CREATE_EXCLUSIVE: c_int = 1;
/// `LIBRADOS_OPERATION_FULL_FORCE`.
const FULL_FORCE: c_int = 128;

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
impl Pool {
    /// Does all of the steps to an object, or nothing. The object's version then, which only grows.
    pub(crate) async fn write(&self, name: &str, steps: Vec<Step>) -> Answer<u64> {
        let _permit = self.permit().await;
        let landed = self.submit_write(name, &steps, 0);
        let landed = landed.end().await?;
        checked(landed.result)?;
        Ok(landed.version)
    }

    /// The same in a pool that is full: for what has to be noted before something can be freed.
    pub(crate) async fn write_even_if_full(&self, name: &str, steps: Vec<Step>) -> Answer<u64> {
        let _permit = self.permit().await;
        let landed = self.submit_write(name, &steps, FULL_FORCE);
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

    fn submit_write(&self, name: &str, steps: &[Step], flags: c_int) -> Launched {
        let functions = self.functions();
        // SAFETY: librados copies what each step gives it before the call returns.
        let op = unsafe { (functions.rados_create_write_op)() };
        for step in steps {
            self.add_step(op, step);
        }
        self.submit(name, Kind::Write { flags }, op, Out::new(0))
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
}

fn pointers<'a>(all: impl Iterator<Item = &'a Bytes>) -> (Vec<*const c_char>, Vec<usize>) {
    all.map(|it| (it.as_ptr().cast::<c_char>(), it.len())).unzip()
}

/// Ends at a NUL, which no key that is listed from holds.
fn c_key(key: &Bytes) -> CString {
    CString::new(key.to_vec()).expect("keys to list from hold no NUL")
}
