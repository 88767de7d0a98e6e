//! The process is killed, and the machine goes on: the next start finds what was written and not
//! synced, builds on it, and only then the power goes.

use std::collections::BTreeMap;
use std::io::{self, IoSlice};

use engine::io::{File, Open};
use parking_lot::Mutex;

use super::crash::{check, short_life};
use super::*;

/// What a process does to a disk, until it has done so many operations.
struct Process {
    disk: SimDisk,
    left: Arc<Mutex<u64>>,
}

struct ProcessFile {
    file: Arc<dyn File>,
    left: Arc<Mutex<u64>>,
}

/// Does an operation, if the process lives that long.
fn live<T>(left: &Mutex<u64>, operation: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let mut left = left.lock();
    *left = left.checked_sub(1).ok_or_else(|| io::Error::other("the process was killed"))?;
    operation()
}

impl Disk for Process {
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
        let file = match how {
            Open::New => live(&self.left, || self.disk.open(name, how))?,
            Open::Existing | Open::PastCache => self.disk.open(name, how)?,
        };
        Ok(Arc::new(ProcessFile { file, left: Arc::clone(&self.left) }))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        live(&self.left, || self.disk.remove(name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        live(&self.left, || self.disk.rename(from, to))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.folders(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        live(&self.left, || self.disk.sync_folder(folder))
    }

    fn free_bytes(&self) -> io::Result<u64> {
        self.disk.free_bytes()
    }
}

impl File for ProcessFile {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.file.read_at(buffer, offset)
    }

    fn read_up_to(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.file.read_up_to(buffer, offset)
    }

    fn read_cached_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<bool> {
        self.file.read_cached_at(buffer, offset)
    }

    fn write_at(&self, pieces: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        live(&self.left, || self.file.write_at(pieces, offset))
    }

    fn write_past_cache_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        live(&self.left, || self.file.write_past_cache_at(bytes, offset))
    }

    fn sync(&self) -> io::Result<()> {
        live(&self.left, || self.file.sync())
    }

    fn length(&self) -> io::Result<u64> {
        self.file.length()
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        live(&self.left, || self.file.allocate(length))
    }

    fn write_zeros(&self, length: u64) -> io::Result<()> {
        live(&self.left, || self.file.write_zeros(length))
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
    let left = Arc::new(Mutex::new(operations));
    let process: Arc<dyn Disk> = Arc::new(Process { disk: disk.clone(), left: Arc::clone(&left) });
    if let Ok(engine) = DiskEngine::on(Arc::clone(&process), simulated()) {
        check(&*engine, model, seed).await;
        engine.close().await.unwrap();
    }
    short_life(&process, model).await;
    // Here it ends, whatever its threads are about to do.
    operations - std::mem::take(&mut *left.lock())
}

#[tokio::test]
async fn a_kill_after_any_operation_and_a_power_cut_in_the_life_behind_it() {
    let operations = life(&SimDisk::new(0), ALL, &mut BTreeMap::new(), 0).await;
    assert!(operations > 60, "{operations}");
    for kill in 0..=operations {
        for seed in few_seeds() {
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
