//! The engine on a real folder and on a simulated disk.

use std::sync::Arc;

use engine::sim::disk::SimDisk;

use super::*;

#[tokio::test]
async fn keeps_the_contract_on_a_real_folder() {
    engine::conformance::run(|| async {
        let folder = tempfile::tempdir().unwrap().keep();
        DiskEngine::open(&folder, small()).unwrap()
    })
    .await;
}

/// Short segments, so that tests see many.
fn small() -> Options {
    Options { segment_bytes: 1 << 20, reserve_bytes: 0 }
}

#[tokio::test]
async fn a_second_server_on_a_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = DiskEngine::open(folder.path(), small()).unwrap();
    let second = DiskEngine::open(folder.path(), small());
    assert!(matches!(second, Err(OpenError::InUse(_))));
    first.close().await.unwrap();
    drop(first);
    // The committer's thread has let go of the folder.
    assert!(DiskEngine::open(folder.path(), small()).is_ok());
}

mod crash;
