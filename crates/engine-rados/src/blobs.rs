//! Bodies. Small ones are rows of their group's partition; large ones write-once objects of the data
//! pool, in pieces of 4 MiB, each block of 64 KiB with a checksum behind it.
//!
//! A large body's way, and what a gateway that dies leaves on it:
//!
//! 1. An *intent* in the gateway's own object: this blob, of this group. From here on whoever takes
//!    over the gateway's remains finds the blob.
//! 2. The pieces, one behind the other.
//! 3. `seal`: nothing is written; the gateway keeps in memory that this blob may be named.
//! 4. The change that names it, in the group's partition (`apply.rs`).
//! 5. The intent goes, later, with others. One that is left is harmless: the group's rows tell whether
//!    the blob is named, and only behind a fence, when that can't change any more.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use engine::{Async, BlobReader, BlobRef, BlobWriter, EngineError, Group, Hold, SizeHint};
use futures_util::StreamExt;
use parking_lot::Mutex;
use tokio::task::JoinHandle;
use types::ByteSpan;

use crate::layout::{
    BLOCK_BYTES, BlobId, CHECKSUM_BYTES, PIECE_BYTES, Partition, Place, STORED_BLOCK_BYTES,
    block_sum, body_key, decode_body, encode_intent, intent_key, pieces,
};
use crate::librados::{Answer, Errno, Look, Step};
use crate::shared::{Shared, unreadable};

/// Bytes that a reader gives at once, at most.
const READ_BYTES: usize = 16 * BLOCK_BYTES;
/// Reads of a large body that are under way ahead of its reader.
const READS_AHEAD: usize = 2;
/// Pieces that are removed at a time.
const REMOVALS: usize = 8;

/// Blobs that this process has sealed and no row names.
#[derive(Clone, Default)]
pub(crate) struct Sealed(Arc<Mutex<HashMap<BlobId, (BlobRef, Group)>>>);

impl Sealed {
    fn insert(&self, id: BlobId, blob: BlobRef, group: Group) {
        self.0.lock().insert(id, (blob, group));
    }

    /// Takes those of a group that are here: while a change is under way no other can name them.
    pub(crate) fn take<'a>(
        &self,
        group: &Group,
        blobs: impl Iterator<Item = &'a BlobRef>,
    ) -> Taken {
        let mut sealed = self.0.lock();
        let mut taken = HashMap::new();
        for blob in blobs {
            let Some(Place::Large { id }) = Place::of(blob) else { continue };
            if sealed.get(&id).is_some_and(|(it, of)| it == blob && of == group)
                && let Some(it) = sealed.remove(&id)
            {
                taken.insert(id, it);
            }
        }
        Taken { home: self.clone(), taken, sent: false }
    }

    fn remove(&self, id: BlobId) -> Option<BlobRef> {
        self.0.lock().remove(&id).map(|(blob, _)| blob)
    }

    /// Those that nobody will ever name.
    pub(crate) fn take_all(&self) -> Vec<(BlobId, BlobRef)> {
        self.0.lock().drain().map(|(id, (blob, _))| (id, blob)).collect()
    }
}

/// Sealed blobs that a change names. Dropped, they go back, unless the change may happen.
pub(crate) struct Taken {
    home: Sealed,
    taken: HashMap<BlobId, (BlobRef, Group)>,
    sent: bool,
}

impl Taken {
    pub(crate) fn has(&self, blob: &BlobRef) -> bool {
        self.taken.values().any(|(it, _)| it == blob)
    }

    /// A change that names them is under way, or certainly not any more.
    pub(crate) fn is_sent(&mut self, sent: bool) {
        self.sent = sent;
    }

    /// A row names them now, or may: they don't go back.
    pub(crate) fn named(&mut self) -> Vec<(BlobId, u64)> {
        self.taken.drain().map(|(id, (blob, _))| (id, blob.length)).collect()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if !self.sent {
            self.home.0.lock().extend(self.taken.drain());
        }
    }
}

impl Shared {
    /// Opens a body: what is read first is there when this returns.
    pub(crate) async fn read(
        self: &Arc<Self>,
        blob: BlobRef,
        span: ByteSpan,
    ) -> Result<Box<dyn BlobReader>, EngineError> {
        self.is_open()?;
        if span.start > span.end || span.end > blob.length {
            return Err(EngineError::Corrupt("a span outside its blob".into()));
        }
        match Place::of(&blob).ok_or_else(|| unreadable("a blob's place"))? {
            Place::Small { partition, id } => {
                let body = self.read_small(partition, id).await?;
                if body.len() as u64 != blob.length {
                    return Err(unreadable("a small body"));
                }
                let body = body.slice(span.start as usize..span.end as usize);
                Ok(Box::new(SmallReader(Some(body))))
            }
            Place::Large { id } => {
                let mut reader = LargeReader {
                    shared: Arc::clone(self),
                    id,
                    length: blob.length,
                    next: span.start,
                    end: span.end,
                    first: None,
                    ahead: VecDeque::new(),
                    _hold: self.hold(),
                };
                reader.first = reader.take().await?;
                Ok(Box::new(reader))
            }
        }
    }

    async fn read_small(&self, partition: Partition, id: BlobId) -> Result<Bytes, EngineError> {
        let look = Look { rows: vec![body_key(id)], ..Look::default() };
        let seen = self.found(self.index.look(&partition.object(), look).await)?;
        let value = seen.and_then(|it| it.rows.into_iter().next()).ok_or(EngineError::Gone)?.1;
        decode_body(id, &value).ok_or_else(|| EngineError::Corrupt("a small body".into()))
    }

    /// A stretch of a large body that lies in one piece.
    async fn read_large(
        self: Arc<Self>,
        id: BlobId,
        length: u64,
        span: ByteSpan,
    ) -> Result<Bytes, EngineError> {
        let piece = span.start / PIECE_BYTES as u64;
        let blocks = span.start / BLOCK_BYTES as u64..span.end.div_ceil(BLOCK_BYTES as u64);
        let piece_blocks = (PIECE_BYTES / BLOCK_BYTES) as u64;
        let offset = (blocks.start % piece_blocks) * STORED_BLOCK_BYTES as u64;
        let block_bytes =
            |block: u64| (length - block * BLOCK_BYTES as u64).min(BLOCK_BYTES as u64) as usize;
        let wanted: usize = blocks.clone().map(|it| block_bytes(it) + CHECKSUM_BYTES).sum();
        let stored = self.data.read(&id.piece(piece), offset, wanted).await;
        let stored = self.found(stored)?.ok_or(EngineError::Gone)?;
        let damaged = || EngineError::Corrupt(format!("piece {}", id.piece(piece)));
        if stored.len() != wanted {
            return Err(damaged());
        }
        let mut bytes = Vec::with_capacity(wanted);
        let mut rest = &stored[..];
        for block in blocks.clone() {
            let (data, behind) = rest.split_at(block_bytes(block));
            let (sum, behind) = behind.split_at(CHECKSUM_BYTES);
            if block_sum(id, block, data) != sum {
                return Err(damaged());
            }
            bytes.extend_from_slice(data);
            rest = behind;
        }
        let first = blocks.start * BLOCK_BYTES as u64;
        let (from, to) = ((span.start - first) as usize, (span.end - first) as usize);
        Ok(Bytes::from(bytes).slice(from..to))
    }

    /// Begins a large body.
    pub(crate) async fn begin(
        self: &Arc<Self>,
        group: &Group,
        hint: SizeHint,
    ) -> Result<Writer, EngineError> {
        self.is_open()?;
        self.room.for_pieces()?;
        let id = self.next_id();
        let (shared, intent) = (Arc::clone(self), encode_intent(group));
        // Its answer is awaited before the first byte goes out.
        let intent = tokio::spawn(async move {
            let rows = vec![(intent_key(id), intent)];
            let steps = vec![Step::Create, Step::SetRows(rows)];
            shared.index.write(&shared.own_object(), steps).await
        });
        Ok(Writer {
            shared: Arc::clone(self),
            group: group.clone(),
            hint,
            id,
            intent: Some(intent),
            piece: Vec::new(),
            in_block: 0,
            length: 0,
            writing: None,
            sealed: false,
        })
    }

    /// Gives up a blob that no row names.
    pub(crate) fn discard(self: &Arc<Self>, blob: BlobRef) {
        let Some(Place::Large { id }) = Place::of(&blob) else { return };
        if self.sealed.remove(id).is_none() || self.is_open().is_err() {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let shared = Arc::clone(self);
        runtime.spawn(async move {
            let _gate = Arc::clone(&shared.gate).read_owned().await;
            shared.give_up(id, pieces(blob.length)).await;
        });
    }

    /// Removes pieces that no row names, and then the intent.
    async fn give_up(&self, id: BlobId, pieces: u64) {
        match self.remove_pieces(id, pieces).await {
            Ok(()) => self.done_intents.lock().push(id),
            // The intent stays for whoever comes behind this gateway.
            Err(error) => tracing::debug!(%error, blob = id.hex(), "stays for later"),
        }
    }

    pub(crate) async fn remove_pieces(&self, id: BlobId, pieces: u64) -> Result<(), EngineError> {
        let removals = (0..pieces).map(|piece| async move {
            let removed = self.data.write(&id.piece(piece), vec![Step::Remove]).await;
            self.found(removed).map(drop)
        });
        let mut removals = futures_util::stream::iter(removals).buffer_unordered(REMOVALS);
        while let Some(removed) = removals.next().await {
            removed?;
        }
        Ok(())
    }

    /// Removes pieces of a blob whose length isn't known: they were written one behind the other, and go
    /// the other way round, so that whoever has to begin again finds those that are left.
    pub(crate) async fn remove_all_pieces(&self, id: BlobId) -> Result<(), EngineError> {
        let mut pieces = 0;
        while self.found(self.data.read(&id.piece(pieces), 0, 1).await)?.is_some() {
            pieces += 1;
        }
        for piece in (0..pieces).rev() {
            let removed = self.data.write(&id.piece(piece), vec![Step::Remove]).await;
            self.found(removed)?;
        }
        Ok(())
    }

    /// What a reader takes.
    pub(crate) fn hold(&self) -> Hold {
        Hold::with(self.holds.take())
    }
}

struct SmallReader(Option<Bytes>);

impl BlobReader for SmallReader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move { Ok(self.0.take().filter(|it| !it.is_empty())) })
    }
}

struct LargeReader {
    shared: Arc<Shared>,
    id: BlobId,
    length: u64,
    /// Where the next read begins.
    next: u64,
    end: u64,
    first: Option<Bytes>,
    ahead: VecDeque<JoinHandle<Result<Bytes, EngineError>>>,
    _hold: Hold,
}

impl LargeReader {
    /// Begins reads, as far ahead as is allowed.
    fn look_ahead(&mut self) {
        while self.next < self.end && self.ahead.len() < READS_AHEAD {
            let piece_end = (self.next / PIECE_BYTES as u64 + 1) * PIECE_BYTES as u64;
            let block = self.next / BLOCK_BYTES as u64 * BLOCK_BYTES as u64;
            let end = (block + READ_BYTES as u64).min(piece_end).min(self.end);
            let span = ByteSpan { start: self.next, end };
            let read = Arc::clone(&self.shared).read_large(self.id, self.length, span);
            self.ahead.push_back(tokio::spawn(read));
            self.next = end;
        }
    }

    async fn take(&mut self) -> Result<Option<Bytes>, EngineError> {
        self.look_ahead();
        let Some(read) = self.ahead.pop_front() else { return Ok(None) };
        let bytes = read.await.map_err(|e| EngineError::Unavailable(e.to_string()))??;
        self.look_ahead();
        Ok(Some(bytes))
    }
}

impl BlobReader for LargeReader {
    fn next(&mut self) -> Async<'_, Option<Bytes>> {
        Box::pin(async move {
            match self.first.take() {
                Some(bytes) => Ok(Some(bytes)),
                None => self.take().await,
            }
        })
    }
}

/// Takes a large body's bytes.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    group: Group,
    hint: SizeHint,
    id: BlobId,
    intent: Option<JoinHandle<Answer<u64>>>,
    /// The piece that is being filled, as it will be stored.
    piece: Vec<u8>,
    /// Bytes of its last block.
    in_block: usize,
    length: u64,
    writing: Option<JoinHandle<Answer<u64>>>,
    sealed: bool,
}

impl Writer {
    async fn append(&mut self, mut bytes: &[u8]) -> Result<(), EngineError> {
        while !bytes.is_empty() {
            let room = BLOCK_BYTES - self.in_block;
            let (taken, rest) = bytes.split_at(room.min(bytes.len()));
            self.piece.extend_from_slice(taken);
            self.in_block += taken.len();
            self.length += taken.len() as u64;
            bytes = rest;
            if self.in_block == BLOCK_BYTES {
                self.end_block();
            }
            if self.length.is_multiple_of(PIECE_BYTES as u64) {
                self.write_piece().await?;
            }
        }
        Ok(())
    }

    fn end_block(&mut self) {
        let block = (self.length - 1) / BLOCK_BYTES as u64;
        let data = &self.piece[self.piece.len() - self.in_block..];
        let sum = block_sum(self.id, block, data);
        self.piece.extend_from_slice(&sum);
        self.in_block = 0;
    }

    /// Begins to write the piece, when the one before is written: so pieces never have a gap.
    async fn write_piece(&mut self) -> Result<(), EngineError> {
        self.landed().await?;
        let data = Bytes::from(std::mem::take(&mut self.piece));
        let name = self.id.piece((self.length - 1) / PIECE_BYTES as u64);
        let shared = Arc::clone(&self.shared);
        self.writing = Some(tokio::spawn(async move {
            let steps = vec![Step::CreateNew, Step::WriteFull(data)];
            shared.data.write(&name, steps).await
        }));
        Ok(())
    }

    /// Waits for what is under way.
    async fn landed(&mut self) -> Result<(), EngineError> {
        for work in [&mut self.intent, &mut self.writing] {
            if let Some(task) = work {
                let done = task.await;
                *work = None;
                let done = done.map_err(|e| EngineError::Unavailable(e.to_string()))?;
                match done {
                    // The piece is there: librados sent it a second time when the map changed.
                    Ok(_) | Err(Errno::EXISTS) => {}
                    Err(error) => return Err(self.shared.error(error)),
                }
            }
        }
        Ok(())
    }
}

impl BlobWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> Async<'_, ()> {
        Box::pin(async move {
            let length = self.length + bytes.len() as u64;
            assert!(self.hint.length.is_none_or(|it| length <= it), "more bytes than announced");
            self.shared.is_open()?;
            self.append(&bytes).await
        })
    }

    fn seal(mut self: Box<Self>) -> Async<'static, BlobRef> {
        Box::pin(async move {
            self.shared.is_open()?;
            if self.in_block > 0 {
                self.end_block();
            }
            if !self.piece.is_empty() {
                self.write_piece().await?;
            }
            self.landed().await?;
            let blob = Place::Large { id: self.id }.blob(self.length);
            self.shared.sealed.insert(self.id, blob, self.group.clone());
            self.sealed = true;
            Ok(blob)
        })
    }
}

impl Drop for Writer {
    /// A writer that was dropped leaves nothing.
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if self.sealed || self.shared.is_open().is_err() {
            return;
        }
        let (shared, id, written) = (Arc::clone(&self.shared), self.id, pieces(self.length));
        let (intent, writing) = (self.intent.take(), self.writing.take());
        runtime.spawn(async move {
            let _gate = Arc::clone(&shared.gate).read_owned().await;
            for work in [intent, writing].into_iter().flatten() {
                let _ = work.await;
            }
            shared.give_up(id, written).await;
        });
    }
}
