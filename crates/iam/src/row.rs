//! What an account's rows hold: a format number (1 byte), then JSON; behind it, after a line feed, a
//! policy's document as it was written. docs/formats/iam.md has them all.
//!
//! All rows of an account are one group. Rows are named by unique ids, so that a new name changes one
//! row.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use engine::{Group, Row, RowKey, Space, Table};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use types::AccountId;

use crate::error::{IamError, Limit};
use crate::id::{Kind, UniqueId};
use crate::name::Tag;
use crate::password::Hashed;
use crate::password_policy::PasswordPolicy;
use crate::settings::PublicAccessBlock;

const FORMAT: u8 = 1;
const GROUP_PREFIX: &str = "iam/";
/// Changes that the journal remembers: whoever is no further behind reads only what changed.
const REMEMBERED_MAX: usize = 100;
/// Bytes of the rows' names in it: the journal is a row itself.
const REMEMBERED_BYTES_MAX: usize = 16 * 1024;

/// The group of an account.
pub(crate) fn group(account: AccountId) -> Group {
    Group::new(Space::SYSTEM, format!("{GROUP_PREFIX}{account}"))
}

/// The account of a group, if it is one's.
pub(crate) fn account_of(group: &Group) -> Option<AccountId> {
    let name = group.name.strip_prefix(GROUP_PREFIX.as_bytes())?;
    std::str::from_utf8(name).ok()?.parse().ok()
}

/// Which row. The order is the one in which rows can be read: what belongs to something comes
/// after it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum At {
    /// Counts the account's changes; every change expects it as it was.
    Journal,
    Account,
    Alias,
    PasswordPolicy,
    PublicAccessBlock,
    Policy(UniqueId),
    Version(UniqueId, u32),
    Group(UniqueId),
    User(UniqueId),
    /// Of a user or a group.
    Inline(UniqueId, String),
    Login(UniqueId),
    AccessKey(String),
    /// When an access key or a user's password was last used. Not part of the account's state: written
    /// without the journal.
    Used(String),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal => f.write_str("journal"),
            Self::Account => f.write_str("account"),
            Self::Alias => f.write_str("alias"),
            Self::PasswordPolicy => f.write_str("password-policy"),
            Self::PublicAccessBlock => f.write_str("public-access-block"),
            Self::Policy(id) => write!(f, "policy/{id}"),
            Self::Version(id, number) => write!(f, "version/{id}/{number}"),
            Self::Group(id) => write!(f, "group/{id}"),
            Self::User(id) => write!(f, "user/{id}"),
            Self::Inline(id, name) => write!(f, "inline/{id}/{name}"),
            Self::Login(id) => write!(f, "login/{id}"),
            Self::AccessKey(id) => write!(f, "key/{id}"),
            Self::Used(id) => write!(f, "used/{id}"),
        }
    }
}

impl At {
    pub(crate) fn key(&self) -> RowKey {
        RowKey::new(Table::Catalog, self.to_string())
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once('/').unwrap_or((text, ""));
        Some(match kind {
            "journal" => Self::Journal,
            "account" => Self::Account,
            "alias" => Self::Alias,
            "password-policy" => Self::PasswordPolicy,
            "public-access-block" => Self::PublicAccessBlock,
            "policy" => Self::Policy(UniqueId::parse(rest, Kind::Policy)?),
            "version" => {
                let (id, number) = rest.split_once('/')?;
                Self::Version(UniqueId::parse(id, Kind::Policy)?, number.parse().ok()?)
            }
            "user" => Self::User(UniqueId::parse(rest, Kind::User)?),
            "inline" => {
                let (id, name) = rest.split_once('/')?;
                Self::Inline(UniqueId::parse_any(id)?, name.to_owned())
            }
            "group" => Self::Group(UniqueId::parse(rest, Kind::Group)?),
            "login" => Self::Login(UniqueId::parse(rest, Kind::User)?),
            "key" => Self::AccessKey(rest.to_owned()),
            "used" => Self::Used(rest.to_owned()),
            _ => return None,
        })
    }
}

/// A row to write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Record {
    Account(AccountRow),
    Policy(UniqueId, PolicyRow),
    Version(UniqueId, u32, DocumentRow),
    Alias(AliasRow),
    PasswordPolicy(PasswordPolicy),
    PublicAccessBlock(PublicAccessBlock),
    Group(UniqueId, GroupRow),
    User(UniqueId, UserRow),
    Inline(UniqueId, String, DocumentRow),
    Login(UniqueId, LoginRow),
    AccessKey(String, KeyRow),
    Used(String, UsedRow),
}

/// What a change does to a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Edit {
    Put(Record),
    Delete(At),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountRow {
    pub(crate) created: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserRow {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) created: u64,
    pub(crate) tags: Vec<Tag>,
    pub(crate) boundary: Option<String>,
    /// The unique ids of the groups that it is in.
    pub(crate) groups: Vec<String>,
    /// ARNs, in the order in which they were attached.
    pub(crate) attached: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupRow {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) created: u64,
    pub(crate) attached: Vec<String>,
}

/// A user's password, hashed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginRow {
    pub(crate) created: u64,
    /// When the password was set.
    pub(crate) changed: u64,
    pub(crate) reset_required: bool,
    pub(crate) hash: Hashed,
    /// Of the passwords before, newest first.
    pub(crate) earlier: Vec<Hashed>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AliasRow {
    pub(crate) alias: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsedRow {
    pub(crate) at: u64,
    pub(crate) service: String,
    pub(crate) region: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyRow {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) description: Option<String>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) tags: Vec<Tag>,
    pub(crate) default: u32,
    /// Versions' numbers are never used again.
    pub(crate) next: u32,
}

/// A policy's document, byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DocumentRow {
    pub(crate) created: u64,
    pub(crate) document: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentHead {
    created: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyRow {
    pub(crate) user: String,
    pub(crate) created: u64,
    pub(crate) active: bool,
    /// Base64.
    pub(crate) sealed: String,
}

impl KeyRow {
    pub(crate) fn seal(sealed: &[u8]) -> String {
        STANDARD.encode(sealed)
    }

    pub(crate) fn sealed(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.sealed).ok()
    }
}

/// How often the account has changed, and what changed of late: whoever has an older state reads
/// only those rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Journal {
    pub(crate) number: u64,
    pub(crate) recent: Vec<Remembered>,
    /// The row as it is written; none if there isn't one yet.
    #[serde(skip)]
    pub(crate) row: Option<Bytes>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remembered {
    /// Tells whether a change whose answer was lost has happened.
    pub(crate) nonce: u64,
    pub(crate) rows: Vec<String>,
}

impl Journal {
    /// After a change of these rows.
    pub(crate) fn next(&self, nonce: u64, edits: &[Edit]) -> Self {
        let rows = edits.iter().map(|it| it.at().to_string()).collect();
        let mut recent = self.recent.clone();
        recent.push(Remembered { nonce, rows });
        let bytes = |it: &Remembered| it.rows.iter().map(String::len).sum::<usize>();
        let mut all: usize = recent.iter().map(bytes).sum();
        while recent.len() > REMEMBERED_MAX || (all > REMEMBERED_BYTES_MAX && recent.len() > 1) {
            all -= bytes(&recent.remove(0));
        }
        let next = Self { number: self.number + 1, recent, row: None };
        let row = Some(encode(&next).into());
        Self { row, ..next }
    }

    pub(crate) fn of_row(row: Option<Bytes>) -> Result<Self, IamError> {
        let journal: Option<Self> = row.as_deref().map(decode).transpose()?;
        Ok(Self { row, ..journal.unwrap_or_default() })
    }

    /// Whether a change is among the remembered.
    pub(crate) fn remembers(&self, nonce: u64) -> bool {
        self.recent.iter().any(|it| it.nonce == nonce)
    }

    /// The rows that changed after the `number`th change; none if that isn't known any more.
    pub(crate) fn since(&self, number: u64) -> Option<Vec<At>> {
        let behind = usize::try_from(self.number.checked_sub(number)?).ok()?;
        let from = self.recent.len().checked_sub(behind)?;
        let mut rows = Vec::new();
        for text in self.recent[from..].iter().flat_map(|it| &it.rows) {
            let at = At::parse(text)?;
            if !rows.contains(&at) {
                rows.push(at);
            }
        }
        Some(rows)
    }
}

impl Edit {
    pub(crate) fn at(&self) -> At {
        match self {
            Self::Put(record) => record.at(),
            Self::Delete(at) => at.clone(),
        }
    }
}

impl Record {
    pub(crate) fn at(&self) -> At {
        match self {
            Self::Account(_) => At::Account,
            Self::Policy(id, _) => At::Policy(*id),
            Self::Version(id, number, _) => At::Version(*id, *number),
            Self::Alias(_) => At::Alias,
            Self::PasswordPolicy(_) => At::PasswordPolicy,
            Self::PublicAccessBlock(_) => At::PublicAccessBlock,
            Self::Group(id, _) => At::Group(*id),
            Self::User(id, _) => At::User(*id),
            Self::Inline(id, name, _) => At::Inline(*id, name.clone()),
            Self::Login(id, _) => At::Login(*id),
            Self::AccessKey(id, _) => At::AccessKey(id.clone()),
            Self::Used(id, _) => At::Used(id.clone()),
        }
    }

    /// Its bytes; [`Limit::Bytes`] if they are more than a row can hold.
    pub(crate) fn encode(&self) -> Result<Bytes, IamError> {
        let bytes = match self {
            Self::Account(row) => encode(row),
            Self::Policy(_, row) => encode(row),
            Self::Alias(row) => encode(row),
            Self::PasswordPolicy(row) => encode(row),
            Self::PublicAccessBlock(row) => encode(row),
            Self::Group(_, row) => encode(row),
            Self::User(_, row) => encode(row),
            Self::Login(_, row) => encode(row),
            Self::AccessKey(_, row) => encode(row),
            Self::Used(_, row) => encode(row),
            Self::Version(_, _, row) | Self::Inline(_, _, row) => {
                let mut bytes = encode(&DocumentHead { created: row.created });
                bytes.push(b'\n');
                bytes.extend_from_slice(row.document.as_bytes());
                bytes
            }
        };
        if bytes.len() > Row::VALUE_BYTES_MAX {
            return Err(Limit::Bytes(Row::VALUE_BYTES_MAX).into());
        }
        Ok(bytes.into())
    }

    /// The row at this place; none for the journal, which isn't a record.
    pub(crate) fn decode(at: At, bytes: &[u8]) -> Result<Option<Self>, IamError> {
        Ok(Some(match at {
            At::Journal => return Ok(None),
            At::Account => Self::Account(decode(bytes)?),
            At::Policy(id) => Self::Policy(id, decode(bytes)?),
            At::Version(id, number) => Self::Version(id, number, decode_document(bytes)?),
            At::Alias => Self::Alias(decode(bytes)?),
            At::PasswordPolicy => Self::PasswordPolicy(decode(bytes)?),
            At::PublicAccessBlock => Self::PublicAccessBlock(decode(bytes)?),
            At::Group(id) => Self::Group(id, decode(bytes)?),
            At::Login(id) => Self::Login(id, decode(bytes)?),
            At::Used(id) => Self::Used(id, decode(bytes)?),
            At::User(id) => Self::User(id, decode(bytes)?),
            At::Inline(id, name) => Self::Inline(id, name, decode_document(bytes)?),
            At::AccessKey(id) => Self::AccessKey(id, decode(bytes)?),
        }))
    }
}

pub(crate) fn encode(row: &impl Serialize) -> Vec<u8> {
    let mut bytes = vec![FORMAT];
    serde_json::to_writer(&mut bytes, row).expect("a row is JSON");
    bytes
}

pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, IamError> {
    let json = json_of(bytes)?;
    serde_json::from_slice(json).map_err(|e| IamError::Damaged(e.to_string()))
}

fn decode_document(bytes: &[u8]) -> Result<DocumentRow, IamError> {
    let damaged = |what: &str| IamError::Damaged(what.to_owned());
    let json = json_of(bytes)?;
    let end = json.iter().position(|it| *it == b'\n').ok_or_else(|| damaged("no document"))?;
    let head: DocumentHead =
        serde_json::from_slice(&json[..end]).map_err(|e| damaged(&e.to_string()))?;
    let document = String::from_utf8(json[end + 1..].to_vec());
    let document = document.map_err(|_| damaged("a document isn't UTF-8"))?;
    Ok(DocumentRow { created: head.created, document })
}

fn json_of(bytes: &[u8]) -> Result<&[u8], IamError> {
    match bytes.split_first() {
        Some((&FORMAT, json)) => Ok(json),
        Some((format, _)) => Err(IamError::Damaged(format!("a row of format {format}"))),
        None => Err(IamError::Damaged("an empty row".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_remembers_so_many_changes_and_rows() {
        let edits = |rows: usize| {
            let one = |it: usize| Edit::Delete(At::AccessKey(it.to_string()));
            (0..rows).map(one).collect::<Vec<_>>()
        };
        let mut journal = Journal::default();
        for nonce in 0..=REMEMBERED_MAX as u64 {
            journal = journal.next(nonce, &edits(1));
        }
        assert!(!journal.remembers(0) && journal.remembers(1));
        assert_eq!(journal.since(1), Some(vec![At::AccessKey("0".into())]));
        assert_eq!((journal.since(0), journal.since(journal.number)), (None, Some(vec![])));
        assert_eq!(journal.since(journal.number + 1), None);
        // Long names, as inline policies may have: the journal stays a row, and remembers the last.
        let long = At::Inline(UniqueId::generate(Kind::User), "n".repeat(128));
        for nonce in 1000..1000 + REMEMBERED_MAX as u64 {
            journal = journal.next(nonce, &[0; 6].map(|_| Edit::Delete(long.clone())));
        }
        let bytes = journal.row.as_ref().unwrap().len();
        assert!((REMEMBERED_BYTES_MAX..Row::VALUE_BYTES_MAX / 2).contains(&bytes), "{bytes}");
        assert!(journal.recent.len() < REMEMBERED_MAX && journal.remembers(1099));
        let large = journal;
        assert_eq!(Journal::of_row(large.row.clone()).unwrap(), large);
    }

    #[test]
    fn every_rows_name_is_read_back() {
        let id = |kind| UniqueId::generate(kind);
        let (user, group, policy) = (id(Kind::User), id(Kind::Group), id(Kind::Policy));
        for at in [
            At::Journal,
            At::Account,
            At::Alias,
            At::PasswordPolicy,
            At::PublicAccessBlock,
            At::Policy(policy),
            At::Version(policy, 7),
            At::Group(group),
            At::User(user),
            At::Inline(user, "p".into()),
            At::Inline(group, "p".into()),
            At::Login(user),
            At::AccessKey("AKIA".into()),
            At::Used("AKIA".into()),
        ] {
            assert_eq!(At::parse(&at.to_string()), Some(at.clone()), "{at}");
        }
        for bad in ["", "user", "user/AIDA", "version/ANPAJ4L4MM2A7QIEB56MS/x", "other/x"] {
            assert_eq!(At::parse(bad), None, "{bad}");
        }
    }
}
