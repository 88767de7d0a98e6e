//! What is done while nobody asks: bucket deletions that were cut off, parts that nobody needs.

use std::time::{Duration, Instant};

use engine::{RowRange, ScanLimit, Space, Table};
use tokio::sync::watch;

use crate::Store;
use crate::bucket::{NAME_PREFIX, name_row};
use crate::deletion::{DROP_PREFIX, space_of_note};
use crate::error::StoreError;
use crate::rows::{BucketRow, Life};

/// How often what this store noted itself is swept.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// How often every bucket is looked at, for what others or a crash left.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Rows read at once.
const ROWS: usize = 1000;

impl Store {
    /// Does background work until `stop` turns true. What fails is logged and tried again.
    pub async fn background(self, mut stop: watch::Receiver<bool>) {
        let mut looked: Option<Instant> = None;
        loop {
            let done = match looked {
                Some(at) if at.elapsed() < LOOK_EVERY => self.sweep_noted().await,
                // Of several gateways one looks at all buckets; whatever two do, they may.
                _ if !self.engine().leads() => self.sweep_noted().await,
                _ => {
                    looked = Some(Instant::now());
                    self.background_step().await
                }
            };
            if let Err(error) = done {
                tracing::warn!(%error, "background work");
            }
            tokio::select! {
                _ = stop.wait_for(|it| *it) => return,
                () = tokio::time::sleep(SWEEP_EVERY) => {}
            }
        }
    }

    /// Does all the background work that there is now. What fails doesn't keep the rest from being
    /// done; the first error is told.
    pub async fn background_step(&self) -> Result<(), StoreError> {
        let drops = self.finish_drops().await;
        let mut range = RowRange::all(Space::SYSTEM);
        range.prefix = NAME_PREFIX.into();
        let mut done = drops;
        loop {
            let page = self.engine().scan(Table::Catalog, range.clone(), ScanLimit::rows(ROWS));
            let page = page.await?;
            for entry in page.entries.into_iter().filter(|it| it.key == name_row()) {
                let name = String::from_utf8_lossy(&entry.group.name[NAME_PREFIX.len()..]);
                let looked = match BucketRow::decode(&entry.row.value) {
                    Err(error) => Err(error),
                    Ok(row) => match row.life {
                        Life::Active => self.sweep(Space(row.space)).await,
                        Life::Deleting { until, .. } if until <= self.now() => {
                            let space = Space(row.space);
                            let taken = self.take_over(&name, entry.row, row).await;
                            taken.and(self.sweep(space).await)
                        }
                        Life::Deleting { .. } => Ok(()),
                    },
                };
                done = done.and(looked);
            }
            match page.next {
                Some(next) => range.from = next,
                None => return done,
            }
        }
    }

    /// Sweeps the spaces in which this store noted garbage.
    async fn sweep_noted(&self) -> Result<(), StoreError> {
        let spaces = std::mem::take(&mut *self.inner.unswept.lock());
        let mut done = Ok(());
        for space in spaces {
            let swept = self.sweep(space).await;
            if swept.is_err() {
                self.swept_later(Some(space));
            }
            done = done.and(swept);
        }
        done
    }

    async fn finish_drops(&self) -> Result<(), StoreError> {
        let mut range = RowRange::all(Space::SYSTEM);
        range.prefix = DROP_PREFIX.into();
        let mut done = Ok(());
        loop {
            let page = self.engine().scan(Table::Local, range.clone(), ScanLimit::rows(ROWS));
            let page = page.await?;
            for entry in page.entries {
                let dropped = match space_of_note(&entry.key) {
                    Ok(space) => self.finish_drop(&entry.group, space).await,
                    Err(error) => Err(error),
                };
                done = done.and(dropped);
            }
            match page.next {
                Some(next) => range.from = next,
                None => return done,
            }
        }
    }
}
