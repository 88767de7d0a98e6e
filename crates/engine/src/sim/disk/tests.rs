use std::io::{ErrorKind, IoSlice};

use super::*;

const SEEDS: u64 = 200;

fn write(file: &Arc<dyn File>, bytes: &[u8], offset: u64) {
    file.write_at(&[IoSlice::new(bytes)], offset).unwrap();
}

fn read(disk: &SimDisk, name: &str) -> Vec<u8> {
    let file = disk.open(name, Open::Existing).unwrap();
    let mut bytes = vec![0; file.length().unwrap() as usize];
    file.read_at(&mut bytes, 0).unwrap();
    bytes
}

fn names(disk: &SimDisk, folder: &str) -> Vec<String> {
    let mut names = disk.list(folder).unwrap();
    names.sort();
    names
}

/// A disk with a durable file `a` of these bytes, open.
fn disk_with_a(seed: u64, bytes: &[u8]) -> (SimDisk, Arc<dyn File>) {
    let disk = SimDisk::new(seed);
    let file = disk.open("a", Open::New).unwrap();
    write(&file, bytes, 0);
    file.sync().unwrap();
    disk.sync_folder("").unwrap();
    (disk, file)
}

/// What was found after a crash with each of many seeds, once each.
fn outcomes<T: Ord>(crash: impl Fn(u64) -> T) -> BTreeSet<T> {
    (0..SEEDS).map(crash).collect()
}

#[test]
fn pieces_are_written_one_behind_the_other() {
    let (disk, file) = disk_with_a(0, &[1; 600]);
    let pieces = [IoSlice::new(&[2; 10]), IoSlice::new(&[]), IoSlice::new(&[3; 5])];
    file.write_at(&pieces, 505).unwrap();
    let wanted = [[1; 505].as_slice(), &[2; 10], &[3; 5], &[1; 80]].concat();
    assert_eq!(read(&disk, "a"), wanted);
    write(&file, b"z", 700);
    assert_eq!(read(&disk, "a"), [&wanted[..], &[0; 100], b"z"].concat());
    assert_eq!(file.read_at(&mut [0; 2], 700).unwrap_err().kind(), ErrorKind::UnexpectedEof);
}

#[test]
fn what_was_synced_survives() {
    for seed in 0..SEEDS {
        let (disk, _file) = disk_with_a(seed, &[7; 2000]);
        assert_eq!(read(&disk.crash(), "a"), [7; 2000], "seed {seed}");
    }
}

#[test]
fn an_unsynced_write_is_torn_and_outlives_an_earlier_one() {
    let sectors = outcomes(|seed| {
        let (disk, file) = disk_with_a(seed, &[0; 1024]);
        write(&file, &[1; 1024], 0);
        write(&file, &[2; 512], 512);
        let found = read(&disk.crash(), "a");
        assert!(found[..512].iter().all(|it| *it == found[0]), "a sector is torn");
        assert!(found[512..].iter().all(|it| *it == found[512]), "a sector is torn");
        (found[0], found[512])
    });
    assert_eq!(sectors, BTreeSet::from([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]));
}

#[test]
fn an_unsynced_length_is_any_that_the_file_had() {
    let lengths = outcomes(|seed| {
        let (disk, file) = disk_with_a(seed, &[9; 100]);
        write(&file, &[9; 100], 100);
        file.allocate(5000).unwrap();
        let found = read(&disk.crash(), "a");
        assert!(found[..100].iter().all(|it| *it == 9));
        assert!(found.iter().skip(200).all(|it| *it == 0));
        found.len()
    });
    assert_eq!(lengths, BTreeSet::from([100, 200, 5000]));
}

#[test]
fn nothing_comes_back_from_behind_the_end() {
    for seed in 0..SEEDS {
        let (disk, file) = disk_with_a(seed, &[9; 100]);
        write(&file, &[9; 600], 100);
        let disk = disk.crash();
        let file = disk.open("a", Open::Existing).unwrap();
        let length = file.length().unwrap() as usize;
        file.allocate(1024).unwrap();
        assert!(read(&disk, "a")[length..].iter().all(|it| *it == 0), "seed {seed}");
    }
}

#[test]
fn a_name_is_kept_by_its_folder_not_by_its_file() {
    let found = outcomes(|seed| {
        let disk = SimDisk::new(seed);
        let file = disk.open("x/new", Open::New).unwrap();
        file.sync().unwrap();
        disk.sync_folder("").unwrap();
        names(&disk.crash(), "x")
    });
    assert_eq!(found, BTreeSet::from([vec![], vec!["new".to_owned()]]));
}

#[test]
fn unsynced_names_are_lost_one_by_one() {
    let found = outcomes(|seed| {
        let (disk, _file) = disk_with_a(seed, b"");
        disk.remove("a").unwrap();
        disk.open("b", Open::New).unwrap();
        names(&disk.crash(), "").concat()
    });
    assert_eq!(found, ["", "a", "b", "ab"].map(str::to_owned).into());
}

#[test]
fn a_rename_happens_whole_or_not() {
    let found = outcomes(|seed| {
        let (disk, _file) = disk_with_a(seed, b"old");
        let new = disk.open("a.new", Open::New).unwrap();
        write(&new, b"new", 0);
        new.sync().unwrap();
        disk.rename("a.new", "a").unwrap();
        let disk = disk.crash();
        (names(&disk, "").join(" "), read(&disk, "a"))
    });
    let (old, new) = (b"old".to_vec(), b"new".to_vec());
    let name = |it: &str| it.to_owned();
    let wanted = [(name("a"), old.clone()), (name("a"), new), (name("a a.new"), old)];
    assert_eq!(found, wanted.into());
}

#[test]
fn a_removed_file_comes_back_whole_or_goes() {
    let found = outcomes(|seed| {
        let (disk, file) = disk_with_a(seed, b"kept");
        disk.remove("a").unwrap();
        drop(file);
        let disk = disk.crash();
        names(&disk, "").first().map(|name| read(&disk, name))
    });
    assert_eq!(found, BTreeSet::from([None, Some(b"kept".to_vec())]));
}

#[test]
fn syncing_either_folder_of_a_rename_keeps_it_and_what_it_builds_on() {
    for (seed, folder) in (0..SEEDS).flat_map(|seed| [(seed, "x"), (seed, "y")]) {
        let disk = SimDisk::new(seed);
        disk.open("x/a", Open::New).unwrap();
        disk.rename("x/a", "y/b").unwrap();
        disk.sync_folder(folder).unwrap();
        let disk = disk.crash();
        assert_eq!((names(&disk, "x"), names(&disk, "y")), (vec![], vec!["b".into()]));
    }
}

#[test]
fn names_follow_the_rules_of_posix() {
    let (disk, file) = disk_with_a(0, b"first");
    assert_eq!(disk.open("a", Open::New).err().unwrap().kind(), ErrorKind::AlreadyExists);
    assert_eq!(disk.open("b", Open::Existing).err().unwrap().kind(), ErrorKind::NotFound);
    assert_eq!(disk.remove("b").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(disk.rename("b", "c").unwrap_err().kind(), ErrorKind::NotFound);
    write(&disk.open("x/y/b", Open::New).unwrap(), b"second", 0);
    assert_eq!((names(&disk, ""), names(&disk, "x")), (vec!["a".into()], vec![]));
    assert_eq!(names(&disk, "x/y"), ["b"]);
    disk.rename("x/y/b", "a").unwrap();
    assert_eq!(read(&disk, "a"), b"second");
    let mut still = [0; 5];
    file.read_at(&mut still, 0).unwrap();
    assert_eq!(&still, b"first");
}

#[test]
fn the_power_is_cut_after_the_operation_named() {
    let run = |disk: &SimDisk| -> io::Result<()> {
        let file = disk.open("a", Open::New)?;
        file.write_at(&[IoSlice::new(b"1")], 0)?;
        file.sync()?;
        disk.sync_folder("")?;
        file.allocate(10)
    };
    let disk = SimDisk::new(0);
    run(&disk).unwrap();
    assert_eq!((disk.operations(), disk.syncs()), (5, 2));
    for last in 0..5 {
        let disk = SimDisk::new(last);
        disk.cut_after(last);
        run(&disk).unwrap_err();
        assert!(disk.is_off());
        let found = disk.crash();
        assert!(!found.is_off());
        if last == 4 {
            assert_eq!(read(&found, "a"), b"1");
        }
    }
}

#[test]
fn old_handles_fail_after_a_crash() {
    let (disk, file) = disk_with_a(0, b"1");
    let found = disk.crash();
    assert!(file.read_at(&mut [0], 0).is_err() && file.sync().is_err() && file.length().is_err());
    assert!(disk.list("").is_err() && disk.open("a", Open::Existing).is_err());
    drop(file);
    assert_eq!(read(&found, "a"), b"1");
}

#[test]
fn a_failed_sync_keeps_any_of_it_and_a_second_one_proves_nothing() {
    let found = outcomes(|seed| {
        let (disk, file) = disk_with_a(seed, &[0; 1024]);
        write(&file, &[1; 1024], 0);
        disk.fail_sync(disk.syncs() + 1);
        file.sync().unwrap_err();
        file.sync().unwrap();
        assert_eq!(read(&disk, "a"), [1; 1024]);
        let found = read(&disk.crash(), "a");
        (found[0], found[512])
    });
    assert_eq!(found, BTreeSet::from([(0, 0), (0, 1), (1, 0), (1, 1)]));
}

#[test]
fn a_failed_sync_of_a_folder_keeps_any_of_its_names() {
    let found = outcomes(|seed| {
        let (disk, _file) = disk_with_a(seed, b"");
        disk.open("b", Open::New).unwrap();
        disk.fail_sync(disk.syncs() + 1);
        disk.sync_folder("").unwrap_err();
        disk.sync_folder("").unwrap();
        assert_eq!(names(&disk, ""), ["a", "b"]);
        names(&disk.crash(), "").len()
    });
    assert_eq!(found, BTreeSet::from([1, 2]));
}

#[test]
fn a_full_disk_takes_what_fits() {
    let (disk, file) = disk_with_a(0, &[1; 600]);
    disk.set_capacity(Some(1000));
    assert_eq!(disk.free_bytes().unwrap(), 400);
    assert_eq!(file.allocate(1001).unwrap_err().kind(), ErrorKind::StorageFull);
    let full = file.write_at(&[IoSlice::new(&[2; 500])], 600).unwrap_err();
    assert_eq!(full.kind(), ErrorKind::StorageFull);
    assert_eq!((file.length().unwrap(), disk.free_bytes().unwrap()), (1000, 0));
    write(&file, &[3; 1000], 0);
    disk.open("b", Open::New).unwrap().allocate(1).unwrap_err();
    disk.remove("a").unwrap();
    assert_eq!(disk.free_bytes().unwrap(), 0, "an open file keeps its bytes");
    drop(file);
    assert_eq!(disk.free_bytes().unwrap(), 1000);
}

#[test]
fn allocated_bytes_are_zeros_that_can_be_written_on_a_full_disk() {
    let disk = SimDisk::new(0);
    disk.set_capacity(Some(1000));
    let file = disk.open("a", Open::New).unwrap();
    file.allocate(1000).unwrap();
    assert_eq!(read(&disk, "a"), [0; 1000]);
    write(&file, &[1; 1000], 0);
    file.allocate(10).unwrap();
    assert_eq!(file.length().unwrap(), 1000);
}

#[test]
fn a_flipped_bit_is_seen_at_once_and_after_a_crash() {
    let (disk, _file) = disk_with_a(3, b"abc");
    disk.flip_bit("a", 8);
    assert_eq!(read(&disk, "a"), b"acc");
    assert_eq!(read(&disk.crash(), "a"), b"acc");
}

#[test]
fn some_reads_would_wait() {
    let (_disk, file) = disk_with_a(0, b"abc");
    let answers: BTreeSet<bool> = (0..50)
        .map(|_| {
            let mut buffer = [0; 3];
            let cached = file.read_cached_at(&mut buffer, 0).unwrap();
            assert!(!cached || &buffer == b"abc");
            cached
        })
        .collect();
    assert_eq!(answers, BTreeSet::from([false, true]));
}

#[test]
fn the_same_seed_gives_the_same_crash() {
    let run = |seed| {
        let (disk, file) = disk_with_a(seed, &[0; 4096]);
        (1..9).for_each(|it| write(&file, &[it; 1000], u64::from(it) * 300));
        read(&disk.crash(), "a")
    };
    assert_eq!(run(11), run(11));
}
