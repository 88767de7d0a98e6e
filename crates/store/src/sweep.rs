//! Parts that belong to nothing any more.
//!
//! Two notes name them, each written in the change that made the parts garbage, in the key's group:
//! `parts/ID`, all that is left of an upload that was aborted or whose object is gone; `unused/ID`,
//! the parts of an upload that its object isn't made of. A note goes when its parts are gone; a crash
//! before that only repeats some work.
//!
//! What is being read isn't swept: a reader *pins* the upload. That holds within one process; for the
//! readers of other gateways the engine keeps the bytes, as [`Engine::hold`](engine::Engine::hold) says.

use bytes::Bytes;
use engine::{
    ApplyError, Change, Cursor, Group, Hold, PutRow, RowKey, RowRange, ScanLimit, Space, Table,
};

use crate::Store;
use crate::error::StoreError;
use crate::multipart::{UploadId, gate_key, part_key, parts_group};
use crate::rows::{decode_numbers, encode_numbers};

/// Rows swept at once.
const SWEEP_ROWS: usize = 500;

const ALL_PREFIX: &str = "parts/";
const UNUSED_PREFIX: &str = "unused/";

/// The note that an upload's parts belong to nothing any more.
pub(crate) fn garbage_note(id: UploadId) -> PutRow {
    let row = RowKey::new(Table::Local, format!("{ALL_PREFIX}{id}"));
    PutRow { row, value: Bytes::new(), blobs: vec![] }
}

/// The note that these parts of a completed upload are in no object.
pub(crate) fn unused_note(id: UploadId, numbers: &[u16]) -> PutRow {
    let row = RowKey::new(Table::Local, format!("{UNUSED_PREFIX}{id}"));
    PutRow { row, value: encode_numbers(numbers), blobs: vec![] }
}

/// Keeps an upload's parts from being swept while it lives.
pub(crate) struct Pin {
    store: Store,
    id: UploadId,
    /// Against sweepers in other processes.
    _hold: Hold,
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.store.inner.pins.lock();
        if let Some(count) = pins.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                pins.remove(&self.id);
            }
        }
    }
}

impl Store {
    pub(crate) fn pin(&self, id: UploadId) -> Pin {
        *self.inner.pins.lock().entry(id).or_default() += 1;
        Pin { store: self.clone(), id, _hold: self.engine().hold() }
    }

    /// Remembers that there is a note in a space.
    pub(crate) fn swept_later(&self, space: Option<Space>) {
        if let Some(space) = space {
            self.inner.unswept.lock().insert(space);
        }
    }

    /// Removes the parts that notes of a space name, unless they are being read. A note that can't be read
    /// keeps no other from being done; it is told in the end.
    pub(crate) async fn sweep(&self, space: Space) -> Result<(), StoreError> {
        let mut damage = Ok(());
        for prefix in [UNUSED_PREFIX, ALL_PREFIX] {
            let mut range = RowRange::all(space);
            range.prefix = prefix.into();
            loop {
                let limit = ScanLimit::rows(SWEEP_ROWS);
                let page = self.engine().scan(Table::Local, range.clone(), limit).await?;
                for entry in page.entries {
                    let note = PutRow { row: entry.key, value: entry.row.value, blobs: vec![] };
                    match self.sweep_note(&entry.group, &note).await {
                        Err(error @ StoreError::Damaged(_)) => damage = Err(error),
                        swept => swept?,
                    }
                }
                match page.next {
                    Some(next) => range.from = next,
                    None => break,
                }
            }
        }
        damage
    }

    /// Does what a note says, and removes it.
    pub(crate) async fn sweep_note(&self, key: &Group, note: &PutRow) -> Result<(), StoreError> {
        let text = std::str::from_utf8(&note.row.sub).unwrap_or_default();
        match (text.strip_prefix(ALL_PREFIX), text.strip_prefix(UNUSED_PREFIX)) {
            (Some(id), _) => {
                let id = UploadId::parse(id).ok_or_else(damaged)?;
                if self.inner.pins.lock().contains_key(&id) {
                    self.swept_later(Some(key.space));
                    return Ok(());
                }
                self.remove_all_parts(key.space, id).await?;
            }
            (_, Some(id)) => {
                let id = UploadId::parse(id).ok_or_else(damaged)?;
                let numbers = decode_numbers(&note.value)?;
                self.remove_parts(key.space, id, numbers.into_iter().map(part_key)).await?;
            }
            (None, None) => return Err(damaged()),
        }
        self.remove_rows(key, vec![note.row.clone()]).await
    }

    async fn remove_all_parts(&self, space: Space, id: UploadId) -> Result<(), StoreError> {
        let group = parts_group(space, id);
        // Without its gate no part comes any more, so that what is scanned then is all.
        self.remove_rows(&group, vec![gate_key()]).await?;
        let mut range = RowRange { space, prefix: id.bytes(), from: Cursor::Start };
        loop {
            let limit = ScanLimit::rows(SWEEP_ROWS);
            let page = self.engine().scan(Table::Parts, range.clone(), limit).await?;
            let parts = page.entries.into_iter().map(|it| it.key);
            self.remove_rows(&group, parts.collect()).await?;
            match page.next {
                Some(next) => range.from = next,
                None => return Ok(()),
            }
        }
    }

    async fn remove_parts(
        &self,
        space: Space,
        id: UploadId,
        parts: impl Iterator<Item = RowKey>,
    ) -> Result<(), StoreError> {
        let (group, mut parts) = (parts_group(space, id), parts.peekable());
        while parts.peek().is_some() {
            let some = parts.by_ref().take(SWEEP_ROWS).collect();
            self.remove_rows(&group, some).await?;
        }
        Ok(())
    }

    async fn remove_rows(&self, group: &Group, delete: Vec<RowKey>) -> Result<(), StoreError> {
        if delete.is_empty() {
            return Ok(());
        }
        match self.engine().apply(group, Change { delete, ..Change::default() }).await {
            // A frozen space is on its way to be dropped with all that is in it.
            Ok(_) | Err(ApplyError::Frozen) => Ok(()),
            Err(ApplyError::Engine(error)) => Err(error.into()),
            Err(ApplyError::Unknown | ApplyError::Mismatch(_)) => Err(StoreError::no_answer()),
        }
    }
}

fn damaged() -> StoreError {
    StoreError::Damaged("a note of garbage".into())
}
