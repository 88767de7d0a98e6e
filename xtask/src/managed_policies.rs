//! `cargo xtask managed-policies DIR`: AWS's own managed policies out of an unpacked `moto` (PyPI),
//! which keeps what `iam:ListPolicies` and `iam:GetPolicyVersion` answer.
//!
//! Kept: documents, paths, default versions and dates of the policies named here: facts. moto doesn't
//! keep policy ids; they never change, and stand here as `iam:ListPolicies` answers them: each was seen
//! beside its name in what people have published of such answers.

use std::path::Path;

use serde_json::{Value, json};

use crate::Outcome;

const POLICIES: [(&str, &str); 9] = [
    ("AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK"),
    ("AmazonS3FullAccess", "ANPAIFIR6V6BVTRAHWINE"),
    ("AmazonS3ReadOnlyAccess", "ANPAIZTJ4DXE7G6AGAE6M"),
    ("IAMFullAccess", "ANPAI7XKCFMBPM3QQRRVQ"),
    ("IAMReadOnlyAccess", "ANPAJKSO7NDY4T57MWDSQ"),
    ("IAMUserChangePassword", "ANPAJ4L4MM2A7QIEB56MS"),
    ("PowerUserAccess", "ANPAJYRXTHIB4FOVS3ZXS"),
    ("ReadOnlyAccess", "ANPAILL3HVNFSB6DCOWYQ"),
    ("SecurityAudit", "ANPAIX2T3QCXHR2OGGCTO"),
];
/// The order in which people write a statement; what isn't here follows.
const ELEMENTS: [&str; 9] = [
    "Version",
    "Statement",
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Rewrites `model/managed-policies/`.
pub fn cut(moto: &Path) -> Outcome {
    let file = moto.join("moto/iam/aws_managed_policies.py");
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let text = std::fs::read_to_string(&file).map_err(|e| wrong(&e))?;
    // One JSON text in a Python string without escapes.
    let data = text.split("\"\"\"").nth(1).ok_or_else(|| wrong(&"no JSON text"))?;
    let all: Value = serde_json::from_str(data).map_err(|e| wrong(&e))?;
    let folder = crate::root().join("model/managed-policies");
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))
    };
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut index = Vec::new();
    for (name, id) in POLICIES {
        let policy = all.get(name).ok_or_else(|| wrong(&format!("no {name}")))?;
        let fact = |key: &str| policy[key].as_str().map(|it| it.replace("+00:00", "Z"));
        let facts = json!({
            "name": name,
            "id": id,
            "path": fact("Path"),
            "version": fact("DefaultVersionId"),
            "created": fact("CreateDate"),
            "updated": fact("UpdateDate"),
        });
        index.push(format!("  {facts}"));
        let mut document = String::new();
        pretty(&policy["Document"], 0, &mut document);
        write(&format!("{name}.json"), document + "\n")?;
    }
    write("index.json", format!("[\n{}\n]\n", index.join(",\n")))
}

/// JSON with one value a line. Two spaces: with four the longest is longer than a policy may be.
fn pretty(value: &Value, depth: usize, text: &mut String) {
    let line = |depth: usize| format!("\n{}", " ".repeat(2 * depth));
    let items: Vec<(Option<&str>, &Value)> = match value {
        Value::Array(items) if !items.is_empty() => items.iter().map(|it| (None, it)).collect(),
        Value::Object(members) if !members.is_empty() => {
            let mut members: Vec<_> = members.iter().map(|(k, v)| (Some(k.as_str()), v)).collect();
            let rank = |name: Option<&str>| ELEMENTS.iter().position(|it| Some(*it) == name);
            members.sort_by_key(|(name, _)| rank(*name).unwrap_or(ELEMENTS.len()));
            members
        }
        other => return *text += &other.to_string(),
    };
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    for (index, (name, item)) in items.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        *text += &line(depth + 1);
        if let Some(name) = name {
            *text += &format!("{}: ", Value::from(name));
        }
        pretty(item, depth + 1, text);
    }
    *text += &line(depth);
    text.push(close);
}
