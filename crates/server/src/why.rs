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

/// The newest record of a series first: request ids don't repeat.
fn find(folder: &Path, request_id: &str) -> Result<Option<Value>, String> {
    let folder = folder.join(audit::FOLDER);
    let failed = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let files = match audit::list(&folder) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&folder, error)),
    };
    let id = Value::from(request_id);
    let wanted = format!("\"requestID\":{id}");
    for path in files.iter().rev() {
        let file = File::open(path).map_err(|e| failed(path, e))?;
        // A line that a crash cut off is no record, and perhaps no text: it may end within a letter.
        for line in BufReader::new(file).split(b'\n') {
            let line = line.map_err(|e| failed(path, e))?;
            let line = String::from_utf8_lossy(&line);
            if !line.contains(&wanted) {
                continue;
            }
            // Another request may have a parameter of that name.
            let record: Option<Value> = serde_json::from_str(&line).ok();
            if let Some(record) = record.filter(|it| it["requestID"] == id) {
                return Ok(Some(record));
            }
        }
    }
    Ok(None)
}

/// Lines of a name and a text; a line that goes on with the one before has no name.
#[derive(Default)]
struct Page(Vec<String>);

impl Page {
    fn line(&mut self, name: &str, text: impl std::fmt::Display) {
        let line = visible(&format!("{name:<10} {text}"));
        self.0.push(line.trim_end().to_owned());
    }
}

/// A text as a terminal may show it, on one line: keys and headers are their senders', who could otherwise
/// write lines of their own, or tell the terminal what to do.
fn visible(text: &str) -> String {
    let turns = |c| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() || turns(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn explain(record: &Value) -> String {
    let mut page = Page::default();
    let outcome = match record.get("errorCode") {
        Some(code) => format!("refused: {}", text(code)),
        None => "done".to_owned(),
    };
    let (id, time) = (text(&record["requestID"]), text(&record["eventTime"]));
    page.line("request", format!("{id} at {time}"));
    let (operation, service) = (text(&record["eventName"]), text(&record["eventSource"]));
    page.line("operation", format!("{operation} ({service}), {outcome}"));
    let source = text(&record["sourceIPAddress"]);
    page.line("by", format!("{}, from {source}", caller(&record["userIdentity"])));
    if let Some(message) = record.get("errorMessage") {
        page.line("told", text(message));
    }
    let beside = &record["additionalEventData"];
    if let Some(cause) = beside.get("cause") {
        page.line("because", text(cause));
    }
    if let Some(signed) = beside.get("stringToSign") {
        explain_signature(text(signed), &mut page);
    }
    for decision in record["decisions"].as_array().into_iter().flatten() {
        page.line("", "");
        explain_decision(decision, &mut page);
    }
    page.0.join("\n") + "\n"
}

fn caller(identity: &Value) -> String {
    match (identity.get("arn"), identity.get("accessKeyId")) {
        (Some(arn), _) => text(arn).to_owned(),
        (None, Some(key)) => format!("somebody who names access key {}", text(key)),
        (None, None) if identity["type"] == "Unknown" => {
            "somebody whose signature is unreadable".into()
        }
        (None, None) => "anonymous".into(),
    }
}

/// What to look for when a signature doesn't hold.
fn explain_signature(string_to_sign: &str, page: &mut Page) {
    page.line("", "its secret is another one, or something changed the request on its way: its");
    page.line("", "method, path, query, host, a signed header or its body. Here it reads");
    string_to_sign.lines().for_each(|it| page.line("", format!("  {it}")));
    page.line(
        "",
        "and the client has to have signed the same (its SDK's debug log says what it did)",
    );
}

/// A decision as `decision.rs` has written it.
fn explain_decision(decision: &Value, page: &mut Page) {
    let (action, resource) = (text(&decision["action"]), text(&decision["resource"]));
    page.line("asked", format!("{action} on {resource}"));
    let effect = if decision["effect"] == "Allow" { "allowed" } else { "denied" };
    page.line(effect, text(&decision["reason"]));
    if let Some(statement) = decision.get("statement") {
        let sid = statement.get("sid").map_or_else(String::new, |it| format!(" \"{}\"", text(it)));
        let (kind, policy) = (text(&statement["policyType"]), text(&statement["policy"]));
        let (index, line, column) = (&statement["index"], &statement["line"], &statement["column"]);
        page.line(
            "by",
            format!("statement {index}{sid} of {kind} {policy}, line {line}, column {column}"),
        );
        if statement["certain"] == false {
            page.line("", "a value of its conditions can't be compared, so it counts as applying");
        }
    }
    let context = decision["context"].as_object();
    if context.is_some_and(|it| !it.is_empty()) {
        page.line("", "the policies asked for:");
    }
    for (key, values) in context.into_iter().flatten() {
        let values: Vec<&str> = values.as_array().into_iter().flatten().map(text).collect();
        let value = if values.is_empty() { "(absent)".into() } else { values.join(", ") };
        page.line("", format!("{key} = {value}"));
    }
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
    fn whoever_asked_writes_no_lines_of_their_own() {
        let record = json!({
            "requestID": "0123456789ABCDEF",
            "userIdentity": {"type": "Unknown", "accessKeyId": "AKIA\u{1b}[2J"},
            "additionalEventData": {"stringToSign": "AWS4\n\u{1b}]0;x\u{7}"},
            "decisions": [{"resource": "arn:aws:s3:::b/k\r\nallowed    by root\u{202e}옹"}],
        });
        let text = explain(&record);
        assert!(text.contains("key AKIA\\u{1b}[2J"), "{text}");
        assert!(text.contains("\n             AWS4\n             \\u{1b}]0;x\\u{7}\n"), "{text}");
        assert!(text.contains("arn:aws:s3:::b/k\\r\\nallowed    by root\\u{202e}옹\n"), "{text}");
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
        // A later file, which a crash has cut off within a letter.
        std::fs::write(path.join("2.jsonl"), b"{\"key\":\"\xec\x98").unwrap();
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
        // Whoever is refused later doesn't stand before it by a parameter of that name.
        let later = json!({
            "requestID": "FEDCBA9876543210",
            "requestParameters": {"requestID": "0123456789ABCDEF"},
        });
        std::fs::write(path.join("2.jsonl"), format!("{later}\n")).unwrap();
        let mut again = vec![];
        run(folder.path(), "0123456789ABCDEF", &mut again).unwrap();
        assert!(again.starts_with(b"request    0123456789ABCDEF at"));
        let missing = run(folder.path(), "FFFF", &mut vec![]).unwrap_err();
        assert!(missing.starts_with("there is no record of request FFFF in "), "{missing}");
        let none = tempfile::tempdir().unwrap();
        assert!(run(none.path(), "FFFF", &mut vec![]).is_err());
    }
}
