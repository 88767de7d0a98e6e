//! Structures that carry a checksum of each algorithm in a member of its own: which one it is, is a
//! value here and a name in AWS's models.

use types::{Checksum, ChecksumAlgorithm};

/// A structure with a member for the checksum of each algorithm; implemented in `gen`.
pub trait Checksums {
    /// The member of an algorithm.
    fn checksum(&self, algorithm: ChecksumAlgorithm) -> &Option<String>;

    /// The same, to be set.
    fn checksum_mut(&mut self, algorithm: ChecksumAlgorithm) -> &mut Option<String>;

    /// Sets the member of a checksum, if there is one.
    fn set_checksum(&mut self, sum: Option<Checksum>) {
        if let Some(sum) = sum {
            *self.checksum_mut(sum.algorithm()) = Some(sum.to_base64());
        }
    }

    /// The members that are there, as they were written.
    fn given_checksums(&self) -> impl Iterator<Item = (ChecksumAlgorithm, &str)> {
        let member = |algorithm| Some((algorithm, self.checksum(algorithm).as_deref()?));
        ChecksumAlgorithm::ALL.into_iter().filter_map(member)
    }

    /// The first of them.
    fn given_checksum(&self) -> Option<(ChecksumAlgorithm, &str)> {
        self.given_checksums().next()
    }
}
