//! Inputs, outputs and XML documents of the operations that act, with their codecs.
//!
//! An input is what travels in query and headers; bucket and key are the target's. A body in XML is
//! a document of its own, because it is read only after the request was authorized.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::headers::Headers;
use super::rows::{Models, Row};
use super::snake;

/// Input structs: `decode` from a request's head.
pub fn render_inputs(rows: &[Row], models: &Models, headers: &Headers) -> Result<String, String> {
    let mut text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: what operations are asked, in query and headers.

        use types::Timestamp;

        use crate::error::Error;
        use crate::head::RequestHead;
        ",
    );
    let modelled = |row: &&Row| row.status == "acts" && row.auth.is_none();
    for row in rows.iter().filter(modelled) {
        let shape = models.operation(row)["input"].as_str().map(|it| models.shape(it));
        let (mut fields, mut reads) = (String::new(), String::new());
        for (name, member) in shape.into_iter().flat_map(members) {
            let place = member["location"].as_str().unwrap_or_default();
            let wire_name = member["locationName"].as_str().unwrap_or_default();
            if place == "header" && headers.leaves_out(wire_name) {
                continue;
            }
            let Some((rust, read)) = reader(models, member, place, wire_name) else { continue };
            let field = snake(name);
            fields += &format!("/// `{wire_name}`.\npub {field}: {rust},\n");
            reads += &format!("{field}: {read}?,\n");
        }
        let name = &row.name;
        let head = if reads.is_empty() { "_" } else { "head" };
        text += &format!(
            "/// What {name} is asked.
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct {name}Input {{ {fields} }}

            impl {name}Input {{
                /// Reads query and headers; an error is AWS's for a malformed value.
                pub fn decode({head}: &RequestHead<'_>) -> Result<Self, Error> {{
                    Ok(Self {{ {reads} }})
                }}
            }}

            "
        );
    }
    Ok(text)
}

/// The Rust type of an input's member, and the call that reads it.
fn reader(models: &Models, member: &Value, place: &str, name: &str) -> Option<(String, String)> {
    let shape = models.shape(member["shape"].as_str()?);
    let kind = shape["type"].as_str()?;
    let from = match place {
        "header" => "header",
        "querystring" => "query",
        "headers" => {
            return Some(("Vec<(String, String)>".into(), format!("head.user_metadata({name:?})")));
        }
        _ => return None,
    };
    let name = if from == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
    let (rust, method) = match kind {
        "string" => ("Option<String>", "text"),
        "integer" | "long" => ("Option<i64>", "number"),
        "boolean" => ("Option<bool>", "boolean"),
        "timestamp" => ("Option<Timestamp>", "time"),
        "list" => ("Option<String>", "text"),
        _ => return None,
    };
    Some((rust.into(), format!("head.{from}_{method}({name:?})")))
}

/// Output structs: headers, and the body's XML.
pub fn render_outputs(rows: &[Row], models: &Models, headers: &Headers) -> Result<String, String> {
    let mut text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: what operations answer.

        use http::HeaderMap;
        use types::Timestamp;

        use crate::output::{Output, put_boolean, put_metadata, put_number, put_text, put_time};
        use crate::xml::Writer;
        use super::documents::*;
        ",
    );
    for row in rows.iter().filter(|row| row.has_shapes()) {
        // What is never set has no answer but an error, unless AWS's is an empty document.
        if row.status == "unset" && row.root.is_none() || row.auth.is_some() {
            continue;
        }
        let shape = models.operation(row)["output"].as_str().map(|it| models.shape(it));
        let payload = shape.and_then(|it| it["payload"].as_str());
        let (mut fields, mut puts, mut writes) = (String::new(), String::new(), String::new());
        for (name, member) in shape.into_iter().flat_map(members) {
            let place = member["location"].as_str().unwrap_or_default();
            let wire_name = member["locationName"].as_str().unwrap_or(name);
            if place.starts_with("header") {
                if !headers.leaves_out(wire_name) {
                    put_header(models, (name, member), &mut fields, &mut puts);
                }
            } else if payload.is_none() {
                write_member(models, (name, member), &mut fields, &mut writes)?;
            }
        }
        let name = &row.name;
        let body = match (&row.root, payload) {
            (Some(root), None) => format!(
                "fn write(&self, xml: &mut Writer) {{ xml.root({root:?}, |xml| {{ {writes} let _ = xml; }}); }}
                 fn has_body(&self) -> bool {{ true }}"
            ),
            _ => "fn write(&self, _: &mut Writer) {} fn has_body(&self) -> bool { false }".into(),
        };
        let argument = if puts.is_empty() { "_" } else { "headers" };
        text += &format!(
            "/// What {name} answers.
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct {name}Output {{ {fields} }}

            impl Output for {name}Output {{
                fn put_headers(&self, {argument}: &mut HeaderMap) {{ {puts} }}
                {body}
            }}

            "
        );
    }
    Ok(text)
}

fn put_header(
    models: &Models,
    (name, member): (&String, &Value),
    fields: &mut String,
    puts: &mut String,
) {
    let wire_name = member["locationName"].as_str().unwrap_or(name).to_ascii_lowercase();
    let field = snake(name);
    let kind = models.shape(member["shape"].as_str().unwrap_or_default())["type"].as_str();
    let (rust, call) = match kind {
        _ if member["location"] == "headers" => ("Vec<(String, String)>", "put_metadata"),
        Some("integer" | "long") => ("Option<i64>", "put_number"),
        Some("boolean") => ("Option<bool>", "put_boolean"),
        Some("timestamp") => ("Option<Timestamp>", "put_time"),
        _ => ("Option<String>", "put_text"),
    };
    *fields += &format!("/// `{wire_name}`.\npub {field}: {rust},\n");
    let value = if rust == "Option<String>" || rust.starts_with("Vec") {
        format!("&self.{field}")
    } else {
        format!("self.{field}")
    };
    *puts += &format!("{call}(headers, {wire_name:?}, {value});\n");
}

/// A member of an XML element: its field, and the statement that writes it.
fn write_member(
    models: &Models,
    (name, member): (&String, &Value),
    fields: &mut String,
    writes: &mut String,
) -> Result<(), String> {
    let shape_name = member["shape"].as_str().unwrap_or_default();
    let shape = models.shape(shape_name);
    let element = member["locationName"].as_str().unwrap_or(name);
    let field = snake(name);
    let (rust, write) = match shape["type"].as_str() {
        Some("list") => {
            let inner = &shape["member"];
            let item_name = inner["shape"].as_str().unwrap_or_default();
            let item = models.shape(item_name);
            let flat = shape["flattened"] == true;
            let inner_element = match flat {
                true => element,
                false => inner["locationName"].as_str().unwrap_or("member"),
            };
            let (rust, each) = match item["type"].as_str() {
                Some("structure") => (
                    format!("Vec<{}>", rust_name(item_name)),
                    format!("xml.element({inner_element:?}, |xml| it.write(xml));"),
                ),
                _ => ("Vec<String>".into(), format!("xml.text({inner_element:?}, it);")),
            };
            let all = format!("for it in &self.{field} {{ {each} }}");
            let all = match flat {
                true => all,
                false => format!("xml.element({element:?}, |xml| {{ {all} }});"),
            };
            (rust, all)
        }
        Some("structure") => (
            format!("Option<{}>", rust_name(shape_name)),
            format!(
                "if let Some(it) = &self.{field} {{ xml.element({element:?}, |xml| it.write(xml)); }}"
            ),
        ),
        Some("integer" | "long") => (
            "Option<i64>".into(),
            format!("if let Some(it) = self.{field} {{ xml.number({element:?}, it); }}"),
        ),
        Some("boolean") => (
            "Option<bool>".into(),
            format!("if let Some(it) = self.{field} {{ xml.boolean({element:?}, it); }}"),
        ),
        Some("timestamp") => (
            "Option<Timestamp>".into(),
            format!("if let Some(it) = self.{field} {{ xml.time({element:?}, it); }}"),
        ),
        Some("string") => (
            "Option<String>".into(),
            format!("if let Some(it) = &self.{field} {{ xml.text({element:?}, it); }}"),
        ),
        other => return Err(format!("{shape_name}: {other:?} isn't written yet")),
    };
    *fields += &format!("/// `{element}`.\npub {field}: {rust},\n");
    *writes += &write;
    Ok(())
}

/// Structures that stand in bodies: those of outputs are written, those of inputs read.
pub fn render_documents(rows: &[Row], models: &Models) -> Result<String, String> {
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.has_shapes()) {
        let facts = models.operation(row);
        if row.status == "unset" && row.root.is_none() {
            continue;
        }
        if let (Some(output), Some(_)) = (facts["output"].as_str(), &row.root) {
            for (_, member) in members(models.shape(output)) {
                if !member["location"].is_string() {
                    want(
                        models,
                        member["shape"].as_str().unwrap_or_default(),
                        "write",
                        &mut wanted,
                    );
                }
            }
        }
        if let (Some(input), "acts") = (facts["input"].as_str(), row.status.as_str()) {
            let shape = models.shape(input);
            if let Some(payload) = shape["payload"].as_str() {
                let name = shape["members"][payload]["shape"].as_str().unwrap_or_default();
                want(models, name, "read", &mut wanted);
            }
        }
    }
    let mut text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: structures in XML bodies.

        use types::Timestamp;

        use crate::error::Error;
        use crate::xml::{Element, Writer};
        ",
    );
    for (name, uses) in wanted {
        text += &document(models, &name, &uses)?;
    }
    Ok(text)
}

fn want<'a>(
    models: &Models,
    name: &str,
    way: &'a str,
    wanted: &mut BTreeMap<String, BTreeSet<&'a str>>,
) {
    let shape = models.shape(name);
    match shape["type"].as_str() {
        Some("structure") => {
            let new = wanted.entry(name.to_owned()).or_default().insert(way);
            for (_, member) in members(shape).into_iter().filter(|_| new) {
                want(models, member["shape"].as_str().unwrap_or_default(), way, wanted);
            }
        }
        Some("list") => {
            want(models, shape["member"]["shape"].as_str().unwrap_or_default(), way, wanted);
        }
        _ => {}
    }
}

fn document(models: &Models, name: &str, uses: &BTreeSet<&str>) -> Result<String, String> {
    let shape = models.shape(name);
    let (mut fields, mut writes, mut reads) = (String::new(), String::new(), String::new());
    for member in members(shape) {
        write_member(models, member, &mut fields, &mut writes)?;
        read_member(models, member, &mut reads);
    }
    let rust = rust_name(name);
    let mut text = format!(
        "/// `{name}`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct {rust} {{ {fields} }}

        impl {rust} {{"
    );
    if uses.contains("write") {
        let xml = if writes.is_empty() { "_" } else { "xml" };
        text += &format!(
            "/// Writes the members of an element.
            pub(crate) fn write(&self, {xml}: &mut Writer) {{ {writes} }}"
        );
    }
    if uses.contains("read") {
        let wire_name = |(name, member): (&String, &Value)| {
            member["locationName"].as_str().unwrap_or(name).to_owned()
        };
        let is_required = |(name, _): &(&String, &Value)| {
            shape["required"].as_array().is_some_and(|it| it.iter().any(|it| it == *name))
        };
        let names: Vec<String> = members(shape).into_iter().map(wire_name).collect();
        let required = members(shape).into_iter().filter(is_required);
        let required: Vec<String> = required.map(wire_name).collect();
        text += &format!(
            "/// Reads an element: these are its members, and these must be there.
            pub fn read(element: &Element) -> Result<Self, Error> {{
                element.check_members(&{names:?}, &{required:?})?;
                Ok(Self {{ {reads} }})
            }}"
        );
    }
    Ok(text + "}\n\n")
}

fn read_member(models: &Models, (name, member): (&String, &Value), reads: &mut String) {
    let shape_name = member["shape"].as_str().unwrap_or_default();
    let shape = models.shape(shape_name);
    let element = member["locationName"].as_str().unwrap_or(name);
    let field = snake(name);
    let read = match shape["type"].as_str() {
        Some("list") => {
            let inner = &shape["member"];
            let item_name = inner["shape"].as_str().unwrap_or_default();
            let each = match models.shape(item_name)["type"].as_str() {
                Some("structure") => format!("{}::read", rust_name(item_name)),
                _ => "Element::to_text".into(),
            };
            match shape["flattened"] == true {
                true => format!("element.all({element:?}, {each})?"),
                false => {
                    let item = inner["locationName"].as_str().unwrap_or("member");
                    format!("element.list({element:?}, {item:?}, {each})?")
                }
            }
        }
        Some("structure") => format!("element.one({element:?}, {}::read)?", rust_name(shape_name)),
        Some("integer" | "long") => format!("element.one({element:?}, Element::to_number)?"),
        Some("boolean") => format!("element.one({element:?}, Element::to_boolean)?"),
        Some("timestamp") => format!("element.one({element:?}, Element::to_time)?"),
        _ => format!("element.one({element:?}, Element::to_text)?"),
    };
    *reads += &format!("{field}: {read},\n");
}

/// The shape's name in Rust: the one shape that is called like our own type gets another.
fn rust_name(shape: &str) -> &str {
    if shape == "Error" { "DeleteError" } else { shape }
}

fn members(shape: &Value) -> Vec<(&String, &Value)> {
    shape["members"].as_object().into_iter().flatten().collect()
}
