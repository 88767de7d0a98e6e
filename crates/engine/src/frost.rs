//! Who may freeze and thaw a space: whoever comes last, by number and not by time.

/// What was said last of a space: attempts are ordered by epoch, and a thaw comes behind the freeze
/// of its epoch. The least one is that of a space that nobody ever froze.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frost {
    /// The attempt's number; 0 before the first.
    pub epoch: u64,
    /// Whether it thawed the space, else it froze it.
    pub thawed: bool,
}

impl Frost {
    /// Nobody ever froze the space.
    pub const NEVER: Self = Self { epoch: 0, thawed: true };

    /// Frozen by this attempt.
    pub fn freeze(epoch: u64) -> Self {
        assert!(epoch > 0, "epochs are counted from 1");
        Self { epoch, thawed: false }
    }

    /// Thawed by this attempt.
    pub fn thaw(epoch: u64) -> Self {
        assert!(epoch > 0, "epochs are counted from 1");
        Self { epoch, thawed: true }
    }

    /// Whether changes are refused.
    pub fn is_frozen(self) -> bool {
        !self.thawed
    }
}

impl Default for Frost {
    fn default() -> Self {
        Self::NEVER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_attempt_is_greater_and_a_thaw_is_greater_than_its_freeze() {
        let order = [
            Frost::NEVER,
            Frost::freeze(1),
            Frost::thaw(1),
            Frost::freeze(2),
            Frost::freeze(3),
            Frost::thaw(3),
        ];
        assert!(order.is_sorted_by(|a, b| a < b));
    }
}
