//! `model/names.json` to the tables of actions, resource types and condition keys.

use serde_json::Value;

/// The Rust text.
pub fn render() -> Result<String, String> {
    let names = crate::names::load()?;
    let services: Vec<String> = ["s3", "iam", "sts"]
        .iter()
        .map(|prefix| service(prefix, &names[*prefix]))
        .collect::<Result<_, _>>()?;
    Ok(format!(
        "//! Generated from model/names.json by `cargo xtask gen`.

        use crate::names::{{AccessLevel, Action, ConditionKey, ResourceType, Service}};

        /// Amazon S3, IAM and STS.
        pub const SERVICES: &[Service] = &[{}];",
        services.concat()
    ))
}

fn service(prefix: &str, service: &Value) -> Result<String, String> {
    let mut actions = String::new();
    for (name, it) in entries(&service["actions"]) {
        actions += &format!(
            "Action {{ name: {name:?}, level: AccessLevel::{}, resources: {:?}, keys: {:?} }},\n",
            level(&it["level"])?,
            Slice(&it["resources"]),
            Slice(&it["keys"])
        );
    }
    let mut resources = String::new();
    for (name, it) in entries(&service["resources"]) {
        let (arn, keys) = (&it["arn"], Slice(&it["keys"]));
        resources += &format!("ResourceType {{ name: {name:?}, arn: {arn}, keys: {keys:?} }},\n");
    }
    let mut keys = String::new();
    for (name, kind) in entries(&service["keys"]) {
        keys += &format!("ConditionKey {{ name: {name:?}, kind: {kind} }},\n");
    }
    Ok(format!(
        "Service {{
            prefix: {prefix:?},
            actions: &[{actions}],
            resources: &[{resources}],
            keys: &[{keys}],
        }},"
    ))
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn level(level: &Value) -> Result<&'static str, String> {
    match level.as_str() {
        Some("List") => Ok("List"),
        Some("Read") => Ok("Read"),
        Some("Write") => Ok("Write"),
        Some("Tagging") => Ok("Tagging"),
        Some("Permissions management") => Ok("PermissionsManagement"),
        _ => Err(format!("{}: access level {level}", crate::names::FILE)),
    }
}

/// Strings as a slice's literal.
struct Slice<'a>(&'a Value);

impl std::fmt::Debug for Slice<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let items: Vec<&str> =
            self.0.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        write!(f, "&{items:?}")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_check_actions_that_exist() {
        let names = crate::names::load().unwrap();
        let mut lacking: Vec<String> = vec![];
        for row in crate::generate::rows::load().unwrap() {
            for action in row.actions {
                let (service, name) = action.split_once(':').unwrap();
                if OTHERS.contains(&service) {
                    continue;
                }
                if names[service]["actions"][name].is_null() && !lacking.contains(&action) {
                    lacking.push(action);
                }
            }
        }
        lacking.sort();
        assert_eq!(lacking, NEWER);
    }

    /// Newer than the table.
    const NEWER: [&str; 5] = [
        "iam:AcquireRole",
        "iam:GetAccountProperties",
        "iam:GetRoleTemplateVersion",
        "iam:PutAccountProperties",
        "iam:UpdateDelegationRequest",
    ];
    /// Of services that have no table here.
    const OTHERS: [&str; 3] = ["s3-object-lambda", "s3-outposts", "s3express"];
}
