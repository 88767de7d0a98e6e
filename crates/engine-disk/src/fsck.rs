//! `onggi fsck`: reads everything and says what is wrong. Changes nothing.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use engine::RowKey;
use engine::io::{Disk, Open};

use crate::run::Place;
use crate::{OpenError, crc, extent, real, recover};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A row's body isn't what was written.
    BadBody {
        /// The bucket's space, in hexadecimal.
        space: u64,
        /// The key, or another group's name.
        group: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file that no row names: the next start removes it.
    LeftOver(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadBody { space, group, what } => {
                write!(f, "damaged: bucket {space:016x}, key {group:?}: {what}")
            }
            Self::LeftOver(file) => write!(f, "left over: {file}"),
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
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, bodies, bytes, findings } = self;
        write!(f, "{rows} rows, {bodies} bodies, {bytes} bytes read; {} findings", findings.len())
    }
}

/// Checks a folder that no server has open.
pub fn fsck(folder: &Path) -> Result<Report, OpenError> {
    if !folder.is_dir() {
        return Err(OpenError::Io(std::io::ErrorKind::NotFound.into()));
    }
    check(&real::RealDisk::open(folder)?)
}

pub(crate) fn check(disk: &dyn Disk) -> Result<Report, OpenError> {
    let recovered = recover::replay(disk)?;
    let mut report = Report { rows: recovered.book.rows().count() as u64, ..Report::default() };
    let mut named = HashSet::new();
    for (key, blob) in recovered.book.blobs() {
        report.bodies += 1;
        report.bytes += blob.length;
        let problem = match Place::of(blob) {
            Some(Place::Log { segment, at, crc: wanted }) => {
                let mut bytes = vec![0; blob.length as usize];
                match recovered.segments.get(&segment).map(|it| it.read_at(&mut bytes, at)) {
                    None => Some(format!("segment {segment} is missing")),
                    Some(Err(error)) => Some(error.to_string()),
                    Some(Ok(())) if crc(&bytes) != wanted => Some("wrong checksum".into()),
                    Some(Ok(())) => None,
                }
            }
            Some(Place::Extent { id }) => {
                named.insert(id);
                match disk.open(&extent::name(id), Open::Existing) {
                    Err(error) => Some(format!("{}: {error}", extent::name(id))),
                    Ok(file) => extent::check(&*file, blob.length)?
                        .err()
                        .map(|block| format!("{}: block {block}", extent::name(id))),
                }
            }
            None => Some("its place can't be read".into()),
        };
        if let Some(what) = problem {
            let (group, _) = RowKey::decode(key).map_err(|e| OpenError::Damaged(e.to_string()))?;
            let (space, group) = (group.space.0, String::from_utf8_lossy(&group.name).into_owned());
            report.findings.push(Finding::BadBody { space, group, what });
        }
    }
    for file in disk.list(extent::FOLDER)? {
        if extent::id_of(&file).is_none_or(|id| !named.contains(&id)) {
            report.findings.push(Finding::LeftOver(format!("{}/{file}", extent::FOLDER)));
        }
    }
    Ok(report)
}
