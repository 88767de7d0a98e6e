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
//! [`DELAY_MAX`], and when the server stops; a crash loses at most those. If they come faster than they can be written, further
//! ones are counted and dropped, and the next record is preceded by a line that says how many.
//!
//! Anybody can be refused as often as they like. So refusals of those who haven't shown who they are
//! have files of their own and little room to wait in ([`Series::Strangers`]): a flood of them pushes
//! no other record out, writes at most 2.5 MiB a second, and takes a bounded part of the disk.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use parking_lot::{Condvar, Mutex};
use policy::names::{self, AccessLevel};
use serde_json::{Map, Value, json};
use types::Timestamp;
use wire::{Error, OPERATIONS, Operation, OperationId, Query, Resource, Service};

use crate::private;

/// A record waits no longer than this for others.
const DELAY_MAX: Duration = Duration::from_millis(100);
/// A file that has so many bytes is followed by a new one.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Longest text of a parameter that is kept, in characters.
const TEXT_CHARACTERS_MAX: usize = 1000;
/// The folder of the files, below the one that is configured (`audit_folder`).
pub(crate) const FOLDER: &str = "audit";
/// What every file's name ends with.
pub(crate) const EXTENSION: &str = "jsonl";

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

/// What kind of operation a record is about: CloudTrail's categories ("Amazon S3 CloudTrail events",
/// S3 User Guide), each by whether it only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    is_data: bool,
    reads: bool,
}

/// Records that share files and the room to wait in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    /// Of callers who are known, and of what strangers were allowed.
    Known,
    /// Refusals of those who haven't shown who they are.
    Strangers,
}

impl Series {
    const ALL: [Self; 2] = [Self::Known, Self::Strangers];

    /// Most bytes of records that wait to be written.
    fn waiting_bytes_max(self) -> usize {
        match self {
            Self::Known => 8 << 20,
            Self::Strangers => 256 << 10,
        }
    }

    /// Most files; the oldest goes for a new one.
    fn files_max(self) -> usize {
        match self {
            Self::Known => 16,
            Self::Strangers => 4,
        }
    }

    /// What the names of its files begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Known => "",
            Self::Strangers => STRANGERS,
        }
    }

    fn of_file(path: &Path) -> Self {
        let name = path.file_name().and_then(|it| it.to_str());
        match name.is_some_and(|it| it.starts_with(STRANGERS)) {
            true => Self::Strangers,
            false => Self::Known,
        }
    }
}

const STRANGERS: &str = "strangers-";

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
    let reads = match level {
        Some(level) => matches!(level, AccessLevel::List | AccessLevel::Read),
        // What the tables don't have reads if its name says so.
        None => ["Get", "List", "Head"].iter().any(|it| operation.name.starts_with(it)),
    };
    Kind { is_data: is_data(operation), reads }
}

/// What is about objects, or lists them.
fn is_data(operation: &Operation) -> bool {
    let of_bucket = matches!(
        operation.id,
        OperationId::DeleteObjects
            | OperationId::HeadBucket
            | OperationId::ListMultipartUploads
            | OperationId::ListObjectVersions
            | OperationId::ListObjects
            | OperationId::ListObjectsV2
            | OperationId::PostObject
    );
    of_bucket || (operation.service == Service::S3 && operation.resource == Resource::Object)
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
    /// An error, as its protocol calls it.
    pub(crate) error: Option<&'a Error>,
    /// Whether it is known who asks: by a signature that holds.
    pub(crate) is_known: bool,
    /// What was decided, as [`crate::decision`] writes it.
    pub(crate) decisions: Vec<Value>,
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
            let note = json!({"eventTime": now(), "eventName": "(dropped)", "dropped": dropped});
            lines.extend(note.to_string().bytes());
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

/// The files of a series: the newest is written to.
struct Files {
    folder: PathBuf,
    series: Series,
    current: Option<(File, u64)>,
}

impl Files {
    fn new(folder: PathBuf, series: Series) -> Self {
        Self { folder, series, current: None }
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
        private::make_folder(&self.folder)?;
        let mut old = list(&self.folder)?;
        old.retain(|it| Series::of_file(it) == self.series);
        for file in old.iter().take((old.len() + 1).saturating_sub(self.series.files_max())) {
            std::fs::remove_file(file)?;
        }
        let now = Timestamp::from(SystemTime::now());
        let (prefix, basic) = (self.series.prefix(), now.basic());
        let name = format!("{prefix}{basic}-{:06}", now.millis() % 1000 * 1000);
        let path = self.folder.join(name).with_extension(EXTENSION);
        private::append(&path)
    }
}

/// The files in a folder, those of each series together and the oldest of it first.
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
        let service = self.operation.service;
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
            "readOnly": kind.reads,
            "resources": resources(&self),
            "eventType": "AwsApiCall",
            "managementEvent": !kind.is_data,
            "recipientAccountId": self.account,
            "eventCategory": if kind.is_data { "Data" } else { "Management" },
        });
        if let Some(error) = self.error {
            record["errorCode"] = error.code().as_str().into();
            record["errorMessage"] = error.sentence().into();
            if let Some(more) = beside(error) {
                record["additionalEventData"] = more;
            }
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

/// What is known of an error besides: the cause, and of a signature that doesn't hold what would have
/// had to be signed. That was hashed or is the form's own policy, so no secret is in it.
fn beside(error: &Error) -> Option<Value> {
    let mut more = Map::new();
    let said = [("cause", error.cause()), ("stringToSign", error.element("StringToSign"))];
    for (name, text) in said {
        if let Some(text) = text {
            more.insert(name.into(), cut(text).into());
        }
    }
    (!more.is_empty()).then_some(Value::Object(more))
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_CHARACTERS_MAX).collect()
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
            false => cut(value),
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
            error: Some(&Error::new(wire::Code::AccessDenied).because("so it is")),
            is_known: true,
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
        assert_eq!(record["additionalEventData"], json!({"cause": "so it is"}));
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
    fn files_are_followed_by_new_ones_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FOLDER);
        std::fs::create_dir(&path).unwrap();
        let most = Series::Known.files_max();
        for number in 0..most + 1 {
            std::fs::write(path.join(format!("2020-{number:02}.{EXTENSION}")), "").unwrap();
        }
        let mut files = Files::new(path.clone(), Series::Known);
        files.write(b"one\n").unwrap();
        let kept = list(&path).unwrap();
        assert_eq!(kept.len(), most);
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
    fn strangers_push_nobody_elses_records_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        for number in 0..Series::Known.files_max() {
            std::fs::write(path.join(format!("2020-{number:02}.{EXTENSION}")), "").unwrap();
        }
        let most = Series::Strangers.files_max();
        for number in 0..most + 3 {
            std::fs::write(path.join(format!("strangers-2020-{number:02}.{EXTENSION}")), "")
                .unwrap();
        }
        Files::new(path.clone(), Series::Strangers).write(b"one\n").unwrap();
        let (strangers, known): (Vec<_>, Vec<_>) = list(&path)
            .unwrap()
            .into_iter()
            .partition(|it| Series::of_file(it) == Series::Strangers);
        assert_eq!((strangers.len(), known.len()), (most, Series::Known.files_max()));
        assert_eq!(std::fs::read_to_string(strangers.last().unwrap()).unwrap(), "one\n");
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
