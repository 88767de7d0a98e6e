//! What an account has one of, and last uses.

use super::*;

#[tokio::test]
async fn an_account_has_one_alias() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    for bad in ["ab", "-abc", "abc-", "a--b", "Abc", "a.b", &"a".repeat(64), "123456789012"] {
        assert!(iam.create_account_alias(me, bad).await.is_err(), "{bad}");
    }
    iam.create_account_alias(me, "first").await.unwrap();
    iam.create_account_alias(me, "second-1").await.unwrap();
    assert_eq!(iam.it().await.alias(), Some("second-1"));
    let other = said(iam.delete_account_alias(me, "first").await);
    assert_eq!(other, "The Account Alias with name first cannot be found.");
    iam.delete_account_alias(me, "second-1").await.unwrap();
    assert_eq!(iam.it().await.alias(), None);
}

#[tokio::test]
async fn block_public_access_is_kept_by_account() {
    let engine = SimEngine::new();
    let iam = open(&engine).await;
    assert_eq!(iam.it().await.public_access_block(), None);
    iam.set_public_access_block(account_id(), None).await.unwrap();
    let block = PublicAccessBlock { block_public_policy: true, ..PublicAccessBlock::default() };
    iam.set_public_access_block(account_id(), Some(block)).await.unwrap();
    assert_eq!(open(&engine).await.it().await.public_access_block(), Some(block));
    iam.set_public_access_block(account_id(), None).await.unwrap();
    assert_eq!(iam.it().await.public_access_block(), None);
}

#[tokio::test]
async fn the_summary_counts() {
    let iam = open(&SimEngine::new()).await;
    let policy = iam.make_policy("own", GET).await;
    iam.create_policy_version(account_id(), &policy.arn, (PUT, true)).await.unwrap();
    iam.make_user("kim").await;
    let summary = iam.it().await.summary(iam.quotas());
    let of = |name| summary.iter().find(|it| it.0 == name).unwrap().1;
    assert_eq!(["Users", "Groups", "Policies", "PolicyVersionsInUse"].map(of), [1, 0, 1, 2]);
    assert_eq!(
        ["UsersQuota", "AccessKeysPerUserQuota", "PolicySizeQuota"].map(of),
        [5000, 2, 6144]
    );
}

#[tokio::test]
async fn quotas_are_what_the_server_is_configured_to() {
    let quotas = Quotas { users: 1, groups: 2, policies: 3 };
    let (clock, given) = (Arc::new(ManualClock::default()), (Arc::new(TestSeal(1)) as _, quotas));
    let engine = Arc::new(SimEngine::new());
    let iam = Iam::open(engine, clock, given, Some(account_id())).await.unwrap().0;
    let summary = iam.it().await.summary(iam.quotas());
    let of = |name| summary.iter().find(|it| it.0 == name).unwrap().1;
    let names = ["UsersQuota", "GroupsQuota", "PoliciesQuota", "PolicyVersionsInUseQuota"];
    assert_eq!(names.map(of), [1, 2, 3, 10_000]);

    iam.make_user("kim").await;
    let new = NewUser { name: "lee".into(), ..NewUser::default() };
    let refused = said(iam.create_user(account_id(), new).await);
    assert_eq!(refused, "Cannot exceed quota for UsersPerAccount: 1");
    for name in ["a", "b"] {
        iam.create_group(account_id(), (name, None)).await.unwrap();
    }
    let refused = said(iam.create_group(account_id(), ("c", None)).await);
    assert_eq!(refused, "Cannot exceed quota for GroupsPerAccount: 2");
    for name in ["a", "b", "c"] {
        iam.make_policy(name, GET).await;
    }
    let (name, document) = ("d".to_owned(), GET.to_owned());
    let new = NewPolicy { name, document, ..NewPolicy::default() };
    let refused = said(iam.create_policy(account_id(), new).await);
    assert_eq!(refused, "Cannot exceed quota for PoliciesPerAccount: 3");
}

#[tokio::test]
async fn last_uses_are_known_at_once_and_written_later() {
    let engine = SimEngine::new();
    let (iam, other) = (open(&engine).await, open(&engine).await);
    let me = account_id();
    iam.make_user("kim").await;
    let key = iam.create_access_key(me, "kim").await.unwrap();
    assert_eq!(iam.key_last_used(me, &key.id).await.unwrap(), None);
    let account = iam.it().await;
    iam.note_key_use((me, account.key(&key.id).unwrap()), iam.now(), ("s3", "us-east-1"));
    // The same minute: the newest is told all the same.
    iam.note_key_use((me, account.key(&key.id).unwrap()), iam.now(), ("iam", "us-east-1"));
    let used = iam.key_last_used(me, &key.id).await.unwrap().unwrap();
    assert_eq!((used.service.as_str(), used.region.as_str()), ("iam", "us-east-1"));
    assert_eq!(other.key_last_used(me, &key.id).await.unwrap(), None);
    iam.flush_uses().await;
    assert_eq!(other.key_last_used(me, &key.id).await.unwrap(), Some(used.clone()));
    // Written uses are no change of the account, and go with their key.
    assert_eq!(other.it().await.fingerprint(), iam.it().await.fingerprint());
    assert_eq!(open(&engine).await.it().await.fingerprint(), iam.it().await.fingerprint());
    iam.delete_access_key(me, ("kim", &key.id)).await.unwrap();
    assert_eq!(other.key_last_used(me, &key.id).await.unwrap(), None);
    iam.note_use((me, &key.id), iam.now(), ("s3", "us-east-1"));
    iam.flush_uses().await;
    assert_eq!(other.key_last_used(me, &key.id).await.unwrap(), None);
}

#[tokio::test]
async fn so_many_uses_wait_to_be_written() {
    let iam = open(&SimEngine::new()).await;
    for number in 0..=crate::used::WAITING_MAX {
        iam.note_use((account_id(), &number.to_string()), iam.now(), ("s3", ""));
    }
    let last = crate::used::WAITING_MAX.to_string();
    assert_eq!(iam.key_last_used(account_id(), &last).await.unwrap(), None);
    assert!(iam.key_last_used(account_id(), "0").await.unwrap().is_some());
}
