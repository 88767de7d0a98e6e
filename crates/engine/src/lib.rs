//! The storage-engine contract, its conformance suite and the simulated engine.
