//! Accounts on the simulated engine: what each operation does and refuses, and that every way to a
//! state leads to the same one.

mod groups;
mod passwords;
mod races;
mod settings;
mod size;

use std::sync::Arc;

use engine::clock::ManualClock;
use engine::sim::SimEngine;
use types::{AccountId, Timestamp};

use crate::*;

const GET: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
const PUT: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}"#;
const READ_ONLY: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

/// Seals by a number that stands for the master key.
struct TestSeal(u8);

impl Seal for TestSeal {
    fn seal(&self, secret: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable> {
        let mut sealed = vec![self.0];
        sealed.extend(secret.iter().rev());
        sealed.extend(purpose.as_bytes());
        Ok(sealed)
    }

    fn open(&self, sealed: &[u8], purpose: &str) -> Result<Vec<u8>, Unsealable> {
        let secret =
            sealed.strip_prefix(&[self.0]).and_then(|it| it.strip_suffix(purpose.as_bytes()));
        secret.map(|it| it.iter().rev().copied().collect()).ok_or(Unsealable("another key".into()))
    }
}

fn account_id() -> AccountId {
    "123456789012".parse().unwrap()
}

async fn open_with(engine: &SimEngine, key: u8) -> Iam {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_515_120_000)));
    let engine = Arc::new(engine.clone());
    let given = (Arc::new(TestSeal(key)) as _, Quotas::default());
    Iam::open(engine, clock, given, Some(account_id())).await.unwrap().0
}

async fn open(engine: &SimEngine) -> Iam {
    open_with(engine, 1).await
}

impl Iam {
    /// The test's account.
    async fn it(&self) -> Arc<Account> {
        self.account(account_id()).await.unwrap()
    }

    async fn make_user(&self, name: &str) -> Arc<User> {
        let new = NewUser { name: name.into(), ..NewUser::default() };
        self.create_user(account_id(), new).await.unwrap()
    }

    async fn make_policy(&self, name: &str, document: &str) -> Arc<ManagedPolicy> {
        let (name, document) = (name.to_owned(), document.to_owned());
        let new = NewPolicy { name, document, ..NewPolicy::default() };
        self.create_policy(account_id(), new).await.unwrap()
    }
}

fn said<T: std::fmt::Debug>(refused: Result<T, IamError>) -> String {
    refused.unwrap_err().to_string()
}

#[tokio::test]
async fn the_first_account_is_kept() {
    let engine = SimEngine::new();
    let open = |wanted: Option<&str>| {
        let wanted = wanted.map(|it| it.parse().unwrap());
        let (engine, seal) = (Arc::new(engine.clone()), Arc::new(TestSeal(1)));
        let given = (seal as _, Quotas::default());
        Iam::open(engine, Arc::new(ManualClock::default()), given, wanted)
    };
    let (iam, made) = open(None).await.unwrap();
    assert!(made.as_str().len() == 12 && !made.as_str().starts_with('0'));
    assert_eq!(open(None).await.unwrap().1, made);
    let other = if made.as_str() == "123456789012" { "210987654321" } else { "123456789012" };
    assert!(matches!(open(Some(other)).await, Err(OpenError::Other { kept, .. }) if kept == made));
    assert_eq!(iam.account(made).await.unwrap().id, made);
    assert!(matches!(iam.account(other.parse().unwrap()).await, Err(IamError::NoSuchAccount(_))));
}

#[tokio::test]
async fn users_have_names_that_are_unique_without_regard_to_case() {
    let iam = open(&SimEngine::new()).await;
    let new = NewUser { name: "Kim".into(), path: Some("/dev/".into()), ..NewUser::default() };
    let kim = iam.create_user(account_id(), new.clone()).await.unwrap();
    assert_eq!(&*kim.arn, "arn:aws:iam::123456789012:user/dev/Kim");
    assert_eq!(iam.it().await.user("kIM").unwrap().id, kim.id);
    assert_eq!(iam.it().await.user_by_arn(&kim.arn).unwrap().id, kim.id);
    assert!(iam.it().await.user_by_arn("arn:aws:iam::123456789012:user/Kim").is_none());
    let again = iam.create_user(account_id(), NewUser { name: "KIM".into(), ..new }).await;
    assert_eq!(said(again), "User with name KIM already exists.");
    let lee = iam.make_user("lee").await;
    let changes = |name: &str| UserChanges { name: Some(name.into()), path: None };
    let taken = iam.update_user(account_id(), "lee", changes("kim")).await;
    assert_eq!(said(taken), "User with name kim already exists.");
    // Its own name in another case, and another path.
    iam.update_user(account_id(), "lee", changes("Lee")).await.unwrap();
    let path = UserChanges { name: None, path: Some("/ops/".into()) };
    iam.update_user(account_id(), "LEE", path).await.unwrap();
    let account = iam.it().await;
    assert_eq!(&*account.user("lee").unwrap().arn, "arn:aws:iam::123456789012:user/ops/Lee");
    assert_eq!(account.user("lee").unwrap().id, lee.id);
    iam.update_user(account_id(), "lee", changes("park")).await.unwrap();
    assert_eq!(
        said(iam.it().await.user("lee").cloned()),
        "The user with name lee cannot be found."
    );
    // The old name is free.
    iam.make_user("Lee").await;
    let names: Vec<_> = iam.it().await.users().map(|it| it.name.clone()).collect();
    assert_eq!(names, ["Kim", "Lee", "park"]);
}

#[tokio::test]
async fn a_user_goes_when_nothing_belongs_to_it() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    iam.attach_user_policy(me, "kim", READ_ONLY).await.unwrap();
    iam.put_user_policy(me, ("kim", "own"), GET).await.unwrap();
    let key = iam.create_access_key(me, "kim").await.unwrap();
    let refused = said(iam.delete_user(me, "kim").await);
    assert_eq!(refused, "Cannot delete entity, must detach all policies first.");
    iam.detach_user_policy(me, "kim", READ_ONLY).await.unwrap();
    let refused = said(iam.delete_user(me, "kim").await);
    assert_eq!(refused, "Cannot delete entity, must delete policies first.");
    iam.delete_user_policy(me, ("kim", "own")).await.unwrap();
    let refused = said(iam.delete_user(me, "kim").await);
    assert_eq!(refused, "Cannot delete entity, must delete access keys first.");
    iam.delete_access_key(me, ("kim", &key.id)).await.unwrap();
    iam.delete_user(me, "kim").await.unwrap();
    assert!(matches!(iam.delete_user(me, "kim").await, Err(IamError::NoSuchEntity(_))));
}

#[tokio::test]
async fn an_access_key_finds_its_user_and_never_prints_its_secret() {
    let engine = SimEngine::new();
    let iam = open(&engine).await;
    let me = account_id();
    let kim = iam.make_user("kim").await;
    let key = iam.create_access_key(me, "kim").await.unwrap();
    let secret = key.secret.clone().unwrap();
    assert_eq!(secret.reveal().len(), 40);
    assert_eq!(types::AccessKeyId::chosen(&key.id).account(), Some(me));
    assert!(!format!("{key:?}").contains(secret.reveal()));
    iam.create_access_key(me, "kim").await.unwrap();
    let third = said(iam.create_access_key(me, "kim").await);
    assert_eq!(third, "Cannot exceed quota for AccessKeysPerUser: 2");
    iam.update_access_key(me, ("kim", &key.id), false).await.unwrap();
    let account = iam.it().await;
    let found = account.key(&key.id).unwrap();
    assert_eq!((found.user, found.active), (kim.id, false));
    assert_eq!(account.keys_of(account.user("kim").unwrap()).count(), 2);
    // Somebody else's key isn't found under this user.
    iam.make_user("lee").await;
    let other = iam.delete_access_key(me, ("lee", &key.id)).await;
    assert_eq!(said(other), format!("The Access Key with id {} cannot be found.", key.id));
    // A server that has the master key reads the secret; one that has another doesn't seal new ones.
    let again = open(&engine).await;
    assert_eq!(again.it().await.key(&key.id).unwrap().secret, Some(secret));
    let wrong = open_with(&engine, 2).await;
    assert_eq!(wrong.it().await.key(&key.id).unwrap().secret, None);
    assert!(matches!(wrong.create_access_key(me, "lee").await, Err(IamError::Unsealable)));
}

#[tokio::test]
async fn a_managed_policy_has_versions() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    let policy = iam.make_policy("Get", GET).await;
    let arn = &*policy.arn;
    assert_eq!(arn, "arn:aws:iam::123456789012:policy/Get");
    assert_eq!(policy.default_version().document.text(), GET);
    let taken = NewPolicy { name: "get".into(), document: GET.into(), ..NewPolicy::default() };
    let taken = said(iam.create_policy(me, taken).await);
    assert_eq!(taken, "A policy called get already exists. Duplicate names are not allowed.");
    let second = iam.create_policy_version(me, arn, (PUT, true)).await.unwrap();
    assert_eq!((second.id().as_str(), second.document.text()), ("v2", PUT));
    for _ in 0..3 {
        iam.create_policy_version(me, arn, (GET, false)).await.unwrap();
    }
    let sixth = said(iam.create_policy_version(me, arn, (GET, false)).await);
    assert!(sixth.starts_with("A managed policy can have up to 5 versions."), "{sixth}");
    let default = said(iam.delete_policy_version(me, (arn, "v2")).await);
    assert_eq!(default, "Cannot delete the default version of a policy.");
    iam.delete_policy_version(me, (arn, "v5")).await.unwrap();
    assert_eq!(iam.create_policy_version(me, arn, (GET, false)).await.unwrap().id(), "v6");
    iam.set_default_policy_version(me, (arn, "v1")).await.unwrap();
    assert_eq!(iam.it().await.policy(arn).unwrap().default_version().id(), "v1");
    let versions = said(iam.delete_policy(me, arn).await);
    assert!(versions.starts_with("This policy has more than one version."), "{versions}");
    for version in ["v2", "v3", "v4", "v6"] {
        iam.delete_policy_version(me, (arn, version)).await.unwrap();
    }
    for (version, reason) in [
        (
            "v9",
            "Policy arn:aws:iam::123456789012:policy/Get version v9 does not exist or is not attachable.",
        ),
        (
            "v99999999999",
            "Policy arn:aws:iam::123456789012:policy/Get version v99999999999 does not exist or is not attachable.",
        ),
        (
            "2",
            "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
        ),
    ] {
        assert_eq!(said(iam.set_default_policy_version(me, (arn, version)).await), reason);
    }
    iam.delete_policy(me, arn).await.unwrap();
    let gone = said(iam.it().await.policy(arn).cloned());
    assert_eq!(gone, "Policy arn:aws:iam::123456789012:policy/Get was not found.");
}

#[tokio::test]
async fn an_identity_is_everything_that_is_attached() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    let kim = iam.make_user("kim").await;
    let own = iam.make_policy("own", GET).await;
    let names = |account: &Account| {
        let identity = account.identity(kim.id).unwrap();
        let names = identity.policies().iter().map(|it| it.name.to_string()).collect::<Vec<_>>();
        (names, identity.boundary().map(|it| it.name.to_string()))
    };
    assert_eq!(names(&*iam.it().await), (vec![], None));
    iam.attach_user_policy(me, "kim", READ_ONLY).await.unwrap();
    iam.attach_user_policy(me, "kim", &own.arn).await.unwrap();
    iam.attach_user_policy(me, "kim", &own.arn).await.unwrap();
    iam.put_user_policy(me, ("kim", "home"), PUT).await.unwrap();
    iam.put_user_boundary(me, "kim", &own.arn).await.unwrap();
    let all = vec![READ_ONLY.to_owned(), own.arn.to_string(), "home".to_owned()];
    assert_eq!(names(&*iam.it().await), (all, Some(own.arn.to_string())));
    let identity = iam.it().await.identity(kim.id).unwrap();
    assert!(Arc::ptr_eq(&identity, &iam.it().await.identity(kim.id).unwrap()));
    // What acts is the default version, at the very next request.
    iam.create_policy_version(me, &own.arn, (PUT, true)).await.unwrap();
    let account = iam.it().await;
    let identity = account.identity(kim.id).unwrap();
    let action = identity.policies()[1].policy.statements()[0].actions()[0].as_str().to_owned();
    assert_eq!(action, "s3:PutObject");
    // Attached or somebody's boundary, a policy stays.
    iam.delete_policy_version(me, (&own.arn, "v1")).await.unwrap();
    let attached = "Cannot delete a policy attached to entities.";
    assert_eq!(said(iam.delete_policy(me, &own.arn).await), attached);
    iam.detach_user_policy(me, "kim", &own.arn).await.unwrap();
    assert_eq!(said(iam.delete_policy(me, &own.arn).await), attached);
    iam.delete_user_boundary(me, "kim").await.unwrap();
    iam.delete_policy(me, &own.arn).await.unwrap();
    let gone = said(iam.attach_user_policy(me, "kim", &own.arn).await);
    assert_eq!(gone, format!("Policy {} does not exist or is not attachable.", own.arn));
    let gone = said(iam.detach_user_policy(me, "kim", &own.arn).await);
    assert_eq!(gone, format!("Policy {} was not found.", own.arn));
    let name = iam.attach_user_policy(me, "kim", "a-policys-name-without-arn").await.unwrap_err();
    assert_eq!(name.to_string(), "Invalid ARN:  Could not be parsed!");
    assert!(matches!(name, IamError::Invalid(_)));
}

#[tokio::test]
async fn documents_are_checked_when_they_come() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    let unknown = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringIs": {"a:b": "c"}}}]}"#;
    let refused = said(iam.put_user_policy(me, ("kim", "p"), unknown).await);
    assert_eq!(
        refused,
        "Syntax errors in policy. there is no condition operator StringIs \
         (line 2, column 74, Statement[0].Condition.StringIs)"
    );
    let old = GET.replace("2012-10-17", "2008-10-17");
    iam.put_user_policy(me, ("kim", "p"), &old).await.unwrap();
    let new = NewPolicy { name: "p".into(), document: old, ..NewPolicy::default() };
    let refused = said(iam.create_policy(me, new).await);
    assert!(refused.starts_with("Policy document must be version 2012-10-17"), "{refused}");
}

/// A policy of just so many characters that count.
fn sized(characters: usize) -> String {
    let with = |sid: &str| GET.replace("{\"Effect\"", &format!("{{\"Sid\": \"{sid}\", \"Effect\""));
    let fixed = with("").chars().filter(|it| !it.is_whitespace()).count();
    with(&"s".repeat(characters - fixed))
}

#[tokio::test]
async fn inline_policies_share_a_size() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    assert_eq!(crate::document::parse(&sized(1024)).unwrap().characters(), 1024);
    iam.put_user_policy(me, ("kim", "a"), &sized(1024)).await.unwrap();
    iam.put_user_policy(me, ("kim", "b"), &sized(1024)).await.unwrap();
    let more = said(iam.put_user_policy(me, ("kim", "b"), &sized(1025)).await);
    assert_eq!(more, "Maximum policy size of 2048 bytes exceeded for user kim");
    // One of the same name counts once.
    iam.put_user_policy(me, ("kim", "b"), &sized(900)).await.unwrap();
    let new = |characters| NewPolicy {
        name: format!("p{characters}"),
        document: sized(characters),
        ..NewPolicy::default()
    };
    iam.create_policy(me, new(6144)).await.unwrap();
    let more = said(iam.create_policy(me, new(6145)).await);
    assert_eq!(more, "Cannot exceed quota for PolicySize: 6144");
    // What counts isn't all that a row has to hold.
    let blank = GET.replace('\n', &" ".repeat(70_000));
    let more = said(iam.put_user_policy(me, ("kim", "c"), &blank).await);
    assert!(more.starts_with("65536 bytes are the most"), "{more}");
}

#[tokio::test]
async fn limits_hold() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    for number in 0..11 {
        let policy = iam.make_policy(&format!("p{number}"), GET).await;
        let attached = iam.attach_user_policy(me, "kim", &policy.arn).await;
        match number {
            10 => assert_eq!(said(attached), "Cannot exceed quota for PoliciesPerUser: 10"),
            _ => attached.unwrap(),
        }
    }
    let tags = |from: usize, to: usize| {
        let tag = |n: usize| Tag { key: format!("k{n}"), value: String::new() };
        (from..to).map(tag).collect::<Vec<_>>()
    };
    iam.tag_user(me, "kim", &tags(0, 50)).await.unwrap();
    iam.tag_user(me, "kim", &tags(0, 1)).await.unwrap();
    let more = said(iam.tag_user(me, "kim", &tags(50, 51)).await);
    assert_eq!(more, "The number of tags has reached the maximum limit.");
    iam.untag_user(me, "kim", &["K7".into()]).await.unwrap();
    iam.tag_user(me, "kim", &tags(50, 51)).await.unwrap();
    let policy = iam.it().await.policies().next().unwrap().arn.to_string();
    iam.tag_policy(me, &policy, &tags(0, 50)).await.unwrap();
    let more = said(iam.tag_policy(me, &policy, &tags(50, 51)).await);
    assert_eq!(more, "The number of tags has reached the maximum limit.");
    iam.untag_policy(me, &policy, &["k0".into()]).await.unwrap();
    assert_eq!(iam.it().await.policy(&policy).unwrap().tags.len(), 49);
}

#[tokio::test]
async fn whose_a_policy_is_comes_before_what_it_says() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    let user = said(iam.put_user_policy(me, ("nobody", "p"), "{").await);
    assert_eq!(user, "The user with name nobody cannot be found.");
    let group = said(iam.put_group_policy(me, ("nobody", "p"), "{").await);
    assert_eq!(group, "The group with name nobody cannot be found.");
    let arn = "arn:aws:iam::123456789012:policy/none";
    let policy = said(iam.create_policy_version(me, arn, ("{", true)).await);
    assert_eq!(policy, format!("Policy {arn} was not found."));
}

#[tokio::test]
async fn awss_policies_cant_be_changed() {
    let iam = open(&SimEngine::new()).await;
    let refused = said(iam.create_policy_version(account_id(), READ_ONLY, (GET, true)).await);
    assert_eq!(refused, format!("ARN {READ_ONLY} is not valid."));
    let of_aws = "arn:aws:iam::aws:policy/service-role/NotKnownHere";
    for arn in [READ_ONLY, of_aws] {
        let deleted = said(iam.delete_policy(account_id(), arn).await);
        assert_eq!(deleted, "Cannot delete policies outside your own account.");
        let deleted = said(iam.delete_policy_version(account_id(), (arn, "v1")).await);
        let sentence = "Cannot delete policy versions for policies outside your own account.";
        assert_eq!(deleted, sentence);
        let set = said(iam.set_default_policy_version(account_id(), (arn, "v1")).await);
        assert_eq!(set, "Cannot update policies outside your own account.");
    }
    assert_eq!(iam.it().await.policy(READ_ONLY).unwrap().default_version().id(), "v3");
}
