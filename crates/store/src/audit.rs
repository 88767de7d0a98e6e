//! Whether counters are what the rows say. Sees rows one by one, of a store that nobody writes to.

use std::collections::BTreeMap;
use std::fmt;

use engine::{CounterId, Group, Row, RowKey, Space, Table};

use crate::bucket::{Usage, bucket_of_name_row};
use crate::error::StoreError;
use crate::rows::{BYTES, Head, OBJECTS};

/// What rows say of buckets.
#[derive(Default)]
pub struct Audit {
    names: BTreeMap<Space, String>,
    found: BTreeMap<Space, Usage>,
    /// Rows that can't be read.
    unreadable: Vec<(Space, String)>,
}

/// A bucket whose counters are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miscount {
    /// Its name, or its number if it has none any more.
    pub bucket: String,
    /// What the counters say.
    pub counted: Usage,
    /// What the rows say.
    pub found: Usage,
}

impl fmt::Display for Miscount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, counted, found } = self;
        write!(
            f,
            "miscounted: bucket {bucket}: {} objects of {} bytes are counted, {} of {} are there",
            counted.objects, counted.bytes, found.objects, found.bytes
        )
    }
}

impl Audit {
    /// Sees a row.
    pub fn row(&mut self, group: &Group, key: &RowKey, row: &Row) {
        let outcome = match key.table {
            Table::Heads => self.head(group, row),
            Table::Catalog if group.space == Space::SYSTEM => self.name(group, key, row),
            _ => Ok(()),
        };
        if outcome.is_err() {
            let name = String::from_utf8_lossy(&group.name).into_owned();
            self.unreadable.push((group.space, name));
        }
    }

    fn head(&mut self, group: &Group, row: &Row) -> Result<(), StoreError> {
        let head = Head::decode(&row.value)?;
        let found = self.found.entry(group.space).or_default();
        found.objects += 1;
        found.bytes += head.summary.length as i64;
        Ok(())
    }

    fn name(&mut self, group: &Group, key: &RowKey, row: &Row) -> Result<(), StoreError> {
        if let Some((name, space)) = bucket_of_name_row(group, key, row)? {
            self.names.insert(space, name);
        }
        Ok(())
    }

    /// The spaces of the buckets whose names were seen.
    pub fn spaces(&self) -> impl Iterator<Item = Space> {
        self.names.keys().copied()
    }

    /// A bucket's name, or its number if it has none any more.
    pub fn bucket(&self, space: Space) -> String {
        self.names.get(&space).cloned().unwrap_or_else(|| format!("{:016x}", space.0))
    }

    /// Rows that can't be read: their buckets and keys.
    pub fn unreadable(&self) -> impl Iterator<Item = (String, &str)> {
        self.unreadable.iter().map(|(space, key)| (self.bucket(*space), key.as_str()))
    }

    /// Compares with the counters.
    pub fn miscounts(&self, counters: &BTreeMap<(Space, CounterId), i64>) -> Vec<Miscount> {
        let mut counted: BTreeMap<Space, Usage> = BTreeMap::new();
        for ((space, counter), sum) in counters {
            match *counter {
                OBJECTS => counted.entry(*space).or_default().objects = *sum,
                BYTES => counted.entry(*space).or_default().bytes = *sum,
                _ => {}
            }
        }
        let spaces: std::collections::BTreeSet<Space> =
            counted.keys().chain(self.found.keys()).copied().collect();
        let usage = |of: &BTreeMap<Space, Usage>, space| of.get(space).copied().unwrap_or_default();
        spaces
            .iter()
            .map(|space| Miscount {
                bucket: self.bucket(*space),
                counted: usage(&counted, space),
                found: usage(&self.found, space),
            })
            .filter(|it| it.counted != it.found)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_that_is_not_what_rows_say_is_named() {
        let audit = Audit {
            names: [(Space(7), "photos".into())].into(),
            found: [(Space(7), Usage { objects: 2, bytes: 10 })].into(),
            unreadable: vec![],
        };
        let counters = |objects| [((Space(7), OBJECTS), objects), ((Space(7), BYTES), 10)].into();
        assert_eq!(audit.miscounts(&counters(2)), []);
        assert_eq!(
            audit.miscounts(&counters(3))[0].to_string(),
            "miscounted: bucket photos: 3 objects of 10 bytes are counted, 2 of 10 are there"
        );
    }
}
