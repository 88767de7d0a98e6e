//! `Condition`: operators, keys, values, and whether a request meets them.
//!
//! All conditions of a statement have to hold, of the values of one condition one is enough; a
//! negated operator holds when none of them matches. Without the key a condition doesn't hold, a
//! negated one does, one with `IfExists` does. A key with several values needs `ForAllValues` (holds
//! if there are none) or `ForAnyValue` (doesn't, with `IfExists` neither: iam.cloudcopilot.io and others
//! have tried it); without either, one of its values is enough.

use crate::error::{ErrorKind, Failure, Position};
use crate::json::{Json, Member, Value};
use crate::mistakes::Mistakes;
use crate::operand::{Comparison, Operand, Relation, Truth};
use crate::variables::Keys;

/// The 27 operators: their name, what they compare, whether they are negated.
const OPERATORS: [(&str, Comparison, bool); 27] = [
    ("StringEquals", Comparison::Equals, false),
    ("StringNotEquals", Comparison::Equals, true),
    ("StringEqualsIgnoreCase", Comparison::EqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Comparison::EqualsIgnoreCase, true),
    ("StringLike", Comparison::Like, false),
    ("StringNotLike", Comparison::Like, true),
    ("NumericEquals", Comparison::Numeric(Relation::Equal), false),
    ("NumericNotEquals", Comparison::Numeric(Relation::Equal), true),
    ("NumericLessThan", Comparison::Numeric(Relation::Less), false),
    ("NumericLessThanEquals", Comparison::Numeric(Relation::LessOrEqual), false),
    ("NumericGreaterThan", Comparison::Numeric(Relation::Greater), false),
    ("NumericGreaterThanEquals", Comparison::Numeric(Relation::GreaterOrEqual), false),
    ("DateEquals", Comparison::Date(Relation::Equal), false),
    ("DateNotEquals", Comparison::Date(Relation::Equal), true),
    ("DateLessThan", Comparison::Date(Relation::Less), false),
    ("DateLessThanEquals", Comparison::Date(Relation::LessOrEqual), false),
    ("DateGreaterThan", Comparison::Date(Relation::Greater), false),
    ("DateGreaterThanEquals", Comparison::Date(Relation::GreaterOrEqual), false),
    ("Bool", Comparison::Bool, false),
    ("BinaryEquals", Comparison::Binary, false),
    ("IpAddress", Comparison::IpAddress, false),
    ("NotIpAddress", Comparison::IpAddress, true),
    ("ArnEquals", Comparison::Arn, false),
    ("ArnLike", Comparison::Arn, false),
    ("ArnNotEquals", Comparison::Arn, true),
    ("ArnNotLike", Comparison::Arn, true),
    ("Null", Comparison::Null, false),
];

/// An operator with what modifies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub comparison: Comparison,
    pub negated: bool,
    pub set: Option<Set>,
    pub if_exists: bool,
}

/// How many of a key's values have to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    All,
    Any,
}

impl Operator {
    fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match text.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Set::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Set::Any), rest),
            Some(_) => return None,
            None => (None, text),
        };
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let (_, comparison, negated) = OPERATORS.iter().find(|it| it.0 == name)?;
        // Null asks for existence itself, of the whole key.
        let alone = *comparison != Comparison::Null || !if_exists;
        alone.then_some(Self { comparison: *comparison, negated: *negated, set, if_exists })
    }
}

/// One operator on one key.
#[derive(Clone, Debug)]
pub struct Condition {
    pub(crate) operator: Operator,
    /// In lower case.
    key: Box<str>,
    pub(crate) operands: Box<[Operand]>,
    at: Position,
}

impl Condition {
    /// The key's name, in lower case.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Where its key stands.
    pub fn position(&self) -> Position {
        self.at
    }

    /// Those without a mistake.
    pub(crate) fn parse_all(value: &Value, variables: bool, mistakes: &mut Mistakes) -> Vec<Self> {
        let mut conditions = vec![];
        for member in mistakes.keep(members(value)).unwrap_or_default() {
            let operator = Operator::parse(&member.name)
                .ok_or_else(|| (ErrorKind::Operator((*member.name).into()), member.at));
            let operator = mistakes.keep(operator);
            let keys = mistakes.keep(members(&member.value)).unwrap_or_default();
            for key in keys {
                mistakes.keep(check_key(key));
                let Some(operator) = operator else { continue };
                let operands = operands(&key.value, operator.comparison, variables);
                let Some(operands) = mistakes.keep(operands) else { continue };
                let name = key.name.to_ascii_lowercase().into();
                conditions.push(Self { operator, key: name, operands, at: key.at });
            }
        }
        conditions
    }

    /// Whether the request is as the condition asks.
    pub(crate) fn holds(&self, keys: &dyn Keys) -> Truth {
        let values = keys.values(&self.key);
        let Operator { comparison, negated, set, if_exists } = self.operator;
        if self.operands.is_empty() {
            // A comparison with nothing: what the author meant can't be known.
            return if negated || set.is_some() { Truth::Unknown } else { Truth::False };
        }
        if comparison == Comparison::Null {
            let absent = values.is_empty();
            let asked = |it: &Operand| matches!(it, Operand::Bool(null) if *null == absent);
            return self.operands.iter().any(asked).into();
        }
        if values.is_empty() {
            // The qualifier goes first: `ForAnyValue` and the suffix together don't hold without the key.
            return match set {
                Some(Set::All) => true,
                Some(Set::Any) => false,
                None => negated || if_exists,
            }
            .into();
        }
        let matches = |value: &String| {
            let each = self.operands.iter().map(|it| it.compare(value, comparison, keys));
            each.max().unwrap_or(Truth::False)
        };
        let judge = |truth: Truth| if negated { !truth } else { truth };
        // "If the key values resolve to an empty data set (for example, an empty string)".
        let nothing = set.is_some() && values.iter().all(String::is_empty);
        match set {
            Some(Set::All) if nothing => Some(Truth::True),
            Some(Set::Any) if nothing => Some(Truth::False),
            Some(Set::All) => values.iter().map(|it| judge(matches(it))).min(),
            Some(Set::Any) => values.iter().map(|it| judge(matches(it))).max(),
            None => values.iter().map(matches).max().map(judge),
        }
        .unwrap_or(Truth::Unknown)
    }
}

fn members(value: &Value) -> Result<&[Member], Failure> {
    match &value.json {
        Json::Object(members) => Ok(members),
        _ => Err((ErrorKind::Type("an object"), value.at)),
    }
}

/// A key without a service is one that no request has, as on AWS.
fn check_key(key: &Member) -> Result<(), Failure> {
    let well_formed = match key.name.split_once(':') {
        Some((vendor, name)) => {
            !vendor.is_empty() && !name.is_empty() && !vendor.contains(['*', ' '])
        }
        None => !key.name.is_empty(),
    };
    match well_formed {
        true => Ok(()),
        false => Err((ErrorKind::ConditionKey((*key.name).into()), key.at)),
    }
}

fn operands(
    value: &Value,
    comparison: Comparison,
    variables: bool,
) -> Result<Box<[Operand]>, Failure> {
    let one = |it: &Value| {
        let text = match &it.json {
            Json::Text(text) | Json::Number(text) => &**text,
            Json::Bool(true) => "true",
            Json::Bool(false) => "false",
            Json::Null | Json::Array(_) | Json::Object(_) => {
                return Err((ErrorKind::Type("a string, a number or a boolean"), it.at));
            }
        };
        Operand::parse(text, comparison, variables).map_err(|kind| (kind, it.at))
    };
    match &value.json {
        Json::Array(items) => items.iter().map(one).collect(),
        _ => Ok([one(value)?].into()),
    }
}
