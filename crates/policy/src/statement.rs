//! One statement: to whom it does what, with which actions, on which resources, when.

use std::collections::HashMap;

use crate::condition::Condition;
use crate::document::PolicyKind;
use crate::error::{ErrorKind, Failure, Position};
use crate::gate::Gate;
use crate::json::{Json, Member, Value};
use crate::mistakes::Mistakes;
use crate::operand::{Operand, Truth};
use crate::pattern::{Action, ActionPattern, ResourcePattern};
use crate::principal::{Named, PrincipalName, Principals};
use crate::variables::{Keys, Template};

/// What a statement, or a decision, comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The request may be done.
    Allow,
    /// It may not.
    Deny,
}

/// One statement of a policy.
#[derive(Clone, Debug)]
pub struct Statement {
    effect: Effect,
    not_actions: bool,
    not_resources: bool,
    actions: Box<[ActionPattern]>,
    resources: Box<[ResourcePattern]>,
    conditions: Box<[Condition]>,
    principals: Option<Principals>,
    sid: Option<Box<str>>,
    index: usize,
    at: Position,
}

impl Statement {
    /// What it comes to when it applies.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Its `Sid`; not one that is empty.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Which of its policy's statements it is, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Where it begins.
    pub fn position(&self) -> Position {
        self.at
    }

    /// What stands in `Action` or `NotAction`.
    pub fn actions(&self) -> &[ActionPattern] {
        &self.actions
    }

    /// Whether it is `NotAction`.
    pub fn not_actions(&self) -> bool {
        self.not_actions
    }

    /// What stands in `Resource` or `NotResource`.
    pub fn resources(&self) -> &[ResourcePattern] {
        &self.resources
    }

    /// Whether it is `NotResource`.
    pub fn not_resources(&self) -> bool {
        self.not_resources
    }

    /// What stands in `Condition`, an entry for every operator and key.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What stands in `Principal` or `NotPrincipal`: always there in a resource policy, never in an
    /// identity policy.
    pub fn principals(&self) -> Option<&Principals> {
        self.principals.as_ref()
    }

    /// The keys that its conditions and variables ask for, in lower case, some of them twice.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let conditions = self.conditions.iter();
        let operands = conditions.clone().flat_map(|it| it.operands.iter());
        let templates = operands.filter_map(Operand::template);
        let templates =
            templates.chain(self.resources.iter().filter_map(ResourcePattern::template));
        conditions.map(Condition::key).chain(templates.flat_map(Template::keys))
    }

    /// What it can bear on.
    pub(crate) fn gate(&self) -> Gate {
        let actions = (&*self.actions, self.not_actions);
        Gate::of_statement(actions, (&self.resources, self.not_resources))
    }

    /// Whether action, resource and conditions are those of the request.
    pub(crate) fn applies(&self, action: &Action, resource: &str, keys: &dyn Keys) -> Truth {
        let named = self.actions.iter().any(|it| it.matches(action));
        if named == self.not_actions {
            return Truth::False;
        }
        let mut truth = self.covers(resource, keys);
        for condition in &self.conditions {
            if truth == Truth::False {
                break;
            }
            truth = truth.min(condition.holds(keys));
        }
        truth
    }

    /// A pattern whose variable can't be filled names no resource. What then isn't covered by a
    /// `NotResource` can't be known.
    fn covers(&self, resource: &str, keys: &dyn Keys) -> Truth {
        let mut unfilled = false;
        for pattern in &self.resources {
            match pattern.matches(resource, keys) {
                Some(true) => return (!self.not_resources).into(),
                Some(false) => {}
                None => unfilled = true,
            }
        }
        match self.not_resources {
            true if unfilled => Truth::Unknown,
            not => not.into(),
        }
    }

    /// None if there is a mistake in it.
    pub(crate) fn parse(
        value: &Value,
        setting: &Setting,
        index: usize,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let members = match &value.json {
            Json::Object(members) => Ok(members),
            _ => Err((ErrorKind::Type("an object"), value.at)),
        };
        let members = mistakes.keep(members)?;
        let elements: HashMap<&str, &Member> = members.iter().map(|it| (&*it.name, it)).collect();
        if let Some(member) = members.iter().find(|it| !ELEMENTS.contains(&&*it.name)) {
            let unknown = ErrorKind::UnknownElement((*member.name).into());
            mistakes.keep::<()>(Err((unknown, member.at)));
        }
        let either =
            |name: &'static str, not: &'static str| match (elements.get(name), elements.get(not)) {
                (Some(_), Some(other)) => Err((ErrorKind::Exclusive(name), other.at)),
                (None, None) => Ok(None),
                (Some(it), None) => Ok(Some((*it, name, false))),
                (None, Some(it)) => Ok(Some((*it, not, true))),
            };
        let missing = |name| (ErrorKind::Missing(name), value.at);
        let effect = mistakes.keep(elements.get("Effect").ok_or(missing("Effect")));
        let principals = mistakes.keep(either("Principal", "NotPrincipal")).flatten();
        let principals = mistakes.keep(match (setting.kind, principals) {
            (PolicyKind::Identity, Some((member, ..))) => {
                Err((ErrorKind::UnexpectedPrincipal, member.at))
            }
            (PolicyKind::Resource, None) => Err(missing("Principal")),
            (_, it) => it.map(|(member, _, not)| principals_of(&member.value, not)).transpose(),
        });
        let effect = effect.and_then(|it| mistakes.keep(effect_of(&it.value)));
        // "Using it with Allow is not supported" (IAM User Guide, "NotPrincipal"): it would open to
        // everybody whom nobody thought of.
        let not = elements.get("NotPrincipal").filter(|_| effect == Some(Effect::Allow));
        mistakes.keep(not.map_or(Ok(()), |not| Err((ErrorKind::AllowNotPrincipal, not.at))));
        let actions = either("Action", "NotAction").and_then(|it| it.ok_or(missing("Action")));
        let actions = mistakes.keep(actions).and_then(|(member, name, not)| {
            Some((list(&member.value, name, ActionPattern::parse, mistakes)?, not))
        });
        let variables = setting.variables;
        let resource = |text: &str, at| ResourcePattern::parse(text, variables, at);
        let resources = either("Resource", "NotResource");
        let resources = resources.and_then(|it| it.ok_or(missing("Resource")));
        let resources = mistakes.keep(resources).and_then(|(member, name, not)| {
            Some((list(&member.value, name, resource, mistakes)?, not))
        });
        let conditions = elements.get("Condition");
        let conditions = conditions.map(|it| Condition::parse_all(&it.value, variables, mistakes));
        let sid = elements.get("Sid").map(|it| sid_of(&it.value, setting)).transpose();
        let sid = mistakes.keep(sid).flatten().flatten();
        let (actions, not_actions) = actions?;
        let (resources, not_resources) = resources?;
        Some(Self {
            effect: effect?,
            not_actions,
            not_resources,
            actions,
            resources,
            conditions: conditions.unwrap_or_default().into(),
            principals: principals?,
            sid,
            index,
            at: value.at,
        })
    }
}

/// What a document says about all of its statements.
pub(crate) struct Setting {
    pub kind: PolicyKind,
    pub variables: bool,
}

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

pub(crate) fn text_of(value: &Value) -> Result<&str, Failure> {
    match &value.json {
        Json::Text(text) => Ok(text),
        _ => Err((ErrorKind::Type("a string"), value.at)),
    }
}

fn effect_of(value: &Value) -> Result<Effect, Failure> {
    match text_of(value)? {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        other => Err((ErrorKind::Effect(other.into()), value.at)),
    }
}

fn sid_of(value: &Value, setting: &Setting) -> Result<Option<Box<str>>, Failure> {
    let sid = text_of(value)?;
    let letters = sid.bytes().all(|it| it.is_ascii_alphanumeric());
    if setting.kind == PolicyKind::Identity && !letters {
        return Err((ErrorKind::Sid(sid.into()), value.at));
    }
    Ok((!sid.is_empty()).then(|| sid.into()))
}

/// One string or a list of them, not empty; none if there is a mistake in it.
fn list<T>(
    value: &Value,
    name: &'static str,
    parse: impl Fn(&str, Position) -> Result<T, ErrorKind>,
    mistakes: &mut Mistakes,
) -> Option<Box<[T]>> {
    let items = match &value.json {
        Json::Text(_) => Ok(std::slice::from_ref(value)),
        Json::Array(items) if items.is_empty() => Err((ErrorKind::Empty(name), value.at)),
        Json::Array(items) => Ok(&**items),
        _ => Err((ErrorKind::Type("a string or a list of strings"), value.at)),
    };
    let items = mistakes.keep(items)?;
    let texts = items.iter().filter_map(|it| Some((mistakes.keep(text_of(it))?, it)));
    let texts: Vec<_> = texts.collect();
    // IAM looks behind an item whose form is wrong for nothing but syntax.
    let one = |(text, it): (&str, &Value)| parse(text, it.at).map_err(|kind| (kind, it.at));
    let whole = texts.len() == items.len();
    let read = texts.into_iter().map(one).collect::<Result<Vec<_>, _>>();
    mistakes.keep(read).filter(|_| whole).map(Into::into)
}

fn principals_of(value: &Value, negated: bool) -> Result<Principals, Failure> {
    let named = |name, it: &Value| Named { name, at: it.at, span: it.span.clone() };
    let mut names = vec![];
    match &value.json {
        Json::Text(text) if **text == *"*" => names.push(named(PrincipalName::Everyone, value)),
        Json::Text(text) => return Err((ErrorKind::Principal((**text).into()), value.at)),
        Json::Object(types) => {
            for member in types {
                let one = |it: &Value| {
                    let name = PrincipalName::parse(&member.name, text_of(it)?);
                    name.map(|name| named(name, it)).map_err(|kind| match kind {
                        ErrorKind::PrincipalType(_) => (kind, member.at),
                        kind => (kind, it.at),
                    })
                };
                match &member.value.json {
                    Json::Array(items) => {
                        names.extend(items.iter().map(one).collect::<Result<Vec<_>, _>>()?);
                    }
                    _ => names.push(one(&member.value)?),
                }
            }
        }
        _ => return Err((ErrorKind::Type("* or an object"), value.at)),
    }
    if names.is_empty() {
        return Err((ErrorKind::Empty("Principal"), value.at));
    }
    Ok(Principals { negated, names: names.into() })
}
