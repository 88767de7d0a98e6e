//! The operations, and what tells their requests apart.

use std::fmt::Write;

use serde_json::Value;

use super::rows::{Models, Row, Service};

/// The Rust text.
pub fn render(rows: &[Row], models: &Models) -> Result<String, String> {
    let mut ids = String::new();
    let mut table = String::new();
    for row in rows {
        let _ = writeln!(ids, "/// {}.\n{},", row.name, row.variant());
        let service = format!("{:?}", row.service);
        let resource = capital(&row.resource);
        let status = match row.status.as_str() {
            "acts" => "Acts",
            "unset" => "Unset",
            _ => "NotImplemented",
        };
        let _ = writeln!(
            table,
            "    Operation {{ id: OperationId::{}, name: {:?}, service: Service::{service}, \
             resource: Resource::{resource}, actions: &{:?}, status: Status::{status} }},",
            row.variant(),
            row.name,
            row.actions,
        );
    }
    let mut text = format!(
        "//! Generated from model/ by `cargo xtask gen`.

        use crate::operation::{{Operation, Resource, Service, Status}};
        use crate::route::{{ControlRoute, Route}};

        /// Every operation of S3, IAM, STS and S3 Control.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum OperationId {{ {ids} }}

        /// Every operation, at the place of its id.
        #[rustfmt::skip]
        pub static OPERATIONS: [Operation; {}] = [
{table}];
        ",
        rows.len()
    );
    for (name, level) in [("SERVICE", "/"), ("BUCKET", "/{Bucket}"), ("OBJECT", "/{Bucket}/{Key+}")]
    {
        text += &routes(name, level, rows, models)?;
    }
    for (name, service) in [("IAM", Service::Iam), ("STS", Service::Sts)] {
        let mine = rows.iter().filter(|row| row.service == service);
        let lines: String = mine
            .map(|row| format!("({:?}, OperationId::{}),\n", row.name, row.variant()))
            .collect();
        let _ = writeln!(
            text,
            "/// Actions of the Query protocol, in order.\n\
             #[rustfmt::skip]\npub static {name}_ACTIONS: &[(&str, OperationId)] = &[
{lines}];"
        );
    }
    text += &control_routes(rows, models);
    Ok(text)
}

/// The routes of one level of S3's URIs, those with most marks first: the first that fits is it.
fn routes(name: &str, level: &str, rows: &[Row], models: &Models) -> Result<String, String> {
    let mut found: Vec<(usize, String, String)> = Vec::new();
    for row in rows.iter().filter(|row| row.service == Service::S3 && row.alias.is_none()) {
        let facts = models.operation(row);
        let Some(uri) = facts["uri"].as_str() else { continue };
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        if path != level {
            continue;
        }
        let method = facts["method"].as_str().unwrap_or_default();
        let (query, headers) = marks(query, &facts["needs"]);
        let key = format!("method: {method:?}, query: &{query:?}, headers: &{headers:?}");
        if let Some((_, _, other)) = found.iter().find(|(_, it, _)| *it == key) {
            return Err(format!("{} and {other} are one request: give one an alias", row.name));
        }
        found.push((query.len() + headers.len(), key, row.variant()));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)));
    let lines: String = found
        .iter()
        .map(|(_, key, id)| format!("Route {{ {key}, id: OperationId::{id} }},\n"))
        .collect();
    Ok(format!(
        "/// Requests to {level}.\n#[rustfmt::skip]\npub static {name}_ROUTES: &[Route] = &[
{lines}];\n"
    ))
}

type Marks = (Vec<(String, Option<String>)>, Vec<String>);

fn marks(query: &str, needs: &Value) -> Marks {
    let mut pairs: Vec<(String, Option<String>)> = query
        .split('&')
        .filter(|it| !it.is_empty())
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name.into(), Some(value.into())),
            None => (pair.into(), None),
        })
        .collect();
    let mut headers = Vec::new();
    for need in needs.as_array().into_iter().flatten().filter_map(Value::as_str) {
        match need.split_once(':') {
            Some(("querystring", name)) if pairs.iter().all(|(it, _)| it != name) => {
                pairs.push((name.into(), None));
            }
            // Other headers are needed but tell nothing apart.
            Some(("header", "x-amz-copy-source")) => headers.push("x-amz-copy-source".into()),
            _ => {}
        }
    }
    (pairs, headers)
}

fn control_routes(rows: &[Row], models: &Models) -> String {
    let mut lines = String::new();
    for row in rows.iter().filter(|row| row.service == Service::S3Control) {
        let facts = models.operation(row);
        let uri = facts["uri"].as_str().unwrap_or_default();
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let (query, _) = marks(query, &Value::Null);
        let _ = writeln!(
            lines,
            "ControlRoute {{ method: {}, path: {path:?}, query: &{query:?}, id: OperationId::{} }},",
            facts["method"],
            row.variant()
        );
    }
    format!("/// Requests of S3 Control.\n#[rustfmt::skip]\npub static CONTROL_ROUTES: &[ControlRoute] = &[
{lines}];")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|it| it.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
