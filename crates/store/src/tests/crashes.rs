//! A process killed behind each call of the engine that an operation makes.

use engine::sim::Mischief;

use super::audit::{Audit, audit};
use super::probe::Probe;
use super::*;

/// What an operation is about.
struct Scene {
    store: Store,
    bucket: Arc<Bucket>,
    upload: Option<UploadId>,
    marks: Vec<PartMark>,
}

type Acting<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>>;

fn open(engine: Arc<dyn Engine>, clock: &Arc<ManualClock>) -> Store {
    Store::with_parts_of(1, engine, Arc::clone(clock) as _)
}

/// Prepares a scene, acts in it until the process is killed behind the first call, the second and
/// so on, and lets `check` look at what a new process finds when its background work is done. Tells
/// how many calls the act makes.
async fn killed_at_each_call<P: Future<Output = Scene>>(
    prepare: impl Fn(Store) -> P,
    act: impl for<'a> Fn(&'a Scene) -> Acting<'a>,
    check: impl AsyncFn(&Scene, &Audit, Option<Result<(), StoreError>>, &str),
) -> usize {
    for calls in 0.. {
        let engine = SimEngine::new();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
        let scene = prepare(open(Arc::new(engine.clone()), &clock)).await;
        let probe = Probe::new(Arc::new(engine.clone()));
        probe.kill_after(calls);
        let acting = Scene { store: open(Arc::new(probe.clone()), &clock), ..scene };
        let done = tokio::select! {
            biased;
            done = act(&acting) => Some(done),
            () = probe.killed() => None,
        };
        let survived = done.is_some();
        clock.advance(60_000);
        let engine = engine.reopen().misbehaving(Some(Mischief::known(calls as u64)));
        let store = open(Arc::new(engine.clone()), &clock);
        let at = format!("killed after call {calls}");
        let found = audit(&store, &at).await;
        assert_eq!(engine.blob_count(), found.blobs, "{at}: blobs that no row owns");
        check(&Scene { store, ..acting }, &found, done, &at).await;
        if survived {
            return calls;
        }
    }
    unreachable!("an act ends")
}

/// A bucket with an open upload of three parts, and a multipart object under the same key.
async fn with_upload(store: Store) -> Scene {
    let bucket = bucket(&store, "bucket").await;
    let mut scene = Scene { store, bucket, upload: None, marks: vec![] };
    for body in ["old", "new"] {
        begin_upload(&mut scene, body).await;
        if body == "old" {
            complete(&scene).await.unwrap();
        }
    }
    // One more that the object isn't made of.
    part_of(&scene, 9, b"unused").await;
    scene
}

async fn begin_upload(scene: &mut Scene, body: &str) {
    let Scene { store, bucket, .. } = &*scene;
    let id = store.create_upload(bucket, &key("k"), NewUpload::default()).await.unwrap();
    scene.upload = Some(id);
    scene.marks = vec![
        part_of(scene, 1, format!("{body} one ").as_bytes()).await,
        part_of(scene, 2, format!("{body} two").as_bytes()).await,
    ];
}

async fn part_of(scene: &Scene, number: u16, body: &[u8]) -> PartMark {
    upload_part(&scene.store, &scene.bucket, scene.upload.unwrap(), number, body).await
}

async fn complete(scene: &Scene) -> Result<Summary, StoreError> {
    let (key, id) = (key("k"), scene.upload.unwrap());
    let (marks, condition) = (scene.marks.clone(), Precondition::None);
    scene.store.complete_upload(&scene.bucket, (&key, id), marks, condition, combined).await
}

async fn body(scene: &Scene) -> Option<String> {
    let bytes = read(&scene.store, &scene.bucket, "k").await?;
    Some(String::from_utf8(bytes).unwrap())
}

#[tokio::test]
async fn a_completion_killed_at_any_call_has_happened_or_can_be_repeated() {
    let calls = killed_at_each_call(
        with_upload,
        |scene| Box::pin(async { complete(scene).await.map(drop) }),
        async |scene, found, done, at| {
            let before = body(scene).await.unwrap();
            let happened = before == "new one new two";
            assert!(happened || before == "old one old two", "{at}: {before}");
            assert!(happened || done.is_none(), "{at}: {done:?}");
            assert_eq!(found.open_uploads, usize::from(!happened), "{at}");
            // Killed or not, asking again makes it so, and says the same.
            let object = complete(scene).await.unwrap();
            assert_eq!(body(scene).await.unwrap(), "new one new two", "{at}");
            assert_eq!(complete(scene).await.unwrap().etag, object.etag, "{at}");
            let found = audit(&scene.store, at).await;
            assert_eq!((found.open_uploads, found.blobs), (0, 3), "{at}: a table and two parts");
        },
    );
    assert!(calls.await > 8);
}

#[tokio::test]
async fn a_part_comes_through_behind_a_completion_that_was_killed() {
    killed_at_each_call(
        with_upload,
        |scene| Box::pin(async { complete(scene).await.map(drop) }),
        async |scene, found, _, at| {
            let (id, bytes) = (scene.upload.unwrap(), b"newer two");
            let part = scene.store.begin_part(&scene.bucket, (&key("k"), id), 2, None).await;
            if found.open_uploads == 0 {
                assert!(matches!(part, Err(StoreError::NoSuchUpload)), "{at}");
                return;
            }
            let mut part = part.unwrap();
            part.write(Bytes::from_static(bytes)).await.unwrap();
            part.commit(digests(bytes)).await.unwrap();
            let old = complete(scene).await;
            assert!(matches!(old, Err(StoreError::InvalidPart { number: 2 })), "{at}: {old:?}");
            let mut marks = scene.marks.clone();
            marks[1].etag = ETag::of_body(digests(bytes).md5);
            let (store, bucket) = (scene.store.clone(), Arc::clone(&scene.bucket));
            let again = Scene { store, bucket, upload: Some(id), marks };
            complete(&again).await.unwrap();
            assert_eq!(body(scene).await.unwrap(), "new one newer two", "{at}");
            audit(&scene.store, at).await;
        },
    )
    .await;
}

#[tokio::test]
async fn an_abort_killed_at_any_call_leaves_an_upload_or_nothing() {
    killed_at_each_call(
        with_upload,
        |scene| {
            Box::pin(scene.store.abort_upload(&scene.bucket, const_key(), scene.upload.unwrap()))
        },
        async |scene, found, done, at| {
            assert_eq!(body(scene).await.unwrap(), "old one old two", "{at}");
            if done.is_some() {
                assert_eq!((found.open_uploads, found.blobs), (0, 3), "{at}");
            }
            if found.open_uploads == 1 {
                complete(scene).await.unwrap();
            }
        },
    )
    .await;
}

#[tokio::test]
async fn overwriting_a_multipart_object_killed_at_any_call_leaves_one_or_the_other() {
    let plain = |scene: &Scene| {
        let (store, bucket) = (scene.store.clone(), Arc::clone(&scene.bucket));
        async move { put_if(&store, &bucket, "k", &[b'x'; 9000], Precondition::None).await }
    };
    killed_at_each_call(
        with_upload,
        |scene| Box::pin(async move { plain(scene).await.map(drop) }),
        async |scene, found, done, at| {
            let body = body(scene).await.unwrap();
            let happened = body == "x".repeat(9000);
            assert!(happened || (done.is_none() && body == "old one old two"), "{at}: {body}");
            // The object, and the three parts of the open upload.
            assert_eq!(found.blobs, if happened { 1 + 3 } else { 3 + 3 }, "{at}");
        },
    )
    .await;
    killed_at_each_call(
        with_upload,
        |scene| Box::pin(scene.store.delete(&scene.bucket, const_key(), Precondition::None)),
        async |scene, found, done, at| {
            let happened = body(scene).await.is_none();
            assert!(happened || done.is_none(), "{at}");
            assert_eq!(found.blobs, if happened { 3 } else { 3 + 3 }, "{at}");
        },
    )
    .await;
}

fn const_key() -> &'static ObjectKey {
    static KEY: std::sync::LazyLock<ObjectKey> = std::sync::LazyLock::new(|| key("k"));
    &KEY
}

#[tokio::test]
async fn a_bucket_deletion_killed_at_any_call_leaves_a_bucket_or_none() {
    let empty = async |store: Store| {
        let scene = with_upload(store).await;
        let Scene { store, bucket, .. } = &scene;
        store.delete(bucket, &key("k"), Precondition::None).await.unwrap();
        store.set_config(bucket, Config::Tags, Some("tags".into())).await.unwrap();
        scene
    };
    let calls = killed_at_each_call(
        empty,
        |scene| Box::pin(scene.store.delete_bucket(&scene.bucket)),
        async |scene, found, done, at| {
            let Scene { store, bucket, .. } = scene;
            match store.bucket("bucket").await {
                Ok(_) => {
                    assert!(done.is_none(), "{at}: acknowledged");
                    assert_eq!(found.open_uploads, 1, "{at}");
                    // It is as it was: thawed, with all that was in it.
                    assert!(super::tags(store).await.is_some(), "{at}");
                    put(store, bucket, "k", b"x").await;
                    let full = store.delete_bucket(bucket).await;
                    assert!(matches!(full, Err(StoreError::BucketNotEmpty)), "{at}: {full:?}");
                }
                Err(StoreError::NoSuchBucket) => {
                    assert_eq!(found.blobs, 0, "{at}: dropped");
                    let late = put_if(store, bucket, "k", b"x", Precondition::None).await;
                    assert!(matches!(late, Err(StoreError::NoSuchBucket)), "{at}: {late:?}");
                    let new = super::bucket(store, "bucket").await;
                    assert_ne!(new.space, bucket.space);
                }
                Err(error) => panic!("{at}: {error}"),
            }
            audit(store, at).await;
        },
    );
    assert!(calls.await > 7);
}

#[tokio::test]
async fn buckets_and_uploads_begun_and_killed_are_whole_or_can_be_ended() {
    let nothing = async |store: Store| {
        let bucket = bucket(&store, "other").await;
        Scene { store, bucket, upload: None, marks: vec![] }
    };
    let new = || NewBucket {
        name: BucketName::new("new").unwrap(),
        owner: owner(),
        location: "".into(),
        documents: Documents::default(),
    };
    killed_at_each_call(
        nothing,
        |scene| Box::pin(async move { scene.store.create_bucket(new()).await.map(drop) }),
        async |scene, _, done, at| {
            let there = scene.store.bucket("new").await.is_ok();
            assert!(there || done.is_none(), "{at}");
            let listed = scene.store.list_buckets(owner(), "new", None, 9).await.unwrap();
            assert_eq!(listed.buckets.len(), usize::from(there), "{at}");
        },
    )
    .await;
    killed_at_each_call(
        nothing,
        |scene| {
            Box::pin(async move {
                let Scene { store, bucket, .. } = scene;
                store.create_upload(bucket, const_key(), NewUpload::default()).await.map(drop)
            })
        },
        async |scene, found, _, at| {
            let query = UploadQuery { max: 9, ..UploadQuery::default() };
            let listed = scene.store.list_uploads(&scene.bucket, &query).await.unwrap();
            assert_eq!(listed.uploads.len(), found.open_uploads, "{at}");
            for upload in listed.uploads {
                scene.store.abort_upload(&scene.bucket, const_key(), upload.id).await.unwrap();
            }
            assert_eq!(audit(&scene.store, at).await.open_uploads, 0, "{at}");
        },
    )
    .await;
}
