//! Generated from model/ by `cargo xtask gen`: what IAM is asked and answers.

use types::Timestamp;

use crate::error::Error;
use crate::form::{Form, QueryInput, Rule};
use crate::head::RequestHead;
use crate::operation::Service;
use crate::output::QueryOutput;
use crate::pattern;
use crate::xml::{Writer, percent_encoded};

/// `accessKeyIdType`.
const ACCESS_KEY_ID_TYPE: Rule =
    Rule { length: 16..=128, pattern: Some(pattern::WORD), one_of: &[], is_secret: false };
/// `accountAliasType`.
const ACCOUNT_ALIAS_TYPE: Rule =
    Rule { length: 3..=63, pattern: Some(pattern::ALIAS), one_of: &[], is_secret: false };
/// `arnType`.
const ARN_TYPE: Rule = Rule { length: 20..=2048, pattern: None, one_of: &[], is_secret: false };
/// `assignmentStatusType`.
const ASSIGNMENT_STATUS_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: None,
    one_of: &["Assigned", "Unassigned", "Any"],
    is_secret: false,
};
/// `EntityType`.
const ENTITY_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: None,
    one_of: &["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"],
    is_secret: false,
};
/// `existingUserNameType`.
const EXISTING_USER_NAME_TYPE: Rule =
    Rule { length: 1..=128, pattern: Some(pattern::NAME), one_of: &[], is_secret: false };
/// `groupNameType`.
const GROUP_NAME_TYPE: Rule =
    Rule { length: 1..=128, pattern: Some(pattern::NAME), one_of: &[], is_secret: false };
/// `markerType`.
const MARKER_TYPE: Rule =
    Rule { length: 1..=320, pattern: Some(pattern::MARKER), one_of: &[], is_secret: false };
/// `passwordType`.
const PASSWORD_TYPE: Rule =
    Rule { length: 1..=128, pattern: Some(pattern::PASSWORD), one_of: &[], is_secret: true };
/// `pathPrefixType`.
const PATH_PREFIX_TYPE: Rule =
    Rule { length: 1..=512, pattern: Some(pattern::PATH_PREFIX), one_of: &[], is_secret: false };
/// `pathType`.
const PATH_TYPE: Rule =
    Rule { length: 1..=512, pattern: Some(pattern::PATH), one_of: &[], is_secret: false };
/// `policyDescriptionType`.
const POLICY_DESCRIPTION_TYPE: Rule =
    Rule { length: 0..=1000, pattern: None, one_of: &[], is_secret: false };
/// `policyDocumentType`.
const POLICY_DOCUMENT_TYPE: Rule =
    Rule { length: 1..=131072, pattern: Some(pattern::DOCUMENT), one_of: &[], is_secret: false };
/// `policyNameType`.
const POLICY_NAME_TYPE: Rule =
    Rule { length: 1..=128, pattern: Some(pattern::NAME), one_of: &[], is_secret: false };
/// `policyPathType`.
const POLICY_PATH_TYPE: Rule =
    Rule { length: 1..=512, pattern: Some(pattern::POLICY_PATH), one_of: &[], is_secret: false };
/// `policyScopeType`.
const POLICY_SCOPE_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: None,
    one_of: &["All", "AWS", "Local"],
    is_secret: false,
};
/// `PolicyUsageType`.
const POLICY_USAGE_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: None,
    one_of: &["PermissionsPolicy", "PermissionsBoundary"],
    is_secret: false,
};
/// `policyVersionIdType`.
const POLICY_VERSION_ID_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: Some(pattern::VERSION_ID),
    one_of: &[],
    is_secret: false,
};
/// `serviceName`.
const SERVICE_NAME: Rule =
    Rule { length: 0..=usize::MAX, pattern: None, one_of: &[], is_secret: false };
/// `statusType`.
const STATUS_TYPE: Rule = Rule {
    length: 0..=usize::MAX,
    pattern: None,
    one_of: &["Active", "Inactive", "Expired"],
    is_secret: false,
};
/// `tagKeyType`.
const TAG_KEY_TYPE: Rule =
    Rule { length: 1..=128, pattern: Some(pattern::TAG_KEY), one_of: &[], is_secret: false };
/// `tagValueType`.
const TAG_VALUE_TYPE: Rule =
    Rule { length: 0..=256, pattern: Some(pattern::TAG_VALUE), one_of: &[], is_secret: false };
/// `userNameType`.
const USER_NAME_TYPE: Rule =
    Rule { length: 1..=64, pattern: Some(pattern::NAME), one_of: &[], is_secret: false };

/// What AddUserToGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddUserToGroupInput {
    /// `GroupName`.
    pub group_name: String,
    /// `UserName`.
    pub user_name: String,
}

impl QueryInput for AddUserToGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What AddUserToGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddUserToGroupOutput {}

impl QueryOutput for AddUserToGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "AddUserToGroupResponse", request_id, |_| {});
    }
}

/// What AttachGroupPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachGroupPolicyInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for AttachGroupPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
        };
        form.finish(read)
    }
}

/// What AttachGroupPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachGroupPolicyOutput {}

impl QueryOutput for AttachGroupPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "AttachGroupPolicyResponse", request_id, |_| {});
    }
}

/// What AttachUserPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachUserPolicyInput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for AttachUserPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
        };
        form.finish(read)
    }
}

/// What AttachUserPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachUserPolicyOutput {}

impl QueryOutput for AttachUserPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "AttachUserPolicyResponse", request_id, |_| {});
    }
}

/// What ChangePassword is asked.
#[derive(Clone, Default, PartialEq)]
pub struct ChangePasswordInput {
    /// `OldPassword`.
    pub old_password: String,
    /// `NewPassword`.
    pub new_password: String,
}

impl QueryInput for ChangePasswordInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            old_password: form.needed_text("OldPassword", &PASSWORD_TYPE),
            new_password: form.needed_text("NewPassword", &PASSWORD_TYPE),
        };
        form.finish(read)
    }
}

/// What ChangePassword answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangePasswordOutput {}

impl QueryOutput for ChangePasswordOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ChangePasswordResponse", request_id, |_| {});
    }
}

/// What CreateAccessKey is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAccessKeyInput {
    /// `UserName`.
    pub user_name: Option<String>,
}

impl QueryInput for CreateAccessKeyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What CreateAccessKey answers.
#[derive(Clone, Default, PartialEq)]
pub struct CreateAccessKeyOutput {
    /// `AccessKey`.
    pub access_key: AccessKey,
}

impl QueryOutput for CreateAccessKeyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreateAccessKeyResponse", request_id, |xml| {
            xml.element("CreateAccessKeyResult", |xml| {
                let it = &self.access_key;
                xml.element("AccessKey", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What CreateAccountAlias is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAccountAliasInput {
    /// `AccountAlias`.
    pub account_alias: String,
}

impl QueryInput for CreateAccountAliasInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { account_alias: form.needed_text("AccountAlias", &ACCOUNT_ALIAS_TYPE) };
        form.finish(read)
    }
}

/// What CreateAccountAlias answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAccountAliasOutput {}

impl QueryOutput for CreateAccountAliasOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreateAccountAliasResponse", request_id, |_| {});
    }
}

/// What CreateGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateGroupInput {
    /// `Path`.
    pub path: Option<String>,
    /// `GroupName`.
    pub group_name: String,
}

impl QueryInput for CreateGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path: form.text("Path", &PATH_TYPE),
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What CreateGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateGroupOutput {
    /// `Group`.
    pub group: Group,
}

impl QueryOutput for CreateGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreateGroupResponse", request_id, |xml| {
            xml.element("CreateGroupResult", |xml| {
                let it = &self.group;
                xml.element("Group", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What CreateLoginProfile is asked.
#[derive(Clone, Default, PartialEq)]
pub struct CreateLoginProfileInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `Password`.
    pub password: Option<String>,
    /// `PasswordResetRequired`.
    pub password_reset_required: Option<bool>,
    /// `MaxSigninSessionDuration`.
    pub max_signin_session_duration: Option<i64>,
}

impl QueryInput for CreateLoginProfileInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &USER_NAME_TYPE),
            password: form.text("Password", &PASSWORD_TYPE),
            password_reset_required: form.boolean("PasswordResetRequired"),
            max_signin_session_duration: form.number("MaxSigninSessionDuration", 3600..=7776000),
        };
        form.finish(read)
    }
}

/// What CreateLoginProfile answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLoginProfileOutput {
    /// `LoginProfile`.
    pub login_profile: LoginProfile,
}

impl QueryOutput for CreateLoginProfileOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreateLoginProfileResponse", request_id, |xml| {
            xml.element("CreateLoginProfileResult", |xml| {
                let it = &self.login_profile;
                xml.element("LoginProfile", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What CreatePolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyInput {
    /// `PolicyName`.
    pub policy_name: String,
    /// `Path`.
    pub path: Option<String>,
    /// `PolicyDocument`.
    pub policy_document: String,
    /// `Description`.
    pub description: Option<String>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl QueryInput for CreatePolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
            path: form.text("Path", &POLICY_PATH_TYPE),
            policy_document: form.needed_text("PolicyDocument", &POLICY_DOCUMENT_TYPE),
            description: form.text("Description", &POLICY_DESCRIPTION_TYPE),
            tags: form.structures("Tags", 50, Tag::read),
        };
        form.finish(read)
    }
}

/// What CreatePolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyOutput {
    /// `Policy`.
    pub policy: Option<Policy>,
}

impl QueryOutput for CreatePolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreatePolicyResponse", request_id, |xml| {
            xml.element("CreatePolicyResult", |xml| {
                if let Some(it) = &self.policy {
                    xml.element("Policy", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What CreatePolicyVersion is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyVersionInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `PolicyDocument`.
    pub policy_document: String,
    /// `SetAsDefault`.
    pub set_as_default: Option<bool>,
}

impl QueryInput for CreatePolicyVersionInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            policy_document: form.needed_text("PolicyDocument", &POLICY_DOCUMENT_TYPE),
            set_as_default: form.boolean("SetAsDefault"),
        };
        form.finish(read)
    }
}

/// What CreatePolicyVersion answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyVersionOutput {
    /// `PolicyVersion`.
    pub policy_version: Option<PolicyVersion>,
}

impl QueryOutput for CreatePolicyVersionOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreatePolicyVersionResponse", request_id, |xml| {
            xml.element("CreatePolicyVersionResult", |xml| {
                if let Some(it) = &self.policy_version {
                    xml.element("PolicyVersion", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What CreateUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateUserInput {
    /// `Path`.
    pub path: Option<String>,
    /// `UserName`.
    pub user_name: String,
    /// `PermissionsBoundary`.
    pub permissions_boundary: Option<String>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl QueryInput for CreateUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path: form.text("Path", &PATH_TYPE),
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            permissions_boundary: form.text("PermissionsBoundary", &ARN_TYPE),
            tags: form.structures("Tags", 50, Tag::read),
        };
        form.finish(read)
    }
}

/// What CreateUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateUserOutput {
    /// `User`.
    pub user: Option<User>,
}

impl QueryOutput for CreateUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "CreateUserResponse", request_id, |xml| {
            xml.element("CreateUserResult", |xml| {
                if let Some(it) = &self.user {
                    xml.element("User", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What DeleteAccessKey is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccessKeyInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `AccessKeyId`.
    pub access_key_id: String,
}

impl QueryInput for DeleteAccessKeyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE),
            access_key_id: form.needed_text("AccessKeyId", &ACCESS_KEY_ID_TYPE),
        };
        form.finish(read)
    }
}

/// What DeleteAccessKey answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccessKeyOutput {}

impl QueryOutput for DeleteAccessKeyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteAccessKeyResponse", request_id, |_| {});
    }
}

/// What DeleteAccountAlias is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccountAliasInput {
    /// `AccountAlias`.
    pub account_alias: String,
}

impl QueryInput for DeleteAccountAliasInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { account_alias: form.needed_text("AccountAlias", &ACCOUNT_ALIAS_TYPE) };
        form.finish(read)
    }
}

/// What DeleteAccountAlias answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccountAliasOutput {}

impl QueryOutput for DeleteAccountAliasOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteAccountAliasResponse", request_id, |_| {});
    }
}

/// What DeleteAccountPasswordPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccountPasswordPolicyInput {}

impl QueryInput for DeleteAccountPasswordPolicyInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What DeleteAccountPasswordPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAccountPasswordPolicyOutput {}

impl QueryOutput for DeleteAccountPasswordPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteAccountPasswordPolicyResponse", request_id, |_| {});
    }
}

/// What DeleteGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteGroupInput {
    /// `GroupName`.
    pub group_name: String,
}

impl QueryInput for DeleteGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE) };
        form.finish(read)
    }
}

/// What DeleteGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteGroupOutput {}

impl QueryOutput for DeleteGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteGroupResponse", request_id, |_| {});
    }
}

/// What DeleteGroupPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteGroupPolicyInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyName`.
    pub policy_name: String,
}

impl QueryInput for DeleteGroupPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What DeleteGroupPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteGroupPolicyOutput {}

impl QueryOutput for DeleteGroupPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteGroupPolicyResponse", request_id, |_| {});
    }
}

/// What DeleteLoginProfile is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLoginProfileInput {
    /// `UserName`.
    pub user_name: Option<String>,
}

impl QueryInput for DeleteLoginProfileInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.text("UserName", &USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What DeleteLoginProfile answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLoginProfileOutput {}

impl QueryOutput for DeleteLoginProfileOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteLoginProfileResponse", request_id, |_| {});
    }
}

/// What DeletePolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyInput {
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for DeletePolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { policy_arn: form.needed_text("PolicyArn", &ARN_TYPE) };
        form.finish(read)
    }
}

/// What DeletePolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyOutput {}

impl QueryOutput for DeletePolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeletePolicyResponse", request_id, |_| {});
    }
}

/// What DeletePolicyVersion is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyVersionInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl QueryInput for DeletePolicyVersionInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            version_id: form.needed_text("VersionId", &POLICY_VERSION_ID_TYPE),
        };
        form.finish(read)
    }
}

/// What DeletePolicyVersion answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyVersionOutput {}

impl QueryOutput for DeletePolicyVersionOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeletePolicyVersionResponse", request_id, |_| {});
    }
}

/// What DeleteUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserInput {
    /// `UserName`.
    pub user_name: String,
}

impl QueryInput for DeleteUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What DeleteUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserOutput {}

impl QueryOutput for DeleteUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteUserResponse", request_id, |_| {});
    }
}

/// What DeleteUserPermissionsBoundary is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserPermissionsBoundaryInput {
    /// `UserName`.
    pub user_name: String,
}

impl QueryInput for DeleteUserPermissionsBoundaryInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.needed_text("UserName", &USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What DeleteUserPermissionsBoundary answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserPermissionsBoundaryOutput {}

impl QueryOutput for DeleteUserPermissionsBoundaryOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteUserPermissionsBoundaryResponse", request_id, |_| {});
    }
}

/// What DeleteUserPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserPolicyInput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyName`.
    pub policy_name: String,
}

impl QueryInput for DeleteUserPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What DeleteUserPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteUserPolicyOutput {}

impl QueryOutput for DeleteUserPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DeleteUserPolicyResponse", request_id, |_| {});
    }
}

/// What DetachGroupPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachGroupPolicyInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for DetachGroupPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
        };
        form.finish(read)
    }
}

/// What DetachGroupPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachGroupPolicyOutput {}

impl QueryOutput for DetachGroupPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DetachGroupPolicyResponse", request_id, |_| {});
    }
}

/// What DetachUserPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachUserPolicyInput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for DetachUserPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
        };
        form.finish(read)
    }
}

/// What DetachUserPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachUserPolicyOutput {}

impl QueryOutput for DetachUserPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "DetachUserPolicyResponse", request_id, |_| {});
    }
}

/// What GetAccessKeyLastUsed is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccessKeyLastUsedInput {
    /// `AccessKeyId`.
    pub access_key_id: String,
}

impl QueryInput for GetAccessKeyLastUsedInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { access_key_id: form.needed_text("AccessKeyId", &ACCESS_KEY_ID_TYPE) };
        form.finish(read)
    }
}

/// What GetAccessKeyLastUsed answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccessKeyLastUsedOutput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `AccessKeyLastUsed`.
    pub access_key_last_used: Option<AccessKeyLastUsed>,
}

impl QueryOutput for GetAccessKeyLastUsedOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetAccessKeyLastUsedResponse", request_id, |xml| {
            xml.element("GetAccessKeyLastUsedResult", |xml| {
                if let Some(it) = &self.user_name {
                    xml.text("UserName", it);
                }
                if let Some(it) = &self.access_key_last_used {
                    xml.element("AccessKeyLastUsed", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What GetAccountAuthorizationDetails is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountAuthorizationDetailsInput {
    /// `Filter`.
    pub filter: Vec<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryInput for GetAccountAuthorizationDetailsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            filter: form.texts("Filter", usize::MAX, &ENTITY_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
            marker: form.text("Marker", &MARKER_TYPE),
        };
        form.finish(read)
    }
}

/// What GetAccountAuthorizationDetails answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountAuthorizationDetailsOutput {
    /// `UserDetailList`.
    pub user_detail_list: Vec<UserDetail>,
    /// `GroupDetailList`.
    pub group_detail_list: Vec<GroupDetail>,
    /// `RoleDetailList`.
    pub role_detail_list: Vec<RoleDetail>,
    /// `Policies`.
    pub policies: Vec<ManagedPolicyDetail>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for GetAccountAuthorizationDetailsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetAccountAuthorizationDetailsResponse", request_id, |xml| {
            xml.element("GetAccountAuthorizationDetailsResult", |xml| {
                xml.element("UserDetailList", |xml| {
                    for it in &self.user_detail_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                xml.element("GroupDetailList", |xml| {
                    for it in &self.group_detail_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                xml.element("RoleDetailList", |xml| {
                    for it in &self.role_detail_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                xml.element("Policies", |xml| {
                    for it in &self.policies {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What GetAccountPasswordPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountPasswordPolicyInput {}

impl QueryInput for GetAccountPasswordPolicyInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What GetAccountPasswordPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountPasswordPolicyOutput {
    /// `PasswordPolicy`.
    pub password_policy: PasswordPolicy,
}

impl QueryOutput for GetAccountPasswordPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetAccountPasswordPolicyResponse", request_id, |xml| {
            xml.element("GetAccountPasswordPolicyResult", |xml| {
                let it = &self.password_policy;
                xml.element("PasswordPolicy", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What GetAccountSummary is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountSummaryInput {}

impl QueryInput for GetAccountSummaryInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What GetAccountSummary answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountSummaryOutput {
    /// `SummaryMap`.
    pub summary_map: Vec<(String, i64)>,
}

impl QueryOutput for GetAccountSummaryOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetAccountSummaryResponse", request_id, |xml| {
            xml.element("GetAccountSummaryResult", |xml| {
                xml.element("SummaryMap", |xml| {
                    for (key, value) in &self.summary_map {
                        xml.element("entry", |xml| {
                            let it = key;
                            xml.text("key", it);
                            let it = value;
                            xml.number("value", *it);
                        });
                    }
                });
                let _ = xml;
            })
        });
    }
}

/// What GetGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetGroupInput {
    /// `GroupName`.
    pub group_name: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for GetGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What GetGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetGroupOutput {
    /// `Group`.
    pub group: Group,
    /// `Users`.
    pub users: Vec<User>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for GetGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetGroupResponse", request_id, |xml| {
            xml.element("GetGroupResult", |xml| {
                let it = &self.group;
                xml.element("Group", |xml| it.write(xml));
                xml.element("Users", |xml| {
                    for it in &self.users {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What GetGroupPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetGroupPolicyInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyName`.
    pub policy_name: String,
}

impl QueryInput for GetGroupPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What GetGroupPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetGroupPolicyOutput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyName`.
    pub policy_name: String,
    /// `PolicyDocument`.
    pub policy_document: String,
}

impl QueryOutput for GetGroupPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetGroupPolicyResponse", request_id, |xml| {
            xml.element("GetGroupPolicyResult", |xml| {
                let it = &self.group_name;
                xml.text("GroupName", it);
                let it = &self.policy_name;
                xml.text("PolicyName", it);
                let it = &self.policy_document;
                xml.text("PolicyDocument", &percent_encoded(it));
                let _ = xml;
            })
        });
    }
}

/// What GetLoginProfile is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLoginProfileInput {
    /// `UserName`.
    pub user_name: Option<String>,
}

impl QueryInput for GetLoginProfileInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.text("UserName", &USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What GetLoginProfile answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLoginProfileOutput {
    /// `LoginProfile`.
    pub login_profile: LoginProfile,
}

impl QueryOutput for GetLoginProfileOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetLoginProfileResponse", request_id, |xml| {
            xml.element("GetLoginProfileResult", |xml| {
                let it = &self.login_profile;
                xml.element("LoginProfile", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What GetPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyInput {
    /// `PolicyArn`.
    pub policy_arn: String,
}

impl QueryInput for GetPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { policy_arn: form.needed_text("PolicyArn", &ARN_TYPE) };
        form.finish(read)
    }
}

/// What GetPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyOutput {
    /// `Policy`.
    pub policy: Option<Policy>,
}

impl QueryOutput for GetPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetPolicyResponse", request_id, |xml| {
            xml.element("GetPolicyResult", |xml| {
                if let Some(it) = &self.policy {
                    xml.element("Policy", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What GetPolicyVersion is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl QueryInput for GetPolicyVersionInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            version_id: form.needed_text("VersionId", &POLICY_VERSION_ID_TYPE),
        };
        form.finish(read)
    }
}

/// What GetPolicyVersion answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionOutput {
    /// `PolicyVersion`.
    pub policy_version: Option<PolicyVersion>,
}

impl QueryOutput for GetPolicyVersionOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetPolicyVersionResponse", request_id, |xml| {
            xml.element("GetPolicyVersionResult", |xml| {
                if let Some(it) = &self.policy_version {
                    xml.element("PolicyVersion", |xml| it.write(xml));
                }
                let _ = xml;
            })
        });
    }
}

/// What GetUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserInput {
    /// `UserName`.
    pub user_name: Option<String>,
}

impl QueryInput for GetUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self { user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE) };
        form.finish(read)
    }
}

/// What GetUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserOutput {
    /// `User`.
    pub user: User,
}

impl QueryOutput for GetUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetUserResponse", request_id, |xml| {
            xml.element("GetUserResult", |xml| {
                let it = &self.user;
                xml.element("User", |xml| it.write(xml));
                let _ = xml;
            })
        });
    }
}

/// What GetUserPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserPolicyInput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyName`.
    pub policy_name: String,
}

impl QueryInput for GetUserPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What GetUserPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetUserPolicyOutput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyName`.
    pub policy_name: String,
    /// `PolicyDocument`.
    pub policy_document: String,
}

impl QueryOutput for GetUserPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "GetUserPolicyResponse", request_id, |xml| {
            xml.element("GetUserPolicyResult", |xml| {
                let it = &self.user_name;
                xml.text("UserName", it);
                let it = &self.policy_name;
                xml.text("PolicyName", it);
                let it = &self.policy_document;
                xml.text("PolicyDocument", &percent_encoded(it));
                let _ = xml;
            })
        });
    }
}

/// What ListAccessKeys is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccessKeysInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListAccessKeysInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListAccessKeys answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccessKeysOutput {
    /// `AccessKeyMetadata`.
    pub access_key_metadata: Vec<AccessKeyMetadata>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListAccessKeysOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListAccessKeysResponse", request_id, |xml| {
            xml.element("ListAccessKeysResult", |xml| {
                xml.element("AccessKeyMetadata", |xml| {
                    for it in &self.access_key_metadata {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListAccountAliases is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccountAliasesInput {
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListAccountAliasesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListAccountAliases answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccountAliasesOutput {
    /// `AccountAliases`.
    pub account_aliases: Vec<String>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListAccountAliasesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListAccountAliasesResponse", request_id, |xml| {
            xml.element("ListAccountAliasesResult", |xml| {
                xml.element("AccountAliases", |xml| {
                    for it in &self.account_aliases {
                        xml.text("member", it);
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListAttachedGroupPolicies is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedGroupPoliciesInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListAttachedGroupPoliciesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            path_prefix: form.text("PathPrefix", &POLICY_PATH_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListAttachedGroupPolicies answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedGroupPoliciesOutput {
    /// `AttachedPolicies`.
    pub attached_policies: Vec<AttachedPolicy>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListAttachedGroupPoliciesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListAttachedGroupPoliciesResponse", request_id, |xml| {
            xml.element("ListAttachedGroupPoliciesResult", |xml| {
                xml.element("AttachedPolicies", |xml| {
                    for it in &self.attached_policies {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListAttachedUserPolicies is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedUserPoliciesInput {
    /// `UserName`.
    pub user_name: String,
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListAttachedUserPoliciesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            path_prefix: form.text("PathPrefix", &POLICY_PATH_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListAttachedUserPolicies answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedUserPoliciesOutput {
    /// `AttachedPolicies`.
    pub attached_policies: Vec<AttachedPolicy>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListAttachedUserPoliciesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListAttachedUserPoliciesResponse", request_id, |xml| {
            xml.element("ListAttachedUserPoliciesResult", |xml| {
                xml.element("AttachedPolicies", |xml| {
                    for it in &self.attached_policies {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListEntitiesForPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEntitiesForPolicyInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `EntityFilter`.
    pub entity_filter: Option<String>,
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `PolicyUsageFilter`.
    pub policy_usage_filter: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListEntitiesForPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            entity_filter: form.text("EntityFilter", &ENTITY_TYPE),
            path_prefix: form.text("PathPrefix", &PATH_TYPE),
            policy_usage_filter: form.text("PolicyUsageFilter", &POLICY_USAGE_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListEntitiesForPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEntitiesForPolicyOutput {
    /// `PolicyGroups`.
    pub policy_groups: Vec<PolicyGroup>,
    /// `PolicyUsers`.
    pub policy_users: Vec<PolicyUser>,
    /// `PolicyRoles`.
    pub policy_roles: Vec<PolicyRole>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListEntitiesForPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListEntitiesForPolicyResponse", request_id, |xml| {
            xml.element("ListEntitiesForPolicyResult", |xml| {
                xml.element("PolicyGroups", |xml| {
                    for it in &self.policy_groups {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                xml.element("PolicyUsers", |xml| {
                    for it in &self.policy_users {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                xml.element("PolicyRoles", |xml| {
                    for it in &self.policy_roles {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListGroupPolicies is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupPoliciesInput {
    /// `GroupName`.
    pub group_name: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListGroupPoliciesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListGroupPolicies answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupPoliciesOutput {
    /// `PolicyNames`.
    pub policy_names: Vec<String>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListGroupPoliciesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListGroupPoliciesResponse", request_id, |xml| {
            xml.element("ListGroupPoliciesResult", |xml| {
                xml.element("PolicyNames", |xml| {
                    for it in &self.policy_names {
                        xml.text("member", it);
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListGroups is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupsInput {
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListGroupsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path_prefix: form.text("PathPrefix", &PATH_PREFIX_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListGroups answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupsOutput {
    /// `Groups`.
    pub groups: Vec<Group>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListGroupsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListGroupsResponse", request_id, |xml| {
            xml.element("ListGroupsResult", |xml| {
                xml.element("Groups", |xml| {
                    for it in &self.groups {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListGroupsForUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupsForUserInput {
    /// `UserName`.
    pub user_name: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListGroupsForUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListGroupsForUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListGroupsForUserOutput {
    /// `Groups`.
    pub groups: Vec<Group>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListGroupsForUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListGroupsForUserResponse", request_id, |xml| {
            xml.element("ListGroupsForUserResult", |xml| {
                xml.element("Groups", |xml| {
                    for it in &self.groups {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListInstanceProfiles is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesInput {
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListInstanceProfilesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path_prefix: form.text("PathPrefix", &PATH_PREFIX_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListInstanceProfiles answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesOutput {
    /// `InstanceProfiles`.
    pub instance_profiles: Vec<InstanceProfile>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListInstanceProfilesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListInstanceProfilesResponse", request_id, |xml| {
            xml.element("ListInstanceProfilesResult", |xml| {
                xml.element("InstanceProfiles", |xml| {
                    for it in &self.instance_profiles {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListMFADevices is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMFADevicesInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListMFADevicesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListMFADevices answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMFADevicesOutput {
    /// `MFADevices`.
    pub mfa_devices: Vec<MFADevice>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListMFADevicesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListMFADevicesResponse", request_id, |xml| {
            xml.element("ListMFADevicesResult", |xml| {
                xml.element("MFADevices", |xml| {
                    for it in &self.mfa_devices {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListOpenIDConnectProviders is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOpenIDConnectProvidersInput {}

impl QueryInput for ListOpenIDConnectProvidersInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What ListOpenIDConnectProviders answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOpenIDConnectProvidersOutput {
    /// `OpenIDConnectProviderList`.
    pub open_id_connect_provider_list: Vec<OpenIDConnectProviderListEntry>,
}

impl QueryOutput for ListOpenIDConnectProvidersOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListOpenIDConnectProvidersResponse", request_id, |xml| {
            xml.element("ListOpenIDConnectProvidersResult", |xml| {
                xml.element("OpenIDConnectProviderList", |xml| {
                    for it in &self.open_id_connect_provider_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                let _ = xml;
            })
        });
    }
}

/// What ListPolicies is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesInput {
    /// `Scope`.
    pub scope: Option<String>,
    /// `OnlyAttached`.
    pub only_attached: Option<bool>,
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `PolicyUsageFilter`.
    pub policy_usage_filter: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListPoliciesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            scope: form.text("Scope", &POLICY_SCOPE_TYPE),
            only_attached: form.boolean("OnlyAttached"),
            path_prefix: form.text("PathPrefix", &POLICY_PATH_TYPE),
            policy_usage_filter: form.text("PolicyUsageFilter", &POLICY_USAGE_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListPolicies answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesOutput {
    /// `Policies`.
    pub policies: Vec<Policy>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListPoliciesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListPoliciesResponse", request_id, |xml| {
            xml.element("ListPoliciesResult", |xml| {
                xml.element("Policies", |xml| {
                    for it in &self.policies {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListPolicyTags is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyTagsInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListPolicyTagsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListPolicyTags answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyTagsOutput {
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListPolicyTagsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListPolicyTagsResponse", request_id, |xml| {
            xml.element("ListPolicyTagsResult", |xml| {
                xml.element("Tags", |xml| {
                    for it in &self.tags {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListPolicyVersions is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListPolicyVersionsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListPolicyVersions answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsOutput {
    /// `Versions`.
    pub versions: Vec<PolicyVersion>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListPolicyVersionsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListPolicyVersionsResponse", request_id, |xml| {
            xml.element("ListPolicyVersionsResult", |xml| {
                xml.element("Versions", |xml| {
                    for it in &self.versions {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListRoles is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesInput {
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListRolesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path_prefix: form.text("PathPrefix", &PATH_PREFIX_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListRoles answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesOutput {
    /// `Roles`.
    pub roles: Vec<Role>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListRolesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListRolesResponse", request_id, |xml| {
            xml.element("ListRolesResult", |xml| {
                xml.element("Roles", |xml| {
                    for it in &self.roles {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListSAMLProviders is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSAMLProvidersInput {}

impl QueryInput for ListSAMLProvidersInput {
    fn decode(_: &RequestHead<'_>) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// What ListSAMLProviders answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSAMLProvidersOutput {
    /// `SAMLProviderList`.
    pub saml_provider_list: Vec<SAMLProviderListEntry>,
}

impl QueryOutput for ListSAMLProvidersOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListSAMLProvidersResponse", request_id, |xml| {
            xml.element("ListSAMLProvidersResult", |xml| {
                xml.element("SAMLProviderList", |xml| {
                    for it in &self.saml_provider_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                let _ = xml;
            })
        });
    }
}

/// What ListSSHPublicKeys is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSSHPublicKeysInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListSSHPublicKeysInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListSSHPublicKeys answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSSHPublicKeysOutput {
    /// `SSHPublicKeys`.
    pub ssh_public_keys: Vec<SSHPublicKeyMetadata>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListSSHPublicKeysOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListSSHPublicKeysResponse", request_id, |xml| {
            xml.element("ListSSHPublicKeysResult", |xml| {
                xml.element("SSHPublicKeys", |xml| {
                    for it in &self.ssh_public_keys {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListServerCertificates is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListServerCertificatesInput {
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListServerCertificatesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path_prefix: form.text("PathPrefix", &PATH_PREFIX_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListServerCertificates answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListServerCertificatesOutput {
    /// `ServerCertificateMetadataList`.
    pub server_certificate_metadata_list: Vec<ServerCertificateMetadata>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListServerCertificatesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListServerCertificatesResponse", request_id, |xml| {
            xml.element("ListServerCertificatesResult", |xml| {
                xml.element("ServerCertificateMetadataList", |xml| {
                    for it in &self.server_certificate_metadata_list {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListServiceSpecificCredentials is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListServiceSpecificCredentialsInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `ServiceName`.
    pub service_name: Option<String>,
    /// `AllUsers`.
    pub all_users: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListServiceSpecificCredentialsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &USER_NAME_TYPE),
            service_name: form.text("ServiceName", &SERVICE_NAME),
            all_users: form.boolean("AllUsers"),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListServiceSpecificCredentials answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListServiceSpecificCredentialsOutput {
    /// `ServiceSpecificCredentials`.
    pub service_specific_credentials: Vec<ServiceSpecificCredentialMetadata>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
}

impl QueryOutput for ListServiceSpecificCredentialsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListServiceSpecificCredentialsResponse", request_id, |xml| {
            xml.element("ListServiceSpecificCredentialsResult", |xml| {
                xml.element("ServiceSpecificCredentials", |xml| {
                    for it in &self.service_specific_credentials {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListSigningCertificates is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSigningCertificatesInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListSigningCertificatesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListSigningCertificates answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSigningCertificatesOutput {
    /// `Certificates`.
    pub certificates: Vec<SigningCertificate>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListSigningCertificatesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListSigningCertificatesResponse", request_id, |xml| {
            xml.element("ListSigningCertificatesResult", |xml| {
                xml.element("Certificates", |xml| {
                    for it in &self.certificates {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListUserPolicies is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserPoliciesInput {
    /// `UserName`.
    pub user_name: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListUserPoliciesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListUserPolicies answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserPoliciesOutput {
    /// `PolicyNames`.
    pub policy_names: Vec<String>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListUserPoliciesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListUserPoliciesResponse", request_id, |xml| {
            xml.element("ListUserPoliciesResult", |xml| {
                xml.element("PolicyNames", |xml| {
                    for it in &self.policy_names {
                        xml.text("member", it);
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListUserTags is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserTagsInput {
    /// `UserName`.
    pub user_name: String,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListUserTagsInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListUserTags answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUserTagsOutput {
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListUserTagsOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListUserTagsResponse", request_id, |xml| {
            xml.element("ListUserTagsResult", |xml| {
                xml.element("Tags", |xml| {
                    for it in &self.tags {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListUsers is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsersInput {
    /// `PathPrefix`.
    pub path_prefix: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListUsersInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            path_prefix: form.text("PathPrefix", &PATH_PREFIX_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListUsers answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsersOutput {
    /// `Users`.
    pub users: Vec<User>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListUsersOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListUsersResponse", request_id, |xml| {
            xml.element("ListUsersResult", |xml| {
                xml.element("Users", |xml| {
                    for it in &self.users {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What ListVirtualMFADevices is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListVirtualMFADevicesInput {
    /// `AssignmentStatus`.
    pub assignment_status: Option<String>,
    /// `Marker`.
    pub marker: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<i64>,
}

impl QueryInput for ListVirtualMFADevicesInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            assignment_status: form.text("AssignmentStatus", &ASSIGNMENT_STATUS_TYPE),
            marker: form.text("Marker", &MARKER_TYPE),
            max_items: form.number("MaxItems", 1..=1000),
        };
        form.finish(read)
    }
}

/// What ListVirtualMFADevices answers.
#[derive(Clone, Default, PartialEq)]
pub struct ListVirtualMFADevicesOutput {
    /// `VirtualMFADevices`.
    pub virtual_mfa_devices: Vec<VirtualMFADevice>,
    /// `IsTruncated`.
    pub is_truncated: Option<bool>,
    /// `Marker`.
    pub marker: Option<String>,
}

impl QueryOutput for ListVirtualMFADevicesOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "ListVirtualMFADevicesResponse", request_id, |xml| {
            xml.element("ListVirtualMFADevicesResult", |xml| {
                xml.element("VirtualMFADevices", |xml| {
                    for it in &self.virtual_mfa_devices {
                        xml.element("member", |xml| it.write(xml));
                    }
                });
                if let Some(it) = &self.is_truncated {
                    xml.boolean("IsTruncated", *it);
                }
                if let Some(it) = &self.marker {
                    xml.text("Marker", it);
                }
                let _ = xml;
            })
        });
    }
}

/// What PutGroupPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutGroupPolicyInput {
    /// `GroupName`.
    pub group_name: String,
    /// `PolicyName`.
    pub policy_name: String,
    /// `PolicyDocument`.
    pub policy_document: String,
}

impl QueryInput for PutGroupPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
            policy_document: form.needed_text("PolicyDocument", &POLICY_DOCUMENT_TYPE),
        };
        form.finish(read)
    }
}

/// What PutGroupPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutGroupPolicyOutput {}

impl QueryOutput for PutGroupPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "PutGroupPolicyResponse", request_id, |_| {});
    }
}

/// What PutUserPermissionsBoundary is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutUserPermissionsBoundaryInput {
    /// `UserName`.
    pub user_name: String,
    /// `PermissionsBoundary`.
    pub permissions_boundary: String,
}

impl QueryInput for PutUserPermissionsBoundaryInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            permissions_boundary: form.needed_text("PermissionsBoundary", &ARN_TYPE),
        };
        form.finish(read)
    }
}

/// What PutUserPermissionsBoundary answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutUserPermissionsBoundaryOutput {}

impl QueryOutput for PutUserPermissionsBoundaryOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "PutUserPermissionsBoundaryResponse", request_id, |_| {});
    }
}

/// What PutUserPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutUserPolicyInput {
    /// `UserName`.
    pub user_name: String,
    /// `PolicyName`.
    pub policy_name: String,
    /// `PolicyDocument`.
    pub policy_document: String,
}

impl QueryInput for PutUserPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            policy_name: form.needed_text("PolicyName", &POLICY_NAME_TYPE),
            policy_document: form.needed_text("PolicyDocument", &POLICY_DOCUMENT_TYPE),
        };
        form.finish(read)
    }
}

/// What PutUserPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutUserPolicyOutput {}

impl QueryOutput for PutUserPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "PutUserPolicyResponse", request_id, |_| {});
    }
}

/// What RemoveUserFromGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveUserFromGroupInput {
    /// `GroupName`.
    pub group_name: String,
    /// `UserName`.
    pub user_name: String,
}

impl QueryInput for RemoveUserFromGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What RemoveUserFromGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveUserFromGroupOutput {}

impl QueryOutput for RemoveUserFromGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "RemoveUserFromGroupResponse", request_id, |_| {});
    }
}

/// What SetDefaultPolicyVersion is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetDefaultPolicyVersionInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `VersionId`.
    pub version_id: String,
}

impl QueryInput for SetDefaultPolicyVersionInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            version_id: form.needed_text("VersionId", &POLICY_VERSION_ID_TYPE),
        };
        form.finish(read)
    }
}

/// What SetDefaultPolicyVersion answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetDefaultPolicyVersionOutput {}

impl QueryOutput for SetDefaultPolicyVersionOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "SetDefaultPolicyVersionResponse", request_id, |_| {});
    }
}

/// What TagPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagPolicyInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl QueryInput for TagPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        form.needed_list("Tags");
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            tags: form.structures("Tags", 50, Tag::read),
        };
        form.finish(read)
    }
}

/// What TagPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagPolicyOutput {}

impl QueryOutput for TagPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "TagPolicyResponse", request_id, |_| {});
    }
}

/// What TagUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagUserInput {
    /// `UserName`.
    pub user_name: String,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl QueryInput for TagUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        form.needed_list("Tags");
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            tags: form.structures("Tags", 50, Tag::read),
        };
        form.finish(read)
    }
}

/// What TagUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagUserOutput {}

impl QueryOutput for TagUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "TagUserResponse", request_id, |_| {});
    }
}

/// What UntagPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagPolicyInput {
    /// `PolicyArn`.
    pub policy_arn: String,
    /// `TagKeys`.
    pub tag_keys: Vec<String>,
}

impl QueryInput for UntagPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        form.needed_list("TagKeys");
        let read = Self {
            policy_arn: form.needed_text("PolicyArn", &ARN_TYPE),
            tag_keys: form.texts("TagKeys", 50, &TAG_KEY_TYPE),
        };
        form.finish(read)
    }
}

/// What UntagPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagPolicyOutput {}

impl QueryOutput for UntagPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UntagPolicyResponse", request_id, |_| {});
    }
}

/// What UntagUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagUserInput {
    /// `UserName`.
    pub user_name: String,
    /// `TagKeys`.
    pub tag_keys: Vec<String>,
}

impl QueryInput for UntagUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        form.needed_list("TagKeys");
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            tag_keys: form.texts("TagKeys", 50, &TAG_KEY_TYPE),
        };
        form.finish(read)
    }
}

/// What UntagUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagUserOutput {}

impl QueryOutput for UntagUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UntagUserResponse", request_id, |_| {});
    }
}

/// What UpdateAccessKey is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAccessKeyInput {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `AccessKeyId`.
    pub access_key_id: String,
    /// `Status`.
    pub status: String,
}

impl QueryInput for UpdateAccessKeyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.text("UserName", &EXISTING_USER_NAME_TYPE),
            access_key_id: form.needed_text("AccessKeyId", &ACCESS_KEY_ID_TYPE),
            status: form.needed_text("Status", &STATUS_TYPE),
        };
        form.finish(read)
    }
}

/// What UpdateAccessKey answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAccessKeyOutput {}

impl QueryOutput for UpdateAccessKeyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UpdateAccessKeyResponse", request_id, |_| {});
    }
}

/// What UpdateAccountPasswordPolicy is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAccountPasswordPolicyInput {
    /// `MinimumPasswordLength`.
    pub minimum_password_length: Option<i64>,
    /// `RequireSymbols`.
    pub require_symbols: Option<bool>,
    /// `RequireNumbers`.
    pub require_numbers: Option<bool>,
    /// `RequireUppercaseCharacters`.
    pub require_uppercase_characters: Option<bool>,
    /// `RequireLowercaseCharacters`.
    pub require_lowercase_characters: Option<bool>,
    /// `AllowUsersToChangePassword`.
    pub allow_users_to_change_password: Option<bool>,
    /// `MaxPasswordAge`.
    pub max_password_age: Option<i64>,
    /// `PasswordReusePrevention`.
    pub password_reuse_prevention: Option<i64>,
    /// `HardExpiry`.
    pub hard_expiry: Option<bool>,
}

impl QueryInput for UpdateAccountPasswordPolicyInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            minimum_password_length: form.number("MinimumPasswordLength", 6..=128),
            require_symbols: form.boolean("RequireSymbols"),
            require_numbers: form.boolean("RequireNumbers"),
            require_uppercase_characters: form.boolean("RequireUppercaseCharacters"),
            require_lowercase_characters: form.boolean("RequireLowercaseCharacters"),
            allow_users_to_change_password: form.boolean("AllowUsersToChangePassword"),
            max_password_age: form.number("MaxPasswordAge", 1..=1095),
            password_reuse_prevention: form.number("PasswordReusePrevention", 1..=24),
            hard_expiry: form.boolean("HardExpiry"),
        };
        form.finish(read)
    }
}

/// What UpdateAccountPasswordPolicy answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAccountPasswordPolicyOutput {}

impl QueryOutput for UpdateAccountPasswordPolicyOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UpdateAccountPasswordPolicyResponse", request_id, |_| {});
    }
}

/// What UpdateGroup is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateGroupInput {
    /// `GroupName`.
    pub group_name: String,
    /// `NewPath`.
    pub new_path: Option<String>,
    /// `NewGroupName`.
    pub new_group_name: Option<String>,
}

impl QueryInput for UpdateGroupInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            group_name: form.needed_text("GroupName", &GROUP_NAME_TYPE),
            new_path: form.text("NewPath", &PATH_TYPE),
            new_group_name: form.text("NewGroupName", &GROUP_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What UpdateGroup answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateGroupOutput {}

impl QueryOutput for UpdateGroupOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UpdateGroupResponse", request_id, |_| {});
    }
}

/// What UpdateLoginProfile is asked.
#[derive(Clone, Default, PartialEq)]
pub struct UpdateLoginProfileInput {
    /// `UserName`.
    pub user_name: String,
    /// `Password`.
    pub password: Option<String>,
    /// `PasswordResetRequired`.
    pub password_reset_required: Option<bool>,
    /// `MaxSigninSessionDuration`.
    pub max_signin_session_duration: Option<i64>,
    /// `ResetMaxSigninSessionDuration`.
    pub reset_max_signin_session_duration: Option<bool>,
}

impl QueryInput for UpdateLoginProfileInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &USER_NAME_TYPE),
            password: form.text("Password", &PASSWORD_TYPE),
            password_reset_required: form.boolean("PasswordResetRequired"),
            max_signin_session_duration: form.number("MaxSigninSessionDuration", 3600..=7776000),
            reset_max_signin_session_duration: form.boolean("ResetMaxSigninSessionDuration"),
        };
        form.finish(read)
    }
}

/// What UpdateLoginProfile answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateLoginProfileOutput {}

impl QueryOutput for UpdateLoginProfileOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UpdateLoginProfileResponse", request_id, |_| {});
    }
}

/// What UpdateUser is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateUserInput {
    /// `UserName`.
    pub user_name: String,
    /// `NewPath`.
    pub new_path: Option<String>,
    /// `NewUserName`.
    pub new_user_name: Option<String>,
}

impl QueryInput for UpdateUserInput {
    fn decode(head: &RequestHead<'_>) -> Result<Self, Error> {
        let mut form = Form::of(head, Service::Iam);
        let read = Self {
            user_name: form.needed_text("UserName", &EXISTING_USER_NAME_TYPE),
            new_path: form.text("NewPath", &PATH_TYPE),
            new_user_name: form.text("NewUserName", &USER_NAME_TYPE),
        };
        form.finish(read)
    }
}

/// What UpdateUser answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateUserOutput {}

impl QueryOutput for UpdateUserOutput {
    fn write(&self, xml: &mut Writer, request_id: &str) {
        xml.query_root(Service::Iam, "UpdateUserResponse", request_id, |_| {});
    }
}

/// `AccessKey`.
#[derive(Clone, Default, PartialEq)]
pub struct AccessKey {
    /// `UserName`.
    pub user_name: String,
    /// `AccessKeyId`.
    pub access_key_id: String,
    /// `Status`.
    pub status: String,
    /// `SecretAccessKey`.
    pub secret_access_key: String,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
}

impl AccessKey {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.access_key_id;
        xml.text("AccessKeyId", it);
        let it = &self.status;
        xml.text("Status", it);
        let it = &self.secret_access_key;
        xml.text("SecretAccessKey", it);
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
    }
}

/// `AccessKeyLastUsed`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessKeyLastUsed {
    /// `LastUsedDate`.
    pub last_used_date: Option<Timestamp>,
    /// `ServiceName`.
    pub service_name: String,
    /// `Region`.
    pub region: String,
}

impl AccessKeyLastUsed {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.last_used_date {
            xml.time_in_seconds("LastUsedDate", *it);
        }
        let it = &self.service_name;
        xml.text("ServiceName", it);
        let it = &self.region;
        xml.text("Region", it);
    }
}

/// `AccessKeyMetadata`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccessKeyMetadata {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `AccessKeyId`.
    pub access_key_id: Option<String>,
    /// `Status`.
    pub status: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
}

impl AccessKeyMetadata {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.user_name {
            xml.text("UserName", it);
        }
        if let Some(it) = &self.access_key_id {
            xml.text("AccessKeyId", it);
        }
        if let Some(it) = &self.status {
            xml.text("Status", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
    }
}

/// `AttachedPermissionsBoundary`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPermissionsBoundary {
    /// `PermissionsBoundaryType`.
    pub permissions_boundary_type: Option<String>,
    /// `PermissionsBoundaryArn`.
    pub permissions_boundary_arn: Option<String>,
}

impl AttachedPermissionsBoundary {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.permissions_boundary_type {
            xml.text("PermissionsBoundaryType", it);
        }
        if let Some(it) = &self.permissions_boundary_arn {
            xml.text("PermissionsBoundaryArn", it);
        }
    }
}

/// `AttachedPolicy`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPolicy {
    /// `PolicyName`.
    pub policy_name: Option<String>,
    /// `PolicyArn`.
    pub policy_arn: Option<String>,
}

impl AttachedPolicy {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.policy_name {
            xml.text("PolicyName", it);
        }
        if let Some(it) = &self.policy_arn {
            xml.text("PolicyArn", it);
        }
    }
}

/// `Group`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// `Path`.
    pub path: String,
    /// `GroupName`.
    pub group_name: String,
    /// `GroupId`.
    pub group_id: String,
    /// `Arn`.
    pub arn: String,
    /// `CreateDate`.
    pub create_date: Timestamp,
}

impl Group {
    fn write(&self, xml: &mut Writer) {
        let it = &self.path;
        xml.text("Path", it);
        let it = &self.group_name;
        xml.text("GroupName", it);
        let it = &self.group_id;
        xml.text("GroupId", it);
        let it = &self.arn;
        xml.text("Arn", it);
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
    }
}

/// `GroupDetail`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupDetail {
    /// `Path`.
    pub path: Option<String>,
    /// `GroupName`.
    pub group_name: Option<String>,
    /// `GroupId`.
    pub group_id: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `GroupPolicyList`.
    pub group_policy_list: Vec<PolicyDetail>,
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Vec<AttachedPolicy>,
}

impl GroupDetail {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.group_name {
            xml.text("GroupName", it);
        }
        if let Some(it) = &self.group_id {
            xml.text("GroupId", it);
        }
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        xml.element("GroupPolicyList", |xml| {
            for it in &self.group_policy_list {
                xml.element("member", |xml| it.write(xml));
            }
        });
        xml.element("AttachedManagedPolicies", |xml| {
            for it in &self.attached_managed_policies {
                xml.element("member", |xml| it.write(xml));
            }
        });
    }
}

/// `InstanceProfile`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceProfile {
    /// `Path`.
    pub path: String,
    /// `InstanceProfileName`.
    pub instance_profile_name: String,
    /// `InstanceProfileId`.
    pub instance_profile_id: String,
    /// `Arn`.
    pub arn: String,
    /// `CreateDate`.
    pub create_date: Timestamp,
    /// `Roles`.
    pub roles: Vec<Role>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl InstanceProfile {
    fn write(&self, xml: &mut Writer) {
        let it = &self.path;
        xml.text("Path", it);
        let it = &self.instance_profile_name;
        xml.text("InstanceProfileName", it);
        let it = &self.instance_profile_id;
        xml.text("InstanceProfileId", it);
        let it = &self.arn;
        xml.text("Arn", it);
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
        xml.element("Roles", |xml| {
            for it in &self.roles {
                xml.element("member", |xml| it.write(xml));
            }
        });
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
    }
}

/// `LoginProfile`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoginProfile {
    /// `UserName`.
    pub user_name: String,
    /// `CreateDate`.
    pub create_date: Timestamp,
    /// `PasswordResetRequired`.
    pub password_reset_required: Option<bool>,
    /// `MaxSigninSessionDuration`.
    pub max_signin_session_duration: Option<i64>,
}

impl LoginProfile {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
        if let Some(it) = &self.password_reset_required {
            xml.boolean("PasswordResetRequired", *it);
        }
        if let Some(it) = &self.max_signin_session_duration {
            xml.number("MaxSigninSessionDuration", *it);
        }
    }
}

/// `MFADevice`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MFADevice {
    /// `UserName`.
    pub user_name: String,
    /// `SerialNumber`.
    pub serial_number: String,
    /// `EnableDate`.
    pub enable_date: Timestamp,
}

impl MFADevice {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.serial_number;
        xml.text("SerialNumber", it);
        let it = &self.enable_date;
        xml.time_in_seconds("EnableDate", *it);
    }
}

/// `ManagedPolicyDetail`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManagedPolicyDetail {
    /// `PolicyName`.
    pub policy_name: Option<String>,
    /// `PolicyId`.
    pub policy_id: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `DefaultVersionId`.
    pub default_version_id: Option<String>,
    /// `AttachmentCount`.
    pub attachment_count: Option<i64>,
    /// `PermissionsBoundaryUsageCount`.
    pub permissions_boundary_usage_count: Option<i64>,
    /// `IsAttachable`.
    pub is_attachable: Option<bool>,
    /// `Description`.
    pub description: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `UpdateDate`.
    pub update_date: Option<Timestamp>,
    /// `PolicyVersionList`.
    pub policy_version_list: Vec<PolicyVersion>,
}

impl ManagedPolicyDetail {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.policy_name {
            xml.text("PolicyName", it);
        }
        if let Some(it) = &self.policy_id {
            xml.text("PolicyId", it);
        }
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.default_version_id {
            xml.text("DefaultVersionId", it);
        }
        if let Some(it) = &self.attachment_count {
            xml.number("AttachmentCount", *it);
        }
        if let Some(it) = &self.permissions_boundary_usage_count {
            xml.number("PermissionsBoundaryUsageCount", *it);
        }
        if let Some(it) = &self.is_attachable {
            xml.boolean("IsAttachable", *it);
        }
        if let Some(it) = &self.description {
            xml.text("Description", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        if let Some(it) = &self.update_date {
            xml.time_in_seconds("UpdateDate", *it);
        }
        xml.element("PolicyVersionList", |xml| {
            for it in &self.policy_version_list {
                xml.element("member", |xml| it.write(xml));
            }
        });
    }
}

/// `OpenIDConnectProviderListEntry`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenIDConnectProviderListEntry {
    /// `Arn`.
    pub arn: Option<String>,
    /// `IsTrustedIdentityPropagationEnabled`.
    pub is_trusted_identity_propagation_enabled: Option<bool>,
}

impl OpenIDConnectProviderListEntry {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.is_trusted_identity_propagation_enabled {
            xml.boolean("IsTrustedIdentityPropagationEnabled", *it);
        }
    }
}

/// `PasswordPolicy`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PasswordPolicy {
    /// `MinimumPasswordLength`.
    pub minimum_password_length: Option<i64>,
    /// `RequireSymbols`.
    pub require_symbols: Option<bool>,
    /// `RequireNumbers`.
    pub require_numbers: Option<bool>,
    /// `RequireUppercaseCharacters`.
    pub require_uppercase_characters: Option<bool>,
    /// `RequireLowercaseCharacters`.
    pub require_lowercase_characters: Option<bool>,
    /// `AllowUsersToChangePassword`.
    pub allow_users_to_change_password: Option<bool>,
    /// `ExpirePasswords`.
    pub expire_passwords: Option<bool>,
    /// `MaxPasswordAge`.
    pub max_password_age: Option<i64>,
    /// `PasswordReusePrevention`.
    pub password_reuse_prevention: Option<i64>,
    /// `HardExpiry`.
    pub hard_expiry: Option<bool>,
}

impl PasswordPolicy {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.minimum_password_length {
            xml.number("MinimumPasswordLength", *it);
        }
        if let Some(it) = &self.require_symbols {
            xml.boolean("RequireSymbols", *it);
        }
        if let Some(it) = &self.require_numbers {
            xml.boolean("RequireNumbers", *it);
        }
        if let Some(it) = &self.require_uppercase_characters {
            xml.boolean("RequireUppercaseCharacters", *it);
        }
        if let Some(it) = &self.require_lowercase_characters {
            xml.boolean("RequireLowercaseCharacters", *it);
        }
        if let Some(it) = &self.allow_users_to_change_password {
            xml.boolean("AllowUsersToChangePassword", *it);
        }
        if let Some(it) = &self.expire_passwords {
            xml.boolean("ExpirePasswords", *it);
        }
        if let Some(it) = &self.max_password_age {
            xml.number("MaxPasswordAge", *it);
        }
        if let Some(it) = &self.password_reuse_prevention {
            xml.number("PasswordReusePrevention", *it);
        }
        if let Some(it) = &self.hard_expiry {
            xml.boolean("HardExpiry", *it);
        }
    }
}

/// `Policy`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// `PolicyName`.
    pub policy_name: Option<String>,
    /// `PolicyId`.
    pub policy_id: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `DefaultVersionId`.
    pub default_version_id: Option<String>,
    /// `AttachmentCount`.
    pub attachment_count: Option<i64>,
    /// `PermissionsBoundaryUsageCount`.
    pub permissions_boundary_usage_count: Option<i64>,
    /// `IsAttachable`.
    pub is_attachable: Option<bool>,
    /// `Description`.
    pub description: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `UpdateDate`.
    pub update_date: Option<Timestamp>,
    /// `Tags`.
    pub tags: Option<Vec<Tag>>,
}

impl Policy {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.policy_name {
            xml.text("PolicyName", it);
        }
        if let Some(it) = &self.policy_id {
            xml.text("PolicyId", it);
        }
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.default_version_id {
            xml.text("DefaultVersionId", it);
        }
        if let Some(it) = &self.attachment_count {
            xml.number("AttachmentCount", *it);
        }
        if let Some(it) = &self.permissions_boundary_usage_count {
            xml.number("PermissionsBoundaryUsageCount", *it);
        }
        if let Some(it) = &self.is_attachable {
            xml.boolean("IsAttachable", *it);
        }
        if let Some(it) = &self.description {
            xml.text("Description", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        if let Some(it) = &self.update_date {
            xml.time_in_seconds("UpdateDate", *it);
        }
        if let Some(all) = &self.tags {
            xml.element("Tags", |xml| {
                for it in all {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
    }
}

/// `PolicyDetail`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyDetail {
    /// `PolicyName`.
    pub policy_name: Option<String>,
    /// `PolicyDocument`.
    pub policy_document: Option<String>,
}

impl PolicyDetail {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.policy_name {
            xml.text("PolicyName", it);
        }
        if let Some(it) = &self.policy_document {
            xml.text("PolicyDocument", &percent_encoded(it));
        }
    }
}

/// `PolicyGroup`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyGroup {
    /// `GroupName`.
    pub group_name: Option<String>,
    /// `GroupId`.
    pub group_id: Option<String>,
}

impl PolicyGroup {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.group_name {
            xml.text("GroupName", it);
        }
        if let Some(it) = &self.group_id {
            xml.text("GroupId", it);
        }
    }
}

/// `PolicyRole`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyRole {
    /// `RoleName`.
    pub role_name: Option<String>,
    /// `RoleId`.
    pub role_id: Option<String>,
}

impl PolicyRole {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.role_name {
            xml.text("RoleName", it);
        }
        if let Some(it) = &self.role_id {
            xml.text("RoleId", it);
        }
    }
}

/// `PolicyUser`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyUser {
    /// `UserName`.
    pub user_name: Option<String>,
    /// `UserId`.
    pub user_id: Option<String>,
}

impl PolicyUser {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.user_name {
            xml.text("UserName", it);
        }
        if let Some(it) = &self.user_id {
            xml.text("UserId", it);
        }
    }
}

/// `PolicyVersion`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyVersion {
    /// `Document`.
    pub document: Option<String>,
    /// `VersionId`.
    pub version_id: Option<String>,
    /// `IsDefaultVersion`.
    pub is_default_version: Option<bool>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
}

impl PolicyVersion {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.document {
            xml.text("Document", &percent_encoded(it));
        }
        if let Some(it) = &self.version_id {
            xml.text("VersionId", it);
        }
        if let Some(it) = &self.is_default_version {
            xml.boolean("IsDefaultVersion", *it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
    }
}

/// `Role`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    /// `Path`.
    pub path: String,
    /// `RoleName`.
    pub role_name: String,
    /// `RoleId`.
    pub role_id: String,
    /// `Arn`.
    pub arn: String,
    /// `CreateDate`.
    pub create_date: Timestamp,
    /// `AssumeRolePolicyDocument`.
    pub assume_role_policy_document: Option<String>,
    /// `Description`.
    pub description: Option<String>,
    /// `MaxSessionDuration`.
    pub max_session_duration: Option<i64>,
    /// `MaxSigninSessionDuration`.
    pub max_signin_session_duration: Option<i64>,
    /// `PermissionsBoundary`.
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `RoleLastUsed`.
    pub role_last_used: Option<RoleLastUsed>,
    /// `SourceRoleTemplate`.
    pub source_role_template: Option<SourceRoleTemplate>,
}

impl Role {
    fn write(&self, xml: &mut Writer) {
        let it = &self.path;
        xml.text("Path", it);
        let it = &self.role_name;
        xml.text("RoleName", it);
        let it = &self.role_id;
        xml.text("RoleId", it);
        let it = &self.arn;
        xml.text("Arn", it);
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
        if let Some(it) = &self.assume_role_policy_document {
            xml.text("AssumeRolePolicyDocument", &percent_encoded(it));
        }
        if let Some(it) = &self.description {
            xml.text("Description", it);
        }
        if let Some(it) = &self.max_session_duration {
            xml.number("MaxSessionDuration", *it);
        }
        if let Some(it) = &self.max_signin_session_duration {
            xml.number("MaxSigninSessionDuration", *it);
        }
        if let Some(it) = &self.permissions_boundary {
            xml.element("PermissionsBoundary", |xml| it.write(xml));
        }
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
        if let Some(it) = &self.role_last_used {
            xml.element("RoleLastUsed", |xml| it.write(xml));
        }
        if let Some(it) = &self.source_role_template {
            xml.element("SourceRoleTemplate", |xml| it.write(xml));
        }
    }
}

/// `RoleDetail`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleDetail {
    /// `Path`.
    pub path: Option<String>,
    /// `RoleName`.
    pub role_name: Option<String>,
    /// `RoleId`.
    pub role_id: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `AssumeRolePolicyDocument`.
    pub assume_role_policy_document: Option<String>,
    /// `InstanceProfileList`.
    pub instance_profile_list: Vec<InstanceProfile>,
    /// `RolePolicyList`.
    pub role_policy_list: Vec<PolicyDetail>,
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Vec<AttachedPolicy>,
    /// `PermissionsBoundary`.
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `RoleLastUsed`.
    pub role_last_used: Option<RoleLastUsed>,
}

impl RoleDetail {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.role_name {
            xml.text("RoleName", it);
        }
        if let Some(it) = &self.role_id {
            xml.text("RoleId", it);
        }
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        if let Some(it) = &self.assume_role_policy_document {
            xml.text("AssumeRolePolicyDocument", &percent_encoded(it));
        }
        xml.element("InstanceProfileList", |xml| {
            for it in &self.instance_profile_list {
                xml.element("member", |xml| it.write(xml));
            }
        });
        xml.element("RolePolicyList", |xml| {
            for it in &self.role_policy_list {
                xml.element("member", |xml| it.write(xml));
            }
        });
        xml.element("AttachedManagedPolicies", |xml| {
            for it in &self.attached_managed_policies {
                xml.element("member", |xml| it.write(xml));
            }
        });
        if let Some(it) = &self.permissions_boundary {
            xml.element("PermissionsBoundary", |xml| it.write(xml));
        }
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
        if let Some(it) = &self.role_last_used {
            xml.element("RoleLastUsed", |xml| it.write(xml));
        }
    }
}

/// `RoleLastUsed`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleLastUsed {
    /// `LastUsedDate`.
    pub last_used_date: Option<Timestamp>,
    /// `Region`.
    pub region: Option<String>,
}

impl RoleLastUsed {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.last_used_date {
            xml.time_in_seconds("LastUsedDate", *it);
        }
        if let Some(it) = &self.region {
            xml.text("Region", it);
        }
    }
}

/// `SAMLProviderListEntry`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SAMLProviderListEntry {
    /// `Arn`.
    pub arn: Option<String>,
    /// `ValidUntil`.
    pub valid_until: Option<Timestamp>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `IsTrustedIdentityPropagationEnabled`.
    pub is_trusted_identity_propagation_enabled: Option<bool>,
}

impl SAMLProviderListEntry {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.valid_until {
            xml.time_in_seconds("ValidUntil", *it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        if let Some(it) = &self.is_trusted_identity_propagation_enabled {
            xml.boolean("IsTrustedIdentityPropagationEnabled", *it);
        }
    }
}

/// `SSHPublicKeyMetadata`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SSHPublicKeyMetadata {
    /// `UserName`.
    pub user_name: String,
    /// `SSHPublicKeyId`.
    pub ssh_public_key_id: String,
    /// `Status`.
    pub status: String,
    /// `UploadDate`.
    pub upload_date: Timestamp,
}

impl SSHPublicKeyMetadata {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.ssh_public_key_id;
        xml.text("SSHPublicKeyId", it);
        let it = &self.status;
        xml.text("Status", it);
        let it = &self.upload_date;
        xml.time_in_seconds("UploadDate", *it);
    }
}

/// `ServerCertificateMetadata`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerCertificateMetadata {
    /// `Path`.
    pub path: String,
    /// `ServerCertificateName`.
    pub server_certificate_name: String,
    /// `ServerCertificateId`.
    pub server_certificate_id: String,
    /// `Arn`.
    pub arn: String,
    /// `UploadDate`.
    pub upload_date: Option<Timestamp>,
    /// `Expiration`.
    pub expiration: Option<Timestamp>,
}

impl ServerCertificateMetadata {
    fn write(&self, xml: &mut Writer) {
        let it = &self.path;
        xml.text("Path", it);
        let it = &self.server_certificate_name;
        xml.text("ServerCertificateName", it);
        let it = &self.server_certificate_id;
        xml.text("ServerCertificateId", it);
        let it = &self.arn;
        xml.text("Arn", it);
        if let Some(it) = &self.upload_date {
            xml.time_in_seconds("UploadDate", *it);
        }
        if let Some(it) = &self.expiration {
            xml.time_in_seconds("Expiration", *it);
        }
    }
}

/// `ServiceSpecificCredentialMetadata`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceSpecificCredentialMetadata {
    /// `UserName`.
    pub user_name: String,
    /// `Status`.
    pub status: String,
    /// `ServiceUserName`.
    pub service_user_name: Option<String>,
    /// `ServiceCredentialAlias`.
    pub service_credential_alias: Option<String>,
    /// `CreateDate`.
    pub create_date: Timestamp,
    /// `ExpirationDate`.
    pub expiration_date: Option<Timestamp>,
    /// `ServiceSpecificCredentialId`.
    pub service_specific_credential_id: String,
    /// `ServiceName`.
    pub service_name: String,
}

impl ServiceSpecificCredentialMetadata {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.status;
        xml.text("Status", it);
        if let Some(it) = &self.service_user_name {
            xml.text("ServiceUserName", it);
        }
        if let Some(it) = &self.service_credential_alias {
            xml.text("ServiceCredentialAlias", it);
        }
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
        if let Some(it) = &self.expiration_date {
            xml.time_in_seconds("ExpirationDate", *it);
        }
        let it = &self.service_specific_credential_id;
        xml.text("ServiceSpecificCredentialId", it);
        let it = &self.service_name;
        xml.text("ServiceName", it);
    }
}

/// `SigningCertificate`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SigningCertificate {
    /// `UserName`.
    pub user_name: String,
    /// `CertificateId`.
    pub certificate_id: String,
    /// `CertificateBody`.
    pub certificate_body: String,
    /// `Status`.
    pub status: String,
    /// `UploadDate`.
    pub upload_date: Option<Timestamp>,
}

impl SigningCertificate {
    fn write(&self, xml: &mut Writer) {
        let it = &self.user_name;
        xml.text("UserName", it);
        let it = &self.certificate_id;
        xml.text("CertificateId", it);
        let it = &self.certificate_body;
        xml.text("CertificateBody", it);
        let it = &self.status;
        xml.text("Status", it);
        if let Some(it) = &self.upload_date {
            xml.time_in_seconds("UploadDate", *it);
        }
    }
}

/// `SourceRoleTemplate`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceRoleTemplate {
    /// `TemplateArn`.
    pub template_arn: String,
    /// `TemplateMinorVersion`.
    pub template_minor_version: i64,
}

impl SourceRoleTemplate {
    fn write(&self, xml: &mut Writer) {
        let it = &self.template_arn;
        xml.text("TemplateArn", it);
        let it = &self.template_minor_version;
        xml.number("TemplateMinorVersion", *it);
    }
}

/// `Tag`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// `Key`.
    pub key: String,
    /// `Value`.
    pub value: String,
}

impl Tag {
    fn read(form: &mut Form<'_>) -> Self {
        Self {
            key: form.needed_text("Key", &TAG_KEY_TYPE),
            value: form.needed_text("Value", &TAG_VALUE_TYPE),
        }
    }
    fn write(&self, xml: &mut Writer) {
        let it = &self.key;
        xml.text("Key", it);
        let it = &self.value;
        xml.text("Value", it);
    }
}

/// `User`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    /// `Path`.
    pub path: Option<String>,
    /// `UserName`.
    pub user_name: Option<String>,
    /// `UserId`.
    pub user_id: String,
    /// `Arn`.
    pub arn: String,
    /// `CreateDate`.
    pub create_date: Timestamp,
    /// `PasswordLastUsed`.
    pub password_last_used: Option<Timestamp>,
    /// `PermissionsBoundary`.
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl User {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.user_name {
            xml.text("UserName", it);
        }
        let it = &self.user_id;
        xml.text("UserId", it);
        let it = &self.arn;
        xml.text("Arn", it);
        let it = &self.create_date;
        xml.time_in_seconds("CreateDate", *it);
        if let Some(it) = &self.password_last_used {
            xml.time_in_seconds("PasswordLastUsed", *it);
        }
        if let Some(it) = &self.permissions_boundary {
            xml.element("PermissionsBoundary", |xml| it.write(xml));
        }
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
    }
}

/// `UserDetail`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserDetail {
    /// `Path`.
    pub path: Option<String>,
    /// `UserName`.
    pub user_name: Option<String>,
    /// `UserId`.
    pub user_id: Option<String>,
    /// `Arn`.
    pub arn: Option<String>,
    /// `CreateDate`.
    pub create_date: Option<Timestamp>,
    /// `UserPolicyList`.
    pub user_policy_list: Vec<PolicyDetail>,
    /// `GroupList`.
    pub group_list: Vec<String>,
    /// `AttachedManagedPolicies`.
    pub attached_managed_policies: Vec<AttachedPolicy>,
    /// `PermissionsBoundary`.
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl UserDetail {
    fn write(&self, xml: &mut Writer) {
        if let Some(it) = &self.path {
            xml.text("Path", it);
        }
        if let Some(it) = &self.user_name {
            xml.text("UserName", it);
        }
        if let Some(it) = &self.user_id {
            xml.text("UserId", it);
        }
        if let Some(it) = &self.arn {
            xml.text("Arn", it);
        }
        if let Some(it) = &self.create_date {
            xml.time_in_seconds("CreateDate", *it);
        }
        xml.element("UserPolicyList", |xml| {
            for it in &self.user_policy_list {
                xml.element("member", |xml| it.write(xml));
            }
        });
        xml.element("GroupList", |xml| {
            for it in &self.group_list {
                xml.text("member", it);
            }
        });
        xml.element("AttachedManagedPolicies", |xml| {
            for it in &self.attached_managed_policies {
                xml.element("member", |xml| it.write(xml));
            }
        });
        if let Some(it) = &self.permissions_boundary {
            xml.element("PermissionsBoundary", |xml| it.write(xml));
        }
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
    }
}

/// `VirtualMFADevice`.
#[derive(Clone, Default, PartialEq)]
pub struct VirtualMFADevice {
    /// `SerialNumber`.
    pub serial_number: String,
    /// `Base32StringSeed`.
    pub base32_string_seed: Option<String>,
    /// `QRCodePNG`.
    pub qr_code_png: Option<String>,
    /// `User`.
    pub user: Option<User>,
    /// `EnableDate`.
    pub enable_date: Option<Timestamp>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl VirtualMFADevice {
    fn write(&self, xml: &mut Writer) {
        let it = &self.serial_number;
        xml.text("SerialNumber", it);
        if let Some(it) = &self.base32_string_seed {
            xml.text("Base32StringSeed", it);
        }
        if let Some(it) = &self.qr_code_png {
            xml.text("QRCodePNG", it);
        }
        if let Some(it) = &self.user {
            xml.element("User", |xml| it.write(xml));
        }
        if let Some(it) = &self.enable_date {
            xml.time_in_seconds("EnableDate", *it);
        }
        if !self.tags.is_empty() {
            xml.element("Tags", |xml| {
                for it in &self.tags {
                    xml.element("member", |xml| it.write(xml));
                }
            });
        }
    }
}
