//! Whether a statement gives something to the public (Amazon S3 User Guide, "Blocking public access
//! to your Amazon S3 storage", "The meaning of public").
//!
//! A policy is public until it is shown to grant only to fixed values: principals, or conditions on
//! the keys below whose values have neither wildcards nor variables. Denials don't make it less so.

use crate::condition::{Condition, Set};
use crate::operand::{Comparison, Operand};
use crate::pattern::{ARN_PARTS, ActionPattern, Glob, Pattern};
use crate::principal::{PrincipalName, Principals};
use crate::statement::{Effect, Statement};

/// Keys that limit a grant when their value is fixed, in lower case.
const LIMITING_KEYS: [&str; 13] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
];
/// May have a wildcard for the access point's name, if the account is fixed.
const ACCESS_POINT_KEY: &str = "s3:dataaccesspointarn";
/// Has a value for whoever signs nothing too, `anonymous`, and that is the public ("Principal key
/// values", IAM User Guide).
const USER_ID_KEY: &str = "aws:userid";
const ANONYMOUS: &str = "anonymous";
const SOURCE_IP_KEY: &str = "aws:sourceip";
/// The widest networks that aren't the public.
const IPV4_BITS_MIN: u8 = 8;
const IPV6_BITS_MIN: u8 = 32;

/// Actions that read or write what a bucket holds (S3's API reference, `PolicyStatus`: "bad
/// actions"); those that end with `*` are prefixes. In lower case.
const BAD_ACTIONS: [&str; 6] =
    ["s3:get*", "s3:list*", "s3:abortmultipartupload", "s3:delete*", "s3:put*", "s3:restoreobject"];

/// Whether a statement of a resource policy grants to the public.
pub(crate) fn is_public(statement: &Statement) -> bool {
    statement.effect() == Effect::Allow
        && statement.principals().is_none_or(|it| !are_fixed(it))
        && reads_or_writes(statement)
        && !statement.conditions().iter().any(limits)
}

fn are_fixed(principals: &Principals) -> bool {
    // An identity provider's users are anybody who has an account there.
    let open =
        |it: &PrincipalName| matches!(it, PrincipalName::Everyone | PrincipalName::Federated(_));
    !principals.names().iter().any(|it| open(&it.name))
}

fn reads_or_writes(statement: &Statement) -> bool {
    // Everything but a few actions has bad ones in it, unless it is everything but everything.
    statement.not_actions() || statement.actions().iter().any(is_bad)
}

fn is_bad(pattern: &ActionPattern) -> bool {
    let text = pattern.as_str().to_ascii_lowercase();
    let Some(literal) = text.find(['*', '?']).map(|it| &text[..it]) else {
        return BAD_ACTIONS.iter().any(|bad| match bad.strip_suffix('*') {
            Some(prefix) => text.starts_with(prefix),
            None => text == *bad,
        });
    };
    // Behind its first wildcard a pattern may go on to any of the actions that begin so far alike.
    BAD_ACTIONS.iter().any(|bad| match bad.strip_suffix('*') {
        Some(prefix) => prefix.starts_with(literal) || literal.starts_with(prefix),
        None => bad.starts_with(literal),
    })
}

/// Whether a condition leaves only fixed requests over. One that also holds without its key
/// doesn't, nor does one that says what may not be.
fn limits(condition: &Condition) -> bool {
    let operator = condition.operator;
    if operator.negated || operator.if_exists || operator.set == Some(Set::All) {
        return false;
    }
    let each = |fixed: &dyn Fn(&Operand) -> bool| condition.operands.iter().all(fixed);
    match operator.comparison {
        Comparison::IpAddress => condition.key() == SOURCE_IP_KEY && each(&is_narrow),
        Comparison::Equals | Comparison::EqualsIgnoreCase | Comparison::Like | Comparison::Arn => {
            let fixed = |it: &Operand| match condition.key() {
                ACCESS_POINT_KEY => has_fixed_account(it),
                USER_ID_KEY => is_fixed(it) && !is_anonymous(it),
                _ => is_fixed(it),
            };
            LIMITING_KEYS.contains(&condition.key()) && each(&fixed)
        }
        Comparison::Numeric(_)
        | Comparison::Date(_)
        | Comparison::Bool
        | Comparison::Binary
        | Comparison::Null => false,
    }
}

fn is_narrow(operand: &Operand) -> bool {
    let Operand::Network(network) = operand else { return false };
    network.bits() >= if network.is_ipv4() { IPV4_BITS_MIN } else { IPV6_BITS_MIN }
}

fn is_fixed(operand: &Operand) -> bool {
    match operand {
        // Neither is a wildcard there, but nobody means the letter: AWS counts it as one.
        Operand::Text(template) | Operand::TextIgnoringCase(template) => {
            template.is_fixed() && !template.text().contains(['*', '?'])
        }
        Operand::Like(Pattern::Ready(Glob::Exact(text)))
        | Operand::Arn(Pattern::Ready(Glob::Exact(text))) => !text.contains(['*', '?']),
        _ => false,
    }
}

fn is_anonymous(operand: &Operand) -> bool {
    match operand {
        Operand::Text(template) | Operand::TextIgnoringCase(template) => {
            template.text().eq_ignore_ascii_case(ANONYMOUS)
        }
        Operand::Like(Pattern::Ready(Glob::Exact(text))) => text.eq_ignore_ascii_case(ANONYMOUS),
        _ => false,
    }
}

fn has_fixed_account(operand: &Operand) -> bool {
    let (Operand::Like(Pattern::Ready(glob)) | Operand::Arn(Pattern::Ready(glob))) = operand else {
        return is_fixed(operand);
    };
    let Glob::Prefix(prefix) = glob else { return is_fixed(operand) };
    let parts: Vec<&str> = prefix.text.splitn(ARN_PARTS, ':').collect();
    parts.len() == ARN_PARTS && parts[4].parse::<types::AccountId>().is_ok()
}
