//! `cargo xtask model DIR`: cuts the AWS service models of an unpacked botocore down to facts.
//!
//! Kept: each operation's method, URI and shapes, and of the shapes those that rows which act need;
//! members in the model's order, which is the order in which AWS writes them. Left out: all prose,
//! examples, endpoints, traits of clients.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::generate::rows::{self, Service};

/// Rewrites `model/*.json`.
pub fn cut(botocore: &Path) -> Outcome {
    let rows = rows::load()?;
    for service in Service::ALL {
        let folder = botocore.join("botocore/data").join(service.name());
        let (model, orders) = newest(&folder)?;
        let acting: BTreeSet<&str> = rows
            .iter()
            .filter(|row| row.service == service && row.has_shapes())
            .map(|row| row.name.as_str())
            .collect();
        let cut = cut_model(&model, &orders, &acting);
        let path = crate::root().join(format!("model/{}.json", service.name()));
        std::fs::write(&path, by_line(&cut)).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// In which order a structure's members stand: `Value` sorts them.
#[derive(serde::Deserialize)]
struct Orders {
    shapes: BTreeMap<String, MembersOrder>,
}

#[derive(serde::Deserialize)]
struct MembersOrder {
    #[serde(default)]
    members: Names,
}

/// The names of a JSON object, in their order.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Names;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Names, M::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

fn newest(folder: &Path) -> Result<(Value, Orders), String> {
    let wrong = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut versions = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        versions.push(entry.map_err(wrong)?.path());
    }
    versions.sort();
    let file = versions.pop().ok_or("no version of the model")?.join("service-2.json.gz");
    let unpacked = std::process::Command::new("gzip")
        .args(["-dc".as_ref(), file.as_os_str()])
        .output()
        .map_err(|e| e.to_string())?;
    let wrong = |e: serde_json::Error| format!("{}: {e}", file.display());
    let model = serde_json::from_slice(&unpacked.stdout).map_err(wrong)?;
    Ok((model, serde_json::from_slice(&unpacked.stdout).map_err(wrong)?))
}

fn cut_model(model: &Value, orders: &Orders, acting: &BTreeSet<&str>) -> Value {
    let mut operations = Map::new();
    let mut wanted = Vec::new();
    for (name, operation) in model["operations"].as_object().into_iter().flatten() {
        let input = operation["input"]["shape"].as_str();
        let output = operation["output"]["shape"].as_str();
        let mut kept = json!({
            "method": operation["http"]["method"],
            "uri": operation["http"]["requestUri"],
        });
        kept["needs"] = needed_members(model, input);
        if acting.contains(name.as_str()) {
            for (key, shape) in [("input", input), ("output", output)] {
                if let Some(shape) = shape {
                    kept[key] = shape.into();
                    wanted.push(shape.to_owned());
                }
            }
            // The element that an AWS Query answer's members stand in.
            if let Some(wrapper) = operation["output"].get("resultWrapper") {
                kept["result"] = wrapper.clone();
            }
        }
        operations.insert(name.clone(), kept);
    }
    let mut shapes = Map::new();
    while let Some(name) = wanted.pop() {
        if shapes.contains_key(&name) {
            continue;
        }
        let order = orders.shapes.get(&name).map(|it| it.members.0.as_slice()).unwrap_or_default();
        let shape = cut_shape(&model["shapes"][&name], order);
        for member in shape["members"].as_array().into_iter().flatten() {
            wanted.extend(member["shape"].as_str().map(String::from));
        }
        for key in ["member", "key", "value"] {
            wanted.extend(shape[key]["shape"].as_str().map(String::from));
        }
        shapes.insert(name, shape);
    }
    json!({
        "apiVersion": model["metadata"]["apiVersion"],
        "operations": operations,
        "shapes": shapes,
    })
}

/// The required query parameters and headers: they tell operations of one URI apart.
fn needed_members(model: &Value, input: Option<&str>) -> Value {
    let mut needed = Vec::new();
    let shape = &model["shapes"][input.unwrap_or_default()];
    for name in shape["required"].as_array().into_iter().flatten() {
        let member = &shape["members"][name.as_str().unwrap_or_default()];
        let place = member["location"].as_str().unwrap_or_default();
        if let ("querystring" | "header", Some(name)) = (place, member["locationName"].as_str()) {
            needed.push(format!(
                "{place}:{}",
                if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() }
            ));
        }
    }
    needed.into()
}

/// A shape's facts, its members in an array in this order, each with its name.
fn cut_shape(shape: &Value, order: &[String]) -> Value {
    const KEPT: [&str; 19] = [
        "type",
        "member",
        "key",
        "value",
        "required",
        "shape",
        "location",
        "locationName",
        "flattened",
        "payload",
        "streaming",
        "timestampFormat",
        "enum",
        "min",
        "max",
        "pattern",
        "sensitive",
        "xmlAttribute",
        "exception",
    ];
    let Value::Object(map) = shape else { return shape.clone() };
    let mut cut: Map<String, Value> = map
        .iter()
        .filter(|(name, _)| KEPT.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), cut_shape(value, &[])))
        .collect();
    if map.contains_key("members") {
        let named = |name: &String| {
            let mut member = cut_shape(&map["members"][name], &[]);
            member["name"] = name.clone().into();
            member
        };
        cut.insert("members".into(), order.iter().map(named).collect());
    }
    cut.into()
}

/// One operation and one shape a line, so that differences read well.
fn by_line(model: &Value) -> String {
    let mut text = format!("{{\n\"apiVersion\": {},\n", model["apiVersion"]);
    for (index, section) in ["operations", "shapes"].into_iter().enumerate() {
        text += &format!("\"{section}\": {{\n");
        let entries: Vec<String> = model[section]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("  \"{name}\": {value}"))
            .collect();
        text += &entries.join(",\n");
        text += if index == 0 { "\n},\n" } else { "\n}\n" };
    }
    text + "}\n"
}
