//! `onggi fsck`: reads everything and says what is wrong. Changes nothing of the log and the extents;
//! the index tidies up what it never finished when it is opened.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use bytes::Bytes;
use engine::io::{Disk, Open};
use engine::{BlobRef, CounterId, Group, Row, RowKey, Space};

use crate::gaps::Gaps;
use crate::index::{Index, LsmIndex};
use crate::place::{Place, Stored, row_bytes};
use crate::recover::Recovered;
use crate::view::{Scan, Step, View};
use crate::{INDEX_FOLDER, OpenError, crc, extent, log, real, start};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A row's body isn't what was written.
    BadBody {
        /// The bucket's space.
        space: Space,
        /// The key, or another group's name.
        group: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file that no row names: what a server was writing when it ended, which the next start
    /// removes, or a body whose row is lost.
    LeftOver(String),
    /// What a segment is said to hold alive isn't what rows refer to.
    Miscounted {
        /// Which.
        segment: String,
        /// Bytes, as they are counted.
        counted: u64,
        /// Bytes, as rows refer to them.
        found: u64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadBody { space, group, what } => {
                write!(f, "damaged: bucket {:016x}, key {group:?}: {what}", space.0)
            }
            Self::LeftOver(file) => write!(f, "left over: {file}"),
            Self::Miscounted { segment, counted, found } => {
                write!(f, "miscounted: {segment}: {counted} bytes alive, {found} referred to")
            }
        }
    }
}

/// What was read, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows.
    pub rows: u64,
    /// Bodies.
    pub bodies: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Every counter.
    pub counters: BTreeMap<(Space, CounterId), i64>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, bodies, bytes, findings, .. } = self;
        write!(f, "{rows} rows, {bodies} bodies, {bytes} bytes read; {} findings", findings.len())
    }
}

/// Checks a folder that no server has open. `visit` sees every row, so that those who know what rows
/// mean can check them further, against the report's counters.
pub fn fsck(folder: &Path, visit: impl FnMut(&Group, &RowKey, &Row)) -> Result<Report, OpenError> {
    if !folder.is_dir() {
        return Err(OpenError::Io(std::io::ErrorKind::NotFound.into()));
    }
    let disk = real::RealDisk::open(folder)?;
    let index = LsmIndex::open(&folder.join(INDEX_FOLDER))?;
    check(&disk, &index, visit)
}

pub(crate) fn check(
    disk: &dyn Disk,
    index: &dyn Index,
    mut visit: impl FnMut(&Group, &RowKey, &Row),
) -> Result<Report, OpenError> {
    let (mut recovered, _) = start::read(disk, index)?;
    let view = View::new(std::mem::take(&mut recovered.table), index.snapshot()?);
    let mut checker = Checker {
        disk,
        recovered,
        report: Report::default(),
        alive: BTreeMap::new(),
        named: HashSet::new(),
    };
    let gaps = Gaps::default();
    let (first, last) = (Bytes::from_static(&[1]), Bytes::from_static(&[u8::MAX]));
    let mut scan = Scan::new(&view, &gaps, first, last);
    loop {
        match scan.step()? {
            Step::End => break,
            Step::Rest => {}
            Step::Row(key, stored) => {
                let (group, row) =
                    RowKey::decode(&key).map_err(|e| OpenError::Damaged(e.to_string()))?;
                visit(&group, &row, &stored.row);
                checker.row(&key, &group, &stored);
            }
        }
    }
    checker.end()
}

struct Checker<'a> {
    disk: &'a dyn Disk,
    recovered: Recovered,
    report: Report,
    /// Bytes that rows refer to, by segment.
    alive: BTreeMap<u64, u64>,
    /// Extents that rows name.
    named: HashSet<u64>,
}

impl Checker<'_> {
    fn row(&mut self, key: &[u8], group: &Group, stored: &Stored) {
        self.report.rows += 1;
        *self.alive.entry(stored.home).or_default() += row_bytes(key, &stored.row);
        for blob in &stored.row.blobs {
            self.report.bodies += 1;
            self.report.bytes += blob.length;
            if let Some(what) = self.body(blob) {
                let group_name = String::from_utf8_lossy(&group.name).into_owned();
                let finding = Finding::BadBody { space: group.space, group: group_name, what };
                self.report.findings.push(finding);
            }
        }
    }

    /// What is wrong with a body.
    fn body(&mut self, blob: &BlobRef) -> Option<String> {
        match Place::of(blob) {
            Some(Place::Log { .. }) if blob.length == 0 => None,
            Some(Place::Log { segment, at, crc: wanted }) => {
                *self.alive.entry(segment).or_default() += blob.length;
                let Some(file) = self.recovered.segments.get(&segment) else {
                    return Some(format!("{} is missing", log::name(segment)));
                };
                let mut bytes = vec![0; blob.length as usize];
                match file.read_at(&mut bytes, at) {
                    Err(error) => Some(format!("{} at {at}: {error}", log::name(segment))),
                    Ok(()) if crc(&bytes) != wanted => {
                        Some(format!("{} at {at}: wrong checksum", log::name(segment)))
                    }
                    Ok(()) => None,
                }
            }
            Some(Place::Extent { id }) => {
                self.named.insert(id);
                let file = self.disk.open(&extent::name(id), Open::Existing);
                let what = match file {
                    Err(error) => Some(error.to_string()),
                    Ok(file) => extent::check(&*file, blob.length),
                };
                what.map(|it| format!("{}: {it}", extent::name(id)))
            }
            None => Some("its place can't be read".into()),
        }
    }

    /// What is there without being named, and whether what is counted is what was found.
    fn end(mut self) -> Result<Report, OpenError> {
        for id in extent::ids_from(self.disk, 0)? {
            if !self.named.contains(&id) {
                self.report.findings.push(Finding::LeftOver(extent::name(id)));
            }
        }
        for (segment, bytes) in &self.recovered.uses {
            let found = self.alive.get(segment).copied().unwrap_or(0);
            if found != bytes.live {
                self.report.findings.push(Finding::Miscounted {
                    segment: log::name(*segment),
                    counted: bytes.live,
                    found,
                });
            }
        }
        self.report.counters = self.recovered.counted.counters;
        Ok(self.report)
    }
}
