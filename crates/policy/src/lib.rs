//! The IAM policy language: what a document says, whether a request may be done, and why.
//!
//! - [`Policy::parse`] reads a document whole or refuses it with line, column and element. What it
//!   doesn't understand it refuses: nothing is skipped.
//! - [`evaluate`] decides a request by all policies that bear on it, in AWS's order, and keeps what
//!   decided ([`Because`]); [`denial`] says it in AWS's words.
//! - [`names`] are the actions, resource types and condition keys of S3, IAM and STS.
//! - [`Policy::is_public`] is Amazon S3's meaning of "public".
//!
//! It promises: no clock, no I/O, no randomness; any bytes are a policy or an error; what can't be
//! compared allows nothing and denies what it was to deny. It leaves to others: which policies bear
//! on a request, the values of condition keys ([`Keys`]), which users there are, the quotas of what a
//! policy is attached to.
//!
//! ```
//! use policy::*;
//!
//! let document = br#"{"Version": "2012-10-17", "Statement": {
//!     "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/${aws:username}/*"}}"#;
//! let policy = Policy::parse(document, PolicyKind::Identity).unwrap();
//! let owner = "123456789012".parse().unwrap();
//! let kim = Requester::User {
//!     account: owner,
//!     arn: "arn:aws:iam::123456789012:user/kim".to_owned(),
//!     id: "AIDAKIM".to_owned(),
//! };
//! let keys = vec![("aws:username", "kim")];
//! let context = Context {
//!     requester: &kim,
//!     canonical_user: None,
//!     action: "s3:PutObject",
//!     resource: "arn:aws:s3:::b/kim/k",
//!     owner,
//!     keys: &keys,
//! };
//! let held = [Held { name: "arn:aws:iam::123456789012:policy/home".into(), policy: policy.into() }];
//! let decision = evaluate(&context, &Policies { identity: &held, ..Policies::default() });
//! assert_eq!(decision.effect, Effect::Deny);
//! assert_eq!(
//!     denial(&context, &decision.because, Quoting::Quoted).unwrap(),
//!     "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: s3:PutObject on \
//!      resource: \"arn:aws:s3:::b/kim/k\" because no identity-based policy allows the s3:PutObject \
//!      action"
//! );
//! ```
//!
//! AWS's pages are named where behaviour is theirs: "IAM User Guide" is the reference of IAM's JSON
//! policy elements, "Amazon S3 User Guide" that of bucket policies.

mod because;
mod condition;
mod document;
mod error;
mod evaluate;
mod gate;
mod json;
mod mistakes;
pub mod names;
mod operand;
mod pattern;
mod principal;
mod public;
mod statement;
mod variables;

pub use because::{Because, Found, PolicyType, Quoting, Reason, denial};
pub use condition::Condition;
pub use document::{
    ATTACHED_POLICIES_MAX, BUCKET_POLICY_BYTES_MAX, BUCKET_POLICY_RAW_BYTES_MAX,
    GROUP_POLICIES_CHARACTERS_MAX, IDENTITY_POLICY_BYTES_MAX, MANAGED_POLICY_CHARACTERS_MAX,
    MANAGED_POLICY_VERSIONS_MAX, Policy, PolicyKind, ROLE_POLICIES_CHARACTERS_MAX,
    SESSION_POLICY_CHARACTERS_MAX, TRUST_POLICY_CHARACTERS_MAX, USER_POLICIES_CHARACTERS_MAX,
    Version, rename_principals,
};
pub use error::{ErrorKind, PolicyError, Position};
pub use evaluate::{Attached, Context, Decision, Held, Policies, evaluate};
pub use json::JSON_DEPTH_MAX;
pub use pattern::{ActionPattern, ResourcePattern};
pub use principal::{Grant, Named, PrincipalName, Principals, Requester};
pub use statement::{Effect, Statement};
pub use variables::Keys;
