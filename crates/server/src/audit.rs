//! The audit record: who did or was refused what, with the whole decision, as JSON lines under
//! CloudTrail's field names ("CloudTrail record contents", AWS CloudTrail User Guide), in
//! `DIR/audit/*.jsonl`. `onggi why` reads them (`why.rs`).
//!
//! A request that is refused by a decision always leaves a record; one that is allowed does if it
//! changes something, unless the configuration wants fewer. Reading what one may read leaves none and
//! costs nothing here. No record holds a secret: of a request it has the names that it is about and
//! its parameters, but for those that sign it or are secrets themselves.
//!
//! Records are gathered in memory and written by a thread of their own, at the latest after
//! [`DELAY_MAX`]; a crash loses at most those. If they come faster than they can be written, further
//! ones are counted and dropped, and the next record is preceded by a line that says how many.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use parking_lot::{Condvar, Mutex};
use policy::names::{self, AccessLevel};
use serde_json::{Map, Value, json};
use types::Timestamp;
use wire::{OPERATIONS, Operation, Query, Resource, Service};

/// A record waits no longer than this for others.
const DELAY_MAX: Duration = Duration::from_millis(100);
/// Most bytes of records that wait to be written.
const WAITING_BYTES_MAX: usize = 8 << 20;
/// A file that has so many bytes is followed by a new one.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Most files; the oldest goes for a new one.
const FILES_MAX: usize = 16;
/// Longest text of a parameter that is kept, in characters.
const TEXT_CHARACTERS_MAX: usize = 1000;
/// The folder in the store's.
pub(crate) const FOLDER: &str = "audit";
/// What every file's name ends with.
pub(crate) const EXTENSION: &str = "jsonl";

/// Which requests leave records, besides those that a decision refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audited {
    /// No request at all, not even those.
    Off,
    /// What changes users, permissions, buckets and how they are configured.
    Management,
    /// And what changes objects.
    All,
}

/// What kind of operation a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reads,
    Manages,
    WritesData,
}

/// Worked out once: most requests only ask whether they leave a record.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| OPERATIONS.iter().map(look_up).collect());

fn kind(operation: &Operation) -> Kind {
    KINDS[operation.id as usize]
}

fn look_up(operation: &Operation) -> Kind {
    let level = operation.actions.first().and_then(|action| {
        let (service, name) = action.split_once(':')?;
        Some(names::service(service)?.action(name)?.level)
    });
    match level {
        Some(AccessLevel::List | AccessLevel::Read) => Kind::Reads,
        // What the tables don't have reads if its name says so.
        None if ["Get", "List", "Head"].iter().any(|it| operation.name.starts_with(it)) => {
            Kind::Reads
        }
        _ if operation.service == Service::S3 && is_of_objects(operation) => Kind::WritesData,
        _ => Kind::Manages,
    }
}

fn is_of_objects(operation: &Operation) -> bool {
    operation.resource == Resource::Object
        || ["DeleteObjects", "PostObject"].contains(&operation.name)
}

/// What is known of a request when its answer is.
pub(crate) struct Event<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) request_id: &'a str,
    pub(crate) region: &'a str,
    pub(crate) source_ip: String,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) tls: Option<&'static str>,
    /// `userIdentity`.
    pub(crate) identity: Value,
    /// The account that is asked about.
    pub(crate) account: String,
    pub(crate) bucket: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    /// The parameters, in query or form.
    pub(crate) parameters: &'a Query,
    /// Code and sentence, of an error.
    pub(crate) error: Option<(&'static str, &'a str)>,
    /// What was decided, as [`crate::authorize`] writes it.
    pub(crate) decisions: Vec<Value>,
}

/// Takes records.
pub(crate) struct AuditLog {
    audited: Audited,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    /// Told when there is something to write.
    some: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    dropped: u64,
    ended: bool,
}

impl AuditLog {
    /// Records go into `folder`, which is made for the first one.
    pub(crate) fn new(audited: Audited, folder: &Path) -> Self {
        let shared = Arc::new(Shared::default());
        if audited != Audited::Off {
            let (shared, files) = (Arc::clone(&shared), Files::new(folder.join(FOLDER)));
            std::thread::Builder::new()
                .name("audit".into())
                .spawn(move || write_out(&shared, files))
                .expect("a thread can be started");
        }
        Self { audited, shared }
    }

    /// Whether an allowed request leaves a record.
    pub(crate) fn wants(&self, operation: &Operation) -> bool {
        match self.audited {
            Audited::Off => false,
            Audited::Management => kind(operation) == Kind::Manages,
            Audited::All => kind(operation) != Kind::Reads,
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
        let line = event.into_json().to_string();
        let mut waiting = self.shared.waiting.lock();
        if waiting.lines.len() + line.len() > WAITING_BYTES_MAX {
            waiting.dropped += 1;
            return;
        }
        let first = waiting.lines.is_empty();
        if waiting.dropped > 0 {
            let dropped = std::mem::take(&mut waiting.dropped);
            let note = json!({"eventTime": now(), "eventName": "(dropped)", "dropped": dropped});
            waiting.lines.extend(note.to_string().bytes());
            waiting.lines.push(b'\n');
        }
        waiting.lines.extend(line.bytes());
        waiting.lines.push(b'\n');
        drop(waiting);
        if first {
            self.shared.some.notify_one();
        }
    }
}

impl Drop for AuditLog {
    fn drop(&mut self) {
        self.shared.waiting.lock().ended = true;
        self.shared.some.notify_one();
    }
}

fn write_out(shared: &Shared, mut files: Files) {
    let mut failed = false;
    loop {
        let mut waiting = shared.waiting.lock();
        while waiting.lines.is_empty() && !waiting.ended {
            shared.some.wait(&mut waiting);
        }
        let ended = waiting.ended;
        drop(waiting);
        if !ended {
            std::thread::sleep(DELAY_MAX);
        }
        let lines = std::mem::take(&mut shared.waiting.lock().lines);
        match files.write(&lines) {
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

/// The files of the records: the newest is written to.
struct Files {
    folder: PathBuf,
    current: Option<(File, u64)>,
}

impl Files {
    fn new(folder: PathBuf) -> Self {
        Self { folder, current: None }
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        if self.current.as_ref().is_none_or(|(_, bytes)| *bytes >= FILE_BYTES_MAX) {
            self.current = Some((self.begin()?, 0));
        }
        let (file, bytes) = self.current.as_mut().expect("begun above");
        file.write_all(lines)?;
        *bytes += lines.len() as u64;
        Ok(())
    }

    /// A new file, and as many old ones gone as there are too many. Names are in the order of time.
    fn begin(&self) -> io::Result<File> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let old = list(&self.folder)?;
        for file in old.iter().take((old.len() + 1).saturating_sub(FILES_MAX)) {
            std::fs::remove_file(file)?;
        }
        let now = Timestamp::from(SystemTime::now());
        let name = format!("{}-{:06}", now.basic(), now.millis() % 1000 * 1000);
        let path = self.folder.join(name).with_extension(EXTENSION);
        OpenOptions::new().append(true).create(true).mode(0o600).open(path)
    }
}

/// The files in a folder, oldest first.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == EXTENSION) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn now() -> String {
    Timestamp::from(SystemTime::now()).iso8601()
}

impl Event<'_> {
    fn into_json(self) -> Value {
        let kind = kind(self.operation);
        let (service, data) = (self.operation.service, is_of_objects(self.operation));
        let mut record = json!({
            "eventVersion": "1.11",
            "userIdentity": self.identity,
            "eventTime": now(),
            "eventSource": source(service),
            "eventName": self.operation.name,
            "awsRegion": self.region,
            "sourceIPAddress": self.source_ip,
            "userAgent": self.user_agent.unwrap_or_default(),
            "requestParameters": parameters(&self),
            "responseElements": null,
            "requestID": self.request_id,
            "readOnly": kind == Kind::Reads,
            "resources": resources(&self),
            "eventType": "AwsApiCall",
            "managementEvent": !(service == Service::S3 && data),
            "recipientAccountId": self.account,
            "eventCategory": if service == Service::S3 && data { "Data" } else { "Management" },
        });
        if let Some((code, sentence)) = self.error {
            record["errorCode"] = code.into();
            record["errorMessage"] = sentence.into();
        }
        if let Some(version) = self.tls {
            record["tlsDetails"] = json!({"tlsVersion": format!("TLSv{version}")});
        }
        if !self.decisions.is_empty() {
            record["decisions"] = self.decisions.into();
        }
        record
    }
}

fn source(service: Service) -> &'static str {
    match service {
        Service::S3 => "s3.amazonaws.com",
        Service::S3Control => "s3control.amazonaws.com",
        Service::Iam => "iam.amazonaws.com",
        Service::Sts => "sts.amazonaws.com",
    }
}

fn resources(event: &Event<'_>) -> Value {
    let Some(bucket) = event.bucket else { return json!([]) };
    let whole = json!({
        "accountId": event.account,
        "type": "AWS::S3::Bucket",
        "ARN": format!("arn:aws:s3:::{bucket}"),
    });
    match event.key {
        Some(key) => {
            let arn = format!("arn:aws:s3:::{bucket}/{key}");
            json!([{"type": "AWS::S3::Object", "ARN": arn}, whole])
        }
        None => json!([whole]),
    }
}

fn parameters(event: &Event<'_>) -> Value {
    let mut all = Map::new();
    if let Some(bucket) = event.bucket {
        all.insert("bucketName".into(), bucket.into());
    }
    if let Some(key) = event.key {
        all.insert("key".into(), key.into());
    }
    for (name, value) in event.parameters.pairs() {
        if ["Action", "Version"].contains(&name.as_str()) && event.bucket.is_none() {
            continue;
        }
        let value: String = match is_secret(name) {
            true => "HIDDEN_DUE_TO_SECURITY_REASONS".into(),
            false => value.chars().take(TEXT_CHARACTERS_MAX).collect(),
        };
        all.insert(name.clone(), value.into());
    }
    Value::Object(all)
}

/// Whether a parameter's value lets somebody in: signatures, session tokens, passwords.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["signature", "token", "password", "secret"].iter().any(|it| name.contains(it))
        && !["continuation-token", "token-code"].contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::OperationId;

    fn event(id: OperationId, parameters: &Query) -> Value {
        Event {
            operation: id.operation(),
            request_id: "0123456789ABCDEF",
            region: "us-east-1",
            source_ip: "127.0.0.1".into(),
            user_agent: Some("aws-cli/2"),
            tls: Some("1.3"),
            identity: json!({"type": "Root"}),
            account: "123456789012".into(),
            bucket: Some("b"),
            key: Some("k"),
            parameters,
            error: Some(("AccessDenied", "Access Denied")),
            decisions: vec![],
        }
        .into_json()
    }

    #[test]
    fn no_record_holds_a_secret() {
        let query = Query::parse(
            "X-Amz-Signature=S1&Signature=S2&X-Amz-Security-Token=S3&NewPassword=S4&\
             continuation-token=page&versionId=null",
        );
        let record = event(OperationId::GetObject, &query.unwrap());
        let text = record.to_string();
        for secret in ["S1", "S2", "S3", "S4"] {
            assert!(!text.contains(&format!("\"{secret}\"")), "{text}");
        }
        assert_eq!(record["requestParameters"]["continuation-token"], "page");
        assert_eq!(record["requestParameters"]["bucketName"], "b");
        assert_eq!(record["eventSource"], "s3.amazonaws.com");
        assert_eq!(
            (&record["readOnly"], &record["managementEvent"]),
            (&true.into(), &false.into())
        );
        assert_eq!(record["errorCode"], "AccessDenied");
        assert_eq!(record["resources"][0]["ARN"], "arn:aws:s3:::b/k");
    }

    #[test]
    fn long_texts_are_cut() {
        let most = "x".repeat(TEXT_CHARACTERS_MAX);
        let query = Query::parse(&format!("prefix={most}y")).unwrap();
        assert_eq!(event(OperationId::ListObjectsV2, &query)["requestParameters"]["prefix"], most);
    }

    #[test]
    fn which_requests_leave_records() {
        let wants = |audited, id: OperationId| {
            AuditLog { audited, shared: Arc::default() }.wants(id.operation())
        };
        use OperationId::{
            DeleteObjects, GetObject, IamCreateUser, ListBuckets, PutBucketPolicy, PutObject,
            UploadPart,
        };
        for (id, management, all) in [
            (GetObject, false, false),
            (ListBuckets, false, false),
            (PutObject, false, true),
            (UploadPart, false, true),
            (DeleteObjects, false, true),
            (PutBucketPolicy, true, true),
            (IamCreateUser, true, true),
        ] {
            assert_eq!(wants(Audited::Management, id), management, "{id:?}");
            assert_eq!(wants(Audited::All, id), all, "{id:?}");
            assert!(!wants(Audited::Off, id));
        }
    }

    #[test]
    fn files_are_followed_by_new_ones_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FOLDER);
        std::fs::create_dir(&path).unwrap();
        for number in 0..FILES_MAX + 1 {
            std::fs::write(path.join(format!("2020-{number:02}.{EXTENSION}")), "").unwrap();
        }
        let mut files = Files::new(path.clone());
        files.write(b"one\n").unwrap();
        let kept = list(&path).unwrap();
        assert_eq!(kept.len(), FILES_MAX);
        assert!(kept[0].ends_with("2020-02.jsonl"), "{kept:?}");
        files.write(b"two\n").unwrap();
        assert_eq!(std::fs::read_to_string(kept.last().unwrap()).unwrap(), "one\ntwo\n");
        files.current.as_mut().unwrap().1 = FILE_BYTES_MAX;
        std::thread::sleep(Duration::from_millis(2));
        files.write(b"three\n").unwrap();
        assert_eq!(
            std::fs::read_to_string(list(&path).unwrap().last().unwrap()).unwrap(),
            "three\n"
        );
    }

    #[test]
    fn records_that_cant_be_kept_are_counted() {
        let shared = Arc::new(Shared::default());
        let log = AuditLog { audited: Audited::All, shared: Arc::clone(&shared) };
        shared.waiting.lock().lines = vec![b'x'; WAITING_BYTES_MAX];
        let query = Query::default();
        let one = || Event {
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
            parameters: &query,
            error: None,
            decisions: vec![],
        };
        log.record(one());
        assert_eq!(shared.waiting.lock().lines.len(), WAITING_BYTES_MAX);
        shared.waiting.lock().lines.clear();
        log.record(one());
        let lines = shared.waiting.lock().lines.clone();
        let text = String::from_utf8(lines).unwrap();
        let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!((&first["eventName"], &first["dropped"]), (&"(dropped)".into(), &1.into()));
        assert_eq!(text.lines().count(), 2);
    }
}
