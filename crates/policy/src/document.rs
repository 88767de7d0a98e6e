//! A policy document: read and checked as a whole, or refused with the place of what is wrong.

use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;

use crate::error::{ErrorKind, Failure, PolicyError, Position};
use crate::gate::Gate;
use crate::json::{self, Json, Value};
use crate::mistakes::Mistakes;
use crate::names;
use crate::principal::{PrincipalName, Principals};
use crate::public;
use crate::statement::{Setting, Statement, text_of};

/// A bucket policy's bytes (Amazon S3 User Guide, "Bucket policies"): 20 KB, "normalized" as S3's error
/// says, so without the white space between its tokens.
pub const BUCKET_POLICY_BYTES_MAX: usize = 20 * 1024;
/// A bucket policy's bytes as they come and are kept, which nobody says anything of: a row takes them.
pub const BUCKET_POLICY_RAW_BYTES_MAX: usize = 3 * BUCKET_POLICY_BYTES_MAX;
/// An identity policy's bytes as a request may carry it (`policyDocumentType` of IAM's model).
pub const IDENTITY_POLICY_BYTES_MAX: usize = 131_072;
/// A managed policy's characters, as [`Policy::characters`] counts (IAM User Guide, "IAM quotas").
pub const MANAGED_POLICY_CHARACTERS_MAX: usize = 6144;
/// The characters of all inline policies of a user.
pub const USER_POLICIES_CHARACTERS_MAX: usize = 2048;
/// The characters of all inline policies of a group.
pub const GROUP_POLICIES_CHARACTERS_MAX: usize = 5120;
/// The characters of all inline policies of a role.
pub const ROLE_POLICIES_CHARACTERS_MAX: usize = 10_240;
/// The characters of a session policy and the ARNs passed with it.
pub const SESSION_POLICY_CHARACTERS_MAX: usize = 2048;
/// The characters of a role's trust policy, unless the account may have more.
pub const TRUST_POLICY_CHARACTERS_MAX: usize = 2048;
/// The versions of a managed policy.
pub const MANAGED_POLICY_VERSIONS_MAX: usize = 5;
/// The managed policies attached to a user, a group or a role.
pub const ATTACHED_POLICIES_MAX: usize = 10;

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// A user, group, role or session: says nothing of principals. Boundaries are such policies.
    Identity,
    /// A resource: every statement has its principals.
    Resource,
}

/// The version of the language that a policy is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, also where none is named: without variables.
    Y2008,
    /// `2012-10-17`.
    Y2012,
}

/// A policy that has been read and checked.
#[derive(Clone, Debug)]
pub struct Policy {
    kind: PolicyKind,
    version: Version,
    id: Option<Box<str>>,
    statements: Box<[Statement]>,
    /// Of each statement.
    gates: Box<[Gate]>,
    /// That conditions and variables ask for, in lower case: each once.
    keys: BTreeSet<Box<str>>,
    characters: usize,
    public: bool,
}

impl Policy {
    /// Reads a document. Services, actions and condition keys may be any, of the right form; see
    /// [`Self::check_bucket_names`]. An identity policy's size is the caller's to judge, who knows what it
    /// is attached to: [`Self::characters`] and the limits above.
    pub fn parse(document: &[u8], kind: PolicyKind) -> Result<Self, PolicyError> {
        Self::read(document, kind, Version::Y2008)
    }

    /// The same of a managed policy, where IAM refuses the old version of the language.
    pub fn parse_managed(document: &[u8]) -> Result<Self, PolicyError> {
        Self::read(document, PolicyKind::Identity, Version::Y2012)
    }

    fn read(document: &[u8], kind: PolicyKind, least: Version) -> Result<Self, PolicyError> {
        let (raw_max, limit) = match kind {
            PolicyKind::Identity => (IDENTITY_POLICY_BYTES_MAX, IDENTITY_POLICY_BYTES_MAX),
            PolicyKind::Resource => (BUCKET_POLICY_RAW_BYTES_MAX, BUCKET_POLICY_BYTES_MAX),
        };
        let size = match document.len() > raw_max {
            true => document.len(),
            false => json::normalized_bytes(document),
        };
        if size > limit {
            let kind = ErrorKind::TooLarge { size, limit };
            return Err(PolicyError { kind, at: Position::START, path: String::new() });
        }
        let root = json::read(document)?;
        let policy = Self::from_json(&root, kind, least).map_err(|(kind, at)| {
            let path = json::path_to(&root, at);
            PolicyError { kind, at, path }
        })?;
        let text = std::str::from_utf8(document).expect("JSON is UTF-8");
        let characters = text.chars().filter(|it| !it.is_whitespace()).count();
        let public =
            kind == PolicyKind::Resource && policy.statements.iter().any(public::is_public);
        Ok(Self { characters, public, ..policy })
    }

    fn from_json(root: &Value, kind: PolicyKind, least: Version) -> Result<Self, Failure> {
        let Json::Object(members) = &root.json else {
            return Err((ErrorKind::Type("an object"), root.at));
        };
        let mut mistakes = Mistakes::of(kind);
        let (mut version, mut id, mut statements) = ((Version::Y2008, root.at), None, None);
        for member in members {
            match &*member.name {
                "Version" => {
                    let named = mistakes.keep(version_of(&member.value));
                    version = (named.unwrap_or(Version::Y2012), member.value.at);
                }
                "Id" => id = mistakes.keep(text_of(&member.value)).map(Into::into),
                "Statement" => statements = Some(&member.value),
                name => {
                    let unknown = ErrorKind::UnknownElement(name.into());
                    mistakes.keep::<()>(Err((unknown, member.at)));
                }
            }
        }
        let (version, version_at) = version;
        if version == Version::Y2008 && least == Version::Y2012 {
            mistakes.keep::<()>(Err((ErrorKind::OldVersion, version_at)));
        }
        let setting = Setting { kind, variables: version == Version::Y2012 };
        let value = statements.ok_or((ErrorKind::Missing("Statement"), root.at));
        let items = value.and_then(|value| match &value.json {
            Json::Array(items) if items.is_empty() => {
                Err((ErrorKind::Empty("Statement"), value.at))
            }
            Json::Array(items) => Ok(&**items),
            _ => Ok(std::slice::from_ref(value)),
        });
        let items = mistakes.keep(items).unwrap_or_default().iter().enumerate();
        let parse = |(index, it)| Statement::parse(it, &setting, index, &mut mistakes);
        let statements: Box<[_]> = items.clone().filter_map(parse).collect();
        mistakes.keep(check_sids(items.map(|it| it.1)));
        mistakes.told()?;
        let keys = statements.iter().flat_map(Statement::keys).map(Box::from).collect();
        let gates = statements.iter().map(Statement::gate).collect();
        let (characters, public) = (0, false);
        Ok(Self { kind, version, id, statements, gates, keys, characters, public })
    }

    /// What it is attached to.
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// The version of its language.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Its `Id`.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The statements that may bear on a request, in order: [`Gate`].
    pub(crate) fn bearing_on(&self, request: Gate) -> impl Iterator<Item = &Statement> {
        let all = self.gates.iter().zip(&self.statements);
        all.filter(move |(gate, _)| gate.admits(request)).map(|(_, statement)| statement)
    }

    /// Whether a condition or a variable of it asks for a key that begins so, in lower case:
    /// `s3:existingobjecttag/`.
    pub fn asks_for(&self, prefix: &str) -> bool {
        let mut from = self.keys.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        from.next().is_some_and(|it| it.starts_with(prefix))
    }

    /// Its size as IAM counts: characters that aren't white space.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// Whether it gives something to the public, as Amazon S3 defines that for Block Public Access
    /// ("The meaning of public"): what `GetBucketPolicyStatus` answers.
    pub fn is_public(&self) -> bool {
        self.public
    }

    /// Refuses what Amazon S3 refuses in this bucket's policy: names that it doesn't have, actions
    /// and condition keys that go with nothing in their statement ([`crate::names`]).
    pub fn check_bucket_names(&self, bucket: &str) -> Result<(), PolicyError> {
        for statement in &self.statements {
            names::check(statement, bucket).map_err(|(kind, at, element)| {
                let path = format!("Statement[{}].{element}", statement.index());
                PolicyError { kind, at, path }
            })?;
        }
        Ok(())
    }
}

/// No two statements have the same Sid, also where something else is wrong with one.
fn check_sids<'v>(statements: impl Iterator<Item = &'v Value>) -> Result<(), Failure> {
    let mut sids = HashSet::new();
    for statement in statements {
        let Json::Object(members) = &statement.json else { continue };
        let sid = members.iter().find(|it| *it.name == *"Sid");
        match sid.map(|it| &it.value.json) {
            Some(Json::Text(sid)) if !sid.is_empty() && !sids.insert(&**sid) => {
                return Err((ErrorKind::DuplicateSid((**sid).into()), statement.at));
            }
            _ => {}
        }
    }
    Ok(())
}

fn version_of(value: &Value) -> Result<Version, Failure> {
    match text_of(value)? {
        "2012-10-17" => Ok(Version::Y2012),
        "2008-10-17" => Ok(Version::Y2008),
        other => Err((ErrorKind::Version(other.into()), value.at)),
    }
}

/// A resource policy's document with other names for some of its principals: unique ids for the ARNs
/// of users and roles when it is stored, ARNs when it is shown. Everything else stays as it was
/// written. Panics if a new name needs escaping in JSON: neither ARNs nor unique ids do.
pub fn rename_principals(
    document: &[u8],
    rename: impl Fn(&PrincipalName) -> Option<String>,
) -> Result<Vec<u8>, PolicyError> {
    let policy = Policy::parse(document, PolicyKind::Resource)?;
    let principals = policy.statements.iter().filter_map(Statement::principals);
    let mut changes: Vec<_> = principals
        .flat_map(Principals::names)
        .filter_map(|it| Some((it.span.clone(), rename(&it.name)?)))
        .collect();
    changes.sort_by_key(|(span, _)| span.start);
    let mut renamed = Vec::with_capacity(document.len());
    let mut copied = 0;
    for (span, name) in changes {
        assert!(!name.contains(['"', '\\']) && !name.contains(char::is_control), "{name:?}");
        renamed.extend(&document[copied..span.start]);
        renamed.extend(format!("\"{name}\"").as_bytes());
        copied = span.end;
    }
    renamed.extend(&document[copied..]);
    Ok(renamed)
}
