//! Reading an extent, each block checked before it is given out.
//!
//! What is in the page cache comes from there, a block at a time. What isn't is read where waiting is
//! allowed: of a large body that nobody read lately several pieces ahead and past the page cache
//! ([`Ahead`]), else a block, through it.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use engine::io::{File, Open};
use engine::{Async, BlobReader, EngineError};
use parking_lot::Mutex;
use types::ByteSpan;

use super::ahead::Ahead;
use super::{BLOCK_BYTES, CHECKSUM_BYTES, PAST_CACHE_BYTES_MIN, STRIDE, blocking, name};
use crate::shared::Shared;
use crate::{crc, unavailable};

/// Buffers of blocks that were sent, for blocks to come: one that was used a moment ago is still in the
/// processor's cache, and needs no zeros.
#[derive(Default)]
pub(crate) struct BlockBuffers(Mutex<Vec<Box<[u8]>>>);

/// Most buffers kept: eight or so are on their way to each client.
const BUFFERS_KEPT_MAX: usize = 128;

impl BlockBuffers {
    fn get(self: &Arc<Self>) -> BlockBuffer {
        let kept = self.0.lock().pop();
        let bytes = kept.unwrap_or_else(|| vec![0; BLOCK_BYTES + CHECKSUM_BYTES].into());
        BlockBuffer { bytes, used: 0, home: Arc::clone(self) }
    }
}

/// A buffer that goes home when nobody needs its bytes any more.
struct BlockBuffer {
    bytes: Box<[u8]>,
    used: usize,
    home: Arc<BlockBuffers>,
}

impl AsRef<[u8]> for BlockBuffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.used]
    }
}

impl Drop for BlockBuffer {
    fn drop(&mut self) {
        let mut kept = self.home.0.lock();
        if kept.len() < BUFFERS_KEPT_MAX {
            kept.push(std::mem::take(&mut self.bytes));
        }
    }
}

/// Gives the bytes of an extent.
pub(crate) struct Reader {
    shared: Arc<Shared>,
    file: Arc<dyn File>,
    id: u64,
    length: u64,
    /// What is still to be given.
    span: ByteSpan,
    /// Where it began.
    first: u64,
    rest: Rest,
}

/// Where what isn't in the page cache comes from: decided once, by the first block that isn't.
enum Rest {
    Undecided,
    ThroughCache,
    PastCache(Box<Ahead>),
}

/// A block of an extent.
struct Block {
    number: u64,
    /// Where its first byte is in the body.
    first: u64,
    /// Bytes of the body in it.
    data: usize,
}

impl Block {
    /// With its checksum, in the file.
    fn bytes(&self) -> usize {
        self.data + CHECKSUM_BYTES
    }
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
        let (shared, first) = (Arc::clone(shared), span.start);
        Ok(Self { shared, file, id, length, span, first, rest: Rest::Undecided })
    }

    fn read_failed(&self, error: &io::Error) -> EngineError {
        match error.kind() {
            // Shorter than it was written.
            io::ErrorKind::UnexpectedEof => {
                EngineError::Corrupt(format!("{}: {error}", name(self.id)))
            }
            _ => unavailable(error),
        }
    }

    fn block_at(&self, position: u64) -> Block {
        let number = position / BLOCK_BYTES as u64;
        let first = number * BLOCK_BYTES as u64;
        Block { number, first, data: (self.length - first).min(BLOCK_BYTES as u64) as usize }
    }

    /// A block and its checksum, from wherever it comes quickest.
    async fn read(&mut self, block: &Block) -> Result<Bytes, EngineError> {
        if !matches!(self.rest, Rest::PastCache(_)) {
            let mut buffer = self.shared.block_buffers.get();
            let bytes = &mut buffer.bytes[..block.bytes()];
            if self.file.read_cached_at(bytes, block.number * STRIDE).map_err(unavailable)? {
                buffer.used = block.bytes();
                return Ok(Bytes::from_owner(buffer));
            }
        }
        if let Rest::Undecided = self.rest {
            let ahead = self.look_ahead(block);
            self.rest = ahead.map_or(Rest::ThroughCache, |it| Rest::PastCache(Box::new(it)));
        }
        if let Rest::PastCache(ahead) = &mut self.rest {
            match ahead.block(block.number).await {
                Ok(Some(bytes)) => return Ok(bytes),
                Ok(None) => {}
                // A disk that wants more than whole pages.
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => {}
                Err(error) => return Err(self.read_failed(&error)),
            }
            self.rest = Rest::ThroughCache;
        }
        self.wait_for(block).await.map_err(|e| self.read_failed(&e))
    }

    /// What reads on from this block past the page cache; none if it isn't worth it.
    fn look_ahead(&self, block: &Block) -> Option<Ahead> {
        let is_long = self.span.end - self.span.start >= PAST_CACHE_BYTES_MIN;
        // By where it began, not by the first block that isn't in the cache: to be asked whether one is
        // makes the kernel read it and some behind it.
        if !is_long || self.shared.lately.was_read(self.id, self.block_at(self.first).number) {
            return None;
        }
        // The body may have lost its row, and the file its name.
        let file = self.shared.disk.open(&name(self.id), Open::PastCache).ok()?;
        let last = self.block_at(self.span.end - 1);
        let end = last.number * STRIDE + last.bytes() as u64;
        Some(Ahead::new(file, Arc::clone(&self.shared.pieces), block.number, end))
    }

    async fn wait_for(&self, block: &Block) -> io::Result<Bytes> {
        let (file, mut buffer) = (Arc::clone(&self.file), self.shared.block_buffers.get());
        let (at, bytes) = (block.number * STRIDE, block.bytes());
        blocking(move || {
            file.read_at(&mut buffer.bytes[..bytes], at)?;
            buffer.used = bytes;
            Ok(Bytes::from_owner(buffer))
        })
        .await
    }
}

impl BlobReader for Reader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move {
            if self.span.start >= self.span.end {
                return Ok(None);
            }
            let block = self.block_at(self.span.start);
            let bytes = self.read(&block).await?;
            let (data, sum) = bytes.split_at(block.data);
            if sum != crc(data).to_le_bytes() {
                let (file, number) = (name(self.id), block.number);
                return Err(EngineError::Corrupt(format!("{file}: block {number}")));
            }
            let from = (self.span.start - block.first) as usize;
            let to = ((self.span.end - block.first) as usize).min(block.data);
            self.span.start = block.first + to as u64;
            Ok(Some(bytes.slice(from..to)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;
    use crate::{Background, DiskEngine, Options};
    use engine::sim::disk::SimDisk;
    use engine::{Engine as _, Group, Purpose, SizeHint, Space};

    const LENGTH: u64 = 8 << 20;

    /// Of a disk that hasn't one block in four at hand.
    #[tokio::test]
    async fn what_is_long_and_new_is_read_past_the_cache_and_all_else_through_it() {
        let options = Options { background: Background::None, ..Options::default() };
        let engine = DiskEngine::on(Arc::new(SimDisk::new(1)), options).unwrap();
        let hint = SizeHint { length: Some(LENGTH), purpose: Purpose::Movable };
        let mut writer = engine.begin(&Group::new(Space(5), "k"), hint).await.unwrap();
        writer.write(vec![7; LENGTH as usize].into()).await.unwrap();
        let blob = writer.seal().await.unwrap();
        let Some(Place::Extent { id }) = Place::of(&blob) else { panic!("{blob:?}") };
        let mebibytes = |from: u64, to: u64| ByteSpan { start: from << 20, end: to << 20 };
        let short = ByteSpan { start: 0, end: PAST_CACHE_BYTES_MIN - 1 };
        for (span, past_cache, what) in [
            (short, false, "less than is worth it"),
            (mebibytes(0, 4), true, "the first time"),
            (mebibytes(0, 4), false, "again"),
            (mebibytes(4, 8), true, "another part, the first time"),
        ] {
            let mut reader = Reader::open(&engine.shared, id, LENGTH, span).unwrap();
            let mut bytes = 0;
            while let Some(piece) = reader.next().await.unwrap() {
                bytes += piece.len() as u64;
            }
            assert_eq!(bytes, span.end - span.start, "{what}");
            assert_eq!(matches!(reader.rest, Rest::PastCache(_)), past_cache, "{what}");
        }
        let reader = || Reader::open(&engine.shared, id, LENGTH, mebibytes(2, 8)).unwrap();
        let goes_past_cache = |it: Reader, from| it.look_ahead(&it.block_at(from)).is_some();
        assert!(goes_past_cache(reader(), 2 << 20));
        assert!(!goes_past_cache(reader(), 5 << 20), "again, with some of it in the cache");
    }
}
