//! What was decided, as the audit record has it: asked what, by which statement of which policy, where
//! that stands, and what the request said of itself where policies asked.

use std::cell::RefCell;
use std::collections::BTreeMap;

use policy::{Because, Context, Decision, Found, Keys, Policies, Reason, evaluate};
use serde_json::{Value, json};

/// Notes what is asked for.
struct Noted<'a> {
    keys: &'a dyn Keys,
    seen: RefCell<BTreeMap<String, Vec<String>>>,
}

impl Keys for Noted<'_> {
    fn values(&self, key: &str) -> Vec<String> {
        let values = self.keys.values(key);
        self.seen.borrow_mut().insert(key.to_owned(), values.clone());
        values
    }
}

/// Of what was allowed.
pub(crate) fn allowed(context: &Context<'_>, decision: &Decision<'_>) -> Value {
    let by = match decision.because.reason {
        Reason::Allowed(of) => decision.because.allowed_by(of),
        _ => None,
    };
    written(context, &decision.because, ("Allow", by))
}

/// Of what wasn't: it is decided once more, to note what the policies ask for.
pub(crate) fn denied(context: &Context<'_>, policies: &Policies<'_>) -> Value {
    let noted = Noted { keys: context.keys, seen: RefCell::default() };
    let because = evaluate(&Context { keys: &noted, ..*context }, policies).because;
    let mut value = written(context, &because, ("Deny", because.denied_by.as_ref()));
    value["context"] = json!(noted.seen.into_inner());
    value
}

/// Of what no policy decided.
pub(crate) fn blocked(context: &Context<'_>, because: &Because<'_>) -> Value {
    written(context, because, ("Deny", None))
}

fn written(
    context: &Context<'_>,
    because: &Because<'_>,
    (effect, by): (&str, Option<&Found<'_>>),
) -> Value {
    let mut value = json!({
        "action": context.action,
        "resource": context.resource,
        "effect": effect,
        "reason": reason(because.reason),
    });
    if let Some(found) = by {
        let at = found.statement.position();
        let mut statement = json!({
            "policy": found.attached.name,
            "policyType": found.policy_type.name(),
            "index": found.statement.index(),
            "line": at.line,
            "column": at.column,
            "certain": found.certain,
        });
        if let Some(sid) = found.statement.sid() {
            statement["sid"] = sid.into();
        }
        value["statement"] = statement;
    }
    value
}

fn reason(reason: Reason) -> String {
    match reason {
        Reason::Allowed(of) => format!("by {}", of.with_article()),
        Reason::Root => "root may do everything in its account".into(),
        Reason::ExplicitDeny(of) => format!("with an explicit deny in {}", of.with_article()),
        Reason::NotAllowed(of) => format!("because no {} allows it", of.name()),
        Reason::RestrictPublicBuckets => {
            "by RestrictPublicBuckets of S3 Block Public Access: the bucket's policy is public"
                .into()
        }
        Reason::BlockPublicPolicy => {
            "by BlockPublicPolicy of S3 Block Public Access: the policy is public".into()
        }
        Reason::BlockPublicAcls => {
            "by BlockPublicAcls of S3 Block Public Access: the ACL is public".into()
        }
    }
}
