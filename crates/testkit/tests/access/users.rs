//! Users: their keys sign, their policies decide, and a refusal says why.

use iam::{NewPolicy, NewUser, Tag};
use testkit::{ACCOUNT, Answer, Ask, TestServer};

use crate::{PUBLIC, document, open_server, outcome, put_policy, server, set_policy};

/// A user and its access key.
pub(crate) struct User {
    name: String,
    pub(crate) key: String,
    pub(crate) secret: String,
}

fn account() -> types::AccountId {
    ACCOUNT.parse().unwrap()
}

/// Makes a user with AWS-managed policies.
pub(crate) async fn user(server: &TestServer, name: &str, managed: &[&str]) -> User {
    let iam = server.iam();
    let tags = vec![Tag { key: "Team".into(), value: "red".into() }];
    let new = NewUser { name: name.into(), tags, ..NewUser::default() };
    iam.create_user(account(), new).await.unwrap();
    for policy in managed {
        let arn = format!("arn:aws:iam::aws:policy/{policy}");
        iam.attach_user_policy(account(), name, &arn).await.unwrap();
    }
    let key = iam.create_access_key(account(), name).await.unwrap();
    let secret = key.secret.as_ref().unwrap().reveal().to_owned();
    User { name: name.into(), key: key.id.to_string(), secret }
}

impl User {
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{ACCOUNT}:user/{}", self.name)
    }

    pub(crate) fn signs(&self, ask: Ask) -> Ask {
        ask.signer(|it| {
            it.access_key.clone_from(&self.key);
            it.secret.clone_from(&self.secret);
        })
    }

    pub(crate) async fn asks(&self, server: &TestServer, ask: Ask) -> Answer {
        server.ask(self.signs(ask)).await
    }

    /// Gives it an inline policy.
    pub(crate) async fn may(&self, server: &TestServer, statements: &[&str]) {
        let text = document(statements);
        server.iam().put_user_policy(account(), (&self.name, "p"), &text).await.unwrap();
    }
}

fn get() -> Ask {
    Ask::new("GET", "/bucket/key")
}

fn message(answer: &Answer) -> String {
    answer.message()
}

#[tokio::test]
async fn a_user_without_policies_may_nothing_and_is_told_why() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    for (ask, action, resource) in [
        (get(), "s3:GetObject", "arn:aws:s3:::bucket/key"),
        (Ask::new("GET", "/bucket"), "s3:ListBucket", "arn:aws:s3:::bucket"),
        (Ask::new("PUT", "/bucket/new").body("x"), "s3:PutObject", "arn:aws:s3:::bucket/new"),
        (Ask::new("DELETE", "/bucket"), "s3:DeleteBucket", "arn:aws:s3:::bucket"),
        (Ask::new("PUT", "/other"), "s3:CreateBucket", "arn:aws:s3:::other"),
        (Ask::new("GET", "/"), "s3:ListAllMyBuckets", ""),
        (Ask::new("GET", "/bucket").query("policy"), "s3:GetBucketPolicy", "arn:aws:s3:::bucket"),
    ] {
        let answer = kim.asks(&server, ask).await;
        assert_eq!(outcome(&answer), (403, "AccessDenied".into()), "{action}");
        let on = match resource {
            "" => String::new(),
            arn => format!(" on resource: \"{arn}\""),
        };
        assert_eq!(
            message(&answer),
            format!(
                "User: {} is not authorized to perform: {action}{on} because no identity-based \
                 policy allows the {action} action",
                kim.arn()
            )
        );
    }
    assert_eq!(server.listed("bucket").await, ["key"]);
}

#[tokio::test]
async fn who_may_do_something_with_every_bucket_may_list_them() {
    // IAM User Guide, "Amazon S3: Allows IAM users access to their S3 home directory".
    let server = server().await;
    for (name, resource, expected) in
        [("kim", "arn:aws:s3:::*", 200), ("lee", "*", 200), ("min", "arn:aws:s3:::bucket*", 403)]
    {
        let who = user(&server, name, &[]).await;
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "{resource}"}}"#
        );
        who.may(&server, &[&statement]).await;
        assert_eq!(who.asks(&server, Ask::new("GET", "/")).await.status, expected, "{resource}");
    }
    let denied = user(&server, "denied", &["AmazonS3FullAccess"]).await;
    let statement =
        r#"{"Effect": "Deny", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::*"}"#;
    denied.may(&server, &[statement]).await;
    let answer = denied.asks(&server, Ask::new("GET", "/")).await;
    assert_eq!(
        message(&answer),
        format!(
            "User: {} is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in \
             an identity-based policy",
            denied.arn()
        )
    );
}

#[tokio::test]
async fn managed_policies_give_what_they_say() {
    let server = server().await;
    let full = user(&server, "full", &["AmazonS3FullAccess"]).await;
    let reader = user(&server, "reader", &["AmazonS3ReadOnlyAccess"]).await;
    let put = || Ask::new("PUT", "/bucket/new").body("x");
    assert_eq!(reader.asks(&server, get()).await.status, 200);
    assert_eq!(reader.asks(&server, put()).await.status, 403);
    let missing = reader.asks(&server, Ask::new("GET", "/bucket/none")).await;
    assert_eq!(outcome(&missing), (404, "NoSuchKey".into()));
    assert_eq!(full.asks(&server, put()).await.status, 200);
    assert_eq!(full.asks(&server, Ask::new("PUT", "/mine")).await.status, 200);
    let listed = reader.asks(&server, Ask::new("GET", "/")).await;
    assert_eq!(listed.elements("Name"), ["bucket", "mine"]);
    // Whose bucket it is doesn't depend on which of the account's identities made it.
    assert_eq!(server.ask(Ask::new("DELETE", "/mine")).await.status, 204);
    assert_eq!(full.asks(&server, Ask::new("DELETE", "/bucket/new")).await.status, 204);
}

#[tokio::test]
async fn a_key_signs_while_it_is_active() {
    let server = server().await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let iam = server.iam();
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    let used = iam.key_last_used(account(), &kim.key).await.unwrap().unwrap();
    assert_eq!((&*used.service, &*used.region), ("s3", "us-east-1"));
    let wrong = User { secret: "wrong".into(), key: kim.key.clone(), name: "kim".into() };
    assert_eq!(outcome(&wrong.asks(&server, get()).await), (403, "SignatureDoesNotMatch".into()));
    iam.update_access_key(account(), ("kim", &kim.key), false).await.unwrap();
    let inactive = kim.asks(&server, get()).await;
    assert_eq!(outcome(&inactive), (403, "InvalidAccessKeyId".into()));
    assert_eq!(inactive.element("AWSAccessKeyId"), kim.key);
    iam.update_access_key(account(), ("kim", &kim.key), true).await.unwrap();
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    let token = kim.signs(get().header("x-amz-security-token", "t"));
    assert_eq!(outcome(&server.ask(token).await), (400, "InvalidToken".into()));
    iam.delete_access_key(account(), ("kim", &kim.key)).await.unwrap();
    assert_eq!(outcome(&kim.asks(&server, get()).await), (403, "InvalidAccessKeyId".into()));
    // IAM and STS call it otherwise.
    let form = Ask::new("POST", "/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("Action=GetCallerIdentity&Version=2011-06-15");
    let form = kim.signs(form).signer(|it| it.service = "sts".into());
    assert_eq!(outcome(&server.ask(form).await), (403, "InvalidClientTokenId".into()));
}

#[tokio::test]
async fn whoever_may_not_list_isnt_told_what_is_missing() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    kim.may(&server, &[r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#]).await;
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    let missing = kim.asks(&server, Ask::new("GET", "/bucket/none")).await;
    assert_eq!(outcome(&missing), (403, "AccessDenied".into()));
    let why = "because no identity-based policy allows the s3:ListBucket action";
    assert!(message(&missing).ends_with(why), "{}", message(&missing));
    assert_eq!(kim.asks(&server, Ask::new("HEAD", "/bucket/none")).await.status, 403);
    assert_eq!(
        outcome(&kim.asks(&server, Ask::new("GET", "/none/none")).await),
        (404, "NoSuchBucket".into())
    );
}

#[tokio::test]
async fn a_bucket_policy_that_names_a_user_grants_by_itself_and_means_that_user() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    let lee = user(&server, "lee", &[]).await;
    let text = document(&[&PUBLIC.replace("\"*\"", &format!(r#"{{"AWS": "{}"}}"#, kim.arn()))]);
    // It isn't public, so a bucket that blocks public access takes it.
    assert_eq!(put_policy(&server, &text).await.status, 204);
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    assert_eq!(lee.asks(&server, get()).await.status, 403);
    let shown = server.ask(Ask::new("GET", "/bucket").query("policy")).await;
    assert_eq!(shown.body, text.as_bytes());
    // The name alone delegates nothing to the account's other users, and the account's name does.
    set_policy(&server, &[&PUBLIC.replace("\"*\"", &format!(r#"{{"AWS": "{ACCOUNT}"}}"#))]).await;
    assert_eq!(kim.asks(&server, get()).await.status, 403);
    assert_eq!(put_policy(&server, &text).await.status, 204);

    let iam = server.iam();
    iam.delete_access_key(account(), ("kim", &kim.key)).await.unwrap();
    iam.delete_user(account(), "kim").await.unwrap();
    let shown = server.ask(Ask::new("GET", "/bucket").query("policy")).await.text();
    assert!(shown.contains("\"AIDA") && !shown.contains(&kim.arn()), "{shown}");
    let other = user(&server, "kim", &[]).await;
    assert_eq!(other.asks(&server, get()).await.status, 403);
}

#[tokio::test]
async fn a_denial_names_the_policy_that_denies() {
    let server = server().await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let new = NewPolicy {
        name: "no".into(),
        path: None,
        description: None,
        document: document(&[r#"{"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}"#]),
        tags: vec![],
    };
    let arn = server.iam().create_policy(account(), new).await.unwrap().arn.to_string();
    server.iam().attach_user_policy(account(), "kim", &arn).await.unwrap();
    let denied = kim.asks(&server, get()).await;
    let ending = format!("with an explicit deny in an identity-based policy: {arn}");
    assert!(message(&denied).ends_with(&ending), "{}", message(&denied));
    server.iam().detach_user_policy(account(), "kim", &arn).await.unwrap();
    assert_eq!(kim.asks(&server, get()).await.status, 200);

    let deny = PUBLIC.replace("Allow", "Deny");
    set_policy(&server, &[&deny]).await;
    let denied = kim.asks(&server, get()).await;
    let ending = "with an explicit deny in a resource-based policy";
    assert!(message(&denied).ends_with(ending), "{}", message(&denied));
}

#[tokio::test]
async fn a_boundary_limits_what_policies_give() {
    let server = server().await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let boundary = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    server.iam().put_user_boundary(account(), "kim", boundary).await.unwrap();
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    let denied = kim.asks(&server, Ask::new("PUT", "/bucket/new").body("x")).await;
    let ending = "because no permissions boundary allows the s3:PutObject action";
    assert!(message(&denied).ends_with(ending), "{}", message(&denied));
}

#[tokio::test]
async fn variables_and_conditions_know_the_user() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    let put = |path: &str| Ask::new("PUT", path).body("x");
    kim.may(
        &server,
        &[r#"{"Effect": "Allow", "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::bucket/${aws:username}/*"}"#],
    )
    .await;
    assert_eq!(kim.asks(&server, put("/bucket/kim/a")).await.status, 200);
    assert_eq!(kim.asks(&server, put("/bucket/lee/a")).await.status, 403);
    let id = server.iam().account(account()).await.unwrap().user("kim").unwrap().id.to_string();
    for (key, value, met) in [
        ("aws:PrincipalTag/Team", "red", true),
        ("aws:principaltag/team", "red", true),
        ("aws:PrincipalTag/Team", "blue", false),
        ("aws:username", "kim", true),
        ("aws:userid", &*id, true),
        ("aws:PrincipalType", "User", true),
        ("aws:PrincipalArn", &*kim.arn(), true),
        ("aws:PrincipalAccount", ACCOUNT, true),
    ] {
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {{"StringEquals": {{"{key}": "{value}"}}}}}}"#
        );
        kim.may(&server, &[&statement]).await;
        assert_eq!(kim.asks(&server, get()).await.status == 200, met, "{key}: {value}");
    }
}

#[tokio::test]
async fn what_a_new_bucket_is_to_be_is_judged_too() {
    let server = server().await;
    let kim = user(&server, "kim", &[]).await;
    kim.may(
        &server,
        &[r#"{"Effect": "Allow", "Action": "s3:CreateBucket", "Resource": "*",
            "Condition": {"StringEquals": {"s3:LocationConstraint": "eu-west-1"}}}"#],
    )
    .await;
    let make = |inner: &str| {
        let body = format!("<CreateBucketConfiguration>{inner}</CreateBucketConfiguration>");
        Ask::new("PUT", "/mine").body(body)
    };
    let place = |it: &str| make(&format!("<LocationConstraint>{it}</LocationConstraint>"));
    assert_eq!(kim.asks(&server, Ask::new("PUT", "/mine")).await.status, 403);
    assert_eq!(kim.asks(&server, place("us-west-2")).await.status, 403);
    // Who may not isn't told what is wrong with the document.
    assert_eq!(kim.asks(&server, make("<X/>")).await.status, 403);
    assert_eq!(kim.asks(&server, place("eu-west-1")).await.status, 200);
    assert_eq!(server.ask(Ask::new("DELETE", "/mine")).await.status, 204);

    let create = r#"{"Effect": "Allow", "Action": "s3:CreateBucket", "Resource": "*"}"#;
    let tag = r#"{"Effect": "Allow", "Action": "s3:TagResource", "Resource": "*",
        "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}}"#;
    let tagged =
        |key: &str| make(&format!("<Tags><Tag><Key>{key}</Key><Value>v</Value></Tag></Tags>"));
    kim.may(&server, &[create]).await;
    assert!(message(&kim.asks(&server, tagged("a")).await).contains("s3:TagResource"));
    kim.may(&server, &[create, tag]).await;
    assert_eq!(kim.asks(&server, tagged("b")).await.status, 403);
    assert_eq!(kim.asks(&server, tagged("a")).await.status, 200);
}

#[tokio::test]
async fn users_of_the_account_keep_a_bucket_that_is_restricted() {
    let server = open_server().await;
    let kim = user(&server, "kim", &[]).await;
    set_policy(&server, &[PUBLIC]).await;
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    crate::set_block(&server, [true; 4]).await;
    assert_eq!(kim.asks(&server, get()).await.status, 200);
    assert_eq!(server.ask(crate::anonymous("GET", "/bucket/key")).await.status, 403);
}

/// Users by their ARN, root as the owner, who didn't sign by S3's id for nobody.
#[tokio::test]
async fn whoever_begins_an_upload_is_named() {
    let server = open_server().await;
    let public = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::bucket/*"}"#;
    set_policy(&server, &[public]).await;
    let kim = user(&server, "kim", &["AmazonS3FullAccess"]).await;
    let begin = |key: &str| Ask::new("POST", &format!("/bucket/{key}")).query("uploads");
    let begun = kim.asks(&server, begin("a")).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    assert_eq!(server.ask(begin("b").anonymous()).await.status, 200);
    assert_eq!(server.ask(begin("c")).await.status, 200);
    let listed = server.ask(Ask::new("GET", "/bucket").query("uploads")).await;
    let listed = listed.text();
    let ids = |element: &str| -> Vec<String> {
        let begin = format!("<{element}><ID>");
        let elements = listed.split(&begin).skip(1);
        elements.map(|it| it.split_once('<').unwrap().0.to_owned()).collect()
    };
    let owners = ids("Owner");
    let nobody = "65a011a29cdf8ec533ec3d1ccaae921c".to_owned();
    assert_eq!(ids("Initiator"), [kim.arn(), nobody, owners[0].clone()]);
    assert_eq!(owners.len(), 3);
    let begun = begun.text();
    let id = begun.split_once("<UploadId>").unwrap().1.split_once('<').unwrap().0;
    let parts = Ask::new("GET", "/bucket/a").query(&format!("uploadId={id}"));
    let parts = server.ask(parts).await;
    let parts = parts.text();
    // A user has a name too; AWS dropped those of owners alone.
    let named =
        format!("<Initiator><ID>{}</ID><DisplayName>kim</DisplayName></Initiator>", kim.arn());
    assert!(parts.contains(&named), "{parts}");
    assert!(parts.contains(&format!("<Owner><ID>{}</ID>", owners[0])), "{parts}");
}
