//! Rows that can't be read, for `onggi fsck`.

use engine::{Group, RowKey, Table};
use types::AccountId;

use crate::error::IamError;
use crate::row::{self, At, Journal, Record};

/// An account's row that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub row: String,
    /// Why.
    pub what: String,
}

/// Looks at one row of a store: nothing if it isn't an account's, or can be read.
pub fn audit_row(group: &Group, key: &RowKey, value: &[u8]) -> Option<Unreadable> {
    let account = row::account_of(group).filter(|_| key.table == Table::Catalog)?;
    let name = String::from_utf8_lossy(&key.sub);
    let read = match At::parse(&name) {
        None => Err(IamError::Damaged("there is no such row".into())),
        Some(At::Journal) => Journal::of_row(Some(value.to_vec().into())).map(drop),
        Some(at) => Record::decode(at, value).map(drop),
    };
    let what = read.err()?.to_string();
    Some(Unreadable { account, row: name.into_owned(), what })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whats_no_accounts_row_is_left_alone_and_what_cant_be_read_is_named() {
        let look = |group: &str, row: &str, value: &[u8]| {
            let group = Group::new(engine::Space::SYSTEM, group.to_owned());
            audit_row(&group, &RowKey::new(Table::Catalog, row.to_owned()), value)
        };
        let account = "iam/123456789012";
        assert_eq!(look("bucket/b", "user", b""), None);
        assert_eq!(look(account, "account", b"\x01{\"created\":7}"), None);
        assert_eq!(look(account, "journal", b"\x01{\"number\":1,\"recent\":[]}"), None);
        for (row, value) in [
            ("account", &b"\x02{\"created\":7}"[..]),
            ("account", b"\x01{\"created\":7,\"more\":1}"),
            ("account", b""),
            ("journal", b"\x01{}"),
            ("version/ANPAJ4L4MM2A7QIEB56MS/1", b"\x01{\"created\":7}"),
            ("nothing/known", b"\x01{}"),
        ] {
            let found = look(account, row, value).unwrap();
            assert_eq!((found.account.as_str(), found.row.as_str()), ("123456789012", row));
        }
    }
}
