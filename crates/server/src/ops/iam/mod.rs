//! IAM: a file for each operation; `action` is what they have in common, `shapes` how things look in
//! answers.

mod action;
pub(crate) mod create_access_key;
pub(crate) mod create_account_alias;
pub(crate) mod create_user;
pub(crate) mod delete_access_key;
pub(crate) mod delete_account_alias;
pub(crate) mod delete_user;
pub(crate) mod delete_user_permissions_boundary;
pub(crate) mod get_access_key_last_used;
pub(crate) mod get_account_authorization_details;
pub(crate) mod get_account_summary;
pub(crate) mod get_user;
pub(crate) mod list_access_keys;
pub(crate) mod list_account_aliases;
pub(crate) mod list_mfa_devices;
pub(crate) mod list_service_specific_credentials;
pub(crate) mod list_signing_certificates;
pub(crate) mod list_ssh_public_keys;
pub(crate) mod list_user_tags;
pub(crate) mod list_users;
pub(crate) mod list_virtual_mfa_devices;
pub(crate) mod put_user_permissions_boundary;
mod shapes;
pub(crate) mod tag_user;
pub(crate) mod untag_user;
pub(crate) mod update_access_key;
pub(crate) mod update_user;

pub(crate) use action::error_of;
