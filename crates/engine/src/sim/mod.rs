//! Simulations for tests: a disk that breaks, an engine in memory, randomness from a seed.
//!
//! Nothing here is for production. Everything is deterministic under its seed as long as one
//! thread drives it; with several the seed still fixes what is chosen, not who comes first.

pub mod disk;
mod engine;
mod mischief;
mod random;
mod shelf;

pub use disk::SimDisk;
pub use engine::SimEngine;
pub use mischief::Mischief;
pub use random::SeededRandom;
