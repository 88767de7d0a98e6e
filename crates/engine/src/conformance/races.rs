//! Many callers at once: on a multi-threaded runtime they truly are.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::JoinHandle;

use super::subject::{
    SPACE, Subject, absent, deletion, delta, group, head, head_is, inline, pattern, poll_and_drop,
    put, row,
};
use super::{Case, case};
use crate::{ApplyError, Change, Group, NewBlob, Purpose, Row, RowRange, ScanLimit, Space, Table};

pub(super) const CASES: &[Case] = &[
    case("of many creations exactly one wins", |it| Box::pin(one_creation_wins(it))),
    case("unconditional writers all commit, and the last one wins", |it| {
        Box::pin(writers_all_commit(it))
    }),
    case("counters are exact whoever counts", |it| Box::pin(counted_by_many(it))),
    case("what was acknowledged is seen, and nothing goes back", |it| Box::pin(no_way_back(it))),
    case("a scan misses no row that stays", |it| Box::pin(scan_misses_nothing(it))),
    case("a body is one body while it is replaced", |it| Box::pin(one_body(it))),
    case("a freeze cuts between changes", |it| Box::pin(freeze_cuts(it))),
    case("a dropped apply has happened or has not", |it| Box::pin(dropped_applies(it))),
];

/// Starts so many tasks at once; the future gathers what they return.
fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    tasks: u64,
    task: impl Fn(u64) -> F,
) -> impl Future<Output = Vec<T>> {
    let running: Vec<JoinHandle<T>> = (0..tasks).map(|number| tokio::spawn(task(number))).collect();
    async {
        let mut results = Vec::new();
        for task in running {
            results.push(task.await.expect("the task doesn't panic"));
        }
        results
    }
}

/// Two `Absent` in flight, or 32: one commit batch may hold them all.
async fn one_creation_wins(it: Subject) {
    for (round, tasks) in [2, 2, 2, 2, 2, 2, 2, 2, 32, 32].into_iter().enumerate() {
        let group = group(&round.to_string());
        let winners = at_once(tasks, |number| {
            let (it, group) = (it.clone(), group.clone());
            async move {
                let change = Change { expect: vec![absent(head())], ..head_is(number, vec![]) };
                match it.apply(&group, change).await {
                    Ok(_) => Some(number.to_string()),
                    Err(ApplyError::Mismatch(found)) => {
                        assert!(found[0].found.is_some(), "a loser is shown the winner");
                        None
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        });
        let winners: Vec<_> = winners.await.into_iter().flatten().collect();
        assert_eq!(winners, [it.value(&group, &head()).await.unwrap()], "round {round}");
    }
}

/// "Unconditional writes retry until they commit (64 writers on one key)": the design's promise to
/// S3 clients, kept if a mismatch is only ever another's success.
async fn writers_all_commit(it: Subject) {
    let key = group("k");
    at_once(64, |number| {
        let (it, key) = (it.clone(), key.clone());
        async move {
            let change = |old: Option<&Row>| Change {
                count: vec![delta(1, i64::from(old.is_none())), delta(2, 1)],
                ..head_is(number, vec![inline(number)])
            };
            it.update(&key, &head(), change).await;
        }
    })
    .await;
    let (row, body) = it.body(&key, &head(), 0).await.unwrap();
    assert_eq!(row.value, body);
    assert_eq!((it.counter(SPACE, 1).await, it.counter(SPACE, 2).await), (1, 64));
}

/// "Exact counters": of changes of different groups that may share a commit, some of which fail.
async fn counted_by_many(it: Subject) {
    let sums = at_once(24, |number| {
        let it = it.clone();
        async move {
            let mut sum = 0;
            for round in 0..12 {
                let by = i64::try_from(number).unwrap() - 10 + round;
                let change = Change {
                    expect: vec![absent(head())],
                    count: vec![delta(1, by)],
                    ..head_is("x", vec![])
                };
                // Every other group is shared by two tasks.
                let group = group(&format!("{} {round}", number - number % 2));
                if it.apply(&group, change).await.is_ok() {
                    sum += by;
                }
            }
            sum
        }
    });
    let sum: i64 = sums.await.into_iter().sum();
    assert_eq!(it.counter(SPACE, 1).await, sum);
    assert_eq!(it.names(Table::Heads, SPACE).await.len(), 12 * 12);
}

/// "Linearizable": a reader never sees less than was acknowledged before it asked, nor less than
/// it has seen; and of two rows of a change the second one read is never the older.
async fn no_way_back(it: Subject) {
    let (key, version, rounds) = (group("k"), row(Table::Versions, "1"), 60);
    let both = |number: u64| Change {
        put: vec![put(head(), number, vec![]), put(row(Table::Versions, "1"), number, vec![])],
        ..Change::default()
    };
    it.write(&key, both(0)).await;
    let acknowledged = Arc::new(AtomicU64::new(0));
    at_once(4, |task| {
        let (it, key, version) = (it.clone(), key.clone(), version.clone());
        let acknowledged = Arc::clone(&acknowledged);
        async move {
            if task == 0 {
                for number in 1..=rounds {
                    it.write(&key, both(number)).await;
                    acknowledged.store(number, Ordering::SeqCst);
                }
            }
            let number = |value: &[u8]| -> u64 { String::from_utf8_lossy(value).parse().unwrap() };
            let mut seen = 0;
            while seen < rounds {
                let floor = acknowledged.load(Ordering::SeqCst).max(seen);
                let first = number(&it.row(&key, &head()).await.unwrap().value);
                let second = number(&it.row(&key, &version).await.unwrap().value);
                let page = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(9)).await;
                let scanned = number(&page[0].row.value);
                assert!(floor <= first && first <= second && second <= scanned);
                seen = scanned;
                tokio::task::yield_now().await;
            }
        }
    })
    .await;
}

/// Pages over rows between which others come and go: the ones that stay are met once, in order.
async fn scan_misses_nothing(it: Subject) {
    let stays: Vec<String> = (0..20).map(|it| format!("{it:02}")).collect();
    for name in &stays {
        it.write(&group(name), head_is("stays", vec![])).await;
    }
    at_once(3, |task| {
        let (it, stays) = (it.clone(), stays.clone());
        async move {
            for round in 0..40 {
                let name = format!("{:02}+{task}", (round * 7) % 20);
                if task > 0 {
                    it.write(&group(&name), head_is("comes", vec![])).await;
                    it.write(&group(&name), deletion(vec![head()])).await;
                    continue;
                }
                let all = it.scan(Table::Heads, RowRange::all(SPACE), ScanLimit::rows(3)).await;
                assert!(all.is_sorted_by(|a, b| a.group.name < b.group.name), "out of order");
                let kept: Vec<_> = all.into_iter().filter(|it| it.row.value == "stays").collect();
                assert!(kept.iter().map(|it| &it.group.name).eq(&stays), "a row is missing");
            }
        }
    })
    .await;
}

/// A reader gets a whole body, the one that its row named, or `Gone`: never a piece of another.
async fn one_body(it: Subject) {
    let key = group("k");
    write_body(&it, &key, 0).await;
    at_once(4, |task| {
        let (it, key) = (it.clone(), key.clone());
        async move {
            for round in 1..40 {
                if task == 0 {
                    write_body(&it, &key, round).await;
                    continue;
                }
                let (row, body) = it.body(&key, &head(), 0).await.unwrap();
                let number: u8 = String::from_utf8_lossy(&row.value).parse().unwrap();
                assert!(body.iter().all(|it| *it == number), "not the body of {number}");
            }
        }
    })
    .await;
}

/// Puts a head with a number and a body full of it, of a kind that depends on it.
async fn write_body(it: &Subject, key: &Group, number: u8) {
    let body = vec![number; 30_000 + usize::from(number) * 100].into();
    let blob = match number % 3 {
        0 => NewBlob::Inline(vec![number; 1000].into()),
        1 => NewBlob::Ref(it.seal(key, &body, Purpose::Movable).await),
        _ => NewBlob::Ref(it.seal(key, &body, Purpose::Fixed).await),
    };
    it.write(key, head_is(number, vec![blob])).await;
}

/// "When this returns every earlier change of the space is visible and every later one fails": so
/// what is visible then is exactly what succeeds, whenever that is answered.
async fn freeze_cuts(it: Subject) {
    for round in 0..4 {
        let space = Space(100 + round);
        let changes = at_once(40, |number| {
            let it = it.clone();
            async move {
                for _ in 0..number % 7 {
                    tokio::task::yield_now().await;
                }
                let key = Group::new(space, format!("{number:02}"));
                let change = Change { count: vec![delta(1, 1)], ..head_is("x", vec![]) };
                match it.apply(&key, change).await {
                    Ok(_) => Some(key.name),
                    Err(ApplyError::Frozen) => None,
                    Err(error) => panic!("{error}"),
                }
            }
        });
        let freezer = {
            let it = it.clone();
            tokio::spawn(async move {
                for _ in 0..round * 5 {
                    tokio::task::yield_now().await;
                }
                it.engine().freeze(space, 1).await.unwrap();
                let visible: BTreeSet<_> =
                    it.names(Table::Heads, space).await.into_iter().collect();
                (visible, it.counter(space, 1).await)
            })
        };
        let succeeded: BTreeSet<_> = changes.await.into_iter().flatten().collect();
        let (visible, counted) = freezer.await.unwrap();
        assert_eq!(visible, succeeded);
        assert_eq!(counted, visible.len() as i64);
        assert_eq!(it.names(Table::Heads, space).await.len(), visible.len());
    }
}

/// "An `apply` that was dropped has happened or has not": whole, and counted if so. A freeze waits
/// for what may still be under way.
async fn dropped_applies(it: Subject) {
    let version = row(Table::Versions, "1");
    for number in 0..40 {
        let change = Change {
            put: vec![
                put(head(), "x", vec![inline("one")]),
                put(version.clone(), "x", vec![NewBlob::Inline(pattern(1000))]),
            ],
            count: vec![delta(1, 1)],
            ..Change::default()
        };
        let key = group(&number.to_string());
        poll_and_drop(it.engine().apply(&key, change), number % 5).await;
    }
    it.engine().freeze(SPACE, 1).await.unwrap();
    let heads = it.names(Table::Heads, SPACE).await;
    assert_eq!(heads, it.names(Table::Versions, SPACE).await);
    assert_eq!(it.counter(SPACE, 1).await, heads.len() as i64);
    for name in heads {
        let key = Group::new(SPACE, name);
        assert_eq!(it.body(&key, &head(), 0).await.unwrap().1, "one");
        assert_eq!(it.body(&key, &version, 0).await.unwrap().1, pattern(1000));
    }
}
