//! Listing keys: a page costs its own size, whatever it skips.

use bytes::Bytes;
use engine::{Cursor, Entry, RowRange, ScanLimit, Space, Table};

use crate::Store;
use crate::bucket::Bucket;
use crate::error::StoreError;
use crate::object::Summary;
use crate::rows::Head;

/// Most entries of a page.
pub const LISTING_MAX: usize = 1000;
/// Rows read at once at first, where a common prefix may make most of them useless.
const ROWS_AHEAD: usize = 32;

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
        /// What is shown of it.
        summary: Summary,
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

/// A walk over the rows of a table in the order of their keys, with common prefixes rolled up.
pub(crate) struct Walk<'a> {
    pub(crate) table: Table,
    pub(crate) space: Space,
    pub(crate) prefix: &'a str,
    pub(crate) delimiter: &'a str,
    pub(crate) from: Cursor,
    pub(crate) max: usize,
}

/// What a walk finds.
pub(crate) enum Walked<T> {
    Row(T),
    CommonPrefix(String),
}

impl Store {
    /// Lists a bucket's keys.
    pub async fn list(&self, bucket: &Bucket, query: &ListQuery) -> Result<ListPage, StoreError> {
        let walk = Walk {
            table: Table::Heads,
            space: bucket.space,
            prefix: &query.prefix,
            delimiter: &query.delimiter,
            from: match &query.after {
                Some(after) => behind(after, &query.prefix, &query.delimiter, None),
                None => Cursor::Start,
            },
            max: query.max,
        };
        let read = |key: &str, entry: &Entry| {
            let summary = Head::decode(&entry.row.value)?.summary;
            Ok(Listed::Object { key: key.to_owned(), summary })
        };
        let (walked, truncated) = self.walk(walk, read).await?;
        let entries = walked.into_iter().map(|it| match it {
            Walked::Row(listed) => listed,
            Walked::CommonPrefix(prefix) => Listed::CommonPrefix(prefix),
        });
        Ok(ListPage { entries: entries.collect(), truncated })
    }

    /// At most `max` rows and common prefixes, and whether there are more. Behind a common prefix
    /// it seeks; how many rows it reads at once follows from how many of the last ones were of use.
    pub(crate) async fn walk<T>(
        &self,
        walk: Walk<'_>,
        read: impl Fn(&str, &Entry) -> Result<T, StoreError>,
    ) -> Result<(Vec<Walked<T>>, bool), StoreError> {
        let Walk { table, space, prefix, delimiter, from, max } = walk;
        let mut found = Vec::new();
        if max == 0 {
            return Ok((found, false));
        }
        let mut range = RowRange { space, prefix: bytes(prefix), from };
        // Where a call is dear, only a prefix that fills one is worth a seek.
        let least = self.engine().rows_per_call();
        let mut ahead = if delimiter.is_empty() { usize::MAX } else { ROWS_AHEAD.max(least) };
        // The common prefix that was found last: keys that it covers tell nothing new.
        let mut covered: Option<String> = None;
        loop {
            // One row more than the page tells whether there is more.
            let wanted = max + 1 - found.len();
            let wanted = if delimiter.is_empty() { wanted } else { wanted.max(least) };
            let rows = ahead.min(wanted).min(LISTING_MAX + 1);
            let page = self.engine().scan(table, range.clone(), ScanLimit::rows(rows)).await?;
            let (scanned, before) = (page.entries.len(), found.len());
            let mut in_prefix = false;
            for entry in page.entries {
                let key = std::str::from_utf8(&entry.group.name)
                    .map_err(|_| StoreError::Damaged("a key isn't UTF-8".into()))?;
                in_prefix = covered.as_deref().is_some_and(|it| key.starts_with(it));
                if in_prefix {
                    continue;
                }
                if found.len() == max {
                    return Ok((found, true));
                }
                match common_prefix(key, prefix, delimiter) {
                    Some(common) => {
                        in_prefix = true;
                        covered = Some(common.to_owned());
                        found.push(Walked::CommonPrefix(common.to_owned()));
                    }
                    None => found.push(Walked::Row(read(key, &entry)?)),
                }
            }
            let Some(next) = page.next else { return Ok((found, false)) };
            range.from = match &covered {
                // Its other keys need not be read.
                Some(common) if in_prefix => Cursor::AfterPrefix(bytes(common)),
                _ => next,
            };
            let useful = found.len() - before;
            ahead =
                if 2 * useful < scanned { (ahead / 4).max(least) } else { ahead.saturating_mul(4) };
        }
    }
}

fn bytes(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

/// The place behind a marker, or behind a row of the marker's key: behind a whole common prefix, if
/// the marker is one or lies in one.
pub(crate) fn behind(marker: &str, prefix: &str, delimiter: &str, row: Option<Bytes>) -> Cursor {
    let rolled = marker.starts_with(prefix).then(|| common_prefix(marker, prefix, delimiter));
    match (rolled.flatten(), row) {
        (Some(common), _) => Cursor::AfterPrefix(bytes(common)),
        (None, Some(second)) => Cursor::After { first: bytes(marker), second },
        (None, None) => Cursor::AfterFirst(bytes(marker)),
    }
}

/// The part of a key up to and with the delimiter, if it holds one behind the prefix.
fn common_prefix<'a>(key: &'a str, prefix: &str, delimiter: &str) -> Option<&'a str> {
    if delimiter.is_empty() {
        return None;
    }
    let at = key.get(prefix.len()..)?.find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}
