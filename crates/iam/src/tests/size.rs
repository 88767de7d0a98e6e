//! What a large account costs.

use std::time::Instant;

use super::*;
use crate::row::{self, DocumentRow, Edit, PolicyRow, Record, UserRow};

/// 10,000 users with a key and an attached policy each, and 1,000 policies.
fn large() -> Vec<Edit> {
    let mut edits = Vec::new();
    for number in 0..1000 {
        let id = UniqueId::generate(Kind::Policy);
        let policy = PolicyRow {
            name: format!("policy{number}"),
            path: "/".into(),
            description: None,
            created: 0,
            updated: 0,
            tags: vec![],
            default: 1,
            next: 2,
        };
        let version = DocumentRow { created: 0, document: GET.into() };
        edits.push(Edit::Put(Record::Policy(id, policy)));
        edits.push(Edit::Put(Record::Version(id, 1, version)));
    }
    for number in 0..10_000 {
        let id = UniqueId::generate(Kind::User);
        let key = types::AccessKeyId::generate(account_id(), crate::seal::random());
        let sealed = TestSeal(1).seal(b"secret", &format!("access-key/{}", key.as_str())).unwrap();
        let user = UserRow {
            name: format!("user{number}"),
            path: "/".into(),
            created: 0,
            tags: vec![Tag { key: "team".into(), value: "a".into() }],
            boundary: None,
            groups: vec![],
            attached: vec![format!("arn:aws:iam::123456789012:policy/policy{}", number % 1000)],
        };
        let key_row = row::KeyRow {
            user: id.to_string(),
            created: 0,
            active: true,
            sealed: row::KeyRow::seal(&sealed),
        };
        edits.push(Edit::Put(Record::User(id, user)));
        edits.push(Edit::Put(Record::AccessKey(key.as_str().into(), key_row)));
    }
    edits
}

#[tokio::test]
async fn ten_thousand_users_are_read_and_changed_in_little_time() {
    let engine = SimEngine::new();
    open(&engine).await;
    let put = |it: Edit| match it {
        Edit::Put(record) => engine::PutRow {
            row: record.at().key(),
            value: record.encode().unwrap(),
            blobs: vec![],
        },
        Edit::Delete(_) => unreachable!(),
    };
    let edits = large();
    for some in edits.chunks(1000) {
        let put = some.iter().cloned().map(put).collect();
        let change = engine::Change { put, ..engine::Change::default() };
        engine::Engine::apply(&engine, &row::group(account_id()), change).await.unwrap();
    }
    let iam = open(&engine).await;
    let begun = Instant::now();
    let account = iam.it().await;
    let read = begun.elapsed();
    assert_eq!((account.users().count(), account.policies().count()), (10_000, 1000));
    let identity = account.identity(account.user("user77").unwrap().id).unwrap();
    assert_eq!(identity.policies().len(), 1);

    // AWS's quota of users is exceeded, that of policies is not.
    let new = NewUser { name: "more".into(), ..NewUser::default() };
    let more = said(iam.create_user(account_id(), new).await);
    assert_eq!(more, "Cannot exceed quota for UsersPerAccount: 5000");
    let begun = Instant::now();
    for number in 0..20 {
        iam.put_user_policy(account_id(), (&format!("user{number}"), "p"), GET).await.unwrap();
    }
    let change = begun.elapsed() / 20;
    for number in 1000..1500 {
        iam.make_policy(&format!("policy{number}"), GET).await;
    }
    let (name, document) = ("more".to_owned(), GET.to_owned());
    let new = NewPolicy { name, document, ..NewPolicy::default() };
    let more = said(iam.create_policy(account_id(), new).await);
    assert_eq!(more, "Cannot exceed quota for PoliciesPerAccount: 1500");
    eprintln!("reading it takes {read:?}, changing it {change:?}");
    // Ten times what a quiet machine needs, and far below what anybody would notice.
    assert!(read.as_millis() < 3000 && change.as_millis() < 100, "{read:?} {change:?}");
}
