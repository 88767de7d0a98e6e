//! How a simulated engine misbehaves, within the contract.

use super::SeededRandom;

/// What a [`SimEngine`](super::SimEngine) does that the contract allows and callers forget.
/// Figures are percent of the calls concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mischief {
    /// Fixes all that is chosen.
    pub seed: u64,
    /// Before and after any call: other tasks get their turn.
    pub yields: u64,
    /// Before any call: some movable body moves, and its row changes.
    pub moves: u64,
    /// Of changes: `Unknown` is answered, in half of the cases after the change has happened.
    pub unknown: u64,
    /// Of the unknown changes that haven't happened: they do so at some later call, if their
    /// expectations hold then.
    pub late: u64,
    /// Before any call: the engine closes itself, as one does whose disk fails.
    pub outages: u64,
    /// Of scans: the page ends sooner than it must.
    pub short_pages: u64,
    /// Of watched changes: the feed says `Lost` in their place.
    pub lost: u64,
    /// Of watched changes: the feed says them twice.
    pub repeats: u64,
}

impl Mischief {
    /// What no correct caller of one engine notices: others get their turn, bodies move, pages are
    /// short, feeds lose and repeat. Every change's fate is known.
    pub fn known(seed: u64) -> Self {
        let (yields, moves, short_pages, lost, repeats) = (30, 20, 30, 10, 10);
        Self { seed, yields, moves, short_pages, lost, repeats, ..Self::default() }
    }

    /// All of it but outages.
    pub fn all(seed: u64) -> Self {
        Self { unknown: 10, late: 30, ..Self::known(seed) }
    }
}

/// A mischief and the randomness that drives it.
#[derive(Clone, Debug)]
pub(super) struct Chaos {
    pub(super) mischief: Mischief,
    pub(super) random: SeededRandom,
}

impl Chaos {
    pub(super) fn new(mischief: Mischief) -> Self {
        Self { mischief, random: SeededRandom::new(mischief.seed) }
    }

    /// Whether it happens this time; `which` is one of the mischief's figures.
    pub(super) fn strikes(&mut self, which: fn(&Mischief) -> u64) -> bool {
        let percent = which(&self.mischief);
        percent > 0 && self.random.percent(percent)
    }
}
