//! Listing keys: a page costs its own size, whatever it skips.

use bytes::Bytes;
use engine::{Cursor, RowRange, ScanLimit, Table};

use crate::Store;
use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::object::ObjectMeta;
use crate::rows::HeadRow;

/// Most entries of a page.
pub const LISTING_MAX: usize = 1000;
/// Rows read at once where a common prefix may end the reading soon.
const ROWS_AHEAD: usize = 100;

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// What keys begin with.
    pub prefix: String,
    /// Keys that hold it behind the prefix are rolled up to it; empty for none.
    pub delimiter: String,
    /// Only keys and common prefixes behind this. One that is or lies in a common prefix skips it.
    pub after: Option<String>,
    /// Most entries, keys and common prefixes together.
    pub max: usize,
}

/// An entry of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// An object.
    Object {
        /// Its key.
        key: String,
        /// What is known of it.
        meta: Box<ObjectMeta>,
    },
    /// What several keys begin with, up to the delimiter.
    CommonPrefix(String),
}

impl Listed {
    /// The key or the prefix.
    pub fn name(&self) -> &str {
        match self {
            Self::Object { key, .. } => key,
            Self::CommonPrefix(prefix) => prefix,
        }
    }
}

/// A page, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPage {
    /// The entries.
    pub entries: Vec<Listed>,
    /// Whether there are more behind the last one.
    pub truncated: bool,
}

impl Store {
    /// Lists a bucket's keys.
    pub async fn list(&self, bucket: &Bucket, query: &ListQuery) -> Result<ListPage, StoreError> {
        let mut page = ListPage::default();
        if query.max == 0 {
            return Ok(page);
        }
        let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
        let mut range =
            RowRange { space: bucket.space, prefix: bytes(&query.prefix), from: start(query) };
        // One row more than the page tells whether there is more.
        let rows = match query.delimiter.is_empty() {
            true => query.max + 1,
            false => (query.max + 1).min(ROWS_AHEAD),
        };
        loop {
            let scanned = self.engine().scan(Table::Heads, range.clone(), ScanLimit::rows(rows));
            let mut scanned = scanned.await?;
            let mut seek = None;
            for entry in scanned.entries.drain(..) {
                let key = std::str::from_utf8(&entry.group.name)
                    .map_err(|_| StoreError::Damaged("a key isn't UTF-8".into()))?;
                if page.entries.last().is_some_and(|it| covers(it, key)) {
                    continue;
                }
                if page.entries.len() == query.max {
                    page.truncated = true;
                    return Ok(page);
                }
                match common_prefix(key, &query.prefix, &query.delimiter) {
                    Some(prefix) => {
                        seek = Some(Cursor::AfterPrefix(bytes(prefix)));
                        page.entries.push(Listed::CommonPrefix(prefix.to_owned()));
                    }
                    None => {
                        seek = None;
                        let meta = Box::new(HeadRow::decode(&entry.row.value)?.meta);
                        page.entries.push(Listed::Object { key: key.to_owned(), meta });
                    }
                }
            }
            // The last row lay in a common prefix: its other keys need not be read.
            match (scanned.next, seek, page.entries.last()) {
                (None, _, _) => return Ok(page),
                (Some(_), Some(behind), _) => range.from = behind,
                (Some(_), None, Some(Listed::CommonPrefix(prefix))) => {
                    range.from = Cursor::AfterPrefix(bytes(prefix));
                }
                (Some(next), None, _) => range.from = next,
            }
        }
    }
}

/// Where a page begins: behind a whole common prefix, if `after` is one or lies in one.
fn start(query: &ListQuery) -> Cursor {
    let Some(after) = &query.after else { return Cursor::Start };
    let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    match after
        .strip_prefix(&*query.prefix)
        .and_then(|_| common_prefix(after, &query.prefix, &query.delimiter))
    {
        Some(prefix) => Cursor::AfterPrefix(bytes(prefix)),
        None => Cursor::AfterFirst(bytes(after)),
    }
}

fn covers(listed: &Listed, key: &str) -> bool {
    matches!(listed, Listed::CommonPrefix(prefix) if key.starts_with(&**prefix))
}

/// The part of a key up to and with the delimiter, if it holds one behind the prefix.
pub(crate) fn common_prefix<'a>(key: &'a str, prefix: &str, delimiter: &str) -> Option<&'a str> {
    if delimiter.is_empty() {
        return None;
    }
    let at = key.get(prefix.len()..)?.find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}
