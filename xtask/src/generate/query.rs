//! Inputs and outputs of the AWS Query operations that act (IAM, STS), with their codecs: a form is
//! read and checked against the model's constraints, an answer is written as XML.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::{field, rust_name};
use super::rows::{Model, Models, Row, Service, is_required, members};
use super::snake;

/// The constants of `wire/src/pattern.rs`, by the model's pattern.
const PATTERNS: [(&str, &str); 11] = [
    (r"[\w+=,.@-]+", "NAME"),
    (r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", "PATH"),
    (r"((/[A-Za-z0-9\.,\+@=_-]+)*)/", "POLICY_PATH"),
    (r"\u002F[\u0021-\u007F]*", "PATH_PREFIX"),
    (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", "TAG_KEY"),
    (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "TAG_VALUE"),
    (r"[\u0020-\u00FF]+", "MARKER"),
    (r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", "VERSION_ID"),
    (r"[\w]+", "WORD"),
    (r"[\w]*", "WORD"),
    (r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "ALIAS"),
];

/// Members that must be there, says the model, and are left out: root has neither.
const LEFT_OUT: [(&str, &str); 2] = [("User", "Path"), ("User", "UserName")];

/// Tags that are there, be there any or not, where they aren't left out as a whole: GetPolicy's.
const MAY_BE_EMPTY: (&str, &str) = ("Policy", "Tags");

/// Documents and passwords have one pattern and two sentences.
const PRINTABLE: &str = r"[\u0009\u000A\u000D\u0020-\u00FF]+";

/// A service's file.
pub fn render(rows: &[Row], models: &Models, service: Service) -> Result<String, String> {
    let model = models.of(service);
    let mut file = File { model, rules: BTreeMap::new(), wanted: BTreeMap::new() };
    let mut operations = String::new();
    for row in rows.iter().filter(|row| row.service == service && row.is_whole()) {
        operations += &file.input(row)?;
        operations += &file.output(row)?;
    }
    let structures = file.structures()?;
    let rules: String = file.rules.into_values().collect();
    let body = operations + &structures;
    let name = service.name().to_uppercase();
    let mut text = format!(
        "//! Generated from model/ by `cargo xtask gen`: what {name} is asked and answers.\n\n"
    );
    for (used, line) in [
        ("Timestamp", "use types::Timestamp;\n\n"),
        ("Error", "use crate::error::Error;\n"),
        ("Form", "use crate::form::{Form, QueryInput, Rule};\n"),
        ("RequestHead", "use crate::head::RequestHead;\n"),
        ("Service", "use crate::operation::Service;\n"),
        ("QueryOutput", "use crate::output::QueryOutput;\n"),
        ("pattern::", "use crate::pattern;\n"),
        ("percent_encoded", "use crate::xml::{Writer, percent_encoded};\n"),
    ] {
        if body.contains(used) || rules.contains(used) {
            text += line;
        }
    }
    if !body.contains("percent_encoded") {
        text += "use crate::xml::Writer;\n";
    }
    Ok(text + "\n" + &rules + "\n" + &body)
}

struct File<'a> {
    model: Model<'a>,
    /// What texts must be like, by the shape's name.
    rules: BTreeMap<String, String>,
    /// Structures, and whether they are read, written or both.
    wanted: BTreeMap<&'a str, BTreeSet<&'static str>>,
}

impl<'a> File<'a> {
    fn shape(&self, row: &Row, way: &str) -> &'a Value {
        let name = self.model.operation(&row.name)[way].as_str();
        name.map_or(&Value::Null, |name| self.model.shape(name))
    }

    fn input(&mut self, row: &Row) -> Result<String, String> {
        let shape = self.shape(row, "input");
        let (fields, reads) = self.reads(shape)?;
        let name = &row.name;
        let service = self.model.service;
        let needed: String = members(shape)
            .filter(|(name, member)| {
                is_required(shape, name) && self.model.shape_of(member).1["type"] == "list"
            })
            .map(|(name, _)| format!("form.needed_list({name:?});\n"))
            .collect();
        let (head, body) = match reads.is_empty() {
            true => ("_", "Ok(Self {})".into()),
            false => (
                "head",
                format!(
                    "let mut form = Form::of(head, Service::{service:?});
                    {needed}let read = Self {{ {reads} }};
                    form.finish(read)"
                ),
            ),
        };
        let debug = self.debug(shape);
        Ok(format!(
            "/// What {name} is asked.
            #[derive(Clone, {debug}Default, PartialEq)]
            pub struct {name}Input {{ {fields} }}

            impl QueryInput for {name}Input {{
                fn decode({head}: &RequestHead<'_>) -> Result<Self, Error> {{ {body} }}
            }}

            "
        ))
    }

    /// What of Debug is derived: nothing if there is a secret somewhere in it, so that none gets into a
    /// log by way of what it stands in.
    fn debug(&self, shape: &Value) -> &'static str {
        if self.has_secret(shape) { "" } else { "Debug, " }
    }

    fn has_secret(&self, shape: &Value) -> bool {
        let inner = |member: &Value| self.has_secret(self.model.shape_of(member).1);
        shape["sensitive"] == true
            || members(shape).any(|(_, member)| inner(member))
            || (shape["type"] == "list" && inner(&shape["member"]))
    }

    /// The fields of a structure that is read, and what reads each from `form`.
    fn reads(&mut self, shape: &'a Value) -> Result<(String, String), String> {
        let (mut fields, mut reads) = (String::new(), String::new());
        for (name, member) in members(shape) {
            let (rust, read) = self.reader((name, member), is_required(shape, name))?;
            let field = snake(name);
            fields += &format!("/// `{name}`.\npub {field}: {rust},\n");
            reads += &format!("{field}: {read},\n");
        }
        Ok((fields, reads))
    }

    fn reader(
        &mut self,
        (name, member): (&str, &'a Value),
        required: bool,
    ) -> Result<(String, String), String> {
        let (shape_name, shape) = self.model.shape_of(member);
        Ok(match shape["type"].as_str() {
            Some("string") => {
                let rule = self.rule(shape_name, shape)?;
                let (rust, method) =
                    if required { ("String", "needed_text") } else { ("Option<String>", "text") };
                (rust.into(), format!("form.{method}({name:?}, &{rule})"))
            }
            // None of the operations needs one.
            Some(kind @ ("integer" | "long" | "boolean")) if required => {
                return Err(format!("{name}: a {kind} that must be there isn't read yet"));
            }
            Some("integer" | "long") => {
                let limit = |key: &str, none: &str| {
                    shape[key].as_i64().map_or(none.to_owned(), |it| it.to_string())
                };
                let (min, max) = (limit("min", "i64::MIN"), limit("max", "i64::MAX"));
                ("Option<i64>".into(), format!("form.number({name:?}, {min}..={max})"))
            }
            Some("boolean") => ("Option<bool>".into(), format!("form.boolean({name:?})")),
            Some("list") => {
                let (item_name, item) = self.model.shape_of(&shape["member"]);
                let most = shape["max"].as_u64().map_or("usize::MAX".into(), |it| it.to_string());
                match item["type"].as_str() {
                    Some("structure") => {
                        self.want(item_name, "read");
                        let rust = rust_name(item_name);
                        let read = format!("form.structures({name:?}, {most}, {rust}::read)");
                        (format!("Vec<{rust}>"), read)
                    }
                    Some("string") => {
                        let rule = self.rule(item_name, item)?;
                        let read = format!("form.texts({name:?}, {most}, &{rule})");
                        ("Vec<String>".into(), read)
                    }
                    other => return Err(format!("{item_name}: {other:?} isn't read yet")),
                }
            }
            other => return Err(format!("{shape_name}: {other:?} isn't read yet")),
        })
    }

    /// The constant of what a text must be like.
    fn rule(&mut self, name: &str, shape: &Value) -> Result<String, String> {
        let constant = snake(name).to_uppercase();
        let pattern = match shape["pattern"].as_str() {
            None => "None".to_owned(),
            Some(PRINTABLE) if shape["sensitive"] == true => "Some(pattern::PASSWORD)".into(),
            Some(PRINTABLE) => "Some(pattern::DOCUMENT)".into(),
            Some(text) => {
                let found = PATTERNS.iter().find(|(it, _)| *it == text);
                let found = found.ok_or_else(|| format!("{name}: pattern {text} isn't known"))?;
                format!("Some(pattern::{})", found.1)
            }
        };
        let min = shape["min"].as_u64().unwrap_or_default();
        let max = shape["max"].as_u64().map_or("usize::MAX".into(), |it| it.to_string());
        let one_of = shape["enum"].as_array().cloned().unwrap_or_default();
        let one_of: Vec<&str> = one_of.iter().filter_map(Value::as_str).collect();
        let is_secret = shape["sensitive"] == true;
        let text = format!(
            "/// `{name}`.
            const {constant}: Rule = Rule {{
                length: {min}..={max}, pattern: {pattern}, one_of: &{one_of:?}, is_secret: {is_secret},
            }};\n"
        );
        self.rules.insert(constant.clone(), text);
        Ok(constant)
    }

    fn output(&mut self, row: &Row) -> Result<String, String> {
        let shape = self.shape(row, "output");
        let (fields, writes) = self.writes("", shape)?;
        let (name, facts) = (&row.name, self.model.operation(&row.name));
        let inside = match facts["result"].as_str() {
            Some(result) => {
                format!("|xml| xml.element({result:?}, |xml| {{ {writes} let _ = xml; }})")
            }
            None => "|_| {}".into(),
        };
        let service = self.model.service;
        let debug = self.debug(shape);
        Ok(format!(
            "/// What {name} answers.
            #[derive(Clone, {debug}Default, PartialEq)]
            pub struct {name}Output {{ {fields} }}

            impl QueryOutput for {name}Output {{
                fn write(&self, xml: &mut Writer, request_id: &str) {{
                    xml.query_root(Service::{service:?}, \"{name}Response\", request_id, {inside});
                }}
            }}

            "
        ))
    }

    /// The fields of a structure that is written, and what writes them.
    /// `structure` is its name; empty if it is an output.
    fn writes(&mut self, structure: &str, shape: &'a Value) -> Result<(String, String), String> {
        let (mut fields, mut writes) = (String::new(), String::new());
        for (name, member) in members(shape) {
            let (shape_name, inner) = self.model.shape_of(member);
            match inner["type"].as_str() {
                Some("structure") => self.want(shape_name, "write"),
                Some("list") => {
                    let (item_name, item) = self.model.shape_of(&inner["member"]);
                    if item["type"] == "structure" {
                        self.want(item_name, "write");
                    }
                }
                _ => {}
            }
            let required = is_required(shape, name) && !LEFT_OUT.contains(&(structure, name));
            let field_name = snake(name);
            let mut field = field(self.model, (name, member), &field_name, required)?;
            if (structure, name) == MAY_BE_EMPTY {
                let write = field.write.replace(&format!("&self.{field_name}"), "all");
                field.write = format!("if let Some(all) = &self.{field_name} {{ {write} }}");
                field.rust = format!("Option<{}>", field.rust);
                fields += &format!("/// `{name}`.\npub {field_name}: {},\n", field.rust);
                writes += &field.write;
                continue;
            }
            fields += &format!("/// `{name}`.\npub {field_name}: {},\n", field.rust);
            // Of a user or policy without tags AWS says nothing about tags; other lists are there,
            // empty or not.
            writes += &match name == "Tags" && !structure.is_empty() && !required {
                true => format!("if !self.{field_name}.is_empty() {{ {} }}", field.write),
                false => field.write,
            };
        }
        Ok((fields, writes))
    }

    fn want(&mut self, name: &'a str, way: &'static str) {
        self.wanted.entry(name).or_default().insert(way);
    }

    /// What operations want, and what that wants.
    fn structures(&mut self) -> Result<String, String> {
        let mut done: BTreeMap<&str, (BTreeSet<&str>, String)> = BTreeMap::new();
        loop {
            let left: Vec<_> = self
                .wanted
                .iter()
                .filter(|(name, uses)| done.get(*name).is_none_or(|(it, _)| it != *uses))
                .map(|(name, uses)| (*name, uses.clone()))
                .collect();
            if left.is_empty() {
                return Ok(done.into_values().map(|(_, text)| text).collect());
            }
            for (name, uses) in left {
                let text = self.structure(name, &uses)?;
                done.insert(name, (uses, text));
            }
        }
    }

    fn structure(&mut self, name: &'a str, uses: &BTreeSet<&str>) -> Result<String, String> {
        let shape = self.model.shape(name);
        let rust = rust_name(name);
        let mut fields = String::new();
        let mut methods = String::new();
        if uses.contains("read") {
            let (read_fields, reads) = self.reads(shape)?;
            fields = read_fields;
            methods += &format!("fn read(form: &mut Form<'_>) -> Self {{ Self {{ {reads} }} }}\n");
        }
        if uses.contains("write") {
            let (written_fields, writes) = self.writes(name, shape)?;
            if !fields.is_empty() && fields != written_fields {
                return Err(format!("{name} is read and written as two different structures"));
            }
            fields = written_fields;
            methods += &format!("fn write(&self, xml: &mut Writer) {{ {writes} }}\n");
        }
        let debug = self.debug(shape);
        Ok(format!(
            "/// `{name}`.
            #[derive(Clone, {debug}Default, PartialEq)]
            pub struct {rust} {{ {fields} }}

            impl {rust} {{ {methods} }}

            "
        ))
    }
}
