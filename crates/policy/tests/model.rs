//! Random policies and requests against a second evaluator: slow, without compilation or shortcuts,
//! written from AWS's pages on the documents themselves.

use policy::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// A third value stands for what can't be known.
type Known = Option<bool>;

fn and(all: impl IntoIterator<Item = Known>) -> Known {
    let all: Vec<Known> = all.into_iter().collect();
    match () {
        () if all.contains(&Some(false)) => Some(false),
        () if all.contains(&None) => None,
        () => Some(true),
    }
}

fn or(all: impl IntoIterator<Item = Known>) -> Known {
    not(and(all.into_iter().map(not)))
}

fn not(it: Known) -> Known {
    it.map(|it| !it)
}

struct Asked {
    who: Requester,
    action: &'static str,
    resource: &'static str,
    keys: Vec<(String, String)>,
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        other => other.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect(),
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => (0..=text.len()).any(|at| glob(&pattern[1..], &text[at..])),
        Some('?') => !text.is_empty() && glob(&pattern[1..], &text[1..]),
        Some(STAR) => text.starts_with('*') && glob(&pattern[1..], &text[1..]),
        Some(c) => text.starts_with(c) && glob(&pattern[1..], &text[1..]),
    }
}

/// A star that a variable's value brought in: the letter, not the wildcard.
const STAR: char = '\u{1}';

impl Asked {
    fn values(&self, key: &str) -> Vec<&str> {
        let named = self.keys.iter().filter(|it| it.0.eq_ignore_ascii_case(key));
        named.map(|it| it.1.as_str()).collect()
    }

    /// These are the only variables of the generator.
    fn filled(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        let variables = [("${x:b}", None), ("${x:b, 'b'}", Some("b")), ("${x:b, 'd'}", Some("d"))];
        for (variable, default) in variables {
            if text.contains(variable) {
                let values = self.values("x:b");
                let value = if let [value] = *values { Some(value) } else { default };
                text = text.replace(variable, &value?.replace('*', &STAR.to_string()));
            }
        }
        Some(text)
    }

    fn condition(&self, operator: &str, key: &str, operands: &Value) -> Known {
        let values = self.values(key);
        let bare = operator.trim_end_matches("IfExists");
        let (set, name) = bare.split_once(':').unwrap_or(("", bare));
        let operands = strings(operands);
        if name == "Null" {
            let absent = if values.is_empty() { "true" } else { "false" };
            return Some(operands.contains(&absent));
        }
        if values.is_empty() {
            let if_exists = operator.ends_with("IfExists");
            let negated = name.contains("Not");
            return Some(set == "ForAllValues" || set.is_empty() && (negated || if_exists));
        }
        if !set.is_empty() && values.iter().all(|it| it.is_empty()) {
            return Some(set == "ForAllValues");
        }
        // "NOR" for negated operators: none of the operands matches the value.
        let positive = name.replace("Not", "");
        let none_or_one = |value: &str| {
            let one = or(operands.iter().map(|it| self.compare(&positive, value, it)));
            if name.contains("Not") { not(one) } else { one }
        };
        match set {
            "ForAllValues" => and(values.iter().map(|it| none_or_one(it))),
            "ForAnyValue" => or(values.iter().map(|it| none_or_one(it))),
            _ if name.contains("Not") => and(values.iter().map(|it| none_or_one(it))),
            _ => or(values.iter().map(|it| none_or_one(it))),
        }
    }

    fn compare(&self, operator: &str, value: &str, operand: &str) -> Known {
        let operand = self.filled(operand)?;
        let letters = operand.replace(STAR, "*");
        let numbers = || Some((value.parse::<i64>().ok()?, operand.parse::<i64>().unwrap()));
        match operator {
            "StringEquals" => Some(value == letters),
            "StringEqualsIgnoreCase" => Some(value.to_lowercase() == letters.to_lowercase()),
            "StringLike" => Some(glob(&operand, value)),
            "NumericEquals" => numbers().map(|(v, o)| v == o),
            "NumericLessThan" => numbers().map(|(v, o)| v < o),
            "NumericGreaterThanEquals" => numbers().map(|(v, o)| v >= o),
            "Bool" => ["true", "false"].contains(&value).then_some(value == operand),
            other => panic!("{other}"),
        }
    }

    fn resource(&self, statement: &Value) -> Known {
        if let Some(patterns) = statement.get("Resource") {
            // A pattern that can't be filled names nothing.
            let filled = strings(patterns).into_iter().filter_map(|it| self.filled(it));
            return Some(filled.into_iter().any(|it| glob(&it, self.resource)));
        }
        let patterns = strings(&statement["NotResource"]);
        not(or(patterns.iter().map(|it| Some(glob(&self.filled(it)?, self.resource)))))
    }

    fn applies(&self, statement: &Value) -> Known {
        let named = |element: &Value| {
            let action = self.action.to_lowercase();
            strings(element).iter().any(|it| glob(&it.to_lowercase(), &action))
        };
        let action = match statement.get("Action") {
            Some(actions) => named(actions),
            None => !named(&statement["NotAction"]),
        };
        let empty = Map::new();
        let operators = statement.get("Condition").and_then(Value::as_object).unwrap_or(&empty);
        let conditions = operators.iter().flat_map(|(operator, keys)| {
            let each = keys.as_object().unwrap().iter();
            each.map(|(key, operands)| self.condition(operator, key, operands)).collect::<Vec<_>>()
        });
        and([Some(action), self.resource(statement)].into_iter().chain(conditions))
    }

    /// Every name that the requester goes by, and how strong a grant to it is.
    fn names(&self) -> Vec<(String, u8)> {
        let root = |id: &types::AccountId| (format!("arn:aws:iam::{id}:root"), 1);
        match &self.who {
            Requester::Anonymous => vec![],
            Requester::Root { account } => vec![root(account)],
            Requester::User { account, arn, .. } => vec![root(account), (arn.clone(), 3)],
            Requester::RoleSession { account, arn, role_arn, .. } => {
                vec![root(account), (role_arn.clone(), 2), (arn.clone(), 3)]
            }
            other => panic!("{other:?}"),
        }
    }

    fn principal(&self, statement: &Value) -> u8 {
        let listed = |element: &Value| match element {
            Value::String(_) => vec!["*".to_owned()],
            map => strings(&map["AWS"]).into_iter().map(str::to_owned).collect(),
        };
        let strength = |name: &String| match name.as_str() {
            "*" => 3,
            name => self.names().iter().find(|it| it.0 == name).map_or(0, |it| it.1),
        };
        if let Some(element) = statement.get("Principal") {
            return listed(element).iter().map(strength).max().unwrap();
        }
        let listed = listed(&statement["NotPrincipal"]);
        let everyone = listed.contains(&"*".to_owned());
        let spared =
            self.names().iter().all(|it| listed.contains(&it.0)) && !self.names().is_empty();
        if everyone || spared { 0 } else { 3 }
    }

    fn allows(&self, document: &Value) -> bool {
        let allow = |it: &Value| it["Effect"] == "Allow" && self.applies(it) == Some(true);
        statements(document).iter().any(allow)
    }

    fn granted(&self, document: &Value) -> u8 {
        let grants = statements(document).iter().filter(|it| it["Effect"] == "Allow");
        let grants = grants.filter(|it| self.applies(it) == Some(true));
        grants.map(|it| self.principal(it)).max().unwrap_or(0)
    }
}

fn statements(document: &Value) -> &Vec<Value> {
    document["Statement"].as_array().unwrap()
}

#[derive(Debug)]
struct Documents {
    identity: Vec<Value>,
    resource: Option<Value>,
    boundary: Option<Value>,
    session: Vec<Value>,
}

fn slowly(asked: &Asked, documents: &Documents, owner: types::AccountId) -> bool {
    let root = matches!(asked.who, Requester::Root { .. });
    let same = asked.who.account() == Some(owner);
    let Documents { identity, resource, boundary, session } = documents;
    if denied_by(asked, documents).is_some() {
        return false;
    }
    let granted = resource.as_ref().map_or(0, |it| asked.granted(it));
    let mine = root || identity.iter().any(|it| asked.allows(it));
    let within = boundary.iter().all(|it| asked.allows(it))
        && (session.is_empty() || session.iter().any(|it| asked.allows(it)));
    match (asked.who.account().is_some(), same) {
        (false, _) => granted > 0,
        (true, false) => granted > 0 && mine && within,
        (true, true) => granted == 3 || (granted == 2 || mine) && within,
    }
}

/// A policy, by number, and the statement in it.
type Place = (usize, usize);

impl Documents {
    /// In the order in which they decide.
    fn by_type(&self) -> [(PolicyType, Vec<&Value>); 4] {
        [
            (PolicyType::Resource, self.resource.iter().collect()),
            (PolicyType::Identity, self.identity.iter().collect()),
            (PolicyType::Boundary, self.boundary.iter().collect()),
            (PolicyType::Session, self.session.iter().collect()),
        ]
    }
}

/// Every statement of the policies of one type.
fn places<'a>(policies: &[&'a Value]) -> Vec<(Place, &'a Value)> {
    let of = |(policy, document): (usize, &&'a Value)| {
        let all = statements(document).iter().enumerate();
        all.map(move |(at, it)| ((policy, at), it)).collect::<Vec<_>>()
    };
    policies.iter().enumerate().flat_map(of).collect()
}

/// Which statement denies: the first one of the first type.
fn denied_by(asked: &Asked, documents: &Documents) -> Option<(PolicyType, Place)> {
    documents.by_type().into_iter().find_map(|(of, policies)| {
        let first = places(&policies).into_iter().find(|(_, it)| {
            let bounded = documents.boundary.is_some() && it.get("NotPrincipal").is_some();
            let concerned = of != PolicyType::Resource || bounded || asked.principal(it) > 0;
            it["Effect"] == "Deny" && concerned && asked.applies(it) != Some(false)
        });
        first.map(|(place, _)| (of, place))
    })
}

/// Which statement of a type allows: the first one, among those of a resource's policy the first of
/// the strongest.
fn allowed_by(asked: &Asked, of: PolicyType, policies: &[&Value]) -> Option<Place> {
    let strength = |it: &Value| match of {
        PolicyType::Resource => asked.principal(it),
        _ => 1,
    };
    let allows = places(policies).into_iter().filter(|(_, it)| {
        it["Effect"] == "Allow" && strength(it) > 0 && asked.applies(it) == Some(true)
    });
    allows.rev().max_by_key(|(_, it)| strength(it)).map(|(place, _)| place)
}

fn place(found: &Found<'_>) -> Place {
    (found.attached.name.parse().unwrap(), found.statement.index())
}

const OWNER: &str = "111111111111";
const ACTIONS: [&str; 3] = ["s3:GetObject", "s3:PutObject", "iam:GetUser"];
const RESOURCES: [&str; 4] =
    ["arn:aws:s3:::b/k", "arn:aws:s3:::b/1", "arn:aws:s3:::b", "arn:aws:iam::111111111111:user/u"];

fn requesters() -> Vec<Requester> {
    let mut all = vec![Requester::Anonymous];
    for id in [OWNER, "222222222222"] {
        let account = id.parse().unwrap();
        all.push(Requester::Root { account });
        all.push(Requester::User {
            account,
            arn: format!("arn:aws:iam::{id}:user/u"),
            id: format!("AIDA{id}"),
        });
        all.push(Requester::RoleSession {
            account,
            arn: format!("arn:aws:sts::{id}:assumed-role/r/s"),
            role_arn: format!("arn:aws:iam::{id}:role/r"),
            role_id: format!("AROA{id}"),
        });
    }
    all
}

fn some_of(all: &'static [&'static str], most: usize) -> impl Strategy<Value = Value> {
    subsequence(all, 1..=most).prop_map(|mut it| match it.len() {
        1 => json!(it.pop().unwrap()),
        _ => json!(it),
    })
}

fn conditions() -> impl Strategy<Value = Value> {
    let text = ["StringEquals", "StringEqualsIgnoreCase", "StringLike"];
    let operator = |names: Vec<String>| {
        let set = select(vec!["", "", "ForAllValues:", "ForAnyValue:"]);
        (set, select(names), select(vec!["", "", "IfExists"]))
            .prop_map(|(set, name, if_exists)| format!("{set}{name}{if_exists}"))
    };
    let both = |names: &[&str]| -> Vec<String> {
        let negated = names
            .iter()
            .map(|it| it.replace("String", "StringNot").replace("NumericE", "NumericNotE"));
        names.iter().map(|it| (*it).to_owned()).chain(negated).collect()
    };
    const TEXTS: &[&str] = &["", "a", "A", "1", "a*", "?", "${x:b}", "${x:b, 'd'}*"];
    let numeric = both(&["NumericEquals", "NumericLessThan", "NumericGreaterThanEquals"]);
    let key = select(vec!["x:a", "X:B", "x:c"]);
    let one = prop_oneof![
        (operator(both(&text)), key.clone(), some_of(TEXTS, 3)),
        (operator(numeric), key.clone(), some_of(&["1", "2"], 2)),
        (operator(vec!["Bool".to_owned()]), key.clone(), some_of(&["true", "false"], 1)),
        (Just("Null".to_owned()), key, some_of(&["true", "false"], 2)),
    ];
    proptest::collection::vec(one, 0..3).prop_map(|all| {
        let mut condition = Map::new();
        for (operator, key, operands) in all {
            let keys = condition.entry(operator).or_insert_with(|| json!({}));
            keys[key] = operands;
        }
        Value::Object(condition)
    })
}

fn documents(resource: bool) -> impl Strategy<Value = Value> {
    const PRINCIPALS: &[&str] = &[
        "*",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::222222222222:root",
        "arn:aws:iam::111111111111:user/u",
        "arn:aws:iam::222222222222:user/u",
        "arn:aws:iam::111111111111:role/r",
        "arn:aws:sts::111111111111:assumed-role/r/s",
    ];
    let statement = (
        select(vec!["Allow", "Allow", "Deny"]),
        (select(vec!["Principal", "Principal", "NotPrincipal"]), some_of(PRINCIPALS, 4)),
        (
            select(vec!["Action", "Action", "NotAction"]),
            some_of(&["*", "s3:*", "S3:getobject", "s3:G*", "s3:Pu?Object", "iam:*User"], 2),
        ),
        (
            select(vec!["Resource", "Resource", "NotResource"]),
            some_of(
                &[
                    "*",
                    "arn:aws:s3:::b",
                    "arn:aws:s3:::b/*",
                    "arn:aws:s3:::b*",
                    "arn:aws:s3:::c/*",
                    "arn:aws:s3:::?/k",
                    "arn:aws:s3:::b/${x:b}",
                    "arn:aws:s3:::${x:b, 'b'}/*",
                    "arn:aws:s3:::b/?${x:b}*",
                    "arn:aws:iam::111111111111:user/*",
                ],
                3,
            ),
        ),
        conditions(),
        any::<bool>(),
    );
    let statement = statement.prop_map(
        move |(effect, (principal, who), (action, what), (on, whereon), conditions, wide)| {
            // Half of the allowing statements allow all: what is allowed twice is worth a look.
            let wide = wide && effect == "Allow";
            let mut statement = match wide {
                true => json!({"Effect": effect, "Action": "*", "Resource": "*"}),
                false => json!({"Effect": effect, action: what, on: whereon}),
            };
            if resource {
                let principal = if effect == "Allow" { "Principal" } else { principal };
                statement[principal] = json!({"AWS": who});
            }
            if !wide && !conditions.as_object().unwrap().is_empty() {
                statement["Condition"] = conditions;
            }
            statement
        },
    );
    proptest::collection::vec(statement, 1..6)
        .prop_map(|all| json!({"Version": "2012-10-17", "Statement": all}))
}

fn asked() -> impl Strategy<Value = Asked> {
    let key = (select(vec!["x:a", "x:b"]), select(vec!["", "a", "1", "k", "*", "true"]));
    (
        select(requesters()),
        select(&ACTIONS[..]),
        select(&RESOURCES[..]),
        proptest::collection::vec(key, 0..4),
    )
        .prop_map(|(who, action, resource, keys)| {
            let keys = keys.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
            Asked { who, action, resource, keys }
        })
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {} {} {:?}", self.who, self.action, self.resource, self.keys)
    }
}

fn parsed(document: &Value, kind: PolicyKind) -> Policy {
    let text = serde_json::to_string_pretty(document).unwrap();
    Policy::parse(text.as_bytes(), kind).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

/// `PROPTEST_CASES=100000` tries more.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(1500), ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn both_evaluators_decide_alike(
        asked in asked(),
        identity in proptest::collection::vec(documents(false), 0..3),
        resource in proptest::option::of(documents(true)),
        boundary in proptest::option::weighted(0.3, documents(false)),
        session in proptest::collection::vec(documents(false), 0..2),
    ) {
        let owner = OWNER.parse().unwrap();
        let documents = Documents { identity, resource, boundary, session };
        let one = |it: &Value| parsed(it, PolicyKind::Identity);
        let identity: Vec<Policy> = documents.identity.iter().map(one).collect();
        let session: Vec<Policy> = documents.session.iter().map(one).collect();
        let boundary = documents.boundary.as_ref().map(one);
        let resource = documents.resource.as_ref().map(|it| parsed(it, PolicyKind::Resource));
        let held = |(number, policy): (usize, Policy)| {
            Held { name: number.to_string().into(), policy: policy.into() }
        };
        let boundary = boundary.map(|it| held((0, it)));
        let numbered = |all: Vec<Policy>| all.into_iter().enumerate().map(held).collect::<Vec<_>>();
        let policies = Policies {
            identity: &numbered(identity),
            resource: resource.as_ref().map(|policy| Attached { name: "0", policy }),
            boundary: boundary.as_ref(),
            session: &numbered(session),
            restrict_public_buckets: false,
        };
        let context = Context {
            requester: &asked.who,
            canonical_user: None,
            action: asked.action,
            resource: asked.resource,
            owner,
            keys: &asked.keys,
        };
        let decision = evaluate(&context, &policies);
        prop_assert_eq!(
            decision.effect == Effect::Allow,
            slowly(&asked, &documents, owner),
            "{:?} {:?}", asked, documents
        );
        // A denial that can be explained is; nothing else is.
        let explained = denial(&context, &decision.because, Quoting::Quoted).is_some();
        let own = asked.who.account() == Some(owner);
        prop_assert_eq!(explained, own && decision.effect == Effect::Deny);
        // The statements that decided are those that come first.
        let because = &decision.because;
        let denied = denied_by(&asked, &documents);
        let is_denied = because.denied_by.map(|it| (it.policy_type, place(&it)));
        prop_assert_eq!(is_denied, denied, "{:?} {:?}", asked, documents);
        for (of, policies) in documents.by_type() {
            if denied.is_none() {
                let allowed = because.allowed_by(of).map(place);
                prop_assert_eq!(allowed, allowed_by(&asked, of, &policies), "{:?}", documents);
            }
        }
    }

    #[test]
    fn any_bytes_are_a_policy_or_an_error(
        document in documents(true),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = serde_json::to_vec_pretty(&document).unwrap();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if changes.len() == 5 {
            bytes.truncate(cut.index(bytes.len()));
        }
        for kind in [PolicyKind::Identity, PolicyKind::Resource] {
            match Policy::parse(&bytes, kind) {
                Ok(policy) => {
                    prop_assert!(serde_json::from_slice::<Value>(&bytes).is_ok());
                    prop_assert!(!policy.statements().is_empty());
                }
                Err(error) => {
                    let lines = bytes.split(|it| *it == b'\n').count();
                    prop_assert!((1..=lines).contains(&(error.at.line as usize)), "{error}");
                    prop_assert!(!error.iam_message().is_empty() && !error.s3_message().is_empty());
                }
            }
        }
    }

    #[test]
    fn arbitrary_bytes_too(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = Policy::parse(&bytes, PolicyKind::Identity);
        let _ = Policy::parse(&bytes, PolicyKind::Resource);
    }
}
