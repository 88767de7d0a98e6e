//! Accounts: users, groups, access keys, passwords, managed and inline policies, and what is attached to
//! whom.
//!
//! All of one account is one group of the engine and, in memory, one snapshot ([`Account`]): a request
//! takes it and finds key, user and parsed policies ([`Identity`]) in it, without an await. Each IAM
//! operation is a method of [`Iam`] in the file of its thing; what it decides is judged against the
//! snapshot, written in one change, and seen by the very next request.
//!
//! Names are unique without regard to case and kept as they were written; listings are in their order.
//! Errors ([`IamError`]) carry AWS's sentences; the server gives them AWS's codes.
//!
//! What is absent: HTTP, AWS's protocols, root's access key (the server's), and who may call what.

mod account;
mod audit;
mod cache;
mod document;
mod error;
mod first;
mod groups;
mod id;
mod identity;
mod inline;
mod keys;
mod managed;
mod name;
mod page;
mod password;
mod password_policy;
mod passwords;
mod patience;
mod policies;
mod quotas;
mod row;
mod seal;
mod settings;
mod used;
mod users;

pub use account::{Account, PolicyUses};
pub use audit::{Unreadable, audit_row};
pub use cache::Iam;
pub use document::Document;
pub use error::{Conflict, Existing, IamError, Invalid, Limit, Missing, PasswordFault};
pub use first::OpenError;
pub use groups::{GROUPS_PER_USER_MAX, Group, GroupChanges};
pub use id::{Kind, UniqueId};
pub use identity::Identity;
pub use keys::{ACCESS_KEYS_PER_USER_MAX, AccessKey};
pub use managed::all as aws_managed_policies;
pub use name::{
    DESCRIPTION_CHARACTERS_MAX, GROUP_NAME_CHARACTERS_MAX, PATH_CHARACTERS_MAX,
    POLICY_NAME_CHARACTERS_MAX, TAG_KEY_CHARACTERS_MAX, TAG_VALUE_CHARACTERS_MAX, TAGS_MAX, Tag,
    TagKeys, USER_NAME_CHARACTERS_MAX, path_prefix,
};
pub use page::{MAX_ITEMS, Page, PageRequest, page};
pub use password_policy::PasswordPolicy;
pub use passwords::{LoginProfile, SignIn};
pub use policies::{ManagedPolicy, NewPolicy, PolicyVersion};
pub use quotas::Quotas;
pub use seal::{Seal, Secret, Unsealable};
pub use settings::PublicAccessBlock;
pub use used::LastUsed;
pub use users::{NewUser, User, UserChanges};

#[cfg(test)]
mod tests;
