//! The process ends, and the machine goes on: the next start finds what was written and not synced,
//! builds on it, and only then the power goes. It was killed, or a sync failed: then what it wrote
//! isn't on the disk, though readers still find it, and no further sync brings it there.

use std::collections::BTreeMap;
use std::io::{self, IoSlice};

use engine::io::{File, Open};
use engine::sim::SeededRandom;
use parking_lot::Mutex;
use rustix::io::Errno;

use super::crash::{check, short_life};
use super::*;

/// What a process does to a disk.
struct Process {
    disk: SimDisk,
    fate: Arc<Mutex<Fate>>,
}

struct ProcessFile {
    disk: SimDisk,
    file: Arc<dyn File>,
    fate: Arc<Mutex<Fate>>,
}

/// What a process still has before it.
#[derive(Clone, Copy)]
struct Fate {
    /// Operations until it is killed.
    operations: u64,
    /// Syncs of files until one fails. (Where a folder's fails the file system takes no more writes.)
    syncs: u64,
    /// What it is told when it wants a new file.
    refused: Option<Errno>,
}

impl Fate {
    /// More than any life here has.
    const LONG: u64 = 1 << 32;

    fn killed_after(operations: u64) -> Self {
        Self { operations, syncs: Self::LONG, refused: None }
    }

    fn fails_after(syncs: u64) -> Self {
        Self { syncs, ..Self::killed_after(Self::LONG) }
    }
}

/// Does an operation, if the process lives that long.
fn live<T>(fate: &Mutex<Fate>, operation: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let mut fate = fate.lock();
    let left = fate.operations.checked_sub(1);
    fate.operations = left.ok_or_else(|| io::Error::other("the process was killed"))?;
    operation()
}

impl Disk for Process {
    fn open(&self, name: &str, how: Open) -> io::Result<Arc<dyn File>> {
        if how != Open::Existing
            && let Some(error) = self.fate.lock().refused
        {
            return Err(error.into());
        }
        let file = match how {
            Open::New => live(&self.fate, || self.disk.open(name, how))?,
            Open::Existing | Open::PastCache => self.disk.open(name, how)?,
        };
        let (disk, fate) = (self.disk.clone(), Arc::clone(&self.fate));
        Ok(Arc::new(ProcessFile { disk, file, fate }))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        live(&self.fate, || self.disk.remove(name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        live(&self.fate, || self.disk.rename(from, to))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.folders(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        live(&self.fate, || self.disk.sync_folder(folder))
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
        live(&self.fate, || self.file.write_at(pieces, offset))
    }

    fn write_past_cache_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        live(&self.fate, || self.file.write_past_cache_at(bytes, offset))
    }

    fn sync(&self) -> io::Result<()> {
        let left = self.fate.lock().syncs.checked_sub(1);
        self.fate.lock().syncs = left.unwrap_or(Fate::LONG);
        live(&self.fate, || {
            if left.is_none() {
                self.disk.fail_sync(self.disk.syncs() + 1);
            }
            self.file.sync()
        })
    }

    fn length(&self) -> io::Result<u64> {
        self.file.length()
    }

    fn allocate(&self, length: u64) -> io::Result<()> {
        live(&self.fate, || self.file.allocate(length))
    }

    fn write_zeros(&self, length: u64) -> io::Result<()> {
        live(&self.fate, || self.file.write_zeros(length))
    }
}

/// A life of a process; what of its fate was left at its end.
async fn life(
    disk: &SimDisk,
    fate: Fate,
    model: &mut BTreeMap<u8, crash::Possible>,
    seed: u64,
) -> Fate {
    let fate = Arc::new(Mutex::new(fate));
    let process: Arc<dyn Disk> = Arc::new(Process { disk: disk.clone(), fate: Arc::clone(&fate) });
    if let Ok(engine) = DiskEngine::on(Arc::clone(&process), simulated()) {
        check(&*engine, model, seed).await;
        engine.close().await.unwrap();
    }
    short_life(&process, model).await;
    // Here it ends, whatever its threads are about to do.
    std::mem::replace(&mut *fate.lock(), Fate::killed_after(0))
}

/// How many operations and syncs of files a whole life has.
async fn whole_life() -> (u64, u64) {
    let left =
        life(&SimDisk::new(0), Fate::killed_after(Fate::LONG), &mut BTreeMap::new(), 0).await;
    (Fate::LONG - left.operations, Fate::LONG - left.syncs)
}

/// A process ends so, another lives on what it left for any while, and then the power goes.
async fn ends_and_builds_on_it(first: Fate, operations: u64, seed: u64, how: &str) {
    let disk = SimDisk::new(seed);
    let mut model = BTreeMap::new();
    life(&disk, first, &mut model, seed).await;
    let while_it_lives = SeededRandom::new(seed ^ first.operations << 32 ^ first.syncs).number();
    let second = Fate::killed_after(while_it_lives % operations);
    life(&disk, second, &mut model, seed).await;
    let engine = DiskEngine::on(Arc::new(disk.crash()), simulated());
    let engine = engine.unwrap_or_else(|e| panic!("seed {seed}, {how}: {e}"));
    check(&*engine, &mut model, seed).await;
}

#[tokio::test]
async fn a_kill_after_any_operation_and_a_power_cut_in_the_life_behind_it() {
    let (operations, _) = whole_life().await;
    assert!(operations > 60, "{operations}");
    for kill in 0..=operations {
        for seed in few_seeds() {
            let how = format!("killed after {kill}");
            ends_and_builds_on_it(Fate::killed_after(kill), operations, seed, &how).await;
        }
    }
}

#[tokio::test]
async fn a_failed_sync_of_any_file_and_a_power_cut_in_the_life_behind_it() {
    let (operations, syncs) = whole_life().await;
    assert!(syncs > 20, "{syncs}");
    for sync in 0..syncs {
        for seed in few_seeds() {
            let how = format!("after {sync} syncs");
            ends_and_builds_on_it(Fate::fails_after(sync), operations, seed, &how).await;
        }
    }
}

/// Some lives, which end as they come: killed, by a failed sync, in good order; behind some of them the
/// power goes.
async fn lives_of_all_kinds(seed: u64) {
    let mut random = SeededRandom::new(seed);
    let mut disk = SimDisk::new(seed);
    let mut model = BTreeMap::new();
    for _ in 0..8 {
        let fate = match random.below(3) {
            0 => Fate::killed_after(random.below(300)),
            1 => Fate::fails_after(random.below(60)),
            _ => Fate::killed_after(Fate::LONG),
        };
        let fate = Arc::new(Mutex::new(fate));
        let process = Process { disk: disk.clone(), fate: Arc::clone(&fate) };
        if let Ok(engine) = DiskEngine::on(Arc::new(process), crash::busy()) {
            check(&*engine, &mut model, seed).await;
            let mut rounds = random.below(4);
            while crash::live(&*engine, &mut random, &mut model).await && rounds > 0 {
                let _ = engine.upkeep().await;
                rounds -= 1;
            }
            engine.close().await.unwrap();
        }
        *fate.lock() = Fate::killed_after(0);
        if random.percent(50) {
            disk = disk.crash();
        }
    }
    let disk = disk.crash();
    let engine = DiskEngine::on(Arc::new(disk.clone()), crash::busy());
    let engine = engine.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    check(&*engine, &mut model, seed).await;
    engine.close().await.unwrap();
    crash::finds_nothing(&disk, seed);
}

#[tokio::test]
async fn no_end_of_a_process_loses_what_was_acknowledged() {
    for seed in seeds(40) {
        lives_of_all_kinds(seed).await;
    }
}

/// However long it lasts: a client that opens connections must not end all writing.
#[tokio::test]
async fn a_checkpoint_waits_until_files_can_be_opened_again() {
    let fate = Arc::new(Mutex::new(Fate::killed_after(Fate::LONG)));
    let process = Process { disk: SimDisk::new(1), fate: Arc::clone(&fate) };
    let options = Options { background: Background::Threads, ..small() };
    let engine = DiskEngine::on(Arc::new(process), options).unwrap();
    let row = RowKey::new(Table::Heads, "");
    let put = engine::PutRow { row, value: "v".into(), blobs: vec![] };
    let change = Change { put: vec![put], ..Change::default() };
    engine.apply(&Group::new(Space(7), "k"), change).await.unwrap();
    fate.lock().refused = Some(Errno::MFILE);
    let shared = Arc::clone(&engine.shared);
    let checkpoint =
        tokio::spawn(async move { shared.ask(commit::Request::Checkpoint).await.unwrap() });
    // Far longer than a checkpoint that fails for another reason is tried.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(engine.status().poisoned, None);
    assert!(!checkpoint.is_finished());
    fate.lock().refused = None;
    checkpoint.await.unwrap().unwrap();
    engine.close().await.unwrap();
}

/// A quota that is used up, too many open files: it passes, and nothing was written.
#[tokio::test]
async fn a_process_that_may_make_no_file_for_a_while_goes_on_behind_it() {
    for (errno, is_full) in [(Errno::DQUOT, true), (Errno::MFILE, false)] {
        let fate = Arc::new(Mutex::new(Fate::killed_after(Fate::LONG)));
        let process = Process { disk: SimDisk::new(1), fate: Arc::clone(&fate) };
        let options = Options { segment_bytes: 8_000, checkpoint_rows: u64::MAX, ..simulated() };
        let engine = DiskEngine::on(Arc::new(process), options).unwrap();
        let write = || async {
            let put = engine::PutRow {
                row: RowKey::new(Table::Heads, ""),
                value: vec![1; 3000].into(),
                blobs: vec![],
            };
            let change = Change { put: vec![put], ..Change::default() };
            engine.apply(&Group::new(Space(7), "k"), change).await
        };
        write().await.unwrap();
        fate.lock().refused = Some(errno);
        // Up to the end of the segment that is there.
        let refused = loop {
            if let Err(error) = write().await {
                break error;
            }
        };
        assert_eq!(matches!(refused, ApplyError::Engine(EngineError::Full)), is_full, "{refused}");
        assert!(write().await.is_err());
        assert_eq!(engine.status().poisoned, None);
        fate.lock().refused = None;
        write().await.unwrap();
    }
}

/// A spare file is only there to save time later.
#[tokio::test]
async fn space_comes_back_though_no_spare_file_can_be_made() {
    let fate = Arc::new(Mutex::new(Fate::killed_after(Fate::LONG)));
    let disk = SimDisk::new(1);
    let process = Process { disk: disk.clone(), fate: Arc::clone(&fate) };
    let options = Options { segment_bytes: 8_000, checkpoint_rows: u64::MAX, ..simulated() };
    let engine = DiskEngine::on(Arc::new(process), options).unwrap();
    for _ in 0..20 {
        let row = RowKey::new(Table::Heads, "");
        let put = engine::PutRow { row, value: vec![1; 3000].into(), blobs: vec![] };
        let change = Change { put: vec![put], ..Change::default() };
        engine.apply(&Group::new(Space(7), "k"), change).await.unwrap();
    }
    engine.checkpoint().await.unwrap();
    let segments = || disk.list(crate::log::FOLDER).unwrap().len();
    let before = segments();
    fate.lock().refused = Some(Errno::MFILE);
    crate::upkeep::look(&engine.shared, &mut Default::default()).await.unwrap();
    assert!(segments() < before, "{before} segments are still there");
    // Those that are there aren't lost by segments that can't be begun.
    let spares = || {
        let names = disk.list(crate::log::FOLDER).unwrap();
        names.iter().filter(|it| crate::log::spare_number_of(it).is_some()).count()
    };
    let write = async || {
        let row = RowKey::new(Table::Heads, "");
        let put = engine::PutRow { row, value: vec![1; 3000].into(), blobs: vec![] };
        let change = Change { put: vec![put], ..Change::default() };
        engine.apply(&Group::new(Space(7), "k"), change).await
    };
    assert_eq!(spares(), crate::segments::SPARES);
    while write().await.is_ok() {}
    assert!(write().await.is_err());
    assert_eq!(spares(), crate::segments::SPARES);
    fate.lock().refused = None;
    for _ in 0..10 {
        write().await.unwrap();
    }
    assert_eq!(spares(), 0);
}
