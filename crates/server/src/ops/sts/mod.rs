//! STS: who a caller is.

pub(crate) mod get_access_key_info;
pub(crate) mod get_caller_identity;
