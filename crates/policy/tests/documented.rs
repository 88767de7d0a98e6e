//! AWS's documented examples: policy, request and decision side by side. Each names its page.

use std::sync::Arc;

use policy::*;
use types::AccountId;

const ACCOUNT: &str = "123456789012";
const OTHER: &str = "999999999999";

fn account(text: &str) -> AccountId {
    text.parse().unwrap()
}

fn user(name: &str) -> Requester {
    Requester::User {
        account: account(ACCOUNT),
        arn: format!("arn:aws:iam::{ACCOUNT}:user/{name}"),
        id: format!("AIDA{}", name.to_uppercase()),
    }
}

fn stranger() -> Requester {
    Requester::User {
        account: account(OTHER),
        arn: format!("arn:aws:iam::{OTHER}:user/akua"),
        id: "AIDAAKUA".to_owned(),
    }
}

fn session() -> Requester {
    Requester::RoleSession {
        account: account(ACCOUNT),
        arn: format!("arn:aws:sts::{ACCOUNT}:assumed-role/examplerole/examplerolesessionname"),
        role_arn: format!("arn:aws:iam::{ACCOUNT}:role/examplerole"),
        role_id: "AROAEXAMPLE".to_owned(),
    }
}

fn federated() -> Requester {
    Requester::FederatedUser {
        account: account(ACCOUNT),
        arn: format!("arn:aws:sts::{ACCOUNT}:federated-user/exampleuser"),
        user_arn: format!("arn:aws:iam::{ACCOUNT}:user/JohnDoe"),
        user_id: "AIDAJOHNDOE".to_owned(),
    }
}

fn root(of: &str) -> Requester {
    Requester::Root { account: account(of) }
}

fn parsed(statements: &str, kind: PolicyKind) -> Policy {
    let document = match statements.trim_start().starts_with("{\"Version") {
        true => statements.to_owned(),
        false => format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}"),
    };
    Policy::parse(document.as_bytes(), kind).unwrap_or_else(|e| panic!("{e}\n{document}"))
}

/// Every policy as statements; empty for none.
#[derive(Clone, Default)]
struct Given<'a> {
    identity: &'a str,
    resource: &'a str,
    boundary: &'a str,
    session: &'a str,
    restrict: bool,
}

type Known<'a> = Vec<(&'a str, &'a str)>;

/// The decision's reason, and AWS's sentence.
fn decide(
    given: &Given<'_>,
    who: &Requester,
    action: &str,
    resource: &str,
    keys: &Known<'_>,
) -> (Effect, Reason, Option<String>) {
    let of = |text: &str, kind| (!text.is_empty()).then(|| parsed(text, kind));
    let identity = of(given.identity, PolicyKind::Identity);
    let bucket = of(given.resource, PolicyKind::Resource);
    let boundary = of(given.boundary, PolicyKind::Identity);
    let session = of(given.session, PolicyKind::Identity);
    let held = |name: &str, policy| Held { name: name.into(), policy: Arc::new(policy) };
    let identity = identity.map(|it| held("arn:aws:iam::123456789012:policy/p", it));
    let (boundary, session) =
        (boundary.map(|it| held("inline", it)), session.map(|it| held("inline", it)));
    let policies = Policies {
        identity: identity.as_slice(),
        resource: bucket.as_ref().map(|policy| Attached { name: "bucket", policy }),
        boundary: boundary.as_ref(),
        session: session.as_slice(),
        restrict_public_buckets: given.restrict,
    };
    let owner = account(ACCOUNT);
    let context = Context { requester: who, canonical_user: None, action, resource, owner, keys };
    let decision = evaluate(&context, &policies);
    let sentence = denial(&context, &decision.because, Quoting::Quoted);
    (decision.effect, decision.because.reason, sentence)
}

fn allowed(identity: &str, action: &str, resource: &str, keys: &Known<'_>) -> bool {
    let given = Given { identity, ..Given::default() };
    decide(&given, &user("JohnDoe"), action, resource, keys).0 == Effect::Allow
}

#[test]
fn a_home_directory_by_variable() {
    // IAM User Guide, "Condition operators", String.
    let policy = r#"
        {"Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:GetBucketLocation"], "Resource": "arn:aws:s3:::*"},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b",
         "Condition": {"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}},
        {"Effect": "Allow", "Action": "s3:*",
         "Resource": ["arn:aws:s3:::b/home/${aws:username}", "arn:aws:s3:::b/home/${aws:username}/*"]}"#;
    let kim = ("aws:username", "kim");
    for (action, resource, keys, expected) in [
        ("s3:ListAllMyBuckets", "arn:aws:s3:::*", vec![kim], true),
        ("s3:ListBucket", "arn:aws:s3:::b", vec![kim, ("s3:prefix", "")], true),
        ("s3:ListBucket", "arn:aws:s3:::b", vec![kim, ("s3:prefix", "home/kim/")], true),
        ("s3:ListBucket", "arn:aws:s3:::b", vec![kim, ("s3:prefix", "home/lee/")], false),
        ("s3:ListBucket", "arn:aws:s3:::b", vec![kim], false),
        ("s3:PutObject", "arn:aws:s3:::b/home/kim/a", vec![kim], true),
        ("s3:PutObject", "arn:aws:s3:::b/home/lee/a", vec![kim], false),
        ("s3:PutObject", "arn:aws:s3:::b/home//a", vec![], false),
        // A user who is called `*` gets no more than its own.
        ("s3:PutObject", "arn:aws:s3:::b/home/lee/a", vec![("aws:username", "*")], false),
    ] {
        assert_eq!(
            allowed(policy, action, resource, &keys),
            expected,
            "{action} {resource} {keys:?}"
        );
    }
}

#[test]
fn conditions_one_by_one() {
    // IAM User Guide, "Condition operators": condition, the request's values, whether it holds.
    /// Condition, the request's values, whether it holds.
    type Case = (&'static str, &'static [(&'static str, &'static str)], bool);
    let cases: &[Case] = &[
        (
            r#""StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}"#,
            &[("aws:PrincipalTag/job-category", "iamuser-admin")],
            true,
        ),
        (
            r#""StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}"#,
            &[("AWS:principaltag/JOB-category", "iamuser-admin")],
            true,
        ),
        (
            r#""StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}"#,
            &[("aws:PrincipalTag/job-category", "Iamuser-admin")],
            false,
        ),
        (r#""StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}"#, &[], false),
        (r#""StringEquals": {"s3:prefix": "a*"}"#, &[("s3:prefix", "ab")], false),
        (r#""StringEquals": {"s3:prefix": ["a", "b"]}"#, &[("s3:prefix", "b")], true),
        (r#""StringNotEquals": {"s3:prefix": ["a", "b"]}"#, &[("s3:prefix", "b")], false),
        (r#""StringNotEquals": {"s3:prefix": ["a", "b"]}"#, &[("s3:prefix", "c")], true),
        (r#""StringNotEquals": {"s3:prefix": "a"}"#, &[], true),
        (r#""StringEqualsIgnoreCase": {"s3:prefix": "AbÉ"}"#, &[("s3:prefix", "aBé")], true),
        (r#""StringNotEqualsIgnoreCase": {"s3:prefix": "Ab"}"#, &[("s3:prefix", "aB")], false),
        (r#""StringLike": {"s3:prefix": "h?me/*"}"#, &[("s3:prefix", "home/x")], true),
        (r#""StringLike": {"s3:prefix": "${*}"}"#, &[("s3:prefix", "x")], false),
        (r#""StringLike": {"s3:prefix": "${*}"}"#, &[("s3:prefix", "*")], true),
        (r#""StringNotLike": {"s3:prefix": "h*"}"#, &[("s3:prefix", "home")], false),
        (r#""StringNotLike": {"s3:prefix": "h*"}"#, &[], true),
        (r#""NumericLessThanEquals": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "10")], true),
        (r#""NumericLessThanEquals": {"s3:max-keys": 10}"#, &[("s3:max-keys", "11")], false),
        (r#""NumericLessThanEquals": {"s3:max-keys": "10"}"#, &[], false),
        (r#""NumericLessThan": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "9.5")], true),
        (r#""NumericGreaterThan": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "9")], false),
        (
            r#""NumericGreaterThanEquals": {"s3:TlsVersion": ["1.2"]}"#,
            &[("s3:TlsVersion", "1.2")],
            true,
        ),
        (r#""NumericEquals": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "10.0")], true),
        (r#""NumericNotEquals": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "10")], false),
        (r#""NumericNotEquals": {"s3:max-keys": "10"}"#, &[], true),
        // What can't be compared allows nothing, negated or not.
        (r#""NumericNotEquals": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "ten")], false),
        (r#""NumericEquals": {"s3:max-keys": "10"}"#, &[("s3:max-keys", "ten")], false),
        (
            r#""DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}"#,
            &[("aws:TokenIssueTime", "2020-01-01T00:00:02Z")],
            true,
        ),
        (r#""DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}"#, &[], false),
        (
            r#""DateLessThan": {"aws:CurrentTime": "2026-11-24"}"#,
            &[("aws:CurrentTime", "2026-11-23T23:59:59Z")],
            true,
        ),
        (
            r#""DateLessThanEquals": {"aws:EpochTime": 1795515120}"#,
            &[("aws:EpochTime", "1795515121")],
            false,
        ),
        (
            r#""DateGreaterThanEquals": {"aws:CurrentTime": "2026-11-24T09:00:00+09:00"}"#,
            &[("aws:CurrentTime", "2026-11-24T00:00:00Z")],
            true,
        ),
        (
            r#""DateEquals": {"aws:CurrentTime": "2026-11-24"}"#,
            &[("aws:CurrentTime", "2026-11-24T00:00:00Z")],
            true,
        ),
        (
            r#""DateNotEquals": {"aws:CurrentTime": "2026-11-24"}"#,
            &[("aws:CurrentTime", "2026-11-24T00:00:00Z")],
            false,
        ),
        (r#""Bool": {"aws:SecureTransport": "false"}"#, &[("aws:SecureTransport", "false")], true),
        (r#""Bool": {"aws:SecureTransport": true}"#, &[("aws:SecureTransport", "true")], true),
        (r#""Bool": {"aws:MultiFactorAuthPresent": "false"}"#, &[], false),
        (r#""BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}"#, &[], true),
        (
            r#""BinaryEquals": {"x:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}"#,
            &[("x:key", "BinaryValueInBase64")],
            true,
        ),
        (
            r#""BinaryEquals": {"x:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}"#,
            &[("x:key", "other")],
            false,
        ),
        (
            r#""IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]}"#,
            &[("aws:SourceIp", "203.0.113.9")],
            true,
        ),
        (
            r#""IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]}"#,
            &[("aws:SourceIp", "2001:db8:1234:5678::1")],
            true,
        ),
        (
            r#""IpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#,
            &[("aws:SourceIp", "203.0.114.9")],
            false,
        ),
        (
            r#""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#,
            &[("aws:SourceIp", "203.0.114.9")],
            true,
        ),
        (
            r#""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#,
            &[("aws:SourceIp", "no address")],
            false,
        ),
        (
            r#""ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:t"}"#,
            &[("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:t")],
            true,
        ),
        (
            r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:*:123456789012:t*"}"#,
            &[("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topic:sub")],
            true,
        ),
        // In a condition no wildcard of the first five parts passes a colon.
        (r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:*:t"}"#, &[], false),
        (
            r#""ArnLike": {"aws:SourceArn": "arn:aws:*:*:*:t"}"#,
            &[("aws:SourceArn", "arn:aws:sns:r:1:2:t")],
            false,
        ),
        (
            r#""ArnNotEquals": {"aws:SourceArn": "arn:aws:sns:*:*:t"}"#,
            &[("aws:SourceArn", "arn:aws:sns:r:1:t")],
            false,
        ),
        (r#""ArnNotLike": {"aws:SourceArn": "arn:aws:sns:*:*:t"}"#, &[], true),
        (
            r#""ArnNotLike": {"aws:SourceArn": "arn:aws:sns:*:*:t"}"#,
            &[("aws:SourceArn", "no arn")],
            false,
        ),
        (
            r#""ArnLike": {"aws:PrincipalArn": "*"}"#,
            &[("aws:PrincipalArn", "arn:aws:iam::1:user/x")],
            true,
        ),
        (r#""Null": {"aws:TokenIssueTime": "true"}"#, &[], true),
        (r#""Null": {"aws:TokenIssueTime": "true"}"#, &[("aws:TokenIssueTime", "x")], false),
        (r#""Null": {"aws:TokenIssueTime": "false"}"#, &[("aws:TokenIssueTime", "x")], true),
        // "...IfExists": present and wrong, absent.
        (
            r#""StringLikeIfExists": {"ec2:InstanceType": ["t1.*"]}"#,
            &[("ec2:InstanceType", "m3.large")],
            false,
        ),
        (r#""StringLikeIfExists": {"ec2:InstanceType": ["t1.*"]}"#, &[], true),
        // "Creating a condition that tests multiple key values".
        (
            r#""ForAllValues:StringLike": {"dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"]}"#,
            &[
                ("dynamodb:requestedAttributes", "PostDateTime"),
                ("dynamodb:requestedAttributes", "Message"),
            ],
            true,
        ),
        (
            r#""ForAllValues:StringLike": {"dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"]}"#,
            &[
                ("dynamodb:requestedAttributes", "PostDateTime"),
                ("dynamodb:requestedAttributes", "UserName"),
            ],
            false,
        ),
        (r#""ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}"#, &[], true),
        (r#""ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}"#, &[("aws:TagKeys", "")], true),
        (
            r#""ForAnyValue:StringLike": {"dynamodb:requestedAttributes": ["ID", "PostDateTime"]}"#,
            &[
                ("dynamodb:requestedAttributes", "UserName"),
                ("dynamodb:requestedAttributes", "PostDateTime"),
            ],
            true,
        ),
        (
            r#""ForAnyValue:StringLike": {"dynamodb:requestedAttributes": ["ID", "PostDateTime"]}"#,
            &[("dynamodb:requestedAttributes", "UserName")],
            false,
        ),
        (r#""ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}"#, &[], false),
        (r#""ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a"]}"#, &[], false),
        (
            r#""ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a"]}"#,
            &[("aws:TagKeys", "a"), ("aws:TagKeys", "b")],
            true,
        ),
        (
            r#""ForAllValues:StringNotEquals": {"aws:TagKeys": ["a"]}"#,
            &[("aws:TagKeys", "c"), ("aws:TagKeys", "b")],
            true,
        ),
        (
            r#""ForAllValues:StringNotEquals": {"aws:TagKeys": ["a"]}"#,
            &[("aws:TagKeys", "a"), ("aws:TagKeys", "b")],
            false,
        ),
        // Without a set operator one of several values is enough, or none may be.
        (
            r#""StringEquals": {"aws:TagKeys": ["a"]}"#,
            &[("aws:TagKeys", "a"), ("aws:TagKeys", "b")],
            true,
        ),
        (
            r#""StringNotEquals": {"aws:TagKeys": ["a"]}"#,
            &[("aws:TagKeys", "a"), ("aws:TagKeys", "b")],
            false,
        ),
        (r#""ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": ["a"]}"#, &[], false),
        // All operators and keys have to hold.
        (r#""StringEquals": {"x:a": "1", "x:b": "2"}"#, &[("x:a", "1")], false),
        (r#""StringEquals": {"x:a": "1"}, "Null": {"x:b": true}"#, &[("x:a", "1")], true),
        // A condition with nothing to compare.
        (r#""StringNotEquals": {"x:a": []}"#, &[("x:a", "1")], false),
        (r#""StringEquals": {}"#, &[], true),
        // "Specifying default values".
        (
            r#""StringEquals": {"s3:prefix": "${aws:PrincipalTag/team, 'company-wide'}"}"#,
            &[("s3:prefix", "company-wide")],
            true,
        ),
        (
            r#""StringNotEquals": {"s3:prefix": "${aws:PrincipalTag/team}"}"#,
            &[("s3:prefix", "company-wide")],
            false,
        ),
    ];
    for (condition, keys, expected) in cases {
        let policy = format!(
            r#"{{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}"#
        );
        if condition.contains("arn:aws:sns:*:t\"") {
            let document = format!(r#"{{"Statement": [{policy}]}}"#);
            assert!(Policy::parse(document.as_bytes(), PolicyKind::Identity).is_err());
            continue;
        }
        assert_eq!(
            allowed(&policy, "s3:x", "arn:aws:s3:::b", &keys.to_vec()),
            *expected,
            "{condition} {keys:?}"
        );
    }
}

#[test]
fn a_deny_that_cannot_be_judged_denies() {
    let deny = |condition: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "*", "Resource": "*"}},
               {{"Effect": "Deny", "Action": "s3:Put*", "Resource": "*", "Condition": {{{condition}}}}}"#
        )
    };
    for (condition, keys, expected) in [
        (r#""IpAddress": {"aws:SourceIp": "10.0.0.0/8"}"#, vec![("aws:SourceIp", "?")], false),
        (r#""NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}"#, vec![("aws:SourceIp", "?")], false),
        (r#""StringEquals": {"s3:prefix": "${aws:username}"}"#, vec![("s3:prefix", "x")], false),
        (
            r#""IpAddress": {"aws:SourceIp": "10.0.0.0/8"}"#,
            vec![("aws:SourceIp", "11.0.0.1")],
            true,
        ),
        // Absent is judged.
        (r#""IpAddress": {"aws:SourceIp": "10.0.0.0/8"}"#, vec![], true),
        // Another condition that fails ends it.
        (
            r#""NumericEquals": {"x:a": 1}, "Bool": {"x:b": true}"#,
            vec![("x:a", "?"), ("x:b", "false")],
            true,
        ),
    ] {
        assert_eq!(
            allowed(&deny(condition), "s3:PutObject", "arn:aws:s3:::b/k", &keys),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn the_old_version_takes_variables_by_the_letter() {
    let policy = r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*",
        "Resource": "arn:aws:s3:::b/${aws:username}"}}"#;
    let keys = vec![("aws:username", "kim")];
    assert!(!allowed(policy, "s3:GetObject", "arn:aws:s3:::b/kim", &keys));
    assert!(allowed(policy, "s3:GetObject", "arn:aws:s3:::b/${aws:username}", &keys));
}

#[test]
fn not_action_and_not_resource() {
    // IAM User Guide, "NotAction", "NotResource".
    let not_iam = r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#;
    assert!(allowed(not_iam, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]));
    assert!(!allowed(not_iam, "iam:CreateUser", "*", &vec![]));
    let hr = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::hr", "arn:aws:s3:::hr/*"]}"#;
    assert!(allowed(hr, "s3:GetObject", "arn:aws:s3:::hr/payroll", &vec![]));
    assert!(!allowed(hr, "s3:GetObject", "arn:aws:s3:::other/payroll", &vec![]));
    let own =
        r#"{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::b/${aws:username}"}"#;
    assert!(!allowed(own, "s3:GetObject", "arn:aws:s3:::b/x", &vec![]));
}

/// Statements about one object.
fn allow(principal: &str) -> String {
    statement("Allow", "Principal", principal)
}

fn statement(effect: &str, element: &str, principal: &str) -> String {
    format!(
        r#"{{"Effect": "{effect}", "{element}": {principal}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"#
    )
}

const IDENTITY_ALLOWS: &str =
    r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#;
const IDENTITY_DENIES: &str =
    r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#;
const ELSEWHERE: &str = r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}"#;

#[test]
fn who_a_bucket_policy_grants_to() {
    use PolicyType::{Boundary, Identity, Resource, Session};
    use Reason::{Allowed, NotAllowed};
    // IAM User Guide, "Resource-based policies and implicit denies in other policy types (same
    // account)", "Cross-account policy evaluation logic".
    let user_arn = r#"{"AWS": "arn:aws:iam::123456789012:user/JohnDoe"}"#;
    let user_id = r#"{"AWS": "AIDAJOHNDOE"}"#;
    let role = r#"{"AWS": "arn:aws:iam::123456789012:role/examplerole"}"#;
    let role_session =
        r#"{"AWS": "arn:aws:sts::123456789012:assumed-role/examplerole/examplerolesessionname"}"#;
    let own_account = r#"{"AWS": "123456789012"}"#;
    let other_account = r#"{"AWS": ["999999999999"]}"#;
    let other_root = r#"{"AWS": "arn:aws:iam::999999999999:root"}"#;
    let anyone = r#""*""#;
    let john = user("JohnDoe");
    let limits = Given { boundary: ELSEWHERE, session: ELSEWHERE, ..Given::default() };
    let bare = Given::default();
    let identity = Given { identity: IDENTITY_ALLOWS, ..Given::default() };
    for (principal, who, given, expected) in [
        (user_arn, &john, &bare, Allowed(Resource)),
        (user_id, &john, &bare, Allowed(Resource)),
        (user_arn, &john, &limits, Allowed(Resource)),
        (user_arn, &user("Other"), &bare, NotAllowed(Identity)),
        (role_session, &session(), &limits, Allowed(Resource)),
        (role, &session(), &bare, Allowed(Resource)),
        (role, &session(), &limits, NotAllowed(Boundary)),
        (role, &session(), &Given { session: ELSEWHERE, ..bare.clone() }, NotAllowed(Session)),
        (role, &session(), &Given { session: IDENTITY_ALLOWS, ..bare.clone() }, Allowed(Resource)),
        (
            role,
            &session(),
            &Given { boundary: ELSEWHERE, ..identity.clone() },
            NotAllowed(Boundary),
        ),
        (
            r#"{"AWS": "arn:aws:sts::123456789012:federated-user/exampleuser"}"#,
            &federated(),
            &bare,
            Allowed(Resource),
        ),
        (user_arn, &federated(), &bare, NotAllowed(Session)),
        (
            user_arn,
            &federated(),
            &Given { session: IDENTITY_ALLOWS, ..bare.clone() },
            Allowed(Resource),
        ),
        (own_account, &federated(), &identity, NotAllowed(Session)),
        (own_account, &john, &bare, NotAllowed(Identity)),
        (own_account, &john, &identity, Allowed(Identity)),
        (
            own_account,
            &john,
            &Given { boundary: ELSEWHERE, ..identity.clone() },
            NotAllowed(Boundary),
        ),
        (anyone, &john, &limits, Allowed(Resource)),
        (anyone, &Requester::Anonymous, &bare, Allowed(Resource)),
        (own_account, &Requester::Anonymous, &bare, NotAllowed(Resource)),
        (other_account, &root(ACCOUNT), &bare, Reason::Root),
        // Across accounts both have to allow.
        (anyone, &stranger(), &bare, NotAllowed(Identity)),
        (anyone, &stranger(), &identity, Allowed(Identity)),
        (other_account, &stranger(), &identity, Allowed(Identity)),
        (other_root, &stranger(), &bare, NotAllowed(Identity)),
        (
            other_root,
            &stranger(),
            &Given { boundary: ELSEWHERE, ..identity.clone() },
            NotAllowed(Boundary),
        ),
        (own_account, &stranger(), &identity, NotAllowed(Resource)),
        (other_root, &root(OTHER), &bare, Reason::Root),
        (own_account, &root(OTHER), &bare, NotAllowed(Resource)),
        (
            r#"{"Service": "logging.s3.amazonaws.com"}"#,
            &Requester::Service("logging.s3.amazonaws.com".into()),
            &bare,
            Allowed(Resource),
        ),
    ] {
        let policy = allow(principal);
        let given = Given { resource: &policy, ..given.clone() };
        let (effect, reason, _) = decide(&given, who, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(reason, expected, "{principal} {who:?}");
        let allows = matches!(expected, Allowed(_) | Reason::Root);
        assert_eq!(effect == Effect::Allow, allows, "{principal} {who:?}");
    }
}

#[test]
fn the_strongest_of_several_grants_counts() {
    let role = allow(r#"{"AWS": "arn:aws:iam::123456789012:role/examplerole"}"#);
    let whole = allow(r#"{"AWS": "123456789012"}"#);
    let anyone = allow(r#""*""#);
    let limits = Given { boundary: ELSEWHERE, ..Given::default() };
    for (statements, expected) in [
        ([&whole, &role, &anyone], Reason::Allowed(PolicyType::Resource)),
        ([&anyone, &role, &whole], Reason::Allowed(PolicyType::Resource)),
        ([&whole, &role, &whole], Reason::NotAllowed(PolicyType::Boundary)),
        ([&whole, &whole, &whole], Reason::NotAllowed(PolicyType::Identity)),
    ] {
        let policy = statements.map(String::as_str).join(",");
        let given = Given { resource: &policy, ..limits.clone() };
        let (_, reason, _) =
            decide(&given, &session(), "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(reason, expected, "{policy}");
    }
}

#[test]
fn an_explicit_deny_wins_wherever_it_stands() {
    let anyone = allow(r#""*""#);
    let deny = format!("{anyone},{}", statement("Deny", "Principal", r#""*""#));
    let allows = Given { identity: IDENTITY_ALLOWS, resource: &anyone, ..Given::default() };
    for (given, expected) in [
        (Given { resource: &deny, ..allows.clone() }, PolicyType::Resource),
        (Given { identity: IDENTITY_DENIES, ..allows.clone() }, PolicyType::Identity),
        (Given { boundary: IDENTITY_DENIES, ..allows.clone() }, PolicyType::Boundary),
        (Given { session: IDENTITY_DENIES, ..allows.clone() }, PolicyType::Session),
    ] {
        let (_, reason, _) =
            decide(&given, &user("JohnDoe"), "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(reason, Reason::ExplicitDeny(expected));
    }
}

#[test]
fn the_owners_root_keeps_the_bucket_policy() {
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}"#;
    let given = Given { resource: deny, ..Given::default() };
    let effect =
        |who: &Requester, action: &str| decide(&given, who, action, "arn:aws:s3:::b", &vec![]).0;
    for action in ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] {
        assert_eq!(effect(&root(ACCOUNT), action), Effect::Allow);
        assert_eq!(effect(&root(OTHER), action), Effect::Deny);
        assert_eq!(effect(&user("JohnDoe"), action), Effect::Deny);
    }
    assert_eq!(effect(&root(ACCOUNT), "s3:ListBucket"), Effect::Deny);
}

#[test]
fn not_principal_spares_only_who_is_named_with_its_account() {
    // IAM User Guide, "NotPrincipal with Deny".
    let user_and_account =
        r#"{"AWS": ["arn:aws:iam::123456789012:user/JohnDoe", "arn:aws:iam::123456789012:root"]}"#;
    let only_user = r#"{"AWS": "arn:aws:iam::123456789012:user/JohnDoe"}"#;
    let whole_session = r#"{"AWS": ["arn:aws:iam::123456789012:role/examplerole", "123456789012",
        "arn:aws:sts::123456789012:assumed-role/examplerole/examplerolesessionname"]}"#;
    let part_of_session = r#"{"AWS": ["123456789012",
        "arn:aws:sts::123456789012:assumed-role/examplerole/examplerolesessionname"]}"#;
    for (principal, who, expected) in [
        (user_and_account, user("JohnDoe"), true),
        (user_and_account, user("Other"), false),
        (only_user, user("JohnDoe"), false),
        (whole_session, session(), true),
        (part_of_session, session(), false),
        (r#""*""#, user("JohnDoe"), true),
        (user_and_account, session(), false),
        (user_and_account, root(ACCOUNT), true),
        (user_and_account, Requester::Anonymous, false),
    ] {
        let policy =
            format!("{},{}", allow(r#""*""#), statement("Deny", "NotPrincipal", principal));
        let given = Given { resource: &policy, ..Given::default() };
        let (effect, ..) = decide(&given, &who, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(effect == Effect::Allow, expected, "{principal} {who:?}");
        // Whoever has a boundary is never spared ("NotPrincipal").
        let all = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
        let given = Given { boundary: all, ..given };
        let (effect, ..) = decide(&given, &who, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(effect, Effect::Deny, "{principal} {who:?}, with a boundary");
    }
}

#[test]
fn a_public_policy_serves_the_owner_only_when_restricted() {
    // Amazon S3 User Guide, "How Amazon S3 evaluates a bucket policy that contains both public and
    // non-public access grants".
    let policy = format!(
        "{},{},{}",
        allow(r#"{"Service": "cloudtrail.amazonaws.com"}"#),
        allow(r#"{"AWS": "999999999999"}"#),
        allow(r#""*""#)
    );
    let (fixed, _) = policy.rsplit_once(",{").unwrap();
    let trail = Requester::Service("cloudtrail.amazonaws.com".into());
    for (resource, who, expected) in [
        (&*policy, &trail, true),
        (&*policy, &stranger(), false),
        (&*policy, &Requester::Anonymous, false),
        (&*policy, &user("JohnDoe"), true),
        (fixed, &stranger(), true),
        (fixed, &trail, true),
    ] {
        let given =
            Given { resource, identity: IDENTITY_ALLOWS, restrict: true, ..Given::default() };
        let (effect, ..) = decide(&given, who, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(effect == Effect::Allow, expected, "{who:?} {resource}");
    }
}

#[test]
fn denials_are_worded_as_aws_does() {
    let john = user("JohnDoe");
    let start = "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: \
                 s3:GetObject on resource: \"arn:aws:s3:::b/k\" ";
    let bucket = statement("Deny", "Principal", r#""*""#);
    let bare = Given::default();
    for (given, ending) in [
        (
            Given { ..bare.clone() },
            "because no identity-based policy allows the s3:GetObject action",
        ),
        (
            Given { identity: IDENTITY_ALLOWS, boundary: ELSEWHERE, ..bare.clone() },
            "because no permissions boundary allows the s3:GetObject action",
        ),
        (
            Given { identity: IDENTITY_ALLOWS, session: ELSEWHERE, ..bare.clone() },
            "because no session policy allows the s3:GetObject action",
        ),
        (
            Given { resource: &bucket, ..bare.clone() },
            "with an explicit deny in a resource-based policy",
        ),
        (
            Given { identity: IDENTITY_DENIES, ..bare.clone() },
            "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/p",
        ),
        (
            Given { boundary: IDENTITY_DENIES, ..bare.clone() },
            "with an explicit deny in a permissions boundary",
        ),
        (
            Given { session: IDENTITY_DENIES, ..bare.clone() },
            "with an explicit deny in a session policy",
        ),
    ] {
        let (_, _, sentence) = decide(&given, &john, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!(sentence.unwrap(), format!("{start}{ending}"));
    }
    for silent in [Requester::Anonymous, stranger()] {
        let (effect, _, sentence) =
            decide(&bare, &silent, "s3:GetObject", "arn:aws:s3:::b/k", &vec![]);
        assert_eq!((effect, sentence), (Effect::Deny, None));
    }
}

#[test]
fn a_policy_knows_what_keys_it_asks_for() {
    let asks = |statement: &str| {
        let document = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:*", {statement}}}}}"#
        );
        let policy = Policy::parse(document.as_bytes(), PolicyKind::Identity).unwrap();
        policy.asks_for("s3:existingobjecttag/")
    };
    for (statement, expected) in [
        (r#""Resource": "*""#, false),
        (r#""Resource": "arn:aws:s3:::b/s3:ExistingObjectTag/*""#, false),
        (r#""Resource": "arn:aws:s3:::b/${s3:ExistingObjectTag/team}/*""#, true),
        (r#""NotResource": ["arn:aws:s3:::b/${s3:ExistingObjectTag/team, 'none'}"]"#, true),
        (r#""Resource": "*", "Condition": {"Null": {"S3:ExistingObjectTag/a": "true"}}"#, true),
        (r#""Resource": "*", "Condition": {"StringLike": {"s3:prefix": ["a", "b${*}"]}}"#, false),
        (
            r#""Resource": "*",
               "Condition": {"StringLike": {"s3:prefix": ["a", "${s3:ExistingObjectTag/a}/*"]}}"#,
            true,
        ),
    ] {
        assert_eq!(asks(statement), expected, "{statement}");
    }
}
