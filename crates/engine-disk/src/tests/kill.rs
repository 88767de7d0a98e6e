//! The process is killed, and the machine goes on: the next start finds what was written and not
//! synced, builds on it, and only then the power goes.

use std::collections::BTreeMap;
use std::io::{self, IoSlice};
use std::sync::atomic::{AtomicU64, Ordering};

use engine::io::{File, Open};

use super::crash::{check, short_life};
use super::*;

/// What a process does to a disk, until it has done so many operations.
struct Process {
    disk: SimDisk,
    left: Arc<AtomicU64>,
}

struct ProcessFile {
    file: Arc<dyn File>,
    left: Arc<AtomicU64>,
}

fn lives(left: &AtomicU64) -> io::Result<()> {
    let one_less = |it: u64| it.checked_sub(1);
    let lives = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok();
    if lives { Ok(()) } else { Err(io::Error::other("the process was killed")) }
}

impl Disk for Process {
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
        if how == Open::New {
            lives(&self.left)?;
        }
        let file = self.disk.open(name, how)?;
        Ok(Arc::new(ProcessFile { file, left: Arc::clone(&self.left) }))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        lives(&self.left)?;
        self.disk.remove(name)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        lives(&self.left)?;
        self.disk.rename(from, to)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.folders(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        lives(&self.left)?;
        self.disk.sync_folder(folder)
    }

    fn free_bytes(&self) -> io::Result<u64> {
        self.disk.free_bytes()
    }
}

impl File for ProcessFile {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.file.read_at(buffer, offset)
    }

    fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool> {
        self.file.read_cached_at(buffer, offset)
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        lives(&self.left)?;
        self.file.write_at(pieces, offset)
    }

    fn sync(&self) -> io::Result<()> {
        lives(&self.left)?;
        self.file.sync()
    }

    fn length(&self) -> io::Result<u64> {
        self.file.length()
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        lives(&self.left)?;
        self.file.allocate(length)
    }
}

/// So many operations as no life here has.
const ALL: u64 = 1 << 32;

async fn life(
    disk: &SimDisk,
    operations: u64,
    model: &mut BTreeMap<u8, crash::Possible>,
    seed: u64,
) -> u64 {
    let left = Arc::new(AtomicU64::new(operations));
    let process: Arc<dyn Disk> = Arc::new(Process { disk: disk.clone(), left: Arc::clone(&left) });
    if let Ok(engine) = DiskEngine::on(Arc::clone(&process), simulated()) {
        check(&*engine, model, seed).await;
        engine.close().await.unwrap();
    }
    short_life(&process, model).await;
    // What its threads still do it doesn't do any more.
    operations - left.swap(0, Ordering::Relaxed)
}

#[tokio::test]
async fn a_kill_after_any_operation_and_a_power_cut_in_the_life_behind_it() {
    let operations = life(&SimDisk::new(0), ALL, &mut BTreeMap::new(), 0).await;
    assert!(operations > 60, "{operations}");
    for kill in 0..=operations {
        for seed in seeds(3) {
            let disk = SimDisk::new(seed);
            let mut model = BTreeMap::new();
            life(&disk, kill, &mut model, seed).await;
            life(&disk, ALL, &mut model, seed).await;
            let engine = DiskEngine::on(Arc::new(disk.crash()), simulated());
            let engine = engine.unwrap_or_else(|e| panic!("seed {seed}, killed after {kill}: {e}"));
            check(&*engine, &mut model, seed).await;
        }
    }
}
