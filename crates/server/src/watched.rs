//! Files that the running server follows: whether they have changed since they were read.

use std::path::PathBuf;
use std::time::SystemTime;

use arc_swap::ArcSwap;

/// Files that are read together.
pub(crate) struct Watched<const FILES: usize> {
    paths: [PathBuf; FILES],
    read: ArcSwap<Version<FILES>>,
}

/// When each was changed last; none of one that isn't there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version<const FILES: usize>([Option<SystemTime>; FILES]);

impl<const FILES: usize> Watched<FILES> {
    /// They are read next: what is written from now on counts as a change.
    pub(crate) fn before_reading(paths: [PathBuf; FILES]) -> Self {
        let read = ArcSwap::from_pointee(version(&paths));
        Self { paths, read }
    }

    /// Another version than was read last. Whoever reads it says so with [`Watched::was_read`]; until
    /// then it is a change.
    pub(crate) fn changed(&self) -> Option<Version<FILES>> {
        let now = version(&self.paths);
        (now != **self.read.load()).then_some(now)
    }

    pub(crate) fn was_read(&self, version: Version<FILES>) {
        self.read.store(version.into());
    }
}

fn version<const FILES: usize>(paths: &[PathBuf; FILES]) -> Version<FILES> {
    let changed_at = |it: &PathBuf| std::fs::metadata(it).and_then(|it| it.modified()).ok();
    Version(paths.each_ref().map(changed_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_seen_until_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a", "b"].map(|it| folder.path().join(it));
        let [a, b] = paths.clone();
        let write = |path, seconds| {
            let file = std::fs::File::create(path).unwrap();
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            file.set_modified(time).unwrap();
        };
        write(&a, 1);
        let watched = Watched::before_reading(paths);
        assert!(watched.changed().is_none());
        for change in [&|| write(&b, 1), &|| write(&a, 2), &|| std::fs::remove_file(&b).unwrap()]
            as [&dyn Fn(); 3]
        {
            change();
            assert!(watched.changed().is_some(), "and nobody has read it");
            let version = watched.changed().unwrap();
            watched.was_read(version);
            assert!(watched.changed().is_none());
        }
    }
}
