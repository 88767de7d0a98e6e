//! Why something isn't done: named by what is wrong, said in AWS's words. The server gives each
//! variant AWS's code; the sentences stand here and nowhere else.

use engine::EngineError;
use policy::PolicyError;
use types::AccountId;

use crate::name::TagKeys;

/// Why an operation isn't done. Nothing has changed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum IamError {
    /// `NoSuchEntity`.
    #[error("{0}")]
    NoSuchEntity(#[from] Missing),
    /// `EntityAlreadyExists`.
    #[error("{0}")]
    AlreadyExists(#[from] Existing),
    /// `DeleteConflict`.
    #[error("{0}")]
    DeleteConflict(#[from] Conflict),
    /// `LimitExceeded`.
    #[error("{0}")]
    LimitExceeded(#[from] Limit),
    /// `ValidationError`.
    #[error("{0}")]
    Invalid(#[from] Invalid),
    /// `InvalidInput`.
    #[error("Duplicate tag keys found.{0}")]
    DuplicateTagKeys(TagKeys),
    /// `AccessDenied`: what belongs to AWS can't be changed, whoever asks.
    #[error("Cannot {0} outside your own account.")]
    NotYours(&'static str),
    /// `PasswordPolicyViolation`.
    #[error("Password does not conform to the account password policy. {0}")]
    PasswordPolicyViolation(#[from] PasswordFault),
    /// `AccessDenied`: the password that was to be proven isn't the user's. Nothing tells whether there
    /// is such a user.
    #[error("The user name or password is incorrect.")]
    WrongPassword,
    /// `Throttling`: too many wrong passwords; later may be better.
    #[error("Rate exceeded")]
    TooManyPasswords,
    /// `MalformedPolicyDocument`.
    #[error("{}", .0.iam_message())]
    MalformedPolicyDocument(#[from] PolicyError),
    /// `ServiceFailure`: the master key isn't the one that sealed the account's secrets.
    #[error("the secrets of this account can't be sealed or opened")]
    Unsealable,
    /// `ServiceFailure`: a row can't be read.
    #[error("a row can't be read: {0}")]
    Damaged(String),
    /// `ServiceUnavailable`: others changed the account all the time, or the engine didn't answer.
    #[error("the account is being changed; try again")]
    Busy,
    /// There is no such account.
    #[error("there is no account {0}")]
    NoSuchAccount(AccountId),
    /// The engine's error.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// What isn't there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// A user.
    #[error("The user with name {0} cannot be found.")]
    User(String),
    /// A group.
    #[error("The group with name {0} cannot be found.")]
    Group(String),
    /// A managed policy.
    #[error("Policy {0} was not found.")]
    Policy(String),
    /// A managed policy that was to be attached or to be a boundary, or whose users are asked for.
    #[error("Policy {0} does not exist or is not attachable.")]
    Attachable(String),
    /// A managed policy that was to be detached.
    #[error("Policy {0} was not found.")]
    Attachment(String),
    /// A version of a managed policy.
    #[error("Policy {arn} version {version} does not exist or is not attachable.")]
    PolicyVersion {
        /// The policy.
        arn: String,
        /// The version.
        version: String,
    },
    /// A user's inline policy.
    #[error("The user policy with name {0} cannot be found.")]
    UserPolicy(String),
    /// A group's inline policy.
    #[error("The group policy with name {0} cannot be found.")]
    GroupPolicy(String),
    /// An access key.
    #[error("The Access Key with id {0} cannot be found.")]
    AccessKey(String),
    /// A user's password.
    #[error("Login Profile for User {0} cannot be found.")]
    LoginProfile(String),
    /// The account's password policy.
    #[error("The Password Policy with domain name {0} cannot be found.")]
    PasswordPolicy(AccountId),
    /// The account's password policy, which was to be deleted: AWS has other words for that.
    #[error("The account policy with name PasswordPolicy cannot be found.")]
    DeletedPasswordPolicy,
    /// The account's alias.
    #[error("The Account Alias with name {0} cannot be found.")]
    Alias(String),
}

/// What is there already.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Existing {
    /// A user of this name, in whatever case.
    #[error("User with name {0} already exists.")]
    User(String),
    /// A group of this name, in whatever case.
    #[error("Group with name {0} already exists.")]
    Group(String),
    /// A password of this user.
    #[error("Login Profile for user {0} already exists.")]
    LoginProfile(String),
    /// A managed policy of this name, in whatever case and path.
    #[error("A policy called {0} already exists. Duplicate names are not allowed.")]
    Policy(String),
}

/// Why something can't be deleted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Managed policies are attached.
    #[error("Cannot delete entity, must detach all policies first.")]
    AttachedPolicies,
    /// Inline policies are there.
    #[error("Cannot delete entity, must delete policies first.")]
    InlinePolicies,
    /// Access keys are there.
    #[error("Cannot delete entity, must delete access keys first.")]
    AccessKeys,
    /// A password is there.
    #[error("Cannot delete entity, must delete login profile first.")]
    LoginProfile,
    /// The user is in groups, or users are in the group.
    #[error("Cannot delete entity, must remove users from group first.")]
    Membership,
    /// The policy is attached, or somebody's boundary.
    #[error("Cannot delete a policy attached to entities.")]
    PolicyAttached,
    /// The policy has more versions than the default one.
    #[error(
        "This policy has more than one version. Before you delete a policy, you must delete the \
         policy's versions. The default version is deleted with the policy."
    )]
    PolicyVersions,
    /// The version is the policy's default.
    #[error("Cannot delete the default version of a policy.")]
    DefaultVersion,
}

/// What there can't be more of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// A quota of AWS's ("IAM and AWS STS quotas"), by its name.
    #[error("Cannot exceed quota for {quota}: {max}")]
    Quota {
        /// `UsersPerAccount`, `AccessKeysPerUser` ...
        quota: &'static str,
        /// How many there may be.
        max: usize,
    },
    /// The tags of a user or a policy.
    #[error("The number of tags has reached the maximum limit.")]
    Tags,
    /// The characters of all inline policies of somebody.
    #[error("Maximum policy size of {max} bytes exceeded for {of} {name}")]
    InlineSize {
        /// How many there may be.
        max: usize,
        /// `user`, `group`.
        of: &'static str,
        /// Whose.
        name: String,
    },
    /// The versions of a managed policy.
    #[error(
        "A managed policy can have up to {0} versions. Before you create a new version, you must \
         delete an existing version."
    )]
    PolicyVersions(usize),
    /// What a row can hold. AWS has no such limit: see docs/differences.md.
    #[error("{0} bytes are the most that can be kept of this with all its white space and tags")]
    Bytes(usize),
}

/// What a password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Characters.
    #[error("It should have a minimum length of {0}.")]
    TooShort(u32),
    /// An upper-case letter.
    #[error("It should have at least one uppercase letter.")]
    NoUppercase,
    /// A lower-case letter.
    #[error("It should have at least one lowercase letter.")]
    NoLowercase,
    /// A digit.
    #[error("It should have at least one number.")]
    NoNumber,
    /// A sign.
    #[error("It should have at least one symbol.")]
    NoSymbol,
    /// Three of the four sorts of characters, as the default policy asks.
    #[error(
        "It should have at least three of these: uppercase letters, lowercase letters, numbers, \
         symbols."
    )]
    TooFewSorts,
    /// It is the account's name.
    #[error("It should not be the account's name.")]
    AccountName,
    /// It was used before.
    #[error("It should not be one of the last {0} passwords.")]
    Reused(u32),
}

/// What a request can't say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A text that is too short.
    #[error(
        "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must \
         have length greater than or equal to {min}"
    )]
    TooShort {
        /// Which.
        field: &'static str,
        /// Its least length.
        min: usize,
    },
    /// A text or list that is too long.
    #[error(
        "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must \
         have length less than or equal to {max}"
    )]
    TooLong {
        /// Which.
        field: &'static str,
        /// Its greatest length.
        max: usize,
    },
    /// A policy's name where its ARN is wanted.
    #[error("Invalid ARN:  Could not be parsed!")]
    Arn,
    /// A name with other letters.
    #[error(
        "The specified value for {field} is invalid. It must contain only alphanumeric characters \
         and/or the following: +=,.@_-"
    )]
    NameCharacters {
        /// Which.
        field: &'static str,
    },
    /// Not a path.
    #[error(
        "The specified value for path is invalid. It must begin and end with / and contain only \
         alphanumeric characters and/or / characters."
    )]
    Path,
    /// Not the beginning of a path.
    #[error(
        "The specified value for pathPrefix is invalid. It must begin with the / character and \
         contain only alphanumeric characters and/or / characters."
    )]
    PathPrefix,
    /// A password with characters that can't be in one.
    #[error(
        "1 validation error detected: Value at '{0}' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"
    )]
    PasswordCharacters(&'static str),
    /// A number out of its range.
    #[error(
        "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must \
         have value between {min} and {max}"
    )]
    OutOfRange {
        /// Which.
        field: &'static str,
        /// The least.
        min: u32,
        /// The greatest.
        max: u32,
    },
    /// Not an alias.
    #[error(
        "The specified value for accountAlias is invalid. It must be a minimum length of 3 characters \
         and maximum length of 63 characters, contain only digits, lowercase letters, and hyphens (-), \
         but cannot begin or end with a hyphen."
    )]
    Alias,
    /// A tag with other letters.
    #[error(
        "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: [\\p{{L}}\\p{{Z}}\\p{{N}}_.:/=+\\-@]+"
    )]
    TagCharacters {
        /// Key or value.
        field: &'static str,
    },
    /// A key that is AWS's own.
    #[error("Tag keys can't begin with aws:, which is reserved.")]
    ReservedTagKey,
    /// Not a version's id.
    #[error(
        "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"
    )]
    VersionId,
    /// Not the ARN of a policy.
    #[error("ARN {0} is not valid.")]
    PolicyArn(String),
    /// A marker that no answer gave.
    #[error("Invalid Marker.")]
    Marker,
    /// More or fewer than a page may have.
    #[error(
        "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must \
         have value between 1 and 1000"
    )]
    MaxItems,
}
