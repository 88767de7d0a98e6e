//! Groups, who is in them, and what their policies give.

use super::*;

#[tokio::test]
async fn a_users_groups_give_it_their_policies() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    let kim = iam.make_user("kim").await;
    let group = iam.create_group(me, ("Dev", Some("/eng/"))).await.unwrap();
    assert_eq!(&*group.arn, "arn:aws:iam::123456789012:group/eng/Dev");
    iam.add_user_to_group(me, ("dev", "KIM")).await.unwrap();
    iam.add_user_to_group(me, ("Dev", "kim")).await.unwrap();
    iam.attach_group_policy(me, "dev", READ_ONLY).await.unwrap();
    iam.put_group_policy(me, ("dev", "more"), PUT).await.unwrap();
    let account = iam.it().await;
    let identity = account.identity(kim.id).unwrap();
    let names: Vec<_> = identity.policies().iter().map(|it| it.name.to_string()).collect();
    assert_eq!(names, [READ_ONLY, "more"]);
    let members: Vec<_> = account.members(group.id).iter().map(|it| it.name.as_str()).collect();
    assert_eq!(members, ["kim"]);
    let groups = account.groups_of(account.user("kim").unwrap());
    assert_eq!(groups.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Dev"]);
    // Another name changes nobody's membership.
    let changes = GroupChanges { name: Some("devs".into()), path: Some("/".into()) };
    iam.update_group(me, "dev", changes).await.unwrap();
    assert_eq!(iam.it().await.members(group.id).len(), 1);
    assert_eq!(iam.it().await.group("devs").unwrap().inline_policy("more").unwrap().text(), PUT);
    iam.remove_user_from_group(me, ("devs", "kim")).await.unwrap();
    assert_eq!(iam.it().await.identity(kim.id).unwrap().policies().len(), 0);
    iam.remove_user_from_group(me, ("devs", "kim")).await.unwrap();
}

#[tokio::test]
async fn a_group_goes_when_it_is_empty_and_a_user_when_it_is_in_none() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    iam.create_group(me, ("dev", None)).await.unwrap();
    let taken = said(iam.create_group(me, ("DEV", None)).await);
    assert_eq!(taken, "Group with name DEV already exists.");
    iam.add_user_to_group(me, ("dev", "kim")).await.unwrap();
    iam.attach_group_policy(me, "dev", READ_ONLY).await.unwrap();
    iam.put_group_policy(me, ("dev", "own"), GET).await.unwrap();
    let in_use = "Cannot delete entity, must remove users from group first.";
    assert_eq!(said(iam.delete_group(me, "dev").await), in_use);
    assert_eq!(said(iam.delete_user(me, "kim").await), in_use);
    iam.remove_user_from_group(me, ("dev", "kim")).await.unwrap();
    let refused = said(iam.delete_group(me, "dev").await);
    assert_eq!(refused, "Cannot delete entity, must detach all policies first.");
    iam.detach_group_policy(me, "dev", READ_ONLY).await.unwrap();
    let refused = said(iam.delete_group(me, "dev").await);
    assert_eq!(refused, "Cannot delete entity, must delete policies first.");
    iam.delete_group_policy(me, ("dev", "own")).await.unwrap();
    let gone = said(iam.delete_group_policy(me, ("dev", "own")).await);
    assert_eq!(gone, "The group policy with name own cannot be found.");
    iam.delete_group(me, "dev").await.unwrap();
    let gone = said(iam.delete_group(me, "dev").await);
    assert_eq!(gone, "The group with name dev cannot be found.");
    iam.delete_user(me, "kim").await.unwrap();
}

#[tokio::test]
async fn what_uses_a_policy_is_known_the_other_way_round() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    let own = iam.make_policy("own", GET).await;
    iam.make_user("lee").await;
    iam.make_user("Kim").await;
    iam.create_group(me, ("dev", None)).await.unwrap();
    for user in ["lee", "kim"] {
        iam.attach_user_policy(me, user, &own.arn).await.unwrap();
    }
    iam.attach_group_policy(me, "dev", &own.arn).await.unwrap();
    iam.put_user_boundary(me, "lee", &own.arn).await.unwrap();
    let account = iam.it().await;
    let uses = account.policy_uses(&own.arn);
    let names: Vec<_> = uses.users.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((names, uses.attachments(), uses.bounded.len()), (vec!["Kim", "lee"], 3, 1));
    assert_eq!(account.policy_uses(READ_ONLY).attachments(), 0);
    assert_eq!(
        said(iam.delete_policy(me, &own.arn).await),
        "Cannot delete a policy attached to entities."
    );
}

#[tokio::test]
async fn groups_have_limits() {
    let iam = open(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    for number in 0..301 {
        let made = iam.create_group(me, (&format!("g{number}"), None)).await;
        match number {
            300 => assert_eq!(said(made), "Cannot exceed quota for GroupsPerAccount: 300"),
            _ => drop(made.unwrap()),
        }
    }
    for number in 0..11 {
        let added = iam.add_user_to_group(me, (&format!("g{number}"), "kim")).await;
        match number {
            10 => assert_eq!(said(added), "Cannot exceed quota for GroupsPerUser: 10"),
            _ => added.unwrap(),
        }
    }
    for number in 0..11 {
        let policy = iam.make_policy(&format!("p{number}"), GET).await;
        let attached = iam.attach_group_policy(me, "g0", &policy.arn).await;
        match number {
            10 => assert_eq!(said(attached), "Cannot exceed quota for PoliciesPerGroup: 10"),
            _ => attached.unwrap(),
        }
    }
    iam.put_group_policy(me, ("g0", "a"), &sized(5120)).await.unwrap();
    let more = said(iam.put_group_policy(me, ("g0", "b"), GET).await);
    assert_eq!(more, "Maximum policy size of 5120 bytes exceeded for group g0");
}
