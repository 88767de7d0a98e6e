//! Blobs: their bytes, who owns them, when they go.

use bytes::Bytes;
use types::ByteSpan;

use super::subject::{
    OTHER_SPACE, SPACE, Subject, absent, deletion, group, head, head_is, inline, pattern,
    poll_and_drop, put, row,
};
use super::{Case, case};
use crate::{
    ApplyError, BlobRef, Change, EngineError, Group, NewBlob, Purpose, Row, SizeHint, Stamp, Table,
};

pub(super) const CASES: &[Case] = &[
    case("inline bodies of any size come back", |it| Box::pin(inline_sizes(it))),
    case("sealed bodies of any size come back", |it| Box::pin(sealed_sizes(it))),
    case("a hint is only a hint", |it| Box::pin(hints(it))),
    case("any span of a body can be read", |it| Box::pin(spans(it))),
    case("a span outside its blob is corrupt", |it| Box::pin(outside(it))),
    case("a row's blobs stand in the order named", |it| Box::pin(in_order(it))),
    case("a replaced or deleted row gives up its blobs", |it| Box::pin(freed(it))),
    case("an open reader keeps its bytes", |it| Box::pin(readers_keep(it))),
    case("a blob stays with its row and passes from row to row", |it| Box::pin(pass_on(it))),
    case("a change names only what it may", |it| Box::pin(only_its_own(it))),
    case("a change that failed leaves its sealed blobs", |it| Box::pin(failed_leaves(it))),
    case("what is discarded goes, unless a row names it", |it| Box::pin(discarded(it))),
    case("a dropped writer leaves no trace", |it| Box::pin(dropped_writers(it))),
    case("a fixed blob stays where it is", |it| Box::pin(fixed_stays(it))),
];

/// `inline_bytes_max` is what `NewBlob::Inline` takes.
async fn inline_sizes(it: Subject) {
    let max = it.engine().inline_bytes_max();
    assert!(max > 0);
    for size in [0, 1, 511, 512, 513, max - 1, max] {
        let (group, bytes) = (group(&size.to_string()), pattern(size.min(max)));
        it.write(&group, head_is(size, vec![NewBlob::Inline(bytes.clone())])).await;
        let (found, body) = it.body(&group, &head(), 0).await.unwrap();
        assert_eq!(found.blobs[0].length, bytes.len() as u64);
        assert!(body == bytes, "{size} bytes");
    }
}

/// "Bytes come back as they were written", and are readable once sealed, before a row names them.
async fn sealed_sizes(it: Subject) {
    let max = it.engine().inline_bytes_max();
    for size in [0, 1, max, max + 1, 65_536, (1 << 20) - 1, (1 << 20) + 1, 5_000_001] {
        for purpose in [Purpose::Movable, Purpose::Fixed] {
            let (group, bytes) = (group(&format!("{purpose:?}{size}")), pattern(size));
            let blob = it.seal(&group, &bytes, purpose).await;
            assert_eq!(blob.length, size as u64);
            let read = it.read(&blob, ByteSpan::whole(blob.length)).await.unwrap();
            assert!(read == bytes, "{size} bytes, no row yet");
            it.write(&group, head_is(size, vec![NewBlob::Ref(blob)])).await;
            let (_, body) = it.body(&group, &head(), 0).await.unwrap();
            assert!(body == bytes, "{size} bytes");
        }
    }
}

/// "Length, where the client announced one. A writer may be given less."
async fn hints(it: Subject) {
    let (group, bytes) = (group("k"), pattern(300_000));
    for length in [None, Some(300_000), Some(300_001), Some(5 << 30)] {
        let hint = SizeHint { length, purpose: Purpose::Movable };
        let mut writer = it.engine().begin(&group, hint).await.unwrap();
        writer.write(Bytes::new()).await.unwrap();
        writer.write(bytes.slice(..1)).await.unwrap();
        writer.write(bytes.slice(1..)).await.unwrap();
        let blob = writer.seal().await.unwrap();
        it.write(&group, head_is("x", vec![NewBlob::Ref(blob)])).await;
        let (_, body) = it.body(&group, &head(), 0).await.unwrap();
        assert!(body == bytes, "announced: {length:?}");
    }
}

/// "Gives the bytes of a stretch of a blob, in order."
async fn spans(it: Subject) {
    let (group, max) = (group("k"), it.engine().inline_bytes_max());
    for bytes in [pattern(max), pattern(2_500_000)] {
        let small = NewBlob::Inline(bytes.clone());
        let blob = match bytes.len() <= max {
            true => small,
            false => NewBlob::Ref(it.seal(&group, &bytes, Purpose::Fixed).await),
        };
        it.write(&group, head_is("x", vec![blob])).await;
        let length = bytes.len() as u64;
        let mut edges = vec![0, 1, length / 3, length / 2 + 1, length - 1, length];
        let aligned = [512, 4096, 65_536, 1 << 20];
        edges.extend(aligned.into_iter().flat_map(|it| [it - 1, it, it + 1]));
        edges.retain(|it| *it <= length);
        for &start in &edges {
            for &end in edges.iter().filter(|end| start < **end) {
                let read = span(&it, &group, ByteSpan { start, end }).await;
                assert!(read == bytes[start as usize..end as usize], "{start}..{end} of {length}");
            }
        }
    }
}

/// A stretch of the head's body, wherever it has moved.
async fn span(it: &Subject, group: &Group, span: ByteSpan) -> Bytes {
    loop {
        let blob = it.row(group, &head()).await.unwrap().blobs[0];
        match it.read(&blob, span).await {
            Ok(bytes) => return bytes,
            Err(EngineError::Gone) => {}
            Err(error) => panic!("a span can be read: {error}"),
        }
    }
}

/// "`span` lies within the blob, or the engine answers `Corrupt`."
async fn outside(it: Subject) {
    let group = group("k");
    let blob = it.seal(&group, &pattern(1000), Purpose::Fixed).await;
    it.write(&group, head_is("x", vec![NewBlob::Ref(blob)])).await;
    for (start, end) in [(0, 1001), (1000, 1001), (5000, 6000), (10, 9), (0, u64::MAX)] {
        let answer = it.read(&blob, ByteSpan { start, end }).await;
        assert!(matches!(answer, Err(EngineError::Corrupt(_))), "{start}..{end}: {answer:?}");
    }
}

/// "In the order in which the change named them", inline or not.
async fn in_order(it: Subject) {
    let group = group("k");
    let texts = ["zero", "one", "two", "three", "four"];
    let mut blobs = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        blobs.push(match index % 2 {
            0 => NewBlob::Ref(it.seal(&group, &Bytes::from(*text), Purpose::Movable).await),
            _ => inline(text),
        });
    }
    it.write(&group, head_is("x", blobs)).await;
    for (index, text) in texts.iter().enumerate() {
        assert_eq!(it.body(&group, &head(), index).await.unwrap().1, text);
    }
}

/// "A row that is replaced or deleted frees the blobs that no other row of the same change takes
/// over": from then on their bytes "as they were", or `Gone`. Whether they come back as free space
/// is for each engine's own tests.
async fn freed(it: Subject) {
    let group = group("k");
    for last in [head_is("b", vec![inline("other")]), deletion(vec![head()])] {
        let large = it.seal(&group, &pattern(300_000), Purpose::Movable).await;
        let fixed = it.seal(&group, &pattern(100), Purpose::Fixed).await;
        let blobs = vec![inline("small"), NewBlob::Ref(large), NewBlob::Ref(fixed)];
        it.write(&group, head_is("a", blobs)).await;
        let row = it.row(&group, &head()).await.unwrap();
        it.write(&group, last).await;
        for (blob, held) in row.blobs.iter().zip(["small".into(), pattern(300_000), pattern(100)]) {
            it.is_gone_or(blob, &held).await;
        }
    }
}

/// "An open reader keeps its bytes whatever happens to the row", and to the place.
async fn readers_keep(it: Subject) {
    let (group, max) = (group("k"), it.engine().inline_bytes_max());
    for size in [max, max + 1, 2_000_000] {
        let bytes = pattern(size);
        let blob = match size <= max {
            true => NewBlob::Inline(bytes.clone()),
            false => NewBlob::Ref(it.seal(&group, &bytes, Purpose::Fixed).await),
        };
        it.write(&group, head_is("a", vec![blob])).await;
        let mut reader = loop {
            let blob = it.row(&group, &head()).await.unwrap().blobs[0];
            match it.engine().read(&blob, ByteSpan::whole(blob.length)).await {
                Err(EngineError::Gone) => {}
                reader => break reader.unwrap(),
            }
        };
        it.write(&group, deletion(vec![head()])).await;
        for other in 0..20u8 {
            let blobs = vec![NewBlob::Inline(vec![other; max].into())];
            it.write(&Group::new(SPACE, vec![other]), head_is("x", blobs)).await;
            it.seal(&group, &vec![other; 100_000].into(), Purpose::Fixed).await;
        }
        let mut all = Vec::new();
        while let Some(piece) = reader.next().await.unwrap() {
            all.extend_from_slice(&piece);
        }
        assert!(all == bytes, "{size} bytes");
    }
}

/// "Taken over from a row that this change replaces or deletes (or kept by the row itself)."
async fn pass_on(it: Subject) {
    let (group, version) = (group("k"), row(Table::Versions, "1"));
    let blobs = |row: &Row| row.blobs.iter().copied().map(NewBlob::Ref).collect::<Vec<_>>();
    it.write(&group, head_is("a", vec![inline("first")])).await;
    it.update(&group, &head(), |old| head_is("kept", blobs(old.unwrap()))).await;
    assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, "first");
    let replace = |old: Option<&Row>| Change {
        put: vec![
            put(head(), "b", vec![inline("second")]),
            put(version.clone(), "a", blobs(old.unwrap())),
        ],
        ..Change::default()
    };
    it.update(&group, &head(), replace).await;
    assert_eq!(it.body(&group, &version, 0).await.unwrap().1, "first");
    assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, "second");
    let promote = |old: Option<&Row>| Change {
        put: vec![put(head(), "a", blobs(old.unwrap()))],
        delete: vec![version.clone()],
        ..Change::default()
    };
    let second = it.row(&group, &head()).await.unwrap().blobs[0];
    it.update(&group, &version, promote).await;
    assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, "first");
    assert_eq!(it.row(&group, &version).await, None);
    it.is_gone_or(&second, b"second").await;
}

async fn apply_naming(it: &Subject, group: &Group, blob: BlobRef) -> Result<Stamp, ApplyError> {
    let row = put(row(Table::Uploads, "new"), "x", vec![NewBlob::Ref(blob)]);
    it.apply(group, Change { put: vec![row], ..Change::default() }).await
}

/// "Sealed by a writer of this group and named by no row yet, or taken over": else `Gone`.
async fn only_its_own(it: Subject) {
    let (mine, other) = (group("mine"), group("other"));
    let elsewhere = Group::new(OTHER_SPACE, "mine");
    let discarded = it.seal(&mine, &pattern(9000), Purpose::Movable).await;
    it.engine().discard(discarded);
    it.write(&mine, head_is("a", vec![inline("freed")])).await;
    let freed = it.row(&mine, &head()).await.unwrap().blobs[0];
    it.write(&mine, deletion(vec![head()])).await;
    let of_other = it.seal(&other, &pattern(9000), Purpose::Movable).await;
    let of_elsewhere = it.seal(&elsewhere, &pattern(9000), Purpose::Movable).await;
    let named = it.seal(&mine, &pattern(9000), Purpose::Fixed).await;
    it.write(&mine, head_is("b", vec![NewBlob::Ref(named)])).await;
    for blob in [discarded, freed, of_other, of_elsewhere, named] {
        let answer = apply_naming(&it, &mine, blob).await;
        assert!(matches!(answer, Err(ApplyError::Engine(EngineError::Gone))), "{answer:?}");
        assert_eq!(it.row(&mine, &row(Table::Uploads, "new")).await, None);
    }
    assert_eq!(it.body(&mine, &head(), 0).await.unwrap().1, pattern(9000));
    apply_naming(&it, &other, of_other).await.unwrap();
    apply_naming(&it, &elsewhere, of_elsewhere).await.unwrap();
}

/// A sealed blob is nobody's until a change that names it happens: a retry may name it again.
async fn failed_leaves(it: Subject) {
    let (group, bytes) = (group("k"), pattern(100_000));
    it.write(&group, head_is("a", vec![])).await;
    let blob = NewBlob::Ref(it.seal(&group, &bytes, Purpose::Movable).await);
    let change = Change { expect: vec![absent(head())], ..head_is("b", vec![blob.clone()]) };
    let answer = it.apply(&group, change).await;
    assert!(matches!(answer, Err(ApplyError::Mismatch(_))), "{answer:?}");
    it.write(&group, head_is("b", vec![blob])).await;
    assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, bytes);
}

/// "Gives up a sealed blob that no row names. A blob that a row names is left alone."
async fn discarded(it: Subject) {
    let group = group("k");
    for size in [10, 300_000] {
        let unnamed = it.seal(&group, &pattern(size), Purpose::Movable).await;
        it.engine().discard(unnamed);
        it.engine().discard(unnamed);
        it.is_gone_or(&unnamed, &pattern(size)).await;
        let answer = apply_naming(&it, &group, unnamed).await;
        assert!(matches!(answer, Err(ApplyError::Engine(EngineError::Gone))), "{answer:?}");
        let named = it.seal(&group, &pattern(size), Purpose::Fixed).await;
        it.write(&group, head_is("x", vec![NewBlob::Ref(named)])).await;
        it.engine().discard(named);
        assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, pattern(size));
    }
}

/// "Dropping it frees them", at any await.
async fn dropped_writers(it: Subject) {
    let (group, hint) = (group("k"), SizeHint { length: None, purpose: Purpose::Movable });
    for polls in 0..12 {
        let mut writer = it.engine().begin(&group, hint).await.unwrap();
        writer.write(pattern(200_000)).await.unwrap();
        match polls % 3 {
            0 => drop(writer),
            1 => poll_and_drop(writer.write(pattern(200_000)), polls / 3).await,
            _ => poll_and_drop(writer.seal(), polls / 3).await,
        }
    }
    let blob = it.seal(&group, &pattern(1000), Purpose::Movable).await;
    it.write(&group, head_is("x", vec![NewBlob::Ref(blob)])).await;
    assert_eq!(it.body(&group, &head(), 0).await.unwrap().1, pattern(1000));
}

/// "Never moved: its `BlobRef` stands inside another blob", whatever happens around it.
async fn fixed_stays(it: Subject) {
    let (group, bytes) = (group("k"), pattern(50_000));
    let fixed = it.seal(&group, &bytes, Purpose::Fixed).await;
    it.write(&group, head_is("x", vec![NewBlob::Ref(fixed)])).await;
    for round in 0..60 {
        let blob = it.seal(&group, &pattern(50_000), Purpose::Movable).await;
        let upload = put(row(Table::Uploads, "1"), round, vec![NewBlob::Ref(blob)]);
        it.write(&group, Change { put: vec![upload], ..Change::default() }).await;
        assert_eq!(it.row(&group, &head()).await.unwrap().blobs[..], [fixed]);
    }
    assert_eq!(it.read(&fixed, ByteSpan::whole(50_000)).await.unwrap(), bytes);
}
