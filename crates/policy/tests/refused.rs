//! Documents that aren't policies: what is said, and where.

use policy::*;

fn error(document: &str, kind: PolicyKind) -> PolicyError {
    match Policy::parse(document.as_bytes(), kind) {
        Ok(_) => panic!("accepted: {document}"),
        Err(error) => error,
    }
}

fn with(statement: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\",\n\"Statement\": {statement}}}")
}

const IDENTITY: PolicyKind = PolicyKind::Identity;
const RESOURCE: PolicyKind = PolicyKind::Resource;

#[test]
fn the_message_ends_with_the_place() {
    let document = with(
        "[{\"Effect\": \"Allow\",\n  \"Action\": \"s3:*\", \"Resource\": \"*\",\n  \
         \"Condition\": {\"IpAddres\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}}]",
    );
    let error = error(&document, IDENTITY);
    assert_eq!((error.at.line, error.at.column), (4, 17));
    assert_eq!(
        error.iam_message(),
        "Syntax errors in policy. there is no condition operator IpAddres \
         (line 4, column 17, Statement[0].Condition.IpAddres)"
    );
    assert_eq!(
        error.s3_message(),
        "Invalid Condition type : IpAddres: there is no condition operator IpAddres \
         (line 4, column 17, Statement[0].Condition.IpAddres)"
    );
}

#[test]
fn identity_policies_are_refused_with_iams_sentences() {
    // Statement, the beginning of the message, the element.
    let rest = r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b""#;
    let but = |from: &str, to: &str| format!("{{{}}}", rest.replace(from, to));
    let also = |more: &str| format!("{{{rest}, {more}}}");
    let action = r#""Action": "s3:ListBucket""#;
    let resource = r#""Resource": "arn:aws:s3:::b""#;
    let syntax = "Syntax errors in policy.";
    let statement = "Statement";
    for (document, message, path) in [
        ("[]".to_owned(), syntax, statement),
        ("[\"afd\"]".to_owned(), syntax, "Statement[0]"),
        ("7".to_owned(), syntax, statement),
        (also(r#""Extra field": "value""#), syntax, "Statement.Extra field"),
        (but("Allow", "allows"), syntax, "Statement.Effect"),
        (but("Allow", "allow"), "The policy failed legacy parsing", "Statement.Effect"),
        (but(r#""Effect": "Allow", "#, ""), syntax, statement),
        (
            but(action, r#""Action": "invalid""#),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            "Statement.Action",
        ),
        (
            but(action, r#""NotAction": """#),
            "Actions/Conditions must be prefaced by a vendor",
            "Statement.NotAction",
        ),
        (
            but(action, r#""Action": ["s3:*", "a a:ListBucket"]"#),
            "Vendor a a is not valid",
            "Statement.Action[1]",
        ),
        (
            but(action, r#""Action": "s3:List:Bucket""#),
            "Actions/Condition can contain only one colon.",
            "Statement.Action",
        ),
        (
            but(action, r#""Action": []"#),
            "Policy statement must contain actions.",
            "Statement.Action",
        ),
        (but(&format!("{action}, "), ""), "Policy statement must contain actions.", statement),
        (but(action, r#""Action": {}"#), syntax, "Statement.Action"),
        (but(action, r#""Action": [[]]"#), syntax, "Statement.Action[0]"),
        (also(r#""NotAction": "s3:*""#), syntax, "Statement.NotAction"),
        (
            but(resource, r#""Resource": "invalid resource""#),
            "Resource invalid resource must be in ARN format or \"*\".",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": """#),
            "Resource  must be in ARN format or \"*\".",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:error:s3:::b""#),
            "Partition \"error\" is not valid for resource \"arn:error:s3:::b\".",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:aws:iam:eu-west-1::user/kim""#),
            "IAM resource arn:aws:iam:eu-west-1::user/kim cannot contain region information.",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:aws:s3:eu-west-1::b""#),
            "Resource arn:aws:s3:eu-west-1::b can not contain region information.",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:aws:iam:::b""#),
            "IAM resource path must either be \"*\", root, or start with user/, federated-user/, role/, group/, \
             instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, \
             oidc-provider/, report/, access-report/.",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "a:b:c""#),
            "Partition \"b\" is not valid for resource \"arn:b:c:*:*:*\".",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:aws""#),
            "Resource vendor must be fully qualified and cannot contain regexes.",
            "Statement.Resource",
        ),
        (
            but(resource, r#""Resource": "arn:aws:s3::b""#),
            "The policy failed legacy parsing",
            "Statement.Resource",
        ),
        (but(&format!(", {resource}"), ""), "Policy statement must contain resources.", statement),
        (
            but(resource, r#""NotResource": []"#),
            "Policy statement must contain resources.",
            "Statement.NotResource",
        ),
        (also(r#""NotResource": []"#), syntax, "Statement.NotResource"),
        (
            also(r#""Principal": "*""#),
            "Policy document should not specify a principal.",
            "Statement.Principal",
        ),
        (also(r#""Sid": "a b""#), "Statement IDs (SID) must be alpha-numeric.", "Statement.Sid"),
        (also(r#""Sid": 1"#), syntax, "Statement.Sid"),
        (also(r#""Condition": []"#), syntax, "Statement.Condition"),
        (also(r#""Condition": {"a": "b"}"#), syntax, "Statement.Condition.a"),
        (
            also(r#""Condition": {"NullIfExists": {"a:b": true}}"#),
            syntax,
            "Statement.Condition.NullIfExists",
        ),
        (
            also(r#""Condition": {"ForSome:Bool": {"a:b": true}}"#),
            syntax,
            "Statement.Condition.ForSome:Bool",
        ),
        (
            also(r#""Condition": {"StringEquals": {":a": "b"}}"#),
            syntax,
            "Statement.Condition.StringEquals.:a",
        ),
        (
            also(r#""Condition": {"StringEquals": {"a:b": null}}"#),
            syntax,
            "Statement.Condition.StringEquals.a:b",
        ),
        (
            also(r#""Condition": {"DateGreaterThan": {"a:b": "c"}}"#),
            "The policy failed legacy parsing",
            "Statement.Condition.DateGreaterThan.a:b",
        ),
        (
            also(r#""Condition": {"Bool": {"a:b": "${a:c}"}}"#),
            "The policy failed legacy parsing",
            "Statement.Condition.Bool.a:b",
        ),
        (
            format!("[{}, {}]", also(r#""Sid": "a""#), also(r#""Sid": "a""#)),
            "Statement IDs (SID) in a single policy must be unique.",
            "Statement[1]",
        ),
        (but(resource, r#""Resource": "arn:aws:s3:::${b""#), syntax, "Statement.Resource"),
        (also(r#""Effect": "Deny""#), syntax, "Statement.Effect"),
    ] {
        let error = error(&with(&document), IDENTITY);
        assert!(error.iam_message().starts_with(message), "{document}\n{}", error.iam_message());
        assert_eq!(error.path, path, "{document}\n{error}");
    }
}

#[test]
fn bucket_policies_are_refused_with_s3s_sentences() {
    let rest = r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*""#;
    let who = |principal: &str| with(&format!("[{{\"Principal\": {principal}, {rest}}}]"));
    let and = |more: &str| with(&format!("[{{\"Principal\": \"*\", {rest}, {more}}}]"));
    for (document, message) in [
        (with(&format!("[{{{rest}}}]")), "Missing required field Principal"),
        (who(r#""arn:aws:iam::123456789012:root""#), "Invalid principal in policy"),
        (who(r#"{"AWS": "arn:aws:iam::123456789012:user/*"}"#), "Invalid principal in policy"),
        (who(r#"{"Group": "x"}"#), "Invalid principal in policy"),
        (who("{}"), "Missing required field Principal cannot be empty!"),
        (
            and(r#""Condition": {"IpAddress": {"aws:SourceIp": "123"}}"#),
            "Invalid IP address in Conditions",
        ),
        (and(r#""NotPrincipal": "*""#), "Invalid policy syntax."),
        (
            who(r#"{"AWS": "123456789012"}"#).replace("Principal", "NotPrincipal"),
            "Invalid policy syntax.",
        ),
        (with("[]"), "Could not parse the policy: Statement is empty!"),
        ("{}".to_owned(), "Missing required field Statement"),
        (
            "{\"Version\": \"2012-10-18\"}".to_owned(),
            "The policy must contain a valid version string",
        ),
        ("not json".to_owned(), "Policies must be valid JSON and the first byte must be '{'"),
        ("[]".to_owned(), "Policies must be valid JSON and the first byte must be '{'"),
        ("{\"Statement\": }".to_owned(), "This policy contains invalid Json"),
        (
            format!("{{\"{}", " ".repeat(BUCKET_POLICY_BYTES_MAX)),
            "Normalized policy document exceeds the maximum allowed size of 20480 bytes",
        ),
        (
            " ".repeat(BUCKET_POLICY_RAW_BYTES_MAX + 1),
            "Normalized policy document exceeds the maximum allowed size of 20480 bytes",
        ),
    ] {
        let error = error(&document, RESOURCE);
        assert!(error.s3_message().starts_with(message), "{document}\n{}", error.s3_message());
    }
}

#[test]
fn what_identity_policies_may_name_is_open() {
    let document = with(
        r#"{"Sid": "", "Effect": "Allow", "Action": "newservice:NewAction",
            "Resource": "arn:aws:newservice:us-east-1:123456789012:thing/x",
            "Condition": {"StringEquals": {"newservice:Key": ["a", 1, true]}}}"#,
    );
    let policy = Policy::parse(document.as_bytes(), IDENTITY).unwrap();
    assert_eq!(policy.statements()[0].sid(), None);
    assert_eq!(policy.statements()[0].position(), Position { line: 2, column: 14 });
    let counted = document.chars().filter(|it| !it.is_whitespace()).count();
    assert_eq!(policy.characters(), counted);
}

#[test]
fn managed_policies_are_of_the_current_version() {
    let old = r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    assert!(Policy::parse(old.as_bytes(), IDENTITY).is_ok());
    let error = Policy::parse_managed(old.as_bytes()).unwrap_err();
    assert!(
        error.iam_message().starts_with("Policy document must be version 2012-10-17 or greater.")
    );
    assert_eq!(error.at, Position { line: 1, column: 13 });
    let none = old.replace(r#""Version": "2008-10-17", "#, "");
    assert!(Policy::parse(none.as_bytes(), IDENTITY).is_ok());
    assert!(Policy::parse_managed(none.as_bytes()).is_err());
}

/// Documents with several mistakes, and what AWS was recorded to tell of them (LocalStack's tests).
#[test]
fn of_several_mistakes_iam_tells_the_one_that_aws_tells() {
    const FINE: &str =
        r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b""#;
    let syntax = "Syntax errors in policy.";
    let old = "Policy document must be version 2012-10-17 or greater.";
    let legacy = "The policy failed legacy parsing";
    let sids = "Statement IDs (SID) in a single policy must be unique.";
    let twice = format!(r#"[{{"Sid": "a", {FINE}}}, {{"Sid": "a", "Effect": "Allow"}}]"#);
    let dated = |more: &str| {
        format!(r#"{{"Effect": "Allow", {more} "Condition": {{"DateLessThan": {{"a": "x"}}}}}}"#)
    };
    let action_and = |resource: &str| {
        format!(r#"{{"Effect": "Allow", "Action": "s:3:ListBucket", "Resource": {resource}}}"#)
    };
    let whole = r#""Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b","#;
    for (versioned, statement, sentence) in [
        (true, action_and(r#""b""#), "Resource b must be in ARN format or \"*\"."),
        (true, action_and(r#"["b", {}]"#), syntax),
        (true, action_and(r#"["b", "arn:aws:s3::b"]"#), "Resource b must be in ARN format"),
        (true, action_and(r#""arn:aws:s3::b""#), legacy),
        (true, r#"{"Effect": "Allow", "Resource": "arn:aws:s3::b"}"#.to_owned(), legacy),
        (true, r#"{"Effect": "allow", "Resource": "arn:aws:s3:eu-west-1::b"}"#.to_owned(), legacy),
        (
            true,
            r#"{"Effect": "Allow", "Condition": {"DateGreaterThan": {"a": {}}}}"#.to_owned(),
            syntax,
        ),
        (true, twice.clone(), sids),
        (false, twice.clone(), old),
        (true, twice.replacen("Allow", "aLLow", 1), legacy),
        (true, dated(whole), legacy),
        (true, dated(&whole.replace("aws", "error")), legacy),
        (true, dated(""), legacy),
        (false, dated(whole), old),
        (false, format!("{{{}}}", FINE.replace("Allow", "allow")), old),
    ] {
        let version = if versioned { r#""Version": "2012-10-17", "# } else { "" };
        let document = format!(r#"{{{version}"Statement": {statement}}}"#);
        let error = Policy::parse_managed(document.as_bytes()).unwrap_err();
        assert!(error.iam_message().starts_with(sentence), "{document}\n{}", error.iam_message());
    }
}

#[test]
fn a_condition_key_without_a_service_is_one_that_no_request_has() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
        "Condition": {"DateGreaterThan": {"a": "2026-11-27"}}}"#;
    let policy = Policy::parse(with(statement).as_bytes(), IDENTITY).unwrap();
    assert_eq!(policy.statements()[0].conditions()[0].key(), "a");
    let bucket = statement.replace("\"Action\"", "\"Principal\": \"*\", \"Action\"");
    let bucket = bucket.replace("\"*\",\n", "\"arn:aws:s3:::b\",\n");
    assert!(
        held_to_bucket_b(&bucket).unwrap_err().starts_with("Policy has an invalid condition key")
    );
}

fn held_to_bucket_b(statement: &str) -> Result<(), String> {
    let policy = Policy::parse(with(statement).as_bytes(), RESOURCE).unwrap();
    policy.check_bucket_names("b").map_err(|e| e.s3_message())
}

#[test]
fn bucket_policies_name_what_s3_has() {
    const BUCKET: &str = r#""arn:aws:s3:::b""#;
    const OBJECTS: &str = r#""arn:aws:s3:::b/*""#;
    const BOTH: &str = r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#;
    const ACTION: &str = "Policy has invalid action";
    const RESOURCE: &str = "Policy has invalid resource";
    const KEY: &str = "Policy has an invalid condition key";
    const NOTHING_DONE: &str = "Action does not apply to any resource(s) in statement";
    const NO_SUCH_KEY: &str =
        "Conditions do not apply to combination of actions and resources in statement";
    for (actions, resources, key, message) in [
        (r#""s3:GetObject""#, OBJECTS, "s3:ExistingObjectTag/x", ""),
        (r#""S3:getobject""#, OBJECTS, "aws:SourceIp", ""),
        (r#""*""#, BOTH, "aws:PrincipalTag/team", ""),
        (r#""s3:*""#, BUCKET, "s3:prefix", ""),
        (r#""s3:*""#, OBJECTS, "s3:x-amz-acl", ""),
        (r#"["s3:ListBucket", "s3:ListBucketVersions"]"#, BUCKET, "s3:Prefix", ""),
        (r#"["s3:ListBucket", "s3:GetObject"]"#, BOTH, "s3:authType", ""),
        (r#"["s3:ListBucket", "s3:GetObject"]"#, BOTH, "s3:BucketTag/x", ""),
        (r#""s3:FlyObject""#, OBJECTS, "aws:SourceIp", ACTION),
        (r#"["s3:GetObject", "s3:Fly*"]"#, OBJECTS, "aws:SourceIp", ACTION),
        (r#""iam:CreateUser""#, OBJECTS, "aws:SourceIp", ACTION),
        (r#""s3:GetObject""#, r#""arn:aws:s3:::other/*""#, "aws:SourceIp", RESOURCE),
        (
            r#""s3:GetObject""#,
            r#"["arn:aws:s3:::b/*", "arn:aws:s3:::bb/*"]"#,
            "aws:SourceIp",
            RESOURCE,
        ),
        (r#""s3:GetObject""#, r#""arn:aws:iam::123456789012:user/b""#, "aws:SourceIp", RESOURCE),
        (r#""s3:GetObject""#, OBJECTS, "s3:Suffix", KEY),
        (r#""s3:GetObject""#, OBJECTS, "aws:Suffix", KEY),
        (r#""s3:GetObject""#, OBJECTS, "iam:PolicyARN", KEY),
        (r#""s3:GetObject""#, OBJECTS, "s3:ExistingObjectTag/", KEY),
        (r#""s3:GetObject""#, BUCKET, "aws:SourceIp", NOTHING_DONE),
        (r#"["s3:GetObject", "s3:ListBucket"]"#, OBJECTS, "aws:SourceIp", NOTHING_DONE),
        (r#""s3:ListAllMyBuckets""#, BOTH, "aws:SourceIp", NOTHING_DONE),
        (r#""s3:GetObject""#, OBJECTS, "s3:prefix", NO_SUCH_KEY),
        (r#"["s3:ListBucket", "s3:GetObject"]"#, BOTH, "s3:prefix", NO_SUCH_KEY),
        // Only listing has it, and there is no bucket to list.
        (r#""s3:*""#, OBJECTS, "s3:prefix", NO_SUCH_KEY),
    ] {
        let statement = format!(
            r#"{{"Effect": "Allow", "Principal": "*", "Action": {actions}, "Resource": {resources},
            "Condition": {{"Null": {{"{key}": false}}}}}}"#
        );
        let said = held_to_bucket_b(&statement).err().unwrap_or_default();
        let starts = if message.is_empty() { said.is_empty() } else { said.starts_with(message) };
        assert!(starts, "{statement}\n{said}");
    }
}

#[test]
fn what_a_bucket_policy_leaves_out_isnt_asked_what_it_goes_with() {
    let but = r#"{"Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject",
        "NotResource": "arn:aws:s3:::b/open/*", "Condition": {"Null": {"s3:prefix": true}}}"#;
    assert_eq!(held_to_bucket_b(but), Ok(()));
    let said = held_to_bucket_b(&but.replace("GetObject", "FlyObject")).unwrap_err();
    assert!(said.starts_with("Policy has invalid action"), "{said}");
    assert!(said.ends_with("(line 2, column 64, Statement[0].Action)"), "{said}");
    let only = but.replace("NotResource", "Resource").replace("NotAction", "Action");
    let said = held_to_bucket_b(&only.replace("s3:::b/open/*", "s3:::b")).unwrap_err();
    assert!(said.starts_with("Action does not apply"), "{said}");
}

#[test]
fn principals_can_be_renamed_in_place() {
    let document = with(
        r#"{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::123456789012:user/kim", "123456789012"]},
            "Action": "s3:*",  "Resource": "arn:aws:s3:::b"}"#,
    );
    let renamed = rename_principals(document.as_bytes(), |name| match name {
        PrincipalName::User(arn) if arn.ends_with("/kim") => Some("AIDAKIMKIMKIM".to_owned()),
        _ => None,
    });
    let expected = document.replace("arn:aws:iam::123456789012:user/kim", "AIDAKIMKIMKIM");
    assert_eq!(String::from_utf8(renamed.unwrap()).unwrap(), expected);
    assert!(rename_principals(b"{}", |_| None).is_err());
}
