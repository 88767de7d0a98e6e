//! A form's policy: until when it holds, and what its fields and its file may be ("POST policy", S3 API
//! Reference). Messages and their order are those that were recorded from S3.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;
use types::Timestamp;

use super::{Field, PostForm};
use crate::error::Error;
use crate::generated::errors::Code;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// Fields that no condition needs to name.
const UNCONDITIONAL: [&str; 5] =
    ["awsaccesskeyid", "file", "policy", "signature", "x-amz-signature"];
const IGNORED: &str = "x-ignore-";

/// Holds a form to its policy; how many bytes the file may have.
pub(super) fn check(
    document: &str,
    form: &PostForm,
    bucket: &str,
    now: Timestamp,
) -> Result<RangeInclusive<u64>, Error> {
    let policy = Policy::read(document)?;
    if now > policy.expiration {
        return Err(against("Policy expired."));
    }
    let (mut least, mut most) = (0, u64::MAX);
    for condition in &policy.conditions {
        let holds = match condition {
            Condition::Length { bytes, .. } => match bytes {
                Some(bytes) => {
                    (least, most) = (least.max(*bytes.start()), most.min(*bytes.end()));
                    true
                }
                None => false,
            },
            Condition::Field { name, matching, .. } => match &**name {
                "bucket" => matching.holds(name, bucket),
                name => form.get(name).is_some_and(|it| matching.holds(name, it)),
            },
            Condition::Nameless { .. } => false,
        };
        if !holds {
            return Err(against(&format!("Policy Condition failed: {}", condition.text())));
        }
    }
    let covered = |field: &&Field| {
        UNCONDITIONAL.contains(&&*field.lower)
            || field.lower.starts_with(IGNORED)
            || policy.conditions.iter().any(|it| it.names(&field.lower))
    };
    let extra: Vec<&str> =
        form.fields.iter().filter(|it| !covered(it)).map(|it| &*it.name).collect();
    match extra.is_empty() {
        true => Ok(least..=most),
        false => Err(against(&format!("Extra input fields: {}", extra.join(", ")))),
    }
}

fn against(why: &str) -> Error {
    Error::new(Code::AccessDenied).message(format!("Invalid according to Policy: {why}"))
}

fn invalid(why: impl std::fmt::Display) -> Error {
    Error::new(Code::InvalidPolicyDocument).message(format!("Invalid Policy: {why}"))
}

struct Policy {
    expiration: Timestamp,
    conditions: Vec<Condition>,
}

/// With the text that it is called by when it fails.
enum Condition {
    Length {
        bytes: Option<RangeInclusive<u64>>,
        text: String,
    },
    Field {
        name: String,
        matching: Matching,
        text: String,
    },
    /// Of a name without its dollar: never holds.
    Nameless {
        text: String,
    },
}

enum Matching {
    Equal(String),
    Begins(String),
}

impl Matching {
    fn holds(&self, name: &str, value: &str) -> bool {
        match self {
            Self::Equal(wanted) => value == wanted,
            // Commas separate types, each of which has to begin so.
            Self::Begins(wanted) if name == "content-type" => {
                value.split(',').all(|it| it.trim_start().starts_with(&**wanted))
            }
            Self::Begins(wanted) => value.starts_with(&**wanted),
        }
    }
}

impl Policy {
    fn read(document: &str) -> Result<Self, Error> {
        let packed: String = document.split(['\r', '\n', ' ']).collect();
        let text = BASE64.decode(packed).map_err(|_| invalid("invalid Base64 encoding."))?;
        let text = String::from_utf8(text).map_err(|_| invalid("Invalid JSON."))?;
        let value: Value = serde_json::from_str(&unescaped(&text))
            .map_err(|e| invalid("Invalid JSON.").because(e))?;
        let Value::Object(members) = value else { return Err(invalid("Invalid JSON.")) };
        let known = |name: &&String| ["expiration", "conditions"].contains(&name.as_str());
        if let Some(name) = members.keys().find(|it| !known(it)) {
            return Err(invalid(format!("Unexpected: '{}'", name.to_lowercase())));
        }
        let expiration = match members.get("expiration") {
            None => return Err(invalid("Policy missing expiration.")),
            Some(value) => {
                let text = value.as_str().unwrap_or_default();
                Timestamp::parse_iso8601(text)
                    .ok_or_else(|| invalid(format!("Invalid 'expiration' value: '{text}'")))?
            }
        };
        let conditions = match members.get("conditions") {
            None => return Err(invalid("Policy missing conditions.")),
            Some(Value::Array(conditions)) => conditions,
            Some(_) => return Err(invalid("Invalid 'conditions' value: must be a List.")),
        };
        let conditions = conditions.iter().map(Condition::read).collect::<Result<_, _>>()?;
        Ok(Self { expiration, conditions })
    }
}

/// The documents may write `\$` and `\v` ("Character escaping"), which JSON doesn't have.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, (c == '\\').then(|| chars.next()).flatten()) {
            (_, Some('$')) => plain.push('$'),
            (_, Some('v')) => plain.push_str("\\u000b"),
            (c, Some(escaped)) => plain.extend([c, escaped]),
            (c, None) => plain.push(c),
        }
    }
    plain
}

impl Condition {
    fn read(value: &Value) -> Result<Self, Error> {
        match value {
            Value::Object(members) => {
                let mut members = members.iter();
                let (Some((name, value)), None) = (members.next(), members.next()) else {
                    return Err(invalid(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one \
                         property specified.",
                    ));
                };
                let Value::String(wanted) = value else {
                    return Err(invalid("Invalid Simple-Condition: value must be a string."));
                };
                let text = listed(["eq", &format!("${name}"), wanted].map(Value::from).as_ref());
                let matching = Matching::Equal(wanted.clone());
                Ok(Self::Field { name: name.to_ascii_lowercase(), matching, text })
            }
            Value::Array(items) => Self::read_list(items),
            _ => Err(invalid("Invalid condition test: must be a List or Object.")),
        }
    }

    fn read_list(items: &[Value]) -> Result<Self, Error> {
        let (operation, rest) = items
            .split_first()
            .ok_or_else(|| invalid("Invalid Condition: missing operation identifier."))?;
        let operation = operation.as_str().ok_or_else(|| invalid("Invalid JSON."))?;
        let kind = operation.to_ascii_lowercase();
        if !["eq", "starts-with", "content-length-range"].contains(&&*kind) {
            return Err(invalid(format!("Invalid Condition: unknown operation '{operation}'.")));
        }
        let [first, second] = rest else {
            return Err(invalid(format!("Invalid {operation}: wrong number of arguments.")));
        };
        let text = listed(items);
        if kind == "content-length-range" {
            let bytes = bound(first)?.zip(bound(second)?).map(|(least, most)| least..=most);
            return Ok(Self::Length { bytes, text });
        }
        let (Value::String(name), Value::String(wanted)) = (first, second) else {
            return Err(invalid("Invalid JSON."));
        };
        let Some(name) = name.strip_prefix('$') else { return Ok(Self::Nameless { text }) };
        let wanted = wanted.clone();
        let matching =
            if kind == "eq" { Matching::Equal(wanted) } else { Matching::Begins(wanted) };
        Ok(Self::Field { name: name.to_ascii_lowercase(), matching, text })
    }

    fn names(&self, field: &str) -> bool {
        matches!(self, Self::Field { name, .. } if name == field)
    }

    fn text(&self) -> &str {
        match self {
            Self::Length { text, .. } | Self::Field { text, .. } | Self::Nameless { text } => text,
        }
    }
}

/// A number of bytes, or none if a text in its place is no number: such a condition never holds.
fn bound(value: &Value) -> Result<Option<u64>, Error> {
    match value {
        Value::Number(number) if number.is_f64() => Err(invalid("Invalid JSON.")),
        Value::Number(number) => number.as_u64().map(Some).ok_or_else(|| {
            invalid("Invalid content-length-range: a length can't be less than zero.")
        }),
        Value::String(text) => Ok(text.parse().ok()),
        _ => Err(invalid("Invalid JSON.")),
    }
}

/// As S3 writes a condition in its messages.
fn listed(items: &[Value]) -> String {
    let items: Vec<String> = items.iter().map(Value::to_string).collect();
    format!("[{}]", items.join(", "))
}
