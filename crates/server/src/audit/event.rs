//! What a record says, in CloudTrail's fields.

use std::sync::LazyLock;
use std::time::SystemTime;

use policy::names::{self, AccessLevel};
use serde_json::{Map, Value, json};
use types::Timestamp;
use wire::{Error, OPERATIONS, Operation, OperationId, Query, Resource, Service};

/// Longest text of a parameter that is kept, in characters.
const TEXT_CHARACTERS_MAX: usize = 1000;

/// What kind of operation a record is about: CloudTrail's categories ("Amazon S3 CloudTrail events",
/// S3 User Guide), each by whether it only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) is_data: bool,
    pub(super) reads: bool,
}

/// Worked out once: most requests only ask whether they leave a record.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| OPERATIONS.iter().map(look_up).collect());

/// The operation's kind.
pub(super) fn kind(operation: &Operation) -> Kind {
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

impl Event<'_> {
    pub(super) fn into_json(self) -> Value {
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

/// What stands in place of records that nobody had time to write.
pub(super) fn of_dropped(count: u64) -> Value {
    json!({"eventTime": now(), "eventName": "(dropped)", "dropped": count})
}

fn now() -> String {
    Timestamp::from(SystemTime::now()).iso8601()
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

/// Whether a parameter's value lets somebody in: signatures, session tokens, passwords. The access
/// record leaves the same ones out.
pub(crate) fn is_secret(name: &str) -> bool {
    let has = |word: &str| {
        name.as_bytes().windows(word.len()).any(|it| it.eq_ignore_ascii_case(word.as_bytes()))
    };
    ["signature", "token", "password", "secret"].into_iter().any(has)
        && !["continuation-token", "token-code"].iter().any(|it| it.eq_ignore_ascii_case(name))
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
}
