//! Amazon S3 User Guide, "The meaning of public": statements and whether they are.

use policy::*;

fn is_public(statements: &str) -> bool {
    let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let policy = Policy::parse(document.as_bytes(), PolicyKind::Resource);
    policy.unwrap_or_else(|e| panic!("{e}\n{document}")).is_public()
}

fn granted_to(principal: &str) -> String {
    format!(
        r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}}"#
    )
}

fn when(condition: &str) -> String {
    let statement = granted_to(r#""*""#);
    format!(r#"{}, "Condition": {{{condition}}}}}"#, statement.strip_suffix('}').unwrap())
}

#[test]
fn fixed_principals_are_not_the_public() {
    for (principal, expected) in [
        (r#""*""#, true),
        (r#"{"AWS": "*"}"#, true),
        (r#"{"Federated": "graph.facebook.com"}"#, true),
        (r#"{"AWS": ["123456789012", "*"]}"#, true),
        (r#"{"AWS": "123456789012"}"#, false),
        (r#"{"AWS": "arn:aws:iam::123456789012:user/kim"}"#, false),
        (r#"{"Service": "cloudtrail.amazonaws.com"}"#, false),
    ] {
        assert_eq!(is_public(&granted_to(principal)), expected, "{principal}");
    }
    // One public statement makes the policy public; a denial doesn't make it less so.
    assert!(is_public(&format!(
        "{},{}",
        granted_to(r#"{"AWS": "123456789012"}"#),
        granted_to(r#""*""#)
    )));
    let deny = granted_to(r#""*""#).replace("Allow", "Deny");
    assert!(!is_public(&deny));
    assert!(is_public(&format!("{},{deny}", granted_to(r#""*""#))));
}

#[test]
fn fixed_values_of_some_keys_limit_a_grant() {
    for (condition, expected) in [
        (r#""StringLike": {"aws:SourceVpc": "vpc-*"}"#, true),
        (r#""StringEquals": {"aws:SourceVpc": "vpc-91237329"}"#, false),
        (r#""StringLike": {"aws:SourceVpc": "vpc-91237329"}"#, false),
        (r#""StringEquals": {"aws:SourceVpc": "vpc-*"}"#, true),
        (r#""StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}"#, false),
        (r#""StringLike": {"aws:SourceVpc": ["vpc-1", "vpc-*"]}"#, true),
        (r#""StringEquals": {"AWS:sourceVPC": "vpc-1"}"#, false),
        (r#""StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}"#, true),
        (r#""ForAllValues:StringEquals": {"aws:SourceVpc": "vpc-1"}"#, true),
        (r#""ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": "o-1/r-1/"}"#, false),
        (r#""StringNotEquals": {"aws:SourceVpc": "vpc-1"}"#, true),
        (r#""StringEquals": {"aws:SourceVpc": "${aws:PrincipalTag/vpc}"}"#, true),
        (r#""StringEquals": {"aws:PrincipalOrgID": "o-123"}"#, false),
        (r#""StringEquals": {"aws:SourceAccount": "123456789012"}"#, false),
        (r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:t"}"#, false),
        (r#""ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:t"}"#, true),
        (r#""StringLike": {"aws:userid": "AROAEXAMPLE:*"}"#, true),
        (r#""StringEquals": {"aws:userid": "AIDAEXAMPLE"}"#, false),
        // Whoever signs nothing has an id as well.
        (r#""StringEquals": {"aws:userid": ["AIDAEXAMPLE", "anonymous"]}"#, true),
        (r#""StringEqualsIgnoreCase": {"aws:userid": "Anonymous"}"#, true),
        (r#""StringLike": {"aws:userid": "anonymous"}"#, true),
        (
            r#""StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:123456789012:accesspoint/*"}"#,
            false,
        ),
        (
            r#""StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:*:accesspoint/*"}"#,
            true,
        ),
        (r#""StringEquals": {"s3:DataAccessPointAccount": "123456789012"}"#, false),
        // Keys that a caller writes as it likes limit nothing.
        (r#""StringEquals": {"aws:Referer": "https://example.com/"}"#, true),
        (r#""StringEquals": {"aws:UserAgent": "secret"}"#, true),
        (r#""Bool": {"aws:SecureTransport": true}"#, true),
        (r#""Null": {"aws:SourceVpc": false}"#, true),
    ] {
        assert_eq!(is_public(&when(condition)), expected, "{condition}");
    }
}

#[test]
fn networks_are_public_when_they_are_wide() {
    for (network, expected) in [
        (r#""203.0.113.0/24""#, false),
        (r#""10.0.0.0/8""#, false),
        (r#""0.0.0.0/7""#, true),
        (r#""0.0.0.0/0""#, true),
        (r#""2001:db8::/32""#, false),
        (r#""2000::/31""#, true),
        (r#"["203.0.113.0/24", "::/0"]"#, true),
    ] {
        let condition = format!(r#""IpAddress": {{"aws:SourceIp": {network}}}"#);
        assert_eq!(is_public(&when(&condition)), expected, "{network}");
        let not = format!(r#""NotIpAddress": {{"aws:SourceIp": {network}}}"#);
        assert!(is_public(&when(&not)), "{network}");
    }
    assert!(is_public(&when(r#""IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}"#)));
}

#[test]
fn only_actions_on_what_is_in_the_bucket_count() {
    for (action, expected) in [
        ("s3:GetObject", true),
        ("s3:getobjectacl", true),
        ("s3:RestoreObject", true),
        ("s3:AbortMultipartUpload", true),
        ("s3:ReplicateObject", false),
        ("s3:R*", true),
        ("s3:Repl*", false),
        ("s3:*", true),
        ("*", true),
        ("s3:?utObject", true),
    ] {
        let statement = granted_to(r#""*""#).replace("s3:PutObject", action);
        assert_eq!(is_public(&statement), expected, "{action}");
    }
    assert!(is_public(&granted_to(r#""*""#).replace("\"Action\"", "\"NotAction\"")));
}
