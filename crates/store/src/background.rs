//! What is done while nobody asks: bucket deletions that were cut off, parts that nobody needs.

use std::time::Duration;

use engine::{Group, RowRange, ScanLimit, Space, Table};
use tokio::sync::watch;

use crate::Store;
use crate::bucket::name_row;
use crate::error::StoreError;
use crate::rows::{BucketRow, Life};

/// How often background work looks for something to do.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl Store {
    /// Does background work until `stop` turns true. What fails is logged and tried again.
    pub async fn background(self, mut stop: watch::Receiver<bool>) {
        loop {
            if let Err(error) = self.background_step().await {
                tracing::warn!(%error, "background work");
            }
            tokio::select! {
                _ = stop.wait_for(|it| *it) => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Does all the background work that there is now.
    pub async fn background_step(&self) -> Result<(), StoreError> {
        self.finish_drops().await?;
        let mut range = RowRange::all(Space::SYSTEM);
        range.prefix = "bucket/".into();
        loop {
            let page = self.engine().scan(Table::Catalog, range.clone(), ScanLimit::rows(1000));
            let page = page.await?;
            for entry in page.entries {
                let row = BucketRow::decode(&entry.row.value)?;
                match row.life {
                    Life::Active => self.sweep_parts(Space(row.space)).await?,
                    Life::Deleting(until) if until <= self.now() && entry.key == name_row() => {
                        self.revive(&entry.group, entry.row, row).await?;
                    }
                    Life::Deleting(_) => {}
                }
            }
            match page.next {
                Some(next) => range.from = next,
                None => return Ok(()),
            }
        }
    }

    async fn finish_drops(&self) -> Result<(), StoreError> {
        let mut range = RowRange::all(Space::SYSTEM);
        range.prefix = "drop/".into();
        let page = self.engine().scan(Table::Local, range, ScanLimit::rows(1000)).await?;
        for entry in page.entries {
            let text = String::from_utf8_lossy(&entry.key.sub).into_owned();
            let space = text.strip_prefix("drop/").and_then(|it| u64::from_str_radix(it, 16).ok());
            let space = space.ok_or_else(|| StoreError::Damaged("a drop note".into()))?;
            self.finish_drop(&Group::new(Space::SYSTEM, entry.group.name), Space(space)).await?;
        }
        Ok(())
    }
}
