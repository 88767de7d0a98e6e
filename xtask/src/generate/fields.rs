//! A structure's members as fields, and the statements that write them as XML: what REST and AWS Query
//! have in common.

use serde_json::Value;

use super::rows::{Model, Service};

/// A member of a structure that is written.
pub struct Field {
    /// Its Rust type.
    pub rust: String,
    /// The statement that writes `self.FIELD` to `xml`.
    pub write: String,
}

/// A member that travels as an element. `required`: the field is no option.
pub fn field(
    model: Model<'_>,
    (name, member): (&str, &Value),
    field: &str,
    required: bool,
) -> Result<Field, String> {
    let (_, shape) = model.shape_of(member);
    let element = member["locationName"].as_str().unwrap_or(name);
    match shape["type"].as_str() {
        Some("list") => list(model, shape, element, field),
        Some("map") => map(model, shape, element, field),
        _ => {
            let (rust, write) = item(model, member, element)?;
            Ok(match required {
                true => Field { rust, write: format!("let it = &self.{field}; {write}") },
                false => Field {
                    rust: format!("Option<{rust}>"),
                    write: format!("if let Some(it) = &self.{field} {{ {write} }}"),
                },
            })
        }
    }
}

fn list(model: Model<'_>, shape: &Value, element: &str, field: &str) -> Result<Field, String> {
    let inner = &shape["member"];
    if shape["flattened"] == true {
        let (rust, write) = item(model, inner, element)?;
        let write = format!("for it in &self.{field} {{ {write} }}");
        return Ok(Field { rust: format!("Vec<{rust}>"), write });
    }
    let (rust, write) = item(model, inner, inner["locationName"].as_str().unwrap_or("member"))?;
    let all = format!("for it in &self.{field} {{ {write} }}");
    Ok(Field {
        rust: format!("Vec<{rust}>"),
        write: format!("xml.element({element:?}, |xml| {{ {all} }});"),
    })
}

/// `entry` elements of `key` and `value`, in the order of the pairs.
fn map(model: Model<'_>, shape: &Value, element: &str, field: &str) -> Result<Field, String> {
    let (key, write_key) = item(model, &shape["key"], "key")?;
    let (value, write_value) = item(model, &shape["value"], "value")?;
    let entry = format!(
        "xml.element(\"entry\", |xml| {{ let it = key; {write_key} let it = value; {write_value} }});"
    );
    Ok(Field {
        rust: format!("Vec<({key}, {value})>"),
        write: format!(
            "xml.element({element:?}, |xml| {{ for (key, value) in &self.{field} {{ {entry} }} }});"
        ),
    })
}

/// One value's type, and the statement that writes `it`.
fn item(model: Model<'_>, member: &Value, element: &str) -> Result<(String, String), String> {
    let (name, shape) = model.shape_of(member);
    let is_query = matches!(model.service, Service::Iam | Service::Sts);
    Ok(match shape["type"].as_str() {
        Some("structure") => {
            (rust_name(name).to_owned(), format!("xml.element({element:?}, |xml| it.write(xml));"))
        }
        Some("integer" | "long") => ("i64".into(), format!("xml.number({element:?}, *it);")),
        Some("boolean") => ("bool".into(), format!("xml.boolean({element:?}, *it);")),
        Some("timestamp") if is_query => {
            ("Timestamp".into(), format!("xml.time_in_seconds({element:?}, *it);"))
        }
        Some("timestamp") => ("Timestamp".into(), format!("xml.time({element:?}, *it);")),
        // "The policy document returned in this structure is URL-encoded compliant with RFC 3986"
        // (IAM API Reference, e.g. GetUserPolicy).
        Some("string") if model.service == Service::Iam && name == "policyDocumentType" => {
            ("String".into(), format!("xml.text({element:?}, &percent_encoded(it));"))
        }
        // A blob is given in base64.
        Some("string" | "blob") => ("String".into(), format!("xml.text({element:?}, it);")),
        other => return Err(format!("{name}: {other:?} isn't written yet")),
    })
}

/// The shape's name in Rust: the one shape that is called like our own type gets another.
pub fn rust_name(shape: &str) -> &str {
    if shape == "Error" { "DeleteError" } else { shape }
}
