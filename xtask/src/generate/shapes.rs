//! Inputs, outputs and XML documents of the REST operations that act (S3, S3 Control), with their
//! codecs.
//!
//! An input is what travels in path, query and headers; S3's bucket and key are the target's. A body
//! in XML is a document of its own, because it is read only after the request was authorized.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::checksums;
use super::fields::{field, rust_name};
use super::headers::Headers;
use super::rows::{Model, Models, Row, Service, is_required, members};
use super::snake;

/// Members that must be there, says the model, and that S3 takes for empty where they aren't (recorded).
const NOT_REQUIRED: [(&str, &str); 1] = [("Tagging", "TagSet")];

/// S3's inputs: a file of their own.
pub fn render_inputs(rows: &[Row], models: &Models, headers: &Headers) -> Result<String, String> {
    let text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: what operations are asked, in query and headers.

        use types::{ChecksumAlgorithm, Timestamp};

        use crate::checksums::Checksums;
        use crate::error::Error;
        use crate::head::RequestHead;
        ",
    );
    Ok(text + &inputs(rows, models.of(Service::S3), headers)?)
}

/// S3's outputs: a file of their own.
pub fn render_outputs(rows: &[Row], models: &Models, headers: &Headers) -> Result<String, String> {
    let text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: what operations answer.

        use http::{HeaderMap, HeaderName};
        use types::{ChecksumAlgorithm, Timestamp};

        use crate::checksums::Checksums;
        use crate::operation::Service;
        use crate::output::{Output, put_boolean, put_metadata, put_number, put_text, put_time};
        use crate::xml::Writer;
        use super::documents::*;
        ",
    );
    Ok(text + &outputs(rows, models.of(Service::S3), headers)?)
}

/// S3's documents: a file of their own.
pub fn render_documents(rows: &[Row], models: &Models) -> Result<String, String> {
    let text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: structures in XML bodies.

        use types::{ChecksumAlgorithm, Timestamp};

        use crate::checksums::Checksums;
        use crate::error::Error;
        use crate::xml::{Element, Writer};
        ",
    );
    Ok(text + &documents(rows, models.of(Service::S3))?)
}

/// All of S3 Control.
pub fn render_control(rows: &[Row], models: &Models, headers: &Headers) -> Result<String, String> {
    let model = models.of(Service::S3Control);
    let text = String::from(
        "//! Generated from model/ by `cargo xtask gen`: S3 Control.

        use http::HeaderMap;

        use crate::error::Error;
        use crate::head::RequestHead;
        use crate::operation::Service;
        use crate::output::Output;
        use crate::xml::{Element, Writer};
        ",
    );
    Ok(text
        + &inputs(rows, model, headers)?
        + &outputs(rows, model, headers)?
        + &documents(rows, model)?)
}

fn of<'a>(rows: &'a [Row], model: Model<'_>) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(move |row| row.service == model.service)
}

/// An operation's input or output; nothing if the model has none.
fn shape<'a>(model: Model<'a>, row: &Row, way: &str) -> &'a Value {
    model.shape(model.operation(&row.name)[way].as_str().unwrap_or_default())
}

/// Input structs: `decode` from a request's head.
fn inputs(rows: &[Row], model: Model<'_>, headers: &Headers) -> Result<String, String> {
    let mut text = String::new();
    let is_modelled = |row: &&Row| row.is_whole() && !model.operation(&row.name).is_null();
    for row in of(rows, model).filter(is_modelled) {
        let uri = model.operation(&row.name)["uri"].as_str().unwrap_or_default();
        let (mut fields, mut reads) = (String::new(), String::new());
        for (name, member) in members(shape(model, row, "input")) {
            let place = member["location"].as_str().unwrap_or_default();
            let wire_name = member["locationName"].as_str().unwrap_or_default();
            if place == "header" && headers.leaves_out(wire_name) {
                continue;
            }
            let Some((rust, read)) = reader(model, member, uri)? else { continue };
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
        text += &checksums::render(&format!("{name}Input"), shape(model, row, "input"));
    }
    Ok(text)
}

/// The Rust type of an input's member, and the call that reads it.
fn reader(model: Model<'_>, member: &Value, uri: &str) -> Result<Option<(String, String)>, String> {
    let name = member["locationName"].as_str().unwrap_or_default();
    let kind = model.shape_of(member).1["type"].as_str().unwrap_or_default();
    let place = member["location"].as_str().unwrap_or_default();
    let name = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
    let from = match place {
        "header" => "header",
        "querystring" => "query",
        "headers" => {
            let read = format!("head.user_metadata({name:?})");
            return Ok(Some(("Vec<(String, String)>".into(), read)));
        }
        "uri" if model.service == Service::S3Control => {
            let template = uri.strip_prefix("/v20180820").unwrap_or(uri);
            let around = template.split_once(&format!("{{{name}+}}"));
            let around = around.or_else(|| template.split_once(&format!("{{{name}}}")));
            let (before, after) = around.ok_or_else(|| format!("{uri}: no {name}"))?;
            if before.contains('{') || after.contains('{') {
                return Err(format!("{uri}: one name a path is read"));
            }
            return Ok(Some(("String".into(), format!("head.path_text({before:?}, {after:?})"))));
        }
        _ => return Ok(None),
    };
    let (rust, method) = match kind {
        "string" => ("Option<String>", "text"),
        "integer" | "long" => ("Option<i64>", "number"),
        "boolean" => ("Option<bool>", "boolean"),
        "timestamp" => ("Option<Timestamp>", "time"),
        "list" if from == "query" => ("Vec<String>", "list"),
        "list" => ("Option<String>", "text"),
        _ => return Ok(None),
    };
    Ok(Some((rust.into(), format!("head.{from}_{method}({name:?})"))))
}

/// The document that an output or input consists of: its name, and the root element that is written.
fn payload<'a>(model: Model<'a>, shape: &'a Value) -> Option<(&'a str, &'a str)> {
    let payload = shape["payload"].as_str()?;
    let (_, member) = members(shape).find(|(name, _)| *name == payload)?;
    let (name, inner) = model.shape_of(member);
    let root = member["locationName"].as_str().unwrap_or(name);
    (inner["type"] == "structure").then_some((name, root))
}

/// Output structs: headers, and the body's XML.
fn outputs(rows: &[Row], model: Model<'_>, headers: &Headers) -> Result<String, String> {
    let mut text = String::new();
    // What is never set has no answer but an error, unless AWS's is an empty document.
    let answers = |row: &&Row| row.is_whole() || (row.status == "unset" && row.root.is_some());
    let is_modelled = |row: &&Row| !model.operation(&row.name).is_null();
    for row in of(rows, model).filter(answers).filter(is_modelled) {
        let shape = shape(model, row, "output");
        let (mut fields, mut puts, mut inside) = (String::new(), String::new(), vec![]);
        for (name, member) in members(shape) {
            let place = member["location"].as_str().unwrap_or_default();
            let wire_name = member["locationName"].as_str().unwrap_or(name);
            if place.starts_with("header") {
                if !headers.leaves_out(wire_name) {
                    put_header(model, (name, member), &mut fields, &mut puts);
                }
            } else if !shape["payload"].is_string() {
                let mut write = String::new();
                write_member(model, (name, member), &mut fields, &mut write)?;
                let is_first = row.first.as_deref() == Some(name);
                inside.push((!is_first, is_flattened(model, member), write));
            }
        }
        // What may be long comes last, so that who reads along knows everything else by then: SDKs for
        // Java give each entry its bucket's name.
        inside.sort_by_key(|(later, is_flattened, _)| (*later, *is_flattened));
        let writes: String = inside.into_iter().map(|(_, _, write)| write).collect();
        let service = model.service;
        let body = match (&row.root, payload(model, shape)) {
            (Some(root), None) => format!(
                "fn write(&self, xml: &mut Writer) {{
                    xml.root_in(Service::{service:?}, {root:?}, |xml| {{ {writes} let _ = xml; }});
                }}
                fn has_body(&self) -> bool {{ true }}"
            ),
            (_, Some((name, root))) => {
                let rust = rust_name(name);
                fields += &format!("/// The document.\npub document: {rust},\n");
                format!(
                    "fn write(&self, xml: &mut Writer) {{
                        xml.root_in(Service::{service:?}, {root:?}, |xml| self.document.write(xml));
                    }}
                    fn has_body(&self) -> bool {{ true }}"
                )
            }
            _ => "fn write(&self, _: &mut Writer) {} fn has_body(&self) -> bool { false }".into(),
        };
        let name = &row.name;
        let argument = if puts.is_empty() { "_" } else { "headers" };
        text += &format!(
            "/// What {name} answers.
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct {name}Output {{ {fields} }}

            impl Output for {name}Output {{
                fn put_headers(&mut self, {argument}: &mut HeaderMap) {{ {puts} }}
                {body}
            }}

            "
        );
        text += &checksums::render(&format!("{name}Output"), shape);
    }
    Ok(text)
}

/// Whether a member is a list whose items stand in the answer itself.
fn is_flattened(model: Model<'_>, member: &Value) -> bool {
    model.shape_of(member).1["flattened"] == true
}

fn put_header(
    model: Model<'_>,
    (name, member): (&str, &Value),
    fields: &mut String,
    puts: &mut String,
) {
    let wire_name = member["locationName"].as_str().unwrap_or(name).to_ascii_lowercase();
    let field = snake(name);
    let (rust, call) = match model.shape_of(member).1["type"].as_str() {
        _ if member["location"] == "headers" => ("Vec<(String, String)>", "put_metadata"),
        Some("integer" | "long") => ("Option<i64>", "put_number"),
        Some("boolean") => ("Option<bool>", "put_boolean"),
        Some("timestamp") => ("Option<Timestamp>", "put_time"),
        _ => ("Option<String>", "put_text"),
    };
    *fields += &format!("/// `{wire_name}`.\npub {field}: {rust},\n");
    let value = match rust {
        "Option<String>" => format!("&mut self.{field}"),
        it if it.starts_with("Vec") => format!("&self.{field}"),
        _ => format!("self.{field}"),
    };
    // A name is read when the program is compiled, not with each answer; of a family of headers only
    // the beginning is known.
    let wire_name = match call {
        "put_metadata" => format!("{wire_name:?}"),
        _ => format!("const {{ HeaderName::from_static({wire_name:?}) }}"),
    };
    *puts += &format!("{call}(headers, {wire_name}, {value});\n");
}

fn write_member(
    model: Model<'_>,
    (name, member): (&str, &Value),
    fields: &mut String,
    writes: &mut String,
) -> Result<(), String> {
    let element = member["locationName"].as_str().unwrap_or(name);
    let field_name = snake(name);
    let field = field(model, (name, member), &field_name, false)?;
    *fields += &format!("/// `{element}`.\npub {field_name}: {},\n", field.rust);
    *writes += &field.write;
    Ok(())
}

/// Structures that stand in bodies: those of outputs are written, those of inputs read.
fn documents(rows: &[Row], model: Model<'_>) -> Result<String, String> {
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in of(rows, model) {
        let (output, input) = (shape(model, row, "output"), shape(model, row, "input"));
        let acts = row.is_whole();
        match payload(model, output) {
            Some((name, _)) if acts => want(model, name, "write", &mut wanted),
            None if row.root.is_some() => {
                let inside = members(output).filter(|(_, it)| !it["location"].is_string());
                for (_, member) in inside {
                    want(model, model.shape_of(member).0, "write", &mut wanted);
                }
            }
            _ => {}
        }
        match payload(model, input) {
            _ if !acts => {}
            Some((name, _)) => want(model, name, "read", &mut wanted),
            // Without a payload, what has no other place makes a document of the input's own name.
            None if input["payload"].is_string() => {}
            None if members(input).any(|(_, it)| !it["location"].is_string()) => {
                let name = model.operation(&row.name)["input"].as_str().unwrap_or_default();
                want(model, name, "read", &mut wanted);
            }
            None => {}
        }
    }
    let mut text = String::new();
    for (name, uses) in wanted {
        text += &document(model, name, &uses)?;
    }
    Ok(text)
}

fn want<'a>(
    model: Model<'a>,
    name: &'a str,
    way: &'a str,
    wanted: &mut BTreeMap<&'a str, BTreeSet<&'a str>>,
) {
    let shape = model.shape(name);
    match shape["type"].as_str() {
        Some("structure") => {
            let new = wanted.entry(name).or_default().insert(way);
            for (_, member) in members(shape).filter(|_| new) {
                want(model, model.shape_of(member).0, way, wanted);
            }
        }
        Some("list") => want(model, model.shape_of(&shape["member"]).0, way, wanted),
        _ => {}
    }
}

fn document(model: Model<'_>, name: &str, uses: &BTreeSet<&str>) -> Result<String, String> {
    let shape = model.shape(name);
    let (mut fields, mut writes, mut reads) = (String::new(), String::new(), String::new());
    let inside = || members(shape).filter(|(_, it)| !it["location"].is_string());
    for member in inside() {
        write_member(model, member, &mut fields, &mut writes)?;
        read_member(model, member, &mut reads);
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
        let wire_name = |(name, member): (&str, &Value)| {
            member["locationName"].as_str().unwrap_or(name).to_owned()
        };
        let names: Vec<String> = inside().map(wire_name).collect();
        let is_required =
            |name: &str| is_required(shape, name) && !NOT_REQUIRED.contains(&(rust, name));
        let required = inside().filter(|(name, _)| is_required(name));
        let required: Vec<String> = required.map(wire_name).collect();
        text += &format!(
            "/// Reads an element: these are its members, and these must be there.
            pub fn read(element: &Element) -> Result<Self, Error> {{
                element.check_members(&{names:?}, &{required:?})?;
                Ok(Self {{ {reads} }})
            }}"
        );
    }
    text += "}\n\n";
    Ok(text + &checksums::render(rust, shape))
}

fn read_member(model: Model<'_>, (name, member): (&str, &Value), reads: &mut String) {
    let (shape_name, shape) = model.shape_of(member);
    let element = member["locationName"].as_str().unwrap_or(name);
    let field = snake(name);
    let read = match shape["type"].as_str() {
        Some("list") => {
            let inner = &shape["member"];
            let (item_name, item) = model.shape_of(inner);
            let each = match item["type"].as_str() {
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
