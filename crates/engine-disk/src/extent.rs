//! Large bodies: a file each, `extents/ID`, in blocks of 64 KiB with a checksum behind each.
//!
//! Behind the last block stand the group that it was written for and its length, so that an index
//! that was lost can be made again from the files alone.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::{Bytes, BytesMut};
use engine::io::{File, Open};
use engine::{Async, BlobReader, BlobRef, BlobWriter, EngineError, Group};
use types::ByteSpan;

use crate::run::{Place, Shared};
use crate::{crc, unavailable};

/// Bytes of a block without its checksum.
pub(crate) const BLOCK_BYTES: usize = 64 << 10;
const CHECKSUM_BYTES: usize = 8;
/// Bytes gathered before they are written.
const WRITE_BYTES: usize = 16 * BLOCK_BYTES;
pub(crate) const FOLDER: &str = "extents";

pub(crate) fn name(id: u64) -> String {
    format!("{FOLDER}/{id:016x}")
}

pub(crate) fn id_of(file: &str) -> Option<u64> {
    u64::from_str_radix(file, 16).ok().filter(|_| file.len() == 16)
}

pub(crate) struct Writer {
    shared: Arc<Shared>,
    group: Group,
    id: u64,
    file: Arc<dyn File>,
    gathered: BytesMut,
    length: u64,
    /// As it was announced: more is the caller's mistake.
    announced: Option<u64>,
    written: u64,
    sealed: bool,
}

impl Writer {
    pub(crate) fn begin(
        shared: Arc<Shared>,
        group: &Group,
        announced: Option<u64>,
    ) -> Result<Self, EngineError> {
        let id = shared.next_extent.fetch_add(1, Ordering::Relaxed);
        let file = shared.disk.open(&name(id), Open::New).map_err(|e| shared.write_failed(&e))?;
        let group = group.clone();
        let gathered = BytesMut::new();
        Ok(Self {
            shared,
            group,
            id,
            file,
            gathered,
            length: 0,
            announced,
            written: 0,
            sealed: false,
        })
    }

    /// Writes what was gathered, in blocks, off the runtime's threads.
    async fn flush(&mut self, tail: Vec<u8>) -> Result<(), EngineError> {
        let bytes = self.gathered.split().freeze();
        let (file, at) = (Arc::clone(&self.file), self.written);
        let mut framed = Vec::with_capacity(bytes.len() + bytes.len() / 4096 + tail.len() + 8);
        for block in bytes.chunks(BLOCK_BYTES) {
            framed.extend_from_slice(block);
            framed.extend_from_slice(&crc(block).to_le_bytes());
        }
        framed.extend_from_slice(&tail);
        self.written += framed.len() as u64;
        let write = move || file.write_at(&[IoSlice::new(&framed)], at);
        blocking(write).await.map_err(|e| self.shared.write_failed(&e))
    }

    fn footer(&self) -> Vec<u8> {
        let mut footer = b"ONGGIEXT".to_vec();
        footer.extend_from_slice(&self.length.to_le_bytes());
        footer.extend_from_slice(&self.group.space.0.to_le_bytes());
        footer.extend_from_slice(&self.group.name);
        footer.extend_from_slice(&(self.group.name.len() as u64).to_le_bytes());
        let sum = crc(&footer);
        footer.extend_from_slice(&sum.to_le_bytes());
        footer
    }
}

impl BlobWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()> {
        Box::pin(async move {
            self.length += bytes.len() as u64;
            let fits = self.announced.is_none_or(|it| self.length <= it);
            assert!(fits, "a writer is given more than was announced");
            self.gathered.extend_from_slice(&bytes);
            if self.gathered.len() < WRITE_BYTES {
                return Ok(());
            }
            self.shared.room_for(self.gathered.len() as u64)?;
            let rest = self.gathered.split_off(self.gathered.len() / BLOCK_BYTES * BLOCK_BYTES);
            self.flush(Vec::new()).await?;
            self.gathered = rest;
            Ok(())
        })
    }

    fn seal(mut self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            let footer = self.footer();
            self.flush(footer).await?;
            let (file, disk) = (Arc::clone(&self.file), Arc::clone(&self.shared.disk));
            // Both before any row can name it.
            let sync = move || file.sync().and_then(|()| disk.sync_folder(FOLDER));
            blocking(sync).await.map_err(|e| self.shared.sync_failed(&e))?;
            self.sealed = true;
            let blob = Place::Extent { id: self.id }.blob(self.length);
            self.shared.unnamed.lock().insert(blob, self.group.clone());
            Ok(blob)
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.sealed {
            let _ = self.shared.disk.remove(&name(self.id));
        }
    }
}

/// Runs what may wait for the disk where waiting is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(io::Error::other("the runtime is stopping")),
    }
}

/// Gives the bytes of an extent, each block checked.
pub(crate) struct Reader {
    shared: Arc<Shared>,
    file: Arc<dyn File>,
    id: u64,
    length: u64,
    span: ByteSpan,
}

impl Reader {
    pub(crate) fn open(
        shared: &Arc<Shared>,
        id: u64,
        length: u64,
        span: ByteSpan,
    ) -> Result<Self, EngineError> {
        let file = match shared.disk.open(&name(id), Open::Existing) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(EngineError::Gone),
            Err(error) => return Err(unavailable(error)),
        };
        Ok(Self { shared: Arc::clone(shared), file, id, length, span })
    }
}

impl BlobReader for Reader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move {
            if self.span.start >= self.span.end {
                return Ok(None);
            }
            let block = self.span.start / BLOCK_BYTES as u64;
            let first = block * BLOCK_BYTES as u64;
            let data = (self.length - first).min(BLOCK_BYTES as u64) as usize;
            let at = block * (BLOCK_BYTES + CHECKSUM_BYTES) as u64;
            let mut buffer = self.shared.buffer(data + CHECKSUM_BYTES);
            let cached = self.file.read_cached_at(&mut buffer, at).map_err(unavailable)?;
            if !cached {
                let file = Arc::clone(&self.file);
                buffer = blocking(move || file.read_at(&mut buffer, at).map(|()| buffer))
                    .await
                    .map_err(|e| EngineError::Corrupt(format!("{}: {e}", name(self.id))))?;
            }
            let mut bytes = buffer.freeze();
            let sum = bytes.split_off(data);
            if sum[..] != crc(&bytes).to_le_bytes() {
                return Err(EngineError::Corrupt(format!("{}: block {block}", name(self.id))));
            }
            let from = (self.span.start - first) as usize;
            let to = ((self.span.end - first) as usize).min(data);
            self.span.start = first + to as u64;
            Ok(Some(bytes.slice(from..to)))
        })
    }
}

/// Checks every block of an extent.
pub(crate) fn check(file: &dyn File, length: u64) -> io::Result<Result<(), u64>> {
    let mut buffer = vec![0; BLOCK_BYTES + CHECKSUM_BYTES];
    for block in 0..length.div_ceil(BLOCK_BYTES as u64) {
        let data = (length - block * BLOCK_BYTES as u64).min(BLOCK_BYTES as u64) as usize;
        let at = block * (BLOCK_BYTES + CHECKSUM_BYTES) as u64;
        let buffer = &mut buffer[..data + CHECKSUM_BYTES];
        match file.read_at(buffer, at) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Err(block)),
            other => other?,
        }
        if buffer[data..] != crc(&buffer[..data]).to_le_bytes() {
            return Ok(Err(block));
        }
    }
    Ok(Ok(()))
}
