//! How much an account may hold: AWS's default quotas, unless the server is configured to others.

/// Quotas of every account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Users (`UsersPerAccount`).
    pub users: usize,
    /// Groups (`GroupsPerAccount`).
    pub groups: usize,
    /// Managed policies of its own (`PoliciesPerAccount`).
    pub policies: usize,
}

impl Quotas {
    /// What they can be raised to. AWS raises those of groups and policies as far as this, and that of
    /// users not at all. An account is held in memory as a whole, so that there has to be an end.
    pub const MAX: Self = Self { users: 10_000, groups: 500, policies: 5000 };
}

impl Default for Quotas {
    /// AWS's.
    fn default() -> Self {
        Self { users: 5000, groups: 300, policies: 1500 }
    }
}
