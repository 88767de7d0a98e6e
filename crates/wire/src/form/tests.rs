use http::{HeaderMap, Method};

use super::*;
use crate::Target;
use crate::iam::{
    CreateGroupOutput, CreateUserInput, CreateUserOutput, DeleteGroupOutput,
    GetAccountSummaryOutput, GetPolicyOutput, GetUserPolicyOutput, Group, ListUsersInput,
    ListUsersOutput, Policy, Tag, UntagUserInput, UpdateLoginProfileInput, User,
};
use crate::output::QueryOutput;
use crate::sts::{GetAccessKeyInfoInput, GetCallerIdentityOutput};
use types::Timestamp;

fn read<T>(form: &str, decode: impl Fn(&RequestHead<'_>) -> Result<T, Error>) -> Result<T, String> {
    let (none, form) = (Query::default(), Query::parse_form(form.as_bytes()).unwrap());
    let headers = HeaderMap::new();
    let head = RequestHead {
        method: &Method::POST,
        target: &Target::Service,
        query: &none,
        form: Some(&form),
        headers: &headers,
        posted: None,
        names: crate::NameFilter::of(&headers),
    };
    decode(&head).map_err(|e| e.to_string())
}

#[test]
fn a_form_becomes_an_input() {
    let form = "Action=CreateUser&Version=2010-05-08&UserName=min%40example.com&Path=%2Fteam%2F\
                &Tags.member.1.Key=%EC%98%B9&Tags.member.1.Value=\
                &Tags.member.10.Key=c&Tags.member.10.Value=3&Tags.member.2.Value=2&Tags.member.2.Key=b";
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    assert_eq!(
        read(form, CreateUserInput::decode).unwrap(),
        CreateUserInput {
            user_name: "min@example.com".into(),
            path: Some("/team/".into()),
            permissions_boundary: None,
            tags: vec![tag("옹", ""), tag("b", "2"), tag("c", "3")],
        }
    );
    // An empty list travels as a name without a number.
    let form = "UserName=u&TagKeys=";
    assert_eq!(read(form, UntagUserInput::decode).unwrap().tag_keys, Vec::<String>::new());
    let form = "UserName=u&TagKeys.member.1=a&TagKeys.member.2=b";
    assert_eq!(read(form, UntagUserInput::decode).unwrap().tag_keys, ["a", "b"]);
    let listed = read("MaxItems=10&PathPrefix=%2Fa", ListUsersInput::decode).unwrap();
    assert_eq!((listed.max_items, listed.path_prefix.as_deref()), (Some(10), Some("/a")));
}

#[test]
fn what_is_wrong_is_said_as_aws_says_it() {
    const ONE: &str = "ValidationError: 1 validation error detected: ";
    let long = "a".repeat(65);
    let tag = "Tags.member.1.Key=a%23&Tags.member.1.Value=%23&UserName=u";
    let tags: Vec<String> =
        (1..=51).map(|n| format!("Tags.member.{n}.Key=k{n}&Tags.member.{n}.Value=")).collect();
    for (form, said) in [
        (
            "".to_owned(),
            format!("{ONE}Value at 'userName' failed to satisfy constraint: Member must not be null"),
        ),
        (
            format!("UserName={long}"),
            format!(
                "{ONE}Value at 'userName' failed to satisfy constraint: Member must have \
                 length less than or equal to 64"
            ),
        ),
        (
            "UserName=".into(),
            "ValidationError: The specified value for userName is invalid. It must contain only \
             alphanumeric characters and/or the following: +=,.@_-"
                .into(),
        ),
        (
            "UserName=a%20b".into(),
            "ValidationError: The specified value for userName is invalid. It must contain only \
             alphanumeric characters and/or the following: +=,.@_-"
                .into(),
        ),
        (
            "UserName=u&Path=x".into(),
            "ValidationError: The specified value for path is invalid. It must begin and end with / \
             and contain only alphanumeric characters and/or / characters."
                .into(),
        ),
        (
            tag.into(),
            "ValidationError: 2 validation errors detected: Value at 'tags.1.member.key' failed \
             to satisfy constraint: Member must satisfy regular expression pattern: \
             [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+; Value at 'tags.1.member.value' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"
                .into(),
        ),
        (
            "UserName=u&Tags.member.1.Key=k".into(),
            format!(
                "{ONE}Value at 'tags.1.member.value' failed to satisfy constraint: Member must \
                 not be null"
            ),
        ),
        (
            format!("UserName=u&{}", tags.join("&")),
            format!(
                "{ONE}Value at 'tags' failed to satisfy constraint: Member must have length less than \
                 or equal to 50"
            ),
        ),
    ] {
        assert_eq!(read(&form, CreateUserInput::decode).unwrap_err(), said, "{form}");
    }
    assert!(read(&format!("UserName=u&{}", tags[..50].join("&")), CreateUserInput::decode).is_ok());
}

#[test]
fn numbers_and_booleans_are_checked() {
    for (form, said) in [
        (
            "MaxItems=0",
            "ValidationError: 1 validation error detected: Value at 'maxItems' failed to satisfy \
             constraint: Member must have value greater than or equal to 1",
        ),
        (
            "MaxItems=1001",
            "ValidationError: 1 validation error detected: Value at 'maxItems' failed to \
             satisfy constraint: Member must have value less than or equal to 1000",
        ),
        ("MaxItems=x", "MalformedInput: "),
        ("MaxItems=", "MalformedInput: "),
        (
            "PathPrefix=",
            "ValidationError: The specified value for pathPrefix is invalid. It must begin with the / \
             character and contain only alphanumeric characters and/or / characters.",
        ),
    ] {
        assert_eq!(read(form, ListUsersInput::decode).unwrap_err(), said);
    }
    let reset = |form| read(form, UpdateLoginProfileInput::decode);
    assert_eq!(
        reset("UserName=u&PasswordResetRequired=True").map(|it| it.password_reset_required),
        Ok(Some(true))
    );
    assert!(reset("UserName=u&PasswordResetRequired=1").is_err());
}

#[test]
fn a_password_is_never_said_back() {
    let said = read("UserName=u&Password=%01secret", UpdateLoginProfileInput::decode).err();
    assert_eq!(
        said.unwrap(),
        "ValidationError: 1 validation error detected: Value at 'password' failed to satisfy \
         constraint: Member must satisfy regular expression pattern: \
         [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"
    );
}

#[test]
fn sts_says_a_wrong_value_back_but_only_its_beginning() {
    let info = |id: &str| read(&format!("AccessKeyId={id}"), GetAccessKeyInfoInput::decode);
    assert!(info("AKIATESTKITEXAMPLE01").is_ok());
    assert_eq!(
        info("AKIA").unwrap_err(),
        "ValidationError: 1 validation error detected: Value 'AKIA' at 'accessKeyId' failed to satisfy \
         constraint: Member must have length greater than or equal to 16"
    );
    assert!(info("").unwrap_err().contains("Value '' at 'accessKeyId'"));
    assert!(info(&"A".repeat(100_000)).unwrap_err().len() < 1200);
}

#[test]
fn lists_are_checked_as_wholes() {
    let untag = |form: &str| read(form, UntagUserInput::decode);
    let said = untag("UserName=u&TagKeys.member.1=a&TagKeys.member.2=b%23").unwrap_err();
    assert_eq!(
        said,
        "ValidationError: 1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: \
         Member must satisfy constraint: [Member must have length less than or equal to 128, Member \
         must have length greater than or equal to 1, Member must satisfy regular expression pattern: \
         [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]"
    );
    assert_eq!(untag("UserName=u&TagKeys.member.1=").unwrap_err(), said);
    assert_eq!(
        untag("UserName=u&TagKeysOfAnother=1").unwrap_err(),
        "ValidationError: 1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: \
         Member must not be null"
    );
    // An empty list is one.
    assert!(untag("UserName=u&TagKeys=").is_ok());
}

const BEFORE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const AFTER: &str = "<ResponseMetadata><RequestId>R</RequestId></ResponseMetadata>";

#[test]
fn answers_have_awss_form() {
    let user = User {
        path: Some("/".into()),
        user_name: Some("min".into()),
        user_id: "AIDA1".into(),
        arn: "arn:aws:iam::1:user/min".into(),
        create_date: Timestamp::parse_iso8601("2026-11-24T10:12:00.500Z").unwrap(),
        ..User::default()
    };
    let written = "<Path>/</Path><UserName>min</UserName><UserId>AIDA1</UserId>\
                   <Arn>arn:aws:iam::1:user/min</Arn><CreateDate>2026-11-24T10:12:00Z</CreateDate>";
    let create = CreateUserOutput { user: Some(user.clone()) }.body("R");
    assert_eq!(
        create,
        format!(
            "{BEFORE}<CreateUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <CreateUserResult><User>{written}</User></CreateUserResult>{AFTER}</CreateUserResponse>"
        )
    );
    let tags = vec![Tag { key: "k".into(), value: "<v>".into() }];
    let users = vec![User { tags, ..user.clone() }, user];
    let list =
        ListUsersOutput { users, is_truncated: Some(true), marker: Some("M".into()) }.body("R");
    assert_eq!(
        list,
        format!(
            "{BEFORE}<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <ListUsersResult><Users><member>{written}<Tags><member><Key>k</Key>\
             <Value>&lt;v&gt;</Value></member></Tags></member><member>{written}</member></Users>\
             <IsTruncated>true</IsTruncated><Marker>M</Marker></ListUsersResult>{AFTER}\
             </ListUsersResponse>"
        )
    );
    let empty = ListUsersOutput::default().body("R");
    assert!(empty.contains("<ListUsersResult><Users></Users></ListUsersResult>"), "{empty}");
    // GetPolicy says that there are no tags, CreatePolicy nothing of them.
    let policy = |tags| GetPolicyOutput { policy: Some(Policy { tags, ..Policy::default() }) };
    assert!(policy(Some(vec![])).body("R").contains("<Policy><Tags></Tags></Policy>"));
    assert!(policy(None).body("R").contains("<Policy></Policy>"));
    // An operation that answers nothing has no result.
    assert_eq!(
        DeleteGroupOutput::default().body("R"),
        format!(
            "{BEFORE}<DeleteGroupResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">{AFTER}\
             </DeleteGroupResponse>"
        )
    );
    let group = CreateGroupOutput { group: Group::default() }.body("R");
    assert!(group.contains("<CreateGroupResult><Group><Path></Path>"), "{group}");
}

#[test]
fn policies_are_encoded_and_maps_are_entries() {
    let policy = GetUserPolicyOutput {
        user_name: "u".into(),
        policy_name: "p".into(),
        policy_document: "{\"Id\": \"a~b-c.d_e/é\"}".into(),
    };
    let body = policy.body("R");
    let text = "<PolicyDocument>%7B%22Id%22%3A%20%22a~b-c.d_e%2F%C3%A9%22%7D</PolicyDocument>";
    assert!(body.contains(text), "{body}");
    let summary = GetAccountSummaryOutput { summary_map: vec![("Users".into(), 2)] }.body("R");
    let text = "<SummaryMap><entry><key>Users</key><value>2</value></entry></SummaryMap>";
    assert!(summary.contains(text), "{summary}");
}

#[test]
fn sts_has_a_namespace_of_its_own() {
    let who = GetCallerIdentityOutput {
        user_id: Some("1".into()),
        account: Some("1".into()),
        arn: Some("arn:aws:iam::1:root".into()),
    };
    assert_eq!(
        who.body("R"),
        format!(
            "{BEFORE}<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
             <GetCallerIdentityResult><UserId>1</UserId><Account>1</Account>\
             <Arn>arn:aws:iam::1:root</Arn></GetCallerIdentityResult>{AFTER}\
             </GetCallerIdentityResponse>"
        )
    );
}

/// Recorded of AWS, both.
#[test]
fn iam_tells_what_is_wrong_in_an_order_of_its_own() {
    for names in [
        ["minimumPasswordLength", "passwordReusePrevention", "maxPasswordAge"],
        ["clientIDList", "thumbprintList", "url"],
    ] {
        assert!(names.is_sorted_by_key(|it| turn(it)), "{names:?}");
    }
}
