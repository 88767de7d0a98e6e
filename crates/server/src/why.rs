//! `onggi why REQUEST-ID`: what was decided about a request and why, out of the audit records.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::Value;

use crate::audit;

/// Finds the record of a request in a store's folder and explains it. The error is a sentence for the
/// user.
pub fn run(folder: &Path, request_id: &str, out: &mut impl Write) -> Result<(), String> {
    let record = find(folder, request_id)?.ok_or_else(|| {
        format!(
            "there is no record of request {request_id} in {}: it was allowed and isn't among what the \
             configuration wants recorded (audit), was refused for what it asked and not for who asked \
             (see its error's code), is too old, or came a moment ago",
            folder.join(audit::FOLDER).display()
        )
    })?;
    out.write_all(explain(&record).as_bytes()).map_err(|e| e.to_string())
}

/// The newest record first: request ids don't repeat.
fn find(folder: &Path, request_id: &str) -> Result<Option<Value>, String> {
    let folder = folder.join(audit::FOLDER);
    let failed = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let files = match audit::list(&folder) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&folder, error)),
    };
    let wanted = format!("\"requestID\":{}", Value::from(request_id));
    for path in files.iter().rev() {
        let file = File::open(path).map_err(|e| failed(path, e))?;
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|e| failed(path, e))?;
            // A line that a crash cut off is no record.
            if let Some(record) = line.contains(&wanted).then(|| serde_json::from_str(&line).ok()) {
                return Ok(record);
            }
        }
    }
    Ok(None)
}

fn explain(record: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![];
    let mut line = |name: &str, value: String| lines.push(format!("{name:<10} {value}"));
    let outcome = match record.get("errorCode") {
        Some(code) => format!("refused: {}", text(code)),
        None => "done".to_owned(),
    };
    line("request", format!("{} at {}", text(&record["requestID"]), text(&record["eventTime"])));
    let service = text(&record["eventSource"]);
    line("operation", format!("{} ({service}), {outcome}", text(&record["eventName"])));
    let identity = &record["userIdentity"];
    let who = match (identity.get("arn"), identity.get("accessKeyId")) {
        (Some(arn), _) => text(arn),
        (None, Some(key)) => format!("somebody who names access key {}", text(key)),
        (None, None) if identity["type"] == "Unknown" => {
            "somebody whose signature is unreadable".into()
        }
        (None, None) => "anonymous".into(),
    };
    line("by", format!("{who}, from {}", text(&record["sourceIPAddress"])));
    if let Some(message) = record.get("errorMessage") {
        line("told", text(message));
    }
    let beside = &record["additionalEventData"];
    if let Some(cause) = beside.get("cause") {
        line("because", text(cause));
    }
    if let Some(signed) = beside.get("stringToSign") {
        line(
            "",
            "its secret is another one, or something changed the request on its way: its".into(),
        );
        line("", "method, path, query, host, a signed header or its body. Here it reads".into());
        text(signed).lines().for_each(|it| line("", format!("  {it}")));
        line(
            "",
            "and the client has to have signed the same (its SDK's debug log says what it did)"
                .into(),
        );
    }
    for decision in record["decisions"].as_array().into_iter().flatten() {
        line("", String::new());
        let effect = if decision["effect"] == "Allow" { "allowed" } else { "denied" };
        line("asked", format!("{} on {}", text(&decision["action"]), text(&decision["resource"])));
        line(effect, text(&decision["reason"]));
        if let Some(statement) = decision.get("statement") {
            let sid =
                statement.get("sid").map_or_else(String::new, |it| format!(" \"{}\"", text(it)));
            line(
                "by",
                format!(
                    "statement {}{sid} of {} {}, line {}, column {}",
                    statement["index"],
                    text(&statement["policyType"]),
                    text(&statement["policy"]),
                    statement["line"],
                    statement["column"],
                ),
            );
            if statement["certain"] == false {
                line(
                    "",
                    "a value of its conditions can't be compared, so it counts as applying".into(),
                );
            }
        }
        let context = decision["context"].as_object();
        if context.is_some_and(|it| !it.is_empty()) {
            line("", "the policies asked for:".into());
        }
        for (key, values) in context.into_iter().flatten() {
            let values: Vec<String> = values.as_array().into_iter().flatten().map(text).collect();
            let value = if values.is_empty() { "(absent)".into() } else { values.join(", ") };
            line("", format!("{key} = {value}"));
        }
    }
    let trimmed: Vec<&str> = lines.iter().map(|it| it.trim_end()).collect();
    trimmed.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_signature_that_doesnt_hold_is_explained() {
        let record = json!({
            "requestID": "0123456789ABCDEF",
            "eventTime": "2026-11-26T10:00:00.000Z",
            "eventSource": "s3.amazonaws.com",
            "eventName": "GetObject",
            "userIdentity": {"type": "Unknown", "accessKeyId": "AKIAX"},
            "sourceIPAddress": "127.0.0.1",
            "errorCode": "SignatureDoesNotMatch",
            "errorMessage": "no",
            "additionalEventData": {"cause": "it is another", "stringToSign": "AWS4\nx"},
        });
        assert_eq!(
            explain(&record),
            "request    0123456789ABCDEF at 2026-11-26T10:00:00.000Z\n\
             operation  GetObject (s3.amazonaws.com), refused: SignatureDoesNotMatch\n\
             by         somebody who names access key AKIAX, from 127.0.0.1\n\
             told       no\n\
             because    it is another\n\
             \x20          its secret is another one, or something changed the request on its way: its\n\
             \x20          method, path, query, host, a signed header or its body. Here it reads\n\
             \x20            AWS4\n\
             \x20            x\n\
             \x20          and the client has to have signed the same (its SDK's debug log says what it did)\n"
        );
    }

    #[test]
    fn a_refusal_is_explained() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(audit::FOLDER);
        std::fs::create_dir(&path).unwrap();
        let record = json!({
            "requestID": "0123456789ABCDEF",
            "eventTime": "2026-11-26T10:00:00.000Z",
            "eventSource": "s3.amazonaws.com",
            "eventName": "GetObject",
            "userIdentity": {"arn": "arn:aws:iam::123456789012:user/kim"},
            "sourceIPAddress": "127.0.0.1",
            "errorCode": "AccessDenied",
            "errorMessage": "no",
            "decisions": [{
                "action": "s3:GetObject",
                "resource": "arn:aws:s3:::b/k",
                "effect": "Deny",
                "reason": "explicit deny in a resource-based policy",
                "statement": {"policy": "b", "policyType": "resource-based policy", "index": 1,
                    "sid": "x", "line": 3, "column": 5, "certain": true},
                "context": {"aws:sourceip": ["127.0.0.1"], "aws:referer": []},
            }],
        });
        let lines = format!("{{\"cut off\n{record}\n{{\"requestID\":\"other\"}}\n");
        std::fs::write(path.join("1.jsonl"), lines).unwrap();
        let mut out = vec![];
        run(folder.path(), "0123456789ABCDEF", &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "request    0123456789ABCDEF at 2026-11-26T10:00:00.000Z\n\
             operation  GetObject (s3.amazonaws.com), refused: AccessDenied\n\
             by         arn:aws:iam::123456789012:user/kim, from 127.0.0.1\n\
             told       no\n\
             \n\
             asked      s3:GetObject on arn:aws:s3:::b/k\n\
             denied     explicit deny in a resource-based policy\n\
             by         statement 1 \"x\" of resource-based policy b, line 3, column 5\n\
             \x20          the policies asked for:\n\
             \x20          aws:referer = (absent)\n\
             \x20          aws:sourceip = 127.0.0.1\n"
        );
        let missing = run(folder.path(), "FFFF", &mut vec![]).unwrap_err();
        assert!(missing.starts_with("there is no record of request FFFF in "), "{missing}");
        let none = tempfile::tempdir().unwrap();
        assert!(run(none.path(), "FFFF", &mut vec![]).is_err());
    }
}
