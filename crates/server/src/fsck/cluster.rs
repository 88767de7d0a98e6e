//! `onggi fsck` of a store on a cluster: reads every row and body of every bucket, as any gateway
//! would, and compares the counters. Others may go on meanwhile; only then what is counted may differ.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use engine::{CounterId, Engine, EngineError, RowRange, ScanLimit, Space, Table};
use store::Audit;
use types::ByteSpan;

use crate::config::RadosStorage;
use crate::storage::Gateway;

/// Rows read at once.
const ROWS: usize = 1000;

/// What was read.
#[derive(Default)]
struct Read {
    rows: u64,
    bodies: u64,
    bytes: u64,
    findings: Vec<String>,
    counters: BTreeMap<(Space, CounterId), i64>,
}

/// Checks a store. Exit codes as of [`crate::fsck::run`].
pub fn run(storage: &RadosStorage, out: &mut impl Write) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = writeln!(out, "onggi fsck: {error}");
            return ExitCode::from(2);
        }
    };
    let (code, clean) = runtime.block_on(async {
        let gateway = match Gateway::open(storage).await {
            Ok(gateway) => gateway,
            Err(error) => {
                let _ = writeln!(out, "onggi fsck: {error}");
                return (2, false);
            }
        };
        let mut audit = Audit::default();
        let mut read = Read::default();
        let code = match read.everything(gateway.engine(), &mut audit).await {
            Ok(()) => read.tell(&audit, out),
            Err(error) => {
                let _ = writeln!(out, "onggi fsck: {error}");
                2
            }
        };
        (code, gateway.close().await)
    });
    if !clean {
        let _ = out.flush();
        engine_rados::leave(i32::from(code));
    }
    ExitCode::from(code)
}

impl Read {
    async fn everything(
        &mut self,
        engine: &dyn Engine,
        audit: &mut Audit,
    ) -> Result<(), EngineError> {
        self.space(engine, Space::SYSTEM, audit).await?;
        let spaces: Vec<Space> = audit.spaces().collect();
        for space in spaces {
            self.space(engine, space, audit).await?;
        }
        Ok(())
    }

    async fn space(
        &mut self,
        engine: &dyn Engine,
        space: Space,
        audit: &mut Audit,
    ) -> Result<(), EngineError> {
        for table in Table::ALL {
            let mut range = RowRange::all(space);
            loop {
                let page = engine.scan(table, range.clone(), ScanLimit::rows(ROWS)).await?;
                for entry in page.entries {
                    self.rows += 1;
                    audit.row(&entry.group, &entry.key, &entry.row);
                    for blob in &entry.row.blobs {
                        match self.body(engine, blob).await {
                            Err(error @ (EngineError::Corrupt(_) | EngineError::Gone)) => {
                                let bucket = audit.bucket(space);
                                let key = String::from_utf8_lossy(&entry.group.name);
                                let what =
                                    format!("damaged: bucket {bucket}, key {key:?}: {error}");
                                self.findings.push(what);
                            }
                            read => read?,
                        }
                    }
                }
                match page.next {
                    Some(next) => range.from = next,
                    None => break,
                }
            }
        }
        for (counter, sum) in engine.counters(space).await? {
            self.counters.insert((space, counter), sum);
        }
        Ok(())
    }

    async fn body(
        &mut self,
        engine: &dyn Engine,
        blob: &engine::BlobRef,
    ) -> Result<(), EngineError> {
        let mut reader = engine.read(blob, ByteSpan::whole(blob.length)).await?;
        while let Some(bytes) = reader.next().await? {
            self.bytes += bytes.len() as u64;
        }
        self.bodies += 1;
        Ok(())
    }

    fn tell(&mut self, audit: &Audit, out: &mut impl Write) -> u8 {
        self.findings.extend(audit.unreadable().map(|(bucket, key)| {
            format!("damaged: bucket {bucket}, key {key:?}: its row can't be read")
        }));
        let miscounts = audit.miscounts(&self.counters);
        self.findings.extend(miscounts.iter().map(ToString::to_string));
        for finding in &self.findings {
            let _ = writeln!(out, "{finding}");
        }
        let Self { rows, bodies, bytes, findings, .. } = self;
        let found = findings.len();
        let _ = writeln!(out, "{rows} rows, {bodies} bodies, {bytes} bytes read; {found} findings");
        u8::from(found > 0)
    }
}
