//! `onggi fsck` of a store on a cluster: reads every row and body of every bucket, as any gateway
//! would, and compares the counters. Others may go on meanwhile; only then what is counted may differ.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use engine::{BlobRef, CounterId, Engine, EngineError, RowRange, ScanLimit, Space, Table};
use types::ByteSpan;

use super::{Read, Rows, cannot, damaged_body};
use crate::config::RadosStorage;
use crate::storage::Cluster;

/// Rows read at once.
const ROWS: usize = 1000;

/// Checks a store. Exit codes as of [`crate::fsck::run`].
pub fn run(storage: &RadosStorage, out: &mut impl Write) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return ExitCode::from(cannot(&error, out)),
    };
    let (code, clean) = runtime.block_on(async {
        let cluster = match Cluster::open(storage).await {
            Ok(cluster) => cluster,
            Err(error) => return (cannot(&error, out), false),
        };
        let code = check(cluster.engine(), out).await;
        (code, cluster.close().await)
    });
    if !clean {
        let _ = out.flush();
        engine_rados::leave(i32::from(code));
    }
    ExitCode::from(code)
}

/// Checks all that an engine keeps; the exit code.
async fn check(engine: &dyn Engine, out: &mut impl Write) -> u8 {
    let mut look = Look { engine, rows: Rows::default(), found: Found::default() };
    match look.at_everything().await {
        Ok(()) => {
            let Look { rows, found: Found { read, damaged, counters }, .. } = look;
            rows.tell((damaged, &counters), read, out)
        }
        Err(error) => cannot(&error, out),
    }
}

/// What was read, and what came of it.
#[derive(Default)]
struct Found {
    read: Read,
    /// Bodies that aren't what was stored.
    damaged: Vec<String>,
    counters: BTreeMap<(Space, CounterId), i64>,
}

struct Look<'e> {
    engine: &'e dyn Engine,
    rows: Rows,
    found: Found,
}

impl Look<'_> {
    async fn at_everything(&mut self) -> Result<(), EngineError> {
        self.at_space(Space::SYSTEM).await?;
        // The system's rows have named the buckets.
        let spaces: Vec<Space> = self.rows.buckets.spaces().collect();
        for space in spaces {
            self.at_space(space).await?;
        }
        Ok(())
    }

    async fn at_space(&mut self, space: Space) -> Result<(), EngineError> {
        for table in Table::ALL {
            let mut range = RowRange::all(space);
            loop {
                let page = self.engine.scan(table, range.clone(), ScanLimit::rows(ROWS)).await?;
                for entry in page.entries {
                    self.found.read.rows += 1;
                    self.rows.see(&entry.group, &entry.key, &entry.row);
                    for blob in &entry.row.blobs {
                        let key = String::from_utf8_lossy(&entry.group.name);
                        self.at_body(blob, (space, &key)).await?;
                    }
                }
                match page.next {
                    Some(next) => range.from = next,
                    None => break,
                }
            }
        }
        let sums = self.engine.counters(space).await?.into_iter();
        self.found.counters.extend(sums.map(|(counter, sum)| ((space, counter), sum)));
        Ok(())
    }

    /// A damaged body is found; that it can't be looked at ends the check.
    async fn at_body(
        &mut self,
        blob: &BlobRef,
        (space, key): (Space, &str),
    ) -> Result<(), EngineError> {
        match self.read(blob).await {
            Err(error @ (EngineError::Corrupt(_) | EngineError::Gone)) => {
                let bucket = self.rows.buckets.bucket(space);
                self.found.damaged.push(damaged_body(&bucket, key, &error));
                Ok(())
            }
            read => read,
        }
    }

    async fn read(&mut self, blob: &BlobRef) -> Result<(), EngineError> {
        let mut reader = self.engine.read(blob, ByteSpan::whole(blob.length)).await?;
        while let Some(bytes) = reader.next().await? {
            self.found.read.bytes += bytes.len() as u64;
        }
        self.found.read.bodies += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use engine::sim::SimEngine;
    use engine::{Change, Group, PutRow, RowKey};

    use super::*;

    async fn checked(engine: &dyn Engine) -> (u8, String) {
        let mut out = vec![];
        let code = check(engine, &mut out).await;
        (code, String::from_utf8(out).unwrap())
    }

    async fn put(engine: &dyn Engine, row: &'static str, value: &'static [u8]) {
        let row = RowKey::new(Table::Catalog, row);
        let put = vec![PutRow { row, value: value.into(), blobs: vec![] }];
        let account = Group::new(Space::SYSTEM, "iam/123456789012");
        engine.apply(&account, Change { put, ..Change::default() }).await.unwrap();
    }

    #[tokio::test]
    async fn rows_of_accounts_are_looked_at_as_in_a_folder() {
        let engine = SimEngine::new();
        put(&engine, "account", b"\x01{\"created\":7}").await;
        let sound = "1 rows, 0 bodies, 0 bytes read; 0 findings\n";
        assert_eq!(checked(&engine).await, (0, sound.to_owned()));
        put(&engine, "journal", b"\x01no journal").await;
        let (code, text) = checked(&engine).await;
        assert_eq!(code, 1);
        let damage = "damaged: account 123456789012: its row journal can't be read: ";
        assert!(text.starts_with(damage), "{text}");
        assert!(text.ends_with("2 rows, 0 bodies, 0 bytes read; 1 findings\n"), "{text}");
    }
}
