//! The names that services have: actions, resource types, condition keys; and bucket policies held to
//! them.
//!
//! The tables are AWS's Service Authorization Reference (`model/names.json`). Identity policies may
//! name what no table has, as on AWS: services come and go. Amazon S3 refuses a bucket policy with a
//! name that it doesn't have, with an action for nothing that the statement names, and with a
//! condition on what one of its actions doesn't bring along
//! ([`crate::Policy::check_bucket_names`]).

#[path = "gen/names.rs"]
mod generated;

pub use generated::SERVICES;

use crate::error::{ErrorKind, Position};
use crate::pattern::ActionPattern;
use crate::statement::Statement;

/// A service's names.
#[derive(Debug)]
pub struct Service {
    /// What stands before the colon of its actions.
    pub prefix: &'static str,
    /// Its actions, by name.
    pub actions: &'static [Action],
    /// What its actions are done to.
    pub resources: &'static [ResourceType],
    /// The condition keys that its requests may bring, but for those of every service
    /// ([`GLOBAL_KEYS`]).
    pub keys: &'static [ConditionKey],
}

/// An action that a policy may name.
#[derive(Debug)]
pub struct Action {
    /// Without its service: `GetObject`.
    pub name: &'static str,
    /// What it does at most.
    pub level: AccessLevel,
    /// The names of its resource types; none for one that names no resource.
    pub resources: &'static [&'static str],
    /// The condition keys that it brings, without those of its resource types.
    pub keys: &'static [&'static str],
}

/// What an action does at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessLevel {
    /// Names resources, but not what is in them.
    List,
    /// Reads what is in them.
    Read,
    /// Makes, changes or removes them.
    Write,
    /// Changes their tags, and nothing else.
    Tagging,
    /// Grants.
    PermissionsManagement,
}

/// A kind of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// `bucket`.
    pub name: &'static str,
    /// With variables where names go: `arn:${Partition}:s3:::${BucketName}`.
    pub arn: &'static str,
    /// The condition keys that every action on it brings.
    pub keys: &'static [&'static str],
}

/// A condition key. A name that ends with a slash goes on with any other name.
#[derive(Debug)]
pub struct ConditionKey {
    /// `s3:ExistingObjectTag/`.
    pub name: &'static str,
    /// `String`, `ArrayOfString`, `Numeric`, `Date`, `Bool`, `ARN` or `IPAddress`.
    pub kind: &'static str,
}

/// The condition keys of every service (IAM User Guide, "AWS global condition context keys").
pub const GLOBAL_KEYS: [&str; 50] = [
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalTag/",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:RequestTag/",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag/",
    "aws:SecureTransport",
    "aws:SignInSessionArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:userid",
    "aws:username",
];

/// The names of a service, `s3`.
pub fn service(prefix: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|it| it.prefix == prefix)
}

impl Service {
    /// An action by its name without the service, in any case.
    pub fn action(&self, name: &str) -> Option<&'static Action> {
        self.actions.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }

    fn matching(&self, pattern: &ActionPattern) -> impl Iterator<Item = &'static Action> {
        let name = |it: &Action| format!("{}:{}", self.prefix, it.name);
        self.actions.iter().filter(move |it| pattern.matches_name(&name(it)))
    }
}

/// What of a bucket a statement is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reach {
    bucket: bool,
    objects: bool,
}

impl Reach {
    /// What a pattern may match, whatever its variables come to.
    fn of(pattern: &str, bucket: &str) -> Self {
        let tokens = tokens(pattern);
        let mut at = vec![false; tokens.len() + 1];
        at[0] = true;
        let pass_stars = |at: &mut Vec<bool>| {
            for (index, token) in tokens.iter().enumerate() {
                at[index + 1] |= at[index] && *token == Token::Many;
            }
        };
        pass_stars(&mut at);
        let mut read = |c: char| {
            let mut next = vec![false; tokens.len() + 1];
            for (index, token) in tokens.iter().enumerate().filter(|(index, _)| at[*index]) {
                match token {
                    Token::Many => next[index] = true,
                    Token::One => next[index + 1] = true,
                    Token::Char(own) => next[index + 1] |= *own == c,
                }
            }
            pass_stars(&mut next);
            at = next;
            (at[tokens.len()], at.contains(&true))
        };
        let mut whole = false;
        for c in "arn:aws:s3:::".chars().chain(bucket.chars()) {
            whole = read(c).0;
        }
        // What stands behind the slash can always be met by some key.
        Self { bucket: whole, objects: read('/').1 }
    }

    fn has(self, action: &Action) -> bool {
        self.bucket && action.resources.contains(&"bucket")
            || self.objects && action.resources.contains(&"object")
    }
}

#[derive(PartialEq, Eq)]
enum Token {
    Char(char),
    One,
    /// `*`, or a variable.
    Many,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = vec![];
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let variable = rest.strip_prefix("${").and_then(|it| it.split_once('}'));
        let (token, after) = match (variable, c) {
            (Some((_, after)), _) => (Token::Many, after),
            (None, '*') => (Token::Many, &rest[1..]),
            (None, '?') => (Token::One, &rest[1..]),
            (None, c) => (Token::Char(c), &rest[c.len_utf8()..]),
        };
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// What is wrong with a statement of a bucket's policy, where, and in which element.
type Wrong = (ErrorKind, Position, &'static str);

/// Holds a statement of a bucket's policy to S3's names.
pub(crate) fn check(statement: &Statement, bucket: &str) -> Result<(), Wrong> {
    let s3 = service("s3").expect("the tables have S3");
    let mut reach = Reach::default();
    for it in statement.resources() {
        let Reach { bucket, objects } = Reach::of(it.as_str(), bucket);
        if !bucket && !objects {
            let kind = ErrorKind::ForeignResource(it.as_str().into());
            return Err((kind, it.position(), "Resource"));
        }
        reach = Reach { bucket: reach.bucket | bucket, objects: reach.objects | objects };
    }
    if statement.not_resources() {
        reach = Reach { bucket: true, objects: true };
    }
    for it in statement.conditions() {
        if !is_key(GLOBAL_KEYS, it.key()) && !is_key(s3.keys.iter().map(|it| it.name), it.key()) {
            let kind = ErrorKind::UnknownConditionKey(it.key().into());
            return Err((kind, it.position(), "Condition"));
        }
    }
    for pattern in statement.actions() {
        let named: Vec<&Action> = s3.matching(pattern).collect();
        let wrong = |kind: fn(String) -> ErrorKind| {
            Err((kind(pattern.as_str().into()), pattern.position(), "Action"))
        };
        if named.is_empty() {
            return wrong(ErrorKind::UnknownAction);
        }
        // All but a few actions go with almost anything.
        if statement.not_actions() {
            continue;
        }
        let done: Vec<&Action> = named.into_iter().filter(|it| reach.has(it)).collect();
        if done.is_empty() {
            return wrong(ErrorKind::InapplicableAction);
        }
        let stray = statement.conditions().iter().find(|condition| {
            let key = condition.key();
            !is_key(GLOBAL_KEYS, key) && !done.iter().any(|it| brings(s3, it, reach, key))
        });
        if let Some(it) = stray {
            let (key, action) = (it.key().into(), pattern.as_str().into());
            let kind = ErrorKind::InapplicableKey { key, action };
            return Err((kind, it.position(), "Condition"));
        }
    }
    Ok(())
}

fn brings(s3: &Service, action: &Action, reach: Reach, key: &str) -> bool {
    let types = [("bucket", reach.bucket), ("object", reach.objects)];
    let types = types.into_iter().filter(|it| it.1 && action.resources.contains(&it.0));
    is_key(action.keys.iter().copied(), key)
        || types.into_iter().any(|(name, _)| {
            let resource = s3.resources.iter().find(|it| it.name == name);
            resource.is_some_and(|it| is_key(it.keys.iter().copied(), key))
        })
}

/// Whether a key, in lower case, is one of these.
fn is_key(names: impl IntoIterator<Item = &'static str>, key: &str) -> bool {
    names.into_iter().any(|name| match name.strip_suffix('/') {
        Some(_) => {
            key.len() > name.len()
                && key.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
        }
        None => key.eq_ignore_ascii_case(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_the_bucket_its_objects_or_both() {
        let all = Reach { bucket: true, objects: true };
        let bucket = Reach { bucket: true, objects: false };
        let objects = Reach { bucket: false, objects: true };
        for (pattern, expected) in [
            ("arn:aws:s3:::b", bucket),
            ("arn:aws:s3:::?", bucket),
            ("arn:aws:s3:::b/", objects),
            ("arn:aws:s3:::b/*", objects),
            ("arn:aws:s3:::b/home/${aws:username}/k", objects),
            ("arn:aws:s3:::?/k?", objects),
            ("arn:aws:s3:::*/k", objects),
            ("arn:aws:s3:::b*", all),
            ("arn:aws:s3:::b*/k", objects),
            ("arn:aws:s3:::${aws:username}", all),
            ("arn:aws:s3:::*", all),
            ("*", all),
            ("arn:aws:s3:::bb", Reach::default()),
            ("arn:aws:s3:::bb/*", Reach::default()),
            ("arn:aws:s3:::B", Reach::default()),
            ("arn:aws:s3:::", Reach::default()),
            ("arn:aws-cn:s3:::b", Reach::default()),
            ("arn:aws:s3:us-east-1:123456789012:accesspoint/b", Reach::default()),
        ] {
            assert_eq!(Reach::of(pattern, "b"), expected, "{pattern}");
        }
    }

    #[test]
    fn the_tables_refer_to_what_they_have() {
        for service in SERVICES {
            let keys = || service.keys.iter().map(|it| it.name);
            let has = |key: &str| {
                is_key(keys(), key) || keys().any(|it| it == key) || GLOBAL_KEYS.contains(&key)
            };
            for action in service.actions {
                for name in action.resources {
                    let known = service.resources.iter().any(|it| it.name == *name);
                    assert!(known, "{}: {name}", action.name);
                }
                for key in action.keys {
                    assert!(has(key), "{}: {key}", action.name);
                }
            }
        }
        let get = service("s3").unwrap().action("getobject").unwrap();
        assert_eq!((get.name, get.level), ("GetObject", AccessLevel::Read));
        assert!(get.resources.contains(&"object") && !get.resources.contains(&"bucket"));
        let attach = service("iam").unwrap().action("AttachUserPolicy").unwrap();
        assert_eq!(attach.level, AccessLevel::PermissionsManagement);
        assert!(service("sts").unwrap().action("AssumeRole").is_some());
        assert!(service("ec2").is_none());
    }
}
