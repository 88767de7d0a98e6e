//! The audit record: who did or was refused what, with the whole decision, as JSON lines under
//! CloudTrail's field names ("CloudTrail record contents", AWS CloudTrail User Guide), in
//! `DIR/audit/*.jsonl`. `onggi why` reads them (`why.rs`).
//!
//! A request that is refused for who asks always leaves a record: by a decision, or because its
//! signature doesn't hold. One that is allowed leaves one if CloudTrail calls it a management event,
//! and objects' data events as the configuration wants; other requests cost nothing here. No record
//! holds a secret: of a request it has the names that it is about and its parameters, but for those
//! that sign it or are secrets themselves.
//!
//! Records are gathered in memory and written by a thread of their own, at the latest after
//! [`DELAY_MAX`], and when the server stops; a crash loses at most those. If they come faster than they
//! can be written, further ones are counted and dropped, and the next record is preceded by a line that
//! says how many.
//!
//! Anybody can be refused as often as they like. So refusals of those who haven't shown who they are
//! have files of their own and little room to wait in ([`Series::Strangers`]): a flood of them pushes
//! no other record out, writes at most 2.5 MiB a second, and takes a bounded part of the disk.

mod event;
mod files;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use wire::Operation;

use self::event::kind;
pub(crate) use self::event::{Event, is_secret};
pub(crate) use self::files::{FOLDER, list};
use self::files::{Files, Series};

/// A record waits no longer than this for others.
const DELAY_MAX: Duration = Duration::from_millis(100);

/// Which requests leave records, besides those that are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audited {
    /// No request at all, not even those.
    Off,
    /// CloudTrail's management events: what reads or changes users, permissions, buckets and how they
    /// are configured.
    Management,
    /// And what changes objects.
    Writes,
    /// And what reads and lists them.
    All,
}

/// Takes records.
pub(crate) struct AuditLog {
    audited: Audited,
    shared: Arc<Shared>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    /// Told when there is something to write.
    some: Condvar,
}

#[derive(Default)]
struct Waiting {
    /// Of each series.
    lines: [Vec<u8>; Series::ALL.len()],
    dropped: [u64; Series::ALL.len()],
    ended: bool,
}

impl AuditLog {
    /// Records go into `folder`, which is made for the first one.
    pub(crate) fn new(audited: Audited, folder: &Path) -> Self {
        let shared = Arc::new(Shared::default());
        let writer = (audited != Audited::Off).then(|| {
            let shared = Arc::clone(&shared);
            let files = Series::ALL.map(|series| Files::new(folder.join(FOLDER), series));
            std::thread::Builder::new()
                .name("audit".into())
                .spawn(move || write_out(&shared, files))
                .expect("a thread can be started")
        });
        Self { audited, shared, writer: Mutex::new(writer) }
    }

    /// Returns when what was recorded so far is in its file, within [`DELAY_MAX`] and a write; blocks
    /// until then. Nothing is recorded afterwards.
    pub(crate) fn close(&self) {
        self.end();
        if let Some(writer) = self.writer.lock().take() {
            // A panic of its own has been told already.
            let _ = writer.join();
        }
    }

    fn end(&self) {
        self.shared.waiting.lock().ended = true;
        self.shared.some.notify_one();
    }

    /// Whether an allowed request leaves a record.
    pub(crate) fn wants(&self, operation: &Operation) -> bool {
        match self.audited {
            Audited::Off => false,
            Audited::Management => !kind(operation).is_data,
            Audited::Writes => !(kind(operation).is_data && kind(operation).reads),
            Audited::All => true,
        }
    }

    /// Whether any request does.
    pub(crate) fn is_on(&self) -> bool {
        self.audited != Audited::Off
    }

    /// Writes a record.
    pub(crate) fn record(&self, event: Event<'_>) {
        if !self.is_on() {
            return;
        }
        let series = match event.is_known || event.error.is_none() {
            true => Series::Known,
            false => Series::Strangers,
        };
        let (of, most) = (series as usize, series.waiting_bytes_max());
        // Before it is made: what is dropped costs next to nothing.
        if self.shared.waiting.lock().drops(of, most) {
            return;
        }
        let line = event.into_json().to_string();
        let mut waiting = self.shared.waiting.lock();
        if waiting.drops(of, most.saturating_sub(line.len())) {
            return;
        }
        let first = waiting.lines.iter().all(Vec::is_empty);
        let dropped = std::mem::take(&mut waiting.dropped[of]);
        let lines = &mut waiting.lines[of];
        if dropped > 0 {
            lines.extend(event::of_dropped(dropped).to_string().bytes());
            lines.push(b'\n');
        }
        lines.extend(line.bytes());
        lines.push(b'\n');
        drop(waiting);
        if first {
            self.shared.some.notify_one();
        }
    }
}

impl Waiting {
    /// Whether a record is dropped because so many bytes of its series wait; it is counted then.
    fn drops(&mut self, of: usize, bytes: usize) -> bool {
        let full = self.lines[of].len() >= bytes;
        self.dropped[of] += u64::from(full);
        full
    }
}

impl Drop for AuditLog {
    fn drop(&mut self) {
        self.end();
    }
}

fn write_out(shared: &Shared, mut files: [Files; Series::ALL.len()]) {
    let mut failed = false;
    loop {
        let mut waiting = shared.waiting.lock();
        while waiting.lines.iter().all(Vec::is_empty) && !waiting.ended {
            shared.some.wait(&mut waiting);
        }
        let ended = waiting.ended;
        drop(waiting);
        if !ended {
            std::thread::sleep(DELAY_MAX);
        }
        let lines = std::mem::take(&mut shared.waiting.lock().lines);
        let mut pairs = files.iter_mut().zip(&lines);
        match pairs.try_for_each(|(files, lines)| files.write(lines)) {
            Ok(()) => failed = false,
            Err(error) if !failed => {
                failed = true;
                tracing::error!(%error, "audit records can't be written");
            }
            Err(_) => {}
        }
        if ended {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use wire::{Error, OperationId, Query};

    use super::*;

    #[test]
    fn which_requests_leave_records() {
        let wants = |audited, id: OperationId| {
            AuditLog { audited, shared: Arc::default(), writer: Mutex::default() }
                .wants(id.operation())
        };
        use OperationId::{
            DeleteObjects, GetBucketPolicy, GetObject, HeadBucket, IamCreateUser, IamListUsers,
            ListBuckets, ListObjectsV2, PutBucketPolicy, PutObject, PutObjectTagging,
            S3ControlListTagsForResource, StsGetCallerIdentity, UploadPart,
        };
        for (id, management, writes) in [
            (GetObject, false, false),
            (HeadBucket, false, false),
            (ListObjectsV2, false, false),
            (PutObject, false, true),
            (PutObjectTagging, false, true),
            (UploadPart, false, true),
            (DeleteObjects, false, true),
            (ListBuckets, true, true),
            (GetBucketPolicy, true, true),
            (PutBucketPolicy, true, true),
            (IamCreateUser, true, true),
            (IamListUsers, true, true),
            (StsGetCallerIdentity, true, true),
            (S3ControlListTagsForResource, true, true),
        ] {
            assert_eq!(wants(Audited::Management, id), management, "{id:?}");
            assert_eq!(wants(Audited::Writes, id), writes, "{id:?}");
            assert!(wants(Audited::All, id) && !wants(Audited::Off, id), "{id:?}");
        }
    }

    #[test]
    fn records_that_cant_be_kept_are_counted() {
        for series in Series::ALL {
            counts_what_it_drops(series);
        }
    }

    fn refusal<'a>(query: &'a Query, error: &'a Error, is_known: bool) -> Event<'a> {
        Event {
            operation: OperationId::PutObject.operation(),
            request_id: "1",
            region: "r",
            source_ip: "1.1.1.1".into(),
            user_agent: None,
            tls: None,
            identity: Value::Null,
            account: "1".into(),
            bucket: None,
            key: None,
            parameters: query,
            error: Some(error),
            is_known,
            decisions: vec![],
        }
    }

    #[test]
    fn closing_waits_for_what_was_recorded() {
        let folder = tempfile::tempdir().unwrap();
        let log = AuditLog::new(Audited::Management, folder.path());
        let (query, refused) = (Query::default(), Error::new(wire::Code::AccessDenied));
        log.record(refusal(&query, &refused, true));
        log.record(refusal(&query, &refused, false));
        log.close();
        let files = list(&folder.path().join(FOLDER)).unwrap();
        let lines = files.iter().map(|it| std::fs::read_to_string(it).unwrap().lines().count());
        assert_eq!(lines.collect::<Vec<_>>(), [1, 1]);
    }

    fn counts_what_it_drops(series: Series) {
        let shared = Arc::new(Shared::default());
        let writer = Mutex::default();
        let log = AuditLog { audited: Audited::All, shared: Arc::clone(&shared), writer };
        let of = series as usize;
        shared.waiting.lock().lines[of] = vec![b'x'; series.waiting_bytes_max()];
        let (query, refused) = (Query::default(), Error::new(wire::Code::AccessDenied));
        let one = || refusal(&query, &refused, series == Series::Known);
        log.record(one());
        assert_eq!(shared.waiting.lock().lines[of].len(), series.waiting_bytes_max());
        shared.waiting.lock().lines[of].clear();
        log.record(one());
        let lines = shared.waiting.lock().lines[of].clone();
        let text = String::from_utf8(lines).unwrap();
        let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!((&first["eventName"], &first["dropped"]), (&"(dropped)".into(), &1.into()));
        assert_eq!(text.lines().count(), 2);
    }
}
