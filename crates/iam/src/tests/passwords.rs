//! Passwords, what they must be, and how long they are good for.

use super::*;

const GOOD: &str = "Jar-of-clay-7";

/// With a clock that the test moves.
async fn open_at(engine: &SimEngine) -> (Iam, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_515_120_000)));
    let (own, given) = (Arc::clone(&clock), (Arc::new(TestSeal(1)) as _, Quotas::default()));
    let iam = Iam::open(Arc::new(engine.clone()), own, given, Some(account_id())).await.unwrap().0;
    (iam, clock)
}

async fn set(iam: &Iam, policy: PasswordPolicy) {
    iam.put_password_policy(account_id(), policy).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_login_profile_is_made_changed_and_deleted() {
    let (iam, clock) = open_at(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    let none = said(iam.delete_login_profile(me, "kim").await);
    assert_eq!(none, "Login Profile for User kim cannot be found.");
    let made = iam.create_login_profile(me, "kim", (GOOD, true)).await.unwrap();
    assert!(made.reset_required);
    let twice = said(iam.create_login_profile(me, "kim", (GOOD, true)).await);
    assert_eq!(twice, "Login Profile for user kim already exists.");
    let id = iam.it().await.user("kim").unwrap().id;
    assert_eq!(iam.sign_in(me, ("kim", GOOD)).await.unwrap(), SignIn::ChangeFirst(id));
    iam.update_login_profile(me, "kim", (None, Some(false))).await.unwrap();
    assert_eq!(iam.sign_in(me, ("Kim", GOOD)).await.unwrap(), SignIn::Welcome(id));
    clock.advance(1000);
    iam.update_login_profile(me, "kim", (Some("Other-jar-8"), None)).await.unwrap();
    let login = iam.it().await.user("kim").unwrap().login().unwrap().clone();
    assert_eq!(login.changed.since(login.created).as_millis(), 1000);
    assert!(matches!(iam.sign_in(me, ("kim", GOOD)).await, Err(IamError::WrongPassword)));
    assert!(iam.sign_in(me, ("kim", "Other-jar-8")).await.is_ok());
    let conflict = said(iam.delete_user(me, "kim").await);
    assert_eq!(conflict, "Cannot delete entity, must delete login profile first.");
    iam.delete_login_profile(me, "kim").await.unwrap();
    iam.delete_user(me, "kim").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn nobody_learns_which_users_there_are() {
    let (iam, _) = open_at(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    iam.make_user("lee").await;
    iam.create_login_profile(me, "kim", (GOOD, false)).await.unwrap();
    let begun = tokio::time::Instant::now();
    let mut answers = Vec::new();
    for user in ["kim", "lee", "nobody"] {
        answers.push((said(iam.sign_in(me, (user, "wrong")).await), begun.elapsed().as_millis()));
    }
    let wrong = "The user name or password is incorrect.".to_owned();
    assert_eq!(answers, [250, 500, 750].map(|it| (wrong.clone(), it)));
}

#[tokio::test(start_paused = true)]
async fn a_user_changes_its_password_when_it_knows_the_old_one() {
    let (iam, _) = open_at(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    assert!(matches!(
        iam.change_password(me, "kim", (GOOD, "New-jar-10")).await,
        Err(IamError::NoSuchEntity(Missing::LoginProfile(_)))
    ));
    iam.create_login_profile(me, "kim", (GOOD, true)).await.unwrap();
    let wrong = iam.change_password(me, "kim", ("Wrong-jar-9", "New-jar-10")).await;
    assert!(matches!(wrong, Err(IamError::WrongPassword)));
    iam.change_password(me, "kim", (GOOD, "New-jar-10")).await.unwrap();
    assert!(matches!(iam.sign_in(me, ("kim", "New-jar-10")).await, Ok(SignIn::Welcome(_))));
    for (bad, reason) in [
        ("", "'newPassword'"),
        (&*"x".repeat(129), "'newPassword'"),
        ("김치항아리-Aa1", "'newPassword'"),
    ] {
        let refused = said(iam.change_password(me, "kim", ("New-jar-10", bad)).await);
        assert!(refused.contains(reason), "{refused}");
    }
}

#[tokio::test]
async fn each_rule_of_the_policy_acts() {
    let (iam, _) = open_at(&SimEngine::new()).await;
    let me = account_id();
    iam.create_account_alias(me, "Jar-of-clay-7".to_lowercase().as_str()).await.unwrap();
    let none = PasswordPolicy::default;
    let check = async |password: &str| match iam.it().await.check_password(password) {
        Ok(()) => None,
        Err(IamError::PasswordPolicyViolation(fault)) => Some(fault),
        Err(other) => panic!("{other}"),
    };
    use PasswordFault as Fault;
    // Where there is no policy.
    assert_eq!(check(GOOD).await, None);
    assert_eq!(check("Jar-7..").await, Some(Fault::TooShort(8)));
    assert_eq!(check("jarofclay7").await, Some(Fault::TooFewSorts));
    assert_eq!(check("jar-of-clay-7").await, Some(Fault::AccountName));
    for (policy, bad, good, fault) in [
        (none(), "short", "abcdef", Fault::TooShort(6)),
        (
            PasswordPolicy { minimum_length: 14, ..none() },
            GOOD,
            "a longer password",
            Fault::TooShort(14),
        ),
        (
            PasswordPolicy { require_uppercase: true, ..none() },
            "abcdef",
            "abcdeF",
            Fault::NoUppercase,
        ),
        (
            PasswordPolicy { require_lowercase: true, ..none() },
            "ABCDEF",
            "ABCDEf",
            Fault::NoLowercase,
        ),
        (PasswordPolicy { require_numbers: true, ..none() }, "abcdef", "abcde1", Fault::NoNumber),
        (PasswordPolicy { require_symbols: true, ..none() }, "abc def", "abcde!", Fault::NoSymbol),
    ] {
        set(&iam, policy).await;
        assert_eq!((check(bad).await, check(good).await), (Some(fault), None), "{fault}");
    }
    set(&iam, PasswordPolicy { allow_users_to_change: true, ..none() }).await;
    let kim = iam.make_user("kim").await;
    let identity = iam.it().await.identity(kim.id).unwrap();
    let policies = identity.policies();
    assert_eq!(&*policies[0].name, "AllowUsersToChangePassword");
    let actions = policies[0].policy.statements()[0].actions();
    assert_eq!(actions[0].as_str(), "iam:ChangePassword");
    iam.delete_password_policy(me).await.unwrap();
    let none = said(iam.delete_password_policy(me).await);
    assert_eq!(none, "The account policy with name PasswordPolicy cannot be found.");
    assert!(iam.it().await.identity(kim.id).unwrap().policies().is_empty());
}

#[tokio::test]
async fn a_password_policy_has_ranges() {
    let (iam, _) = open_at(&SimEngine::new()).await;
    let none = PasswordPolicy::default;
    let length = |it| PasswordPolicy { minimum_length: it, ..none() };
    let age = |it| PasswordPolicy { max_age_days: Some(it), ..none() };
    let reuse = |it| PasswordPolicy { reuse_prevention: Some(it), ..none() };
    for (policy, fits) in [
        (length(5), false),
        (length(6), true),
        (length(128), true),
        (length(129), false),
        (age(0), false),
        (age(1), true),
        (age(1095), true),
        (age(1096), false),
        (reuse(0), false),
        (reuse(24), true),
        (reuse(25), false),
    ] {
        let put = iam.put_password_policy(account_id(), policy.clone()).await;
        assert_eq!(put.is_ok(), fits, "{policy:?}");
    }
}

#[tokio::test]
async fn earlier_passwords_cant_be_used_again() {
    let (iam, _) = open_at(&SimEngine::new()).await;
    let me = account_id();
    iam.make_user("kim").await;
    set(&iam, PasswordPolicy { reuse_prevention: Some(2), ..PasswordPolicy::default() }).await;
    iam.create_login_profile(me, "kim", ("first jar", false)).await.unwrap();
    let again = said(iam.change_password(me, "kim", ("first jar", "first jar")).await);
    assert!(again.ends_with("It should not be one of the last 2 passwords."), "{again}");
    iam.change_password(me, "kim", ("first jar", "second jar")).await.unwrap();
    let again = iam.change_password(me, "kim", ("second jar", "first jar")).await;
    assert!(matches!(again, Err(IamError::PasswordPolicyViolation(PasswordFault::Reused(2)))));
    iam.change_password(me, "kim", ("second jar", "third jar")).await.unwrap();
    iam.change_password(me, "kim", ("third jar", "first jar")).await.unwrap();
}

#[tokio::test]
async fn passwords_expire() {
    let (iam, clock) = open_at(&SimEngine::new()).await;
    let me = account_id();
    let id = iam.make_user("kim").await.id;
    let policy = PasswordPolicy { max_age_days: Some(30), ..PasswordPolicy::default() };
    set(&iam, policy.clone()).await;
    iam.create_login_profile(me, "kim", (GOOD, false)).await.unwrap();
    clock.advance(30 * 86_400_000 - 1);
    assert_eq!(iam.sign_in(me, ("kim", GOOD)).await.unwrap(), SignIn::Welcome(id));
    clock.advance(1);
    assert_eq!(iam.sign_in(me, ("kim", GOOD)).await.unwrap(), SignIn::ChangeFirst(id));
    set(&iam, PasswordPolicy { hard_expiry: true, ..policy }).await;
    assert_eq!(iam.sign_in(me, ("kim", GOOD)).await.unwrap(), SignIn::Expired(id));
    iam.update_login_profile(me, "kim", (Some("Fresh-jar-1"), None)).await.unwrap();
    assert_eq!(iam.sign_in(me, ("kim", "Fresh-jar-1")).await.unwrap(), SignIn::Welcome(id));
}
