//! Why a document isn't a policy, and where.
//!
//! The server answers IAM's `MalformedPolicyDocument` with [`PolicyError::iam_message`] and S3's
//! `MalformedPolicy` with [`PolicyError::s3_message`]: AWS's sentence, then our own and the place, if they say more.

use std::fmt;

/// A place in a document, both from 1; a column is a character, not a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in it.
    pub column: u32,
}

impl Position {
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What is wrong, and where; the path is found afterwards.
pub(crate) type Failure = (ErrorKind, Position);

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where it stands.
    pub at: Position,
    /// The element, as `Statement[0].Condition.IpAddress`; empty for the document itself.
    pub path: String,
}

impl std::error::Error for PolicyError {}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.kind, self.at)?;
        if self.path.is_empty() { f.write_str(")") } else { write!(f, ", {})", self.path) }
    }
}

/// What can be wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// It is longer than any policy of its kind may be.
    #[error("the policy has {size} bytes; {limit} are allowed")]
    TooLarge {
        /// Its bytes.
        size: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// It isn't JSON.
    #[error("not JSON: {0}")]
    Json(&'static str),
    /// An object has a member twice.
    #[error("{0} is there twice")]
    Duplicate(String),
    /// A value of another JSON type, named, is expected.
    #[error("{0} is expected")]
    Type(&'static str),
    /// An element that the policy language doesn't have.
    #[error("there is no element {0}")]
    UnknownElement(String),
    /// An element that has to be there isn't.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A list, named, that may not be empty is.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// Both `X` and `NotX`.
    #[error("{0} and Not{0} exclude each other")]
    Exclusive(&'static str),
    /// A version that the policy language doesn't have.
    #[error("Version is 2012-10-17 or 2008-10-17, not {0}")]
    Version(String),
    /// A managed policy has to be of version 2012-10-17 ([`crate::Policy::parse_managed`]).
    #[error("Version has to be 2012-10-17")]
    OldVersion,
    /// Neither `Allow` nor `Deny`.
    #[error("Effect is Allow or Deny, not {0}")]
    Effect(String),
    /// Letters that an identity policy's statement id may not have.
    #[error("a Sid consists of letters and digits, not {0}")]
    Sid(String),
    /// Two statements with one id.
    #[error("two statements have the Sid {0}")]
    DuplicateSid(String),
    /// An identity policy says who it is for.
    #[error("an identity policy has no principal")]
    UnexpectedPrincipal,
    /// `NotPrincipal` in a statement that allows.
    #[error("NotPrincipal stands beside Deny only")]
    AllowNotPrincipal,
    /// A type of principal that there isn't.
    #[error("a principal is of type AWS, Federated, Service or CanonicalUser, not {0}")]
    PrincipalType(String),
    /// Not the name of a principal of its type.
    #[error("{0} isn't the name of a principal")]
    Principal(String),
    /// An action without its service.
    #[error("the action {0} has no service, as in s3:GetObject")]
    ActionVendor(String),
    /// An action with two colons.
    #[error("the action {0} has more than one colon")]
    ActionColons(String),
    /// An action whose service can't be one.
    #[error("{0} isn't the name of a service")]
    Vendor(String),
    /// An action whose name can't be one.
    #[error("{0} isn't the name of an action")]
    Action(String),
    /// An action that its service doesn't have ([`crate::Policy::check_bucket_names`]).
    #[error("there is no action {0}")]
    UnknownAction(String),
    /// An action that isn't done to what its statement names
    /// ([`crate::Policy::check_bucket_names`]).
    #[error("the action {0} isn't for the resources of its statement")]
    InapplicableAction(String),
    /// Not an ARN and not `*`.
    #[error("the resource {0} is neither an ARN nor *")]
    Resource(String),
    /// An ARN of a partition that there isn't.
    #[error("{partition} isn't the partition of a resource, as in {arn}")]
    Partition {
        /// What stands in its place.
        partition: String,
        /// The resource.
        arn: String,
    },
    /// An ARN whose service is missing or has a wildcard.
    #[error("the service of the resource {0} is missing or has a wildcard")]
    ResourceVendor(String),
    /// An ARN with too few parts.
    #[error("the ARN {0} has fewer than six parts")]
    ResourceParts(String),
    /// An ARN with a region, where a service's resources have none.
    #[error("{0} names a region")]
    ResourceRegion(String),
    /// An ARN of IAM's that names no kind of resource.
    #[error("{0} isn't a resource of IAM's")]
    IamResource(String),
    /// A resource that this policy isn't for ([`crate::Policy::check_bucket_names`]).
    #[error("the policy can't be for the resource {0}")]
    ForeignResource(String),
    /// A variable that isn't written as one, or stands where none may.
    #[error("{0} isn't a policy variable, or can't be here")]
    Variable(String),
    /// A condition operator that there isn't.
    #[error("there is no condition operator {0}")]
    Operator(String),
    /// Not the form of a condition key.
    #[error("{0} isn't the name of a condition key")]
    ConditionKey(String),
    /// A key that the service doesn't have ([`crate::Policy::check_bucket_names`]).
    #[error("there is no condition key {0}")]
    UnknownConditionKey(String),
    /// A key that an action of its statement doesn't bring, on what the statement names
    /// ([`crate::Policy::check_bucket_names`]).
    #[error("{action} has no condition key {key} on the resources of its statement")]
    InapplicableKey {
        /// The key.
        key: String,
        /// The action.
        action: String,
    },
    /// A value that its operator can't compare with.
    #[error("{value} isn't {wanted}")]
    Operand {
        /// The value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
}

/// What AWS says of what only its older parser refuses.
const LEGACY: &str = "The policy failed legacy parsing";

/// What IAM's sentence says that its resources begin with.
pub(crate) const IAM_RESOURCES: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

impl ErrorKind {
    /// Whether only AWS's older parser refuses it.
    pub(crate) fn is_legacy(&self) -> bool {
        match self {
            Self::Effect(effect) => {
                effect.eq_ignore_ascii_case("Allow") || effect.eq_ignore_ascii_case("Deny")
            }
            Self::ResourceParts(_) | Self::Operand { .. } => true,
            _ => false,
        }
    }
}

impl PolicyError {
    /// AWS IAM's sentence, then what is wrong and where.
    pub fn iam_message(&self) -> String {
        use ErrorKind as Kind;
        let theirs = match &self.kind {
            Kind::OldVersion => "Policy document must be version 2012-10-17 or greater.".into(),
            Kind::UnexpectedPrincipal => "Policy document should not specify a principal.".into(),
            Kind::DuplicateSid(_) => {
                "Statement IDs (SID) in a single policy must be unique.".into()
            }
            Kind::Sid(_) => "Statement IDs (SID) must be alpha-numeric. Check that your input \
                             satisfies the regular expression [0-9A-Za-z]*"
                .into(),
            Kind::Missing("Action") | Kind::Empty("Action" | "NotAction") => {
                "Policy statement must contain actions.".into()
            }
            Kind::Missing("Resource") | Kind::Empty("Resource" | "NotResource") => {
                "Policy statement must contain resources.".into()
            }
            Kind::ActionVendor(_) => {
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.".into()
            }
            Kind::ActionColons(_) => "Actions/Condition can contain only one colon.".into(),
            Kind::Vendor(vendor) => format!("Vendor {vendor} is not valid"),
            Kind::Resource(text) => format!("Resource {text} must be in ARN format or \"*\"."),
            Kind::Partition { partition, arn } => {
                format!("Partition \"{partition}\" is not valid for resource \"{arn}\".")
            }
            Kind::ResourceVendor(_) => {
                "Resource vendor must be fully qualified and cannot contain regexes.".into()
            }
            Kind::ResourceRegion(arn) if arn.split(':').nth(2) == Some("iam") => {
                format!("IAM resource {arn} cannot contain region information.")
            }
            Kind::ResourceRegion(arn) => {
                format!("Resource {arn} can not contain region information.")
            }
            Kind::IamResource(_) => format!(
                "IAM resource path must either be \"*\", root, or start with {}.",
                IAM_RESOURCES.join(", ")
            ),
            kind if kind.is_legacy() => LEGACY.into(),
            Kind::TooLarge { .. }
            | Kind::Json(_)
            | Kind::Duplicate(_)
            | Kind::Type(_)
            | Kind::UnknownElement(_)
            | Kind::Missing(_)
            | Kind::Empty(_)
            | Kind::Exclusive(_)
            | Kind::Version(_)
            | Kind::Effect(_)
            | Kind::ResourceParts(_)
            | Kind::Operand { .. }
            | Kind::AllowNotPrincipal
            | Kind::PrincipalType(_)
            | Kind::Principal(_)
            | Kind::Action(_)
            | Kind::UnknownAction(_)
            | Kind::ForeignResource(_)
            | Kind::Variable(_)
            | Kind::Operator(_)
            | Kind::ConditionKey(_)
            | Kind::UnknownConditionKey(_)
            | Kind::InapplicableAction(_)
            | Kind::InapplicableKey { .. } => "Syntax errors in policy.".into(),
        };
        format!("{theirs} {self}")
    }

    /// Amazon S3's sentence, then what is wrong and where.
    pub fn s3_message(&self) -> String {
        use ErrorKind as Kind;
        let theirs = match &self.kind {
            Kind::TooLarge { limit, .. } => {
                format!(
                    "Normalized policy document exceeds the maximum allowed size of {limit} bytes"
                )
            }
            Kind::Json(_) if self.at == Position::START => {
                "Policies must be valid JSON and the first byte must be '{'".into()
            }
            Kind::Json(_) | Kind::Duplicate(_) => "This policy contains invalid Json".into(),
            Kind::Type("an object") if self.path.is_empty() => {
                "Policies must be valid JSON and the first byte must be '{'".into()
            }
            Kind::Type(_)
            | Kind::Exclusive(_)
            | Kind::Sid(_)
            | Kind::UnexpectedPrincipal
            | Kind::AllowNotPrincipal
            | Kind::Variable(_) => "Invalid policy syntax.".into(),
            Kind::Empty("Statement") => "Could not parse the policy: Statement is empty!".into(),
            Kind::Empty("Principal") => "Missing required field Principal cannot be empty!".into(),
            Kind::Empty(element) => format!("Missing required field {element}"),
            Kind::UnknownElement(name) => format!("Unknown field {name}"),
            Kind::Missing(element) => format!("Missing required field {element}"),
            Kind::Version(_) | Kind::OldVersion => {
                "The policy must contain a valid version string".into()
            }
            Kind::Effect(effect) => format!("Invalid effect: {effect}"),
            Kind::DuplicateSid(_) => "The Statement Ids in the policy are not unique".into(),
            Kind::PrincipalType(_) | Kind::Principal(_) => "Invalid principal in policy".into(),
            Kind::ActionVendor(_)
            | Kind::ActionColons(_)
            | Kind::Vendor(_)
            | Kind::Action(_)
            | Kind::UnknownAction(_) => "Policy has invalid action".into(),
            Kind::Resource(_)
            | Kind::Partition { .. }
            | Kind::ResourceVendor(_)
            | Kind::ResourceParts(_)
            | Kind::ResourceRegion(_)
            | Kind::IamResource(_)
            | Kind::ForeignResource(_) => "Policy has invalid resource".into(),
            Kind::InapplicableAction(_) => {
                "Action does not apply to any resource(s) in statement".into()
            }
            Kind::InapplicableKey { .. } => "Conditions do not apply to combination of actions \
                                             and resources in statement"
                .into(),
            Kind::Operator(operator) => format!("Invalid Condition type : {operator}"),
            Kind::ConditionKey(_) | Kind::UnknownConditionKey(_) => {
                "Policy has an invalid condition key".into()
            }
            Kind::Operand { wanted: "an IP address or a CIDR", .. } => {
                "Invalid IP address in Conditions".into()
            }
            Kind::Operand { .. } => "Invalid value in Conditions".into(),
        };
        // Of a document that is none, or lacks an element of its own, S3's sentence says it all.
        match &self.kind {
            Kind::Json(_) if self.at == Position::START => theirs,
            Kind::Missing(_) if self.path.is_empty() => theirs,
            _ => format!("{theirs}: {self}"),
        }
    }
}
