//! What a statement can bear on at all, as one word of bits: a decision over many statements looks
//! closely at few of them.
//!
//! Actions and resources are told apart by how they begin: the service, the service and the action's
//! first letter, and the ARN up to its first slash, which for Amazon S3 is the bucket. Each is a bit
//! in a field of its own; beginnings may share one. A request has one bit in each field, a statement
//! those of all that it may match: where one of the request's is missing, the statement can't match,
//! whatever variables stand for. What passes is judged as if there were no gates.

use std::ops::BitOr as _;

use crate::pattern::{ActionPattern, ResourcePattern};

const SERVICES: Field = Field { first: 0, bits: 8 };
const LETTERS: Field = Field { first: 8, bits: 16 };
const STEMS: Field = Field { first: 24, bits: 40 };

/// Bits that stand for one kind of beginnings.
struct Field {
    first: u64,
    bits: u64,
}

impl Field {
    fn all(&self) -> u64 {
        ((1 << self.bits) - 1) << self.first
    }

    /// By FNV-1a, and a multiplication that spreads what short texts differ in.
    fn bit(&self, beginning: &str) -> u64 {
        let hash = beginning.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        1 << (self.first + (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 36) % self.bits)
    }
}

/// Bits of a statement or of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate(u64);

impl Gate {
    /// Of a request; its action in lower case.
    pub fn of_request(action: &str, resource: &str) -> Self {
        Self(of_action(action, true) | STEMS.bit(stem(resource).unwrap_or(resource)))
    }

    /// Of a statement with these elements, or their negations.
    pub fn of_statement(
        (actions, not_actions): (&[ActionPattern], bool),
        (resources, not_resources): (&[ResourcePattern], bool),
    ) -> Self {
        let actions = actions.iter().map(|pattern| {
            let (beginning, is_whole) = pattern.beginning();
            of_action(&beginning, is_whole)
        });
        let resources = resources.iter().map(|pattern| {
            let (beginning, is_whole) = pattern.beginning();
            match stem(&beginning).or(is_whole.then_some(&beginning)) {
                Some(stem) => STEMS.bit(stem),
                None => STEMS.all(),
            }
        });
        let actions = match not_actions {
            true => SERVICES.all() | LETTERS.all(),
            false => actions.fold(0, u64::bitor),
        };
        let resources = match not_resources {
            true => STEMS.all(),
            false => resources.fold(0, u64::bitor),
        };
        Self(actions | resources)
    }

    /// Whether a statement may bear on a request.
    pub fn admits(self, request: Self) -> bool {
        self.0 & request.0 == request.0
    }
}

/// Of an action, or of how one begins.
fn of_action(beginning: &str, is_whole: bool) -> u64 {
    let service = beginning.split_once(':').map(|it| it.0);
    let letter = service.and_then(|it| beginning.get(..it.len() + 2));
    let bit = |field: Field, of: Option<&str>| match of.or(is_whole.then_some(beginning)) {
        Some(of) => field.bit(of),
        None => field.all(),
    };
    bit(SERVICES, service) | bit(LETTERS, letter)
}

/// What stands before the first slash.
fn stem(resource: &str) -> Option<&str> {
    resource.split_once('/').map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Position;

    fn admits(actions: &str, resources: &str, request: (&str, &str)) -> bool {
        let at = Position::START;
        let action = [ActionPattern::parse(actions, at).unwrap()];
        let resource = [ResourcePattern::parse(resources, true, at).unwrap()];
        let gate = Gate::of_statement((&action, false), (&resource, false));
        gate.admits(Gate::of_request(request.0, request.1))
    }

    #[test]
    fn what_begins_otherwise_is_kept_out() {
        let request = ("s3:getobject", "arn:aws:s3:::bucket/home/kim");
        for (action, resource, expected) in [
            ("s3:GetObject", "arn:aws:s3:::bucket/home/kim", true),
            ("S3:g*", "arn:aws:s3:::bucket/*", true),
            ("s3:*", "arn:aws:s3:::bucket/home/${aws:username}", true),
            ("*", "arn:aws:s3:::${aws:username}/*", true),
            ("*:*", "arn:aws:s3:::?ucket/*", true),
            ("s3:*", "*", true),
            // The same stem: a bucket's ARN is no object's, which isn't for a gate to say.
            ("s3:*", "arn:aws:s3:::bucket", true),
            ("s3:Put*", "arn:aws:s3:::bucket/*", false),
            ("iam:*", "*", false),
            ("s3:*", "arn:aws:s3:::other/*", false),
            ("s3:*", "arn:aws:s3:::bucke", false),
        ] {
            assert_eq!(admits(action, resource, request), expected, "{action} {resource}");
        }
        let none = ("", "*");
        assert!(admits("*", "*", none));
        assert!(!admits("s3:*", "arn:aws:s3:::bucket", none));
    }
}
