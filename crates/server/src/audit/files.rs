//! The files that records are in.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use types::Timestamp;

use crate::private;

/// A file that has so many bytes is followed by a new one.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// The folder of the files, below the one that is configured (`audit_folder`).
pub(crate) const FOLDER: &str = "audit";
/// What every file's name ends with.
const EXTENSION: &str = "jsonl";
/// What the names of strangers' files begin with.
const STRANGERS: &str = "strangers-";

/// Records that share files and the room to wait in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    /// Of callers who are known, and of what strangers were allowed.
    Known,
    /// Refusals of those who haven't shown who they are.
    Strangers,
}

impl Series {
    pub(super) const ALL: [Self; 2] = [Self::Known, Self::Strangers];

    /// Most bytes of records that wait to be written.
    pub(super) fn waiting_bytes_max(self) -> usize {
        match self {
            Self::Known => 8 << 20,
            Self::Strangers => 256 << 10,
        }
    }

    /// Most files; the oldest goes for a new one.
    fn files_max(self) -> usize {
        match self {
            Self::Known => 16,
            Self::Strangers => 4,
        }
    }

    /// What the names of its files begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Known => "",
            Self::Strangers => STRANGERS,
        }
    }

    fn of_file(path: &Path) -> Self {
        let name = path.file_name().and_then(|it| it.to_str());
        match name.is_some_and(|it| it.starts_with(STRANGERS)) {
            true => Self::Strangers,
            false => Self::Known,
        }
    }
}

/// The files of a series: the newest is written to.
pub(super) struct Files {
    folder: PathBuf,
    series: Series,
    current: Option<(File, u64)>,
}

impl Files {
    pub(super) fn new(folder: PathBuf, series: Series) -> Self {
        Self { folder, series, current: None }
    }

    /// Appends whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        if self.current.as_ref().is_none_or(|(_, bytes)| *bytes >= FILE_BYTES_MAX) {
            self.current = Some((self.begin()?, 0));
        }
        let (file, bytes) = self.current.as_mut().expect("begun above");
        file.write_all(lines)?;
        *bytes += lines.len() as u64;
        Ok(())
    }

    /// A new file, and as many old ones gone as there are too many. Names are in the order of time.
    fn begin(&self) -> io::Result<File> {
        private::make_folder(&self.folder)?;
        let mut old = list(&self.folder)?;
        old.retain(|it| Series::of_file(it) == self.series);
        for file in old.iter().take((old.len() + 1).saturating_sub(self.series.files_max())) {
            std::fs::remove_file(file)?;
        }
        let now = Timestamp::from(SystemTime::now());
        let (prefix, basic) = (self.series.prefix(), now.basic());
        let name = format!("{prefix}{basic}-{:06}", now.millis() % 1000 * 1000);
        let path = self.folder.join(name).with_extension(EXTENSION);
        private::append(&path)
    }
}

/// The files in a folder, those of each series together and the oldest of it first.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == EXTENSION) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn files_are_followed_by_new_ones_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FOLDER);
        std::fs::create_dir(&path).unwrap();
        let most = Series::Known.files_max();
        for number in 0..most + 1 {
            std::fs::write(path.join(format!("2020-{number:02}.{EXTENSION}")), "").unwrap();
        }
        let mut files = Files::new(path.clone(), Series::Known);
        files.write(b"one\n").unwrap();
        let kept = list(&path).unwrap();
        assert_eq!(kept.len(), most);
        assert!(kept[0].ends_with("2020-02.jsonl"), "{kept:?}");
        files.write(b"two\n").unwrap();
        assert_eq!(std::fs::read_to_string(kept.last().unwrap()).unwrap(), "one\ntwo\n");
        files.current.as_mut().unwrap().1 = FILE_BYTES_MAX;
        std::thread::sleep(Duration::from_millis(2));
        files.write(b"three\n").unwrap();
        assert_eq!(
            std::fs::read_to_string(list(&path).unwrap().last().unwrap()).unwrap(),
            "three\n"
        );
    }

    #[test]
    fn strangers_push_nobody_elses_records_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        for number in 0..Series::Known.files_max() {
            std::fs::write(path.join(format!("2020-{number:02}.{EXTENSION}")), "").unwrap();
        }
        let most = Series::Strangers.files_max();
        for number in 0..most + 3 {
            std::fs::write(path.join(format!("strangers-2020-{number:02}.{EXTENSION}")), "")
                .unwrap();
        }
        Files::new(path.clone(), Series::Strangers).write(b"one\n").unwrap();
        let (strangers, known): (Vec<_>, Vec<_>) = list(&path)
            .unwrap()
            .into_iter()
            .partition(|it| Series::of_file(it) == Series::Strangers);
        assert_eq!((strangers.len(), known.len()), (most, Series::Known.files_max()));
        assert_eq!(std::fs::read_to_string(strangers.last().unwrap()).unwrap(), "one\n");
    }
}
