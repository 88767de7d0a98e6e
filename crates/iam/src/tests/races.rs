//! Several servers on one engine, answers that are lost, feeds that lose: nobody is told what isn't so.

use engine::sim::{Mischief, SeededRandom, SimEngine};

use super::*;

/// Seeds of a run; ONGGI_SEEDS tries more.
fn seeds() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|it| it.parse().ok());
    match number("ONGGI_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("ONGGI_SEEDS").unwrap_or(30),
    }
}

#[tokio::test]
async fn another_server_sees_a_change_and_judges_by_it() {
    let engine = SimEngine::new();
    let (one, other) = (open(&engine).await, open(&engine).await);
    let me = account_id();
    // Both know the account before it changes.
    assert_eq!(one.it().await.users().count() + other.it().await.users().count(), 0);
    let kim = one.make_user("kim").await;
    // Whatever the feed has told by now, nobody is refused for it.
    let key = other.create_access_key(me, "kim").await.unwrap();
    one.update_access_key(me, ("kim", &key.id), false).await.unwrap();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let (a, b) = (one.it().await, other.it().await);
    assert_eq!(a.fingerprint(), b.fingerprint());
    assert!(!b.key(&key.id).unwrap().active && b.user("kim").unwrap().id == kim.id);
}

#[tokio::test]
async fn an_account_that_many_change_at_once_stays_in_memory() {
    // More changes than a feed remembers.
    const CALLERS: usize = 64;
    const CHANGES: usize = 80;
    // Each waits for the engine, and the others for it.
    let engine = SimEngine::with(Mischief { yields: 100, ..Mischief::default() });
    let iam = open(&engine).await;
    let me = account_id();
    iam.make_user("kim").await;
    // Whom nobody changes.
    iam.make_user("lee").await;
    let lee = Arc::clone(iam.it().await.user("lee").unwrap());
    let key = iam.create_access_key(me, "kim").await.unwrap();
    let callers = (0..CALLERS).map(|caller| {
        let (iam, key) = (iam.clone(), Arc::clone(&key));
        tokio::spawn(async move {
            for change in 0..CHANGES {
                let active = (caller + change) % 2 == 0;
                iam.update_access_key(me, ("kim", &key.id), active).await.unwrap();
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    assert!(Arc::ptr_eq(&lee, iam.it().await.user("lee").unwrap()), "all rows were read again");
}

#[tokio::test]
async fn one_of_two_servers_makes_a_name() {
    for seed in seeds() {
        let engine = SimEngine::with(Mischief::known(seed));
        let (one, other) = (open(&engine).await, open(&engine).await);
        let new = || NewUser { name: "kim".into(), ..NewUser::default() };
        let made = tokio::join!(
            one.create_user(account_id(), new()),
            other.create_user(account_id(), new()),
        );
        let made = [made.0.is_ok(), made.1.is_ok()];
        assert_eq!(made.iter().filter(|it| **it).count(), 1, "seed {seed}");
    }
}

#[tokio::test]
async fn two_keys_are_all_that_many_callers_get() {
    for seed in seeds() {
        let engine = SimEngine::with(Mischief::all(seed));
        let (one, other) = (open(&engine).await, open(&engine).await);
        one.make_user("kim").await;
        let servers = [&one, &other, &one, &other, &one, &other];
        let made = servers.map(|it| it.create_access_key(account_id(), "kim"));
        let mut kept = Vec::new();
        for made in futures(made).await {
            match made {
                Ok(key) => kept.push(key.id.to_string()),
                Err(IamError::LimitExceeded(_)) => {}
                Err(error) => panic!("seed {seed}: {error}"),
            }
        }
        kept.sort();
        let calm = open(&engine.reopen().misbehaving(None)).await;
        let account = calm.it().await;
        let keys = account.keys_of(account.user("kim").unwrap());
        let found: Vec<_> = keys.map(|it| it.id.to_string()).collect();
        assert_eq!(kept, found, "seed {seed}");
    }
}

/// All of them at once.
async fn futures<T, const N: usize>(all: [impl Future<Output = T>; N]) -> Vec<T> {
    let mut all: Vec<_> = all.into_iter().map(|it| (Box::pin(it), None)).collect();
    std::future::poll_fn(|cx| {
        for (future, done) in all.iter_mut().filter(|it| it.1.is_none()) {
            if let std::task::Poll::Ready(it) = future.as_mut().poll(cx) {
                *done = Some(it);
            }
        }
        match all.iter().all(|it| it.1.is_some()) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
    all.into_iter().filter_map(|it| it.1).collect()
}

/// Does something at random; what it answers is for others to judge.
async fn something(iam: &Iam, random: &mut SeededRandom) -> Result<(), IamError> {
    let me = account_id();
    let name = |random: &mut SeededRandom| ["kim", "lee", "park"][random.below(3) as usize];
    let (user, policy) = (name(random), name(random));
    let arn = format!("arn:aws:iam::{me}:policy/{policy}");
    match random.below(17) {
        0 | 1 => {
            let new = NewUser { name: user.into(), ..NewUser::default() };
            iam.create_user(me, new).await.map(drop)
        }
        2 => iam.delete_user(me, user).await,
        3 => {
            let changes = UserChanges { name: Some(policy.into()), path: None };
            iam.update_user(me, user, changes).await
        }
        4 => iam.create_access_key(me, user).await.map(drop),
        5 => {
            let id = iam.account(me).await?.keys.keys().next().cloned().unwrap_or("AKIA".into());
            iam.delete_access_key(me, (user, &id)).await
        }
        6 => {
            let (name, document) = (policy.to_owned(), GET.to_owned());
            let new = NewPolicy { name, document, ..NewPolicy::default() };
            iam.create_policy(me, new).await.map(drop)
        }
        7 => iam.create_policy_version(me, &arn, (PUT, random.percent(50))).await.map(drop),
        8 => iam.delete_policy(me, &arn).await,
        9 => iam.attach_user_policy(me, user, &arn).await,
        10 => iam.detach_user_policy(me, user, &arn).await,
        11 => iam.create_group(me, (policy, None)).await.map(drop),
        12 => iam.add_user_to_group(me, (policy, user)).await,
        13 => iam.remove_user_from_group(me, (policy, user)).await,
        14 => iam.delete_group(me, policy).await,
        15 => iam.put_group_policy(me, (policy, user), GET).await,
        _ => iam.put_user_policy(me, (user, policy), PUT).await,
    }
}

#[tokio::test]
async fn every_way_to_a_state_leads_to_the_same() {
    for seed in seeds() {
        let engine = SimEngine::with(Mischief::all(seed));
        let (one, other) = (open(&engine).await, open(&engine).await);
        let mut random = SeededRandom::new(seed);
        for _ in 0..60 {
            // A server that has not been asked lately lags behind, then catches up.
            let servers = if random.percent(80) { [&one, &one] } else { [&one, &other] };
            let mut forked = SeededRandom::new(random.number());
            let _ = tokio::join!(
                something(servers[0], &mut forked),
                something(servers[1], &mut random),
            );
        }
        // A change that fails for certain reads what is true now.
        for iam in [&one, &other] {
            let _ = iam.delete_user(account_id(), "nobody").await;
        }
        let engine = engine.reopen().misbehaving(None);
        let fresh = open(&engine).await.it().await;
        for iam in [one, other] {
            // It may have forgotten, and late changes may have come since.
            let Some(known) = iam.inner.known(account_id()) else { continue };
            if known.journal.number == fresh.journal.number {
                assert_eq!(known.fingerprint(), fresh.fingerprint(), "seed {seed}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_is_far_behind_reads_everything() {
    let engine = SimEngine::with(Mischief { lost: 100, ..Mischief::default() });
    let (one, other) = (open(&engine).await, open(&engine).await);
    other.it().await;
    for number in 0..150 {
        one.make_user(&format!("user{number}")).await;
    }
    other.make_user("last").await;
    one.make_user("behind").await;
    assert_eq!(other.it().await.fingerprint(), {
        let _ = other.delete_user(account_id(), "nobody").await;
        other.it().await.fingerprint()
    });
    let fresh = open(&engine).await.it().await;
    assert_eq!(one.it().await.fingerprint(), fresh.fingerprint());
    assert_eq!(fresh.users().count(), 152);
}
