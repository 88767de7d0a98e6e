//! `model/operations.toml` and the models' facts, read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A service with a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Service {
    /// Amazon S3.
    S3,
    /// IAM.
    Iam,
    /// STS.
    Sts,
    /// S3 Control.
    S3Control,
}

impl Service {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 4] = [Self::S3, Self::Iam, Self::Sts, Self::S3Control];

    /// As in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Iam => "iam",
            Self::Sts => "sts",
            Self::S3Control => "s3control",
        }
    }
}

/// A row of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Filled from the array that the row stands in.
    #[serde(skip, default = "no_service")]
    pub service: Service,
    /// AWS's name.
    pub name: String,
    /// service, bucket or object.
    pub resource: String,
    /// IAM actions that are checked.
    pub actions: Vec<String>,
    /// none, if it is answered before anybody is authenticated.
    pub auth: Option<String>,
    /// The row whose old name this is.
    pub alias: Option<String>,
    /// acts, unset or not-implemented.
    pub status: String,
    /// The handler's file.
    pub handler: Option<String>,
    /// The answer's XML root.
    pub root: Option<String>,
    /// The member of the answer that S3 writes first, though the model doesn't.
    pub first: Option<String>,
}

fn no_service() -> Service {
    Service::S3
}

impl Row {
    /// Whether shapes are generated for it.
    pub fn has_shapes(&self) -> bool {
        self.status != "not-implemented"
    }

    /// Whether it has input, output and documents of its own: what is never set has none.
    pub fn is_whole(&self) -> bool {
        self.status == "acts" && self.auth.is_none()
    }

    /// Its variant of `OperationId`: names of different services may be the same.
    pub fn variant(&self) -> String {
        match self.service {
            Service::S3 => self.name.clone(),
            Service::Iam => format!("Iam{}", self.name),
            Service::Sts => format!("Sts{}", self.name),
            Service::S3Control => format!("S3Control{}", self.name),
        }
    }
}

/// Reads the table, in order, and checks it against itself.
pub fn load() -> Result<Vec<Row>, String> {
    let path = crate::root().join("model/operations.toml");
    let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
    let mut table: BTreeMap<String, Vec<Row>> =
        toml::from_str(&text).map_err(|e| format!("operations.toml: {e}"))?;
    let mut rows = Vec::new();
    for service in Service::ALL {
        for mut row in table.remove(service.name()).unwrap_or_default() {
            row.service = service;
            let known = ["acts", "unset", "not-implemented"].contains(&row.status.as_str());
            let known = known && row.auth.as_deref().is_none_or(|it| it == "none");
            if !known || (row.status != "not-implemented") != row.handler.is_some() {
                return Err(format!("operations.toml: {}: status and handler", row.name));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The facts of all services.
pub struct Models(Vec<Value>);

impl Models {
    /// Reads `model/*.json`.
    pub fn load() -> Result<Self, String> {
        let read = |service: Service| {
            let path = crate::root().join(format!("model/{}.json", service.name()));
            let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
            serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
        };
        Service::ALL.into_iter().map(read).collect::<Result<_, String>>().map(Self)
    }

    /// One service's facts.
    pub fn of(&self, service: Service) -> Model<'_> {
        let at = Service::ALL.iter().position(|it| *it == service).expect("all are there");
        Model { service, facts: &self.0[at] }
    }

    /// One operation's facts; null for a row that no model has.
    pub fn operation(&self, row: &Row) -> &Value {
        self.of(row.service).operation(&row.name)
    }
}

/// One service's facts.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    /// Whose they are.
    pub service: Service,
    facts: &'a Value,
}

impl<'a> Model<'a> {
    /// One operation's facts; null if the model doesn't have it.
    pub fn operation(self, name: &str) -> &'a Value {
        &self.facts["operations"][name]
    }

    /// A shape.
    pub fn shape(self, name: &str) -> &'a Value {
        &self.facts["shapes"][name]
    }

    /// The shape that a member, a list's item or a map's key has, and its name.
    pub fn shape_of(self, member: &'a Value) -> (&'a str, &'a Value) {
        let name = member["shape"].as_str().unwrap_or_default();
        (name, self.shape(name))
    }
}

/// A structure's members in the model's order.
pub fn members(shape: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = shape["members"].as_array().into_iter().flatten();
    all.map(|member| (member["name"].as_str().unwrap_or_default(), member))
}

/// Whether a structure's member must be there.
pub fn is_required(shape: &Value, name: &str) -> bool {
    shape["required"].as_array().is_some_and(|it| it.iter().any(|it| it == name))
}
